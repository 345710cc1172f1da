"""A desktop for each test, and a podcast with five hours of time-coded audio on a server on loopback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from corpus import has_corpus
from desktop import Desktop, Publisher
from desktop.publisher import long_audio as make_long_audio
from house import feed
from timecoded import cached_timecoded
from webserver import Route, WebServer

TESTS = Path(__file__).parents[1]
OUTLINE = "<p>0:00 Introduction<br>1:00 Rivers<br>2:30 Mountains<br>4:10 Deserts<br>6:00 Stargate<br>8:20 Farewell</p>"


_MAKING = pytest.StashKey[subprocess.Popen[bytes]]()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Begin to make the five hours of audio beside the other tests, when a test will want them.

    Of several workers the first does it, which is one of those that will run these tests.
    """
    wants_audio = any("long_audio" in getattr(item, "fixturenames", ()) for item in session.items)
    is_first = os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0"
    if wants_audio and is_first and has_corpus() and not session.config.option.collectonly:
        command = [sys.executable, "-c", "from desktop.publisher import long_audio; long_audio()"]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (TESTS.parent, TESTS)))}
        session.config.stash[_MAKING] = subprocess.Popen(command, env=environment)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing running when the tests end before the audio was wanted."""
    making = config.stash.get(_MAKING, None)
    if making is not None:
        making.kill()
        making.wait()


@pytest.fixture(scope="session")
def long_audio(corpus: Path) -> Path:
    """5:15:58 of time-coded MP3: the length and size of the real episode in the corpus."""
    return make_long_audio()


@pytest.fixture(scope="session")
def audio() -> Path:
    """Ten minutes of time-coded MP3, for all that does not depend on the length. Made once and kept."""
    return cached_timecoded(600, codec="mp3", bitrate=64_000, rate=44_100, channels=1)


@pytest.fixture
def small_publisher(audio: Path) -> Iterator[WebServer]:
    """A feed at /feed.xml: one episode of ten minutes with an outline of six chapters; /audio.mp3 is its audio."""
    with WebServer() as server:
        server["/audio.mp3"] = Route(audio, "audio/mpeg", etag='"1"')
        server["/feed.xml"] = Route(feed(server, OUTLINE), "application/rss+xml")
        yield server


@pytest.fixture
def publisher(corpus: Path, long_audio: Path) -> Iterator[Publisher]:
    with WebServer() as server:
        publisher = Publisher(server, long_audio)
        publisher.publish((corpus / "seed" / "feed.xml").read_text(encoding="utf-8"))
        publisher.throttle(None)
        yield publisher


@pytest.fixture
def desktop(qapp: QCoreApplication, tmp_path: Path) -> Iterator[Desktop]:
    with Desktop(tmp_path) as desktop:
        yield desktop
