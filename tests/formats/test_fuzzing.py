"""A short run over damaged files, the same each time; `python -m fuzzing` makes a long one."""

from __future__ import annotations

from pathlib import Path
from random import Random

from fuzzing import damaged, run, seeds

INPUTS = 250


def test_damaged_files_are_refused_or_read(tmp_path: Path) -> None:
    outcome = run(tmp_path, None, 1, lambda number, _: number < INPUTS)
    assert outcome.findings == []
    assert outcome.ends.total() == INPUTS
    assert min(outcome.ends[end] for end in ("media written", "media refused", "document read", "feed read")) >= 5


def test_an_input_can_be_made_again() -> None:
    known = seeds(None)
    one, other = (damaged(known[0].content, known, Random("1:7")) for _ in range(2))
    assert one == other != known[0].content
