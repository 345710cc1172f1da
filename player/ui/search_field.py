"""A rounded field to type into: a magnifying glass before the text, and perhaps a key badge behind it.

Must not know what is searched.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from player.ui.icons import paint_icon
from player.ui.mirroring import draw_text, mirror
from player.ui.theme import colours
from player.ui.widgets import set_margins, sized

_BADGE_FROM = 9
"""A width in heights of a line of text."""


class SearchField(QWidget):
    """Holds `line`, a QLineEdit without a frame of its own. `escaped()` when Escape is pressed in it."""

    escaped = Signal()

    def __init__(self, hint: str, name: str, badge: str = "") -> None:
        super().__init__()
        self._badge = badge
        self.line = QLineEdit()
        self.line.setFrame(False)
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(name)
        self.line.setClearButtonEnabled(False)
        plain = self.line.palette()
        plain.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.line.setPalette(plain)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(lambda _: self.update())
        self.setFocusProxy(self.line)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        unit = self.fontMetrics().height()
        self.setFixedHeight(round(unit * 1.9))
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.line)
        self._leave_room()

    def changeEvent(self, event: QEvent) -> None:
        """The line's background stays clear under every palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            plain = QPalette(self.palette())
            plain.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
            self.line.setPalette(plain)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow field has no badge."""
        super().resizeEvent(event)
        self._leave_room()

    def _leave_room(self) -> None:
        unit = self.fontMetrics().height()
        set_margins(self._row, self.layoutDirection(), round(unit * 1.75), 2, self._badge_width() + unit // 2, 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Draw anew when the line gets or loses the focus; Escape leaves it."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the line is one into it."""
        del event
        self.line.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, the glass and the badge."""
        del event
        shades = colours(self.palette())
        painter = QPainter(self)
        mirror(painter, self.rect(), self.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_typing = self.line.hasFocus()
        painter.setPen(QPen(shades.accent if is_typing else shades.line, 1.5 if is_typing else 1))
        painter.setBrush(shades.card)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        unit = self.fontMetrics().height()
        glass = QRectF(unit * 0.65, (self.height() - unit * 0.95) / 2, unit * 0.95, unit * 0.95)
        paint_icon(painter, "search", glass, shades.muted)
        if self._badge_width() and not self.line.text():
            self._paint_badge(painter)

    def _badge_width(self) -> int:
        unit = self.fontMetrics().height()
        if not self._badge or self.width() < unit * _BADGE_FROM:
            return 0
        return round(self.fontMetrics().horizontalAdvance(self._badge) * 0.85 + unit * 1.1)

    def _paint_badge(self, painter: QPainter) -> None:
        shades = colours(self.palette())
        painter.setFont(sized(self.font(), 0.82))
        width = self._badge_width() - self.fontMetrics().height() * 0.2
        height = self.fontMetrics().height() * 1.2
        rect = QRectF(self.width() - width - 8, (self.height() - height) / 2, width, height)
        painter.setPen(shades.line)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, 4, 4)
        painter.setPen(shades.muted)
        draw_text(painter, rect, self._badge, Qt.AlignmentFlag.AlignCenter)
