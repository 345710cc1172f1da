"""The dialog that lists every key, from the same table as the actions.

Must not know what a command does.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont, QKeySequence, QPalette
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from player.ui.actions import Command, command_table
from player.ui.buttons import FlatButton
from player.ui.dialog_frame import DialogFrame
from player.ui.widgets import sized


class Shortcuts(QDialog):
    """Groups of keys and what they do, in as many columns as fit into the window; it scrolls where it is too high."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        unit = self.fontMetrics().height()
        groups = self._groups(is_stacked=False)
        if _width(groups, 1, 0) + unit * 5 > parent.width():
            groups = self._groups(is_stacked=True)
        most = parent.width() - unit * 5
        count = next((n for n in (3, 2) if _width(groups, n, unit * 2) <= most), 1)
        width = _width(groups, count, unit * 2) + unit * 5
        close = FlatButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        frame = DialogFrame(self, (close,), spacing=1)
        row = QHBoxLayout()
        row.setSpacing(unit * 2)
        for column_groups in _in_columns(groups, count):
            column = QVBoxLayout()
            column.setSpacing(unit)
            for group in column_groups:
                column.addWidget(group)
            column.addStretch()
            row.addLayout(column)
        frame.column.addLayout(row)
        frame.column.addStretch()
        self.area = frame.area
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(self.windowTitle())
        # None of the parts takes the focus: the keys are for what scrolls.
        self.area.setFocus(Qt.FocusReason.TabFocusReason)
        frame.fit(min(width, parent.width()), most=parent.height())

    def _groups(self, *, is_stacked: bool) -> list[QWidget]:
        return [
            self._group(heading, list(commands), is_stacked=is_stacked)
            for heading, commands in groupby(command_table(), lambda command: command.group)
        ]

    def _group(self, group: str, commands: list[Command], *, is_stacked: bool) -> QWidget:
        """Keys beside what they do, or below it where it is narrow."""
        widget = QWidget()
        grid = QGridLayout(widget)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(self.fontMetrics().height())
        heading = QLabel(group)
        heading.setFont(sized(self.font(), 1.05, QFont.Weight.DemiBold))
        grid.addWidget(heading, 0, 0, 1, 2)
        side = Qt.AlignmentFlag.AlignLeft if is_stacked else Qt.AlignmentFlag.AlignRight
        for row, (keys, words) in enumerate(_lines(commands)):
            what, label = QLabel(words), QLabel(keys)
            what.setWordWrap(is_stacked)
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            label.setAlignment(side | Qt.AlignmentFlag.AlignTop)
            if is_stacked:
                grid.addWidget(what, 1 + row * 2, 0, 1, 2)
                grid.addWidget(label, 2 + row * 2, 0, 1, 2)
            else:
                grid.addWidget(what, 1 + row, 0)
                grid.addWidget(label, 1 + row, 1)
        return widget


def _in_columns(groups: Sequence[QWidget], count: int) -> list[list[QWidget]]:
    """The groups in so many columns, each one where the least stands so far."""
    columns: list[list[QWidget]] = [[] for _ in range(count)]
    for group in groups:
        min(columns, key=lambda column: sum(each.sizeHint().height() for each in column)).append(group)
    return columns


def _width(groups: Sequence[QWidget], count: int, gap: int) -> int:
    columns = [max((each.sizeHint().width() for each in column), default=0) for column in _in_columns(groups, count)]
    return sum(columns) + gap * (count - 1)


def _lines(commands: list[Command]) -> list[tuple[str, str]]:
    """Keys and words for each command; the nine chapter keys on one line."""
    lines = []
    for command in commands:
        if command.name == "chapter_1":
            lines.append(("1–9", QCoreApplication.translate("actions", "Play one of the first nine chapters")))
        elif command.keys and not command.name.removeprefix("chapter_").isdecimal():
            form = QKeySequence.SequenceFormat.NativeText
            lines.append(
                (",  ".join(QKeySequence.fromString(keys).toString(form) for keys in command.keys), command.words)
            )
    return lines
