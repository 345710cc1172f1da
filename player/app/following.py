"""Following a feed: to the address to which it moved, and through the pages with its older episodes (RFC 5005).

Must not know why it was asked. All of it runs on workers, and waits there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from sqlite3 import Connection
from typing import TYPE_CHECKING

from player.app.accounts import Accounts
from player.app.bus import Bus
from player.app.chapter_view import keep_shown
from player.app.intake import Intake, Taken
from player.app.sentences import sentence
from player.app.writer import Writer
from player.core.accounts import split_account
from player.core.addresses import normalize_url
from player.core.errors import HttpStatusError, KnownError
from player.core.events import PodcastsChanged
from player.core.model import EpisodeId, EpochMillis, PodcastId
from player.core.refreshing import may_move
from player.storage import feed_asking, feeds
from player.storage.merging import merge_podcast

if TYPE_CHECKING:
    from player.net.client import Client
    from player.net.fetch import Answer

MAX_MOVES = 5
MAX_PAGES = 200

_log = logging.getLogger(__name__)


class Following:
    """Goes where feeds lead, as far as they are believed."""

    def __init__(
        self,
        client: Callable[[], Client],
        accounts: Accounts,
        intake: Intake,
        writer: Writer,
        bus: Bus,
        now: Callable[[], EpochMillis],
    ) -> None:
        self._client = client
        self._accounts = accounts
        self._intake = intake
        self._writer = writer
        self._bus = bus
        self._now = now

    def without_account(self, podcast: PodcastId, url: str) -> str:
        """The address of a feed. A name and a password that an older Earmark left in it go into the keyring.

        Where there is no keyring they stay, for they would be lost at the end of the program.
        """
        bare, account = split_account(url)
        if account is None or not self._accounts.keep(bare, account):
            return url

        def write(connection: Connection) -> None:
            feed_asking.set_has_account(connection, podcast, True)
            if feeds.podcast_at(connection, bare) is None:
                feed_asking.rename_feed(connection, podcast, bare)

        self._writer.submit(write).result()
        return bare

    def follow(self, url: str, answer: Answer, taken: Taken) -> PodcastId:
        """Go where a feed that was just taken in moved: by permanent redirects, and as it says itself.

        Returns its podcast; that is another one where the listener was subscribed to the feed's new address, too. A
        new address that gives no feed changes nothing, and is tried again the next time.
        """
        from player.net.fetch import fetch_feed

        podcast = taken.podcast
        self._keep_first_page(podcast, taken)
        if answer.moved_to is not None:
            podcast, url = self._move(podcast, url, answer.moved_to)
        for _ in range(MAX_MOVES):
            target = self._believed(podcast, url, taken.moved_to) if taken.moved_to else None
            if target is None:
                break
            try:
                answer = fetch_feed(self._client(), target)
                taken = self._intake.store(target, answer, podcast)
            except KnownError as error:
                _log.info("the feed %s names a new address that does not work: %s", url, sentence(error))
                self._read_again(podcast)
                break
            podcast, url = self._move(podcast, url, target)
        return podcast

    def read_pages(self, podcast: PodcastId) -> None:
        """Read the pages with older episodes that were not read yet. One that fails is tried again the next time."""
        from player.net.fetch import fetch_feed

        page = self._writer.submit(lambda connection: feed_asking.next_page(connection, podcast)).result()
        if not page:
            return
        before = len(self._writer.submit(lambda connection: feeds.known_episodes(connection, podcast)).result())
        seen: set[str] = set()
        while page and page not in seen and len(seen) < MAX_PAGES:
            seen.add(page)
            try:
                taken = self._intake.store_page(fetch_feed(self._client(), page), podcast, before)
            except KnownError as error:
                _log.info("older episodes could not be read: %s", sentence(error))
                if not (isinstance(error, HttpStatusError) and error.status in (404, 410)):
                    return
                taken = Taken(podcast)
            before += taken.new
            # Some servers give the same page again and again.
            page = taken.next_page if taken.new else ""
            self._keep_page(podcast, page or "")
        if page:
            self._keep_page(podcast, "")

    def _keep_first_page(self, podcast: PodcastId, taken: Taken) -> None:
        """Take note of where older episodes are, when the feed is read first."""
        page = taken.next_page
        if page is None:
            return
        known = self._writer.submit(lambda connection: feed_asking.next_page(connection, podcast)).result()
        if known is None:
            self._keep_page(podcast, page)

    def _read_again(self, podcast: PodcastId) -> None:
        self._writer.submit(lambda connection: feed_asking.forget_answer(connection, podcast)).result()

    def _keep_page(self, podcast: PodcastId, page: str) -> None:
        self._writer.submit(lambda connection: feed_asking.store_next_page(connection, podcast, page)).result()

    def _believed(self, podcast: PodcastId, url: str, address: str) -> str | None:
        """The address at which a feed says that it is from now on, if it may move there."""
        try:
            target = split_account(normalize_url(address))[0]
        except KnownError:
            return None
        former = self._writer.submit(lambda connection: feed_asking.former_addresses(connection, podcast)).result()
        return target if may_move(url, target, former, self._now()) else None

    def _move(self, podcast: PodcastId, url: str, address: str) -> tuple[PodcastId, str]:
        """The podcast and its address after its feed moved, if it may."""
        target = self._believed(podcast, url, address)
        if target is None:
            return podcast, url
        now = self._now()

        def write(connection: Connection) -> tuple[PodcastId, tuple[EpisodeId, ...]]:
            other = feeds.podcast_at(connection, target)
            if other is not None and other != podcast:
                merged = merge_podcast(connection, podcast, other, now)
                for episode in merged.united:
                    keep_shown(connection, episode)
                return other, merged.episodes
            feed_asking.move_feed(connection, podcast, target, now)
            return podcast, ()

        moved, episodes = self._writer.submit(write).result()
        self._accounts.move(url, target)
        if moved != podcast:
            self._bus.publish(PodcastsChanged((podcast,)))
        self._intake.tell(moved, episodes)
        return moved, target
