"""New episodes are told once a refresh is over, of the podcasts for which that is wanted."""

from __future__ import annotations

import pytest

from house import House
from newsroom import publish
from player.app.announcing import announcement
from player.core.events import EpisodeAsked
from player.core.model import EpisodeQuery, PodcastId
from player.core.podcast_rules import PodcastRules
from webserver import WebServer


class Board:
    """Keeps what it is to show."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, str, int, str]] = []
        self.is_closed = False

    def show(self, heading: str, text: str, number: int, words: str) -> None:
        self.shown.append((heading, text, number, words))

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def board(house: House) -> Board:
    board = Board()
    house.services.announcing.start(board)
    return board


def add(house: House, publisher: WebServer, name: str, *, announces: bool = True) -> PodcastId:
    podcast = house.services.subscriptions.add(publish(publisher, "One", name=name)).result()
    if announces:
        house.services.rule_book.set(podcast, PodcastRules(announces=True)).result()
    return podcast


def test_one_message_for_what_a_refresh_brought(house: House, publisher: WebServer, board: Board) -> None:
    first, quiet = add(house, publisher, "first"), add(house, publisher, "quiet", announces=False)
    assert board.shown == [], "what comes with a podcast is no news"
    for name in ("first", "quiet"):
        publish(publisher, "One", "Two", "Three", name=name)
    house.services.refreshing.refresh([first, quiet])
    house.services.refreshing.refresh([first, quiet])
    newest = house.services.library.episode_ids(EpisodeQuery(podcast=first))[0]
    assert board.shown == [("first: 2 new episodes", "Three\nTwo", newest, "Show")]
    house.facts.clear()
    house.services.announcing.clicked(newest)
    assert house.facts == [EpisodeAsked(newest)]


def test_an_archive_is_no_news(house: House, publisher: WebServer, board: Board) -> None:
    podcast = add(house, publisher, "old")
    publish(publisher, "Zero", "And before", first=1_600_000_000, name="old")
    house.services.refreshing.refresh([podcast])
    assert board.shown == []


def test_the_words(house: House, publisher: WebServer) -> None:
    for name, titles in (("A", ("One", "Two", "Three", "Four", "Five", "Six")), ("B", ("Other",))):
        house.services.subscriptions.add(publish(publisher, *titles, name=name)).result()
    library = house.services.library
    a, b = (library.episodes(library.episode_ids(EpisodeQuery(podcast=library.find_podcast(name).id))) for name in "AB")
    assert announcement(b) == ("B", "Other")
    assert announcement(a[:5]) == ("A: 5 new episodes", "Six\nFive\nFour\nThree\nTwo")
    assert announcement(a) == ("A: 6 new episodes", "Six\nFive\nFour\nThree\nand 2 more")
    assert announcement([*a[:1], *b]) == ("2 new episodes", "A: Six\nB: Other")


def test_downloads_are_told_when_none_is_left(house: House, publisher: WebServer, board: Board) -> None:
    told, quiet = add(house, publisher, "told"), add(house, publisher, "quiet", announces=False)
    publish(publisher, "One", "Two", "Gone", name="told")
    house.services.refreshing.refresh([told])
    board.shown.clear()
    _gone, two, one = house.services.library.episode_ids(EpisodeQuery(podcast=told))
    (other,) = house.services.library.episode_ids(EpisodeQuery(podcast=quiet))
    house.services.downloads.start(other)
    assert board.shown == [], "of that podcast nothing is told"
    house.services.downloads.start(one)
    assert board.shown == [("told", "The download is here: One", one, "Show")]
    house.services.keeping.remove(one)
    house.services.keeping.finish()
    board.shown.clear()
    house.services.downloads.hold(is_held=True)
    for episode in (two, one):
        house.services.downloads.start(episode)
    assert board.shown == []
    house.services.downloads.hold(is_held=False)
    assert board.shown == [("told: 2 downloads are here", "Two\nOne", two, "Show")]


def test_nobody_is_told_after_the_end(house: House, board: Board) -> None:
    house.services.announcing.close()
    assert board.is_closed
