"""The priority of the sound: by our own right, or asked of a RealtimeKit at the other end of a socket."""

from __future__ import annotations

import os
import platform
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import Message, MessageType, new_error, new_method_return

from fakebus import FakeBus, messages
from player.system.priority import HIGH, raise_priority

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="priorities and RealtimeKit are Linux's")


class Bus(FakeBus):
    """The system's D-Bus as far as a client without rights needs it (D-Bus specification, Authentication Protocol)."""

    def __init__(self, path: Path) -> None:
        self.asked: list[tuple[str, str, object]] = []
        self.has_kit = True
        super().__init__(path, self._answer)

    def _answer(self, connection: socket.socket) -> None:
        for serial, message in enumerate(messages(connection), 1):
            connection.sendall(self._reply(message).serialise(serial))

    def _reply(self, message: Message) -> Message:
        fields = {field.name: value for field, value in message.header.fields.items()}
        assert message.header.message_type is MessageType.method_call
        if fields["member"] == "Hello":
            return new_method_return(message, "s", (":1.1",))
        self.asked.append((fields["destination"], fields["member"], message.body))
        if self.has_kit:
            return new_method_return(message)
        return new_error(message, "org.freedesktop.DBus.Error.ServiceUnknown", "s", ("no such service",))


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bus]:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'bus'}")
    bus = Bus(tmp_path / "bus")
    yield bus
    bus.close()


@pytest.fixture
def no_right(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "setpriority", refuse)


def test_who_may_takes_it() -> None:
    program = (
        "import os, threading\n"
        "from player.system.priority import raise_priority\n"
        "found = []\n"
        "print(raise_priority())\n"
        "thread = threading.Thread(target=lambda: found.append(os.getpriority(os.PRIO_PROCESS, 0)))\n"
        "thread.start()\n"
        "thread.join()\n"
        "print(found[0])\n"
    )
    if os.geteuid() != 0:
        pytest.skip("only root may raise its own priority everywhere")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", str(HIGH)]


def test_turns_are_short() -> None:
    release = tuple(int(part) for part in re.findall(r"\d+", platform.release())[:2])
    if release < (6, 12) or not Path("/proc/self/sched").exists():
        pytest.skip("this Linux has no short turns, or does not tell of them")
    program = (
        "from player.system.priority import raise_priority\nraise_priority()\nprint(open('/proc/self/sched').read())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert re.findall(r"se\.slice\s*:\s*(\d+)", done.stdout) == ["200000"]


@pytest.mark.usefixtures("no_right")
def test_who_may_not_asks_the_kit(bus: Bus) -> None:
    assert raise_priority()
    kit = "org.freedesktop.RealtimeKit1"
    assert bus.asked == [(kit, "MakeThreadHighPriority", (threading.get_native_id(), HIGH))]


@pytest.mark.usefixtures("no_right")
def test_without_a_kit_all_stays_as_it_is(bus: Bus) -> None:
    bus.has_kit = False
    assert not raise_priority()
    assert len(bus.asked) == 1


@pytest.mark.usefixtures("no_right")
def test_without_a_bus_all_stays_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    assert not raise_priority()
