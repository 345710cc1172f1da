"""A part that is being filled: of which version it is, what is there of it, and the writing of more.

Must not know requests. Not safe across threads: the transfer holds a lock but for `put`.
"""

from __future__ import annotations

import time
from io import FileIO

from player.core.ranges import Ranges
from player.net.claims import Claim, Claims
from player.net.journal import Part, Version
from player.net.range_log import RangeLog
from player.net.room import Room

_KEEP_EVERY = 5.0
"""Seconds between two times that what has come is made safe against a power cut."""


class Filling:
    """`version` is None where nothing is there that could be gone on with."""

    def __init__(self, part: Part, version: Version | None, there: Ranges, total: int | None) -> None:
        self.part = part
        self.version = version
        self.claims = Claims(there, total)
        self.address = version.url if version else ""
        """Where redirects have led: another request for the same version goes there at once."""
        self.has_ranges: bool | None = None
        """Whether the server gives ranges of this version; None where it is not known yet."""
        self.is_one_lane = False
        """Whether the server did not answer a second connection."""
        self.is_ended = False
        """Whether an answer without a length ended behind what is there: it may have been all, or broken off."""
        self.is_end_told = False
        """Whether the server said that the file is over where what is there ends."""
        self._room = Room(part.path.parent)
        self._log = RangeLog(part.map, there) if part.map.exists() and there.total else None
        self._kept = 0.0

    @classmethod
    def resumed(cls, part: Part, url: str) -> Filling:
        """What there is of a file, if it may be gone on with from `url`; otherwise nothing."""
        version, there = part.version, part.ranges
        if version is None or version.url != url:
            return cls.anew(part)
        total = version.total
        is_too_long = total is not None and there.within(total) != there
        is_whole = total is not None and there.has(0, total) and total > 0
        if is_too_long or not there.total or not (version.validator or is_whole):
            return cls.anew(part)
        return cls(part, version, there, total)

    @classmethod
    def begun(cls, part: Part, version: Version, address: str, has_ranges: bool | None) -> Filling:
        """An empty part for a version that comes from `address`."""
        filling = cls(part, version, Ranges(), version.total)
        filling.address, filling.has_ranges = address, has_ranges
        return filling

    @classmethod
    def anew(cls, part: Part) -> Filling:
        """Nothing of a file."""
        return cls(part, None, Ranges(), None)

    @property
    def can_jump(self) -> bool:
        """Whether bytes of another place may be asked for before those in between."""
        is_known = self.version is not None and self.version.validator is not None
        # Who has only one connection would lose it to the question.
        may_ask = bool(self.has_ranges) if self.is_one_lane else self.has_ranges is not False
        return is_known and self.claims.total is not None and may_ask

    def prepare_for(self, claim: Claim) -> None:
        """Before bytes are written behind a hole, it is noted which are there, from now on.

        Raises DiskFullError where there is no room for all that is missing, and OSError.
        """
        self._room.require((self.claims.total or 0) - self.claims.there.total)
        if self._log is None and claim.at != self.claims.there.end_of(0):
            self._log = RangeLog(self.part.map, self.claims.there)

    def put(self, file: FileIO, data: bytes) -> None:
        """Write bytes where the file stands. Raises OSError, and DiskFullError where others have filled the disk."""
        view = memoryview(data)
        while view:
            view = view[file.write(view) :]
        self._room.took(len(data))

    def took(self, claim: Claim, count: int) -> None:
        """So many bytes more of a claim have been written. Raises OSError."""
        if self._log is not None:
            self._log.note(claim.at, claim.at + count)
        self.claims.took(claim, count)

    def keep(self) -> None:
        """Make what is there safe against a power cut. Raises OSError."""
        if self._log is not None:
            self._kept = time.monotonic()
            self._log.keep(self.part.path, self.claims.there)

    @property
    def is_keeping_due(self) -> bool:
        """Whether it is time to `keep` again; never without holes: bytes are written before a file's length."""
        return self._log is not None and time.monotonic() - self._kept > _KEEP_EVERY

    def close(self) -> None:
        """End the writing."""
        if self._log is not None:
            self._log.close()
            self._log = None
