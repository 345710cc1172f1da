"""What people paste or type, and the address that they mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.addresses import looks_like_address, means_address, normalize_url
from player.core.errors import NetworkError


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://x.org/feed", "https://x.org/feed"),
        ("  https://x.org/feed\n", "https://x.org/feed"),
        ("<https://x.org/feed>", "https://x.org/feed"),
        ("x.org/feed", "https://x.org/feed"),
        ("x.org", "https://x.org/"),
        ("HTTP://X.Org/Feed?B=1#top", "http://x.org/Feed?B=1"),
        ("feed:https://x.org/feed", "https://x.org/feed"),
        ("feed://x.org/feed", "https://x.org/feed"),
        ("feed:x.org/feed", "https://x.org/feed"),
        ("feed://https://x.org/feed", "https://x.org/feed"),
        ("feed:http//x.org/feed", "https://http//x.org/feed"),
        ("itpc://x.org/feed", "https://x.org/feed"),
        ("pcast:x.org/feed", "https://x.org/feed"),
        ("podcast://x.org:8080/feed", "https://x.org:8080/feed"),
        ("http:/x.org/feed", "http://x.org/feed"),
        ("https:x.org/feed", "https://x.org/feed"),
        ("localhost:8000/feed", "http://localhost:8000/feed"),
        ("127.0.0.1:8000/feed", "http://127.0.0.1:8000/feed"),
        ("192.168.0.7/feed", "http://192.168.0.7/feed"),
        ("[::1]:8000/feed", "http://[::1]:8000/feed"),
        ("https://x.org:443/feed", "https://x.org/feed"),
        ("https://ann:secret@x.org/feed", "https://ann:secret@x.org/feed"),
        ("https://übung.de/feed", "https://übung.de/feed"),
        ("https://x.org/späte folge".replace(" ", "%20"), "https://x.org/späte%20folge"),
        ("sample://earmark/feed.xml", "sample://earmark/feed.xml"),
        ("rss:x.org/feed", "https://x.org/feed"),
        ("pktc://subscribe/x.org/feed", "https://x.org/feed"),
        ("castro://subscribe/x.org/feed", "https://x.org/feed"),
        ("gpodder://x.org/feed", "https://x.org/feed"),
        ("overcast://x-callback-url/add?url=https%3A%2F%2Fx.org%2Ffeed%3Fa%3D1", "https://x.org/feed?a=1"),
        ("overcast://x-callback-url/add?from=b&url=x.org/feed&c=d", "https://x.org/feed"),
        ("itms-podcasts://podcasts.apple.com/us/podcast/id123", "https://podcasts.apple.com/us/podcast/id123"),
        ("Subscribe here: https://x.org/feed.", "https://x.org/feed"),
        ("(see https://x.org/feed_(new))", "https://x.org/feed_(new)"),
        ("Feed:\nhttps://x.org/feed\nEnjoy!", "https://x.org/feed"),
        ("Feed: feed://x.org/feed, or by mail", "https://x.org/feed"),
        ("<https://x.org/very\n  /long/feed>", "https://x.org/very/long/feed"),
        ("Ann wrote <URL:https://x.org/feed>.", "https://x.org/feed"),
        ('<a href="https://x.org/feed">RSS</a>', "https://x.org/feed"),
        ("“https://x.org/feed”", "https://x.org/feed"),
        ("x.org/feed?from=https://y.org", "https://x.org/feed?from=https://y.org"),
        ("https://x.org/a b", "https://x.org/a"),
        ("https://a.org/ https://b.org/", "https://a.org/"),
    ],
)
def test_the_address_that_is_meant(text: str, url: str) -> None:
    assert normalize_url(text) == url
    assert normalize_url(url) == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "feed:",
        "two words",
        "x.org/a b",
        "x.org/a<b>",
        "podcast: none",
        "overcast://x-callback-url/add?url=",
        "overcast://x-callback-url/add?url=a%20b",
        "ftp://x.org/feed",
        "mailto:ann@x.org",
        "files:",
        "https://",
        "file:///etc/passwd",
        "http://[::1",
        "https://x.org:port/",
        "https://x.org:99999/",
        "javascript:alert(1)",
        "https://" + "a" * 300 + ".org/",
    ],
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(NetworkError):
        normalize_url(text)


MARKS = ["https://", "http:/", "feed:", "overcast://x-callback-url/add?url=", "pktc://subscribe/", "itpc://", "<", ">"]
PIECES = [
    "x.org",
    "x.org/feed",
    "[::1]",
    "%2F",
    "%23",
    "#",
    "?",
    "&url=",
    "/",
    ":",
    ".",
    ")",
    "(",
    '"',
    "'",
    " ",
    "\n",
    "@",
    "443",
]


@given(st.text() | st.lists(st.sampled_from(MARKS + PIECES), max_size=8).map("".join))
def test_any_text_is_an_address_or_a_known_error(text: str) -> None:
    try:
        url = normalize_url(text)
    except NetworkError:
        return
    assert normalize_url(url) == url


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://x.org", True),
        ("x.org", True),
        ("x.org/feed", True),
        ("localhost:8000/feed", True),
        ("127.0.0.1:80", True),
        ("[::1]/feed", True),
        ("try https://x.org now", True),
        ("<feed:x.org>", True),
        ("übung.de/feed", True),
        ("radiolab", False),
        ("99% invisible", False),
        ("Dr. Who", False),
        ("3.5", False),
        ("S.", False),
        ("wait, what?", False),
        ("podcast: the ride", False),
        ("", False),
    ],
)
def test_an_address_or_words(text: str, expected: bool) -> None:
    assert means_address(text) is expected


@given(st.text())
def test_what_is_one_address_is_no_words(text: str) -> None:
    for address in (text, f"https://{text}"):
        if looks_like_address(address):
            assert means_address(address)
