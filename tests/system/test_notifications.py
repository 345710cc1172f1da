"""Messages of the desktop: shown by a service on a D-Bus of the test's own, clicked, and missing without it."""

from __future__ import annotations

import queue
import socket
import sys
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)

from fakebus import FakeBus, messages
from player.system.notifications import DesktopNotifier

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="org.freedesktop.Notifications is there on Linux")

_FROM = DBusAddress("/org/freedesktop/Notifications", interface="org.freedesktop.Notifications")


class Desktop(FakeBus):
    """A session's D-Bus with a service for messages behind it, as far as one client needs them."""

    def __init__(self, path: Path) -> None:
        self.notified: queue.Queue[tuple[object, ...]] = queue.Queue()
        self.capabilities = ["body", "body-markup", "actions"]
        self.has_service = True
        self.connected = 0
        self._serials, self._numbers = count(1), count(7)
        super().__init__(path, self._serve)

    def tell(self, member: str, signature: str, *values: object) -> None:
        """Emit a signal of the service."""
        assert self.client is not None
        self.client.sendall(new_signal(_FROM, member, signature, values).serialise(next(self._serials)))

    def _serve(self, client: socket.socket) -> None:
        self.connected += 1
        self._answer(client)

    def _answer(self, client: socket.socket) -> None:
        for message in messages(client):
            client.sendall(self._reply(message).serialise(next(self._serials)))
            if message.header.fields[HeaderFields.member] == "Notify":
                self.notified.put(message.body)

    def _reply(self, message: Message) -> Message:
        assert message.header.message_type is MessageType.method_call
        member = message.header.fields[HeaderFields.member]
        if member == "Hello":
            return new_method_return(message, "s", (":1.1",))
        if member == "AddMatch":
            return new_method_return(message)
        if not self.has_service:
            return new_error(message, "org.freedesktop.DBus.Error.ServiceUnknown", "s", ("no such service",))
        if member == "GetCapabilities":
            return new_method_return(message, "as", (self.capabilities,))
        return new_method_return(message, "u", (next(self._numbers),))


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'bus'}")
    desktop = Desktop(tmp_path / "bus")
    yield desktop
    desktop.close()


@pytest.fixture
def clicks() -> queue.Queue[int]:
    return queue.Queue()


@pytest.fixture
def notifier(clicks: queue.Queue[int]) -> Iterator[DesktopNotifier]:
    notifier = DesktopNotifier(clicks.put, "/earmark.svg")
    yield notifier
    notifier.close()


def test_shown_and_clicked(desktop: Desktop, notifier: DesktopNotifier, clicks: queue.Queue[int]) -> None:
    notifier.show("A podcast", "Salt & <light>", 41, "Show")
    shown = desktop.notified.get(timeout=5)
    assert shown[:5] == ("Earmark", 0, "/earmark.svg", "A podcast", "Salt &amp; &lt;light&gt;")
    assert shown[5:] == (["default", "Show"], {"desktop-entry": ("s", "earmark")}, -1)
    notifier.show("Another", "Two", 42, "Show")
    desktop.notified.get(timeout=5)
    desktop.tell("ActionInvoked", "us", 99, "default")
    desktop.tell("ActionInvoked", "us", 7, "default")
    assert clicks.get(timeout=5) == 41
    desktop.tell("ActionInvoked", "us", 7, "default")
    desktop.tell("ActionInvoked", "us", 8, "default")
    assert clicks.get(timeout=5) == 42
    assert desktop.connected == 1


def test_text_as_it_is_where_there_is_no_markup(desktop: Desktop, notifier: DesktopNotifier) -> None:
    desktop.capabilities = ["body"]
    notifier.show("A podcast", "Salt & <light>", 41, "Show")
    assert desktop.notified.get(timeout=5)[4] == "Salt & <light>"


def test_one_that_was_put_away_is_not_clicked(
    desktop: Desktop, notifier: DesktopNotifier, clicks: queue.Queue[int]
) -> None:
    for number in (41, 42):
        notifier.show("A podcast", "One", number, "Show")
        desktop.notified.get(timeout=5)
    desktop.tell("NotificationClosed", "uu", 7, 2)
    desktop.tell("ActionInvoked", "us", 7, "default")
    desktop.tell("ActionInvoked", "us", 8, "default")
    assert clicks.get(timeout=5) == 42


def test_a_bus_that_hung_up_is_called_again(
    desktop: Desktop, notifier: DesktopNotifier, clicks: queue.Queue[int]
) -> None:
    notifier.show("A podcast", "One", 41, "Show")
    desktop.notified.get(timeout=5)
    listener = next(each for each in threading.enumerate() if each.name == "earmark-notifications")
    desktop.hang_up()
    listener.join(5)
    notifier.show("A podcast", "Two", 42, "Show")
    assert desktop.notified.get(timeout=5)[4] == "Two"
    assert desktop.connected == 2
    assert clicks.empty()


def test_without_a_service(desktop: Desktop, notifier: DesktopNotifier) -> None:
    desktop.has_service = False
    notifier.show("A podcast", "One", 41, "Show")
    assert desktop.notified.empty()


@pytest.mark.parametrize("address", [None, "unix:path=/nowhere/at/all", "tcp:host=127.0.0.1", "nonsense"])
def test_without_a_bus(address: str | None, notifier: DesktopNotifier, monkeypatch: pytest.MonkeyPatch) -> None:
    if address is None:
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    else:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    notifier.show("A podcast", "One", 41, "Show")
    notifier.close()
