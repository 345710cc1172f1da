"""A long run: `PYTHONPATH=tests .venv/bin/python -m fuzzing --seconds 600 --seed 1`; 1 when it found something."""

from __future__ import annotations

import argparse
import faulthandler
import os
import sys
import tempfile
from pathlib import Path

from fuzzing import run


def main() -> int:
    parser = argparse.ArgumentParser(prog="fuzzing")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kind", choices=("media", "document", "feed", "transcript"))
    options = parser.parse_args()
    faulthandler.enable()
    folder = Path(tempfile.mkdtemp(prefix="earmark-fuzzing-"))
    given = os.environ.get("EARMARK_CORPUS")
    corpus = Path(given) if given else None
    outcome = run(folder, corpus, options.seed, lambda _, seconds: seconds < options.seconds, options.kind)
    for name, count in sorted(outcome.ends.items()):
        print(f"{count:>8}  {name}")
    print(f"{outcome.ends.total():>8}  inputs; the slowest took {outcome.slowest:.2f} s")
    print(*outcome.findings, sep="\n")
    if outcome.findings:
        print(f"What failed is kept in {folder}")
    return 1 if outcome.findings else 0


if __name__ == "__main__":
    sys.exit(main())
