from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.outline_items import candidates
from player.core.outline_lines import Line, LineKind, Link, fold
from player.core.outline_times import find_times
from player.core.outline_usual import usual_candidate

TIMES = st.sampled_from(["0:00", "1:08:52", "59:59", "75:30", "7:7", "1:99", "1:02:60", "0:30.5", "9:00pm"])
PIECES = st.sampled_from(
    [
        *(
            "(",
            ")",
            "[",
            "]",
            " ",
            "  ",
            "\t",
            "-",
            " - ",
            "* ",
            "•",
            "1. ",
            "@",
            "/",
            "–",
            ":",
            "...",
            "!",
            "**",
            "\n",
        ),
        *(
            "Stargate",
            "a",
            "Romans 3",
            "AM",
            "pm ",
            "to 3",
            "5",
            "é",
            "of 10",
            " | ",
            "GMT",
            "Ü",
            "時",
            "by",
            "and",
            "_",
            "x.",
            "min",
            "Min. ",
            "мин",
        ),
        "https://x.org/1",
    ]
)
LINES = st.lists(PIECES | TIMES, max_size=9).map("".join)
SHAPED = st.builds(
    "{}{}{}{}{}{}".format, st.sampled_from(["", " ", "- ", "* "]), st.sampled_from(["", "(", "["]), TIMES,
    st.sampled_from(["", ")", "]"]), st.sampled_from([" ", " - ", " – ", "  - ", " -"]), LINES,
)  # fmt: skip
KINDS = st.sampled_from(list(LineKind))
LINKS = st.sampled_from(
    [(), (Link(0, 8, "https://example.org/watch?v=1&t=60"),), (Link(9, 12, "https://example.org/"),)]
)


@given(LINES | SHAPED, KINDS, LINKS)
def test_what_is_read_at_a_glance_is_what_is_read_with_care(text: str, kind: LineKind, links: tuple[Link, ...]) -> None:
    line = Line(text, kind, 1, links)
    found = usual_candidate(3, line)
    if found is not None:
        folded = fold(text)
        assert candidates(3, line, folded, find_times(folded)) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "(1:08:52) – Export controls on GPUs to China",
        "0:00 Introduction",
        "[12:33] What is next?",
        "* 4:56:55 - Stargate",
        "- (0:30) Part 2",
        "9:00 am is too early",
        "7:30 — Über Köln",
    ],
)
def test_usual_lines_are_read_at_a_glance(text: str) -> None:
    assert usual_candidate(0, Line(text)) is not None


@pytest.mark.parametrize(
    "text", ["0:00 Intro: who we are", "0:00 – 1984", "0:00", "1:02 to 3:04 Both", "(0:00) Intro (", "Words 0:00"]
)
def test_other_lines_are_not(text: str) -> None:
    assert usual_candidate(0, Line(text)) is None
