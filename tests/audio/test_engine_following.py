"""What follows a file without a gap, and what ends before its file does; both engines, and what is heard of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from player.audio.engine import Advanced, Ended, EngineEvent, Failed, Load, Started
from player.core.errors import FileError
from player.core.sound import Sound
from stages import RealStage, Stage, index_of, load
from timecoded import find_landings, write_timecoded

LENGTH = 12_000


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_timecoded(tmp_path_factory.mktemp("following") / "one.mp3", LENGTH / 1000, bitrate=64_000)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of another rate, and in stereo."""
    folder = tmp_path_factory.mktemp("following")
    return write_timecoded(folder / "two.m4a", LENGTH / 1000, codec="aac", rate=48_000, channels=2)


@pytest.fixture
def lengths(one: Path, two: Path) -> dict[Path, int]:
    return {one: LENGTH, two: LENGTH}


def next_load(path: Path, at: int = 0, stop: int | None = None, sound: Sound | None = None) -> Load:
    return Load(path, at=at, stop=stop, index=index_of(path), sound=sound)


def last(stage: Stage) -> EngineEvent:
    """What was told last. A function, because a type checker takes it for what it was before."""
    return stage.events[-1]


def test_the_next_file_takes_over_at_the_end(stage: Stage, one: Path, two: Path) -> None:
    load(stage, one, at=LENGTH - 1000, play=True)
    stage.engine.follow(next_load(two, at=3000))
    stage.advance(900)
    assert stage.engine.position() == pytest.approx(LENGTH - 100, abs=20)
    stage.advance(600)
    assert last(stage) == Advanced(two, one, LENGTH)
    assert stage.engine.position() == pytest.approx(3500, abs=20)
    stage.engine.seek(LENGTH - 500)
    stage.advance(700)
    assert last(stage) == Ended(two, LENGTH)
    assert not any(isinstance(event, Ended) for event in stage.events[:-1])


def test_a_stop_ends_before_the_end(stage: Stage, one: Path) -> None:
    stage.engine.load(Load(one, at=2000, stop=3500, play=True, index=index_of(one)))
    stage.settle()
    stage.advance(1400)
    assert stage.engine.position() == pytest.approx(3400, abs=20)
    stage.advance(400)
    assert stage.events[-1] == Ended(one, 3500, stop=3500)


def test_a_stop_that_is_told_too_late_ends_it_at_once(stage: Stage, one: Path) -> None:
    load(stage, one, at=2000, play=True)
    stage.advance(1000)
    stage.engine.set_stop(2500)
    stage.settle()
    stage.advance(200)
    ended = stage.events[-1]
    assert isinstance(ended, Ended)
    assert ended.stop == 2500
    assert ended.duration == pytest.approx(3000, abs=20)
    assert stage.engine.position() == ended.duration


def test_who_goes_beyond_the_stop_wants_to_hear_on(stage: Stage, one: Path) -> None:
    stage.engine.load(Load(one, at=2000, stop=3500, play=True, index=index_of(one)))
    stage.engine.seek(1000)
    stage.settle()
    stage.engine.seek(5000)
    stage.settle()
    stage.advance(2000)
    assert stage.engine.position() == pytest.approx(7000, abs=20)


def test_chapters_of_different_files_follow_each_other(stage: Stage, one: Path, two: Path) -> None:
    stage.engine.load(Load(one, at=1000, stop=2000, play=True, index=index_of(one)))
    stage.engine.follow(next_load(two, at=5000, stop=6000))
    stage.settle()
    stage.advance(500)
    stage.advance(1000)
    stage.engine.follow(next_load(one, at=8000, stop=9000))
    stage.advance(1000)
    assert [type(event) for event in stage.events if isinstance(event, Advanced)] == [Advanced, Advanced]
    assert stage.engine.position() == pytest.approx(8500, abs=30)
    stage.advance(1000)
    assert stage.events[-1] == Ended(one, 9000, stop=9000)


def test_what_follows_may_be_changed_and_called_off(stage: Stage, one: Path, two: Path) -> None:
    load(stage, one, at=LENGTH - 3000, play=True)
    stage.engine.follow(next_load(two))
    stage.engine.follow(None)
    stage.advance(3500)
    assert stage.events[-1] == Ended(one, LENGTH)


def test_what_cannot_be_played_does_not_follow(stage: Stage, one: Path) -> None:
    missing = Path("/missing.mp3")
    load(stage, one, at=LENGTH - 1000, play=True)
    stage.engine.follow(Load(missing))
    stage.advance(1500)
    failed = next(event for event in stage.events if isinstance(event, Failed))
    assert failed.path == missing
    assert isinstance(failed.error, FileError)
    assert stage.events[-1] == Ended(one, LENGTH)


def test_the_sound_is_that_of_the_file_that_is_heard(stage: Stage, one: Path, two: Path) -> None:
    stage.engine.set_sound(Sound(2.0))
    load(stage, one, at=LENGTH - 2000, play=True)
    stage.engine.follow(next_load(two, sound=Sound(1.0)))
    stage.advance(900)
    assert stage.engine.position() == pytest.approx(LENGTH - 200, abs=30)
    stage.advance(1100)
    assert stage.engine.position() == pytest.approx(1000, abs=40)


def test_a_jump_back_just_before_the_end_forgets_nothing(real: RealStage, one: Path, two: Path) -> None:
    load(real, one, at=LENGTH - 300, play=True)
    real.engine.follow(next_load(two))
    real.advance(100)
    real.engine.seek(LENGTH - 1000)
    real.settle()
    real.advance(900)
    assert real.engine.position() == pytest.approx(LENGTH - 100, abs=20)
    real.advance(400)
    assert real.events[-1] == Advanced(two, one, LENGTH)
    assert [event for event in real.events if isinstance(event, Started)] == [Started(one)]


def test_not_a_sample_is_missing_between_two_files(real: RealStage, one: Path, two: Path) -> None:
    load(real, one, at=LENGTH - 2000, play=True)
    real.engine.follow(next_load(two))
    real.advance(4000)
    sound, rate = real.sound, real.rate
    found = find_landings(sound, rate, hop=0.05)
    assert [round(each.position, 2) for each in found] == [10.0, 0.0]
    assert found[1].at == pytest.approx(2.0, abs=0.003)
    block = rate // 200
    levels = np.sqrt((sound[: len(sound) // block * block].reshape(-1, block) ** 2).mean(1))
    assert levels[2:-2].min() > 0.2 * np.median(levels)
