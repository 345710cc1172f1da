"""What a feed gives besides an episode's details and notes: soundbites, addresses of transcripts, facts of all kinds.

Must not know how a transcript is fetched or read, nor where soundbites are shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from sqlite3 import Connection
from typing import Any

from player.core.feed_facts import EpisodeFacts, Funding, Person, PodcastFacts
from player.core.model import EpisodeId, FetchedEpisode, LinkedDocument, PodcastId, Soundbite
from player.storage.database import change, change_many, row, rows
from player.storage.transcripts import feed_changed


def set_extras(connection: Connection, described: Iterable[tuple[EpisodeId, FetchedEpisode]]) -> None:
    """Keep what the feed gives for these episodes now, in place of what it gave before."""
    listed = list(described)
    ids = json.dumps([episode for episode, _ in listed])
    for table in ("soundbite", "transcript", "episode_facts"):
        change(connection, f"DELETE FROM {table} WHERE episode IN (SELECT value FROM json_each(?))", (ids,))
    change_many(
        connection,
        "INSERT INTO soundbite (episode, place, start, length, title) VALUES (?, ?, ?, ?, ?)",
        [
            (episode, place, each.start, each.length, each.title)
            for episode, fetched in listed
            for place, each in enumerate(fetched.soundbites)
        ],
    )
    change_many(
        connection,
        "INSERT INTO transcript (episode, place, url, media_type, language, is_captions) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (episode, place, each.url, each.media_type, each.language, each.is_captions)
            for episode, fetched in listed
            for place, each in enumerate(fetched.transcripts)
        ],
    )
    change_many(
        connection,
        "INSERT INTO episode_facts (episode, content) VALUES (?, ?)",
        [(episode, to_json(fetched.facts)) for episode, fetched in listed if fetched.facts],
    )
    feed_changed(connection, (episode for episode, _ in listed))


def soundbites(connection: Connection, episode: EpisodeId) -> tuple[Soundbite, ...]:
    """The passages that the publisher recommends, in the order of the feed; times as published."""
    sql = "SELECT start, length, title FROM soundbite WHERE episode = ? ORDER BY place"
    return tuple(Soundbite(*found) for found in rows(connection, sql, (episode,)))


def transcripts(connection: Connection, episode: EpisodeId) -> tuple[LinkedDocument, ...]:
    """Where transcripts lie, in the order of the feed."""
    sql = "SELECT url, media_type, language, is_captions FROM transcript WHERE episode = ? ORDER BY place"
    return tuple(
        LinkedDocument(url, media_type, language, bool(is_captions))
        for url, media_type, language, is_captions in rows(connection, sql, (episode,))
    )


def episode_facts(connection: Connection, episode: EpisodeId) -> EpisodeFacts:
    """Season, number, kind and persons of an episode."""
    found = row(connection, "SELECT content FROM episode_facts WHERE episode = ?", (episode,))
    kept = json.loads(found[0]) if found else {}
    return EpisodeFacts(**{**kept, "persons": _persons(kept)})


def podcast_facts(connection: Connection, podcast: PodcastId) -> PodcastFacts:
    """What a feed says of the podcast as a whole."""
    found = row(connection, "SELECT facts FROM podcast WHERE id = ?", (podcast,))
    kept = json.loads(found[0]) if found and found[0] else {}
    funding = tuple(Funding(**each) for each in kept.get("funding", ()))
    return PodcastFacts(**{**kept, "persons": _persons(kept), "funding": funding})


def to_json(facts: EpisodeFacts | PodcastFacts | None) -> str | None:
    """What differs from the defaults, so that it is short; None for None."""
    return None if facts is None else json.dumps(_said(facts), ensure_ascii=False, separators=(",", ":"))


def _said(value: Any) -> Any:
    """A value without what is as it is when nobody says anything."""
    if isinstance(value, tuple):
        return [_said(each) for each in value]
    if not is_dataclass(value):
        return value
    told = ((field, getattr(value, field.name)) for field in fields(value))
    return {field.name: _said(found) for field, found in told if found != field.default}


def _persons(kept: dict[str, Any]) -> tuple[Person, ...]:
    return tuple(Person(**each) for each in kept.get("persons", ()))
