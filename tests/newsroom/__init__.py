"""A podcast on loopback that publishes an episode a day, for rules about new episodes."""

from __future__ import annotations

from email.utils import formatdate

from webserver import Route, WebServer

DAY = 86_400


def publish(server: WebServer, *titles: str, first: int = 1_690_000_000, name: str = "feed") -> str:
    """Have a feed hold episodes with these titles, the oldest first and a day apart; returns its address.

    A title is the guid, too, so that publishing more of them leaves those before as they are. One with an outline is
    written "Title: 0:00 One 1:00 Two".
    """
    items = "".join(
        f"<item><title>{title.partition(':')[0]}</title><guid>{title}</guid>"
        f"<pubDate>{formatdate(first + number * DAY)}</pubDate>"
        f"<description>{title.partition(': ')[2].replace(', ', '&lt;br&gt;')}</description>"
        f'<enclosure url="{server.url("/audio.mp3")}" type="audio/mpeg" length="1"/></item>'
        for number, title in enumerate(titles)
    )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'
    server[f"/{name}.xml"] = Route(body.encode(), "application/rss+xml")
    return server.url(f"/{name}.xml")
