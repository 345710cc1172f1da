"""Whether the network is metered (its owner counts bytes), as NetworkManager tells on the system's D-Bus.

Must not know what is done about it. Other systems than Linux, and those without NetworkManager, tell nothing.
https://networkmanager.dev/docs/api/latest/gdbus-org.freedesktop.NetworkManager.html, NMMetered
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from player.system.bus_errors import bus_errors

if TYPE_CHECKING:
    from jeepney import Message
    from jeepney.io.threading import DBusConnection

_NAME, _PATH = "org.freedesktop.NetworkManager", "/org/freedesktop/NetworkManager"
_METERED = frozenset((1, 3))
"""Yes, and: it looks so. 0 is unknown, 2 and 4 are no."""
_PATIENCE = 5.0
"""Seconds in which a service that is there answers."""

_log = logging.getLogger(__name__)


class MeteredWatch:
    """Tells on a thread of its own, at first and after each change, whether the network is metered."""

    def __init__(self, on_told: Callable[[bool], None]) -> None:
        self._on_told = on_told
        self._lock = threading.Lock()
        self._connection: DBusConnection | None = None
        self._is_closed = False

    def start(self) -> None:
        """Begin to ask. Where nobody answers, nothing is told."""
        if sys.platform == "linux":
            threading.Thread(target=self._watch, name="earmark-network", daemon=True).start()

    def close(self) -> None:
        """Tell nothing any more."""
        with self._lock:
            self._is_closed = True
            connection = self._connection
        if connection is not None:
            connection.interrupt()

    # On the thread that listens

    def _watch(self) -> None:
        from jeepney.io.threading import ReceiveStopped

        known = bus_errors()
        try:
            with self._connect() as connection:
                asked = self._ask(connection)
                while True:
                    self._take(connection.receive(), asked)
        except ReceiveStopped:
            pass
        except known as error:
            _log.info("nobody tells whether the network is metered: %s", error)

    def _connect(self) -> DBusConnection:
        """A connection on which changes will arrive. Raises as jeepney does."""
        from jeepney.io.threading import open_dbus_connection

        connection = open_dbus_connection("SYSTEM", auth_timeout=_PATIENCE)
        with self._lock:
            self._connection = connection
            if self._is_closed:
                connection.interrupt()
        return connection

    @staticmethod
    def _ask(connection: DBusConnection) -> int:
        """Ask for changes and for what holds now, whose serial comes back. Answers come as changes do: none is lost."""
        from jeepney import DBusAddress, MatchRule, Properties, message_bus

        rule = MatchRule(type="signal", interface="org.freedesktop.DBus.Properties", path=_PATH)
        connection.send(message_bus.AddMatch(rule))
        serial: int = next(connection.outgoing_serial)
        connection.send(Properties(DBusAddress(_PATH, _NAME, _NAME)).get("Metered"), serial=serial)
        return serial

    def _take(self, message: Message, asked: int) -> None:
        from jeepney import HeaderFields, MessageType
        from jeepney.wrappers import unwrap_msg

        if message.header.fields.get(HeaderFields.reply_serial) == asked:
            self._tell(unwrap_msg(message)[0][1])
        elif message.header.message_type is MessageType.signal and len(message.body) == 3:
            interface, changed, _ = message.body
            if interface == _NAME and "Metered" in changed:
                self._tell(changed["Metered"][1])

    def _tell(self, metered: int) -> None:
        self._on_told(metered in _METERED)
