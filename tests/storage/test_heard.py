"""What was heard of each episode, and how the played mark and it stay of one mind."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.heard import NOTHING, WHOLE
from player.core.model import EpisodeId, FetchedEpisode, FetchedFeed, PodcastId
from player.core.ranges import Ranges
from player.storage import database, feeds, listening
from player.storage.database import change, open_writer, row, rows
from player.storage.heard import add_heard, heard, kept_heard, read_spans, store_heard, write_spans
from player.storage.heard_schema import HEARD
from player.storage.merging import merge_podcast
from player.storage.schema import MIGRATIONS

GONE = EpisodeId(77)
MINUTE = ((0, 60_000),)
LATER = ((90_000, 120_000),)


def feed(*guids: str) -> FetchedFeed:
    return FetchedFeed("The Show", None, "", None, None, tuple(FetchedEpisode(each, each) for each in guids))


@pytest.fixture
def ids(library: Connection, show: PodcastId) -> tuple[EpisodeId, ...]:
    return feeds.store_feed(library, show, feed("a", "b", "c"), 1).new


def kept(library: Connection) -> list[tuple[int, str]]:
    return rows(library, "SELECT episode, spans FROM heard ORDER BY episode")


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99))).map(Ranges.of))
def test_ranges_are_read_as_they_were_written(ranges: Ranges) -> None:
    assert read_spans(write_spans(ranges)) == ranges


def test_stretches_add_up(library: Connection, ids: tuple[EpisodeId, ...]) -> None:
    assert heard(library, ids[0]) == NOTHING
    for span in ((0, 4000), (4000, 8000), (90_000, 120_000), (9_500, 60_000)):
        add_heard(library, ids[0], [span])
    add_heard(library, GONE, MINUTE)
    assert kept(library) == [(ids[0], "0-60000,90000-120000")]
    assert heard(library, ids[0]) == Ranges((*MINUTE, *LATER))
    feeds.remove_podcast(library, PodcastId(1))
    assert kept(library) == []


def test_the_played_mark_and_what_was_heard_are_of_one_mind(library: Connection, ids: tuple[EpisodeId, ...]) -> None:
    one, two, three = ids
    add_heard(library, one, MINUTE)
    marked = listening.set_played(library, ids, True, 5)
    assert [heard(library, each) for each in ids] == [WHOLE] * 3
    add_heard(library, two, MINUTE)
    assert kept(library) == []
    listening.unmark(library, marked)
    assert [heard(library, each) for each in ids] == [Ranges(MINUTE), NOTHING, NOTHING]
    # Who comes to the end of it has not heard what was jumped over.
    listening.store_played(library, three, True, 6)
    store_heard(library, three, Ranges(LATER))
    assert heard(library, three) == Ranges(LATER)
    store_heard(library, three, NOTHING)
    assert heard(library, three) == NOTHING
    store_heard(library, three, WHOLE)
    assert kept(library) == [(one, "0-60000")]


def test_an_episode_that_is_not_played_was_not_heard(library: Connection, ids: tuple[EpisodeId, ...]) -> None:
    one, two, _ = ids
    listening.store_played(library, one, True, 3)
    add_heard(library, two, MINUTE)
    listening.store_played(library, two, True, 3)
    marked = listening.set_played(library, ids, False, 5)
    assert [heard(library, each) for each in ids] == [NOTHING] * 3
    for each in (one, two):
        add_heard(library, each, LATER)
    listening.unmark(library, marked)
    assert [heard(library, each) for each in ids] == [WHOLE, Ranges((*MINUTE, *LATER)), NOTHING]
    assert row(library, "SELECT count(*) FROM listening WHERE is_played") == (2,)


@pytest.mark.parametrize(
    ("here", "there", "united"),
    [
        (MINUTE, (), Ranges(MINUTE)),
        ((), LATER, Ranges(LATER)),
        (MINUTE, LATER, Ranges((*MINUTE, *LATER))),
        (None, LATER, WHOLE),
        (MINUTE, None, WHOLE),
    ],
)
def test_what_was_heard_of_either_of_two_was_heard(
    library: Connection,
    show: PodcastId,
    here: tuple[tuple[int, int], ...] | None,
    there: tuple[tuple[int, int], ...] | None,
    united: Ranges,
) -> None:
    other = feeds.add_podcast(library, "https://y.org/feed", "The Show", 1)
    for podcast, spans in ((show, here), (other, there)):
        (episode,) = feeds.store_feed(library, podcast, feed("a"), 1).new
        listening.store_position(library, episode, 1000, 1)
        if spans is None:
            listening.set_played(library, [episode], True, 2)
        else:
            add_heard(library, episode, spans)
    merge_podcast(library, show, other, 5)
    ((episode,),) = rows(library, "SELECT id FROM episode")
    assert heard(library, episode) == united


def test_an_older_library_takes_what_lies_before_a_place_for_heard(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with patch.object(database, "MIGRATIONS", MIGRATIONS[: MIGRATIONS.index(HEARD)]), closing(open_writer(path)) as old:
        show = feeds.add_podcast(old, "https://x.org/feed", "The Show", 1)
        one, two, three = feeds.store_feed(old, show, feed("a", "b", "c"), 1).new
        for episode, position, is_played in ((one, 5000, 0), (two, 7000, 1), (three, 0, 0)):
            change(old, "INSERT INTO listening VALUES (?, ?, ?, 1)", (episode, position, is_played))
    with closing(open_writer(path)) as library:
        assert [heard(library, each) for each in (one, two, three)] == [Ranges(((0, 5000),)), WHOLE, NOTHING]
        assert kept_heard(library, (one, two)) == {one: Ranges(((0, 5000),))}
    with closing(sqlite3.connect(path)) as library:
        assert library.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
