"""Says in the line of notices how far something long is, with a button that calls it off.

Must not know what it is. A sentence that came in between is not taken away: it may offer a way back.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from player.app.course import Course
from player.ui.notice_bar import NoticeBar

TOLD_EVERY_MS = 300
"""So often it is said how far it is; what is shorter says nothing."""


class CourseLine(QObject):
    """Speaks from its making to `end`."""

    def __init__(self, notices: NoticeBar, course: Course, going: Callable[[Course], str], ending: str) -> None:
        """`going` says how far it is, `ending` that it is being called off."""
        super().__init__(notices)
        self._notices = notices
        self._course = course
        self._going = going
        self._ending = ending
        self._told = ""
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.speak)
        self.timer.start(TOLD_EVERY_MS)

    def begin(self, words: str) -> None:
        """Say that it begins, before anybody knows how long it takes."""
        self._say(words)

    def speak(self) -> None:
        """Say how far it is."""
        is_another = self._notices.isVisible() and self._notices.words.text() != self._told
        if not self._course.total or (self._told and is_another):
            return
        if self._course.is_cancelled:
            self._say(self._ending)
        else:
            self._say(self._going(self._course), self.tr("Cancel"), self._on_cancelled)

    def end(self) -> None:
        """Say nothing any more: whoever began it says how it went."""
        self.timer.stop()
        self.deleteLater()

    def _say(self, words: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        self._notices.go_on(words, action, act)
        self._told = self._notices.words.text()

    def _on_cancelled(self) -> None:
        self._course.is_cancelled = True
        self.speak()
