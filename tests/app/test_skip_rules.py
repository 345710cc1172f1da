"""Rules by title: kept, told, tried, followed in playing, and weaker than a mark on a single chapter."""

from __future__ import annotations

from contextlib import closing

import pytest

from house import House, feed
from player.app.chapters import store_marks
from player.core.errors import NotFoundError
from player.core.events import ChaptersChanged, EpisodesChanged
from player.core.model import ChapterSource, EpisodeId, EpisodeQuery, Mark, PodcastId
from player.core.skip_rules import Match, SkipRule
from player.storage.database import open_writer
from webserver import Route, WebServer

MARKS = (Mark(0, "Intro"), Mark(5_000, "Sponsor"), Mark(10_000, "Talk"), Mark(20_000, "Our sponsor"))
SPONSOR = SkipRule("sponsor")


@pytest.fixture
def podcast(house: House, publisher: WebServer) -> PodcastId:
    return subscribe(house, publisher, "/feed.xml")


@pytest.fixture
def episode(house: House, podcast: PodcastId) -> EpisodeId:
    return only_episode(house, podcast)


def subscribe(house: House, publisher: WebServer, path: str) -> PodcastId:
    """A podcast of one episode with a list of chapters."""
    publisher[path] = Route(feed(publisher, ""), "application/rss+xml")
    podcast = house.services.subscriptions.add(publisher.url(path)).result()
    with closing(open_writer(house.services.profile.database)) as library:
        store_marks(library, only_episode(house, podcast), ChapterSource.DOCUMENT, MARKS, 1)
    return podcast


def only_episode(house: House, podcast: PodcastId) -> EpisodeId:
    return house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]


def skipped(house: House, episode: EpisodeId) -> set[int]:
    return set(house.services.chapters.view(episode).skipped)


def mark(house: House, episode: EpisodeId, index: int, *, is_skipped: bool) -> None:
    chosen = house.services.chapters.chosen(episode)
    assert chosen is not None
    house.services.chapters.set_skipped(episode, [chosen.chapters[index]], is_skipped=is_skipped).result()


def test_rules_are_kept_and_told(house: House, podcast: PodcastId, episode: EpisodeId) -> None:
    rules = house.services.skip_rules
    house.facts.clear()
    assert rules.add(podcast, SPONSOR).result() == ()
    assert {ChaptersChanged((episode,)), EpisodesChanged((episode,))} <= set(house.facts)
    assert skipped(house, episode) == {1, 3}
    assert house.services.library.skips([episode]) == {episode: ((5_000, 10_000),)}
    intro = SkipRule("Intro", Match.TITLE)
    assert rules.add(None, intro).result() == ()
    assert skipped(house, episode) == {0, 1, 3}
    assert rules.numbered() == [(None, intro), (podcast, SPONSOR)]
    assert rules.at(2) == (podcast, SPONSOR)
    with pytest.raises(NotFoundError):
        rules.at(3)
    off = SkipRule("Intro", Match.TITLE, is_on=False)
    rules.replace(None, intro, off).result()
    assert skipped(house, episode) == {1, 3}
    house.facts.clear()
    rules.replace(None, off, SkipRule("Outro", is_on=False)).result()
    assert house.facts == [], "what is off changes nothing"
    assert rules.replace(podcast, SPONSOR, None).result() == (SPONSOR,)
    assert skipped(house, episode) == set()
    rules.set(podcast, (SPONSOR, SkipRule("talk"), SPONSOR)).result()
    assert rules.of(podcast) == (SPONSOR, SkipRule("talk")), "each is kept once"
    house.services.subscriptions.remove(podcast).result()
    assert rules.all() == {None: (SkipRule("Outro", is_on=False),)}


def test_a_rule_that_becomes_another_one_takes_its_place(house: House, podcast: PodcastId) -> None:
    rules = house.services.skip_rules
    talk, intro = SkipRule("talk"), SkipRule("intro")
    rules.set(podcast, (SPONSOR, talk, intro)).result()
    rules.replace(podcast, SPONSOR, intro).result()
    assert rules.of(podcast) == (intro, talk)
    rules.add(podcast, intro).result()
    assert rules.of(podcast) == (talk, intro)


def test_a_rule_counts_for_its_podcast_and_one_for_all_for_others(
    house: House, podcast: PodcastId, episode: EpisodeId, publisher: WebServer
) -> None:
    second = subscribe(house, publisher, "/second.xml")
    other = only_episode(house, second)
    house.services.skip_rules.add(podcast, SPONSOR).result()
    assert (skipped(house, episode), skipped(house, other)) == ({1, 3}, set())
    house.services.skip_rules.add(None, SkipRule("talk")).result()
    assert (skipped(house, episode), skipped(house, other)) == ({1, 2, 3}, {2})
    assert set(house.services.library.skips([other, episode])) == {other, episode}
    assert [each.episode for each in house.services.skip_rules.samples(second)] == [other]
    assert [each.episode for each in house.services.skip_rules.samples(None, episode)] == [episode, other]


def test_a_mark_on_one_chapter_wins_both_ways(house: House, podcast: PodcastId, episode: EpisodeId) -> None:
    house.services.skip_rules.add(podcast, SPONSOR).result()
    mark(house, episode, 1, is_skipped=False)
    mark(house, episode, 2, is_skipped=True)
    assert skipped(house, episode) == {2, 3}
    house.services.skip_rules.set(podcast, ()).result()
    assert skipped(house, episode) == {2}
    house.services.skip_rules.add(podcast, SPONSOR).result()
    assert skipped(house, episode) == {2, 3}, "what was to be heard is heard still"
    mark(house, episode, 1, is_skipped=True)
    assert skipped(house, episode) == {1, 2, 3}


def test_playing_follows_a_rule_at_once_and_what_is_chosen_is_heard(
    house: House, podcast: PodcastId, episode: EpisodeId
) -> None:
    house.services.downloads.start(episode)
    playback = house.services.playback
    playback.open(episode, at=4_000)
    house.services.skip_rules.add(podcast, SPONSOR).result()
    assert playback.state.left_at(4_000) == 11_000
    house.listened(2_000)
    assert playback.position() == pytest.approx(11_000, abs=150)
    playback.previous_chapter()
    playback.previous_chapter()
    assert playback.position() == 0, "it never bounces off a skipped one"
    playback.play_chapter(1)
    house.listened(2_000)
    assert playback.position() == pytest.approx(7_000, abs=150)


def test_a_renamed_chapter_is_judged_by_its_new_title(house: House, podcast: PodcastId, episode: EpisodeId) -> None:
    house.services.skip_rules.add(podcast, SPONSOR).result()
    chosen = house.services.chapters.chosen(episode)
    assert chosen is not None
    house.services.chapters.rename(episode, chosen.chapters[1], "A story").result()
    assert skipped(house, episode) == {3}
    assert house.services.library.skips([episode]) == {}, "how long the last one is, its audio will tell"
    (sample,) = house.services.skip_rules.samples(podcast)
    assert [each.title for each in sample.chapters] == ["Intro", "A story", "Talk", "Our sponsor"]
    assert sample.chapters[0].length == 5_000
