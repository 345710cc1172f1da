"""What was heard of each episode, as ranges of milliseconds in the time of its file.

Must not know chapters, nor what counts as heard (`core.heard`). An episode that is played and of which nothing is kept
here was heard as a whole: so marking thousands of episodes as played writes nothing here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from sqlite3 import Connection

from player.core.heard import NOTHING, WHOLE, with_spans
from player.core.model import EpisodeId
from player.core.ranges import Ranges
from player.core.skips import Span
from player.storage.database import change, change_many, row, rows, transaction


def heard(connection: Connection, episode: EpisodeId) -> Ranges:
    """What was heard of an episode."""
    kept = kept_heard(connection, [episode]).get(episode)
    if kept is not None:
        return kept
    return WHOLE if _is_played(connection, episode) else NOTHING


def kept_heard(connection: Connection, episodes: Iterable[EpisodeId]) -> dict[EpisodeId, Ranges]:
    """What is kept of those of the episodes of which anything is."""
    sql = "SELECT episode, spans FROM heard WHERE episode IN (SELECT value FROM json_each(?))"
    found = rows(connection, sql, (json.dumps(list(episodes)),))
    return {EpisodeId(episode): read_spans(spans) for episode, spans in found}


def add_heard(connection: Connection, episode: EpisodeId, spans: Iterable[Span]) -> None:
    """Keep that these spans were heard. An episode that is gone is passed over."""
    with transaction(connection):
        store_heard(connection, episode, with_spans(heard(connection, episode), spans))


def store_heard(connection: Connection, episode: EpisodeId, ranges: Ranges) -> None:
    """Keep what was heard in place of what was kept. An episode that is gone is passed over."""
    if ranges == WHOLE and _is_played(connection, episode):
        forget_heard(connection, [episode])
        return
    sql = """
        INSERT INTO heard (episode, spans) SELECT id, ? FROM episode WHERE id = ?
        ON CONFLICT (episode) DO UPDATE SET spans = excluded.spans
    """
    change(connection, sql, (write_spans(ranges), episode))


def forget_heard(connection: Connection, episodes: Iterable[EpisodeId]) -> None:
    """Keep nothing of these episodes: they were heard as a whole if they are played, else not at all."""
    change(
        connection,
        "DELETE FROM heard WHERE episode IN (SELECT value FROM json_each(?))",
        (json.dumps(list(episodes)),),
    )


def restore_heard(connection: Connection, kept: Iterable[tuple[EpisodeId, Ranges]]) -> None:
    """Keep again what was kept of these episodes, with what was heard of them since."""
    kept = list(kept)
    now = kept_heard(connection, (episode for episode, _ in kept))
    change_many(
        connection,
        "INSERT OR REPLACE INTO heard (episode, spans) SELECT id, ? FROM episode WHERE id = ?",
        [(write_spans(with_spans(then, now.get(episode, NOTHING).spans)), episode) for episode, then in kept],
    )


def unite_heard(connection: Connection, one: EpisodeId, other: EpisodeId) -> None:
    """Two episodes turn out to be one, `other`, which is played if one of them was: what was heard of either is."""
    both = with_spans(heard(connection, one), heard(connection, other).spans)
    forget_heard(connection, [one, other])
    if both not in (NOTHING, WHOLE):
        store_heard(connection, other, both)


def read_spans(text: str) -> Ranges:
    """The ranges that are kept as "0-808123,900000-960000"."""
    return Ranges.of((int(start), int(stop)) for start, _, stop in (each.partition("-") for each in text.split(",")))


def write_spans(ranges: Ranges) -> str:
    """The text to keep; that of no ranges says so, too: nothing of a played episode was heard."""
    return ",".join(f"{start}-{stop}" for start, stop in ranges.spans) or "0-0"


def _is_played(connection: Connection, episode: EpisodeId) -> bool:
    return row(connection, "SELECT 1 FROM listening WHERE episode = ? AND is_played", (episode,)) is not None
