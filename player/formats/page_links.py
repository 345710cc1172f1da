"""Web pages: the feeds that they link to (https://www.rssboard.org/rss-autodiscovery).

Must not know which of them is wanted.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from player.core.feed_links import FeedLink, PageFeeds
from player.formats.feed_words import clean_address, clean_line

_RSS = ("application/rss+xml", "application/rdf+xml")
_ATOM = "application/atom+xml"
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SAYS_FEED = re.compile(r"(?:subscribe (?:via|with|by) )?(?:rss|atom)(?:[ -]?feed)?", re.IGNORECASE)
_FEED_SCHEME = re.compile(r"(?:feed|podcast|itpc|pcast):(?://)?(https?:)?(?://)?", re.IGNORECASE)
_MOST_TEXT = 100
"""Characters of a link's text that are looked at: what says “RSS” is short."""


def read_page(body: bytes, url: str) -> PageFeeds:
    """What a page that came from `url` says of feeds; nothing in it can fail.

    `<link rel="alternate">` with the type of RSS or Atom counts. A page without any is searched for ordinary links that
    have such a type, are called “RSS” and no more, or begin with `feed:` and the like.
    """
    page = _Page(url)
    page.feed(_decode(body))
    page.close()
    return PageFeeds(tuple(page.links or page.anchors), page.canonical)


def _decode(body: bytes) -> str:
    named = _CHARSET.search(body[:4096])
    try:
        return body.decode(named[1].decode("ascii") if named else "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


class _Page(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[FeedLink] = []
        self.anchors: list[FeedLink] = []
        self.canonical: str | None = None
        self._base = url
        self._anchor: dict[str, str] | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what a `link`, an `a` or the `base` says."""
        said = {name: value or "" for name, value in attrs}
        if tag == "base":
            self._base = clean_address(said.get("href"), self._base) or self._base
        elif tag == "link":
            relations = said.get("rel", "").casefold().split()
            if "alternate" in relations and _media_type(said) in (*_RSS, _ATOM):
                self._take(self.links, said, said.get("title", ""))
            elif "canonical" in relations:
                self.canonical = clean_address(said.get("href"), self._base)
        elif tag == "a":
            self._anchor, self._text = said, ""

    def handle_data(self, data: str) -> None:
        """Gather the text of a link."""
        if self._anchor is not None and len(self._text) < _MOST_TEXT:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        """See what a link was."""
        if tag != "a" or self._anchor is None:
            return
        said, self._anchor = self._anchor, None
        text = clean_line(self._text)
        is_typed = _media_type(said) in (*_RSS, _ATOM)
        if is_typed or _SAYS_FEED.fullmatch(text) or _FEED_SCHEME.match(said.get("href", "").strip()):
            self._take(self.anchors, said, said.get("title") or text)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Browsers take `<![` for a comment; the library ends at some of them with an AssertionError."""
        return self.parse_bogus_comment(i, report)

    def _take(self, into: list[FeedLink], said: dict[str, str], title: str) -> None:
        href = _FEED_SCHEME.sub(lambda found: f"{found[1] or 'https:'}//", said.get("href", "").strip(), count=1)
        url = clean_address(href, self._base)
        if url is not None:
            into.append(FeedLink(clean_line(title), url, _media_type(said) == _ATOM))


def _media_type(said: dict[str, str]) -> str:
    return said.get("type", "").partition(";")[0].strip().casefold()
