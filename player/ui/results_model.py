"""What the search found as rows: in groups with the best of each, or all of one kind, page by page.

Must not know how a row is drawn, nor where pages come from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from player.app.results import KINDS, Page
from player.core.model import Found, FoundKind, PodcastId
from player.core.timecode import format_timecode
from player.ui.texts import join_facts, short_date_text, translate

AnyIndex = QModelIndex | QPersistentModelIndex
RowRole = Qt.ItemDataRole.UserRole
_PREVIEW = {
    FoundKind.PODCAST: 3,
    FoundKind.EPISODE: 4,
    FoundKind.BOOKMARK: 4,
    FoundKind.CHAPTER: 15,
    FoundKind.NOTES: 6,
}
"""How many hits of each kind stand in the groups."""


@dataclass(frozen=True, slots=True)
class Row:
    """A hit; or, without one, what leads to all hits of a kind (`is_more`) or the name of a group."""

    kind: FoundKind
    hit: Found | None = None
    is_more: bool = False

    @property
    def is_played(self) -> bool:
        """Whether it is a place that can be played from."""
        return self.hit is not None and self.hit.start is not None

    @property
    def title(self) -> str:
        """What the row says first."""
        if self.hit is not None:
            return self.hit.title
        return all_of_kind(self.kind) if self.is_more else kind_name(self.kind)

    @property
    def facts(self) -> str:
        """Where the hit belongs: the line below its title."""
        if self.hit is None:
            return ""
        date = short_date_text(self.hit.published) if self.hit.published is not None else ""
        has_podcast = self.kind in (FoundKind.CHAPTER, FoundKind.BOOKMARK, FoundKind.NOTES)
        return join_facts(self.hit.chapter, self.hit.detail, self.hit.podcast_title if has_podcast else "", date)

    @property
    def start(self) -> str:
        """When a chapter begins, or where a bookmark is."""
        return format_timecode(self.hit.start) if self.hit is not None and self.hit.start is not None else ""


def kind_name(kind: FoundKind) -> str:
    """The name of a group."""
    return {
        FoundKind.PODCAST: translate("results", "Podcasts"),
        FoundKind.EPISODE: translate("results", "Episodes"),
        FoundKind.BOOKMARK: translate("results", "Bookmarks"),
        FoundKind.CHAPTER: translate("results", "Chapters"),
        FoundKind.NOTES: translate("results", "Notes"),
    }[kind]


def all_of_kind(kind: FoundKind) -> str:
    """What leads to all hits of a kind."""
    return {
        FoundKind.PODCAST: translate("results", "All podcasts"),
        FoundKind.EPISODE: translate("results", "All episodes"),
        FoundKind.BOOKMARK: translate("results", "All bookmarks"),
        FoundKind.CHAPTER: translate("results", "All chapters"),
        FoundKind.NOTES: translate("results", "All notes"),
    }[kind]


def none_of_kind(kind: FoundKind) -> str:
    """What is said where there are none of a kind that have {words}."""
    return {
        FoundKind.PODCAST: translate("results", "No podcast has “{words}”"),
        FoundKind.EPISODE: translate("results", "No episode has “{words}”"),
        FoundKind.BOOKMARK: translate("results", "No bookmark has “{words}”"),
        FoundKind.CHAPTER: translate("results", "No chapter has “{words}”"),
        FoundKind.NOTES: translate("results", "No show notes have “{words}”"),
    }[kind]


class ResultsModel(QAbstractTableModel):
    """One column. `page_wanted(FoundKind)` when rows are looked at that are not read yet."""

    page_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.kind: FoundKind | None = None
        self._hits: dict[FoundKind, list[Found]] = {}
        self._ended: set[FoundKind] = set()
        self._is_outdated = False

    @property
    def is_complete(self) -> bool:
        """Whether the first page of every kind is here."""
        return not self._is_outdated and all(kind in self._hits for kind in KINDS)

    @property
    def podcasts(self) -> set[PodcastId]:
        """Of which podcasts there are hits, also of kinds that are not shown."""
        return {hit.podcast for hits in self._hits.values() for hit in hits}

    def count(self, kind: FoundKind) -> tuple[int, bool]:
        """How many hits of a kind are here, and whether these are all."""
        return len(self._hits.get(kind, ())), kind in self._ended

    def begin(self) -> None:
        """Pages that come are about something else; what is here stays until the first of them."""
        self._is_outdated = True

    def clear(self) -> None:
        """Show nothing."""
        self._is_outdated = False
        self._hits.clear()
        self._ended.clear()
        self._show_rows()

    def take(self, page: Page) -> None:
        """Show some more hits. Of a kind of which none was found yet the next page is asked for."""
        if self._is_outdated:
            self._is_outdated = False
            self._hits.clear()
            self._ended.clear()
            self.beginResetModel()
            self.rows = []
            self.endResetModel()
        self._hits.setdefault(page.kind, []).extend(page.hits)
        if page.is_last:
            self._ended.add(page.kind)
        elif not self._hits[page.kind]:
            self.page_wanted.emit(page.kind)
        self._show_rows()

    def show_kind(self, kind: FoundKind | None) -> None:
        """Show all hits of a kind; None shows the best of each."""
        self.kind = kind
        self._show_rows()

    def first_hit(self) -> int | None:
        """The first row that is a hit."""
        return next((number for number, row in enumerate(self.rows) if row.hit is not None), None)

    # --- what Qt asks

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title, what a screen reader says, and the row itself."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return join_facts(row.title, row.start, row.facts)
        return row if role == RowRole else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Names of groups cannot be chosen."""
        row = self.rows[index.row()] if index.isValid() else None
        if row is None or (row.hit is None and not row.is_more):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def canFetchMore(self, parent: AnyIndex) -> bool:
        """Whether there are more hits of the kind that is shown."""
        return not parent.isValid() and self.kind in self._hits and self.kind not in self._ended

    def fetchMore(self, parent: AnyIndex) -> None:
        """Ask for them."""
        if self.canFetchMore(parent):
            self.page_wanted.emit(self.kind)

    # --- rows

    def _show_rows(self) -> None:
        rows = self._grouped() if self.kind is None else [Row(self.kind, hit) for hit in self._hits.get(self.kind, ())]
        known = len(self.rows)
        if rows[:known] != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        elif len(rows) > known:
            self.beginInsertRows(QModelIndex(), known, len(rows) - 1)
            self.rows = rows
            self.endInsertRows()

    def _grouped(self) -> list[Row]:
        rows: list[Row] = []
        for kind in KINDS:
            hits = self._hits.get(kind, [])
            shown = hits[: _PREVIEW[kind]]
            if shown:
                rows.append(Row(kind))
                rows += [Row(kind, hit) for hit in shown]
            if shown and (len(hits) > len(shown) or kind not in self._ended):
                rows.append(Row(kind, is_more=True))
        return rows
