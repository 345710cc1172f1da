"""Files that something is saved over: what was there is kept aside until nobody wants it back any more.

Must not know what is saved, nor how long it may be wanted back. The old file lies beside the new one, as another name
of the same bytes, so that keeping it takes no time and no room, and putting it back is one step. A note of each in the
profile tells the next start what a kill left.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from player.app.jobs import Jobs
from player.core.errors import FileError
from player.core.phrases import Phrase
from player.core.reasons import system_reason

_BEGINNING, _ENDING = ".earmark-", ".replaced"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """The place of a file that is saved over, where the old one is, and the note of that in the profile."""

    place: Path
    aside: Path
    note: Path


class Replacing:
    """Keeps, puts back, and forgets."""

    def __init__(self, folder: Path, jobs: Jobs) -> None:
        """`folder` is where the notes are."""
        self._folder = folder
        self._jobs = jobs
        self._kept: set[Kept] = set()

    def keep(self, path: Path) -> Future[Kept | None]:
        """Keep the file at `path`, which stays there until another one takes its place in one step.

        The future holds None where there is none, or a FileError when it cannot be kept.
        """
        return self._jobs.submit(self._keep, path)

    def put_back(self, kept: Kept) -> Future[None]:
        """Let a kept file take its place again. The future may hold a FileError; then it is still kept."""
        return self._jobs.submit(self._put_back, kept)

    def forget(self, kept: Kept) -> Future[None]:
        """Keep a file no longer."""
        return self._jobs.submit(self._forget, kept)

    def start(self) -> None:
        """Forget what a program that was killed has kept."""
        self._jobs.submit(self._forget_others)

    def close(self) -> None:
        """Forget all: who could ask for it back is gone."""
        for kept in list(self._kept):
            self._forget(kept)

    # On workers

    def _keep(self, path: Path) -> Kept | None:
        try:
            place = path.expanduser().resolve()
            if not place.is_file():
                return None
            name = f"{_BEGINNING}{secrets.token_hex(8)}{_ENDING}"
            kept = Kept(place, place.with_name(name), self._folder / name)
            self._folder.mkdir(exist_ok=True)
            # First, so that it is none of those that a start forgets.
            self._kept.add(kept)
            try:
                kept.note.write_bytes(os.fsencode(kept.aside))
                _copy(place, kept.aside)
            except OSError:
                # A part of a copy would take the room that was lacking.
                self._forget(kept)
                raise
        except OSError as error:
            raise FileError(str(path), system_reason(error, Phrase("reasons", "it cannot be kept aside"))) from error
        return kept

    def _put_back(self, kept: Kept) -> None:
        try:
            kept.aside.replace(kept.place)
        except OSError as error:
            reason = system_reason(error, Phrase("reasons", "it cannot be put back"))
            raise FileError(str(kept.place), reason) from error
        self._forget(kept)

    def _forget(self, kept: Kept) -> None:
        self._kept.discard(kept)
        _remove(kept.note, kept.aside)

    def _forget_others(self) -> None:
        notes = list(self._folder.glob(f"{_BEGINNING}*{_ENDING}"))
        own = {kept.note for kept in list(self._kept)}
        for note in notes:
            if note in own:
                continue
            with suppress(OSError):
                aside = Path(os.fsdecode(note.read_bytes()))
                # Whoever wrote that note: nothing but what we kept is removed.
                if aside.name != note.name:
                    _remove(note)
                elif _is_there(aside.parent):
                    _remove(note, aside)


def _copy(place: Path, aside: Path) -> None:
    try:
        os.link(place, aside)
    except OSError:  # a disk without links, or a file of somebody else
        shutil.copy2(place, aside)


def _is_there(folder: Path) -> bool:
    """Whether a folder is on a disk that is there: one that is empty may be where a disk is missing today."""
    return folder.is_dir() and any(folder.iterdir())


def _remove(note: Path, *asides: Path) -> None:
    """Remove what was kept, and then the note of it; where that is not possible now, the next start tries again."""
    try:
        for aside in asides:
            aside.unlink(missing_ok=True)
    except OSError as error:
        _log.info("what was replaced is still kept: %s", error)
        return
    with suppress(OSError):
        note.unlink(missing_ok=True)
