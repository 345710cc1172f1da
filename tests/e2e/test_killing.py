"""A little of `python -m killing`: the real program is killed while it downloads, plays and refreshes."""

from __future__ import annotations

import io

import pytest

from killing import run

pytestmark = pytest.mark.e2e


def test_nothing_is_lost_by_kills() -> None:
    kills, wrong = run(2, seed=3, longest=5.0, out=io.StringIO())
    assert [kill.faults for kill in kills] == [[], []]
    assert wrong == []
