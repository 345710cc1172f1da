"""Each time in show notes is accounted for."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from player.app.explaining import explain_notes
from player.formats.notes import Markup, read_lines

NOTES = """
The clock said 9:30 pm.
00:00 One
Outside at 3:33 we wait.
10:00 Two
20:00 Three
"""


def explained(text: str, duration: int | None = None) -> list[str]:
    """The lines on a text."""
    return explain_notes(read_lines(text, Markup.TEXT), duration)


def test_what_is_taken_and_what_is_left() -> None:
    first, *rest = explained(NOTES, 1_800_000)
    assert first.startswith("An outline of 3 chapters")
    assert [line.partition(" — ")[2].partition(":")[0] for line in rest] == ["left", "taken", "left", "taken", "taken"]
    assert rest[1] == "line 2: 00:00 One — taken: 0:00 “One”"


def test_several_times_in_one_line_and_none_at_all() -> None:
    said = explained("(00:00) One (10:00) Two (20:00) Three", 1_800_000)
    assert said[2] == "line 1: 10:00 ) Two ( — taken: 10:00 “Two”"
    assert explained("Nothing") == ["No outline: it has no times."]


@settings(max_examples=100)
@given(st.text("0123456789:.,()-–[] \nabcÄ中", max_size=200))
def test_any_text_is_explained(text: str) -> None:
    assert explained(text)
