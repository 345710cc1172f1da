"""Which chapters marks skip, whatever becomes of the list, and which time is left out for it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from player.core.alignment import Alignment, Anchor
from player.core.edits import Entry, Merge, Rename, Split, apply_edits, entries_of
from player.core.model import Chapter, ChapterList, ChapterSource
from player.core.skips import (
    SkipMark,
    heard_between,
    marked,
    past_skips,
    resumed,
    skip_spans,
    skipped_chapters,
    stepped,
)

MINUTE = 60_000
TITLES = ("Intro", "Ad", "Talk", "Ad", "Outro")
CHAPTERS = tuple(Chapter(at * MINUTE, (at + 1) * MINUTE, title) for at, title in enumerate(TITLES))
NESTED = tuple(
    Chapter(at * MINUTE, (at + 1) * MINUTE, str(at), level=level)
    for at, level in enumerate((0, 1, 2, 2, 1, 0, 1, 0))
)  # fmt: skip
FIRST_AD = (SkipMark("Ad", MINUTE),)


def listed(*chapters: Chapter) -> tuple[Entry, ...]:
    return entries_of(chapters, chapters)


def moved(by: int, *chapters: Chapter) -> tuple[Chapter, ...]:
    return tuple(Chapter(each.start + by, each.end + by, each.title, level=each.level) for each in chapters)


@st.composite
def lists(draw: st.DrawFn) -> tuple[Chapter, ...]:
    """Chapters of any nesting, some with a gap behind them, some of no length."""
    chapters, start = [], draw(st.integers(0, 3000))
    for title in range(draw(st.integers(1, 12))):
        length, gap = draw(st.sampled_from((0, 1, 800, 5000, 9000))), draw(st.sampled_from((0, 0, 1, 1000, 1001)))
        chapters.append(Chapter(start, start + length, str(title), level=draw(st.integers(0, 3))))
        start += max(1, length + gap)
    return tuple(chapters)


places = st.integers(0, 120_000)


@st.composite
def spans(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    chapters = draw(lists())
    return skip_spans(chapters, draw(st.sets(st.integers(0, len(chapters) - 1))))


# Which chapters


def test_a_mark_means_one_of_several_of_a_title() -> None:
    assert skipped_chapters(FIRST_AD, listed(*CHAPTERS)) == {1}


def test_marks_outlive_that_the_list_is_read_again() -> None:
    assert skipped_chapters(FIRST_AD, listed(*moved(4000, *CHAPTERS))) == {1}, "all of it a bit later"
    assert skipped_chapters(FIRST_AD, listed(CHAPTERS[0], *moved(9 * MINUTE, *CHAPTERS[2:]))) == set(), "it is gone"
    assert skipped_chapters((SkipMark("Talk", 2 * MINUTE),), listed(*moved(4 * MINUTE, *CHAPTERS))) == {2}
    assert skipped_chapters((SkipMark("Talk", 2 * MINUTE),), listed(*moved(6 * MINUTE, *CHAPTERS))) == set()
    assert skipped_chapters((SkipMark(" AD ", MINUTE + 1),), listed(*CHAPTERS)) == {1}


def test_another_chapter_at_the_same_place_is_not_skipped() -> None:
    assert skipped_chapters((SkipMark("Intro", 0),), listed(Chapter(0, 60 * MINUTE, "The first hour"))) == set()
    assert skipped_chapters((SkipMark("", 0),), listed(Chapter(0, MINUTE, "Now it has one"))) == set()
    assert skipped_chapters((SkipMark("", 0),), listed(Chapter(100, MINUTE, ""), Chapter(MINUTE, MINUTE, ""))) == {0}


def test_marks_outlive_edits() -> None:
    entries = listed(*CHAPTERS)
    talk, ad = entries[2].identity, entries[1].identity
    mark = (SkipMark("Talk", 2 * MINUTE),)
    assert skipped_chapters(mark, apply_edits(entries, (Rename(talk, "Chat"),))) == {2}
    assert skipped_chapters(mark, apply_edits(entries, (Split(talk, 2 * MINUTE + 1, "Rest"),))) == {2}
    assert skipped_chapters(mark, apply_edits(entries, (Merge(ad, talk),))) == set()


def test_marks_outlive_moves_and_another_list() -> None:
    """An advertisement of 90 s was put in behind the introduction: lists of the file tell other times than notes."""
    published = ChapterList(ChapterSource.OUTLINE, CHAPTERS)
    aligned = Alignment((Anchor(MINUTE, MINUTE + 90_000),)).aligned(published).chapters
    shown = entries_of(CHAPTERS, aligned)
    of_file = listed(*aligned)
    assert skipped_chapters(FIRST_AD, shown) == {1}
    of_notes, of_tags = (SkipMark("Talk", 2 * MINUTE),), (SkipMark("Ad", MINUTE + 90_000),)
    assert skipped_chapters(of_notes, of_file) == {2}
    assert skipped_chapters(of_tags, shown) == {1}


def test_what_is_nested_is_skipped_with_its_parent() -> None:
    entries = listed(*NESTED)
    assert skipped_chapters((SkipMark("1", MINUTE),), entries) == {1, 2, 3}
    assert skipped_chapters((SkipMark("0", 0),), entries) == {0, 1, 2, 3, 4}
    left = marked((SkipMark("0", 0),), entries, [2], is_skipped=False)
    assert left == (SkipMark("3", 3 * MINUTE), SkipMark("4", 4 * MINUTE))


@given(lists(), st.data())
def test_what_is_chosen_is_skipped_or_heard_and_nothing_else_changes(
    chapters: tuple[Chapter, ...], data: st.DataObject
) -> None:
    entries = listed(*chapters)
    indices = st.integers(0, len(chapters) - 1)
    marks = marked((), entries, data.draw(st.lists(indices)), is_skipped=True)
    before = skipped_chapters(marks, entries)
    chosen = data.draw(indices)
    nested = {chosen}
    while max(nested) + 1 < len(chapters) and chapters[max(nested) + 1].level > chapters[chosen].level:
        nested.add(max(nested) + 1)
    on = marked(marks, entries, [chosen], is_skipped=True)
    assert skipped_chapters(on, entries) == before | nested
    off = skipped_chapters(marked(marks, entries, [chosen], is_skipped=False), entries)
    around = {
        index for index in range(chosen)
        if chapters[index].level < min(each.level for each in chapters[index + 1 : chosen + 1])
    }  # fmt: skip
    assert chosen not in off
    assert before - nested - around <= off <= before
    assert skipped_chapters(marked(on, entries, [chosen], is_skipped=False), entries) <= before | nested
    if chosen not in before:
        assert marked(on, entries, [chosen], is_skipped=False) == marks


# Which time


def test_spans_of_chapters() -> None:
    assert skip_spans(CHAPTERS, {1, 2, 4}) == ((60_000, 120_000), (120_000, 180_000), (240_000, 300_000))
    assert skip_spans(NESTED, {0, 1, 2, 3, 4}) == ((0, 300_000),)
    gapped = (Chapter(0, 59_999, "A"), Chapter(60_000, 61_000, "B"), Chapter(90_000, 90_000, "C"))
    assert skip_spans(gapped, {0, 1, 2}) == ((0, 60_000), (60_000, 61_000))


@given(lists(), st.data())
def test_spans_rise_and_hold_the_skipped_chapters_only(chapters: tuple[Chapter, ...], data: st.DataObject) -> None:
    skipped = data.draw(st.sets(st.integers(0, len(chapters) - 1)))
    found = skip_spans(chapters, skipped)
    assert all(start < end for start, end in found)
    assert all(one[1] <= two[0] for one, two in pairwise(found))
    for index, chapter in enumerate(chapters):
        middle = (chapter.start + chapter.end) // 2
        if chapter.start < chapter.end:
            assert any(start <= middle < end for start, end in found) == (index in skipped)


@given(spans(), places)
def test_playing_begins_where_something_is_heard(found: tuple[tuple[int, int], ...], place: int) -> None:
    to = past_skips(found, place)
    assert to >= place
    assert not any(start <= to < end for start, end in found)
    assert heard_between(found, place, to) == sum(end - place for start, end in found if start <= place < end)
    is_amidst = any(start < place < end for start, end in found)
    assert resumed(found, place) == (place if is_amidst else to)


@given(spans(), places, st.integers(-60_000, 60_000))
def test_a_step_counts_what_is_heard_and_ends_where_something_is(
    found: tuple[tuple[int, int], ...], place: int, by: int
) -> None:
    to = stepped(found, place, by)
    inside = [(start, end) for start, end in found if start <= place < end]
    assert not any(start <= to < end for start, end in found if (start, end) not in inside)
    if by >= 0:
        assert heard_between(found, place, to) == by
    elif not inside and to > past_skips(found, 0):
        assert heard_between(found, to, place) == -by
    else:
        assert to <= place or to == past_skips(found, 0)


def test_a_step_in_a_span_stays_in_it_and_one_beside_it_leaps() -> None:
    spans = ((1_000, 2_000), (2_000, 3_000), (5_000, 6_000))
    assert (stepped(spans, 1_000, 500), stepped(spans, 1_000, 1_000)) == (1_500, 3_000)
    assert (stepped(spans, 900, 200), stepped(spans, 3_100, -200)) == (3_100, 900)
    assert stepped(((0, 2_000),), 2_500, -1_000) == 2_000, "there is nothing before"
