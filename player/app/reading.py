"""Chapters straight from a file or a text, without a library: what `earmark chapters` shows.

Must not know how they are printed. What a file holds is told from its bytes; its ending only decides where they leave
it open.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from player.app.chapter_words import reason_words
from player.app.computing import outline_in
from player.core.chapters import chapters_from_marks, hidden_from_marks
from player.core.choice import choose
from player.core.errors import DocumentError, FileError, NoChaptersError
from player.core.filling import filled
from player.core.marks import marks_from_chapters, web_picture
from player.core.model import Chapter, ChapterList, ChapterSource, FetchedEpisode, Mark, Millis
from player.core.phrases import Phrase
from player.core.reasons import system_reason
from player.core.recognition import LOOK_AT, Kind, recognise

STANDARD_INPUT = "-"
LONGEST_TEXT = 64_000_000
"""Bytes of a text that are read at most."""

_STANDARD_NAME = "standard input"
_AUDIO = {".mp3", ".m4a", ".m4b", ".mp4", ".aac", ".ogg", ".oga", ".opus", ".flac", ".wav", ".mka", ".webm", ".mkv"}
_NOTES = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html"}
_TEXTS = {*_NOTES, ".txt", ".text", ".json", ".cue", ".ffmeta", ".ffmetadata", ".vtt", ".xml", ".rss", ".atom"}
_FEEDS = {".xml", ".rss", ".atom"}
_DOCUMENTS = {".json", ".cue", ".ffmeta", ".ffmetadata", ".vtt"}
_FEED = re.compile(rb"(?:\s|\xef\xbb\xbf|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROL = 0.01
"""The part of the bytes of a text that may be control characters: a stray one is a slip, many are no text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source holds: a name for it and its chapters, at least one.

    `marks` are the same with pictures and hidden entries, for what is written; `lists` all lists that the source has
    (tags, a file beside them, the feed, the notes), the one that was taken first; `reason` says why, in a sentence.
    """

    name: str
    chapters: tuple[Chapter, ...]
    marks: tuple[Mark, ...] = ()
    lists: tuple[ChapterList, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as it came: its bytes, how it is called, and the file's ending in small letters."""

    data: bytes
    name: str
    ending: str = ""


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is known of the episode, which source's list is asked for, and who wants to hear why."""

    duration: Millis | None
    prefer: ChapterSource | None = None
    explain: Callable[[str], None] | None = None


def read_source(
    name: str,
    markup: str | None,
    duration: Millis | None,
    prefer: ChapterSource | None = None,
    explain: Callable[[str], None] | None = None,
) -> list[Reading]:
    """The chapters in a file, or with `-` on standard input. A feed gives one reading for each episode with chapters.

    `markup` ("html", "text" or "markdown") says that the source is show notes, written so; None finds out.
    `duration` is how long the episode is, where that is known. Of several lists the one from `prefer` is taken where
    there is one, else the one that the player would show. `explain` gets a line for each time in notes. Raises
    NoChaptersError, FileError, NotAudioError, DamagedAudioError, NotAFeedError or DocumentError.
    """
    wish = _Wish(duration, prefer, explain)
    text = _text_of(name, is_notes=markup is not None)
    if text is None:
        return _read_audio(Path(name), wish)
    if markup is None:
        return _read_text(text, wish)
    return _read_notes(_decoded(text), text.name, markup, wish)


# --- what it is ------------------------------------------------------------------------------------------------------


def _text_of(name: str, *, is_notes: bool) -> _Text | None:
    """The text that a source is; None for audio, or what should be some. Raises FileError or DocumentError."""
    if name == STANDARD_INPUT:
        head = sys.stdin.buffer.read(LOOK_AT)
        _check_text(head, _STANDARD_NAME)
        return _Text(head + sys.stdin.buffer.read(LONGEST_TEXT), _STANDARD_NAME)
    path = Path(name)
    ending = path.suffix.lower()
    if ending in _AUDIO and not is_notes:
        return None
    with _opened(path) as file:
        try:
            head = file.read(LOOK_AT)
            if not _is_text(head) and not is_notes and (ending not in _TEXTS or recognise(head).kind is Kind.AUDIO):
                return None
            _check_text(head, name)
            return _Text(head + file.read(LONGEST_TEXT), name, ending)
        except OSError as error:
            raise FileError(name, system_reason(error, Phrase("reasons", "it cannot be read"))) from error


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise FileError(str(path), Phrase("reasons", "there is no such file")) from error
    except IsADirectoryError as error:
        raise FileError(str(path), Phrase("reasons", "it is a folder; name a file in it")) from error
    except OSError as error:
        raise FileError(str(path), system_reason(error, Phrase("reasons", "it cannot be read"))) from error


def _is_text(head: bytes) -> bool:
    """Whether the first bytes are text in any encoding, so far as one can tell: few of them are control characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return len(_CONTROL.findall(head)) <= _MOST_CONTROL * len(head)


def _check_text(head: bytes, name: str) -> None:
    if not _is_text(head):
        raise DocumentError(name, Phrase("reasons", "it is not text but {found}").filled(found=recognise(head).phrase))


def _decoded(text: _Text) -> str:
    """The text of its bytes. Raises NoChaptersError when there is none."""
    from player.formats.chapter_documents import decode_document

    found = decode_document(text.data)
    if not found.strip():
        raise NoChaptersError(text.name, Phrase("reasons", "it is empty"))
    return found


# --- what is in it ---------------------------------------------------------------------------------------------------


def _read_audio(path: Path, wish: _Wish) -> list[Reading]:
    from player.formats.media_file import read_media
    from player.formats.side_files import read_side_file

    media = read_media(path)
    found = [(ChapterSource.FILE, media.marks, path.name)]
    try:
        beside = read_side_file(path)
    except (FileError, DocumentError):
        beside = None
    if beside is not None:
        found.append((ChapterSource.SIDE_FILE, beside.marks, beside.path.name))
    return _chosen(path.name, found, _Wish(media.duration or wish.duration, wish.prefer), "its tags hold none")


def _read_text(text: _Text, wish: _Wish) -> list[Reading]:
    """Chapters of a feed, of a chapter document, else of show notes."""
    from player.formats.chapter_documents import guess_kind, read_document

    if _FEED.match(text.data[:LOOK_AT]):
        return _read_feed(text, wish)
    words = _decoded(text)
    if guess_kind(words) is None and text.ending not in _DOCUMENTS:
        if text.ending in _FEEDS:
            return _read_feed(text, wish)
        return _read_notes(words, text.name, _NOTES.get(text.ending), wish)
    try:
        marks = read_document(words, text.name)
    except DocumentError:
        if text.ending in _DOCUMENTS:
            raise
        # Notes may begin as a document does.
        try:
            return _read_notes(words, text.name, _NOTES.get(text.ending), wish)
        except NoChaptersError:
            pass
        raise
    return _chosen(text.name, [(ChapterSource.DOCUMENT, marks, text.name)], wish, "the document lists none")


def _read_feed(text: _Text, wish: _Wish) -> list[Reading]:
    from player.formats.rss import read_feed

    readings = []
    for episode in read_feed(text.data, text.name).episodes:
        try:
            readings += _read_episode(episode, wish.prefer)
        except NoChaptersError:
            continue
    if not readings:
        raise NoChaptersError(text.name, Phrase("reasons", "none of its episodes has an outline in its notes"))
    return readings


def _read_episode(episode: FetchedEpisode, prefer: ChapterSource | None) -> list[Reading]:
    found = [
        (ChapterSource.PODLOVE, episode.podlove, ""),
        (ChapterSource.OUTLINE, outline_in(episode.texts, episode.duration), ""),
    ]
    return _chosen(episode.title, found, _Wish(episode.duration, prefer), "it has neither chapters nor an outline")


def _read_notes(words: str, name: str, markup: str | None, wish: _Wish) -> list[Reading]:
    from player.core.outline import find_outline, why_none
    from player.formats.notes import Markup, read_lines

    lines = read_lines(words, Markup(markup) if markup else None)
    if wish.explain is not None:
        from player.app.explaining import explain_notes

        for said in explain_notes(lines, wish.duration):
            wish.explain(said)
    outline = find_outline(lines, wish.duration)
    if outline is None:
        raise NoChaptersError(name, why_none(lines, wish.duration))
    return _chosen(name, [(ChapterSource.OUTLINE, outline.marks, name)], wish, "the outline is empty")


def _chosen(
    name: str, found: Sequence[tuple[ChapterSource, tuple[Mark, ...], str]], wish: _Wish, why_not: str
) -> list[Reading]:
    """One reading of all lists that were found: the one that counts, with what the others add to it."""
    lists = [
        ChapterList(source, chapters_from_marks(marks, wish.duration), hidden_from_marks(marks, wish.duration), origin)
        for source, marks, origin in found
    ]
    choice = choose(lists, wish.duration, asked=wish.prefer)
    if choice is None:
        raise NoChaptersError(name, why_not)
    chosen = filled(choice.chosen, choice.others)
    pictures = {mark.picture.reference: mark.picture for _, marks, _ in found for mark in marks if mark.picture}
    marks = marks_from_chapters(chosen.chapters, chosen.hidden, lambda key: pictures.get(key) or web_picture(key))
    return [Reading(name, chosen.chapters, marks, (choice.chosen, *choice.others), reason_words(choice))]
