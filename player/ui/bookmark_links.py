"""Links to places of episodes on the clipboard, from menus and by a key.

Must not know where a menu opens, nor how a link is written.
"""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from player.app.compose import Services
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


def place_heard(services: Services, episode: EpisodeId) -> Millis | None:
    """Where the episode that is open is heard; None for any other."""
    playback = services.playback
    return playback.position() if playback.state.episode == episode else None
