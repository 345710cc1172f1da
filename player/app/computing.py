"""What is computed in worker processes: functions on bytes, texts and paths that give values.

Must not know services, the library or Qt, none of which a worker has to import.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from player.core.model import FetchedFeed, Mark, Millis

Texts = tuple[Sequence[str], Millis | None]
"""What a feed says of an episode, and how long the episode is."""


@dataclass(frozen=True, slots=True)
class AudioFacts:
    """What is read from an audio file once: length, marks, and the frame index as bytes where it is an MP3."""

    duration: Millis | None
    marks: tuple[Mark, ...]
    index: bytes | None


def parse_feed(body: bytes, url: str, content_type: str | None) -> FetchedFeed:
    """Read a feed: see `formats.rss.read_feed`. Raises NotAFeedError."""
    from player.formats.rss import read_feed

    return read_feed(body, url, content_type)


def outline_in(texts: Sequence[str], duration: Millis | None) -> tuple[Mark, ...]:
    """The marks of the best outline in any of the `texts`: the one with the most entries, the first of equals."""
    from player.formats.notes import read_outline

    best: tuple[Mark, ...] = ()
    for text in texts:
        outline = read_outline(text, duration=duration)
        if outline is not None and len(outline.marks) > len(best):
            best = outline.marks
    return best


def outlines_in(episodes: Sequence[Texts]) -> list[tuple[Mark, ...]]:
    """The outline of each episode, in their order; empty where there is none."""
    return [outline_in(texts, duration) for texts, duration in episodes]


def read_audio(path: Path) -> AudioFacts:
    """Read the tags and map the frames of an audio file. Raises FileError, NotAudioError or DamagedAudioError."""
    from player.audio.mp3_index import index_file
    from player.formats.media_file import read_media

    media = read_media(path)
    return AudioFacts(media.duration, media.marks, index_file(path))
