"""Feeds of every kind, from the corpus and made to be awkward."""

from __future__ import annotations

import contextlib
import random
import time
from pathlib import Path

import pytest

from player.core.errors import KnownError, NotAFeedError
from player.core.model import Enclosure, FetchedEpisode, FetchedFeed, Mark, Picture
from player.formats.rss import read_feed

URL = "https://x.org/shows/feed.xml"
NAMESPACES = (
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:media="http://search.yahoo.com/mrss/"'
)


def rss(item: str, channel: str = "<title>Show</title>") -> bytes:
    return f'<rss version="2.0" {NAMESPACES}><channel>{channel}<item>{item}</item></channel></rss>'.encode()


def episode(item: str) -> FetchedEpisode:
    (found,) = read_feed(rss(item), URL).episodes
    return found


@pytest.fixture
def feeds(corpus: Path) -> Path:
    return corpus / "corpus" / "feeds"


def test_the_seed_gives_one_episode_with_three_texts(corpus: Path) -> None:
    feed = read_feed((corpus / "seed" / "feed.xml").read_bytes(), URL, "application/rss+xml; charset=utf-8")
    assert (feed.title, feed.author, feed.link) == (
        "Lex Fridman Podcast",
        "Lex Fridman",
        "https://lexfridman.com/podcast",
    )
    (found,) = feed.episodes
    assert found.guid == "https://lexfridman.com/?p=6175"
    assert found.title.startswith("#459 – DeepSeek, China")
    assert found.duration == ((5 * 60 + 15) * 60 + 58) * 1000
    assert found.published == 1738553844000
    assert found.enclosure == Enclosure("https://example.org/audio/lex_ai_deepseek.mp3", "audio/mpeg", 302401036)
    assert len(found.texts) == 3
    assert "(4:56:55) &#8211; Stargate<br />" in found.texts[0]


EPISODES = {
    "gnome-series-i-cinema-latin1.xml": 50,
    "gnome-de-grote.xml": 12,
    "lup-2020-first20.xml": 20,
    "partytime-sentimental-garbage.xml": 138,
    "partytime-no-agenda.xml": 29,
    "partytime-pc20rss.xml": 56,
    "partytime-themnshow.xml": 54,
    "partytime-publisher.xml": 0,
}


def test_all_feeds_of_the_corpus_are_read(feeds: Path) -> None:
    paths = sorted([*feeds.glob("*.xml"), *feeds.glob("*.rss")])
    assert len(paths) >= 25
    refused = set()
    for path in paths:
        try:
            feed = read_feed(path.read_bytes(), URL)
        except NotAFeedError:
            refused.add(path.name)
            continue
        assert len(feed.episodes) == EPISODES.get(path.name, len(feed.episodes)), path.name
        for each in feed.episodes:
            assert each.title, path.name
            assert each.guid, path.name
    assert refused == {"namespace-podcast-example.xml"}


def read(path: Path) -> FetchedFeed:
    return read_feed(path.read_bytes(), URL)


def test_facts_of_the_corpus(feeds: Path) -> None:
    latin = read(feeds / "gnome-series-i-cinema-latin1.xml")
    assert latin.title == "Sèries i Cinema"
    assert latin.episodes[0].duration == 331_000
    lup = read(feeds / "lup-2020-first20.xml")
    assert lup.image_url is not None
    assert lup.episodes[0].title == "384: Born To Run Fedora"
    assert len(lup.episodes[0].texts) == 2
    live = read(feeds / "partytime-podverse-test-feed.xml")
    assert live.title == "Podverse - Test Feed"
    durations = [each.duration for each in live.episodes]
    assert 1_014_708 in durations
    assert read(feeds / "partytime-no-agenda.xml").episodes[0].title == '1393: "Space Wake"'


@pytest.mark.parametrize("name", ["atomsimplechapter", "rss2.0simplechapter", "ignore_multiple_psc_chapters"])
def test_podlove_chapters_of_the_corpus(feeds: Path, name: str) -> None:
    (found,) = read(feeds / f"feedparser-psc-{name}.xml").episodes
    first, second = found.podlove[:2]
    assert (first.start, first.title) == (0, "Welcome")
    assert second == Mark(187_250, "Introducing Podlove", None, "http://podlove.org/")
    assert len(found.podlove) == 4


def test_podlove_attributes_in_single_quotes(feeds: Path) -> None:
    first, second = read(feeds / "psc-excerpts.xml").episodes
    assert first.podlove[1].start == 552_500
    assert first.podlove[1].title == "Follow-up: Apple-Facebook"
    assert [mark.title for mark in second.podlove[1:]] == ["Marker 01", "Marker 02"]


def test_podlove_chapters_keep_link_and_picture(feeds: Path) -> None:
    (found,) = read(feeds / "feedparser-psc-atomsimplechapter.xml").episodes
    assert found.podlove[0].picture == Picture("https://x.org/shows/testimage")
    item = (
        '<title>A</title><psc:chapters xmlns:psc="http://podlove.org/simple-chapters">'
        '<psc:chapter start="0" title="B" href="/b" image="b.png"/>'
        '<psc:chapter start="1" title="C" href="javascript:x()" image="data:image/png;base64,AAAA"/></psc:chapters>'
    )
    assert episode(item).podlove == (
        Mark(0, "B", link="https://x.org/b", picture=Picture("https://x.org/shows/b.png")),
        Mark(1000, "C"),
    )


@pytest.mark.parametrize("slash", ["", "/"])
def test_podlove_starts_are_parsed_here(slash: str) -> None:
    starts = ("0", "3:07", "1:02:03", "00:00:01.5", "00:12:42:500", "00:00:0.000", "90", "00:99:00", "x", "")
    chapters = "".join(f'<sc:chapter start="{start}" title="At &lt;b&gt;{start}&lt;/b&gt;"/>' for start in starts)
    marks = episode(
        f'<title>A</title><sc:chapters xmlns:sc="http://podlove.org/simple-chapters{slash}">{chapters}</sc:chapters>'
    ).podlove
    assert [mark.start for mark in marks] == [0, 187_000, 3_723_000, 1500, 762_500, 0, 90_000]
    assert marks[1].title == "At 3:07"


def test_texts_are_all_kept_the_longest_first_and_each_once() -> None:
    texts = episode(
        "<title>A</title><description>Short &lt;b&gt;one&lt;/b&gt;</description>"
        "<itunes:summary>A summary of middling length</itunes:summary>"
        "<content:encoded><![CDATA[<p>The whole of the notes, with all of the lines</p>]]></content:encoded>"
    ).texts
    assert texts == (
        "<p>The whole of the notes, with all of the lines</p>",
        "A summary of middling length",
        "Short <b>one</b>",
    )
    same = "<title>A</title><description>Same  text</description><itunes:summary>Same text</itunes:summary>"
    assert len(episode(same).texts) == 1


def test_the_order_of_tags_does_not_matter() -> None:
    tags = [
        "<description>first text</description>",
        "<itunes:summary>second, longer text</itunes:summary>",
        "<content:encoded>third and longest of the texts</content:encoded>",
        "<itunes:subtitle>sub</itunes:subtitle>",
    ]
    for seed in range(8):
        random.Random(seed).shuffle(tags)
        assert len(episode("<title>A</title>" + "".join(tags)).texts) == 3


def test_an_episode_is_known_by_its_guid_else_its_address_else_title_and_date() -> None:
    enclosure = '<enclosure url="a.mp3" type="audio/mpeg"/>'
    assert episode(f"<title>A</title><guid> g1 </guid>{enclosure}").guid == "g1"
    assert episode(f"<title>A</title><guid></guid>{enclosure}").guid == "https://x.org/shows/a.mp3"
    dated = episode("<title>A</title><pubDate>Mon, 03 Feb 2025 03:37:24 GMT</pubDate>")
    assert dated.guid == "A\n1738553844000"


@pytest.mark.parametrize(
    ("tags", "url"),
    [
        ('<enclosure url="cover.jpg" type="image/jpeg"/><enclosure url="a.mp3" type="audio/mpeg"/>', "https://x.org/shows/a.mp3"),
        ('<enclosure url="v.mp4" type="video/mp4"/><enclosure url="/a.mp3"/>', "https://x.org/a.mp3"),
        ('<enclosure url="v.mp4" type="video/mp4"/>', "https://x.org/shows/v.mp4"),
        ('<enclosure url=" //cdn.org/a.mp3 " length="x"/>', "https://cdn.org/a.mp3"),
        ('<media:content url="https://x.org/m.mp3" type="audio/mpeg"/>', "https://x.org/m.mp3"),
        ('<enclosure url="notes.pdf" type="application/pdf"/>', None),
        ('<enclosure url="javascript:x()" type="audio/mpeg"/>', None),
        ('<enclosure url="http://[broken/a.mp3" type="audio/mpeg"/>', None),
        ('<enclosure url="" type="audio/mpeg"/>', None),
        ('<enclosure type="audio/mpeg"/>', None),
    ],
)  # fmt: skip
def test_the_first_audio_is_taken(tags: str, url: str | None) -> None:
    enclosure = episode(f"<title>A</title>{tags}").enclosure
    assert (enclosure.url if enclosure else None) == url


def test_addresses_of_the_sample_stay_in_the_sample() -> None:
    body = rss('<title>A</title><enclosure url="a.ogg" type="audio/ogg"/><link>https://x.org/a</link>')
    (found,) = read_feed(body, "sample://earmark/feed.xml").episodes
    assert found.enclosure is not None
    assert found.enclosure.url == "sample://earmark/a.ogg"
    assert found.link == "https://x.org/a"


@pytest.mark.parametrize("length", ["0", "-5", "", "1e9", "٣", "9" * 40])
def test_lengths_that_say_nothing(length: str) -> None:
    enclosure = episode(f'<title>A</title><enclosure url="a.mp3" length="{length}"/>').enclosure
    assert enclosure is not None
    assert enclosure.length is None


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("A &amp;amp; B", "A & B"),
        ("A &amp; B", "A & B"),
        ("<![CDATA[<b>Bold</b> <i class='x'>claim</i>]]>", "Bold claim"),
        ("Vec&lt;T&gt; explained", "Vec<T> explained"),
        ("  many\n  spaces ", "many spaces"),
    ],
)
def test_titles_are_one_plain_line(written: str, title: str) -> None:
    assert episode(f"<title>{written}</title>").title == title


def test_an_episode_without_a_title_is_named_by_its_text_or_file() -> None:
    assert episode("<description>&lt;p&gt;About  bees&lt;/p&gt;</description>").title == "About bees"
    assert episode('<enclosure url="https://x.org/bees.mp3"/>').title == "bees.mp3"
    assert episode('<enclosure url="https://x.org"/>').title == "x.org"
    assert read_feed(rss("<author>nobody</author>"), URL).episodes == ()


@pytest.mark.parametrize(
    ("date", "millis"),
    [
        ("Mon, 03 Feb 2025 03:37:24 +0100", 1738550244000),
        ("2025-02-03T03:37:24Z", 1738553844000),
        ("yesterday", None),
        ("", None),
        ("Mon, 00 Jan 0000 00:00:00 +0000", None),
    ],
)
def test_dates(date: str, millis: int | None) -> None:
    assert episode(f"<title>A</title><pubDate>{date}</pubDate>").published == millis


def test_atom() -> None:
    body = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Show</title><subtitle>About</subtitle>
      <link href="https://x.org/"/><author><name>Ann</name></author>
      <entry><id>urn:1</id><title type="html">A &amp;amp; B</title><updated>2025-02-03T03:37:24Z</updated>
        <summary>short</summary><content type="html">&lt;p&gt;0:00 long text&lt;/p&gt;</content>
        <link rel="enclosure" href="/a.mp3" type="audio/mpeg" length="5"/></entry></feed>"""
    feed = read_feed(body.encode(), URL)
    assert (feed.title, feed.description, feed.author, feed.link) == ("Show", "About", "Ann", "https://x.org/")
    (found,) = feed.episodes
    assert (found.guid, found.title, found.published) == ("urn:1", "A & B", 1738553844000)
    assert found.texts == ("<p>0:00 long text</p>", "short")
    assert found.enclosure == Enclosure("https://x.org/a.mp3", "audio/mpeg", 5)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"", "an empty answer"),
        (b"<!DOCTYPE html><html><head><title>My show</title></head></html>", "a web page (“My show”)"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "a JSON document"),
        (b"just some words", "plain text (“just some words”)"),
        (b"ID3\x04\x00\x00", "an audio file"),
        (b"<opml version='1.0'><body/></opml>", "an OPML list of feeds; import it instead"),
        (b"<?xml version='1.0'?><urlset><url>https://x.org</url></urlset>", "an XML document (“https://x.org”)"),
        (bytes(range(256)), "data of an unknown kind"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, found: str) -> None:
    with pytest.raises(NotAFeedError) as caught:
        read_feed(body, URL)
    assert (caught.value.url, caught.value.found) == (URL, found)


def test_a_wrong_charset_of_the_server_does_not_matter() -> None:
    body = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Über</title></channel></rss>'.encode()
    )
    assert read_feed(body, URL, "text/html; charset=latin-1").title == "Über"


def test_entities_that_multiply_are_not_expanded() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    body = (
        f'<!DOCTYPE rss [<!ENTITY e0 "ha">{entities}]><rss version="2.0"><channel><title>&e11;</title></channel></rss>'
    )
    began = time.monotonic()
    with contextlib.suppress(KnownError):
        assert len(read_feed(body.encode(), URL).title) < 10_000
    assert time.monotonic() - began < 5


def test_feeds_that_are_cut_or_damaged_are_read_or_refused(feeds: Path) -> None:
    """Each damage is random but the same in every run."""
    chance = random.Random(5)
    small = [path for path in sorted(feeds.glob("*.xml")) if path.stat().st_size < 20_000]
    for path in small:
        body = path.read_bytes()
        for _ in range(12):
            damaged = bytearray(body[: chance.randrange(len(body))] if chance.random() < 0.5 else body)
            for _ in range(chance.randrange(20)):
                if damaged:
                    damaged[chance.randrange(len(damaged))] = chance.choice(b"<>&;\"'\x00\xff/a[]!")
            try:
                read_feed(bytes(damaged), URL)
            except KnownError:
                continue
