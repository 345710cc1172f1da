"""The outline in lines: what is found, why not, the spans of entries, and what holds for any text."""

from __future__ import annotations

import string
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outlines.scoring import entries
from outlines.shapes import SHAPES, full, short
from player.core.model import Mark
from player.core.outline import Confidence, Line, LineKind, Outline, find_outline, linkable_times, why_none
from player.core.outline_words import DAY_WORDS
from player.core.timecode import HOUR, MINUTE


def lines(text: str) -> list[Line]:
    return [Line(line) for line in text.split("\n")]


def find(text: str, duration: int | None = None) -> Outline:
    outline = find_outline(lines(text), duration)
    assert outline is not None
    return outline


def test_entries_know_the_words_they_came_from() -> None:
    text = "Words\n  - (0:00) – Intro  \n  - (5:00) – Two – \n  - (9:00)"
    outline = find(text)
    rows = text.split("\n")
    entry = outline.entries[1]
    assert rows[entry.line][entry.time_start : entry.time_end] == "5:00"
    assert rows[entry.title_line][entry.title_start : entry.title_end] == "Two"
    assert rows[entry.line][entry.start : entry.end] == "- (5:00) – Two"
    assert outline.marks == (Mark(0, "Intro"), Mark(300_000, "Two"), Mark(540_000, ""))


def test_a_title_may_stand_on_the_line_after() -> None:
    outline = find("0:00\nIntro\n5:00\nTwo\n9:00\nThree")
    assert [(entry.line, entry.title_line, entry.mark.title) for entry in outline.entries] == [
        (0, 1, "Intro"),
        (2, 3, "Two"),
        (4, 5, "Three"),
    ]


def test_ranges_have_ends() -> None:
    assert find("0:00 – 4:00 Intro\n5:00 – 3:00 – Two\n9:00 Three").marks == (
        Mark(0, "Intro", 240_000),
        Mark(300_000, "Two"),
        Mark(540_000, "Three"),
    )


def test_one_out_of_order_is_kept_and_sorted() -> None:
    outline = find("0:00 A\n5:00 B\n3:00 C\n7:00 D\n9:00 E")
    assert [mark.title for mark in outline.marks] == ["A", "C", "B", "D", "E"]
    assert outline.confidence is Confidence.MEDIUM


def test_equal_times_are_both_kept() -> None:
    assert [mark.title for mark in find("0:00 A\n5:00 B\n5:00 C\n9:00 D").marks] == ["A", "B", "C", "D"]


@pytest.mark.parametrize(
    ("text", "duration", "confidence"),
    [
        ("Timestamps\n1:00 A\n5:00 B\n9:00 C", None, Confidence.CERTAIN),
        ("0:00 A\n5:00 B\n9:00 C", None, Confidence.CERTAIN),
        ("1:00 A\n5:00 B\n9:00 C", None, Confidence.HIGH),
        ("0:00 A\n5:00 B", None, Confidence.MEDIUM),
        ("A (0:00)\nB (5:00)\nC (9:00)", None, Confidence.MEDIUM),
        ("0:00 A\n5:00 B\n9:00 C", 8 * MINUTE, Confidence.LOW),
    ],
)
def test_confidence(text: str, duration: int | None, confidence: Confidence) -> None:
    assert find(text, duration).confidence is confidence


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("", "it has no times"),
        ("words only", "it has no times"),
        ("we say at 12:30 that it is so", "it has no line that begins or ends with a time"),
        ("0:00 Intro", "it has a single time only"),
        ("Live at 10:30 AM", "it has no line that begins or ends with a time"),
        ("10:30 AM Start", "its only time is none: a time of day"),
        ("10:30 AM Start\n11:30 AM Two\n12:30 AM Three", "what looks like a list of times is none: a time of day"),
        ("5:00 A\n3:00 B\n1:00 C", "its times do not rise"),
        ("5:00 A\n9:00 B", "it has two times only, and none at the beginning"),
        ("9:00 A\n10:30 B\n12:00 C", "its times are those of a day's programme"),
        ("3:16 A\n3:17 B\n3:18 C", "its times are a second or two apart, like verses"),
    ],
)
def test_why_there_is_none(text: str, clause: str) -> None:
    assert find_outline(lines(text)) is None
    assert why_none(lines(text)) == clause


def test_what_was_left_out_has_a_reason() -> None:
    outline = find("(0:00) A\n(5:00) B\n(9:00) C\n(12:00) D\n(15:00) E\n1:30 is when we laughed\n(20:00) F")
    assert [mark.title for mark in outline.marks] == list("ABCDEF")
    assert [(left.line, left.reason) for left in outline.left_out] == [
        (5, "it is out of order and its brackets differ from the rest")
    ]


def test_runs_that_go_on_far_below_are_joined() -> None:
    filler = "\n".join(["words"] * 80)
    outline = find(f"0:00 A\n5:00 B\n9:00 C\n{filler}\n15:00 D\n20:00 E\n25:00 F")
    assert [mark.title for mark in outline.marks] == list("ABCDEF")


def test_levels_come_from_headings_and_lists() -> None:
    rows = [
        Line("1:00 A", LineKind.HEADING, 3),
        Line("1:30 B", LineKind.ITEM, 1),
        Line("2:00 C", LineKind.ITEM, 2),
        Line("5:00 D", LineKind.HEADING, 3),
    ]
    outline = find_outline(rows)
    assert outline
    assert [entry.level for entry in outline.entries] == [0, 1, 2, 0]


def test_linkable_times_are_those_of_the_outline_and_stray_ones() -> None:
    text = "0:00 A\n59:00 B\n02:10 C\n05:00 D\nAt 12:30 and 3:00 PM, see https://a.b/4:00"
    rows = lines(text)
    outline = find_outline(rows)
    assert [(span.line, span.position) for span in linkable_times(rows, None, outline)] == [
        (0, 0),
        (1, 59 * MINUTE),
        (2, HOUR + 130_000),
        (3, HOUR + 5 * MINUTE),
        (4, 750_000),
    ]
    assert [span.position for span in linkable_times(rows, 10 * MINUTE)] == [0, 130_000, 300_000]


TITLES = st.text(string.ascii_letters, min_size=2, max_size=8).filter(
    lambda word: word.lower() not in DAY_WORDS and not word.isupper()
)
STARTS = st.lists(st.integers(20, 10_000), min_size=4, max_size=25, unique=True).map(sorted)


def is_spread(starts: list[int]) -> bool:
    """Whether no rule against transcripts, verses or programmes of a day applies."""
    return all(after - before > 30 for before, after in pairwise(starts)) and starts[-1] % 60 % 15 != 0


@settings(max_examples=250)
@given(st.sampled_from(sorted(SHAPES)), STARTS, st.data())
def test_an_outline_written_in_a_shape_is_read_again(name: str, starts: list[int], data: st.DataObject) -> None:
    starts = [0, *(30 + start * 2 for start in starts)]
    starts = [start for index, start in enumerate(starts) if not index or start - starts[index - 1] > 30]
    if len(starts) < 4 or not is_spread(starts):
        return
    if (
        name in ("primes", "cjk units", "points in times", "minutes and seconds")
        or "space in" in name
        or "spaces in" in name
    ):
        starts = [start for start in starts if start < 100 * 60]
    if len(starts) < 4:
        return
    titles = [
        f"About {word}" for word in data.draw(st.lists(TITLES, min_size=len(starts), max_size=len(starts), unique=True))
    ]
    text = "\n".join(
        SHAPES[name](number, start, title) for number, (start, title) in enumerate(zip(starts, titles, strict=True), 1)
    )
    outline = find_outline(lines(text))
    assert outline is not None, why_none(lines(text))
    assert [(mark.start // 1000, mark.title) for mark in outline.marks] == list(zip(starts, titles, strict=True))


@settings(max_examples=300)
@given(
    st.lists(
        st.text(st.sampled_from("0123456789::: .,-()[]\nabc@|#hms'\"") | st.characters(), max_size=30), max_size=30
    ),
    st.none() | st.integers(0, 10**8),
)
def test_any_lines_give_starts_that_never_fall_and_are_never_negative(rows: list[str], duration: int | None) -> None:
    outline = find_outline([Line(row) for row in rows], duration)
    if outline is None:
        assert why_none([Line(row) for row in rows], duration)
        return
    starts = [mark.start for mark in outline.marks]
    assert starts == sorted(starts)
    assert starts[0] >= 0
    assert all(mark.end is None or mark.end > mark.start for mark in outline.marks)


@settings(max_examples=60)
@given(st.data())
def test_mangled_notes_never_raise(corpus: Path, data: st.DataObject) -> None:
    entry = data.draw(st.sampled_from(judged(corpus)))
    text = entry
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        stop = min(len(text), start + data.draw(st.integers(0, 400)))
        middle = data.draw(st.sampled_from(["", "\n", "0:00", "<", ":", "9" * 30, text[start:stop] * 3]))
        text = text[:start] + middle + text[stop:]
    outline = find_outline(lines(text))
    assert outline is None or [mark.start for mark in outline.marks] == sorted(mark.start for mark in outline.marks)


def judged(corpus: Path) -> list[str]:
    """The notes that have an outline."""
    return [entry["notes"] for entry in entries(corpus) if entry["expected"]]


def test_shapes_write_times_as_people_do() -> None:
    assert (short(62), short(4132), full(62)) == ("1:02", "1:08:52", "00:01:02")
