"""Keeps the computer from falling asleep: asks the desktop's portal, else its power management, else logind.

Must not know why. The screen may go dark. Where nobody can be asked, the computer sleeps when it likes.
https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Inhibit.html
https://www.freedesktop.org/wiki/Specifications/power-management-spec/
https://systemd.io/INHIBITOR_LOCKS/
"""

from __future__ import annotations

import logging
import queue
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from player.system.bus_errors import bus_errors

if TYPE_CHECKING:
    from jeepney import Message
    from jeepney.io.threading import DBusConnection

_PATIENCE = 3.0
"""Seconds in which somebody who is there answers."""
_SUSPEND = 4
"""What the portal is asked not to do."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Way:
    """Whom to ask on which bus, and how. What it grants lasts as long as the connection, or the lock that comes."""

    bus: str
    name: str
    path: str
    interface: str
    signature: str
    body: tuple[Any, ...]

    def call(self) -> Message:
        from jeepney import DBusAddress, new_method_call

        return new_method_call(DBusAddress(self.path, self.name, self.interface), "Inhibit", self.signature, self.body)


def _ways(reason: str) -> tuple[_Way, ...]:
    portal, power, login = "org.freedesktop.portal", "org.freedesktop.PowerManagement", "org.freedesktop.login1"
    options = {"reason": ("s", reason)}
    return (
        _Way(
            "SESSION",
            f"{portal}.Desktop",
            "/org/freedesktop/portal/desktop",
            f"{portal}.Inhibit",
            "sua{sv}",
            ("", _SUSPEND, options),
        ),
        _Way(
            "SESSION", power, "/org/freedesktop/PowerManagement/Inhibit", f"{power}.Inhibit", "ss", ("Earmark", reason)
        ),
        _Way(
            "SYSTEM",
            login,
            "/org/freedesktop/login1",
            f"{login}.Manager",
            "ssss",
            ("idle", "Earmark", reason, "block"),
        ),
    )


class StayingAwake:
    """Awake or not, as was said last; on a thread of its own, which begins with the first word."""

    def __init__(self, reason: str) -> None:
        """`reason` is shown by desktops that list who keeps them awake."""
        self._reason = reason
        self._said: queue.SimpleQueue[bool | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._is_awake = False

    def keep(self, *, is_awake: bool) -> None:
        """Keep the computer awake from now on, or no longer. Returns at once; not from several threads."""
        if is_awake == self._is_awake or sys.platform != "linux":
            return
        self._is_awake = is_awake
        self._said.put(is_awake)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="earmark-awake", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Let it sleep, and end."""
        self._said.put(None)

    # On the thread

    def _run(self) -> None:
        held: _Held | None = None
        while (is_awake := self._said.get()) is not None:
            if held is not None:
                held.release()
            held = self._hold() if is_awake else None
        if held is not None:
            held.release()

    def _hold(self) -> _Held | None:
        for way in _ways(self._reason):
            held = _ask(way)
            if held is not None:
                return held
        return None


@dataclass(frozen=True, slots=True)
class _Held:
    """What keeps the computer awake: the connection on which it was asked for, and the lock that came back."""

    connection: DBusConnection
    answer: Message

    def release(self) -> None:
        for each in self.answer.body:
            # The lock of logind, a file descriptor.
            if hasattr(each, "close"):
                each.close()
        self.connection.close()


def _ask(way: _Way) -> _Held | None:
    from jeepney import MessageType
    from jeepney.io.threading import DBusRouter, open_dbus_connection

    known = bus_errors()
    try:
        connection = open_dbus_connection(way.bus, enable_fds=way.bus == "SYSTEM", auth_timeout=_PATIENCE)
    except known as error:
        _log.info("nobody to ask on the %s bus to stay awake: %s", way.bus.lower(), error)
        return None
    try:
        with DBusRouter(connection) as router:
            answer = router.send_and_get_reply(way.call(), timeout=_PATIENCE)
        if answer.header.message_type is MessageType.method_return:
            return _Held(connection, answer)
        _log.info("%s does not keep the computer awake: %s", way.name, answer.body)
    except known as error:
        _log.info("%s does not keep the computer awake: %s", way.name, error)
    with suppress(OSError):
        connection.close()
    return None
