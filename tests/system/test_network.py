"""Whether the network is metered: told by a NetworkManager on a D-Bus of the test's own, and by nobody without it."""

from __future__ import annotations

import contextlib
import queue
import socket
import sys
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from jeepney import DBusAddress, HeaderFields, Message, new_error, new_method_return, new_signal

from fakebus import FakeBus, messages
from player.system.network import MeteredWatch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="NetworkManager is there on Linux")

_FROM = DBusAddress("/org/freedesktop/NetworkManager", interface="org.freedesktop.DBus.Properties")


class System(FakeBus):
    """A system's D-Bus with NetworkManager behind it, as far as one client needs them."""

    def __init__(self, path: Path) -> None:
        self.metered = 4
        self.has_service = True
        self._serials = count(1)
        super().__init__(path, self._serve)

    def change(self, interface: str, name: str, value: int) -> None:
        """Tell that a property is another one now."""
        assert self.client is not None
        body: tuple[str, dict[str, tuple[str, int]], list[str]] = (interface, {name: ("u", value)}, [])
        self.client.sendall(new_signal(_FROM, "PropertiesChanged", "sa{sv}as", body).serialise(next(self._serials)))

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            for message in messages(client):
                client.sendall(self._answer(message).serialise(next(self._serials)))

    def _answer(self, message: Message) -> Message:
        match message.header.fields.get(HeaderFields.member):
            case "Hello":
                return new_method_return(message, "s", (":1.1",))
            case "Get" if self.has_service:
                assert message.body == ("org.freedesktop.NetworkManager", "Metered")
                return new_method_return(message, "v", (("u", self.metered),))
            case "Get":
                return new_error(message, "org.freedesktop.DBus.Error.ServiceUnknown")
        return new_method_return(message)


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[System]:
    path = tmp_path / "bus"
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={path}")
    system = System(path)
    yield system
    system.close()


def test_it_is_told_at_first_and_with_each_change(system: System) -> None:
    told: queue.Queue[bool] = queue.Queue()
    watch = MeteredWatch(told.put)
    watch.start()
    assert told.get(timeout=20) is False
    system.change("org.freedesktop.NetworkManager", "State", 70)
    system.change("org.freedesktop.NetworkManager.Other", "Metered", 1)
    for metered in (1, 2, 3, 0):
        system.change("org.freedesktop.NetworkManager", "Metered", metered)
    assert [told.get(timeout=20) for _ in range(4)] == [True, False, True, False]
    watch.close()


def test_without_anybody_who_knows_nothing_is_told(system: System) -> None:
    system.has_service = False
    told: list[bool] = []
    watch = MeteredWatch(told.append)
    watch.start()
    for thread in threading.enumerate():
        if thread.name == "earmark-network":
            thread.join(20)
    assert told == []
    watch.close()
