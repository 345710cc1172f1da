"""The threads and sockets of the programmable web server."""

from __future__ import annotations

import io
import os
import select
import socket
import ssl
import struct
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from webserver.routes import Answer, Route, answer_to

_CHUNK = 64 * 1024
CERTIFICATES = Path(__file__).parent / "certificates"
"""`authority` vouches for the others: `local` is for loopback, `expired` was, `elsewhere` is for another host."""


@dataclass(frozen=True)
class Request:
    """A request that arrived. Header names are as the client wrote them; `headers` also finds their usual form."""

    method: str
    path: str
    headers: dict[str, str] = field(repr=False)


class WebServer:
    """Serves routes on a free port of `host` until it is closed. Routes may be changed at any time.

    `certificate`: the name of one of `CERTIFICATES`, to speak TLS; `alpn`: what it then offers to speak inside. It is a
    proxy, too: for http a route's path is the whole address; for https it leads each connection to `tunnel`.
    """

    def __init__(
        self, host: str = "127.0.0.1", *, certificate: str | None = None, alpn: tuple[str, ...] = ("http/1.1",)
    ) -> None:
        self.host = host
        self.tls: ssl.SSLContext | None = None
        if certificate is not None:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
            self.tls.set_alpn_protocols(list(alpn))
        self.tunnel: tuple[str, int] | None = None
        self.open: Counter[str] = Counter()
        """How many requests for each path are being answered."""
        self.most: Counter[str] = Counter()
        """How many of each there were at once, at most."""
        self.sent: Counter[str] = Counter()
        """How many bytes of a body have been sent at each path."""
        self.connections = 0
        """How many are connected."""
        self.last_taken = 0
        """The port from which the last connection that was taken came."""
        self.tickets = count()
        """One for each signed address."""
        self.used: set[str] = set()
        """The tickets that were used."""
        self.routes: dict[str, Route] = {}
        self.requests: list[Request] = []
        self.reached = threading.Event()
        """Set as soon as an answer stalls."""
        self.resume = threading.Event()
        """What stalled answers wait for."""
        self.closing = threading.Event()
        self.counting = threading.Condition()
        """Held by whoever counts what is open or sent."""
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
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[Request]:
        """The requests for one path, the oldest first."""
        return [each for each in self.requests if each.path == path]

    def wait_until_idle(self, seconds: float) -> bool:
        """Wait until nobody is connected any more; whether that was so in time.

        A client may have gone before its connection was even taken: it has been once one that came later is.
        """
        with socket.create_connection((self.host, self.port)) as last, self.counting:
            place = last.getsockname()[1]
            if not self.counting.wait_for(lambda: self.last_taken == place, seconds):
                return False
        with self.counting:
            return self.counting.wait_for(lambda: not self.connections, seconds)

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
        self.address_family = socket.AF_INET6 if ":" in owner.host else socket.AF_INET
        super().__init__((owner.host, 0), _Handler)

    def get_request(self) -> tuple[socket.socket, object]:
        connection, address = super().get_request()
        with self.owner.counting:
            self.owner.connections += 1
            self.owner.last_taken = address[1]
            self.owner.counting.notify_all()
        tls = self.owner.tls
        if tls is not None:
            # The handshake is made by the thread that answers.
            connection = tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def close_request(self, request: Any) -> None:
        """It is answered to the end, or the client went away."""
        super().close_request(request)
        with self.owner.counting:
            self.owner.connections -= 1
            self.owner.counting.notify_all()

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
        path = self.path.partition("?")[0] if self.path not in owner.routes else self.path
        route = owner.routes.get(path, Route(b"<html><title>Not here</title></html>", "text/html", status=404))
        if route.is_signed:
            route = self._signed(route)
        with owner.counting:
            owner.open[path] += 1
            owner.most[path] = max(owner.most[path], owner.open[path])
            is_too_many = route.at_once is not None and owner.open[path] > route.at_once
        try:
            if route.raw is not None:
                self.wfile.write(route.raw)
                self.close_connection = True
                return
            if is_too_many:
                route = Route(status=503, headers={"Retry-After": "1"})
            answer = answer_to(route, asked)
            if self._send_head(route, answer) and self.command != "HEAD":
                self._send_body(route, answer, path)
        except (ConnectionError, TimeoutError, ssl.SSLError):
            self.close_connection = True
        finally:
            with owner.counting:
                owner.open[path] -= 1
                owner.counting.notify_all()

    def do_CONNECT(self) -> None:
        """As a proxy does: hand bytes to and fro until one end closes."""
        owner = self.server.owner
        owner.requests.append(Request(self.command, self.path, dict(self.headers.items())))
        self.close_connection = True
        if owner.tunnel is None:
            self.send_error(403)
            return
        self.send_response(200)
        self.end_headers()
        with socket.create_connection(owner.tunnel) as far:
            other = {self.connection: far, far: self.connection}
            while not owner.closing.is_set():
                for ready in select.select(list(other), [], [], 0.05)[0]:
                    data = ready.recv(_CHUNK)
                    if not data:
                        return
                    other[ready].sendall(data)

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the requests are kept in `WebServer.requests`."""

    def _signed(self, route: Route) -> Route:
        """What a signed address gives: the file, once."""
        owner = self.server.owner
        path, _, ticket = self.path.partition("?")
        if not ticket:
            return Route(redirect=f"{path}?{next(owner.tickets)}")
        if ticket in owner.used:
            return Route(b"<Error><Code>ExpiredToken</Code></Error>", "text/xml", status=403)
        owner.used.add(ticket)
        return route

    def _send_head(self, route: Route, answer: Answer) -> bool:
        """Send the head, or what of it is to come; whether the body may follow."""
        self.send_response(answer.status)
        for key, value in answer.headers.items():
            self.send_header(key, value)
        if "chunked" in (route.length, answer.length):
            self.send_header("Transfer-Encoding", "chunked")
        elif route.length == "missing" and answer.status == 200:
            self.close_connection = True
            self.send_header("Connection", "close")
        elif answer.status != 304:
            said = route.length if isinstance(route.length, int) else answer.end - answer.first
            self.send_header("Content-Length", str(said))
        if route.cut_in_head is None and route.stall_in_head is None:
            self.end_headers()
            return True
        to_client, self.wfile = self.wfile, io.BytesIO()
        self.end_headers()
        head, self.wfile = self.wfile.getvalue(), to_client
        self.wfile.write(head[: route.cut_in_head if route.stall_in_head is None else route.stall_in_head])
        if route.stall_in_head is not None:
            self._stall()
        self._cut(route)
        return False

    def _send_body(self, route: Route, answer: Answer, path: str) -> None:
        is_chunked = "chunked" in (route.length, answer.length)
        is_plain = not _is_paced(route) and not is_chunked
        with _opened(route.body) as file:
            if is_plain and isinstance(route.body, Path):
                self.wfile.flush()
                self._count(path, self.connection.sendfile(file, answer.first, answer.end - answer.first))
                return
            file.seek(answer.first)
            sent = 0
            for chunk in self._paced(route, file, answer.end - answer.first, _stalls(route, answer)):
                self._count(path, len(chunk))
                if is_chunked:
                    chunk = b"%x\r\n%s\r\n" % (len(chunk), chunk)
                self.wfile.write(chunk)
                sent += len(chunk)
            if is_chunked and not self.is_cut:
                self.wfile.write(b"0\r\n\r\n")
        if isinstance(route.length, int) and sent < route.length:
            self.close_connection = True

    def _count(self, path: str, sent: int) -> None:
        with self.server.owner.counting:
            self.server.owner.sent[path] += sent

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
                self._cut(route)
                return

    def _stall(self) -> float:
        """Send nothing until `resume`; for how many seconds that was."""
        began = time.monotonic()
        self.wfile.flush()
        self.server.owner.reached.set()
        self.server.owner.resume.wait()
        return time.monotonic() - began

    def _cut(self, route: Route) -> None:
        """End the connection behind what was sent: the client sees that something is missing."""
        self.wfile.flush()
        self.close_connection = self.is_cut = True
        if route.is_reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach())
        else:
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
