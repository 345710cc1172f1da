"""What is said in an episode: segments with their times and speakers, put together to paragraphs; which of several
transcripts is the best.

Must not know formats, nor where a transcript is kept or shown.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise

from player.core.model import LinkedDocument, Millis
from player.core.timecode import SECOND

LATEST: Millis = 1000 * 3600 * SECOND
MOST_SEGMENTS = 200_000
"""No episode has as many; more of a document are not read."""

_LONG_PARAGRAPH = 500
"""Characters after which the next sentence begins a paragraph of its own."""
_LONGEST_PARAGRAPH = 1500
"""Characters after which a paragraph ends wherever it is: some transcripts have no sentences."""
_PAUSE: Millis = 2 * SECOND
_LONG_PHRASE = 90
_HEADING_SLACK: Millis = SECOND
"""Chapters of an outline are right to the second, so words that begin just before one belong to it."""
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]{0,3}$")
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[^\s\u0e00-\u0eff\u1780-\u17ff\u2e80-\uffff]+")
"""A word of a script that puts spaces between words, which Chinese, Japanese, Thai, Lao and Khmer do not."""
_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that are said together. `start` is None in a transcript without times; an empty speaker is not told."""

    start: Millis | None
    text: str
    speaker: str = ""
    end: Millis | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """Segments in the order in which they are heard. Either all have a start or none has."""

    segments: tuple[Segment, ...]

    @property
    def is_timed(self) -> bool:
        """Whether it tells when the words are heard."""
        return bool(self.segments) and self.segments[0].start is not None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Segments from number `first` up to but not including `stop`. `chapter` is the number of one that begins here.

    The speaker is empty where it is not told, or goes on from the paragraph before.
    """

    first: int
    stop: int
    speaker: str = ""
    chapter: int | None = None


def transcript_of(segments: Iterable[Segment]) -> Transcript:
    """Segments as readers find them, made a transcript: in order, without white space, empty ones or nonsense.

    Where some have a start, those without get that of the one before. Single words are joined to phrases.
    """
    kept: list[Segment] = []
    for each in segments:
        text, speaker = (_SPACES.sub(" ", words).strip() for words in (each.text, each.speaker))
        start = each.start if each.start is not None and 0 <= each.start < LATEST else None
        end = each.end if start is not None and each.end is not None and start < each.end < LATEST else None
        if text:
            kept.append(Segment(start, text, speaker[:100], end))
        if len(kept) >= MOST_SEGMENTS:
            break
    if any(each.start is not None for each in kept):
        kept = _in_order(kept)
    return Transcript(tuple(_phrases(kept) if _is_of_words(kept) else kept))


def _in_order(segments: Sequence[Segment]) -> list[Segment]:
    before: Millis = 0
    timed = []
    for each in segments:
        before = before if each.start is None else each.start
        timed.append(replace(each, start=before))
    timed.sort(key=lambda each: each.start or 0)
    return timed


def _is_of_words(segments: Sequence[Segment]) -> bool:
    """Whether nearly each segment is a single word, as speech recognition gives them."""
    words = sum(len(each.text) <= _LONGEST_WORD and _WORD.fullmatch(each.text) is not None for each in segments)
    return len(segments) > 1 and words > 0.8 * len(segments)


def _phrases(words: Sequence[Segment]) -> list[Segment]:
    """Words joined until a sentence ends, somebody else speaks, there is a pause, or it becomes long."""
    joined: list[Segment] = []
    parts: list[str] = []
    length = 0
    heard: Millis = 0
    for each in words:
        last = joined[-1] if joined else None
        is_new = (
            last is None
            or (each.speaker and each.speaker != last.speaker)
            or _SENTENCE_END.search(parts[-1]) is not None
            or length > _LONG_PHRASE
            or (each.start or 0) - heard >= _PAUSE
        )
        heard = each.end or each.start or 0
        if is_new or last is None:
            if joined:
                joined[-1] = replace(joined[-1], text=" ".join(parts))
            joined.append(replace(each, speaker=each.speaker or (last.speaker if last else "")))
            parts, length = [each.text], len(each.text)
        else:
            joined[-1] = replace(last, end=each.end)
            parts.append(each.text)
            length += len(each.text) + 1
    if joined:
        joined[-1] = replace(joined[-1], text=" ".join(parts))
    return joined


# --- reading it ------------------------------------------------------------------------------------------------------


def starts_of(transcript: Transcript) -> list[Millis]:
    """The start of each segment, in rising order; empty for a transcript without times."""
    return [each.start or 0 for each in transcript.segments] if transcript.is_timed else []


def segment_at(starts: Sequence[Millis], position: Millis) -> int | None:
    """The number of the segment that is heard at a position, or was heard last; None before the first."""
    number = bisect_right(starts, position) - 1
    return number if number >= 0 else None


def paragraphs(
    transcript: Transcript, starts: Sequence[Millis] = (), chapters: Sequence[Millis] = ()
) -> list[Paragraph]:
    """The transcript by speakers: who speaks for long gets further paragraphs, and a chapter begins a new one.

    `starts` are those of the segments, `chapters` those of the chapters, both on the same clock.
    """
    return list(each_paragraph(transcript, starts, chapters))


def each_paragraph(
    transcript: Transcript, starts: Sequence[Millis] = (), chapters: Sequence[Millis] = ()
) -> Iterator[Paragraph]:
    """The same, one after the other, for those who have not the time for all of a long one."""
    heads = _heads(starts, chapters)
    begun: Paragraph | None = None
    speaker, length = "", 0
    for number, each in enumerate(transcript.segments):
        is_other = bool(each.speaker) and each.speaker != speaker
        before = transcript.segments[number - 1] if number else None
        is_full = before is not None and (
            length > _LONGEST_PARAGRAPH or (length > _LONG_PARAGRAPH and _SENTENCE_END.search(before.text) is not None)
        )
        if begun is None or number in heads or is_other or is_full or not transcript.is_timed:
            if begun is not None:
                yield replace(begun, stop=number)
            says_who = each.speaker if is_other or number in heads else ""
            begun = Paragraph(number, number + 1, says_who, heads.get(number))
            length = 0
        length += len(each.text)
        speaker = each.speaker or speaker
    if begun is not None:
        yield replace(begun, stop=len(transcript.segments))


def _heads(starts: Sequence[Millis], chapters: Sequence[Millis]) -> dict[int, int]:
    """The number of the segment with which a chapter begins, to the number of that chapter; of several the last."""
    if not starts:
        return {}
    found = {bisect_left(starts, start - _HEADING_SLACK if start else 0): place for place, start in enumerate(chapters)}
    found.pop(len(starts), None)
    return found


# --- which of several ------------------------------------------------------------------------------------------------


class Form(IntEnum):
    """What kind of document a transcript is, the best to read first."""

    VTT = 0
    JSON = 1
    SRT = 2
    OTHER = 3
    HTML = 4
    TEXT = 5


_FORMS = (
    (Form.VTT, ("vtt",)),
    (Form.JSON, ("json",)),
    (Form.SRT, ("subrip", "srt", "srr")),
    (Form.HTML, ("html",)),
    (Form.TEXT, ("text/plain", "plain/", "markdown", "txt", ".md")),
)


def form_of(document: LinkedDocument) -> Form:
    """What a feed calls a transcript, as far as its words can be made out; else by the ending of its address."""
    media_type = (document.media_type or "").partition(";")[0].strip().lower()
    ending = document.url.partition("?")[0].partition("#")[0].lower()[-5:]
    for words in (media_type, ending):
        for form, parts in _FORMS:
            if any(part in words for part in parts):
                return form
    return Form.OTHER


def best_first(documents: Sequence[LinkedDocument], languages: Sequence[str]) -> list[LinkedDocument]:
    """The documents of an episode in the order in which they should be tried.

    First those in a language of the listener, then those that name none; of these the forms with times come first.
    """
    known = [_primary(each) for each in languages]

    def rank(document: LinkedDocument) -> tuple[int, Form]:
        language = _primary(document.language or "")
        place = known.index(language) if language in known else len(known) + bool(language)
        return (place, form_of(document))

    return sorted(documents, key=rank)


def _primary(language: str) -> str:
    """The language of a tag as in BCP 47, without region and script."""
    return re.split(r"[-_.@]", language.strip().lower(), maxsplit=1)[0]


def is_rising(starts: Sequence[Millis]) -> bool:
    """Whether no time is before the one that precedes it."""
    return all(one <= two for one, two in pairwise(starts))
