"""The threads and sockets of the programmable web server."""

from __future__ import annotations

import io
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from webserver.routes import Answer, Route, answer_to

_CHUNK = 64 * 1024


@dataclass(frozen=True)
class Request:
    """A request that arrived. Header names are as the client wrote them; `headers` also finds their usual form."""

    method: str
    path: str
    headers: dict[str, str] = field(repr=False)


class WebServer:
    """Serves routes on a free port of `host` until it is closed. Routes may be changed at any time."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.host = host
        self.routes: dict[str, Route] = {}
        self.requests: list[Request] = []
        self.reached = threading.Event()
        """Set as soon as an answer stalls."""
        self.resume = threading.Event()
        """What stalled answers wait for."""
        self.closing = threading.Event()
        self._http = _Http(self)
        self.port = self._http.server_address[1]
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def __setitem__(self, path: str, route: Route) -> None:
        self.routes[path] = route

    def __getitem__(self, path: str) -> Route:
        return self.routes[path]

    def __enter__(self) -> WebServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def url(self, path: str) -> str:
        """The full address of a path."""
        return f"http://{self.host}:{self.port}{path}"

    def asked(self, path: str) -> list[Request]:
        """The requests for one path, the oldest first."""
        return [each for each in self.requests if each.path == path]

    def close(self) -> None:
        """Stop at once; answers that stall are broken off."""
        self.closing.set()
        self.resume.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = True
    request_queue_size = 64

    def __init__(self, owner: WebServer) -> None:
        self.owner = owner
        super().__init__((owner.host, 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is what many tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http
    timeout = 60
    is_cut = False

    def do_GET(self) -> None:
        owner = self.server.owner
        asked = {key.title(): value for key, value in self.headers.items()}
        owner.requests.append(Request(self.command, self.path, asked))
        route = owner.routes.get(self.path, Route(b"<html><title>Not here</title></html>", "text/html", status=404))
        answer = answer_to(route, asked)
        self._send_head(route, answer)
        if self.command == "HEAD":
            return
        try:
            self._send_body(route, answer)
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the requests are kept in `WebServer.requests`."""

    def _send_head(self, route: Route, answer: Answer) -> None:
        self.send_response(answer.status)
        for key, value in answer.headers.items():
            self.send_header(key, value)
        if route.length == "chunked":
            self.send_header("Transfer-Encoding", "chunked")
        elif route.length == "missing" and answer.status == 200:
            self.close_connection = True
            self.send_header("Connection", "close")
        elif answer.status != 304:
            said = route.length if isinstance(route.length, int) else answer.end - answer.first
            self.send_header("Content-Length", str(said))
        self.end_headers()

    def _send_body(self, route: Route, answer: Answer) -> None:
        is_plain = not _is_paced(route) and route.length != "chunked"
        with _opened(route.body) as file:
            if is_plain and isinstance(route.body, Path):
                self.wfile.flush()
                self.connection.sendfile(file, answer.first, answer.end - answer.first)
                return
            file.seek(answer.first)
            sent = 0
            for chunk in self._paced(route, file, answer.end - answer.first, _stalls(route, answer)):
                if route.length == "chunked":
                    chunk = b"%x\r\n%s\r\n" % (len(chunk), chunk)
                self.wfile.write(chunk)
                sent += len(chunk)
            if route.length == "chunked" and not self.is_cut:
                self.wfile.write(b"0\r\n\r\n")
        if isinstance(route.length, int) and sent < route.length:
            self.close_connection = True

    def _paced(self, route: Route, file: BinaryIO, size: int, stalls: set[int]) -> Iterator[bytes]:
        """The bytes to send, at the route's rate, up to where it breaks off."""
        closing = self.server.owner.closing
        began = time.monotonic()
        sent = 0
        stops = [*stalls, *(each for each in (route.cut_after,) if each is not None)]
        step = _CHUNK if route.rate is None else max(1, min(_CHUNK, int(route.rate / 50)))
        while sent < size and not closing.is_set():
            if sent in stalls:
                began += self._stall()
            limit = min([size, *(stop for stop in stops if stop > sent)])
            chunk = file.read(min(step, limit - sent))
            yield chunk
            sent += len(chunk)
            if route.rate is not None:
                closing.wait(max(0.0, began + sent / route.rate - time.monotonic()))
            if sent == route.cut_after:
                self._cut()
                return

    def _stall(self) -> float:
        """Send nothing until `resume`; for how many seconds that was."""
        began = time.monotonic()
        self.wfile.flush()
        self.server.owner.reached.set()
        self.server.owner.resume.wait()
        return time.monotonic() - began

    def _cut(self) -> None:
        """End the connection behind what was sent: the client sees that something is missing."""
        self.wfile.flush()
        self.close_connection = self.is_cut = True
        self.connection.shutdown(socket.SHUT_WR)


def _is_paced(route: Route) -> bool:
    """Whether it is not sent in one go, as fast as it goes."""
    return any(each is not None for each in (route.cut_after, route.stall_after, route.stall_at, route.rate))


def _stalls(route: Route, answer: Answer) -> set[int]:
    """Behind how many bytes of this answer it falls silent."""
    after = {route.stall_after} if route.stall_after is not None else set()
    return after | ({max(0, route.stall_at - answer.first)} if route.stall_at is not None else set())


def _opened(body: bytes | Path) -> BinaryIO:
    return body.open("rb") if isinstance(body, Path) else io.BytesIO(body)
