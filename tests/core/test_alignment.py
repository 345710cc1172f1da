"""Published times and times in the file: anchors, hints, and what two lists tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.alignment import Alignment, Anchor, Timeline, from_durations, from_lists, moved_by, timeline_of
from player.core.errors import BugError
from player.core.model import Chapter, ChapterList, ChapterSource

AD = 151_000
NAMES = ("Introduction", "Export controls", "Stargate", "Censorship", "Future of AI", "Goodbye")


def listed(
    starts: list[int], titles: tuple[str, ...] = NAMES, source: ChapterSource = ChapterSource.FILE
) -> ChapterList:
    return ChapterList(source, tuple(map(Chapter, starts, [*starts[1:], starts[-1] + 60_000], titles)))


OUTLINE = listed([at * 600_000 for at in range(6)], source=ChapterSource.OUTLINE)


def shifted(*by: int) -> ChapterList:
    return listed([chapter.start + shift for chapter, shift in zip(OUTLINE.chapters, by, strict=True)])


def test_one_anchor_moves_what_comes_after_it() -> None:
    alignment = Alignment((Anchor(600_000, 600_000 + AD),))
    assert alignment.to_file(599_999) == 599_999
    assert alignment.to_file(600_000) == 600_000 + AD
    assert alignment.to_file(900_000) == 900_000 + AD
    assert alignment.to_published(900_000 + AD) == 900_000
    assert alignment.to_published(600_000 + AD // 2) == 600_000
    assert alignment.to_published(1_000) == 1_000


def test_an_anchor_that_moves_back_keeps_the_order() -> None:
    alignment = Alignment((Anchor(600_000, 500_000),))
    assert alignment.to_file(550_000) == 500_000
    assert alignment.to_file(700_000) == 600_000


@pytest.mark.parametrize("shift", [AD, -AD])
def test_all_times_move_by_one_shift(shift: int) -> None:
    alignment = Alignment((moved_by(shift),))
    assert [alignment.to_file(time) for time in (0, 600_000)] == [max(0, shift), 600_000 + shift]


def test_between_two_anchors_times_are_interpolated() -> None:
    alignment = Alignment((Anchor(100_000, 100_000), Anchor(200_000, 220_000)))
    assert [alignment.to_file(time) for time in (50_000, 150_000, 200_000, 300_000)] == [
        50_000,
        160_000,
        220_000,
        320_000,
    ]
    assert alignment.to_published(160_000) == 150_000


def test_a_new_anchor_takes_the_place_of_those_that_contradict_it() -> None:
    alignment = Alignment((Anchor(10, 20), Anchor(30, 40), Anchor(50, 60)))
    assert alignment.with_anchor(Anchor(30, 45)).anchors == (Anchor(10, 20), Anchor(30, 45), Anchor(50, 60))
    assert alignment.with_anchor(Anchor(35, 65)).anchors == (Anchor(10, 20), Anchor(30, 40), Anchor(35, 65))
    with pytest.raises(BugError):
        Alignment((Anchor(10, 20), Anchor(5, 30)))


def test_a_list_is_moved_with_its_hidden_entries() -> None:
    found = ChapterList(
        ChapterSource.OUTLINE,
        (Chapter(0, 100, "a"), Chapter(100, 200, "b", "link", "picture", 1)),
        hidden=(Chapter(150, 160, ""),),
        origin="notes",
    )
    moved = Alignment((Anchor(100, 130),)).aligned(found)
    assert moved.chapters == (Chapter(0, 130, "a"), Chapter(130, 230, "b", "link", "picture", 1))
    assert moved.hidden == (Chapter(180, 190, ""),)
    assert moved.origin == "notes"
    assert Alignment().aligned(found) is found


def test_a_notable_difference_of_lengths_is_a_hint() -> None:
    assert from_durations(3_600_000, 3_600_000 + AD) == AD
    assert from_durations(3_600_000 + AD, 3_600_000) == -AD
    assert from_durations(3_600_000, 3_610_000) is None
    assert from_durations(None, 3_600_000) is None
    assert from_durations(0, 3_600_000) is None


def test_an_advertisement_before_all() -> None:
    found = from_lists(OUTLINE, shifted(AD, AD + 400, AD - 300, AD, AD, AD))
    assert found == Alignment((Anchor(0, AD),))


def test_advertisements_between() -> None:
    file = shifted(0, 0, AD, AD, 2 * AD, 2 * AD)
    found = from_lists(OUTLINE, file)
    assert found is not None
    assert [each.start for each in found.aligned(OUTLINE).chapters] == [each.start for each in file.chapters]


def test_lists_that_agree_move_nothing() -> None:
    assert from_lists(OUTLINE, shifted(300, 300, -500, 0, 900, 700)) == Alignment()


def test_lists_without_titles_are_compared_by_place_when_one_constant_parts_them() -> None:
    starts = [chapter.start + AD for chapter in OUTLINE.chapters]
    assert from_lists(OUTLINE, listed(starts, ("",) * 6)) == Alignment((Anchor(0, AD),))
    assert from_lists(OUTLINE, listed([0, *starts[1:]], ("",) * 6)) is None


def test_lists_of_other_chapters_tell_nothing() -> None:
    assert from_lists(OUTLINE, listed([0, 1, 2, 3, 4, 5], ("a", "b", "c", "d", "e", "f"))) is None
    assert from_lists(OUTLINE, ChapterList(ChapterSource.FILE, ())) is None


def test_whose_clock_a_source_goes_by() -> None:
    assert timeline_of(ChapterSource.FILE) is Timeline.FILE
    assert timeline_of(ChapterSource.OUTLINE) is Timeline.PUBLISHED


def _rising(times: list[tuple[int, int]]) -> Alignment:
    published, actual = sorted({one for one, _ in times}), sorted({two for _, two in times})
    return Alignment(tuple(map(Anchor, published, actual)))


alignments = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), max_size=6).map(_rising)
times = st.integers(0, 20_000)


@given(alignments, times, times)
def test_the_order_of_times_never_changes(alignment: Alignment, one: int, two: int) -> None:
    early, late = sorted((one, two))
    assert 0 <= alignment.to_file(early) <= alignment.to_file(late)
    assert 0 <= alignment.to_published(early) <= alignment.to_published(late)


@given(alignments, times)
def test_there_and_back_is_the_same_place(alignment: Alignment, time: int) -> None:
    place = alignment.to_file(time)
    assert alignment.to_file(alignment.to_published(place)) == place


@given(alignments, times, times)
def test_an_anchor_that_is_set_is_kept_exactly(alignment: Alignment, published: int, actual: int) -> None:
    anchored = alignment.with_anchor(Anchor(published, actual))
    assert anchored.to_file(published) == actual
    assert anchored.to_published(actual) == published
