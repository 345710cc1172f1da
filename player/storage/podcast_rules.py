"""What the listener sets for podcasts as a whole, and what its rules look at.

Must not know what the rules decide (`core.edges`, `core.auto_download`, `core.keeping`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from sqlite3 import Connection

from player.core.auto_download import AutoDownload, ListedEpisode
from player.core.edges import Edges
from player.core.keeping import Keep, KeptDownload, keep_meant, keep_words
from player.core.model import EpisodeId, Millis, PodcastId, PodcastKind
from player.core.podcast_rules import PodcastRules
from player.storage.database import change, change_many, row, rows


def rules(connection: Connection, podcast: PodcastId) -> PodcastRules | None:
    """What is set for a podcast; None for one that is new."""
    sql = """
        SELECT intro, outro, most, contains, lacks, only_with_chapters, keep, announces
        FROM podcast_rules WHERE podcast = ?
    """
    found = row(connection, sql, (podcast,))
    if found is None:
        return None
    intro, outro, most, contains, lacks, only_with_chapters, keep, announces = found
    download = AutoDownload(most, contains, lacks, bool(only_with_chapters))
    return PodcastRules(Edges(intro, outro), download, _keep(keep), bool(announces))


def store_rules(connection: Connection, podcast: PodcastId, rules: PodcastRules) -> None:
    """Keep what is set for a podcast. One that is gone is passed over."""
    sql = """
        INSERT INTO podcast_rules
            (podcast, intro, outro, most, contains, lacks, only_with_chapters, keep, announces)
        SELECT id, ?, ?, ?, ?, ?, ?, ?, ? FROM podcast WHERE id = ?
        ON CONFLICT (podcast) DO UPDATE SET intro = excluded.intro, outro = excluded.outro, most = excluded.most,
            contains = excluded.contains, lacks = excluded.lacks, only_with_chapters = excluded.only_with_chapters,
            keep = excluded.keep, announces = excluded.announces
    """
    edges, download = rules.edges, rules.auto_download
    values = (edges.intro, edges.outro, download.most, download.contains, download.lacks)
    flags = (int(download.only_with_chapters), keep_words(rules.keep), int(rules.announces))
    change(connection, sql, (*values, *flags, podcast))


def without_rules(connection: Connection, podcasts: Iterable[PodcastId]) -> list[PodcastId]:
    """Which of these podcasts are new: feeds for which nothing was set yet."""
    sql = """
        SELECT id FROM podcast WHERE id IN (SELECT value FROM json_each(?)) AND kind = ?
            AND id NOT IN (SELECT podcast FROM podcast_rules)
    """
    return [PodcastId(id_) for (id_,) in rows(connection, sql, (json.dumps(list(podcasts)), PodcastKind.FEED))]


def with_keep_rules(connection: Connection) -> list[PodcastId]:
    """The podcasts whose downloads are not all kept."""
    found = rows(connection, "SELECT podcast FROM podcast_rules WHERE keep <> 'all' ORDER BY podcast")
    return [PodcastId(id_) for (id_,) in found]


def with_downloads(connection: Connection) -> list[PodcastId]:
    """The podcasts of which anything is downloaded."""
    found = rows(connection, "SELECT podcast FROM podcast_listing WHERE downloads > 0 ORDER BY podcast")
    return [PodcastId(id_) for (id_,) in found]


def edges(connection: Connection, episodes: Iterable[EpisodeId]) -> dict[EpisodeId, tuple[Edges, Millis | None]]:
    """What is left out at both ends of those episodes of which something is, each with its length."""
    sql = """
        SELECT e.id, r.intro, r.outro, coalesce(e.measured, e.duration)
        FROM json_each(?) wanted JOIN episode e ON e.id = wanted.value JOIN podcast_rules r ON r.podcast = e.podcast
        WHERE r.intro + r.outro > 0
    """
    found = rows(connection, sql, (json.dumps(list(episodes)),))
    return {EpisodeId(id_): (Edges(intro, outro), duration) for id_, intro, outro, duration in found}


def listed(connection: Connection, podcast: PodcastId, new: Collection[EpisodeId]) -> list[ListedEpisode]:
    """All episodes of a podcast, newest first; `new` says which are. One with a chapter document has chapters."""
    # In one row, as the ids of lists are: see storage.episodes.
    sql = """
        SELECT json_group_array(json_array(id, title, sorted_at, has_chapters)) FROM (
            SELECT id, title, sorted_at,
                chapter_count > 0 OR id IN (SELECT episode FROM chapter_document) AS has_chapters
            FROM episode WHERE podcast = ? ORDER BY sorted_at DESC, id DESC
        )
    """
    found = row(connection, sql, (podcast,))
    return [
        ListedEpisode(EpisodeId(id_), title, published, bool(has_chapters), id_ in new)
        for id_, title, published, has_chapters in json.loads(found[0] if found else "[]")
    ]


def kept_downloads(
    connection: Connection, podcast: PodcastId | None, is_ours: Callable[[Path], bool], is_open: Collection[EpisodeId]
) -> list[KeptDownload]:
    """The complete downloads of a podcast, the newest episode first; or of all (None), the first asked for first.

    Those that are not `is_ours` are the listener's own.
    """
    which = "TRUE ORDER BY d.place, e.id" if podcast is None else "e.podcast = ? ORDER BY e.sorted_at DESC, e.id DESC"
    sql = f"""
        SELECT e.id, d.path, d.received, l.is_played, l.position, l.changed_at,
            e.id IN (SELECT episode FROM queue_entry), e.id IN (SELECT episode FROM kept_download)
        FROM download d JOIN episode e ON e.id = d.episode LEFT JOIN listening l ON l.episode = e.id
        WHERE d.state = 'complete' AND {which}
    """
    return [
        KeptDownload(
            EpisodeId(id_),
            size,
            played_at=changed_at if is_played else None,
            is_begun=bool(position) and not is_played,
            is_queued=bool(is_queued),
            is_open=id_ in is_open,
            is_wanted=bool(is_wanted),
            is_own_file=path is None or not is_ours(Path(path)),
        )
        for id_, path, size, is_played, position, changed_at, is_queued, is_wanted in rows(
            connection, sql, () if podcast is None else (podcast,)
        )
    ]


def is_wanted(connection: Connection, episode: EpisodeId) -> bool:
    """Whether the listener wants the download of an episode to be kept."""
    return row(connection, "SELECT 1 FROM kept_download WHERE episode = ?", (episode,)) is not None


def store_wanted(connection: Connection, episodes: Iterable[EpisodeId], *, is_wanted: bool) -> None:
    """Keep whether the listener wants downloads to be kept. Episodes that are gone are passed over."""
    if is_wanted:
        sql = "INSERT OR IGNORE INTO kept_download (episode) SELECT id FROM episode WHERE id = ?"
    else:
        sql = "DELETE FROM kept_download WHERE episode = ?"
    change_many(connection, sql, [(episode,) for episode in episodes])


def _keep(words: str) -> Keep:
    try:
        return keep_meant(words)
    except ValueError:
        return Keep()
