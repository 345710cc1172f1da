"""One suite for every engine: the scripted one, and the real one on an output whose time the test moves."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from player.audio.engine import Ended, Failed, Indexed, Load, Loaded, Paused, Started
from player.audio.mp3_index import index_file
from player.audio.null_output import NullOutput, Samples
from player.audio.playing import Playing
from player.audio.track import Track
from player.core.errors import FileError, NotAudioError
from player.core.sound import Sound, Trimming
from speechlike import Speech, speech
from stages import ManualClock, RealStage, Stage, index_of, load, write_wav
from timecoded import find_landings, read_position, write_timecoded

LENGTH = 20_000


@pytest.fixture(scope="module")
def audio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_timecoded(tmp_path_factory.mktemp("engine") / "audio.mp3", LENGTH / 1000, bitrate=64_000)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_timecoded(tmp_path_factory.mktemp("engine") / "other.m4a", 10, codec="aac", rate=48_000)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Speech]:
    """A file of words and pauses, and where the words are."""
    made = speech((0.3, 0.5, 0.4, 0.8, 0.3, 1.5, 0.6, 1.0), 24_000, length=0.5)
    return write_wav(tmp_path_factory.mktemp("engine") / "spoken.wav", made.sound, 24_000), made


@pytest.fixture
def lengths(audio: Path, other: Path) -> dict[Path, int]:
    return {audio: LENGTH, other: 10_000}


# Both engines


def test_a_file_is_loaded_silent(stage: Stage, audio: Path) -> None:
    load(stage, audio, at=3000)
    assert [type(event) for event in stage.events] == [Loaded]
    loaded = stage.events[0]
    assert isinstance(loaded, Loaded)
    assert (loaded.path, loaded.duration) == (audio, LENGTH)
    stage.advance(500)
    assert stage.engine.position() == 3000
    assert len(stage.events) == 1


def test_play_and_pause(stage: Stage, audio: Path) -> None:
    load(stage, audio, at=3000, play=True)
    stage.advance(1500)
    assert stage.engine.position() == pytest.approx(4500, abs=5)
    stage.engine.pause()
    stage.engine.pause()
    stage.settle()
    at = stage.engine.position()
    stage.advance(1000)
    assert stage.engine.position() == at == pytest.approx(4500, abs=5)
    stage.engine.play()
    stage.engine.play()
    stage.settle()
    stage.advance(500)
    assert stage.engine.position() == pytest.approx(5000, abs=10)
    assert stage.events[1:] == [Started(audio), Paused(audio, at), Started(audio)]


def test_a_jump_counts_at_once(stage: Stage, audio: Path) -> None:
    load(stage, audio, play=True)
    stage.advance(300)
    stage.engine.seek(15_000)
    assert stage.engine.position() == 15_000
    stage.settle()
    assert stage.engine.position() == 15_000
    stage.advance(700)
    assert stage.engine.position() == pytest.approx(15_700, abs=5)
    stage.engine.seek(2_000)
    stage.settle()
    stage.advance(100)
    assert stage.engine.position() == pytest.approx(2_100, abs=5)
    assert stage.events[1:] == [Started(audio)], "a jump is no new start"


def test_a_jump_in_pause_is_silent(stage: Stage, audio: Path) -> None:
    load(stage, audio)
    stage.engine.seek(7_777)
    stage.settle()
    stage.advance(1000)
    assert stage.engine.position() == 7_777
    assert [type(event) for event in stage.events] == [Loaded]


def test_the_end(stage: Stage, audio: Path) -> None:
    load(stage, audio, at=LENGTH - 800, play=True)
    stage.advance(1500)
    assert stage.events[1:] == [Started(audio), Ended(audio, LENGTH)]
    assert stage.engine.position() == LENGTH
    stage.engine.seek(1000)
    stage.settle()
    stage.advance(500)
    assert stage.engine.position() == 1000, "after the end it does not play by itself"
    stage.engine.play()
    stage.settle()
    stage.advance(500)
    assert stage.engine.position() == pytest.approx(1500, abs=5)
    assert stage.events[3:] == [Started(audio)]


def test_a_jump_behind_the_end_ends(stage: Stage, audio: Path) -> None:
    load(stage, audio, play=True)
    stage.engine.seek(LENGTH + 5000)
    stage.settle()
    stage.advance(300)
    assert stage.events[1:] == [Started(audio), Ended(audio, LENGTH)]
    assert stage.engine.position() == LENGTH


@pytest.mark.parametrize("speed", [0.5, 1.5, 2.0, 3.0])
def test_speed_moves_the_position(stage: Stage, audio: Path, speed: float) -> None:
    load(stage, audio, at=1000, play=True)
    stage.advance(1000)
    for wanted in (speed, 1.0):
        stage.engine.set_sound(Sound(wanted))
        stage.settle()
        # What is on its way to the ear keeps its speed.
        stage.advance(800)
        before = stage.engine.position()
        stage.advance(1500)
        assert stage.engine.position() - before == pytest.approx(1500 * wanted, abs=10)
    assert stage.events[1:] == [Started(audio)]


def test_speed_holds_for_the_next_file(stage: Stage, audio: Path, other: Path) -> None:
    stage.engine.set_sound(Sound(2.0))
    load(stage, audio)
    load(stage, other, play=True)
    stage.advance(1000)
    assert stage.engine.position() == pytest.approx(2000, abs=15)


def test_a_file_that_cannot_be_opened(stage: Stage, audio: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.mp3"
    load(stage, missing, play=True)
    assert [type(event) for event in stage.events] == [Failed]
    failed = stage.events[0]
    assert isinstance(failed, Failed)
    assert failed.path == missing
    assert isinstance(failed.error, FileError)
    stage.engine.play()
    stage.engine.seek(500)
    stage.settle()
    assert len(stage.events) == 1
    load(stage, audio, play=True)
    stage.advance(200)
    assert stage.engine.position() == pytest.approx(200, abs=5)


def test_another_file_takes_over(stage: Stage, audio: Path, other: Path) -> None:
    load(stage, audio, at=15_000, play=True)
    stage.advance(500)
    stage.engine.load(Load(other, at=2000, play=True, index=None))
    assert stage.engine.position() == 2000
    stage.settle()
    stage.advance(1000)
    assert stage.engine.position() == pytest.approx(3000, abs=5)
    assert [(type(event), getattr(event, "path", None)) for event in stage.events[2:]] == [
        (Loaded, other),
        (Started, other),
    ]


def test_commands_while_loading_are_kept(stage: Stage, audio: Path) -> None:
    stage.engine.load(Load(audio, at=0, play=False, index=index_of(audio)))
    stage.engine.seek(9000)
    stage.engine.play()
    assert stage.engine.position() == 9000
    stage.settle()
    stage.advance(400)
    assert stage.engine.position() == pytest.approx(9400, abs=5)
    assert [type(event) for event in stage.events] == [Loaded, Started]


def test_unload_is_silence(stage: Stage, audio: Path) -> None:
    load(stage, audio, at=5000, play=True)
    stage.advance(300)
    stage.engine.unload()
    assert stage.engine.position() == 0
    stage.settle()
    stage.engine.play()
    stage.settle()
    stage.advance(1000)
    assert stage.engine.position() == 0
    assert [type(event) for event in stage.events] == [Loaded, Started]


def test_commands_without_a_file_do_nothing(stage: Stage) -> None:
    stage.engine.pause()
    stage.engine.seek(100)
    stage.engine.play()
    stage.engine.set_sound(Sound(1.3))
    stage.engine.set_volume(0.3)
    stage.engine.set_muted(True)
    stage.engine.unload()
    stage.settle()
    assert stage.events == []
    assert stage.engine.position() == 0


def test_it_can_be_closed_twice(stage: Stage, audio: Path) -> None:
    load(stage, audio, play=True)
    stage.engine.close()
    stage.engine.close()


# What only the real one has: sound


def test_what_is_heard_is_the_place_that_is_told(real: RealStage, audio: Path) -> None:
    load(real, audio, at=4321, play=True)
    real.advance(1000)
    real.engine.seek(16_789)
    real.settle()
    real.advance(1000)
    real.engine.seek(77)
    real.settle()
    real.advance(1000)
    found = find_landings(real.sound, real.rate)
    assert [landing.position for landing in found] == pytest.approx([4.321, 16.789, 0.077], abs=0.006)
    assert [landing.at for landing in found] == pytest.approx([0, 1, 2], abs=0.006)
    assert len(real.sound) == 3 * real.rate


def test_a_jump_begins_softly(real: RealStage, audio: Path) -> None:
    load(real, audio, at=5000, play=True)
    real.advance(500)
    loudness = np.abs(real.sound)
    assert loudness[:10].max() < 0.01
    assert loudness[300:1000].max() > 0.2


def test_pause_and_play_lose_nothing(real: RealStage, audio: Path) -> None:
    load(real, audio, at=5000, play=True)
    for _ in range(3):
        real.advance(730)
        real.engine.pause()
        real.settle()
        real.advance(400)
        real.engine.play()
        real.settle()
    real.advance(730)
    found = find_landings(real.sound, real.rate)
    assert found[0].position == pytest.approx(5.0, abs=0.004)
    assert found[-1].until - found[0].at == pytest.approx(4 * 0.73, abs=0.01)
    assert read_position(real.sound[-real.rate // 10 :], real.rate) == pytest.approx(5 + 4 * 0.73 - 0.1, abs=0.004)


@pytest.mark.parametrize("speed", [0.5, 0.8, 1.5, 2.0, 3.0])
def test_the_position_is_right_at_any_speed(real: RealStage, audio: Path, speed: float) -> None:
    real.engine.set_sound(Sound(speed))
    load(real, audio, at=2000, play=True)
    real.advance(4000)
    told = real.engine.position()
    window = real.sound[-round(0.1 * real.rate) :]
    heard = read_position(window, real.rate, speed=speed)
    if speed < 3:
        assert heard is not None
    if heard is not None:
        assert told == pytest.approx((heard + 0.1 * speed) * 1000, abs=25 * max(1.0, speed))
    assert told == pytest.approx(2000 + 4000 * speed, abs=5)


@pytest.mark.parametrize(
    "sound",
    [
        Sound(),
        Sound(1.5),
        Sound(3.0),
        Sound(1.0, Trimming.STRONG),
        Sound(1.5, Trimming.MEDIUM, is_levelled=True, is_mono=True),
    ],
    ids=str,
)
def test_the_place_told_is_the_one_heard(real: RealStage, spoken: tuple[Path, Speech], sound: Sound) -> None:
    path, speech_in_it = spoken
    real.engine.set_sound(sound)
    real.engine.load(Load(path, at=0, play=True, index=index_of(path)))
    real.settle()
    told = []
    while not isinstance(real.events[-1], Ended):
        real.advance(20)
        told.append(real.engine.position())
    assert told == sorted(told)
    for first, last in speech_in_it.words[1:]:
        begins = onset(speech_in_it.sound[first:last]) + first
        step = next(step for step, place in enumerate(told) if place * real.rate / 1000 >= begins - 0.06 * real.rate)
        low = (step + 1) * real.rate // 50
        # The place is told every 20 ms; between two of them it is what lies between.
        looks = np.interp((low + onset(real.sound[low:])) * 50 / real.rate - 1, range(len(told)), told)
        assert looks / 1000 == pytest.approx(begins / real.rate, abs=0.02)


def onset(sound: Samples) -> int:
    """The sample at which a word begins to be heard."""
    few = 120
    return int(np.argmax(np.convolve(sound[:24_000] ** 2, np.ones(few) / few, "same") > 1e-4))


def test_changes_of_sound_are_heard_without_a_seam(real: RealStage, audio: Path) -> None:
    load(real, audio, at=1000, play=True)
    real.advance(700)
    for sound in (
        Sound(is_levelled=True),
        Sound(is_levelled=True, is_mono=True),
        Sound(),
        Sound(trimming=Trimming.MEDIUM),
    ):
        real.engine.set_sound(sound)
        real.advance(900)
    real.engine.set_sound(Sound(1.5))
    real.advance(1000)
    real.engine.set_sound(Sound())
    real.advance(2000)
    found = find_landings(real.sound[: round(4.2 * real.rate)], real.rate, hop=0.1)
    # At normal speed it is one stretch, whatever was switched; a change of speed is no hole.
    assert found[0].at == pytest.approx(0, abs=0.01)
    assert found[0].until > 4.1
    assert read_position(real.sound[-real.rate // 10 :], real.rate) == pytest.approx(
        real.engine.position() / 1000 - 0.1, abs=0.02
    )
    quiet = np.sqrt(np.mean(real.sound[: len(real.sound) // 200 * 200].reshape(-1, 200) ** 2, 1))
    assert quiet[2:].min() > 0.1 * np.median(quiet)


def test_nothing_is_trimmed_across_a_boundary(real: RealStage, spoken: tuple[Path, Speech]) -> None:
    path, speech_in_it = spoken
    starts = [last * 1000 // 24_000 + 400 for _, last in speech_in_it.words[4:-1]]
    real.engine.set_sound(Sound(trimming=Trimming.STRONG))
    real.engine.load(Load(path, play=True, boundaries=tuple(starts)))
    real.settle()
    told = [real.engine.position()]
    while not isinstance(real.events[-1], Ended):
        real.advance(10)
        told.append(real.engine.position())
    assert real.engine.listened().by_trimming > 2000
    for start in starts:
        assert min(abs(place - start) for place in told) <= 10


def test_what_was_heard_and_saved_adds_up(stage: Stage, audio: Path) -> None:
    stage.engine.set_sound(Sound(2.0))
    load(stage, audio, at=1000, play=True)
    stage.advance(2000)
    stage.engine.seek(500)
    stage.settle()
    stage.advance(1000)
    stage.engine.pause()
    stage.settle()
    stage.advance(1000)
    stage.engine.unload()
    load(stage, audio, at=LENGTH - 1000, play=True)
    stage.advance(1500)
    counted = stage.engine.listened()
    assert counted.heard == pytest.approx(3500, abs=20)
    assert counted.by_speed == pytest.approx(3500, abs=20)
    assert counted.by_trimming == pytest.approx(0, abs=1)


def test_a_long_silence_does_not_keep_commands_waiting(real: RealStage, tmp_path: Path) -> None:
    rate = 16_000
    words = speech((0.3,) * 6, rate).sound
    path = write_wav(tmp_path / "silence.wav", np.concatenate((words, np.zeros(120 * rate, np.float32), words)), rate)
    real.engine.set_sound(Sound(trimming=Trimming.STRONG))
    load(real, path, play=True)
    ends = len(words) * 1000 // rate
    real.advance(ends + 2000)
    assert real.engine.position() > ends + 100_000
    real.engine.seek(1000)
    assert real.engine.position() == 1000


def test_volume_and_mute_reach_the_sound(real: RealStage, audio: Path) -> None:
    load(real, audio, at=1100, play=True)

    def loudness() -> float:
        real.heard.clear()
        real.advance(300)
        return float(np.sqrt(np.mean(real.sound**2)))

    full = loudness()
    real.engine.set_volume(0.5)
    real.settle()
    assert loudness() == pytest.approx(full / 8, rel=0.1)
    real.engine.set_muted(True)
    real.settle()
    assert loudness() == 0
    real.engine.set_muted(False)
    real.engine.set_volume(1.0)
    real.settle()
    assert loudness() == pytest.approx(full, rel=0.1)


def test_a_new_index_is_told_once(real: RealStage, audio: Path, other: Path) -> None:
    real.engine.load(Load(audio))
    first = real.wait_for(Indexed)
    assert first.index == index_file(audio)
    assert first.duration == LENGTH
    real.events.clear()
    load(real, audio)
    load(real, other)
    assert real.events == [Loaded(audio, LENGTH), Loaded(other, 10_000)]
    real.engine.load(Load(audio, index=b"of another version"))
    assert real.wait_for(Indexed) == first


def test_a_truncated_file_ends_where_it_ends(real: RealStage, audio: Path, tmp_path: Path) -> None:
    path = tmp_path / "half.mp3"
    path.write_bytes(audio.read_bytes()[: audio.stat().st_size // 2])
    load(real, path, at=9000, play=True)
    real.advance(2000)
    ended = real.events[-1]
    assert isinstance(ended, Ended)
    assert ended.duration == real.engine.position() == pytest.approx(10_000, abs=60)


def test_who_cannot_read_on_stays_where_it_was_heard(
    real: RealStage, audio: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_: Track) -> None:
        raise FileError("audio.mp3", "the disk is gone")

    def fail(to: int | None) -> int:
        load(real, audio, at=1000, play=True)
        real.advance(1000)
        with monkeypatch.context() as patch:
            patch.setattr(Track, "block", unreadable)
            if to is not None:
                real.engine.seek(to)
            real.advance(2000)
        assert isinstance(real.events[-1], Failed)
        return real.engine.position()

    assert 2000 < fail(None) <= 4000
    assert fail(5000) == 5000
    load(real, audio)
    assert real.engine.position() == 0


def test_no_audio_is_told(real: RealStage, tmp_path: Path) -> None:
    page = tmp_path / "page.mp3"
    page.write_bytes(b"<!doctype html><title>Sorry</title>")
    load(real, page, play=True)
    failed = real.events[-1]
    assert isinstance(failed, Failed)
    assert isinstance(failed.error, NotAudioError)
    assert failed.error.found == "a web page"


def test_events_of_a_replaced_file_are_not_told(real: RealStage, audio: Path, other: Path) -> None:
    for _ in range(20):
        real.engine.load(Load(audio, at=0, play=True, index=index_of(audio)))
        real.engine.load(Load(other, at=0, play=False, index=None))
    real.settle()
    assert real.events[-1] == Loaded(other, 10_000)
    told = [getattr(event, "path", None) for event in real.events]
    assert told[-1] == other
    assert not any(isinstance(event, Started) and event.path == other for event in real.events)


def test_the_position_never_goes_back_by_itself(real: RealStage, audio: Path) -> None:
    load(real, audio, play=True)
    last = -1
    for _ in range(100):
        real.clock.now += 0.013
        if _ % 7 == 0:
            real.settle()
        position = real.engine.position()
        assert position >= last
        last = position


def test_silence_wakes_nobody(audio: Path) -> None:
    clock = ManualClock()
    playing = Playing(lambda: NullOutput(clock=clock), lambda _event: None, clock, lambda _path, _index: None)
    assert playing.fill() is None
    playing.load(Load(audio, play=True))
    assert playing.fill() is not None
    playing.pause()
    assert playing.fill() is None
    playing.play()
    playing.unload()
    assert playing.fill() is None
    playing.close()


def test_the_engine_brings_in_nothing_heavy() -> None:
    code = "import sys, player.audio.audio_engine; print([n for n in ('av', 'numpy', 'PySide6') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_fade_is_heard_as_long_as_it_lasts_and_a_pause_ends_in_silence(real: RealStage, audio: Path) -> None:
    load(real, audio, play=True)
    real.advance(500)

    def loudness(millis: int) -> float:
        real.heard.clear()
        real.advance(millis)
        return float(np.sqrt(np.mean(real.sound**2)))

    full = loudness(300)
    real.engine.fade(0.0, 1000)
    real.settle()
    levels = [loudness(100) for _ in range(12)]
    assert all(one > two for one, two in pairwise(levels[:10]))
    assert levels[4] == pytest.approx(full * 0.55**3, rel=0.2)
    assert levels[10:] == [0.0, 0.0]
    real.engine.pause()
    real.engine.fade(1.0, 0)
    real.settle()
    real.engine.play()
    real.settle()
    assert loudness(300) == pytest.approx(full, rel=0.3)
