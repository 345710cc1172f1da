"""The feeds that a web page names, and which of them is the podcast's.

Must not know how a page is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_COMMENTS = re.compile(r"comment|kommentar|commentaire", re.IGNORECASE)
_PODCAST = re.compile(r"podcast|episode|audio|\b(?:mp3|m4a|aac|ogg|opus)\b", re.IGNORECASE)
_FORM = re.compile(r"\b(?:rss(?:\s*2(?:\.0)?)?|atom(?:\s*1(?:\.0)?)?|feed)\b|[^\w]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page links to: its title there, which may be empty, and its absolute address."""

    title: str
    url: str
    is_atom: bool = False

    @property
    def name(self) -> str:
        """What to call it in a list."""
        return self.title or self.url


@dataclass(frozen=True, slots=True)
class PageFeeds:
    """What a page says of feeds: those it links to, and its own canonical address, if it names one."""

    links: tuple[FeedLink, ...] = ()
    canonical: str | None = None


def likely_feeds(links: Sequence[FeedLink]) -> tuple[FeedLink, ...]:
    """Those that may be the podcast's feed, in the page's order; where it is one, nobody need be asked.

    Each address counts once. Feeds of comments go where another is left. If some say that they are of a podcast (in
    their title or address: podcast, episode, audio, or an audio format), the others go. Of an RSS and an Atom feed
    with the same title, the Atom feed goes.
    """
    by_url: dict[str, FeedLink] = {}
    for link in links:
        by_url.setdefault(link.url, link)
    found = tuple(by_url.values())
    for is_wanted in (
        lambda link: not _COMMENTS.search(f"{link.title} {link.url}"),
        lambda link: _PODCAST.search(f"{link.title} {link.url}"),
    ):
        found = tuple(link for link in found if is_wanted(link)) or found
    in_rss = {_subject(link) for link in found if not link.is_atom}
    return tuple(link for link in found if not (link.is_atom and _subject(link) in in_rss))


def _subject(link: FeedLink) -> str:
    return _FORM.sub(" ", link.title).strip().casefold()
