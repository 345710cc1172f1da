"""Earmark's engine and output, in a process of their own. Must not know who listens."""

from __future__ import annotations

from collections.abc import Mapping

from bench.players import Source
from loudspeaker import PlayerProcess


class Earmark:
    """A `bench.players.Player`."""

    name = "Earmark"
    takes_streams = True

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def missing(self) -> str | None:
        """See `Player`."""
        return None

    def start(self, source: Source) -> None:
        """See `Player`."""
        self._player = PlayerProcess(source, self._environment)
        self._player.__enter__()

    def seek(self, seconds: float) -> None:
        """See `Player`."""
        self._player.tell(f"seek {round(seconds * 1000)}")

    def stop(self) -> None:
        """See `Player`."""
        self._player.__exit__(None, None, None)

    def process(self) -> int:
        """See `Player`."""
        return self._player.process
