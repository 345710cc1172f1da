"""Text as the search sees it: small letters without accents, words apart, scripts without spaces in pairs.

Must not know what is searched, nor how a query is written.
"""

from __future__ import annotations

import re
import unicodedata

from player.core.character_references import unescaped

SPACELESS = (
    # Thai, Lao; Myanmar; Khmer;々〆〇; kana; CJK; Hangul; CJK beyond the first plane. Korean has spaces, but its words
    # grow at their ends, so that its syllables are found as those of the others are.
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
"""The characters, as a class of a pattern has them, of scripts that put no spaces between words."""

_RUN = re.compile(f"[{SPACELESS}]+")
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_ZERO_WIDTH_SPACE = "\u200b"


class _Folding(dict[int, str]):
    """What each character becomes; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """`text` in small letters, without accents, every character that is part of no word a space.

    Characters fold one by one, each to none, one or several; so a part of a text folds to a part of the folded text.
    """
    return text.translate(_FOLDING)


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place in `text` that it comes from."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        became = _FOLDING[ord(character)]
        folded.append(became)
        places.extend([place] * len(became))
    return "".join(folded), places


def indexed(text: str) -> str:
    """The words of `text` with spaces between them, as the index takes them.

    A run of a script without spaces becomes each pair of characters that follow each other and its last one, so that
    one character is found as the beginning of a pair, and two or more as their pairs.
    """
    folded = fold(text)
    return folded if folded.isascii() else _RUN.sub(lambda run: f" {' '.join(pairs(run[0]))} ", folded)


def list_name(title: str) -> str:
    """`title` as lists sort it and filter it by parts: folded, with one space between words."""
    return " ".join(fold(title).split())


def pairs(run: str) -> list[str]:
    """Each two characters that follow each other, and the last one."""
    return [run[place : place + 2] for place in range(len(run))]


def readable(notes: str) -> str:
    """What a person reads of show notes in HTML, Markdown or plain text, in one line; good enough to find words in."""
    return " ".join(without_tags(notes).split())


def without_tags(notes: str) -> str:
    """The same, with the white space as it is."""
    text = _TAG.sub(" ", notes) if "<" in notes else notes
    return unescaped(text)


def _folded(character: str) -> str:
    if _is_accent(character):
        return ""
    apart = unicodedata.normalize("NFKD", character.lower())
    plain = unicodedata.normalize("NFC", "".join(each for each in apart if not _is_accent(each))).lower()
    return "".join(_kept(each) for each in plain)


def _is_accent(character: str) -> bool:
    return "\u0300" <= character <= "\u036f"


def _kept(character: str) -> str:
    kind = unicodedata.category(character)
    if kind[0] in "LNM":
        return character
    # Characters of format (a soft hyphen, a joiner) stand inside words.
    return "" if kind == "Cf" and character != _ZERO_WIDTH_SPACE else " "
