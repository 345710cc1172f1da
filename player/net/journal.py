"""A file on its way: the part that is there, the journal that says of which version it is, and a newcomer.

Must not know how bytes are fetched. What holds at every moment, also after a kill: a journal never says of bytes that
they are of a version that they are not of, and bytes are given up only for more bytes.

    Episode.mp3.part        what has come
    Episode.mp3.part.json   of which version it is
    Episode.mp3.part.map    which bytes have come; without it, all from the start to the part's end
    Episode.mp3.new(…)      another version that is being fetched, until it is further than the part
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from player.core.errors import DiskFullError, FileError
from player.core.phrases import Phrase
from player.core.ranges import Ranges
from player.core.reasons import system_reason
from player.net.range_log import read_ranges
from player.net.room import Room

_REASONS = {
    errno.ENOSPC: Phrase("reasons", "the disk is full"),
    errno.EDQUOT: Phrase("reasons", "the space that you may use on this disk is used up"),
    errno.EACCES: Phrase("reasons", "it may not be written"),
    errno.EPERM: Phrase("reasons", "it may not be written"),
    errno.EROFS: Phrase("reasons", "the disk may only be read"),
    errno.ENAMETOOLONG: Phrase("reasons", "its name is too long"),
    errno.ENOTDIR: Phrase("reasons", "its folder is no folder"),
    errno.EISDIR: Phrase("reasons", "a folder is in its place"),
    errno.EIO: Phrase("reasons", "the disk could not be written"),
}
_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Version:
    """What a server said of the file that it sent: enough to go on with it later, or to see that it changed."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    total: int | None = None
    media_type: str | None = None
    has_strong_date: bool = True
    """Whether the file was old enough for its date to tell it from the next version (RFC 9110, 8.8.2.2)."""

    @property
    def validator(self) -> str | None:
        """What If-Range may carry (RFC 9110, 13.1.5): a strong ETag, else a strong date; None when there is neither."""
        if self.etag is not None:
            return None if self.etag.startswith("W/") else self.etag
        return self.last_modified if self.has_strong_date else None

    def is_of(self, other: Version) -> bool:
        """Whether both are surely one version, so that the bytes of one are bytes of the other."""
        return self.validator is not None and (self.validator, self.total) == (other.validator, other.total)


@dataclass(frozen=True, slots=True)
class Part:
    """Some bytes of a file, and their journal."""

    path: Path

    @property
    def journal(self) -> Path:
        """Where the journal lies."""
        return self.path.with_name(f"{self.path.name}.json")

    @property
    def map(self) -> Path:
        """Where it is noted which bytes are there, once they are more than a beginning."""
        return self.path.with_name(f"{self.path.name}.map")

    @property
    def ranges(self) -> Ranges:
        """Which bytes are there; none when there is no file."""
        try:
            size = self.path.stat().st_size
        except OSError:
            return Ranges()
        noted = read_ranges(self.map)
        return Ranges.of([(0, size)]) if noted is None else noted.within(size)

    @property
    def size(self) -> int:
        """How many bytes are there."""
        return self.ranges.total

    @property
    def version(self) -> Version | None:
        """Of which version the bytes are; None when it is not known."""
        try:
            found: dict[str, Any] = json.loads(self.journal.read_text(encoding="utf-8"))
            return Version(**found)
        except (OSError, ValueError, TypeError):
            return None

    def begin(self, version: Version) -> None:
        """Empty the part and note of which version its bytes will be. In this order: an empty part cannot lie."""
        self.path.open("wb").close()
        self.map.unlink(missing_ok=True)
        aside = self.journal.with_name(f"{self.journal.name}.tmp")
        with aside.open("w", encoding="utf-8") as file:
            json.dump(asdict(version), file)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self.journal)

    def remove(self) -> None:
        """Delete bytes and journal, the bytes first, and what a kill left half-written of the journal and the map."""
        for path in (self.path, self.map, self.journal):
            path.unlink(missing_ok=True)
        for path in (self.map, self.journal):
            path.with_name(f"{path.name}.tmp").unlink(missing_ok=True)


class Place:
    """Where a file will be when it is whole, and what there is of it until then."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.part = Part(target.with_name(f"{target.name}.part"))
        self.newcomer = Part(target.with_name(f"{target.name}.new"))

    def settle(self) -> None:
        """Let a newcomer that is further than the part take its place. Ends what a kill interrupted in it, too."""
        part, newcomer = self.part, self.newcomer
        if newcomer.size > part.size:
            part.journal.unlink(missing_ok=True)
            part.map.unlink(missing_ok=True)
            newcomer.path.replace(part.path)
        if not newcomer.path.exists() and newcomer.journal.exists():
            if part.journal.exists():
                newcomer.remove()
            else:
                if newcomer.map.exists():
                    newcomer.map.replace(part.map)
                newcomer.journal.replace(part.journal)

    def current(self) -> Part:
        """The part to go on with: the newcomer where there is one, as the server no longer has the other version."""
        return self.newcomer if self.newcomer.size else self.part

    def begin(self, version: Version) -> Part:
        """An empty part for a version that starts anew. Raises FileError where the disk has no room for it; OSError."""
        Room(self.target.parent).require(version.total or 1)
        part = self.newcomer if self.part.size else self.part
        part.begin(version)
        return part

    def go_on_with(self, version: Version, instead_of: Part) -> Part | None:
        """The other part than `instead_of`, where it is of the version that the server has now; else None."""
        other = self.newcomer if instead_of == self.part else self.part
        known = other.version
        if known is None or not known.is_of(version) or not other.size:
            return None
        if other == self.part:
            # The server is back at the version that is further.
            self.newcomer.remove()
        return other

    def finished(self) -> Version | None:
        """The version of the whole file under the final name, if a kill came between renaming it and noting so."""
        version = self.part.version
        if version is None or self.part.path.exists() or not self.target.exists():
            return None
        return version if version.total in (None, self.target.stat().st_size) else None

    def finish(self, part: Part) -> None:
        """Give a whole part its final name, so that after a power cut it is there whole or not at all.

        A journal without a part tells of that (`finished`) until `clean`, so a newcomer becomes the part first.
        """
        with part.path.open("rb+") as file:
            os.fsync(file.fileno())
        if part == self.newcomer:
            self.part.remove()
            self.settle()
        self.part.path.replace(self.target)
        sync_folder(self.target.parent)
        # The folder itself may have been made for this file.
        sync_folder(self.target.parent.parent)

    def clean(self) -> None:
        """Remove all that is only of use before the file is whole."""
        self.part.remove()
        self.newcomer.remove()


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Raise what the disk refuses within as a FileError of `path`."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or system_reason(error, Phrase("reasons", "it cannot be written"))
        kind = DiskFullError if error.errno in _FULL else FileError
        raise kind(str(path), reason) from error


def sync_folder(folder: Path) -> None:
    """Write a folder's entries to the disk. Windows cannot, and does not need it."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
