"""Whose turn it is among downloads, which failures are worth another try, and how long to wait before it.

Must not know how a download travels, nor read a clock.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import TypeVar
from urllib.parse import urlsplit

from player.core.errors import DownloadError, HttpStatusError, KnownError, NetworkError
from player.core.model import Millis
from player.core.timecode import MINUTE, SECOND

OF_A_HOST = 2
"""So many downloads at once one server is asked for, however many run."""
FIRST_WAIT: Millis = 5 * SECOND
LONGEST_WAIT: Millis = 10 * MINUTE
MOST_TRIES = 8
"""So often in a row a server that answers may fail without a byte more; one that is out of reach is tried on and on."""

_SCHEMES = ("http", "https", "sample")
_SERVER_ERRORS = 500
_MENDS = frozenset((408, 425, 429))
_LASTS = frozenset((501, 505))

_Key = TypeVar("_Key", bound=Hashable)


def whose_turn(ready: Iterable[tuple[_Key, str]], running: Collection[str], at_once: int) -> _Key | None:
    """Which download begins next, or None while none may.

    `ready` are those that wait, in their order, each with its host; `running` the hosts of those that run. One whose
    host has enough to do lets those behind it pass.
    """
    if len(running) >= at_once:
        return None
    hosts = list(running)
    return next((key for key, host in ready if hosts.count(host) < OF_A_HOST), None)


def host_of(url: str) -> str:
    """The server of an address, as downloads of one are counted."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def moved(order: Sequence[_Key], key: _Key, place: int) -> tuple[_Key, ...]:
    """The order with one taken to a place, counted without it; places out of reach are the first and the last."""
    rest = [each for each in order if each != key]
    if len(rest) == len(order):
        return tuple(order)
    rest.insert(min(max(place, 0), len(rest)), key)
    return tuple(rest)


def may_mend(error: KnownError) -> bool:
    """Whether another try may succeed though nobody does anything: a line that broke, a server that is busy.

    What a server refuses (no such file, no right to it), what is no audio and what the disk does not take stays so.
    """
    if isinstance(error, HttpStatusError):
        return error.status in _MENDS or (error.status >= _SERVER_ERRORS and error.status not in _LASTS)
    if isinstance(error, NetworkError):
        return urlsplit(error.url).scheme in _SCHEMES and bool(host_of(error.url))
    return isinstance(error, DownloadError)


def is_hopeless(error: KnownError, failures: int) -> bool:
    """Whether to leave it after so many failures in a row, between which nothing came."""
    was_reached = isinstance(error, HttpStatusError) or not isinstance(error, NetworkError)
    return not may_mend(error) or (was_reached and failures >= MOST_TRIES)


def wait_after(error: KnownError, failures: int, chance: float) -> Millis:
    """How long to wait after so many failures in a row: doubled each time, up to ten minutes.

    `chance`, from 0 to 1, makes it up to a third shorter, so that many do not come back at the same moment. What the
    server asks for (Retry-After) is waited out.
    """
    doubled = min(FIRST_WAIT << min(max(failures, 1) - 1, 10), LONGEST_WAIT)
    asked_for = error.retry_after if isinstance(error, HttpStatusError) else None
    return max(round(doubled * (1 - chance / 3)), asked_for or 0)
