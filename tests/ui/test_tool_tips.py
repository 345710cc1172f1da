"""Titles that look like HTML are read in tool tips as they are."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QTextDocument
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.core.errors import FileError
from player.core.play_queue import Piece
from player.core.skip_rules import SkipRule
from player.core.time_listened import PodcastSums, Sums
from player.storage.database import open_writer
from player.ui.buttons import FlatButton
from player.ui.main_window import MainWindow
from player.ui.places import BOOKMARKS, Place
from player.ui.podcast_choices import Choice, PodcastChoices
from player.ui.skip_rule_dialog import SkipRuleDialog
from player.ui.skip_rule_list import SkipRuleList
from player.ui.source_line import SourceLine
from player.ui.statistics_table import TITLE, StatisticsModel
from player.ui.tool_tips import plain_tip
from player.ui.transfer_model import TransferModel
from player.ui.widgets import ElidedLabel
from seeded import Library

ODD = "What does the <table> element do, and why is <b>nothing</b> seen of it?"
pytestmark = [pytest.mark.usefixtures("qapp"), pytest.mark.qt_log_ignore("This plugin does not support")]
TIP = Qt.ItemDataRole.ToolTipRole


def read(tip: object) -> str:
    """What Qt shows of a tool tip."""
    document = QTextDocument()
    if not GuiQt.mightBeRichText(str(tip)):
        return str(tip)
    document.setHtml(str(tip))
    return document.toPlainText()


@given(st.text("<>/&;ab \n\"'", max_size=30))
def test_words_are_read_as_they_are(words: str) -> None:
    assert read(plain_tip(words)).split() == words.split()


@pytest.mark.parametrize("words", ["", "Stargate", "5 < 6 > 4", "Q & A", "“Export controls”"])
def test_words_that_are_no_html_stay_as_they_are(words: str) -> None:
    assert plain_tip(words) == words


def test_what_is_cut_in_a_line(qtbot: QtBot) -> None:
    label, line = ElidedLabel(), SourceLine()
    label.set_text(ODD)
    line.show_words(ODD * 3)
    for widget, words in ((label, ODD), (line, ODD * 3)):
        qtbot.addWidget(widget)
        widget.resize(80, 20)
        widget.grab()
        assert read(widget.toolTip()) == words


def test_what_is_cut_on_a_button(qtbot: QtBot) -> None:
    button = FlatButton(name=f"Remove the rule: {ODD}")
    qtbot.addWidget(button)
    QApplication.sendEvent(button, QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), button.mapToGlobal(QPoint(5, 5))))
    assert read(QToolTip.text()) == f"Remove the rule: {ODD}"
    QToolTip.hideText()


def test_notices(window: MainWindow) -> None:
    window.notices.tell(f"“{ODD * 2}” is skipped from now on.")
    assert read(window.notices.words.toolTip()) == f"“{ODD * 2}” is skipped from now on."


def test_podcasts_in_the_sidebar_and_in_the_statistics(
    window: MainWindow, services: Services, library: Library
) -> None:
    with closing(open_writer(services.profile.database)) as writer, writer:
        writer.execute("UPDATE podcast SET title = ? WHERE id = ?", (ODD, library.other))
    window.sidebar.refresh()
    model = window.sidebar.model
    assert read(model.index(model.place_row(Place(podcast=library.other)) or 0).data(TIP)) == ODD
    table = StatisticsModel()
    table.show_podcasts([PodcastSums("https://x.org", ODD, Sums(), ())])
    assert read(table.index(0, TITLE).data(TIP)) == ODD


def test_bookmarks_chapters_and_the_queue(window: MainWindow, services: Services, library: Library) -> None:
    services.bookmarks.add(library.main, 5000, text=ODD).result()
    services.chapters.paste_outline(library.main, f"<p>0:00 {escape(ODD)}</p><p>1:00 Two</p><p>2:00 Three</p>").result()
    services.queue.add(Piece(library.main))
    services.queue.mark(services.queue.queue.entries[0].id, FileError(ODD, "it cannot be read"))
    window.show_place(BOOKMARKS)
    assert read(window.bookmarks.model.index(0, 0).data(TIP)) == ODD
    assert read(window.queue.model.index(0, 0).data(TIP)) == f"{ODD} cannot be used: it cannot be read."
    window.show_episode(library.main)
    table = window.chapters.table
    at = table.visualRect(table.model().index(0, 0)).center()
    asked = QHelpEvent(QEvent.Type.ToolTip, at, table.viewport().mapToGlobal(at))
    QApplication.sendEvent(table.viewport(), asked)
    assert read(QToolTip.text()) == ODD
    QToolTip.hideText()


def test_downloads_choices_and_rules(qtbot: QtBot, services: Services, library: Library) -> None:
    episode = services.library.episode(library.main)
    model = TransferModel(lambda _: "")
    model.show_rows([replace(episode, download=replace(episode.download, problem=ODD))])
    assert read(model.index(0, 0).data(TIP)) == ODD
    choices, rules = PodcastChoices(), SkipRuleList(services, None, (SkipRule("<b>ads</b>"),))
    for widget in (choices, rules):
        qtbot.addWidget(widget)
    choices.show_choices([Choice("A", "B", f"https://x.org/{ODD}")])
    assert read(choices.item(0).toolTip()) == f"https://x.org/{ODD}"
    assert "<b>ads</b>" in read(rules.switches[0].toolTip())
    services.chapters.paste_outline(library.main, f"<p>0:00 {escape(ODD)}</p><p>1:00 Two</p><p>2:00 Three</p>").result()
    podcast = services.library.podcast(library.lex)
    dialog = SkipRuleDialog(services.skip_rules, SkipRule("table"), podcast, choices)
    assert ODD in read(dialog.hits.item(0).toolTip())
