"""Clips: a chapter or any other span of an episode as a file of its own, with tags that say where it is from.

Must not know how sound is cut (`audio.clip`) or tags are written (`formats.clip_tags`), nor how it is asked for.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from sqlite3 import Connection

from player.app.chapter_view import read_shown
from player.app.computing import ClipOrder, cut_clip
from player.app.jobs import Jobs
from player.app.processes import Processes
from player.app.writer import Writer
from player.core.chapters import chapter_at
from player.core.errors import BugError, FileError, NotAudioError
from player.core.marks import web_picture
from player.core.model import Chapter, DownloadState, EpisodeId, Millis, Picture
from player.core.phrases import Phrase
from player.core.reasons import system_reason
from player.core.timecode import format_timecode
from player.storage import chapters, episodes, feeds, listening

_MOST_BYTES = 140
"""Of a suggested name without its ending."""
_WANTED = "wanted"


@dataclass(frozen=True, slots=True)
class Span:
    """What is to be cut out of an episode: from `start` up to `stop` in its file, and what it is called."""

    episode: EpisodeId
    start: Millis
    stop: Millis
    title: str = ""


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip that was written. `is_copied`: its sound is, bit for bit, that of the original."""

    path: Path
    length: Millis
    is_copied: bool


class Clipping:
    """A clip on its way into a file. `future` gives what was written, or None when that was cancelled."""

    def __init__(self, place: Path, expected: int) -> None:
        """`expected` is about how many bytes it will have."""
        self.place = place
        self.future: Future[Clip | None]
        self._expected = max(1, expected)
        self._lock = threading.Lock()
        self._is_cancelled = self._is_settled = False
        self._folder: Path | None = None

    def cancel(self) -> bool:
        """Write nothing. False when it is too late."""
        with self._lock:
            self._is_cancelled = not self._is_settled
            if self._is_cancelled and self._folder is not None:
                # Who cuts, in another process, sees that nobody wants it any more.
                (self._folder / _WANTED).unlink(missing_ok=True)
            return self._is_cancelled

    def part(self) -> float:
        """About how much is written, 0.0 to 1.0."""
        try:
            written = sum(each.stat().st_size for each in self._folder.iterdir()) if self._folder else 0
        except OSError:
            return 0.0
        return min(1.0, written / self._expected)

    def begin(self, folder: Path) -> bool:
        """The file is written in this folder. False when the listener was quicker."""
        with self._lock:
            self._folder = folder
            (folder / _WANTED).touch()
            return not self._is_cancelled

    def settle(self) -> bool:
        """Begin what cannot be taken back. False when the listener was quicker."""
        with self._lock:
            self._is_settled = not self._is_cancelled
            return self._is_settled


class Clips:
    """Cuts clips out of episodes that are downloaded; the original is only read."""

    def __init__(
        self, writer: Writer, jobs: Jobs, processes: Processes, web_picture_data: Callable[[str], bytes | None]
    ) -> None:
        """`web_picture_data` gives the bytes of a picture from the web, where they are here."""
        self._writer = writer
        self._jobs = jobs
        self._processes = processes
        self._web_picture_data = web_picture_data
        self._unfinished: set[Clipping] = set()

    def name_for(self, span: Span) -> Future[str]:
        """What a clip may be called on any system, with the ending that its kind of file has.

        The future raises NotFoundError, and what reading the audio raises.
        """
        return self._jobs.submit(self._name_for, span)

    def save(self, span: Span, target: Path, *, is_exact: bool = False) -> Clipping:
        """Write a clip. With `is_exact` it is encoded anew and cut to the sample for every player.

        The future raises NotAudioError when the episode is not here, FileError and DamagedAudioError. The file appears
        under its name when it is whole.
        """
        order, size = self._writer.submit(partial(_order, span=span, data=self._web_picture_data)).result()
        clipping = _clipping(order, target, size)
        self._unfinished.add(clipping)
        clipping.future = self._jobs.submit(self._save, replace(order, is_exact=is_exact), clipping)
        clipping.future.add_done_callback(lambda _: self._unfinished.discard(clipping))
        return clipping

    def close(self) -> None:
        """Give up what is not ready."""
        for clipping in list(self._unfinished):
            clipping.cancel()

    # On workers

    def _name_for(self, span: Span) -> str:
        order, _ = self._writer.submit(partial(_order, span=span, data=lambda _: None)).result()
        return clip_name(order)

    def _save(self, order: ClipOrder, clipping: Clipping) -> Clip | None:
        return save_clip(order, clipping, self._processes)


def save_clip(order: ClipOrder, clipping: Clipping, processes: Processes) -> Clip | None:
    """Cut a clip beside its place, and put it there when it is whole; None when it was cancelled."""
    place = clipping.place
    try:
        with tempfile.TemporaryDirectory(prefix=".earmark-", dir=place.parent, ignore_cleanup_errors=True) as name:
            folder = Path(name)
            if not clipping.begin(folder):
                return None
            fresh = folder / f"clip{place.suffix}"
            cut = processes.call(order.audio.stat().st_size, cut_clip, order, fresh, folder / _WANTED)
            if cut is None or not clipping.settle():
                return None
            fresh.replace(place)
    except OSError as error:
        raise FileError(str(place), system_reason(error, Phrase("reasons", "it cannot be written"))) from error
    except FileError as error:
        if Path(error.path).parent.parent != place.parent:
            raise
        # The folder of the copy means nothing to the listener.
        raise FileError(str(place), error.reason) from error
    return Clip(place, cut.length, cut.is_copied)


def clip_name(order: ClipOrder) -> str:
    """What a clip may be called on any system. Raises what reading the audio raises."""
    from player.audio.clip import clip_ending
    from player.audio.mp3_index import read_index
    from player.net.file_names import safe_name

    ending = clip_ending(order.audio, read_index(order.index), is_exact=order.is_exact)
    return f"{safe_name(order.name, _MOST_BYTES)}{ending}"


def unused(path: Path) -> Path:
    """The path, or one like it with a number, so that nothing is there yet."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return found


def with_ending(path: Path, ending: str) -> Path:
    """The path with the ending that its kind of file has, behind any other one."""
    return path if path.suffix.lower() == ending else path.with_name(f"{path.name}{ending}")


def clip_beside(connection: Connection, span: Span, output: Path | None, *, is_exact: bool) -> Clip:
    """Write a clip at once, with a library that is only read: into `output`, or here, under a name that is not taken.

    Raises what the future of `Clips.save` raises, and NotFoundError.
    """
    order, size = _order(connection, span, lambda _: None)
    order = replace(order, is_exact=is_exact)
    name = Path(clip_name(order))
    clipping = _clipping(order, with_ending(output, name.suffix) if output else unused(name), size)
    done = save_clip(order, clipping, Processes(0))
    if done is None:
        raise BugError("nobody cancelled it")
    return done


def _clipping(order: ClipOrder, target: Path, size: int) -> Clipping:
    """A clip that is to be written there. Raises FileError where the episode itself is."""
    if target.exists() and target.samefile(order.audio):
        raise FileError(
            str(target), Phrase("reasons", "it is the episode itself, which stays as it is; choose another name")
        )
    return Clipping(target.resolve(), size)


def _order(connection: Connection, span: Span, data: Callable[[str], bytes | None]) -> tuple[ClipOrder, int]:
    episode = episodes.episode(connection, span.episode)
    path, download = episode.download.path, episode.download
    if path is None or download.state is not DownloadState.COMPLETE:
        raise NotAudioError(episode.title, Phrase("reasons", "on the way, or not here at all; download it first"))
    podcast = feeds.podcast(connection, episode.podcast)
    chosen = read_shown(connection, span.episode).view.chosen
    shown = chosen.chapters if chosen else ()
    at = chapter_at(shown, span.start)
    times = f"{format_timecode(span.start)}–{format_timecode(span.stop)}"
    title = span.title or ", ".join(filter(None, (shown[at].title if at is not None else "", times)))
    url = episode.enclosure.url if episode.enclosure else None
    address = f" {url}#t={span.start / 1000:g},{span.stop / 1000:g}" if url else ""
    comment = f"“{episode.title}”, {times}.{address}"
    order = ClipOrder(
        Path(path),
        span.start,
        span.stop,
        listening.audio_index(connection, span.episode),
        f"{title.replace(times, times.replace(':', '.'))} - {episode.title}",
        title,
        podcast.title,
        podcast.author or podcast.title,
        comment,
        url,
        _cover(connection, shown[at] if at is not None else None, data),
        _artwork(connection, span.episode, data),
    )
    length = episode.duration or max(1, span.stop)
    size = (download.received or download.total or 0) * (span.stop - span.start) // max(1, length)
    return order, size


def _cover(connection: Connection, chapter: Chapter | None, data: Callable[[str], bytes | None]) -> Picture | None:
    """The picture of the chapter, where its bytes are here."""
    if chapter is None or chapter.picture is None:
        return None
    kept = chapters.picture(connection, chapter.picture)
    if kept is not None and kept.data:
        return kept
    found = data(chapter.picture) if web_picture(chapter.picture) else None
    return Picture(data=found) if found else None


def _artwork(connection: Connection, episode: EpisodeId, data: Callable[[str], bytes | None]) -> Picture | None:
    """The picture of the episode or its podcast, likewise."""
    url = episodes.cover_url(connection, episode)
    found = data(url) if url else None
    return Picture(data=found) if found else None
