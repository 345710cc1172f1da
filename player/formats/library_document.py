"""The listener's part of a library as a JSON document, read and written.

Must not know where it comes from or goes to. The document is an object with `"format": "earmark-library"` and
`"version": 1`. Lengths and places are whole milliseconds, instants such since 1970-01-01 UTC; what is not said has the
default of `core.library_export`, and what a reader does not know it passes over. In it are:

- `settings`: names and values of settings; `sound`: `speed`, `trimming`, `levelled`, `mono`; `skip_rules`: those for
  all podcasts.
- `podcasts`: `feed` (an address, or `files:` for the listener's own), `title`, `kind`, `added`, `folder`
  (“News / World” is within “News”), `chapters` (the preferred source), `pictures`, `sound`, `rules`, `skip_rules`, and
  `episodes`.
- a skip rule: `words`, `match` (words, title, pattern), `longest`, `on`.
- `rules`: `intro`, `outro`, `download` (never, newest:3, all), `contains`, `lacks`, `only_with_chapters`, `keep` (all,
  newest:3, played:7), `announces`.
- an episode: `guid`, `title`, `enclosure`, `published`, `duration`, `position`, `played`, `changed`, `chapters` (the
  chosen source), `follows_file`, `outline` (the listener's own chapters: `start`, `end`, `title`, `link`, `level`),
  `edits` (a source to `done` and `undone`), `anchors` (a timeline to pairs of published and actual), `skips` (`title`,
  `start`, `heard`), `heard` (pairs of where what was heard begins and ends; not said: all of what is played, else
  nothing), `kept`, `bookmarks` (`start`, `stop`, `text`, `made`).
- an edit: its `kind` in small letters and the fields of that class in `core.edits`; a chapter is `start` and `title`.
- `queue`: `feed`, `guid`, `start`, `stop`, `title`.
- `listened`: `feed`, `title`, `month` (2025-02), and the lengths of `core.time_listened.Sums` by their names.

A later version that only adds keeps the number; one that a reader of today would misread gets the next.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, fields
from typing import Any, TypeVar

from player.core.alignment import Anchor, Timeline
from player.core.auto_download import NEVER, AutoDownload, amount_meant, amount_words
from player.core.bookmarks import clean_text, stop_meant
from player.core.edges import LONGEST_EDGE, Edges
from player.core.edits import EditLog
from player.core.errors import DocumentError
from player.core.folders import folder_meant, folder_words
from player.core.keeping import KeepKind, keep_meant, keep_words
from player.core.library_export import (
    ExportedBookmark,
    ExportedEpisode,
    ExportedPiece,
    ExportedPodcast,
    LibraryExport,
    Setting,
)
from player.core.model import Chapter, ChapterSource, PodcastKind
from player.core.phrases import Phrase
from player.core.podcast_rules import PodcastRules
from player.core.ranges import Ranges
from player.core.skip_rules import LONGEST_WORDS, Match, SkipRule
from player.core.skips import SkipMark
from player.core.sound import Sound, Trimming, clamp_speed
from player.core.time_listened import MonthOfPodcast, Sums, month_meant
from player.formats.json_fields import Fields
from player.formats.library_edits import edit_of, words_of

T = TypeVar("T")

FORMAT = "earmark-library"
VERSION = 1
_LATEST = 253_402_300_799_999
"""The end of the year 9999: later instants have no date."""


Tell = Callable[[int, int], None]
"""Is called with how many podcasts of how many are read or written, and may raise what ends it."""


def write_library(export: LibraryExport, tell: Tell = lambda _done, _total: None) -> bytes:
    """The document, UTF-8, with an entry a line so that people can read and compare it."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "settings": dict(export.settings),
        "sound": _sound_words(export.sound),
        "podcasts": list(_told((_podcast_words(each) for each in export.podcasts), len(export.podcasts), tell)),
        "queue": [_said(_piece_words(each)) for each in export.queue],
        "listened": [_month_words(each) for each in export.listened],
        "skip_rules": [_skip_rule_words(each) for each in export.skip_rules],
    }
    return json.dumps(_said(document), ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def read_library(body: bytes, name: str, tell: Tell = lambda _done, _total: None) -> LibraryExport:
    """What a document called `name` holds. Raises DocumentError, which says what is wrong where."""
    try:
        found = json.loads(body.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise DocumentError(
            name, Phrase("reasons", "it is no well-formed JSON ({error})").filled(error=str(error))
        ) from error
    document = Fields(found, name, "")
    if not isinstance(found, dict) or document.text("format") != FORMAT:
        raise DocumentError(name, Phrase("reasons", "it is JSON, but no library that Earmark exported"))
    if document.number("version") > VERSION:
        raise DocumentError(name, Phrase("reasons", "a newer Earmark has written it; update Earmark to import it"))
    sound = document.child("sound")
    podcasts = list(document.children("podcasts", "podcast"))
    return LibraryExport(
        tuple(_told(map(_podcast, podcasts), len(podcasts), tell)),
        tuple(_piece(each) for each in document.children("queue", "entry of the queue")),
        _sound(sound) if sound else None,
        _settings(document),
        tuple(_month(each) for each in document.children("listened", "month")),
        _skip_rules(document),
    )


def _told(entries: Iterable[T], total: int, tell: Tell) -> Iterator[T]:
    for done, entry in enumerate(entries):
        tell(done, total)
        yield entry


# Writing


def _said(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry without what is not said."""
    return {key: value for key, value in entry.items() if value is not None and value not in ({}, [], "")}


def _podcast_words(podcast: ExportedPodcast) -> dict[str, Any]:
    return _said(
        {
            "feed": podcast.feed_url,
            "title": podcast.title,
            "kind": podcast.kind.value,
            "added": podcast.added_at,
            "folder": folder_words(podcast.folder),
            "chapters": podcast.preferred,
            "pictures": podcast.shows_pictures,
            "sound": _sound_words(podcast.sound),
            "rules": _rules_words(podcast.rules),
            "skip_rules": [_skip_rule_words(each) for each in podcast.skip_rules],
            "episodes": [_episode_words(each) for each in podcast.episodes],
        }
    )


def _episode_words(episode: ExportedEpisode) -> dict[str, Any]:
    return _said(
        {
            "guid": episode.guid,
            "title": episode.title,
            "enclosure": episode.enclosure_url,
            "published": episode.published,
            "duration": episode.duration,
            "position": episode.position or None,
            "played": episode.is_played or None,
            "changed": episode.changed_at,
            "chapters": episode.asked,
            "follows_file": None if episode.follows_file else False,
            "outline": [_said(_chapter_words(each)) for each in episode.own],
            "edits": {
                source.value: {
                    "done": [words_of(each) for each in log.done],
                    "undone": [words_of(each) for each in log.undone],
                }
                for source, log in episode.edits.items()
            },
            "anchors": {
                timeline.value: [[each.published, each.actual] for each in anchors]
                for timeline, anchors in episode.anchors.items()
            },
            "skips": [_skip_words(each) for each in episode.skips],
            "heard": _heard_words(episode.heard),
            "kept": episode.is_kept or None,
            "bookmarks": [_said(_bookmark_words(each)) for each in episode.bookmarks],
        }
    )


def _heard_words(heard: Ranges | None) -> list[list[int]] | None:
    return None if heard is None else [list(span) for span in heard.spans or [(0, 0)]]


def _chapter_words(chapter: Chapter) -> dict[str, Any]:
    times = {"start": chapter.start, "end": chapter.end}
    return {**times, "title": chapter.title, "link": chapter.link, "level": chapter.level or None}


def _skip_words(mark: SkipMark) -> dict[str, Any]:
    return {"title": mark.title, "start": mark.start, **({"heard": True} if mark.is_heard else {})}


def _skip_rule_words(rule: SkipRule) -> dict[str, Any]:
    said = {"words": rule.words, "match": rule.match.value, "longest": rule.longest}
    return _said({**said, "on": None if rule.is_on else False})


def _bookmark_words(bookmark: ExportedBookmark) -> dict[str, Any]:
    times = {"start": bookmark.start, "stop": bookmark.stop}
    return {**times, "text": bookmark.text, "made": bookmark.made_at}


def _piece_words(piece: ExportedPiece) -> dict[str, Any]:
    times = {"start": piece.start, "stop": piece.stop}
    return {"feed": piece.feed_url, "guid": piece.guid, **times, "title": piece.title}


def _rules_words(rules: PodcastRules | None) -> dict[str, Any] | None:
    if rules is None:
        return None
    download = rules.auto_download
    return {
        **asdict(rules.edges),
        "download": amount_words(download.most),
        "contains": download.contains,
        "lacks": download.lacks,
        "only_with_chapters": download.only_with_chapters,
        "keep": keep_words(rules.keep),
        "announces": rules.announces,
    }


def _month_words(found: MonthOfPodcast) -> dict[str, Any]:
    return {"feed": found.feed_url, "title": found.title, "month": str(found.month), **asdict(found.sums)}


def _sound_words(sound: Sound | None) -> dict[str, Any] | None:
    if sound is None:
        return None
    switches = {"levelled": sound.is_levelled, "mono": sound.is_mono}
    return {"speed": sound.speed, "trimming": sound.trimming.value, **switches}


# Reading


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is no number")


def _settings(document: Fields) -> dict[str, Setting]:
    found = document.child("settings")
    return {name: value for name, value in found.entry.items() if isinstance(value, str | int | float)} if found else {}


def _podcast(words: Fields) -> ExportedPodcast:
    sound, rules = words.child("sound"), words.child("rules")
    return ExportedPodcast(
        feed_url=words.text("feed", is_needed=True),
        title=words.text("title"),
        kind=words.choice("kind", PodcastKind) or PodcastKind.FEED,
        added_at=words.number_or_none("added"),
        folder=folder_meant(words.text("folder")),
        preferred=words.choice("chapters", ChapterSource),
        shows_pictures=words.switch_or_none("pictures"),
        sound=_sound(sound) if sound else None,
        rules=_rules(rules) if rules else None,
        skip_rules=_skip_rules(words),
        episodes=tuple(_episode(each) for each in words.children("episodes", "episode")),
    )


def _episode(words: Fields) -> ExportedEpisode:
    edits, anchors = words.child("edits"), words.child("anchors")
    return ExportedEpisode(
        guid=words.text("guid", is_needed=True),
        title=words.text("title"),
        enclosure_url=words.text("enclosure") or None,
        published=words.number_or_none("published"),
        duration=words.length_or_none("duration"),
        position=words.length("position"),
        is_played=bool(words.switch_or_none("played")),
        changed_at=words.number_or_none("changed"),
        asked=words.choice("chapters", ChapterSource),
        follows_file=words.switch_or_none("follows_file") is not False,
        own=tuple(_chapter(each) for each in words.children("outline", "chapter")),
        edits={source: _log(log) for source, log in edits.by(ChapterSource)} if edits else {},
        anchors={
            timeline: _anchors(anchors, timeline) for timeline in Timeline if anchors and timeline in anchors.entry
        },
        skips=tuple(_skip(each) for each in words.children("skips", "skip")),
        heard=Ranges.of(words.pairs("heard")) if "heard" in words.entry else None,
        is_kept=bool(words.switch_or_none("kept")),
        bookmarks=tuple(_bookmark(each) for each in words.children("bookmarks", "bookmark")),
    )


def _log(words: Fields) -> EditLog:
    done, undone = (tuple(map(edit_of, words.children(name, "edit"))) for name in ("done", "undone"))
    return EditLog(done, undone)


def _anchors(words: Fields, timeline: Timeline) -> tuple[Anchor, ...]:
    anchors = tuple(Anchor(*pair) for pair in words.pairs(timeline.value))
    for one, two in itertools.pairwise(anchors):
        if one.published >= two.published or one.actual >= two.actual:
            raise words.wrong(timeline.value, Phrase("reasons", "does not rise"))
    return anchors


def _chapter(words: Fields) -> Chapter:
    start = words.length("start")
    link = words.text("link") or None
    return Chapter(start, max(start, words.length("end")), words.text("title"), link, level=words.length("level"))


def _skip(words: Fields) -> SkipMark:
    return SkipMark(words.text("title"), words.number("start"), bool(words.switch_or_none("heard")))


def _skip_rules(words: Fields) -> tuple[SkipRule, ...]:
    return tuple(
        SkipRule(
            each.text("words", is_needed=True)[:LONGEST_WORDS],
            each.choice("match", Match) or Match.WORDS,
            each.length_or_none("longest"),
            each.switch_or_none("on") is not False,
        )
        for each in words.children("skip_rules", "skip rule")
    )


def _bookmark(words: Fields) -> ExportedBookmark:
    start = words.length("start")
    stop = stop_meant(start, words.length_or_none("stop"))
    made_at = min(max(0, words.number_or_none("made") or 0), _LATEST)
    return ExportedBookmark(start, stop, clean_text(words.text("text")), made_at)


def _piece(words: Fields) -> ExportedPiece:
    return ExportedPiece(
        words.text("feed", is_needed=True),
        words.text("guid", is_needed=True),
        words.length_or_none("start"),
        words.length_or_none("stop"),
        words.text("title"),
    )


def _sound(words: Fields) -> Sound:
    return Sound(
        clamp_speed(words.decimal("speed", 1.0)),
        words.choice("trimming", Trimming) or Trimming.OFF,
        bool(words.switch_or_none("levelled")),
        bool(words.switch_or_none("mono")),
    )


def _rules(words: Fields) -> PodcastRules:
    filters = (words.text("contains"), words.text("lacks"), bool(words.switch_or_none("only_with_chapters")))
    return PodcastRules(
        Edges(*(min(LONGEST_EDGE, words.length(name)) for name in ("intro", "outro"))),
        AutoDownload(words.meant("download", amount_meant, NEVER), *filters),
        words.meant("keep", keep_meant, KeepKind.ALL),
        bool(words.switch_or_none("announces")),
    )


def _month(words: Fields) -> MonthOfPodcast:
    month = words.meant("month", month_meant)
    sums = Sums(**{each.name: words.length(each.name) for each in fields(Sums)})
    return MonthOfPodcast(words.text("feed", is_needed=True), words.text("title"), month, sums)
