"""Keeps generated files between test runs. Must not know what is in them but their recipe."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from timecoded.synthesis import VERSION
from timecoded.writing import encode_timecoded

_SUFFIXES = {"aac": "m4a", "vorbis": "ogg"}


def cache_folder() -> Path:
    """`EARMARK_TEST_CACHE`, or `.cache/timecoded` beside `tests/`."""
    given = os.environ.get("EARMARK_TEST_CACHE")
    return Path(given) if given else Path(__file__).parents[2] / ".cache" / "timecoded"


def cached_timecoded(seconds: float, *, codec: str = "mp3", **options: object) -> Path:
    """The path of a time-coded file made with these options of `encode_timecoded`, made now if it is not there yet."""
    recipe = {"version": VERSION, "seconds": seconds, "codec": codec, **options}
    name = f"{codec}-{seconds:g}s"

    def write(path: Path) -> None:
        encode_timecoded(path, seconds, codec=codec, **options)  # type: ignore[arg-type]

    return cached(name, _SUFFIXES.get(codec, codec), recipe, write)


def write_timecoded(path: Path, seconds: float, *, codec: str = "mp3", **options: object) -> Path:
    """Put a time-coded file at `path`, a copy of the one that is kept, and return `path`."""
    return shutil.copyfile(cached_timecoded(seconds, codec=codec, **options), path)


def cached(name: str, suffix: str, recipe: Mapping[str, object], write: Callable[[Path], object]) -> Path:
    """The path of the file that `write` writes to the path it is given, written now if that was not yet done.

    `recipe` is all that decides what is in it. The file is shared: do not change it. It appears under its name only
    when it is whole; who asks for it while another process makes it waits.
    """
    key = hashlib.sha256(json.dumps(recipe, sort_keys=True).encode()).hexdigest()[:12]
    path = cache_folder() / f"{name}-{key}.{suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    if not path.exists():
        with part.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if not path.exists():
                write(part)
                part.replace(path)
            elif part.exists():
                part.unlink()
    return path
