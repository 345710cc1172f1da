"""A row of buttons that keep only their icons where there is no room for their words.

Must not know what the buttons do.
"""

from __future__ import annotations

from collections.abc import Sequence

from player.ui.buttons import FlatButton
from player.ui.flowing_row import FlowingRow


class FoldingRow(FlowingRow):
    """The buttons from left to right; those that `fold` lose their words one after the other, the first one first."""

    def __init__(self, buttons: Sequence[FlatButton], fold: Sequence[FlatButton]) -> None:
        super().__init__(gap=0.5)
        self._buttons = buttons
        self._fold = fold
        self.add(*buttons)

    def fit(self, width: int) -> None:
        """Fold as many as must be, so that the row fits into so many pixels."""
        for button in self._buttons:
            button.fold(is_folded=False)
        for button in self._fold:
            shown = [each.sizeHint().width() + self.gap for each in self._buttons if not each.isHidden()]
            if sum(shown) <= width + self.gap:
                break
            button.fold(is_folded=True)
