"""Seasons, persons, funding and the podcast's own names, as feeds write them."""

from __future__ import annotations

import pytest

from player.core.feed_facts import EpisodeFacts, Funding, Person, PodcastFacts
from player.core.model import FetchedFeed
from player.formats.rss import read_feed

URL = "https://x.org/shows/feed.xml"
NAMES = (
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0"'
)

ANN = '<podcast:person href="/ann" img="a.png" role="Guest" group="Cast"> Ann  B </podcast:person>'
BOB = "<podcast:person>Bob</podcast:person>"
NOBODY = "<podcast:person> </podcast:person>"
SERIAL = "<itunes:type>serial</itunes:type><itunes:complete>Yes</itunes:complete>"
NAMED = "<podcast:guid> abc </podcast:guid><podcast:medium>Music</podcast:medium>"
LICENSE = '<podcast:license url="/l">cc-by-4.0</podcast:license>'
FUNDING = (
    '<podcast:funding url="/pay">Pay &amp;amp; stay</podcast:funding>'
    '<podcast:funding url="mailto:a@x.org">No</podcast:funding>'
)


def read(head: str = "", item: str = "", names: str = NAMES) -> FetchedFeed:
    body = (
        f'<rss version="2.0" {names}><channel><title>T</title>{head}<item><title>A</title>{item}</item></channel></rss>'
    )
    return read_feed(body.encode(), URL)


def episode(item: str, names: str = NAMES) -> EpisodeFacts | None:
    return read(item=item, names=names).episodes[0].facts


@pytest.mark.parametrize(
    ("tags", "facts"),
    [
        ("", None),
        ("<itunes:season>2</itunes:season><itunes:episode>05</itunes:episode>", EpisodeFacts(season=2, number="5")),
        ("<itunes:episodeType>Bonus</itunes:episodeType>", EpisodeFacts(kind="bonus")),
        ("<itunes:episodeType>full</itunes:episodeType>", None),
        ("<itunes:season>two</itunes:season><itunes:episode>-1</itunes:episode>", None),
        ("<itunes:season>٢</itunes:season>", None),
        ('<podcast:season name="The sea">3</podcast:season>', EpisodeFacts(season=3, season_name="The sea")),
        ('<podcast:episode display="Ch.3">204.50</podcast:episode>', EpisodeFacts(number="204.5", number_words="Ch.3")),
        (
            "<itunes:episode>7</itunes:episode><itunes:season>1</itunes:season><podcast:season>2</podcast:season>",
            EpisodeFacts(season=2, number="7"),
        ),
        (
            ANN + BOB + BOB + NOBODY,
            EpisodeFacts(
                persons=(
                    Person("Ann B", "guest", "cast", "https://x.org/ann", "https://x.org/shows/a.png"),
                    Person("Bob"),
                )
            ),
        ),
        ('<podcast:person href="javascript:x()">Ann</podcast:person>', EpisodeFacts(persons=(Person("Ann"),))),
    ],
)
def test_an_episode(tags: str, facts: EpisodeFacts | None) -> None:
    assert episode(tags) == facts


def test_the_prefix_does_not_matter() -> None:
    names = 'xmlns:p="https://podcastindex.org/namespace/1.0"'
    assert episode("<p:person>Ann</p:person>", names) == EpisodeFacts(persons=(Person("Ann"),))
    assert episode("<podcast:person>Ann</podcast:person>", "") == EpisodeFacts(persons=(Person("Ann"),))


def test_persons_end_somewhere() -> None:
    facts = episode("".join(f"<podcast:person>{number}</podcast:person>" for number in range(999)))
    assert facts is not None
    assert len(facts.persons) == 50


@pytest.mark.parametrize(
    ("tags", "facts"),
    [
        ("", None),
        ("<podcast:locked>no</podcast:locked>", None),
        ('<podcast:locked owner="a@x.org">YES</podcast:locked>', PodcastFacts(is_locked=True)),
        (SERIAL, PodcastFacts(is_serial=True, is_complete=True)),
        (NAMED, PodcastFacts(guid="abc", medium="music")),
        (LICENSE, PodcastFacts(license="cc-by-4.0", license_url="https://x.org/l")),
        (FUNDING, PodcastFacts(funding=(Funding("https://x.org/pay", "Pay & stay"),))),
        ("<podcast:person>Ann</podcast:person>", PodcastFacts(persons=(Person("Ann"),))),
        ("<podcast:liveItem><podcast:person>Ann</podcast:person></podcast:liveItem>", None),
    ],
)
def test_a_podcast(tags: str, facts: PodcastFacts | None) -> None:
    assert read(tags).facts == facts


@pytest.mark.parametrize("rel", ["next", "prev-archive", "NEXT"])
def test_where_older_episodes_are(rel: str) -> None:
    link = f'<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="{rel}" href="?page=2"/>'
    assert read(link).next_page == "https://x.org/shows/feed.xml?page=2"
    same = f'<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="{rel}" href="{URL}"/>'
    assert read(same).next_page is None
    assert read().next_page is None
