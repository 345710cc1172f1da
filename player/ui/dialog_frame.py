"""How a dialog is laid out: what it is about scrolls where it is too high for the screen, its buttons stay in sight.

Must not know what a dialog is about.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from player.ui.flowing_row import FlowingRow
from player.ui.following_area import FollowingArea
from player.ui.widgets import room_on_screen

_SIDE, _ABOVE, _BELOW = 2.0, 1.5, 1.2
_LEAST_SIDE = 0.05
"""Margins, in heights of a line of text; on a small screen no more than this part of its width or height."""
_LEAST_ROOM = 20
"""Whoever limits the height of a dialog leaves it so much, in heights of a line of text."""


class RestList(QListWidget):
    """A list that takes what is left of the height: it becomes lower before all that is around it scrolls."""

    def __init__(self, least: float) -> None:
        """`least` is how high it is at least, in heights of a line of text."""
        super().__init__()
        self.setMinimumHeight(round(self.fontMetrics().height() * least))

    def sizeHint(self) -> QSize:
        """No higher than it must be."""
        return QSize(super().sizeHint().width(), self.minimumHeight())


class DialogFrame:
    """The column of a dialog, `column`, into which its parts are put, in a scroll area, `area`; below it buttons."""

    def __init__(self, dialog: QDialog, buttons: Sequence[QWidget], spacing: float) -> None:
        """`spacing` between the parts is in heights of a line of text."""
        self._dialog = dialog
        unit = dialog.fontMetrics().height()
        screen = dialog.screen().availableSize()
        side = min(round(unit * _SIDE), round(screen.width() * _LEAST_SIDE))
        above, below = (min(round(unit * each), round(screen.height() * _LEAST_SIDE)) for each in (_ABOVE, _BELOW))
        self._inside = QWidget()
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(0, 0, unit, 0)
        self.column.setSpacing(round(unit * spacing))
        self.area = FollowingArea(self._inside)
        # A button is the dialog's default when it comes into a dialog, and never later.
        self._buttons = FlowingRow(dialog, gap=0.5, ends=True)
        self._buttons.add(*buttons)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, unit, 0)
        foot.addWidget(self._buttons)
        self._beside = unit
        self._whole = QVBoxLayout(dialog)
        self._whole.setContentsMargins(side, above, max(0, side - unit), below)
        self._whole.setSpacing(min(unit, above))
        self._whole.addWidget(self.area, 1)
        self._whole.addLayout(foot)

    def _begin_above(self) -> None:
        """Give the focus to the first of the parts, unless the dialog has given it already.

        The buttons came into the dialog before them, and Qt begins with what came first.
        """
        each = self._inside.nextInFocusChain()
        while self._dialog.focusWidget() is None and each is not None and each is not self._inside:
            is_offered = not each.isHidden() and each.isEnabled() and bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if self._inside.isAncestorOf(each) and is_offered:
                each.setFocus(Qt.FocusReason.TabFocusReason)
            each = each.nextInFocusChain()

    def fit(self, width: int, height: int = 0, most: int = 0) -> None:
        """Give the dialog a width, and a height: that of all parts, at least `height`, at most `most` (0: no limit).

        The screen has the last word.
        """
        self._begin_above()
        room = room_on_screen(self._dialog)
        margins = self._whole.contentsMargins()
        width = min(width, room.width())
        inner = width - margins.left() - margins.right()
        parts = self.column.totalMinimumSize().height()
        if not most or parts < most:
            # That takes a while where there is much in it.
            parts = max(parts, self.column.totalHeightForWidth(inner))
        foot = self._buttons.heightForWidth(inner - self._beside)
        needed = max(height, parts + foot + self._whole.spacing() + margins.top() + margins.bottom())
        most = max(most, self._dialog.fontMetrics().height() * _LEAST_ROOM) if most else needed
        self._dialog.resize(QSize(width, min(needed, most)).boundedTo(room))
        if self._dialog.isVisible():
            # It has grown downwards.
            screen, frame = self._dialog.screen().availableGeometry(), self._dialog.frameGeometry()
            top = min(frame.top(), screen.bottom() + 1 - frame.height())
            self._dialog.move(frame.left(), max(screen.top(), top))
