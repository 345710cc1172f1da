"""A card that opens above a button of the player bar, and goes away at Escape and at a click beside it.

Must not know what is on it.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from player.ui.theme import colours
from player.ui.widgets import PlainScrollArea, sized


class PopupCard(QFrame):
    """Deletes itself when it is closed."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(name)

    def set_width(self, width: int) -> None:
        """Be so many pixels wide, as far as the screen is."""
        self.setFixedWidth(min(width, self.screen().availableSize().width()))

    def show_above(self, anchor: QWidget, first: QWidget) -> None:
        """Open above a widget, trailing edges in line, inside the screen, with the focus on `first`.

        Below it, where there is no room above: the mini player may stand at the top of the screen.
        """
        screen = anchor.screen().availableGeometry()
        layout = self.layout()
        assert layout is not None
        width = max(self.minimumWidth(), min(layout.totalSizeHint().width(), self.maximumWidth()))
        # As high as it needs to be: Qt's adjustSize() stops at two thirds of the screen, and presses all together.
        is_flowing = layout.hasHeightForWidth()
        self.resize(width, layout.totalHeightForWidth(width) if is_flowing else layout.totalSizeHint().height())
        if self.height() > screen.height():
            self._let_scroll(screen.height())
        gap = self.fontMetrics().height() // 2
        at = QRect(anchor.mapToGlobal(QPoint(0, 0)), anchor.size())
        place = QRect(QPoint(at.right() + 1 - self.width(), at.top() - gap - self.height()), self.size())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            place.moveLeft(at.left())
        if place.top() < screen.top() and screen.bottom() - at.bottom() > at.top() - screen.top():
            place.moveTop(at.bottom() + gap)
        place.moveLeft(max(screen.left(), min(place.left(), screen.right() - self.width())))
        place.moveTop(max(screen.top(), min(place.top(), screen.bottom() - self.height())))
        self.move(place.topLeft())
        self.show()
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _let_scroll(self, height: int) -> None:
        """Large letters on a low screen: all that is on the card scrolls."""
        layout = self.layout()
        assert layout is not None
        inside = QWidget()
        inside.setLayout(layout)
        inside.setBackgroundRole(QPalette.ColorRole.Base)
        area = PlainScrollArea(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(area)
        self.setFixedHeight(height)

    def heading(self, text: str) -> QLabel:
        """Words above a group of fields."""
        label = QLabel(text)
        label.setFont(sized(self.font(), 1.0, QFont.Weight.DemiBold))
        return label

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        del event
        shades = colours(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), shades.page)
        painter.setPen(QPen(shades.line))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
