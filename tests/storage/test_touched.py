"""What the listener did something with is kept; what a feed took back otherwise goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from sqlite3 import Connection

import pytest

from player.core.model import (
    Chapter,
    ChapterList,
    ChapterSource,
    Download,
    DownloadState,
    Enclosure,
    EpisodeId,
    EpisodeQuery,
    FetchedEpisode,
    FetchedFeed,
    PodcastId,
)
from player.storage import chapters, episodes, feeds, listening, listing
from player.storage.database import change
from player.storage.heard import add_heard
from player.storage.touched import FROM_FEEDS, references, touched

DAY = 86_400_000


def feed(*days: int) -> FetchedFeed:
    items = [
        FetchedEpisode(str(day), f"Day {day}", published=day * DAY, enclosure=Enclosure(f"https://x.org/{day}.mp3"))
        for day in days
    ]
    return FetchedFeed("The Show", None, "", None, None, tuple(items))


def guids(library: Connection) -> list[str]:
    return [each.guid for each in episodes.episodes(library, listing.episode_ids(library, EpisodeQuery()))]


def test_what_a_feed_took_back_is_removed(library: Connection, show: PodcastId) -> None:
    feeds.store_feed(library, show, feed(6, 5, 4, 3, 2, 1), 1000)
    gone = episodes.find_episode(library, "Day 5").id
    stored = feeds.store_feed(library, show, feed(6, 4, 3, 2, 1), 2000)
    assert stored.removed == (gone,)
    assert guids(library) == ["6", "4", "3", "2", "1"]
    back = feeds.store_feed(library, show, feed(6, 5, 4, 3, 2, 1), 3000)
    assert (len(back.new), back.removed) == (1, ())


@pytest.mark.parametrize("change_feed", ["broken", "page"])
def test_a_part_of_a_feed_takes_nothing_back(library: Connection, show: PodcastId, change_feed: str) -> None:
    feeds.store_feed(library, show, feed(6, 5, 4, 3, 2, 1), 1000)
    part = replace(feed(6, 4, 3, 2, 1), is_whole=change_feed != "broken")
    stored = feeds.store_feed(library, show, part, 2000, is_page=change_feed == "page")
    assert stored.removed == ()
    assert len(guids(library)) == 6


DEEDS: dict[str, Callable[[Connection, EpisodeId], object]] = {
    "played": lambda c, e: listening.set_played(c, (e,), True, 1),
    "begun": lambda c, e: listening.store_position(c, e, 5000, 1),
    "downloaded": lambda c, e: episodes.set_download(c, Download(e, DownloadState.COMPLETE, "/a.mp3")),
    "waits for its download": lambda c, e: episodes.set_download(c, Download(e, DownloadState.WAITING)),
    "queued": lambda c, e: change(c, "INSERT INTO queue_entry (place, episode, title) VALUES (0, ?, '')", (e,)),
    "skipped in part": lambda c, e: change(c, "INSERT INTO skip_mark VALUES (?, 0, 'Ads', 0)", (e,)),
    "heard in part": lambda c, e: add_heard(c, e, [(0, 5000)]),
    "edited": lambda c, e: change(
        c, "INSERT INTO chapter_edit (episode, source, place, is_undone, kind) VALUES (?, 'outline', 0, 0, 'add')", (e,)
    ),
    "moved": lambda c, e: change(c, "INSERT INTO anchor VALUES (?, 'published', 0, 5)", (e,)),
    "source chosen": lambda c, e: change(c, "UPDATE episode SET chapter_source = 'outline' WHERE id = ?", (e,)),
    "marked": lambda c, e: change(
        c, "INSERT INTO chapter_list (episode, source, stored_at) VALUES (?, 'listener', 1)", (e,)
    ),
    "open": lambda c, e: listening.store_session_value(c, "playback", f'{{"episode": {e}}}'),
    "something new": lambda c, e: (
        change(c, "CREATE TABLE star (episode INTEGER PRIMARY KEY REFERENCES episode ON DELETE CASCADE) STRICT"),
        change(c, "INSERT INTO star VALUES (?)", (e,)),
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_what_was_touched_is_kept(library: Connection, show: PodcastId, deed: str) -> None:
    feeds.store_feed(library, show, feed(6, 5, 4, 3, 2, 1), 1000)
    episode = episodes.find_episode(library, "Day 5").id
    DEEDS[deed](library, episode)
    assert feeds.store_feed(library, show, feed(6, 4, 3, 2, 1), 2000).removed == ()
    assert "5" in guids(library)
    assert touched(library, listing.episode_ids(library, EpisodeQuery())) == {episode}


def test_chapters_and_notes_alone_keep_nothing(library: Connection, show: PodcastId) -> None:
    noted = feed(6, 5, 4, 3, 2, 1)
    noted = replace(noted, episodes=tuple(replace(each, texts=("0:00 A",)) for each in noted.episodes))
    feeds.store_feed(library, show, noted, 1000)
    episode = episodes.find_episode(library, "Day 5").id
    chapters.store_list(library, episode, ChapterList(ChapterSource.OUTLINE, (Chapter(0, 5000, "A"),)), 1)
    assert feeds.store_feed(library, show, feed(6, 4, 3, 2, 1), 2000).removed == (episode,)


def test_nonsense_in_the_session_keeps_nothing(library: Connection, show: PodcastId) -> None:
    listening.store_session_value(library, "playback", "not JSON")
    feeds.store_feed(library, show, feed(6, 5, 4, 3, 2, 1), 1000)
    assert len(feeds.store_feed(library, show, feed(6, 4, 3, 2, 1), 2000).removed) == 1


def test_every_table_that_feeds_fill_is_there(library: Connection) -> None:
    assert {table for table, _ in references(library, "episode")} >= FROM_FEEDS
