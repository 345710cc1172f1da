"""The map of a part, through kills and power cuts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.ranges import Ranges
from player.net import range_log
from player.net.range_log import RangeLog, ranges_in, read_ranges


@pytest.fixture
def part(tmp_path: Path) -> Path:
    path = tmp_path / "a.part"
    path.write_bytes(bytes(100))
    return path


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def open_log(part: Path, opened: ExitStack) -> RangeLog:
    return opened.enter_context(closing(RangeLog(map_of(part), Ranges(((0, 10),)))))


@pytest.fixture
def log(part: Path, opened: ExitStack) -> RangeLog:
    return open_log(part, opened)


def map_of(part: Path) -> Path:
    return part.with_name("a.map")


def start_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """The computer was switched off and on again."""
    monkeypatch.setattr(range_log, "this_start", lambda: "another")


def test_without_a_map_nothing_is_known(part: Path) -> None:
    assert read_ranges(map_of(part)) is None


def test_each_note_counts_at_once(part: Path, log: RangeLog) -> None:
    log.note(50, 60)
    assert read_ranges(map_of(part)) == Ranges(((0, 10), (50, 60)))
    log.note(60, 65)
    assert read_ranges(map_of(part)) == Ranges(((0, 10), (50, 65)))


def test_a_power_cut_takes_what_was_not_kept(
    part: Path, log: RangeLog, opened: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.note(50, 60)
    log.keep(part, Ranges(((0, 10), (50, 60))))
    log.note(80, 90)
    start_anew(monkeypatch)
    assert read_ranges(map_of(part)) == Ranges(((0, 10), (50, 60)))
    open_log(part, opened).note(90, 95)
    assert read_ranges(map_of(part)) == Ranges(((0, 10), (50, 60), (90, 95)))


def test_a_kill_takes_nothing(part: Path, log: RangeLog, opened: ExitStack) -> None:
    log.note(50, 60)
    again = open_log(part, opened)
    again.note(70, 80)
    assert read_ranges(map_of(part)) == Ranges(((0, 10), (50, 60), (70, 80)))


def test_where_starts_have_no_name_only_what_was_kept_counts_after_a_restart(
    part: Path, opened: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(range_log, "_BOOT_ID", part.with_name("missing"))
    log = open_log(part, opened)
    log.note(0, 10)
    log.keep(part, Ranges(((0, 10),)))
    log.note(20, 30)
    assert read_ranges(map_of(part)) == Ranges(((0, 10),))


@given(st.integers(0, 200), st.binary(max_size=20))
def test_a_map_that_was_cut_off_says_of_nothing_that_it_is_there_which_is_not(cut: int, junk: bytes) -> None:
    text = f"running {range_log.this_start()}\n0 10\n50 60\nkept 0 10\nkept 50 60\n70 80\n".encode()
    found = ranges_in(text[:cut] + b"\n" + bytes(byte for byte in junk if not 0x30 <= byte < 0x3A))
    assert Ranges.of([*found.spans, (0, 10), (50, 60), (70, 80)]) == Ranges(((0, 10), (50, 60), (70, 80)))
