"""Names for downloaded files that every file system takes: ext4, APFS, NTFS, exFAT.

Must not know which files exist.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

MAX_BYTES = 150
"""How many UTF-8 bytes a name may have. File systems allow 255 bytes (Linux) or UTF-16 units (Windows, macOS), and the
ends of unfinished downloads need some of them."""
MAX_UNITS = 110
"""How many UTF-16 units the name of a file may have, and that of a folder at most half of it: Windows allows 260 for a
whole path."""

_FORBIDDEN = str.maketrans(dict.fromkeys('<>"|?*\\/', " ") | {":": " -"})
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=$|[. ])", re.IGNORECASE)
_ENDING = re.compile(
    r"\.(?:mp3|m4a|m4b|mp4|m4v|aac|ogg|oga|opus|flac|wav|mka|mkv|webm|wma|mov|aif|aiff)", re.IGNORECASE
)
_JOINER = "\u200d"
_FLAGS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
"""Letters of which two make a flag."""
_DEFAULT_ENDING = ".mp3"


def file_name(podcast_title: str, episode_title: str, number: int, url: str) -> str:
    """Where in the folder of downloads an episode's audio goes: `Podcast/Episode [7].mp3`, with `/` on every system.

    The same titles and number always give the same name; another number gives another one, also for those who do not
    tell capitals from small letters, or forms of a letter.
    """
    end = f" [{number}]{_ending(url)}"
    folder = safe_name(podcast_title, MAX_BYTES, MAX_UNITS // 2)
    return f"{folder}/{safe_name(episode_title, MAX_BYTES - len(end), MAX_UNITS - len(end))}{end}"


def safe_name(title: str, max_bytes: int = MAX_BYTES, max_units: int = MAX_UNITS) -> str:
    """A title as the name of a file or folder, without ending; `Untitled` when nothing of it can stay.

    Letters of all scripts and emoji stay, in composed form (NFC). Separators, control characters, characters and
    names that Windows forbids, and dots and spaces at either end go.
    """
    text = unicodedata.normalize("NFC", title).translate(_FORBIDDEN)
    # Cc, Cf: control and format characters; Cs, Co, Cn: surrogates, private use, unassigned. The joiner of emoji stays.
    kept = (each if each == _JOINER or unicodedata.category(each)[0] != "C" else " " for each in text)
    name = " ".join("".join(kept).split()).strip(" .-")
    if _RESERVED.match(name):
        name = f"_{name}"
    return _cut(name, max_bytes, max_units) or "Untitled"


def _cut(name: str, max_bytes: int, max_units: int) -> str:
    """Not longer than that, cut between words where one is near, never inside what is seen as one character."""
    end = len(name)
    while len(name[:end].encode()) > max_bytes or len(name[:end].encode("utf-16-le")) > 2 * max_units:
        end -= 1
    if end == len(name):
        return name
    while end and _belong_together(name, end):
        end -= 1
    words = name[:end].rpartition(" ")[0]
    return (words if len(words) > end * 2 // 3 else name[:end]).rstrip(" .-")


def _belong_together(name: str, at: int) -> bool:
    """Whether the character before a place and the one behind it are seen as one (most of Unicode's UAX 29)."""
    before, behind = name[at - 1], name[at]
    if before == _JOINER or behind == _JOINER or unicodedata.category(behind).startswith("M"):
        return True
    if before in _FLAGS and behind in _FLAGS:
        letters = len(name[:at]) - len(name[:at].rstrip(_FLAGS))
        return letters % 2 == 1
    return "\U0001f3fb" <= behind <= "\U0001f3ff"


def _ending(url: str) -> str:
    """The ending of the audio's address where it is one of audio, else that of most podcasts."""
    ending = PurePath(unquote(urlsplit(url).path)).suffix
    return ending.lower() if _ENDING.fullmatch(ending) else _DEFAULT_ENDING
