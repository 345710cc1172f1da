"""The episode list as a model: ids in order, and the episodes of the pages that were looked at.

Must not know how a row is drawn.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from player.core.model import Episode, EpisodeId, Millis
from player.core.skips import Span
from player.ui.texts import chapters_text, duration_text, join_facts, left_text, short_date_text, title_text, translate

PAGE = 32
"""How many episodes are read at once: about as many as a window shows. While one drags, each frame reads anew."""

PAGES_KEPT = 120
EpisodeRole = Qt.ItemDataRole.UserRole
FactsRole = EpisodeRole + 1
AnyIndex = QModelIndex | QPersistentModelIndex


class EpisodeReader(Protocol):
    """Reads episodes by id, in the order of the ids, leaving out what is gone."""

    def episodes(self, ids: Sequence[EpisodeId]) -> list[Episode]:
        """The episodes of `ids`."""

    def skips(self, episodes: Iterable[EpisodeId]) -> dict[EpisodeId, tuple[Span, ...]]:
        """What playing leaves out of those episodes of which it leaves out anything."""


TimeLeft: TypeAlias = Callable[[Episode, Sequence[Span]], Millis | None]
"""How long what is left of an episode takes, without what is left out; None before it was begun."""


def facts_text(episode: Episode, left: Millis | None) -> str:
    """The line under an episode's title: date, how long it is or what is left of it takes, number of chapters."""
    length = duration_text(episode.duration) if episode.duration is not None else ""
    return join_facts(
        short_date_text(episode.published) if episode.published is not None else "",
        left_text(left) if left is not None else length,
        chapters_text(episode.chapter_count) if episode.chapter_count else "",
    )


class EpisodeModel(QAbstractTableModel):
    """One column. Holds every id, and the episodes of at most `PAGES_KEPT` pages."""

    def __init__(self, reader: EpisodeReader, time_left: TimeLeft) -> None:
        super().__init__()
        self._reader = reader
        self._time_left = time_left
        self._ids: list[EpisodeId] = []
        self._pages: OrderedDict[int, dict[EpisodeId, Episode]] = OrderedDict()
        self._skips: dict[EpisodeId, tuple[Span, ...]] = {}

    @property
    def ids(self) -> list[EpisodeId]:
        """All ids, in the order of the rows."""
        return self._ids

    def show_other(self, ids: list[EpisodeId]) -> None:
        """Show a list that has nothing to do with the one before."""
        self.beginResetModel()
        self._take(ids)
        self.endResetModel()

    def update_ids(self, ids: list[EpisodeId]) -> None:
        """Show the same list after something came or went: what lies between the equal ends is replaced."""
        old = self._ids
        if ids == old:
            return
        head = 0
        shortest = min(len(old), len(ids))
        while head < shortest and old[head] == ids[head]:
            head += 1
        tail = 0
        while tail < shortest - head and old[-1 - tail] == ids[-1 - tail]:
            tail += 1
        if head < len(old) - tail:
            self.beginRemoveRows(QModelIndex(), head, len(old) - tail - 1)
            self._take(old[:head] + old[len(old) - tail :])
            self.endRemoveRows()
        if head < len(ids) - tail:
            self.beginInsertRows(QModelIndex(), head, len(ids) - tail - 1)
            self._take(ids)
            self.endInsertRows()

    def forget(self, ids: Iterable[EpisodeId]) -> None:
        """Read these episodes again when they are looked at; their rows changed."""
        # Only what is kept is looked through: thousands may have changed.
        wanted = set(ids)
        for number in [number for number, page in self._pages.items() if not wanted.isdisjoint(page)]:
            del self._pages[number]
            last = min((number + 1) * PAGE, len(self._ids)) - 1
            # All of the page is drawn anew, so that none is missed that is touched before.
            self.dataChanged.emit(self.index(number * PAGE, 0), self.index(last, 0))

    def touch(self, episode: EpisodeId) -> None:
        """The row of an episode looks different, though the episode is the same: a download went on."""
        row = self.kept_row(episode)
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def row_of(self, episode: EpisodeId) -> int | None:
        """The row of an episode; looked for, which takes a millisecond in 100 000, as against ten to note all rows."""
        try:
            return self._ids.index(episode)
        except ValueError:
            return None

    def kept_row(self, episode: EpisodeId) -> int | None:
        """The row of an episode if it is on one of the pages that are kept; no other is to be seen."""
        number = next((number for number, page in self._pages.items() if episode in page), None)
        return None if number is None else self._ids.index(episode, number * PAGE, (number + 1) * PAGE)

    def episode(self, row: int) -> Episode | None:
        """The episode of a row; None when it was removed since the ids were read."""
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            ids = self._ids[number * PAGE : (number + 1) * PAGE]
            page = {each.id: each for each in self._reader.episodes(ids)}
            self._skips.update(dict.fromkeys(ids, ()) | self._reader.skips(ids))
            self._pages[number] = page
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page.get(self._ids[row])

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many episodes the list has."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title, the line under it, what a screen reader says, and the episode itself."""
        if not index.isValid() or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            EpisodeRole,
            FactsRole,
        ):
            return None
        episode = self.episode(index.row())
        if episode is None or role == EpisodeRole:
            return episode
        if role == Qt.ItemDataRole.DisplayRole:
            return title_text(episode.title)
        facts = facts_text(episode, self._time_left(episode, self._skips[episode.id]))
        if role == FactsRole:
            return facts
        played = translate("episodes", "played") if episode.is_played else ""
        return join_facts(title_text(episode.title), episode.podcast_title, facts, played)

    def _take(self, ids: list[EpisodeId]) -> None:
        self._ids = ids
        self._pages.clear()
        self._skips.clear()
