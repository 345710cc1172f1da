"""Chapter documents on the web: fetched when an episode is shown, played or downloaded, and asked for again later.

Must not know how a document is fetched (`net.fetch`) or read (`formats.chapter_documents`).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from sqlite3 import Connection
from typing import TYPE_CHECKING

from player.app.bus import Bus
from player.app.chapter_words import document_words
from player.app.chapters import store_marks
from player.app.jobs import Jobs
from player.app.sentences import sentence
from player.app.writer import Writer
from player.core.errors import DocumentError, KnownError, NetworkError
from player.core.events import ChaptersChanged, DownloadChanged, EpisodesChanged, PlaybackChanged
from player.core.model import ChapterSource, EpisodeId, EpochMillis, Mark, Millis
from player.core.phrases import Phrase
from player.core.recognition import Kind, recognise
from player.core.refreshing import has_passed
from player.core.timecode import HOUR, MINUTE
from player.storage import chapters, documents, episodes
from player.storage.documents import KeptDocument

if TYPE_CHECKING:
    from player.net.client import Client

ASK_AGAIN_AFTER: Millis = HOUR
"""For a document that was read and has chapters."""
TRY_AGAIN_AFTER: Millis = 5 * MINUTE
"""After a failure, and while there is one chapter at most: some hosts give a stand-in until the real one is made."""

_NO_DOCUMENT = (Kind.EMPTY, Kind.PAGE, Kind.AUDIO, Kind.PICTURE, Kind.PDF, Kind.ARCHIVE)

_log = logging.getLogger(__name__)


class ChapterDocuments:
    """Keeps the chapters that feeds only point to. What fails is kept as a reason, and never loses a list."""

    def __init__(
        self,
        client: Callable[[], Client],
        reader: Connection,
        writer: Writer,
        bus: Bus,
        jobs: Jobs,
        now: Callable[[], EpochMillis],
    ) -> None:
        self._client = client
        self._reader = reader
        self._writer = writer
        self._bus = bus
        self._jobs = jobs
        self._now = now
        self._asking: dict[EpisodeId, Future[str | None]] = {}
        self._playing: EpisodeId | None = None
        bus.subscribe(DownloadChanged, self._on_download_changed)
        bus.subscribe(PlaybackChanged, self._on_playback_changed)

    def want(self, episode: EpisodeId) -> None:
        """See to it that the episode's chapter document is here and not old; returns at once.

        Nothing happens where the feed names no document, or its server was asked lately. Facts tell what came.
        """
        document = documents.document(self._reader, episode)
        if document is not None and _is_due(document, self._now()):
            self._start(episode, document)

    def ask_again(self, episode: EpisodeId) -> None:
        """Ask for the episode's document now, because the listener wants to; nothing happens without one."""
        document = documents.document(self._reader, episode)
        if document is not None:
            self._start(episode, document)

    def is_asking(self, episode: EpisodeId) -> bool:
        """Whether the document's server is being asked at this moment."""
        return episode in self._asking

    def asking(self, episode: EpisodeId) -> Future[str | None] | None:
        """The answer that is being waited for, as a problem or None; None while nobody is asked."""
        return self._asking.get(episode)

    def _start(self, episode: EpisodeId, document: KeptDocument) -> None:
        if episode in self._asking:
            return
        future = self._asking[episode] = self._jobs.submit(self._ask, episode, document)
        future.add_done_callback(partial(self._on_answered, episode, document.problem))

    def _on_answered(self, episode: EpisodeId, before: str | None, asked: Future[str | None]) -> None:
        self._asking.pop(episode, None)
        if before is not None or (asked.exception() is None and asked.result() is not None):
            # What is to be said of the document is another thing now, and be it that nobody is asking any more.
            self._bus.publish(ChaptersChanged((episode,)))

    def problem(self, episode: EpisodeId) -> str | None:
        """Why the last answer of the document's server was of no use, as a sentence; None where all is well."""
        document = documents.document(self._reader, episode)
        return document.problem if document else None

    # Facts

    def _on_download_changed(self, fact: DownloadChanged) -> None:
        if episodes.is_downloaded(self._reader, fact.id):
            self.want(fact.id)

    def _on_playback_changed(self, fact: PlaybackChanged) -> None:
        if fact.state.episode is not None and fact.state.episode != self._playing:
            self.want(fact.state.episode)
        self._playing = fact.state.episode

    # On workers

    def _ask(self, episode: EpisodeId, document: KeptDocument) -> str | None:
        """Fetch and keep a document. Gives the problem with it, as a sentence, or None."""
        from player.net.fetch import fetch_document

        # A stand-in may be called unchanged by a server that knows no better: it is fetched whole.
        known = (document.etag, document.last_modified) if _has_chapters(document) else (None, None)
        asked = replace(document, asked_at=self._now(), problem=None)
        try:
            answer = fetch_document(self._client(), document.url, *known)
            if answer.body is None:
                self._keep(episode, asked)
                return None
            marks = _marks_in(answer.body, answer.url)
            entries = sum(not mark.is_hidden for mark in marks)
            if not entries or (entries == 1 and _has_chapters(document)):
                raise DocumentError(
                    document.url,
                    Phrase("reasons", "it holds one chapter only now")
                    if entries
                    else Phrase("reasons", "it holds no chapters now"),
                )
        except KnownError as error:
            _log.info("%s", sentence(error))
            problem = sentence(error)
            if isinstance(error, NetworkError | DocumentError):
                problem = document_words(error.reason)
            self._keep(episode, replace(asked, problem=problem))
            return problem
        taken = replace(asked, etag=answer.etag, last_modified=answer.last_modified, entries=entries)
        self._take(episode, taken, marks, hashlib.sha256(answer.body).hexdigest())
        return None

    def _keep(self, episode: EpisodeId, document: KeptDocument) -> None:
        self._writer.submit(lambda connection: documents.record_document(connection, episode, document)).result()

    def _take(self, episode: EpisodeId, document: KeptDocument, marks: tuple[Mark, ...], content_hash: str) -> None:
        """Keep a document's chapters, unless the feed has gone on to another address or the content is the same."""

        def write(connection: Connection) -> bool:
            kept = documents.document(connection, episode)
            if kept is None or kept.url != document.url:
                return False
            documents.record_document(connection, episode, document)
            if chapters.content_hash(connection, episode, ChapterSource.DOCUMENT) == content_hash:
                return False
            store_marks(
                connection,
                episode,
                ChapterSource.DOCUMENT,
                marks,
                self._now(),
                origin=document.url,
                content_hash=content_hash,
            )
            return True

        if self._writer.submit(write).result():
            self._bus.publish(ChaptersChanged((episode,)))
            self._bus.publish(EpisodesChanged((episode,)))


def _has_chapters(document: KeptDocument) -> bool:
    return document.entries is not None and document.entries > 1


def _is_due(document: KeptDocument, now: EpochMillis) -> bool:
    is_settled = document.problem is None and _has_chapters(document)
    return has_passed(ASK_AGAIN_AFTER if is_settled else TRY_AGAIN_AFTER, document.asked_at, now)


def _marks_in(body: bytes, url: str) -> tuple[Mark, ...]:
    """The marks of a document; an error page with status 200 is named for what it is. Raises DocumentError."""
    from player.formats.chapter_documents import read_document

    found = recognise(body)
    if found.kind in _NO_DOCUMENT:
        raise DocumentError(url, Phrase("reasons", "it is {found}").filled(found=found.phrase))
    return read_document(body, url, base=url)
