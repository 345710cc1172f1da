"""Has chapters skipped, or heard again, and tells what was done with a way back.

Must not know how skipped ones look, nor how playing leaves them out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from player.app.compose import Services
from player.core.model import Chapter, EpisodeId
from player.core.skips import SkipMark
from player.ui.actions import Actions
from player.ui.chapter_model import title_of
from player.ui.chapter_table import ChapterTable


class ChapterSkipping(QObject):
    """Works on the chapters of a table.

    `told(sentence, undo)` after a change, with a function that takes it back; `failed(error)`.
    """

    told = Signal(str, object)
    failed = Signal(object)

    def __init__(self, services: Services, table: ChapterTable) -> None:
        super().__init__(table)
        self._services = services
        self._table = table
        self._model = table.chapters
        self._episode: EpisodeId | None = None

    def connect_actions(self, actions: Actions) -> None:
        """Let the key do its work, from anywhere in the window."""
        actions.connect("skip_chapter", self._on_asked)

    def show_view(self, episode: EpisodeId | None, skipped: frozenset[int]) -> None:
        """The chapters of the table are this episode's, and these of them are skipped."""
        self._episode = episode
        self._model.show_skipped(skipped)

    def toggle(self, number: int) -> None:
        """Leave a chapter out from now on, or, if it is, hear it again."""
        chapter, is_skipped = self._model.chapters[number], number not in self._model.skipped
        words = self.tr("“{title}” is skipped from now on.") if is_skipped else self.tr("“{title}” is heard again.")
        self._set([chapter], words.format(title=title_of(chapter, number)), is_skipped=is_skipped)

    def hear_all(self) -> None:
        """Hear all chapters again."""
        skipped = [self._model.chapters[number] for number in sorted(self._model.skipped)]
        self._set(skipped, self.tr("All chapters are heard again."), is_skipped=False)

    def _on_asked(self) -> None:
        """The key means the row that has the focus, else the chapter that is heard."""
        index = self._table.currentIndex()
        has_row = self._table.hasFocus() and index.isValid()
        number = self._model.chapter_index(index.row()) if has_row else self._model.current
        if number is not None:
            self.toggle(number)

    def _set(self, chapters: Sequence[Chapter], words: str, *, is_skipped: bool) -> None:
        episode, services = self._episode, self._services
        if episode is None:
            return

        def tell(before: tuple[SkipMark, ...]) -> None:
            self.told.emit(words, partial(self._restore, episode, before))
            if is_skipped:
                # The facts of the change are being told meanwhile; behind them the player knows it.
                services.home.post(partial(services.playback.leave_skipped, episode))

        future = services.chapters.set_skipped(episode, chapters, is_skipped=is_skipped)
        services.jobs.when_done(future, tell, self.failed.emit)

    def _restore(self, episode: EpisodeId, marks: tuple[SkipMark, ...]) -> None:
        future = self._services.chapters.restore_skips(episode, marks)
        self._services.jobs.when_done(future, lambda _: self.told.emit("", None), self.failed.emit)
