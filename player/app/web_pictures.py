"""Pictures from the web: fetched in the background, and kept for offline.

Must not know how a picture is fetched (`net.images`), decoded or shown (`ui`). What fails is quiet: it is tried again
later. For pictures of chapters nobody is asked unless the listener wants them for that podcast.
"""

from __future__ import annotations

import hashlib
import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from player.app.bus import Bus
from player.app.chapter_view import read_shown
from player.app.jobs import Jobs
from player.app.sentences import sentence
from player.app.writer import Writer
from player.core.errors import FileError, KnownError, NotFoundError
from player.core.events import (
    ChaptersChanged,
    DownloadChanged,
    PictureAllowanceChanged,
    PicturesFetched,
    PlaybackChanged,
)
from player.core.model import EpisodeId, EpochMillis, Millis, PodcastId
from player.core.phrases import Phrase
from player.core.reasons import system_reason
from player.core.refreshing import has_passed
from player.core.timecode import HOUR
from player.storage import episodes
from player.storage import web_pictures as stored
from player.storage.web_pictures import KeptPicture

if TYPE_CHECKING:
    from player.net.client import Client

MOST_BYTES = 200_000_000
"""As much is kept on the disk; then those go that were not shown for the longest."""
ASK_AGAIN_AFTER: Millis = 7 * 24 * HOUR
TRY_AGAIN_AFTER: Millis = HOUR
_AT_ONCE = 3
_MOST_OF_AN_EPISODE = 300
_NOTE_USE_AFTER: Millis = 24 * HOUR

_log = logging.getLogger(__name__)


class WebPictures:
    """Keeps pictures by their addresses. All commands come on the home thread; `data` may be used on any."""

    def __init__(
        self,
        client: Callable[[], Client],
        folder: Path,
        reader: Connection,
        writer: Writer,
        bus: Bus,
        jobs: Jobs,
        now: Callable[[], EpochMillis],
    ) -> None:
        self._client = client
        self._folder = folder
        self._reader = reader
        self._writer = writer
        self._bus = bus
        self._jobs = jobs
        self._now = now
        self._waiting: deque[KeptPicture] = deque()
        self._asked: set[str] = set()
        self._running = 0
        self._playing: EpisodeId | None = None
        self._looked_at: EpisodeId | None = None
        bus.subscribe(PictureAllowanceChanged, self._on_allowance_changed)
        bus.subscribe(ChaptersChanged, self._on_chapters_changed)
        bus.subscribe(DownloadChanged, self._on_download_changed)
        bus.subscribe(PlaybackChanged, self._on_playback_changed)

    def allowance(self, podcast: PodcastId) -> bool | None:
        """Whether pictures are fetched and shown for a podcast; None, which is no, until the listener has said so."""
        return stored.wish(self._reader, podcast)

    def allow(self, podcast: PodcastId, *, is_allowed: bool) -> Future[None]:
        """Fetch and show pictures from the web for a podcast, or not (any more)."""
        return self._writer.submit(
            lambda connection: stored.store_wish(connection, podcast, is_wanted=is_allowed),
            lambda: self._bus.publish(PictureAllowanceChanged(podcast)),
        )

    def want(self, episode: EpisodeId) -> None:
        """See to it that the pictures of the shown chapters are here and not old; returns at once.

        Nothing happens where the listener has not allowed it. `PicturesFetched` tells what came.
        """
        self._looked_at = episode
        self._want(episode)

    def here(self, podcast: PodcastId, references: Iterable[str | None]) -> frozenset[str]:
        """Which of these pictures of chapters may be shown, as they are on the web and fetched and allowed."""
        if not self.allowance(podcast):
            return frozenset()
        known = stored.pictures(self._reader, [each for each in references if each and is_on_the_web(each)])
        return frozenset(each.url for each in known.values() if each.size)

    def data(self, url: str) -> bytes | None:
        """A picture that is here, as an image file; None where it is not. Reads the disk, so not on the home thread."""
        try:
            return self._path(url).read_bytes()
        except OSError:
            return None

    # Facts

    def _on_allowance_changed(self, _: PictureAllowanceChanged) -> None:
        for episode in (self._looked_at, self._playing):
            self._want(episode)

    def _on_chapters_changed(self, fact: ChaptersChanged) -> None:
        for episode in (self._looked_at, self._playing):
            if episode in fact.ids:
                self._want(episode)

    def _on_download_changed(self, fact: DownloadChanged) -> None:
        if episodes.is_downloaded(self._reader, fact.id):
            self._want(fact.id)

    def _on_playback_changed(self, fact: PlaybackChanged) -> None:
        if fact.state.episode != self._playing:
            self._playing = fact.state.episode
            self._want(self._playing)

    # The queue

    def _want(self, episode: EpisodeId | None) -> None:
        if episode is None:
            return
        try:
            if not self.allowance(episodes.episode(self._reader, episode).podcast):
                return
            chosen = read_shown(self._reader, episode).view.chosen
        except NotFoundError:
            return
        entries = (*chosen.chapters, *chosen.hidden) if chosen else ()
        urls = dict.fromkeys(each.picture for each in entries if each.picture and is_on_the_web(each.picture))
        self.ask_for(list(urls)[:_MOST_OF_AN_EPISODE])

    def ask_for(self, urls: Sequence[str]) -> None:
        """See to it that these pictures are here and not old, and count them as used; returns at once."""
        now = self._now()
        known = stored.pictures(self._reader, urls)
        for url in urls:
            kept = known.get(url, KeptPicture(url, 0, now))
            if url not in self._asked and self._is_due(kept, now):
                self._asked.add(url)
                self._waiting.append(kept)
        unnoted = [each.url for each in known.values() if now - each.used_at > _NOTE_USE_AFTER]
        if unnoted:
            self._writer.submit(lambda connection: stored.used(connection, unnoted, now))
        self._start_next()

    def _is_due(self, picture: KeptPicture, now: EpochMillis) -> bool:
        if picture.size and not self._path(picture.url).exists():
            return True
        return has_passed(TRY_AGAIN_AFTER if picture.has_failed else ASK_AGAIN_AFTER, picture.asked_at, now)

    def _start_next(self) -> None:
        while self._waiting and self._running < _AT_ONCE:
            picture = self._waiting.popleft()
            self._running += 1
            ended = partial(self._on_ended, picture.url)
            self._jobs.when_done(self._jobs.submit(self._fetch, picture), ended, ended)

    def _on_ended(self, url: str, _: object) -> None:
        self._running -= 1
        self._asked.discard(url)
        self._start_next()

    # On workers

    def _fetch(self, kept: KeptPicture) -> None:
        from player.net.images import fetch_image

        path = self._path(kept.url)
        validators = (kept.etag, kept.last_modified) if kept.size and path.exists() else (None, None)
        now = self._now()
        try:
            answer = fetch_image(self._client(), kept.url, *validators)
            if answer.body is not None:
                self._keep(path, answer.body)
        except KnownError as error:
            _log.info("%s", sentence(error))
            self._note(KeptPicture(kept.url, now, now, kept.size, kept.etag, kept.last_modified, has_failed=True))
            return
        size = kept.size if answer.body is None else len(answer.body)
        self._note(KeptPicture(kept.url, now, now, size, answer.etag, answer.last_modified))
        if answer.body is not None:
            self._bus.publish(PicturesFetched((kept.url,)))

    def _keep(self, path: Path, body: bytes) -> None:
        """Write a picture in one step. Raises FileError."""
        try:
            path.parent.mkdir(exist_ok=True)
            fresh = path.with_suffix(".new")
            fresh.write_bytes(body)
            fresh.replace(path)
        except OSError as error:
            raise FileError(str(path), system_reason(error, Phrase("reasons", "it cannot be written"))) from error

    def _note(self, picture: KeptPicture) -> None:
        def write(connection: Connection) -> list[str]:
            stored.store_picture(connection, picture)
            return stored.take_out(connection, MOST_BYTES)

        for url in self._writer.submit(write).result():
            self._path(url).unlink(missing_ok=True)

    def _path(self, url: str) -> Path:
        return self._folder / hashlib.sha256(url.encode()).hexdigest()


def is_on_the_web(reference: str) -> bool:
    """Whether a `Picture.reference` is an address."""
    return reference.startswith(("http://", "https://"))
