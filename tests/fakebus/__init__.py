"""What every fake D-Bus does first. Must not know what it is asked for afterwards."""

from __future__ import annotations

import socket
from collections.abc import Iterator

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
