"""Requests for a file or a range of it, one after another, each of which can be cut short from another thread.

Must not know what the bytes are for.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from player.core.errors import NetworkError
from player.core.phrases import Phrase
from player.net.answers import body_size, is_encoded
from player.net.bodies import read_body, unpack
from player.net.client import MAX_REDIRECTS, network_errors
from player.net.journal import Version

HEAD_SECONDS = 60.0
"""For so long the head of an answer may take to come, redirects among it: a server can send it byte by byte."""
SLOW_SECONDS = 60.0
SLOW_BYTES = 10_000
"""A server that sends less than this in `SLOW_SECONDS` is as good as silent: another connection may do better."""
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
        self._is_late = False

    @property
    def is_asking(self) -> bool:
        """Whether a request is on its way, or its answer is being read."""
        return self._is_asking

    @property
    def is_cut(self) -> bool:
        """Whether the last request was cut, so that its failure means nothing."""
        return self._is_cut

    @contextmanager
    def ask(self, url: str, start: int | None, stop: int | None, version: Version | None) -> Iterator[httpx.Response]:
        """The answer to a request for the bytes from `start` up to `stop` of this very version, or (None) for all.

        Raises NetworkError.
        """
        self._is_cut = self._is_late = False
        self._is_asking = True
        try:
            with self._watched() as answered, self._answer(url, _headers(start, stop, version)) as response:
                answered.set()
                yield response
        finally:
            self._is_asking = False

    @contextmanager
    def _answer(self, url: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """Redirects are followed here: the client would read their bodies to the end, which may never come."""
        with network_errors(url):
            request = self._client.build_request("GET", url, headers=headers, extensions={"trace": self._on_event})
        for _ in range(MAX_REDIRECTS + 1):
            with self._lateness(url), network_errors(url):
                response = self._client.send(request, stream=True, follow_redirects=False)
            try:
                following = response.next_request
                if following is None:
                    self._note(response.extensions.get("network_stream"))
                    yield response
                    return
            finally:
                response.close()
            request = following
        raise NetworkError(url, Phrase("reasons", "it sent us on more than {count} times").filled(count=MAX_REDIRECTS))

    def chunks(self, response: httpx.Response, url: str) -> Iterator[bytes]:
        """The bytes of the file that an answer brings. Raises NetworkError; ends early when cancelled or cut."""
        stream = unpack(response) if is_encoded(response) else read_body(response, body_size(response))
        try:
            with network_errors(url):
                for chunk in _fast_enough(stream, url):
                    if self._is_cut or self._is_cancelled():
                        return
                    yield chunk
        except NetworkError:
            if not self._is_cut and not self._is_cancelled():
                raise

    def cut(self) -> None:
        """End the request that is on its way, or the answer that is being read, if any."""
        if self._is_asking:
            self._is_cut = True
            _shut_down(self._connection)

    def _on_event(self, name: str, info: Mapping[str, Any]) -> None:
        """What httpcore tells of a request (its extension "trace"): here, that there is a connection."""
        if name.endswith((".connect_tcp.complete", ".start_tls.complete")):
            self._note(info.get("return_value"))

    def _note(self, stream: Any) -> None:
        connection = stream.get_extra_info("socket") if stream is not None else None
        self._connection = connection if isinstance(connection, socket.socket) else None
        if self._is_cut:
            _shut_down(self._connection)

    @contextmanager
    def _watched(self) -> Iterator[threading.Event]:
        """Shut the connection down as soon as the transfer is cancelled: a silent server must not hold it up.

        The event that comes back is to be set once the head of the answer is here.
        """
        done, answered = threading.Event(), threading.Event()
        deadline = time.monotonic() + HEAD_SECONDS

        def watch() -> None:
            while not done.wait(_CANCEL_SECONDS):
                self._is_late = not answered.is_set() and time.monotonic() > deadline
                if self._is_late or self._is_cancelled():
                    _shut_down(self._connection)

        watcher = threading.Thread(target=watch, name="cut cancelled download", daemon=True)
        watcher.start()
        try:
            yield answered
        finally:
            self._connection = None
            done.set()
            watcher.join()

    @contextmanager
    def _lateness(self, url: str) -> Iterator[None]:
        """Say so when it was us who gave up a server whose answer does not begin."""
        try:
            yield
        except NetworkError as error:
            if self._is_late:
                raise NetworkError(
                    url,
                    Phrase("reasons", "its answer did not begin in {seconds} seconds").filled(
                        seconds=round(HEAD_SECONDS)
                    ),
                ) from error
            raise


def _headers(start: int | None, stop: int | None, version: Version | None) -> dict[str, str]:
    headers = {
        "Accept": "audio/*, video/*;q=0.9, */*;q=0.5",
        # Ranges of a compressed body are ranges of nothing that could be kept.
        "Accept-Encoding": "identity",
        # The connection is this request's alone, so that cutting it hits no other.
        "Connection": "close",
    }
    if start is not None and version is not None and version.validator is not None:
        headers |= {"Range": f"bytes={start}-{'' if stop is None else stop - 1}", "If-Range": version.validator}
    return headers


def _fast_enough(stream: Iterator[bytes], url: str) -> Iterator[bytes]:
    """The same bytes. Raises NetworkError when they all but stop: only the time that is waited for them counts."""
    waited, since = 0.0, 0
    began = time.monotonic()
    for chunk in stream:
        waited, since = waited + time.monotonic() - began, since + len(chunk)
        if since >= SLOW_BYTES:
            waited, since = 0.0, 0
        elif waited > SLOW_SECONDS:
            raise NetworkError(
                url,
                Phrase("reasons", "it sent only {count} B in {seconds} s").filled(count=since, seconds=round(waited)),
            )
        yield chunk
        began = time.monotonic()


def _shut_down(connection: socket.socket | None) -> None:
    if connection is None:
        return
    # The plain method: that of an SSL socket takes the TLS state away under the reading thread.
    try:
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
    except OSError:
        return
