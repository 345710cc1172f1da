"""The places that the sidebar leads to: the queue, a view over all podcasts, or one podcast.

Must not know a widget.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from player.core.model import EpisodeQuery, PodcastId, View


@dataclass(frozen=True, slots=True)
class Place:
    """What the episode list shows; or the queue, which has a view of its own."""

    view: View = View.ALL
    podcast: PodcastId | None = None
    is_queue: bool = False

    def query(self, words: str = "") -> EpisodeQuery:
        """The question to the library, with a filter."""
        return EpisodeQuery(self.view, self.podcast, words)


QUEUE = Place(is_queue=True)


def view_name(view: View) -> str:
    """The name of a view."""
    translate = QCoreApplication.translate
    return {
        View.ALL: translate("places", "All episodes"),
        View.NEW: translate("places", "New episodes"),
        View.IN_PROGRESS: translate("places", "In progress"),
        View.DOWNLOADS: translate("places", "Downloads"),
    }[view]


def view_icon(view: View) -> str:
    """The icon of a view."""
    return {View.ALL: "chapters", View.NEW: "new", View.IN_PROGRESS: "progress", View.DOWNLOADS: "download"}[view]


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
            translate("places", "No downloads"),
            translate("places", "Episodes that you download are kept here, ready without a connection."),
        ),
    }[view]
