"""Places, played marks, values of the session, frame indexes."""

from __future__ import annotations

from sqlite3 import Connection

import pytest

from player.core.model import EpisodeId, FetchedEpisode, FetchedFeed, PodcastId
from player.storage import episodes, feeds, listening
from player.storage.database import change, row, rows

GONE = EpisodeId(77)


@pytest.fixture
def episode(library: Connection, show: PodcastId) -> EpisodeId:
    feed = FetchedFeed("The Show", None, "", None, None, (FetchedEpisode("a", "A"),))
    return feeds.store_feed(library, show, feed, 1).new[0]


def test_a_place_is_kept(library: Connection, episode: EpisodeId) -> None:
    assert listening.position(library, episode) == 0
    listening.store_position(library, episode, 1000, 1)
    listening.store_position(library, episode, 2000, 2)
    assert listening.position(library, episode) == 2000


def test_a_played_mark_keeps_the_place_and_the_other_way_round(library: Connection, episode: EpisodeId) -> None:
    listening.store_position(library, episode, 1000, 1)
    listening.set_played(library, [episode], True, 2)
    listening.store_position(library, episode, 3000, 3)
    found = episodes.episode(library, episode)
    assert (found.position, found.is_played) == (3000, True)
    listening.set_played(library, [episode], False, 4)
    assert not episodes.episode(library, episode).is_played


def test_what_is_gone_is_passed_over(library: Connection, episode: EpisodeId) -> None:
    listening.store_position(library, GONE, 1000, 1)
    listening.set_played(library, [GONE, episode], True, 1)
    listening.store_audio_index(library, GONE, b"index")
    assert row(library, "SELECT count(*) FROM listening") == (1,)
    assert listening.audio_index(library, GONE) is None


def test_session_values(library: Connection) -> None:
    assert listening.session_value(library, "playback") is None
    listening.store_session_value(library, "playback", "{}")
    listening.store_session_value(library, "playback", '{"speed": 1.5}')
    assert listening.session_value(library, "playback") == '{"speed": 1.5}'


def test_frame_indexes(library: Connection, episode: EpisodeId) -> None:
    assert listening.audio_index(library, episode) is None
    for index in (b"\x00one", b"\xfftwo"):
        listening.store_audio_index(library, episode, index)
        assert listening.audio_index(library, episode) == index


@pytest.fixture
def six(library: Connection, show: PodcastId) -> list[EpisodeId]:
    """Six episodes: one fresh, one begun, one played, one played at a place, one marked not played, one begun."""
    items = tuple(FetchedEpisode(f"s{number}", f"S {number}") for number in range(6))
    ids = list(feeds.store_feed(library, show, FetchedFeed("The Show", None, "", None, None, items), 1).new)
    listening.store_position(library, ids[1], 1000, 11)
    listening.set_played(library, [ids[2]], True, 12)
    listening.store_position(library, ids[3], 3000, 12)
    listening.set_played(library, [ids[3]], True, 13)
    listening.set_played(library, [ids[4]], True, 13)
    listening.set_played(library, [ids[4]], False, 14)
    listening.store_position(library, ids[5], 5000, 15)
    return ids


def kept(library: Connection) -> list[tuple[int, ...]]:
    sql = "SELECT episode, position, is_played, changed_at FROM listening ORDER BY episode"
    return rows(library, sql) + rows(library, "SELECT episode, traits, time_left FROM episode_listing ORDER BY 1")


@pytest.mark.parametrize("played", [True, False])
def test_a_marking_is_taken_back_to_the_letter(library: Connection, six: list[EpisodeId], played: bool) -> None:
    before = kept(library)
    marked = listening.set_played(library, [*six, GONE], played, 99)
    assert set(marked.ids) == {each for place, each in enumerate(six) if (place in (2, 3)) is not played}
    assert [each.is_played for each in episodes.episodes(library, six)] == [played] * 6
    listening.unmark(library, marked)
    assert kept(library) == before


def test_what_was_heard_since_a_marking_stays_heard(library: Connection, six: list[EpisodeId]) -> None:
    marked = listening.set_played(library, six, True, 99)
    for episode in six[:2]:
        listening.store_position(library, episode, 7000, 100)
    change(library, "DELETE FROM episode WHERE id = ?", (six[5],))
    listening.unmark(library, marked)
    found = episodes.episodes(library, six)
    assert [(each.position, each.is_played) for each in found] == [
        (7000, False),
        (7000, False),
        (0, True),
        (3000, True),
        (0, False),
    ]


def test_marking_nothing(library: Connection, six: list[EpisodeId]) -> None:
    before = kept(library)
    marked = listening.set_played(library, [], True, 99)
    assert marked.ids == ()
    listening.unmark(library, marked)
    assert kept(library) == before
