"""A download at another place, whole or half: copied with its journal, linked where it stays on the same disk.

Must not know why it moves. The old one stays as it is until it is deleted, so that a kill at any moment loses nothing;
what is at the new place already is never written over.
"""

from __future__ import annotations

import filecmp
import itertools
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from player.net.ending import delete_download
from player.net.journal import Place, disk_errors, sync_folder
from player.net.room import Room

_CHUNK = 1 << 20


def files_of(target: Path) -> list[Path]:
    """What there is of a download: the file itself, or what has come of it with its journal."""
    place = Place(target)
    parts = (place.part, place.newcomer)
    known = [target, *(each for part in parts for each in (part.path, part.map, part.journal))]
    return [each for each in known if each.is_file()]


def copy_download(
    old: Path, new: Path, on_bytes: Callable[[int], None], is_cancelled: Callable[[], bool]
) -> Path | None:
    """Have all that there is of a download at `new` as well, or beside it under another name where that is taken.

    `on_bytes` is told how many more bytes are there. Returns its place; None when it was cancelled, and what was copied
    until then is found again the next time. Raises FileError.
    """
    with disk_errors(new):
        new.parent.mkdir(parents=True, exist_ok=True)
        for place in _names(new):
            pairs = [(each, place.with_name(place.name + each.name.removeprefix(old.name))) for each in files_of(old)]
            taken = {str(each) for each in files_of(place)}
            if taken <= {str(to) for each, to in pairs if to.exists() and _is_same(each, to)}:
                break
        for each, to in pairs:
            if not to.exists() and not _copy(each, to, on_bytes, is_cancelled):
                return None
        sync_folder(new.parent)
        sync_folder(new.parent.parent)
    return place


def drop_download(target: Path) -> None:
    """Delete a download that has another place now, and its folder when that is empty then. Raises FileError."""
    delete_download(target)
    with suppress(OSError):
        target.parent.rmdir()


def _names(path: Path) -> itertools.chain[Path]:
    others = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in itertools.count(2))
    return itertools.chain((path,), others)


def drop_copied(old: Path, copy: Path) -> None:
    """Delete a file of which there is a copy. Raises FileError."""
    with disk_errors(old):
        if copy.is_file() and _is_same(old, copy):
            old.unlink()


def _is_same(one: Path, other: Path) -> bool:
    return one.samefile(other) or filecmp.cmp(one, other, shallow=False)


def _copy(source: Path, to: Path, on_bytes: Callable[[int], None], is_cancelled: Callable[[], bool]) -> bool:
    """Copy a file so that it is there whole or not at all; whether it was not cancelled."""
    size = source.stat().st_size
    with suppress(OSError):
        os.link(source, to)
        on_bytes(size)
        return True
    room = Room(to.parent)
    room.require(size)
    aside = to.with_name(f"{to.name}.moving")
    try:
        with source.open("rb") as reading, aside.open("wb") as writing:
            while chunk := reading.read(_CHUNK):
                if is_cancelled():
                    return False
                writing.write(chunk)
                room.took(len(chunk))
                on_bytes(len(chunk))
            writing.flush()
            os.fsync(writing.fileno())
        with suppress(OSError):
            shutil.copystat(source, aside)
        aside.replace(to)
    finally:
        aside.unlink(missing_ok=True)
    return True
