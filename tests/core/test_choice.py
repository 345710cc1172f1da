"""Which list is shown, for which reason, and what overturns the order of trust."""

from __future__ import annotations

import itertools
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.choice import AGREEMENT, TRUST, ChoiceReason, Flaw, Why, choose, is_made_up, partners, plausibility
from player.core.model import Chapter, ChapterList, ChapterSource

FILE, OUTLINE, DOCUMENT = ChapterSource.FILE, ChapterSource.OUTLINE, ChapterSource.DOCUMENT
HOUR = 3_600_000


def listed(source: ChapterSource, *titles: str, every: int = 600_000, at: int = 0) -> ChapterList:
    """A list with a chapter each `every` milliseconds, the first at `at`."""
    starts = [at + index * every for index in range(len(titles))]
    return ChapterList(source, tuple(map(Chapter, starts, [*starts[1:], starts[-1] + every], titles)))


def reason_of(*lists: ChapterList, **wishes: ChapterSource | None) -> tuple[ChapterSource, ChoiceReason]:
    choice = choose(lists, HOUR, **wishes)
    assert choice is not None
    assert {choice.chosen.source, *(each.source for each in choice.others)} == {each.source for each in lists}
    return choice.chosen.source, choice.reason


def test_nothing_to_choose_from() -> None:
    assert choose([], HOUR) is None
    assert choose([ChapterList(FILE, ())], HOUR) is None


def test_the_file_comes_before_the_document_and_that_before_the_notes() -> None:
    lists = [listed(source, "a", "b", "c", "d") for source in (OUTLINE, DOCUMENT, FILE)]
    assert reason_of(*lists) == (FILE, ChoiceReason(Why.TRUSTED))
    assert reason_of(*lists[:2]) == (DOCUMENT, ChoiceReason(Why.TRUSTED))
    choice = choose(lists, HOUR)
    assert choice is not None
    assert [each.source for each in choice.others] == [DOCUMENT, OUTLINE]


def test_what_the_listener_wants_comes_first() -> None:
    own = listed(ChapterSource.LISTENER, "mine", "yours")
    file, outline = listed(FILE, "a", "b", "c"), listed(OUTLINE, "d", "e", "f")
    assert reason_of(file, outline, own) == (ChapterSource.LISTENER, ChoiceReason(Why.OWN))
    assert reason_of(file, outline, own, preference=OUTLINE)[0] is ChapterSource.LISTENER
    assert reason_of(file, outline, own, edited=FILE)[0] is ChapterSource.LISTENER
    assert reason_of(file, outline, edited=OUTLINE) == (OUTLINE, ChoiceReason(Why.EDITED))
    assert reason_of(file, outline, own, edited=FILE, asked=OUTLINE) == (OUTLINE, ChoiceReason(Why.ASKED))
    assert reason_of(file, outline, preference=OUTLINE) == (OUTLINE, ChoiceReason(Why.PREFERRED))


def test_a_wish_for_a_source_without_a_list_changes_nothing() -> None:
    file, outline = listed(FILE, "a", "b", "c"), listed(OUTLINE, "d", "e", "f")
    wishes = {"preference": DOCUMENT, "asked": DOCUMENT, "edited": DOCUMENT}
    assert reason_of(file, outline, **wishes) == (FILE, ChoiceReason(Why.TRUSTED))


def test_a_preference_for_the_podcast_does_not_show_a_list_that_tells_nothing() -> None:
    file, outline = listed(FILE, "ch0"), listed(OUTLINE, "d", "e", "f")
    assert reason_of(file, outline, preference=FILE)[0] is OUTLINE
    assert reason_of(file, outline, asked=FILE)[0] is FILE


@pytest.mark.parametrize(
    ("titles", "flaw"),
    [
        (("Chapter 1", "Chapter 2", "Chapter 3"), Flaw.UNTITLED),
        (("", "", ""), Flaw.UNTITLED),
        (("The episode", "The episode", "The episode"), Flaw.UNTITLED),
        (("Marker 01", "Marker 02", "Marker 03"), Flaw.UNTITLED),
        (("The episode",), Flaw.SINGLE),
    ],
)
def test_a_list_that_tells_nothing_gives_way(titles: tuple[str, ...], flaw: Flaw) -> None:
    outline = listed(OUTLINE, "Introduction", "Export controls", "Stargate")
    assert reason_of(listed(FILE, *titles), outline) == (OUTLINE, ChoiceReason(Why.BETTER, FILE, flaw))


def test_a_list_past_the_end_gives_way() -> None:
    late = listed(FILE, "a", "b", "c", "d", every=HOUR)
    assert reason_of(late, listed(OUTLINE, "e", "f", "g"))[1] == ChoiceReason(Why.BETTER, FILE, Flaw.PAST_THE_END)


def test_a_list_of_the_first_minutes_gives_way() -> None:
    early = listed(FILE, "Cold open", "Advertisement", every=20_000)
    outline = listed(OUTLINE, "a", "b", "c", "d", "e", at=90_000)
    assert reason_of(early, outline)[1] == ChoiceReason(Why.BETTER, FILE, Flaw.EARLY)


def test_all_at_one_time_gives_way() -> None:
    crowded = listed(FILE, "a", "b", "c", "d", "e", every=0)
    assert reason_of(crowded, listed(OUTLINE, "f", "g", "h"))[1] == ChoiceReason(Why.BETTER, FILE, Flaw.CROWDED)


def test_a_much_longer_list_of_the_same_chapters_is_taken() -> None:
    coarse = listed(FILE, "One", "Two", "Three", every=1_200_000, at=500)
    fine = listed(OUTLINE, *"abcdef", every=600_000)
    assert reason_of(coarse, fine) == (OUTLINE, ChoiceReason(Why.BETTER, FILE, Flaw.SHORTER))
    elsewhere = listed(OUTLINE, *"abcdef", every=600_000, at=30_000)
    assert reason_of(coarse, elsewhere) == (FILE, ChoiceReason(Why.TRUSTED))


def test_of_lists_that_all_tell_nothing_the_trusted_one_is_shown() -> None:
    assert reason_of(listed(FILE, "ch0"), listed(OUTLINE, "1"))[0] is FILE


@pytest.mark.parametrize("title", ["", " ", "Chapter 7", "chapter", "Kapitel 3", "Marker 01", "12", "Track 4", "ch0"])
def test_made_up_titles(title: str) -> None:
    assert is_made_up(title)


@pytest.mark.parametrize("title", ["Chapter 7: Stargate", "Introduction", "On parting", "1984 and other books"])
def test_real_titles(title: str) -> None:
    assert not is_made_up(title)


chapters = st.lists(st.builds(Chapter, st.integers(0, 60_000), st.just(0), st.text(max_size=3)), max_size=20).map(
    lambda found: sorted(found, key=lambda chapter: chapter.start)
)
chapter_lists = st.lists(
    st.builds(ChapterList, st.sampled_from(TRUST), chapters.map(tuple)), unique_by=lambda each: each.source
)


@given(chapters, st.none() | st.integers(0, 60_000))
def test_plausibility_is_between_nothing_and_all(found: list[Chapter], duration: int | None) -> None:
    judged = plausibility(found, duration)
    assert 0 <= judged.score <= 1
    assert (judged.flaw is None) == (judged.score == 1)


@given(chapter_lists, st.none() | st.integers(1, 60_000), st.randoms())
def test_the_choice_depends_on_no_order_and_loses_no_list(
    lists: list[ChapterList], duration: int | None, chance: Random
) -> None:
    choice = choose(lists, duration)
    shuffled = list(lists)
    chance.shuffle(shuffled)
    assert choose(shuffled, duration) == choice
    with_chapters = [each for each in lists if each.chapters]
    assert (choice is None) == (not with_chapters)
    if choice is not None:
        assert len(choice.others) + 1 == len(with_chapters)


@given(chapters, chapters)
def test_partners_agree_and_rise(ours: list[Chapter], theirs: list[Chapter]) -> None:
    pairs = partners(ours, theirs)
    assert all(abs(ours[one].start - theirs[two].start) <= AGREEMENT for one, two in pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(pairs))
