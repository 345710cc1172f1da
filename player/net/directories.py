"""Asking podcast directories: their addresses, their parameters, the signature that Podcast Index wants.

Must not know what is in an answer. Interfaces as documented where `formats.directory_answers` says.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import urlencode

import httpx

from player.net.fetch import fetch

_ACCEPT = "application/json, text/javascript;q=0.9, */*;q=0.5"
_MAX_BYTES = 4 * 1024 * 1024
_MAX_SECONDS = 30.0
_MOST = 40
"""How many podcasts are asked for."""


@dataclass(frozen=True, slots=True)
class Bases:
    """Where the directories are."""

    apple: str = "https://itunes.apple.com"
    fyyd: str = "https://api.fyyd.de"
    podcast_index: str = "https://api.podcastindex.org"


@dataclass(frozen=True, slots=True)
class Key:
    """What Podcast Index knows a program by."""

    key: str
    secret: str

    def headers(self, now: int) -> dict[str, str]:
        """What signs a request in the second `now` (since 1970)."""
        signed = hashlib.sha1(f"{self.key}{self.secret}{now}".encode(), usedforsecurity=False).hexdigest()
        return {"X-Auth-Date": str(now), "X-Auth-Key": self.key, "Authorization": signed}


def search_apple(client: httpx.Client, base: str, words: str) -> bytes:
    """Search Apple's directory. Raises NetworkError, as all here."""
    return _ask(client, f"{base}/search", {"term": words, "media": "podcast", "entity": "podcast", "limit": _MOST})


def look_up_apple(client: httpx.Client, base: str, number: str) -> bytes:
    """Ask Apple for one podcast."""
    return _ask(client, f"{base}/lookup", {"id": number, "entity": "podcast"})


def search_fyyd(client: httpx.Client, base: str, words: str) -> bytes:
    """Search fyyd."""
    return _ask(client, f"{base}/0.2/search/podcast", {"term": words, "count": _MOST})


def look_up_fyyd(client: httpx.Client, base: str, number: str) -> bytes:
    """Ask fyyd for one podcast, by its number or its short name."""
    return _ask(client, f"{base}/0.2/podcast", {"podcast_id" if number.isdecimal() else "podcast_slug": number})


def search_podcast_index(client: httpx.Client, base: str, words: str, key: Key, now: int) -> bytes:
    """Search Podcast Index."""
    return _ask(client, f"{base}/api/1.0/search/byterm", {"q": words, "max": _MOST}, key.headers(now))


def look_up_podcast_index(client: httpx.Client, base: str, number: str, key: Key, now: int) -> bytes:
    """Ask Podcast Index for one podcast."""
    return _ask(client, f"{base}/api/1.0/podcasts/byfeedid", {"id": number}, key.headers(now))


def _ask(
    client: httpx.Client, address: str, parameters: dict[str, str | int], headers: dict[str, str] | None = None
) -> bytes:
    url = f"{address}?{urlencode(parameters)}"
    return fetch(client, url, _ACCEPT, None, None, _MAX_BYTES, _MAX_SECONDS, headers).body or b""
