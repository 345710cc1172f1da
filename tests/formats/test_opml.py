"""Lists of feeds, from other programs and to them."""

from __future__ import annotations

from xml.etree import ElementTree

import listparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.errors import DocumentError, KnownError
from player.core.folders import DEEPEST, folder_of, shelve
from player.formats.opml import OpmlFeed, read_opml, write_opml

NESTED = """<?xml version="1.0" encoding="utf-8"?>
<opml version="1.1"><head><title>Mine</title></head><body>
  <outline text="Science">
    <outline type="rss" text="One &amp; only" xmlUrl="https://x.org/one"/>
    <outline text="Deeper"><outline type="rss" title=" Two " text="2" xmlUrl=" https://x.org/two "/></outline>
  </outline>
  <outline type="rss" text="" XMLURL="https://x.org/three"/>
  <outline text="Later">
    <outline type="rss" text="Again" xmlUrl="https://x.org/one"/>
    <outline type="rss" text="Again" xmlUrl="https://x.org/three"><outline text="Not a folder"/></outline>
  </outline>
  <outline type="link" text="A page" url="https://x.org"/>
</body></opml>"""


def test_folders_titles_and_repetitions() -> None:
    assert read_opml(NESTED.encode(), "mine.opml") == (
        OpmlFeed("One & only", "https://x.org/one", ("Science",)),
        OpmlFeed("Two", "https://x.org/two", ("Science", "Deeper")),
        OpmlFeed("", "https://x.org/three", ("Later",)),
    )


def test_an_outline_around_all_that_says_what_they_are_is_no_folder() -> None:
    one = '<outline xmlUrl="https://x.org/1"/>'
    inner = f'<outline text="A">{one.replace("1", "2")}</outline>'
    document = f'<opml><body><outline text="Feeds">{one}{inner}</outline>%s</body></opml>'
    assert [feed.folder for feed in read_opml((document % "").encode(), "a")] == [(), ("A",)]
    other = one.replace("1", "3")
    assert [feed.folder for feed in read_opml((document % other).encode(), "a")] == [("Feeds",), ("Feeds", "A"), ()]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_encodings(encoding: str) -> None:
    head = '<?xml version="1.0" encoding="iso-8859-1"?>' if encoding == "latin-1" else ""
    document = f'{head}<opml><body><outline text="Über" xmlUrl="https://x.org/ü"/></body></opml>'
    assert read_opml(document.encode(encoding), "a") == (OpmlFeed("Über", "https://x.org/ü"),)


def test_ampersands_that_nobody_escaped() -> None:
    body = b'\n<opml><body><outline text="A & B" xmlUrl="https://x.org/?a=1&b=2&amp;c=3"/></body></opml>'
    assert read_opml(body, "a") == (OpmlFeed("A & B", "https://x.org/?a=1&b=2&c=3"),)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "an empty file"),
        (b"<html><body>Hello", "a web page"),
        (b"just words", "plain text"),
        (b'{"a": 1}', "a JSON document"),
        (b"<rss><channel/></rss>", "no OPML document but an XML document"),
        (b"<opml><body>", "damaged XML"),
        (b"<opml><body><outline text='Folder'/></body></opml>", "lists no feed"),
        (b"<?xml version='1.0' encoding='nonsense'?><opml/>", "damaged XML"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><opml>&b;</opml>", "entities"),
    ],
)
def test_what_is_no_list_of_feeds(body: bytes, words: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_opml(body, "mine.opml")
    assert caught.value.name == "mine.opml"
    assert words in caught.value.reason


def test_a_written_list_says_what_it_is() -> None:
    document = write_opml([OpmlFeed("", "https://x.org/?a=1&b=2")], "Mine")
    root = ElementTree.fromstring(document)
    assert (root.tag, root.get("version"), root.findtext("head/title")) == ("opml", "2.0", "Mine")
    (outline,) = root.iter("outline")
    assert outline.attrib == {
        "type": "rss",
        "text": "https://x.org/?a=1&b=2",
        "title": "https://x.org/?a=1&b=2",
        "xmlUrl": "https://x.org/?a=1&b=2",
    }


titles = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)
urls = st.from_regex(r"https://[a-z]+\.org/[a-z0-9&?='<>\"]*", fullmatch=True)


folders = st.lists(titles, max_size=3).map(folder_of)
lists = st.lists(st.builds(OpmlFeed, titles, urls, folders), min_size=1, unique_by=lambda feed: feed.url)


@given(lists)
def test_what_is_written_is_read_back(feeds: list[OpmlFeed]) -> None:
    in_folders = shelve((feed.folder, feed) for feed in feeds).all_items
    assert read_opml(write_opml(feeds), "a") == in_folders


def test_folders_without_end() -> None:
    deep = b'<outline text="a">' * 5000 + b'<outline xmlUrl="https://x.org"/>' + b"</outline>" * 5000
    (feed,) = read_opml(b"<opml><body>" + deep + b"</body></opml>", "a")
    assert feed.folder == ("a",) * DEEPEST


@given(st.text())
def test_any_title_can_be_written(title: str) -> None:
    assert len(read_opml(write_opml([OpmlFeed(title, "https://x.org")], title), "a")) == 1


@given(st.binary())
def test_any_bytes_are_a_list_or_a_known_error(body: bytes) -> None:
    try:
        read_opml(body, "a")
    except KnownError:
        return


# What XML keeps in an attribute as it is: other blanks become plain ones there, in any reader.
@given(lists)
def test_another_program_reads_what_is_written(feeds: list[OpmlFeed]) -> None:
    found = listparser.parse(write_opml(feeds, "Mine"))
    assert not found.bozo
    assert (found.version, found.meta.title) == ("opml2", "Mine")
    in_folders = shelve((feed.folder, feed) for feed in feeds).all_items
    told = [(each.title, each.url, tuple(each.categories[0]) if each.categories else ()) for each in found.feeds]
    assert told == [(each.title, each.url, each.folder) for each in in_folders]


def test_no_password_is_written() -> None:
    document = write_opml([OpmlFeed("", "https://ann:s3cret@x.org/feed")])
    assert b"s3cret" not in document
    assert b"ann" not in document
    assert read_opml(document, "list")[0].url == "https://x.org/feed"
