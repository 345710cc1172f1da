"""Feeds as large ones are, from a web server in a process of its own. Must not know who fetches them."""

from __future__ import annotations

import itertools
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from bench.outlines import ENTRIES
from webserver import Route, WebServer


def feed_of(episodes: int) -> bytes:
    """A feed as large ones are: about 2.6 KB for each episode, most of it notes with an outline of fifteen chapters."""
    notes = f"<p>{'Words about the guest. ' * 20}</p><ul>{ENTRIES}</ul><p>{'More about the hosts. ' * 40}</p>"
    items = "".join(
        f"<item><title>Episode {number}</title><guid>{number}</guid><itunes:duration>1:10:00</itunes:duration>"
        f"<pubDate>Mon, 01 Jan 2024 00:{number // 60 % 60:02}:{number % 60:02} GMT</pubDate>"
        f"<description><![CDATA[{notes}]]></description>"
        f'<enclosure url="https://example.org/{number}.mp3" type="audio/mpeg" length="50000000"/></item>'
        for number in range(episodes)
    )
    space = "http://www.itunes.com/dtds/podcast-1.0.dtd"
    return (
        f'<rss version="2.0" xmlns:itunes="{space}"><channel><title>A podcast</title>{items}</channel></rss>'.encode()
    )


def publish(feeds: int, episodes: int, link: Connection) -> None:
    """Give the same feed at many addresses until the other end closes.

    Each word from there puts one more episode into each feed.
    """
    with WebServer() as server:
        for more in itertools.count():
            body = feed_of(episodes + more)
            for number in range(feeds):
                server[f"/{number}.xml"] = Route(body, "application/rss+xml", etag=f'"{more}"')
            if not more:
                link.send([server.url(f"/{number}.xml") for number in range(feeds)])
            if link.recv() is None:
                return


@contextmanager
def publisher(feeds: int, episodes: int) -> Iterator[tuple[list[str], Connection]]:
    """The addresses of feeds on a web server in a process of its own, and the connection to it (see `publish`)."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=publish, args=(feeds, episodes, there))
    process.start()
    try:
        yield here.recv(), here
    finally:
        here.send(None)
        process.join()
