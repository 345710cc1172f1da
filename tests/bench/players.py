"""What the comparison asks of a player, and how much of the machine a process takes.

Must not know any player, nor who listens.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

Source = Path | str
"""A file, or the address of a stream."""

PATIENCE = 20.0
"""Seconds to wait for a program to start or to end."""


class Player(Protocol):
    """A player that is compared. One source at a time."""

    name: str
    takes_streams: bool

    def missing(self) -> str | None:
        """What must be installed to use it, or None."""

    def start(self, source: Source) -> None:
        """Begin to play from the start, in a process of its own."""

    def seek(self, seconds: float) -> None:
        """Jump; returns when the command is given."""

    def stop(self) -> None:
        """End the process."""

    def process(self) -> int:
        """The id of the process that plays."""


def processor_seconds(process: int) -> float:
    """Processor time that a process has taken so far."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_bytes(process: int) -> int:
    """Memory that a process has in use (VmRSS)."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise ProcessLookupError(process)
