"""Sound that was written and is not heard yet: volume, cuts and fades, looked at sample by sample."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.audio.outputs import Samples
from player.audio.pending import Pending

FADE = 16


def ones(count: int) -> Samples:
    return np.ones((count, 2), np.float32)


def numbered(first: int, count: int) -> Samples:
    return np.repeat(np.arange(first, first + count, dtype=np.float32)[:, None], 2, axis=1)


def rising(count: int) -> Samples:
    """How what is new begins, as those who write it let it begin."""
    ramp = np.sin(np.linspace(0, np.pi / 2, count, dtype=np.float32)) ** 2
    return np.repeat(ramp[:, None], 2, axis=1)


@given(st.lists(st.integers(1, 40), max_size=8), st.integers(0, 250), st.integers(0, 80))
def test_what_was_written_is_what_is_heard_and_silence_around_it(sizes: list[int], first: int, count: int) -> None:
    pending = Pending(FADE)
    for size in sizes:
        pending.add(numbered(pending.end, size))
    assert pending.end == sum(sizes)
    wanted = np.arange(first, first + count, dtype=np.float32)
    wanted[wanted >= pending.end] = 0
    assert np.array_equal(pending.sound(first, first + count)[:, 0], wanted)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), st.data())
def test_what_was_heard_can_be_forgotten(sizes: list[int], data: st.DataObject) -> None:
    pending = Pending(FADE)
    for size in sizes:
        pending.add(numbered(pending.end, size))
    index = data.draw(st.integers(0, pending.end))
    before = pending.sound(index, pending.end + 5)
    pending.forget(index)
    assert np.array_equal(pending.sound(index, pending.end + 5), before)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), st.data())
def test_a_cut_fades_the_old_out_under_the_new(sizes: list[int], data: st.DataObject) -> None:
    pending = Pending(FADE)
    for size in sizes:
        pending.add(ones(size))
    old = pending.end
    index = data.draw(st.integers(0, old))
    pending.cut(index)
    assert pending.end == index
    assert np.array_equal(pending.sound(0, index), ones(index))
    alone = pending.sound(index, index + 3 * FADE)
    assert np.all(np.diff(alone[:, 0]) <= 0)
    assert not alone[FADE:].any()
    pending.add(rising(FADE))
    pending.add(ones(FADE))
    # As much comes as goes where the old reached that far: the seam is not heard.
    whole = min(FADE, old - index)
    assert pending.sound(index, index + whole) == pytest.approx(ones(whole), abs=0.11)


def test_behind_a_gap_it_goes_on_where_it_is_cut() -> None:
    pending = Pending(FADE)
    pending.add(ones(10))
    pending.cut(50)
    pending.add(ones(5))
    assert pending.end == 55
    assert pending.sound(0, 60)[:, 0].tolist() == [1.0] * 10 + [0.0] * 40 + [1.0] * 5 + [0.0] * 5


def test_the_volume_moves_within_a_fade_and_what_comes_later_has_it() -> None:
    pending = Pending(FADE)
    pending.add(ones(100))
    pending.set_gain(20, 0.25)
    pending.add(ones(20))
    found = pending.sound(0, 120)[:, 0]
    assert np.all(found[:21] == 1)
    assert np.all(np.diff(found[20 : 20 + FADE]) < 0)
    assert np.all(found[20 + FADE :] == 0.25)


def test_a_volume_that_changes_while_it_moves_goes_on_from_there() -> None:
    pending = Pending(FADE)
    pending.add(ones(100))
    pending.set_gain(0, 0.0)
    pending.set_gain(FADE // 2, 1.0)
    found = pending.sound(FADE // 2, 100)[:, 0]
    assert found[0] == pytest.approx(0.5)
    assert np.all(found[FADE:] == 1)


def test_what_fades_out_keeps_the_volume_that_it_had() -> None:
    pending = Pending(FADE)
    pending.set_gain(-FADE, 0.5)
    pending.add(ones(40))
    pending.cut(20)
    assert pending.sound(20, 21)[0, 0] == 0.5


def test_a_fade_is_even_to_the_ear_and_goes_with_every_volume() -> None:
    pending = Pending(FADE)
    pending.set_gain(-FADE, 0.5)
    pending.add(ones(400))
    pending.fade(50, 0.0, 200)
    pending.add(ones(100))
    found = pending.sound(0, 500)[:, 0]
    assert np.all(found[:51] == 0.5)
    assert found[50:251] == pytest.approx(0.5 * np.linspace(1, 0, 201) ** 3, abs=1e-6)
    assert not found[250:].any()
    pending.set_gain(100, 1.0)
    pending.fade(150, 1.0, 0)
    found = pending.sound(0, 500)[:, 0]
    assert found[150] == pytest.approx(0.5**3)
    assert np.all(np.diff(found[150 : 150 + FADE]) > 0)
    assert np.all(found[150 + FADE :] == 1)
