"""Feeds as large ones are, from a web server in a process of its own. Must not know who fetches them."""

from __future__ import annotations

import itertools
import multiprocessing
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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


def publish(feeds: int, episodes: int, hosts: int, link: Connection) -> None:
    """Give the same feed at many addresses until the other end closes.

    Each word from there puts one more episode into each feed, and is answered when that is done.
    """
    with ExitStack() as opened:
        servers = [opened.enter_context(WebServer(f"127.0.0.{number + 1}")) for number in range(hosts)]
        places = [(servers[number % hosts], f"/{number}.xml") for number in range(feeds)]
        for more in itertools.count():
            body = feed_of(episodes + more)
            for server, path in places:
                server[path] = Route(body, "application/rss+xml", etag=f'"{more}"')
            link.send([server.url(path) for server, path in places])
            if link.recv() is None:
                return


@contextmanager
def publisher(feeds: int, episodes: int, hosts: int = 1) -> Iterator[tuple[list[str], Connection]]:
    """The addresses of feeds on web servers in a process of its own, and the connection to it (see `publish`).

    With more `hosts` than one, each is an address of this computer's own, which Linux lets one use without more ado.
    """
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=publish, args=(feeds, episodes, hosts, there))
    process.start()
    try:
        yield here.recv(), here
    finally:
        here.send(None)
        process.join()
