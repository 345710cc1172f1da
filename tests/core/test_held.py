"""What counts as holding a thread, and what a busy machine does to it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from player.core.held import TOO_LONG_MS, Reading, held_between

MS = 1_000_000
BEGIN = Reading(wall=7 * MS, processor=3 * MS, queued=2 * MS)


def after(wall: int, processor: int, queued: int | None) -> Reading:
    """The clocks so many milliseconds later."""
    waited = None if queued is None else 2 * MS + queued * MS
    return Reading(BEGIN.wall + wall * MS, BEGIN.processor + processor * MS, waited)


def test_computing_counts() -> None:
    held = held_between(BEGIN, Reading(87 * MS, 73 * MS, 2 * MS))
    assert (held.wall, held.processor, held.counted) == (80, 70, 80)
    assert held.is_too_long


def test_waiting_for_a_file_counts() -> None:
    assert held_between(BEGIN, Reading(87 * MS, 4 * MS, 2 * MS)).is_too_long


def test_a_noisy_neighbour_does_not_count() -> None:
    held = held_between(BEGIN, after(500, 20, 475))
    assert held.counted == 25
    assert not held.is_too_long


def test_waiting_while_the_machine_is_crowded_does_not_count() -> None:
    waiting = after(100, 10, 10)
    assert held_between(BEGIN, waiting).counted == 90
    assert held_between(BEGIN, waiting, crowded=70 * MS).counted == 20
    assert held_between(BEGIN, waiting, crowded=700 * MS).counted == 10


def test_what_nobody_could_see_does_not_count() -> None:
    waiting = after(300, 10, 0)
    assert held_between(BEGIN, waiting, seen=280 * MS).counted == 290
    assert held_between(BEGIN, waiting, seen=20 * MS).counted == 30
    assert held_between(BEGIN, waiting, crowded=200 * MS, seen=280 * MS).counted == 100
    assert held_between(BEGIN, after(300, 260, 0), seen=0).counted == 260


def test_where_the_queue_is_not_told_only_processor_time_counts() -> None:
    begin = Reading(0, 0, None)
    assert held_between(begin, Reading(90 * MS, 40 * MS, None)).counted == 40
    assert held_between(begin, Reading(90 * MS, 60 * MS, None)).is_too_long


@given(
    computed=st.integers(0, 200), waited=st.integers(0, 200), queued=st.integers(0, 10_000), others=st.integers(0, 500)
)
def test_load_alone_never_makes_it_too_long(computed: int, waited: int, queued: int, others: int) -> None:
    quiet = held_between(BEGIN, after(computed + waited, computed, 0))
    loaded = held_between(BEGIN, after(computed + waited + queued + others, computed, queued), others * MS)
    assert loaded.counted <= quiet.counted
    assert quiet.is_too_long == (computed + waited > TOO_LONG_MS)
