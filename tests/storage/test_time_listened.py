"""What was listened to, by feed and month, whatever becomes of the podcast."""

from __future__ import annotations

from sqlite3 import Connection

from player.core.model import PodcastId
from player.core.time_listened import Month, MonthOfPodcast, Sums
from player.storage import feeds, time_listened

NOBODY = PodcastId(77)
FEBRUARY = Month(2025, 2)
URL = "https://x.org/feed"


def test_months_are_added_up(library: Connection, show: PodcastId) -> None:
    assert time_listened.sums_of(library, show) == Sums()
    time_listened.add(library, show, FEBRUARY, Sums(1000, 400, 3, 20, 9))
    time_listened.add(library, show, FEBRUARY, Sums(1000, 100, 2, 30, 1))
    time_listened.add(library, show, Month(2024, 12), Sums(5))
    time_listened.add(library, NOBODY, FEBRUARY, Sums(7))
    assert time_listened.sums_of(library, show) == Sums(2005, 500, 5, 50, 10)
    assert time_listened.sums_of(library, NOBODY) == Sums()
    assert time_listened.all_rows(library) == (
        MonthOfPodcast(URL, "The Show", Month(2024, 12), Sums(5)),
        MonthOfPodcast(URL, "The Show", Month(2025, 2), Sums(2000, 500, 5, 50, 10)),
    )


def test_they_outlive_the_podcast_and_count_on_when_it_comes_back(library: Connection, show: PodcastId) -> None:
    time_listened.add(library, show, FEBRUARY, Sums(1000))
    feeds.remove_podcast(library, show)
    assert [each.sums for each in time_listened.all_rows(library)] == [Sums(1000)]
    again = feeds.add_podcast(library, URL, "The Show, again", 2000)
    time_listened.add(library, again, FEBRUARY, Sums(10))
    assert time_listened.all_rows(library) == (MonthOfPodcast(URL, "The Show, again", Month(2025, 2), Sums(1010)),)


def test_a_feed_that_moves_takes_them_along(library: Connection, show: PodcastId) -> None:
    time_listened.add(library, show, Month(2025, 1), Sums(10, 1))
    time_listened.add(library, show, FEBRUARY, Sums(20, 2))
    kept = MonthOfPodcast("https://new.org/feed", "The Show", Month(2025, 2), Sums(500, 1, 1, 1, 1))
    time_listened.add_rows(library, [kept])
    library.execute("UPDATE podcast SET feed_url = ? WHERE id = ?", ("https://new.org/feed", show))
    assert [(each.feed_url, each.month.month, each.sums) for each in time_listened.all_rows(library)] == [
        ("https://new.org/feed", 1, Sums(10, 1)),
        ("https://new.org/feed", 2, Sums(520, 3, 1, 1, 1)),
    ]
    library.execute("UPDATE podcast SET feed_url = feed_url")
    assert time_listened.sums_of(library, show) == Sums(530, 4, 1, 1, 1)


def test_a_copy_that_is_read_again_counts_once(library: Connection, show: PodcastId) -> None:
    time_listened.add(library, show, FEBRUARY, Sums(1000, 400, 3, 20, 9))
    copy = time_listened.all_rows(library)
    time_listened.add(library, show, FEBRUARY, Sums(1000))
    other = MonthOfPodcast("https://other.org", "Other", Month(2025, 2), Sums(1, 2, 3, 4, 5))
    for _ in range(2):
        time_listened.add_rows(library, [*copy, other])
    assert {each.title: each.sums for each in time_listened.all_rows(library)} == {
        "The Show": Sums(2000, 400, 3, 20, 9),
        "Other": other.sums,
    }
    later = MonthOfPodcast(URL, "Renamed", Month(2025, 2), Sums(9000, 800, 6, 40, 18))
    time_listened.add_rows(library, [later])
    assert time_listened.all_rows(library)[1] == MonthOfPodcast(URL, "The Show", later.month, later.sums)
