"""The small field that appears above the timeline when a place is marked: for a line of text, and for an end.

Must not know how bookmarks are kept.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from player.core.bookmarks import LONGEST_TEXT, Bookmark
from player.ui.bookmark_model import times_text
from player.ui.buttons import FlatButton, Look
from player.ui.icons import paint_icon
from player.ui.theme import colours
from player.ui.widgets import Panel

_WIDEST, _PLACE_ABOVE = 34, 20
"""How wide it is at most, and above which width it says where the place is, in heights of a line of text."""
_MARGIN = 8


class Ribbon(QWidget):
    """The icon before the words."""

    def __init__(self) -> None:
        super().__init__()
        side = self.fontMetrics().height()
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        del event
        paint_icon(QPainter(self), "bookmark", QRectF(self.rect()), colours(self.palette()).accent)


class BookmarkField(Panel):
    """Floats in its window. `kept(text)` by Enter and when the focus leaves it, `left()` by Escape.

    `end_asked()` and `removal_asked()` by its buttons.
    """

    kept = Signal(str)
    left = Signal()
    end_asked = Signal()
    removal_asked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(QPalette.ColorRole.Button, None, window)
        self.setAutoFillBackground(False)
        unit = self.fontMetrics().height()
        self._window = window
        self._before: QWidget | None = None
        self.place = QLabel()
        self.place.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.line = QLineEdit()
        self.line.setMaxLength(LONGEST_TEXT)
        self.line.setPlaceholderText(self.tr("What is it about? Enter keeps it"))
        self.line.installEventFilter(self)
        self.end = FlatButton(self.tr("Up to here"), "", Look.CHIP, self.tr("Mark up to where it plays now (Ctrl+B)"))
        self.end.clicked.connect(self.end_asked)
        self.remove = FlatButton("", "remove", Look.QUIET, self.tr("Take the bookmark away"))
        self.remove.clicked.connect(self.removal_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(round(unit * 0.7), unit // 2, unit // 3, unit // 2)
        row.setSpacing(unit // 2)
        row.addWidget(Ribbon())
        row.addWidget(self.place)
        row.addWidget(self.line, 1)
        row.addWidget(self.end)
        row.addWidget(self.remove)
        self.hide()

    def show_above(self, bookmark: Bookmark, point: QPoint) -> None:
        """Ask about a bookmark, above a global point."""
        window, unit = self._window, self.fontMetrics().height()
        if not self.isVisible():
            self._before = window.focusWidget()
        self.line.setText(bookmark.text)
        self.show_place(bookmark)
        width = min(window.width() - 2 * _MARGIN, unit * _WIDEST)
        self.place.setVisible(width > unit * _PLACE_ABOVE)
        height = self.sizeHint().height()
        at = window.mapFromGlobal(point)
        left = min(max(_MARGIN, at.x() - width // 3), window.width() - width - _MARGIN)
        self.setGeometry(left, at.y() - height - _MARGIN, width, height)
        self.raise_()
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self.line.selectAll()

    def keep(self) -> None:
        """Where it is open, keep what was typed, and go."""
        if not self.isHidden():
            self._end_with(self.line.text())

    def show_place(self, bookmark: Bookmark) -> None:
        """Say which place or span it is about."""
        self.place.setText(times_text(bookmark))
        self.line.setAccessibleName(self.tr("Text of the bookmark at {place}").format(place=times_text(bookmark)))

    def close_quietly(self) -> None:
        """Go, and give the focus back, without a word about the text."""
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, Escape, and the focus that goes elsewhere in the window."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._end_with(self.line.text())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._end_with(None)
                return True
        return super().eventFilter(watched, event)

    def on_focus_changed(self, now: QWidget | None) -> None:
        """What was typed is kept when the focus goes to another part of the window."""
        if self.isVisible() and now is not None and not self.isAncestorOf(now) and now.window() is self.window():
            self._before = None
            self._end_with(self.line.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded card with a line around it."""
        del event
        shades = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(shades.track_strong)
        painter.setBrush(shades.card)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9)

    def _end_with(self, text: str | None) -> None:
        self.close_quietly()
        if text is None:
            self.left.emit()
        else:
            self.kept.emit(text)
