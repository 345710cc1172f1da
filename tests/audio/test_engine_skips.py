"""What is left out of a file: both engines, and what is heard before, at and behind the leap."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from player.audio.engine import Advanced, Arriving, Buffering, Ended, EngineEvent, Load, Started, Wanted
from player.audio.skipping import Skips
from player.core.ranges import Ranges
from player.core.sound import Sound, Trimming
from speechlike import speech
from stages import RealStage, Stage, index_of, write_wav
from timecoded import find_landings, read_position, samples, write_timecoded

LENGTH = 14_000
RATE = 32_000
SKIPS = ((4_003, 9_011),)

Mono = npt.NDArray[np.float32]


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_timecoded(tmp_path_factory.mktemp("skips") / "one.mp3", LENGTH / 1000, bitrate=64_000)


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Decoded to the very samples of the code, but for rounding to 16 bits."""
    return write_timecoded(tmp_path_factory.mktemp("skips") / "exact.wav", LENGTH / 1000, codec="wav", rate=RATE)


@pytest.fixture
def lengths(one: Path, exact: Path) -> dict[Path, int]:
    return {one: LENGTH, exact: LENGTH}


def play(stage: Stage, path: Path, at: int, *skips: tuple[int, int], stop: int | None = None) -> None:
    stage.engine.load(Load(path, at=at, stop=stop, play=True, index=index_of(path), skips=skips))
    stage.settle()


def last(stage: Stage) -> EngineEvent:
    """What was told last. A function, because a type checker takes it for what it was before."""
    return stage.events[-1]


def near(position: int) -> object:
    return pytest.approx(position, abs=20)


# The rule


def test_who_comes_from_before_leaps_and_who_has_gone_in_does_not() -> None:
    skips = Skips([(40, 50), (50, 60), (10, 20), (30, 30)])
    assert (skips.past(10), skips.past(19), skips.past(20), skips.past(40)) == (20, 20, 20, 60)
    assert (skips.next(0), skips.next(15), skips.next(20), skips.next(60)) == ((10, 20), (15, 20), (40, 60), None)
    skips.enter(45)
    assert (skips.past(40), skips.next(20)) == (40, (50, 60))
    assert skips.between(15, 50) == [(10, 20), (50, 60)]
    skips.enter()
    assert skips.between(15, 49) == [(10, 20), (40, 50)]


# Both engines


def test_a_span_is_left_out(stage: Stage, one: Path) -> None:
    play(stage, one, 3_000, *SKIPS)
    stage.advance(900)
    assert stage.engine.position() == near(3_900)
    stage.advance(400)
    assert stage.engine.position() == near(9_308)
    assert stage.events[1:] == [Started(one)]
    assert stage.engine.listened().heard == pytest.approx(1_300, abs=20)
    assert stage.engine.listened().audio == pytest.approx(1_300, abs=20), "what is left out is nothing that was saved"


def test_what_is_left_out_is_counted_when_it_is_passed(stage: Stage, one: Path) -> None:
    play(stage, one, 3_000, (4_000, 9_000), (9_000, 9_500))
    stage.advance(900)
    assert stage.engine.listened().by_skips == 0
    stage.engine.seek(3_500)
    stage.settle()
    stage.advance(400)
    assert stage.engine.listened().by_skips == 0, "read, but not heard"
    stage.advance(200)
    assert stage.engine.listened().by_skips == pytest.approx(5_500, abs=1)
    stage.engine.seek(8_800)
    stage.settle()
    stage.advance(100)
    stage.engine.seek(LENGTH - 400)
    stage.settle()
    stage.advance(300)
    assert stage.engine.listened().by_skips == pytest.approx(5_500, abs=1), "jumps leave nothing out"
    assert stage.engine.listened().heard == pytest.approx(1_900, abs=30)


@pytest.mark.parametrize("sound", [Sound(2.0), Sound(0.7), Sound(1.3, Trimming.STRONG, is_levelled=True)], ids=str)
def test_what_is_left_out_counts_in_the_time_of_the_file(stage: Stage, one: Path, sound: Sound) -> None:
    stage.engine.set_sound(sound)
    play(stage, one, 3_000, *SKIPS)
    stage.advance(2_000)
    assert stage.engine.listened().by_skips == pytest.approx(5_008, abs=1)


def test_what_is_left_out_at_the_end_is_counted(stage: Stage, one: Path, exact: Path) -> None:
    play(stage, one, 3_500, (4_000, LENGTH))
    stage.advance(900)
    assert stage.engine.listened().by_skips == pytest.approx(LENGTH - 4_000, abs=1)
    play(stage, one, 3_500, (4_000, 9_000), stop=6_000)
    stage.advance(900)
    assert stage.engine.listened().by_skips == pytest.approx(LENGTH - 2_000, abs=1), "no more than the part has"
    play(stage, one, 3_500, (4_000, LENGTH))
    stage.engine.follow(Load(exact))
    stage.advance(900)
    assert last(stage) == Advanced(exact, one, LENGTH)
    assert stage.engine.listened().by_skips == pytest.approx(2 * LENGTH - 6_000, abs=1)


def test_spans_that_touch_are_left_out_together(stage: Stage, one: Path) -> None:
    play(stage, one, 3_500, (6_000, 9_000), (4_000, 6_000), (9_200, 9_700))
    stage.advance(1_000)
    assert stage.engine.position() == near(10_000)


def test_a_jump_into_a_span_is_heard_to_its_end(stage: Stage, one: Path) -> None:
    play(stage, one, 0, (4_000, 9_000), (9_000, 9_500))
    for target, position in ((4_000, 4_500), (8_800, 9_800)):
        stage.engine.seek(target)
        stage.settle()
        stage.advance(500)
        assert stage.engine.position() == near(position)
    stage.engine.seek(3_800)
    stage.settle()
    stage.advance(500)
    assert stage.engine.position() == near(9_800), "entered from before, it is left out again"
    play(stage, one, 4_000, *SKIPS)
    stage.engine.set_skips([(3_500, 9_000), (9_100, 9_500)])
    stage.settle()
    stage.advance(500)
    assert stage.engine.position() == near(4_500)


def test_a_pause_at_the_leap_goes_on_behind_it(stage: Stage, one: Path) -> None:
    play(stage, one, 3_000, (4_000, 9_000))
    stage.advance(990)
    stage.engine.pause()
    stage.settle()
    assert stage.engine.position() == near(3_990)
    stage.engine.play()
    stage.settle()
    stage.advance(510)
    assert stage.engine.position() == near(9_500)


def test_spans_that_change_count_at_once(stage: Stage, one: Path) -> None:
    play(stage, one, 3_500)
    stage.advance(300)
    stage.engine.set_skips([(4_000, 9_000)])
    stage.advance(100)
    assert stage.engine.position() == near(3_900)
    stage.engine.set_skips([(4_000, 8_000)])
    stage.settle()
    stage.advance(200)
    assert stage.engine.position() == near(8_100)
    stage.engine.seek(3_800)
    stage.settle()
    stage.advance(100)
    stage.engine.set_skips([])
    stage.settle()
    stage.advance(400)
    assert stage.engine.position() == near(4_300)
    stage.engine.set_skips([(4_000, 5_000), (5_000, 6_000)])
    stage.settle()
    stage.advance(800)
    assert stage.engine.position() == near(6_100), "what is heard at the moment is heard to its end"


def test_spans_are_told_before_the_file_is_open(stage: Stage, one: Path) -> None:
    stage.engine.load(Load(one, at=3_500, play=True, index=index_of(one)))
    stage.engine.set_skips([(4_000, 9_000)])
    stage.settle()
    stage.advance(1_000)
    assert stage.engine.position() == near(9_500)


def test_what_is_left_out_up_to_the_end_ends_the_file(stage: Stage, one: Path, exact: Path) -> None:
    play(stage, one, 3_500, (4_000, LENGTH + 5))
    stage.advance(900)
    assert last(stage) == Ended(one, LENGTH)
    assert stage.engine.position() == LENGTH
    play(stage, one, 3_500, (4_000, 9_000), (9_000, LENGTH))
    stage.engine.follow(Load(exact, at=2_000, skips=((2_500, 7_000),)))
    stage.advance(700)
    assert last(stage) == Advanced(exact, one, LENGTH)
    assert stage.engine.position() == near(2_200)
    stage.advance(500)
    assert stage.engine.position() == near(7_200), "what follows has its own"


def test_a_part_ends_at_its_stop_when_the_last_of_it_is_left_out(stage: Stage, one: Path) -> None:
    play(stage, one, 3_500, (4_000, 9_000), stop=6_000)
    stage.advance(900)
    assert last(stage) == Ended(one, 6_000, stop=6_000)
    play(stage, one, 3_500, (4_000, 9_000), stop=4_000)
    stage.advance(900)
    assert last(stage) == Ended(one, 4_000, stop=4_000)


def test_what_was_to_end_the_file_does_not_when_it_is_wanted_again(stage: Stage, one: Path, exact: Path) -> None:
    play(stage, one, 3_700, (4_000, LENGTH))
    stage.engine.follow(Load(exact))
    stage.advance(100)
    stage.engine.set_skips([])
    stage.settle()
    stage.advance(700)
    assert stage.engine.position() == near(4_500)
    assert stage.events[1:] == [Started(one)]
    stage.engine.seek(LENGTH - 100)
    stage.settle()
    stage.advance(300)
    assert last(stage) == Advanced(exact, one, LENGTH)


# What is heard


def test_not_a_sample_is_missing(real: RealStage, exact: Path) -> None:
    play(real, exact, 3_000, *SKIPS)
    real.advance(2_500)
    until, on = (place * RATE // 1000 for place in SKIPS[0])
    before, behind, fade = until - 3 * RATE, round(1.4 * RATE), round(0.004 * RATE)
    sound = real.sound[: before + behind]
    expected = np.concatenate([samples(3 * RATE, before, RATE), samples(on, behind, RATE)])
    same = np.abs(sound - expected) < 1e-3
    # What is heard first after a command begins softly, too.
    assert same[fade:before].all()
    assert same[before + fade :].all()


def test_a_leap_does_not_click(real: RealStage, tmp_path: Path) -> None:
    """From the top of a wave to the bottom of another one."""
    wave_of = 0.5 * np.sin(2 * np.pi * 100 * np.arange(4 * RATE, dtype=np.float32) / RATE)
    path = write_wav(tmp_path / "tone.wav", wave_of.astype(np.float32), RATE)
    until, on = 1_002, 3_008
    assert abs(wave_of[until * RATE // 1000] - wave_of[on * RATE // 1000]) > 0.9
    play(real, path, 0, (until, on))
    real.advance(1_700)
    sound = real.sound[: round(1.5 * RATE)]
    assert np.abs(np.diff(sound)).max() < 2 * np.abs(np.diff(wave_of)).max()


@pytest.mark.parametrize("sound", [Sound(), Sound(1.7), Sound(0.8, is_levelled=True)], ids=str)
def test_the_position_leaps_when_the_sound_does(real: RealStage, exact: Path, sound: Sound) -> None:
    real.engine.set_sound(sound)
    play(real, exact, 3_000, *SKIPS)
    told: list[tuple[float, int]] = []
    while real.engine.position() < 9_600:
        real.advance(10)
        told.append((real.clock.now, real.engine.position()))
        assert len(told) < 400
    real.advance(300)
    begin = told[0][0] - 0.01
    places = [position for _, position in told]
    assert places == sorted(places)
    assert not [place for place in places if SKIPS[0][0] + 20 < place < SKIPS[0][1] - 20]
    for now, position in told:
        first = round((now - begin) * RATE)
        heard = read_position(real.sound[first : first + RATE // 10], RATE, speed=sound.speed)
        is_astride = SKIPS[0][0] - 100 * sound.speed - 20 < position < SKIPS[0][0]
        if heard is not None and not is_astride:
            assert position == pytest.approx(heard * 1000, abs=20)


def test_mp3_leaps_to_the_sample(real: RealStage, one: Path) -> None:
    play(real, one, 3_000, *SKIPS)
    real.advance(2_500)
    before, behind = find_landings(real.sound, real.rate, hop=0.05)
    assert before.until == pytest.approx(1.003, abs=0.003)
    assert behind.at == pytest.approx(1.003, abs=0.003)
    assert behind.position - behind.at == pytest.approx(9.011 - 1.003, abs=0.001)


def test_pauses_on_both_sides_of_a_leap_are_shortened_apart(real: RealStage, tmp_path: Path) -> None:
    """A leap from the middle of a pause into the middle of another one."""
    rate = 24_000
    made = speech((0.3, 0.3, 0.3, 2.0, 0.3, 2.0, 0.5), rate, length=0.5)
    path = write_wav(tmp_path / "spoken.wav", made.sound, rate)
    starts, ends = ([round(word[edge] * 1000 / rate) for word in made.words] for edge in (0, 1))
    until, on = ends[3] + 1_000, ends[5] + 1_000
    real.engine.set_sound(Sound(trimming=Trimming.STRONG))
    play(real, path, 0, (until, on))
    places = [0]
    while places[-1] < starts[6]:
        real.advance(10)
        places.append(real.engine.position())
        assert len(places) < 600
    assert [place for place in places if until - 30 <= place < until], "the leap itself is kept"
    assert [place for place in places if on <= place <= on + 30]
    assert not [place for place in places if until < place < on]
    left = [place for place in places if ends[3] < place < starts[6]]
    assert 0.2 < len(left) / 100 < 1.0, "of two pauses of a second each, some is left"


def test_a_leap_into_missing_bytes_waits(real: RealStage, one: Path) -> None:
    size = one.stat().st_size
    there = Ranges(((0, size * 5 // LENGTH * 1000),))
    arriving = Arriving(size, there, LENGTH)
    real.engine.load(Load(one, at=3_000, play=True, arriving=arriving, skips=((4_000, 9_000),)))
    real.settle()
    real.advance(2_000)
    assert isinstance(last(real), Buffering)
    assert real.engine.position() == near(4_000)
    wanted = {event.offset for event in real.events if isinstance(event, Wanted)}
    assert len(wanted) == 1
    assert size * 7 / 14 < min(wanted) < size * 9 / 14, "what is left out is not asked for"
    real.engine.arrived(one, there.with_span(min(wanted), size))
    real.settle()
    assert isinstance(last(real), Started)
    real.advance(500)
    assert real.engine.position() == near(9_500)
    assert real.engine.listened().by_skips == pytest.approx(5_000, abs=1), "though nothing came before it this time"
    assert read_position(real.sound[-real.rate // 10 :], real.rate) == pytest.approx(9.4, abs=0.03)
