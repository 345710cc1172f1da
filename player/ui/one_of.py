"""Buttons of which one is chosen, as radio buttons are: for the keys and for a screen reader.

Must not know what they stand for.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup

from player.ui.buttons import FlatButton, Look

_FORWARD = {
    Qt.Key.Key_Left: False,
    Qt.Key.Key_Up: False,
    Qt.Key.Key_Right: True,
    Qt.Key.Key_Down: True,
}


class OneOf(QButtonGroup):
    """Tab leads to the chosen one, or to the first where none is; the arrows choose the next one, around the ends."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.buttonToggled.connect(lambda *_: self.settle())

    def choose(self, option: Option | None) -> None:
        """Choose one, or none, without telling."""
        chosen = self.checkedButton()
        if option is not None:
            option.setChecked(True)
        elif chosen is not None:
            self.setExclusive(False)
            chosen.setChecked(False)
            self.setExclusive(True)

    def settle(self) -> None:
        """Let Tab stop once."""
        stop = self.checkedButton() or self.buttons()[0]
        for each in self.buttons():
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus if each is stop else Qt.FocusPolicy.NoFocus)

    def go(self, option: Option, *, forward: bool) -> None:
        """Choose the one that is shown after an option, or before it."""
        offered = [each for each in self.buttons() if each.isVisible() and each.isEnabled()]
        wanted = offered[(offered.index(option) + (1 if forward else -1)) % len(offered)]
        wanted.setFocus(Qt.FocusReason.TabFocusReason)
        wanted.click()


class Option(FlatButton):
    """One of several."""

    def __init__(self, words: str, among: OneOf) -> None:
        super().__init__(words, "", Look.CHOICE)
        self._among = among
        self.setCheckable(True)
        # Changes nothing within a group, but makes it a radio button for a screen reader.
        self.setAutoExclusive(True)
        among.addButton(self)
        among.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows lead to the others."""
        forward = _FORWARD.get(Qt.Key(event.key()))
        if forward is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        is_level = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        is_mirrored = is_level and self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._among.go(self, forward=forward is not is_mirrored)
