"""The progress of a download on a terminal: one line that is drawn again, or, elsewhere, a line now and then.

Must not know what is downloaded.
"""

from __future__ import annotations

import sys
from typing import TextIO

from player.core.model import Millis
from player.core.timecode import format_timecode

_BAR = 24
_MEGABYTE = 1_000_000


class ProgressLine:
    """Shows how far a download is. On a terminal in place; elsewhere one line for each tenth of the way."""

    def __init__(self, title: str, out: TextIO | None = None) -> None:
        """`out` is standard error unless it is said otherwise."""
        self._title = title
        self._out = out or sys.stderr
        self._tenth = -1

    def show(self, received: int, total: int | None, rate: float, left: Millis | None) -> None:
        """Show bytes received of `total` (None: not known), bytes a second, and the time that is left."""
        text = progress_text(received, total, rate, left)
        if self._out.isatty():
            self._out.write(f"\r\x1b[K{_bar(received, total)} {text}")
            self._out.flush()
            return
        tenth = received * 10 // total if total else received // (10 * _MEGABYTE)
        if tenth > self._tenth:
            self._tenth = tenth
            self._out.write(f"{self._title}: {text}\n")
            self._out.flush()

    def end(self) -> None:
        """Leave the line."""
        if self._out.isatty():
            self._out.write("\n")
            self._out.flush()


def progress_text(received: int, total: int | None, rate: float, left: Millis | None) -> str:
    """Bytes, rate and time left in words: `151.2 of 302.4 MB (50 %), 12.3 MB/s, 0:12 left`."""
    done = f"{received / _MEGABYTE:.1f} MB"
    if total:
        done = f"{received / _MEGABYTE:.1f} of {total / _MEGABYTE:.1f} MB ({received * 100 // total} %)"
    speed = f", {rate / _MEGABYTE:.1f} MB/s" if rate else ""
    rest = f", {format_timecode(left)} left" if left is not None and total and received < total else ""
    return done + speed + rest


def _bar(received: int, total: int | None) -> str:
    full = min(_BAR, received * _BAR // total) if total else 0
    return "█" * full + "░" * (_BAR - full)
