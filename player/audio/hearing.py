"""Says which place of a file was heard, from the sound alone: how a run without ears checks a jump.

Must not know the engine: it gets the samples that came out, and reads the file for itself. The method is normalised
cross-correlation, computed with the FFT.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from player.audio.decoder import Samples, open_audio
from player.audio.source import Source
from player.core.model import Millis

Sound = npt.NDArray[np.float32]

_SILENCE = 1e-6
_AROUND: Millis = 1500
_FADED: Millis = 30


@dataclass(frozen=True, slots=True)
class Heard:
    """The place in the file where the sound began, and how alike the two are there, up to 1.0."""

    place: Millis
    likeness: float


def place_heard(path: Path, blocks: Sequence[Samples], near: Millis) -> Heard | None:
    """Where in the file at `path` the sound in `blocks` begins, looked for 1.5 s around `near`; None for silence.

    The blocks have the file's own sample rate, shape (frames, channels). The first 30 ms, in which sound is faded in
    after a jump, are left out of the comparison.
    """
    if not blocks:
        return None
    heard = np.concatenate(blocks)
    decoder = open_audio(Source(path))
    try:
        rate = decoder.rate
        skipped = _FADED * rate // 1000
        first = max(0, (near - _AROUND) * rate // 1000)
        wanted = len(heard) + 2 * _AROUND * rate // 1000
        decoder.seek(first)
        reference, count = [], 0
        while count < wanted and (block := decoder.read()) is not None:
            reference.append(block)
            count += len(block)
    finally:
        decoder.close()
    if not reference:
        return None
    found = find_sound(_mono(heard[skipped:]), _mono(np.concatenate(reference)))
    if found is None:
        return None
    return Heard(round((first + found[0] - skipped) * 1000 / rate), found[1])


def find_sound(heard: Sound, reference: Sound) -> tuple[int, float] | None:
    """Where `heard` begins in `reference` (both mono, of one rate), and how alike they are there, up to 1.0.

    None when `heard` is silence, or is longer than `reference`.
    """
    count = len(heard)
    energy = float(np.dot(heard, heard))
    if count == 0 or count > len(reference) or energy < _SILENCE * count:
        return None
    size = 1 << (len(reference) + count - 1).bit_length()
    spectrum = np.fft.rfft(reference, size) * np.conj(np.fft.rfft(heard, size))
    products = np.fft.irfft(spectrum, size)[: len(reference) - count + 1]
    squares = np.concatenate(([0.0], np.cumsum(np.square(reference, dtype=np.float64))))
    energies = np.maximum(squares[count:] - squares[:-count], _SILENCE * count)
    likeness = products / np.sqrt(energies * energy)
    best = int(np.argmax(likeness))
    return best, float(likeness[best])


def _mono(samples: Samples) -> Samples:
    return np.ascontiguousarray(samples.mean(axis=1), dtype=np.float32)
