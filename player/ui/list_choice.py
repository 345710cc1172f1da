"""How a list is to be shown: its order and what it leaves out, and the memory of that for each list.

Must not know a widget, nor what the library holds.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSettings

from player.core.model import Filter, Sort, View
from player.ui.places import Place

_SAID_BY_VIEW = {
    View.NEW: {Filter.UNPLAYED},
    View.IN_PROGRESS: {Filter.UNPLAYED},
    View.PLAYED: {Filter.UNPLAYED},
    View.DOWNLOADS: {Filter.DOWNLOADED},
    View.WITH_CHAPTERS: {Filter.WITH_CHAPTERS},
}
"""What a view says of all its episodes already, or of none."""


@dataclass(frozen=True, slots=True)
class ListChoice:
    """An order, and the filters that are on."""

    sort: Sort = Sort.NEWEST
    filters: frozenset[Filter] = frozenset()


def offered_filters(place: Place) -> tuple[Filter, ...]:
    """The filters that make a difference in the list of a place."""
    return tuple(each for each in Filter if each not in _SAID_BY_VIEW.get(place.view, ()))


def offered_sorts(place: Place) -> tuple[Sort, ...]:
    """The orders that make a difference in the list of a place."""
    return tuple(each for each in Sort if place.podcast is None or each is not Sort.PODCAST)


def filter_name(each: Filter) -> str:
    """The words on a filter's switch."""
    translate = QCoreApplication.translate
    return {
        Filter.UNPLAYED: translate("lists", "Not played"),
        Filter.WITH_CHAPTERS: translate("lists", "With chapters"),
        Filter.DOWNLOADED: translate("lists", "Downloaded"),
    }[each]


def sort_name(sort: Sort) -> str:
    """The words for an order."""
    translate = QCoreApplication.translate
    return {
        Sort.NEWEST: translate("lists", "Newest first"),
        Sort.OLDEST: translate("lists", "Oldest first"),
        Sort.TITLE: translate("lists", "By title"),
        Sort.SHORTEST: translate("lists", "Shortest first"),
        Sort.LONGEST: translate("lists", "Longest first"),
        Sort.LEAST_LEFT: translate("lists", "Least left first"),
        Sort.PODCAST: translate("lists", "By podcast"),
    }[sort]


class ListMemory:
    """Keeps the choice of each list in the memory of the window; what is as at first is not kept."""

    def __init__(self, memory: QSettings) -> None:
        self._memory = memory

    def choice(self, place: Place) -> ListChoice:
        """The choice for the list of a place; words in the file that mean nothing here are passed over."""
        words = str(self._memory.value(_key(place), "")).split()
        sorts = [each for each in offered_sorts(place) if each in words]
        kept = frozenset(each for each in offered_filters(place) if each in words)
        return ListChoice(sorts[0] if sorts else Sort.NEWEST, kept)

    def keep(self, place: Place, choice: ListChoice) -> None:
        """Remember a choice."""
        if choice == ListChoice():
            self._memory.remove(_key(place))
        else:
            self._memory.setValue(_key(place), " ".join((choice.sort, *sorted(choice.filters))))


def _key(place: Place) -> str:
    return f"lists/{place.view}" if place.podcast is None else f"lists/podcast-{place.podcast}"
