"""Answers of podcast directories, and a web server that gives them.

Nothing here was recorded: the answers were made after the shapes that the directories document (Apple:
https://performance-partners.apple.com/search-api; fyyd: https://github.com/eazyliving/fyyd-api; Podcast Index:
https://podcastindex-org.github.io/docs-api), with fields left out that nobody reads, and with podcasts that are none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from player.net.directories import Bases
from webserver import Route, WebServer

APPLE = {
    "resultCount": 3,
    "results": [
        {
            "wrapperType": "track",
            "kind": "podcast",
            "collectionId": 1001,
            "artistName": "Ann Example",
            "collectionName": "Bees &amp; Trees",
            "feedUrl": "https://bees.example.org/feed",
            "trackCount": 120,
        },
        {"wrapperType": "track", "kind": "podcast", "collectionId": 1002, "collectionName": "Only there"},
        {
            "wrapperType": "track",
            "kind": "podcast",
            "collectionId": 1003,
            "artistName": "Bob Example",
            "collectionName": "Trees daily",
            "feedUrl": "https://trees.example.org/rss?from=apple",
            "trackCount": 1,
        },
    ],
}
FYYD = {
    "status": 1,
    "msg": "ok",
    "meta": {"API_INFO": {"API_VERSION": 0.2}},
    "data": [
        {"title": "Bäume", "id": 85, "xmlURL": "https://baum.example.org/mp3", "slug": "baeume", "subtitle": "Wald"},
        {"title": "Bees and Trees", "id": 86, "xmlURL": "http://Bees.example.org/feed/", "slug": "bees"},
    ],
}
PODCAST_INDEX = {
    "status": "true",
    "feeds": [
        {
            "id": 920666,
            "title": "Bees & Trees",
            "url": "https://bees.example.org/feed",
            "author": "Ann",
            "episodeCount": 119,
        }
    ],
    "count": 1,
    "description": "Found matching feeds.",
}


def body(answer: object) -> bytes:
    """An answer as it travels."""
    return json.dumps(answer).encode()


def one(answer: Mapping[str, Any], entries: str, place: str, index: int = 0) -> bytes:
    """The answer to the question for one podcast: one entry of a search, as the directory gives it."""
    entry = answer[entries][index]
    return body({**answer, place: [entry] if entries == place == "results" else entry})


def bases(server: WebServer) -> Bases:
    """All directories on one server."""
    return Bases(server.url("/apple"), server.url("/fyyd"), server.url("/index"))


def serve(server: WebServer, path: str, answer: bytes) -> None:
    """Give an answer at a path with its parameters."""
    server[path] = Route(answer, "application/json")


def parameters(path: str) -> dict[str, str]:
    """What a request asked for."""
    return {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
