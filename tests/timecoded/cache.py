"""Keeps generated files between test runs. Must not know what is in them but their recipe."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from timecoded.synthesis import VERSION
from timecoded.writing import write_timecoded

_SUFFIXES = {"aac": "m4a", "vorbis": "ogg"}


def cache_folder() -> Path:
    """`EARMARK_TEST_CACHE`, or `.cache/timecoded` beside `tests/`."""
    given = os.environ.get("EARMARK_TEST_CACHE")
    return Path(given) if given else Path(__file__).parents[2] / ".cache" / "timecoded"


def cached_timecoded(seconds: float, *, codec: str = "mp3", **options: object) -> Path:
    """The path of a time-coded file made with these options of `write_timecoded`, made now if it is not there yet.

    The file is shared: do not change it. It appears under its name only when it is whole.
    """
    recipe = json.dumps({"version": VERSION, "seconds": seconds, "codec": codec, **options}, sort_keys=True)
    key = hashlib.sha256(recipe.encode()).hexdigest()[:12]
    suffix = _SUFFIXES.get(codec, codec)
    path = cache_folder() / f"{codec}-{seconds:g}s-{key}.{suffix}"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            write_timecoded(part, seconds, codec=codec, **options)  # type: ignore[arg-type]
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    return path
