"""Transcripts of episodes: fetched when one is first wanted, kept, and asked for again later.

Must not know how a document is fetched (`net.fetch`) or read (`formats.transcripts`), nor how it is shown.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from sqlite3 import Connection
from typing import TYPE_CHECKING

from player.app.bus import Bus
from player.app.chapter_view import read_alignment, read_shown
from player.app.chapter_words import transcript_words
from player.app.computing import transcript_in
from player.app.jobs import Jobs
from player.app.processes import Processes
from player.app.sentences import sentence
from player.app.writer import Writer
from player.core.errors import DocumentError, KnownError, NetworkError, NotFoundError
from player.core.events import DownloadChanged, TranscriptChanged
from player.core.model import Chapter, EpisodeId, EpochMillis, LinkedDocument, Millis
from player.core.phrases import Phrase
from player.core.refreshing import has_passed
from player.core.timecode import HOUR, MINUTE
from player.core.transcript import Transcript, best_first, starts_of
from player.storage import episodes, feed_extras, transcripts
from player.storage.packed_transcripts import unpack_transcript
from player.storage.transcripts import KeptTranscript
from player.system.languages import languages

if TYPE_CHECKING:
    from player.net.client import Client

ASK_AGAIN_AFTER: Millis = HOUR
TRY_AGAIN_AFTER: Millis = 5 * MINUTE
"""After a failure."""
MAX_BYTES = 16 * 1024 * 1024

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HeardTranscript:
    """A transcript and where in the file that is here its words are heard.

    `starts` are those of the segments, none for a transcript without times; the chapters are those that are shown.
    """

    transcript: Transcript
    starts: tuple[Millis, ...] = ()
    chapters: tuple[Chapter, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetched:
    """A transcript as a server gave it; `content` is packed, and None where it is the one that is kept."""

    kept: KeptTranscript
    content: bytes | None


class Transcripts:
    """Keeps the transcripts to which feeds lead. What fails is kept as a reason, and never loses one that was read."""

    def __init__(
        self,
        client: Callable[[], Client],
        reader: Connection,
        writer: Writer,
        bus: Bus,
        jobs: Jobs,
        processes: Processes,
        now: Callable[[], EpochMillis],
    ) -> None:
        self._client = client
        self._reader = reader
        self._writer = writer
        self._bus = bus
        self._jobs = jobs
        self._processes = processes
        self._now = now
        self._languages = languages()
        self._asking: set[EpisodeId] = set()
        bus.subscribe(DownloadChanged, self._on_download_changed)

    def documents(self, episode: EpisodeId) -> list[LinkedDocument]:
        """Where transcripts of an episode lie, the best one for the listener first; empty where there are none."""
        return best_first(feed_extras.transcripts(self._reader, episode), self._languages)

    def want(self, episode: EpisodeId) -> Future[None] | None:
        """See to it that the transcript is here and not old; returns at once. Facts tell what came.

        The future is done when servers have been asked; None where nobody needs to be.
        """
        kept = transcripts.kept_transcript(self._reader, episode)
        return self._start(episode, kept) if _is_due(kept, self._now()) else None

    def ask_again(self, episode: EpisodeId) -> Future[None] | None:
        """Ask now, because the listener wants to; nothing happens without any address."""
        return self._start(episode, transcripts.kept_transcript(self._reader, episode))

    def is_asking(self, episode: EpisodeId) -> bool:
        """Whether servers are being asked at this moment."""
        return episode in self._asking

    def problem(self, episode: EpisodeId) -> str | None:
        """Why the last answer was of no use, as a sentence; None where all is well."""
        kept = transcripts.kept_transcript(self._reader, episode)
        return kept.problem if kept else None

    def load(self, episode: EpisodeId) -> Future[HeardTranscript | None]:
        """Read what is kept, with all times as they are heard; None while there is nothing."""
        return self._jobs.submit(self._load, episode)

    # Facts

    def _on_download_changed(self, fact: DownloadChanged) -> None:
        """Who downloads wants to have it without a network."""
        if episodes.is_downloaded(self._reader, fact.id):
            self.want(fact.id)

    def _start(self, episode: EpisodeId, kept: KeptTranscript | None) -> Future[None] | None:
        documents = self.documents(episode)
        if not documents or episode in self._asking:
            return None
        self._asking.add(episode)
        self._bus.publish(TranscriptChanged(episode))
        future = self._jobs.submit(self._ask, episode, documents, kept)
        future.add_done_callback(partial(self._on_answered, episode))
        return future

    def _on_answered(self, episode: EpisodeId, _: Future[None]) -> None:
        self._asking.discard(episode)
        self._bus.publish(TranscriptChanged(episode))

    # On workers

    def _ask(self, episode: EpisodeId, documents: Sequence[LinkedDocument], kept: KeptTranscript | None) -> None:
        try:
            fetched = fetch_transcript(self._client(), self._processes, documents, kept)
        except KnownError as error:
            _log.info("%s", sentence(error))
            before = kept or KeptTranscript(documents[0].url)
            failed = replace(before, asked_at=self._now(), problem=problem_with(error))
            self._writer.submit(lambda connection: transcripts.record_asking(connection, episode, failed)).result()
            return
        taken, content = replace(fetched.kept, asked_at=self._now()), fetched.content
        if content is None:
            self._writer.submit(lambda connection: transcripts.record_asking(connection, episode, taken)).result()
        else:
            self._writer.submit(
                lambda connection: transcripts.store_transcript(connection, episode, taken, content)
            ).result()

    def _load(self, episode: EpisodeId) -> HeardTranscript | None:
        return self._writer.submit(partial(_packed, episode=episode)).result().unpacked()


@dataclass(frozen=True, slots=True)
class _Packed:
    """What is read of a transcript in the writer's turn; the rest is done outside of it."""

    content: bytes | None
    to_file: Callable[[Millis], Millis]
    chapters: tuple[Chapter, ...]

    def unpacked(self) -> HeardTranscript | None:
        if self.content is None:
            return None
        transcript = unpack_transcript(self.content)
        starts = tuple(map(self.to_file, starts_of(transcript)))
        return HeardTranscript(transcript, starts, self.chapters)


def _packed(connection: Connection, episode: EpisodeId) -> _Packed:
    content = transcripts.transcript_content(connection, episode)
    chosen = read_shown(connection, episode).view.chosen
    return _Packed(content, read_alignment(connection, episode).to_file, chosen.chapters if chosen else ())


def read_heard(connection: Connection, episode: EpisodeId) -> HeardTranscript | None:
    """What is kept of an episode's transcript, with all times as they are heard; None where nothing is."""
    return _packed(connection, episode).unpacked()


def fetched_beside(connection: Connection, episode: EpisodeId) -> HeardTranscript | None:
    """Fetch an episode's transcript without keeping it, beside a running player. Raises KnownError."""
    from player.net.client import build_client

    documents = best_first(feed_extras.transcripts(connection, episode), languages())
    with closing(build_client()) as client:
        content = fetch_transcript(client, Processes(0), documents).content
    return replace(_packed(connection, episode), content=content).unpacked()


def fetch_transcript(
    client: Client, processes: Processes, documents: Sequence[LinkedDocument], kept: KeptTranscript | None = None
) -> Fetched:
    """Fetch and read the first of the documents that is a transcript; one that was read before may be unchanged.

    Raises the KnownError of the first one when none is.
    """
    from player.net.fetch import fetch_document

    problem: KnownError | None = None
    for document in documents:
        is_known = kept is not None and kept.has_content and kept.url == document.url
        known = (kept.etag, kept.last_modified) if kept is not None and is_known else (None, None)
        try:
            answer = fetch_document(client, document.url, *known, max_bytes=MAX_BYTES)
            body, content = answer.body, None
            if body is not None and not body.strip():
                raise DocumentError(document.url, Phrase("reasons", "it is an empty answer"))
            if body is not None:
                content = processes.call(len(body), transcript_in, body, answer.url)
        except KnownError as error:
            problem = problem or error
            continue
        return Fetched(KeptTranscript(document.url, answer.etag, answer.last_modified, has_content=True), content)
    raise problem or NotFoundError(Phrase("reasons", "transcript"), "")


def problem_with(error: KnownError) -> str:
    """Why there is no transcript, as a sentence."""
    if isinstance(error, NetworkError | DocumentError):
        return transcript_words(error.reason)
    return sentence(error)


def _is_due(kept: KeptTranscript | None, now: EpochMillis) -> bool:
    is_settled = kept is not None and kept.problem is None and kept.has_content
    return has_passed(ASK_AGAIN_AFTER if is_settled else TRY_AGAIN_AFTER, kept.asked_at if kept else None, now)
