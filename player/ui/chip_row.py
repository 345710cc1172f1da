"""A row of buttons that breaks into further rows where it is narrow.

Must not know what a button does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from player.ui.buttons import FlatButton, Look


@dataclass(frozen=True, slots=True)
class Chip:
    """A button of the row: its text, what it does (None: it cannot be pressed now), and what it says more of that."""

    text: str
    act: Callable[[], object] | None
    tip: str = ""


class ChipRow(QWidget):
    """Buttons side by side, as many in a row as fit."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[FlatButton] = []
        self._chips: tuple[Chip, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_chips(self, *chips: Chip) -> None:
        """Show these buttons; those that are there stay where they are, so that none loses the focus."""
        while len(self.buttons) > len(chips):
            self.buttons.pop().deleteLater()
        while len(self.buttons) < len(chips):
            button = FlatButton("", "", Look.CHIP, parent=self)
            button.clicked.connect(partial(self._press, len(self.buttons)))
            self._put_in_order(button)
            self.buttons.append(button)
            button.show()
        self._chips = chips
        for button, chip in zip(self.buttons, chips, strict=True):
            button.show_as(chip.text, "")
            button.setAccessibleName(chip.text)
            button.setToolTip(chip.tip)
            button.setAccessibleDescription(chip.tip)
            button.setEnabled(chip.act is not None)
        self._arrange()
        self.updateGeometry()

    def _put_in_order(self, button: FlatButton) -> None:
        """Tab would come to it last of all; and Qt knows no place behind what takes no focus, as the row itself."""
        before: QWidget | None = self.buttons[-1] if self.buttons else self.previousInFocusChain()
        while before is not None and before is not self and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
            before = before.previousInFocusChain()
        if before is not None and before is not self:
            self.setTabOrder(before, button)

    def sizeHint(self) -> QSize:
        """As high as its rows at the present width."""
        return QSize(120, self._places()[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may take another number of rows."""
        super().resizeEvent(event)
        self._arrange()
        self.updateGeometry()

    def _press(self, number: int, _checked: bool = False) -> None:
        act = self._chips[number].act
        if act is not None:
            act()

    def _arrange(self) -> None:
        for button, place in zip(self.buttons, self._places()[0], strict=True):
            button.resize(min(button.sizeHint().width(), self.width()), button.sizeHint().height())
            button.move(place)

    def _places(self) -> tuple[list[QPoint], int]:
        """Where each button stands, and how high all rows are."""
        gap = self.fontMetrics().height() // 3
        places: list[QPoint] = []
        left = top = height = 0
        for button in self.buttons:
            size = button.sizeHint()
            if left and left + size.width() > self.width():
                left, top = 0, top + height + gap
            places.append(QPoint(left, top))
            left, height = left + size.width() + gap, size.height()
        return places, top + height
