"""The listener's bookmarks as a service: made, changed, taken away, and told.

Must not know where they show, nor how documents of them are written (`formats.bookmark_documents`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from player.app.bus import Bus
from player.app.exchange import write_document
from player.app.jobs import Jobs
from player.app.writer import Writer
from player.core.bookmarks import Bookmark, BookmarkId, ListedBookmark
from player.core.errors import LinkError
from player.core.events import BookmarksChanged
from player.core.links import EpisodeLink, link_text, read_link
from player.core.model import EpisodeId, EpochMillis, Millis
from player.core.phrases import Phrase
from player.core.search_query import read_query
from player.storage import bookmarks as stored
from player.storage.links import link_to, linked_episode


class BookmarkReader:
    """Bookmarks as they are kept; needs no more than a connection that reads."""

    def __init__(self, reader: Connection) -> None:
        self._reader = reader

    def of_episode(self, episode: EpisodeId) -> tuple[Bookmark, ...]:
        """The bookmarks of an episode, in rising order of start."""
        return stored.of_episode(self._reader, episode)

    def bookmark(self, bookmark: BookmarkId) -> Bookmark:
        """One of them; raises NotFoundError."""
        return stored.bookmark(self._reader, bookmark)

    def count(self) -> int:
        """How many there are in the library."""
        return stored.count(self._reader)

    def ids(self, words: str = "") -> list[BookmarkId]:
        """Those that have all words in their text, or in the titles of chapter, episode and podcast: newest first."""
        return stored.newest_ids(self._reader, read_query(words))

    def listed(self, ids: Sequence[BookmarkId]) -> list[ListedBookmark]:
        """A page of them with what they belong to, in the order of the ids; what is gone is left out."""
        return stored.listed(self._reader, ids)

    def link(self, episode: EpisodeId, at: Millis | None = None) -> str:
        """The link that opens Earmark at a place of an episode; raises NotFoundError."""
        return link_text(link_to(self._reader, episode, at))

    def linked(self, text: str) -> tuple[EpisodeId, Millis | None]:
        """The episode and the place that a link means; raises LinkError."""
        link = read_link(text)
        if link is None:
            raise LinkError(text, Phrase("reasons", "it is no link to a place of an episode"))
        return linked_episode(self._reader, link), link.at

    def document(self, kind: str, words: str = "") -> tuple[bytes, int]:
        """Those that have `words` as a document, and how many; `kind` as in `formats.bookmark_documents`."""
        from player.formats.bookmark_documents import WRITERS

        found = self.listed(self.ids(words))
        return WRITERS[kind]([(each, link_of(each)) for each in found]), len(found)

    def facts(self, listed: ListedBookmark) -> dict[str, Any]:
        """What programs are told of one of them."""
        from player.formats.bookmark_documents import bookmark_facts

        return bookmark_facts(listed, link_of(listed))


class Bookmarks(BookmarkReader):
    """The commands. Every one returns a future that is done once the change is on the disk."""

    def __init__(
        self,
        connect: Callable[[], Connection],
        reader: Connection,
        writer: Writer,
        bus: Bus,
        jobs: Jobs,
        now: Callable[[], EpochMillis],
    ) -> None:
        """`connect` opens another connection that reads, for the thread that calls it."""
        super().__init__(reader)
        self._connect = connect
        self._writer = writer
        self._bus = bus
        self._jobs = jobs
        self._now = now

    def find(self, words: str) -> Future[list[BookmarkId]]:
        """What `ids` gives, beside the home thread: of ten thousand every one is looked at, which takes 20 to 70 ms."""

        def look() -> list[BookmarkId]:
            with closing(self._connect()) as connection:
                return BookmarkReader(connection).ids(words)

        return self._jobs.submit(look)

    def add(
        self, episode: EpisodeId, start: Millis, *, stop: Millis | None = None, text: str = ""
    ) -> Future[BookmarkId]:
        """Mark a place of an episode; the future may hold a NotFoundError."""
        now = self._now()
        return self._writer.submit(
            lambda connection: stored.add(connection, episode, start, now, stop=stop, text=text),
            lambda: self._tell((episode,)),
        )

    def set_text(self, bookmark: Bookmark, text: str) -> Future[None]:
        """Give it another line of text."""
        return self._change(bookmark, lambda connection: stored.set_text(connection, bookmark.id, text))

    def set_stop(self, bookmark: Bookmark, stop: Millis | None) -> Future[None]:
        """Let it end at `stop`, or (None, or not behind its start) be a place again."""
        return self._change(bookmark, lambda connection: stored.set_stop(connection, bookmark.id, stop))

    def remove(self, ids: Iterable[BookmarkId]) -> Future[tuple[Bookmark, ...]]:
        """Take some away; the future holds them, for `restore`."""
        wanted = tuple(ids)
        gone: list[EpisodeId] = []

        def write(connection: Connection) -> tuple[Bookmark, ...]:
            removed = stored.remove(connection, wanted)
            gone.extend(each.episode for each in removed)
            return removed

        return self._writer.submit(write, lambda: self._tell(tuple(dict.fromkeys(gone))))

    def restore(self, bookmarks: Sequence[Bookmark]) -> Future[None]:
        """Bring back what was taken away."""
        return self._writer.submit(
            lambda connection: stored.restore(connection, bookmarks),
            lambda: self._tell(tuple(dict.fromkeys(each.episode for each in bookmarks))),
        )

    def export(self, path: Path, kind: str, words: str = "") -> Future[int]:
        """Write those that have `words` to `path`; the future holds how many, or a FileError."""

        def write() -> int:
            body, count = self._writer.submit(lambda library: BookmarkReader(library).document(kind, words)).result()
            write_document(path, body)
            return count

        return self._jobs.submit(write)

    def _change(self, bookmark: Bookmark, write: Callable[[Connection], None]) -> Future[None]:
        return self._writer.submit(write, lambda: self._tell((bookmark.episode,)))

    def _tell(self, episodes: tuple[EpisodeId, ...]) -> None:
        if episodes:
            self._bus.publish(BookmarksChanged(episodes))


def link_of(listed: ListedBookmark) -> str:
    """The link to a bookmark's place."""
    return link_text(EpisodeLink(listed.feed_url, listed.guid, listed.bookmark.start))
