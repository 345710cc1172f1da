"""A publisher on loopback: the feed of a real five-hour episode, with time-coded audio of its very length as enclosure.

Must not know who fetches it.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

from timecoded import cached_timecoded
from webserver import Route, WebServer

DURATION_SECONDS = 5 * 3600 + 15 * 60 + 58


STARGATE = 4 * 3600 + 56 * 60 + 55
OUTLINE = {
    "Introduction": 0,
    "Low cost of training": 2102,
    "Export controls on GPUs to China": 4132,
    "TSMC and Taiwan": 6060,
    "Censorship": 9712,
    "NVIDIA": 12265,
    "AI megaclusters": 13559,
    "Open source": 17263,
    "Stargate": STARGATE,
    "Future of AI": 18264,
}
"""Chapters of the episode, and where they begin, in seconds."""
PLACES = tuple(random.Random(4).sample(range(10, 18_900), 12))
"""Some more places in it, in seconds."""


def long_audio() -> Path:
    """5:15:58 of MP3, 128 kbit/s CBR: the length and size of the real episode. Made once and kept.

    It is time-coded for a while from its beginning, and around the places above: to encode all takes a minute.
    """
    only = [(0, 90), *((place - 5, place + 45) for place in sorted((*OUTLINE.values(), *PLACES)))]
    return cached_timecoded(
        DURATION_SECONDS, codec="mp3", bitrate=128_000, rate=24_000, channels=1, pieces=20, only=only
    )


@dataclass(frozen=True)
class Publisher:
    """A server with `/feed.xml` and `/audio.mp3`."""

    server: WebServer
    audio: Path

    @property
    def feed_url(self) -> str:
        """The address to subscribe to."""
        return self.server.url("/feed.xml")

    def publish(self, feed: str) -> None:
        """Serve the feed, its enclosure pointing at the audio here."""
        feed = re.sub(r'<enclosure url="[^"]*"', f'<enclosure url="{self.server.url("/audio.mp3")}"', feed)
        self.server["/feed.xml"] = Route(feed.encode(), "application/rss+xml", etag='"feed-1"')

    def throttle(self, bytes_per_second: int | None) -> None:
        """Serve the audio at this rate from now on; None is as fast as it goes."""
        self.server["/audio.mp3"] = Route(self.audio, "audio/mpeg", etag='"time-coded-1"', rate=bytes_per_second)
