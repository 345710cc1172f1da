"""What directories answer; the answers are made, see `directories`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directories import APPLE, FYYD, PODCAST_INDEX, body, one
from player.core.directory import DirectoryName, FoundPodcast
from player.core.errors import DocumentError
from player.formats.directory_answers import read_found

BEES = FoundPodcast("Bees & Trees", "Ann Example", "https://bees.example.org/feed", 120)
APPLES, FYYDS, INDEX = DirectoryName.APPLE, DirectoryName.FYYD, DirectoryName.PODCAST_INDEX


def test_what_a_search_found() -> None:
    trees = FoundPodcast("Trees daily", "Bob Example", "https://trees.example.org/rss?from=apple", 1)
    assert read_found(APPLES, body(APPLE)) == (BEES, trees)
    assert read_found(FYYDS, body(FYYD)) == (
        FoundPodcast("Bäume", "", "https://baum.example.org/mp3"),
        FoundPodcast("Bees and Trees", "", "http://Bees.example.org/feed/"),
    )
    assert read_found(INDEX, body(PODCAST_INDEX)) == (
        FoundPodcast("Bees & Trees", "Ann", "https://bees.example.org/feed", 119),
    )


def test_one_podcast() -> None:
    assert read_found(APPLES, one(APPLE, "results", "results")) == (BEES,)
    assert read_found(APPLES, one(APPLE, "results", "results", 1)) == (), "it names no feed"
    assert [each.title for each in read_found(FYYDS, one(FYYD, "data", "data"))] == ["Bäume"]
    index = {"status": "true", "feed": PODCAST_INDEX["feeds"][0]}  # type: ignore[index]
    assert [each.episode_count for each in read_found(INDEX, body(index))] == [119]


@pytest.mark.parametrize(
    ("name", "answer"),
    [(APPLES, {"resultCount": 0, "results": []}), (FYYDS, {"data": []}), (INDEX, {"status": "true", "feed": []})],
)
def test_nothing_found(name: DirectoryName, answer: object) -> None:
    assert read_found(name, body(answer)) == ()


def test_fields_of_another_kind_are_left_out() -> None:
    entry = {"feedUrl": "https://x.org/f", "collectionName": None, "artistName": 7, "trackCount": "12"}
    odd = {"results": [entry, {"feedUrl": "ftp://x.org"}, {"feedUrl": None}, None, "text"]}
    assert read_found(APPLES, body(odd)) == (FoundPodcast("https://x.org/f", "", "https://x.org/f"),)


@pytest.mark.parametrize(
    "answer", [b"", b"<html><title>Busy</title></html>", b"[]", b'{"error": "no"}', b"[" * 100_000]
)
def test_what_is_no_answer(answer: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        read_found(APPLES, answer)
    assert caught.value.name == "The answer of Apple Podcasts"


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.sampled_from(["results", "feedUrl", "trackCount"]), inside),
)


@given(json)
def test_any_json_is_an_answer_or_a_known_error(answer: object) -> None:
    try:
        read_found(APPLES, body(answer))
    except DocumentError:
        return
