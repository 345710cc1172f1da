"""Answers of podcast directories in JSON, read into what was found.

Apple: https://performance-partners.apple.com/search-api; fyyd: https://github.com/eazyliving/fyyd-api; Podcast Index:
https://podcastindex-org.github.io/docs-api. Must not know how a directory is asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from player.core.directory import DirectoryName, FoundPodcast
from player.core.errors import DocumentError
from player.core.phrases import Phrase
from player.core.recognition import recognise
from player.formats.feed_words import clean_address, clean_line


@dataclass(frozen=True, slots=True)
class _Words:
    """What a directory calls things; an empty word for what it keeps to itself."""

    entries: tuple[str, ...]
    title: str
    author: str
    url: str
    count: str


_WORDS = {
    DirectoryName.APPLE: _Words(("results",), "collectionName", "artistName", "feedUrl", "trackCount"),
    DirectoryName.FYYD: _Words(("data",), "title", "", "xmlURL", ""),
    DirectoryName.PODCAST_INDEX: _Words(("feeds", "feed"), "title", "author", "url", "episodeCount"),
}


def read_found(directory: DirectoryName, body: bytes) -> tuple[FoundPodcast, ...]:
    """The podcasts in an answer to a search or to the question for one; those without a feed are left out.

    Raises DocumentError when it is no such answer.
    """
    words = _WORDS[directory]
    name = f"The answer of {directory.label}"
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise DocumentError(name, Phrase("reasons", "it is {found}").filled(found=recognise(body).phrase)) from error
    listed = [answer[entry] for entry in words.entries if entry in answer] if isinstance(answer, dict) else []
    if not listed:
        raise DocumentError(name, Phrase("reasons", "what was found is missing in it"))
    return tuple(found for each in _entries(listed[0]) if (found := _podcast(each, words)) is not None)


def _entries(listed: object) -> Iterable[Mapping[str, Any]]:
    """One entry stands there by itself, and none may be an empty list."""
    each = listed if isinstance(listed, list) else [listed]
    return [entry for entry in each if isinstance(entry, dict)]


def _podcast(entry: Mapping[str, Any], words: _Words) -> FoundPodcast | None:
    url = clean_address(entry.get(words.url), "https://")
    if url is None:
        return None
    count = entry.get(words.count)
    is_count = type(count) is int and count >= 0
    return FoundPodcast(
        clean_line(entry.get(words.title)) or url, clean_line(entry.get(words.author)), url, count if is_count else None
    )
