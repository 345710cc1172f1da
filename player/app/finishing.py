"""What makes a file that has come a finished download: it opens, its end can be decoded, and what it tells is kept.

Must not know how it came (`net.download`), nor when the next one is fetched (`app.downloads`). All of it is done on the
transfer's thread, what computes in a worker process.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from player.app.bus import Bus
from player.app.chapters import store_marks
from player.app.computing import ExaminedAudio, examine_audio, retime_audio
from player.app.processes import Processes
from player.app.sentences import sentence
from player.app.settings import Settings
from player.app.waveform_files import former_waveform, waveform_path
from player.app.writer import Writer
from player.core.errors import DamagedAudioError, DownloadError, KnownError, NotAudioError, UnexpectedError
from player.core.events import ChaptersChanged, EpisodesChanged
from player.core.model import ChapterSource, Download, DownloadState, Episode, EpochMillis, Millis
from player.core.phrases import Phrase
from player.core.plausible import implausible_by
from player.core.retiming import Retiming
from player.core.timecode import format_timecode
from player.storage import audio_versions, chapter_wishes, episodes, listening
from player.storage.moved_times import move_times

if TYPE_CHECKING:
    from player.net.ending import Downloaded

_log = logging.getLogger(__name__)

_NOTABLE: Millis = 1000
"""A file that lacks less than this of what it says is whole: writers round."""


class Finishing:
    """Looks at what has come, before it gets its name, and keeps what it tells."""

    def __init__(
        self,
        writer: Writer,
        bus: Bus,
        processes: Processes,
        now: Callable[[], EpochMillis],
        waveforms: Path,
        settings: Callable[[], Settings],
    ) -> None:
        """`waveforms` is where these are kept."""
        self._writer = writer
        self._bus = bus
        self._processes = processes
        self._now = now
        self._waveforms = waveforms
        self._settings = settings

    def of(self, episode: Episode, download: Download) -> Examination:
        """The examination of what one transfer brings."""
        return Examination(
            episode,
            download,
            self._writer,
            self._bus,
            self._processes,
            self._now,
            self._waveforms,
            is_tagged=self._settings().tags_downloads,
        )


class Examination:
    """First `examine`, then `note`: what lies between them, giving the file its name, is the transfer's."""

    def __init__(
        self,
        episode: Episode,
        download: Download,
        writer: Writer,
        bus: Bus,
        processes: Processes,
        now: Callable[[], EpochMillis],
        waveforms: Path,
        *,
        is_tagged: bool,
    ) -> None:
        """`is_tagged`: chapters and cover are to be written into it."""
        self.noted = download
        """The download as it was written down last; complete after `note`, with what is odd about it."""
        self._episode = episode
        self._writer = writer
        self._bus = bus
        self._processes = processes
        self._now = now
        self._waveforms = waveforms
        self._is_tagged = is_tagged
        self._found = ExaminedAudio()
        self._retiming: Retiming | None = None
        self._left_at: Millis | None = None

    def examine(self, path: Path, is_end_sure: bool) -> None:
        """See whether what has come can be played to its end. `is_end_sure`: the server said that this is all of it.

        Raises NotAudioError or DamagedAudioError when it can not be played at all, DownloadError when it breaks off
        where the line may have, FileError. A file of which the server has no more is taken as it is.
        """
        url = self._episode.enclosure.url if self._episode.enclosure else self._episode.title
        try:
            self._found = self._processes.call(path.stat().st_size, examine_audio, path)
        except UnexpectedError:
            # The log has it. The file is whole, and may well be played.
            self._found = ExaminedAudio()
        except NotAudioError as error:
            raise NotAudioError(url, error.found) from error
        except DamagedAudioError as error:
            raise DamagedAudioError(f"“{self._episode.title}”", error.reason) from error
        if self._found.missing > _NOTABLE and not is_end_sure:
            raise DownloadError(
                url,
                Phrase("reasons", "it ended {time} before the end of the audio").filled(
                    time=format_timecode(self._found.missing)
                ),
            )
        self._compare(path)

    def _compare(self, path: Path) -> None:
        """Where this is other audio than that which was here before, see where the same sound is in both."""
        episode, found = self._episode.id, self._found
        known = self._writer.submit(lambda connection: audio_versions.version(connection, episode)).result()
        former = former_waveform(self._waveforms, episode)
        if known is None or found.digest in (None, known.digest) or not former.exists():
            return
        self._left_at = known.left_at
        kept = waveform_path(self._waveforms, episode)
        try:
            size = path.stat().st_size
            self._retiming = self._processes.call(size, retime_audio, former, path, kept, found.facts.index)
        except KnownError as error:
            _log.info("episode %d cannot be compared with what it was: %s", episode, sentence(error))

    def note(self, done: Downloaded) -> None:
        """Keep what the finished file tells: its chapters, its length, where its frames are, and which bytes it has.

        That it is complete is written here already: at the program's end nobody is at home any more to take note.
        """
        episode, found, facts = self._episode.id, self._found, self._found.facts
        complete = replace(self.noted, state=DownloadState.COMPLETE, received=done.size, total=done.size)
        now = self._now()

        def write(connection: Connection) -> Download:
            published = chapter_wishes.wishes(connection, episode).published
            remark = _remark(found.missing, published, facts.duration)
            kept = replace(complete, problem=remark)
            episodes.set_download(connection, kept, done.etag, done.last_modified)
            episodes.set_tagging_due(connection, episode, is_due=self._is_tagged)
            if facts.duration is not None:
                episodes.set_duration(connection, episode, facts.duration)
            if self._retiming is not None:
                move_times(connection, episode, self._retiming, self._left_at)
            store_marks(connection, episode, ChapterSource.FILE, facts.marks, now)
            if facts.index is not None:
                listening.store_audio_index(connection, episode, facts.index)
            if found.digest is not None:
                audio_versions.store_version(connection, episode, found.digest)
            return kept

        self.noted = self._writer.submit(write).result()
        former_waveform(self._waveforms, episode).unlink(missing_ok=True)
        self._bus.publish(ChaptersChanged((episode,)))
        self._bus.publish(EpisodesChanged((episode,)))


def _remark(missing: Millis, published: Millis | None, actual: Millis | None) -> str | None:
    """A sentence about audio that came whole, and is not what one would expect; None where it is."""
    if missing > _NOTABLE:
        words = Phrase(
            "sentences",
            "The audio breaks off {time} before the end that its file announces; its server has no more of it.",
        )
        return words.filled(time=format_timecode(missing))
    longer = implausible_by(published, actual)
    if longer is None:
        return None
    if longer > 0:
        words = Phrase("sentences", "The audio is {time} longer than its feed says.")
    else:
        words = Phrase("sentences", "The audio is {time} shorter than its feed says.")
    return words.filled(time=format_timecode(round(abs(longer), -3)))
