"""An `Output` on PulseAudio that holds much in advance and can still take it back.

Must not know what is played, nor which devices there are. The server keeps most of a second, so that a busy machine is
not heard. A jump does not wait for that: what was not read yet is written anew, the old sound fading out over the first
milliseconds of the new one. So does a change of the volume.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence

import numpy as np

from player.audio.engine import Clock, Device
from player.audio.outputs import DEVICE_STUCK, DEVICE_TAKEN, Samples
from player.audio.pending import Pending
from player.audio.pulse import CHANNELS, PulseServer, PulseStream, Timing
from player.core.errors import DeviceGoneError, SoundDeviceError

_DEPTH = 0.75
_STEP = 0.01
_FADE = 0.004
_MARGIN = 0.005
"""Seconds, beyond a step of the device, before which nothing is written anew: it could be read meanwhile."""
_SILENCE = 0.1
"""Seconds of silence that take the place of what is cut off at once; the next look at the output sends the rest."""
_PATIENCE = 5.0
_ANSWER = 0.05
"""Seconds that a jump waits for the server to say where it is; then it is reckoned by the clock."""
_BRIEF = 0.003
"""Seconds that a look at the place waits; an answer that comes later serves the next look."""
_FRESH = 0.05
_REST_AFTER = 2.0
_LOOK = 0.5
_UNKNOWN = Device("", "", is_default=True)
"""Where the server plays what is for no device in particular, while no devices are known: it may have come later."""


class PulseOutput:
    """Lives in the thread that uses it."""

    def __init__(self, devices: Callable[[], Sequence[Device]], *, clock: Clock = time.monotonic) -> None:
        """`devices` are those of the system now. Raises SoundDeviceError where there is no server."""
        self._devices = devices
        self._clock = clock
        self._server: PulseServer | None = PulseServer(clock, _PATIENCE)
        self._wanted: str | None = None
        self._gain = self._part = 1.0
        self._line: _Line | None = None
        self._heard = 0.0
        """What had been heard when the device went away."""

    def set_device(self, wanted: str | None) -> None:
        """Play on the device of this id from the next `start` on; None, or while it is gone: on the default one."""
        self._wanted = wanted

    def is_elsewhere(self) -> bool:
        """Whether a new `start` would play on another device. Raises DeviceGoneError when the present one is gone."""
        if self._line is None:
            return False
        playing = self._line.device
        if playing is _UNKNOWN:
            return False
        if all(device.id != playing.id for device in self._devices()):
            self._drop()
            raise DeviceGoneError(playing.name)
        return self._device().id != playing.id

    def _device(self) -> Device:
        devices = self._devices()
        wanted = (device for device in devices if device.id == self._wanted)
        return next(wanted, None) or next((device for device in devices if device.is_default), _UNKNOWN)

    def start(self, rate: int, channels: int) -> None:
        """Begin anew. Raises SoundDeviceError."""
        assert channels in (1, CHANNELS)
        device = self._device()
        line = self._line
        if line is None or not line.is_alive or line.device.id != device.id or line.rate != rate:
            self._drop()
            line = self._line = _Line(self._living(), device, rate, self._gain, self._part, self._clock)
        line.begin()

    def free(self) -> int:
        """How many frames can be written now. Raises SoundDeviceError when the device has gone."""
        if self._line is None:
            return 0
        try:
            self._line.check()
        except SoundDeviceError:
            self._drop()
            raise
        return self._line.free()

    def write(self, samples: Samples) -> int:
        """Take samples; mono goes to both sides."""
        if self._line is None:
            return 0
        taken = samples[: self._line.free()]
        self._line.write(taken if taken.shape[1] == CHANNELS else np.repeat(taken, CHANNELS, 1))
        return len(taken)

    def heard(self) -> float:
        """How many frames written since `start` have been heard by now, to some milliseconds."""
        return self._line.heard() if self._line is not None else self._heard

    def stop(self) -> None:
        """Fade out."""
        if self._line is not None and self._line.is_alive:
            self._line.end()

    def set_gain(self, gain: float) -> None:
        """Go to another volume within some milliseconds."""
        self._gain = gain
        if self._line is not None and self._line.is_alive:
            self._line.set_gain(gain)

    def fade(self, part: float, seconds: float) -> None:
        """Go evenly to a part of the loudness."""
        self._part = part
        if self._line is not None and self._line.is_alive:
            self._line.fade(part, seconds)

    def tend(self) -> float | None:
        """Let a silent device sleep after a while."""
        return self._line.tend() if self._line is not None and self._line.is_alive else None

    def close(self) -> None:
        """Give the device free."""
        self._drop()
        if self._server is not None:
            self._server.close()
            self._server = None

    def _living(self) -> PulseServer:
        """The server, connected anew if it went away."""
        if self._server is not None and not self._server.is_alive:
            self._server.close()
            self._server = None
        if self._server is None:
            self._server = PulseServer(self._clock, _PATIENCE)
        return self._server

    def _drop(self) -> None:
        if self._line is not None:
            self._heard = self._line.heard()
            self._line.close()
            self._line = None


class _Line:
    """A stream, what is in it, and where it is."""

    def __init__(self, server: PulseServer, device: Device, rate: int, gain: float, part: float, clock: Clock) -> None:
        self.device = device
        self.rate = rate
        self._clock = clock
        # The server knows its default best, and where the listener has moved this program's sound before.
        self._stream = PulseStream(server, None if device.is_default else device.id, rate, _DEPTH, _STEP)
        self._pending = Pending(round(_FADE * rate))
        self._pending.set_gain(-self._frames(_FADE), gain)
        self._pending.fade(-self._frames(_FADE), part, 0)
        self._margin = self._frames(self._stream.step + _MARGIN)
        self._base = 0
        """The index of the first frame since `begin`, as if none had come too late since then."""
        self._written = 0
        self._heard = 0.0
        self._end = 0
        """The index behind all that the server has: beyond the last sample there may be silence."""
        self._silent_to = 0
        """Up to here the server has nothing any more of what was cut off."""
        self._timing = Timing(clock(), 0.0, 0.0, is_playing=False)
        self._looked = clock()
        self._silent_for = 0.0
        self._emptied: float | None = None
        """When the server had read all that was written."""
        self._is_over = self._is_resting = False
        self._ended = 0.0

    @property
    def is_alive(self) -> bool:
        return self._stream.is_alive

    def begin(self) -> None:
        """Begin anew where what is there can be cut."""
        if self._is_resting:
            self._stream.rest(is_resting=False)
        self._is_over = self._is_resting = False
        self._cut()
        self._base, self._written, self._heard = self._pending.end, 0, 0.0
        self._emptied = None

    def end(self) -> None:
        """Fade out."""
        if not self._is_over:
            self.heard()
            self._cut()
            self._is_over = True
            self._ended = self._clock()

    def check(self) -> None:
        """Raise SoundDeviceError when the device does not work (any more)."""
        if self._clock() - self._timing.at > _FRESH:
            self._look(_BRIEF)
        if not self.is_alive:
            raise SoundDeviceError(DEVICE_TAKEN)
        if self._silent_for > _PATIENCE:
            raise SoundDeviceError(DEVICE_STUCK)

    def free(self) -> int:
        """Frames that fit in."""
        return max(0, self._frames(_DEPTH) - max(0, self._pending.end - math.ceil(self._read())))

    def write(self, samples: Samples) -> None:
        """Put samples behind the last one."""
        if self._pending.end < self._read() + self._margin:
            self._catch_up()
        index = self._pending.end
        self._pending.add(samples)
        self._put(index, self._pending.end)
        self._silence_rest()
        self._written += len(samples)
        self._emptied = None

    def heard(self) -> float:
        """Frames heard since `begin`."""
        if not self._is_over:
            if self._clock() - self._timing.at > _FRESH:
                self._look(_BRIEF)
            now = self._clock()
            place = self._read() - self._timing.latency * self.rate - self._base
            if self._emptied is not None and now - self._emptied >= self._timing.latency:
                place = float(self._written)
            self._heard = min(float(self._written), max(self._heard, place))
        return self._heard

    def set_gain(self, gain: float) -> None:
        """Move to another volume, soon."""
        index = self._safe()
        self._pending.set_gain(index, gain)
        self._renew(index)

    def fade(self, part: float, seconds: float) -> None:
        """Move to a part of the loudness."""
        index = self._safe()
        self._pending.fade(index, part, self._frames(seconds))
        self._renew(index)

    def tend(self) -> float | None:
        """Seconds until there may be something to do again."""
        self._silence_rest()
        if not self._is_over or self._is_resting:
            return None
        left = self._ended + _REST_AFTER - self._clock()
        if left > 0:
            return left
        self._stream.rest(is_resting=True)
        self._is_resting = True
        return None

    def close(self) -> None:
        self._stream.close()

    def _renew(self, index: int) -> None:
        """Write anew what can still be changed."""
        if index < self._pending.end:
            self._put(index, self._pending.end)

    def _cut(self) -> None:
        """Let what is there fade out where it can still be changed; what is written next follows from there on.

        Only the beginning of the silence is sent at once, so that the new sound need not wait for all of it.
        """
        index = self._safe()
        self._pending.cut(index)
        self._silent_to = min(self._end, index + self._frames(_SILENCE))
        if index < self._silent_to:
            self._put(index, self._silent_to)

    def _silence_rest(self) -> None:
        """Put silence in place of what was cut off and is still at the server."""
        first = max(self._silent_to, self._pending.end)
        if first < self._end and self._silent_to < self._end:
            self._put(first, self._end)
        self._silent_to = self._end

    def _safe(self) -> int:
        """The first index that the server will surely not read before what is sent now has come.

        What is sent takes no longer than the question and its answer did.
        """
        asked = self._clock()
        # An answer may lie ready, to an older question.
        self._look(0.0)
        self._look(_ANSWER)
        trip = self._clock() - asked
        return min(self._end, math.ceil(self._read()) + self._margin + self._frames(trip))

    def _catch_up(self) -> None:
        """Go on behind silence that the device has played for want of sound."""
        index = max(self._pending.end, self._safe())
        self._base += index - self._pending.end
        self._pending.cut(index)

    def _put(self, first: int, stop: int) -> None:
        self._stream.write(first, self._pending.sound(first, stop))
        self._end = max(self._end, stop)
        self._pending.forget(math.floor(self._read()) - self._margin)

    def _read(self) -> float:
        """The index that the server has read up to by now."""
        timing = self._timing
        passed = (self._clock() - timing.at) * self.rate if timing.is_playing else 0.0
        return min(float(self._end), timing.read + passed)

    def _look(self, patience: float) -> None:
        """Ask where the stream is."""
        now = self._clock()
        timing = self._stream.timing(patience)
        # A machine that slept, or a process that was stopped, has not waited: only time between two looks counts.
        self._silent_for = 0.0 if timing is not None else self._silent_for + min(now - self._looked, _LOOK)
        self._looked = now
        if timing is None:
            return
        if self._emptied is None and timing.read >= self._pending.end:
            before = self._timing
            left = max(0.0, self._pending.end - before.read) / self.rate
            self._emptied = min(timing.at, before.at + left) if before.is_playing else timing.at
        self._timing = timing

    def _frames(self, seconds: float) -> int:
        return round(seconds * self.rate)
