"""Marks episodes as played or not, however many, and says what was done, with a way back.

Must not know where the episodes are listed.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from player.app.compose import Services
from player.core.model import EpisodeId, Marked
from player.ui.errands import Errands
from player.ui.texts import episodes_text, title_text

_UNDONE = 20
"""So many markings can be taken back, one after the other."""


class Marking(QObject):
    """The markings of this window, the last one on top."""

    def __init__(self, services: Services, errands: Errands) -> None:
        super().__init__(errands)
        self._services = services
        self._errands = errands
        self._done: list[Marked] = []

    def mark(self, ids: Sequence[EpisodeId], *, played: bool) -> None:
        """Mark episodes, in one change."""
        if ids:
            now = time.time_ns() // 1_000_000
            future = self._services.library.mark_played(ids, played=played, now=now)
            self._services.jobs.when_done(future, self._on_marked, self._errands.report)

    def undo(self) -> None:
        """Take the last marking back that was not."""
        if self._done:
            self._take_back(self._done[-1])

    def _on_marked(self, marked: Marked) -> None:
        if not marked.ids:
            self._errands.tell_done(self._nothing_words(played=marked.played), None)
            return
        self._done = [*self._done[1 - _UNDONE :], marked]
        self._errands.tell_done(self._words(marked), partial(self._take_back, marked))

    def _take_back(self, marked: Marked) -> None:
        if marked in self._done:
            self._done.remove(marked)
            future = self._services.library.unmark(marked)
            self._services.jobs.when_done(future, lambda _: self._errands.tell_done("", None), self._errands.report)

    def _words(self, marked: Marked) -> str:
        if len(marked.ids) > 1:
            words = (
                self.tr("{what} are marked as played.")
                if marked.played
                else self.tr("{what} are marked as not played.")
            )
            return words.format(what=episodes_text(len(marked.ids)))
        words = (
            self.tr("“{title}” is marked as played.")
            if marked.played
            else self.tr("“{title}” is marked as not played.")
        )
        found = self._services.library.episodes(marked.ids)
        return words.format(title=title_text(found[0].title if found else ""))

    def _nothing_words(self, *, played: bool) -> str:
        return self.tr("All of them are played already.") if played else self.tr("None of them is marked as played.")
