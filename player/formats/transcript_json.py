"""Transcripts as JSON: Podcasting 2.0, the Podlove player, and what services of speech recognition give.

Must not know other formats, but for WebVTT within JSON.

github.com/Podcastindex-org/podcast-namespace, transcripts/transcripts.md: `segments` with `speaker`, `startTime`,
`endTime` in seconds and `body`; only the last is needed.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from player.core.model import Millis
from player.core.phrases import Phrase
from player.core.timecode import SECOND, parse_timecode
from player.core.transcript import Segment
from player.formats.chapter_words import UnreadableError
from player.formats.transcript_cues import read_cues

_LISTS = ("segments", "transcripts", "utterances", "transcript", "cues", "entries", "items", "results", "data", "words")
_TEXTS = ("body", "text", "words", "word", "content", "value")
_SPEAKERS = ("voice", "speaker", "speakerName", "speaker_name", "name")
_STARTS = ("startTime", "start", "start_time", "begin", "from")
_ENDS = ("endTime", "end", "end_time", "stop", "to")
_STARTS_MS = ("start_ms", "startMs", "startMillis", "offset_ms")
_ENDS_MS = ("end_ms", "endMs", "endMillis")
_DEEPEST = 3
_FEWEST_LETTERS = 1.0
"""Letters in a unit of time: people say some fifteen a second, so fewer than one are counted by milliseconds."""


def read_transcript_json(text: str) -> list[Segment]:
    """The segments of a document. Raises UnreadableError when there are none to be found."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableError(Phrase("reasons", "it is not well-formed JSON")) from None
    embedded = content.get("vtt") if isinstance(content, dict) else None
    if isinstance(embedded, str) and embedded.strip():
        return read_cues(embedded.lstrip("\ufeff \t\r\n"))
    entries = _entries(content, 0)
    if not entries:
        raise UnreadableError(Phrase("reasons", "it holds no list of segments"))
    scale = 1 if _is_millis(entries) else SECOND
    return [_segment(each, scale) for each in entries]


def _entries(content: Any, depth: int) -> list[dict[str, Any]]:
    """The first list of objects with words in them."""
    if isinstance(content, list):
        found = [each for each in content if isinstance(each, dict) and _first(each, _TEXTS, str) is not None]
        return found if len(found) * 2 > len(content) else []
    if isinstance(content, dict) and depth < _DEEPEST:
        for name in _LISTS:
            if name in content and (found := _entries(content[name], depth + 1)):
                return found
    return []


def _is_millis(entries: Sequence[Mapping[str, Any]]) -> bool:
    """Whether plain numbers count milliseconds, as some services do: then all are whole, and too large for seconds."""
    starts = [each for entry in entries if (each := _number(_first(entry, _STARTS, int, float))) is not None]
    if not starts or not all(float(each).is_integer() for each in starts):
        return False
    letters = sum(len(_first(entry, _TEXTS, str) or "") for entry in entries)
    return letters < _FEWEST_LETTERS * (max(starts) - min(starts))


def _segment(entry: Mapping[str, Any], scale: int) -> Segment:
    start = _time(entry, _STARTS, _STARTS_MS, scale)
    end = _time(entry, _ENDS, _ENDS_MS, scale)
    if end is None and start is not None and (length := _number(entry.get("duration"))) is not None:
        end = start + round(length * scale)
    speaker = _first(entry, _SPEAKERS, str, int)
    named = str(speaker if speaker is not None else "").strip()
    # Machines tell speakers apart by numbers or letters.
    is_mark = named.isdecimal() or len(named) == 1
    return Segment(start, _first(entry, _TEXTS, str), f"Speaker {named}" if is_mark else named, end)


def _time(entry: Mapping[str, Any], names: Sequence[str], in_millis: Sequence[str], scale: int) -> Millis | None:
    given = _first(entry, names, str, int, float)
    if isinstance(given, str):
        # A time as it is written, or seconds in quotes.
        return parse_timecode(given)
    number = _number(given)
    if number is not None:
        return round(number * scale)
    millis = _number(_first(entry, in_millis, int, float))
    return None if millis is None else round(millis)


def _number(found: Any) -> float | None:
    is_number = isinstance(found, int | float) and not isinstance(found, bool) and abs(found) < 1e12
    return float(found) if is_number and math.isfinite(found) else None


def _first(entry: Mapping[str, Any], names: Sequence[str], *kinds: type) -> Any:
    """The first of these fields that is of one of the kinds."""
    return next((entry[name] for name in names if isinstance(entry.get(name), kinds) and entry[name] is not True), None)
