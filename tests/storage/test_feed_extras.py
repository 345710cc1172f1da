"""Soundbites and the addresses of transcripts: kept with the episode, and as the feed has them now."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from itertools import chain
from pathlib import Path
from sqlite3 import Connection

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.core.feed_facts import EpisodeFacts, Funding, Person, PodcastFacts
from player.core.model import EpisodeId, FetchedEpisode, FetchedFeed, LinkedDocument, PodcastId, Soundbite
from player.core.updates import describe
from player.storage import episodes, feed_extras, feeds
from player.storage.database import open_writer, row, rows
from player.storage.feed_extras import soundbites, transcripts
from player.storage.schema import APPLICATION_ID, MIGRATIONS

BITES = (Soundbite(104_400, 12_000, "Advertising"), Soundbite(1, 2))
DOCUMENTS = (
    LinkedDocument("https://x.org/a.vtt", "text/vtt", "en", is_captions=True),
    LinkedDocument("https://x.org/a.srt"),
)
ITEM = FetchedEpisode("a", "A", soundbites=BITES, transcripts=DOCUMENTS)


def store(library: Connection, show: PodcastId, *items: FetchedEpisode) -> feeds.StoredFeed:
    return feeds.store_feed(library, show, FetchedFeed("The Show", None, "", None, None, items), 1000)


def kept(library: Connection, episode: EpisodeId) -> tuple[object, object]:
    return soundbites(library, episode), transcripts(library, episode)


def test_they_come_with_the_feed_and_stay(library: Connection, show: PodcastId) -> None:
    plain = FetchedEpisode("b", "B")
    first, second = store(library, show, ITEM, plain).new
    assert kept(library, first) == (BITES, DOCUMENTS)
    assert kept(library, second) == ((), ())
    assert store(library, show, ITEM, plain).changed == ()
    store(library, show, plain)
    assert kept(library, first) == (BITES, DOCUMENTS), "an episode that left the feed keeps what it had"


def test_they_change_with_the_feed(library: Connection, show: PodcastId) -> None:
    (episode,) = store(library, show, ITEM).new
    changed = replace(ITEM, soundbites=BITES[1:], transcripts=())
    stored = store(library, show, changed)
    assert (stored.changed, stored.with_new_texts) == ((episode,), ()), "its chapters are not read again"
    assert kept(library, episode) == (BITES[1:], ())
    store(library, show, replace(ITEM, soundbites=(), transcripts=()))
    assert kept(library, episode) == ((), ())


def test_they_go_with_the_podcast(library: Connection, show: PodcastId) -> None:
    store(library, show, ITEM)
    feeds.remove_podcast(library, show)
    assert row(library, "SELECT (SELECT count(*) FROM soundbite) + (SELECT count(*) FROM transcript)") == (0,)


def test_an_older_library_gets_them_when_its_feeds_are_read_next(path: Path) -> None:
    old = sqlite3.connect(path, isolation_level=None)
    for statement in chain(*MIGRATIONS[:3]):
        old.execute(statement)
    old.execute(
        "INSERT INTO podcast (kind, feed_url, title, added_at, etag) VALUES ('feed', 'https://x.org/feed', 'S', 1, '1')"
    )
    hashes = describe(replace(ITEM, soundbites=(), transcripts=()))
    old.execute(
        "INSERT INTO episode (podcast, guid, title, sorted_at, details_hash, chapters_hash)"
        " VALUES (1, 'a', 'A', 1, ?, ?)",
        (hashes.all, hashes.chapters),
    )
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute("PRAGMA user_version = 3")
    old.close()
    library = open_writer(path)
    show = PodcastId(1)
    assert feeds.refresh_memory(library, show).etag is None
    assert store(library, show, ITEM).changed == (EpisodeId(1),)
    assert kept(library, EpisodeId(1)) == (BITES, DOCUMENTS)
    library.close()


persons = st.builds(
    Person, st.text(), st.sampled_from(["host", "guest"]), st.text(), st.none() | st.text(), st.none() | st.text()
)
episode_values = st.builds(
    EpisodeFacts,
    season=st.none() | st.integers(0, 10**6),
    season_name=st.text(),
    number=st.text(),
    number_words=st.text(),
    kind=st.text(),
    persons=st.lists(persons, max_size=3).map(tuple),
)
podcast_values = st.builds(
    PodcastFacts,
    guid=st.text(),
    medium=st.text(),
    license=st.text(),
    license_url=st.none() | st.text(),
    is_locked=st.booleans(),
    is_serial=st.booleans(),
    is_complete=st.booleans(),
    persons=st.lists(persons, max_size=3).map(tuple),
    funding=st.lists(st.builds(Funding, st.text(), st.text()), max_size=3).map(tuple),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(episode_values, podcast_values)
def test_facts_are_read_back(library: Connection, show: PodcastId, one: EpisodeFacts, all_: PodcastFacts) -> None:
    item = FetchedEpisode("facts", "A", facts=one)
    feeds.store_feed(library, show, FetchedFeed("T", None, "", None, None, (item,), facts=all_), 1)
    episode = episodes.find_episode(library, "facts").id
    assert feed_extras.episode_facts(library, episode) == one
    assert feed_extras.podcast_facts(library, show) == all_


def test_what_says_nothing_takes_no_room(library: Connection, show: PodcastId) -> None:
    facts = EpisodeFacts(number="5")
    for kept in (facts, None):
        item = FetchedEpisode("facts", "A", facts=kept)
        feeds.store_feed(library, show, FetchedFeed("T", None, "", None, None, (item,)), 1)
        found = rows(library, "SELECT content FROM episode_facts")
        assert found == ([('{"number":"5"}',)] if kept else [])
        assert feed_extras.podcast_facts(library, show) == PodcastFacts()
