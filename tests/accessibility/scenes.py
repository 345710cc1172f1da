"""Every view, dialog and popup of the window, brought to the screen on a small library.

Must not know what is asked of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from player.app.compose import Services
from player.core.errors import DamagedLibraryError, ProfileError
from player.core.model import Download, DownloadState, FetchedEpisode, FetchedFeed, Soundbite, View
from player.core.play_queue import Piece
from player.core.skip_rules import Match, SkipRule
from player.core.sound import Listened
from player.core.timecode import MINUTE, parse_timecode
from player.core.transcript import Segment, Transcript
from player.storage import feeds
from player.storage.backups import Backup
from player.storage.database import change, open_writer
from player.storage.episodes import set_download
from player.storage.feed_extras import set_extras
from player.storage.packed_transcripts import pack_transcript
from player.storage.transcripts import KeptTranscript, store_transcript
from player.system.paths import Profile
from player.ui.chapters_popup import ChaptersPopup
from player.ui.cleaning import Cleaning
from player.ui.damaged_library import DamagedLibrary
from player.ui.downloads_settings import DownloadsSettings
from player.ui.folder_name import FolderName
from player.ui.main_window import MainWindow
from player.ui.places import BOOKMARKS, QUEUE, SEARCH, Place
from player.ui.podcast_choices import Choice
from player.ui.podcast_settings import PodcastSettings
from player.ui.settings_dialog import SettingsDialog
from player.ui.shortcuts import Shortcuts
from player.ui.skip_rule_dialog import SkipRuleDialog
from player.ui.skip_rule_list import SkipRulesDialog
from player.ui.sleep_popup import SleepPopup
from player.ui.sound_popup import SoundPopup
from player.ui.start_failure import StartFailure
from player.ui.statistics_dialog import StatisticsDialog
from seeded import NOW, STARGATE, Library

W = TypeVar("W", bound=QObject)
_TRANSCRIPT = "http://127.0.0.1:9/t.vtt"


@dataclass(frozen=True)
class Set:
    """The window on services, on a library that has some of everything."""

    window: MainWindow
    services: Services
    library: Library

    def clear(self) -> None:
        """Close what stands above the window, and show its main episode, which plays."""
        for each in (*self.window.findChildren(QDialog), *self.window.findChildren(QMenu)):
            each.close()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.window.mini_switch.show_window()
        self.window.notices.dismiss()
        self.window.chapters.edit_button.setChecked(False)
        self.window.chapters.filter_button.setChecked(False)
        self.window.resize(1280, 820)
        self.window.show_episode(self.library.main)
        self.window.page.tabs.choose("notes")
        # By itself it waits, the longer the slower the machine is.
        self.window.sidebar.refresh()

    def trigger(self, action: str) -> None:
        """What the key of an action does."""
        self.window.actions_table[action].trigger()

    def shown(self, kind: type[W]) -> W:
        """The one of that kind that has just been opened."""
        return self.window.findChildren(kind)[-1]


def furnish(profile: Profile, library: Library) -> None:
    """Give the library more: highlights, a transcript, a failed download, an episode without chapters or audio."""
    writer = open_writer(profile.database)
    bites = (Soundbite(4_132_000, 12_000, "Export controls"), Soundbite(17_815_000, 90_000))
    set_extras(writer, [(library.main, replace(FetchedEpisode("a", "A"), soundbites=bites))])
    with writer:
        writer.execute("BEGIN IMMEDIATE")
        words = "INSERT INTO transcript (episode, place, url, is_captions) VALUES (?, 0, ?, 0)"
        change(writer, words, (library.main, _TRANSCRIPT))
        segments = tuple(Segment(n * 10_000, f"Passage {n}.", "Lex" if n % 8 < 4 else "Dylan") for n in range(60))
        kept = KeptTranscript(_TRANSCRIPT, asked_at=NOW)
        store_transcript(writer, library.main, kept, pack_transcript(Transcript(segments)))
    failed = Download(library.episodes[4], DownloadState.FAILED, None, 1000, 302_000_000)
    set_download(writer, failed, None, None)
    empty = feeds.add_podcast(writer, "http://127.0.0.1:1/empty.xml", "Nothing yet", NOW)
    feeds.store_feed(writer, empty, FetchedFeed("Nothing yet", None, "", None, None, ()), NOW)
    writer.close()


def begin(services: Services, library: Library) -> None:
    """What a listener would have done before."""
    services.playback.open(library.main, at=parse_timecode("1:12:40") or 0)
    services.playback.jump(STARGATE)
    services.bookmarks.add(library.main, STARGATE, text="The best part", stop=STARGATE + MINUTE).result()
    services.bookmarks.add(library.others[0], 5000, text="An advert").result()
    for episode in library.episodes[1:4]:
        services.queue.add(Piece(episode))
    services.queue.add(Piece(library.main, STARGATE))
    services.downloads.hold(is_held=True)
    for episode in library.episodes[1:3]:
        services.downloads.start(episode)
    services.skip_rules.set(library.lex, (SkipRule("sponsor"), SkipRule("Intro", Match.TITLE, MINUTE))).result()
    services.skip_rules.set(None, (SkipRule("ads"),)).result()
    services.sounds.count(Listened(5_000_000), is_last=True)


Scene = Callable[[Set], QWidget]


def _page(of: Set) -> QWidget:
    of.window.chapters.filter_button.setChecked(True)
    of.window.notices.tell("Something was done.", "Undo", lambda: None)
    return of.window


def _tab(name: str, of: Set) -> QWidget:
    of.window.page.tabs.choose(name)
    return of.window


def _place(place: Place, of: Set) -> QWidget:
    of.window.show_place(place)
    if of.window.list.isVisible():
        of.window.list.focus_filter()
    return of.window


def _podcast(of: Set) -> QWidget:
    return _place(Place(podcast=of.library.lex), of)


def _search(of: Set) -> QWidget:
    of.window.show_place(SEARCH)
    of.window.search.show_words("stargate")
    return of.window


def _goto(of: Set) -> QWidget:
    of.window.goto.ask()
    of.window.goto.line.setText("star")
    return of.window


def _editing(of: Set) -> QWidget:
    of.window.chapters.edit_button.setChecked(True)
    return of.window


def _without_chapters(of: Set) -> QWidget:
    of.window.show_episode(of.library.episodes[5])
    return of.window


def _narrow(of: Set) -> QWidget:
    of.window.resize(640, 480)
    return of.window


def _bookmark(of: Set) -> QWidget:
    of.trigger("bookmark")
    return of.window


def _dialog(action: str, kind: type[QDialog], of: Set) -> QWidget:
    of.trigger(action)
    return of.shown(kind)


def _popup(action: str, kind: type[QWidget], of: Set) -> QWidget:
    of.trigger(action)
    return of.shown(kind)


def _sound(of: Set) -> QWidget:
    of.window.player.speed.click()
    return of.shown(SoundPopup)


def _adding(of: Set) -> QWidget:
    dialog = of.window.errands.add_podcast("words")
    dialog._show_choices([Choice("One", "An author · 12 episodes", "http://127.0.0.1/1"), Choice("Two", "", "x", "y")])
    dialog.account.ask()
    return dialog


def _podcast_settings(of: Set) -> QWidget:
    of.window.podcasts.open_settings(of.library.lex)
    dialog = of.shown(PodcastSettings)
    for field in (dialog.sound.is_own, dialog.download.amount.buttons["newest"], dialog.keep.kind.buttons["newest"]):
        if not field.isChecked():
            field.click()
    return dialog


def _skip_rule(of: Set) -> QWidget:
    of.trigger("skip_rules")
    rules = of.shown(SkipRulesDialog).rules
    rules.add.click()
    dialog = of.shown(SkipRuleDialog)
    dialog.words.setText("stargate")
    return dialog


def _cleaning(of: Set) -> QWidget:
    dialog = Cleaning(of.services, of.window)
    dialog.show()
    return dialog


def _folder(of: Set) -> QWidget:
    dialog = FolderName("New folder for “Lex”", "Move", (), [("News",), ("News", "World")], of.window)
    dialog.show()
    return dialog


def _damaged(of: Set) -> QWidget:
    backup = Backup(int(datetime(2026, 1, 5, tzinfo=UTC).timestamp() * 1000), podcasts=1, episodes=2)
    dialog = DamagedLibrary(DamagedLibraryError("/home/me/earmark", "it is damaged"), backup, of.window)
    dialog.show()
    return dialog


def _start_failure(of: Set) -> QWidget:
    dialog = StartFailure(ProfileError("/home/me/earmark", "it cannot be written"), of.window)
    dialog.show()
    return dialog


def _menu(of: Set) -> QMenu:
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu), "no menu was opened"
    return found


def _button_menu(find: Callable[[MainWindow], QWidget], of: Set) -> QWidget:
    button = find(of.window)
    button.click()  # type: ignore[attr-defined]
    return _menu(of)


def _list_menu(of: Set) -> QWidget:
    of.window.show_place(Place(podcast=of.library.lex))
    table = of.window.list.table
    table.customContextMenuRequested.emit(table.visualRect(of.window.list.model.index(0, 0)).center())
    return _menu(of)


def _queue_menu(of: Set) -> QWidget:
    of.window.show_place(QUEUE)
    table = of.window.queue.table
    table.customContextMenuRequested.emit(table.visualRect(of.window.queue.model.index(0, 0)).center())
    return _menu(of)


def _transfer_menu(of: Set) -> QWidget:
    of.window.show_place(Place(View.DOWNLOADS))
    table = of.window.transfers.table
    table.customContextMenuRequested.emit(table.visualRect(of.window.transfers.model.index(0, 0)).center())
    return _menu(of)


def _bookmark_menu(of: Set) -> QWidget:
    of.window.show_place(BOOKMARKS)
    table = of.window.bookmarks.table
    table.customContextMenuRequested.emit(table.visualRect(table.model().index(0, 0)).center())
    return _menu(of)


def _hit_menu(of: Set) -> QWidget:
    _search(of)
    table = of.window.search.table
    row = next(n for n in range(table.model().rowCount()) if table.model().index(n, 0).flags().value)
    table.customContextMenuRequested.emit(table.visualRect(table.model().index(row, 0)).center())
    return _menu(of)


def _sidebar_menu(of: Set) -> QWidget:
    view, model = of.window.sidebar.view, of.window.sidebar.model
    row = model.place_row(Place(podcast=of.library.lex))
    assert row is not None
    view.customContextMenuRequested.emit(view.visualRect(model.index(row)).center())
    return _menu(of)


def _chapter_menu(of: Set) -> QWidget:
    of.window.chapters.table.menu_asked.emit(of.window.chapters.model.index(2, 0), QPoint(900, 300))
    return _menu(of)


def _mini(of: Set) -> QWidget:
    of.trigger("mini_player")
    return of.window.mini


def _mini_chapters(of: Set) -> QWidget:
    of.trigger("mini_player")
    of.window.mini.open_chapters()
    return of.window.mini.findChildren(ChaptersPopup)[-1]


def _welcome(of: Set) -> QWidget:
    of.window.whole.setCurrentWidget(of.window.welcome)
    return of.window


SCENES: dict[str, Scene] = {
    "the page, a filter, a notice": _page,
    "the transcript": partial(_tab, "transcript"),
    "the bookmarks of an episode": partial(_tab, "bookmarks"),
    "an episode without chapters": _without_chapters,
    "editing chapters": _editing,
    "a narrow window": _narrow,
    "what is new": partial(_place, Place(View.NEW)),
    "downloads": partial(_place, Place(View.DOWNLOADS)),
    "a podcast": _podcast,
    "the queue": partial(_place, QUEUE),
    "all bookmarks": partial(_place, BOOKMARKS),
    "the search": _search,
    "go to": _goto,
    "a bookmark that was just set": _bookmark,
    "the mini player": _mini,
    "the chapters of the mini player": _mini_chapters,
    "the welcome": _welcome,
    "adding a podcast": _adding,
    "settings": partial(_dialog, "settings", SettingsDialog),
    "settings of downloads": partial(_dialog, "downloads_settings", DownloadsSettings),
    "settings of a podcast": _podcast_settings,
    "skip rules": partial(_dialog, "skip_rules", SkipRulesDialog),
    "a skip rule": _skip_rule,
    "cleaning up": _cleaning,
    "naming a folder": _folder,
    "a damaged library": _damaged,
    "a start that failed": _start_failure,
    "statistics": partial(_dialog, "statistics", StatisticsDialog),
    "shortcuts": partial(_dialog, "shortcuts", Shortcuts),
    "sleep": partial(_popup, "sleep", SleepPopup),
    "sound": _sound,
    "the menu": partial(_button_menu, lambda window: window.top.more),
    "the menu of imports": partial(_button_menu, lambda window: window.top.import_button),
    "the menu of the chapters": partial(_button_menu, lambda window: window.chapters.more),
    "the menu of the source": partial(_button_menu, lambda window: window.chapters.source),
    "the menu of a chapter": _chapter_menu,
    "the menu of an episode": _list_menu,
    "the menu of a queued piece": _queue_menu,
    "the menu of a transfer": _transfer_menu,
    "the menu of a bookmark": _bookmark_menu,
    "the menu of a hit": _hit_menu,
    "the menu of a podcast": _sidebar_menu,
}
