"""Transcripts of episodes: which kind of document one is, and who reads it.

Must not know where a document comes from, nor which of several is wanted. Each family of formats has a module of its
own. What a feed or a server says of the kind is not believed: it is told from the first words.
"""

from __future__ import annotations

import re

from player.core.errors import DocumentError
from player.core.phrases import Phrase
from player.core.recognition import Kind, recognise
from player.core.transcript import Segment, Transcript, transcript_of
from player.formats.chapter_documents import decode_document
from player.formats.chapter_words import UnreadableError
from player.formats.transcript_cues import is_cues, read_cues
from player.formats.transcript_json import read_transcript_json
from player.formats.transcript_text import is_html, read_transcript_html, read_transcript_text

LARGEST = 16 * 1024 * 1024
"""Bytes: five hours with a time for each word have some four million."""
_NO_TEXT = (Kind.AUDIO, Kind.PICTURE, Kind.PDF, Kind.ARCHIVE)


def read_transcript(content: bytes, name: str) -> Transcript:
    """Read a transcript: WebVTT, SubRip, JSON, HTML, Markdown or plain text.

    Raises DocumentError when it is something else, broken beyond use, or without words.
    """
    found = recognise(content)
    if found.kind in _NO_TEXT:
        raise DocumentError(name, Phrase("reasons", "it is {found}").filled(found=found.phrase))
    text = decode_document(content[:LARGEST]).lstrip("\ufeff \t\r\n").replace("\0", " ")
    try:
        transcript = transcript_of(_read(text))
    except UnreadableError as error:
        raise DocumentError(name, error.reason) from None
    if not transcript.segments:
        raise DocumentError(name, Phrase("reasons", "it holds no words"))
    return transcript


def _read(text: str) -> list[Segment]:
    if is_cues(text):
        return read_cues(text)
    # A text may begin with a time in brackets.
    if re.match(r"[\[{]\s*[\[{\"\]}]", text[:1000]):
        return read_transcript_json(text)
    return read_transcript_html(text) if is_html(text) else read_transcript_text(text)
