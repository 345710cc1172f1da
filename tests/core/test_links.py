"""Links to places of episodes: written so that every program takes them whole, and read again."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.links import EpisodeLink, is_link, link_text, read_link, seconds_text

LINK = EpisodeLink("https://x.org/feed?a=1&b=(2)", "tag:x.org,2025/459#1", 4_132_250)
TEXT = "earmark://episode/https%3A%2F%2Fx.org%2Ffeed%3Fa%3D1%26b%3D%282%29/tag%3Ax.org%2C2025%2F459%231?t=4132.25"


def test_the_form() -> None:
    assert link_text(LINK) == TEXT
    assert read_link(TEXT) == LINK
    assert link_text(EpisodeLink("files:", "/music/a b.mp3")) == "earmark://episode/files%3A/%2Fmusic%2Fa%20b.mp3"
    assert [seconds_text(each) for each in (0, 1000, 1500, 1007)] == ["0", "1", "1.5", "1.007"]


@pytest.mark.parametrize(
    ("time", "place"), [("4132.25", 4_132_250), ("1:08:52", 4_132_000), ("1h8m", 4_080_000), ("soon", None), ("", None)]
)
def test_times(time: str, place: int | None) -> None:
    assert read_link(f"  EARMARK://Episode/f/g?t={time}&utm=1\n") == EpisodeLink("f", "g", place)


@pytest.mark.parametrize(
    "text",
    [
        *("", "earmark:", "earmark://episode/f", "earmark://episode//g", "earmark://episode/f/"),
        *("earmark://episode/f/g/h", "earmark://podcast/f/g", "https://episode/f/g", "earmark://[/f/g", "episode/f/g"),
    ],
)
def test_what_is_none(text: str) -> None:
    assert read_link(text) is None


def test_what_is_meant_as_one() -> None:
    assert all(map(is_link, (TEXT, " earmark:nonsense", "EARMARK://")))
    assert not any(map(is_link, ("", "earmark", "https://x.org/earmark:")))


@given(
    feed=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    guid=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    at=st.none() | st.integers(0, 999_999_999),
)
def test_what_is_written_is_read(feed: str, guid: str, at: int | None) -> None:
    text = link_text(EpisodeLink(feed, guid, at))
    assert re.fullmatch(r"earmark://episode/[\w.~%-]+/[\w.~%-]+(\?t=[\d.]+)?", text, re.ASCII)
    assert read_link(text) == EpisodeLink(feed, guid, at)
