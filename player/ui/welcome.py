"""What the window shows while the library is empty: what Earmark is, and four ways to begin.

Must not know how any of them is done.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout

from player.ui.actions import Actions
from player.ui.buttons import FlatButton, Look
from player.ui.icons import window_icon
from player.ui.widgets import Panel, sized


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
        heading = QLabel(self.tr("Listen by chapter"))
        heading.setFont(sized(self.font(), 1.9, QFont.Weight.Bold))
        words = QLabel(
            self.tr(
                "Earmark plays podcasts and finds the chapters of every episode: in the show notes, in the feed or in"
                " the audio file. Each chapter is a place that you can see, search and jump to, exactly."
            )
        )
        words.setWordWrap(True)
        words.setFont(sized(self.font(), 1.08))
        words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        words.setFixedWidth(unit * 30)
        # The layouts around it ask how high it is at another width, where it may take a line less.
        words.setMinimumHeight(words.heightForWidth(unit * 30))
        grid = self._beginnings(actions, unit)
        hint = QLabel(self.tr("You can also drop audio files, OPML files and feed addresses here."))
        hint.setFont(sized(self.font(), 0.9))
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)

        column = QVBoxLayout()
        column.setSpacing(unit)
        column.addWidget(picture)
        column.addWidget(heading)
        column.addWidget(words)
        column.addLayout(grid)
        column.addWidget(hint)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        middle = QGridLayout()
        middle.setColumnStretch(0, 1)
        middle.setColumnStretch(2, 1)
        middle.addLayout(column, 0, 1)
        whole.addLayout(middle)
        whole.addStretch(3)
        words.setAlignment(Qt.AlignmentFlag.AlignLeft)

    def _beginnings(self, actions: Actions, unit: int) -> QGridLayout:
        """The four ways to begin, as buttons."""
        self.sample = FlatButton(self.tr("Try the built-in sample"), "play", Look.PRIMARY)
        self.add = FlatButton(self.tr("Add podcast"), "add")
        self.opml = FlatButton(self.tr("Import OPML"), "chapters")
        self.open = FlatButton(self.tr("Open audio file"), "files")
        grid = QGridLayout()
        grid.setSpacing(unit // 2)
        for number, (button, action) in enumerate(
            ((self.sample, "sample"), (self.add, "add_podcast"), (self.opml, "import"), (self.open, "open_file"))
        ):
            button.clicked.connect(actions.trigger(action))
            policy = button.sizePolicy()
            policy.setHorizontalPolicy(policy.Policy.MinimumExpanding)
            button.setSizePolicy(policy)
            grid.addWidget(button, number // 2, number % 2)
        return grid
