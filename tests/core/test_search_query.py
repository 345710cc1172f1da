"""The search's rule: what is read from what was typed, where it stands in a text, and which text fits best."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.core.search_query import excerpt, read_query, recency
from player.core.search_text import fold, fold_with_places, indexed, readable

YEAR = 31_557_600_000
LETTERS = "abcé ßÀ\"'-*^:(){}%_\\+NEAROD星门计划のポスト한국ไทย１²ﬁ\u0301\u00ad\u200b\0\ud800"
texts = st.text(st.one_of(st.sampled_from(LETTERS), st.characters()), max_size=40)


def has(typed: str, text: str) -> bool:
    """Whether an index made of `text` holds what was typed, as SQLite sees it."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE i USING fts5 (w, content = '', columnsize = 0, detail = none, tokenize = 'ascii')"
    )
    connection.execute("INSERT INTO i (rowid, w) VALUES (1, ?)", (indexed(text),))
    found = connection.execute("SELECT rowid FROM i WHERE i MATCH ?", (read_query(typed).expression,)).fetchall()
    connection.close()
    return found == [(1,)]


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("star", "Stargate", ["Star"]),
        ("gate", "Stargate", None),
        ("star gate", "The star gate", ["star", "gate"]),
        ("gate star", "The star gate", ["star", "gate"]),
        ("sta gate", "The star gate", None),
        ('"star ga', "The star gate", ["star ga"]),
        ('"star" gate', "The star gate", ["star", "gate"]),
        ('"star ga"', "The star gate", None),
        ("“gate star”", "The star gate", None),
        ('"star"', "Stargate", None),
        ("elan", "Élan vital", ["Élan"]),
        ("ÉLAN", "e\u0301lan", ["e\u0301lan"]),
        ("deepseek-r1", "DeepSeek-R1 and V3", ["DeepSeek-R1"]),
        ("deepseek r1", "DeepSeek-R1 and V3", ["DeepSeek", "R1"]),
        ("don't", "They don’t", ["don’t"]),
        ("c++", "Modern C++", ["C"]),
        ("459", "#459 – DeepSeek", ["459"]),
        ("fi", "ﬁne", ["ﬁ"]),
        ("hyphen", "hy\u00adphen", ["hy\u00adphen"]),
        ("門", "星門計画", ["門"]),
        ("星門", "星門計画", ["星門"]),
        ("門計画", "星門計画", ["門計画"]),
        ("門星", "星門計画", None),
        ("ai時代", "生成AI時代の", ["AI時代"]),
        ("ポッド", "ホットなポッドキャスト", ["ポッド"]),
        ("한국", "한국어", ["한국"]),
        ("ไทย", "ภาษาไทย", ["ไทย"]),
        ("a b", "b a b", ["b", "a", "b"]),
        ("aa a", "aaa aa a", ["a", "aa", "a"]),
    ],
)
def test_what_is_found_where(typed: str, text: str, marked: list[str] | None) -> None:
    spans = read_query(typed).spans(text)
    assert (spans and [text[start:stop] for start, stop in spans]) == marked
    if marked:
        assert has(typed, text)


@pytest.mark.parametrize("typed", ["", "   ", '"', '""', "*", "()", "\u0301", "!? –", "\0"])
def test_what_has_no_words_has_no_terms(typed: str) -> None:
    assert read_query(typed).terms == ()


@settings(deadline=None)
@given(texts, texts)
def test_nothing_typed_is_an_error_and_the_index_misses_nothing(typed: str, text: str) -> None:
    query = read_query(typed)
    if not query.terms:
        return
    spans = query.spans(text)
    is_held = has(typed, text)
    assert is_held or spans is None
    assert (query.closeness(text) is None) == (spans is None)
    for start, stop in spans or ():
        assert 0 <= start < stop <= len(text)


@given(texts)
def test_every_text_is_found_by_itself(text: str) -> None:
    query = read_query(text.replace('"', " "))
    if query.terms:
        assert query.spans(text) is not None
        assert has(text.replace('"', " "), text)


@given(texts)
def test_folding_keeps_the_places_and_folded_stays_folded(text: str) -> None:
    folded, places = fold_with_places(text)
    assert folded == fold(text) == fold(folded)
    assert len(places) == len(folded)
    assert places == sorted(places)


def test_very_much_is_cut_short() -> None:
    query = read_query("word " * 10_000)
    assert len(query.terms) == 12
    assert len(read_query("x" * 10_000).terms[0].pieces[0]) == 200


def test_the_closest_comes_first() -> None:
    query = read_query("star")
    titles = ["Star", "Star Talk", "A star", "Stargate", "The long way of one star", "The Stargate"]
    assert sorted(titles, key=lambda title: -(query.closeness(title) or 0)) == titles
    assert query.closeness("Talk") is None
    assert read_query("deepseek r1").closeness("DeepSeek-R1") == 4


def test_recency_halves_in_a_year() -> None:
    assert recency(YEAR, YEAR) == 1
    assert recency(0, YEAR) == 0.5
    assert recency(YEAR, 0) == 1


def test_notes_ask_for_five_letters_of_a_word() -> None:
    assert read_query("star").for_long_texts.spans("Stargate") is None
    assert read_query("sta").for_long_texts.spans("sta") is not None
    assert read_query("starg").for_long_texts.spans("Stargate") is not None
    assert read_query("星").for_long_texts.spans("星門") is not None


def test_an_excerpt_shows_the_words_and_marks_them_only() -> None:
    text = "word " * 50 + "star " + "word " * 50
    spans = read_query("star").spans(text)
    assert spans is not None
    part, inside = excerpt(text, spans)
    assert [part[start:stop] for start, stop in inside] == ["star"]
    assert part.startswith("…word ")
    assert part.endswith("…")
    assert len(part) < 100
    assert excerpt("A star", ((2, 6),)) == ("A star", ((2, 6),))
    long = "門" * 500
    assert len(excerpt(long, ((400, 401),))[0]) < 100


@pytest.mark.parametrize(
    ("notes", "text"),
    [
        ("<p>One &amp; two</p><p>three</p>", "One & two three"),
        ("plain\n text", "plain text"),
        ("a < b > c", "a < b > c"),
        ("<" * 50_000, "<" * 50_000),
        ('<a href="https://x.org">here</a>', "here"),
    ],
)
def test_what_a_person_reads(notes: str, text: str) -> None:
    assert readable(notes) == text


@pytest.mark.parametrize("words", ["star", "chips star", '"chips star"', "uber", "日本", "zzz"])
@pytest.mark.parametrize("text", ["Stargate and chips", "chips, stargate", "Über alles", "in 日本 today", ""])
def test_being_in_a_text_is_having_places_in_it(words: str, text: str) -> None:
    query = read_query(words)
    assert query.is_in(text) is (query.spans(text) is not None)
