"""What a body of bytes is, told from its beginning: a web page, JSON, an audio file, …, and what a page says.

Must not know why somebody asks: a feed was wanted, or an episode's audio.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from player.core.character_references import unescaped
from player.core.phrases import Phrase

LOOK_AT = 64 * 1024
"""How many bytes from the start are enough to tell."""

_WORDS = 90


class Kind(Enum):
    """Kinds of bodies."""

    EMPTY = auto()
    PAGE = auto()
    JSON = auto()
    XML = auto()
    TEXT = auto()
    AUDIO = auto()
    PICTURE = auto()
    PDF = auto()
    ARCHIVE = auto()
    UNKNOWN = auto()


PHRASES = {
    Kind.EMPTY: Phrase("reasons", "an empty answer"),
    Kind.PAGE: Phrase("reasons", "a web page"),
    Kind.JSON: Phrase("reasons", "a JSON document"),
    Kind.XML: Phrase("reasons", "an XML document"),
    Kind.TEXT: Phrase("reasons", "plain text"),
    Kind.AUDIO: Phrase("reasons", "an audio file"),
    Kind.PICTURE: Phrase("reasons", "a picture"),
    Kind.PDF: Phrase("reasons", "a PDF document"),
    Kind.ARCHIVE: Phrase("reasons", "an archive"),
    Kind.UNKNOWN: Phrase("reasons", "data of an unknown kind"),
}
"""Kinds in the words of an error's `found`."""


_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (rb"ID3|OggS|fLaC|FORM....AIFF?|RIFF....WAVE|....ftyp|\xff[\xe2-\xfd][^\x00\xff]|\x1a\x45\xdf\xa3", Kind.AUDIO),
    (rb"\xff\xd8\xff|\x89PNG|GIF8|RIFF....WEBP", Kind.PICTURE),
    (rb"%PDF", Kind.PDF),
    (rb"PK\x03\x04|\x1f\x8b|7z\xbc\xaf|Rar!", Kind.ARCHIVE),
)
_PAGE = re.compile(
    r"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body|script|title|p|div|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"\s*<(?:\?xml|!--|!doctype|[a-z_][\w.:-]*[\s>/])", re.IGNORECASE)
_JSON = re.compile(r"\s*(?:\{\s*(?:[\"}])|\[\s*(?:[\[{\"\]\d-]|true|false|null))")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HIDDEN = re.compile(r"<(script|style|noscript|svg)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>?")
_JSON_MESSAGE = re.compile(
    r'"(?:message|error_description|detail|title|error)"\s*:\s*"((?:[^"\\]|\\.)+)"', re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a body is, and, of a readable one, its title or first sentence."""

    kind: Kind
    words: str = ""

    @property
    def phrase(self) -> Phrase:
        """As an error's `found`: `a web page (“Log in”)`."""
        kind = PHRASES[self.kind]
        return Phrase("reasons", "{kind} (“{words}”)").filled(kind=kind, words=self.words) if self.words else kind


def recognise(body: bytes) -> Recognised:
    """Tell what `body` is from its first `LOOK_AT` bytes; what the server says of it is not believed."""
    head = body[:LOOK_AT]
    if not head.strip():
        return Recognised(Kind.EMPTY)
    for magic, kind in _MAGIC:
        if re.match(magic, head, re.DOTALL):
            return Recognised(kind)
    text = _decode(head)
    if text is None:
        return Recognised(Kind.UNKNOWN)
    if _JSON.match(text):
        message = _JSON_MESSAGE.search(text)
        return Recognised(Kind.JSON, _first_sentence(message[1]) if message else "")
    if _PAGE.match(text):
        visible = _HIDDEN.sub(" ", text)
        title = _TITLE.search(visible)
        said = _first_sentence(_TAG.sub(" ", title[1])) if title else ""
        return Recognised(Kind.PAGE, said or _first_sentence(_TAG.sub(" ", visible)))
    if _XML.match(text):
        return Recognised(Kind.XML, _first_sentence(_TAG.sub(" ", _HIDDEN.sub(" ", text))))
    return Recognised(Kind.TEXT, _first_sentence(text))


def _decode(head: bytes) -> str | None:
    """The text of `head`, or None when it is none. A character that is cut at the end does not count."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            text = head[: error.start].decode("utf-8-sig")
        elif head.lstrip().startswith(b"<"):
            text = head.decode("latin-1")
        else:
            return None
    return None if _CONTROL.search(text) else text


def _first_sentence(text: str) -> str:
    words = " ".join(unescaped(text).split())
    sentence = re.split(r"(?<=[.!?])\s", words, maxsplit=1)[0]
    if len(sentence) <= _WORDS:
        return sentence
    return sentence[:_WORDS].rsplit(" ", 1)[0] + " …"
