"""The code itself: how a second's number and the place within the second sound.

Must not know files or codecs.

Each second is the sum of five components of equal strength, all between 400 and 7700 Hz so that lossy codecs at speech
rates and sample rates from 16 kHz keep them:

* three tones, one from each of three banks of 64 frequencies 25 Hz apart: the second's number, base 64;
* a tone from a bank of 16 frequencies 50 Hz apart: a check digit;
* a linear chirp from 6500 to 7700 Hz: its frequency at an instant tells the place within the second (1 ms = 1.2 Hz).

The first and last 4 ms of each second fade, so that the boundary does not click through the whole spectrum.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]

VERSION = 1
BASE = 64
BANKS = (400.0, 2100.0, 3800.0)
BANK_STEP = 25.0
CHECK_BANK = 5500.0
CHECK_STEP = 50.0
CHECK_VALUES = 16
CHIRP_START = 6500.0
CHIRP_RATE = 1200.0
LONGEST_SECONDS = BASE**3
AMPLITUDE = 0.12
EDGE_SECONDS = 0.004


def digits_of(second: int) -> tuple[int, int, int]:
    """The number of a second in base 64, lowest digit first."""
    return second % BASE, second // BASE % BASE, second // BASE**2


def check_of(digits: tuple[int, ...]) -> int:
    """The check digit, which notices any one wrong digit but for a few far ones."""
    return sum(factor * (digit + digit // CHECK_VALUES) for factor, digit in zip((1, 3, 7), digits, strict=True)) % (
        CHECK_VALUES
    )


def digit_frequencies(bank: int) -> npt.NDArray[np.float64]:
    """The 64 frequencies in Hz of the bank of digit number `bank`."""
    return np.asarray(BANKS[bank] + BANK_STEP * np.arange(BASE), np.float64)


def check_frequencies() -> npt.NDArray[np.float64]:
    """The 16 frequencies in Hz of the check digit."""
    return np.asarray(CHECK_BANK + CHECK_STEP * np.arange(CHECK_VALUES), np.float64)


@lru_cache(maxsize=4)
def _components(rate: int) -> tuple[tuple[Sound, ...], Sound, Sound]:
    """One second of every tone of the three banks, of the check bank, and of the chirp, edges faded."""
    time = np.arange(rate) / rate
    edge = np.ones(rate)
    rising = 0.5 - 0.5 * np.cos(np.pi * np.arange(int(rate * EDGE_SECONDS)) / int(rate * EDGE_SECONDS))
    edge[: len(rising)] = rising
    edge[-len(rising) :] = rising[::-1]

    def tones(frequencies: npt.NDArray[np.float64]) -> Sound:
        # Phases spread by a golden ratio keep the crest of the sum low.
        phases = np.modf(0.618034 * frequencies)[0][:, None]
        cycles = frequencies[:, None] * time + phases
        return (AMPLITUDE * edge * np.sin(2 * np.pi * cycles)).astype(np.float32)

    banks = tuple(tones(digit_frequencies(bank)) for bank in range(3))
    chirp = AMPLITUDE * edge * np.sin(2 * np.pi * (CHIRP_START * time + CHIRP_RATE / 2 * time**2))
    return banks, tones(check_frequencies()), chirp.astype(np.float32)


def _second(number: int, rate: int) -> Sound:
    banks, checks, chirp = _components(rate)
    digits = digits_of(number)
    total: Sound = banks[0][digits[0]] + banks[1][digits[1]]
    total += banks[2][digits[2]]
    total += checks[check_of(digits)]
    total += chirp
    return total


def samples(start: int, count: int, rate: int) -> Sound:
    """`count` mono samples from sample number `start` on, at `rate` samples a second.

    16 000 or more; lossy codecs need 22 050, because they cut off the top of the band.
    """
    result = np.empty(count, np.float32)
    done = 0
    while done < count:
        number, offset = divmod(start + done, rate)
        part = _second(number, rate)[offset : offset + count - done]
        result[done : done + len(part)] = part
        done += len(part)
    return result
