"""Character references of any length, and every reader that meets them."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import player
from player.core.character_references import unescaped
from player.core.recognition import recognise
from player.core.search_text import readable
from player.formats.chapter_webvtt import read_webvtt
from player.formats.feed_words import clean_line
from player.formats.notes import read_notes
from player.formats.transcript_words import plain_words

ENDLESS = f"&#{'9' * 5000};"


def test_names_and_numbers() -> None:
    assert unescaped("Q&amp;A &#8217; &#x2019; &nosuchname; & &#;") == "Q&A ’ ’ &nosuchname; & &#;"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (ENDLESS, "\N{REPLACEMENT CHARACTER}"),
        (f"a{ENDLESS[:-1]} b", "a\N{REPLACEMENT CHARACTER} b"),
        (f"&#{'0' * 5000}65;", "A"),
        (f"&#{'0' * 5000};", "\N{REPLACEMENT CHARACTER}"),
        (f"&#x{'f' * 5000};", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_however_long_a_number_is(text: str, meant: str) -> None:
    assert unescaped(text) == meant


@given(st.text(alphabet="&#;x0123456789abcamplt "))
def test_nothing_else_is_changed(text: str) -> None:
    assert unescaped(text) == html.unescape(text)


READERS: dict[str, Callable[[str], object]] = {
    "captions": lambda text: list(read_webvtt(f"WEBVTT\n\n00:00.000 --> 00:09.000\n{text}\n")),
    "a title in a feed": clean_line,
    "show notes": lambda text: read_notes(f"&lt;p&gt;&lt;b&gt;{text}&lt;/b&gt;&lt;/p&gt;").html,
    "the search": readable,
    "a transcript": plain_words,
    "an error page": lambda text: recognise(f"<html><title>{text}</title></html>".encode()),
}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_every_reader_reads_on(read: Callable[[str], object]) -> None:
    assert "Stargate" in str(read(f"Stargate {ENDLESS}"))


def test_nobody_reads_them_in_another_way() -> None:
    package = Path(player.__file__).parent
    users = [path.name for path in package.rglob("*.py") if "html.unescape(" in path.read_text(encoding="utf-8")]
    assert users == ["character_references.py"]
