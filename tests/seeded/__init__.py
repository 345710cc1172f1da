"""A small library on disk: two podcasts, one downloaded episode with chapters."""

from __future__ import annotations

import functools
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

from newlibraries import written
from player.core.chapters import chapters_from_marks
from player.core.model import (
    ChapterList,
    ChapterSource,
    Download,
    DownloadState,
    Enclosure,
    EpisodeId,
    EpisodeQuery,
    FetchedEpisode,
    FetchedFeed,
    Mark,
    Millis,
    PodcastId,
)
from player.core.timecode import parse_timecode
from player.storage import chapters, episodes, feeds, listing
from player.storage.database import open_writer
from player.storage.search_index import bring_all_up_to_date
from player.system.paths import Profile

NOW = 1_760_000_000_000
DAY = 86_400_000
DURATION: Millis = parse_timecode("5:15:58") or 0
OUTLINE = (
    ("0:00", "Introduction"),
    ("13:28", "DeepSeek-R1 and DeepSeek-V3"),
    ("35:02", "Low cost of training"),
    ("1:01:19", "DeepSeek compute cluster"),
    ("1:08:52", "Export controls on GPUs to China"),
    ("4:56:55", "Stargate"),
    ("5:04:24", "Future of AI"),
)
MARKS = tuple(Mark(parse_timecode(start) or 0, title) for start, title in OUTLINE)
CHAPTERS = chapters_from_marks(MARKS, DURATION)
STARGATE = CHAPTERS[5].start
NOTES = (
    '<p>Hello. At 4:56:55 comes <a href="https://example.org/more">more</a>.</p><img src="http://127.0.0.1:1/x.png">'
)


@dataclass(frozen=True)
class Library:
    """Ids of what the library holds."""

    lex: PodcastId
    other: PodcastId
    episodes: list[EpisodeId]
    others: list[EpisodeId]

    @property
    def main(self) -> EpisodeId:
        """The downloaded episode with chapters."""
        return self.episodes[0]


def _feed(title: str, count: int) -> FetchedFeed:
    found = tuple(
        FetchedEpisode(
            guid=f"{title}-{number}",
            title=f"{title} {count - number}",
            published=NOW - number * DAY,
            duration=DURATION,
            enclosure=Enclosure(f"http://127.0.0.1:1/{number}.mp3", "audio/mpeg", 302_000_000),
            texts=(NOTES,),
        )
        for number in range(count)
    )
    return FetchedFeed(title, None, "", None, None, found)


def audio_of(profile: Profile) -> Path:
    """Where the audio of the downloaded episode lies."""
    return profile.downloads / "episode.mp3"


def fill(profile: Profile) -> Library:
    """Write the library into an empty profile."""
    profile.downloads.mkdir()
    audio = audio_of(profile)
    audio.write_bytes(b"\0" * 1000)
    content, library = _library()
    profile.database.write_bytes(content)
    with closing(open_writer(profile.database)) as writer:
        done = Download(library.main, DownloadState.COMPLETE, str(audio), 302_000_000, 302_000_000)
        episodes.set_download(writer, done, None, None)
    return library


@functools.cache
def _library() -> tuple[bytes, Library]:
    """The library, of which only the download differs from profile to profile: its file, and what is in it."""
    made: list[Library] = []
    content = written(lambda writer: made.append(_write(writer)))
    return content, made[0]


def _write(writer: Connection) -> Library:
    lex = feeds.add_podcast(writer, "http://127.0.0.1:1/lex.xml", "Lex Fridman Podcast", NOW)
    feeds.store_feed(writer, lex, _feed("Lex Fridman Podcast", 12), NOW)
    other = feeds.add_podcast(writer, "http://127.0.0.1:1/acquired.xml", "Acquired", NOW)
    feeds.store_feed(writer, other, _feed("Acquired", 3), NOW)
    ids = listing.episode_ids(writer, EpisodeQuery(podcast=lex))
    others = listing.episode_ids(writer, EpisodeQuery(podcast=other))
    chapters.store_list(writer, ids[0], ChapterList(ChapterSource.OUTLINE, CHAPTERS), NOW)
    chapters.store_shown(writer, ids[0], CHAPTERS)
    bring_all_up_to_date(writer)
    return Library(lex, other, ids, others)
