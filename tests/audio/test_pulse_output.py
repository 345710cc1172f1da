"""The output that can take back what it wrote, on a real sound server; its monitor is what is judged."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest

from loudspeaker import Recorder, SoundServer, missing_programs
from loudspeaker.server import RATE
from player.audio.engine import Device
from player.audio.pulse_output import PulseOutput
from player.core.errors import SoundDeviceError

pytestmark = [
    pytest.mark.skipif(bool(missing_programs()), reason=f"not installed: {', '.join(missing_programs())}"),
    pytest.mark.alone,
]

LOW, HIGH = 441, 1323
Sound = npt.NDArray[np.float32]


class Clock:
    """The real one, and what it is put forward by."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead


def tone(frequency: int, seconds: float, first: float = 0.0) -> Sound:
    """A tone of half the full strength, mono, from `first` seconds of it on."""
    at = np.arange(round(first * RATE), round((first + seconds) * RATE))
    return (0.5 * np.sin(2 * np.pi * frequency * at / RATE)).astype(np.float32)[:, None]


def rising(sound: Sound) -> Sound:
    found = sound.copy()
    found[:176] *= np.sin(np.linspace(0, np.pi / 2, 176, dtype=np.float32))[:, None] ** 2
    return found


def strength(sound: Sound, frequency: int) -> Sound:
    """How strong a tone is in each hundredth of a second."""
    blocks = sound[: len(sound) // 441 * 441].reshape(-1, 441)
    wave = np.exp(2j * np.pi * frequency * np.arange(441) / RATE)
    return np.asarray(np.abs(blocks @ wave) * 2 / 441, np.float32)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundServer]:
    with SoundServer(tmp_path_factory.mktemp("sound")) as server:
        yield server


@pytest.fixture
def server(running: SoundServer, monkeypatch: pytest.MonkeyPatch) -> SoundServer:
    for name in ("PULSE_SERVER", "PULSE_RUNTIME_PATH", "XDG_RUNTIME_DIR", "HOME"):
        if name in running.environment:
            monkeypatch.setenv(name, running.environment[name])
    return running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def output(server: SoundServer, clock: Clock) -> Iterator[PulseOutput]:
    output = PulseOutput(lambda: (Device("heard", "Null Output", is_default=True),), clock=clock)
    yield output
    output.close()


def play(output: PulseOutput, sound: Sound) -> None:
    assert output.write(sound) == len(sound)


def listen(recorder: Recorder, output: PulseOutput, seconds: float) -> None:
    """Let time pass as the engine does, which looks at the place several times a second."""
    for _ in range(round(seconds / 0.04)):
        recorder.wait(0.04)
        output.heard()


def wait_on(output: PulseOutput, clock: Clock) -> None:
    for _ in range(10):
        clock.ahead += 0.5
        output.free()


def test_a_new_sound_is_heard_at_once_and_the_seam_is_soft(server: SoundServer, output: PulseOutput) -> None:
    with Recorder(server) as recorder:
        output.start(RATE, 1)
        play(output, tone(LOW, 0.7))
        recorder.wait(0.3)
        told = recorder.now()
        output.start(RATE, 1)
        play(output, rising(tone(HIGH, 0.4)))
        recorder.wait(0.7)
        sound = recorder.sound()
    low, high = strength(sound, LOW), strength(sound, HIGH)
    first = int(np.flatnonzero(high > 0.25)[0])
    assert (first - told / 441) < 8, "the new one came late"
    assert np.all(low[first + 2 :] < 0.05), "the old one goes on"
    assert np.count_nonzero(high > 0.4) == pytest.approx(40, abs=2), "not all of the new one was heard"
    # A click is a leap of the slope, of which tones have little: 0.5 (2 pi f / rate)^2 from sample to sample.
    bends = np.abs(np.diff(sound, 2))
    assert float(bends[(first - 5) * 441 : (first + 20) * 441].max()) < 0.5 * (2 * np.pi * HIGH / RATE) ** 2 * 1.6


def test_the_volume_changes_what_was_written_before(server: SoundServer, output: PulseOutput) -> None:
    with Recorder(server) as recorder:
        output.start(RATE, 1)
        play(output, tone(LOW, 0.7))
        recorder.wait(0.3)
        told = recorder.now() / 441
        output.set_gain(0.2)
        recorder.wait(0.3)
        sound = recorder.sound()
    low = strength(sound, LOW)
    soft = int(np.flatnonzero(low > 0.4)[-1])
    assert soft - told < 8
    assert low[soft + 3 : soft + 15] == pytest.approx(np.full(12, 0.1), abs=0.01)
    bends = np.abs(np.diff(sound, 2))
    assert float(bends[(soft - 5) * 441 : (soft + 10) * 441].max()) < 0.01


def test_sound_that_comes_too_late_is_heard_whole(server: SoundServer, output: PulseOutput) -> None:
    with Recorder(server) as recorder:
        output.start(RATE, 1)
        play(output, tone(LOW, 0.3))
        listen(recorder, output, 0.6)
        assert output.heard() == round(0.3 * RATE)
        play(output, tone(LOW, 0.3, 0.3))
        listen(recorder, output, 0.2)
        assert 0.3 * RATE < output.heard() < 0.55 * RATE
        listen(recorder, output, 0.4)
        assert output.heard() == round(0.6 * RATE)
        sound = recorder.sound()
    assert np.count_nonzero(strength(sound, LOW) > 0.4) == pytest.approx(60, abs=3)


def test_short_sounds_after_a_stop_are_heard_whole_and_counted_right(server: SoundServer, output: PulseOutput) -> None:
    with Recorder(server) as recorder:
        output.start(RATE, 1)
        play(output, tone(LOW, 0.7))
        recorder.wait(0.2)
        output.start(RATE, 1)
        for number in range(3):
            play(output, rising(tone(HIGH, 0.05)))
            listen(recorder, output, 0.12)
            assert output.heard() == (number + 1) * round(0.05 * RATE)
        sound = recorder.sound()
    assert np.count_nonzero(strength(sound, HIGH) > 0.25) == pytest.approx(15, abs=3)


def test_a_stop_is_silent_and_lets_the_device_sleep(server: SoundServer, output: PulseOutput, clock: Clock) -> None:
    with Recorder(server) as recorder:
        output.start(RATE, 1)
        play(output, tone(LOW, 0.7))
        recorder.wait(0.3)
        output.stop()
        recorder.wait(0.15)
        quiet = recorder.now()
        recorder.wait(0.4)
        sound = recorder.sound()
    assert not sound[quiet - RATE // 20 :].any()
    assert "Corked: no" in server.pactl("list", "sink-inputs")
    assert output.tend() is not None
    clock.ahead += 5
    assert output.tend() is None
    assert "Corked: yes" in server.pactl("list", "sink-inputs")
    with Recorder(server) as recorder:
        output.start(RATE, 1)
        play(output, tone(HIGH, 0.3))
        recorder.wait(0.5)
        assert float(np.max(strength(recorder.sound(), HIGH))) > 0.45


def test_a_server_that_is_silent_is_given_up_after_some_seconds(
    server: SoundServer, output: PulseOutput, clock: Clock
) -> None:
    output.start(RATE, 1)
    play(output, tone(LOW, 0.5))
    server.signal(signal.SIGSTOP)
    try:
        for _ in range(6):
            clock.ahead += 0.5
            assert output.free() >= 0
        with pytest.raises(SoundDeviceError, match="takes no sound"):
            wait_on(output, clock)
    finally:
        server.signal(signal.SIGCONT)
    output.start(RATE, 1)
    assert output.free() > 0
