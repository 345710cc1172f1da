"""Every feed of the corpus against facts that were counted in the raw XML, not by this program."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from player.core.errors import NotAFeedError
from player.core.feed_facts import EpisodeFacts, Funding, Person
from player.core.model import FetchedFeed
from player.formats.rss import read_feed

URL = "https://x.org/shows/feed.xml"


class Counted(NamedTuple):
    """How often a feed's items have something; `persons` with those of the podcast."""

    title: str
    episodes: int
    audio: int = 0
    dates: int = 0
    durations: int = 0
    documents: int = 0
    transcripts: int = 0
    soundbites: int = 0
    podlove: int = 0
    persons: int = 0
    seasons: int = 0


FIAT_LUX = Counted("Podlove Podcast", 1, audio=1, dates=1, podlove=4)
EXAMPLE = "Podcasting 2.0 Namespace Example"
SHOUT = Counted("De Grote Podcast Van de Veire Ochtendshow", 12, 12, 12, 12, seasons=11)
FEEDS = {
    "antennapod-transcript.xml": Counted("title", 1, dates=1, transcripts=2),
    "feedparser-psc-atomsimplechapter.xml": FIAT_LUX,
    "feedparser-psc-atomsimplechapterexternal.xml": FIAT_LUX._replace(podlove=0, documents=1),
    # The second list of an item is not taken: five in all.
    "feedparser-psc-ignore_multiple_psc_chapters.xml": FIAT_LUX,
    "feedparser-psc-rss2.0simplechapter.xml": FIAT_LUX,
    "feedparser-psc-rss2.0simplechapter2items.xml": Counted("", 2, podlove=4),
    # An item of one mark, without a title, a text or an enclosure.
    "feedparser-psc-version_1.0_keyerror.xml": Counted("", 0),
    # The twelfth season is empty.
    "gnome-de-grote.xml": SHOUT,
    "gnome-series-i-cinema-latin1.xml": Counted("Sèries i Cinema", 50, 50, 50, 50),
    "lup-2020-first20.xml": Counted("LINUX Unplugged", 20, 20, 20, 20, documents=20, persons=88),
    "namespace-example.xml": Counted(EXAMPLE, 3, 3, 3, 0, 3, 4, 3, persons=9, seasons=3),
    "partytime-changing-the-tide.xml": Counted("Changing the Tide", 15, 15, 15, 15),
    "partytime-example.xml": Counted(EXAMPLE, 3, 3, 3, 0, 3, 3, 3, persons=9, seasons=3),
    "partytime-homegrown-hits.xml": Counted("Homegrown Hits", 4, 4, 4, documents=4, persons=7),
    "partytime-no-agenda.xml": Counted("No Agenda", 29, 29, 29, documents=29, transcripts=29, persons=28),
    # Two more persons are in the text of notes.
    "partytime-pc20rss.xml": Counted("Podcasting 2.0", 56, 56, 56, documents=48, transcripts=47, persons=16),
    "partytime-podverse-test-feed.xml": Counted("Podverse - Test Feed", 5, 5, 5, 4, persons=1),
    "partytime-publisher.xml": Counted("AgileSet Media", 0, persons=1),
    "partytime-sentimental-garbage.xml": Counted("Sentimental Garbage", 138, 138, 138, 138, seasons=136),
    "partytime-themnshow.xml": Counted("The Mike Neumann Show", 54, 54, 54, 53, 54, 56, 5, persons=55, seasons=54),
    "podcastparser-chapters.rss": Counted("Chapters Example", 1, durations=1, podlove=5),
    "podcastparser-episode_podcast_chapters.rss": Counted("Podcast", 1, 1, documents=1),
    "podcastparser-episode_podcast_transcript.rss": Counted("Podcast", 1, 1, transcripts=1),
    "psc-excerpts.xml": Counted("excerpts with Podlove Simple Chapters", 2, durations=1, podlove=9),
}


def read(corpus: Path, name: str) -> FetchedFeed:
    return read_feed((corpus / "corpus" / "feeds" / name).read_bytes(), URL)


@pytest.mark.parametrize("name", FEEDS)
def test_all_that_a_feed_holds_is_read(corpus: Path, name: str) -> None:
    feed = read(corpus, name)
    items = feed.episodes
    facts = [each.facts for each in items if each.facts]
    own = len(feed.facts.persons) if feed.facts else 0
    assert feed.is_whole
    assert FEEDS[name] == Counted(
        feed.title,
        len(items),
        audio=sum(each.enclosure is not None for each in items),
        dates=sum(each.published is not None for each in items),
        durations=sum(each.duration is not None for each in items),
        documents=sum(each.chapter_document is not None for each in items),
        transcripts=sum(len(each.transcripts) for each in items),
        soundbites=sum(len(each.soundbites) for each in items),
        podlove=sum(len(each.podlove) for each in items),
        persons=sum(len(each.persons) for each in facts) + own,
        seasons=sum(each.season is not None for each in facts),
    )


def test_the_table_knows_every_feed(corpus: Path) -> None:
    folder = corpus / "corpus" / "feeds"
    others = {"index.json", "namespace-podcast-example.xml"}
    names = {path.name for path in folder.iterdir() if not path.name.endswith(".expected.json")}
    assert names - others == set(FEEDS)
    with pytest.raises(NotAFeedError):
        read(corpus, "namespace-podcast-example.xml")


def test_what_podcasts_say_of_themselves(corpus: Path) -> None:
    facts = read(corpus, "namespace-example.xml").facts
    assert facts is not None
    assert (facts.guid, facts.medium, facts.is_locked) == ("y0ur-gu1d-g035-h3r3", "podcast", True)
    assert facts.license == "my-podcast-license-v1"
    assert facts.license_url == "https://example.org/mypodcastlicense/full.pdf"
    assert facts.funding == (Funding("https://example.com/donate", "Support the show!"),)
    publisher = read(corpus, "partytime-publisher.xml").facts
    assert publisher is not None
    assert (publisher.medium, publisher.persons[0].group) == ("publisher", "creative direction")
    assert read(corpus, "gnome-de-grote.xml").moved_to == (
        "https://podcasts.vrt.be/v1/program-6f4b068a-7178-4809-ab2f-fd016e1f4df3"
    )


def test_what_episodes_say_of_themselves(corpus: Path) -> None:
    found = read(corpus, "namespace-example.xml").episodes[0].facts
    assert found is not None
    assert (found.season, found.season_name, found.number) == (1, "Podcasting 2.0", "3")
    assert [(each.name, each.role) for each in found.persons] == [
        ("Adam Curry", "host"),
        ("Dave Jones", "guest"),
        ("Becky Smith", "cover art designer"),
    ]
    assert found.persons[0].picture == "https://example.com/images/adamcurry.jpg"
    shown = read(corpus, "partytime-themnshow.xml").episodes[0].facts
    assert shown is not None
    assert (shown.number, shown.number_words) == ("54", "Social Media")
    assert read(corpus, "podcastparser-episode_podcast_chapters.rss").episodes[0].facts == EpisodeFacts(kind="trailer")
    assert read(corpus, "gnome-de-grote.xml").episodes[0].facts == EpisodeFacts(season=1, number="10")
    assert Person("Wes Payne", link="http://jupiterbroadcasting.com") in (
        person for each in read(corpus, "lup-2020-first20.xml").episodes if each.facts for person in each.facts.persons
    )
