"""The lock on a profile, and the socket by which the running program is spoken to."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from player.core.errors import NotRunningError, ProfileInUseError
from player.system.paths import Profile, open_profile
from player.system.single_instance import ControlServer, InstanceLock, ask


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return open_profile(tmp_path / "profile")


def test_a_second_program_is_refused_until_the_first_lets_go(profile: Profile) -> None:
    lock = InstanceLock(profile)
    with pytest.raises(ProfileInUseError):
        InstanceLock(profile)
    lock.release()
    InstanceLock(profile).release()


def test_a_dead_programs_lock_is_taken(profile: Profile) -> None:
    profile.lock.write_text(f"999999\npython\n{Path('/etc/hostname').read_text().strip()}\n")
    InstanceLock(profile).release()


def test_nobody_answers_when_none_runs(profile: Profile, qapp: object) -> None:
    with pytest.raises(NotRunningError):
        ask(profile, {"command": "status"})


_ASK = """
import json, pathlib, sys
from player.core.errors import NotRunningError
from player.system.paths import Profile
from player.system.single_instance import ask
try:
    answer = ask(Profile(pathlib.Path(sys.argv[1])), json.loads(sys.argv[2]))
except NotRunningError as error:
    answer = {"raised": type(error).__name__}
print(json.dumps(answer))
"""


class Asking:
    """Asks from another program, as it is in life, while the server's loop runs here."""

    def __init__(self, profile: Profile, qtbot: QtBot) -> None:
        self._profile = profile
        self._qtbot = qtbot

    def __call__(self, request: dict[str, Any]) -> dict[str, Any]:
        command = [sys.executable, "-c", _ASK, str(self._profile.folder), json.dumps(request)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
            self._qtbot.waitUntil(lambda: program.poll() is not None, timeout=20_000)
            assert program.stdout is not None
            return dict(json.loads(program.stdout.read()))


@pytest.fixture
def asking(profile: Profile, qtbot: QtBot) -> Asking:
    return Asking(profile, qtbot)


@pytest.fixture
def server(profile: Profile, qapp: object) -> Iterator[ControlServer]:
    server = ControlServer(profile, lambda request, reply: reply({"ok": True, "echo": request}))
    yield server
    server.close()


def test_a_request_is_answered(server: ControlServer, asking: Asking) -> None:
    assert asking({"command": "goto", "place": "Stargate – ü"}) == {
        "ok": True,
        "echo": {"command": "goto", "place": "Stargate – ü"},
    }


def test_a_dead_programs_socket_is_in_nobodys_way(profile: Profile, asking: Asking) -> None:
    first = ControlServer(profile, lambda _, reply: reply({"who": "first"}))
    first.close()
    second = ControlServer(profile, lambda _, reply: reply({"who": "second"}))
    assert asking({})["who"] == "second"
    second.close()


def test_who_asks_a_program_that_is_closed_meanwhile_is_told(profile: Profile, asking: Asking) -> None:
    ending = ControlServer(profile, lambda _request, _reply: QTimer.singleShot(0, lambda: ending.close()))
    assert asking({}) == {"raised": "ClosedError"}
    assert asking({}) == {"raised": "NotRunningError"}
