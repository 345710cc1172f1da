"""What was exported is read back as it was; what was not is refused in words that say where."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from libraries import LIBRARIES
from player.core.errors import DocumentError
from player.core.library_export import ExportedEpisode, ExportedPodcast, LibraryExport
from player.core.skips import SkipMark
from player.formats.library_document import FORMAT, read_library, write_library


@given(LIBRARIES)
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_back(export: LibraryExport) -> None:
    assert read_library(write_library(export), "x.json") == export


def test_only_what_is_there_is_written() -> None:
    episode = ExportedEpisode("a", position=61_000, changed_at=5, skips=(SkipMark("Ads", 1000),))
    export = LibraryExport((ExportedPodcast("https://x.org/feed", "The Show", episodes=(episode,)),))
    assert json.loads(write_library(export)) == {
        "format": "earmark-library",
        "version": 1,
        "podcasts": [
            {
                "feed": "https://x.org/feed",
                "title": "The Show",
                "kind": "feed",
                "episodes": [
                    {"guid": "a", "position": 61_000, "changed": 5, "skips": [{"title": "Ads", "start": 1000}]}
                ],
            }
        ],
    }


def document(**more: Any) -> bytes:
    return json.dumps({"format": FORMAT, "version": 1, **more}).encode()


def of_episode(**more: Any) -> bytes:
    return document(podcasts=[{"feed": "x:", "episodes": [{"guid": "a"}, {"guid": "b", **more}]}])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "no well-formed JSON"),
        (b"{", "no well-formed JSON"),
        (b"\xff\xfe{}", "no well-formed JSON"),
        (b"[" * 100_000, "no well-formed JSON"),
        (b'{"a": NaN}', "NaN is no number"),
        (b"[]", "no library that Earmark exported"),
        (b'{"chapters": []}', "no library that Earmark exported"),
        (document(version=2), "a newer Earmark has written it"),
        (document(podcasts={}), "“podcasts” is no list of objects"),
        (document(podcasts=[1]), "“podcasts” is no list of objects"),
        (document(podcasts=[{"title": "x"}]), "“feed” of podcast 1 is missing"),
        (document(podcasts=[{"feed": 1}]), "“feed” of podcast 1 is no text"),
        (document(podcasts=[{"feed": "x:", "pictures": 1}]), "“pictures” of podcast 1 is neither true nor false"),
        (document(podcasts=[{"feed": "x:", "sound": []}]), "“sound” of podcast 1 is no object"),
        (document(podcasts=[{"feed": "x:", "sound": {"speed": "2"}}]), "“speed” of podcast 1, sound is no number"),
        (document(listened=[{"feed": "x:", "month": "2025-13"}]), "“month” of month 1 says “2025-13”, which means"),
        (document(podcasts=[{"feed": "x:", "rules": {"keep": "some"}}]), "“keep” of podcast 1, rules says “some”"),
        (of_episode(position=-1), "“position” of podcast 1, episode 2 is less than nothing"),
        (of_episode(position=1.5), "“position” of podcast 1, episode 2 is no whole number"),
        (of_episode(position=True), "“position” of podcast 1, episode 2 is no whole number"),
        (of_episode(position=1 << 60), "“position” of podcast 1, episode 2 is no whole number"),
        (of_episode(anchors={"file": [[1]]}), "no list of pairs of whole numbers"),
        (of_episode(anchors={"file": [[1, 2], [1, 3]]}), "“file” of podcast 1, episode 2, anchors does not rise"),
        (of_episode(edits={"outline": {"done": [{"kind": "burn"}]}}), "says “burn”, which is no edit"),
        (of_episode(edits={"outline": {"done": [{"kind": "delete"}]}}), "“of” of podcast 1, episode 2, edits, outline"),
    ],
)
def test_what_is_wrong_is_said(body: bytes, words: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_library(body, "x.json")
    assert words in caught.value.reason
    assert caught.value.name == "x.json"


def test_what_a_newer_program_adds_is_passed_over() -> None:
    body = document(
        podcasts=[
            {
                "feed": "x:",
                "chapters": "a new source",
                "listened": {"someday": {"heard": 1}},
                "new": 1,
                "title": "\ud800",
            }
        ],
        settings={"theme": "dark", "list": []},
    )
    assert read_library(body, "") == LibraryExport((ExportedPodcast("x:", "?"),), settings={"theme": "dark"})
