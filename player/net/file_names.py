"""Names for downloaded files that every file system takes: ext4, APFS, NTFS, exFAT.

Must not know which files exist.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

MAX_BYTES = 150
"""How many UTF-8 bytes a name may have. File systems allow 255; the ends of unfinished downloads need some of them,
and Windows allows about 260 characters for a whole path."""

_FORBIDDEN = str.maketrans(dict.fromkeys('<>"|?*\\/', " ") | {":": " -"})
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=$|[. ])", re.IGNORECASE)
_ENDING = re.compile(
    r"\.(?:mp3|m4a|m4b|mp4|m4v|aac|ogg|oga|opus|flac|wav|mka|mkv|webm|wma|mov|aif|aiff)", re.IGNORECASE
)
_DEFAULT_ENDING = ".mp3"


def file_name(podcast_title: str, episode_title: str, url: str) -> str:
    """Where in the folder of downloads an episode's audio goes: `Podcast/Episode.mp3`, with `/` on every system.

    The same titles give the same name; two episodes with one title need something in it that tells them apart.
    """
    ending = _ending(url)
    return f"{safe_name(podcast_title)}/{safe_name(episode_title, MAX_BYTES - len(ending))}{ending}"


def safe_name(title: str, max_bytes: int = MAX_BYTES) -> str:
    """A title as the name of a file or folder, without ending; `Untitled` when nothing of it can stay.

    Letters of all scripts and emoji stay, in composed form (NFC). Separators, control characters, characters and
    names that Windows forbids, and dots and spaces at either end go.
    """
    text = unicodedata.normalize("NFC", title).translate(_FORBIDDEN)
    # Cc, Cf: control and format characters; Cs, Co, Cn: surrogates, private use, unassigned. The joiner of emoji stays.
    kept = (each if each == "\u200d" or unicodedata.category(each)[0] != "C" else " " for each in text)
    name = " ".join("".join(kept).split()).strip(" .-")
    if _RESERVED.match(name):
        name = f"_{name}"
    return _cut(name, max_bytes) or "Untitled"


def _cut(name: str, max_bytes: int) -> str:
    """Not more than `max_bytes` of UTF-8, cut between words where one is near, never inside a character."""
    data = name.encode()
    if len(data) <= max_bytes:
        return name
    cut = data[:max_bytes].decode(errors="ignore")
    words = cut.rpartition(" ")[0]
    return (words if len(words) > len(cut) * 2 // 3 else cut).rstrip(" .-\u200d")


def _ending(url: str) -> str:
    """The ending of the audio's address where it is one of audio, else that of most podcasts."""
    ending = PurePath(unquote(urlsplit(url).path)).suffix
    return ending.lower() if _ENDING.fullmatch(ending) else _DEFAULT_ENDING
