"""From whatever leads to a podcast to the podcast."""

from __future__ import annotations

from pathlib import Path

import pytest

from house import House
from player.app.adding import opml_path
from player.app.sentences import sentence
from player.app.subscriptions import OpmlResult
from player.core.errors import DocumentError, FileError, NetworkError, NotAFeedError, SeveralFeedsError
from webserver import Route, WebServer


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
    assert sentence(caught.value) == "127.0.0.1 names 2 feeds (“Show (MP3)”, “Show (Opus)”); choose one."
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
