"""Artwork of podcasts: fetched when a feed names it, once, and only where the listener wants it."""

from __future__ import annotations

from house import NOTES, House, feed
from player.core.events import PicturesFetched
from player.core.model import PodcastId
from webserver import Route, WebServer

PNG = b"\x89PNG\r\n\x1a\n"


def publish(publisher: WebServer, picture: str = "/cover.png") -> str:
    """A feed with artwork; returns its address."""
    publisher["/cover.png"] = Route(PNG + b"one", "image/png", etag='"1"')
    publisher["/other.png"] = Route(PNG + b"two", "image/png", etag='"2"')
    image = f"<image><url>{publisher.url(picture)}</url></image><item>".encode()
    publisher["/feed.xml"] = Route(feed(publisher, NOTES).replace(b"<item>", image, 1), "application/rss+xml")
    return publisher.url("/feed.xml")


def asked(publisher: WebServer) -> list[str]:
    return [request.path for request in publisher.requests if request.path.endswith(".png")]


def add(house: House, publisher: WebServer) -> PodcastId:
    return house.services.subscriptions.add(publish(publisher)).result()


def test_it_comes_with_a_podcast_and_stays(house: House, publisher: WebServer) -> None:
    artwork = house.services.artwork
    artwork.start()
    podcast = add(house, publisher)
    url = artwork.url(podcast)
    assert url == publisher.url("/cover.png")
    assert artwork.data(url) == PNG + b"one"
    assert PicturesFetched((url,)) in house.facts
    artwork.start()
    assert asked(publisher) == ["/cover.png"], "it is here and not old"


def test_a_feed_that_names_another_one_gets_it(house: House, publisher: WebServer) -> None:
    artwork = house.services.artwork
    artwork.start()
    podcast = add(house, publisher)
    publish(publisher, "/other.png")
    house.services.refreshing.refresh([podcast])
    url = artwork.url(podcast)
    assert url == publisher.url("/other.png")
    assert artwork.data(url) == PNG + b"two"


def test_nobody_is_asked_before_the_start_nor_where_none_is_wanted(house: House, publisher: WebServer) -> None:
    artwork, settings = house.services.artwork, house.services.settings
    podcast = add(house, publisher)
    assert asked(publisher) == [], "the program has not started it"
    settings.change(shows_artwork=False)
    artwork.start()
    assert asked(publisher) == []
    assert artwork.url(podcast) is None
    settings.change(shows_artwork=True)
    assert asked(publisher) == ["/cover.png"]
    assert artwork.url(podcast) == publisher.url("/cover.png")
