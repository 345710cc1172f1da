"""What a phrase says in English, in another language, and after it was kept or sent to another process."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from player.core.phrases import Phrase, joined, packed, unpacked, worded

GERMAN = {
    "it is {what}": "es ist {what}",
    "a page": "eine Seite",
    "%n files": "%n Dateien",
    "{name}: {reason} ({seconds} s)": "{reason} bei {name} ({seconds} s)",
}


def in_german(context: str, source: str, comment: str | None, n: int) -> str:
    return GERMAN.get(source, source)


REASON = Phrase("reasons", "it is {what}").filled(what=Phrase("reasons", "a page"))


def test_a_phrase_is_its_english_text() -> None:
    assert REASON == "it is a page"
    assert f"{REASON}." == "it is a page."
    assert Phrase("texts", "%n files", None, 3) == "3 files"


def test_a_phrase_is_said_with_the_phrases_in_it() -> None:
    whole = Phrase("sentences", "{name}: {reason} ({seconds} s)").filled(name="a{b}", reason=REASON, seconds=5)
    assert worded(whole, in_german) == "es ist eine Seite bei a{b} (5 s)"
    assert worded(Phrase("texts", "%n files", None, 3), in_german) == "3 Dateien"
    assert worded("it is {what}", in_german) == "it is {what}"


def test_only_numbers_with_a_point_are_written_as_the_language_does() -> None:
    amount = Phrase("reasons", "{size} MB").filled(size=1.5)
    whole = Phrase("reasons", "{there} (HTTP {status})").filled(there=amount, status=404)
    assert whole == "1.5 MB (HTTP 404)"
    said = unpacked(packed(whole))
    assert said is not None
    assert worded(said, in_german, lambda number: str(number).replace(".", ",")) == "1,5 MB (HTTP 404)"


def test_joined_phrases_are_each_said_for_themselves() -> None:
    both = joined([Phrase("reasons", "a page"), "Title {x}"])
    assert both == "a page, Title {x}"
    assert worded(both, in_german) == "eine Seite, Title {x}"


def test_a_phrase_travels_between_processes() -> None:
    assert worded(pickle.loads(pickle.dumps(REASON)), in_german) == "es ist eine Seite"


@given(st.text(), st.text())
def test_what_is_kept_is_read_as_it_was(text: str, field: str) -> None:
    phrase = Phrase("reasons", "it is {what}").filled(what=field)
    again = unpacked(packed(phrase))
    assert again == phrase
    assert again is not None
    assert worded(again, in_german) == f"es ist {field}"
    plain = text.lstrip("\x1e")
    assert unpacked(packed(plain)) == plain
    assert unpacked(None) is None


def test_a_phrase_in_a_kept_phrase_is_still_one() -> None:
    again = unpacked(packed(REASON))
    assert again is not None
    assert worded(again, in_german) == "es ist eine Seite"
