"""The dialog that lists every key, from the same table as the actions.

Must not know what a command does.
"""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont, QKeySequence, QPalette
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from player.ui.actions import Command, command_table
from player.ui.buttons import FlatButton
from player.ui.widgets import sized


class Shortcuts(QDialog):
    """Three columns of groups: keys and what they do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        unit = self.fontMetrics().height()
        columns = (QVBoxLayout(), QVBoxLayout(), QVBoxLayout())
        for number, (group, commands) in enumerate(groupby(command_table(), lambda command: command.group)):
            columns[number % len(columns)].addLayout(self._group(group, list(commands)))
        row = QHBoxLayout()
        row.setSpacing(unit * 2)
        for groups in columns:
            groups.setSpacing(unit)
            groups.addStretch()
            row.addLayout(groups)
        close = FlatButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(unit * 2, round(unit * 1.5), unit * 2, unit)
        column.addLayout(row)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def _group(self, group: str, commands: list[Command]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.fontMetrics().height())
        heading = QLabel(group)
        heading.setFont(sized(self.font(), 1.05, QFont.Weight.DemiBold))
        grid.addWidget(heading, 0, 0, 1, 2)
        for row, (keys, words) in enumerate(_lines(commands), start=1):
            grid.addWidget(QLabel(words), row, 0)
            label = QLabel(keys)
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label, row, 1)
        return grid


def _lines(commands: list[Command]) -> list[tuple[str, str]]:
    """Keys and words for each command; the nine chapter keys on one line."""
    lines = []
    for command in commands:
        if command.name == "chapter_1":
            lines.append(("1–9", QCoreApplication.translate("actions", "Play one of the first nine chapters")))
        elif command.keys and not command.name.removeprefix("chapter_").isdecimal():
            form = QKeySequence.SequenceFormat.NativeText
            lines.append((",  ".join(QKeySequence(keys).toString(form) for keys in command.keys), command.words))
    return lines
