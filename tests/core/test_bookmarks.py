"""Which bookmark is meant by a place, where spans end, and where bookmarks are when the audio is another one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from player.core.bookmarks import (
    LONGEST_TEXT,
    Bookmark,
    BookmarkId,
    bookmark_here,
    bookmark_to_end,
    clean_text,
    moved,
    stop_meant,
)
from player.core.model import EpisodeId, Millis

EPISODE = EpisodeId(1)
ONE = Bookmark(BookmarkId(1), EPISODE, 10_000, None, "one", 100)
TWO = Bookmark(BookmarkId(2), EPISODE, 60_000, 70_000, "", 300, "Stargate")
THREE = Bookmark(BookmarkId(3), EPISODE, 5000, None, "", 200)


def test_a_key_that_is_pressed_twice_makes_one() -> None:
    near = Bookmark(BookmarkId(4), EPISODE, 10_900)
    assert bookmark_here([ONE, TWO], 10_999) is ONE
    assert bookmark_here([ONE, TWO], 9001) is ONE
    assert bookmark_here([ONE, near, TWO], 10_600) is near
    assert bookmark_here([ONE, TWO], 11_000) is None
    assert bookmark_here([], 0) is None


def test_up_to_here_ends_the_newest_that_began_before() -> None:
    assert bookmark_to_end([ONE, TWO, THREE], 61_000) is TWO
    assert bookmark_to_end([ONE, TWO, THREE], 60_000) is THREE
    assert bookmark_to_end([ONE, TWO, THREE], 5000) is None


def test_it_is_called_by_its_text_else_by_its_chapter() -> None:
    assert [each.title for each in (ONE, TWO, THREE)] == ["one", "Stargate", ""]


def test_a_text_is_one_line() -> None:
    assert clean_text("  so \n much\tof it ") == "so much of it"
    assert len(clean_text("a " * LONGEST_TEXT)) == LONGEST_TEXT - 1


def test_an_end_is_behind_the_start() -> None:
    assert (stop_meant(5, 6), stop_meant(5, 5), stop_meant(5, 4), stop_meant(5, None)) == (6, None, None, None)


def test_it_goes_where_its_place_went() -> None:
    assert moved(TWO, lambda place: place + 30_000) == Bookmark(TWO.id, EPISODE, 90_000, 100_000, "", 300, "Stargate")
    assert moved(TWO, lambda place: min(place, 60_000)).stop is None
    assert moved(ONE, lambda place: place - 30_000).start == 0


@given(start=st.integers(0, 1 << 40), length=st.none() | st.integers(1, 1 << 30), by=st.integers(-(1 << 41), 1 << 41))
def test_wherever_it_goes_its_end_is_behind_it(start: Millis, length: Millis | None, by: Millis) -> None:
    stop = None if length is None else start + length
    found = moved(Bookmark(BookmarkId(1), EPISODE, start, stop), lambda place: place + by)
    assert found.start >= 0
    assert found.stop is None or found.stop > found.start
