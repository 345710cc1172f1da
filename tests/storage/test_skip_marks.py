"""Marks of skipped chapters as they were, also after the episode was read again."""

from __future__ import annotations

from sqlite3 import Connection

from player.core.model import FetchedEpisode, FetchedFeed, PodcastId
from player.core.skips import SkipMark
from player.storage import feeds
from player.storage.database import row
from player.storage.skip_marks import skip_marks, store_skip_marks, with_marks

FEED = FetchedFeed("The Show", None, "", None, None, (FetchedEpisode("a", "A"), FetchedEpisode("b", "B")))
MARKS = (SkipMark("", 0), SkipMark("Ad", 1000), SkipMark("Spot", 1000))


def test_marks_stay_with_their_episode(library: Connection, show: PodcastId) -> None:
    one, two = feeds.store_feed(library, show, FEED, 1).new
    assert skip_marks(library, one) == ()
    store_skip_marks(library, one, [SkipMark("Gone", 5)])
    store_skip_marks(library, one, [*reversed(MARKS), MARKS[0]])
    store_skip_marks(library, two, MARKS[:1])
    feeds.store_feed(library, show, FetchedFeed("Show", None, "", None, None, FEED.episodes[:1]), 2)
    assert (skip_marks(library, one), skip_marks(library, two)) == (MARKS, MARKS[:1])
    assert with_marks(library, [two, one, one]) == [one, two]
    store_skip_marks(library, one, [])
    assert with_marks(library, [two, one]) == [two]
    assert with_marks(library, [one]) == []
    feeds.remove_podcast(library, show)
    assert row(library, "SELECT count(*) FROM skip_mark") == (0,)


def test_a_chapter_has_one_mark(library: Connection, show: PodcastId) -> None:
    one = feeds.store_feed(library, show, FEED, 1).new[0]
    heard = SkipMark("Ad", 1000, is_heard=True)
    store_skip_marks(library, one, [heard, SkipMark("Ad", 1000)])
    assert skip_marks(library, one) == (heard,)
