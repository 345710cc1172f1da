"""From whatever leads to a podcast to the podcast."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from directories import APPLE, FYYD, PODCAST_INDEX, bases, body, serve
from house import House, build
from player.app.adding import opml_path
from player.app.course import Course
from player.app.sentences import sentence
from player.app.subscriptions import OpmlResult
from player.core.directory import DirectoryName
from player.core.errors import (
    DirectoryKeyError,
    DocumentError,
    FileError,
    NetworkError,
    NoFeedKnownError,
    NotAFeedError,
    SeveralFeedsError,
)
from player.net.directories import Bases
from webserver import Route, WebServer

APPLE_SEARCH = "/apple/search?term=bees&media=podcast&entity=podcast&limit=40"


@pytest.fixture
def directory_house(tmp_path: Path, publisher: WebServer) -> Iterator[House]:
    """A house whose directories are on the publisher's server."""
    house = build(tmp_path / "profile", bases(publisher))
    yield house
    house.services.close()


def page(*links: tuple[str, str]) -> Route:
    named = "".join(f'<link rel="alternate" type="application/rss+xml" title="{t}" href="{h}">' for t, h in links)
    return Route(f"<!doctype html><html><head><title>Our show</title>{named}</head></html>".encode(), "text/html")


def titles(house: House) -> list[str]:
    return [each.title for each in house.services.library.podcasts()]


def test_the_address_of_a_feed_in_a_sentence(house: House, publisher: WebServer) -> None:
    podcast = house.services.adding.add(f"Listen: <{publisher.url('/feed.xml')}>!").result()
    assert house.services.adding.add(publisher.url("/feed.xml")).result() == podcast
    assert titles(house) == ["A podcast"]
    assert len(publisher.asked("/feed.xml")) == 1


def test_a_page_that_names_its_feed(house: House, publisher: WebServer) -> None:
    publisher["/home"] = Route(redirect="/show/")
    publisher["/show/"] = page(("Comments", "/comments"), ("Show", "../feed.xml"))
    podcast = house.services.adding.add(publisher.url("/home")).result()
    assert titles(house) == ["A podcast"]
    assert house.services.adding.add(publisher.url("/home")).result() == podcast
    assert len(publisher.asked("/feed.xml")) == 1, "what is there is not fetched again"
    assert house.services.library.podcasts()[0].feed_url == publisher.url("/feed.xml")


def test_a_page_that_names_several(house: House, publisher: WebServer) -> None:
    publisher["/show"] = page(("Show (MP3)", "/feed.xml"), ("Show (Opus)", "/opus.xml"))
    with pytest.raises(SeveralFeedsError) as caught:
        house.services.adding.add(publisher.url("/show")).result()
    assert [feed.title for feed in caught.value.feeds] == ["Show (MP3)", "Show (Opus)"]
    assert "127.0.0.1 names 2 feeds (“Show (MP3)”, “Show (Opus)”); add the address of one" in sentence(caught.value)
    assert titles(house) == []
    house.services.adding.add(caught.value.feeds[0].url).result()
    assert titles(house) == ["A podcast"]


@pytest.mark.parametrize("links", [(), (("Itself", ""),), (("Another page", "/other"),), (("Mail", "mailto:a@x.org"),)])
def test_a_page_that_leads_to_no_feed(house: House, publisher: WebServer, links: tuple[tuple[str, str], ...]) -> None:
    publisher["/show"] = page(*links)
    publisher["/other"] = page(("Round and round", "/show"))
    with pytest.raises(NotAFeedError) as caught:
        house.services.adding.add(publisher.url("/show")).result()
    assert "a web page (“Our show”)" in sentence(caught.value)
    assert titles(house) == []


def test_a_document_at_an_address_or_on_the_disk(house: House, publisher: WebServer, tmp_path: Path) -> None:
    body = f"<opml version='2.0'><body><outline xmlUrl='{publisher.url('/feed.xml')}'/></body></opml>".encode()
    publisher["/list"] = Route(body, "text/x-opml")
    added = house.services.adding.add(publisher.url("/list")).result()
    assert isinstance(added, OpmlResult)
    assert (len(added.added), added.known, added.problems) == (1, 0, ())
    file = tmp_path / "my podcasts.opml"
    file.write_bytes(body)
    for words in (str(file), file.as_uri()):
        assert house.services.adding.add(words).result() == OpmlResult((), 1, ())
    publisher["/empty"] = Route(b"<opml version='2.0'><body/></opml>", "text/x-opml")
    with pytest.raises(DocumentError):
        house.services.adding.add(publisher.url("/empty")).result()
    with pytest.raises(FileError):
        house.services.adding.add(str(tmp_path / "gone.opml")).result()


@pytest.mark.parametrize("way", ["/feed.xml", "/show", "/list", "list.opml"])
def test_what_was_called_off_is_not_added(house: House, publisher: WebServer, tmp_path: Path, way: str) -> None:
    body = f"<opml version='2.0'><body><outline xmlUrl='{publisher.url('/feed.xml')}'/></body></opml>".encode()
    publisher["/list"] = Route(body, "text/x-opml")
    publisher["/show"] = page(("Show", "/feed.xml"))
    (tmp_path / "list.opml").write_bytes(body)
    text = publisher.url(way) if way.startswith("/") else str(tmp_path / way)
    assert house.services.adding.add(text, course=Course(is_cancelled=True)).result() == OpmlResult((), 0, ())
    assert titles(house) == []
    house.services.adding.add(text, course=Course()).result()
    house.services.adding.add(text, course=Course(is_cancelled=True)).result()
    assert titles(house) == ["A podcast"], "what is there stays"


def test_what_is_no_address(house: House) -> None:
    for text in ("", "two words", "ftp://x.org/feed"):
        with pytest.raises(NetworkError):
            house.services.adding.add(text).result()


def test_which_words_mean_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("radiolab", "list.xml", "folder.opml"):
        (tmp_path / name).mkdir() if "folder" in name else (tmp_path / name).write_text("")
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "mine").write_text("")
    meant = ("list.xml", " list.xml ", "lists/mine", "gone.opml", "/gone.opml", "/gone.xml", "~/gone.opml")
    assert [text for text in meant if opml_path(text) is None] == []
    others = ("radiolab", "gone.xml", "lists", "x.org/feed.xml", "https://x.org/a.opml", "", "\0")
    assert [text for text in others if opml_path(text) is not None] == []


def test_a_link_into_a_directory(directory_house: House, publisher: WebServer) -> None:
    adding = directory_house.services.adding
    entry = {"collectionName": "Bees", "feedUrl": publisher.url("/feed.xml")}
    serve(publisher, "/apple/lookup?id=1001&entity=podcast", body({"results": [entry]}))
    serve(publisher, "/apple/lookup?id=1002&entity=podcast", body({"results": [{"collectionName": "Only there"}]}))
    podcast = adding.add("https://podcasts.apple.com/us/podcast/bees/id1001").result()
    assert adding.add("https://overcast.fm/itunes1001/bees").result() == podcast
    assert titles(directory_house) == ["A podcast"]
    with pytest.raises(NoFeedKnownError) as caught:
        adding.add("https://pca.st/itunes/1002").result()
    assert sentence(caught.value).startswith("pca.st does not lead to a feed: Apple Podcasts names none; ")
    with pytest.raises(NoFeedKnownError) as caught:
        adding.add("https://open.spotify.com/show/4rOoJ6Egrf8K2IrywzwOMk").result()
    assert sentence(caught.value).endswith("; look for the podcast by its name instead.")


def test_a_page_whose_own_address_names_the_feed(house: House, publisher: WebServer) -> None:
    channel = "UC" + "a" * 22
    html = f'<!doctype html><link rel="canonical" href="https://www.youtube.com/channel/{channel}">'
    publisher["/@bees"] = Route(html.encode(), "text/html")
    with pytest.raises(NetworkError) as caught:
        house.services.adding.add(publisher.url("/@bees")).result()
    assert caught.value.url == f"https://www.youtube.com/feeds/videos.xml?channel_id={channel}"


def test_searching(directory_house: House, publisher: WebServer) -> None:
    adding = directory_house.services.adding
    serve(publisher, APPLE_SEARCH, body(APPLE))
    assert [each.title for each in adding.search("bees").result().found] == ["Bees & Trees", "Trees daily"]
    serve(publisher, "/fyyd/0.2/search/podcast?term=bees&count=40", body(FYYD))
    both = adding.search("bees", [DirectoryName.APPLE, DirectoryName.FYYD, DirectoryName.PODCAST_INDEX]).result()
    assert [each.title for each in both.found] == ["Bees & Trees", "Bäume", "Trees daily"]
    assert [type(each) for each in both.problems] == [DirectoryKeyError]


def test_searching_with_a_key(directory_house: House, publisher: WebServer) -> None:
    services = directory_house.services
    with pytest.raises(DirectoryKeyError):
        services.adding.search("bees", [DirectoryName.PODCAST_INDEX]).result()
    with pytest.raises(DirectoryKeyError):
        services.adding.add("https://podcastindex.org/podcast/7").result()
    services.settings.change(podcastindex_key="key", podcastindex_secret="secret")
    serve(publisher, "/index/api/1.0/search/byterm?q=bees&max=40", body(PODCAST_INDEX))
    (found,) = services.adding.search("bees", [DirectoryName.PODCAST_INDEX]).result().found
    assert found.episode_count == 119
    assert publisher.requests[-1].headers["X-Auth-Date"] == str(directory_house.clock.now // 1000)


def test_a_directory_that_fails(directory_house: House, publisher: WebServer) -> None:
    adding = directory_house.services.adding
    publisher[APPLE_SEARCH] = Route(b"<html><title>Busy</title></html>", "text/html")
    with pytest.raises(DocumentError) as caught:
        adding.search("bees").result()
    assert sentence(caught.value) == "The answer of Apple Podcasts cannot be read: it is a web page (“Busy”)."


def test_no_directory_can_be_reached(tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:1"
    house = build(tmp_path / "profile", Bases(nowhere, nowhere, nowhere))
    with pytest.raises(NetworkError) as caught:
        house.services.adding.search("bees", [DirectoryName.APPLE, DirectoryName.FYYD]).result()
    house.services.close()
    assert caught.value.url.startswith(f"{nowhere}/search?")
