"""Hears the code: from sound to positions. Must not know how the sound was made, stored or played."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from timecoded import synthesis
from timecoded.synthesis import BASE, CHECK_VALUES, CHIRP_RATE, CHIRP_START, Sound

WINDOW_SECONDS = 0.1
_TRANSFORM = 1 << 13
_QUIETEST = 3e-4
_LEAST_PART_SECONDS = 0.03

Complex = npt.NDArray[np.complex64]


@dataclass(frozen=True, slots=True)
class Landing:
    """A stretch of a recording in which the code runs on without a jump.

    From `at` seconds of the recording (where its first sample is heard) to `until`; `position` is the place in the
    coded audio heard at `at`.
    """

    at: float
    until: float
    position: float


@lru_cache(maxsize=8)
def _dechirp(count: int, rate: int, speed: float) -> Complex:
    """What turns the chirp into a tone of the frequency that it has in the middle of the window, with a Hann window."""
    time = (np.arange(count) - (count - 1) / 2) / rate
    return np.asarray(np.hanning(count) * np.exp(-1j * np.pi * CHIRP_RATE * speed * time**2), np.complex64)


@lru_cache(maxsize=8)
def _probes(count: int, rate: int) -> tuple[Complex, ...]:
    """Reference tones of the three digit banks and the check bank, one row for each digit."""
    time = np.arange(count) / rate
    banks = [*(synthesis.digit_frequencies(bank) for bank in range(3)), synthesis.check_frequencies()]
    return tuple(np.exp(-2j * np.pi * bank[:, None] * time).astype(np.complex64) for bank in banks)


def _place_in_second(window: Sound, rate: int, speed: float) -> tuple[float, float] | None:
    """The place within its second, in seconds, of the middle of the window, and the strength of the chirp."""
    size = max(_TRANSFORM, 1 << (len(window) - 1).bit_length())
    spectrum = np.abs(np.fft.fft(window * _dechirp(len(window), rate, speed), size))
    low, high = (round(hertz * size / rate) for hertz in (CHIRP_START - 10, CHIRP_START + CHIRP_RATE + 10))
    peak = low + int(np.argmax(spectrum[low : high + 1]))
    before, top, after = np.log(spectrum[peak - 1 : peak + 2] + 1e-12)
    curve = before - 2 * top + after
    shift = 0.5 * (before - after) / curve if curve else 0.0
    # The chirp, gathered into one tone, must stand out of what else is in its band.
    if spectrum[peak] < 5 * np.median(spectrum[low : high + 1]):
        return None
    place = ((peak + shift) * rate / size - CHIRP_START) / CHIRP_RATE
    return float(place), float(spectrum[peak]) / len(window) * 2


def _digit(part: Sound, probe: Complex, most: float) -> int | None:
    """The digit whose tone is the strongest, when it stands out of the ones that are not its neighbours.

    It must not be stronger than `most` either: then the codec has cut off the chirp, and its place is noise.
    """
    strength = np.abs(np.vecdot(probe[:, : len(part)], part))
    best = int(np.argmax(strength))
    others = np.delete(strength, range(max(0, best - 1), min(len(strength), best + 2)))
    is_clear = strength[best] > 1.5 * np.max(others) and strength[best] < most * len(part)
    return best if is_clear else None


def _number(part: Sound, probes: tuple[Complex, ...], chirp: float) -> int | None:
    """The second's number that the tones of a part of one second tell; `chirp` is the strength of the chirp."""
    digits = [_digit(part, probe, 5 * chirp) for probe in probes]
    if any(digit is None for digit in digits):
        return None
    low, middle, high, check = (digit for digit in digits if digit is not None)
    if synthesis.check_of((low, middle, high)) != check % CHECK_VALUES:
        return None
    return low + BASE * middle + BASE**2 * high


def read_position(sound: Sound, rate: int, *, speed: float = 1.0) -> float | None:
    """The position in seconds of the first sample of `sound` (mono, at least 100 ms; more is ignored).

    None when it cannot tell: silence, other sound, a jump in the middle. Right to about a millisecond. `speed` is the
    one at which the audio is played with its pitch kept; the window then covers more of it.
    """
    count = round(WINDOW_SECONDS * rate)
    if len(sound) < count:
        return None
    window = sound[:count].astype(np.float32)
    if np.sqrt(np.mean(window**2)) < _QUIETEST:
        return None
    heard = _place_in_second(window, rate, speed)
    if heard is None:
        return None
    place, chirp = heard
    # The tones are read from that part of the window which is in the same second as its middle: the longer part.
    middle = (count - 1) / 2
    guard = synthesis.EDGE_SECONDS * rate / 2
    first = max(0, round(middle - place * rate / speed + guard))
    last = min(count, round(middle + (1 - place) * rate / speed - guard))
    if last - first < _LEAST_PART_SECONDS * rate:
        return None
    number = _number(window[first:last], _probes(count, rate), chirp)
    return None if number is None else number + place - middle * speed / rate


def _coherence(recording: Sound, rate: int, first: int, last: int, position: float) -> Sound:
    """How well blocks of 2 ms of the recording agree with the code that begins at `position` seconds at sample `first`.

    The offset is first refined to the sample that fits best.
    """
    block = rate // 500
    reach = rate // 250
    piece = recording[first:last].astype(np.float64)
    start = round(position * rate)
    reference = synthesis.samples(max(0, start - reach), len(piece) + 2 * reach, rate).astype(np.float64)
    size = 1 << (len(reference) + len(piece)).bit_length()
    cross = np.fft.irfft(np.fft.rfft(reference, size) * np.conj(np.fft.rfft(piece, size)), size)
    lag = int(np.argmax(cross[: 2 * reach + 1]))
    fitting = reference[lag : lag + len(piece)]
    blocks = len(piece) // block
    one = piece[: blocks * block].reshape(blocks, block)
    two = fitting[: blocks * block].reshape(blocks, block)
    power = np.sqrt(np.sum(one**2, 1) * np.sum(two**2, 1)) + 1e-9
    return np.asarray(np.sum(one * two, 1) / power, np.float32)


def _edges(recording: Sound, rate: int, first: int, last: int, offset: float) -> tuple[int, int]:
    """The samples between which the code with this offset is heard, looked for 120 ms around what windows told."""
    margin = round(0.12 * rate)
    low = max(0, first - margin, round(-offset * rate))
    high = min(len(recording), last + margin)
    agrees = _coherence(recording, rate, low, high, low / rate + offset) > 0.5
    middle = ((first + last) // 2 - low) // (rate // 500)
    # Two blocks in a row that do not agree end the stretch; a single one may be a second's boundary.
    broken = ~agrees[:-1] & ~agrees[1:]
    before = np.flatnonzero(broken[:middle])
    after = np.flatnonzero(broken[middle:])
    block = rate // 500
    begin = low + (int(before[-1]) + 2) * block if len(before) else low
    end = low + (middle + int(after[0])) * block if len(after) else high
    return begin, end


def find_landings(recording: Sound, rate: int, *, hop: float = 0.02) -> list[Landing]:
    """The stretches of a mono recording in which the code runs on without a jump, in order, with 2 ms resolution.

    A stretch shorter than about 140 ms is not found. `hop` in seconds is the distance of the windows read. For audio
    played at normal speed.
    """
    count = round(WINDOW_SECONDS * rate)
    step = max(1, round(hop * rate))
    runs: list[tuple[int, int, list[float]]] = []
    for first in range(0, len(recording) - count + 1, step):
        position = read_position(recording[first : first + count], rate)
        if position is None:
            continue
        offset = position - first / rate
        if runs and abs(float(np.median(runs[-1][2])) - offset) < 0.004 and first - runs[-1][1] < 0.3 * rate:
            runs[-1] = (runs[-1][0], first + count, [*runs[-1][2][-200:], offset])
        else:
            runs.append((first, first + count, [offset]))
    landings = []
    for first, last, offsets in runs:
        if len(offsets) < 2:
            continue
        offset = float(np.median(offsets))
        begin, end = _edges(recording, rate, first, last, offset)
        landings.append(Landing(begin / rate, end / rate, begin / rate + offset))
    return landings
