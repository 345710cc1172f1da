"""The engine in a process of its own: it plays, and its death is told and outlived."""

from __future__ import annotations

import logging
import os
import queue
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from player.audio.engine import EngineEvent, Failed, Indexed, Load, Loaded, Paused, Started
from player.audio.remote import RemoteEngine
from player.core.errors import FileError, SoundEngineError
from timecoded import write_timecoded

PATIENCE = 20.0


@pytest.fixture(scope="module")
def audio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_timecoded(tmp_path_factory.mktemp("remote") / "audio.mp3", 20, bitrate=64_000)


class Remote:
    def __init__(self) -> None:
        self.engine = RemoteEngine(is_silent=True)
        self.events: queue.Queue[EngineEvent] = queue.Queue()
        self.engine.set_listener(self.events.put)

    def next(self, *passed: type[EngineEvent]) -> EngineEvent:
        """The next event, those of some kinds passed over."""
        while isinstance(event := self.events.get(timeout=PATIENCE), passed):
            pass
        return event

    @property
    def process(self) -> int:
        found = self.engine._process.pid
        assert found is not None
        return found


@pytest.fixture(scope="module")
def shared() -> Iterator[Remote]:
    """Starting a process takes half a second."""
    remote = Remote()
    yield remote
    remote.engine.close()


@pytest.fixture
def remote(shared: Remote) -> Remote:
    shared.engine.unload()
    shared.engine.settle()
    while not shared.events.empty():
        shared.events.get()
    return shared


def test_it_plays_and_tells_the_position(remote: Remote, audio: Path) -> None:
    remote.engine.load(Load(audio, at=3000, play=False))
    assert remote.engine.position() == 3000
    loaded = remote.next()
    assert isinstance(loaded, Loaded)
    assert loaded.duration == 20_000
    assert isinstance(remote.next(), Indexed)
    remote.engine.play()
    assert remote.next() == Started(audio)
    begun, position = time.monotonic(), remote.engine.position()
    assert position >= 3000
    while remote.engine.position() < 3300:
        time.sleep(0.01)
    assert time.monotonic() - begun > 0.15
    remote.engine.pause()
    paused = remote.next()
    assert isinstance(paused, Paused)
    assert 3300 <= paused.position < 5000
    assert remote.engine.position() == paused.position


def test_a_command_that_moves_is_believed_at_once(remote: Remote, audio: Path) -> None:
    remote.engine.load(Load(audio, at=0, play=True))
    for place in (15_000, 4000, 9000):
        remote.engine.seek(place)
        assert place <= remote.engine.position() < place + 1000
    remote.engine.settle()
    assert 9000 <= remote.engine.position() < 11_000


def test_errors_come_with_their_fields(remote: Remote, tmp_path: Path) -> None:
    missing = tmp_path / "missing.mp3"
    remote.engine.load(Load(missing, at=0, play=True))
    failed = remote.next()
    assert isinstance(failed, Failed)
    assert failed.path == missing
    assert isinstance(failed.error, FileError)
    assert failed.error.path == str(missing)


@pytest.mark.expected_log("the sound engine ended by itself")
def test_a_process_that_dies_is_told_and_another_takes_its_place(
    remote: Remote, audio: Path, caplog: pytest.LogCaptureFixture
) -> None:
    remote.engine.load(Load(audio, at=3000, play=True))
    assert isinstance(remote.next(), Loaded)
    assert isinstance(remote.next(Indexed), Started)
    old = remote.process
    with caplog.at_level(logging.ERROR):
        os.kill(old, signal.SIGKILL)
        failed = remote.next(Indexed)
    assert isinstance(failed, Failed)
    assert isinstance(failed.error, SoundEngineError)
    remote.engine.load(Load(audio, at=5000, play=True))
    assert isinstance(remote.next(), Loaded)
    assert isinstance(remote.next(Indexed), Started)
    assert remote.process != old


def test_ctrl_c_is_the_programs_own_affair(remote: Remote, audio: Path) -> None:
    os.kill(remote.process, signal.SIGINT)
    remote.engine.load(Load(audio, at=0, play=False))
    assert isinstance(remote.next(), Loaded)


def test_after_closing_nothing_is_left(audio: Path) -> None:
    remote = Remote()
    remote.engine.load(Load(audio, at=0, play=True))
    process = remote.process
    remote.engine.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    remote.engine.seek(5)


PROGRAM = textwrap.dedent(
    """
    import sys, time
    from pathlib import Path
    from player.audio.engine import Load
    from player.audio.remote import RemoteEngine

    if __name__ == "__main__":
        engine = RemoteEngine(is_silent=True)
        engine.load(Load(Path(sys.argv[1]), play=True))
        engine.settle()
        print(engine._process.pid, flush=True)
        time.sleep(60)
    """
)


def test_a_program_that_is_killed_takes_its_engine_along(audio: Path, tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(PROGRAM)
    with subprocess.Popen([sys.executable, script, audio], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        engine = int(program.stdout.readline())
        program.kill()
    deadline = time.monotonic() + PATIENCE
    while Path(f"/proc/{engine}").exists() and _state(engine) != "Z":
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _state(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return "Z"
