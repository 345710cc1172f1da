"""Plays what is still arriving: what there is goes to the deck, and what the deck lacks is asked for.

Must not know chapters, nor how bytes travel. Commands come on the home thread, arrivals on the transfers' threads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from player.app.deck import Deck
from player.app.downloads import Downloads
from player.app.home import Home
from player.audio.engine import Arriving
from player.core.errors import DownloadError, HttpStatusError, KnownError, NetworkError
from player.core.model import Episode, EpisodeId, Millis

if TYPE_CHECKING:
    from player.net.download import Arrival

_ENOUGH = 1 << 16
"""Bytes that must be there before it is opened: less than this tells no format well."""
_FIRST_RETRY: Millis = 1000
_LAST_RETRY: Millis = 30_000
_SERVER_ERRORS = 500
"""From this HTTP status on it is the server's fault, and may be over soon."""


class Streaming:
    """The episode that is played while it arrives, if there is one."""

    def __init__(self, deck: Deck, downloads: Downloads, home: Home, on_opened: Callable[[], None]) -> None:
        """`on_opened` is called when the deck begins to open what has arrived."""
        self._deck = deck
        self._downloads = downloads
        self._home = home
        self._on_opened = on_opened
        self._episode: Episode | None = None
        self._path: Path | None = None
        self._newest: Arrival | None = None
        self._opening = threading.Lock()
        self._retry: Millis = _FIRST_RETRY
        self._cancel_retry: Callable[[], None] = lambda: None

    @property
    def episode(self) -> EpisodeId | None:
        """Which episode is played while it arrives, or will be."""
        return self._episode.id if self._episode is not None else None

    def begin(self, episode: Episode) -> None:
        """Fetch an episode, and open it at the deck's place as soon as enough is there."""
        self.end()
        self._episode = episode
        self._retry = _FIRST_RETRY
        self._follow(episode)

    def end(self) -> None:
        """It is not played any more, or is whole."""
        self._cancel_retry()
        self._episode = self._path = self._newest = None
        self._downloads.unfollow()

    def want(self, offset: int, length: int) -> None:
        """The deck needs these bytes next."""
        if self._episode is not None:
            self._downloads.want(self._episode.id, offset, length)

    def goes_on_after(self, error: KnownError | None) -> bool:
        """Whether a transfer that has ended so will be tried again by itself: a line that broke may mend."""
        episode = self._episode
        is_refused = isinstance(error, HttpStatusError) and error.status < _SERVER_ERRORS
        may_mend = isinstance(error, NetworkError | DownloadError) and not is_refused
        if episode is None or self._path is None or not may_mend:
            return False
        self._cancel_retry()
        self._cancel_retry = self._home.after(self._retry, lambda: self._try_again(episode))
        self._retry = min(2 * self._retry, _LAST_RETRY)
        return True

    def _try_again(self, episode: Episode) -> None:
        if self._episode is episode:
            self._follow(episode)

    def _follow(self, episode: Episode) -> None:
        self._downloads.follow(episode.id, lambda arrival: self._on_arrival(episode, arrival), _ENOUGH)

    def _on_arrival(self, episode: Episode, arrival: Arrival) -> None:
        """On a transfer's thread."""
        with self._opening:
            is_open = self._path == arrival.path
            if is_open:
                self._deck.arrived(arrival.path, arrival.there)
            else:
                self._newest = arrival
        if not is_open and arrival.total is not None and arrival.there.total >= min(_ENOUGH, arrival.total):
            self._home.post(lambda: self._open(episode, arrival.path))

    def _open(self, episode: Episode, path: Path) -> None:
        """Open what there is; also when the server has another version now, which is another file."""
        if self._episode is not episode or self._path == path:
            return
        if self._path is not None:
            self._deck.clear(self._deck.position(), play=self._deck.plays)
        self._retry = _FIRST_RETRY
        self._on_opened()
        # What has arrived until here is opened, and what arrives from here on is told to the deck: nothing in between.
        with self._opening:
            arrival = self._newest
            if arrival is None or arrival.total is None:
                return
            self._path = arrival.path
            arriving = Arriving(arrival.total, arrival.there, episode.duration, arrival.target)
            self._deck.load(arrival.path, None, arriving)
