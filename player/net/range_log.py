"""The map of a part: a file that grows by a line for each piece that comes, so that a kill loses none of it.

Must not know versions or requests.

    running 1b4e28ba-2fa1-…     which start of the computer the following lines were written in
    0 65536                     the bytes from the first number up to the second are there
    kept 0 65536                they are on the disk, also after a power cut
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from player.core.ranges import Ranges

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
"""Linux names each start of the computer; elsewhere only what was kept counts in another run of the program."""


def this_start() -> str:
    """A name for this start of the computer; empty where the system has none."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def read_ranges(path: Path) -> Ranges | None:
    """Which bytes a map says are there; None when there is no map."""
    try:
        return ranges_in(path.read_bytes())
    except OSError:
        return None


def ranges_in(text: bytes) -> Ranges:
    """Which bytes the text of a map says are there.

    What was written in an earlier start of the computer counts only as far as it was kept: a power cut may have
    taken the bytes and left the line. What is no line of a map is passed over.
    """
    found: list[tuple[int, int]] = []
    is_this_start = False
    for line in text.split(b"\n")[:-1]:
        words = line.split()
        if words[:1] == [b"running"]:
            is_this_start = words[1:] == [this_start().encode()]
        is_kept = words[:1] == [b"kept"]
        if (is_kept or is_this_start) and len(words) == 2 + is_kept and all(word.isdigit() for word in words[is_kept:]):
            found.append((int(words[-2]), int(words[-1])))
    return Ranges.of(found)


class RangeLog:
    """A map that is being written. The caller writes bytes first and notes them afterwards."""

    def __init__(self, path: Path, there: Ranges) -> None:
        """Go on with a map, or begin one with what is `there`. Raises OSError."""
        if path.exists():
            self._file = path.open("ab", buffering=0)
            # A line that was cut off ends here.
            self._file.write(f"\nrunning {this_start()}\n".encode())
            return
        aside = path.with_name(f"{path.name}.tmp")
        lines = "".join(f"{start} {stop}\n" for start, stop in there.spans)
        self._file = aside.open("wb", buffering=0)
        self._file.write(f"running {this_start()}\n{lines}".encode())
        aside.replace(path)

    def note(self, start: int, stop: int) -> None:
        """These bytes have been written. Raises OSError."""
        self._file.write(b"%d %d\n" % (start, stop))

    def keep(self, part: Path, there: Ranges) -> None:
        """Have the bytes of `part` that are `there` written to the disk, and note that. Raises OSError."""
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        self._file.write("".join(f"kept {start} {stop}\n" for start, stop in there.spans).encode())

    def close(self) -> None:
        """End the writing."""
        with suppress(OSError):
            self._file.close()
