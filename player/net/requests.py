"""Requests for a file or a range of it, one after another, each of which can be cut short from another thread.

Must not know what the bytes are for.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx

from player.core.errors import NetworkError
from player.net.answers import is_encoded
from player.net.client import network_errors, reason_of
from player.net.journal import Version

_CANCEL_SECONDS = 0.2


class Asking:
    """One lane of a transfer."""

    def __init__(self, client: httpx.Client, is_cancelled: Callable[[], bool]) -> None:
        """`is_cancelled` is asked often, also while a server is silent; a request that is cancelled ends early."""
        self._client = client
        self._is_cancelled = is_cancelled
        self._connection: socket.socket | None = None
        self._is_cut = False
        self._is_asking = False

    @property
    def is_asking(self) -> bool:
        """Whether a request is on its way, or its answer is being read."""
        return self._is_asking

    @contextmanager
    def ask(self, url: str, start: int | None, stop: int | None, version: Version | None) -> Iterator[httpx.Response]:
        """The answer to a request for the bytes from `start` up to `stop` of this very version, or (None) for all.

        Raises NetworkError.
        """
        self._is_cut = False
        self._is_asking = True
        try:
            with self._answer(url, start, stop, version) as response, self._watched(response):
                yield response
        finally:
            self._is_asking = False

    @contextmanager
    def _answer(
        self, url: str, start: int | None, stop: int | None, version: Version | None
    ) -> Iterator[httpx.Response]:
        headers = {
            "Accept": "audio/*, video/*;q=0.9, */*;q=0.5",
            # Ranges of a compressed body are ranges of nothing that could be kept.
            "Accept-Encoding": "identity",
            # The connection is this request's alone, so that cutting it hits no other.
            "Connection": "close",
        }
        if start is not None and version is not None and version.validator is not None:
            headers |= {"Range": f"bytes={start}-{'' if stop is None else stop - 1}", "If-Range": version.validator}
        with network_errors(url):
            request = self._client.build_request("GET", url, headers=headers)
            response = self._client.send(request, stream=True)
        try:
            yield response
        finally:
            response.close()

    def chunks(self, response: httpx.Response, url: str) -> Iterator[bytes]:
        """The bytes of an answer. Raises NetworkError; ends early when cancelled or cut."""
        stream = response.iter_bytes() if is_encoded(response) else response.iter_raw()
        try:
            for chunk in stream:
                if self._is_cut or self._is_cancelled():
                    return
                yield chunk
        except (httpx.HTTPError, httpx.StreamError) as error:
            if not self._is_cut and not self._is_cancelled():
                raise NetworkError(url, reason_of(error)) from error

    def cut(self) -> None:
        """End the answer that is being read, if any."""
        connection = self._connection
        if connection is not None:
            self._is_cut = True
            _shut_down(connection)

    @contextmanager
    def _watched(self, response: httpx.Response) -> Iterator[None]:
        """Shut the connection down as soon as the transfer is cancelled: a silent server must not hold it up."""
        stream = response.extensions.get("network_stream")
        connection = stream.get_extra_info("socket") if stream is not None else None
        if not isinstance(connection, socket.socket):
            yield
            return
        self._connection = connection
        done = threading.Event()

        def watch() -> None:
            while not done.wait(_CANCEL_SECONDS):
                if self._is_cancelled():
                    _shut_down(connection)
                    return

        watcher = threading.Thread(target=watch, name="cut cancelled download", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            self._connection = None
            done.set()
            watcher.join()


def _shut_down(connection: socket.socket) -> None:
    # The plain method: that of an SSL socket takes the TLS state away under the reading thread.
    try:
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
    except OSError:
        return
