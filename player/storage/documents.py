"""Chapter documents on the web: where each episode's lies, and what its server last said.

Must not know how a document is fetched or read; the chapters themselves are in `storage.chapters`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Connection

from player.core.model import ChapterSource, EpisodeId, EpochMillis, LinkedDocument
from player.core.phrases import packed, unpacked
from player.storage.database import change, change_many, row


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """An episode's chapter document.

    `asked_at` is when its server was last asked since the feed last changed the episode, None when it must be asked.
    `entries` is the number of chapters in the list that was taken from it, None before the first. `problem` says why
    the last answer was not taken.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    asked_at: EpochMillis | None = None
    entries: int | None = None
    problem: str | None = None


def set_documents(connection: Connection, documents: Iterable[tuple[EpisodeId, LinkedDocument | None]]) -> None:
    """Keep what the feed says of these episodes.

    A document at the same address is to be asked for again, no more. The list of one that moved stays until the new one
    is read; where the feed names none any more, its list goes with it.
    """
    listed = list(documents)
    change_many(
        connection,
        """
        DELETE FROM chapter_list
        WHERE source = ? AND episode IN (SELECT episode FROM chapter_document WHERE episode = ?)
        """,
        [(ChapterSource.DOCUMENT, episode) for episode, document in listed if document is None],
    )
    change_many(
        connection,
        "DELETE FROM chapter_document WHERE episode = ? AND url IS NOT ?",
        [(episode, document.url if document else None) for episode, document in listed],
    )
    sql = """
        INSERT INTO chapter_document (episode, url) VALUES (?, ?)
        ON CONFLICT (episode) DO UPDATE SET asked_at = NULL
    """
    change_many(connection, sql, [(episode, document.url) for episode, document in listed if document])


def document(connection: Connection, episode: EpisodeId) -> KeptDocument | None:
    """The chapter document of an episode, or None when its feed names none."""
    sql = "SELECT url, etag, last_modified, asked_at, entries, problem FROM chapter_document WHERE episode = ?"
    found = row(connection, sql, (episode,))
    if found is None:
        return None
    url, etag, last_modified, asked_at, entries, problem = found
    return KeptDocument(url, etag, last_modified, asked_at, entries, unpacked(problem))


def record_document(connection: Connection, episode: EpisodeId, document: KeptDocument) -> None:
    """Keep what a server said. Nothing happens when the feed has gone on to another address meanwhile."""
    sql = """
        UPDATE chapter_document SET etag = ?, last_modified = ?, asked_at = ?, entries = ?, problem = ?
        WHERE episode = ? AND url = ?
    """
    facts = (document.etag, document.last_modified, document.asked_at, document.entries, packed(document.problem))
    change(connection, sql, (*facts, episode, document.url))
