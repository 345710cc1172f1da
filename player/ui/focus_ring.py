"""A ring around what the keyboard has reached, for lists, texts and sliders, which do not show that by themselves.

Must not know what they hold. Who uses the mouse sees none.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QScrollArea, QSlider, QTextEdit, QWidget
from shiboken6 import isValid

from player.ui.theme import colours

_RINGED = (QAbstractItemView, QTextEdit, QSlider, QScrollArea, QLabel)


class FocusRing(QObject):
    """Follows the focus of the program."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.ring: Ring | None = None
        application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self.ring is not None and isValid(self.ring):
            self.ring.hide()
            self.ring.deleteLater()
        self.ring = None
        if now is None:
            return
        keyboard = Qt.WidgetAttribute.WA_KeyboardFocusChange
        if QApplication.mouseButtons():
            # Qt sets it at Tab, and never takes it back.
            now.window().setAttribute(keyboard, False)
        elif now.window().testAttribute(keyboard) and isinstance(now, _RINGED) and now.parentWidget() is not None:
            self.ring = Ring(now)


class Ring(QWidget):
    """Drawn over a widget, beside it among the children of its parent, so that both scroll together."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around.parentWidget())
        self._around = around
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It moves and hides with what it is around."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide):
            self._follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours(self.palette()).accent, 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def _follow(self) -> None:
        self.setGeometry(self._around.geometry())
        self.raise_()
        self.setVisible(self._around.isVisible())
