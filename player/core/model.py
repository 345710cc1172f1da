"""The nouns of Earmark as frozen values: podcasts, episodes, enclosures, chapters.

Must not know where they come from (feeds, files, tables) or how they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import NewType, TypeAlias

from player.core.feed_facts import EpisodeFacts, PodcastFacts
from player.core.folders import Folder
from player.core.phrases import Phrase
from player.core.ranges import Ranges

Millis: TypeAlias = int
"""A time span or a position in an episode, in milliseconds."""

EpochMillis: TypeAlias = int
"""A wall-clock instant, in milliseconds since 1970-01-01 UTC."""

PodcastId = NewType("PodcastId", int)
EpisodeId = NewType("EpisodeId", int)


class PodcastKind(StrEnum):
    """What stands behind a podcast: a feed, or the listener's own audio files."""

    FEED = "feed"
    FILES = "files"


FILES_TITLE = Phrase("texts", "Your files")
"""What the shelf of the listener's own audio files is called."""


class ChapterSource(StrEnum):
    """Where a list of chapters was read."""

    LISTENER = "listener"
    FILE = "file"
    SIDE_FILE = "side_file"
    DOCUMENT = "document"
    PODLOVE = "podlove"
    OUTLINE = "outline"


class DownloadState(StrEnum):
    """How far an episode's audio is on its way to the disk."""

    NONE = "none"
    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    FAILED = "failed"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a source has for a chapter: its address on the web, or the bytes from an audio file."""

    url: str | None = None
    data: bytes | None = None
    media_type: str | None = None

    @property
    def reference(self) -> str | None:
        """What a chapter keeps of it: the address, or `sha256:` and the hash of the bytes; None without either."""
        if self.data is not None:
            return f"sha256:{sha256(self.data).hexdigest()}"
        return self.url


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter as a source gives it: a start, perhaps an end, a title that may be empty, a link, a picture.

    `level` is the depth of nesting, 0 for the top. A hidden mark is no place in the list: only its picture and link
    show while it lasts (`toc: false` in Podcasting 2.0, an ID3 chapter that no contents names).
    """

    start: Millis
    title: str
    end: Millis | None = None
    link: str | None = None
    picture: Picture | None = None
    level: int = 0
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of an episode, from `start` up to but not including `end`. Made from marks by `core.chapters`.

    `picture` is a `Picture.reference`.
    """

    start: Millis
    end: Millis
    title: str
    link: str | None = None
    picture: str | None = None
    level: int = 0

    @property
    def length(self) -> Millis:
        """How long the chapter is."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class ChapterList:
    """The chapters of one source, in rising order of start.

    `hidden` are entries that show a picture and a link but are no places. `origin` says where the list was read (a file
    name, an address, empty for the feed's own text), `read_at` when.
    """

    source: ChapterSource
    chapters: tuple[Chapter, ...]
    hidden: tuple[Chapter, ...] = ()
    origin: str = ""
    read_at: EpochMillis | None = None


@dataclass(frozen=True, slots=True)
class Enclosure:
    """The audio that a feed offers for an episode. `length` is the feed's claim in bytes, often wrong."""

    url: str
    media_type: str | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Podcast:
    """A subscription, or the shelf of the listener's own audio files.

    `problem` says why it could not be refreshed the last time, `ask_after` when that is tried again by itself.
    `is_ended`: its server said that it is gone for good. `folder` is where the listener keeps it.
    """

    id: PodcastId
    kind: PodcastKind
    feed_url: str
    title: str
    link: str | None = None
    description: str = ""
    author: str | None = None
    image_url: str | None = None
    refreshed_at: EpochMillis | None = None
    problem: str | None = None
    ask_after: EpochMillis | None = None
    is_ended: bool = False
    folder: Folder = ()
    episode_count: int = 0
    unplayed_count: int = 0


@dataclass(frozen=True, slots=True)
class Download:
    """The state of an episode's audio on this computer. `path` is where it lies (or will lie) on disk.

    `problem` says why it failed, or, of one that is complete, what is odd about it.
    """

    episode: EpisodeId
    state: DownloadState
    path: str | None = None
    received: int = 0
    total: int | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode as lists show it: everything but the notes and the chapters."""

    id: EpisodeId
    podcast: PodcastId
    podcast_title: str
    guid: str
    title: str
    link: str | None
    published: EpochMillis | None
    duration: Millis | None
    enclosure: Enclosure | None
    download: Download
    position: Millis = 0
    is_played: bool = False
    chapter_count: int = 0


class View(StrEnum):
    """Which episodes a list shows."""

    ALL = "all"
    NEW = "new"
    IN_PROGRESS = "in_progress"
    DOWNLOADS = "downloads"
    PLAYED = "played"
    WITH_CHAPTERS = "with_chapters"


class Filter(StrEnum):
    """What a list leaves out: all but the episodes that are so."""

    UNPLAYED = "unplayed"
    WITH_CHAPTERS = "with_chapters"
    DOWNLOADED = "downloaded"


class Sort(StrEnum):
    """The order of a list. What has no length, or nothing left to hear, stands at the end."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    SHORTEST = "shortest"
    LONGEST = "longest"
    LEAST_LEFT = "least_left"
    PODCAST = "podcast"


@dataclass(frozen=True, slots=True)
class EpisodeQuery:
    """What an episode list asks the library for: a view, perhaps of one podcast, with titles that hold all `words`."""

    view: View = View.ALL
    podcast: PodcastId | None = None
    words: str = ""
    filters: frozenset[Filter] = frozenset()
    sort: Sort = Sort.NEWEST


@dataclass(frozen=True, slots=True)
class Marked:
    """What a marking changed, to be taken back: the episodes, how and when they were marked.

    `before` holds when those that were heard or marked earlier had been so last, `heard` what was kept of what had been
    heard of them.
    """

    ids: tuple[EpisodeId, ...]
    played: bool
    at: EpochMillis
    before: tuple[tuple[EpisodeId, EpochMillis], ...]
    heard: tuple[tuple[EpisodeId, Ranges], ...] = ()


class FoundKind(StrEnum):
    """What kind of thing a search hit is."""

    CHAPTER = "chapter"
    BOOKMARK = "bookmark"
    EPISODE = "episode"
    NOTES = "notes"
    PODCAST = "podcast"


TextSpan: TypeAlias = tuple[int, int]
"""A part of a text, as places of characters: from the first up to but not including the second."""


@dataclass(frozen=True, slots=True)
class Found:
    """A search hit: a chapter or a bookmark (with its start), an episode, its notes or a podcast.

    `detail` says where it belongs. The title of a hit in notes is the part of them around the words, of a bookmark its
    text; then `chapter` is where it stands. `spans` are the words in the title. `published` is when the episode was, or
    when it was seen first, of a bookmark when it was made; `podcast_title` whose it is.
    """

    kind: FoundKind
    title: str
    detail: str
    podcast: PodcastId
    episode: EpisodeId | None = None
    start: Millis | None = None
    spans: tuple[TextSpan, ...] = ()
    published: EpochMillis | None = None
    podcast_title: str = ""
    chapter: str = ""


@dataclass(frozen=True, slots=True)
class LinkedDocument:
    """A document about an episode to which its feed leads: chapters, or a transcript.

    `media_type` and `language` are the feed's words, often wrong; `is_captions` says that the times are close enough
    to show the text while it is heard (`rel="captions"`).
    """

    url: str
    media_type: str | None = None
    language: str | None = None
    is_captions: bool = False


@dataclass(frozen=True, slots=True)
class Soundbite:
    """A short passage that the publisher recommends. An empty title means the episode's."""

    start: Millis
    length: Millis
    title: str = ""


@dataclass(frozen=True, slots=True)
class FetchedEpisode:
    """An episode as a feed describes it. `texts` are all descriptions that the item carries, the best to read first.

    `item_digest` tells whether the item is another one the next time; None where that cannot be told without reading.
    """

    guid: str
    title: str
    link: str | None = None
    published: EpochMillis | None = None
    duration: Millis | None = None
    enclosure: Enclosure | None = None
    texts: tuple[str, ...] = ()
    podlove: tuple[Mark, ...] = ()
    image_url: str | None = None
    chapter_document: LinkedDocument | None = None
    transcripts: tuple[LinkedDocument, ...] = ()
    soundbites: tuple[Soundbite, ...] = ()
    facts: EpisodeFacts | None = None
    item_digest: bytes | None = None


@dataclass(frozen=True, slots=True)
class FetchedFeed:
    """A feed as it was read from its document.

    `moved_to` is where it says that it is from now on, `next_page` where older episodes are. Not `is_whole`: the
    document breaks off, so that nothing can be said of what is not in it. `left_out` are the digests of items that were
    read before, and are not among the `episodes`.
    """

    title: str
    link: str | None
    description: str
    author: str | None
    image_url: str | None
    episodes: tuple[FetchedEpisode, ...]
    facts: PodcastFacts | None = None
    moved_to: str | None = None
    next_page: str | None = None
    is_whole: bool = True
    left_out: frozenset[bytes] = frozenset()
