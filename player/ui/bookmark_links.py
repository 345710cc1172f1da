"""Places of episodes that menus mark, or put on the clipboard as links.

Must not know where a menu opens, nor how a link is written.
"""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from player.app.compose import Services
from player.core.bookmarks import bookmark_here
from player.core.model import EpisodeId, Millis
from player.core.timecode import format_timecode
from player.ui.chapter_menus import copy
from player.ui.texts import translate


def add_link_to_menu(menu: QMenu, services: Services, episode: EpisodeId | None, at: Millis | None) -> None:
    """Offer to copy the link to a place of an episode; `at` is None where no place is meant."""
    if episode is None:
        return
    words = translate("bookmarks", "Copy Earmark link")
    if at is not None:
        words = translate("bookmarks", "Copy Earmark link at {place}").format(place=format_timecode(at))
    menu.addAction(words).triggered.connect(lambda _checked: copy(services.bookmarks.link(episode, at)))


def add_bookmark_to_menu(menu: QMenu, services: Services, episode: EpisodeId | None, place: Millis) -> None:
    """Offer to mark a place of an episode; one that is marked is not marked twice."""
    if episode is None:
        return
    action = menu.addAction(translate("bookmarks", "Bookmark"))
    action.setEnabled(bookmark_here(services.bookmarks.of_episode(episode), place) is None)
    action.triggered.connect(lambda _checked: services.bookmarks.add(episode, place))


def place_heard(services: Services, episode: EpisodeId) -> Millis | None:
    """Where the episode that is open is heard; None for any other."""
    playback = services.playback
    return playback.position() if playback.state.episode == episode else None
