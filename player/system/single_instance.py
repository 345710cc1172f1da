"""One program for each profile: the lock, and the local socket by which the running one is spoken to.

Must not know what the messages mean. A message is one JSON object on one line, answered by one JSON object on one line.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QLockFile, QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from player.core.errors import ClosedError, NotRunningError, ProfileInUseError
from player.system.paths import Profile

Message = dict[str, Any]
ReplyTo = Callable[[Message], None]
Handler = Callable[[Message, ReplyTo], None]
"""Takes a request and a function that sends the reply, now or later, from the thread of the server."""

_LONGEST_LINE = 1_000_000
_HEARD_AFTER_MS = 200
_CONNECTED = QLocalSocket.LocalSocketState.ConnectedState
_log = logging.getLogger(__name__)


class InstanceLock:
    """The lock on a profile; whoever holds it is the one program that writes there."""

    def __init__(self, profile: Profile) -> None:
        """Take the lock; raises ProfileInUseError when another program holds it. A dead program's lock is taken."""
        self._file = QLockFile(str(profile.lock))
        self._file.setStaleLockTime(0)
        if not self._file.tryLock(0):
            raise ProfileInUseError(str(profile.folder))

    def release(self) -> None:
        """Let go of the profile."""
        self._file.unlock()


class ControlServer(QObject):
    """Listens on the profile's socket and hands each request to `handle`, until `close`. Needs a running event loop."""

    def __init__(self, profile: Profile, handle: Handler) -> None:
        super().__init__()
        self._handle = handle
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connected)
        self._connections: set[QLocalSocket] = set()
        # The profile's lock is ours, so a socket of that name is a dead program's.
        QLocalServer.removeServer(profile.socket_name)
        if not self._server.listen(profile.socket_name):
            _log.warning("no control socket: %s", self._server.errorString())

    def close(self) -> None:
        """Stop listening, and end the conversations that are open."""
        self._server.close()
        for connection in list(self._connections):
            connection.abort()

    def _on_connected(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            self._connections.add(connection)
            connection.readyRead.connect(partial(self._on_ready, connection))
            connection.disconnected.connect(partial(self._on_gone, connection))
            self._on_ready(connection)

    def _on_gone(self, connection: QLocalSocket) -> None:
        self._connections.discard(connection)
        connection.deleteLater()

    def _on_ready(self, connection: QLocalSocket) -> None:
        while connection.canReadLine():
            line = bytes(connection.readLine(_LONGEST_LINE).data())
            try:
                request = json.loads(line)
            except ValueError:
                request = None
            if not isinstance(request, dict):
                self._reply(connection, {"ok": False, "error": "that is no JSON object"})
                continue
            self._handle(request, partial(self._reply, connection))

    def _reply(self, connection: QLocalSocket, reply: Message) -> None:
        if connection in self._connections:
            connection.write(json.dumps(reply).encode() + b"\n")
            connection.flush()


def ask(profile: Profile, request: Message, timeout_ms: int = 10_000) -> Message:
    """Send one request to the program that has the profile open and wait for its reply.

    Raises NotRunningError when there is none, or it does not answer in time, ClosedError when it ends before that.
    """
    application = QCoreApplication.instance() or QCoreApplication(["earmark"])
    connection = QLocalSocket()
    connection.connectToServer(profile.socket_name)
    if not connection.waitForConnected(1000):
        raise NotRunningError
    connection.write(json.dumps(request).encode() + b"\n")
    connection.waitForBytesWritten(timeout_ms)
    deadline = QDeadlineTimer(timeout_ms)
    while not connection.canReadLine():
        # While Qt waits, Ctrl+C is not heard.
        is_there = connection.waitForReadyRead(_HEARD_AFTER_MS) or connection.state() is _CONNECTED
        if not is_there:
            raise ClosedError
        if deadline.hasExpired():
            raise NotRunningError
    reply = json.loads(bytes(connection.readLine(_LONGEST_LINE).data()))
    connection.disconnectFromServer()
    del application
    return dict(reply)
