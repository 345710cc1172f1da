"""`earmark add`: what it takes, by itself and beside a running player."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from directories import APPLE, bases, body, serve
from terminal import Terminal
from webserver import Route, WebServer

pytestmark = pytest.mark.usefixtures("qapp")

LINK = '<link rel="alternate" type="application/rss+xml" title="{title}" href="{href}">'


@pytest.fixture
def pages(publisher: WebServer) -> WebServer:
    """The publisher, with a page that names two feeds at /show, and an OPML document at /list."""
    links = LINK.format(title="Show (MP3)", href="/feed.xml") + LINK.format(title="Show (Opus)", href="/opus.xml")
    publisher["/show"] = Route(f"<!doctype html><title>Our show</title>{links}".encode(), "text/html")
    outlines = "".join(f'<outline xmlUrl="{publisher.url(path)}"/>' for path in ("/feed.xml", "/gone.xml"))
    publisher["/list"] = Route(f"<opml version='2.0'><body>{outlines}</body></opml>".encode(), "text/x-opml")
    return publisher


def test_one_of_several_feeds(terminal: Terminal, pages: WebServer) -> None:
    asked = terminal.here("add", pages.url("/show"))
    assert asked.status == 3
    assert asked.out.splitlines() == [
        f"  1  Show (MP3)  {pages.url('/feed.xml')}",
        f"  2  Show (Opus)  {pages.url('/opus.xml')}",
    ]
    assert asked.err.startswith("earmark: 127.0.0.1 names 2 feeds (“Show (MP3)”, “Show (Opus)”); ")
    assert asked.err.endswith("--pick N”.\n")
    lines = terminal.here("add", pages.url("/show"), "--json").out.splitlines()
    assert json.loads(lines[1]) == {"number": 2, "title": "Show (Opus)", "url": pages.url("/opus.xml")}
    beyond = terminal.here("add", pages.url("/show"), "--pick", "3")
    assert (beyond.status, beyond.err) == (3, "earmark: There is no choice “3” here; check the spelling.\n")
    picked = terminal.here("add", pages.url("/show"), "--pick", "1", "--json")
    assert (picked.status, picked.err) == (0, "")
    assert json.loads(picked.out) | {"podcast": 0} == {"podcast": 0, "title": "A podcast", "episodes": 1}


def test_a_document(terminal: Terminal, pages: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.opml").write_bytes(pages["/list"].body)  # type: ignore[arg-type]
    monkeypatch.chdir(tmp_path)
    added = terminal.here("add", "mine.opml")
    assert (added.status, added.out) == (3, "1 podcast added, 0 known before\n")
    assert "nothing at " + pages.url("/gone.xml") in added.err
    again = terminal.here("add", pages.url("/list"))
    assert again.out == "0 podcasts added, 1 known before\n"
    missing = terminal.here("add", "gone.opml")
    assert (missing.status, missing.out) == (3, "")
    assert "gone.opml cannot be used: no such file" in missing.err


def test_beside_a_running_player(terminal: Terminal, pages: WebServer, audio: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.opml").write_bytes(pages["/list"].body)  # type: ignore[arg-type]
    with terminal.start("--null-audio", "play", str(audio)):
        terminal.wait_for_state("playing")
        asked = terminal.run("add", pages.url("/show"))
        assert (asked.status, len(asked.out.splitlines())) == (3, 2)
        picked = terminal.run("add", pages.url("/show"), "--pick", "1")
        assert (picked.status, picked.out) == (0, "A podcast: 1 episode\n")
        added = terminal.run("add", str(tmp_path / "mine.opml"))
        assert (added.status, added.out) == (3, "0 podcasts added, 1 known before\n")
        assert "nothing at" in added.err


@pytest.fixture
def directory(publisher: WebServer, monkeypatch: pytest.MonkeyPatch) -> WebServer:
    """The publisher, with all directories on it, one of which finds its podcast and another."""
    monkeypatch.setattr("player.net.directories.Bases", lambda: bases(publisher))
    entries = [
        {**APPLE["results"][0], "feedUrl": publisher.url("/feed.xml")},  # type: ignore[index]
        APPLE["results"][2],  # type: ignore[index]
    ]
    serve(publisher, "/apple/search?term=bees+trees&media=podcast&entity=podcast&limit=40", body({"results": entries}))
    return publisher


def test_words_are_searched_for(terminal: Terminal, directory: WebServer) -> None:
    url = directory.url("/feed.xml")
    lines = [
        f"  1  Bees & Trees  (Ann Example, 120 episodes)  {url}",
        "  2  Trees daily  (Bob Example, 1 episode)  https://trees.example.org/rss?from=apple",
    ]
    found = terminal.here("add", "bees", "trees")
    assert (found.status, found.out.splitlines(), found.err) == (0, lines, "")
    picked = terminal.here("add", "bees trees", "--pick", "1")
    assert (picked.status, picked.out) == (0, "A podcast: 1 episode\n")
    again = terminal.here("add", "bees", "trees", "--json")
    assert json.loads(again.out.splitlines()[0]) == {
        "number": 1,
        "title": "Bees & Trees",
        "author": "Ann Example",
        "url": url,
        "episodes": 120,
        "subscribed": True,
    }


def test_what_is_subscribed_to_under_another_spelling_is_not_added_again(
    terminal: Terminal, directory: WebServer
) -> None:
    directory["/feed.xml/"] = directory["/feed.xml"]
    terminal.here("add", directory.url("/feed.xml/"))
    assert ", subscribed)" in terminal.here("add", "bees", "trees").out.splitlines()[0]
    assert terminal.here("add", "bees", "trees", "--pick", "1").status == 0
    assert len(terminal.here("list").out.splitlines()) == 1


def test_nothing_found_and_directories_that_fail(terminal: Terminal, directory: WebServer) -> None:
    serve(directory, "/fyyd/0.2/search/podcast?term=x.org&count=40", body({"data": []}))
    nothing = terminal.here("add", "x.org", "--directory", "fyyd", "--directory", "podcastindex")
    assert (nothing.status, nothing.out) == (1, "")
    assert "Podcast Index answers only with a key" in nothing.err
    assert "Nothing found for “x.org”; try other words, or the address of the feed." in nothing.err
    failed = terminal.here("add", "other", "words")
    assert (failed.status, failed.out) == (3, "")
    assert "HTTP 404" in failed.err
