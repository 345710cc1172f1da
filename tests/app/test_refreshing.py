"""Asking feeds again: what is new is found, and what goes wrong loses nothing."""

from __future__ import annotations

from house import House, feed
from player.core.events import ProblemReported
from player.core.model import EpisodeQuery
from webserver import Route, WebServer


def test_a_refresh_finds_what_is_new_and_keeps_the_rest(house: House, publisher: WebServer) -> None:
    library = house.services.library
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    more = "<item><title>Another</title><guid>two</guid><description>0:00 A<br>1:00 B<br>2:00 C</description></item>"
    old = library.episode_ids(EpisodeQuery(podcast=podcast))
    publisher["/feed.xml"] = Route(feed(publisher, "(0:00) New<br>(0:15) Notes", more=more), "application/rss+xml")
    house.services.refreshing.refresh([podcast])
    ids = library.episode_ids(EpisodeQuery(podcast=podcast))
    assert set(old) < set(ids)
    chosen = house.services.chapters.chosen(old[0])
    assert chosen is not None
    assert [chapter.title for chapter in chosen.chapters] == ["New", "Notes"]


def test_an_unchanged_feed_is_not_read_again(house: House, publisher: WebServer) -> None:
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    house.services.refreshing.refresh([podcast])
    assert publisher.asked("/feed.xml")[-1].headers["If-None-Match"] == '"f1"'
    publisher["/feed.xml"].etag = None
    house.services.refreshing.refresh([podcast])
    assert house.services.library.podcast(podcast).problem is None


def test_a_failed_refresh_is_kept_at_the_podcast_and_loses_nothing(house: House, publisher: WebServer) -> None:
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    publisher["/feed.xml"] = Route(b"<html><body>Gone fishing</body></html>", "text/html")
    house.services.refreshing.refresh([podcast])
    found = house.services.library.podcast(podcast)
    assert found.problem is not None
    assert "web page" in found.problem
    assert found.episode_count == 1
    assert any(isinstance(fact, ProblemReported) for fact in house.facts)
