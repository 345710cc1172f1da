"""The HTTP client that all requests share, and its failures in words.

Must not know what is fetched with it.
"""

from __future__ import annotations

import errno
import re
import socket
import ssl
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias

import httpx

from player import __version__
from player.core.accounts import Account, split_account
from player.core.errors import HttpStatusError, NetworkError
from player.core.model import EpochMillis
from player.core.phrases import Phrase
from player.core.refreshing import parse_retry_after
from player.net.connecting import DirectTransport
from player.net.newer import VersionedClient
from player.net.sample import SampleTransport

Client: TypeAlias = httpx.Client
"""What services hand to the functions of this folder; they need no more of httpx than this name."""

USER_AGENT = f"Earmark/{__version__} (+https://github.com/earmark-player/earmark)"
CONNECT_SECONDS = 15.0
ANSWER_SECONDS = 30.0
MAX_REDIRECTS = 10

_STATUS = {
    401: Phrase("reasons", "it asks for a name and a password"),
    403: Phrase("reasons", "it does not let us in"),
    404: Phrase("reasons", "there is nothing at this address"),
    410: Phrase("reasons", "what was at this address is gone"),
    429: Phrase("reasons", "it asks for fewer requests"),
}
_REASONS: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    (
        (httpx.ConnectTimeout,),
        Phrase("reasons", "no connection came about in {seconds} seconds").filled(seconds=round(CONNECT_SECONDS)),
    ),
    (
        (httpx.TimeoutException,),
        Phrase("reasons", "it did not answer in {seconds} seconds").filled(seconds=round(ANSWER_SECONDS)),
    ),
    (
        (httpx.TooManyRedirects,),
        Phrase("reasons", "it sent us on more than {count} times").filled(count=MAX_REDIRECTS),
    ),
    (
        (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.LocalProtocolError),
        Phrase("reasons", "this is not a valid address"),
    ),
    ((httpx.RemoteProtocolError,), Phrase("reasons", "its answer is not HTTP")),
    ((httpx.DecodingError,), Phrase("reasons", "its answer is damaged")),
)
_CUT = re.compile(r"without (?:sending|response)|incomplete|disconnected")
_OFFLINE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL)


def build_client(
    *,
    sample: Path | None = None,
    transport: httpx.BaseTransport | None = None,
    account: Callable[[str], Account | None] | None = None,
) -> httpx.Client:
    """A client that follows redirects, names Earmark, and gives up on a server that does not answer.

    It may be used from several threads at once. `sample` is the folder that `sample://` addresses are served from;
    `transport` takes the place of the network. `account` knows the name and password that are told to the server of an
    address. Proxies come from the environment; where those settings cannot be
    used, each request fails with a NetworkError rather than going around the proxy.
    """
    mounts = {"sample://": SampleTransport(sample)} if sample is not None else {}
    timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    context = httpx.create_ssl_context()

    def build(transport: httpx.BaseTransport | None, *, is_newer: bool = False) -> httpx.Client:
        return VersionedClient(
            None if is_newer or transport is not None else partial(build, None, is_newer=True),
            DirectTransport(context, is_newer=is_newer) if transport is None else None,
            # What unpacks to more than a thousand times its size, as others do, cannot be cut off in time.
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"},
            auth=_Accounts(account) if account is not None else None,
            timeout=timeout,
            follow_redirects=True,
            max_redirects=MAX_REDIRECTS,
            verify=context,
            http1=not is_newer,
            http2=is_newer,
            mounts=mounts,
            transport=transport,
            trust_env=transport is None,
        )

    try:
        return build(transport)
    except (ImportError, ValueError, httpx.InvalidURL):
        return build(_UnusableProxy())


@contextmanager
def network_errors(url: str) -> Iterator[None]:
    """Raise what httpx raises within as a NetworkError of `url`."""
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        raise NetworkError(url, reason_of(error)) from error
    # The coding of international names (idna) raises these from inside httpx.
    except UnicodeError as error:
        raise NetworkError(url, Phrase("reasons", "this is not a valid address")) from error


def check_status(response: httpx.Response, url: str) -> None:
    """Raise HttpStatusError unless the answer is a success."""
    status = response.status_code
    if response.is_success:
        return
    reason = _STATUS.get(status) or (
        Phrase("reasons", "it has a problem of its own") if status >= 500 else Phrase("reasons", "it does not give it")
    )
    said = response.headers.get("Retry-After")
    retry_after = parse_retry_after(said, clock_of(response)) if said else None
    raise HttpStatusError(
        url, Phrase("reasons", "{reason} (HTTP {status})").filled(reason=reason, status=status), status, retry_after
    )


def clock_of(response: httpx.Response) -> EpochMillis:
    """The time by the server's clock, from which it counts; by ours where it does not say it."""
    said = time_of(response.headers.get("Date", ""))
    return time.time_ns() // 1_000_000 if said is None else said


def time_of(date: str) -> EpochMillis | None:
    """The time that a date in a header means; None when it is none."""
    try:
        return round(parsedate_to_datetime(date).timestamp() * 1000)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def reason_of(error: BaseException) -> str:
    """Why a request failed, in a few words that follow "could not be reached:"."""
    for cause in _causes(error):
        reason = _deep_reason(cause)
        if reason is not None:
            return reason
    for kinds, reason in _REASONS:
        if isinstance(error, kinds):
            return reason
    return Phrase("reasons", "the connection was lost")


def _deep_reason(cause: BaseException) -> str | None:
    """What an exception of the system below httpx means, or None."""
    match cause:
        case httpx.ProxyError():
            return Phrase("reasons", "the proxy that this computer is set up to use does not let us through")
        case socket.gaierror():
            return Phrase("reasons", "the server cannot be found")
        case ssl.SSLCertVerificationError():
            words = Phrase("reasons", "its certificate cannot be trusted ({reason})")
            return words.filled(reason=cause.verify_message.rstrip("."))
        case ssl.SSLError():
            return Phrase("reasons", "a secure connection could not be made")
        case ConnectionRefusedError():
            return Phrase("reasons", "the connection was refused")
        case ConnectionResetError() | BrokenPipeError():
            return Phrase("reasons", "the server broke off the connection")
        case OSError() if cause.errno in _OFFLINE:
            return Phrase("reasons", "there is no way to it; this computer may be offline")
        case httpx.RemoteProtocolError() if _CUT.search(str(cause)):
            return Phrase("reasons", "the server broke off the connection")
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, and what led to it, the nearest first."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


class _UnusableProxy(httpx.BaseTransport):
    """Stands in for a proxy whose settings cannot be used (an unknown scheme, a missing SOCKS library)."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        raise httpx.ProxyError("the proxy settings cannot be used", request=request)


class _Accounts(httpx.Auth):
    """Tells each server the name and password that are known for it, also where a redirect leads to another one."""

    def __init__(self, account: Callable[[str], Account | None]) -> None:
        self._account = account

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """See httpx.Auth."""
        address, inside = split_account(str(request.url))
        account = inside or self._account(address)
        if account is not None:
            request.headers["Authorization"] = account.header
        yield request
