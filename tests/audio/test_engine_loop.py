"""What is played again and again, to the sample; and which stretches of a file have been heard."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from player.audio.engine import Arriving, Ended, Load, Run, Started, Stretch
from player.audio.engine import Place as EnginePlace
from player.audio.heard_log import HeardLog
from player.audio.whereabouts import Whereabouts
from player.core.heard import NOTHING, with_spans
from player.core.ranges import Ranges
from player.core.sound import Sound, Trimming
from speechlike import speech
from stages import ManualClock, RealStage, Stage, index_of, write_wav
from timecoded import find_landings, samples, write_timecoded

LENGTH = 14_000
RATE = 32_000


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_timecoded(tmp_path_factory.mktemp("loop") / "one.mp3", LENGTH / 1000, bitrate=64_000)


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_timecoded(tmp_path_factory.mktemp("loop") / "exact.wav", LENGTH / 1000, codec="wav", rate=RATE)


@pytest.fixture
def lengths(one: Path, exact: Path) -> dict[Path, int]:
    return {one: LENGTH, exact: LENGTH}


def play(stage: Stage, path: Path, at: int, loop: tuple[int, int] | None = None, **more: object) -> None:
    stage.engine.load(Load(path, at=at, play=True, index=index_of(path), **more))  # type: ignore[arg-type]
    stage.engine.set_loop(loop)
    stage.settle()


def near(position: int) -> object:
    return pytest.approx(position, abs=20)


def heard(stage: Stage) -> list[tuple[object, object]]:
    return [(near(round(each.start)), near(round(each.stop))) for each in stage.engine.heard()]


def spans(stage: Stage) -> list[tuple[int, int]]:
    return [(round(each.start), round(each.stop)) for each in stage.engine.heard()]


# Loops


def test_a_loop_begins_anew_at_its_end(stage: Stage, one: Path) -> None:
    play(stage, one, 3_500, (3_000, 4_000))
    stage.advance(400)
    assert stage.engine.position() == near(3_900)
    for _ in range(3):
        stage.advance(400)
        assert stage.engine.position() == near(3_300)
        stage.advance(600)
        assert stage.engine.position() == near(3_900)
    assert stage.events[1:] == [Started(one)]
    assert stage.engine.listened().heard == pytest.approx(3_400, abs=20)
    assert stage.engine.listened().by_skips == 0
    assert [(near(a), near(b)) for a, b in spans(stage)] == [(3_500, 4_000), *[(3_000, 4_000)] * 2, (3_000, 3_900)]


def test_a_loop_to_the_end_of_the_file_goes_on_too(stage: Stage, one: Path) -> None:
    play(stage, one, LENGTH - 500, (LENGTH - 2_000, LENGTH))
    stage.advance(1_500)
    assert stage.engine.position() == near(LENGTH - 1_000)
    assert not any(isinstance(event, Ended) for event in stage.events)
    stage.engine.set_loop(None)
    stage.settle()
    stage.advance(1_200)
    assert stage.events[-1] == Ended(one, LENGTH)


def test_who_is_not_in_a_loop_plays_on(stage: Stage, one: Path) -> None:
    play(stage, one, 4_500, (3_000, 4_000))
    stage.advance(500)
    assert stage.engine.position() == near(5_000)
    stage.engine.seek(3_800)
    stage.settle()
    stage.advance(400)
    assert stage.engine.position() == near(3_200)
    stage.engine.set_loop(None)
    stage.settle()
    stage.advance(1_000)
    assert stage.engine.position() == near(4_200)


def test_a_loop_counts_from_when_it_is_set(stage: Stage, one: Path) -> None:
    play(stage, one, 3_000)
    stage.advance(800)
    stage.engine.set_loop((3_000, 4_000))
    stage.settle()
    stage.advance(400)
    assert stage.engine.position() == near(3_200)
    stage.engine.set_loop((3_000, 3_500))
    stage.settle()
    stage.advance(400)
    assert stage.engine.position() == near(3_100)
    stage.engine.pause()
    stage.settle()
    assert stage.engine.position() == near(3_100)
    stage.engine.play()
    stage.settle()
    stage.advance(500)
    assert stage.engine.position() == near(3_100)
    stage.engine.set_loop(None)
    stage.settle()
    stage.advance(1_000)
    assert stage.engine.position() == near(4_100)


def test_a_loop_stays_with_its_file(stage: Stage, one: Path, exact: Path) -> None:
    play(stage, one, 3_500, (3_000, 4_000))
    play(stage, exact, 3_500)
    stage.advance(1_000)
    assert stage.engine.position() == near(4_500)


@pytest.mark.parametrize(
    ("skips", "position"),
    [
        (((3_500, 3_700),), 3_300),
        (((3_800, 9_000),), 3_300),
        (((2_000, 3_200),), 3_100),
        (((9_000, 9_500),), 3_100),
    ],
)
def test_what_is_skipped_in_a_loop(stage: Stage, one: Path, skips: tuple[tuple[int, int], ...], position: int) -> None:
    play(stage, one, 3_400, (3_000, 4_000), skips=skips)
    stage.advance(700)
    assert stage.engine.position() == near(position)


def test_a_loop_is_exact_at_both_ends_and_without_a_gap(real: RealStage, exact: Path) -> None:
    play(real, exact, 3_000, (3_003, 4_011))
    real.advance(3_100)
    begin, end = (round(at * RATE / 1000) for at in (3_003, 4_011))
    first = round(3.0 * RATE)
    source, sound, ramp = samples(first, end - first, RATE), real.sound, round(0.005 * RATE)
    assert np.allclose(sound[ramp : end - first], source[ramp:], atol=2e-4)
    lap = samples(begin, end - begin, RATE)
    for number in range(2):
        at = end - first + number * (end - begin)
        assert np.allclose(sound[at + ramp : at + end - begin], lap[ramp:], atol=2e-4)
    landings = find_landings(sound, RATE)
    assert [round(each.position * 1000) for each in landings[1:]] == pytest.approx([3_003] * 3, abs=30)


@pytest.mark.parametrize("sound", [Sound(2.0), Sound(0.7), Sound(1.3, Trimming.STRONG, is_levelled=True)], ids=str)
def test_a_loop_is_in_the_time_of_the_file(stage: Stage, one: Path, sound: Sound) -> None:
    stage.engine.set_sound(sound)
    play(stage, one, 3_000, (3_000, 5_000))
    stage.advance(round(3_000 / sound.speed))
    assert stage.engine.position() == pytest.approx(4_000, abs=60)
    assert stage.engine.listened().by_skips == 0
    (first, second) = stage.engine.heard()
    assert (first.start, first.stop) == pytest.approx((3_000, 5_000), abs=60)
    assert (second.start, second.stop) == pytest.approx((3_000, 4_000), abs=60)


def test_a_loop_waits_for_what_has_not_come(real: RealStage, exact: Path) -> None:
    size = exact.stat().st_size
    there = Ranges(((0, size // 100), (size // 4, size // 2)))
    real.engine.load(Load(exact, at=4_000, play=True, arriving=Arriving(size, there, LENGTH)))
    real.engine.set_loop((1_000, 4_500))
    real.settle()
    real.advance(800)
    real.engine.arrived(exact, Ranges(((0, size),)))
    real.settle()
    real.advance(500)
    assert 1_000 <= real.engine.position() < 2_000


# The position


def test_the_position_falls_with_the_loop_and_by_nothing_else() -> None:
    clock = ManualClock()
    clock.now = 0.0
    whereabouts = Whereabouts(clock)
    whereabouts.report(EnginePlace((Run(0.0, 3_800, 1.0), Run(0.2, 3_000, 1.0)), 3_300))
    told = []
    for clock.now in (0.0, 0.19, 0.21, 0.5, 0.9):
        told.append(whereabouts.position())
    assert told == [3_800, 3_990, 3_010, 3_300, 3_300]
    whereabouts.report(EnginePlace((Run(0.9, 3_290, 1.0),), 4_000))
    assert whereabouts.position() == 3_300


# What was heard


def test_what_was_heard_is_told_without_jumps_and_skips(stage: Stage, one: Path, exact: Path) -> None:
    assert stage.engine.heard() == ()
    play(stage, one, 1_000, skips=((2_000, 5_000),))
    stage.advance(1_500)
    stage.engine.seek(9_000)
    stage.settle()
    stage.advance(300)
    stage.engine.pause()
    stage.settle()
    stage.engine.play()
    stage.settle()
    stage.advance(200)
    play(stage, exact, 0)
    stage.advance(400)
    assert [(near(a), near(b)) for a, b in spans(stage)] == [(1_000, 2_000), (5_000, 5_500), (9_000, 9_500), (0, 400)]
    assert [each.path for each in stage.engine.heard()] == [one, one, one, exact]
    assert [each.number for each in stage.engine.heard()] == [1, 2, 3, 4]


def test_a_pause_that_is_trimmed_was_not_heard(real: RealStage, tmp_path: Path) -> None:
    spoken = speech((0.3, 6.0, 0.3), RATE)
    real.engine.set_sound(Sound(1.0, Trimming.STRONG))
    play(real, write_wav(tmp_path / "pause.wav", spoken.sound, RATE), 0)
    real.advance(8_000)
    (first, second), trimmed = with_spans(NOTHING, spans(real)).spans, real.engine.listened().by_trimming
    (begin, end) = max(pairwise(spoken.words), key=lambda pair: pair[1][0] - pair[0][1])
    assert begin[1] * 1000 / RATE < first[1] < second[0] < end[0] * 1000 / RATE
    assert second[0] - first[1] == pytest.approx(trimmed, abs=600)
    assert trimmed > 5_000


def test_the_log_keeps_the_last_ones() -> None:
    log, path = HeardLog(), Path("a")
    log.add(path, 0.0, 10.0)
    log.add(path, 10.5, 20.0)
    log.add(path, 20.0, 20.0)
    log.add(path, 5.0, 8.0)
    log.add(path, 22.0, 25.0)
    log.add(Path("b"), 25.0, 26.0)
    pieces = [(1, path, 0.0, 20.0), (2, path, 5.0, 8.0), (3, path, 22.0, 25.0), (4, Path("b"), 25.0, 26.0)]
    assert log.stretches == tuple(Stretch(*each) for each in pieces)
    for number in range(40):
        log.add(path, 1000.0 * number, 1000.0 * number + 5)
    assert [each.number for each in log.stretches][-1] - log.stretches[0].number == 15
