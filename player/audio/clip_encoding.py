"""Decoded samples encoded anew as a file of their own, exact to the sample.

Must not know where the samples come from, nor tags.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from player.audio.sounds import Sound

Samples = npt.NDArray[np.float32]

_OPUS_RATE = 48_000
_MP3_RATES = (8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
_BLOCK = 1 << 14


@dataclass(frozen=True, slots=True)
class Encoding:
    """How samples become a file: FFmpeg's encoder and container, and bits a second (0: nothing is lost)."""

    ending: str
    encoder: str
    container: str
    bit_rate: int = 0


MP3 = Encoding(".mp3", "libmp3lame", "mp3", 160_000)
AAC = Encoding(".m4a", "aac", "ipod", 160_000)
OPUS = Encoding(".opus", "libopus", "ogg", 96_000)
FLAC = Encoding(".flac", "flac", "flac")
WAV = Encoding(".wav", "pcm_s16le", "wav")
WAV_24 = Encoding(".wav", "pcm_s24le", "wav")
WAV_FLOAT = Encoding(".wav", "pcm_f32le", "wav")


def encode(
    sound: Sound,
    rate: int,
    channels: int,
    count: int,
    encoding: Encoding,
    target: Path,
    is_wanted: Callable[[], bool],
) -> bool:
    """Write the next `count` samples of a sound. False when they are not wanted any more. Raises FFmpegError."""
    options = {"movie_timescale": str(rate)} if encoding is AAC else {}
    with av.open(str(target), "w", format=encoding.container, options=options) as output:
        stream = output.add_stream(encoding.encoder, rate=rate)
        assert isinstance(stream, av.AudioStream)
        stream.layout = "mono" if channels == 1 else "stereo"
        if encoding.bit_rate:
            stream.bit_rate = encoding.bit_rate // (2 if channels == 1 else 1)
        if encoding is FLAC:
            # Floats hold 24 bits; what had 16 has zeros below them, which cost FLAC nothing.
            stream.format = "s32"
        done = 0
        while done < count:
            samples = sound.read()
            if samples is None:
                break
            samples = samples[: count - done]
            for first in range(0, len(samples), _BLOCK):
                part = samples[first : first + _BLOCK]
                output.mux(stream.encode(_frame(part, rate, channels, done + first, encoding)))
            done += len(samples)
            if not is_wanted():
                return False
        output.mux(stream.encode(None))
    return done > 0


def _frame(samples: Samples, rate: int, channels: int, number: int, encoding: Encoding) -> av.AudioFrame:
    layout = "mono" if channels == 1 else "stereo"
    kind = "flt"
    shaped: npt.NDArray[Any] = np.ascontiguousarray(samples.reshape(1, -1))
    if encoding in (FLAC, WAV_24):
        kind, shaped = "s32", _whole(shaped, 24, 32)
    elif encoding is WAV:
        kind, shaped = "s16", _whole(shaped, 16, 16).astype(np.int16)
    frame = av.AudioFrame.from_ndarray(shaped, kind, layout)
    frame.sample_rate = rate
    frame.pts = number
    frame.time_base = Fraction(1, rate)
    return frame


def _whole(samples: Samples, bits: int, width: int) -> npt.NDArray[np.int32]:
    """Samples as whole numbers of so many bits, in the upper part of numbers of a width."""
    most = float(1 << bits - 1)
    scaled = np.clip(np.rint(samples.astype(np.float64) * most), -most, most - 1)
    return np.asarray(scaled * (1 << width - bits), np.int64).astype(np.int32)


def fits(encoding: Encoding, rate: int) -> bool:
    """Whether an encoding takes a sample rate."""
    rates = {MP3: _MP3_RATES, OPUS: (_OPUS_RATE,)}.get(encoding)
    return rates is None or rate in rates
