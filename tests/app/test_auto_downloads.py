"""New episodes that are downloaded by themselves: after a refresh, as the rule of the podcast says."""

from __future__ import annotations

from house import House
from newsroom import publish
from player.core.auto_download import AutoDownload
from player.core.events import EpisodesArrived
from player.core.model import DownloadState, EpisodeQuery, PodcastId
from player.core.podcast_rules import PodcastRules
from webserver import WebServer


def downloaded(house: House, podcast: PodcastId) -> list[str]:
    library = house.services.library
    found = library.episodes(library.episode_ids(EpisodeQuery(podcast=podcast)))
    return [each.title for each in found if each.download.state is DownloadState.COMPLETE]


def refresh(house: House, publisher: WebServer, podcast: PodcastId, *titles: str) -> None:
    publish(publisher, *titles)
    house.services.refreshing.refresh([podcast])


def test_new_episodes_come_by_themselves_once_the_rule_says_so(house: House, publisher: WebServer) -> None:
    services = house.services
    services.rule_book.set_default_amount(None)
    podcast = services.subscriptions.add(publish(publisher, "One", "Two")).result()
    assert downloaded(house, podcast) == [], "what comes with the podcast stays where it is"
    assert not any(isinstance(fact, EpisodesArrived) for fact in house.facts)
    refresh(house, publisher, podcast, "One", "Two", "Three")
    assert downloaded(house, podcast) == ["Three"]
    services.rule_book.set(podcast, PodcastRules()).result()
    refresh(house, publisher, podcast, "One", "Two", "Three", "Four")
    assert downloaded(house, podcast) == ["Three"]
    arrived = [fact for fact in house.facts if isinstance(fact, EpisodesArrived)]
    assert [len(fact.ids) for fact in arrived] == [1, 1]


def test_the_newest_only_and_by_their_titles(house: House, publisher: WebServer) -> None:
    services = house.services
    podcast = services.subscriptions.add(publish(publisher, "One")).result()
    services.rule_book.set(podcast, PodcastRules(auto_download=AutoDownload(2, lacks="trailer"))).result()
    refresh(house, publisher, podcast, "One", "Two", "Three", "Four", "Trailer")
    assert downloaded(house, podcast) == ["Four", "Three"]
    assert services.auto_downloads.has_begun(services.library.find_episode("Four").id)
    assert not services.auto_downloads.has_begun(services.library.find_episode("Two").id)


def test_only_what_has_chapters(house: House, publisher: WebServer) -> None:
    services = house.services
    podcast = services.subscriptions.add(publish(publisher, "One")).result()
    rule = AutoDownload(None, only_with_chapters=True)
    services.rule_book.set(podcast, PodcastRules(auto_download=rule)).result()
    refresh(house, publisher, podcast, "One", "Two: 0:00 Hello, 0:10 Talk, 0:20 Bye", "Three")
    assert downloaded(house, podcast) == ["Two"]
