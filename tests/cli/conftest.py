"""A publisher on loopback for commands, a profile, and a terminal on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from house import NOTES, feed
from terminal import Terminal
from timecoded import write_timecoded
from webserver import Route, WebServer


@pytest.fixture(scope="session")
def audio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty seconds of time-coded MP3."""
    return write_timecoded(tmp_path_factory.mktemp("audio") / "thirty.mp3", 30.0, bitrate=64_000)


@pytest.fixture
def publisher(audio: Path) -> Iterator[WebServer]:
    """A feed at /feed.xml: one episode of thirty seconds, an outline of three chapters; /audio.mp3 is its audio."""
    with WebServer() as server:
        server["/audio.mp3"] = Route(audio, "audio/mpeg", etag='"1"')
        server["/feed.xml"] = Route(feed(server, NOTES), "application/rss+xml", etag='"f1"')
        yield server


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def terminal(qapp: QCoreApplication, profile: Path) -> Terminal:
    return Terminal(profile)
