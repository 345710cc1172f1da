"""How podcasts sound: one choice for all, one of its own, and what was saved."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import connect

import pytest

from house import House, build
from player.app.sounds import Sounds
from player.core.model import EpisodeId, EpisodeQuery, PodcastId
from player.core.sound import Sound, Trimming
from webserver import WebServer

FAST = Sound(1.8, Trimming.MEDIUM)


@pytest.fixture
def podcast(house: House, publisher: WebServer) -> PodcastId:
    return house.services.subscriptions.add(publisher.url("/feed.xml")).result()


@pytest.fixture
def episode(house: House, podcast: PodcastId) -> EpisodeId:
    return house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]


@pytest.fixture
def file(house: House, audio: Path) -> EpisodeId:
    """An episode of another podcast."""
    return house.services.subscriptions.add_file(audio).result()


def current(sounds: Sounds) -> tuple[Sound, bool]:
    return sounds.current, sounds.is_own


def test_a_sound_is_for_all_unless_it_is_kept_apart(house: House, episode: EpisodeId, file: EpisodeId) -> None:
    sounds, playback = house.services.sounds, house.services.playback
    playback.open(episode)
    sounds.choose(Sound(1.2))
    sounds.keep_apart(True)
    assert current(sounds) == (Sound(1.2), True)
    sounds.choose(FAST)
    assert playback.state.sound == house.engine.sound == FAST
    assert playback.state.is_sound_own
    playback.open(file)
    assert current(sounds) == (Sound(1.2), False)
    assert house.engine.sound == Sound(1.2)
    sounds.choose(Sound(0.9))
    playback.open(episode)
    assert house.engine.sound == FAST
    sounds.keep_apart(False)
    assert current(sounds) == (Sound(0.9), False)
    assert house.engine.sound == Sound(0.9)


def test_choices_survive(house: House, episode: EpisodeId, tmp_path: Path) -> None:
    sounds = house.services.sounds
    sounds.choose(Sound(1.1, Trimming.GENTLE, is_levelled=True, is_mono=True))
    house.services.playback.open(episode)
    sounds.keep_apart(True)
    sounds.choose(FAST)
    house.services.close()
    again = build(tmp_path / "profile")
    assert again.services.sounds.current == Sound(1.1, Trimming.GENTLE, is_levelled=True, is_mono=True)
    again.services.playback.restore()
    assert current(again.services.sounds) == (FAST, True)
    assert again.engine.sound == FAST
    house.services = again.services


def test_nonsense_in_the_profile_is_no_sound(house: House, tmp_path: Path) -> None:
    house.services.close()
    for value in ("{", "[1]", '{"speed": "fast"}', '{"trimming": 3}', '{"speed": null}'):
        connection = connect(tmp_path / "profile" / "library.sqlite3")
        connection.execute("INSERT OR REPLACE INTO session VALUES ('sound', ?)", (value,))
        connection.commit()
        connection.close()
        house.services = build(tmp_path / "profile").services
        assert house.services.sounds.current == Sound()
        house.services.close()
    house.services = build(tmp_path / "other").services


def test_what_trimming_saves_is_learned(house: House, episode: EpisodeId) -> None:
    playback = house.services.playback
    house.engine.trimmed = 0.2
    house.services.sounds.choose(Sound(1.0, Trimming.STRONG))
    playback.open(episode)
    for _ in range(4):
        playback.jump(0)
        house.listened(20_000)
    assert playback.state.trimmed == pytest.approx(0.2)
    assert playback.state.time_for(10_000) == 8_000
    house.services.sounds.choose(Sound(1.0, Trimming.GENTLE))
    house.listened(5_000)
    assert playback.state.trimmed == 0


def test_chapter_starts_are_told_to_the_engine(house: House, episode: EpisodeId) -> None:
    house.services.playback.open(episode)
    assert house.engine.boundaries == (0, 10_000, 20_000)
    house.services.chapters.paste_outline(episode, "0:00 One\n0:12 Two\n0:25 Three")
    assert house.engine.boundaries == (0, 12_000, 25_000)
