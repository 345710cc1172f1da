"""Bookmarks as documents: what programs read again, and Markdown in which no title means anything."""

from __future__ import annotations

import csv
import io
import json

from player.core.bookmarks import Bookmark, BookmarkId, ListedBookmark
from player.core.model import EpisodeId
from player.formats.bookmark_documents import WRITERS, bookmark_facts

ONE = ListedBookmark(
    Bookmark(
        BookmarkId(7), EpisodeId(1), 4_132_250, 4_200_000, 'Say "why", again', 1_760_000_000_000, "Export *controls*"
    ),
    "1. #459 [DeepSeek]",
    "The_Show",
    "https://x.org/feed",
    "a",
)
TWO = ListedBookmark(
    Bookmark(BookmarkId(8), EpisodeId(1), 0, None, "", 0), "1. #459 [DeepSeek]", "The_Show", "https://x.org/feed", "a"
)
THREE = ListedBookmark(Bookmark(BookmarkId(9), EpisodeId(2), 1000, None, "日本 & <b>", 0), "", "", "files:", "/a.mp3")
ALL = [(ONE, "earmark://one"), (THREE, "earmark://three"), (TWO, "earmark://two")]


def test_markdown_has_a_heading_for_each_episode() -> None:
    assert WRITERS["markdown"](ALL).decode() == (
        "# Bookmarks\n"
        "\n"
        "## 1\\. \\#459 \\[DeepSeek\\]\n"
        "\n"
        "The\\_Show\n"
        "\n"
        "- [0:00](earmark://two)\n"
        '- [1:08:52–1:10:00](earmark://one) Export \\*controls\\* — Say "why", again\n'
        "\n"
        "## /a.mp3\n"
        "\n"
        "files:\n"
        "\n"
        "- [0:01](earmark://three) 日本 \\& \\<b\\>\n"
    )


def test_csv_is_read_again() -> None:
    rows = list(csv.DictReader(io.StringIO(WRITERS["csv"](ALL).decode(), newline="")))
    assert rows[0] == {
        "podcast": "The_Show",
        "episode": "1. #459 [DeepSeek]",
        "chapter": "Export *controls*",
        "start": "4132.25",
        "end": "4200.0",
        "text": 'Say "why", again',
        "made": "2025-10-09T08:53:20Z",
        "link": "earmark://one",
        "feed": "https://x.org/feed",
        "guid": "a",
    }
    assert [(row["end"], row["text"]) for row in rows[1:]] == [("", "日本 & <b>"), ("", "")]


def test_json_is_read_again() -> None:
    document = json.loads(WRITERS["json"](ALL))
    assert (document["format"], document["version"]) == ("earmark-bookmarks", 1)
    assert [each["link"] for each in document["bookmarks"]] == [link for _, link in ALL]
    assert document["bookmarks"][0]["start"] == 4132.25
    assert document["bookmarks"][2]["end"] is None
    assert bookmark_facts(*ALL[0]) == {"number": 7, **document["bookmarks"][0]}
