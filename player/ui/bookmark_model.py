"""Bookmarks as rows of a table, read by page: all of the library, or those of an episode.

Must not know how a row is drawn, nor how a bookmark is changed: it tells what text was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from player.app.bookmarks import BookmarkReader
from player.core.bookmarks import Bookmark, BookmarkId, ListedBookmark
from player.core.model import Found, FoundKind, PodcastId
from player.core.search_query import Query, read_query
from player.core.timecode import format_timecode
from player.ui.results_model import Row, RowRole
from player.ui.texts import join_facts, short_date_text, title_text, translate
from player.ui.tool_tips import plain_tip

AnyIndex = QModelIndex | QPersistentModelIndex
_PAGE = 64


@dataclass(frozen=True, slots=True)
class BookmarkRow(Row):
    """A bookmark, worded. Not `is_placed`: it stands on its episode's page, which need not be named."""

    listed: ListedBookmark | None = None
    is_placed: bool = True

    @property
    def facts(self) -> str:
        """Where it belongs: the chapter where that is not its title, episode, podcast; when it was made."""
        if self.listed is None:
            return ""
        found = self.listed.bookmark
        where = (title_text(self.listed.episode_title), self.listed.podcast_title) if self.is_placed else ()
        return join_facts(found.chapter if found.text else "", *where, short_date_text(found.made_at))

    @property
    def start(self) -> str:
        """Its place, or from where to where it goes."""
        return times_text(self.listed.bookmark) if self.listed is not None else ""


def times_text(bookmark: Bookmark) -> str:
    """The place of a bookmark: "1:08:52", or "1:08:52–1:10:00"."""
    start = format_timecode(bookmark.start)
    return start if bookmark.stop is None else f"{start}–{format_timecode(bookmark.stop)}"


def name_of(bookmark: Bookmark) -> str:
    """What a bookmark is called."""
    return bookmark.title or translate("bookmarks", "Bookmark")


def row_of(listed: ListedBookmark, query: Query, *, is_placed: bool) -> BookmarkRow:
    """The row of a bookmark, in which the words of `query` are marked."""
    found, title = listed.bookmark, name_of(listed.bookmark)
    spans = tuple(span for term in query.terms for span in Query((term,)).spans(title) or ())
    hit = Found(
        FoundKind.BOOKMARK,
        title,
        listed.episode_title,
        PodcastId(0),
        found.episode,
        found.start,
        tuple(sorted(spans)),
        podcast_title=listed.podcast_title,
    )
    return BookmarkRow(FoundKind.BOOKMARK, hit, listed=listed, is_placed=is_placed)


class BookmarkModel(QAbstractTableModel):
    """One column. `text_typed(Bookmark, str)` when a row was edited."""

    text_typed = Signal(object, str)

    def __init__(self, reader: BookmarkReader, *, is_placed: bool) -> None:
        super().__init__()
        self._reader = reader
        self._is_placed = is_placed
        self._query = read_query("")
        self._ids: list[BookmarkId] = []
        self._rows: dict[int, BookmarkRow] = {}

    def show_ids(self, ids: Sequence[BookmarkId], words: str = "") -> None:
        """Show other bookmarks, or the same ones as they are now, with `words` marked."""
        is_same = list(ids) == self._ids
        if not is_same:
            self.beginResetModel()
        self._ids, self._query = list(ids), read_query(words)
        self._rows.clear()
        if not is_same:
            self.endResetModel()
        elif self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, 0))

    @property
    def ids(self) -> list[BookmarkId]:
        """Which are shown, in their order."""
        return self._ids

    def listed(self, index: AnyIndex) -> ListedBookmark | None:
        """The bookmark of a row; None when it is gone."""
        row = self._row(index.row()) if index.isValid() else None
        return row.listed if row is not None else None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many there are."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title, text, what a screen reader says, and the row itself."""
        row = self._row(index.row()) if index.isValid() else None
        if row is None or row.listed is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.EditRole:
                return row.listed.bookmark.text
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(row.listed.bookmark.text) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return join_facts(row.title, row.start, row.facts)
        return row if role == RowRole else None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell the text that was typed; it shows once it is kept."""
        listed = self.listed(index)
        if listed is None or role != Qt.ItemDataRole.EditRole:
            return False
        if str(value) != listed.bookmark.text:
            self.text_typed.emit(listed.bookmark, str(value))
        return True

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Rows can be chosen and edited."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else Qt.ItemFlag.NoItemFlags

    def _row(self, number: int) -> BookmarkRow | None:
        if number not in self._rows:
            first = number - number % _PAGE
            ids = self._ids[first : first + _PAGE]
            found = {each.bookmark.id: each for each in self._reader.listed(ids)}
            for place, id_ in enumerate(ids, first):
                if id_ in found:
                    self._rows[place] = row_of(found[id_], self._query, is_placed=self._is_placed)
        return self._rows.get(number)
