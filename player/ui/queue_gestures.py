"""What the listener does about the queue from anywhere in the window, and the line that says what was done.

Must not know how the queue looks or how it is played.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from player.app.compose import Services
from player.core.errors import KnownError
from player.core.events import QueueChanged
from player.core.model import EpisodeId
from player.core.play_queue import Piece, Queue, QueueEntry, piece_of_chapter
from player.ui.actions import Actions
from player.ui.chapter_column import ChapterColumn
from player.ui.errands import Errands
from player.ui.listen import listen
from player.ui.texts import entries_text, title_text, translate

Title = Callable[[QueueEntry], str]


def change_words(before: Queue, now: Queue, title: Title, *, is_shown: bool) -> str:
    """What the listener's last change did, in a sentence; empty where there is nothing to say.

    With `is_shown` the queue is before the listener: then a move shows by itself.
    """
    if now.before is None:
        # An undo; what was told of the change before is over.
        return ""
    ids, old_ids = [each.id for each in now.entries], [each.id for each in before.entries]
    gone = [each for each in before.entries if each.id not in ids]
    if len(gone) > 1:
        return translate("queue", "{entries} are taken out of the queue.").format(entries=entries_text(len(gone)))
    if gone:
        return translate("queue", "“{title}” is taken out of the queue.").format(title=title(gone[0]))
    put = [each for each in now.entries if each.id not in old_ids] or ([] if is_shown else _moved(before, now))
    if not put:
        return ""
    number = ids.index(put[0].id) + 1
    words = (
        translate("queue", "“{title}” plays next.")
        if number == 1
        else translate("queue", "“{title}” is number {number} in the queue.")
    )
    return words.format(title=title(put[0]), number=number)


def _moved(before: Queue, now: Queue) -> list[QueueEntry]:
    """The entry that stands at the end or at the front now, if it alone was moved."""
    for moved in (now.entries[-1:], now.entries[:1]):
        orders = [[each.id for each in queue.entries if each.id != moved[0].id] for queue in (before, now)]
        if orders[0] == orders[1]:
            return list(moved)
    return []


class QueueGestures(QObject):
    """Takes keys that queue what is shown, and tells each change of the queue with a way back."""

    def __init__(
        self,
        services: Services,
        shown: Callable[[], Piece | None],
        errands: Errands,
        view: QWidget,
    ) -> None:
        """`shown` gives what the keys are about; `errands` tells; `view` is where the queue is to be seen."""
        super().__init__(view)
        self._services = services
        self._shown = shown
        self._tell = errands.tell_done
        self._report = errands.report
        self._view = view
        self._before = services.queue.queue
        listen(self, services.bus, QueueChanged, lambda _: self._on_queue_changed())

    def connect_actions(self, actions: Actions) -> None:
        """Let the keys do their work."""
        queue = self._services.queue
        actions.connect("queue_add", lambda: self._with_shown(queue.add))
        actions.connect("queue_next", lambda: self._with_shown(queue.add_next))
        actions.connect("next_entry", self._on_next_asked)

    def _with_shown(self, put: Callable[[Piece], object]) -> None:
        piece, before = self._shown(), self._services.queue.queue
        if piece is None:
            return
        put(piece)
        if self._services.queue.queue is before:
            place = before.place_of(piece)
            if place is not None:
                words = self.tr("“{title}” is number {number} in the queue already.")
                self._tell(words.format(title=self._title(before.entries[place]), number=place + 1), None)

    def _on_next_asked(self) -> None:
        try:
            self._services.queue_player.next()
        except KnownError as error:
            self._report(error)

    def _on_queue_changed(self) -> None:
        before, self._before = self._before, self._services.queue.queue
        if before.change != self._before.change:
            words = change_words(before, self._before, self._title, is_shown=self._view.isVisible())
            self._tell(words, partial(self._undo, self._before.change) if words else None)

    def _undo(self, change: int) -> None:
        self._services.queue.undo(change)

    def _title(self, entry: QueueEntry) -> str:
        if entry.title:
            return entry.title
        found = self._services.library.episodes([entry.episode])
        return title_text(found[0].title if found else "")


def piece_shown(chapters: ChapterColumn, episode: EpisodeId | None) -> Piece | None:
    """What is to be queued: the chapter on which the focus is, else `episode`."""
    index = chapters.table.currentIndex()
    if chapters.episode is not None and chapters.table.hasFocus() and index.isValid():
        return piece_of_chapter(chapters.episode, chapters.model.chapters, chapters.model.chapter_index(index.row()))
    return None if episode is None else Piece(episode)
