"""Paragraphs, what is heard at a place, and which of several transcripts is tried first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from player.core.model import LinkedDocument
from player.core.transcript import (
    Form,
    Paragraph,
    Segment,
    Transcript,
    best_first,
    form_of,
    paragraphs,
    segment_at,
    starts_of,
    transcript_of,
)


def spoken(*parts: tuple[int, str, str]) -> Transcript:
    return transcript_of(Segment(start, text, speaker) for start, speaker, text in parts)


def test_a_transcript_is_in_order_and_clean() -> None:
    found = transcript_of(
        [
            Segment(5000, "  second \n one ", " Ann ", 4000),
            Segment(1000, "first one"),
            Segment(None, "goes on"),
            Segment(-5, "has no time"),
            Segment(7000, " \t"),
        ]
    )
    assert found.segments == (
        Segment(1000, "first one"),
        Segment(1000, "goes on"),
        Segment(1000, "has no time"),
        Segment(5000, "second one", "Ann"),
    )
    assert starts_of(found) == [1000, 1000, 1000, 5000]


def test_without_times_nothing_is_heard_at_a_place() -> None:
    found = transcript_of([Segment(None, "one thing"), Segment(None, "another thing", "Ann")])
    assert not found.is_timed
    assert starts_of(found) == []
    assert paragraphs(found, [], [0, 1000]) == [Paragraph(0, 1), Paragraph(1, 2, "Ann")]
    assert not transcript_of([]).is_timed


def test_who_speaks_begins_a_paragraph_and_goes_on_without_being_named() -> None:
    found = spoken((0, "Ann", "One two."), (1, "", "Three four."), (2, "Ben", "No no."), (3, "Ben", "Not me."))
    assert paragraphs(found, starts_of(found)) == [Paragraph(0, 2, "Ann"), Paragraph(2, 4, "Ben")]


def test_long_speeches_break_at_a_sentence() -> None:
    found = spoken(*((n, "Ann", f"{'word ' * 30}{n}{'.' if n % 3 == 2 else ''}") for n in range(9)))
    assert [(each.first, each.stop, each.speaker) for each in paragraphs(found, starts_of(found))] == [
        (0, 6, "Ann"),
        (6, 9, ""),
    ]
    endless = spoken(*((n, "Ann", "word " * 60) for n in range(20)))
    assert max(each.stop - each.first for each in paragraphs(endless, starts_of(endless))) == 6


def test_chapters_begin_paragraphs_of_their_own() -> None:
    found = spoken(*((n * 1000, "Ann", "some words") for n in range(10)))
    parts = paragraphs(found, starts_of(found), [0, 3900, 4000, 99_000])
    assert [(each.first, each.speaker, each.chapter) for each in parts] == [(0, "Ann", 0), (3, "Ann", 2)]
    late = paragraphs(found, [start + 60_000 for start in starts_of(found)], [0, 20_000])
    assert [each.chapter for each in late] == [1], "nobody speaks in the first one"


@given(st.lists(st.tuples(st.integers(0, 50), st.sampled_from(["", "A", "B"]), st.just("some words."))))
def test_each_segment_is_in_one_paragraph(parts: list[tuple[int, str, str]]) -> None:
    found = spoken(*parts)
    made = paragraphs(found, starts_of(found), [0, 10, 20])
    assert [number for each in made for number in range(each.first, each.stop)] == list(range(len(parts)))


def test_what_is_heard_at_a_place() -> None:
    assert [segment_at([100, 200, 200, 300], at) for at in (0, 100, 199, 200, 5000)] == [None, 0, 0, 2, 3]


def document(url: str, media_type: str | None = None, language: str | None = None) -> LinkedDocument:
    return LinkedDocument(f"https://example.org/{url}", media_type, language)


def test_the_words_of_feeds_are_taken_loosely() -> None:
    types = {
        "text/vtt; charset=utf-8": Form.VTT,
        "Application/x-subrip": Form.SRT,
        "application/srr": Form.SRT,
        "application/json": Form.JSON,
        "text/html": Form.HTML,
        "plain/txt": Form.TEXT,
        "application/octet-stream": Form.OTHER,
    }
    assert {name: form_of(document("t", name)) for name in types} == types
    endings = {"t.vtt?x=1": Form.VTT, "t.SRT": Form.SRT, "t.json#a": Form.JSON, "t.txt": Form.TEXT, "t": Form.OTHER}
    assert {name: form_of(document(name)) for name in endings} == endings


def test_the_language_of_the_listener_comes_first_then_the_form() -> None:
    text = document("a", "text/plain", "de-AT")
    srt = document("b", "application/srt", "de")
    vtt = document("c", "text/vtt", "en")
    any_json = document("d", "application/json")
    french = document("e", "text/vtt", "fr")
    documents = [french, any_json, text, vtt, srt]
    assert best_first(documents, ["de_DE.UTF-8", "en"]) == [srt, text, vtt, any_json, french]
    assert best_first(documents, []) == [any_json, french, vtt, srt, text]
