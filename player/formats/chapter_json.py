"""Chapters in JSON: Podcasting 2.0, the Podlove player, Audiobookshelf, Audible; ffprobe and yt-dlp.

Must not know where a document comes from. One bad entry never loses the list.

- Podcasting 2.0: podcast-namespace, `docs/examples/chapters/jsonChapters.md`, version 1.2.0.
- Podlove Web Player: its configuration's `chapters`.
- Audiobookshelf: `chapters` in its `metadata.json` and in its API.
- Audible: `chapter_info` of the content metadata, flat or as a tree; Audnexus gives the same with other capitals.
- ffprobe: `-show_chapters -of json`, where `start` counts in a time base and `start_time` in seconds; yt-dlp: the
  `chapters` of its `.info.json`. These two are read alone.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from typing import Any

from player.core.model import Mark, Millis
from player.core.phrases import Phrase
from player.core.timecode import HOUR, parse_timecode
from player.formats.chapter_pictures import linked_picture, resolved_link
from player.formats.chapter_words import UnreadableError, clean_title
from player.formats.chapter_writing import ChapterDocument, clock

_LATEST = 1000 * HOUR
_DEEPEST = 16
_PLACES = (
    ("chapters",),
    ("content_metadata", "chapter_info", "chapters"),
    ("chapter_info", "chapters"),
    ("media", "chapters"),
)


def read_json(text: str, base: str = "") -> Iterator[Mark]:
    """The entries of any of these documents. Relative addresses in it count from `base`.

    Times are numbers of seconds or texts, lengths and offsets of Audible are milliseconds. `toc: false` makes a hidden
    mark; entries in entries have a level. Raises `UnreadableError`.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableError(Phrase("reasons", "it is not well-formed JSON")) from None
    entries = document if isinstance(document, list) else _first_list(document)
    if entries is None:
        raise UnreadableError(Phrase("reasons", "its JSON holds no list of chapters"))
    return _marks(entries, base, 0)


def _first_list(document: Any) -> list[Any] | None:
    for path in _PLACES:
        found = document
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        if isinstance(found, list):
            return found
    return None


def _marks(entries: list[Any], base: str, level: int) -> Iterator[Mark]:
    for entry in entries:
        if not isinstance(entry, dict):
            continue
        start = _start(entry)
        if start is not None:
            link = resolved_link(entry.get("url") or entry.get("href"), base)
            picture = linked_picture(entry.get("img") or entry.get("image"), base)
            is_hidden = entry.get("toc") is False
            tags = entry.get("tags")
            title = clean_title(entry.get("title", tags.get("title") if isinstance(tags, dict) else None))
            yield Mark(start, title, _end(entry, start), link, picture, 0 if is_hidden else level, is_hidden)
        inner = entry.get("chapters")
        if isinstance(inner, list) and level < _DEEPEST:
            yield from _marks(inner, base, level + 1)


def _start(entry: dict[str, Any]) -> Millis | None:
    offset = _number(entry.get("start_offset_ms", entry.get("startOffsetMs")))
    if offset is not None:
        return round(offset)
    return _time(entry.get("startTime", entry.get("start_time", entry.get("start"))))


def _end(entry: dict[str, Any], start: Millis) -> Millis | None:
    length = _number(entry.get("length_ms", entry.get("lengthMs")))
    if length is not None:
        return start + round(length) if length > 0 else None
    return _time(entry.get("endTime", entry.get("end_time", entry.get("end"))))


def _time(value: object) -> Millis | None:
    """A time as a number of seconds, or as a text."""
    if isinstance(value, str):
        return parse_timecode(value)
    number = _number(value)
    return round(number * 1000) if number is not None and number * 1000 < _LATEST else None


def _number(value: object) -> float | None:
    """A number that can be a time; a whole one may be too long to become a float."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, int) and abs(value) > _LATEST:
        return None
    return float(value) if math.isfinite(value) and 0 <= value < _LATEST else None


# --- written ---------------------------------------------------------------------------------------------------------


def write_json(document: ChapterDocument) -> str:
    """JSON chapters 1.2.0: starts, ends, titles, links, web pictures and hidden entries; to the millisecond.

    Levels are lost, which the format does not know. So are places (`location`) and what it says of the episode: nothing
    here shows them, so they are not read either.
    """
    entries = []
    for each in document.all_entries():
        entry: dict[str, object] = {"startTime": each.mark.start / 1000}
        if each.end is not None:
            entry["endTime"] = each.end / 1000
        entry["title"] = each.title
        if each.mark.picture and each.mark.picture.url:
            entry["img"] = each.mark.picture.url
        if each.mark.link:
            entry["url"] = each.mark.link
        if each.mark.is_hidden:
            entry["toc"] = False
        entries.append(entry)
    return _dump({"version": "1.2.0", "chapters": entries})


def write_podlove_json(document: ChapterDocument) -> str:
    """The list of the Podlove player: starts, titles, links and web pictures; to the millisecond, without ends."""
    return _dump(
        [
            {
                "start": clock(each.mark.start),
                "title": each.title,
                "href": each.mark.link or "",
                "image": (each.mark.picture.url if each.mark.picture else None) or "",
            }
            for each in document.entries()
        ]
    )


def write_audiobookshelf(document: ChapterDocument) -> str:
    """Chapters as in Audiobookshelf's `metadata.json`: starts, ends and titles; to the millisecond."""
    entries = []
    for number, each in enumerate(document.entries()):
        end = each.mark.start if each.end is None else each.end
        entries.append({"id": number, "start": each.mark.start / 1000, "end": end / 1000, "title": each.title})
    return _dump({"chapters": entries})


def write_audible(document: ChapterDocument) -> str:
    """The chapters of Audible's content metadata, as a tree: starts, ends, titles and levels; to the millisecond."""
    top: list[dict[str, Any]] = []
    rows = [top]
    for each in document.entries():
        del rows[min(each.mark.level, len(rows) - 1) + 1 :]
        start = each.mark.start
        entry: dict[str, Any] = {"length_ms": 0 if each.end is None else each.end - start, "start_offset_ms": start}
        entry |= {"start_offset_sec": start // 1000, "title": each.title}
        rows[-1].append(entry)
        rows.append(entry.setdefault("chapters", []))
    _without_empty(top)
    return _dump({"content_metadata": {"chapter_info": {"chapters": top, "is_accurate": True}}})


def _without_empty(entries: list[dict[str, Any]]) -> None:
    """Take the empty lists of inner chapters out."""
    for entry in entries:
        if entry["chapters"]:
            _without_empty(entry["chapters"])
        else:
            del entry["chapters"]


def _dump(document: object) -> str:
    return json.dumps(document, ensure_ascii=False)


JSON_WRITERS: dict[str, Callable[[ChapterDocument], str]] = {
    "json": write_json,
    "podlove-json": write_podlove_json,
    "audiobookshelf": write_audiobookshelf,
    "audible": write_audible,
}
"""The writers of this module by the names that people choose."""
