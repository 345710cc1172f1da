"""Downloads that are not finished as a model, in their order; rows are dragged to another place.

Must not know how a row is drawn, nor how the order is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal

from player.core.model import Episode, EpisodeId
from player.ui.episode_model import EpisodeRole
from player.ui.texts import join_facts, title_text

AnyIndex = QModelIndex | QPersistentModelIndex
WordsRole = EpisodeRole + 1
_MIME = "application/x-earmark-download"


class TransferModel(QAbstractTableModel):
    """One column. `dropped(id, place)` when a row was dragged: `place` is counted without it."""

    dropped = Signal(object, int)

    def __init__(self, words: Callable[[Episode], str]) -> None:
        """`words` tells how the download of an episode stands."""
        super().__init__()
        self._words = words
        self._rows: list[Episode] = []

    @property
    def rows(self) -> list[Episode]:
        """The episodes, in the order of the rows."""
        return self._rows

    def row_of(self, episode: EpisodeId) -> int | None:
        """The row of an episode."""
        return next((number for number, each in enumerate(self._rows) if each.id == episode), None)

    def show_rows(self, rows: Sequence[Episode]) -> None:
        """Show these; where they are the same in the same order, what is chosen stays chosen."""
        if [each.id for each in rows] == [each.id for each in self._rows]:
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

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """One."""
        return 0 if parent.isValid() else 1

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
                return episode.download.problem
            case _ if role == EpisodeRole:
                return episode
            case _ if role == WordsRole:
                return self._words(episode)
        return None

    # Dragging

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Rows can be dragged, and dropped between rows."""
        flags = super().flags(index)
        return flags | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled)

    def supportedDropActions(self) -> Qt.DropAction:
        """They are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Our own: a download means nothing elsewhere."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The id of the dragged one."""
        data = QMimeData()
        data.setData(_MIME, str(self._rows[indexes[0].row()].id).encode())
        return data

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex) -> bool:
        """Tell where one was dropped: before `row`, or at the end for -1."""
        del action, column, parent
        episode = EpisodeId(int(bytes(data.data(_MIME).data())))
        source = self.row_of(episode)
        if source is None:
            return False
        place = len(self._rows) if row < 0 else row
        self.dropped.emit(episode, place - 1 if place > source else place)
        return True
