"""A small window that stays above all others: what plays, its timeline, and what one does about it most.

Must not know the large window: it asks for that by a signal.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from player.app.compose import Services
from player.core.session import Phase
from player.core.timecode import format_timecode
from player.ui.actions import Actions, is_no_shortcut
from player.ui.buttons import FlatButton, Look
from player.ui.chapters_popup import ChaptersPopup
from player.ui.errands import Errands
from player.ui.now_playing import NowPlaying
from player.ui.playing_panel import PlayingPanel
from player.ui.texts import join_facts
from player.ui.timeline_marks import TimelineMarks
from player.ui.widgets import open_as_large_as, room_on_screen

NOTED_FOR_MS = 6000
"""How long a sentence stands in place of the episode's title."""
_COVER_ABOVE, _SPEED_ABOVE, _MUTE_ABOVE, _SLEEP_ABOVE, _VOLUME_ABOVE = 21, 22, 24, 26, 32
"""Widths of the window, in heights of a line of text, above which there is room for these."""
_LEAST_WIDTH, _FIRST_WIDTH = 18, 28


class MiniPlayer(PlayingPanel):
    """Shows the playback state.

    Signals: `left()` when the listener wants the large window again, `ended()` when the program is to end.
    """

    left = Signal()
    ended = Signal()

    def __init__(
        self,
        services: Services,
        actions: Actions,
        now: NowPlaying,
        errands: Errands,
        memory: QSettings,
        parent: QWidget,
    ) -> None:
        super().__init__(services, None, parent)
        self._make_parts(now, actions, lines=1, spacing=0.25)
        self._errands = errands
        self._memory = memory
        self.is_over = False
        self.setWindowFlags(
            Qt.WindowType.Window
            | Qt.WindowType.CustomizeWindowHint
            | Qt.WindowType.WindowTitleHint
            | Qt.WindowType.WindowCloseButtonHint
            | Qt.WindowType.WindowStaysOnTopHint
        )
        self.setWindowTitle("Earmark")
        self.setAccessibleName(self.tr("Mini player"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._note_timer = QTimer(self)
        self._note_timer.setSingleShot(True)
        self._note_timer.setInterval(NOTED_FOR_MS)
        self._note_timer.timeout.connect(self._show_position)
        self._build(actions)
        self._arrange()
        self.restore_place()
        now.changed.connect(self._show_state)
        now.moved.connect(self._show_position)
        self._show_state()

    # --- building

    def _build(self, actions: Actions) -> None:
        self.cover.clicked.connect(self.left)
        self.chapters = FlatButton("", "chapters", Look.QUIET, self.tr("Chapters"))
        self.chapters.clicked.connect(self.open_chapters)
        self.bookmark = FlatButton("", "bookmark", Look.QUIET, actions.words("bookmark"))
        self.bookmark.clicked.connect(actions.trigger("bookmark"))
        self.window_button = FlatButton("", "window", Look.QUIET, self.tr("Back to the window (Ctrl+M)"))
        self.window_button.clicked.connect(self.left)
        self.marks = TimelineMarks(self._services, self.timeline)
        self.timeline.preview_changed.connect(lambda _: self._show_position())

    def _arrange(self) -> None:
        unit = self.fontMetrics().height()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.heading)
        words.addWidget(self.subheading)
        top, bottom, line = QHBoxLayout(), QHBoxLayout(), QWidget()
        # As the timeline in it: the place at its left, what is left at its right.
        line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        middle = QHBoxLayout(line)
        middle.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self.cover)
        top.addSpacing(unit // 3)
        top.addLayout(words, 1)
        for button in (self.chapters, self.bookmark, self.window_button):
            top.addWidget(button)
        middle.addWidget(self.elapsed)
        middle.addWidget(self.timeline, 1)
        middle.addWidget(self.remaining)
        bottom.addWidget(self.transport, 1)
        for widget in (self.speed, self.sleep, self.mute, self.volume):
            bottom.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(round(unit * part) for part in (0.7, 0.5, 0.7, 0.5)))
        column.setSpacing(unit // 4)
        for row in (top, middle, bottom):
            row.setSpacing(unit // 4)
        column.addLayout(top)
        column.addWidget(line)
        column.addLayout(bottom)
        self.setMinimumWidth(min(unit * _LEAST_WIDTH, room_on_screen(self).width()))
        self.setFixedHeight(column.sizeHint().height())

    # --- showing

    def note(self, sentence: str) -> None:
        """Say for a moment what was done, or what went wrong."""
        if sentence and self.isVisible():
            self.subheading.set_text(sentence)
            self._note_timer.start()

    def open_chapters(self) -> None:
        """Let the listener choose a chapter."""
        if self.now.state.chapters:
            ChaptersPopup(self._services, self.now, self._errands, self).open_beside(self)

    def _show_state(self) -> None:
        state = self.now.state
        self._show_parts()
        self.chapters.setEnabled(bool(state.chapters))
        self.bookmark.setEnabled(self.now.episode is not None)
        if state.phase is Phase.FAILED:
            self._note_timer.stop()
        self._show_position()
        self._fold()

    def _show_position(self) -> None:
        self._show_place()
        if not self._note_timer.isActive():
            self.subheading.set_text(self.now.subheading())
        title = self.heading.text() if self.now.episode else ""
        self.setWindowTitle(join_facts(title, "Earmark"))

    def _fold(self) -> None:
        columns = self.width() / self.fontMetrics().height()
        self.cover.setVisible(columns > _COVER_ABOVE and self.now.episode is not None)
        for widget, least in (
            (self.speed, _SPEED_ABOVE),
            (self.mute, _MUTE_ABOVE),
            (self.sleep, _SLEEP_ABOVE),
            (self.volume, _VOLUME_ABOVE),
        ):
            widget.setVisible(columns > least)
        widest = self.fontMetrics().horizontalAdvance(format_timecode(-(self.now.state.duration or 0)))
        for label in (self.elapsed, self.remaining):
            label.setMinimumWidth(widest if self.now.episode else 0)

    # --- the window

    def restore_place(self) -> None:
        """Stand where it stood, as wide as it was."""
        kept = self._memory.value("mini/geometry")
        if not isinstance(kept, QByteArray) or not self.restoreGeometry(kept):
            open_as_large_as(self, self.fontMetrics().height() * _FIRST_WIDTH, self.height())

    def event(self, event: QEvent) -> bool:
        """Keys that belong to a focused button are no shortcuts."""
        if is_no_shortcut(event, self):
            event.accept()
            return True
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        """It stands alone: it does not go where the large window is hidden."""
        super().showEvent(event)
        # Else Qt gives the keys to the first button, and Space would press that.
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.windowHandle().setTransientParent(None)  # type: ignore[arg-type]  # Qt takes a null pointer

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give way where it is narrow."""
        super().resizeEvent(event)
        self._fold()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """It is moved by any free place on it; a press on the cover is the beginning of a click."""
        is_on_cover = self.childAt(event.position().toPoint()) is self.cover
        if event.button() is Qt.MouseButton.LeftButton and not is_on_cover:
            self.windowHandle().startSystemMove()

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember where it stood."""
        super().hideEvent(event)
        self._memory.setValue("mini/geometry", self.saveGeometry())

    def closeEvent(self, event: QCloseEvent) -> None:
        """The listener goes back to the large window by it.

        Where Qt closes it, as all windows at the end of a session or by `QApplication.quit`, the program has to end:
        who ignores that calls the end off.
        """
        if not self.is_over and event.spontaneous():
            event.ignore()
            self.left.emit()
        elif not self.is_over:
            self.ended.emit()

    def end(self) -> None:
        """Close it for good: the program ends."""
        self.is_over = True
        self.close()
