"""Changes of chapters, one after the other: tells how each went, and takes it back from the line that says so.

Must not know what a change is, nor which episode is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, Signal

from player.app.compose import Services
from player.core.edits import EditLog
from player.core.errors import KnownError, NotFoundError
from player.core.model import EpisodeId
from player.ui.turns import Turns

Change: TypeAlias = Callable[[EpisodeId], Future[None]]


class ChapterChanges(QObject):
    """What is asked while a change is on its way waits in `turns`.

    `told(sentence, undo)` after a change, with a function that takes it back; an empty sentence where the change shows
    by itself. `failed(error)`.
    """

    told = Signal(str, object)
    failed = Signal(object)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self.turns = Turns()

    def follow(self, episode: EpisodeId, future: Future[None], words: str = "", back: Change | None = None) -> None:
        """Tell how a change of an episode's chapters went; `back` takes it back, whatever is shown by then."""
        self.turns.begin()

        def tell(_: Any) -> None:
            undo = None
            if back is not None:
                undo = partial(self._go_back, episode, self._services.chapters.history(episode), back)
            # What was told of the change before is over: its way back would lead elsewhere now.
            self.told.emit(words, undo)
            # The facts of the change are being told meanwhile; behind them it is shown.
            self._services.home.post(self.turns.end)

        self._services.jobs.when_done(future, tell, self._on_failed)

    def _go_back(self, episode: EpisodeId, history: EditLog, back: Change) -> None:
        """Take a change back that left the chapters with this history, and nothing that was changed since then."""
        try:
            is_last = self._services.chapters.history(episode) == history
        except NotFoundError as error:
            self.failed.emit(error)
            return
        if is_last:
            self.follow(episode, back(episode))
        else:
            self.told.emit(self.tr("The chapters were changed since then; nothing is taken back."), None)

    def _on_failed(self, error: KnownError) -> None:
        self.turns.forget()
        self.turns.end()
        self.failed.emit(error)
