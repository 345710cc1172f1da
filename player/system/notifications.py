"""Short messages of the desktop, which the listener may click: org.freedesktop.Notifications on the session's D-Bus.

Must not know what is told. Other systems than Linux, and desktops without such a service, show nothing.
https://specifications.freedesktop.org/notification/latest/
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from player.system.bus_errors import bus_errors

if TYPE_CHECKING:
    from jeepney import Message
    from jeepney.io.threading import DBusConnection

_NAME, _PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
_PATIENCE = 2.0
"""Seconds in which a service that is there answers."""

_log = logging.getLogger(__name__)


class DesktopNotifier:
    """Shows messages; `on_clicked` gets, on a thread of its own, the number that a clicked one was shown with."""

    def __init__(self, on_clicked: Callable[[int], None], icon: str = "") -> None:
        """`icon` is the path of a picture, or the name of one that the desktop knows."""
        self._on_clicked = on_clicked
        self._icon = icon
        self._lock = threading.Lock()
        self._connection: DBusConnection | None = None
        self._has_markup = False
        self._sent: dict[int, int] = {}
        self._shown: dict[int, int] = {}

    def show(self, heading: str, text: str, number: int, words: str) -> None:
        """Show a message with a button `words`, and wait until it is sent. Where that is not possible, nothing happens.

        Not on the home thread: a service may have to be started first.
        """
        if sys.platform != "linux":
            return

        known = bus_errors()
        try:
            with self._lock:
                connection = self._connection or self._connect()
                serial = next(connection.outgoing_serial)
                self._sent[serial] = number
                connection.send(self._message(heading, text, words), serial=serial)
        except known as error:
            _log.info("no message of the desktop: %s", error)

    def close(self) -> None:
        """Listen to clicks no longer. What is shown stays."""
        with self._lock:
            connection, self._connection = self._connection, None
        if connection is not None:
            connection.interrupt()

    def _connect(self) -> DBusConnection:
        from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
        from jeepney.io.threading import DBusRouter, Proxy, open_dbus_connection
        from jeepney.wrappers import unwrap_msg

        connection = open_dbus_connection("SESSION", auth_timeout=_PATIENCE)
        try:
            with DBusRouter(connection) as router:
                Proxy(message_bus, router, timeout=_PATIENCE).AddMatch(
                    MatchRule(type="signal", interface=_NAME, path=_PATH)
                )
                ask = new_method_call(DBusAddress(_PATH, _NAME, _NAME), "GetCapabilities")
                capabilities = unwrap_msg(router.send_and_get_reply(ask, timeout=_PATIENCE))[0]
        except BaseException:
            connection.close()
            raise
        self._has_markup = "body-markup" in capabilities
        self._connection = connection
        threading.Thread(target=self._listen, args=(connection,), name="earmark-notifications", daemon=True).start()
        return connection

    def _message(self, heading: str, text: str, words: str) -> Message:
        from jeepney import DBusAddress, new_method_call

        text = escape(text, quote=False) if self._has_markup else text
        # Some desktops show the default action as a button, for which it needs words.
        actions, hints = ["default", words], {"desktop-entry": ("s", "earmark")}
        body = ("Earmark", 0, self._icon, heading, text, actions, hints, -1)
        return new_method_call(DBusAddress(_PATH, _NAME, _NAME), "Notify", "susssasa{sv}i", body)

    # On the thread that listens

    def _listen(self, connection: DBusConnection) -> None:
        from jeepney.io.threading import ReceiveStopped

        try:
            while True:
                self._take(connection.receive())
        except ReceiveStopped:
            pass
        except OSError as error:
            _log.info("the desktop's messages are no longer listened to: %s", error)
        with self._lock:
            if self._connection is connection:
                self._connection = None
            connection.close()

    def _take(self, message: Message) -> None:
        from jeepney import HeaderFields, MessageType

        fields = message.header.fields
        sent = self._sent.pop(int(fields.get(HeaderFields.reply_serial, -1)), None)
        if message.header.message_type is MessageType.method_return and sent is not None:
            self._shown[message.body[0]] = sent
        elif message.header.message_type is MessageType.error:
            _log.info("no message of the desktop: %s", message.body)
        elif message.header.message_type is MessageType.signal:
            is_click = fields.get(HeaderFields.member) == "ActionInvoked"
            is_over = fields.get(HeaderFields.member) == "NotificationClosed"
            number = self._shown.pop(message.body[0], None) if is_click or is_over else None
            if is_click and number is not None:
                self._on_clicked(number)
