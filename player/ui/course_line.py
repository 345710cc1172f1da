"""Says in the line of notices how far something long is, with a button that calls it off.

Must not know what it is. A sentence that came in between is not taken away: it may offer a way back.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from player.ui.notice_bar import NoticeBar

TOLD_EVERY_MS = 300
"""So often it is said how far it is; what is shorter says nothing."""


class CourseLine(QObject):
    """Speaks from its making to `end`, or until what it says is dismissed."""

    def __init__(self, notices: NoticeBar, going: Callable[[], str], cancel: Callable[[], None]) -> None:
        """`going` says how far it is, or nothing before that is known; `cancel` calls it off."""
        super().__init__(notices)
        self._notices = notices
        self._going = going
        self._cancel = cancel
        self._is_cancelled = False
        self._told = ""
        notices.dismissed.connect(self._on_dismissed)
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.speak)
        self.timer.start(TOLD_EVERY_MS)

    def begin(self, words: str) -> None:
        """Say that it begins, before anybody knows how long it takes."""
        self._say(words)

    def speak(self) -> None:
        """Say how far it is."""
        # Not whether it is visible: it may be that of a window in whose place the mini player shows.
        is_another = not self._notices.isHidden() and not self._notices.says(self._told)
        words = self._going()
        if not words or (self._told and is_another):
            return
        if self._is_cancelled:
            self._say(words)
        else:
            self._say(words, self.tr("Cancel"), self._on_cancelled)

    def end(self) -> None:
        """Say nothing any more: whoever began it says how it went."""
        self.timer.stop()
        self.deleteLater()

    def _say(self, words: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        self._notices.go_on(words, action, act)
        self._told = words

    def _on_cancelled(self) -> None:
        """Once is enough, be it in time or too late."""
        self._is_cancelled = True
        self._cancel()
        if self.timer.isActive():
            self.speak()

    def _on_dismissed(self, sentence: str) -> None:
        if sentence == self._told:
            self.timer.stop()
