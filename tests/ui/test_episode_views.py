from __future__ import annotations

from contextlib import closing

import pytest
from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.app.home import InlineHome
from player.audio.scripted import ScriptedEngine
from player.core.events import (
    ChaptersChanged,
    DownloadChanged,
    DownloadProgressed,
    EpisodesChanged,
    PodcastsChanged,
)
from player.core.model import Download, DownloadState, EpisodeId, View
from player.core.show_notes import ShowNotes
from player.core.sound import Sound
from player.core.timecode import parse_timecode
from player.storage.database import open_writer
from player.ui.download_line import DownloadLine
from player.ui.episode_menu import download_words, mark_words
from player.ui.episode_model import FactsRole
from player.ui.main_window import MainWindow
from player.ui.notes_view import NotesView
from player.ui.places import Place, nothing_there, view_name
from player.ui.theme import colours
from seeded import CHAPTERS, STARGATE, Library

Left = Qt.MouseButton.LeftButton


def rows(window: MainWindow) -> int:
    return window.list.model.rowCount(QModelIndex())


def test_the_list_of_a_podcast(window: MainWindow, library: Library) -> None:
    window.show_place(Place(podcast=library.lex))
    assert window.list.head.heading.text() == "Lex Fridman Podcast"
    assert window.list.head.facts.text() == "12 episodes · 12 not played"
    assert rows(window) == 12
    assert not window.list.grab().isNull()


def test_a_click_opens_the_page(window: MainWindow, library: Library) -> None:
    window.show_place(Place(podcast=library.lex))
    place = window.list.table.visualRect(window.list.model.index(0, 0)).center()
    QTest.mouseClick(window.list.table.viewport(), Left, pos=place)
    assert window.middle.currentWidget() is window.page
    assert window.page.episode == library.main


def test_arrow_keys_browse_chapters_and_enter_opens(window: MainWindow, library: Library) -> None:
    window.show_place(Place(podcast=library.lex))
    table = window.list.table
    assert window.chapters.episode == library.main
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert window.chapters.episode == library.episodes[1]
    assert window.middle.currentWidget() is window.list
    QTest.keyClick(table, Qt.Key.Key_Up)
    assert window.chapters.episode == library.main
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert window.page.episode == library.main


def test_the_chosen_row_is_drawn_by_us_alone(window: MainWindow, library: Library) -> None:
    window.show_place(Place(podcast=library.lex))
    table = window.list.table
    rect = table.visualRect(window.list.model.index(0, 0))
    assert table.selectionModel().isSelected(window.list.model.index(0, 0))
    drawn = table.viewport().grab().toImage()
    shades = colours(window.palette())
    assert drawn.pixelColor(2, rect.center().y()) == shades.page
    assert drawn.pixelColor(12, rect.center().y()).name() == shades.accent_soft.name()


def test_the_filter_asks_the_library(window: MainWindow, library: Library) -> None:
    window.show_place(Place(podcast=library.lex))
    window.list.focus_filter()
    QTest.keyClicks(window.list.filter.line, "podcast 11")
    assert window.list.model.ids == [library.episodes[1]]
    QTest.keyClicks(window.list.filter.line, "zz")
    assert window.list.pages.currentWidget() is window.list.empty
    assert window.list.empty.heading.text() == "No title holds these words"
    QTest.keyClick(window.list.filter.line, Qt.Key.Key_Escape)
    assert rows(window) == 12
    assert window.list.table.hasFocus()


@pytest.mark.parametrize("view", View)
def test_every_view_has_a_name_and_says_when_it_is_empty(view: View) -> None:
    assert view_name(view)
    assert all(nothing_there(view))


def test_an_empty_view(window: MainWindow) -> None:
    window.show_place(Place(View.IN_PROGRESS))
    assert window.list.pages.currentWidget() is window.list.empty
    assert window.list.empty.heading.text() == "Nothing begun"


def test_a_list_follows_what_changes(window: MainWindow, services: Services, library: Library, qtbot: QtBot) -> None:
    window.show_place(Place(View.NEW))
    before = rows(window)
    window.list.select(library.episodes[5])
    services.library.mark_played([library.episodes[2]], played=True, now=0)
    qtbot.waitUntil(lambda: rows(window) == before - 1)
    row = window.list.table.currentIndex().row()
    assert window.list.model.ids[row] == library.episodes[5]


def test_what_begins_to_play_leaves_the_new_ones(
    window: MainWindow, services: Services, library: Library, engine: ScriptedEngine, qtbot: QtBot
) -> None:
    window.show_place(Place(View.NEW))
    services.playback.open(library.main)
    engine.advance(5000)
    services.playback.pause()
    qtbot.waitUntil(lambda: library.main not in window.list.model.ids)
    window.show_place(Place(View.IN_PROGRESS))
    assert window.list.model.ids == [library.main]
    services.library.mark_played([library.main], played=True, now=0)
    qtbot.waitUntil(lambda: window.list.model.ids == [])


def test_the_page_of_a_downloaded_episode(playing: MainWindow, services: Services) -> None:
    page = playing.page
    assert page.origin.text().startswith("Lex Fridman Podcast · ")
    assert page.heading.text() == "Lex Fridman Podcast 12"
    assert page.facts.text() == "5 h 15 min · 7 chapters · 4 h 03 min left · downloaded, 302 MB"
    assert page.play.text() == "Pause"
    assert page.download.text() == "Remove download"
    services.playback.pause()
    assert page.play.text() == "Resume"


def test_the_page_says_how_long_what_is_left_takes(playing: MainWindow, services: Services, library: Library) -> None:
    page = playing.page
    services.chapters.set_skipped(library.main, CHAPTERS[4:5], is_skipped=True).result()
    assert "· 4 h 03 min left ·" in page.facts.text(), "the chapter that is heard counts"
    services.playback.jump(CHAPTERS[3].start)
    assert "· 26 min left ·" in page.facts.text()
    services.sounds.choose(Sound(2.0))
    assert "· 13 min left ·" in page.facts.text()
    playing.show_place(Place(View.IN_PROGRESS))
    row = playing.list.model.index(playing.list.model.row_of(library.main) or 0, 0)
    assert "· 13 min left ·" in row.data(FactsRole), "the list says so, too"
    services.playback.seek_by(1_200_000)
    assert "· 3 min left ·" in row.data(FactsRole), "and goes on with what is heard"
    services.playback.jump(CHAPTERS[3].start)
    services.playback.open(library.episodes[1])
    assert "· 26 min left ·" in row.data(FactsRole)
    playing.show_episode(library.episodes[1])
    playing.show_episode(library.main)
    assert "· 26 min left ·" in page.facts.text(), "no speed is known of what is not open"


def test_the_page_of_an_episode_that_is_not_here(window: MainWindow, library: Library) -> None:
    window.show_episode(library.episodes[1])
    assert window.page.download.text() == "Download · 302 MB"
    assert window.page.play.text() == "Play"
    assert not window.page.progress.isVisible()


def test_a_download_that_fails_says_why_on_the_page(window: MainWindow, library: Library) -> None:
    window.show_episode(library.episodes[1])
    QTest.mouseClick(window.page.download, Left)
    assert window.page.download.text() == "Pause download"
    assert window.page.progress.isVisible()
    assert window.page.progress.words.text().startswith("Tries again in ")
    assert "127.0.0.1 could not be reached" in window.page.progress.words.text()


def test_removing_a_download(window: MainWindow, services: Services, library: Library, home: InlineHome) -> None:
    window.show_episode(library.main)
    QTest.mouseClick(window.page.download, Left)
    assert window.page.download.text() == "Keep download"
    assert window.notices.words.text() == "1 download removed, 302 MB."
    QTest.mouseClick(window.page.download, Left)
    home.tick()
    assert services.library.download(library.main).state is DownloadState.COMPLETE
    QTest.mouseClick(window.page.download, Left)
    home.tick()
    assert services.library.download(library.main).state is DownloadState.NONE
    assert window.page.download.text() == "Download · 302 MB"


def test_marking_as_played(window: MainWindow, services: Services, library: Library) -> None:
    window.show_episode(library.main)
    QTest.mouseClick(window.page.mark, Left)
    assert services.library.episode(library.main).is_played
    assert "played" in window.page.facts.text()
    QTest.mouseClick(window.page.mark, Left)
    assert not services.library.episode(library.main).is_played


def test_an_episode_that_goes_away_leads_back(window: MainWindow, services: Services, library: Library) -> None:
    window.show_place(Place(podcast=library.other))
    window.show_episode(library.main)
    services.subscriptions.remove(library.lex).result()
    assert window.middle.currentWidget() is window.list
    window.show_episode(library.main)
    assert window.middle.currentWidget() is window.list


@pytest.mark.parametrize("state", DownloadState)
def test_every_download_state_has_words(services: Services, library: Library, state: DownloadState) -> None:
    from dataclasses import replace

    episode = services.library.episode(library.main)
    words, icon = download_words(replace(episode, download=replace(episode.download, state=state)), is_going=False)
    assert words
    assert icon
    assert mark_words(replace(episode, is_played=True)) != mark_words(episode)


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
def test_progress_in_bytes_rate_and_time(qtbot: QtBot) -> None:
    line = DownloadLine(lambda: 0)
    qtbot.addWidget(line)
    running = Download(EpisodeId(1), DownloadState.RUNNING, None, 0, 302_000_000)
    line.show_download(running, DownloadProgressed(EpisodeId(1), 124_000_000, 302_000_000, 1_400_000.0, 127_000))
    assert line.words.text() == "41 % · 124 of 302 MB · 1.4 MB/s · 2 min left"
    line.show_download(running, None)
    assert line.words.text() == "Connecting…"
    line.show_download(Download(EpisodeId(1), DownloadState.PAUSED, None, 151, 302), None)
    assert line.words.text() == "Paused · 50 % · 151 of 302 B"
    line.show_download(Download(EpisodeId(1), DownloadState.WAITING), None)
    assert line.words.text() == "Waits for other downloads"
    line.show_download(Download(EpisodeId(1), DownloadState.COMPLETE), None)
    assert line.isHidden()
    odd = Download(EpisodeId(1), DownloadState.COMPLETE, problem="The audio is 12:00 shorter than its feed says.")
    line.show_download(odd, None)
    assert line.words.text() == odd.problem
    assert not line.isHidden()
    assert line.bar.isHidden()


def test_times_in_the_notes_jump(window: MainWindow, services: Services, library: Library) -> None:
    window.show_episode(library.main)
    assert "earmark:seek?ms=17815000" in services.library.notes(library.main).html
    window.page.notes.anchorClicked.emit(QUrl("earmark:seek?ms=17815000"))
    assert services.playback.position() == STARGATE
    assert services.playback.state.is_playing


@pytest.mark.parametrize("fact", [EpisodesChanged, ChaptersChanged])
def test_notes_follow_their_feed(
    window: MainWindow, services: Services, library: Library, fact: type[EpisodesChanged | ChaptersChanged]
) -> None:
    window.show_episode(library.others[0])
    with closing(open_writer(services.profile.database)) as writer, writer:
        writer.execute("UPDATE notes SET text = '<p>Other notes.</p>' WHERE episode = ?", (library.others[0],))
    services.bus.publish(fact((library.others[1],)))
    assert window.page.notes.toPlainText().startswith("Hello.")
    services.bus.publish(fact((library.others[0],)))
    assert window.page.notes.toPlainText() == "Other notes."


def test_notes_are_not_read_while_a_download_runs(
    window: MainWindow, services: Services, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_episode(library.main)
    monkeypatch.setattr(services.library, "notes", lambda _: pytest.fail("it was read"))
    services.bus.publish(DownloadChanged(library.main))
    services.bus.publish(PodcastsChanged((library.lex,)))


def test_links_open_in_the_browser_and_nowhere_else(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = NotesView()
    qtbot.addWidget(notes)
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    for address in ("https://example.org/more", "file:///etc/passwd", "javascript:alert(1)", "earmark:seek?ms=x"):
        notes.anchorClicked.emit(QUrl(address))
    assert opened == ["https://example.org/more"]


def test_notes_load_nothing(qtbot: QtBot, tmp_path: object) -> None:
    notes = NotesView()
    qtbot.addWidget(notes)
    html = '<p>Text</p><img src="file:///etc/hostname"><img src="https://example.org/x.png">'
    notes.show_notes(ShowNotes(html), folds=True)
    for kind in QTextDocument.ResourceType:
        assert notes.loadResource(kind.value, QUrl("file:///etc/hostname")) is None
    assert notes.sizeHint().height() > 10


def test_a_long_title_wraps_and_none_is_no_harm(window: MainWindow, library: Library) -> None:
    page = window.page
    page.show_episode(library.main)
    page.heading.setText("word " * 100)
    assert not page.grab().isNull()
    window.player.heading.set_text("word " * 100)
    assert not window.player.heading.grab().isNull()
    assert window.player.heading.toolTip()
    assert parse_timecode("0:00") == 0


def test_the_outline_folds_beside_its_chapters(playing: MainWindow) -> None:
    view = playing.page.notes
    notes = ShowNotes("<p>Hello</p>", "<p>0:00 A<br>1:00 B</p>", "<p>Bye</p>", lines=2)
    view.show_notes(notes, folds=True)
    assert "Outline, 2 lines – show" in view.toPlainText()
    assert "1:00 B" not in view.toPlainText()
    view.anchorClicked.emit(QUrl("earmark:unfold"))
    assert "1:00 B" in view.toPlainText()
    view.show_notes(notes, folds=True)
    assert "1:00 B" in view.toPlainText(), "reading them again does not fold them"
    view.anchorClicked.emit(QUrl("earmark:fold"))
    assert "1:00 B" not in view.toPlainText()
    view.show_notes(notes, folds=False)
    assert view.toPlainText() == "Hello\n0:00 A\n1:00 B\nBye"
