"""Lists: what each shows in which order, what it is read from, and counts that follow every change."""

from __future__ import annotations

from itertools import combinations
from sqlite3 import Connection

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.core.model import (
    Chapter,
    Download,
    DownloadState,
    EpisodeId,
    EpisodeQuery,
    FetchedEpisode,
    FetchedFeed,
    Filter,
    PodcastId,
    Sort,
    View,
)
from player.core.search_text import list_name
from player.storage import chapters, episodes, feeds, listening, listing
from player.storage.database import change, rows

TITLES = ("Über Äpfel 100%", "The snake_case hour", "über uns", "Apples and pears", "#459 – DeepSeek")
LENGTHS = (5000, None, 3000, 9000, 1000)


def feed(title: str, *items: FetchedEpisode) -> FetchedFeed:
    return FetchedFeed(title, None, "", None, None, items)


@pytest.fixture
def filled(library: Connection, show: PodcastId) -> Connection:
    """A library of five episodes in one podcast, ids 1 to 5 from the newest to the oldest, and one in another."""
    items = [
        FetchedEpisode(f"g{number}", title, None, 9000 - number, length)
        for number, (title, length) in enumerate(zip(TITLES, LENGTHS, strict=True), 1)
    ]
    feeds.store_feed(library, show, feed("The Show", *items), 1)
    other = feeds.add_podcast(library, "https://y.org/feed", "Other", 1)
    feeds.store_feed(library, other, feed("Other", FetchedEpisode("g1", "Apples elsewhere", None, 8996)), 1)
    return library


def ids(
    library: Connection,
    podcast: PodcastId | None = None,
    view: View = View.ALL,
    words: str = "",
    *,
    sort: Sort = Sort.NEWEST,
    filters: tuple[Filter, ...] = (),
) -> list[int]:
    return list(listing.episode_ids(library, EpisodeQuery(view, podcast, words, frozenset(filters), sort)))


def test_the_newest_come_first_overall_and_for_a_podcast(filled: Connection, show: PodcastId) -> None:
    assert ids(filled) == [1, 2, 3, 6, 4, 5]
    assert ids(filled, show) == [1, 2, 3, 4, 5]
    assert ids(filled, PodcastId(99)) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("apples", [6, 4]),
        ("PEARS apples", [4]),
        ("über", [1, 3]),
        ("ÄPFEL", [1]),
        ("uber uns", [3]),
        ("e_c", [2]),
        ("459", [5]),
        ("#459", [5]),
        ("  ", [1, 2, 3, 6, 4, 5]),
        ("deepseek nowhere", []),
    ],
)
def test_words_are_found_in_titles_whatever_their_case_and_accents(
    filled: Connection, words: str, expected: list[int]
) -> None:
    assert ids(filled, words=words) == expected
    assert ids(filled, words=words, sort=Sort.OLDEST) == expected[::-1]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.OLDEST, [5, 4, 6, 3, 2, 1]),
        (Sort.TITLE, [5, 4, 6, 2, 1, 3]),
        (Sort.SHORTEST, [5, 3, 1, 4, 2, 6]),
        (Sort.LONGEST, [4, 1, 3, 5, 6, 2]),
        (Sort.LEAST_LEFT, [4, 3, 1, 2, 5, 6]),
        (Sort.PODCAST, [6, 1, 2, 3, 4, 5]),
    ],
)
def test_orders(filled: Connection, show: PodcastId, sort: Sort, expected: list[int]) -> None:
    listening.store_position(filled, EpisodeId(4), 8500, 1)
    listening.set_played(filled, [EpisodeId(5)], True, 1)
    assert ids(filled, sort=sort) == expected
    of_show = [each for each in expected if each != 6]
    assert ids(filled, show, sort=sort) == of_show
    assert ids(filled, view=View.NEW, sort=sort) == [each for each in expected if each not in (4, 5)]


def test_views_and_filters(filled: Connection, show: PodcastId) -> None:
    listening.store_position(filled, EpisodeId(2), 5000, 1)
    listening.store_position(filled, EpisodeId(3), 5000, 1)
    listening.set_played(filled, [EpisodeId(3), EpisodeId(4)], True, 1)
    episodes.set_download(filled, Download(EpisodeId(5), DownloadState.FAILED, problem="It stopped."))
    episodes.set_download(filled, Download(EpisodeId(4), DownloadState.COMPLETE, "/a.mp3"))
    chapters.store_shown(filled, EpisodeId(4), [Chapter(0, 9000, "One")])
    chapters.store_shown(filled, EpisodeId(2), [Chapter(0, 9000, "One")])
    assert ids(filled, view=View.NEW) == [1, 6, 5]
    assert ids(filled, show, View.NEW) == [1, 5]
    assert ids(filled, view=View.IN_PROGRESS) == [2]
    assert ids(filled, view=View.PLAYED) == [3, 4]
    assert ids(filled, view=View.WITH_CHAPTERS) == [2, 4]
    assert ids(filled, view=View.DOWNLOADS) == [4, 5]
    assert ids(filled, view=View.DOWNLOADS, words="snake") == []
    assert ids(filled, filters=(Filter.UNPLAYED,)) == [1, 2, 6, 5]
    assert ids(filled, show, filters=(Filter.DOWNLOADED,)) == [4]
    assert ids(filled, filters=(Filter.WITH_CHAPTERS, Filter.UNPLAYED)) == [2]
    assert ids(filled, filters=tuple(Filter)) == []
    listening.set_played(filled, [EpisodeId(3)], False, 1)
    assert ids(filled, view=View.IN_PROGRESS) == [2, 3]


def test_what_is_older_in_a_list(filled: Connection, show: PodcastId) -> None:
    def older(than: int, query: EpisodeQuery) -> list[int]:
        return list(listing.older_ids(filled, query, EpisodeId(than)))

    assert older(3, EpisodeQuery()) == [6, 4, 5]
    assert older(3, EpisodeQuery(podcast=show, sort=Sort.TITLE)) == [5, 4]
    assert older(2, EpisodeQuery(words="apples")) == [6, 4]
    assert older(6, EpisodeQuery()) == [4, 5], "of the same moment, that with the lower number"
    assert older(99, EpisodeQuery()) == []


@pytest.mark.parametrize("podcast", [None, PodcastId(1)])
@pytest.mark.parametrize("words", ["", "a b"])
def test_every_list_is_read_from_an_index_in_order(filled: Connection, podcast: PodcastId | None, words: str) -> None:
    sets = [frozenset(found) for size in range(len(Filter) + 1) for found in combinations(Filter, size)]
    for query in (EpisodeQuery(view, podcast, words, kept, sort) for view in View for kept in sets for sort in Sort):
        sql, values = listing.list_sql(query)
        plan = [found[3] for found in rows(filled, f"EXPLAIN QUERY PLAN {sql}", values)]
        served = ("INDEX", "PRIMARY KEY", "TEMP B-TREE")
        assert all(any(words in step for words in served) for step in plan), (query, plan)
        is_short = podcast is not None or query.view in (View.IN_PROGRESS, View.DOWNLOADS)
        assert is_short or not any("TEMP B-TREE" in step for step in plan), (query, plan)
        if not words and not is_short:
            assert all("COVERING" in step for step in plan), (query, plan)


def test_a_title_without_letters_has_a_place(library: Connection, show: PodcastId) -> None:
    items = [FetchedEpisode(str(number), title) for number, title in enumerate(("b", "???", "A"))]
    feeds.store_feed(library, show, feed("Show", *items), 1)
    assert ids(library, sort=Sort.TITLE) == [2, 3, 1]
    assert list_name("  Über – alles?") == "uber alles"


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("play", "place", "forget", "fetch", "half", "drop", "chapters", "length", "feed", "remove")),
        st.integers(1, 8),
        st.integers(0, 2),
    ),
    max_size=25,
)


def take(library: Connection, step: str, number: int, amount: int) -> None:
    """One change of the library, as the program makes it."""
    episode = EpisodeId(number)
    match step:
        case "play":
            listening.set_played(library, [episode], bool(amount), 1)
        case "place":
            listening.store_position(library, episode, amount * 2000, 2)
        case "forget":
            change(library, "DELETE FROM listening WHERE episode = ?", (episode,))
        case "fetch" | "half" | "drop":
            state = {"fetch": DownloadState.COMPLETE, "half": DownloadState.RUNNING, "drop": DownloadState.NONE}[step]
            episodes.set_download(library, Download(episode, state, "/x"))
        case "chapters" if episodes.episodes(library, [episode]):
            chapters.store_shown(library, episode, [Chapter(0, 9, "x")] * amount)
        case "length":
            episodes.set_duration(library, episode, amount * 3000)
        case "feed":
            item = FetchedEpisode(f"g{number}", f"Title {amount}", None, 9000 + amount, amount * 1000)
            podcast = feeds.podcast_by_url(library, "https://x.org/feed")
            if podcast is not None:
                feeds.store_feed(library, podcast, feed(f"Show {amount}", item), 3)
        case "remove":
            feeds.remove_podcast(library, PodcastId(amount + 1))


ANEW = """
    SELECT e.id, e.podcast, e.sorted_at, list_name(e.title), coalesce(e.measured, e.duration),
        iif(coalesce(l.is_played, 0), NULL, max(0, coalesce(e.measured, e.duration) - coalesce(l.position, 0))),
        iif(coalesce(l.is_played, 0), 1, 2 * (coalesce(l.position, 0) > 0)) + 4 * (d.state IS NOT NULL)
            + 8 * (d.state IS 'complete') + 16 * (e.chapter_count > 0)
    FROM episode e LEFT JOIN listening l ON l.episode = e.id LEFT JOIN download d ON d.episode = e.id ORDER BY e.id
"""
COUNTED_ANEW = """
    SELECT p.id, list_name(p.title), count(l.episode), total(traits & 3 = 0), total(traits & 3 = 2),
        total(traits & 1), total(traits & 4 <> 0), total(traits & 16 <> 0)
    FROM podcast p LEFT JOIN episode_listing l ON l.podcast = p.id GROUP BY p.id
"""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_lists_and_counts_are_as_if_made_anew(filled: Connection, steps: list[tuple[str, int, int]]) -> None:
    change(filled, "BEGIN")
    try:
        for step, number, amount in steps:
            take(filled, step, number, amount)
        assert rows(filled, "SELECT * FROM episode_listing ORDER BY episode") == rows(filled, ANEW)
        assert rows(filled, "SELECT * FROM podcast_listing ORDER BY podcast") == rows(filled, COUNTED_ANEW)
        assert listing.counts(filled) == {view: len(ids(filled, view=view)) for view in View}
    finally:
        change(filled, "ROLLBACK")


def test_counts_of_nothing(library: Connection) -> None:
    assert listing.counts(library) == dict.fromkeys(View, 0)
