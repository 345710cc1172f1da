"""Tells of a decoder whether it begins at the first real sample, and whether a jump gives what it gave in order."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from player.audio.decoder import Decoder, Samples
from timecoded import samples

_WINDOW = 30_000


def read_all(decoder: Decoder) -> Samples:
    """All samples from where it is."""
    parts: list[Samples] = [np.zeros((0, decoder.channels), np.float32)]
    while (part := decoder.read()) is not None:
        parts.append(part)
    return np.concatenate(parts)


def read_some(decoder: Decoder, count: int) -> Samples:
    """The next `count` samples, fewer at the end."""
    parts: list[Samples] = [np.zeros((0, decoder.channels), np.float32)]
    left = count
    while left > 0 and (part := decoder.read()) is not None:
        parts.append(part)
        left -= len(part)
    return np.concatenate(parts)[:count]


def lateness(sound: Samples, at: int, rate: int, *, place: int | None = None) -> int:
    """By how many samples the time code at sample `at` of `sound` comes later than it should.

    Where the time code did not begin with the sound, `place` is the sample of it that should be there.
    """
    heard = sound[at : at + _WINDOW].mean(1)
    expected = samples(at if place is None else place, len(heard), rate)
    size = 1 << (2 * _WINDOW).bit_length()
    product = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(expected, size))
    best = int(np.argmax(np.fft.irfft(product, size)))
    return best if best < size // 2 else best - size


def worst_jump(decoder: Decoder, whole: Samples, places: Iterable[int], *, count: int = 3000) -> float:
    """The largest difference of what jumps give from what was read in order; infinite when it is longer or shorter."""
    worst = 0.0
    for place in places:
        decoder.seek(place)
        part = read_some(decoder, count)
        expected = whole[place : place + count]
        if part.shape != expected.shape:
            return float("inf")
        worst = max(worst, float(np.abs(part - expected).max(initial=0.0)))
    return worst
