"""What is set for podcasts as a whole: kept and told, and given to those that are new; and the edges in playing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from house import House, build
from newsroom import publish
from player.core.auto_download import AutoDownload
from player.core.edges import Edges
from player.core.events import ChaptersChanged, EpisodesChanged, RulesChanged
from player.core.keeping import Keep, KeepKind
from player.core.model import EpisodeId, EpisodeQuery, PodcastId
from player.core.play_queue import Piece
from player.core.podcast_rules import PodcastRules
from player.core.session import Part, Phase
from player.core.sound import Sound
from player.storage.database import open_writer
from webserver import WebServer

EDGES = PodcastRules(Edges(4_000, 3_000))


def add(house: House, publisher: WebServer, *titles: str, name: str = "feed") -> PodcastId:
    return house.services.subscriptions.add(publish(publisher, *titles, name=name)).result()


def ids_of(house: House, podcast: PodcastId) -> list[EpisodeId]:
    return house.services.library.episode_ids(EpisodeQuery(podcast=podcast))


def test_rules_are_kept_and_told(house: House, publisher: WebServer, tmp_path: Path) -> None:
    book = house.services.rule_book
    podcast = add(house, publisher, "One", "Two")
    assert book.of(podcast) == PodcastRules()
    house.facts.clear()
    rules = PodcastRules(keep=Keep(KeepKind.NEWEST, 3), announces=True)
    book.set(podcast, rules).result()
    assert house.facts == [RulesChanged(podcast)]
    ids = tuple(ids_of(house, podcast))
    book.set(podcast, PodcastRules(Edges(1_000))).result()
    assert {RulesChanged(podcast), ChaptersChanged(ids), EpisodesChanged(ids)} <= set(house.facts)
    house.services.close()
    again = build(tmp_path / "profile")
    assert again.services.rule_book.of(podcast) == PodcastRules(Edges(1_000))
    again.services.close()


def test_what_is_for_new_podcasts_does_not_change_those_that_are_there(house: House, publisher: WebServer) -> None:
    book = house.services.rule_book
    first = add(house, publisher, "One", name="first")
    book.set_default_amount(3)
    assert house.services.settings.value.new_podcasts_download == "newest:3"
    second = add(house, publisher, "One", name="second")
    book.set_default_amount(None)
    assert book.default_amount is None
    assert [book.of(each).auto_download for each in (first, second)] == [AutoDownload(), AutoDownload(3)]
    house.services.settings.change(new_podcasts_download="sometimes")
    assert book.default_amount == 0


def test_a_podcasts_own_sound(house: House, publisher: WebServer) -> None:
    sounds = house.services.sounds
    podcast, other = add(house, publisher, "One"), add(house, publisher, "One", name="other")
    sounds.turn_to(other)
    sounds.keep(podcast, Sound(1.5)).result()
    assert (sounds.current, sounds.own(podcast), sounds.own(other)) == (Sound(), Sound(1.5), None)
    sounds.turn_to(podcast)
    assert (sounds.current.speed, sounds.is_own) == (1.5, True)
    sounds.keep(podcast, Sound(2.0)).result()
    assert sounds.current.speed == 2.0
    sounds.keep(podcast, None).result()
    assert (sounds.current, sounds.is_own, sounds.default) == (Sound(), False, Sound())


# The edges in playing: every file lasts thirty seconds


@pytest.fixture
def episode(house: House, publisher: WebServer) -> EpisodeId:
    """An episode that is downloaded, of a podcast of which four seconds are left out first and three at the end."""
    podcast = add(house, publisher, "One: 0:00 Hello, 0:10 Talk, 0:20 Bye")
    house.services.rule_book.set(podcast, EDGES).result()
    found = ids_of(house, podcast)[0]
    house.services.downloads.start(found)
    house.facts.clear()
    return found


def near(position: int) -> object:
    return pytest.approx(position, abs=150)


def test_playing_begins_behind_the_intro_and_ends_before_the_outro(house: House, episode: EpisodeId) -> None:
    playback = house.services.playback
    playback.open(episode)
    assert playback.position() == near(4_000)
    assert playback.state.left_at(4_000) == 23_000
    assert playback.state.edge_spans == ((0, 4_000), (27_000, 30_000))
    playback.jump(26_000)
    house.listened(1_500)
    assert playback.state.phase is Phase.ENDED
    found = house.services.library.episode(episode)
    assert (found.is_played, found.position) == (True, 0)
    playback.play()
    house.listened(1_000)
    assert playback.position() == near(5_000)


def test_who_goes_to_the_start_hears_it(house: House, episode: EpisodeId) -> None:
    playback = house.services.playback
    playback.open(episode)
    ways: tuple[Callable[[], None], ...] = (
        lambda: playback.jump(0),
        lambda: playback.play_chapter(0),
        playback.previous_chapter,
    )
    for go in ways:
        playback.jump(12_000)
        playback.jump(2_000)
        go()
        house.listened(1_000)
        assert playback.position() == near(1_000)
    playback.seek_by(-500)
    assert playback.position() == near(500)
    playback.jump(28_000)
    house.listened(1_000)
    assert playback.position() == near(29_000)


def test_a_step_back_ends_behind_the_intro(house: House, episode: EpisodeId) -> None:
    playback = house.services.playback
    playback.open(episode)
    house.listened(1_000)
    playback.seek_by(-15_000)
    assert playback.position() == near(4_000)


def test_who_was_in_the_midst_of_it_goes_on_there(house: House, episode: EpisodeId, tmp_path: Path) -> None:
    playback = house.services.playback
    playback.open(episode, at=0)
    house.listened(2_000)
    house.services.close()
    again = build(tmp_path / "profile")
    again.services.playback.restore()
    assert again.services.playback.position() == near(2_000)
    again.services.close()


def test_a_change_counts_at_once_and_leaves_what_is_heard(house: House, episode: EpisodeId) -> None:
    services = house.services
    podcast = services.library.episode(episode).podcast
    services.rule_book.set(podcast, PodcastRules()).result()
    services.playback.open(episode)
    house.listened(2_000)
    assert services.playback.position() == near(2_000)
    services.rule_book.set(podcast, EDGES).result()
    assert services.playback.state.edges == EDGES.edges
    house.listened(1_000)
    assert services.playback.position() == near(3_000)
    assert services.library.skips([episode]) == {episode: ((0, 4_000), (27_000, 30_000))}


def test_a_skipped_chapter_beside_an_edge(house: House, episode: EpisodeId) -> None:
    services = house.services
    chosen = services.chapters.chosen(episode)
    assert chosen is not None
    services.chapters.set_skipped(episode, chosen.chapters[2:], is_skipped=True).result()
    assert services.library.skips([episode]) == {episode: ((0, 4_000), (20_000, 30_000))}
    services.playback.open(episode, at=0)
    services.playback.leave_skipped(episode)
    assert services.playback.position() == near(0), "the intro is no chapter that is skipped"
    house.listened(19_000)
    house.listened(1_500)
    assert services.playback.state.phase is Phase.ENDED


def test_a_short_episode_is_heard_whole(house: House, episode: EpisodeId) -> None:
    podcast = house.services.library.episode(episode).podcast
    house.services.rule_book.set(podcast, PodcastRules(Edges(10_000, 5_001))).result()
    house.services.playback.open(episode)
    assert house.services.playback.position() == near(0)
    assert house.services.playback.state.skips == ()


def test_an_episode_whose_length_is_known_late_begins_behind_its_intro(house: House, episode: EpisodeId) -> None:
    writer = open_writer(house.services.profile.database)
    writer.execute("UPDATE episode SET measured = NULL, duration = NULL")
    writer.close()
    assert house.services.library.episode(episode).duration is None
    house.services.playback.open(episode)
    house.listened(100)
    assert house.services.playback.position() == near(4_100)


def test_what_follows_in_the_queue_begins_behind_its_intro(
    house: House, episode: EpisodeId, publisher: WebServer
) -> None:
    services = house.services
    second = ids_of(house, add(house, publisher, "One", name="second"))[0]
    services.downloads.start(second)
    assert not services.queue_player.is_starting
    services.playback.open(second, at=28_000)
    services.queue.add(Piece(episode)).result()
    house.listened(2_500)
    assert services.playback.state.episode == episode
    assert services.playback.position() == near(4_500)
    services.queue.add(Piece(second)).result()
    services.playback.jump(26_500)
    house.listened(1_500)
    assert services.playback.state.episode == second
    assert services.library.episode(episode).is_played


def test_a_queued_chapter_is_heard_from_its_start(house: House, episode: EpisodeId) -> None:
    house.services.playback.open(episode, part=Part(0, 10_000))
    house.listened(1_000)
    assert house.services.playback.position() == near(1_000)


def test_an_episode_of_another_podcast_is_not_touched(house: House, episode: EpisodeId, publisher: WebServer) -> None:
    other = ids_of(house, add(house, publisher, "One", name="other"))[0]
    assert set(house.services.library.skips([episode, other])) == {episode}
    house.services.downloads.start(other)
    house.services.playback.open(episode)
    house.services.playback.open(other)
    assert house.services.playback.state.skips == ()
    assert house.services.playback.position() == 0
