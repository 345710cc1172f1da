"""Bookmarks: places of episodes that the listener marked, perhaps with a line of text, perhaps up to an end.

Must not know where they are kept, nor how one is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import NewType

from player.core.model import EpisodeId, EpochMillis, Millis

BookmarkId = NewType("BookmarkId", int)

LONGEST_TEXT = 2000
"""How many characters of a line of text are kept."""
_SAME_PLACE: Millis = 1000
"""A bookmark that begins so near to a place is the one of this place: a key that was pressed twice makes one."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place of an episode, in the time of its file; with a `stop` the span up to there, without it.

    `chapter` is the title of the chapter that is shown at `start`, empty where there is none.
    """

    id: BookmarkId
    episode: EpisodeId
    start: Millis
    stop: Millis | None = None
    text: str = ""
    made_at: EpochMillis = 0
    chapter: str = ""

    @property
    def title(self) -> str:
        """What it is called: its text, else its chapter's title; may be empty."""
        return self.text or self.chapter


@dataclass(frozen=True, slots=True)
class ListedBookmark:
    """A bookmark with what a list across the library says of where it belongs."""

    bookmark: Bookmark
    episode_title: str
    podcast_title: str
    feed_url: str
    guid: str


def clean_text(text: str) -> str:
    """A text as a bookmark keeps it: one line, no spaces around it, not longer than `LONGEST_TEXT`."""
    return " ".join(text.split())[:LONGEST_TEXT].rstrip()


def stop_meant(start: Millis, stop: Millis | None) -> Millis | None:
    """The end of a span that begins at `start`; None where it is not behind that."""
    return stop if stop is not None and stop > start else None


def bookmark_here(bookmarks: Iterable[Bookmark], place: Millis) -> Bookmark | None:
    """Of an episode's bookmarks the one of this place, if there is one: then none is made beside it."""
    near = [each for each in bookmarks if abs(each.start - place) < _SAME_PLACE]
    return min(near, key=lambda each: abs(each.start - place), default=None)


def bookmark_to_end(bookmarks: Iterable[Bookmark], place: Millis) -> Bookmark | None:
    """Of an episode's bookmarks the one whose span ends when the listener says "up to here": the newest before here."""
    before = [each for each in bookmarks if each.start < place]
    return max(before, key=lambda each: (each.made_at, each.id), default=None)


def moved(bookmark: Bookmark, to: Callable[[Millis], Millis]) -> Bookmark:
    """The bookmark where `to` says that its place and its end are now; an end that is no longer behind it goes."""
    start = max(0, to(bookmark.start))
    stop = None if bookmark.stop is None else stop_meant(start, to(bookmark.stop))
    return replace(bookmark, start=start, stop=stop)
