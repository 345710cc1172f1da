"""The line of passages that the publisher recommends."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.core.alignment import Anchor, Timeline
from player.core.model import FetchedEpisode, Soundbite
from player.storage.chapter_edits import store_anchors
from player.storage.database import open_writer
from player.storage.feed_extras import set_extras
from player.system.paths import Profile
from player.ui.highlights import Highlights
from player.ui.main_window import MainWindow
from seeded import Library

BITES = (Soundbite(4_132_000, 12_000, "Why <export> controls"), Soundbite(17_815_000, 90_000))


@pytest.fixture
def bites(profile: Profile, library: Library) -> None:
    """The main episode has two."""
    writer = open_writer(profile.database)
    set_extras(writer, [(library.main, replace(FetchedEpisode("a", "A"), soundbites=BITES))])
    writer.close()


@pytest.mark.usefixtures("bites")
def test_they_jump_to_where_they_are_heard(
    window: MainWindow, services: Services, library: Library, profile: Profile
) -> None:
    window.show_episode(library.main)
    line = window.page.highlights
    assert line.isVisible()
    assert line.accessibleName() == "Highlights: Why <export> controls, Lex Fridman Podcast 12"
    assert "Why &lt;export&gt; controls</a>&nbsp;12&nbsp;s · " in line.text()
    line.linkActivated.emit("0")
    assert services.playback.position() == 4_132_000
    assert services.playback.state.is_playing
    writer = open_writer(profile.database)
    store_anchors(writer, library.main, Timeline.PUBLISHED, (Anchor(1_000, 31_000),))
    writer.close()
    line.linkActivated.emit("1")
    assert services.playback.position() == 17_845_000, "as far as an advertisement has moved it"


def test_without_any_there_is_no_line(window: MainWindow, library: Library) -> None:
    window.show_episode(library.main)
    assert not window.page.highlights.isVisible()


def test_keys_reach_them_and_colours_follow(qtbot: QtBot) -> None:
    line = Highlights()
    qtbot.addWidget(line)
    line.show_soundbites(BITES, "The episode")
    line.show()
    line.setFocus()
    with qtbot.waitSignal(line.seek_asked) as asked:
        QTest.keyClick(line, Qt.Key.Key_Tab)
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert asked.args == [4_132_000]
    palette = QPalette(line.palette())
    palette.setColor(QPalette.ColorRole.Link, QColor("#123456"))
    line.setPalette(palette)
    assert "#123456" in line.text()
    line.show_soundbites((), "The episode")
    assert line.isHidden()
