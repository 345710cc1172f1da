"""The same sound in two recordings, found by levels: an advertisement put in, taken out, exchanged."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from player.audio.matching import match

RATE = 4000
Sound = npt.NDArray[np.float64]


def talk(seconds: float, seed: int) -> Sound:
    """Noise in words and pauses of changing length and loudness."""
    random = np.random.default_rng(seed)
    parts: list[Sound] = []
    length = 0
    while length < seconds * RATE:
        count, pause = int(random.uniform(0.15, 0.9) * RATE), int(random.exponential(0.25) * RATE) + 100
        syllables = 0.25 + 0.75 * np.sin(np.pi * random.uniform(3, 5) * np.arange(count) / RATE) ** 2
        parts += [random.normal(0, 10 ** (random.normal(-20, 4) / 20), count) * syllables, np.zeros(pause)]
        length += count + pause
    sound = np.concatenate(parts)[: round(seconds * RATE)]
    return np.asarray(sound + random.normal(0, 1e-3, len(sound)))


def levels(*parts: Sound) -> bytes:
    """As the waveform of a recording has them."""
    sound = np.concatenate(parts)
    whole = sound[: len(sound) // (RATE // 4) * (RATE // 4)].reshape(-1, RATE // 4)
    return np.rint(20 * np.log10((whole**2).mean(1) + 1e-13) + 255).clip(0, 255).astype(np.uint8).tobytes()


BODY = talk(900, 1)
FIRST, LAST = BODY[: 400 * RATE], BODY[400 * RATE :]
SHORT, LONG, OTHER = talk(30.06, 2), talk(61.37, 3), talk(45.5, 4)
OLD = levels(SHORT, FIRST, LONG, LAST)


@pytest.mark.parametrize(
    ("new", "shifts"),
    [
        (levels(SHORT, FIRST, LONG, LAST), (0.0, 0.0)),
        (levels(BODY), (-30.06, -91.43)),
        (levels(OTHER, BODY), (15.44, -45.93)),
        (levels(OTHER, FIRST, SHORT, OTHER, LAST), (15.44, 29.63)),
        (levels(OTHER * 0.4, FIRST * 0.4, SHORT * 0.4, LAST * 0.4), (15.44, -15.87)),
    ],
    ids=["nothing", "all taken out", "one exchanged", "all exchanged", "and quieter"],
)
def test_places_are_found_to_a_quarter_of_a_second(new: bytes, shifts: tuple[float, float]) -> None:
    found = match(OLD, new)
    assert found is not None
    for seconds, shift in ((60, shifts[0]), (250, shifts[0]), (400, shifts[0]), (530, shifts[1]), (980, shifts[1])):
        place = found.found(seconds * 1000)
        assert place is not None
        assert place == pytest.approx((seconds + shift) * 1000, abs=250)


def test_a_place_in_what_is_gone_leads_to_what_followed_it() -> None:
    found = match(OLD, levels(BODY))
    assert found is not None
    assert found.to_new(460_000) == pytest.approx(400_000, abs=8000)
    assert found.to_new(3_000) == pytest.approx(0, abs=250)


@pytest.mark.parametrize("new", [levels(talk(900, 9)), levels(np.full(400 * RATE, 0.1)), b"", levels(SHORT)])
def test_other_sound_is_not_taken_for_the_same(new: bytes) -> None:
    assert match(OLD, new) is None
    assert match(new, OLD) is None
