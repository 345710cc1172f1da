"""How far something long is: told by the thread that does it, asked for and called off by the one that shows it.

Must not know what it is.
"""

from __future__ import annotations

from dataclasses import dataclass

_PARTS = 1000


class CalledOff(Exception):  # noqa: N818 - nothing went wrong
    """The rest is not wanted any more."""


@dataclass(slots=True, eq=False)
class Course:
    """`done` of `total` parts, and whether the rest is not wanted any more. Of two each is itself, however far it is.

    `doing` says what is being done, where the parts are only shares of the time that all of it takes.
    """

    done: int = 0
    total: int = 0
    is_cancelled: bool = False
    doing: str = ""

    @property
    def percent(self) -> int:
        """How much is done, 0 to 99: that all is done is told otherwise."""
        return min(99, self.done * 100 // max(1, self.total))

    def tell(self, share: float, doing: str) -> None:
        """So much of the time has passed, 0.0 to 1.0, and this is being done."""
        self.done, self.total, self.doing = round(share * _PARTS), _PARTS, doing

    def require_wanted(self) -> None:
        """Raises CalledOff when it was cancelled."""
        if self.is_cancelled:
            raise CalledOff
