"""The row above the timeline: the transport buttons in its middle, and beside them what there is room for.

Must not know what a button does, nor what plays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from player.ui.buttons import FlatButton, Look
from player.ui.widgets import sized


class TransportRow(QWidget):
    """Buttons that stay in the middle whatever stands beside them; a way back at the left, words at the right.

    Both sides are equally wide. The way back becomes shorter where its side is narrow; words that do not fit are left
    out.
    """

    def __init__(self, buttons: Sequence[FlatButton], gap: int) -> None:
        super().__init__()
        # Time goes from left to right everywhere, and so do the keys Left and Right.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.back = FlatButton("", "undo", Look.CHIP)
        self.words = QLabel()
        self.words.setFont(sized(self.font(), 0.92))
        self.words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.gap = gap
        """Between two of them, and before and behind all."""
        self._forms: tuple[str, ...] = ()
        self._sides = _Side(self.back, self._fit), _Side(self.words, self._fit)
        self.back.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap)
        row.addWidget(self._sides[0], 1)
        for button in (*buttons, self.back):
            button.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        for button in buttons:
            row.addWidget(button)
        row.addWidget(self._sides[1], 1)

    def offer_back(self, *forms: str) -> None:
        """Offer a way back, in the longest of these words that fits, else by the icon alone; without any, none."""
        self._forms = forms
        if forms:
            self.back.set_name(forms[0])
        self._fit()

    def show_words(self, text: str) -> None:
        """Show words at the right, if there is room."""
        if text != self.words.text():
            self.words.setText(text)
            self._fit()

    def _fit(self) -> None:
        left, right = self._sides
        for form in (*self._forms, "") if self._forms else ():
            self.back.show_as(form, "undo")
            if self.back.sizeHint().width() <= left.width():
                break
        self.back.setVisible(bool(self._forms) and self.back.sizeHint().width() <= left.width())
        self.words.setVisible(self.words.sizeHint().width() <= right.width())
        for each, side in ((self.back, left), (self.words, right)):
            each.resize(each.sizeHint())
            end = side.width() - each.width() if side is right else 0
            each.move(QPoint(end, (side.height() - each.height()) // 2))


class _Side(QWidget):
    """Room for one thing, however large that is."""

    def __init__(self, thing: QWidget, on_resized: Callable[[], None]) -> None:
        super().__init__()
        self._on_resized = on_resized
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        thing.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other things may fit now."""
        super().resizeEvent(event)
        self._on_resized()
