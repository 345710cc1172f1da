"""The downloads that are not finished, in the listener's order: which wait, and which wait for another try.

Must not know what runs, nor how the order is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from player.app.home import Home
from player.core.model import EpisodeId, EpochMillis, Millis
from player.core.transfers import moved, whose_turn


@dataclass(frozen=True, slots=True)
class _Retry:
    at: EpochMillis
    call_off: Callable[[], None]


class Lineup:
    """`order` are all that are not finished: waiting, running, paused and failed."""

    def __init__(self, order: Iterable[EpisodeId], home: Home, now: Callable[[], EpochMillis]) -> None:
        self.order = tuple(order)
        self._home = home
        self._now = now
        self._hosts: dict[EpisodeId, str] = {}
        self._retries: dict[EpisodeId, _Retry] = {}
        self._failures: dict[EpisodeId, tuple[int, int]] = {}
        """How often in a row each failed, and how much of it was there then."""

    def __contains__(self, episode: EpisodeId) -> bool:
        """Whether it waits."""
        return episode in self._hosts

    @property
    def waiting(self) -> tuple[EpisodeId, ...]:
        """All that wait."""
        return tuple(self._hosts)

    def keep(self, episode: EpisodeId, *, is_unfinished: bool) -> None:
        """Give one a place in the order, behind all others, or take it out of it."""
        if not is_unfinished:
            self._failures.pop(episode, None)
            self.order = tuple(each for each in self.order if each != episode)
        elif episode not in self.order:
            self.order = (*self.order, episode)

    def move(self, episode: EpisodeId, place: int) -> bool:
        """Take one to a place in the order; whether that changes anything."""
        before = self.order
        self.order = moved(before, episode, place)
        return self.order != before

    def add(self, episode: EpisodeId, host: str) -> None:
        """Let one wait for its turn."""
        self._hosts[episode] = host

    def add_later(self, episode: EpisodeId, host: str, wait: Millis, then: Callable[[], None]) -> None:
        """Let one wait for a while before it waits for its turn; then call `then`."""

        def is_over() -> None:
            self._retries.pop(episode, None)
            then()

        self.drop(episode)
        self._hosts[episode] = host
        self._retries[episode] = _Retry(self._now() + wait, self._home.after(wait, is_over))

    def failed(self, episode: EpisodeId, received: int) -> int:
        """One failed when `received` bytes were there; how often it did so in a row, without a byte more."""
        count, before = self._failures.get(episode, (0, 0))
        count = 1 if received > before else count + 1
        self._failures[episode] = (count, received)
        return count

    def hurry(self, episode: EpisodeId) -> None:
        """Let one wait for its turn only, as if it had never failed."""
        self._failures.pop(episode, None)
        self._call_off(episode)

    def drop(self, episode: EpisodeId) -> None:
        """One does not wait any more."""
        self._call_off(episode)
        self._hosts.pop(episode, None)

    def drop_all(self) -> None:
        """None waits any more."""
        for episode in self.waiting:
            self.drop(episode)

    def again_at(self, episode: EpisodeId) -> EpochMillis | None:
        """When one that failed is tried again, or None."""
        retry = self._retries.get(episode)
        return retry.at if retry is not None else None

    def next(
        self, running: Collection[str], at_once: int, has_to_wait: Callable[[EpisodeId], bool] = lambda _: False
    ) -> EpisodeId | None:
        """Whose turn it is while transfers run to these hosts; `has_to_wait` tells who is passed over."""
        waiting = (each for each in self.order if each in self._hosts and each not in self._retries)
        return whose_turn(((each, self._hosts[each]) for each in waiting if not has_to_wait(each)), running, at_once)

    def _call_off(self, episode: EpisodeId) -> None:
        retry = self._retries.pop(episode, None)
        if retry is not None:
            retry.call_off()
