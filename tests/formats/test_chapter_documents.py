"""Chapter documents: the corpus, each kind with its oddities, and what is written is read back."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.core.errors import DocumentError
from player.core.model import Mark, Picture
from player.formats.chapter_documents import WRITERS, DocumentKind, decode_document, guess_kind, read_document
from player.formats.chapter_writing import ChapterDocument


def test_every_document_of_the_corpus(corpus: Path) -> None:
    folder = corpus / "corpus/chapters"
    wrong, read = [], 0
    for name, entry in json.loads((folder / "index.json").read_text(encoding="utf-8")).items():
        if "expected" in entry:
            marks = read_document((folder / name).read_bytes(), name)
            wanted = [(round(start * 1000), title) for start, title in entry["expected"]]
            read += 1
            # The expected lists hold the silent entry (`toc: false`), but not what Matroska hides.
            is_json = name.endswith(".json")
            if [(mark.start, mark.title) for mark in marks if is_json or not mark.is_hidden] != wanted:
                wrong.append((name, marks))
    assert not wrong
    assert read >= 14


def starts(text: str) -> list[tuple[int, str]]:
    """Starts and titles of a document."""
    return [(mark.start, mark.title) for mark in read_document(text, "a document")]


def test_json_is_read_entry_by_entry() -> None:
    entries = [
        {"startTime": 94.25, "title": "Two", "url": "https://example.com", "endTime": 100},
        {"startTime": "00:00:01.5", "title": None},
        {"startTime": 0, "title": " One\n"},
        {"startTime": 50, "title": "Silent", "toc": False, "img": "https://example.com/s.png"},
        {"title": "No time"},
        {"startTime": -1, "title": "Before"},
        {"startTime": True, "title": "Yes"},
        {"startTime": 1e300, "title": "Late"},
        {"startTime": "soon", "title": "Soon"},
        {"startTime": 10**400, "title": "Very late"},
        "a text",
        None,
    ]
    marks = read_document("\ufeff" + json.dumps({"version": "1.2.0", "chapters": entries}), "a document")
    assert marks == (
        Mark(0, "One"),
        Mark(1_500, ""),
        Mark(50_000, "Silent", None, None, Picture(url="https://example.com/s.png"), is_hidden=True),
        Mark(94_250, "Two", 100_000, "https://example.com"),
    )
    assert starts('[{"startTime": NaN}, {"startTime": Infinity}, {"start": "0:05", "title": "Five"}]') == [
        (5_000, "Five")
    ]
    assert starts('{"chapters": []}') == []


def test_podlove_json_is_a_bare_list_with_empty_texts() -> None:
    marks = read_document('[{"start": "00:00:0.000", "title": "One", "href": "", "image": ""}]', "a document")
    assert marks == (Mark(0, "One"),)


def test_cue_sheets() -> None:
    sheet = """REM GENRE Podcast
PERFORMER "Somebody"
TITLE "The whole"
FILE "mix.mp3" MP3
\tTRACK 01 AUDIO
\t\tTITLE "One "and" only"
\t\tINDEX 00 00:00:00
\t\tINDEX 01 00:02:37
  track 02 audio
    title Unquoted title
    INDEX 01 75:00:74
    INDEX 02 80:00:00
  TRACK 03 AUDIO
    INDEX 01 90:61:00
  TRACK 04 AUDIO
    INDEX 01 91:00:00
FILE "other.mp3" MP3
  TRACK 05 AUDIO
    INDEX 01 00:00:00
"""
    assert starts(sheet) == [(2_493, 'One "and" only'), (4_500_987, "Unquoted title"), (5_460_000, "")]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("夜深人静 平凡的感觉", "gb18030"),
        ("最後圓舞曲", "gb18030"),
        ("Привет, мир", "cp1251"),
        ("Café à la crème", "cp1252"),
        ("Zwölf Äpfel", "cp1252"),
        ("plain", "ascii"),
        ("中 ❤️", "utf-8-sig"),
        ("中 ❤️", "utf-16"),
    ],
)
def test_encodings(text: str, encoding: str) -> None:
    assert decode_document(text.encode(encoding)) == text


def test_ffmetadata() -> None:
    text = (
        ";FFMETADATA1\ntitle=The whole\n; a comment\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=5005\nEND=9000\n"
        "title=A \\= B\\; \\#1 \\\\ and\\\nmore\n[CHAPTER]\nSTART=1500000000\n[STREAM]\ntitle=No chapter\n"
        "[CHAPTER]\nTIMEBASE=1/0\nSTART=1\n[CHAPTER]\nSTART=-5\n[CHAPTER]\ntitle=No start\n"
    )
    assert read_document(text, "a document") == (Mark(1_500, ""), Mark(5_005, "A = B; #1 \\ and more", 9_000))
    assert starts(text.replace("\n", "\r\n")) == [(1_500, ""), (5_005, "A = B; #1 \\ and more")]


def test_webvtt_chapters() -> None:
    text = (
        "WEBVTT - chapters\n\nNOTE not --> a cue\n\n1\n00:00.000 --> 00:05.250 align:start\n<b>One</b>\nand more\n\n"
        "1:00:00.000 --> 1:00:01.000\nTwo\n\nbroken --> 00:07.000\nNone\n"
    )
    assert read_document(text, "a document") == (Mark(0, "One and more", 5_250), Mark(3_600_000, "Two", 3_601_000))


def test_podlove_simple_chapters_under_any_prefix() -> None:
    text = (
        '<sc:chapters version="1.2" xmlns:sc="http://podlove.org/simple-chapters">'
        '<sc:chapter start="3:07" title="Two" href="https://example.com"/>'
        '<sc:chapter start="0" title="One &amp; only"/>'
        '<sc:chapter start="00:99:00" title="None"/></sc:chapters>'
    )
    assert read_document(text, "a document") == (
        Mark(0, "One & only"),
        Mark(187_000, "Two", None, "https://example.com"),
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "it is no chapter document (JSON, CUE, ffmetadata, WebVTT, XML or lines of labels)"),
        (
            "0:00 Welcome\n1:00 Goodbye",
            "it is no chapter document (JSON, CUE, ffmetadata, WebVTT, XML or lines of labels)",
        ),
        (
            "<html><body>404</body></html>",
            "it is no chapter document (JSON, CUE, ffmetadata, WebVTT, XML or lines of labels)",
        ),
        ('{"chapters": [', "it is not well-formed JSON"),
        ('{"chapters": 7}', "its JSON holds no list of chapters"),
        ('{"error": "gone"}', "its JSON holds no list of chapters"),
        ("[" * 100_000, "it is not well-formed JSON"),
        ("<psc:chapters><psc:chapter", "it is not well-formed XML"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><chapters/>', "its XML declares entities"),
    ],
)
def test_what_is_no_document_is_refused(content: str, reason: str) -> None:
    with pytest.raises(DocumentError) as raised:
        read_document(content, "a document")
    assert (raised.value.name, raised.value.reason) == ("a document", reason)


def test_kinds_are_told_from_show_notes() -> None:
    assert guess_kind("[00:00] Intro\n[01:00] Outro") is None
    assert guess_kind("[Sponsor] visit us") is None
    assert guess_kind("TRACK 1 of our INDEX 01") is None
    assert guess_kind("<p>Chapters</p>") is None
    assert guess_kind(" \n[{}]") is DocumentKind.JSON
    assert guess_kind("WEBVTTish") is None


def test_json_is_written_as_the_specification_says() -> None:
    marks = [
        Mark(0, "Eins – 中", 94_001),
        Mark(94_001, "", 95_000, "https://example.com"),
        Mark(96_000, "Last", 96_000),
    ]
    text = WRITERS["json"](ChapterDocument(marks))
    assert json.loads(text) == {
        "version": "1.2.0",
        "chapters": [
            {"startTime": 0.0, "endTime": 94.001, "title": "Eins – 中"},
            {"startTime": 94.001, "endTime": 95.0, "title": "", "url": "https://example.com"},
            {"startTime": 96.0, "title": "Last"},
        ],
    }
    assert "\n" not in text


def test_many_empty_lines_take_no_time() -> None:
    began = time.process_time()
    assert guess_kind("a" + "\n" * 1_000_000) is None
    assert time.process_time() - began < 2


def test_relative_addresses_count_from_the_document() -> None:
    text = '[{"start": 0, "title": "One", "url": "/page", "img": "one.png"}]'
    assert read_document(text, "a document", base="https://example.com/a/b.json") == (
        Mark(0, "One", None, "https://example.com/page", Picture(url="https://example.com/a/one.png")),
    )
    assert read_document(text, "a document") == (Mark(0, "One"),)


def test_audible_and_audiobookshelf() -> None:
    inner = {"length_ms": 5, "start_offset_ms": 1_500, "start_offset_sec": 1, "title": "Inner"}
    outer = {"length_ms": 2_000, "start_offset_ms": 0, "start_offset_sec": 0, "title": "Outer", "chapters": [inner]}
    document = {"content_metadata": {"chapter_info": {"chapters": [outer], "runtime_length_ms": 2_000}}}
    assert read_document(json.dumps(document), "a document") == (
        Mark(0, "Outer", 2_000),
        Mark(1_500, "Inner", 1_505, level=1),
    )
    other = {"asin": "B0", "chapters": [{"lengthMs": 9, "startOffsetMs": 7, "startOffsetSec": 0, "title": "One"}]}
    assert read_document(json.dumps(other), "a document") == (Mark(7, "One", 16),)
    shelf = {"metadata": {}, "chapters": [{"id": 0, "start": 0, "end": 12.345, "title": "One"}]}
    assert read_document(json.dumps(shelf), "a document") == (Mark(0, "One", 12_345),)
    assert read_document(json.dumps({"media": shelf}), "a document") == (Mark(0, "One", 12_345),)


def test_what_ffprobe_and_yt_dlp_say() -> None:
    rows = [
        {"id": 0, "time_base": "1/1000", "start": 0, "start_time": "0.000000", "end": 5000, "end_time": "5.000000"},
        {"id": 1, "time_base": "1/1000", "start": 5000, "start_time": "5.000000", "end": 9500, "end_time": "9.500000"},
    ]
    rows[1]["tags"] = {"title": "Two"}
    assert read_document(json.dumps({"chapters": rows}), "a document") == (
        Mark(0, "", 5_000),
        Mark(5_000, "Two", 9_500),
    )
    info = {"id": "x", "chapters": [{"start_time": 1.5, "end_time": 7, "title": "One"}]}
    assert read_document(json.dumps(info), "a document") == (Mark(1_500, "One", 7_000),)


def test_a_sheet_for_several_files() -> None:
    sheet = "\n".join(
        f'FILE "C:\\Music\\{name}.wav" WAVE\nTRACK 01 AUDIO\nPERFORMER "{name}"\nINDEX 01 00:0{at}:00'
        for at, name in enumerate(("One", "Two"))
    )
    assert starts(sheet) == [(0, "One")]
    assert read_document(sheet, "a document", audio="/home/two.mp3") == (Mark(1_000, "Two"),)
    assert read_document(sheet, "a document", audio="three.mp3") == (Mark(0, "One"),)


def test_labels_and_lines() -> None:
    labels = "1.5000004\t3,25\tRange\tand tab\r\n\\\t0.0\t9.0\r\n0.000000\t0.000000\r\nno label\r\n"
    assert read_document(labels, "a document") == (Mark(0, ""), Mark(1_500, "Range and tab", 3_250))
    text = "00:00:00.000 One\n\n01:02:03.456\tTwo  more\n00:59:00.000"
    assert starts(text) == [(0, "One"), (3_540_000, ""), (3_723_456, "Two  more")]
    assert guess_kind("00:00:00.000 One\nAnd words\n") is None, "show notes are read elsewhere"


def test_an_escaped_backslash_at_the_end_of_a_line() -> None:
    text = ";FFMETADATA1\n[CHAPTER]\nSTART=0\ntitle=a\\\\\n[CHAPTER]\nSTART=1000000\ntitle=b\\"
    assert starts(text) == [(0, "a\\"), (1, "b")]


BEGINNINGS = (
    "0.5\t1.5\tLabel\n",
    "00:00:01.000 Line\n",
    '{"content_metadata": {"chapter_info": {"chapters": [{"start_offset_ms": 1, "chapters": [',
    "",
    "{",
    "[{",
    '{"chapters": [{',
    "WEBVTT\n\n",
    ";FFMETADATA1\n[CHAPTER]\n",
    "<chapters>",
    "TRACK 1 AUDIO\nINDEX 01 1:2:3\n",
)


@settings(max_examples=200)
@given(st.sampled_from(BEGINNINGS), st.text(max_size=200) | st.binary(max_size=200))
def test_arbitrary_content_raises_document_errors_only(beginning: str, rest: str | bytes) -> None:
    content = beginning + rest if isinstance(rest, str) else beginning.encode() + rest
    try:
        marks = read_document(content, "a document")
    except DocumentError:
        return
    assert all(mark.start >= 0 for mark in marks)
