"""The command: `cd tests && ../.venv/bin/python -m killing --times 200`."""

from __future__ import annotations

import argparse
import sys

from killing import run, table

parser = argparse.ArgumentParser(prog="killing", description="Kill the program at random moments.")
parser.add_argument("--times", type=int, default=200, help="how often (default: 200)")
parser.add_argument("--longest", type=float, default=3.5, help="seconds until a kill, at most (default: 3.5)")
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()
kills, wrong = run(options.times, options.seed, options.longest)
print(table(kills, wrong))
for words in wrong:
    print(words)
sys.exit(1 if wrong or any(kill.faults for kill in kills) else 0)
