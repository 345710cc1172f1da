"""A client that speaks HTTP/1.1, and HTTP/2 to servers that speak nothing else.

Must not know what is asked for. HTTP/1.1 comes first since a connection is one request's alone there: it can be cut,
and read past the parser. So the other, too, is made for one request, and closed with its answer.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from typing import Any

import httpx

_ONLY_NEWER = (505, 426)
"""HTTP Version Not Supported, Upgrade Required."""


class VersionedClient(httpx.Client):
    """`newer` builds the client for one request by HTTP/2; None for that client itself.

    `direct` is the way to servers that are reached without a proxy.
    """

    def __init__(
        self, newer: Callable[[], httpx.Client] | None, direct: httpx.BaseTransport | None, **options: Any
    ) -> None:
        super().__init__(**options)
        if direct is not None:
            # Given as `transport` it would take the place of the environment's proxies, too.
            self._transport = direct
        self._newer = newer
        self._only_newer: set[str] = set()

    def send(self, request: httpx.Request, *, stream: bool = False, **options: Any) -> httpx.Response:
        """See httpx.Client.send. A request with a body that can be sent once only is not sent again."""
        if self._newer is None:
            return super().send(request, stream=stream, **options)
        if _server(request) not in self._only_newer:
            try:
                response = super().send(request, stream=stream, **options)
            except httpx.ConnectError as error:
                if not _is_refused(error):
                    raise
            else:
                if request.url.scheme != "https" or response.status_code not in _ONLY_NEWER:
                    return response
                response.close()
            self._only_newer.add(_server(request))
        return self._send_newer(self._newer(), request, is_read=not stream, **options)

    def _send_newer(
        self, client: httpx.Client, request: httpx.Request, *, is_read: bool, **options: Any
    ) -> httpx.Response:
        try:
            response = client.send(request, stream=True, **options)
            assert isinstance(response.stream, httpx.SyncByteStream)
            response.stream = _LastOf(client, response.stream)
            if is_read:
                response.read()
        except BaseException:
            client.close()
            raise
        return response


class _LastOf(httpx.SyncByteStream):
    """The body of the only answer that a client is there for."""

    def __init__(self, client: httpx.Client, stream: httpx.SyncByteStream) -> None:
        self._client = client
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()
        self._client.close()


def _server(request: httpx.Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc.decode('ascii')}"


def _is_refused(error: BaseException) -> bool:
    """Whether a server broke the handshake off since HTTP/1.1 is not among what it speaks (RFC 7301, 3.2)."""
    cause: BaseException | None = error
    while cause is not None:
        # Python has no name for this alert: what OpenSSL calls it is in the text alone.
        if isinstance(cause, ssl.SSLError) and "no application protocol" in str(cause):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
