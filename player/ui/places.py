"""The places that the sidebar leads to: the search, the queue, the bookmarks, a view over all podcasts, or one podcast.

Must not know a widget.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from player.app.library import Library
from player.core.errors import NotFoundError
from player.core.model import EpisodeId, EpisodeQuery, Filter, PodcastId, Sort, View


@dataclass(frozen=True, slots=True)
class Place:
    """What the episode list shows; or the queue, the search or the bookmarks, which have views of their own."""

    view: View = View.ALL
    podcast: PodcastId | None = None
    is_queue: bool = False
    is_search: bool = False
    is_bookmarks: bool = False

    def query(
        self, words: str = "", filters: frozenset[Filter] = frozenset(), sort: Sort = Sort.NEWEST
    ) -> EpisodeQuery:
        """The question to the library: filtered, and in an order."""
        return EpisodeQuery(self.view, self.podcast, words, filters, sort)


QUEUE = Place(is_queue=True)
SEARCH = Place(is_search=True)
BOOKMARKS = Place(is_bookmarks=True)


def words_of_place(place: Place) -> str:
    """A place as it is remembered: "new", "podcast 3", "queue"."""
    own = {QUEUE: "queue", SEARCH: "search", BOOKMARKS: "bookmarks"}
    return own.get(place) or (place.view.value if place.podcast is None else f"podcast {place.podcast}")


def place_meant(words: str, library: Library) -> Place | None:
    """The place that was remembered so; None where it is gone, and for the search, which begins anew."""
    places = [QUEUE, BOOKMARKS, *(Place(view) for view in View)]
    places += [Place(podcast=each.id) for each in library.podcasts()]
    return next((each for each in places if words_of_place(each) == words), None)


def is_gone(podcast: PodcastId, library: Library) -> bool:
    """Whether a podcast is in the library no longer."""
    try:
        library.podcast(podcast)
    except NotFoundError:
        return True
    return False


def first_place(library: Library, playing: EpisodeId | None) -> Place:
    """Where the window begins: at the podcast of what is open, else at what is new, else at the first podcast."""
    if playing is not None:
        return Place(podcast=library.episode(playing).podcast)
    podcasts = library.podcasts()
    return Place(podcast=podcasts[0].id) if podcasts and not library.counts()[View.NEW] else Place(View.NEW)


def view_name(view: View) -> str:
    """The name of a view."""
    translate = QCoreApplication.translate
    return {
        View.ALL: translate("places", "All episodes"),
        View.NEW: translate("places", "New episodes"),
        View.IN_PROGRESS: translate("places", "In progress"),
        View.DOWNLOADS: translate("places", "Downloads"),
        View.PLAYED: translate("places", "Played"),
        View.WITH_CHAPTERS: translate("places", "With chapters"),
    }[view]


def view_icon(view: View) -> str:
    """The icon of a view."""
    return {
        View.ALL: "all",
        View.NEW: "new",
        View.IN_PROGRESS: "progress",
        View.DOWNLOADS: "download",
        View.PLAYED: "check",
        View.WITH_CHAPTERS: "chapters",
    }[view]


def nothing_there(view: View) -> tuple[str, str]:
    """What an empty view says: a heading and a sentence."""
    translate = QCoreApplication.translate
    return {
        View.ALL: (
            translate("places", "No episodes yet"),
            translate("places", "The feed has none at the moment; refresh with F5 to ask again."),
        ),
        View.NEW: (
            translate("places", "Nothing new"),
            translate("places", "Episodes that you have not begun appear here; F5 asks all podcasts for new ones."),
        ),
        View.IN_PROGRESS: (
            translate("places", "Nothing begun"),
            translate("places", "Episodes that you have begun and not finished wait here, each at its place."),
        ),
        View.DOWNLOADS: (
            translate("places", "Nothing downloaded yet"),
            translate("places", "Episodes that you download are kept here, ready without a connection."),
        ),
        View.PLAYED: (
            translate("places", "Nothing played"),
            translate("places", "Episodes that you have heard to their end, or marked as played, stand here."),
        ),
        View.WITH_CHAPTERS: (
            translate("places", "No chapters yet"),
            translate("places", "Episodes whose notes, audio or feed have chapters stand here."),
        ),
    }[view]
