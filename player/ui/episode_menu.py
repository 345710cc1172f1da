"""The menu of an episode: what can be done with it now.

Must not know where it opens.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from player.app.compose import Services
from player.core.model import DownloadState, Episode, EpisodeId
from player.core.play_queue import Piece
from player.ui.bookmark_links import add_link_to_menu, place_heard
from player.ui.chapter_menus import open_link
from player.ui.feed_facts import is_web
from player.ui.marking import Marking
from player.ui.menus import menu_about
from player.ui.queue_menu import add_to_menu
from player.ui.texts import episodes_text, size_text, title_text


def download_words(episode: Episode, *, is_going: bool) -> tuple[str, str]:
    """The words and the icon of the button that acts on an episode's download; one that `is_going` is being removed."""
    translate = QCoreApplication.translate
    if is_going:
        return translate("episode", "Keep download"), "undo"
    return {
        DownloadState.NONE: (translate("episode", "Download"), "download"),
        DownloadState.WAITING: (translate("episode", "Pause download"), "pause"),
        DownloadState.RUNNING: (translate("episode", "Pause download"), "pause"),
        DownloadState.PAUSED: (translate("episode", "Resume download"), "download"),
        DownloadState.FAILED: (translate("episode", "Try again"), "refresh"),
        DownloadState.COMPLETE: (translate("episode", "Remove download"), "remove"),
    }[episode.download.state]


def download_fact(episode: Episode) -> str:
    """Whether the audio is here, and how large it is; empty when it is not, or not all of it."""
    translate = QCoreApplication.translate
    if episode.enclosure is None:
        return translate("episode", "on this computer")
    if episode.download.state is not DownloadState.COMPLETE:
        return ""
    size = episode.download.received or episode.download.total
    downloaded = translate("episode", "downloaded")
    return translate("episode", "downloaded, {size}").format(size=size_text(size)) if size else downloaded


def act_on_download(services: Services, episode: Episode) -> None:
    """Do what `download_words` says."""
    match episode.download.state:
        case _ if services.keeping.is_going(episode.id):
            services.keeping.undo_of(episode.id)
        case DownloadState.WAITING | DownloadState.RUNNING:
            services.downloads.pause(episode.id)
        case DownloadState.COMPLETE:
            services.keeping.remove(episode.id)
        case _:
            services.downloads.start(episode.id)


def mark_words(episode: Episode) -> str:
    """The words of the command that marks an episode."""
    translate = QCoreApplication.translate
    if episode.is_played:
        return translate("episode", "Mark as not played")
    return translate("episode", "Mark as played")


def mark_other(services: Services, episode: Episode) -> None:
    """Mark a played episode as not played, and the other way round."""
    now = time.time_ns() // 1_000_000
    services.library.mark_played([episode.id], played=not episode.is_played, now=now)


def open_menu(
    services: Services, episode: Episode, parent: QWidget, at: QPoint, marking: Marking, mark_older: Callable[[], None]
) -> None:
    """Show the menu at a global point. `mark_older` marks those of the list that are older."""
    menu = menu_about(title_text(episode.title), parent)
    play = menu.addAction(QCoreApplication.translate("episode", "Play"))
    play.triggered.connect(lambda: services.playback.open(episode.id))
    add_to_menu(menu, services.queue, Piece(episode.id))
    if episode.enclosure is not None:
        words, _ = download_words(episode, is_going=services.keeping.is_going(episode.id))
        menu.addAction(words).triggered.connect(lambda: act_on_download(services, episode))
        if episode.download.state is DownloadState.COMPLETE:
            keep = menu.addAction(QCoreApplication.translate("episode", "Keep this download"))
            keep.setCheckable(True)
            keep.setChecked(services.keeping.is_wanted(episode.id))
            keep.triggered.connect(lambda is_on: services.keeping.want([episode.id], is_wanted=is_on))
    add_link_to_menu(menu, services, episode.id, place_heard(services, episode.id))
    _add_ways_out(menu, episode)
    mark = menu.addAction(mark_words(episode))
    mark.triggered.connect(lambda: marking.mark([episode.id], played=not episode.is_played))
    older = menu.addAction(QCoreApplication.translate("episode", "Mark older ones as played"))
    older.triggered.connect(lambda _checked: mark_older())
    menu.popup(at)


def _add_ways_out(menu: QMenu, episode: Episode) -> None:
    """To the episode's page on the web, and to where its audio lies."""
    link, path = episode.link, episode.download.path
    if link is not None and is_web(link):
        page = menu.addAction(QCoreApplication.translate("episode", "Open web page"))
        page.triggered.connect(lambda: open_link(link))
    if path is not None and episode.download.state is DownloadState.COMPLETE:
        folder = menu.addAction(QCoreApplication.translate("episode", "Open its folder"))
        folder.triggered.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(path).parent))))


def open_marks_menu(ids: Sequence[EpisodeId], marking: Marking, parent: QWidget, at: QPoint) -> None:
    """Show the menu of several episodes at a global point."""
    menu = menu_about(episodes_text(len(ids)), parent)
    translate = QCoreApplication.translate
    for played, words in (
        (True, translate("episode", "Mark {episodes} as played")),
        (False, translate("episode", "Mark {episodes} as not played")),
    ):
        action = menu.addAction(words.format(episodes=episodes_text(len(ids))))
        action.triggered.connect(partial(_mark, marking, ids, played))
    menu.popup(at)


def _mark(marking: Marking, ids: Sequence[EpisodeId], played: bool, _checked: bool = False) -> None:
    marking.mark(ids, played=played)
