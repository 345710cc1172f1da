"""Many transfers: `PYTHONPATH=tests .venv/bin/python -m faults.run --transfers 2000 --seed 1`; 1 when one went wrong.

What hypothesis finds is printed as the shortest script that still goes wrong.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded

from faults.play import Ledger, Stage
from faults.script import Script, scripts

ENDS = ("whole", "error", "paused", "killed")


def run(folder: Path, transfers: int, seed: int) -> Ledger:
    """Play so many scripts, which the seed decides. Raises AssertionError for the first that goes wrong."""
    ledger = Ledger()
    with Stage(folder, ledger) as stage:

        @seeded(seed)
        @settings(
            max_examples=transfers,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        @given(scripts)
        def play(script: Script) -> None:
            stage.play(script)

        play()
    return ledger


def table(ledger: Ledger) -> str:
    """What became of the runs with each kind of trouble, and what the listener was told most often."""
    lines = [
        "| kind | runs | " + " | ".join(ENDS) + " | said most often |",
        "|---|" + "---:|" * (len(ENDS) + 1) + "---|",
    ]
    for kind, ends in ledger.ends.items():
        words = ledger.words[kind].most_common(1)
        counts = " | ".join(str(ends[end]) for end in ENDS)
        lines.append(f"| {kind} | {ends.total()} | {counts} | {words[0][0] if words else ''} |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="faults.run")
    parser.add_argument("--transfers", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="earmark-faults-") as folder:
        ledger = run(Path(folder), options.transfers, options.seed)
    print(table(ledger))
    print()
    for name, count in sorted(ledger.transfers.items(), key=lambda item: -item[1]):
        print(f"{count:>8}  transfers {name}")
    for name, count in ledger.kills.items():
        print(f"{count:>8}  kills {name}")
    print(f"{ledger.runs:>8}  runs with trouble, {len(ledger.ends)} kinds, {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
