"""Subscribing: from an address, a file or an OPML document to podcasts and episodes in the library.

Must not know how a feed is written (`formats.rss`), nor how it is taken into the library (`app.intake`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from player.app.accounts import Accounts
from player.app.bus import Bus
from player.app.chapters import store_marks
from player.app.course import Course
from player.app.following import Following
from player.app.intake import Intake
from player.app.jobs import Jobs
from player.app.sentences import sentence
from player.app.writer import Writer
from player.core.accounts import Account, split_account
from player.core.addresses import normalize_url
from player.core.errors import FileError, HttpStatusError, KnownError, NetworkError, NoKeyringError, UnexpectedError
from player.core.events import PodcastsChanged, ProblemReported
from player.core.folders import Folder
from player.core.model import ChapterSource, EpisodeId, EpochMillis, PodcastId
from player.core.phrases import Phrase
from player.core.reasons import system_reason
from player.core.refreshing import AskState, Lanes, after_failure
from player.storage import episodes, feed_asking, feeds

if TYPE_CHECKING:
    from player.formats.opml import OpmlFeed
    from player.formats.side_files import SideFile
    from player.net.client import Client
    from player.net.fetch import Answer

SAMPLE_URL = "sample://earmark/feed.xml"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Added:
    """A podcast, whether it is new, and why its feed could not be read, if it could not."""

    podcast: PodcastId
    is_new: bool
    problem: KnownError | None = None


_Outcome: TypeAlias = _Added | KnownError
"""What became of a feed of a list, or why there is no podcast of it."""


@dataclass(frozen=True, slots=True)
class OpmlResult:
    """What an import of an OPML document did: podcasts that are new, that were there, and sentences about the rest."""

    added: tuple[PodcastId, ...]
    known: int
    problems: tuple[str, ...]


class Subscriptions:
    """Adds and removes podcasts, and takes audio files onto the shelf."""

    def __init__(
        self,
        client: Callable[[], Client],
        accounts: Accounts,
        intake: Intake,
        following: Following,
        writer: Writer,
        bus: Bus,
        jobs: Jobs,
        asking: Jobs,
        now: Callable[[], EpochMillis],
    ) -> None:
        """`asking` runs the many feeds of an OPML document, while one of `jobs` waits for them."""
        self._client = client
        self._accounts = accounts
        self._intake = intake
        self._following = following
        self._writer = writer
        self._bus = bus
        self._jobs = jobs
        self._asking = asking
        self._now = now

    def add(self, url: str) -> Future[PodcastId]:
        """Subscribe to the feed at `url`; the future holds the podcast (also one that was there), or a KnownError.

        `app.adding` takes whatever else leads to a feed.
        """
        return self._jobs.submit(lambda: self.add_or_find(url)[0])

    def add_sample(self) -> Future[PodcastId]:
        """Subscribe to the built-in sample, which needs no network."""
        return self.add(SAMPLE_URL)

    def add_file(self, path: Path) -> Future[EpisodeId]:
        """Take an audio file of the listener's onto the shelf "Your files"; the file stays where it is."""
        return self._jobs.submit(self._add_file, path)

    def remove(self, podcast: PodcastId) -> Future[None]:
        """Unsubscribe, with all that was kept of the podcast but the downloaded files."""

        addresses: list[str] = []

        def write(connection: Connection) -> None:
            addresses.extend(feed_asking.feed_addresses(connection, podcast).values())
            feeds.remove_podcast(connection, podcast)

        def tell() -> None:
            self._bus.publish(PodcastsChanged((podcast,)))
            for url in addresses:
                self._jobs.submit(self._accounts.forget, url)

        return self._writer.submit(write, tell)

    # What follows runs on workers, and waits there

    def podcast_at(self, url: str) -> PodcastId | None:
        """The podcast whose feed is at `url`, or None."""
        return self._writer.submit(lambda connection: feeds.podcast_by_url(connection, url)).result()

    def add_fetched(
        self, url: str, answer: Answer, *, is_awaited: bool = True, course: Course | None = None
    ) -> PodcastId:
        """Subscribe to the feed that was just fetched from `url`. Raises NotAFeedError.

        Raises CalledOff, too, when the `course` was cancelled before the podcast is in the library.
        """
        taken = self._intake.store(url, answer, is_awaited=is_awaited, course=course)
        podcast = self._following.follow(url, answer, taken)
        self._jobs.submit(self._following.read_pages, podcast)
        return podcast

    def keep_account(self, podcast: PodcastId, account: Account) -> None:
        """Keep the name and password of a podcast's feed; says so where they are known until the program ends only."""

        def write(connection: Connection) -> str:
            feed_asking.set_has_account(connection, podcast, True)
            return feeds.podcast(connection, podcast).feed_url

        url = self._writer.submit(write).result()
        if not self._accounts.keep(url, account):
            self._bus.publish(ProblemReported(NoKeyringError(url)))

    def add_or_find(
        self, address: str, *, is_awaited: bool = True, course: Course | None = None
    ) -> tuple[PodcastId, bool]:
        """The podcast whose feed is at an address, and whether it is new. Raises KnownError, or as `add_fetched`.

        Its episodes are listed then; where that `is_awaited`, their chapters were found, too.
        """
        url, account = split_account(normalize_url(address))
        known = self.podcast_at(url)
        if known is not None:
            return known, False
        from player.net.fetch import fetch_feed

        with self._accounts.trying(url, account):
            answer = fetch_feed(self._client(), url)
            podcast = self.add_fetched(url, answer, is_awaited=is_awaited, course=course)
        if account is not None:
            self.keep_account(podcast, account)
        return podcast, True

    def move(self, wanted: Mapping[PodcastId, Folder]) -> Future[None]:
        """Keep each podcast in a folder, or in none; `PodcastsChanged` follows. Those that are gone are passed over."""
        return self._writer.submit(
            lambda connection: feeds.set_folders(connection, wanted),
            lambda: self._bus.publish(PodcastsChanged(tuple(wanted))),
        )

    def import_document(self, body: bytes, name: str, course: Course | None = None) -> OpmlResult:
        """Subscribe to all feeds of an OPML document called `name`, many at a time.

        Their folders are kept, but for podcasts that are in a folder here. What is no feed is left out, and what is
        gone; one whose server is silent is there, and asked again with others. The episodes of all are listed when this
        returns; their chapters are found soon after. Who cancels the `course` keeps what is there by then. Raises
        DocumentError.
        """
        from player.formats.opml import read_opml

        listed = [(feed, _normalized(feed.url)) for feed in read_opml(body, name)]
        wanted: dict[str, OpmlFeed] = {}
        for feed, url in listed:
            if isinstance(url, str) and (url not in wanted or (feed.folder and not wanted[url].folder)):
                wanted[url] = feed
        outcomes = self._add_all(wanted, course or Course())
        added: list[PodcastId] = []
        problems: list[str] = []
        known = 0
        for _, url in listed:
            found = outcomes.get(url) if isinstance(url, str) else url
            problem = found.problem if isinstance(found, _Added) else found
            if problem is not None:
                problems.append(sentence(problem))
            if isinstance(found, _Added) and found.is_new and found.podcast not in added:
                added.append(found.podcast)
            elif isinstance(found, _Added):
                known += 1
        put_away = [each.podcast for url, each in outcomes.items() if isinstance(each, _Added) and wanted[url].folder]
        if put_away:
            self._bus.publish(PodcastsChanged(tuple(put_away)))
        return OpmlResult(tuple(added), known, tuple(problems))

    def _add_all(self, wanted: Mapping[str, OpmlFeed], course: Course) -> dict[str, _Outcome]:
        """What became of the feed at each address; many are asked at a time, but few of a host."""
        course.total = len(wanted)
        # Two accounts of one server, used at the same time, could be taken for each other.
        many, one_by_one = Lanes[str](), Lanes[str](in_all=1)
        for url in wanted:
            lanes = many if split_account(url)[1] is None else one_by_one
            lanes.add(url, urlsplit(url).netloc)
        return self._outcomes(many, wanted, course) | self._outcomes(one_by_one, wanted, course)

    def _outcomes(self, lanes: Lanes[str], wanted: Mapping[str, OpmlFeed], course: Course) -> dict[str, _Outcome]:
        """What became of the feeds at the addresses that wait; of none that was not begun when that was cancelled."""
        running: dict[Future[_Added], str] = {}
        done: dict[str, _Outcome] = {}
        while running or (len(lanes) and not course.is_cancelled):
            begun = [] if course.is_cancelled else lanes.begin()
            running |= {self._asking.submit(self._add_listed, url, wanted[url]): url for url in begun}
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                url = running.pop(future)
                lanes.end(url)
                done[url] = _outcome(future)
                course.done += 1
        return done

    def _add_listed(self, address: str, feed: OpmlFeed) -> _Added:
        """Subscribe to a feed of a list, and put it into its folder: who quits keeps both. Raises KnownError."""
        try:
            added = _Added(*self.add_or_find(address, is_awaited=False))
        except KnownError as error:
            if not _may_come_back(error):
                raise
            added = _Added(self._add_unread(address, feed.title, error), True, error)
        if feed.folder:
            self._writer.submit(lambda connection: feeds.put_away(connection, {added.podcast: feed.folder})).result()
        return added

    def import_file(self, path: Path, course: Course | None = None) -> OpmlResult:
        """Subscribe to all feeds of the OPML document at `path`, as `import_document`. Raises FileError, too."""
        try:
            body = path.expanduser().read_bytes()
        except OSError as error:
            raise FileError(str(path), system_reason(error, Phrase("reasons", "it cannot be read"))) from error
        return self.import_document(body, path.name, course)

    def _add_unread(self, address: str, title: str, error: KnownError) -> PodcastId:
        """Subscribe to a feed whose server does not answer today, with the title that the list has for it."""
        now = self._now()
        url, account = split_account(address)

        def write(connection: Connection) -> PodcastId:
            podcast = feeds.add_podcast(connection, url, title, now)
            state = after_failure(AskState(), error, now, chance=0)
            feed_asking.record_failure(connection, podcast, sentence(error), state)
            return podcast

        podcast = self._writer.submit(write).result()
        if account is not None:
            self.keep_account(podcast, account)
        self._intake.tell(podcast, ())
        return podcast

    def _add_file(self, path: Path) -> EpisodeId:
        from player.formats.media_file import read_media

        try:
            place = path.expanduser().resolve(strict=True)
        except OSError as error:
            raise FileError(str(path), Phrase("reasons", "there is no such file")) from error
        media = read_media(place)
        beside = _beside(place)
        now = self._now()

        def write(connection: Connection) -> tuple[PodcastId, EpisodeId]:
            podcast, episode = episodes.add_file_episode(
                connection, place, title=media.title or place.stem, duration=media.duration, now=now
            )
            store_marks(connection, episode, ChapterSource.FILE, media.marks, now)
            marks, name = (beside.marks, beside.path.name) if beside else ((), "")
            store_marks(connection, episode, ChapterSource.SIDE_FILE, marks, now, origin=name)
            return podcast, episode

        podcast, episode = self._writer.submit(write).result()
        self._intake.tell(podcast, [episode])
        return episode


def _may_come_back(error: KnownError) -> bool:
    """Whether a feed that could not be had today may be had another day."""
    is_gone = isinstance(error, HttpStatusError) and error.status in (404, 410)
    return isinstance(error, NetworkError) and not is_gone


def _normalized(address: str) -> str | KnownError:
    try:
        return normalize_url(address)
    except KnownError as error:
        return error


def _outcome(future: Future[_Added]) -> _Outcome:
    """What became of a feed. Raises CancelledError when the program ends meanwhile."""
    error = future.exception()
    if error is None or isinstance(error, CancelledError):
        return future.result()
    return error if isinstance(error, KnownError) else UnexpectedError(type(error).__name__)


def _beside(audio: Path) -> SideFile | None:
    """The sheet of chapters beside an audio file; one that cannot be read keeps no audio out."""
    from player.formats.side_files import read_side_file

    try:
        return read_side_file(audio)
    except KnownError as error:
        _log.info("%s", sentence(error))
        return None
