"""What every fake D-Bus does: it lets clients in, and ends. Must not know what it is asked for."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from jeepney import Message, Parser

_LAST_WORD = b"BEGIN\r\n"


def messages(connection: socket.socket) -> Iterator[Message]:
    """Let a client without rights in (D-Bus specification, Authentication Protocol); then its messages, to its end."""
    head = b""
    while _LAST_WORD not in head:
        head += connection.recv(100)
        if head.endswith(b"\r\n") and _LAST_WORD not in head:
            connection.sendall(b"OK 1234deadbeef\r\n")
    parser = Parser()
    # The first message may have come together with the last word of the greeting.
    data = head.partition(_LAST_WORD)[2] or connection.recv(4096)
    while data:
        yield from parser.feed(data)
        data = connection.recv(4096)


class FakeBus:
    """A bus at a path of its own. Its clients are served one after another, each until one side hangs up."""

    def __init__(self, path: Path, serve: Callable[[socket.socket], None]) -> None:
        """`serve` is called on a thread, with a client that has connected."""
        self.client: socket.socket | None = None
        self._serve_client = serve
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(path))
        self._listening.listen()
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()

    def hang_up(self) -> None:
        """Leave the client, if there is one."""
        if self.client is not None:
            with contextlib.suppress(OSError):
                self.client.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Leave, and let nobody in any more."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self.hang_up()
        self._thread.join()
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                self.client, _ = self._listening.accept()
            except OSError:
                return
            with self.client:
                self._serve_client(self.client)
