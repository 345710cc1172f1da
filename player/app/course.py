"""How far something long is: told by the thread that does it, asked for and called off by the one that shows it.

Must not know what it is.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Course:
    """`done` of `total` parts, and whether the rest is not wanted any more."""

    done: int = 0
    total: int = 0
    is_cancelled: bool = False
