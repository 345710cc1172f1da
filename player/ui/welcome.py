"""What the window shows while the library is empty: what Earmark is, and four ways to begin.

Must not know how any of them is done.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from player.ui.actions import Actions
from player.ui.buttons import FlatButton, Look
from player.ui.icons import window_icon
from player.ui.widgets import Panel, PlainScrollArea, WrappedLabel

_WIDTH, _NARROW_BELOW = 30, 26
"""Of the text, and of the window where the buttons stand in one column, in heights of a line of text."""


class Welcome(Panel):
    """The first page."""

    def __init__(self, actions: Actions) -> None:
        super().__init__(QPalette.ColorRole.Base)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Welcome"))
        unit = self.fontMetrics().height()
        picture = QLabel()
        side = unit * 4
        picture.setPixmap(window_icon().pixmap(QSize(side, side), self.devicePixelRatioF()))
        heading = WrappedLabel(factor=1.9, weight=QFont.Weight.Bold)
        heading.setText(self.tr("Listen by chapter"))
        words = WrappedLabel(factor=1.08, role=QPalette.ColorRole.PlaceholderText)
        words.setText(
            self.tr(
                "Earmark plays podcasts and finds the chapters of every episode: in the show notes, in the feed or in"
                " the audio file. Each chapter is a place that you can see, search and jump to, exactly."
            )
        )
        hint = WrappedLabel(factor=0.9, role=QPalette.ColorRole.PlaceholderText)
        hint.setText(self.tr("You can also drop audio files, OPML files and feed addresses here."))
        self._inside = QWidget()
        self._inside.setBackgroundRole(QPalette.ColorRole.Base)
        self._inside.setAutoFillBackground(True)
        column = self._column = QVBoxLayout(self._inside)
        column.setSpacing(unit)
        column.addStretch(2)
        column.addWidget(picture)
        column.addWidget(heading)
        column.addWidget(words)
        column.addLayout(self._beginnings(actions, unit))
        column.addWidget(hint)
        column.addStretch(3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(PlainScrollArea(self._inside))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All stands in the middle, in lines that are short enough to read."""
        super().resizeEvent(event)
        unit = self.fontMetrics().height()
        side = max(unit, (self.width() - unit * _WIDTH) // 2)
        self._column.setContentsMargins(side, unit, side, unit)
        is_narrow = self.width() < unit * _NARROW_BELOW
        for number, button in enumerate(self._buttons):
            place = (number, 0) if is_narrow else (number // 2, number % 2)
            self._grid.addWidget(button, *place)

    def _beginnings(self, actions: Actions, unit: int) -> QGridLayout:
        """The four ways to begin, as buttons."""
        self.sample = FlatButton(self.tr("Try the built-in sample"), "play", Look.PRIMARY)
        self.add = FlatButton(self.tr("Add podcast"), "add")
        self.opml = FlatButton(self.tr("Import OPML"), "chapters")
        self.open = FlatButton(self.tr("Open audio file"), "files")
        self._buttons = self.sample, self.add, self.opml, self.open
        self._grid = grid = QGridLayout()
        grid.setSpacing(unit // 2)
        for number, (button, action) in enumerate(
            zip(self._buttons, ("sample", "add_podcast", "import", "open_file"), strict=True)
        ):
            button.clicked.connect(actions.trigger(action))
            policy = button.sizePolicy()
            policy.setHorizontalPolicy(policy.Policy.Expanding)
            button.setSizePolicy(policy)
            grid.addWidget(button, number // 2, number % 2)
        return grid
