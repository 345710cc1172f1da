"""Places, played marks, values of the session, frame indexes."""

from __future__ import annotations

from sqlite3 import Connection

import pytest

from player.core.model import EpisodeId, FetchedEpisode, FetchedFeed, PodcastId
from player.storage import episodes, feeds, listening
from player.storage.database import row

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
