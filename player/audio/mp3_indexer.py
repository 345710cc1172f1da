"""Indexes an MP3 file in the background: its beginning while it arrives, and the whole of it in the end.

Must not know how its frames are decoded. Works in a thread of its own, on a source of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import BinaryIO, cast

from player.audio.mp3_index import Mp3Index, index_source
from player.audio.source import NotHere, Source
from player.core.errors import KnownError

_FIRST = 1 << 18
_GROWTH = 1.25
"""The beginning is indexed anew when it has grown by so much: in all, five times the work of doing it once."""


class Indexer:
    """`latest` is the index of the longest beginning so far, `whole` that of the file. Never both at once."""

    def __init__(self, source: Source, on_whole: Callable[[Mp3Index], None]) -> None:
        """`source` is this thread's own; `on_whole` is called there."""
        self.latest: Mp3Index | None = None
        self.whole: Mp3Index | None = None
        self._source = source
        self._on_whole = on_whole
        self._grown = threading.Condition()
        self._is_over = False
        self._done = 0
        source.when_grown(self._on_grown)
        self._thread = threading.Thread(target=self._run, name="earmark-index", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Wait until the whole file is indexed, or cannot be."""
        self._thread.join()

    def close(self) -> None:
        """End it, as soon as what is being read has been read; nobody waits for that."""
        with self._grown:
            self._is_over = True
            self._grown.notify()

    def _on_grown(self) -> None:
        with self._grown:
            self._grown.notify()

    def _run(self) -> None:
        with self._source:
            self._follow()

    def _follow(self) -> None:
        total = self._source.seek(0, 2)
        while self._wait_for_more(total):
            end = self._source.beginning
            index = self._index(end)
            self._done = end
            if self._is_over:
                return
            if end >= total:
                self.whole, self.latest = index, None
                if index is not None:
                    self._on_whole(index)
                return
            self.latest = index

    def _wait_for_more(self, total: int) -> bool:
        """Wait until it is worth while to index again; False when it is over."""

        def is_worth_it() -> bool:
            there = self._source.beginning
            return there >= total or there >= max(_FIRST, self._done * _GROWTH)

        with self._grown:
            self._grown.wait_for(lambda: self._is_over or is_worth_it())
            return not self._is_over

    def _index(self, end: int) -> Mp3Index | None:
        try:
            return index_source(cast("BinaryIO", _Beginning(self._source, end)), self._source.path.name)
        except (KnownError, NotHere, OSError):
            return None


class _Beginning:
    """A file that ends earlier."""

    def __init__(self, source: Source, end: int) -> None:
        self._source = source
        self._end = end

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to an offset; the end is where this ends."""
        return self._source.seek(self._end + offset if whence == 2 else offset, 0 if whence == 2 else whence)

    def read(self, size: int) -> bytes:
        """The next bytes, not beyond the end."""
        return self._source.read(max(0, min(size, self._end - self._source.tell())))
