"""Real services for each test, and a publisher of one episode on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from house import NOTES, House, build, feed
from timecoded import write_timecoded
from webserver import Route, WebServer


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = build(tmp_path / "profile")
    yield house
    house.services.close()


@pytest.fixture(scope="session")
def audio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty seconds of time-coded MP3."""
    path = tmp_path_factory.mktemp("audio") / "thirty.mp3"
    write_timecoded(path, 30.0, codec="mp3", bitrate=64_000, rate=44_100, channels=1)
    return path


@pytest.fixture
def publisher(audio: Path) -> Iterator[WebServer]:
    """A feed at /feed.xml: one episode of thirty seconds, an outline of three chapters; /audio.mp3 is its audio."""
    with WebServer() as server:
        server["/audio.mp3"] = Route(audio, "audio/mpeg", etag='"1"')
        server["/feed.xml"] = Route(feed(server, NOTES), "application/rss+xml", etag='"f1"')
        yield server
