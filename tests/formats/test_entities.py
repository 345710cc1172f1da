"""Documents that would grow to gigabytes, or read files, are refused or read as they stand by all that reads XML."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from player.core.errors import DocumentError, KnownError
from player.formats.chapter_documents import read_document
from player.formats.entities import declares_entities
from player.formats.opml import read_opml
from player.formats.page_links import read_page
from player.formats.podcast_tags import read_tags
from player.formats.rss import read_feed

HEAD = '<?xml version="1.0"{encoding}?>'
LAUGHS = "".join(f'<!ENTITY a{level + 1} "{f"&a{level};" * 10}">' for level in range(10))
DECLARED = {
    "billion laughs": f'<!ENTITY a0 "ha">{LAUGHS}<!ENTITY x "&a10;">',
    "quadratic": f'<!ENTITY x "{"A" * 50_000}">',
    "a file": '<!ENTITY x SYSTEM "file:///etc/passwd">',
    "the web": '<!ENTITY x PUBLIC "-//x" "http://127.0.0.1:9/x">',
    "parameters": "<!ENTITY % p \"<!ENTITY x 'ho ho'>\"> %p;",
    "a file by parameter": '<!ENTITY % p SYSTEM "file:///etc/passwd"> %p; <!ENTITY x "ha">',
}
TIMES = {"quadratic": 4000}
BODIES = {
    "rss": '<rss version="2.0"><channel><title>T</title><item><title>t &x;</title><description>&x;</description></item>'
    "</channel></rss>",
    "atom": '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>t &x;</title></entry></feed>',
    "opml": '<opml version="2.0"><body><outline text="&x;" xmlUrl="https://x.org/feed"/></body></opml>',
    "psc": '<chapters version="1.2"><chapter start="0:01" title="&x;"/></chapters>',
    "matroska": "<Chapters><EditionEntry><ChapterAtom><ChapterTimeStart>0</ChapterTimeStart><ChapterDisplay>"
    "<ChapterString>&x;</ChapterString></ChapterDisplay></ChapterAtom></EditionEntry></Chapters>",
    "page": "<html><head><title>&x;</title></head></html>",
    "tags": '<rss xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><item>'
    '<podcast:soundbite startTime="1" duration="2">&x;</podcast:soundbite></item></channel></rss>',
}


def read_as_feed(body: bytes) -> object:
    return read_feed(body, "https://x.org/feed")


READERS: dict[str, Callable[[bytes], object]] = {
    "rss": read_as_feed,
    "atom": read_as_feed,
    "opml": lambda body: read_opml(body, "list"),
    "psc": lambda body: read_document(body, "chapters"),
    "matroska": lambda body: read_document(body, "chapters"),
    "page": lambda body: read_page(body, "https://x.org/"),
    "tags": read_tags,
}


def document(kind: str, declared: str, encoding: str) -> bytes:
    body = BODIES[kind].replace("&x;", "&x;" * TIMES.get(declared, 1))
    text = f"<!DOCTYPE x [{DECLARED[declared]}]>{body}"
    if encoding == "cp037":
        # Eight bits of another kind, in which no search for bytes finds a declaration.
        return HEAD.format(encoding=' encoding="cp037"').encode() + text.encode(encoding)
    return (HEAD.format(encoding="") + text).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp037"])
@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize("kind", READERS)
def test_nothing_is_expanded_and_no_file_is_read(kind: str, declared: str, encoding: str) -> None:
    body = document(kind, declared, encoding)
    secret = Path("/etc/passwd").read_text(encoding="utf-8").splitlines()[0]
    tracemalloc.start()
    began = time.process_time()
    try:
        told = repr(READERS[kind](body))
    except KnownError as error:
        told = repr(error)
    took = time.process_time() - began
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert secret not in told
    assert "haha" not in told
    assert "ho ho" not in told
    assert told.count("A") < 40_000
    assert peak < 12_000_000 + 20 * len(body)
    assert took < 5


def test_a_list_of_feeds_says_why_it_is_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        read_opml(document("opml", "a file", "utf-16"), "list")
    assert "entities" in caught.value.reason


def test_names_for_characters_are_read() -> None:
    feed = (
        '<?xml version="1.0"?><!DOCTYPE rss [\n<!ENTITY nbsp "&#160;">\n]>'
        '<rss version="2.0"><channel><title>T</title><item><title>A&nbsp;B</title></item></channel></rss>'
    )
    assert read_feed(feed.encode(), "https://x.org").episodes[0].title == "A B"


@pytest.mark.parametrize(
    ("text", "declares"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><x/>', True),
        ("<!DOCTYPE x><x/>", False),
        ('<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.org/rss.dtd"><rss/>', False),
        ("<x>&lt;!ENTITY</x>", False),
        ("<x><![CDATA[<!ENTITY a>]]></x>", False),
        ("no XML", False),
        ("", False),
    ],
)
def test_what_declares_entities(text: str, declares: bool) -> None:
    assert declares_entities(text) is declares
    assert declares_entities(text.encode("utf-16")) is declares
