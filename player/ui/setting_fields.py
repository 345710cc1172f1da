"""The fields that a dialog of settings is built of: a section with rows, one of several words, a number, a menu.

Must not know what is set.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTime, Signal
from PySide6.QtGui import QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from player.ui.buttons import FlatButton
from player.ui.flowing_row import FlowingRow
from player.ui.menus import menu_about
from player.ui.one_of import OneOf, Option
from player.ui.widgets import WrappedLabel, sized

_WORDS_COLUMN = 10.0
"""How wide the words before the fields are, in heights of a line of text."""
_STACKED_BELOW = 25.0
"""In a section that is narrower, likewise, fields stand below their words."""
FIELD_HEIGHT = 1.75
"""Of fields to type into, likewise: as high as the buttons beside them."""


Row = tuple[QWidget, ...]
"""The words of a row and its fields, to be shown or hidden together."""


class Section(QWidget):
    """A heading with rows below it: words, and the fields that belong to them, beside or, where it is narrow, below."""

    changed = Signal()

    def __init__(self, heading: str) -> None:
        super().__init__()
        unit = self.fontMetrics().height()
        self._is_stacked = False
        self._laid: list[tuple[QLabel | None, QWidget, bool]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(unit // 2)
        self._grid.setVerticalSpacing(round(unit * 0.45))
        self._grid.setColumnStretch(1, 1)
        if heading:
            label = _words(heading)
            label.setFont(sized(self.font(), 1.05, QFont.Weight.DemiBold))
            self._grid.addWidget(label, 0, 0, 1, 2)
        self._arrange()

    def add_row(self, words: str, *fields: QWidget, stretches: bool = True) -> Row:
        """Put fields into a row of their own. With `stretches`, what room is left stays behind them."""
        label = None
        if words:
            label = _words(words)
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        line = fields[0]
        if len(fields) > 1:
            line = flow = FlowingRow(gap=0.5)
            flow.add(*fields)
        self._add(label, line, stretches=stretches)
        return (line,) if label is None else (label, line)

    def add_hint(self, words: str = "") -> WrappedLabel:
        """A sentence below the last row."""
        hint = WrappedLabel(0.9, role=QPalette.ColorRole.PlaceholderText)
        hint.setText(words)
        self._add(None, hint, stretches=False)
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is room beside the words, or none."""
        super().resizeEvent(event)
        is_stacked = self.width() < self.fontMetrics().height() * _STACKED_BELOW
        if is_stacked != self._is_stacked:
            self._is_stacked = is_stacked
            self._arrange()

    def _arrange(self) -> None:
        """Give each row its place."""
        unit = self.fontMetrics().height()
        self._grid.setColumnMinimumWidth(0, 0 if self._is_stacked else round(unit * _WORDS_COLUMN))
        for number in range(len(self._laid)):
            self._place(number)

    def _place(self, number: int) -> None:
        """A row takes two lines of the grid, of which the second one is for stacked fields."""
        (label, line, stretches), first = self._laid[number], 1 + 2 * number
        side = Qt.AlignmentFlag.AlignLeft if stretches else Qt.AlignmentFlag(0)
        if label is not None:
            self._grid.addWidget(label, first, 0, 1, 2 if self._is_stacked else 1)
        if self._is_stacked:
            self._grid.addWidget(line, first + 1, 0, 1, 2, side)
        else:
            self._grid.addWidget(line, first, 1, side)

    def _add(self, label: QLabel | None, line: QWidget, *, stretches: bool) -> None:
        self._laid.append((label, line, stretches))
        self._place(len(self._laid) - 1)


def _words(text: str) -> QLabel:
    """Words that break where they must. (A `WrappedLabel` can be selected, which takes a document for each.)"""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    policy = label.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    label.setSizePolicy(policy)
    return label


def show_rows(*rows: Row, is_shown: bool) -> None:
    """Show rows, or hide them."""
    for row in rows:
        for widget in row:
            widget.setVisible(is_shown)


class Choices(FlowingRow):
    """Buttons of which one is chosen; each stands for a key."""

    changed = Signal()

    def __init__(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        """`choices` are keys with their words."""
        super().__init__(gap=1 / 3)
        group = OneOf(self)
        self.buttons = {key: Option(words, group) for key, words in choices}
        for (_, words), button in zip(choices, self.buttons.values(), strict=True):
            button.setAccessibleName(f"{name}: {words}")
            self.add(button)
        group.buttonClicked.connect(lambda _: self.changed.emit())

    @property
    def key(self) -> str:
        """The key of the chosen one."""
        return next(key for key, button in self.buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Choose one, without telling."""
        self.buttons[key].setChecked(True)


class _PassedOver(QObject):
    """Has the wheel scroll what is around a field, unless that has the focus."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt asks what is around when a field does not accept the wheel."""
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _settle(field: QAbstractSpinBox, name: str) -> None:
    """As high as other fields; it takes the wheel only when it has the focus, for it may lie in what is scrolled."""
    field.installEventFilter(_PassedOver(field))
    field.setAccessibleName(name)
    field.setMinimumHeight(round(field.fontMetrics().height() * FIELD_HEIGHT))
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


class Number(QSpinBox):
    """A whole number with its unit."""

    def __init__(self, name: str, least: int, most: int, unit: str = "") -> None:
        super().__init__()
        self.setRange(least, most)
        self.setSuffix(unit)
        _settle(self, name)


class Decimal(QDoubleSpinBox):
    """A number with two places behind the point and its unit."""

    def __init__(self, name: str, least: float, most: float, step: float, unit: str) -> None:
        super().__init__()
        self.setRange(least, most)
        self.setSingleStep(step)
        self.setSuffix(unit)
        _settle(self, name)


class TimeOfDay(QTimeEdit):
    """Hours and minutes by the clock on the wall."""

    def __init__(self, name: str, minute: int) -> None:
        """`minute` of the day is what it shows first."""
        super().__init__(QTime(minute // 60, minute % 60))
        self.setDisplayFormat("HH:mm")
        _settle(self, name)

    @property
    def minute(self) -> int:
        """The minute of the day that is chosen."""
        return self.time().hour() * 60 + self.time().minute()


class Picker(FlatButton):
    """A button that shows what is chosen, and a menu of the rest."""

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], key: str) -> None:
        super().__init__("", "choose")
        self.put_icon_last()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._name = name
        self._choices = dict(choices)
        self.clicked.connect(self._on_clicked)
        self.choose(key)

    def choose(self, key: str) -> None:
        """Choose one."""
        self.key = key
        words = self._choices[key]
        self.show_as(words, "choose")
        self.setAccessibleName(f"{self._name}: {words}")

    def _on_clicked(self) -> None:
        menu = menu_about(self._name, self)
        for key, words in self._choices.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(key == self.key)
            action.triggered.connect(lambda _checked, wanted=key: self.choose(wanted))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
