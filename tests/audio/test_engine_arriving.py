"""Playing what is still arriving: what is asked for, how it waits, and that it is heard at the right place."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from player.audio.engine import Arriving, Buffering, Ended, EngineEvent, Indexed, Load, Loaded, Started, Wanted
from player.core.ranges import Ranges
from stages import RealStage
from timecoded import find_landings, read_position, write_timecoded

SECONDS = 120
KINDS: dict[str, dict[str, object]] = {
    "cbr": {"bitrate": 64_000},
    "cbr-no-header": {"bitrate": 64_000, "container_options": {"write_xing": "0", "id3v2_version": "0"}},
    "vbr": {"quality": 5},
    "vbr-no-header": {"quality": 5, "container_options": {"write_xing": "0", "id3v2_version": "0"}},
}


class Server:
    """Gives what is wanted, as soon as it is told to."""

    def __init__(self, path: Path, real: RealStage) -> None:
        self.path = path
        self.size = path.stat().st_size
        self.there = Ranges()
        self.real = real
        self.served = 0

    def load(self, at: int = 0) -> None:
        arriving = Arriving(self.size, self.there, SECONDS * 1000)
        self.real.engine.load(Load(self.path, at=at, play=True, arriving=arriving))
        self.real.settle()

    def give(self, start: int, stop: int) -> None:
        self.there = self.there.with_span(start, min(stop, self.size))
        self.real.engine.arrived(self.path, self.there)
        self.real.settle()

    def wanted(self) -> list[Wanted]:
        return [event for event in self.real.events if isinstance(event, Wanted)]

    def serve(self) -> None:
        """Give all that was wanted since the last time, and what is wanted then, until nothing is."""
        while self.served < len(self.wanted()):
            wanted = self.wanted()[self.served]
            self.served += 1
            self.give(wanted.offset, wanted.offset + wanted.length)


@pytest.fixture(scope="module", params=KINDS, ids=str)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def audio(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("arriving") / "a.part"
    return write_timecoded(path, SECONDS, **{"codec": "mp3", **KINDS[kind]})  # type: ignore[arg-type]


@pytest.fixture
def server(audio: Path, real: RealStage) -> Server:
    return Server(audio, real)


CONTAINERS: dict[str, dict[str, object]] = {
    "m4a": {"codec": "aac"},
    "m4a-moov-first": {"codec": "aac", "container_options": {"movflags": "faststart"}},
    "opus": {"codec": "opus", "rate": 48_000},
    "vorbis": {"codec": "vorbis", "channels": 2},
    "wav": {"codec": "wav"},
}


@pytest.fixture(scope="module", params=CONTAINERS, ids=str)
def contained(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("arriving") / "a.part"
    return write_timecoded(path, SECONDS, **CONTAINERS[request.param])  # type: ignore[arg-type]


def kinds_of(events: list[EngineEvent]) -> list[type]:
    return [type(event) for event in events]


def heard_now(real: RealStage) -> float:
    """The place that was heard a tenth of a second ago."""
    place = read_position(real.sound[-real.rate // 10 :], real.rate)
    assert place is not None
    return place + 0.1


def test_it_begins_when_enough_is_there_and_waits_where_it_ends(server: Server, real: RealStage) -> None:
    server.load()
    assert kinds_of(real.events) == [Wanted, Buffering]
    assert real.engine.position() == 0
    server.serve()
    assert kinds_of(real.events)[-2:] == [Loaded, Started]
    real.advance(30_000)
    assert kinds_of(real.events)[-1] is Buffering
    waiting = real.engine.position()
    real.advance(5000)
    assert real.engine.position() == waiting
    assert heard_now(real) == pytest.approx(waiting / 1000, abs=0.03)
    server.serve()
    assert kinds_of(real.events)[-1] is Started
    real.advance(2000)
    assert real.engine.position() == pytest.approx(waiting + 2000, abs=20)
    assert heard_now(real) == pytest.approx((waiting + 2000) / 1000, abs=0.03)


def test_a_jump_into_what_is_missing_asks_for_it(server: Server, real: RealStage, kind: str) -> None:
    server.load()
    server.serve()
    real.advance(500)
    for target in (90_000, 40_000, 110_000, 3000):
        real.engine.seek(target)
        real.settle()
        server.serve()
        real.advance(300)
        assert kinds_of(real.events)[-1] is Started
        is_exact = kind.startswith("cbr")
        assert real.engine.is_exact() == is_exact or target == 3000
        assert real.engine.position() == pytest.approx(target + 300, abs=20)
        assert heard_now(real) == pytest.approx(target / 1000 + 0.3, abs=0.03 if is_exact or target == 3000 else 5)
    assert server.there.total < server.size
    assert len(server.wanted()) <= 8


def test_an_estimate_becomes_knowledge(server: Server, real: RealStage, kind: str) -> None:
    server.load()
    server.serve()
    real.engine.seek(90_000)
    real.settle()
    server.serve()
    real.advance(200)
    server.give(0, server.size)
    indexed = real.wait_for(Indexed)
    assert indexed.duration == pytest.approx(SECONDS * 1000, abs=60)
    real.advance(1500)
    assert real.engine.is_exact()
    assert heard_now(real) == pytest.approx(real.engine.position() / 1000, abs=0.03)
    landings = [each for each in find_landings(real.sound, real.rate, hop=0.05) if each.position > 10]
    assert len(landings) == 1
    real.engine.seek(60_000)
    real.settle()
    real.advance(500)
    assert heard_now(real) == pytest.approx(60.5, abs=0.02)
    real.engine.seek(SECONDS * 1000 - 500)
    real.settle()
    real.advance(1000)
    assert kinds_of(real.events)[-1] is Ended


def test_the_beginning_that_is_there_is_known(server: Server, real: RealStage) -> None:
    """Also in VBR, as soon as it has been indexed."""
    server.there = Ranges(((0, server.size * 3 // 4),))
    server.load()
    real.engine.seek(60_000)
    real.settle()
    deadline = time.monotonic() + 20
    while not real.engine.is_exact():
        real.advance(100)
        assert time.monotonic() < deadline
    real.advance(1500)
    assert heard_now(real) == pytest.approx(real.engine.position() / 1000, abs=0.03)
    real.engine.seek(50_000)
    real.settle()
    real.advance(500)
    assert real.engine.is_exact()
    assert heard_now(real) == pytest.approx(50.5, abs=0.02)


def test_a_place_that_is_wanted_at_the_start(server: Server, real: RealStage, kind: str) -> None:
    server.load(at=80_000)
    assert real.engine.position() == 80_000
    server.serve()
    real.advance(500)
    assert heard_now(real) == pytest.approx(80.5, abs=0.03 if kind.startswith("cbr") else 5)


def test_what_is_given_up_is_not_waited_for(server: Server, real: RealStage) -> None:
    server.load()
    server.serve()
    real.engine.seek(90_000)
    real.settle()
    real.engine.seek(1000)
    real.settle()
    real.advance(500)
    assert heard_now(real) == pytest.approx(1.5, abs=0.02)
    real.engine.seek(100_000)
    real.settle()
    real.engine.pause()
    real.settle()
    before = kinds_of(real.events)
    server.serve()
    real.advance(500)
    assert Started not in kinds_of(real.events)[len(before) :]
    assert real.engine.position() == 100_000
    real.engine.play()
    real.settle()
    server.serve()
    real.advance(500)
    assert real.engine.position() == pytest.approx(100_500, abs=20)


def test_a_file_without_an_index_plays_while_it_is_indexed(audio: Path, real: RealStage) -> None:
    real.engine.load(Load(audio, play=True))
    real.settle()
    assert kinds_of(real.events)[:2] == [Loaded, Started]
    indexed = real.wait_for(Indexed)
    real.events.clear()
    real.engine.seek(70_000)
    real.settle()
    real.advance(500)
    assert heard_now(real) == pytest.approx(70.5, abs=0.02)
    real.engine.load(replace(Load(audio, play=True), index=indexed.index))
    real.settle()
    assert kinds_of(real.events) == [Loaded, Started]


def test_containers_are_jumped_in_while_they_arrive(contained: Path, real: RealStage) -> None:
    server = Server(contained, real)
    server.load()
    server.serve()
    for target in (90_000, 30_000, 118_000):
        real.events.clear()
        server.served = 0
        real.engine.seek(target)
        real.settle()
        server.serve()
        assert len(server.wanted()) <= 10
        real.advance(300)
        assert real.engine.position() == pytest.approx(target + 300, abs=20)
        assert heard_now(real) == pytest.approx(target / 1000 + 0.3, abs=0.03)
    assert server.there.total < server.size
