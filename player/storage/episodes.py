"""Episodes: reading and finding them, their notes, their downloads, and the listener's own audio files.

Must not know how views show them, nor what is in the files on disk.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from player.core.errors import NotFoundError
from player.core.model import (
    FILES_TITLE,
    Download,
    DownloadState,
    Enclosure,
    Episode,
    EpisodeId,
    EpisodeQuery,
    EpochMillis,
    Millis,
    PodcastId,
)
from player.core.phrases import Phrase, packed, unpacked
from player.core.search_text import list_name
from player.storage.audio_versions import leave_version
from player.storage.database import change, row, rows, transaction
from player.storage.feeds import files_shelf
from player.storage.listing import episode_ids

_COLUMNS = """
    e.id, e.podcast, p.title, e.guid, e.title, e.link, e.published, coalesce(e.measured, e.duration),
    e.enclosure_url, e.enclosure_type, e.enclosure_length,
    d.state, d.path, d.received, d.total, d.problem,
    coalesce(l.position, 0), coalesce(l.is_played, 0), e.chapter_count
"""
_JOINS = """
    JOIN podcast p ON p.id = e.podcast
    LEFT JOIN download d ON d.episode = e.id
    LEFT JOIN listening l ON l.episode = e.id
"""
_DOWNLOAD = "episode, state, path, received, total, problem"


def episodes(connection: Connection, ids: Sequence[EpisodeId]) -> list[Episode]:
    """The episodes with these ids, in the same order; those that are gone are left out."""
    # CROSS JOIN: the ids are to be walked in their order, each one looked up by its key.
    sql = f"""
        SELECT {_COLUMNS} FROM json_each(?) wanted CROSS JOIN episode e ON e.id = wanted.value {_JOINS}
        ORDER BY wanted.key
    """
    return [_episode(found) for found in rows(connection, sql, (json.dumps(ids),))]


def episode(connection: Connection, episode: EpisodeId) -> Episode:
    """One episode. Raises NotFoundError."""
    found = episodes(connection, [episode])
    if not found:
        raise NotFoundError(Phrase("reasons", "episode"), str(episode))
    return found[0]


def is_downloaded(connection: Connection, episode: EpisodeId) -> bool:
    """Whether all of an episode's file has come; not for one that is gone."""
    sql = "SELECT 1 FROM download WHERE episode = ? AND state = ?"
    return row(connection, sql, (episode, DownloadState.COMPLETE)) is not None


def find_episode(connection: Connection, words: str) -> Episode:
    """The episode that `words` mean: its number, guid, address, file or title, or the beginning or a part of a title.

    Among equals the newest. Raises NotFoundError.
    """
    wanted = words.strip()
    number = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 18 else -1
    exact = row(
        connection,
        "SELECT id FROM episode WHERE id = ? OR guid = ? OR enclosure_url = ? ORDER BY id = ? DESC, sorted_at DESC",
        (number, wanted, wanted, number),
    )
    if exact is not None:
        return episode(connection, EpisodeId(exact[0]))
    ids = episode_ids(connection, EpisodeQuery(words=wanted)) if list_name(wanted) else []
    if not ids:
        raise NotFoundError(Phrase("reasons", "episode"), words)
    sql = "SELECT e.id, e.title FROM json_each(?) w CROSS JOIN episode e ON e.id = w.value ORDER BY w.key"
    candidates, folded = rows(connection, sql, (json.dumps(ids),)), wanted.casefold()
    for test in (str.__eq__, str.startswith, str.__contains__):
        for id_, title in candidates:
            if test(title.casefold(), folded):
                return episode(connection, id_)
    return episode(connection, ids[0])


def notes(connection: Connection, episode: EpisodeId) -> str:
    """The best text of an episode as the feed gave it, HTML or plain; empty when there is none."""
    found = row(connection, "SELECT text FROM notes WHERE episode = ? ORDER BY place", (episode,))
    return str(found[0]) if found else ""


def all_notes(connection: Connection, episode: EpisodeId) -> tuple[str, ...]:
    """All texts of an episode, the best one first."""
    found = rows(connection, "SELECT text FROM notes WHERE episode = ? ORDER BY place", (episode,))
    return tuple(text for (text,) in found)


def add_file_episode(
    connection: Connection, path: Path, *, title: str, duration: Millis | None, now: EpochMillis
) -> tuple[PodcastId, EpisodeId]:
    """Put an audio file, which stays where it is, onto the shelf of files.

    `path` is absolute and tells whether the file is there already: then it keeps its id and place, and the rest is
    renewed.
    """
    with transaction(connection):
        shelf = files_shelf(connection, now)
        sql = """
            INSERT INTO episode (podcast, guid, title, sorted_at, measured) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (podcast, guid) DO UPDATE SET title = excluded.title, measured = excluded.measured
        """
        change(connection, sql, (shelf, str(path), title, now, duration))
        found = row(connection, "SELECT id FROM episode WHERE podcast = ? AND guid = ?", (shelf, str(path)))
        id_ = EpisodeId(found[0] if found else 0)
        set_download(connection, Download(id_, DownloadState.COMPLETE, str(path)))
    return shelf, id_


def set_duration(connection: Connection, episode: EpisodeId, duration: Millis) -> None:
    """Keep how long the audio is by the decoder's count; from now on this counts, not what the feed says."""
    change(connection, "UPDATE episode SET measured = ? WHERE id = ?", (duration, episode))


def set_download(
    connection: Connection, download: Download, etag: str | None = None, last_modified: str | None = None
) -> None:
    """Keep the state of a download; `DownloadState.NONE` forgets it. Validators that are None leave those known.

    An episode that is gone is passed over: its podcast may be removed while a transfer runs.
    """
    if download.state is DownloadState.NONE:
        leave_version(connection, download.episode)
        change(connection, "DELETE FROM download WHERE episode = ?", (download.episode,))
        return
    sql = f"""
        INSERT INTO download ({_DOWNLOAD}, etag, last_modified, place)
        SELECT id, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(place), 0) + 1 FROM download) FROM episode WHERE id = ?
        ON CONFLICT (episode) DO UPDATE SET
            state = excluded.state, path = excluded.path, received = excluded.received, total = excluded.total,
            problem = excluded.problem, etag = coalesce(excluded.etag, etag),
            last_modified = coalesce(excluded.last_modified, last_modified)
    """
    facts = (download.state, download.path, download.received, download.total, packed(download.problem))
    change(connection, sql, (*facts, etag, last_modified, download.episode))


def downloads(connection: Connection, states: Iterable[DownloadState] = tuple(DownloadState)) -> list[Download]:
    """All downloads in any of these states, in the order in which they were asked for, or were put by the listener."""
    wanted = json.dumps(list(states))
    sql = f"SELECT {_DOWNLOAD} FROM download WHERE state IN (SELECT value FROM json_each(?)) ORDER BY place, episode"
    return [
        Download(EpisodeId(id_), DownloadState(state), path, received, total, unpacked(problem))
        for id_, state, path, received, total, problem in rows(connection, sql, (wanted,))
    ]


def cover_url(connection: Connection, episode: EpisodeId) -> str | None:
    """Where on the web an episode's picture is, else that of its podcast; None where neither has one."""
    sql = "SELECT coalesce(e.image_url, p.image_url) FROM episode e JOIN podcast p ON p.id = e.podcast WHERE e.id = ?"
    found = row(connection, sql, (episode,))
    return found[0] if found else None


def set_tagging_due(connection: Connection, episode: EpisodeId, *, is_due: bool) -> None:
    """Note that chapters and cover are still to be written into an episode's file, or not any more."""
    change(connection, "UPDATE download SET is_tagging_due = ? WHERE episode = ?", (is_due, episode))


def tagging_due(connection: Connection) -> list[EpisodeId]:
    """The episodes with whole files into which chapters and cover are still to be written, in their order."""
    sql = "SELECT episode FROM download WHERE is_tagging_due AND state = ? ORDER BY place, episode"
    return [EpisodeId(found) for (found,) in rows(connection, sql, (DownloadState.COMPLETE,))]


def is_tagging_due(connection: Connection, episode: EpisodeId) -> bool:
    """Whether they are still to be written into this one's."""
    found = row(connection, "SELECT is_tagging_due FROM download WHERE episode = ?", (episode,))
    return bool(found and found[0])


def store_order(connection: Connection, ids: Sequence[EpisodeId]) -> None:
    """Keep the order of downloads: these take the places that they have, in this order. Those that are gone do not."""
    wanted = json.dumps(list(ids))
    sql = """
        WITH wanted AS (
            SELECT d.episode, row_number() OVER (ORDER BY w.key) AS number
            FROM json_each(?) w JOIN download d ON d.episode = w.value
        ),
        places AS (SELECT place, row_number() OVER (ORDER BY place, episode) AS number FROM download
            WHERE episode IN (SELECT episode FROM wanted))
        UPDATE download SET place = places.place FROM wanted JOIN places USING (number)
        WHERE download.episode = wanted.episode
    """
    change(connection, sql, (wanted,))


def validators(connection: Connection, episode: EpisodeId) -> tuple[str | None, str | None]:
    """The ETag and Last-Modified under which the episode's audio was fetched; None where not known."""
    found = row(connection, "SELECT etag, last_modified FROM download WHERE episode = ?", (episode,))
    return (found[0], found[1]) if found else (None, None)


def _episode(found: Sequence[Any]) -> Episode:
    id_, podcast, podcast_title, guid, title, link, published, duration, url, media_type, length, *rest = found
    state, path, received, total, problem, position, is_played, chapter_count = rest
    download = (
        Download(id_, DownloadState(state), path, received, total, unpacked(problem))
        if state
        else Download(id_, DownloadState.NONE)
    )
    return Episode(
        id=EpisodeId(id_),
        podcast=PodcastId(podcast),
        podcast_title=FILES_TITLE if podcast_title == FILES_TITLE else podcast_title,
        guid=guid,
        title=title,
        link=link,
        published=published,
        duration=duration,
        enclosure=Enclosure(url, media_type, length) if url else None,
        download=download,
        position=position,
        is_played=bool(is_played),
        chapter_count=chapter_count,
    )
