"""What happens when a download is whole: what its file tells is kept.

Must not know how it came. Runs on the transfers' threads.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from sqlite3 import Connection

from player.app.bus import Bus
from player.app.chapters import store_marks
from player.app.computing import AudioFacts, read_audio
from player.app.processes import Processes
from player.app.writer import Writer
from player.core.errors import UnexpectedError
from player.core.events import ChaptersChanged, EpisodesChanged
from player.core.model import ChapterSource, Download, Episode, EpochMillis
from player.storage import episodes, listening


class Finishing:
    """Reads finished files, one at a time on each thread."""

    def __init__(self, writer: Writer, bus: Bus, processes: Processes, now: Callable[[], EpochMillis]) -> None:
        self._writer = writer
        self._bus = bus
        self._processes = processes
        self._now = now

    def finish(self, episode: Episode, complete: Download) -> None:
        """Keep what the finished file tells: its chapters, its length, and where its frames are.

        That it is complete is written here already: at the program's end nobody is at home any more to take note.
        """
        try:
            facts = self._processes.call(complete.received, read_audio, Path(complete.path or ""))
        except UnexpectedError:
            # The log has it. The file is whole, and may well be played.
            facts = AudioFacts()
        now = self._now()

        def write(connection: Connection) -> None:
            episodes.set_download(connection, complete)
            if facts.duration is not None:
                episodes.set_duration(connection, episode.id, facts.duration)
            store_marks(connection, episode.id, ChapterSource.FILE, facts.marks, now)
            if facts.index is not None:
                listening.store_audio_index(connection, episode.id, facts.index)

        self._writer.submit(write).result()
        self._bus.publish(ChaptersChanged((episode.id,)))
        self._bus.publish(EpisodesChanged((episode.id,)))
