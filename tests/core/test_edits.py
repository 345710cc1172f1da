"""Edits laid over a list, undone and redone, and what becomes of them when the list is read again."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.alignment import Alignment, Anchor
from player.core.edits import (
    Add,
    Anchored,
    Delete,
    Edit,
    EditLog,
    Entry,
    Followed,
    Identity,
    Merge,
    Move,
    Rename,
    Split,
    anchored,
    apply_edits,
    carried,
    entries_of,
)
from player.core.model import Chapter

INTRO, MAIN, LAST = Identity(0, "Intro"), Identity(60_000, "Main"), Identity(180_000, "Last")
CHAPTERS = (
    Chapter(0, 60_000, "Intro"),
    Chapter(60_000, 180_000, "Main", link="https://x.org", picture="sha256:1", level=1),
    Chapter(180_000, 300_000, "Last"),
)
ENTRIES = entries_of(CHAPTERS, CHAPTERS)


def after(*edits: Edit, chapters: tuple[Chapter, ...] = CHAPTERS) -> list[tuple[int, int, str]]:
    found = apply_edits(entries_of(chapters, chapters), edits)
    return [(entry.chapter.start, entry.chapter.end, entry.chapter.title) for entry in found]


def test_without_edits_nothing_changes() -> None:
    assert apply_edits(ENTRIES, ()) == ENTRIES


def test_each_edit() -> None:
    assert after(Add(90_000, "New")) == [
        (0, 60_000, "Intro"),
        (60_000, 90_000, "Main"),
        (90_000, 180_000, "New"),
        (180_000, 300_000, "Last"),
    ]
    assert after(Rename(MAIN, "Better"))[1] == (60_000, 180_000, "Better")
    assert after(Move(MAIN, 60_100))[:2] == [(0, 60_100, "Intro"), (60_100, 180_000, "Main")]
    assert after(Split(MAIN, 100_000, "Rest"))[1:3] == [(60_000, 100_000, "Main"), (100_000, 180_000, "Rest")]
    assert after(Merge(INTRO, MAIN)) == [(0, 180_000, "Intro"), (180_000, 300_000, "Last")]
    assert after(Delete(MAIN)) == [(0, 180_000, "Intro"), (180_000, 300_000, "Last")]
    assert after(Delete(INTRO))[0] == (60_000, 180_000, "Main")
    assert after(Delete(LAST))[-1] == (60_000, 300_000, "Main")


def test_the_rest_of_a_chapter_stays_and_a_part_keeps_its_depth() -> None:
    found = apply_edits(ENTRIES, [Rename(MAIN, "Better"), Split(MAIN, 100_000, "Rest")])
    assert found[1].chapter == Chapter(60_000, 100_000, "Better", "https://x.org", "sha256:1", 1)
    assert found[1].identity == MAIN
    assert found[2].chapter.level == 1
    assert found[2].is_added


def test_edits_follow_each_other() -> None:
    assert after(Rename(MAIN, "Better"), Move(MAIN, 70_000), Rename(MAIN, "Best"))[1] == (70_000, 180_000, "Best")
    assert after(Add(90_000, "New"), Rename(Identity(90_000, "New"), "Newer"))[2][2] == "Newer"


def test_a_chapter_never_moves_past_another() -> None:
    assert [start for start, _, _ in after(Move(MAIN, 400_000))] == [0, 179_999, 180_000]
    assert [start for start, _, _ in after(Move(MAIN, -5))] == [0, 1, 180_000]
    assert after(Move(INTRO, -5))[0][0] == 0


def test_gaps_stay_gaps() -> None:
    with_gap = (Chapter(0, 50_000, "Intro"), *CHAPTERS[1:])
    assert after(Rename(INTRO, "Hello"), chapters=with_gap)[0] == (0, 50_000, "Hello")
    assert after(Split(INTRO, 20_000, "Two"), chapters=with_gap)[:2] == [(0, 20_000, "Intro"), (20_000, 50_000, "Two")]


def test_a_list_of_ones_own() -> None:
    assert after(Add(9_000, "Two"), Add(1_000, "One"), chapters=()) == [(1_000, 9_000, "One"), (9_000, 9_000, "Two")]


def test_a_list_that_is_read_again_keeps_its_edits() -> None:
    later = (Chapter(0, 5_000, "Sponsor"), *(Chapter(each.start + 5_000, each.end, each.title) for each in CHAPTERS))
    assert after(Rename(MAIN, "Better"), chapters=later)[2] == (65_000, 180_000, "Better")
    renamed = (CHAPTERS[0], Chapter(60_500, 180_000, "The main part"), CHAPTERS[2])
    assert after(Rename(MAIN, "Better"), chapters=renamed)[1][2] == "Better"


def test_edits_of_what_is_gone_or_unclear_do_nothing() -> None:
    assert after(Delete(Identity(120_000, "Gone"))) == after()
    ads = (Chapter(0, 1_000, "Ad"), Chapter(60_000, 61_000, "Ad"), Chapter(200_000, 201_000, "Ad"))
    assert len(after(Delete(Identity(30_000, "Ad")), chapters=ads)) == 3
    assert len(after(Delete(Identity(60_300, "Ad")), chapters=ads)) == 2
    assert after(Merge(MAIN, INTRO)) == after()


def test_identities_are_those_of_the_source_not_of_what_is_shown() -> None:
    shown = tuple(Chapter(each.start + 151_000, each.end + 151_000, each.title) for each in CHAPTERS)
    found = apply_edits(entries_of(CHAPTERS, shown), [Rename(MAIN, "Better"), Add(160_000, "New")])
    assert [(entry.chapter.start, entry.chapter.title) for entry in found] == [
        (151_000, "Intro"),
        (160_000, "New"),
        (211_000, "Better"),
        (331_000, "Last"),
    ]


def given_again(*lines: tuple[int, str], edits: tuple[Edit, ...]) -> list[tuple[int, str]]:
    """What is shown of a list that the listener gave in the place of the one that was edited."""
    starts = [*(start for start, _ in lines), 300_000]
    chapters = tuple(Chapter(start, starts[n + 1], title) for n, (start, title) in enumerate(lines))
    entries = entries_of(chapters, chapters)
    found = apply_edits(entries, carried(edits, [each.identity for each in entries]))
    return [(entry.chapter.start, entry.chapter.title) for entry in found]


def test_edits_go_along_with_titles_into_another_list_of_the_listener() -> None:
    lines = ((0, "Welcome"), (61_000, "Else"), (70_000, "Main"), (180_000, "Last"))
    assert given_again(*lines, edits=(Rename(INTRO, "Hello"),)) == [*lines], "another title at the same time"
    assert given_again(*lines, edits=(Delete(MAIN), Move(LAST, 190_000))) == [
        (0, "Welcome"),
        (61_000, "Else"),
        (190_000, "Last"),
    ]
    assert given_again(*lines, edits=(Move(MAIN, 65_000),)) == [*lines], "the new time is the listener's, too"
    assert given_again(*lines, edits=(Merge(INTRO, MAIN), Split(INTRO, 30_000, "Part"))) == [*lines]


def test_what_was_added_comes_along_where_it_is_new() -> None:
    lines = ((0, "Intro"), (90_000, "Mine"), (180_000, "Last"))
    edits = (Add(90_500, "Other"), Add(120_000, "mine "), Add(30_000, "New"), Rename(Identity(30_000, "New"), "Newer"))
    assert given_again(*lines, edits=edits) == [(0, "Intro"), (30_000, "Newer"), *lines[1:]]
    split = Split(LAST, 200_000, "Rest")
    assert given_again(*lines, edits=(split, Delete(Identity(200_000, "Rest")))) == [*lines]


def test_what_was_done_with_an_added_one_does_nothing_to_the_one_that_was_given() -> None:
    lines = ((0, "Intro"), (90_000, "Mine"), (180_000, "Last"))
    for at in (90_000, 95_000):
        mine = Identity(at, "Mine")
        for edit in (Delete(mine), Rename(mine, "Other"), Merge(INTRO, mine), Move(mine, 99_000)):
            assert given_again(*lines, edits=(Add(at, "Mine"), edit)) == [*lines], edit
    assert given_again(*lines, edits=(Split(INTRO, 95_000, "Mine"), Merge(INTRO, Identity(95_000, "Mine")))) == [*lines]


def test_steps_of_anchors_stay_and_lose_only_the_chapter() -> None:
    step = Anchored((Anchor(0, 5000),), (), MAIN, 65_000)
    given = [Identity(0, "Else")]
    assert carried((step, Followed(True)), given) == (Anchored((Anchor(0, 5000),)), Followed(True))
    assert carried((step,), [MAIN]) == (step,)
    assert carried((Anchored((), (), MAIN, 65_000),), given) == ()


def test_undo_and_redo() -> None:
    one, two, three = Add(1, "1"), Add(2, "2"), Add(3, "3")
    log = EditLog().did(one).did(two)
    assert log.undo() == EditLog((one,), (two,))
    assert log.undo().redo() == log
    assert log.undo().undo().redo() == EditLog((one,), (two,))
    assert log.undo().did(three) == EditLog((one, three))
    assert EditLog().undo() == EditLog().redo() == EditLog()


identities = st.sampled_from([INTRO, MAIN, LAST]) | st.builds(
    Identity, st.integers(0, 400_000), st.sampled_from(["New", "Main", ""])
)
places, names = st.integers(-1_000, 400_000), st.sampled_from(["New", "Main", ""])
edits = st.one_of(
    st.builds(Add, places, names),
    st.builds(Rename, identities, names),
    st.builds(Move, identities, places),
    st.builds(Split, identities, places, names),
    st.builds(Merge, identities, identities),
    st.builds(Delete, identities),
)
chapters = st.lists(st.tuples(st.integers(0, 300_000), names), max_size=8).map(
    lambda found: tuple(Chapter(start, start, title) for start, title in sorted(found))
)


@given(chapters, st.lists(edits, max_size=12))
def test_any_edits_of_any_list_leave_a_list(found: tuple[Chapter, ...], changes: list[Edit]) -> None:
    entries: tuple[Entry, ...] = apply_edits(entries_of(found, found), changes)
    shown = [entry.chapter for entry in entries]
    assert all(one.start <= two.start and one.end <= two.start for one, two in itertools.pairwise(shown))
    assert all(chapter.start >= 0 and chapter.length >= 0 for chapter in shown)


@given(st.lists(edits, max_size=8), st.integers(0, 10))
def test_undo_takes_back_exactly_what_redo_brings(changes: list[Edit], times: int) -> None:
    log = EditLog()
    for change in changes:
        log = log.did(change)
    travelled = log
    for _ in range(times):
        travelled = travelled.undo()
    assert travelled.done == log.done[: max(0, len(changes) - times)]
    for _ in range(times):
        travelled = travelled.redo()
    assert travelled == log


@pytest.mark.parametrize("edit", [Rename(MAIN, "x"), Move(MAIN, 1), Delete(MAIN)])
def test_an_edit_alone_has_its_identity(edit: Rename | Move | Delete) -> None:
    assert edit.of == MAIN


ANCHORS = st.lists(st.builds(Anchor, st.integers(0, 100), st.integers(0, 100)), max_size=6).map(
    lambda many: _with(Alignment(), many)
)


def _with(alignment: Alignment, anchors: list[Anchor]) -> Alignment:
    for anchor in anchors:
        alignment = alignment.with_anchor(anchor)
    return alignment


@given(ANCHORS, ANCHORS)
def test_a_step_between_anchors_leads_there_and_back(before: Alignment, after: Alignment) -> None:
    step = anchored(before.anchors, after.anchors)
    assert (step is None) == (before == after)
    if step is not None:
        assert step.applied(before.anchors) == after.anchors
        assert step.reverted(after.anchors) == before.anchors


def test_a_step_leaves_what_another_list_has_set_meanwhile() -> None:
    step = Anchored((Anchor(10, 20),), (Anchor(12, 15),))
    assert step.reverted((Anchor(10, 20), Anchor(50, 70))) == (Anchor(12, 15), Anchor(50, 70))


def test_moves_of_times_are_no_edits_of_the_list_but_for_a_chapter_that_was_placed() -> None:
    assert apply_edits(ENTRIES, [Anchored((Anchor(0, 5),)), Followed(is_on=False)]) == ENTRIES
    assert after(Move(MAIN, 70_000), Anchored((Anchor(60_000, 80_000),), (), MAIN, 80_000))[1][0] == 80_000
