"""What is noted of each download: the newest word counts, also before the library has it written down.

Must not know how downloads run.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection

from player.app.bus import Bus
from player.app.download_folder import DownloadFolder
from player.app.writer import Writer
from player.core.errors import NotFoundError
from player.core.events import DownloadChanged, DownloadsReordered
from player.core.model import Download, DownloadState, Episode, EpisodeId
from player.core.phrases import joined
from player.storage import episodes

UNFINISHED = (DownloadState.RUNNING, DownloadState.WAITING, DownloadState.PAUSED, DownloadState.FAILED)


class DownloadNotes:
    """Reads and writes on the home thread."""

    def __init__(self, folder: DownloadFolder, reader: Connection, writer: Writer, bus: Bus) -> None:
        self._folder = folder
        self._reader = reader
        self._writer = writer
        self._bus = bus
        self._noted: dict[EpisodeId, Download] = {}

    def unfinished(self, *states: DownloadState) -> list[Download]:
        """All that are not finished, or of these those in some states, in their order."""
        found = episodes.downloads(self._reader, UNFINISHED)
        newest = (self._noted.get(each.episode, each) for each in found)
        return [each for each in newest if each.state in (states or UNFINISHED)]

    def episode(self, episode: EpisodeId) -> Episode:
        """An episode with the newest word of its download. Raises NotFoundError."""
        found = episodes.episode(self._reader, episode)
        return replace(found, download=self._noted.get(episode, found.download))

    def note(self, download: Download) -> Future[None]:
        """Write the state of a download, and tell it once it is written."""
        self._noted[download.episode] = download
        return self._writer.submit(
            lambda connection: episodes.set_download(connection, download),
            lambda: self._bus.publish(DownloadChanged(download.episode)),
        )

    def note_file(self, episode: EpisodeId, size: int | None, remark: str | None) -> None:
        """Write of a file that is whole that it has another size now, or what there is to say of it."""
        try:
            download = self.episode(episode).download
        except NotFoundError:
            return
        if download.state is DownloadState.COMPLETE:
            size = download.received if size is None else size
            words = [each for each in (download.problem, remark) if each]
            self.note(replace(download, received=size, total=size, problem=joined(words, " ") if words else None))

    def relocate(self, episode: EpisodeId, old: Path, new: Path) -> Future[None] | None:
        """Write that a download lies at another place; None when it does not lie at the old one any more."""
        download = self.episode(episode).download
        return self.note(replace(download, path=str(new))) if download.path == str(old) else None

    def note_order(self, order: Sequence[EpisodeId]) -> None:
        """Write the order of those that are not finished, and tell it once it is written."""
        self._writer.submit(
            lambda connection: episodes.store_order(connection, order),
            lambda: self._bus.publish(DownloadsReordered()),
        )

    def path_for(self, episode: Episode) -> str:
        """Where the audio of an episode lies, or will lie."""
        from player.net.file_names import file_name

        assert episode.enclosure is not None
        name = file_name(episode.podcast_title, episode.title, episode.id, episode.enclosure.url)
        return episode.download.path or str(self._folder.current / name)

    def is_ours(self, path: str | None) -> bool:
        """Whether a file was downloaded, and is not one of the listener's own."""
        return path is not None and self._folder.holds(Path(path))

    def is_leaving(self, episode: EpisodeId) -> bool:
        """Whether what there is of an episode is to be moved into another folder first, or is being moved."""
        try:
            path = self.episode(episode).download.path
        except NotFoundError:
            return False
        return path is not None and self._folder.relative(Path(path)) is not None
