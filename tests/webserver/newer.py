"""A server that speaks HTTP/2 over TLS and nothing else: it refuses a handshake that does not offer it."""

from __future__ import annotations

import socket
import ssl
import threading
from types import TracebackType

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived, StreamEnded, WindowUpdated
from h2.exceptions import ProtocolError

from webserver.routes import Route, answer_to
from webserver.server import CERTIFICATES, Request

_OFFER = b"\x02h2"
_ALERT = bytes([21, 3, 3, 0, 2, 2, 120])
"""RFC 7301, 3.2: the fatal alert no_application_protocol."""


class NewerServer:
    """Serves routes on a free port of loopback until it is closed.

    `is_rude`: it takes every handshake, and answers HTTP/1.1 with status 505.
    """

    def __init__(self, *, is_rude: bool = False) -> None:
        self.routes: dict[str, Route] = {}
        self.requests: list[Request] = []
        self.refused = 0
        """How many connections did not offer HTTP/2."""
        self._is_rude = is_rude
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(CERTIFICATES / "local.pem")
        self._tls.set_alpn_protocols(["h2"])
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def __enter__(self) -> NewerServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for connection in list(self._open):
            connection.close()
        for thread in self._threads:
            thread.join()

    def __setitem__(self, path: str, route: Route) -> None:
        self.routes[path] = route

    def url(self, path: str) -> str:
        """The full address of a path."""
        return f"https://127.0.0.1:{self._listening.getsockname()[1]}{path}"

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, plain: socket.socket) -> None:
        offers = _OFFER in plain.recv(4096, socket.MSG_PEEK)
        self.refused += not offers
        if not offers and not self._is_rude:
            plain.recv(4096)
            plain.sendall(_ALERT)
            plain.close()
            return
        try:
            with self._tls.wrap_socket(plain, server_side=True) as connection:
                self._open.add(connection)
                if offers:
                    _Speaking(self, connection).go_on()
                else:
                    connection.recv(4096)
                    connection.sendall(b"HTTP/1.1 505 HTTP Version Not Supported\r\nContent-Length: 0\r\n\r\n")
        except (OSError, ProtocolError):
            return  # the client went away, as many tests are about
        finally:
            self._open.discard(plain)


class _Speaking:
    """One connection: one request after another, as in HTTP/1.1."""

    def __init__(self, server: NewerServer, connection: ssl.SSLSocket) -> None:
        self._server = server
        self._connection = connection
        self._state = H2Connection(H2Configuration(client_side=False))
        self._left: dict[int, bytes] = {}
        self._cut: int | None = None
        """The stream that breaks off once its body was sent as far as it is to come."""
        self._is_cut = False

    def go_on(self) -> None:
        """Answer until the client or the server ends it."""
        self._state.initiate_connection()
        self._connection.sendall(self._state.data_to_send())
        while data := self._connection.recv(65536):
            for event in self._state.receive_data(data):
                if isinstance(event, RequestReceived):
                    self._begin(event)
                if isinstance(event, (RequestReceived, StreamEnded, WindowUpdated)):
                    self._send_more()
            self._connection.sendall(self._state.data_to_send())
            if self._is_cut:
                return

    def _begin(self, event: RequestReceived) -> None:
        said = {key.decode(): value.decode() for key, value in event.headers}
        asked = {key.title(): value for key, value in said.items()}
        path = said[":path"]
        self._server.requests.append(Request(said[":method"], path, asked))
        route = self._server.routes.get(path, Route(b"", status=404))
        answer = answer_to(route, asked)
        assert isinstance(route.body, bytes)
        body = route.body[answer.first : answer.end]
        headers = {**answer.headers, "Content-Length": str(len(body))}
        fields = [(":status", str(answer.status)), *((key.lower(), value) for key, value in headers.items())]
        stream = event.stream_id
        assert stream is not None
        self._state.send_headers(stream, fields)
        self._left[stream] = body if route.cut_after is None else body[: route.cut_after]
        self._cut = stream if route.cut_after is not None else None

    def _send_more(self) -> None:
        """As much of each body as the client lets come."""
        for stream, left in list(self._left.items()):
            while left:
                room = min(self._state.local_flow_control_window(stream), self._state.max_outbound_frame_size)
                if room <= 0:
                    break
                self._state.send_data(stream, left[:room])
                left = left[room:]
            self._left[stream] = left
            if not left:
                del self._left[stream]
                self._is_cut = stream == self._cut
                if not self._is_cut:
                    self._state.end_stream(stream)
