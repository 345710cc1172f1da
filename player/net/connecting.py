"""Connections by whichever address of a server answers first: a dead IPv6 must not hold up a live IPv4.

Must not know what is said over them. RFC 8305 ("Happy Eyeballs"): the addresses of both families take turns, each is
given a quarter of a second before the next one is tried beside it, and the first that connects is taken.
"""

from __future__ import annotations

import errno
import os
import selectors
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import zip_longest
from typing import Any, TypeAlias

import httpcore
import httpx

_FOREVER = 365 * 24 * 3600.0
NEXT_AFTER = 0.25
"""Seconds (RFC 8305, 5: "Connection Attempt Delay")."""

_Option: TypeAlias = httpcore.SOCKET_OPTION
_Found: TypeAlias = tuple[int, int, int, str, Any]
"""What `socket.getaddrinfo` gives: family, type, protocol, canonical name, address."""


class DirectTransport(httpx.HTTPTransport):
    """Goes to servers without a proxy. `is_newer`: speaks HTTP/2 and nothing else, else HTTP/1.1."""

    def __init__(self, context: ssl.SSLContext, *, is_newer: bool = False) -> None:
        super().__init__(verify=context)
        # httpx hands no backend on to httpcore; this is the pool that it makes, with one.
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_connections=100,
            max_keepalive_connections=20,
            keepalive_expiry=5.0,
            http1=not is_newer,
            http2=is_newer,
            network_backend=_Backend(),
        )


class _Backend(httpcore.SyncBackend):
    """Connects as the module says."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[_Option] | None = None,
    ) -> httpcore.NetworkStream:
        """See httpcore.NetworkBackend."""
        with _errors(httpcore.ConnectTimeout, httpcore.ConnectError):
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            connection = first_to_connect(taking_turns(found), timeout, local_address)
            for option in (*(socket_options or ()), (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)):
                connection.setsockopt(*option)
        return _Stream(connection)


class _Stream(httpcore.NetworkStream):
    """A connection, with TLS or without."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with _errors(httpcore.ReadTimeout, httpcore.ReadError):
            self._connection.settimeout(timeout)
            return self._connection.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        with _errors(httpcore.WriteTimeout, httpcore.WriteError):
            left = memoryview(buffer)
            while left:
                self._connection.settimeout(timeout)
                left = left[self._connection.send(left) :]

    def close(self) -> None:
        self._connection.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        with _errors(httpcore.ConnectTimeout, httpcore.ConnectError):
            try:
                self._connection.settimeout(timeout)
                return _Stream(ssl_context.wrap_socket(self._connection, server_hostname=server_hostname))
            except BaseException:
                self.close()
                raise

    def get_extra_info(self, info: str) -> Any:
        match info:
            case "socket":
                return self._connection
            case "ssl_object":
                return self._connection if isinstance(self._connection, ssl.SSLSocket) else None
            case "client_addr":
                return self._connection.getsockname()
            case "server_addr":
                return self._connection.getpeername()
            case "is_readable":
                return self._is_readable()
        return None

    def _is_readable(self) -> bool:
        """Whether there is something to read: of a connection at rest, its end."""
        if self._connection.fileno() < 0:
            return True
        with selectors.DefaultSelector() as selector:
            selector.register(self._connection, selectors.EVENT_READ)
            return bool(selector.select(0))


def taking_turns(found: Iterable[_Found]) -> list[_Found]:
    """The addresses of both families by turns, each family in its order, that of the first one first."""
    families: dict[int, list[_Found]] = {}
    for each in found:
        families.setdefault(each[0], []).append(each)
    return [each for row in zip_longest(*families.values()) for each in row if each is not None]


def first_to_connect(addresses: Iterable[_Found], timeout: float | None, local_address: str | None) -> socket.socket:
    """A connection to the first of these addresses that takes one. Raises OSError, TimeoutError among them."""
    waiting = list(addresses)
    deadline = time.monotonic() + (_FOREVER if timeout is None else timeout)
    problem = OSError(errno.EADDRNOTAVAIL, "the name has no address")
    next_at = 0.0
    with selectors.DefaultSelector() as trying:
        try:
            while waiting or trying.get_map():
                now = time.monotonic()
                if now >= deadline:
                    raise TimeoutError("timed out")
                if waiting and (now >= next_at or not trying.get_map()):
                    next_at = now + NEXT_AFTER
                    try:
                        trying.register(_begun(waiting.pop(0), local_address), selectors.EVENT_WRITE)
                    except OSError as error:
                        problem, next_at = error, 0.0
                for connection, code in _settled(trying, (min(next_at, deadline) if waiting else deadline) - now):
                    if not code:
                        return connection
                    connection.close()
                    problem, next_at = OSError(code, os.strerror(code)), 0.0
        finally:
            for key in list(trying.get_map().values()):
                _socket_of(key).close()
    raise problem


def _begun(found: _Found, local_address: str | None) -> socket.socket:
    """A connection that is being made. Raises OSError when that cannot even begin."""
    family, kind, protocol, _, address = found
    connection = socket.socket(family, kind, protocol)
    try:
        connection.setblocking(False)
        if local_address is not None:
            connection.bind((local_address, 0))
        with suppress(BlockingIOError):
            connection.connect(address)
    except BaseException:
        connection.close()
        raise
    return connection


def _settled(trying: selectors.BaseSelector, seconds: float) -> Iterator[tuple[socket.socket, int]]:
    """Those of which the outcome is known within so many seconds, with it: 0, or the number of an error."""
    for key, _ in trying.select(max(0.0, seconds)) if trying.get_map() else ():
        connection = _socket_of(key)
        trying.unregister(connection)
        yield connection, connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)


def _socket_of(key: selectors.SelectorKey) -> socket.socket:
    assert isinstance(key.fileobj, socket.socket)
    return key.fileobj


@contextmanager
def _errors(timeout: type[Exception], other: type[Exception]) -> Iterator[None]:
    """Raise what the system raises within as httpcore would."""
    try:
        yield
    except TimeoutError as error:
        raise timeout(str(error)) from error
    except OSError as error:
        raise other(str(error)) from error
