"""The computer stays awake: asked of whoever is on two D-Buses of the test's own, in their order, and of nobody."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import socket
import sys
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from jeepney import HeaderFields, Message, new_error, new_method_return

from fakebus import FakeBus, messages
from player.system.staying_awake import StayingAwake

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these services are there on Linux")

PORTAL, POWER = "org.freedesktop.portal.Desktop", "org.freedesktop.PowerManagement"


class Session(FakeBus):
    """A session's D-Bus on which some services are; `told` has what they were asked and, as None, each hanging up."""

    def __init__(self, path: Path) -> None:
        self.services: set[str] = set()
        self.told: queue.Queue[tuple[object, ...] | None] = queue.Queue()
        self._serials = count(1)
        super().__init__(path, self._serve)

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            asked = False
            for message in messages(client):
                client.sendall(self._answer(message).serialise(next(self._serials)))
                asked = asked or message.header.fields.get(HeaderFields.destination) in self.services
            if asked:
                self.told.put(None)

    def _answer(self, message: Message) -> Message:
        name = message.header.fields.get(HeaderFields.destination)
        if message.header.fields[HeaderFields.member] == "Hello":
            return new_method_return(message, "s", (":1.1",))
        if name not in self.services:
            return new_error(message, "org.freedesktop.DBus.Error.ServiceUnknown", "s", ("nobody",))
        self.told.put((name, *message.body))
        if name == PORTAL:
            return new_method_return(message, "o", ("/org/freedesktop/portal/desktop/request/1",))
        return new_method_return(message, "u", (5,))


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'bus'}")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'no-system-bus'}")
    session = Session(tmp_path / "bus")
    yield session
    session.close()


@pytest.fixture
def awake() -> Iterator[StayingAwake]:
    awake = StayingAwake("A podcast plays")
    yield awake
    awake.close()
    for thread in threading.enumerate():
        if thread.name == "earmark-awake":
            thread.join(20)
            assert not thread.is_alive()


def test_the_portal_is_asked_once_and_let_go(session: Session, awake: StayingAwake) -> None:
    session.services |= {PORTAL, POWER}
    for _ in range(3):
        awake.keep(is_awake=True)
    assert session.told.get(timeout=20) == (PORTAL, "", 4, {"reason": ("s", "A podcast plays")})
    awake.keep(is_awake=False)
    assert session.told.get(timeout=20) is None
    awake.keep(is_awake=True)
    told = session.told.get(timeout=20)
    assert told is not None
    assert told[0] == PORTAL
    awake.close()
    assert session.told.get(timeout=20) is None, "let go at the end"
    assert session.told.empty()


def test_without_a_portal_power_management_is_asked(session: Session, awake: StayingAwake) -> None:
    session.services.add(POWER)
    awake.keep(is_awake=True)
    assert session.told.get(timeout=20) == (POWER, "Earmark", "A podcast plays")


def test_logind_hands_out_a_lock_that_is_given_back(
    session: Session, awake: StayingAwake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'system'}")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(tmp_path / "system"))
    listening.listen()
    awake.keep(is_awake=True)
    client, _ = listening.accept()
    kept, lock = os.pipe()
    with listening, client:
        head = b""
        while not head.endswith(b"BEGIN\r\n"):
            head += client.recv(1 if b"NEGOTIATE" in head else 100)
            if head.endswith(b"EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n"):
                client.sendall(b"OK 1234deadbeef\r\n")
            elif head.endswith(b"NEGOTIATE_UNIX_FD\r\n"):
                client.sendall(b"AGREE_UNIX_FD\r\n")
        asked = iter(parsed(client))
        client.sendall(new_method_return(next(asked), "s", (":1.1",)).serialise(1))
        wanted = next(asked)
        assert wanted.body == ("idle", "Earmark", "A podcast plays", "block")
        fds: list[int] = []
        answer = new_method_return(wanted, "h", (_Lock(lock),))
        data = answer.serialise(2, fds=fds)
        socket.send_fds(client, [data], [lock])
        os.close(lock)
        awake.keep(is_awake=False)
        assert os.read(kept, 1) == b"", "nobody has the lock any more"
    os.close(kept)


class _Lock:
    def __init__(self, number: int) -> None:
        self._number = number

    def fileno(self) -> int:
        return self._number


def parsed(client: socket.socket) -> Iterator[Message]:
    from jeepney import Parser

    parser = Parser()
    while data := client.recv(4096):
        yield from parser.feed(data)


def test_with_nobody_to_ask_nothing_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, awake: StayingAwake, caplog: pytest.LogCaptureFixture
) -> None:
    for bus in ("SESSION", "SYSTEM"):
        monkeypatch.setenv(f"DBUS_{bus}_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    awake.keep(is_awake=True)
    awake.keep(is_awake=False)
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []
