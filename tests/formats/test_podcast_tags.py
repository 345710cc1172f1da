"""The `podcast:` elements of items: all of them, under any prefix, in feeds as they are."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from player.core.model import FetchedEpisode, LinkedDocument, Soundbite
from player.formats.podcast_tags import read_tags
from player.formats.rss import read_feed

URL = "https://x.org/shows/feed.xml"
NEW = "https://podcastindex.org/namespace/1.0"
OLD = "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"


def feed(*items: str, namespace: str = f'xmlns:podcast="{NEW}"', before: str = "") -> bytes:
    inside = "".join(f"<item><title>Item {number}</title>{item}</item>" for number, item in enumerate(items))
    return f'{before}<rss version="2.0" {namespace}><channel><title>Show</title>{inside}</channel></rss>'.encode()


def episodes(body: bytes) -> tuple[FetchedEpisode, ...]:
    return read_feed(body, URL).episodes


# By name: episodes, chapter documents, transcripts, soundbites. Counted in the files by their tags.
COUNTED = {
    "partytime-pc20rss.xml": (56, 48, 47, 0),
    "partytime-themnshow.xml": (54, 54, 56, 5),
    "partytime-no-agenda.xml": (29, 29, 29, 0),
    "partytime-homegrown-hits.xml": (4, 4, 0, 0),
    "partytime-example.xml": (3, 3, 3, 3),
    "partytime-podverse-test-feed.xml": (5, 0, 0, 0),
    "partytime-changing-the-tide.xml": (15, 0, 0, 0),
    "partytime-publisher.xml": (0, 0, 0, 0),
    "partytime-sentimental-garbage.xml": (138, 0, 0, 0),
    "namespace-example.xml": (3, 3, 4, 3),
    "lup-2020-first20.xml": (20, 20, 0, 0),
    "antennapod-transcript.xml": (1, 0, 2, 0),
    "podcastparser-episode_podcast_chapters.rss": (1, 1, 0, 0),
    "podcastparser-episode_podcast_transcript.rss": (1, 0, 1, 0),
    "podcastparser-chapters.rss": (1, 0, 0, 0),
}


@pytest.mark.parametrize("name", COUNTED)
def test_every_tag_of_the_corpus_is_read(corpus: Path, name: str) -> None:
    found = episodes((corpus / "corpus" / "feeds" / name).read_bytes())
    counted = (
        len(found),
        sum(each.chapter_document is not None for each in found),
        sum(len(each.transcripts) for each in found),
        sum(len(each.soundbites) for each in found),
    )
    assert counted == COUNTED[name]


def test_two_transcripts_and_the_words_of_soundbites(corpus: Path) -> None:
    found = episodes((corpus / "corpus" / "feeds" / "partytime-themnshow.xml").read_bytes())
    both = next(each for each in found if len(each.transcripts) > 1)
    assert [each.media_type for each in both.transcripts] == ["application/x-subrip", "text/vtt"]
    assert both.transcripts[0].language == "EN"
    assert both.transcripts[0].is_captions
    bites = next(each.soundbites for each in found if each.soundbites)
    assert bites == (
        Soundbite(104_400, 12_000, "Mike triggers Tim by saying Advertising"),
        Soundbite(230_600, 8_600, "Have we ever talked about Advertising?"),
    )


def test_a_chapter_document_of_the_corpus(corpus: Path) -> None:
    found = episodes((corpus / "corpus" / "feeds" / "lup-2020-first20.xml").read_bytes())
    assert found[0].chapter_document is not None
    assert found[0].chapter_document.url.startswith("https://feeds.fireside.fm/linuxunplugged/json/episodes/")
    assert found[0].chapter_document.media_type == "application/json"


def test_a_file_of_simple_chapters_that_atom_links_to(corpus: Path) -> None:
    path = corpus / "corpus" / "feeds" / "feedparser-psc-atomsimplechapterexternal.xml"
    (found,) = episodes(path.read_bytes())
    assert found.chapter_document == LinkedDocument("http://podlove.org/examples/chapters.psc")


@pytest.mark.parametrize(
    ("namespace", "prefix"),
    [
        (f'xmlns:podcast="{NEW}"', "podcast:"),
        (f'xmlns:podcast="{OLD}"', "podcast:"),
        (f'xmlns:pod="{NEW}"', "pod:"),
        ("", "podcast:"),
    ],
)
def test_the_namespace_counts_and_not_the_prefix(namespace: str, prefix: str) -> None:
    item = f'<{prefix}chapters url="c.json"/><{prefix}transcript url="a.vtt"/><{prefix}transcript url="b.srt"/>'
    (found,) = episodes(feed(item, namespace=namespace))
    assert found.chapter_document == LinkedDocument("https://x.org/shows/c.json")
    assert [each.url for each in found.transcripts] == ["https://x.org/shows/a.vtt", "https://x.org/shows/b.srt"]


def test_a_namespace_declared_at_the_element_and_one_that_is_another() -> None:
    here = f'<p:chapters xmlns:p="{NEW}" url="here.json"/>'
    other = '<podcast:chapters xmlns:podcast="https://y.org/cast" url="no.json"/><p:chapters url="no.json"/>'
    tags = read_tags(feed(here, other))
    assert tags is not None
    assert [len(item.chapters) for item in tags.items] == [1, 0]


def test_only_what_stands_in_an_item_counts() -> None:
    body = feed('<podcast:chapters url="c.json"/>', "").replace(
        b"<title>Show", b'<podcast:chapters url="x.json"/><title>Show'
    )
    assert [each.chapter_document is not None for each in episodes(body)] == [True, False]


def test_what_cannot_be_used_is_left_out() -> None:
    item = (
        '<podcast:chapters/><podcast:chapters url="javascript:x()"/><podcast:chapters url=" c.json " type="A/B; x=1"/>'
        '<podcast:transcript url="a.vtt"/><podcast:transcript url="a.vtt"/><podcast:transcript url=""/>'
        '<podcast:soundbite startTime="x" duration="1">no</podcast:soundbite>'
        '<podcast:soundbite startTime="1" duration="0">no</podcast:soundbite>'
        '<podcast:soundbite startTime="0" duration="2.5"> A &amp;amp;\n <![CDATA[<b>B</b>]]></podcast:soundbite>'
    )
    (found,) = episodes(feed(item))
    assert found.chapter_document == LinkedDocument("https://x.org/shows/c.json", "a/b")
    assert len(found.transcripts) == 1
    assert found.soundbites == (Soundbite(0, 2500, "A & B"),)


def test_undeclared_entities_do_not_end_the_reading() -> None:
    item = '<description>a&nbsp;b</description><podcast:transcript url="a"/><podcast:transcript url="b"/>'
    assert [len(each.transcripts) for each in episodes(feed(item, item))] == [2, 2]


def test_behind_broken_xml_feedparsers_last_one_counts() -> None:
    two = '<podcast:transcript url="a"/><podcast:transcript url="b"/><podcast:soundbite startTime="1" duration="2"/>'
    found = episodes(feed(two, f"<link>https://x.org/?a&b</link>{two}", two))
    assert [[each.url[-1] for each in one.transcripts] for one in found] == [["a", "b"], ["b"], ["b"]]
    assert [len(each.soundbites) for each in found] == [1, 1, 1]


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "windows-1251"])
def test_encodings(encoding: str) -> None:
    text = feed('<podcast:soundbite startTime="1" duration="2">Bite</podcast:soundbite>').decode()
    body = f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)
    assert episodes(body)[0].soundbites == (Soundbite(1000, 2000, "Bite"),)


def test_no_entity_is_expanded_and_nothing_outside_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret words")
    bite = '<podcast:soundbite startTime="1" duration="2">&e;</podcast:soundbite>'
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    began = time.monotonic()
    for entities in (f'<!ENTITY e SYSTEM "{secret.as_uri()}">', f'<!ENTITY e0 "ha">{bomb}<!ENTITY e "&e11;">'):
        body = feed(bite, before=f"<!DOCTYPE rss [{entities}]>")
        tags = read_tags(body)
        assert tags is not None
        assert not tags.is_whole
        assert tags.items == ()
        assert all("secret" not in bite.title and "haha" not in bite.title for bite in episodes(body)[0].soundbites)
    outside = feed(bite, before=f'<!DOCTYPE rss SYSTEM "{secret.as_uri()}">')
    assert [bite.title for bite in episodes(outside)[0].soundbites] == [""]
    assert time.monotonic() - began < 2


def test_feeds_without_the_namespace_are_not_read_twice(corpus: Path) -> None:
    assert read_tags((corpus / "corpus" / "feeds" / "partytime-sentimental-garbage.xml").read_bytes()) is None


def test_any_bytes_are_read_or_left() -> None:
    for body in (
        b"podcastindex",
        b"podcastindex\xff\xfe\x00",
        b"<a podcastindex",
        b'<?xml encoding="x-y"?>podcastindex',
    ):
        tags = read_tags(body)
        assert tags is not None
        assert tags.items == ()
    deep = feed("<a>" * 20_000 + "</a>" * 20_000)
    assert read_tags(deep) is not None


def test_the_second_pass_takes_a_fraction_of_the_first(corpus: Path) -> None:
    body = (corpus / "corpus" / "feeds" / "partytime-themnshow.xml").read_bytes()

    def quickest(read: object) -> float:
        times = []
        for _ in range(5):
            began = time.perf_counter()
            read(body)  # type: ignore[operator]
            times.append(time.perf_counter() - began)
        return min(times)

    assert quickest(read_tags) < quickest(episodes) / 3
