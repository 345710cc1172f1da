"""Episodes whose texts are still to be looked through."""

from __future__ import annotations

from dataclasses import replace
from sqlite3 import Connection

from player.core.model import EpisodeId, FetchedEpisode, FetchedFeed, PodcastId
from player.core.updates import describe
from player.storage import feeds
from player.storage.unread import Unread, drop_unread, next_unread, still_unread

ONE = FetchedEpisode("1", "One", texts=("0:00 Start<br>1:00 End", "short"), duration=90_000)
TWO = FetchedEpisode("2", "Two")


def feed(*episodes: FetchedEpisode) -> FetchedFeed:
    return FetchedFeed("The Show", None, "", None, None, episodes)


def unread(id_: int, podcast: PodcastId, episode: FetchedEpisode) -> Unread:
    return Unread(EpisodeId(id_), podcast, episode.texts, episode.duration, describe(episode).chapters)


def test_what_is_new_or_described_anew_is_unread_until_it_was_looked_through(
    library: Connection, show: PodcastId
) -> None:
    feeds.store_feed(library, show, feed(ONE, TWO), 1)
    assert next_unread(library, 9) == [unread(1, show, ONE), unread(2, show, TWO)]
    drop_unread(library, [EpisodeId(1), EpisodeId(2)])
    feeds.store_feed(library, show, feed(replace(ONE, title="Other"), TWO), 2)
    assert next_unread(library, 9) == []
    longer = replace(TWO, duration=5)
    feeds.store_feed(library, show, feed(ONE, longer), 3)
    assert next_unread(library, 9) == [unread(2, show, longer)]


def test_the_newest_podcast_and_the_top_of_its_feed_come_first(library: Connection, show: PodcastId) -> None:
    other = feeds.add_podcast(library, "https://y.org/feed", "Other", 1)
    feeds.store_feed(library, other, feed(ONE, TWO), 1)
    feeds.store_feed(library, show, feed(ONE, TWO), 2)
    assert [each.episode for each in next_unread(library, 3)] == [1, 2, 3]
    assert [each.episode for each in next_unread(library, 3, but={EpisodeId(1)})] == [2, 3, 4]
    assert [each.episode for each in next_unread(library, 1, show)] == [3]
    feeds.remove_podcast(library, other)
    assert [each.episode for each in next_unread(library, 9)] == [3, 4]


def test_what_was_described_anew_meanwhile_is_still_to_be_looked_through(library: Connection, show: PodcastId) -> None:
    feeds.store_feed(library, show, feed(ONE, TWO), 1)
    taken = next_unread(library, 9)
    assert still_unread(library, taken) == {1, 2}
    feeds.store_feed(library, show, feed(replace(ONE, texts=("other",)), TWO), 2)
    assert still_unread(library, taken) == {2}
    drop_unread(library, still_unread(library, taken))
    assert [each.texts for each in next_unread(library, 9)] == [("other",)]
    assert still_unread(library, taken) == set()
