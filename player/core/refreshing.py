"""When feeds, and what they lead to, are asked for again, and how many feeds at once.

Must not know how a feed is asked, what time it is, nor how long anything takes.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Generic, TypeVar
from urllib.parse import urlsplit
from zlib import crc32

from player.core.errors import FeedEndedError, HttpStatusError, KnownError, NetworkError
from player.core.model import EpochMillis, Millis
from player.core.timecode import HOUR, MINUTE, SECOND

FEEDS_AT_ONCE = 16
FEEDS_AT_ONCE_OF_A_HOST = 2

_FIRST_WAIT: Millis = 15 * MINUTE
_LONGEST_WAIT = 24 * HOUR
_LONGEST_ASKED_FOR = 7 * _LONGEST_WAIT
"""A server that asks for more has a wrong clock, or a mistake: the podcast would be lost without a word."""
_NO_WAY_BACK = 7 * _LONGEST_WAIT
_SPREAD = 0.1

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class AskState:
    """How asking a feed went: when it was asked last, how often in a row in vain, and when it may be asked again.

    `is_ended`: its server said that it is gone for good (HTTP 410).
    """

    refreshed_at: EpochMillis | None = None
    failures: int = 0
    ask_after: EpochMillis | None = None
    is_ended: bool = False


def has_passed(span: Millis, since: EpochMillis | None, now: EpochMillis) -> bool:
    """Whether it is so long ago, or was never. A clock that was set back keeps nothing from being done again."""
    return since is None or not since <= now < since + span


def is_due(state: AskState, every: Millis, now: EpochMillis) -> bool:
    """Whether a feed is to be asked by itself; `every` is the listener's wish, 0 for never."""
    if not every or state.is_ended:
        return False
    if state.refreshed_at is None:
        return True
    until = state.refreshed_at + spread(every, state.refreshed_at) if state.ask_after is None else state.ask_after
    return has_passed(until - state.refreshed_at, state.refreshed_at, now)


def spread(every: Millis, seed: int) -> Millis:
    """A span about as long as `every`, a tenth shorter at most: so that feeds do not stay in step with each other."""
    return every - int(every * _SPREAD * crc32(str(seed).encode()) / 2**32)


def wait_after_failure(failures: int, chance: float, *, was_reached: bool, asked_for: Millis | None = None) -> Millis:
    """How long a feed is left alone that failed `failures` times in a row: doubled each time, up to a day.

    But no more than an hour where the server was not even reached: it may be this computer that was offline.
    `chance`, from 0 to 1, makes it up to a quarter shorter. `asked_for` is what the server asked for (Retry-After): it
    is waited out, up to a week.
    """
    doubled = _FIRST_WAIT << min(max(failures, 1) - 1, 10)
    wait = round(min(doubled, _LONGEST_WAIT if was_reached else HOUR) * (1 - chance / 4))
    return max(wait, min(asked_for or 0, _LONGEST_ASKED_FOR))


def after_failure(before: AskState, error: KnownError, now: EpochMillis, chance: float) -> AskState:
    """How asking went, after it failed once more with `error`."""
    failures = before.failures + 1
    was_reached = isinstance(error, HttpStatusError) or not isinstance(error, NetworkError)
    asked_for = error.retry_after if isinstance(error, HttpStatusError) else None
    wait = wait_after_failure(failures, chance, was_reached=was_reached, asked_for=asked_for)
    return AskState(now, failures, now + wait, isinstance(error, FeedEndedError))


def may_move(url: str, target: str, former: Mapping[str, EpochMillis], now: EpochMillis) -> bool:
    """Whether a feed at `url` that says it is at `target` is believed.

    Not where all could read along that nobody could before (http after https), and not back to where it was until some
    days ago: `former` are the places that it left, and when. Two feeds that name each other would lead in a circle.
    """
    is_safe = urlsplit(target).scheme == "https" or urlsplit(url).scheme != "https"
    left_at = former.get(target)
    return target != url and is_safe and (left_at is None or not left_at <= now < left_at + _NO_WAY_BACK)


def parse_retry_after(text: str, now: EpochMillis) -> Millis | None:
    """The span that a `Retry-After` header asks for, in seconds or as a date (RFC 9110, 10.2.3); None where unclear."""
    words = text.strip()
    if words.isascii() and words.isdecimal():
        return min(int(words[:12]) * SECOND, _LONGEST_ASKED_FOR)
    try:
        date = parsedate_to_datetime(words)
        aware = date if date.tzinfo else date.replace(tzinfo=UTC)
        span = round((aware - datetime.fromtimestamp(now / SECOND, UTC)).total_seconds() * SECOND)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return max(0, min(span, _LONGEST_ASKED_FOR))


class Lanes(Generic[_Key]):
    """Whose turn it is: of all that wait, no more at once than `in_all`, and `of_a_host` of one host.

    Hosts take turns, so that one with many feeds holds up no other.
    """

    def __init__(self, in_all: int = FEEDS_AT_ONCE, of_a_host: int = FEEDS_AT_ONCE_OF_A_HOST) -> None:
        self._in_all = in_all
        self._of_a_host = of_a_host
        self._waiting: dict[str, deque[_Key]] = {}
        self._hosts: dict[_Key, str] = {}
        self._running: Counter[str] = Counter()

    def __len__(self) -> int:
        """How many wait or run."""
        return len(self._hosts)

    def __contains__(self, key: _Key) -> bool:
        return key in self._hosts

    def add(self, key: _Key, host: str) -> bool:
        """Let one wait, unless it waits or runs already; returns whether it does so only now."""
        if key in self._hosts:
            return False
        self._hosts[key] = host
        self._waiting.setdefault(host, deque()).append(key)
        return True

    def begin(self) -> list[_Key]:
        """Those whose turn has come; they run from now on."""
        begun: list[_Key] = []
        for host in list(self._waiting):
            if self._running.total() >= self._in_all:
                break
            if self._running[host] >= self._of_a_host:
                continue
            queue = self._waiting.pop(host)
            begun.append(queue.popleft())
            self._running[host] += 1
            if queue:
                self._waiting[host] = queue  # behind the others
        return [*begun, *self.begin()] if begun else begun

    def drop_waiting(self) -> list[_Key]:
        """Let none wait any more; those that did."""
        dropped = [key for queue in self._waiting.values() for key in queue]
        self._waiting.clear()
        for key in dropped:
            del self._hosts[key]
        return dropped

    def end(self, key: _Key) -> None:
        """One that ran is done."""
        host = self._hosts.pop(key)
        self._running[host] -= 1
        if not self._running[host]:
            del self._running[host]
