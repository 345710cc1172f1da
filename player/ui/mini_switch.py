"""Changes between the large window and the mini player, also over a restart.

Must not know how either of them looks.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSettings
from PySide6.QtWidgets import QWidget

from player.ui.actions import Actions, command_table
from player.ui.chapter_column import ChapterColumn
from player.ui.mini_player import MiniPlayer
from player.ui.now_playing import NowPlaying
from player.ui.sleep_popup import SleepButton

_SHOWN = "mini/shown"
_GROUPS = ("toggle", "previous_chapter", "bookmark")
"""All commands of the groups that these stand in count in the mini player, too."""
_NOT_THERE = {"paste", "bookmark_edit", "bookmark_remove", "bookmark_undo"}
_MORE = ("next_entry", "mini_player", "quit")


def shared_commands() -> list[str]:
    """The commands whose keys count in both windows."""
    table = command_table()
    groups = {command.group for command in table if command.name in _GROUPS}
    return [*(each.name for each in table if each.group in groups and each.name not in _NOT_THERE), *_MORE]


class MiniSwitch(QObject):
    """Shows one of the two and hides the other."""

    def __init__(self, window: QWidget, mini: MiniPlayer, now: NowPlaying, chapters: ChapterColumn) -> None:
        """The keys that concern chapters mean those of the column, which follows what plays while it is hidden."""
        super().__init__(window)
        self._window = window
        self._mini = mini
        self._now = now
        self._chapters = chapters
        mini.left.connect(self.show_window)
        mini.ended.connect(window.close)
        now.changed.connect(self._follow)
        window.installEventFilter(self)

    def connect_actions(self, actions: Actions, sleep: SleepButton) -> None:
        """Let the keys count in both; `sleep` is the button of the large window."""
        actions.connect("mini_player", self.toggle)
        actions.connect("sleep", partial(self._open_sleep, sleep))
        actions.share(shared_commands(), self._mini)

    def begin(self, memory: QSettings) -> None:
        """Show the one that was shown last."""
        if memory.value(_SHOWN, False, bool) and self._now.episode is not None:
            self.show_mini()
        else:
            self._window.show()

    def end(self, memory: QSettings) -> None:
        """Remember which one is shown; the large one is being closed, so the mini player goes for good."""
        if not self._mini.is_over:
            memory.setValue(_SHOWN, self._mini.isVisible())
            self._mini.end()

    def toggle(self) -> None:
        """Show the other one."""
        (self.show_window if self._mini.isVisible() else self.show_mini)()

    def show_mini(self) -> None:
        """Show the mini player in place of the window."""
        self._mini.show()
        self._follow()
        self._window.hide()
        self._mini.activateWindow()

    def show_window(self) -> None:
        """Show the window in place of the mini player."""
        self._window.show()
        self._window.activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever shows the window, the mini player goes."""
        if event.type() is QEvent.Type.Show and not event.spontaneous() and self._mini.isVisible():
            self._mini.hide()
        return super().eventFilter(watched, event)

    def _open_sleep(self, large: SleepButton) -> None:
        (self._mini.sleep if self._mini.isVisible() else large).open()

    def _follow(self) -> None:
        playing = self._now.state.episode
        if self._mini.isVisible() and playing is not None and playing != self._chapters.episode:
            self._chapters.show_episode(playing)
