"""The rows of the sidebar: queue, views, bookmarks, search, and the podcasts in their folders.

Must not know how they are drawn, nor what a place shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSettings, Qt

from player.app.compose import Services
from player.core.folders import Folder, Shelf, folder_meant, folder_words, shelve, ways
from player.core.model import Podcast, PodcastId, PodcastKind, View
from player.ui.places import BOOKMARKS, QUEUE, SEARCH, Place, view_icon, view_name
from player.ui.texts import count_text, join_facts, percent_text, unplayed_text
from player.ui.tool_tips import plain_tip

AnyIndex = QModelIndex | QPersistentModelIndex
RowRole = Qt.ItemDataRole.UserRole
_VIEWS = (View.NEW, View.IN_PROGRESS, View.DOWNLOADS, View.ALL, View.WITH_CHAPTERS, View.PLAYED)
_COUNTED = (View.NEW, View.IN_PROGRESS, View.DOWNLOADS)
"""Views whose number says what there is to do."""
_MOST_BRIEF = 999
_CLOSED = "sidebar/closed"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the sidebar: a view, a podcast, a folder, or a heading (which is neither).

    `note` stands at its end. `depth` is in how many folders it lies.
    """

    text: str
    place: Place | None = None
    podcast: Podcast | None = None
    icon: str = ""
    note: str = ""
    brief: str = ""
    """Stands there instead where the name would be cut beside the note."""
    depth: int = 0
    folder: Folder = ()
    podcasts: tuple[Podcast, ...] = ()
    """Of a folder, with those in the folders within."""

    @property
    def is_heading(self) -> bool:
        """Whether it leads nowhere."""
        return self.place is None and not self.folder


class ClosedFolders:
    """Which folders are closed, kept in the memory of the window."""

    def __init__(self, memory: QSettings) -> None:
        self._memory = memory
        self.folders = frozenset(folder_meant(each) for each in str(memory.value(_CLOSED, "")).split("\n")) - {()}

    def toggle(self, folder: Folder) -> None:
        """Open a folder that is closed, and the other way around."""
        self._keep(self.folders ^ {folder})

    def forget_others(self, there: Iterable[Folder]) -> None:
        """Keep nothing about folders that are not `there`."""
        self._keep(self.folders & set(there))

    def replace(self, gone: Set[Folder], come: Set[Folder]) -> None:
        """Some closed folders are called otherwise now."""
        self._keep(self.folders - gone | come)

    def _keep(self, folders: frozenset[Folder]) -> None:
        self.folders = folders
        self._memory.setValue(_CLOSED, "\n".join(sorted(map(folder_words, folders))))


class SidebarModel(QAbstractListModel):
    """The rows, read anew as a whole: they are few."""

    def __init__(self, services: Services, closed: ClosedFolders) -> None:
        super().__init__()
        self._services = services
        self._closed = closed
        self._rows: list[Row] = []
        self._hidden: frozenset[PodcastId] = frozenset()
        self.read()

    def hide(self, podcasts: frozenset[PodcastId]) -> None:
        """Leave these podcasts out: their removal can still be undone."""
        self._hidden = podcasts
        self.read()

    def read(self) -> None:
        """Read all rows again; what is the same stays."""
        rows = self._read_rows()
        same = len(rows) == len(self._rows) and all(
            (old.place, old.folder) == (new.place, new.folder) for old, new in zip(self._rows, rows, strict=True)
        )
        if not same:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows != self._rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def show_progress(self) -> None:
        """Downloads went on: their row says how far they are."""
        row = self.place_row(Place(View.DOWNLOADS))
        note = self._downloads_note()
        if row is not None and note and note != self._rows[row].note:
            self._rows[row] = replace(self._rows[row], note=note)
            self.dataChanged.emit(self.index(row), self.index(row))

    def toggle(self, folder: Folder) -> None:
        """Open a folder that is closed, and the other way around. The rows may show one that has just gone."""
        self._closed.toggle(folder)
        self.read()
        self._closed.forget_others(ways(each.folder for row in self._rows for each in row.podcasts))

    def row_like(self, row: Row) -> int | None:
        """The row of the same place or folder."""
        return self.folder_row(row.folder) if row.place is None else self.place_row(row.place)

    def folder_row(self, folder: Folder) -> int | None:
        """The row of a folder."""
        return next((number for number, row in enumerate(self._rows) if row.folder == folder), None)

    def place_row(self, place: Place) -> int | None:
        """The row of a place."""
        return next((number for number, row in enumerate(self._rows) if row.place == place), None)

    def row(self, index: AnyIndex) -> Row:
        """The row at an index."""
        return self._rows[index.row()]

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, what a screen reader says, and the row itself."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.ToolTipRole:
                # Beside a long name the note is shown shortened.
                return plain_tip(join_facts(row.text, row.note) if row.brief else row.text)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
        return row if role == RowRole else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Headings cannot be chosen; folders can be reached, but the place that is shown stays the chosen one."""
        row = self._rows[index.row()] if index.isValid() else None
        if row is None or row.is_heading:
            return Qt.ItemFlag.NoItemFlags
        if row.folder:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def _read_rows(self) -> list[Row]:
        library = self._services.library
        podcasts = [each for each in library.podcasts() if each.id not in self._hidden]
        queued = len(self._services.queue.queue.entries)
        rows = [Row(self.tr("Queue"), QUEUE, icon="queue", note=_note(queued), brief=_brief(queued))]
        counts = library.counts()
        rows += [self._view_row(view, counts[view] if view in _COUNTED else 0) for view in _VIEWS]
        marked = self._services.bookmarks.count()
        rows.append(Row(self.tr("Bookmarks"), BOOKMARKS, icon="bookmark", note=_note(marked), brief=_brief(marked)))
        rows.append(Row(self.tr("Search"), SEARCH, icon="search"))
        shelves = [each for each in podcasts if each.kind is PodcastKind.FILES]
        feeds = [each for each in podcasts if each.kind is PodcastKind.FEED]
        for shelf in shelves:
            place, count = Place(podcast=shelf.id), shelf.unplayed_count
            rows.append(Row(self.tr("Your files"), place, shelf, icon="files", note=_note(count), brief=_brief(count)))
        if feeds:
            rows.append(Row(self.tr("Podcasts").upper()))
        return rows + self._shelf_rows(shelve((feed.folder, feed) for feed in feeds))

    def _shelf_rows(self, shelf: Shelf[Podcast]) -> list[Row]:
        """What lies in a folder: folders first, each with what is in it where it is open, then podcasts."""
        rows, depth = [], len(shelf.folder)
        for inner in shelf.inner:
            podcasts = inner.all_items
            is_closed = inner.folder in self._closed.folders
            unplayed = sum(each.unplayed_count for each in podcasts)
            icon, note, brief = "closed" if is_closed else "open", _note(unplayed), _brief(unplayed)
            name = inner.folder[-1]
            rows.append(Row(name, None, None, icon, note, brief, depth, inner.folder, podcasts))
            rows += [] if is_closed else self._shelf_rows(inner)
        for feed in shelf.items:
            rows.append(Row(feed.title, Place(podcast=feed.id), feed, note=_note(feed.unplayed_count), depth=depth))
        return rows

    def _spoken(self, row: Row) -> str:
        """What a screen reader says."""
        if row.folder:
            state = self.tr("folder, closed") if row.folder in self._closed.folders else self.tr("folder, open")
            unplayed = sum(each.unplayed_count for each in row.podcasts)
            return join_facts(row.text, state, unplayed_text(unplayed) if unplayed else "")
        unplayed_of = unplayed_text(row.podcast.unplayed_count) if row.podcast else ""
        return join_facts(row.text, unplayed_of or row.note)

    def _view_row(self, view: View, count: int) -> Row:
        note = (self._downloads_note() if view is View.DOWNLOADS else "") or _note(count)
        return Row(view_name(view), Place(view), icon=view_icon(view), note=note, brief=_brief(count))

    def _downloads_note(self) -> str:
        """How many downloads run, and how much of all of them is there."""
        running = self._services.downloads.all_progress()
        known = [found for found in running if found.total]
        received = sum(found.received for found in known)
        total = sum(found.total or 0 for found in known)
        return join_facts(count_text(len(running)), percent_text(received, total)) if running else ""


def _note(count: int) -> str:
    return count_text(count) if count else ""


def _brief(count: int) -> str:
    return f"{count_text(_MOST_BRIEF)}+" if count > _MOST_BRIEF else ""
