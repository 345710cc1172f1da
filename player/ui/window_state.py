"""What the window remembers until the next start: its size, what it showed, and what was folded.

Must not know how the window is laid out.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt
from PySide6.QtWidgets import QWidget

from player.app.library import Library
from player.core.model import EpisodeId
from player.ui.places import Place, place_meant, words_of_place

_WIDEST = 1000
"""No column is wider, in heights of a line of text: what says so was not written by this program."""
_FIRST_SIZE = QSize(1280, 820)
"""The window's size at its first start, where the screen is that large."""


@dataclass(frozen=True, slots=True)
class ColumnWidths:
    """Those that the listener gave to the columns, in heights of a line of text; None: the usual one."""

    sidebar: float | None = None
    chapters: float | None = None


class WindowState:
    """Reads and writes it in the memory of a profile."""

    def __init__(self, memory: QSettings) -> None:
        self._memory = memory

    def restore_size(self, window: QWidget) -> None:
        """Give a window the size and place that it had, as far as the screen has room; maximised if it was."""
        kept = self._memory.value("geometry")
        if not isinstance(kept, QByteArray) or not window.restoreGeometry(kept):
            # Qt takes nothing from a screen of quite another width.
            window.resize(_FIRST_SIZE.boundedTo(window.screen().availableSize()))
            if self._memory.value("maximised", False, bool):
                window.setWindowState(Qt.WindowState.WindowMaximized)

    def keep_size(self, window: QWidget) -> None:
        """Remember size, place and whether it is maximised."""
        self._memory.setValue("geometry", window.saveGeometry())
        self._memory.setValue("maximised", window.isMaximized())

    def widths(self) -> ColumnWidths:
        """How wide the columns were made."""
        return ColumnWidths(self._width("sidebar_width"), self._width("chapters_width"))

    def keep_widths(self, widths: ColumnWidths) -> None:
        """Remember how wide the columns were made."""
        self._memory.setValue("sidebar_width", widths.sidebar or 0.0)
        self._memory.setValue("chapters_width", widths.chapters or 0.0)

    def _width(self, key: str) -> float | None:
        kept = self._memory.value(key, 0.0, float)
        return kept if isinstance(kept, float) and 0 < kept < _WIDEST else None

    def place(self, library: Library) -> Place | None:
        """The place that was shown, if it is still there."""
        return place_meant(str(self._memory.value("place", "")), library)

    def page(self) -> EpisodeId | None:
        """The episode whose page was shown."""
        number = self._memory.value("page", 0, int)
        return EpisodeId(number) if isinstance(number, int) and number > 0 else None

    def has_chapters_unfolded(self) -> bool:
        """Whether the chapters stood in place of the middle, in a narrow window."""
        return bool(self._memory.value("chapters_unfolded", False, bool))

    def keep_shown(self, place: Place, page: EpisodeId | None, *, has_chapters_unfolded: bool) -> None:
        """Remember what is shown."""
        self._memory.setValue("place", words_of_place(place))
        self._memory.setValue("page", page or 0)
        self._memory.setValue("chapters_unfolded", has_chapters_unfolded)
