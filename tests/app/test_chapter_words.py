"""Where chapters come from and why, in words."""

from __future__ import annotations

import pytest

from player.app.chapter_words import length_words, moved_words, reason_words, source_words
from player.core.choice import Choice, ChoiceReason, Flaw, Why, choose
from player.core.model import Chapter, ChapterList, ChapterSource

FILE, OUTLINE, LISTENER = ChapterSource.FILE, ChapterSource.OUTLINE, ChapterSource.LISTENER


def listed(source: ChapterSource, count: int) -> ChapterList:
    return ChapterList(source, tuple(Chapter(at * 1000, at * 1000 + 1000, f"Title {at}") for at in range(count)))


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (ChoiceReason(Why.TRUSTED), "From the audio file (24). Also: show notes (25)."),
        (ChoiceReason(Why.ASKED), "From the audio file (24), as you chose. Also: show notes (25)."),
        (
            ChoiceReason(Why.PREFERRED),
            "From the audio file (24), as you prefer for this podcast. Also: show notes (25).",
        ),
        (ChoiceReason(Why.EDITED), "From the audio file, changed by you (24). Also: show notes (25)."),
        (
            ChoiceReason(Why.BETTER, ChapterSource.DOCUMENT, Flaw.UNTITLED),
            "From the audio file (24), because the podcast's chapter file has no real titles. Also: show notes (25).",
        ),
    ],
)
def test_the_reason_names_source_and_count(reason: ChoiceReason, words: str) -> None:
    assert reason_words(Choice(listed(FILE, 24), (listed(OUTLINE, 25),), reason)) == words


def test_a_list_alone() -> None:
    choice = choose([listed(LISTENER, 3)], None)
    assert choice is not None
    assert reason_words(choice) == "From your own outline (3)."


@pytest.mark.parametrize("flaw", Flaw)
def test_every_flaw_has_words(flaw: Flaw) -> None:
    choice = Choice(listed(OUTLINE, 2), (listed(FILE, 1),), ChoiceReason(Why.BETTER, FILE, flaw))
    assert ", because the audio file has " in reason_words(choice)


@pytest.mark.parametrize("source", ChapterSource)
def test_every_source_has_a_name(source: ChapterSource) -> None:
    assert source_words(source)


@pytest.mark.parametrize(
    ("shift", "words"),
    [
        (151_000, "moved +2:31 from here"),
        (-12_400, "moved −0:12 from here"),
        (400, "moved +0.4 s from here"),
        (3_723_000, "moved +1:02:03 from here"),
    ],
)
def test_how_far_times_are_moved(shift: int, words: str) -> None:
    assert moved_words(shift) == words


def test_a_length_that_differs() -> None:
    assert length_words(151_000).startswith("The audio is 2:31 longer than the feed says")
    assert length_words(-61_000).startswith("The audio is 1:01 shorter than the feed says")
