"""Chapters and covers into files that have come, where the listener wants that: which are due, and one after another.

Must not know how they are written (`app.chapter_saving`). A file is written once: when it is whole, and the server of
the feed's chapter document has answered. What is found or changed later gets into it by "Save chapters into file…".
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from player.app.bus import Bus
from player.app.chapter_documents import ChapterDocuments
from player.app.chapter_saving import ChapterSaving
from player.app.download_notes import DownloadNotes
from player.app.jobs import Jobs
from player.app.sentences import sentence
from player.core.errors import FileError, KnownError, NotFoundError, TagError
from player.core.events import DownloadChanged
from player.core.model import EpisodeId
from player.core.phrases import Phrase

if TYPE_CHECKING:
    from player.net.client import Client

_log = logging.getLogger(__name__)

_NOT_WRITTEN = Phrase("sentences", "Chapters and cover are not written into the file: {reason}.")


class DownloadTagging:
    """Has what is due written. Commands and facts come on the home thread."""

    def __init__(
        self,
        client: Callable[[], Client],
        notes: DownloadNotes,
        documents: ChapterDocuments,
        saving: ChapterSaving,
        bus: Bus,
        jobs: Jobs,
    ) -> None:
        self._client = client
        self._notes = notes
        self._documents = documents
        self._saving = saving
        self._jobs = jobs
        self._waiting: deque[EpisodeId] = deque()
        self._busy_with: EpisodeId | None = None
        bus.subscribe(DownloadChanged, self._on_download_changed)

    def go_on(self) -> None:
        """Go on with what was due when the program ended."""
        for episode in self._saving.due():
            self._want(episode)

    @property
    def is_busy(self) -> bool:
        """Whether something is being written, or waits for that."""
        return self._busy_with is not None or bool(self._waiting)

    def _on_download_changed(self, fact: DownloadChanged) -> None:
        if self._saving.is_due(fact.id):
            self._want(fact.id)

    def _want(self, episode: EpisodeId) -> None:
        # What is on its way into another folder is told once it is there.
        is_leaving = self._notes.is_leaving(episode)
        if episode != self._busy_with and episode not in self._waiting and not is_leaving:
            self._waiting.append(episode)
            self._next()

    def _next(self) -> None:
        if self._busy_with is not None or not self._waiting:
            return
        episode = self._busy_with = self._waiting.popleft()
        self._documents.want(episode)
        answer = self._documents.asking(episode)
        if answer is None:
            self._write(episode)
        else:
            self._jobs.when_done(answer, lambda _: self._write(episode), lambda _: self._write(episode))

    def _write(self, episode: EpisodeId) -> None:
        done = self._jobs.submit(self._saving.write_into_download, episode, self._cover)
        self._jobs.when_done(done, partial(self._on_written, episode), partial(self._on_failed, episode))

    def _on_written(self, episode: EpisodeId, size: int | None) -> None:
        """`size` is that of the file now, None where nothing was done."""
        self._busy_with = None
        self._notes.note_file(episode, size, None)
        self._next()

    def _on_failed(self, episode: EpisodeId, error: KnownError) -> None:
        """The file is as it came. It is not tried again: what one file cannot take, it will not take tomorrow."""
        self._busy_with = None
        _log.info("episode %d gets no tags: %s", episode, sentence(error))
        if not isinstance(error, NotFoundError):
            reason = error.reason if isinstance(error, TagError | FileError) else sentence(error).rstrip(".")
            self._saving.give_up(episode)
            self._notes.note_file(episode, None, _NOT_WRITTEN.filled(reason=reason))
        self._next()

    def _cover(self, url: str) -> bytes | None:
        """On a worker: the picture at an address, or None. A file without a cover is no less worth."""
        from player.net.images import fetch_image

        try:
            return fetch_image(self._client(), url).body
        except KnownError as error:
            _log.info("%s", sentence(error))
            return None
