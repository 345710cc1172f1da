"""What every writer of chapters writes is read back, as finely as its format can hold it."""

from __future__ import annotations

import json
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.core.chapters import chapters_from_marks, hidden_from_marks
from player.core.marks import marks_from_chapters
from player.core.model import Chapter, Mark, Picture
from player.core.outline import find_outline
from player.formats.chapter_documents import WRITERS, DocumentKind, guess_kind, read_document
from player.formats.chapter_lines import youtube_objection
from player.formats.chapter_writing import ChapterDocument, clock, one_line
from player.formats.notes import Markup, read_lines


class Keeps(NamedTuple):
    """What a format keeps of a chapter besides its start and title, and how far a time may be off."""

    kind: DocumentKind
    ends: bool = False
    links: bool = False
    pictures: bool = False
    levels: bool = False
    hidden: bool = False
    tolerance: int = 0


FORMATS = {
    "json": Keeps(DocumentKind.JSON, ends=True, links=True, pictures=True, hidden=True),
    "podlove-json": Keeps(DocumentKind.JSON, links=True, pictures=True),
    "audiobookshelf": Keeps(DocumentKind.JSON, ends=True),
    "audible": Keeps(DocumentKind.JSON, ends=True, levels=True),
    "psc": Keeps(DocumentKind.XML, links=True, pictures=True),
    "matroska": Keeps(DocumentKind.XML, ends=True, levels=True, hidden=True),
    "ffmetadata": Keeps(DocumentKind.FFMETADATA, ends=True),
    "cue": Keeps(DocumentKind.CUE, tolerance=7),
    "vtt": Keeps(DocumentKind.WEBVTT, ends=True),
    "labels": Keeps(DocumentKind.LABELS, ends=True),
    "mp4chaps": Keeps(DocumentKind.TEXT),
}

HOURS = 90 * 3_600_000
links = st.sampled_from([None, 'https://example.com/?a=1&b="2"', "http://example.com/ä"])
pictures = st.sampled_from([None, Picture(url="https://example.com/p.png?x=1&y=2")])
titles = st.text(max_size=30) | st.sampled_from(["", "a -->b", "<b>&amp;</b>", 'Say "no"', "a\\", "[CHAPTER]", "= ; #"])


@st.composite
def lists(draw: st.DrawFn) -> list[Mark]:
    """Marks at least two milliseconds apart, some of them with ends, nested only below a mark, some hidden."""
    marks: list[Mark] = []
    level, steps = 0, draw(st.lists(st.integers(2, HOURS // 30), min_size=1, max_size=25))
    start = draw(st.sampled_from([0, 1, 5_000]))
    for step in steps:
        level = draw(st.integers(0, level + 1)) if marks else 0
        end = start + draw(st.integers(2, step)) if draw(st.booleans()) else None
        is_hidden = bool(marks) and draw(st.integers(0, 5)) == 0
        if is_hidden:
            marks.append(Mark(start, one_line(draw(titles)), end, draw(links), draw(pictures), 0, is_hidden=True))
        else:
            marks.append(Mark(start, one_line(draw(titles)), end, draw(links), draw(pictures), level))
        start += step
    return _with_whole_levels(marks)


def _with_whole_levels(marks: list[Mark]) -> list[Mark]:
    """Levels that step down one by one: what hides between two of them does not count."""
    deepest, kept = -1, []
    for mark in marks:
        level = 0 if mark.is_hidden else min(mark.level, deepest + 1)
        deepest = deepest if mark.is_hidden else level
        kept.append(Mark(mark.start, mark.title, mark.end, mark.link, mark.picture, level, mark.is_hidden))
    return kept


def kept(marks: tuple[Chapter, ...], keeps: Keeps) -> list[tuple[object, ...]]:
    """Of each chapter what the format keeps; starts apart."""
    return [
        (
            each.title,
            each.end if keeps.ends else None,
            each.link if keeps.links else None,
            each.picture if keeps.pictures else None,
            each.level if keeps.levels else 0,
        )
        for each in marks
    ]


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=60)
@given(lists())
def test_what_is_written_is_read_back(name: str, marks: list[Mark]) -> None:
    keeps = FORMATS[name]
    text = WRITERS[name](ChapterDocument(marks))
    assert guess_kind(text) is keeps.kind
    found = read_document(text.encode(), "a document")
    for pick in (chapters_from_marks, hidden_from_marks):
        wanted, got = pick(marks, 2 * HOURS), pick(found, 2 * HOURS)
        if pick is hidden_from_marks and not keeps.hidden:
            assert not got
            continue
        assert kept(got, keeps) == kept(wanted, keeps)
        offs = [abs(one.start - other.start) for one, other in zip(got, wanted, strict=True)]
        assert max(offs, default=0) <= keeps.tolerance
    # Nothing drifts when it is written and read again.
    again = read_document(WRITERS[name](ChapterDocument(found)), "a document")
    assert again == found


def test_every_writer_is_held_to_it() -> None:
    assert set(WRITERS) == {*FORMATS, "youtube"}


words = st.lists(st.sampled_from(["Hello", "world", "Stargate", "why", "größer", "中文"]), min_size=1, max_size=4).map(
    " ".join
)


# YouTube takes chapters of ten seconds; ten and more of them, each under twelve, are a transcript to us.
@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(12, 900), words), min_size=3, max_size=20))
def test_what_youtube_takes_is_an_outline_for_us(rows: list[tuple[int, str]]) -> None:
    starts = [sum(step for step, _ in rows[:index]) * 1000 for index in range(len(rows))]
    marks = [
        Mark(start, f"{title} {index}") for index, (start, (_, title)) in enumerate(zip(starts, rows, strict=True))
    ]
    document = ChapterDocument(marks)
    assert youtube_objection(document) == ""
    outline = find_outline(read_lines(WRITERS["youtube"](document), Markup.TEXT), starts[-1] + 900_000)
    assert outline is not None
    assert [(mark.start, mark.title) for mark in outline.marks] == [(mark.start, mark.title) for mark in marks]


def test_what_youtube_does_not_take() -> None:
    def objection(*starts: int) -> str:
        return youtube_objection(ChapterDocument([Mark(start, f"At {start}") for start in starts]))

    assert objection(0, 10_000) == "YouTube wants 3 chapters or more"
    assert objection(5_000, 20_000, 40_000) == "YouTube wants the first chapter at 0:00, not at 0:05"
    assert objection(0, 9_000, 40_000) == "YouTube wants ten seconds or more for a chapter; “At 0” is shorter"
    assert objection(999, 10_500, 40_000) == ""
    assert WRITERS["youtube"](ChapterDocument([Mark(3_723_999, "")])) == "1:02:03 Chapter 1"


def test_documents_look_as_their_readers_expect() -> None:
    picture = Picture(url="https://example.com/p.png")
    marks = [
        Mark(0, "One"),
        Mark(61_500, 'Two "2"', 70_000, "https://example.com", picture, 1),
        Mark(65_000, "", is_hidden=True),
    ]
    document = ChapterDocument(marks, "A mix.flac")
    assert WRITERS["cue"](document).splitlines() == [
        'FILE "A mix.flac" WAVE',
        "  TRACK 01 AUDIO",
        '    TITLE "One"',
        "    INDEX 01 00:00:00",
        "  TRACK 02 AUDIO",
        '    TITLE "Two "2""',
        "    INDEX 01 01:01:37",
    ]
    assert WRITERS["mp4chaps"](document) == '00:00:00.000 One\n00:01:01.500 Two "2"'
    assert WRITERS["labels"](document).splitlines()[1] == '61.500000\t70.000000\tTwo "2"'
    assert WRITERS["vtt"](document).startswith("WEBVTT\n\n00:00:00.000 --> 00:01:01.500\nOne\n\n")
    assert json.loads(WRITERS["json"](document))["chapters"][2] == {"startTime": 65.0, "title": "", "toc": False}
    root = ElementTree.fromstring(WRITERS["psc"](document).partition("\n")[2])
    assert root.tag == "{http://podlove.org/simple-chapters}chapters"
    assert root[1].attrib["image"] == "https://example.com/p.png"
    assert clock(3_600_000, digits=9) == "01:00:00.000000000"


def test_marks_of_chapters_again() -> None:
    bytes_of = {"sha256:00": Picture(data=b"x", media_type="image/png")}
    chapters = [
        Chapter(5, 5, "Last", None, "sha256:00"),
        Chapter(0, 5, "First", "https://a.org", "https://a.org/p.png", 1),
    ]
    hidden = [Chapter(2, 3, "", None, "sha256:01")]
    first = Mark(0, "First", 5, "https://a.org", Picture(url="https://a.org/p.png"), 1)
    slide = Mark(2, "", 3, is_hidden=True)
    assert marks_from_chapters(chapters, hidden) == (first, slide, Mark(5, "Last"))
    first = Mark(0, "First", 5, "https://a.org", None, 1)
    last = Mark(5, "Last", picture=bytes_of["sha256:00"])
    assert marks_from_chapters(chapters, hidden, bytes_of.get) == (first, slide, last)
