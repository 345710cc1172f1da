"""Saving over a file that is there: nobody is asked, and the line that says how it went offers the old one back.

Must not know what is saved.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from player.app.compose import Services
from player.app.replacing import Kept
from player.core.errors import KnownError
from player.ui.notice_bar import NoticeBar
from player.ui.texts import error_text


class Overwriting(QObject):
    """Keeps what is saved over for as long as the line of notices offers it back."""

    def __init__(self, services: Services, notices: NoticeBar) -> None:
        super().__init__(notices)
        self._services = services
        self._notices = notices

    def begin(
        self, path: Path, save: Callable[[Kept | None], None], on_error: Callable[[KnownError], None] | None = None
    ) -> None:
        """Keep what is at `path`, and `save`, which takes its place in one step: then `tell`, else `give_up`."""
        self._services.jobs.when_done(self._services.replacing.keep(path), save, on_error or self._report)

    def tell(self, words: str, kept: Kept | None) -> None:
        """Say that it is saved, and offer what was there before."""
        if kept is None:
            self._notices.tell(words)
            return
        replaced = self.tr("It has replaced the file that was there.")
        self._offer(self._notices.tell, f"{words} {replaced}", kept)

    def give_up(self, kept: Kept | None) -> None:
        """Keep it no longer: nothing was saved, or nobody wants it back."""
        if kept is not None:
            self._services.replacing.forget(kept)

    def _offer(self, say: Callable[..., None], words: str, kept: Kept) -> None:
        say(words, self.tr("Undo"), partial(self._put_back, kept), partial(self.give_up, kept))

    def _put_back(self, kept: Kept) -> None:
        words = self.tr("“{name}” is what it was before.").format(name=kept.place.name)
        done = self._services.replacing.put_back(kept)
        self._services.jobs.when_done(done, lambda _: self._notices.tell(words), partial(self._on_still_kept, kept))

    def _on_still_kept(self, kept: Kept, error: KnownError) -> None:
        """It may be possible later: another program had the file, or its disk was not there."""
        self._offer(self._notices.report, error_text(error), kept)

    def _report(self, error: KnownError) -> None:
        self._notices.report(error_text(error))
