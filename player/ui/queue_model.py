"""The queue as a model: entries in their order, each with its episode; rows are dragged to another place.

Must not know how a row is drawn, nor how the queue is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, Qt

from player.app.on_deck import resume_at
from player.core.model import Episode, EpisodeId, Millis
from player.core.play_queue import QueueEntry, QueueEntryId, length_of
from player.core.skips import Span
from player.core.timecode import format_timecode
from player.ui.dragged_rows import AnyIndex, DraggedRows
from player.ui.episode_model import EpisodeRole
from player.ui.texts import about_text, duration_text, error_text, join_facts, left_text, title_text, translate
from player.ui.tool_tips import plain_tip

RowRole = EpisodeRole + 1


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with its episode, worded. `is_next` tells that its turn comes first; `skips` are left out of it."""

    entry: QueueEntry
    episode: Episode
    is_next: bool = False
    skips: tuple[Span, ...] = ()

    @property
    def length(self) -> Millis | None:
        """How long it takes at normal speed."""
        return length_of(self.entry, self.episode.duration, resume_at(self.episode), self.skips)

    @property
    def title(self) -> str:
        """The chapter's title, or the episode's."""
        if self.entry.start is None:
            return title_text(self.episode.title)
        place = format_timecode(self.entry.start)
        return self.entry.title or translate("queue", "Chapter at {place}").format(place=place)

    @property
    def length_words(self) -> str:
        """The length of a chapter, or what is left of an episode."""
        length = self.length
        if length is None:
            return ""
        if self.entry.is_chapter:
            return about_text(length)
        return left_text(length) if resume_at(self.episode) else duration_text(length)

    @property
    def facts(self) -> str:
        """Where it belongs: a chapter's times, its episode, and the podcast."""
        entry = self.entry
        if entry.start is None:
            return self.episode.podcast_title
        stop = translate("queue", "end") if entry.stop is None else format_timecode(entry.stop)
        times = f"{format_timecode(entry.start)}–{stop}"
        return join_facts(times, title_text(self.episode.title), self.episode.podcast_title)

    @property
    def problem(self) -> str:
        """Why it was passed over, if it was."""
        return error_text(self.entry.problem) if self.entry.problem is not None else ""


class QueueModel(DraggedRows):
    """The ids are those of the entries."""

    def __init__(self) -> None:
        super().__init__("application/x-earmark-queue-entry")
        self._rows: list[Row] = []

    @property
    def rows(self) -> list[Row]:
        """All rows."""
        return self._rows

    @property
    def ids(self) -> list[QueueEntryId]:
        """See DraggedRows."""
        return [row.entry.id for row in self._rows]

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show the queue as it is now; what stays keeps its selection."""
        old, new = self.ids, [row.entry.id for row in rows]
        head = 0
        while head < min(len(old), len(new)) and old[head] == new[head]:
            head += 1
        tail = 0
        while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
            tail += 1
        between, wanted = old[head : len(old) - tail], new[head : len(new) - tail]
        last = head + len(between) - 1
        if between and wanted == [*between[1:], between[0]]:
            self._move(head, last + 1, rows)
        elif between and wanted == [between[-1], *between[:-1]]:
            self._move(last, head, rows)
        else:
            self._replace(head, tail, len(wanted), rows)
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))

    def touch(self, episode: EpisodeId) -> None:
        """The rows of an episode look different: its download went on."""
        for number, row in enumerate(self._rows):
            if row.episode.id == episode:
                self.dataChanged.emit(self.index(number, 0), self.index(number, 0))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many entries there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title, what a screen reader says, the episode, and the row itself."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return join_facts(f"{index.row() + 1}. {row.title}", row.length_words, row.facts, row.problem)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(row.problem) or None
            case _ if role == EpisodeRole:
                return row.episode
            case _ if role == RowRole:
                return row
        return None

    # Within

    def _move(self, source: int, before: int, rows: Sequence[Row]) -> None:
        self.beginMoveRows(QModelIndex(), source, source, QModelIndex(), before)
        self._rows = list(rows)
        self.endMoveRows()

    def _replace(self, head: int, tail: int, count: int, rows: Sequence[Row]) -> None:
        """Replace what lies between the first `head` and the last `tail` rows with the `count` rows there now."""
        end = len(self._rows) - tail
        if head < end:
            self.beginRemoveRows(QModelIndex(), head, end - 1)
            self._rows = self._rows[:head] + self._rows[end:]
            self.endRemoveRows()
        if count:
            self.beginInsertRows(QModelIndex(), head, head + count - 1)
            self._rows = list(rows)
            self.endInsertRows()
        self._rows = list(rows)
