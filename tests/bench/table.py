"""The rows of the comparison's tables, in Markdown. Must not know how they were measured."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from bench.comparing import Jump, Result
from bench.files import CodedFile
from bench.players import Player

_FIGURES = ("p50 ms", "p95 ms", "max ms", "error p50 ms", "error max ms", "not heard")


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _head(words: Sequence[str], *more: str) -> str:
    numbers = (*_FIGURES, *more)
    return f"{_line([*words, *numbers])}\n{_line([*('---' for _ in words), *('--:' for _ in numbers)])}"


HEAD = _head(("file", "player"), "processor %", "memory MB")
STREAM_HEAD = _head(("file", "player"), "MB sent", "requests", "connections")
WINDOW_HEAD = _head(("file",))


def row(file: CodedFile, player: Player, result: Result | None) -> str:
    """A row of the table of files on the disk."""
    if result is None:
        return _silent(file, player, HEAD)
    machine = [f"{100 * result.cost:.1f}", f"{result.memory / 1e6:.0f}"]
    return _line([file.name, player.name, *_figures(result), *machine])


def stream_row(file: CodedFile, player: Player, result: Result | None, counts: dict[str, int]) -> str:
    """A row of the table of streams; `counts` is what the server has sent."""
    sent = [f"{counts['bytes'] / 1e6:.0f}", str(counts["requests"]), str(counts["connections"])]
    if result is None:
        return _silent(file, player, STREAM_HEAD)
    return _line([file.name, player.name, *_figures(result), *sent])


def window_row(file: CodedFile, jumps: Sequence[Jump], limit: float) -> str:
    """A row of the table of jumps in Earmark's window, each waited for `limit` seconds at most."""
    return _line([file.name, *_figures(Result(jumps, limit, 0.0, 0))])


def _silent(file: CodedFile, player: Player, head: str) -> str:
    columns = head.splitlines()[0].count("|") - 1
    return _line([file.name, player.name, "does not play", *("" for _ in range(columns - 3))])


def _figures(result: Result) -> list[str]:
    """How long was waited, how far off it was, and how many were not heard, which count as longer than any."""
    waits = [math.inf if jump.wait is None else jump.wait for jump in result.jumps]
    errors = [1000 * abs(jump.error) for jump in result.jumps if jump.error is not None]
    figures = [_milliseconds(float(np.quantile(waits, part, method="higher")), result) for part in (0.5, 0.95, 1)]
    offsets = [f"{value:.1f}" for value in np.quantile(errors, (0.5, 1))] if errors else ["–", "–"]
    return [*figures, *offsets, f"{len(waits) - len(errors)} of {len(waits)}"]


def _milliseconds(wait: float, result: Result) -> str:
    return f"> {1000 * result.limit:.0f}" if math.isinf(wait) else f"{1000 * wait:.0f}"
