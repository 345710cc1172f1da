"""What is the listener's in a library, apart from the library: to be taken to another one, or kept.

Must not know how it is written, nor where it is stored. All that feeds, servers and audio files give again is left out;
so are downloads. Podcasts are named by the addresses of their feeds, episodes by guid, else by the enclosure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from player.core.alignment import Anchor, Timeline
from player.core.edits import EditLog
from player.core.folders import Folder
from player.core.model import Chapter, ChapterSource, EpochMillis, Millis, PodcastKind
from player.core.podcast_rules import PodcastRules
from player.core.ranges import Ranges
from player.core.skip_rules import SkipRule
from player.core.skips import SkipMark
from player.core.sound import Sound
from player.core.time_listened import MonthOfPodcast

Setting: TypeAlias = str | int | float | bool


@dataclass(frozen=True, slots=True)
class ExportedBookmark:
    """A bookmark, as `core.bookmarks.Bookmark`; the titles of chapters are known from the chapters."""

    start: Millis
    stop: Millis | None = None
    text: str = ""
    made_at: EpochMillis = 0


@dataclass(frozen=True, slots=True)
class ExportedEpisode:
    """An episode that the listener did something with.

    What describes it makes it known again, and stands for it until its feed is read; of the listener's own files the
    guid is the path. `changed_at` is when `position` or `is_played` changed last. `asked` is the source of chapters
    that was chosen for it, `own` the outline that was pasted; `edits`, `anchors` and `skips` are as in `core.edits`,
    `core.alignment` and `core.skips`. `heard` is what of the time of its file was heard, as in `core.heard`; None where
    it is the whole of what is played, or nothing. `is_kept`: its download is to stay, whatever the rule of the podcast
    says.
    """

    guid: str
    title: str = ""
    enclosure_url: str | None = None
    published: EpochMillis | None = None
    duration: Millis | None = None
    position: Millis = 0
    is_played: bool = False
    changed_at: EpochMillis | None = None
    asked: ChapterSource | None = None
    follows_file: bool = True
    own: tuple[Chapter, ...] = ()
    edits: Mapping[ChapterSource, EditLog] = field(default_factory=dict)
    anchors: Mapping[Timeline, tuple[Anchor, ...]] = field(default_factory=dict)
    skips: tuple[SkipMark, ...] = ()
    heard: Ranges | None = None
    is_kept: bool = False
    bookmarks: tuple[ExportedBookmark, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportedPodcast:
    """A subscription with what was chosen for it, or the shelf of the listener's own files.

    `preferred` is the source of chapters for all its episodes; `shows_pictures` is None where the listener has not
    said; `sound` is None where it sounds as all do; `rules` is None where nothing was set. `skip_rules` are those of
    this podcast only. `folder` is where the listener keeps it.
    """

    feed_url: str
    title: str = ""
    kind: PodcastKind = PodcastKind.FEED
    added_at: EpochMillis | None = None
    preferred: ChapterSource | None = None
    shows_pictures: bool | None = None
    sound: Sound | None = None
    rules: PodcastRules | None = None
    skip_rules: tuple[SkipRule, ...] = ()
    episodes: tuple[ExportedEpisode, ...] = ()
    folder: Folder = ()


@dataclass(frozen=True, slots=True)
class ExportedPiece:
    """An entry of the queue, as `core.play_queue.Piece`; its episode is among those of its podcast."""

    feed_url: str
    guid: str
    start: Millis | None = None
    stop: Millis | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class LibraryExport:
    """All of it. `sound` is the one for podcasts that have none of their own, None where it was never changed.

    `listened` is how long each podcast was listened to, also of those that were removed. `skip_rules` are those for
    all podcasts.
    """

    podcasts: tuple[ExportedPodcast, ...] = ()
    queue: tuple[ExportedPiece, ...] = ()
    sound: Sound | None = None
    settings: Mapping[str, Setting] = field(default_factory=dict)
    listened: tuple[MonthOfPodcast, ...] = ()
    skip_rules: tuple[SkipRule, ...] = ()
