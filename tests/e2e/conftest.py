"""A desktop for each test, and a podcast with five hours of time-coded audio on a server on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import DURATION_SECONDS, Desktop, Publisher
from house import feed
from timecoded import cached_timecoded
from webserver import Route, WebServer

OUTLINE = "<p>0:00 Introduction<br>1:00 Rivers<br>2:30 Mountains<br>4:10 Deserts<br>6:00 Stargate<br>8:20 Farewell</p>"


@pytest.fixture(scope="session")
def long_audio() -> Path:
    """5:15:58 of time-coded MP3, 128 kbit/s CBR: the length and size of the real episode. Made once and kept.

    24 kHz, because that takes half a minute to encode and 44.1 kHz more than one.
    """
    return cached_timecoded(DURATION_SECONDS, codec="mp3", bitrate=128_000, rate=24_000, channels=1)


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
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    with Desktop(tmp_path) as desktop:
        yield desktop
