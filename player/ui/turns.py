"""Commands one after the other: what is asked while another is on its way waits for what will be shown then.

Must not know what a command does.
"""

from __future__ import annotations

from collections.abc import Callable


class Turns:
    """Runs a command at once, or when the one that has begun is over."""

    def __init__(self) -> None:
        self._is_taken = False
        self._waiting: list[Callable[[], None]] = []

    def run(self, command: Callable[[], None]) -> None:
        """Do it, now or later."""
        if self._is_taken:
            self._waiting.append(command)
        else:
            command()

    def begin(self) -> None:
        """A command is on its way."""
        self._is_taken = True

    def end(self) -> None:
        """It is over; the next may begin."""
        self._is_taken = False
        while self._waiting and not self._is_taken:
            self._waiting.pop(0)()

    def forget(self) -> None:
        """What waits is not to be done any more."""
        self._waiting.clear()
