"""The sound device, through Qt: the only module that knows QtMultimedia. Must not know what is played.

Samples are pushed into a buffer deep enough to outlive a busy interpreter; no Python runs in the device's callback. A
jump does not wait for that buffer to be heard: a second sink begins at once, while the first one fades out.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QCoreApplication, QIODevice, QTimer
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QMediaDevices, QtAudio

from player.audio.engine import Clock, Device
from player.audio.outputs import DEVICE_STUCK, DEVICE_TAKEN, NO_DEVICE, Output, Samples
from player.core.errors import DeviceGoneError, SoundDeviceError
from player.core.phrases import Phrase

_DEPTH_SECONDS = 0.75
_CHANNELS = 2
_FRAME_BYTES = 4 * _CHANNELS
_SERVER_MILLISECONDS = 40
"""What PulseAudio has in advance. Qt asks for 23, which ran out now and then on busy cores; a jump waits 12 more."""
_LATENCY = 0.0205
"""Seconds from Qt's handing over of a sample to its sound: measured at the monitor of a PulseAudio sink."""
_RAMP_STEP = 0.25
_RAMP_EVERY = 0.004
_FADE_EVERY = 0.02
"""Seconds between two steps of a long fade."""
_DRAIN = 0.02
"""Seconds for which a faded-out sink goes on, until the server has played what it took before the fade."""
_OUT_OF_STEP = 0.05
_LOOK = 0.5
_STALLED = 5.0
"""Seconds without any sound taken after which the device counts as gone: Qt does not tell when PulseAudio dies."""
_FATAL = (QtAudio.Error.OpenError, QtAudio.Error.IOError, QtAudio.Error.FatalError)


def run_with_events(work: Callable[[], None], on_devices: Callable[[tuple[Device, ...]], None]) -> None:
    """Run `work` in a thread, and Qt's event loop, which sinks need, in this one meanwhile.

    `on_devices` is told in this thread which sound devices there are, at once and whenever that changes.
    """
    # So that devices have the names that PulseAudio gives them, where that is.
    os.environ.setdefault("QT_AUDIO_BACKEND", "pulseaudio")
    application = QCoreApplication(["earmark"])
    application.setApplicationName("Earmark")
    devices = QMediaDevices()

    def tell() -> None:
        on_devices(sound_devices())

    def run() -> None:
        work()
        application.quit()

    devices.audioOutputsChanged.connect(tell)
    tell()
    worker = threading.Thread(target=run, name="earmark-commands")
    # Once the loop runs: to end one that does not yet would be to no avail.
    QTimer.singleShot(0, worker.start)
    application.exec()
    worker.join()
    devices.audioOutputsChanged.disconnect(tell)


def sound_devices() -> tuple[Device, ...]:
    """All devices that sound can be played on."""
    return tuple(
        Device(_id(device), device.description(), device.isDefault()) for device in QMediaDevices.audioOutputs()
    )


def sound_output() -> Output:
    """An output on a sound device of the system: through PulseAudio itself where that is, else as Qt can.

    Raises SoundDeviceError where there is none now: a server may come (back) before the next try.
    """
    from player.audio.pulse_output import PulseOutput

    try:
        return PulseOutput(sound_devices)
    except SoundDeviceError:
        if not sound_devices():
            raise
        return QtOutput()


def _id(device: QAudioDevice) -> str:
    return bytes(device.id().data()).decode("utf-8", "replace")


class QtOutput:
    """An `Output` on a sound device of the system. Needs a QCoreApplication; lives in the thread that uses it."""

    def __init__(self, *, clock: Clock = time.monotonic) -> None:
        # libpulse takes it for every stream, whatever the program asks for.
        os.environ.setdefault("PULSE_LATENCY_MSEC", str(_SERVER_MILLISECONDS))
        self._clock = clock
        self._wanted: str | None = None
        self._lanes: list[_Lane] = []
        self._lane: _Lane | None = None
        self._gain = 1.0
        self._fading = _Fading()

    def set_device(self, wanted: str | None) -> None:
        """Play on the device of this id from the next `start` on; None, or while it is gone: on the default one."""
        self._wanted = wanted

    def is_elsewhere(self) -> bool:
        """Whether a new `start` would play on another device. Raises DeviceGoneError when the present one is gone."""
        if self._lane is None:
            return False
        playing = self._lane.device
        if all(device.id() != playing.id() for device in QMediaDevices.audioOutputs()):
            self._lane.reset()
            raise DeviceGoneError(playing.description())
        return self._device().id() != playing.id()

    def _device(self) -> QAudioDevice:
        for device in QMediaDevices.audioOutputs() if self._wanted else ():
            if _id(device) == self._wanted:
                return device
        return QMediaDevices.defaultAudioOutput()

    def start(self, rate: int, channels: int) -> None:
        """Begin anew. Raises SoundDeviceError."""
        assert channels in (1, _CHANNELS)
        self.stop()
        device = self._device()
        if device.isNull():
            raise SoundDeviceError(NO_DEVICE)
        lane = self._free_lane(device, rate)
        lane.begin(self._gain * self._fading.part(self._clock()) ** 3)
        self._lane = lane

    def free(self) -> int:
        """How many frames can be written now. Raises SoundDeviceError when the device has gone."""
        if self._lane is None:
            return 0
        self._lane.check()
        return self._lane.free()

    def write(self, samples: Samples) -> int:
        """Take samples; mono goes to both sides."""
        if self._lane is None:
            return 0
        sides = samples if samples.shape[1] == _CHANNELS else np.repeat(samples, _CHANNELS, 1)
        return self._lane.write(sides)

    def heard(self) -> float:
        """How many frames written since `start` have been heard by now, to some milliseconds."""
        return self._lane.heard() if self._lane is not None else 0.0

    def stop(self) -> None:
        """Fade out."""
        if self._lane is not None:
            self._lane.end()
            self._lane = None

    def set_gain(self, gain: float) -> None:
        """Go to another volume within some milliseconds."""
        self._gain = gain
        if self._lane is not None:
            self._lane.ramp_to(gain * self._fading.part(self._clock()) ** 3)

    def fade(self, part: float, seconds: float) -> None:
        """Go evenly to a part of the loudness, in steps that `tend` takes."""
        self._fading.turn(self._clock(), part, seconds)
        if self._lane is not None:
            self._lane.ramp_to(self._gain * self._fading.part(self._clock()) ** 3)

    def tend(self) -> float | None:
        """Go on with fades."""
        now = self._clock()
        if self._lane is not None and self._fading.is_on:
            self._lane.ramp_to(self._gain * self._fading.part(now) ** 3)
            self._fading.is_on = now < self._fading.end
        dues = [due for lane in self._lanes if (due := lane.tend()) is not None]
        dues += [_FADE_EVERY] if self._lane is not None and self._fading.is_on else []
        return min(dues, default=None)

    def close(self) -> None:
        """Give the device free."""
        for lane in self._lanes:
            lane.reset()
        self._lane = None
        self._lanes.clear()

    def _free_lane(self, device: QAudioDevice, rate: int) -> _Lane:
        """A sink that is not in use: a silent one, the one that has faded the longest, or a new one."""
        fitting = [lane for lane in self._lanes if lane.fits(device, rate)]
        for other in self._lanes:
            if other not in fitting:
                other.reset()
        self._lanes = fitting
        silent = [lane for lane in self._lanes if lane.is_silent]
        if not silent and len(self._lanes) >= _CHANNELS:
            silent = self._lanes[:1]
        if not silent:
            silent = [_Lane(device, rate, self._clock)]
        else:
            self._lanes.remove(silent[0])
        self._lanes.append(silent[0])
        return silent[0]


class _Fading:
    """The part of the loudness at each time, while it moves from one to another."""

    def __init__(self) -> None:
        self._from = self._to = 1.0
        self._begun = self.end = 0.0
        self.is_on = False

    def turn(self, now: float, to: float, seconds: float) -> None:
        """Move to another part within so long."""
        self._from, self._to = self.part(now), to
        self._begun, self.end, self.is_on = now, now + seconds, True

    def part(self, now: float) -> float:
        """The part at a time."""
        if now >= self.end:
            return self._to
        return self._from + (self._to - self._from) * (now - self._begun) / (self.end - self._begun)


class _Lane:
    """One QAudioSink with a volume that moves softly."""

    def __init__(self, device: QAudioDevice, rate: int, clock: Clock) -> None:
        self.device = device
        self._rate = rate
        self._clock = clock
        self._sink = QAudioSink(device, _format(device, rate))
        self._sink.setBufferFrameCount(round(_DEPTH_SECONDS * rate))
        self._io: QIODevice | None = None
        self._written = 0
        self._heard = 0.0
        self._offset: float | None = None
        self._emptied: float | None = None
        self._handed = 0
        self._waited = self._looked = 0.0
        self._volume = self._target = 1.0
        self._due = 0.0
        self._is_ending = False

    @property
    def is_silent(self) -> bool:
        """Whether the sink is stopped."""
        return self._io is None

    def fits(self, device: QAudioDevice, rate: int) -> bool:
        """Whether the sink can be used again for this device and rate."""
        return self.device == device and self._rate == rate and self._sink.error() not in _FATAL

    def begin(self, volume: float) -> None:
        """Start the sink, empty."""
        self.reset()
        self._volume = self._target = volume
        self._sink.setVolume(volume)
        self._io = self._sink.start()
        self._written, self._heard = 0, 0.0
        self._offset = self._emptied = None
        self._handed, self._waited, self._looked = 0, 0.0, self._clock()
        self.check()

    def check(self) -> None:
        """Raise SoundDeviceError when the device does not work (any more)."""
        # The sink learns of its device's end by posted events; the engine's thread has no event loop of its own.
        QCoreApplication.sendPostedEvents()
        error = self._sink.error()
        if self._io is None or error in _FATAL or self._sink.state() == QtAudio.State.StoppedState:
            self.reset()
            raise SoundDeviceError(DEVICE_TAKEN)
        handed, now = self._sink.processedUSecs(), self._clock()
        # A machine that slept, or a process that was stopped, has not waited: only time between two looks counts.
        self._waited += min(now - self._looked, _LOOK)
        self._looked = now
        if handed != self._handed or self._emptied is not None:
            self._handed, self._waited = handed, 0.0
        elif self._waited > _STALLED:
            self.reset()
            raise SoundDeviceError(DEVICE_STUCK)

    def free(self) -> int:
        """Frames that fit in."""
        return self._sink.bytesFree() // _FRAME_BYTES

    def write(self, samples: Samples) -> int:
        """Take samples of two channels; the number of frames taken."""
        assert self._io is not None
        taken = self._io.write(np.ascontiguousarray(samples[: self.free()], np.float32).tobytes())
        frames = max(0, taken) // _FRAME_BYTES
        self._written += frames
        self._emptied = None
        return frames

    def heard(self) -> float:
        """Frames heard. The sink tells in steps of some 10 ms what it has handed over; the clock fills them in.

        A sink that has ended, or whose device has gone, begins to count anew: then it is what was heard before.
        """
        handed = self._sink.processedUSecs() / 1e6 if self._io is not None else 0.0
        if handed <= 0:
            return self._heard
        now = self._clock()
        if handed * self._rate >= self._written - 1:
            self._emptied = now if self._emptied is None else self._emptied
            if now - self._emptied >= 2 * _LATENCY:
                self._heard = float(self._written)
                return self._heard
        offset = handed - now
        if self._offset is None or abs(offset - self._offset) > _OUT_OF_STEP:
            self._offset = offset
        else:
            self._offset += 0.2 * (offset - self._offset)
        self._heard = min(float(self._written), max(0.0, now + self._offset - _LATENCY) * self._rate)
        return self._heard

    def ramp_to(self, volume: float) -> None:
        """Move to a volume."""
        if not self._is_ending:
            self._target = volume
            self._due = self._clock()

    def end(self) -> None:
        """Fade out, then stop."""
        self._target = 0.0
        self._due = self._clock()
        self._is_ending = True

    def tend(self) -> float | None:
        """Go on with a fade; seconds to the next step."""
        if self._io is None or (self._volume == self._target and not self._is_ending):
            return None
        now = self._clock()
        if now < self._due:
            return self._due - now
        if self._volume == self._target:
            self.reset()
            return None
        step = self._target - self._volume
        self._volume = self._target if abs(step) <= _RAMP_STEP else self._volume + np.sign(step) * _RAMP_STEP
        self._sink.setVolume(self._volume)
        pause = _DRAIN if self._volume == self._target else _RAMP_EVERY
        self._due = now + pause
        return pause

    def reset(self) -> None:
        """Stop at once."""
        if self._io is not None:
            self._sink.reset()
            self._io = None
        self._is_ending = False


def _format(device: QAudioDevice, rate: int) -> QAudioFormat:
    """Floats in two channels. Raises SoundDeviceError when the device does not take them."""
    made = QAudioFormat()
    made.setSampleRate(rate)
    made.setChannelCount(_CHANNELS)
    made.setSampleFormat(QAudioFormat.SampleFormat.Float)
    if not device.isFormatSupported(made):
        raise SoundDeviceError(
            Phrase("reasons", "{device} takes no sound of {rate} samples a second").filled(
                device=device.description(), rate=rate
            )
        )
    return made
