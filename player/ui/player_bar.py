"""The bar at the bottom: what is playing, the transport buttons, the timeline, speed and volume.

Must not know how playing works: it commands the playback service and shows its state.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from player.app.compose import Services
from player.core.events import SleepChanged
from player.core.sound import Trimming
from player.ui.actions import Actions
from player.ui.artworks import Artworks
from player.ui.buttons import FlatButton, Look
from player.ui.listen import listen
from player.ui.now_playing import NowPlaying
from player.ui.playing_panel import PlayingPanel
from player.ui.timeline_chapter import ChapterLine
from player.ui.widgets import let_shrink

WIDE_FROM = 90
"""From this width on, in heights of a line of text, what stands beside the middle of the window has more room."""
_TWO_ROWS_BELOW = 60
_LEAST_WORDS = 6
"""Words that have less room than this beside the buttons stand above them, in heights of a line of text."""


class PlayerBar(PlayingPanel):
    """Shows the playback state. `episode_asked(id)` when the listener wants to see the playing episode's page."""

    episode_asked = Signal(object)

    def __init__(self, services: Services, actions: Actions, artworks: Artworks) -> None:
        super().__init__(services, Qt.Edge.TopEdge)
        self._is_low = self._is_folding = False
        self._make_parts(NowPlaying(services, artworks, self), actions, lines=2, spacing=0.35)
        self._build(actions)
        self._connect()
        self._show_state()

    # --- building

    def _build(self, actions: Actions) -> None:
        self.cover.setCursor(Qt.CursorShape.PointingHandCursor)
        self.previous, self.rewind, self.play, self.forward, self.next = self.buttons.row
        self.back_to, self.chapter_left = self.transport.back, self.transport.words
        self.remaining.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.chapter_line = ChapterLine(self.timeline)
        self.loop = FlatButton("", "loop", Look.CHOICE, self.tr("End the loop"))
        self.loop.setCheckable(True)
        self.loop.setChecked(True)
        self.loop.clicked.connect(self._services.playback.end_loop)
        self.trim = FlatButton("", "trim", Look.CHOICE, self.tr("Trim silence"))
        self.trim.setCheckable(True)
        self.mini = FlatButton("", "mini", Look.QUIET, actions.words("mini_player"))
        self.mini.clicked.connect(actions.trigger("mini_player"))
        self._arrange()

    def _arrange(self) -> None:
        unit = self.fontMetrics().height()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch()
        words.addWidget(self.heading)
        words.addWidget(self.subheading)
        words.addStretch()
        self._left = QWidget()
        left = QHBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(round(unit * 0.8))
        left.addWidget(self.cover)
        left.addLayout(words, 1)

        self._line = QWidget()
        # As the timeline in it: the place at its left, what is left at its right.
        self._line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        line = QGridLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setVerticalSpacing(2)
        line.setHorizontalSpacing(unit // 2)
        line.addWidget(self.elapsed, 0, 0)
        line.addWidget(self.timeline, 0, 1)
        line.addWidget(self.remaining, 0, 2)
        line.addWidget(self.chapter_line, 1, 1)
        line.setColumnStretch(1, 1)
        widest = self.fontMetrics().horizontalAdvance("−0:00:00")
        self.elapsed.setMinimumWidth(widest)
        self.remaining.setMinimumWidth(widest)
        self._middle = QVBoxLayout()
        self._middle.setSpacing(2)
        self._middle.addWidget(self.transport)
        self._middle.addWidget(self._line)

        right = QHBoxLayout()
        right.setSpacing(unit // 3)
        self._right = (self.loop, self.speed, self.trim, self.sleep, self.mute, self.volume, self.mini)
        for widget in self._right:
            right.addWidget(widget)

        self._rows = QVBoxLayout(self)
        self._set_margins()
        self._rows.setSpacing(2)
        self._row = QHBoxLayout()
        self._row.addWidget(self._left)
        self._row.addLayout(self._middle, 1)
        self._row.addLayout(right)
        self._rows.addLayout(self._row)
        let_shrink(self)

    def _set_margins(self) -> None:
        unit = self.fontMetrics().height()
        above = unit // (4 if self._is_low else 2)
        self._rows.setContentsMargins(unit, above + 1, unit, above)

    def _connect(self) -> None:
        self.cover.clicked.connect(self._on_cover_clicked)
        self.timeline.preview_changed.connect(lambda _: self._show_position())
        self.trim.clicked.connect(self._on_trim_clicked)
        self.now.changed.connect(self._show_state)
        self.now.moved.connect(self._show_position)
        # The button of the sleep timer, which has heard of it before, says how much is left.
        listen(self, self._services.bus, SleepChanged, lambda _: self._fold())

    # --- showing

    def set_low(self, *, is_low: bool) -> None:
        """Take less height: the window is low."""
        if is_low != self._is_low:
            self._is_low = is_low
            self.chapter_line.let_show(has_room=not is_low)
            self._set_margins()
            self._fold()

    def _show_state(self) -> None:
        state = self.now.state
        self._show_parts()
        self.loop.setVisible(state.loop is not None)
        self.loop.setChecked(True)
        self.trim.setChecked(state.sound.trimming is not Trimming.OFF)
        self._fold()
        self._show_position()

    def _show_position(self) -> None:
        self._show_place()
        self.subheading.set_text(self.now.subheading())

    # --- gestures

    def _on_cover_clicked(self) -> None:
        if self.now.episode is not None:
            self.episode_asked.emit(self.now.episode.id)

    def _on_trim_clicked(self, is_on: bool) -> None:
        sounds = self._services.sounds
        sounds.choose(replace(sounds.current, trimming=Trimming.MEDIUM if is_on else Trimming.OFF))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give way where the window is narrow: first the volume, then words, then the cover, then buttons."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Fold for the width that there is in the end: what is shown may have Qt lay out the window, and this bar."""
        if self._is_folding:
            return
        self._is_folding, width = True, -1
        while width != self.width():
            width = self.width()
            self._fold_once()
        self._is_folding = False

    def _fold_once(self) -> None:
        unit = self.fontMetrics().height()
        columns = self.width() / unit
        is_narrow = columns < _TWO_ROWS_BELOW
        if is_narrow != (self._rows.indexOf(self._line) >= 0):
            # A short timeline is of little use: in a narrow window it has a row of its own.
            (self._rows if is_narrow else self._middle).addWidget(self._line)
            self._row.setSpacing(round(unit * (0.7 if is_narrow else 1.4)))
            self.heading.set_lines(1 if is_narrow else 2)
        self.trim.setVisible(columns > 52)
        self.volume.setVisible(columns > 64)
        self.buttons.show_words(is_shown=columns > 56)
        self.cover.setVisible(not is_narrow and self.now.episode is not None)
        self._give_way()
        widest = 17.5 + min(16.5, max(0.0, columns - WIDE_FROM) * 0.2)
        self._place_words(round(unit * (widest if columns > 68 else 12 if columns > 52 else 8)))

    def _give_way(self) -> None:
        """Leave out, one after the other, what there is no room for and what a key or the menu does as well."""
        self.buttons.show_seeking(is_shown=True)
        self.mini.show()
        self.mute.show()
        ways: tuple[Callable[[], None], ...] = (
            lambda: self.buttons.show_seeking(is_shown=True, has_seconds=False),
            self.mini.hide,
            self.mute.hide,
            lambda: self.buttons.show_seeking(is_shown=False),
        )
        for leave_out in ways:
            if self._spare() >= 0:
                return
            leave_out()

    def _spare(self) -> int:
        """How much of the width the buttons leave."""
        margins, between = self._rows.contentsMargins(), self._row.spacing()
        taken = margins.left() + margins.right() + between
        for parts, gap in ((self.buttons.row, self.transport.gap), (self._right, self.fontMetrics().height() // 3)):
            taken += sum(each.sizeHint().width() + gap for each in parts if not each.isHidden())
        return self.width() - taken - self.transport.gap

    def _place_words(self, width: int) -> None:
        """Say what plays beside the buttons, or above them; in a low window not at all, where it is so narrow."""
        spare = self._spare() - self._row.spacing()
        is_beside = spare >= self.fontMetrics().height() * _LEAST_WORDS
        if is_beside != (self._row.indexOf(self._left) >= 0):
            (self._row if is_beside else self._rows).insertWidget(0, self._left)
        self._left.setMinimumWidth(min(width, spare) if is_beside else 0)
        self._left.setMaximumWidth(min(width, spare) if is_beside else self.width())
        self._left.setVisible(is_beside or not self._is_low)
