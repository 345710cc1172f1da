"""Links into directories and apps: which podcast they name, and from where its feed can be had.

Must not know how anything is asked for. The forms are those of the services' own pages; Overcast's by
https://overcast.fm/podcasterinfo, YouTube's feeds by the links in the heads of its channel pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import parse_qs, urlsplit

from player.core.directory import DirectoryName

_YOUTUBE_FEED = "https://www.youtube.com/feeds/videos.xml"
_SERVICE = re.compile(
    r"(?:.*\.)?(podcasts\.apple\.com|itunes\.apple\.com|overcast\.fm|pca\.st|podcastindex\.org|fyyd\.de|youtube\.com"
    r"|youtu\.be|spotify\.com)"
)
_APPLE_ID = re.compile(r"/id(\d+)(?=/|$)")
_SPOTIFY = "Spotify keeps its feeds to itself; look for the podcast by its name instead"
_EPISODE = "it is the link of one episode; open the podcast's own page there, and take the address of that"
_VIDEO = "it is the link of one video; open the channel's page, and take the address of that"


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """A podcast by its number in a directory that can be asked."""

    directory: DirectoryName
    number: str


@dataclass(frozen=True, slots=True)
class FeedAt:
    """The link names the address of the feed."""

    url: str


@dataclass(frozen=True, slots=True)
class NoWay:
    """No feed can be found from the link; `advice` says why and what to do, without a full stop."""

    advice: str


Target: TypeAlias = DirectoryEntry | FeedAt | NoWay


def link_target(url: str) -> Target | None:
    """What a link into a directory or an app leads to; None for any other address, and for pages that name their feed.

    `url` is as `normalize_url` gives it.
    """
    parts = urlsplit(url)
    service = _SERVICE.fullmatch(parts.hostname or "")
    if service is None:
        return None
    path, query = parts.path, parse_qs(parts.query)
    match service[1]:
        case "podcasts.apple.com" | "itunes.apple.com":
            return _apple(path, query)
        case "overcast.fm":
            number = re.match(r"/itunes(\d+)(?=[/-]|$)", path)
            return _by_apple(number[1]) if number else NoWay(_EPISODE)
        case "pca.st":
            number = re.match(r"/itunes/(\d+)(?=/|$)", path)
            return _by_apple(number[1]) if number else None
        case "podcastindex.org":
            number = re.match(r"/podcast/(\d+)(?=/|$)", path)
            return DirectoryEntry(DirectoryName.PODCAST_INDEX, number[1]) if number else None
        case "fyyd.de":
            number = re.match(r"/podcast/(?:[^/]+/)?(\d+)(?=/|$)", path) or re.match(r"/podcast/([\w-]+)/?$", path)
            return DirectoryEntry(DirectoryName.FYYD, number[1]) if number else None
        case "spotify.com":
            return NoWay(_SPOTIFY)
    return _youtube(parts.hostname or "", path, query)


def _apple(path: str, query: dict[str, list[str]]) -> Target | None:
    number = _APPLE_ID.search(path)
    if number:
        return _by_apple(number[1])
    named = query.get("id", [""])[0]
    return _by_apple(named) if "/viewPodcast" in path and re.fullmatch(r"\d+", named, re.ASCII) else None


def _by_apple(number: str) -> DirectoryEntry:
    return DirectoryEntry(DirectoryName.APPLE, number)


def _youtube(host: str, path: str, query: dict[str, list[str]]) -> Target | None:
    channel = re.match(r"/channel/(UC[\w-]{22})(?=/|$)", path, re.ASCII)
    if channel:
        return FeedAt(f"{_YOUTUBE_FEED}?channel_id={channel[1]}")
    playlist = query.get("list", [""])[0]
    if path.rstrip("/") == "/playlist" and re.fullmatch(r"[\w-]+", playlist, re.ASCII):
        return FeedAt(f"{_YOUTUBE_FEED}?playlist_id={playlist}")
    return NoWay(_VIDEO) if host.endswith("youtu.be") or re.match(r"/(?:watch|shorts|live)\b", path) else None
