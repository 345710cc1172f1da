"""The menu of an episode: what can be done with it now.

Must not know where it opens.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from player.app.compose import Services
from player.core.model import DownloadState, Episode
from player.core.play_queue import Piece
from player.ui.queue_menu import add_to_menu


def download_words(episode: Episode) -> tuple[str, str]:
    """The words and the icon of the button that acts on an episode's download."""
    translate = QCoreApplication.translate
    return {
        DownloadState.NONE: (translate("episode", "Download"), "download"),
        DownloadState.WAITING: (translate("episode", "Pause download"), "pause"),
        DownloadState.RUNNING: (translate("episode", "Pause download"), "pause"),
        DownloadState.PAUSED: (translate("episode", "Resume download"), "download"),
        DownloadState.FAILED: (translate("episode", "Try again"), "refresh"),
        DownloadState.COMPLETE: (translate("episode", "Remove download"), "remove"),
    }[episode.download.state]


def act_on_download(services: Services, episode: Episode) -> None:
    """Do what `download_words` says."""
    match episode.download.state:
        case DownloadState.WAITING | DownloadState.RUNNING:
            services.downloads.pause(episode.id)
        case DownloadState.COMPLETE:
            services.downloads.remove(episode.id)
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


def open_menu(services: Services, episode: Episode, parent: QWidget, at: QPoint) -> None:
    """Show the menu at a global point."""
    menu = QMenu(parent)
    play = menu.addAction(QCoreApplication.translate("episode", "Play"))
    play.triggered.connect(lambda: services.playback.open(episode.id))
    add_to_menu(menu, services.queue, Piece(episode.id))
    if episode.enclosure is not None:
        words, _ = download_words(episode)
        menu.addAction(words).triggered.connect(lambda: act_on_download(services, episode))
        if episode.download.state is DownloadState.COMPLETE:
            keep = menu.addAction(QCoreApplication.translate("episode", "Keep this download"))
            keep.setCheckable(True)
            keep.setChecked(services.keeping.is_wanted(episode.id))
            keep.triggered.connect(lambda is_on: services.keeping.want([episode.id], is_wanted=is_on))
    menu.addAction(mark_words(episode)).triggered.connect(lambda: mark_other(services, episode))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
