"""Edits and anchors as they were, also after the lists that they are about were read again."""

from __future__ import annotations

from sqlite3 import Connection

import pytest

from player.core.alignment import Anchor, Timeline
from player.core.edits import Add, Anchored, Delete, EditLog, Followed, Identity, Merge, Move, Rename, Split
from player.core.errors import NotFoundError
from player.core.model import Chapter, ChapterList, ChapterSource, EpisodeId, FetchedEpisode, FetchedFeed, PodcastId
from player.storage import chapter_edits, chapter_wishes, chapters, feeds
from player.storage.database import row

OF = Identity(1_000, "One")
LOG = EditLog(
    (Add(5, "New"), Rename(OF, "Other"), Move(OF, 900), Split(OF, 1_500, "Rest"), Merge(OF, Identity(2_000, "Two"))),
    (
        Delete(OF),
        Rename(OF, ""),
        Anchored((Anchor(1, 2),), (Anchor(3, 4), Anchor(5, 6)), OF, 7),
        Anchored((), (Anchor(3, 4),)),
        Followed(is_on=True),
        Followed(is_on=False),
    ),
)


@pytest.fixture
def episode(library: Connection, show: PodcastId) -> EpisodeId:
    feed = FetchedFeed("The Show", None, "", None, None, (FetchedEpisode("a", "A", duration=60_000),))
    return feeds.store_feed(library, show, feed, 1).new[0]


def test_every_edit_comes_back(library: Connection, episode: EpisodeId) -> None:
    assert chapter_edits.edit_logs(library, episode) == {}
    chapter_edits.store_edits(library, episode, ChapterSource.OUTLINE, EditLog((Add(1, "x"),)))
    chapter_edits.store_edits(library, episode, ChapterSource.OUTLINE, LOG)
    chapter_edits.store_edits(library, episode, ChapterSource.FILE, LOG.undo())
    assert chapter_edits.edit_logs(library, episode) == {ChapterSource.OUTLINE: LOG, ChapterSource.FILE: LOG.undo()}
    chapter_edits.store_edits(library, episode, ChapterSource.FILE, EditLog())
    assert chapter_edits.edit_logs(library, episode) == {ChapterSource.OUTLINE: LOG}


def test_lists_come_and_go_and_edits_stay(library: Connection, episode: EpisodeId) -> None:
    chapter_edits.store_edits(library, episode, ChapterSource.OUTLINE, LOG)
    chapters.store_list(library, episode, ChapterList(ChapterSource.OUTLINE, (Chapter(0, 1, "One"),)), 1)
    chapters.drop_list(library, episode, ChapterSource.OUTLINE)
    assert chapter_edits.edit_logs(library, episode) == {ChapterSource.OUTLINE: LOG}


def test_anchors_of_each_timeline(library: Connection, episode: EpisodeId) -> None:
    anchors = (Anchor(1_000, 2_000), Anchor(3_000, 9_000))
    chapter_edits.store_anchors(library, episode, Timeline.PUBLISHED, anchors)
    chapter_edits.store_anchors(library, episode, Timeline.FILE, anchors[:1])
    assert chapter_edits.anchors(library, episode) == {Timeline.PUBLISHED: anchors, Timeline.FILE: anchors[:1]}
    chapter_edits.store_anchors(library, episode, Timeline.FILE, ())
    assert chapter_edits.anchors(library, episode) == {Timeline.PUBLISHED: anchors}


def test_all_goes_with_the_episode(library: Connection, episode: EpisodeId, show: PodcastId) -> None:
    chapter_edits.store_edits(library, episode, ChapterSource.OUTLINE, LOG)
    chapter_edits.store_anchors(library, episode, Timeline.FILE, (Anchor(1, 2),))
    feeds.remove_podcast(library, show)
    assert row(library, "SELECT (SELECT count(*) FROM chapter_edit) + (SELECT count(*) FROM anchor)") == (0,)


def test_wishes(library: Connection, episode: EpisodeId, show: PodcastId) -> None:
    assert chapter_wishes.wishes(library, episode) == chapter_wishes.Wishes(None, None, 60_000, None, True)
    chapter_wishes.ask_for(library, episode, ChapterSource.FILE)
    chapter_wishes.prefer(library, show, ChapterSource.OUTLINE)
    chapter_edits.follow_file(library, episode, follows=False)
    found = chapter_wishes.wishes(library, episode)
    assert (found.asked, found.preferred, found.follows_file) == (ChapterSource.FILE, ChapterSource.OUTLINE, False)
    assert found.duration == 60_000
    assert chapter_wishes.preferred(library, show) is ChapterSource.OUTLINE
    assert chapter_wishes.preferred(library, PodcastId(99)) is None
    with pytest.raises(NotFoundError):
        chapter_wishes.wishes(library, EpisodeId(99))


def test_a_wish_survives_a_refresh_of_the_feed(library: Connection, episode: EpisodeId, show: PodcastId) -> None:
    chapter_wishes.ask_for(library, episode, ChapterSource.FILE)
    chapter_wishes.prefer(library, show, ChapterSource.OUTLINE)
    feed = FetchedFeed("The Show", None, "", None, None, (FetchedEpisode("a", "Renamed", duration=61_000),))
    feeds.store_feed(library, show, feed, 2)
    found = chapter_wishes.wishes(library, episode)
    assert (found.asked, found.preferred) == (ChapterSource.FILE, ChapterSource.OUTLINE)
