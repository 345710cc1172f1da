"""Adding what people have: a feed's address, a page or a directory's link that leads to it, an OPML document, or words.

Must not know how pages and documents are written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote, urlsplit

from player.app.accounts import Accounts
from player.app.computing import feeds_of_page
from player.app.course import CalledOff, Course
from player.app.directories import Directories
from player.app.jobs import Jobs
from player.app.processes import Processes
from player.app.subscriptions import OpmlResult, Subscriptions
from player.core.accounts import Account, split_account
from player.core.addresses import looks_like_address, normalize_url
from player.core.directory import DirectoryName, SearchResult
from player.core.directory_links import DirectoryEntry, FeedAt, NoWay, link_target
from player.core.errors import NoFeedKnownError, NotAFeedError, SeveralFeedsError
from player.core.feed_links import FeedLink, likely_feeds
from player.core.model import PodcastId
from player.core.phrases import Phrase
from player.core.recognition import Kind, recognise

if TYPE_CHECKING:
    from player.net.client import Client

Added: TypeAlias = PodcastId | OpmlResult
"""A podcast, new or known before; or what an OPML document brought."""

_OPML_ENDINGS = (".opml", ".xml")


class Adding:
    """Finds the feed that is meant, and subscribes to it."""

    def __init__(
        self,
        client: Callable[[], Client],
        subscriptions: Subscriptions,
        directories: Directories,
        accounts: Accounts,
        jobs: Jobs,
        processes: Processes,
    ) -> None:
        self._client = client
        self._accounts = accounts
        self._directories = directories
        self._subscriptions = subscriptions
        self._jobs = jobs
        self._processes = processes

    def add(self, text: str, account: Account | None = None, course: Course | None = None) -> Future[Added]:
        """Subscribe to what `text` means; the future may hold a KnownError.

        `account` is told to the server that asks for one; it may also stand in the address. The error is a
        SeveralFeedsError where a page names several feeds: `add` takes the address of the one that is chosen. Of a
        `course` that is cancelled nothing is added any more, which gives an OpmlResult; what is there by then stays.
        """
        return self._jobs.submit(self._add, text, account, course or Course())

    def search(self, words: str, names: Sequence[DirectoryName] = (DirectoryName.APPLE,)) -> Future[SearchResult]:
        """Search directories of podcasts; the future holds a KnownError if none of them answers."""
        return self._jobs.submit(self._directories.search, words, names)

    # Within; all of this runs on workers

    def _add(self, text: str, account: Account | None, course: Course) -> Added:
        try:
            path = opml_path(text)
            if path is not None:
                return self._subscriptions.import_file(path, course)
            return self._add_what_is_meant(text, account, course)
        except CalledOff:
            return OpmlResult((), 0, ())

    def _add_what_is_meant(self, text: str, account: Account | None, course: Course) -> Added:
        url, in_address = split_account(self._led_to(normalize_url(text)))
        account = account or in_address
        with self._accounts.trying(url, account):
            added = self._subscriptions.podcast_at(url) or self._add_what_is_at(url, course)
        if account is not None and not isinstance(added, OpmlResult):
            self._subscriptions.keep_account(added, account)
        return added

    def _add_what_is_at(self, url: str, course: Course) -> Added:
        from player.net.fetch import fetch_feed

        answer = fetch_feed(self._client(), url)
        # What was not asked for conditionally has a body.
        body = answer.body or b""
        if recognise(body).kind is Kind.PAGE:
            return self._add_of_page(answer.url, body, course)
        if _is_opml(body):
            return self._subscriptions.import_document(body, url, course)
        return self._subscriptions.add_fetched(url, answer, course=course)

    def _add_of_page(self, page: str, body: bytes, course: Course) -> PodcastId:
        said = self._processes.call(len(body), feeds_of_page, body, page)
        likely = likely_feeds([link for link in said.links if link.url != page])
        target = link_target(normalize_url(said.canonical)) if said.canonical and not likely else None
        if isinstance(target, FeedAt):
            likely = (FeedLink("", target.url),)
        if not likely:
            raise NotAFeedError(
                page, Phrase("reasons", "{found} that links to none").filled(found=recognise(body).phrase)
            )
        if len(likely) > 1:
            raise SeveralFeedsError(page, likely)
        return self._subscriptions.add_or_find(likely[0].url, course=course)[0]

    def _led_to(self, url: str) -> str:
        """Where the feed is that a link into a directory means; any other address is what it was."""
        match link_target(url):
            case FeedAt(feed):
                return feed
            case NoWay(advice):
                raise NoFeedKnownError(url, advice)
            case DirectoryEntry(name, number):
                feed_url = self._directories.directory(name).feed_of(number)
                if feed_url is None:
                    raise NoFeedKnownError(
                        url,
                        Phrase("reasons", "{directory} names none; look for it on the podcast's own web page").filled(
                            directory=name.label
                        ),
                    )
                return normalize_url(feed_url)
        return url


def opml_path(text: str) -> Path | None:
    """The OPML document on this computer that `text` means by its path or `file:` address, or None.

    A file that is there is meant by a path with a folder or a fitting ending; one that is not, by a whole path or by a
    bare name that ends in `.opml`, so that its absence can be said.
    """
    words = text.strip()
    if words.casefold().startswith("file:"):
        return Path(unquote(urlsplit(words).path))
    if looks_like_address(words):
        return None
    path = Path(words).expanduser() if words.startswith("~") else Path(words)
    has_ending = path.suffix.casefold() in _OPML_ENDINGS
    if _is_file(path):
        return path if has_ending or len(path.parts) > 1 else None
    is_bare_name = path.suffix.casefold() == ".opml" and len(path.parts) == 1
    return path if (has_ending and path.is_absolute()) or is_bare_name else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _is_opml(body: bytes) -> bool:
    return b"<opml" in body[:2000].lower()
