"""The shown chapters into files: into the episode's audio or a copy of it, or as a document of their own.

Must not know how any container stores them (`formats.tag_writer`), nor how it is asked for and told (`ui`).
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from sqlite3 import Connection

from player.app.bus import Bus
from player.app.chapter_forms import Form, write_form, youtube_objection
from player.app.chapter_view import is_led_by_file, read_shown
from player.app.chapters import store_marks
from player.app.computing import carry_waveform, own_tags, read_audio, read_cover, write_tags
from player.app.jobs import Jobs
from player.app.processes import Processes
from player.app.tagging import Tagged
from player.app.waveform_files import waveform_path
from player.app.writer import Writer
from player.core.alignment import Timeline
from player.core.edits import EditLog
from player.core.errors import FileError, NoChaptersError, TagError
from player.core.events import ChaptersChanged, EpisodesChanged
from player.core.marks import marks_from_chapters, web_picture
from player.core.model import (
    ChapterList,
    ChapterSource,
    DownloadState,
    Episode,
    EpisodeId,
    EpochMillis,
    Mark,
    Picture,
)
from player.core.phrases import Phrase
from player.core.reasons import system_reason
from player.storage import chapter_edits, chapters, episodes, listening

_NO_AUDIO = "audio.mp3"


class Saving:
    """Chapters on their way into an audio file. `future` gives what was written, or None when that was cancelled."""

    def __init__(self, source: Path, place: Path) -> None:
        self.source = source
        self.place = place
        self.future: Future[Tagged | None]
        self._lock = threading.Lock()
        self._is_cancelled = self._is_settled = False
        self._folder: Path | None = None

    def cancel(self) -> bool:
        """Leave the file as it is. False when it is too late: the written copy is taking its place."""
        with self._lock:
            self._is_cancelled = not self._is_settled
            return self._is_cancelled

    def part(self) -> float:
        """How much of the copy is written, 0.0 to 1.0; after that it is checked."""
        try:
            size = max(1, self.source.stat().st_size)
            written = sum(each.stat().st_size for each in self._folder.iterdir()) if self._folder else 0
        except OSError:
            return 0.0
        return min(1.0, written / size)

    def begin(self, folder: Path) -> None:
        """The copy is written in this folder."""
        self._folder = folder

    def settle(self) -> bool:
        """Begin what cannot be taken back. False when the listener was quicker."""
        with self._lock:
            self._is_settled = not self._is_cancelled
            return self._is_settled


@dataclass(frozen=True, slots=True)
class Exported:
    """A document that was written, and how many chapters are in it. `objection`: why YouTube would not show them."""

    path: Path
    count: int
    objection: str = ""


class ChapterSaving:
    """Writes what is shown of an episode's chapters."""

    def __init__(
        self,
        reader: Connection,
        writer: Writer,
        bus: Bus,
        jobs: Jobs,
        processes: Processes,
        now: Callable[[], EpochMillis],
        web_picture_data: Callable[[str], bytes | None],
        waveforms: Path,
    ) -> None:
        """`web_picture_data` gives the bytes of a picture from the web, where they are here.

        `waveforms` is where these are kept.
        """
        self._reader = reader
        self._writer = writer
        self._bus = bus
        self._jobs = jobs
        self._processes = processes
        self._now = now
        self._web_picture_data = web_picture_data
        self._waveforms = waveforms
        self._unfinished: set[Saving] = set()

    def audio(self, episode: EpisodeId) -> Path | None:
        """The episode's audio file, where all of it is here. Raises NotFoundError."""
        download = episodes.episode(self._reader, episode).download
        return Path(download.path) if download.path and download.state is DownloadState.COMPLETE else None

    def name_for(self, episode: EpisodeId) -> str:
        """What a document about an episode may be called, without an ending. Raises NotFoundError."""
        from player.net.file_names import safe_name

        audio = self.audio(episode)
        return audio.stem if audio else safe_name(episodes.episode(self._reader, episode).title, 120)

    def save(self, episode: EpisodeId, target: Path) -> Saving:
        """Write the shown chapters into the audio file `target`: the episode's own, or a copy of it.

        The future raises TagError or FileError; after any of them the file is as it was. What plays goes on: the file
        is replaced in one step, while the player keeps the old one open. The episode's own file is read again.
        """
        audio = self.audio(episode)
        if audio is None:
            raise TagError(str(target), Phrase("reasons", "the episode is not downloaded"))
        saving = Saving(audio.resolve(), target.resolve())
        self._unfinished.add(saving)
        saving.future = self._jobs.submit(self._save, episode, saving)
        saving.future.add_done_callback(lambda _: self._unfinished.discard(saving))
        return saving

    def export(self, episode: EpisodeId, target: Path, form: Form) -> Future[Exported]:
        """Write the shown chapters as a document. The future may raise FileError."""
        return self._jobs.submit(self._export, episode, target, form)

    def close(self) -> None:
        """Leave files whose copies are not ready as they are."""
        for saving in list(self._unfinished):
            saving.cancel()

    # What is written without being asked for, into what has come (`app.download_tagging`)

    def due(self) -> list[EpisodeId]:
        """The episodes into whose files the shown chapters and a cover are still to be written."""
        return episodes.tagging_due(self._reader)

    def is_due(self, episode: EpisodeId) -> bool:
        """Whether one is among them."""
        return episodes.is_tagging_due(self._reader, episode)

    def give_up(self, episode: EpisodeId) -> None:
        """Leave the file as it is."""
        self._writer.submit(lambda connection: episodes.set_tagging_due(connection, episode, is_due=False))

    def write_into_download(self, episode: EpisodeId, fetch: Callable[[str], bytes | None]) -> int | None:
        """On a worker: write the shown chapters and a cover into the episode's file, and note that it is done.

        `fetch` gets a picture by its address. Gives the size of the file now; None when the download is another one or
        gone meanwhile, or the program ends. Raises what `save` does, and NotFoundError.
        What the library knows of the file's chapters stays what its publisher wrote there. A kill leaves the file as it
        was or written, and it stays due until that is noted: nothing is written that is there.
        """
        found, shown, cover_url = self._writer.submit(lambda connection: _to_write(connection, episode)).result()
        audio = Path(found.download.path or "")
        folder = audio.with_name(f".earmark-tags-{episode}")
        saving = Saving(audio, audio)
        self._unfinished.add(saving)
        try:
            # What a kill left behind.
            shutil.rmtree(folder, ignore_errors=True)
            size = audio.stat().st_size
            has_cover, own = self._processes.call(size, own_tags, audio)
            marks = marks_from_chapters(shown.chapters, shown.hidden, self._picture) if shown else ()
            new_marks = None if not marks or _are_same(marks, own) else marks
            cover = None if has_cover or cover_url is None else self._cover(cover_url, fetch)
            if new_marks is None and cover is None:
                self.give_up(episode)
                return size
            folder.mkdir()
            copy = folder / audio.name
            self._processes.call(size, write_tags, audio, new_marks, copy, cover)
            return self._take_place_of_download(episode, saving, copy)
        except OSError as error:
            raise FileError(str(audio), system_reason(error, Phrase("reasons", "it cannot be written"))) from error
        finally:
            self._unfinished.discard(saving)
            shutil.rmtree(folder, ignore_errors=True)

    def _cover(self, url: str, fetch: Callable[[str], bytes | None]) -> Picture | None:
        data = self._web_picture_data(url) or fetch(url)
        return read_cover(data) if data else None

    def _take_place_of_download(self, episode: EpisodeId, saving: Saving, copy: Path) -> int | None:
        size, audio = copy.stat().st_size, saving.place
        facts = self._processes.call(size, read_audio, copy)
        kept = waveform_path(self._waveforms, episode)
        carried = self._processes.call(size, carry_waveform, kept, audio, copy)

        def write(connection: Connection) -> bool:
            download = episodes.episode(connection, episode).download
            is_here = download.path == str(audio) and download.state is DownloadState.COMPLETE and audio.exists()
            if not is_here or not saving.settle():
                return False
            episodes.set_download(connection, replace(download, received=size, total=size))
            episodes.set_tagging_due(connection, episode, is_due=False)
            if facts.index is not None:
                listening.store_audio_index(connection, episode, facts.index)
            _put(copy, audio)
            return True

        if not self._writer.submit(write).result():
            return None
        if carried is not None:
            _put(carried, kept)
        return size

    # On workers

    def _save(self, episode: EpisodeId, saving: Saving) -> Tagged | None:
        shown = self._shown(episode)
        marks = marks_from_chapters(shown.chapters, shown.hidden, self._picture)
        place = saving.place
        try:
            with tempfile.TemporaryDirectory(prefix=".earmark-", dir=place.parent) as folder:
                saving.begin(Path(folder))
                copy = Path(folder) / place.name
                size = saving.source.stat().st_size
                lost = self._processes.call(size, write_tags, saving.source, marks, copy)
                if _is_same(saving.source, place):
                    is_done = self._take_place(episode, saving, copy)
                elif is_done := saving.settle():
                    _put(copy, place)
        except OSError as error:
            raise FileError(str(place), system_reason(error, Phrase("reasons", "it cannot be written"))) from error
        except FileError as error:
            if Path(error.path).parent.parent != place.parent:
                raise
            # The folder of the copy means nothing to the listener.
            raise FileError(str(place), error.reason) from error
        return Tagged(place, len(shown.chapters), lost) if is_done else None

    def _shown(self, episode: EpisodeId) -> ChapterList:
        def read(connection: Connection) -> ChapterList:
            chosen = read_shown(connection, episode).view.chosen
            if chosen is None:
                raise NoChaptersError(episodes.episode(connection, episode).title, Phrase("reasons", "none are shown"))
            return chosen

        return self._writer.submit(read).result()

    def _picture(self, reference: str) -> Picture | None:
        """The picture with its bytes, where they are here; else its address."""
        kept = self._writer.submit(lambda connection: chapters.picture(connection, reference)).result()
        data = self._web_picture_data(reference) if kept is None else None
        return kept or (Picture(data=data) if data else web_picture(reference))

    def _take_place(self, episode: EpisodeId, saving: Saving, copy: Path) -> bool:
        """Put the copy in the place of the episode's file, and keep what it says: both, or neither when cancelled.

        The file's chapters are the shown ones now: what the listener had changed in its old ones is in it, or gone with
        them. Published times that did not follow the old ones must not begin to follow what was made of them.
        """
        size = copy.stat().st_size
        facts = self._processes.call(size, read_audio, copy)

        def write(connection: Connection) -> bool:
            if not saving.settle():
                return False
            was_led = is_led_by_file(connection, episode)
            download = episodes.episode(connection, episode).download
            episodes.set_download(connection, replace(download, received=size, total=size))
            chapter_edits.store_edits(connection, episode, ChapterSource.FILE, EditLog())
            chapter_edits.store_anchors(connection, episode, Timeline.FILE, ())
            if not was_led:
                chapter_edits.follow_file(connection, episode, follows=False)
            if facts.index is not None:
                listening.store_audio_index(connection, episode, facts.index)
            store_marks(connection, episode, ChapterSource.FILE, facts.marks, self._now())
            _put(copy, saving.place)
            return True

        is_done = self._writer.submit(write).result()
        if is_done:
            self._bus.publish(ChaptersChanged((episode,)))
            self._bus.publish(EpisodesChanged((episode,)))
        return is_done

    def _export(self, episode: EpisodeId, target: Path, form: Form) -> Exported:
        shown = self._shown(episode)
        marks = marks_from_chapters(shown.chapters, shown.hidden)
        path = self._writer.submit(lambda connection: episodes.episode(connection, episode).download.path).result()
        text = write_form(form.name, shown.chapters, marks, Path(path).name if path else _NO_AUDIO)
        place = target.resolve()
        try:
            with tempfile.TemporaryDirectory(prefix=".earmark-", dir=place.parent) as folder:
                fresh = Path(folder) / place.name
                fresh.write_text(text.rstrip("\n") + "\n", encoding="utf-8")
                _put(fresh, place)
        except OSError as error:
            raise FileError(str(target), system_reason(error, Phrase("reasons", "it cannot be written"))) from error
        return Exported(target, len(shown.chapters), youtube_objection(marks) if form.name == "youtube" else "")


def _to_write(connection: Connection, episode: EpisodeId) -> tuple[Episode, ChapterList | None, str | None]:
    """An episode, its shown chapters, and the address of its cover: its own, else that of its podcast."""
    found = episodes.episode(connection, episode)
    return found, read_shown(connection, episode).view.chosen, episodes.cover_url(connection, episode)


def _are_same(one: Sequence[Mark], other: Sequence[Mark]) -> bool:
    """Whether both say the same chapters; the ends that they give do not count."""

    def said(marks: Sequence[Mark]) -> list[tuple[object, ...]]:
        pictures = [mark.picture.reference if mark.picture else None for mark in marks]
        return [
            (mark.start, mark.title, mark.link, picture, mark.level, mark.is_hidden)
            for mark, picture in zip(marks, pictures, strict=True)
        ]

    return said(one) == said(other)


def _put(copy: Path, place: Path) -> None:
    """Give a file its place, in one step. Raises FileError."""
    try:
        copy.replace(place)
    except OSError as error:
        raise FileError(str(place), system_reason(error, Phrase("reasons", "it cannot be written"))) from error


def _is_same(one: Path, other: Path) -> bool:
    return other.exists() and one.samefile(other)
