"""The listener's hand: scrubbing and soft landings; and what happens to a file or a device meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from player.audio.engine import Ended, Interrupted, Landing, Load, Started, Vanished
from player.audio.null_output import NullOutput
from player.core.errors import SoundDeviceError
from stages import RealStage, Stage, index_of, load
from timecoded import find_landings, read_position, write_timecoded

LENGTH = 20_000


class Device(NullOutput):
    """An output whose device a test can take away, or put another in its place."""

    def __init__(self, stage: RealStage) -> None:
        super().__init__(clock=stage.clock, hear=stage.hear)
        self.problem: SoundDeviceError | None = None
        self.is_other = False
        self.starts = 0

    def start(self, rate: int, channels: int) -> None:
        self.starts += 1
        self.is_other = False
        super().start(rate, channels)

    def free(self) -> int:
        if self.problem is not None:
            raise self.problem
        return super().free()

    def is_elsewhere(self) -> bool:
        if self.problem is not None:
            raise self.problem
        return self.is_other


class DeviceStage(RealStage):
    def output(self) -> NullOutput:
        self.device = Device(self)
        return self.device


@pytest.fixture(scope="module")
def audio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_timecoded(tmp_path_factory.mktemp("hand") / "audio.mp3", LENGTH / 1000, bitrate=64_000)


@pytest.fixture
def real() -> Iterator[DeviceStage]:
    stage = DeviceStage()
    yield stage
    stage.engine.close()


@pytest.fixture
def lengths(audio: Path) -> dict[Path, int]:
    return {audio: LENGTH}


# Both engines


@pytest.mark.parametrize("is_playing", [True, False])
def test_scrubbing_moves_the_position_and_seeking_ends_it(stage: Stage, audio: Path, is_playing: bool) -> None:
    load(stage, audio, at=2000, play=is_playing)
    for to in (5000, 9000, 7000):
        stage.engine.scrub(to)
        stage.settle()
        assert stage.engine.position() == to
    stage.engine.seek(7100)
    stage.settle()
    stage.advance(500)
    assert stage.engine.position() == pytest.approx(7600 if is_playing else 7100, abs=20)


# The real one


def test_moments_are_heard_while_scrubbing(real: DeviceStage, audio: Path) -> None:
    load(real, audio, at=2000)
    for place in range(5000, 9000, 400):
        real.engine.scrub(place)
        real.settle()
        real.advance(100)
    real.advance(200)
    grain = round(0.12 * real.rate)
    heard = [
        read_position(real.sound[start : start + grain], real.rate)
        for start in range(0, len(real.sound) - grain + 1, grain)
    ]
    assert len(heard) >= 5
    assert heard == sorted(each for each in heard if each is not None)
    assert all(each is not None and abs((each - 5) / 0.4 - round((each - 5) / 0.4)) < 0.05 for each in heard)
    real.advance(1000)
    before = len(real.heard)
    real.advance(1000)
    assert len(real.heard) == before


def test_a_quick_hand_skips_places(real: DeviceStage, audio: Path) -> None:
    load(real, audio)
    for place in range(1000, 19_000, 100):
        real.engine.scrub(place)
        real.settle()
    assert real.engine.position() == 18_900
    real.engine.seek(19_000)
    real.settle()
    assert real.device.starts <= 3


def test_it_lands_softly_in_the_pause_before_the_words(real: DeviceStage, tmp_path: Path) -> None:
    import av

    rate = 24_000
    generator = np.random.default_rng(5)
    sound = generator.normal(0, 0.2, 6 * rate)
    # A pause from 2.5 to 2.8 s: who jumps to 3 s would miss the beginning of a word.
    sound[round(2.5 * rate) : round(2.8 * rate)] *= 0.001
    path = tmp_path / "talk.wav"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=rate, layout="mono")
        frame = av.AudioFrame.from_ndarray((sound * 32_767).clip(-32_768, 32_767).astype(np.int16)[None], layout="mono")
        frame.sample_rate = rate
        container.mux(stream.encode(frame))
    load(real, path)
    real.engine.seek(3000, Landing())
    real.engine.play()
    real.settle()
    assert 2760 <= real.engine.position() <= 2800
    real.engine.seek(3000)
    real.settle()
    assert real.engine.position() == pytest.approx(3000, abs=2)
    real.engine.seek(1500, Landing(-60.0))
    real.settle()
    assert real.engine.position() == pytest.approx(1500, abs=2)


def test_a_device_that_is_taken_away_pauses_and_it_goes_on_there(real: DeviceStage, audio: Path) -> None:
    load(real, audio, at=3000, play=True)
    real.advance(1000)
    real.device.problem = SoundDeviceError("the headphones have been taken away")
    real.advance(100)
    stopped = real.events[-1]
    assert isinstance(stopped, Interrupted)
    assert stopped.error is real.device.problem
    assert stopped.position == pytest.approx(4000, abs=120)
    assert real.engine.position() == stopped.position
    real.device.problem = None
    real.engine.play()
    real.settle()
    assert real.events[-1] == Started(audio)
    real.advance(500)
    assert real.engine.position() == pytest.approx(stopped.position + 500, abs=20)


def test_another_device_takes_over_where_it_is(real: DeviceStage, audio: Path) -> None:
    load(real, audio, at=3000, play=True)
    real.advance(1000)
    real.device.is_other = True
    real.real.devices_changed()
    real.settle()
    real.advance(1000)
    assert real.device.starts == 2
    assert real.engine.position() == pytest.approx(5000, abs=20)
    found = find_landings(real.sound, real.rate, hop=0.05)
    assert len(found) == 1
    assert [type(event) for event in real.events].count(Started) == 1


def test_a_file_that_is_deleted_is_told_and_plays_on(real: DeviceStage, audio: Path, tmp_path: Path) -> None:
    path = tmp_path / "gone.mp3"
    path.write_bytes(audio.read_bytes())
    load(real, path, play=True)
    real.advance(3000)
    path.unlink()
    real.advance(3000)
    assert [event for event in real.events if isinstance(event, Vanished)] == [Vanished(path)]
    real.engine.seek(15_000)
    real.settle()
    real.advance(2000)
    assert real.engine.position() == pytest.approx(17_000, abs=20)


def test_a_file_that_has_been_cut_off_says_what_it_lacks(real: DeviceStage, audio: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.mp3"
    path.write_bytes(audio.read_bytes()[: audio.stat().st_size // 2])
    real.engine.load(Load(path, at=9000, play=True, index=index_of(path)))
    real.settle()
    real.advance(2000)
    ended = real.events[-1]
    assert isinstance(ended, Ended)
    assert ended.duration == pytest.approx(10_000, abs=100)
    assert ended.missing == pytest.approx(10_000, abs=100)
