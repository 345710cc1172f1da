"""Where is jumped to, and what the table says of it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from bench.comparing import Jump, Result, draw_targets
from bench.earmark import Earmark
from bench.files import CodedFile
from bench.table import HEAD, STREAM_HEAD, row, stream_row

FILE = CodedFile("Opus", Path("none.opus"))


def test_jumps_are_near_and_far_forward_and_back_and_the_same_each_time() -> None:
    targets = draw_targets(18_958, 200, 459)
    assert targets == draw_targets(18_958, 200, 459)
    assert min(targets) >= 0
    assert max(targets) <= 18_928
    steps = [target - before for before, target in pairwise(targets)]
    for kind in (
        [step for step in steps if 5 < step <= 120],
        [step for step in steps if -120 <= step < -5],
        [step for step in steps if step > 3600],
        [step for step in steps if step < -3600],
    ):
        assert len(kind) > 20


def test_a_jump_that_was_not_heard_is_longer_than_any() -> None:
    jumps = [Jump(0.02, 0.001), Jump(0.5, -0.003), Jump(0.03, 0.002), Jump(None, None)]
    result = Result(jumps, 3.0, 0.011, 70_000_000)
    assert row(FILE, Earmark({}), result) == (
        "| Opus | Earmark | 500 | > 3000 | > 3000 | 2.0 | 3.0 | 1 of 4 | 1.1 | 70 |"
    )
    nothing = Result([Jump(None, None)], 12.0, 0.0, 0)
    counts = {"bytes": 24_000_000, "requests": 7, "connections": 3}
    assert stream_row(FILE, Earmark({}), nothing, counts) == (
        "| Opus | Earmark | > 12000 | > 12000 | > 12000 | – | – | 1 of 1 | 24 | 7 | 3 |"
    )


def test_every_row_has_as_many_cells_as_the_head() -> None:
    result = Result([Jump(0.02, 0.001)], 3.0, 0.011, 70_000_000)
    counts = {"bytes": 1, "requests": 1, "connections": 1}
    for head, rows in (
        (HEAD, [row(FILE, Earmark({}), result), row(FILE, Earmark({}), None)]),
        (STREAM_HEAD, [stream_row(FILE, Earmark({}), result, counts), stream_row(FILE, Earmark({}), None, counts)]),
    ):
        assert {line.count("|") for line in [*head.splitlines(), *rows]} == {head.splitlines()[0].count("|")}
