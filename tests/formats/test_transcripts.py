"""Transcripts of every kind: what is said when by whom, also where a document is not as it should be."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from player.core.errors import DocumentError
from player.core.transcript import Segment
from player.formats.transcripts import read_transcript


def read(text: str) -> tuple[Segment, ...]:
    return read_transcript(text.encode(), "transcript").segments


def said(text: str) -> list[tuple[int | None, str, str]]:
    return [(each.start, each.speaker, each.text) for each in read(text)]


VTT = """WEBVTT - A title
Kind: captions

STYLE
::cue(v) { color: red }

NOTE what nobody hears --> never

intro
00:00.500 --> 00:00:02.000 align:start position:10%
<v.loud Ann Lee>Hello &amp; <i>welcome</i>
to the <c.green>show</c>.

2
0:00:02.000 --> 0:00:03,250
<v Ben>Hi!</v> <v Ann Lee>And you, <00:00:03.000>Cy?

0:00:03.250 --> 0:00:03.251


01:00:04.000 --> 01:00:05.000
1 < 2 &gt; 0
"""


def test_webvtt() -> None:
    assert read(VTT) == (
        Segment(500, "Hello & welcome to the show.", "Ann Lee", 2000),
        Segment(2000, "Hi!", "Ben", 3250),
        Segment(2000, "And you, Cy?", "Ann Lee", 3250),
        Segment(3_604_000, "1 < 2 > 0", "", 3_605_000),
    )


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("\n", "\r"), ("WEBVTT", "\ufeffWEBVTT")])
def test_line_ends_and_marks_of_byte_order(change: tuple[str, str]) -> None:
    assert read(VTT.replace(*change)) == read(VTT)


SRT = """1
00:00:01,000 --> 00:00:02,000 X1:0 X2:9
Travis: When you first
get started,

it is hard.

2
00:00:02,000 --> 00:00:03,5
{\\an8}Note: take it <b>easy</b>
3
0:0:4.000 --> 0:0:5.000
Sarah: Yes.
00:00:06,000 --> 00:00:07,000
>> Travis: No.

0
00:00:08,000 --> 00:00:09,000
Sarah: 12 --> 13
"""


def test_subrip_with_missing_lines_and_names() -> None:
    assert said(SRT) == [
        (1000, "Travis", "When you first get started, it is hard."),
        (2000, "", "Note: take it easy"),
        (4000, "Sarah", "Yes."),
        (6000, "Travis", "No."),
        (8000, "Sarah", "12 --> 13"),
    ]
    assert [each.end for each in read(SRT)] == [2000, 3500, 5000, 7000, 9000]


def entries(*found: Mapping[str, object]) -> str:
    return json.dumps({"version": "1.0.0", "segments": found})


def test_json_of_the_namespace() -> None:
    text = entries(
        {"speaker": "Ann", "startTime": 1.25, "endTime": 2, "body": "Hello there."},
        {"startTime": 2.5, "body": " Second \n line "},
        {"startTime": "3.5", "endTime": 1, "body": "Third one"},
        {"startTime": 4, "body": ""},
        {"startTime": float("nan"), "body": "Has no time"},
    )
    assert read(text) == (
        Segment(1250, "Hello there.", "Ann", 2000),
        Segment(2500, "Second line"),
        Segment(3500, "Third one"),
        Segment(3500, "Has no time"),
    )


def test_single_words_become_phrases() -> None:
    words = ["I", "am", "your", "father.", "Nooooo", "that's", "not", "true"]
    text = entries(
        *({"speaker": "Luke" if n > 3 else "Vader", "startTime": n, "body": word} for n, word in enumerate(words))
    )
    assert said(text) == [(0, "Vader", "I am your father."), (4000, "Luke", "Nooooo that's not true")]
    paused = entries({"startTime": 0, "endTime": 1, "body": "one"}, {"startTime": 3, "body": "two"})
    assert said(paused) == [(0, "", "one"), (3000, "", "two")]
    chinese = entries(*({"startTime": n, "body": "你好"} for n in range(3)))
    assert len(read(chinese)) == 3


PODLOVE = [
    {"start": "00:00:2.005", "start_ms": 1, "end": "00:00:03", "speaker": "3", "voice": "Eric", "text": "Hallo."}
]
ASR = {"utterances": [{"text": f"Word number {n}.", "start": n * 2500, "end": 1, "speaker": "A"} for n in range(5)]}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PODLOVE, (2005, "Eric", "Hallo.")),
        ({"transcripts": PODLOVE}, (2005, "Eric", "Hallo.")),
        ({"transcripts": [{"start_ms": 70, "text": "Ms", "speaker": 2}]}, (70, "Speaker 2", "Ms")),
        ({"id": 1, "transcript": {"words": "no list", "segments": PODLOVE}}, (2005, "Eric", "Hallo.")),
        ({"vtt": "\ufeffWEBVTT\n\n00:01.000 --> 00:02.000\nEmbedded words"}, (1000, "", "Embedded words")),
        (ASR, (0, "Speaker A", "Word number 0.")),
    ],
)
def test_other_json(content: object, expected: tuple[int, str, str]) -> None:
    assert said(json.dumps(content))[0] == expected


def test_whole_numbers_that_are_too_large_for_seconds_are_milliseconds() -> None:
    assert [each.start for each in read(json.dumps(ASR))] == [0, 2500, 5000, 7500, 10_000]
    slow = [{"start": n * 10, "text": "Enough words for ten seconds."} for n in range(5)]
    assert [each.start for each in read(json.dumps(slow))] == [0, 10_000, 20_000, 30_000, 40_000]


def test_html_of_the_namespace() -> None:
    text = "<!-- <p>not said --><cite>Ann:</cite><time>0:00</time><p>One &amp; <b>two</b><br>three</p>"
    text += "<style>p {}</style><CITE >Ben:</CITE><time>1:02:03</time><p>Four</p>"
    assert said(text) == [(0, "Ann", "One & two"), (0, "", "three"), (3_723_000, "Ben", "Four")]


def test_a_page_with_scripts_is_no_transcript() -> None:
    with pytest.raises(DocumentError, match="web page"):
        read("<html><script src=a.js></script><p>0:00 Hello</p></html>")


LINES = ["(0:15): What one says.", "[0:00:30] Ann: And another.", "00:45 – Ben: More of it.", "Cy (1:00): Yes."]
TIMES = [15_000, 30_000, 45_000, 60_000]


def test_text_with_times_at_the_starts_of_lines() -> None:
    text = "\n\n".join(LINES)
    assert [each.start for each in read(text)] == TIMES
    assert said(text)[3] == (60_000, "Cy", "Yes.")
    assert [each.start for each in read(f"<div>{'</div><div>'.join(LINES)}</div>")] == TIMES


def test_times_on_lines_of_their_own() -> None:
    text = "".join(f"Speaker {n % 2 + 1}  0:{n:02}\nThe words of\nnumber {n}.\n\n" for n in range(12))
    found = said(text)
    assert found[1] == (1000, "Speaker 2", "The words of number 1.")
    assert len(found) == 12


def test_times_that_fall_or_are_few_are_words() -> None:
    falling = "\n\n".join(f"{12 - n}:00 is when it was." for n in range(12))
    assert {each.start for each in read(falling)} == {None}
    few = "At first.\n\n0:30 was the score.\n\nThen the end.\n\nAnd more."
    assert [each.text for each in read(few)] == few.split("\n\n")


def test_markdown_with_names() -> None:
    text = (
        "---\nepisode: 1\n---\n\n## Start\n\n__Ann Lee__: What one\nsays.\n\n**Ben:** No.\n\nAnn: Two.\n\nAnn: Three."
    )
    assert said(text) == [
        (None, "", "Start"),
        (None, "Ann Lee", "What one says."),
        (None, "Ben", "No."),
        (None, "Ann", "Two."),
        (None, "Ann", "Three."),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no words"),
        (b"WEBVTT\n\n", "no words"),
        (b"ID3\4\0\0\0", "an audio file"),
        (b"%PDF-1.4", "a PDF document"),
        (b'{"segments": []}', "no list of segments"),
        (b'{"segments": [', "not well-formed"),
        (b'[{"startTime": 1}, {}]', "no list of segments"),
        (b'{"a":' * 50_000, "not well-formed"),
    ],
)
def test_what_is_none_is_named(content: bytes, words: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_transcript(content, "name")
    assert words in caught.value.reason


CORPUS = {
    "namespace-example.srt": (222, 179, {"", "Travis", "Sarah", "Gilon"}),
    "namespace-example.vtt": (7, 0, {"Sarah", "Gillian"}),
    "namespace-example.json": (2, 500, {"Darth Vader", "Luke"}),
    "namespace-example.html": (10, 0, {"Travis", "Sarah", "Gilon"}),
    "pocketcasts-sample.vtt": (13, 15_410, {"Speaker 1"}),
    "podlove-docs-first60.json": (60, 5, {"Eric", "Simon", "Michi", "Alex"}),
    "podlove-fixture.json": (3, 0, {"", "Speaker 1"}),
    "engkiosk-00-slim.json": (105, 2540, {"Speaker A", "Speaker B"}),
    "rustacean-2019-09-17-rust-in-production-armin-ronacher.md": (
        *(25, None),
        {"Ben Striegel", "Jeremy Jung", "Jeremy", "Armin Ronacher", "Armin"},
    ),
}


@pytest.mark.parametrize("name", CORPUS)
def test_transcripts_of_real_shows(corpus: Path, name: str) -> None:
    found = read_transcript((corpus / "corpus" / "transcripts" / name).read_bytes(), name).segments
    count, start, speakers = CORPUS[name]
    assert (len(found), found[0].start, {each.speaker for each in found}) == (count, start, speakers)


@given(st.text(alphabet="<>/-:0123 \nAbc.,{}[]\"'*_#&;vt", max_size=300) | st.binary(max_size=200))
@example("<p>&#" + "1" * 5000)
@example("WEBVTT\n\n0:00 --> 0:01\n&#" + "1" * 5000 + ";")
def test_anything_is_refused_or_in_order(content: str | bytes) -> None:
    try:
        found = read_transcript(content.encode() if isinstance(content, str) else content, "any")
    except DocumentError:
        return
    starts = [each.start for each in found.segments]
    assert starts == sorted(starts, key=lambda start: start or 0)
    assert found.is_timed == (None not in starts)
    assert all(each.text.strip() == each.text != "" for each in found.segments)


HOSTILE = (
    "<",
    "<!--",
    "<v A>b",
    "&#1",
    "0:00 ",
    "0:00\n",
    "A: b\n",
    "00:00 --> 00:01\n",
    "**",
    "__a",
    "---\n",
    "[",
    "A ",
)


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("head", ["", "WEBVTT\n\n0:00 --> 0:01\n", "<p>0:00 "])
def test_time_is_in_proportion_to_the_length(head: str, piece: str) -> None:
    def took(length: int) -> float:
        content = (head + piece * (length // len(piece))).encode()
        before = time.process_time()
        with contextlib.suppress(DocumentError):
            read_transcript(content, "hostile")
        return time.process_time() - before

    # What takes the square of the length would need a hundred times as long.
    assert took(300_000) < 0.05 + 40 * took(30_000)
