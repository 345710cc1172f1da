"""A small part of the long run, and what the long run would find."""

from __future__ import annotations

from pathlib import Path

import pytest

from faults.kinds import KINDS
from faults.play import Ledger, Stage
from faults.run import run, table
from faults.script import Run, Script
from player.net.journal import Place

SIZE = 90_000


def test_some_transfers(tmp_path: Path) -> None:
    ledger = run(tmp_path, 8, 0)
    assert ledger.transfers["whole in the end"] == 8
    assert len(table(ledger).splitlines()) == len(KINDS) + 2


def test_each_kind_of_trouble_once(tmp_path: Path) -> None:
    ledger = Ledger()
    with Stage(tmp_path, ledger) as stage:
        for kind in KINDS:
            if not kind.startswith("silent"):
                stage.play(Script(SIZE, (Run("cut in the body", 300), Run(kind, 600))))
    assert ledger.kills.total() == 0
    assert ledger.ends["all is well"]["whole"] == 1
    assert ledger.ends["404"]["error"] == 1


def test_a_kill_at_each_system_call_of_the_end(tmp_path: Path) -> None:
    """From the last bytes to the last file that is cleaned up, and the next run makes it whole."""
    ledger = Ledger()
    with Stage(tmp_path, ledger) as stage:
        for call in range(1, 100, 14):
            stage.play(Script(5_000, (Run("cut before the last byte", 0), Run("all is well", 0, kill_call=call))))
    assert ledger.kills["at a system call"] >= 2


def test_what_is_mixed_is_found(tmp_path: Path) -> None:
    with Stage(tmp_path, Ledger()) as stage:
        stage.play(Script(SIZE, (Run("cut in the body", 500),)))
        target = tmp_path / "Show" / "a.mp3"
        target.write_bytes(b"other")
        with pytest.raises(AssertionError, match="no version"):
            stage.look("killed", 0, [])
        target.unlink()
    assert Place(target).part.size == 0
