"""Chapters as one text: all that goes in comes out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from player.core.model import Chapter
from player.storage.packed_chapters import pack, pack_places, places, unpack

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
millis = st.integers(0, 3) | st.integers(0, 10**9)
chapters = st.lists(
    st.builds(Chapter, millis, millis, texts, st.none() | texts, st.none() | texts, st.integers(0, 2)), max_size=5
).map(tuple)


@given(chapters, chapters)
def test_what_is_packed_is_unpacked(shown: tuple[Chapter, ...], hidden: tuple[Chapter, ...]) -> None:
    packed = pack(shown, hidden)
    assert unpack(packed) == (shown, hidden)
    assert places(packed) == [(each.start, each.title) for each in shown]


@given(st.lists(st.tuples(millis, texts)))
def test_places_alone_are_packed(found: list[tuple[int, str]]) -> None:
    assert places(pack_places(found)) == found


def test_what_follows_from_the_rest_is_left_out() -> None:
    ends_with_the_next = (Chapter(0, 5000, "Intro"), Chapter(5000, 9000, "Ä “main” part", "https://x.org"))
    assert pack(ends_with_the_next) == '[[0,"Intro"],[5,"Ä “main” part",9,"https://x.org"]]'
    assert pack((Chapter(1, 5100, "a"),)) == '[[0.001,"a",5.1]]'
