"""Exported libraries of every kind, for properties: whatever a listener may have done.

Must not know how they are written or stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from player.core.alignment import Anchor, Timeline
from player.core.auto_download import AutoDownload
from player.core.bookmarks import clean_text
from player.core.edges import LONGEST_EDGE, Edges
from player.core.edits import Add, Anchored, Delete, EditLog, Followed, Identity, Merge, Move, Rename, Split
from player.core.folders import folder_of
from player.core.keeping import Keep, KeepKind
from player.core.library_export import ExportedBookmark, ExportedEpisode, ExportedPiece, ExportedPodcast, LibraryExport
from player.core.model import Chapter, ChapterSource, PodcastKind
from player.core.podcast_rules import PodcastRules
from player.core.ranges import Ranges
from player.core.skip_rules import Match, SkipRule
from player.core.skips import SkipMark
from player.core.sound import Sound, Trimming, clamp_speed
from player.core.time_listened import Month, MonthOfPodcast, Sums

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
NAMES = TEXTS.filter(bool)
PLACES = st.integers(0, 1 << 40)
IDENTITIES = st.builds(Identity, PLACES, TEXTS)


def _rising(pairs: Sequence[tuple[int, int]]) -> tuple[Anchor, ...]:
    published, actual = (sorted({pair[side] for pair in pairs}) for side in (0, 1))
    return tuple(map(Anchor, published, actual))


ANCHORS = st.lists(st.tuples(PLACES, PLACES), max_size=3).map(_rising)
EDITS = st.one_of(
    st.builds(Add, PLACES, TEXTS),
    st.builds(Rename, IDENTITIES, TEXTS),
    st.builds(Move, IDENTITIES, PLACES),
    st.builds(Split, IDENTITIES, PLACES, TEXTS),
    st.builds(Merge, IDENTITIES, IDENTITIES),
    st.builds(Delete, IDENTITIES),
    st.builds(Anchored, ANCHORS, ANCHORS),
    st.builds(Anchored, ANCHORS, ANCHORS, IDENTITIES, PLACES),
    st.builds(Followed, st.booleans()),
)
LOGS = st.builds(EditLog, st.lists(EDITS, max_size=3).map(tuple), st.lists(EDITS, max_size=2).map(tuple))
SOUNDS = st.builds(Sound, st.floats(0.5, 4.0).map(clamp_speed), st.sampled_from(Trimming), st.booleans(), st.booleans())
SOURCES = st.sampled_from(ChapterSource)


def _chapters(starts: Sequence[tuple[int, int, str, str | None, int]]) -> tuple[Chapter, ...]:
    return tuple(
        Chapter(start, start + length, title, link, level=level) for start, length, title, link, level in starts
    )


BOOKMARKS = st.builds(
    lambda start, length, text, made_at: ExportedBookmark(
        start, start + length if length else None, clean_text(text), made_at
    ),
    PLACES,
    PLACES,
    TEXTS,
    st.integers(1, 1 << 41),
)
EPISODES = st.builds(
    ExportedEpisode,
    guid=NAMES,
    title=TEXTS,
    enclosure_url=st.none() | NAMES,
    published=st.none() | st.integers(-(1 << 40), 1 << 41),
    duration=st.none() | PLACES,
    position=PLACES,
    is_played=st.booleans(),
    changed_at=st.none() | PLACES,
    asked=st.none() | SOURCES,
    follows_file=st.booleans(),
    own=st.lists(st.tuples(PLACES, PLACES, TEXTS, st.none() | NAMES, st.integers(0, 3)), max_size=3).map(_chapters),
    edits=st.dictionaries(SOURCES, LOGS, max_size=2),
    anchors=st.dictionaries(st.sampled_from(Timeline), ANCHORS, max_size=2),
    is_kept=st.booleans(),
    bookmarks=st.lists(BOOKMARKS, max_size=2, unique_by=lambda each: (each.start, each.stop, each.text)).map(
        lambda found: tuple(sorted(found, key=lambda each: each.start))
    ),
    skips=st.lists(
        st.builds(SkipMark, TEXTS, PLACES, st.booleans()), max_size=2, unique_by=lambda mark: (mark.title, mark.start)
    ).map(tuple),
    heard=st.none() | st.lists(st.tuples(PLACES, PLACES), max_size=4).map(Ranges.of),
)
LENGTHS = st.integers(0, LONGEST_EDGE)
RULES = st.builds(
    PodcastRules,
    st.builds(Edges, LENGTHS, LENGTHS),
    st.builds(AutoDownload, st.none() | st.integers(0, 999), TEXTS, TEXTS, st.booleans()),
    st.builds(Keep) | st.builds(Keep, st.sampled_from((KeepKind.NEWEST, KeepKind.PLAYED)), st.integers(1, 999)),
    st.booleans(),
)
SKIP_RULES = st.lists(
    st.builds(SkipRule, NAMES, st.sampled_from(Match), st.none() | st.integers(1, 1 << 30), st.booleans()),
    max_size=2,
    unique_by=lambda rule: (rule.words, rule.match, rule.longest),
).map(tuple)
MONTHS = st.builds(Month, st.integers(1, 9999), st.integers(1, 12))
SUMS = st.builds(Sums, PLACES, PLACES, PLACES, PLACES, PLACES)
PODCASTS = st.builds(
    ExportedPodcast,
    feed_url=NAMES,
    title=TEXTS,
    kind=st.sampled_from(PodcastKind),
    added_at=st.none() | PLACES,
    preferred=st.none() | SOURCES,
    shows_pictures=st.none() | st.booleans(),
    sound=st.none() | SOUNDS,
    rules=st.none() | RULES,
    skip_rules=SKIP_RULES,
    episodes=st.lists(EPISODES, max_size=3, unique_by=lambda each: each.guid).map(tuple),
    folder=st.lists(TEXTS, max_size=3).map(folder_of),
).map(lambda podcast: podcast if podcast.kind is PodcastKind.FEED else replace(podcast, folder=()))
LIBRARIES = st.builds(
    LibraryExport,
    podcasts=st.lists(PODCASTS, max_size=3).map(tuple),
    queue=st.lists(
        st.builds(ExportedPiece, NAMES, NAMES, st.none() | PLACES, st.none() | PLACES, TEXTS), max_size=3
    ).map(tuple),
    sound=st.none() | SOUNDS,
    settings=st.dictionaries(TEXTS, TEXTS | st.booleans() | st.integers(-999, 999), max_size=3),
    skip_rules=SKIP_RULES,
    listened=st.lists(st.builds(MonthOfPodcast, NAMES, TEXTS, MONTHS, SUMS), max_size=2).map(tuple),
)
