"""Downloads that are not finished as a model, in their order; rows are dragged to another place.

Must not know how a row is drawn, nor how the order is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt

from player.core.model import Episode, EpisodeId
from player.ui.dragged_rows import AnyIndex, DraggedRows
from player.ui.episode_model import EpisodeRole
from player.ui.texts import join_facts, shown, title_text
from player.ui.tool_tips import plain_tip

WordsRole = EpisodeRole + 1


class TransferModel(DraggedRows):
    """The ids are those of the episodes."""

    def __init__(self, words: Callable[[Episode], str]) -> None:
        """`words` tells how the download of an episode stands."""
        super().__init__("application/x-earmark-download")
        self._words = words
        self._rows: list[Episode] = []

    @property
    def rows(self) -> list[Episode]:
        """The episodes, in the order of the rows."""
        return self._rows

    @property
    def ids(self) -> list[EpisodeId]:
        """See DraggedRows."""
        return [each.id for each in self._rows]

    def show_rows(self, rows: Sequence[Episode]) -> None:
        """Show these; where they are the same in the same order, what is chosen stays chosen."""
        if [each.id for each in rows] == self.ids:
            self._rows = list(rows)
            self.touch_all()
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def touch(self, episode: EpisodeId) -> None:
        """A download went on."""
        row = self.row_of(episode)
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def touch_all(self) -> None:
        """All may read otherwise."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many are not finished."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title, how it stands, what a screen reader says, and the episode itself."""
        if not index.isValid():
            return None
        episode = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title_text(episode.title)
            case Qt.ItemDataRole.AccessibleTextRole:
                return join_facts(title_text(episode.title), episode.podcast_title, self._words(episode))
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(shown(episode.download.problem or "")) or None
            case _ if role == EpisodeRole:
                return episode
            case _ if role == WordsRole:
                return self._words(episode)
        return None
