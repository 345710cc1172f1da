from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from player.ui.about_text import AboutText

LONG = "<p>Conversations &amp; more.</p>\n" + "Words about the show. " * 30


def test_two_lines_show_and_all_of_them_when_asked_for(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    about = AboutText()
    about.setParent(page)
    about.resize(400, 60)
    about.show_text(LONG)
    assert about.words.text().startswith("Conversations & more. Words about")
    assert not about.more.isHidden()
    before = about.words.sizeHint().height()
    about.more.click()
    assert about.more.text() == "less"
    assert about.words.sizeHint().height() > 3 * before
    about.show_text("Another podcast")
    assert about.more.isHidden()
    assert about.words.sizeHint().height() < before


def test_nothing_is_said_where_there_are_no_words(qtbot: QtBot) -> None:
    about = AboutText()
    qtbot.addWidget(about)
    about.show_text("<p> </p>")
    assert about.isHidden()
