"""What holds for every test: a home of its own, no network but loopback, no unexpected log record."""

from __future__ import annotations

import atexit
import gc
import json
import logging
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import certifi
import hypothesis
import pytest

from corpus import corpus_folder, has_corpus
from turns import LANES, Turns

_HOME = Path(tempfile.mkdtemp(prefix="earmark-tests-"))
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["HOME"] = str(_HOME)
for _name in ("CONFIG", "DATA", "CACHE", "STATE"):
    os.environ[f"XDG_{_name}_HOME"] = str(_HOME / _name.lower())
os.environ["XDG_RUNTIME_DIR"] = str(_HOME)
os.environ["QT_QPA_PLATFORM"] = "offscreen"
# No test may write into the keyring of whoever runs it.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
for _name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
    os.environ.pop(_name, None)

# Else each of the many processes that tests start would compile the whole program anew, which takes it half a second.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Each client of each test, and of each program that is started, would load all certificates there are:
# that takes longer than most of these tests.
_AUTHORITY = _HOME / "authority.pem"
_AUTHORITY.write_text(certifi.contents().partition("-----END CERTIFICATE-----")[0] + "-----END CERTIFICATE-----\n")
os.environ["SSL_CERT_FILE"] = str(_AUTHORITY)

# Machines are shared: no example is too slow because others compute.
hypothesis.settings.register_profile("shared", deadline=None)
hypothesis.settings.load_profile("shared")

_LOOPBACK = ("127.", "::1", "localhost")
_connect = socket.socket.connect


def _connect_to_loopback_only(self: socket.socket, address: object) -> None:
    if isinstance(address, tuple) and not str(address[0]).startswith(_LOOPBACK):
        raise ConnectionRefusedError(f"tests may not reach {address[0]}")
    _connect(self, address)  # type: ignore[arg-type]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is listened to comes last where there is one worker; several get their tests in turns (tests/turns).

    What starts programs takes long and comes first, so that no worker is still at it when the others have nothing left.
    """
    items.sort(key=lambda item: (_turn(item), not _starts_programs(item)))
    worker = getattr(config, "workerinput", None)
    if worker is not None:
        later = {item.nodeid: turn for item in items if (turn := _turn(item))}
        Path(worker["turns"]).write_text(json.dumps(later), encoding="utf-8")
        os.nice(worker["niceness"])


def pytest_collection_finish() -> None:
    """Do not look for garbage among all tests again and again while they run."""
    gc.collect()
    gc.freeze()


def _turn(item: pytest.Item) -> int:
    marks = {mark.name for mark in item.iter_markers()}
    return 2 if "alone" in marks else 1 if "e2e" in marks else 0


def _starts_programs(item: pytest.Item) -> bool:
    return not {"terminal", "desktop"}.isdisjoint(getattr(item, "fixturenames", ()))


_TURNS = _HOME / "turns.json"
_GIVES_WAY = 10
"""How much nicer than those that listen the others are: where both want a processor, they get a tenth as much of it."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker for each core, and one more, since tests wait, too: for processes, for a server, for sound."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker where to write down which tests run in which turn, and whether it gives way to who listens."""
    node.workerinput["turns"] = str(_TURNS)
    node.workerinput["niceness"] = 0 if _number(node) < LANES else _GIVES_WAY


def _number(node: Any) -> int:
    return int(node.gateway.id.removeprefix("gw"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config) -> Turns | None:
    """Deal the tests out in turns (tests/turns)."""
    if config.getvalue("dist") != "load":
        return None
    # Nothing is written down where no worker could collect its tests: then that is what is to be told.
    return Turns(
        len(config.getvalue("tx")),
        lambda: json.loads(_TURNS.read_text(encoding="utf-8")) if _TURNS.exists() else {},
        _number,
    )


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every connection that leaves this machine is refused."""
    monkeypatch.setattr(socket.socket, "connect", _connect_to_loopback_only)


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning or an error in the log fails the test, unless it is marked with `expected_log("words")`."""
    yield
    expected = [str(mark.args[0]) for mark in request.node.iter_markers("expected_log")]
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    loud = [record.getMessage() for record in records if record.levelno >= logging.WARNING]
    unexpected = [message for message in loud if not any(words in message for words in expected)]
    missing = [words for words in expected if not any(words in message for message in loud)]
    if unexpected or missing:
        pytest.fail(f"unexpected log records: {unexpected}; expected but missing: {missing}")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real show notes, feeds, media and documents; skips where it is missing."""
    if not has_corpus():
        pytest.skip(f"no corpus at {corpus_folder()}: set EARMARK_CORPUS to the folder that holds corpus/ and seed/")
    return corpus_folder()
