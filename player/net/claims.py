"""Which bytes of a file are fetched by whom: two lanes share what is missing, and none fetches what the other does.

Must not know how bytes travel or where they are written. Not safe across threads: the transfer holds a lock.
"""

from __future__ import annotations

from dataclasses import dataclass

from player.core.ranges import Ranges

SOON = 256 * 1024
"""Bytes that lie no further than this ahead of a lane come before another request for them would be answered."""


@dataclass(slots=True, eq=False)
class Claim:
    """What a lane is fetching: it is `at` a byte on its way to `stop`, or to the end where that is not known (None)."""

    at: int
    stop: int | None

    def covers(self, offset: int) -> bool:
        """Whether the lane will come to this byte."""
        return self.at <= offset and (self.stop is None or offset < self.stop)

    def is_near(self, offset: int) -> bool:
        """Whether the lane will come to this byte soon."""
        return self.covers(offset) and offset - self.at <= SOON

    def room(self) -> int | None:
        """How many bytes the lane may still take; None when any number."""
        return None if self.stop is None else self.stop - self.at


class Claims:
    """What is there of a file, and what is on its way."""

    def __init__(self, there: Ranges, total: int | None) -> None:
        """`total` is the file's size in bytes, None where the server does not tell."""
        self.there = there
        self.total = total
        self._open: list[Claim] = []

    @property
    def is_complete(self) -> bool:
        """Whether all of it is there. Never so for a file whose size is not known."""
        return self.total is not None and self.there.has(0, self.total)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being fetched."""
        return not self._open

    def fill(self, prefer: int) -> Claim | None:
        """Claim the first gap at or behind `prefer`, or else the first of all; None when all is there or on its way."""
        gaps = self._gaps()
        chosen = next((gap for gap in gaps if gap[1] is None or gap[1] > prefer), gaps[0] if gaps else None)
        if chosen is None:
            return None
        start, stop = chosen
        return self._claim(max(start, prefer) if start < prefer < (stop or prefer + 1) else start, stop)

    def jump(self, offset: int) -> tuple[int, int] | None:
        """What to ask for when the byte at `offset` is wanted; None when it is no use to ask.

        It is no use where all from there on is there, or a lane comes to it soon. Nothing is claimed yet: the server
        may not give it, and who fills must not be stopped for that.
        """
        if self.total is None or self.comes_soon(offset):
            return None
        start = self.there.end_of(offset)
        gap = next(self.there.gaps(start, self.total), None)
        if gap is None or self.comes_soon(gap[0]):
            return None
        return gap[0], min([gap[1], *(each.at for each in self._open if gap[0] < each.at)])

    def claim_jump(self, start: int, stop: int) -> Claim | None:
        """Claim what the server gives, taking it from a lane that is far from it; None when one is near by now."""
        if self.comes_soon(start):
            return None
        for other in self._open:
            if other.covers(start):
                other.stop = start
        return self._claim(start, stop)

    def comes_soon(self, offset: int) -> bool:
        """Whether the byte is there, or a lane is just before it."""
        return self.there.end_of(offset) > offset or any(each.is_near(offset) for each in self._open)

    def is_in_the_way(self, claim: Claim, wanted: int, *, is_other_asking: bool) -> bool:
        """Whether what the claim's lane fetches is not what is waited for (the first missing byte from `wanted` on),

        while another lane is on its way there, or `is_other_asking` for it.
        """
        needed = self.there.end_of(wanted)
        others = (each for each in self._open if each is not claim)
        return not claim.is_near(needed) and (is_other_asking or any(each.covers(needed) for each in others))

    def took(self, claim: Claim, count: int) -> None:
        """So many bytes more of a claim are there."""
        self.there = self.there.with_span(claim.at, claim.at + count)
        claim.at += count

    def release(self, claim: Claim) -> None:
        """What is left of a claim is nobody's again."""
        self._open.remove(claim)

    def _claim(self, start: int, stop: int | None) -> Claim:
        claim = Claim(start, stop)
        self._open.append(claim)
        return claim

    def _gaps(self) -> list[tuple[int, int | None]]:
        """What is neither there nor claimed, in rising order."""
        if self.total is None:
            return [] if self._open else [(self.there.end_of(0), None)]
        taken = self.there
        for claim in self._open:
            taken = taken.with_span(claim.at, self.total if claim.stop is None else claim.stop)
        return list(taken.gaps(0, self.total))
