"""Moves downloads into another folder while everything goes on; a kill in the middle loses nothing, and it goes on.

Must not know how files are copied (`net.relocating`). Each download is copied, then the library is told its new place,
then the old one is deleted: so at any moment the library names a place where all of it is. What runs is moved when it
ends, what plays keeps its old file as well until it is closed.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from sqlite3 import Connection

from player.app.bus import Bus
from player.app.download_folder import DownloadFolder
from player.app.downloads import Downloads
from player.app.jobs import Jobs
from player.core.errors import FileError, KnownError
from player.core.events import DownloadChanged, DownloadsMoved, DownloadsMoving, PlaybackChanged, ProblemReported
from player.core.model import Download, EpisodeId, EpochMillis, Millis
from player.core.phrases import Phrase
from player.storage import episodes

TELL_EVERY: Millis = 100

_log = logging.getLogger(__name__)


class Moving:
    """One download after the other. Tells `DownloadsMoving` at most ten times a second, `DownloadsMoved` at the end."""

    def __init__(
        self,
        folder: DownloadFolder,
        downloads: Downloads,
        reader: Connection,
        bus: Bus,
        jobs: Jobs,
        now: Callable[[], EpochMillis],
    ) -> None:
        self._folder = folder
        self._downloads = downloads
        self._reader = reader
        self._bus = bus
        self._jobs = jobs
        self._now = now
        self._is_going = False
        self._is_busy = False
        self._is_closing = False
        self._open: EpisodeId | None = None
        self._old: dict[EpisodeId, Path] = {}
        """Old files of episodes that play: deleted when these are closed."""
        self._told: EpochMillis = 0
        self.progress: DownloadsMoving | None = None
        """How far it is; None while nothing is moved."""
        bus.subscribe(PlaybackChanged, self._on_playback_changed)
        bus.subscribe(DownloadChanged, lambda _: self._next())

    @property
    def waits(self) -> bool:
        """Whether all is moved but what plays, or runs, and so what is left waits for that."""
        return self._is_going and not self._is_busy

    def move_to(self, folder: Path | None) -> None:
        """Put downloads into another folder, new ones at once; None for the profile's own.

        Raises FileError where that cannot be, and nothing has changed.
        """
        target = self._folder.own if folder is None else Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100
        if target == self._folder.current:
            return
        present = (self._folder.current, *self._folder.left)
        if any(each in target.parents or target in each.parents for each in present):
            raise FileError(
                str(target),
                Phrase("reasons", "one of it and the present folder lies inside the other; choose another place"),
            )
        _try_writing(target)
        self._require_room(target)
        self._folder.choose(target)
        self.go_on()

    def go_on(self) -> None:
        """Go on with what was not moved when the program ended, or when something went wrong."""
        if not self._folder.left or self._is_going:
            return
        total = sum(each.received for each in self._left())
        self._is_going = True
        self._tell(DownloadsMoving(0, total))
        self._next()

    def close(self) -> None:
        """Stop; the next start goes on."""
        self._is_closing = True

    # Within

    def _left(self) -> list[Download]:
        """The downloads that are not where they should be."""
        found = episodes.downloads(self._reader)
        return [each for each in found if each.path and self._folder.relative(Path(each.path)) is not None]

    def _require_room(self, target: Path) -> None:
        from player.net.journal import disk_errors
        from player.net.room import Room

        elsewhere = [
            each for each in episodes.downloads(self._reader) if each.path and self._folder.holds(Path(each.path))
        ]
        with disk_errors(target / "downloads"):
            disk = target.stat().st_dev
            sizes = [each.received for each in elsewhere if _disk_of(Path(each.path or "")) != disk]
            Room(target).require(sum(sizes))

    def _next(self) -> None:
        """Move the next one that does not run."""
        if not self._is_going or self._is_busy or self._is_closing:
            return
        left = self._left()
        for download in left:
            relative = self._folder.relative(Path(download.path or ""))
            if relative is not None and not self._downloads.is_running(download.episode):
                self._move(download.episode, Path(download.path or ""), self._folder.current / relative)
                return
        if not left:
            self._finish()

    def _move(self, episode: EpisodeId, old: Path, new: Path) -> None:
        from player.net.relocating import copy_download

        self._is_busy = True
        copied = self._jobs.submit(copy_download, old, new, self._on_bytes, lambda: self._is_closing)
        self._jobs.when_done(copied, partial(self._on_copied, episode, old), self._on_failed)

    def _on_bytes(self, count: int) -> None:
        """On a worker."""
        if self.progress is not None:
            before = self.progress
            done = before.done + count
            self.progress = DownloadsMoving(done, max(done, before.total))
            if self._now() - self._told >= TELL_EVERY:
                self._tell(self.progress)

    def _tell(self, progress: DownloadsMoving) -> None:
        self._told = self._now()
        self.progress = progress
        self._bus.publish(progress)

    def _on_copied(self, episode: EpisodeId, old: Path, new: Path | None) -> None:
        """The copy is there: the library is told, unless the download was removed or has gone on meanwhile."""
        if new is None:
            self._is_busy = False
            return
        noted = self._downloads.relocate(episode, old, new)
        if noted is None:
            self._drop(new)
        elif episode == self._open:
            self._old[episode] = old
            self._jobs.when_done(noted, self._on_moved, self._on_failed)
        else:
            self._jobs.when_done(noted, lambda _: self._drop(old), self._on_failed)

    def _drop(self, path: Path) -> None:
        from player.net.relocating import drop_download

        self._jobs.when_done(self._jobs.submit(drop_download, path), self._on_moved, self._on_failed)

    def _on_moved(self, _: None) -> None:
        self._is_busy = False
        self._next()

    def _on_failed(self, error: KnownError) -> None:
        """What is left stays where it is, and plays from there."""
        self._is_busy = self._is_going = False
        self.progress = None
        self._bus.publish(ProblemReported(error))
        self._bus.publish(DownloadsMoved(is_whole=False))

    def _finish(self) -> None:
        """All are moved; but what plays may still need its old file, and a kill may have left some behind."""
        if self._old:
            return
        self._is_busy = True
        current, left = self._folder.current, self._folder.left
        self._jobs.when_done(self._jobs.submit(_sweep, left, current), self._on_swept, self._on_failed)

    def _on_swept(self, _: None) -> None:
        self._is_busy = self._is_going = False
        self.progress = None
        try:
            self._folder.all_moved()
        except FileError as error:
            self._bus.publish(ProblemReported(error))
        self._bus.publish(DownloadsMoved(is_whole=True))

    def _on_playback_changed(self, fact: PlaybackChanged) -> None:
        if fact.state.episode == self._open:
            return
        self._open = fact.state.episode
        for episode in [each for each in self._old if each != self._open]:
            self._drop(self._old.pop(episode))


def _disk_of(path: Path) -> int | None:
    try:
        return path.parent.stat().st_dev
    except OSError:
        return None


def _try_writing(folder: Path) -> None:
    """Raise FileError where no file can be made in a folder, which is made itself where it is missing."""
    from player.net.journal import disk_errors

    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".earmark-try"
        probe.write_bytes(b"")
        probe.unlink()


def _sweep(left: tuple[Path, ...], current: Path) -> None:
    """Delete old files whose copies are in the current folder, and the folders that are empty then.

    A kill between telling the library and deleting leaves such files.
    """
    from player.net.relocating import drop_copied

    for folder in left:
        for path, _, names in os.walk(folder, topdown=False):
            for name in names:
                old = Path(path) / name
                drop_copied(old, current / old.relative_to(folder))
            with suppress(OSError):
                if Path(path) != folder:
                    Path(path).rmdir()
