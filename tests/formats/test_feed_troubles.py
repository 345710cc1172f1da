"""A made feed for each trouble that feeds have, and what is read of it all the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from player.core.errors import NotAFeedError
from player.core.model import FetchedEpisode
from player.core.updates import decide
from player.formats.rss import read_feed

URL = "https://x.org/shows/feed.xml"
ITUNES = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
MP3 = '<enclosure url="https://x.org/1.mp3" type="audio/mpeg" length="5"/>'
FEB_3 = 1_738_553_844_000
"""2025-02-03T03:37:24Z"""


@dataclass(frozen=True)
class Trouble:
    """A feed, and facts of its first episode (`count` of the feed, `show` its title)."""

    body: bytes
    facts: dict[str, Any] = field(default_factory=dict)
    content_type: str | None = None


def rss(item: str, *, head: str = "", encoding: str = "utf-8", declared: str | None = "utf-8") -> bytes:
    said = f' encoding="{declared}"' if declared else ""
    text = (
        f'<?xml version="1.0"{said}?><rss version="2.0" {ITUNES}><channel><title>Shöw</title>{head}'
        f"<item>{item}</item></channel></rss>"
    )
    return text.encode(encoding)


def dated(date: str) -> bytes:
    return rss(f"<title>A</title>{MP3}<pubDate>{date}</pubDate>")


KINDS = {
    "RSS 0.91": Trouble(
        b'<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        b'"http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>Old</title>'
        b"<item><title>A</title><link>https://x.org/a</link><description>0:00 Start</description></item>"
        b"</channel></rss>",
        {"show": "Old", "title": "A", "link": "https://x.org/a", "text": "0:00 Start"},
    ),
    "RSS 1.0": Trouble(
        b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        b'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        b'xmlns:enc="http://purl.oclc.org/net/rss_2.0/enc#"><channel rdf:about="https://x.org/"><title>Rdf</title>'
        b"<items><rdf:Seq><rdf:li rdf:resource='https://x.org/1'/></rdf:Seq></items></channel>"
        b'<item rdf:about="https://x.org/1"><title>A</title><link>https://x.org/1</link>'
        b"<dc:date>2025-02-03T03:37:24Z</dc:date><dc:creator>Ann</dc:creator><description>0:00 Start</description>"
        b"</item></rdf:RDF>",
        {"show": "Rdf", "title": "A", "guid": "https://x.org/1", "published": FEB_3, "text": "0:00 Start"},
    ),
    "Atom 0.3": Trouble(
        b'<?xml version="1.0"?><feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old atom</title>'
        b"<entry><title>A</title><id>tag:x</id><issued>2025-02-03T03:37:24Z</issued>"
        b'<content type="text/html" mode="escaped">&lt;p&gt;0:00 Start&lt;/p&gt;</content></entry></feed>',
        {"show": "Old atom", "guid": "tag:x", "published": FEB_3, "text": "<p>0:00 Start</p>"},
    ),
    "Atom with text in XHTML": Trouble(
        b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title><entry><id>1</id>'
        b'<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>bold</b></div></title>'
        b'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>0:00 Start</p></div></content>'
        b'<link rel="enclosure" href="a.mp3" type="audio/mpeg"/></entry></feed>',
        {"title": "A bold", "url": "https://x.org/shows/a.mp3"},
    ),
    "RSS without a version": Trouble(
        b"<rss><channel><title>Bare</title><item><title>A</title></item></channel></rss>", {"title": "A"}
    ),
    "RSS in capitals": Trouble(
        b"<RSS VERSION='2.0'><CHANNEL><TITLE>Loud</TITLE><ITEM><TITLE>A</TITLE></ITEM></CHANNEL></RSS>", {"title": "A"}
    ),
    "items behind the channel": Trouble(
        b'<rss version="2.0"><channel><title>Out</title></channel><item><title>A</title></item></rss>', {"title": "A"}
    ),
    "a prefix that nobody declared": Trouble(
        b'<rss version="2.0"><channel><title>T</title><item><title>A</title>'
        b"<itunes:duration>1:00</itunes:duration><content:encoded>0:00 Start</content:encoded></item></channel></rss>",
        {"title": "A", "duration": 60_000, "text": "0:00 Start"},
    ),
    "namespaces under prefixes of its own": Trouble(
        b'<rss version="2.0" xmlns:i="http://www.itunes.com/dtds/podcast-1.0.dtd" '
        b'xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title><item><title>A</title>'
        b"<i:duration>1:00</i:duration><c:encoded>0:00 Start</c:encoded></item></channel></rss>",
        {"duration": 60_000, "text": "0:00 Start"},
    ),
}

ENCODINGS = {
    "Latin-1, as declared": Trouble(
        rss("<title>Grün</title>", encoding="latin-1", declared="iso-8859-1"), {"title": "Grün", "show": "Shöw"}
    ),
    "Latin-1 that says it is UTF-8": Trouble(rss("<title>Grün</title>", encoding="latin-1"), {"title": "Grün"}),
    "Windows-1252 that says it is Latin-1": Trouble(
        rss("<title>“Grün”</title>", encoding="cp1252", declared="iso-8859-1"), {"title": "“Grün”"}
    ),
    "Windows-1252 without a word": Trouble(
        rss("<title>“Grün”</title>", encoding="cp1252", declared=None), {"title": "“Grün”"}
    ),
    "UTF-8 without a word": Trouble(rss("<title>Grün</title>", declared=None), {"title": "Grün"}),
    "UTF-8 with a mark in front": Trouble(rss("<title>Grün</title>", encoding="utf-8-sig"), {"title": "Grün"}),
    "UTF-16": Trouble(rss("<title>Grün 中</title>", encoding="utf-16", declared="utf-16"), {"title": "Grün 中"}),
    "UTF-8 that says it is UTF-16": Trouble(rss("<title>Grün</title>", declared="utf-16"), {"title": "Grün"}),
    "Cyrillic, as declared": Trouble(
        '<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel><title>T</title><item>'
        "<title>Привет</title></item></channel></rss>".encode("cp1251"),
        {"title": "Привет"},
    ),
    "Japanese, as declared": Trouble(
        '<?xml version="1.0" encoding="Shift_JIS"?><rss version="2.0"><channel><title>T</title><item>'
        "<title>日本語</title></item></channel></rss>".encode("shift_jis"),
        {"title": "日本語"},
    ),
    "an encoding that does not exist": Trouble(rss("<title>Grün</title>", declared="x-klingon"), {"title": "Grün"}),
    "a byte that is wrong": Trouble(
        rss("<title>Grün</title><description>a * b</description>").replace(b"*", b"\xff"), {"count": 1, "show": "Shöw"}
    ),
    "the server's word against the document's": Trouble(
        rss("<title>Grün</title>"), {"title": "Grün"}, "text/xml; charset=us-ascii"
    ),
    "control characters": Trouble(rss("<title>A\x0bB\x00C\x1f</title>"), {"count": 1}),
    "half a character at the end": Trouble(rss("<title>Grün</title>")[:-1] + b"\xc3", {"title": "Grün"}),
}

MARKUP = {
    "white space before the declaration": Trouble(b"\n \t" + rss("<title>A</title>"), {"title": "A"}),
    "words before the declaration": Trouble(b"Warning: mysql\n" + rss("<title>A</title>"), {"title": "A"}),
    "a comment first": Trouble(b"<!-- made by hand -->" + rss("<title>A</title>")[38:], {"title": "A"}),
    "a bare ampersand": Trouble(rss("<title>Q & A</title>"), {"title": "Q & A"}),
    "an address with bare ampersands": Trouble(
        rss('<title>A</title><enclosure url="https://x.org/1.mp3?a=1&b=2" type="audio/mpeg"/>'),
        {"url": "https://x.org/1.mp3?a=1&b=2"},
    ),
    "names for characters that XML has not": Trouble(rss("<title>A&nbsp;&ndash;&eacute;</title>"), {"title": "A –é"}),
    "a tag that is not closed": Trouble(
        rss(f"<title>A</title><description><b>bold</description>{MP3}"), {"title": "A", "url": "https://x.org/1.mp3"}
    ),
    "tags that cross": Trouble(rss("<title>A</title><b><i>x</b></i>"), {"title": "A"}),
    "the end is missing": Trouble(rss(f"<title>A</title>{MP3}")[:-24], {"title": "A", "is_whole": False}),
    "an item that breaks off": Trouble(
        rss(f"<title>A</title>{MP3}</item><item><title>B")[:-30], {"title": "A", "is_whole": False}
    ),
    "something behind the end": Trouble(rss("<title>A</title>") + b"<script>1</script>", {"title": "A"}),
    "an attribute without quotes": Trouble(
        rss("<title>A</title><enclosure url=https://x.org/1.mp3 type=audio/mpeg />"), {"url": "https://x.org/1.mp3"}
    ),
    "CDATA in CDATA": Trouble(rss("<title><![CDATA[A <![CDATA[B]]> C]]&gt;</title>"), {"count": 1}),
    "CDATA without an end": Trouble(rss("<title>A</title><description><![CDATA[0:00"), {"title": "A"}),
    "HTML in the title": Trouble(rss("<title>&lt;b&gt;A&lt;/b&gt; &amp;amp; B</title>"), {"title": "A & B"}),
    "HTML in the title, not escaped": Trouble(rss("<title>A <b>bold</b> one</title>"), {"title": "A bold one"}),
    "a title over lines": Trouble(rss("<title>\n  A\n  B\n</title>"), {"title": "A B"}),
    "an empty title": Trouble(rss("<title/><description>0:00 Start</description>"), {"title": "0:00 Start"}),
    "a very long title": Trouble(rss(f"<title>{'A' * 100_000}</title>"), {"count": 1}),
}

ITEMS = {
    "no guid": Trouble(rss(f"<title>A</title>{MP3}"), {"guid": "https://x.org/1.mp3"}),
    "no guid and no enclosure": Trouble(rss("<title>A</title>"), {"guid": "A\nNone"}),
    "a guid in white space": Trouble(rss("<title>A</title><guid>\n g1 \n</guid>"), {"guid": "g1"}),
    "an address in white space": Trouble(
        rss('<title>A</title><enclosure url="\n https://x.org/1.mp3\n" type="audio/mpeg"/>'),
        {"url": "https://x.org/1.mp3"},
    ),
    "an address with a space": Trouble(
        rss('<title>A</title><enclosure url="https://x.org/my show.mp3" type="audio/mpeg"/>'),
        {"url": "https://x.org/my show.mp3"},
    ),
    "relative addresses": Trouble(
        rss('<title>A</title><link>../a</link><enclosure url="1.mp3" type="audio/mpeg"/><itunes:image href="/i.png"/>'),
        {"link": "https://x.org/a", "url": "https://x.org/shows/1.mp3", "image_url": "https://x.org/i.png"},
    ),
    "several enclosures": Trouble(
        rss(f'<title>A</title><enclosure url="v.mp4" type="video/mp4"/>{MP3}<enclosure url="2.mp3"/>'),
        {"url": "https://x.org/1.mp3"},
    ),
    "an enclosure of another kind": Trouble(
        rss('<title>A</title><enclosure url="a.pdf" type="application/pdf"/>'), {"url": None}
    ),
    "no enclosure": Trouble(rss("<title>A</title>"), {"url": None}),
    "an audio file that calls itself a stream of bytes": Trouble(
        rss('<title>A</title><enclosure url="1.mp3" type="application/octet-stream"/>'),
        {"url": "https://x.org/shows/1.mp3"},
    ),
    "a duration in words": Trouble(
        rss("<title>A</title><itunes:duration>about an hour</itunes:duration>"), {"duration": None}
    ),
    "a duration in seconds": Trouble(
        rss("<title>A</title><itunes:duration> 3723 </itunes:duration>"), {"duration": 3_723_000}
    ),
    "two titles": Trouble(rss("<title>A</title><itunes:title>B</itunes:title>"), {"count": 1}),
    "an item in an item": Trouble(rss("<title>A</title><item><title>B</title></item>"), {"count": 2}),
}

DATES = {
    "Mon, 03 Feb 2025 03:37:24 GMT": FEB_3,
    "Mon, 3 Feb 2025 03:37:24 +0000": FEB_3,
    "Sun, 02 Feb 2025 22:37:24 EST": FEB_3,
    "03 Feb 2025 03:37:24 UT": FEB_3,
    "Monday, 03 February 2025 03:37:24 GMT": FEB_3,
    "Mon, 03 Feb 25 03:37:24 GMT": FEB_3,
    "Mon,03 Feb 2025 03:37:24 GMT": FEB_3,
    "Mon, 03 Feb 2025 03:37:24": FEB_3,
    "2025-02-03T03:37:24+00:00": FEB_3,
    "2025-02-03T03:37:24.500Z": FEB_3,
    "2025-02-03 03:37:24": FEB_3,
    "Wed, 03 Feb 2025 03:37:24 GMT": FEB_3,
    "03 Feb 2025 03:37": FEB_3 - 24_000,
    "Mon, 03 Feb 2025": 1_738_540_800_000,
    "2025-02-03": 1_738_540_800_000,
    "Mon, 33 Feb 2025 03:37:24 GMT": None,
    "Thu, 01 Jan 1970 00:00:00 GMT": 0,
    "Mon, 01 Jan 0001 00:00:00 GMT": None,
    "soon": None,
    "": None,
}

TROUBLES = {**KINDS, **ENCODINGS, **MARKUP, **ITEMS}
TROUBLES |= {f"date {date!r}": Trouble(dated(date), {"published": millis}) for date, millis in DATES.items()}


@pytest.mark.parametrize("name", TROUBLES)
def test_a_feed_with_a_trouble_is_read(name: str) -> None:
    trouble = TROUBLES[name]
    feed = read_feed(trouble.body, URL, trouble.content_type)
    first = feed.episodes[0]
    found = {
        "count": len(feed.episodes),
        "show": feed.title,
        "is_whole": feed.is_whole,
        "url": first.enclosure.url if first.enclosure else None,
        "text": first.texts[0] if first.texts else None,
    }
    for fact, wanted in trouble.facts.items():
        assert (found[fact] if fact in found else getattr(first, fact)) == wanted, fact


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n",
        b"<html><body>404</body></html>",
        b'{"items": []}',
        b"\x00" * 5000,
        b"<?xml version='1.0'?>",
        b"<rss",
        b"<",
        b"GIF89a\x01\x00\x01\x00",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
)
def test_what_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(NotAFeedError):
        read_feed(body, URL)


def test_items_with_one_guid_are_several_episodes() -> None:
    items = "".join(
        f'<item><guid>same</guid><title>{name}</title><enclosure url="{name}.mp3" type="audio/mpeg"/></item>'
        for name in "ABA"
    )
    body = f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()
    episodes: tuple[FetchedEpisode, ...] = decide([], read_feed(body, URL).episodes).new
    assert [each.title for each in episodes] == ["A", "B"]
