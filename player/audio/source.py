"""The bytes of an audio file, as decoders read them: whole, or still arriving.

Must not know what the bytes mean, nor who fetches them.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from player.core.errors import FileError
from player.core.ranges import Ranges


class NotHere(Exception):  # noqa: N818 - no error: what is asked for is on its way, or will be when it is wanted
    """The bytes from `offset` up to `stop` have been read for, and are not here yet."""

    def __init__(self, offset: int, stop: int) -> None:
        super().__init__(offset, stop)
        self.offset = offset
        self.stop = stop


class Source(io.BufferedReader):
    """A file on the disk, open for reading; it stays readable when its name is gone."""

    def __init__(self, path: Path, moved_to: Path | None = None) -> None:
        """Open `path`, or where it will have been `moved_to`. Raises FileError."""
        try:
            super().__init__(_opened(path, moved_to))
        except OSError as error:
            raise FileError(str(path), error.strerror or str(error)) from error
        self.path = path

    def again(self) -> Source:
        """The same file, opened once more, for another thread. Raises FileError."""
        return Source(self.path)

    def when_grown(self, call: Callable[[], None]) -> None:
        """Have `call` be called when more of the file is there."""

    @property
    def missing(self) -> NotHere | None:
        """What was read for in vain since `expect`."""
        return None

    def expect(self) -> None:
        """Forget what was read for in vain."""

    @property
    def beginning(self) -> int:
        """How many bytes from the start are there."""
        return self.path.stat().st_size

    @property
    def is_whole(self) -> bool:
        """Whether all of the file is there."""
        return True

    def read_some(self, size: int) -> bytes:
        """Up to `size` bytes, at least one but at the end of the file. Raises NotHere where the next one is missing."""
        return self.read(size)


def _opened(path: Path, moved_to: Path | None) -> io.FileIO:
    try:
        return io.FileIO(path)
    except FileNotFoundError:
        if moved_to is None:
            raise
        return io.FileIO(moved_to)


class Reader:
    """A source as FFmpeg reads it: content with less than it asked for.

    Once something was missing the file seems to end: FFmpeg goes on after an error, and could raise but one of them.
    """

    def __init__(self, source: Source) -> None:
        self._source = source

    def read(self, size: int) -> bytes:
        """Up to `size` bytes. Raises NotHere where the next one is missing, for the first time."""
        return self._source.read_some(size) if self._source.missing is None else b""

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to an offset."""
        return self._source.seek(offset, whence)

    def tell(self) -> int:
        """The offset of the next byte."""
        return self._source.tell()


class _Growth:
    """What is there of a file, for all who have it open."""

    def __init__(self, there: Ranges) -> None:
        self.there = there
        self.calls: list[Callable[[], None]] = []


class ArrivingSource(Source):
    """A file of which some bytes are there. Reading what is missing raises NotHere, and is kept as `missing`.

    Who reads through FFmpeg looks at `missing` afterwards: between two of its calls an exception may be lost.
    """

    def __init__(self, path: Path, total: int, there: Ranges, moved_to: Path | None = None) -> None:
        """`total` is the size that the file will have, `moved_to` its name when it is whole. Raises FileError."""
        super().__init__(path, moved_to)
        self._moved_to = moved_to
        self._total = total
        self._growth = _Growth(there)
        self._at = 0
        self._missing: NotHere | None = None

    def again(self) -> Source:
        """See Source. What arrives is told to both."""
        other = ArrivingSource(self.path, self._total, self._growth.there, self._moved_to)
        other._growth = self._growth
        return other

    def when_grown(self, call: Callable[[], None]) -> None:
        """See Source."""
        self._growth.calls.append(call)

    @property
    def missing(self) -> NotHere | None:
        """See Source."""
        return self._missing

    def expect(self) -> None:
        """See Source."""
        self._missing = None

    @property
    def beginning(self) -> int:
        """See Source."""
        return self._growth.there.end_of(0)

    @property
    def is_whole(self) -> bool:
        """See Source."""
        return self._growth.there.has(0, self._total)

    def arrived(self, there: Ranges) -> None:
        """Take note of what is there now."""
        self._growth.there = there
        for call in self._growth.calls:
            call()

    def has(self, offset: int, stop: int) -> bool:
        """Whether these bytes are there, as far as the file has them at all."""
        return self._growth.there.has(offset, min(stop, self._total))

    def tell(self) -> int:
        """The offset of the next byte to be read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to an offset, which may be missing; the end is where it will be."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._total}[whence]
        self._at = max(0, base + offset)
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes, all of them: fewer than `size` only at the end of the file. Raises NotHere."""
        stop = self._total if size is None or size < 0 else min(self._at + size, self._total)
        if stop <= self._at:
            return b""
        end = self._growth.there.end_of(self._at)
        if end < stop:
            self._missing = NotHere(end, stop)
            raise self._missing
        return self._take(stop)

    def read_some(self, size: int) -> bytes:
        """See Source."""
        stop = min(self._at + size, self._total)
        end = self._growth.there.end_of(self._at)
        return self._take(min(stop, end)) if end > self._at else self.read(size)

    def _take(self, stop: int) -> bytes:
        super().seek(self._at)
        found = super().read(stop - self._at)
        self._at += len(found)
        return found
