"""libpulse, the client of PulseAudio (and of PipeWire in its place): the only module that knows it.

Must not know what is played. One thread drives it: nothing happens between calls, and no call waits for a server that
is silent. Source: https://freedesktop.org/software/pulseaudio/doxygen/ (stream.h, def.h, context.h, mainloop.h).
"""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Callable
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_int64, c_long, c_size_t, c_uint8, c_uint32, c_uint64
from ctypes import c_void_p as pointer
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import numpy as np

from player.audio.engine import Clock
from player.audio.outputs import DEVICE_TAKEN, NO_DEVICE, Samples
from player.core.errors import SoundDeviceError
from player.core.phrases import Phrase

CHANNELS = 2
FRAME_BYTES = 4 * CHANNELS
_FLOATS = 5 if sys.byteorder == "little" else 6
_ANY = 0xFFFFFFFF
_EARLY_REQUESTS = 0x4000
"""The server then keeps as little as `minreq` in its device, however much it keeps for the stream."""
_SEEK_ABSOLUTE = 1
_OPERATION_DONE = 1
_STEP = 0.05
"""Seconds to sleep at most until one looks at the clock again."""
_SENDING = 0.05
"""Seconds that one waits at most for a server to take what is sent."""


class _State(IntEnum):
    """The good states of a stream (pa_stream_state_t) and a context (pa_context_state_t); higher ones are bad."""

    STREAM_READY = 2
    CONTEXT_READY = 4


class _SampleSpec(Structure):
    _fields_ = (("format", c_int), ("rate", c_uint32), ("channels", c_uint8))


class _BufferAttr(Structure):
    _fields_ = tuple((name, c_uint32) for name in ("maxlength", "tlength", "prebuf", "minreq", "fragsize"))


class _TimingInfo(Structure):
    _fields_ = (
        ("timestamp_seconds", c_long),
        ("timestamp_micros", c_long),
        ("synchronized_clocks", c_int),
        ("sink_usec", c_uint64),
        ("source_usec", c_uint64),
        ("transport_usec", c_uint64),
        ("playing", c_int),
        ("write_index_corrupt", c_int),
        ("write_index", c_int64),
        ("read_index_corrupt", c_int),
        ("read_index", c_int64),
        ("configured_sink_usec", c_uint64),
        ("configured_source_usec", c_uint64),
        ("since_underrun", c_int64),
    )


_SIGNATURES: dict[str, tuple[object, tuple[object, ...]]] = {
    "pa_mainloop_new": (pointer, ()),
    "pa_mainloop_get_api": (pointer, (pointer,)),
    "pa_mainloop_prepare": (c_int, (pointer, c_int)),
    "pa_mainloop_poll": (c_int, (pointer,)),
    "pa_mainloop_dispatch": (c_int, (pointer,)),
    "pa_mainloop_free": (None, (pointer,)),
    "pa_context_new": (pointer, (pointer, c_char_p)),
    "pa_context_connect": (c_int, (pointer, c_char_p, c_int, pointer)),
    "pa_context_get_state": (c_int, (pointer,)),
    "pa_context_is_pending": (c_int, (pointer,)),
    "pa_context_disconnect": (None, (pointer,)),
    "pa_context_unref": (None, (pointer,)),
    "pa_stream_new": (pointer, (pointer, c_char_p, POINTER(_SampleSpec), pointer)),
    "pa_stream_connect_playback": (c_int, (pointer, c_char_p, POINTER(_BufferAttr), c_int, pointer, pointer)),
    "pa_stream_get_state": (c_int, (pointer,)),
    "pa_stream_get_buffer_attr": (POINTER(_BufferAttr), (pointer,)),
    "pa_stream_get_timing_info": (POINTER(_TimingInfo), (pointer,)),
    "pa_stream_update_timing_info": (pointer, (pointer, pointer, pointer)),
    "pa_stream_cork": (pointer, (pointer, c_int, pointer, pointer)),
    "pa_stream_write": (c_int, (pointer, pointer, c_size_t, pointer, c_int64, c_int)),
    "pa_stream_disconnect": (c_int, (pointer,)),
    "pa_stream_unref": (None, (pointer,)),
    "pa_operation_get_state": (c_int, (pointer,)),
    "pa_operation_unref": (None, (pointer,)),
}


@cache
def _library() -> ctypes.CDLL:
    """libpulse. Raises OSError where there is none."""
    library = ctypes.CDLL("libpulse.so.0")
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


@dataclass(frozen=True, slots=True)
class Timing:
    """Where a stream was at the instant `at` of the clock: its server had read up to frame `read`.

    What was read is heard `latency` seconds later. Not `is_playing`: there is nothing to be played, or not enough yet.
    """

    at: float
    read: float
    latency: float
    is_playing: bool


class PulseServer:
    """A connection to the sound server."""

    def __init__(self, clock: Clock, patience: float) -> None:
        """Raises SoundDeviceError where there is no server, or it does not answer within `patience` seconds."""
        self.clock = clock
        self.patience = patience
        # It would decide how much is kept at the server, whatever the program asks for.
        os.environ.pop("PULSE_LATENCY_MSEC", None)
        try:
            self.pa = _library()
        except OSError as error:
            raise SoundDeviceError(NO_DEVICE) from error
        self._loop = self.pa.pa_mainloop_new()
        self.context = self.pa.pa_context_new(self.pa.pa_mainloop_get_api(self._loop), b"Earmark")
        self.pa.pa_context_connect(self.context, None, 0, None)
        self.wait(lambda: self._state >= _State.CONTEXT_READY, patience)
        if not self.is_alive:
            self.close()
            raise SoundDeviceError(NO_DEVICE)

    @property
    def _state(self) -> int:
        return int(self.pa.pa_context_get_state(self.context))

    @property
    def is_alive(self) -> bool:
        """Whether the connection stands."""
        return self._state == _State.CONTEXT_READY

    def wait(self, is_done: Callable[[], bool], seconds: float) -> bool:
        """Exchange messages with the server until something is so, for `seconds` at most; whether it is."""
        until = self.clock() + seconds
        while not is_done():
            left = until - self.clock()
            if left < 0:
                return False
            self._turn(min(left, _STEP))
        return True

    def exchange(self) -> None:
        """Exchange the messages that lie ready."""
        while self._turn(0.0):
            pass

    def send(self) -> None:
        """Hand over all that is to be sent, or what the server takes within some milliseconds.

        A long sound is several messages, and the connection holds some of them only.
        """
        self.wait(lambda: self.pa.pa_context_is_pending(self.context) <= 0, _SENDING)

    def _turn(self, seconds: float) -> bool:
        """One turn of the loop, which may sleep for so long; whether there was anything to be done."""
        if self.pa.pa_mainloop_prepare(self._loop, round(seconds * 1e6)) < 0:
            return False
        self.pa.pa_mainloop_poll(self._loop)
        return bool(self.pa.pa_mainloop_dispatch(self._loop) > 0)

    def close(self) -> None:
        """End the connection."""
        self.pa.pa_context_disconnect(self.context)
        self.pa.pa_context_unref(self.context)
        self.pa.pa_mainloop_free(self._loop)


class PulseStream:
    """Sound of two channels on its way to one device of a server. Frames are counted from its beginning on."""

    def __init__(self, server: PulseServer, device: str | None, rate: int, depth: float, step: float) -> None:
        """`depth` seconds are kept at the server, of which its device takes `step` seconds at once.

        Raises SoundDeviceError.
        """
        self._server = server
        self._pa = server.pa
        self.rate = rate
        self._asked: int | None = None
        spec = _SampleSpec(_FLOATS, rate, CHANNELS)
        self._stream = self._pa.pa_stream_new(server.context, b"Podcast", byref(spec), None)
        if not self._stream:
            raise SoundDeviceError(Phrase("reasons", "it takes no sound of {rate} samples a second").filled(rate=rate))
        attributes = _BufferAttr(_ANY, self._bytes(depth), self._bytes(step), self._bytes(step), _ANY)
        name = device.encode() if device is not None else None
        self._pa.pa_stream_connect_playback(self._stream, name, byref(attributes), _EARLY_REQUESTS, None, None)
        server.wait(lambda: self._state >= _State.STREAM_READY, server.patience)
        if not self.is_alive:
            self.close()
            raise SoundDeviceError(DEVICE_TAKEN)
        self.step = self._pa.pa_stream_get_buffer_attr(self._stream)[0].minreq / FRAME_BYTES / rate
        """Seconds that the device takes at once: what was asked for, or what the server made of that."""

    @property
    def _state(self) -> int:
        return int(self._pa.pa_stream_get_state(self._stream))

    @property
    def is_alive(self) -> bool:
        """Whether the device and the server are there."""
        return self._server.is_alive and self._state == _State.STREAM_READY

    def write(self, index: int, samples: Samples) -> None:
        """Put samples from frame `index` on, in place of what was written there and was not read yet."""
        data = np.ascontiguousarray(samples, np.float32)
        self._pa.pa_stream_write(self._stream, data.ctypes.data, data.nbytes, None, index * FRAME_BYTES, _SEEK_ABSOLUTE)
        self._server.send()

    def timing(self, patience: float) -> Timing | None:
        """Where the stream is now; None when the server has not answered within `patience` seconds.

        Then the next call waits for the same answer.
        """
        if self._asked is None:
            self._asked = self._pa.pa_stream_update_timing_info(self._stream, None, None)
        asked = self._asked
        if not asked or not self._server.wait(lambda: self._pa.pa_operation_get_state(asked) != 0, patience):
            return None
        is_done = self._pa.pa_operation_get_state(asked) == _OPERATION_DONE
        self._pa.pa_operation_unref(asked)
        self._asked = None
        found = self._pa.pa_stream_get_timing_info(self._stream)
        if not is_done or not found:
            return None
        info = found[0]
        age = time.time() - info.timestamp_seconds - info.timestamp_micros / 1e6
        at, read = self._server.clock() - age, info.read_index / FRAME_BYTES
        return Timing(at, read, info.sink_usec / 1e6, bool(info.playing))

    def rest(self, *, is_resting: bool) -> None:
        """Let the device sleep, or wake it."""
        asked = self._pa.pa_stream_cork(self._stream, int(is_resting), None, None)
        if asked:
            self._pa.pa_operation_unref(asked)
        self._server.exchange()

    def close(self) -> None:
        """End the stream; what was not heard yet is not heard any more."""
        if self._asked:
            self._pa.pa_operation_unref(self._asked)
            self._asked = None
        self._pa.pa_stream_disconnect(self._stream)
        self._pa.pa_stream_unref(self._stream)

    def _bytes(self, seconds: float) -> int:
        return round(seconds * self.rate) * FRAME_BYTES
