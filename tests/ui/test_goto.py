from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.core.model import EpisodeId, Found, FoundKind, PodcastId
from player.core.session import Phase, PlaybackState
from player.core.timecode import parse_timecode
from player.ui.goto_box import Drop, GotoBox, OnFound
from player.ui.goto_targets import Target, TargetKind, place_of, targets
from player.ui.main_window import MainWindow
from seeded import CHAPTERS, DURATION, STARGATE, Library

HERE = parse_timecode("1:00:00") or 0
STATE = PlaybackState(Phase.PLAYING, EpisodeId(1), DURATION, CHAPTERS)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("1:08:52", parse_timecode("1:08:52")),
        ("75:30", parse_timecode("75:30")),
        ("90s", 90_000),
        ("1h02m", parse_timecode("1:02:00")),
        ("+5m", HERE + 300_000),
        ("+ 5m", HERE + 300_000),
        ("-30s", HERE - 30_000),
        ("−30", HERE - 30_000),
        ("-2h", 0),
        ("+9h", DURATION),
        ("72%", round(DURATION * 0.72)),
        ("7,5 %", round(DURATION * 0.075)),
        ("101%", None),
        ("9:00:00", None),
        ("459", None),
        ("star", None),
        ("+star", None),
        ("", None),
    ],
)
def test_places(words: str, expected: int | None) -> None:
    assert place_of(words, HERE, DURATION) == expected


def test_no_words_list_the_chapters_of_the_open_episode() -> None:
    assert [each.title for each in targets("", STATE, HERE, ())] == [chapter.title for chapter in CHAPTERS]
    assert targets("", PlaybackState(), 0, ()) == []


def test_a_time_comes_first_with_the_chapter_it_lies_in() -> None:
    found = targets("4:57:00", STATE, HERE, ())
    assert found[0] == Target(
        TargetKind.TIME, "4:57:00", "Stargate · in this episode", EpisodeId(1), start=parse_timecode("4:57:00")
    )


def test_chapters_that_begin_with_the_words_come_first_and_the_library_last() -> None:
    hits = (
        Found(FoundKind.CHAPTER, "Stargate", "twice", PodcastId(1), EpisodeId(1), STARGATE),
        Found(FoundKind.CHAPTER, "Deep", "Other", PodcastId(2), EpisodeId(9), 5),
        Found(FoundKind.EPISODE, "Deep water", "Other", PodcastId(2), EpisodeId(9)),
        Found(FoundKind.PODCAST, "Deepcast", "", PodcastId(3)),
    )
    found = targets("deep", STATE, HERE, hits)
    assert [each.kind for each in found] == [
        TargetKind.CHAPTER,
        TargetKind.CHAPTER,
        TargetKind.CHAPTER,
        TargetKind.CHAPTER,
        TargetKind.EPISODE,
        TargetKind.PODCAST,
    ]
    assert found[0].index == 1
    assert [each.title for each in targets("stargate", STATE, HERE, hits[:1])] == ["Stargate"]


def test_ctrl_k_goes_to_a_chapter(playing: MainWindow, services: Services) -> None:
    QTest.keyClick(playing, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert playing.goto.line.hasFocus()
    drop = playing.goto.drop
    assert drop is not None
    assert drop.isVisible()
    QTest.keyClicks(playing.goto.line, "star")
    assert playing.goto.model.index(0).data() == "Stargate"
    QTest.keyClick(playing.goto.line, Qt.Key.Key_Return)
    assert services.playback.position() == STARGATE
    assert not drop.isVisible()
    assert playing.goto.line.text() == ""
    assert not playing.goto.line.hasFocus()


def test_typing_in_the_box_is_no_shortcut(playing: MainWindow, services: Services) -> None:
    before = services.playback.state
    playing.goto.ask()
    for text in ("3", "m", "[", "?", " ", "1:08:52"):
        QTest.keyClicks(playing.goto.line, text)
    QTest.keyClick(playing.goto.line, Qt.Key.Key_Backspace)
    QTest.keyClick(playing.goto.line, Qt.Key.Key_Left)
    assert playing.goto.line.text() == "3m[? 1:08:5"
    assert services.playback.state == before


def test_down_chooses_the_next_and_a_click_goes(playing: MainWindow, services: Services) -> None:
    playing.goto.ask()
    drop = playing.goto.drop
    assert drop is not None
    QTest.keyClick(playing.goto.line, Qt.Key.Key_Down)
    assert drop.view.currentIndex().row() == 1
    QTest.keyClick(playing.goto.line, Qt.Key.Key_PageDown)
    assert drop.view.currentIndex().row() == len(CHAPTERS) - 1
    place = drop.view.visualRect(playing.goto.model.index(2)).center()
    QTest.mouseClick(drop.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert services.playback.position() == CHAPTERS[2].start


def test_escape_leaves_the_box_and_gives_the_focus_back(playing: MainWindow) -> None:
    playing.chapters.table.setFocus()
    playing.goto.ask()
    QTest.keyClicks(playing.goto.line, "star")
    QTest.keyClick(playing.goto.line, Qt.Key.Key_Escape)
    assert playing.goto.drop is not None
    assert not playing.goto.drop.isVisible()
    assert playing.chapters.table.hasFocus()
    assert playing.middle.currentWidget() is playing.page


def test_one_goes_somewhere_though_what_had_the_focus_is_gone(playing: MainWindow, services: Services) -> None:
    button = QPushButton(playing)
    button.show()
    button.setFocus()
    playing.goto.ask()
    button.deleteLater()
    QApplication.sendPostedEvents(button, QEvent.Type.DeferredDelete)
    QTest.keyClicks(playing.goto.line, "star")
    QTest.keyClick(playing.goto.line, Qt.Key.Key_Return)
    assert services.playback.position() == STARGATE
    assert not playing.goto.line.hasFocus()


def test_escape_leads_back_to_where_the_box_was_entered_from(
    playing: MainWindow, application: QApplication, qtbot: QtBot
) -> None:
    elsewhere = QWidget()
    qtbot.addWidget(elsewhere)
    playing.chapters.table.setFocus()
    playing.goto.ask()
    playing.sidebar.view.setFocus()
    QTest.mouseClick(playing.goto.line, Qt.MouseButton.LeftButton)
    assert playing.goto.line.hasFocus()
    application.focusChanged.emit(elsewhere, playing.goto.line)
    QTest.keyClick(playing.goto.line, Qt.Key.Key_Escape)
    assert playing.sidebar.view.hasFocus()


def has_choice(drop: Drop) -> bool:
    """Whether there are places to choose from."""
    return drop.is_choice


def test_no_hits_are_said_in_place_of_the_list(playing: MainWindow) -> None:
    playing.goto.ask()
    QTest.keyClicks(playing.goto.line, "zzzz")
    drop = playing.goto.drop
    assert drop is not None
    assert drop.isVisible()
    assert not has_choice(drop)
    assert drop.nothing.text() == "Nothing has “zzzz”. A time goes, too: 1:08:52, +5m or 72%."
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(playing.goto.line, key)
    assert playing.goto.line.text() == "zzzz"
    playing.goto.line.selectAll()
    QTest.keyClicks(playing.goto.line, "stargate")
    assert has_choice(drop)
    assert not drop.nothing.isVisible()


def test_times_episodes_and_podcasts(playing: MainWindow, services: Services, library: Library) -> None:
    before = services.playback.position()
    playing.goto.ask()
    QTest.keyClicks(playing.goto.line, "+5m")
    QTest.keyClick(playing.goto.line, Qt.Key.Key_Return)
    assert services.playback.position() == before + 300_000
    playing.goto.ask()
    QTest.keyClicks(playing.goto.line, "podcast 7")
    QTest.keyClick(playing.goto.line, Qt.Key.Key_Return)
    assert playing.page.episode == library.episodes[5]
    playing.goto.ask()
    QTest.keyClicks(playing.goto.line, "acquired")
    rows = range(playing.goto.model.rowCount())
    kinds = [playing.goto.model.index(row).data(Qt.ItemDataRole.UserRole).kind for row in rows]
    for _ in range(kinds.index(TargetKind.PODCAST)):
        QTest.keyClick(playing.goto.line, Qt.Key.Key_Down)
    QTest.keyClick(playing.goto.line, Qt.Key.Key_Return)
    assert playing.list.place.podcast == library.other
    assert playing.middle.currentWidget() is playing.list


def test_ctrl_k_goes_to_where_an_edited_chapter_is_shown(
    window: MainWindow, services: Services, library: Library
) -> None:
    services.chapters.rename(library.main, CHAPTERS[5], "The gate").result()
    services.chapters.move_all(library.main, 60_000).result()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window.goto.line, "the gate")
    QTest.keyClick(window.goto.line, Qt.Key.Key_Return)
    assert services.playback.state.episode == library.main
    assert services.playback.position() == STARGATE + 60_000


def test_groups_are_named_and_their_words_marked() -> None:
    hits = (
        Found(FoundKind.PODCAST, "Deepcast", "", PodcastId(3), spans=((0, 4),)),
        Found(FoundKind.EPISODE, "Deep water", "Other", PodcastId(2), EpisodeId(9)),
        Found(FoundKind.CHAPTER, "Deep", "Other", PodcastId(2), EpisodeId(9), 5),
        Found(FoundKind.CHAPTER, "Deeper", "Other", PodcastId(2), EpisodeId(9), 6),
        Found(FoundKind.NOTES, "…as deep as", "Other", PodcastId(2), EpisodeId(9), spans=((4, 8),)),
    )
    found = targets("deep", STATE, HERE, hits)
    assert [each.heading for each in found] == [
        *("In this episode", "", "Podcasts", "Episodes", "Chapters", "", "Notes"),
    ]
    assert [each.spans for each in found[:3]] == [((0, 4), (16, 20)), ((0, 4),), ((0, 4),)]
    assert found[-1].spans == ((4, 8),)
    assert [each.heading for each in targets("", STATE, HERE, ())] == [""] * len(CHAPTERS)


def test_words_in_the_notes_lead_to_the_episode(playing: MainWindow, library: Library) -> None:
    playing.goto.ask()
    QTest.keyClicks(playing.goto.line, "comes more")
    target = playing.goto.model.index(0).data(Qt.ItemDataRole.UserRole)
    assert target.kind is TargetKind.NOTES
    assert "more" in [target.title[start:stop] for start, stop in target.spans]
    QTest.keyClick(playing.goto.line, Qt.Key.Key_Return)
    assert playing.page.episode == target.episode
    assert playing.middle.currentWidget() is playing.page


class LateFinder:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.waiting: list[OnFound] = []
        self.here: list[Target] = []
        self.cancelled = 0

    def find(self, _words: str, on_found: OnFound) -> None:
        self.waiting.append(on_found)

    def find_here(self, _words: str) -> list[Target]:
        return self.here

    def cancel(self) -> None:
        self.cancelled += 1


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
def test_enter_waits_for_the_answer(qtbot: QtBot) -> None:
    finder = LateFinder()
    window = QWidget()
    qtbot.addWidget(window)
    box = GotoBox(finder.find, finder.find_here, finder.cancel)
    QVBoxLayout(window).addWidget(box)
    window.resize(800, 600)
    window.show()
    chosen: list[Target] = []
    box.target_chosen.connect(chosen.append)
    target = Target(TargetKind.EPISODE, "Früher 🎵 star", "of", EpisodeId(1), spans=((9, 13),), heading="Episodes")
    QTest.keyClicks(box.line, "st")
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    assert chosen == []
    finder.waiting[-1]([target])
    assert chosen == [target]
    assert box.line.text() == ""
    QTest.keyClicks(box.line, "s")
    finder.waiting[-1]([target, target])
    assert box.drop is not None
    assert box.drop.isVisible()
    box.drop.grab()
    before = finder.cancelled
    QTest.keyClick(box.line, Qt.Key.Key_Escape)
    assert finder.cancelled > before
    assert chosen == [target]
    time = Target(TargetKind.TIME, "1:23", "in this episode", EpisodeId(1), start=83_000)
    finder.here = [time]
    QTest.keyClicks(box.line, "1:23")
    assert chosen == [target]
    before = finder.cancelled
    QTest.keyClick(box.line, Qt.Key.Key_Return)
    assert chosen == [target, time], "a time needs no search"
    assert finder.cancelled > before
    assert box.line.text() == ""
