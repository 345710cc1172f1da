"""Which titles a rule means, which chapters that skips, and what a trial says of it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.edits import Entry, entries_of
from player.core.model import Chapter, EpisodeId
from player.core.skip_rules import (
    LONGEST_WORDS,
    Match,
    Sample,
    SkipRule,
    rule_meant,
    rule_words,
    ruled,
    tried,
)
from player.core.skips import SkipMark, marked, skipped_chapters

MINUTE = 60_000
TEXTS = st.text(st.sampled_from("ab AÄß-:*日本 \N{COMBINING DIAERESIS}"), max_size=12)


def chapters_of(*titles: str, levels: tuple[int, ...] = ()) -> tuple[Chapter, ...]:
    """Chapters of a minute each."""
    return tuple(
        Chapter(at * MINUTE, (at + 1) * MINUTE, title, level=levels[at] if levels else 0)
        for at, title in enumerate(titles)
    )


def listed(chapters: tuple[Chapter, ...]) -> tuple[Entry, ...]:
    return entries_of(chapters, chapters)


@pytest.mark.parametrize(
    ("words", "title", "fits"),
    [
        ("Sponsor", "Our SPONSOR: a bank", True),
        ("sponsor", "Sponsored by a bank", False),
        ("ad break", "Ad-break 2", True),
        ("ad break", "Ad: a break", False),
        ("ad", "Adventures in reading", False),
        ("ad", "Read, add, ad", True),
        ("café", "The Cafe", True),
        ("スポンサー", "本日のスポンサー紹介", True),
        ("…", "…", False),
        ("sponsor", "", False),
    ],
)
def test_words(words: str, title: str, fits: bool) -> None:
    assert SkipRule(words).fits(title) is fits


@pytest.mark.parametrize(
    ("words", "title", "fits"),
    [
        ("Intro", "intro", True),
        ("Intro", "Intro!", True),
        ("Intro", "The intro", False),
        ("Intro", "Introduction", False),
    ],
)
def test_a_title(words: str, title: str, fits: bool) -> None:
    assert SkipRule(words, Match.TITLE).fits(title) is fits


@pytest.mark.parametrize(
    ("words", "title", "fits"),
    [
        ("*sponsor*", "Sponsored by a bank", True),
        ("sponsor*", "Our sponsor", False),
        ("*sponsor", "Our sponsor", True),
        ("ad *", "Adventures", False),
        ("ad *", "Ad: a bank", True),
        ("ad *", "Ad", True),
        ("a*b*c", "a b b c", True),
        ("a*c*b", "a b b c", False),
        ("ab*ba", "aba", False),
        ("intro", "Intro", True),
        ("*", "Anything", False),
    ],
)
def test_a_pattern(words: str, title: str, fits: bool) -> None:
    assert SkipRule(words, Match.PATTERN).fits(title) is fits


def test_no_pattern_takes_long() -> None:
    """The pattern that hangs an expression: many parts that nearly fit, and a long title."""
    rule = SkipRule(f"{'*a' * 99}*b", Match.PATTERN)
    begun = time.process_time()
    assert not rule.fits("a" * 100_000)
    assert time.process_time() - begun < 1
    assert not SkipRule("a" * (LONGEST_WORDS + 1)).fits("a" * (LONGEST_WORDS + 1))


@given(TEXTS, TEXTS)
def test_a_title_has_itself_and_is_like_itself_with_anything_around(title: str, around: str) -> None:
    for match in Match:
        if SkipRule(title.replace("*", "")).is_valid:
            assert SkipRule(title.replace("*", ""), match).fits(title.replace("*", ""))
    inside = SkipRule(f"*{title}*", Match.PATTERN)
    if inside.is_valid:
        assert inside.fits(f"{around}{title.replace('*', around)}{around}")


@given(TEXTS, TEXTS)
def test_a_title_that_is_just_so_has_the_words_and_is_like_them(words: str, title: str) -> None:
    if SkipRule(words, Match.TITLE).fits(title):
        assert SkipRule(words).fits(title)
        if "*" not in words:
            assert SkipRule(words, Match.PATTERN).fits(title)


@given(TEXTS, st.none() | st.integers(1, 99))
def test_what_is_written_means_the_rule(text: str, longest: int | None) -> None:
    try:
        rule = rule_meant(text, longest)
    except ValueError:
        return
    assert rule_meant(rule_words(rule), longest) == rule


@pytest.mark.parametrize("text", ["", "=", "***", "…", "a" * 201])
def test_what_means_nothing(text: str) -> None:
    with pytest.raises(ValueError, match=r"^.*$"):
        rule_meant(text)


def test_how_rules_are_written() -> None:
    assert rule_meant("Ad break") == SkipRule("Ad break")
    assert rule_meant("= Intro ", 5) == SkipRule("Intro", Match.TITLE, 5)
    assert rule_meant("*sponsor*") == SkipRule("*sponsor*", Match.PATTERN)


def test_a_limit_looks_at_all_that_would_be_skipped() -> None:
    chapters = chapters_of("Ad", "One", "Two", "Talk", "Ad", levels=(0, 1, 1, 0, 0))
    assert ruled([SkipRule("ad")], chapters) == {0, 4}
    assert ruled([SkipRule("ad", longest=2 * MINUTE)], chapters) == {4}
    assert ruled([SkipRule("ad", longest=3 * MINUTE)], chapters) == {0, 4}
    assert ruled([SkipRule("ad", is_on=False)], chapters) == set()
    unknown = (Chapter(0, MINUTE, "Talk"), Chapter(MINUTE, MINUTE, "Ad"))
    assert ruled([SkipRule("ad", longest=MINUTE)], unknown) == set(), "how long it is, nobody knows yet"


def test_rules_that_would_leave_nothing_do_not_count() -> None:
    entries = listed(chapters_of("Trailer"))
    assert skipped_chapters((), entries, {0}) == set()
    assert skipped_chapters((SkipMark("Trailer", 0),), entries, {0}) == {0}
    pair = listed(chapters_of("Ad", "Talk"))
    assert skipped_chapters((SkipMark("Talk", MINUTE),), pair, {0}) == {0, 1}, "that is the listener's wish"


def test_the_innermost_decides() -> None:
    chapters = chapters_of("Ads", "One", "Ad two", "Talk", levels=(0, 1, 1, 0))
    entries = listed(chapters)
    assert skipped_chapters((), entries, {0}) == {0, 1, 2}
    assert skipped_chapters((SkipMark("One", MINUTE, is_heard=True),), entries, {0}) == {0, 2}
    assert skipped_chapters((SkipMark("Ads", 0, is_heard=True),), entries, {0, 2}) == {2}


LEVELS = st.lists(st.integers(0, 2), min_size=2, max_size=8)


@given(LEVELS, st.data())
def test_a_mark_wins_over_rules_both_ways(levels: list[int], data: st.DataObject) -> None:
    chapters = chapters_of(*map(str, range(len(levels))), levels=tuple(levels))
    entries, indices = listed(chapters), st.integers(0, len(levels) - 1)
    named = data.draw(st.sets(indices))
    marks: tuple[SkipMark, ...] = ()
    for _ in range(data.draw(st.integers(1, 4))):
        chosen, is_skipped = data.draw(indices), data.draw(st.booleans())
        before = skipped_chapters(marks, entries, named)
        marks = marked(marks, entries, [chosen], is_skipped=is_skipped, ruled=named)
        after = skipped_chapters(marks, entries, named)
        assert (chosen in after) is is_skipped
        assert (before <= after) if is_skipped else (after <= before)
        assert marked(marks, entries, [chosen], is_skipped=is_skipped, ruled=named) == marks
    assert len({(mark.title, mark.start) for mark in marks}) == len(marks)


def test_what_is_heard_and_skipped_again_needs_no_mark() -> None:
    entries = listed(chapters_of("Ad", "Talk"))
    heard = marked((), entries, [0], is_skipped=False, ruled={0})
    assert heard == (SkipMark("Ad", 0, is_heard=True),)
    assert marked(heard, entries, [0], is_skipped=True, ruled={0}) == ()
    assert skipped_chapters(heard, entries) == set(), "and where the rule is gone it changes nothing"


def test_a_trial() -> None:
    samples = [
        Sample(EpisodeId(1), "One", chapters_of("Intro", "Ad", "Talk", "Ad")),
        Sample(EpisodeId(2), "Two", chapters_of("Talk", "Ads", "Ad", "Rest", levels=(0, 0, 1, 0))),
        Sample(EpisodeId(3), "Three", chapters_of("Ad")),
    ]
    found = tried(SkipRule("ad", is_on=False), samples)
    assert [(hit.sample.title, hit.chapter.start) for hit in found.hits] == [
        ("One", MINUTE),
        ("One", 3 * MINUTE),
        ("Two", 2 * MINUTE),
    ]
    assert (found.episodes, found.tried, found.length) == (2, 3, 3 * MINUTE)
    assert tried(SkipRule("ads"), samples).length == 2 * MINUTE, "with what is nested in it"
