"""What is listened to, and what that saves: kept by podcast and month while it plays, and nothing else is counted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from house import House, build
from player.app.time_listened import month_of
from player.core.events import StatisticsChanged
from player.core.model import EpisodeId, EpisodeQuery, PodcastId
from player.core.sound import Sound, Trimming
from player.core.time_listened import Month, Sums
from webserver import WebServer


@pytest.fixture
def podcast(house: House, publisher: WebServer) -> PodcastId:
    return house.services.subscriptions.add(publisher.url("/feed.xml")).result()


@pytest.fixture
def episode(house: House, podcast: PodcastId) -> EpisodeId:
    """Thirty seconds, in three chapters of ten seconds each."""
    return house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]


@pytest.fixture
def in_auckland(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where each day begins half a day before it does in UTC."""
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def total(house: House) -> Sums:
    return house.services.statistics.overview().sums


def skip(house: House, episode: EpisodeId, *indices: int) -> None:
    chosen = house.services.chapters.chosen(episode)
    assert chosen is not None
    chapters = [chosen.chapters[index] for index in indices]
    house.services.chapters.set_skipped(episode, chapters, is_skipped=True).result()


def near(**sums: int) -> object:
    return pytest.approx([sums.get(name, 0) for name in NAMES], abs=120)


Command = tuple[str, int | float | None]
NAMES = ("heard", "by_speed", "by_slowness", "by_trimming", "by_skips")


def parts(sums: Sums) -> list[int]:
    return [getattr(sums, name) for name in NAMES]


def test_what_is_heard_and_saved_is_kept_by_podcast(
    house: House, podcast: PodcastId, episode: EpisodeId, audio: Path
) -> None:
    statistics, playback = house.services.statistics, house.services.playback
    file = house.services.subscriptions.add_file(audio).result()
    house.engine.trimmed = 0.25
    house.services.sounds.choose(Sound(2.0, Trimming.MEDIUM))
    playback.open(episode)
    house.listened(6_000)
    playback.pause()
    counted = statistics.sums_of(podcast)
    assert parts(counted) == near(heard=6_000, by_speed=6_000, by_trimming=4_000)
    playback.open(file)
    house.services.sounds.choose(Sound(0.5))
    house.listened(1_000)
    playback.pause()
    assert statistics.sums_of(podcast) == counted
    other = house.services.library.episode(file).podcast
    assert parts(statistics.sums_of(other)) == near(heard=1_000, by_slowness=500)
    seen = statistics.overview()
    assert [(each.title, each.sums) for each in seen.podcasts] == [
        ("A podcast", counted),
        ("Your files", statistics.sums_of(other)),
    ]
    house.services.subscriptions.remove(podcast).result()
    assert statistics.overview() == seen, "it outlives the podcast"
    house.services.close()
    house.services = build(house.services.profile.folder).services
    assert house.services.statistics.overview().podcasts == seen.podcasts


def test_it_is_written_every_few_seconds_and_told(house: House, episode: EpisodeId) -> None:
    house.services.playback.open(episode)
    house.facts.clear()
    house.listened(3_900)
    assert house.facts.count(StatisticsChanged()) == 0
    house.listened(8_200)
    assert house.facts.count(StatisticsChanged()) == 3
    assert total(house).heard == pytest.approx(12_000, abs=200), "a kill costs no more than four seconds"


@pytest.mark.usefixtures("in_auckland")
def test_months_are_those_of_the_listener(house: House, episode: EpisodeId) -> None:
    def at(*day: int) -> int:
        return round(datetime(*day, tzinfo=UTC).timestamp() * 1000)  # type: ignore[arg-type,misc]

    assert month_of(at(2025, 1, 31, 10, 59)) == Month(2025, 1)
    assert month_of(at(2025, 1, 31, 11)) == Month(2025, 2)
    house.clock.now = at(2025, 1, 31, 10, 59, 55)
    house.services.playback.open(episode)
    house.listened(10_000)
    house.services.playback.pause()
    seen = house.services.statistics.overview()
    assert seen.months == (Month(2025, 1), Month(2025, 2))
    assert [each.heard for each in seen.by_month] == pytest.approx([4_000, 6_000], abs=200)
    assert house.services.statistics.overview(1).sums == seen.by_month[1]


def test_skipped_chapters_are_counted_once(house: House, episode: EpisodeId) -> None:
    skip(house, episode, 0, 2)
    playback = house.services.playback
    playback.open(episode, play=False)
    assert playback.position() == 10_000
    assert total(house).by_skips == 0, "nothing was heard"
    playback.play()
    house.listened(4_500)
    assert parts(total(house)) == near(heard=4_000, by_skips=10_000)
    house.listened(5_600)
    assert parts(total(house)) == near(heard=10_000, by_skips=20_000)
    playback.play()
    house.listened(200)
    playback.pause()
    assert total(house).by_skips == 30_000, "from the start once more"


def test_a_start_that_was_jumped_away_from_is_not_counted(house: House, episode: EpisodeId) -> None:
    skip(house, episode, 0)
    playback = house.services.playback
    playback.open(episode, play=False)
    playback.jump(15_000)
    playback.play()
    house.listened(1_000)
    playback.pause()
    assert parts(total(house)) == near(heard=1_000)


def test_what_follows_counts_for_its_own_podcast(house: House, episode: EpisodeId, audio: Path) -> None:
    file = house.services.subscriptions.add_file(audio).result()
    playback = house.services.playback
    playback.open(episode, play=False)
    playback.open(file, at=28_000)
    skip(house, episode, 0)
    assert playback.follow_with(episode)
    house.listened(5_000)
    playback.pause()
    found = {each.title: parts(each.sums) for each in house.services.statistics.overview().podcasts}
    assert found == {"Your files": near(heard=2_000), "A podcast": near(heard=3_000, by_skips=10_000)}


def test_a_podcast_that_is_removed_while_it_plays(house: House, podcast: PodcastId, episode: EpisodeId) -> None:
    house.services.playback.open(episode)
    house.listened(5_000)
    house.services.subscriptions.remove(podcast).result()
    house.listened(5_000)
    house.services.playback.pause()
    assert total(house).heard == pytest.approx(4_000, abs=200)


commands = st.one_of(
    st.tuples(st.sampled_from(("jump", "seek_by")), st.integers(-20_000, 35_000)),
    st.tuples(st.sampled_from(("play", "pause", "toggle", "next_chapter", "previous_chapter", "undo_jump")), st.none()),
    st.tuples(st.just("speed"), st.sampled_from((0.5, 1.0, 1.7, 4.0))),
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(commands, st.integers(3, 30)), min_size=3, max_size=8))
def test_only_time_with_sound_is_listened(house: House, episode: EpisodeId, does: list[tuple[Command, int]]) -> None:
    """Jumps, seeks, pauses: however they follow one another, the sums are what the clock says of the sound."""
    playback, sounds = house.services.playback, house.services.sounds
    sounds.choose(Sound())
    playback.open(episode, at=0)
    before, heard, gone_by = total(house), 0.0, 0
    for (name, value), tenths in does:
        if name == "speed":
            sounds.choose(Sound(float(value or 1)))
        else:
            getattr(playback, name)(*(() if value is None else (value,)))
        for _ in range(tenths):
            place = house.engine.position()
            house.listened(100)
            gone_by += house.engine.position() - place
            heard += (house.engine.position() - place) / sounds.current.speed
    playback.pause()
    house.listened(500)
    found = total(house)
    added = [now - then for now, then in zip(parts(found), parts(before), strict=True)]
    assert min(added) >= 0
    assert added[0] == pytest.approx(heard, abs=20)
    assert found.audio - before.audio == pytest.approx(gone_by, abs=20)
    assert added[3:] == [0, 0], "nothing is trimmed, nothing skipped"
