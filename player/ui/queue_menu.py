"""The two entries of a menu that queue an episode or a chapter.

Must not know where the menu opens; what was done is told by `ui.queue_gestures`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QMenu

from player.app.play_queue import QueueService
from player.core.model import Chapter, EpisodeId
from player.core.play_queue import Piece, piece_of_chapter
from player.ui.texts import translate


def add_to_menu(menu: QMenu, queue: QueueService, piece: Piece) -> None:
    """Offer to play a piece next, or to put it at the end of the queue."""
    menu.addAction(translate("queue", "Play next")).triggered.connect(lambda: queue.add_next(piece))
    menu.addAction(translate("queue", "Add to queue")).triggered.connect(lambda: queue.add(piece))


def add_chapter_to_menu(
    menu: QMenu, queue: QueueService, episode: EpisodeId | None, chapters: Sequence[Chapter], number: int
) -> None:
    """The same for a chapter (`number` from 0), with a line below."""
    if episode is not None:
        add_to_menu(menu, queue, piece_of_chapter(episode, chapters, number))
    menu.addSeparator()
