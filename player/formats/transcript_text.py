"""Transcripts as HTML, Markdown or plain text, with times or without.

Must not know documents made for programs (`transcript_cues`, `transcript_json`).

The Podcasting 2.0 namespace has HTML of `<cite>Name:</cite><time>0:53</time><p>words</p>`; what is in the wild is any
text in which a line begins with a time, perhaps with a name, and goes on until the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from player.core.model import Millis
from player.core.phrases import Phrase
from player.core.timecode import parse_timecode
from player.core.transcript import MOST_SEGMENTS, Segment, is_rising
from player.formats.chapter_words import UnreadableError
from player.formats.transcript_words import plain_words, with_speakers

_LEADING_TIME = re.compile(
    r"(?P<before>[^\W\d_][\w.'’ -]{0,40}?)?\s{0,8}[(\[]?(?<![\w:.])(?P<time>(?:\d{1,2}:)?\d{1,3}:\d\d(?:[.,]\d{1,3})?)"
    r"(?![\w:])[)\]]?\s{0,8}[:：–—-]?\s{0,8}"
)
"""A time at the start of a line, bare or in brackets; a name may stand before it."""
_HEADING = re.compile(r"#{1,6}\s+")
_BOLD_NAME = re.compile(r"(?:\*\*|__)(?P<name>[^*_\n]{1,60}?)\s?:?(?:\*\*|__)\s?:?\s*")
_FRONT_MATTER = re.compile(r"---\n(?:[^\n]{0,500}\n){0,100}?---\n")
_FEWEST_TIMES = 10
_LONGEST_LINE = 50_000
_SILENT = ("script", "style", "head", "noscript", "template")
_BREAKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "tr",
        "table",
        "section",
        "article",
        "blockquote",
        "hr",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "time",
        "cite",
    ]
)
_TAG_NAME = re.compile(r"<\s?(/?)\s?([a-zA-Z][a-zA-Z0-9]{0,15})")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a text; `kind` is what an element says that it is: "cite", "time" or nothing."""

    text: str
    kind: str = ""


def is_html(text: str) -> bool:
    """Whether a text is HTML."""
    return re.match(r"\s*<(?:!|/?[a-zA-Z])", text[:1000]) is not None


def read_transcript_html(text: str) -> list[Segment]:
    """The segments of a page. Raises UnreadableError for one with scripts: that is a page around a transcript."""
    if re.search(r"<script[\s>]", text, re.IGNORECASE) is not None:
        raise UnreadableError(Phrase("reasons", "it is a web page, which a browser can show"))
    return _segments(list(islice(_lines_of_html(text), MOST_SEGMENTS)))


def read_transcript_text(text: str) -> list[Segment]:
    """The segments of a plain text or Markdown."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    matter = _FRONT_MATTER.match(text)
    text = text[matter.end() :] if matter else text
    return _segments([_Line(line) for line in _unwrapped(text.split("\n", MOST_SEGMENTS)[:MOST_SEGMENTS])])


def _unwrapped(lines: Sequence[str]) -> Iterator[str]:
    """Lines as they are meant: those of a paragraph belong together unless one begins with a time or a name."""
    paragraph: list[str] = []
    for line in lines:
        plain = _HEADING.sub("", line[:_LONGEST_LINE].strip(), count=1)
        begins = _LEADING_TIME.match(plain) or _BOLD_NAME.match(plain) or ": " in plain[:60]
        if paragraph and (not plain or begins):
            yield " ".join(paragraph)
            paragraph = []
        if plain:
            paragraph.append(plain)
    if paragraph:
        yield " ".join(paragraph)


def _segments(lines: Sequence[_Line]) -> list[Segment]:
    """Lines as segments: by the times at their starts where there are enough and they rise, else one for each."""
    timed = _timed(lines)
    starts = [each.start for each in timed if each.start is not None]
    is_marked = any(line.kind == "time" for line in lines)
    are_enough = len(starts) >= _FEWEST_TIMES or is_marked or len(starts) * 3 > len(lines) > 0
    if starts and are_enough and is_rising(starts):
        return with_speakers(_with_bold_names(timed))
    plain = _timed([replace(line, kind="") for line in lines if line.kind != "time"], has_times=False)
    return with_speakers(_with_bold_names(plain))


def _timed(lines: Sequence[_Line], *, has_times: bool = True) -> list[Segment]:
    found: list[Segment] = []
    start: Millis | None = None
    speaker = ""
    for line in lines:
        if line.kind == "cite":
            speaker = line.text.rstrip(" :：")
            continue
        match = _LEADING_TIME.match(line.text) if has_times else None
        time = parse_timecode(match["time"]) if match else None
        if match is None or time is None:
            words = line.text
        else:
            start, words = time, line.text[match.end() :]
            speaker = (match["before"] or "").strip() or speaker
        if words.strip():
            found.append(Segment(start, words, speaker))
            start, speaker = None, ""
    return found


def _with_bold_names(segments: Sequence[Segment]) -> list[Segment]:
    """Segments that begin with a name in Markdown's bold as those of that speaker."""
    found = []
    for each in segments:
        match = _BOLD_NAME.match(each.text) if not each.speaker else None
        rest = each.text[match.end() :] if match else ""
        found.append(replace(each, speaker=match["name"].strip(), text=rest) if match and rest else each)
    return found


def _lines_of_html(text: str) -> Iterator[_Line]:
    """The text of a page in lines, by its elements; in one pass, whatever is broken."""
    parts: list[str] = []
    kind, silent = "", ""
    for tag, words in _tokens(text):
        if not silent and words:
            parts.append(words)
        name = _TAG_NAME.match(tag)
        if name is None:
            continue
        is_end, element = bool(name[1]), name[2].lower()
        if silent:
            silent = "" if is_end and element == silent else silent
        elif element in _SILENT and not is_end:
            silent = element
        elif element in _BREAKS:
            if said := " ".join(plain_words("".join(parts)).split()):
                yield _Line(said, kind)
            parts = []
            kind = element if element in ("cite", "time") and not is_end else ""
    if said := " ".join(plain_words("".join(parts)).split()):
        yield _Line(said, kind)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Each tag with the words before it; comments are left out. The last one has no tag."""
    at = 0
    while True:
        begin = text.find("<", at)
        if begin < 0:
            break
        is_comment = text.startswith("<!--", begin)
        end = text.find("-->" if is_comment else ">", begin)
        if end < 0:
            break
        words = text[at:begin]
        yield ("" if is_comment else text[begin : end + 1], words)
        at = end + (3 if is_comment else 1)
    yield "", text[at:]
