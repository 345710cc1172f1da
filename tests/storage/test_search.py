"""The search over titles."""

from __future__ import annotations

from sqlite3 import Connection

import pytest

from player.core.model import (
    Chapter,
    EpisodeId,
    FetchedEpisode,
    FetchedFeed,
    Found,
    FoundKind,
    PodcastId,
)
from player.storage import chapters, feeds
from player.storage.search import search


@pytest.fixture
def filled(library: Connection, show: PodcastId) -> Connection:
    items = (
        FetchedEpisode("b", "Stargate explained", None, 2000),
        FetchedEpisode("a", "China, OpenAI, Stargate", None, 1000),
    )
    feeds.store_feed(library, show, FetchedFeed("Star Talk", None, "", "Ann", None, items), 1)
    shown = (
        Chapter(0, 5100, "Introduction"),
        Chapter(5100, 9000, "STARGATE"),
        Chapter(9000, 9500, "Élan vital"),
        Chapter(9500, 10000, "Ad break"),
        Chapter(10000, 11000, "Ad break"),
    )
    chapters.store_shown(library, EpisodeId(2), shown)
    return library


def test_chapters_episodes_and_podcasts_are_found_best_first(filled: Connection) -> None:
    show, newer, older = PodcastId(1), EpisodeId(1), EpisodeId(2)
    assert search(filled, "star", 10) == [
        Found(FoundKind.PODCAST, "Star Talk", "Ann", show),
        Found(FoundKind.CHAPTER, "STARGATE", "China, OpenAI, Stargate", show, older, 5100),
        Found(FoundKind.EPISODE, "Stargate explained", "Star Talk", show, newer),
        Found(FoundKind.EPISODE, "China, OpenAI, Stargate", "Star Talk", show, older),
    ]
    assert len(search(filled, "star", 2)) == 2


def test_a_title_that_is_there_twice_is_found_twice(filled: Connection) -> None:
    assert [hit.start for hit in search(filled, "break", 10)] == [9500, 10000]


def test_all_words_must_be_there(filled: Connection) -> None:
    assert [hit.title for hit in search(filled, "stargate china", 10)] == ["China, OpenAI, Stargate"]
    assert search(filled, "stargate nowhere", 10) == []


def test_letters_beyond_ascii_are_found_whatever_their_case(filled: Connection) -> None:
    assert [hit.title for hit in search(filled, "éLAN", 10)] == ["Élan vital"]
    assert search(filled, "ölan", 10) == []


@pytest.mark.parametrize("words", ["", "   ", "\t"])
def test_no_words_find_nothing(filled: Connection, words: str) -> None:
    assert search(filled, words, 10) == []


@pytest.mark.parametrize("words", ["%", "_", "\\", "'", '"', "x" * 5000, "q " * 500])
def test_no_words_do_harm(filled: Connection, words: str) -> None:
    assert search(filled, words, 10) == []
