"""The feeds that web pages link to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.feed_links import FeedLink
from player.formats.page_links import read_page

PAGE = "https://x.org/shows/one"


def links(html: str) -> list[FeedLink]:
    return [*read_page(html.encode(), PAGE).links]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<link rel="alternate" type="application/rss+xml" title="Show &amp; Tell" href="/feed">',
            FeedLink("Show & Tell", "https://x.org/feed"),
        ),
        (
            "<LINK HREF=feed TYPE='Application/Atom+XML; charset=utf-8' REL='home Alternate'/>",
            FeedLink("", "https://x.org/shows/feed", is_atom=True),
        ),
        (
            '<base href="https://y.org/a/"><link rel=alternate type=application/rss+xml href=feed>',
            FeedLink("", "https://y.org/a/feed"),
        ),
        ('<link rel="alternate" type="application/rss+xml" href="feed://y.org/f">', FeedLink("", "https://y.org/f")),
        ('<p><a href="/rss.xml"> <b>RSS</b> feed</a>', FeedLink("RSS feed", "https://x.org/rss.xml")),
        ('<a href="itpc://y.org/f">iTunes</a>', FeedLink("iTunes", "https://y.org/f")),
        ('<a href="feed:http://y.org/f"><img></a>', FeedLink("", "http://y.org/f")),
    ],
)
def test_a_link(html: str, expected: FeedLink) -> None:
    assert links(html) == [expected]


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="alternate" type="application/json" href="/feed">',
        '<link rel="stylesheet" type="application/rss+xml" href="/feed">',
        '<link rel="alternate" type="application/rss+xml">',
        '<link rel="alternate" type="application/rss+xml" href="mailto:ann@x.org">',
        '<!-- <link rel="alternate" type="application/rss+xml" href="/feed"> -->',
        '<script>\'<link rel="alternate" type="application/rss+xml" href="/feed">\'</script>',
        '<a href="/what-is-rss">What RSS is</a>',
        "<a>RSS</a>",
        "",
    ],
)
def test_no_link(html: str) -> None:
    assert links(html) == []


def test_ordinary_links_count_where_there_are_no_others() -> None:
    named = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    assert [link.url for link in links(f'<a href="/other">RSS</a>{named}')] == ["https://x.org/feed"]


def test_the_canonical_address_and_titles_in_another_encoding() -> None:
    html = (
        '<meta charset="latin-1"><link rel=canonical href="/one">'
        '<link rel=alternate type=application/rss+xml title="Böse" href=f>'
    )
    page = read_page(html.encode("latin-1"), PAGE)
    assert page.canonical == "https://x.org/one"
    assert page.links[0].title == "Böse"
    assert read_page(html.replace("latin-1", "klingon").encode(), PAGE).links[0].title == "Böse"


@given(st.binary() | st.text(alphabet="<>a='\"/! linkrels", max_size=60).map(str.encode))
def test_anything_is_read(body: bytes) -> None:
    read_page(body, PAGE)


@pytest.mark.parametrize(
    "marked", ["<![lCDATA[x]]>", "<![if IE]>", "<![", "<![CDATA[", "<![CDATA[<b>]]>", "<![endif]-->"]
)
def test_marked_sections_of_any_kind_are_passed_over(marked: str) -> None:
    page = f'<html>{marked}<head><link rel="alternate" type="application/rss+xml" href="/feed">'
    found = read_page(page.encode(), "https://x.org/").links
    assert found == () or found[0].url == "https://x.org/feed"
    after = f'<link rel="alternate" type="application/rss+xml" href="/feed">{marked}'
    assert read_page(after.encode(), "https://x.org/").links[0].url == "https://x.org/feed"
