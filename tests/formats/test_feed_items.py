"""Items of a feed as spans of bytes: found only where leaving one out changes nothing of the others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from player.app.computing import parse_feed
from player.core.model import FetchedFeed
from player.formats.feed_items import find_items, read_before, without
from player.formats.rss import read_feed

URL = "https://x.org/feed.xml"
ONE = "<item><title>One</title><guid>1</guid></item>"
TWO = "<item>\n<title>Zwei – ü</title><guid>2</guid><link>/two</link></item >"
THREE = "<item><title>]]&gt; &amp; <![CDATA[</item>]]></title><guid>3</guid><x:item xmlns:x='y'/></item>"


def rss(*items: str, head: str = "<title>Show</title>", tag: str = "<channel>") -> bytes:
    return f'<?xml version="1.0"?>\n<rss version="2.0">{tag}{head}{"".join(items)}</channel></rss>'.encode()


def spans(body: bytes) -> list[str]:
    return [body[each.start : each.end].decode() for each in find_items(body, URL) or ()]


def test_items_are_found_wherever_feeds_have_them() -> None:
    assert spans(rss(ONE, TWO, THREE)) == [ONE, TWO, THREE]
    assert spans(b"\xef\xbb\xbf" + rss(TWO)) == [TWO]
    entry = "<a:entry><a:title>x</a:title></a:entry>"
    assert spans(f'<a:feed xmlns:a="http://www.w3.org/2005/Atom">{entry}</a:feed>'.encode()) == [entry]
    item = '<item rdf:about="https://x.org/1"><title>x</title></item>'
    rdf = f'<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="y"><channel><items/></channel>{item}</rdf:RDF>'
    assert spans(rdf.encode()) == [item]


@pytest.mark.parametrize(
    "body",
    [
        rss(ONE)[:-3],
        rss("<item>&nbsp;</item>"),
        b"<!DOCTYPE rss>" + rss(ONE)[22:],
        rss(ONE).replace(b'"1.0"?', b'"1.0" encoding="iso-8859-1"?'),
        rss(ONE).decode().encode("utf-16"),
        rss(TWO).replace("ü".encode(), "ü".encode("latin-1")),
        rss("<item a='1'/>"),
        b" " + rss(ONE),
        b"",
    ],
)
def test_a_document_that_is_not_plain_is_read_as_a_whole(body: bytes) -> None:
    assert find_items(body, URL) is None


def test_a_charset_of_the_server_may_mean_other_letters() -> None:
    assert find_items(rss(ONE), URL, "text/xml; charset=windows-1251") is None
    assert find_items(rss(ONE), URL, 'application/rss+xml; charset="UTF-8"')


def test_a_digest_is_of_all_that_an_item_means() -> None:
    def digest(body: bytes, url: str = URL) -> bytes:
        (item,) = find_items(body, url) or ()
        return item.digest

    same = digest(rss(ONE))
    assert digest(rss(ONE, head="<title>Another</title>")) == same
    others = {
        digest(rss(ONE.replace("One", "Eins"))),
        digest(rss(ONE), "https://y.org/feed.xml"),
        digest(rss(ONE, tag='<channel xml:base="https://z.org">')),
        digest(rss(ONE).replace(b'"2.0"', b'"2.0" xmlns:a="b"')),
    }
    assert len(others | {same}) == 5


def test_what_was_read_before_is_left_out() -> None:
    body = rss(ONE, TWO, THREE)
    items = find_items(body, URL) or ()
    known = {items[0].digest, items[2].digest}
    before = read_before(items, known)
    assert without(body, before) == rss("<!--é-->", TWO)
    assert without(rss(ONE, "x"), find_items(rss(ONE, "x"), URL) or ()) == rss("x")
    assert without(body, []) == body
    doubled = find_items(rss(ONE, TWO, ONE), URL) or ()
    assert read_before(doubled, known) == []


def test_the_rest_is_read_as_with_all_others() -> None:
    body = rss(ONE, TWO, THREE)
    whole = parse_feed(body, URL, None)
    assert whole == with_digests(read_feed(body, URL), whole)
    digests = [each.item_digest for each in whole.episodes]
    assert len({*digests, None}) == 4
    part = parse_feed(body, URL, None, [digests[0] or b"", b"unknown"])
    assert part.left_out == {digests[0]}
    assert part == replace(whole, episodes=whole.episodes[1:], left_out=part.left_out)


def test_a_feed_that_is_none_without_its_items_is_read_as_a_whole() -> None:
    body = f"<channel>{ONE}{TWO}</channel>".encode()
    whole = parse_feed(body, URL, None)
    digests = [each.item_digest or b"" for each in whole.episodes]
    assert len(digests) == 2
    assert parse_feed(body, URL, None, digests) == whole


def test_real_feeds_are_read_in_parts_as_a_whole(corpus: Path) -> None:
    found = 0
    for path in sorted((corpus / "corpus").rglob("*.xml")):
        body = path.read_bytes()
        if path.stat().st_size > 2_000_000 or not find_items(body, URL):
            continue
        whole = parse_feed(body, URL, None)
        assert whole == with_digests(read_feed(body, URL), whole), path
        digests = [each.item_digest for each in whole.episodes if each.item_digest is not None]
        known = digests[::2]
        part = parse_feed(body, URL, None, known)
        rest = tuple(each for each in whole.episodes if each.item_digest not in part.left_out)
        assert part == replace(whole, episodes=rest, left_out=part.left_out), path
        found += part.left_out != frozenset()
    assert found > 3


def with_digests(feed: FetchedFeed, other: FetchedFeed) -> FetchedFeed:
    pairs = zip(feed.episodes, other.episodes, strict=True)
    return replace(feed, episodes=tuple(replace(each, item_digest=its.item_digest) for each, its in pairs))
