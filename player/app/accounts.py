"""The names and passwords of feeds that want them: kept in the system's keyring, and nowhere else.

Must not know how they are told to a server. Where there is no keyring, they are known until the program ends.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from player.core.accounts import Account, origin
from player.system.keyring_store import Keyring


class Accounts:
    """Knows whom to tell which name and password. From any thread."""

    def __init__(self, keyring: Keyring, netrc: Callable[[str], Account | None], feeds: Iterable[str]) -> None:
        """`feeds` are the addresses of those that have one; `netrc` knows those that the listener wrote for all."""
        self._keyring = keyring
        self._netrc = netrc
        self._lock = threading.Lock()
        self._feeds = {origin(url): url for url in feeds}
        self._known: dict[str, Account | None] = {}

    def account(self, url: str) -> Account | None:
        """The account for a request to `url`: that of a feed of the same scheme, host and port."""
        parts = urlsplit(url)
        with self._lock:
            feed = self._feeds.get(origin(url))
        found = self._of_feed(feed) if feed is not None else None
        # What is written for a host is not told to who listens in on the way.
        return found or (self._netrc(parts.hostname or "") if parts.scheme == "https" else None)

    @contextmanager
    def trying(self, url: str, account: Account | None) -> Iterator[None]:
        """Use an account for `url` for the time being."""
        if account is None:
            yield
            return
        with self._lock:
            before = self._feeds.get(origin(url)), self._known.get(url)
            self._feeds[origin(url)], self._known[url] = url, account
        try:
            yield
        finally:
            with self._lock:
                self._feeds.pop(origin(url), None)
                self._known.pop(url, None)
                if before[0] is not None:
                    self._feeds[origin(url)] = before[0]
                if before[1] is not None:
                    self._known[url] = before[1]

    def keep(self, feed: str, account: Account) -> bool:
        """Keep the account of a feed; returns whether it is kept beyond the end of the program."""
        with self._lock:
            self._feeds[origin(feed)], self._known[feed] = feed, account
        return self._keyring.write(feed, json.dumps({"user": account.user, "password": account.password}))

    def move(self, feed: str, to: str) -> None:
        """A feed has another address now; its account goes along unless somebody else answers there."""
        with self._lock:
            has_account = self._feeds.get(origin(feed)) == feed and origin(feed) == origin(to)
        account = self._of_feed(feed) if has_account else None
        if account is not None:
            self.keep(to, account)
            self._keyring.remove(feed)

    def forget(self, feed: str) -> None:
        """The feed is asked no more."""
        with self._lock:
            is_known = self._feeds.get(origin(feed)) == feed
            if is_known:
                del self._feeds[origin(feed)]
            self._known.pop(feed, None)
        if is_known:
            self._keyring.remove(feed)

    def _of_feed(self, feed: str) -> Account | None:
        with self._lock:
            if feed in self._known:
                return self._known[feed]
        found = _read(self._keyring.read(feed))
        with self._lock:
            return self._known.setdefault(feed, found)


def _read(kept: str | None) -> Account | None:
    try:
        found = json.loads(kept) if kept else None
        return Account(str(found["user"]), str(found["password"])) if found else None
    except (ValueError, TypeError, LookupError):
        return None
