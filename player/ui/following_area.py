"""A scroll area that follows the focus, whoever gave it to what is inside.

Must not know what that is.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from player.ui.widgets import PlainScrollArea

_SETTLED_AFTER_MS = 60
"""What is shown for the first time has its place some events after it got the focus."""


class FollowingArea(PlainScrollArea):
    """Qt follows the focus when Tab moves it, and no other way."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__(inside)
        self._inside = inside
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    def follows(self, focus: QWidget) -> bool:
        """Whether it is brought into view when it has the focus."""
        return self._inside.isAncestorOf(focus)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.follows(now):
            for after in (0, _SETTLED_AFTER_MS):
                QTimer.singleShot(after, self, self._follow)

    def _follow(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self.follows(focus):
            self.ensureWidgetVisible(focus, 0, self.fontMetrics().height())
