"""Downloads that need not be kept: announced, then removed unless that is called off."""

from __future__ import annotations

from pathlib import Path

import pytest

from house import House
from newsroom import publish
from player.app.keeping import Removal
from player.core.auto_download import AutoDownload
from player.core.events import RemovalPlanned
from player.core.keeping import Keep, KeepKind
from player.core.model import DownloadState, EpisodeId, EpisodeQuery, PodcastId
from player.core.play_queue import Piece
from player.core.podcast_rules import PodcastRules
from webserver import WebServer

DAY = 86_400_000
NEWEST = Keep(KeepKind.NEWEST, 1)


@pytest.fixture
def podcast(house: House, publisher: WebServer) -> PodcastId:
    """A podcast of which three episodes are downloaded."""
    podcast = house.services.subscriptions.add(publish(publisher, "One", "Two", "Three")).result()
    for episode in ids_of(house, podcast):
        house.services.downloads.start(episode)
    house.services.keeping.start()
    house.facts.clear()
    return podcast


def ids_of(house: House, podcast: PodcastId) -> list[EpisodeId]:
    return house.services.library.episode_ids(EpisodeQuery(podcast=podcast))


def set_keep(house: House, podcast: PodcastId, keep: Keep, download: int | None = 0) -> None:
    house.services.rule_book.set(podcast, PodcastRules(auto_download=AutoDownload(download), keep=keep)).result()


def titles(house: House) -> list[str]:
    """The episodes whose download is here, newest first; their files are, too, and no others."""
    library = house.services.library
    found = library.episodes(library.episode_ids(EpisodeQuery()))
    here = [each for each in found if each.download.state is DownloadState.COMPLETE]
    files = {str(path) for path in house.services.profile.downloads.rglob("*") if path.is_file()}
    assert files == {each.download.path for each in here}
    return [each.title for each in here]


def planned(house: House) -> list[RemovalPlanned]:
    return [fact for fact in house.facts if isinstance(fact, RemovalPlanned)]


def pass_grace(house: House) -> None:
    """The time goes by in which facts are gathered, then that in which a removal can be called off."""
    house.home.tick()
    house.home.tick()


def test_a_rule_says_what_it_would_remove(house: House, podcast: PodcastId, audio: Path) -> None:
    three, two, one = ids_of(house, podcast)
    keeping = house.services.keeping
    assert keeping.would_remove(podcast, NEWEST) == Removal((two, one), 2 * audio.stat().st_size)
    assert keeping.would_remove(podcast, Keep()) == Removal((), 0)
    house.services.playback.open(three)
    assert keeping.would_remove(podcast, Keep(KeepKind.PLAYED, 0)).ids == ()
    assert titles(house) == ["Three", "Two", "One"], "to ask changes nothing"


def test_removal_is_announced_and_comes_a_little_later(house: House, podcast: PodcastId, audio: Path) -> None:
    _, two, one = ids_of(house, podcast)
    set_keep(house, podcast, NEWEST)
    house.home.tick()
    assert planned(house) == [RemovalPlanned((two, one), 2 * audio.stat().st_size)]
    assert titles(house) == ["Three", "Two", "One"]
    house.home.tick()
    assert titles(house) == ["Three"]
    pass_grace(house)
    assert len(planned(house)) == 1


def test_what_is_called_off_is_kept_from_then_on(house: House, podcast: PodcastId) -> None:
    _, two, one = ids_of(house, podcast)
    set_keep(house, podcast, NEWEST)
    house.home.tick()
    house.services.keeping.undo((one,))
    house.services.keeping.undo((two, one))
    for _ in range(4):
        pass_grace(house)
    assert titles(house) == ["Three", "Two", "One"]
    assert house.services.keeping.is_wanted(one)
    house.services.keeping.want([one], is_wanted=False).result()
    pass_grace(house)
    assert titles(house) == ["Three", "Two"]


def test_what_is_queued_or_opened_meanwhile_stays(house: House, podcast: PodcastId) -> None:
    _, two, one = ids_of(house, podcast)
    set_keep(house, podcast, NEWEST)
    house.home.tick()
    house.services.queue.add(Piece(one)).result()
    house.services.playback.open(two)
    house.home.tick()
    assert titles(house) == ["Three", "Two", "One"]


def test_played_ones_go_after_some_days(house: House, podcast: PodcastId) -> None:
    _, two, one = ids_of(house, podcast)
    set_keep(house, podcast, Keep(KeepKind.PLAYED, 7))
    house.services.library.mark_played([one], played=True, now=house.clock.now).result()
    house.clock.now += 6 * DAY
    pass_grace(house)
    assert planned(house) == []
    house.clock.now += DAY
    house.services.library.mark_played([two], played=True, now=house.clock.now).result()
    pass_grace(house)
    assert titles(house) == ["Three", "Two"]


def test_what_was_played_to_its_end_goes_when_it_is_no_longer_open(house: House, podcast: PodcastId) -> None:
    three, two, _ = ids_of(house, podcast)
    set_keep(house, podcast, Keep(KeepKind.PLAYED, 0))
    house.services.playback.open(three, at=29_000)
    house.listened(2_000)
    assert titles(house) == ["Three", "Two", "One"]
    house.services.playback.open(two)
    pass_grace(house)
    assert titles(house) == ["Two", "One"]


def test_the_listener_may_fetch_what_the_rule_would_remove(house: House, podcast: PodcastId) -> None:
    one = ids_of(house, podcast)[-1]
    set_keep(house, podcast, NEWEST)
    pass_grace(house)
    assert titles(house) == ["Three"]
    house.services.downloads.start(one)
    assert house.services.keeping.is_wanted(one)
    pass_grace(house)
    assert titles(house) == ["Three", "One"]


def test_new_episodes_take_the_place_of_old_ones(house: House, publisher: WebServer, podcast: PodcastId) -> None:
    set_keep(house, podcast, Keep(KeepKind.NEWEST, 2), None)
    pass_grace(house)
    assert titles(house) == ["Three", "Two"]
    publish(publisher, "One", "Two", "Three", "Four", "Five", "Six")
    house.services.refreshing.refresh([podcast])
    pass_grace(house)
    assert titles(house) == ["Six", "Five"], "also those that came by themselves"


def test_nothing_goes_after_the_end(house: House, podcast: PodcastId) -> None:
    set_keep(house, podcast, NEWEST)
    house.home.tick()
    house.services.keeping.close()
    house.home.tick()
    assert titles(house) == ["Three", "Two", "One"]


def test_own_files_are_never_touched(house: House, audio: Path, podcast: PodcastId) -> None:
    episode = house.services.subscriptions.add_file(audio).result()
    shelf = house.services.library.episode(episode).podcast
    house.services.library.mark_played([episode], played=True, now=1).result()
    assert house.services.keeping.would_remove(shelf, Keep(KeepKind.PLAYED, 0)).ids == ()
    assert podcast != shelf


def test_the_total_of_all_is_a_rule_and_the_first_asked_for_go_first(
    house: House, podcast: PodcastId, audio: Path
) -> None:
    three, two, _ = ids_of(house, podcast)
    house.services.library.mark_played([two], played=True, now=house.clock.now).result()
    house.services.settings.change(downloads_most_gb=audio.stat().st_size * 1.5 / 1e9)
    pass_grace(house)
    assert [fact.ids for fact in planned(house)] == [(two, three)], "what was played, then what was asked for first"
    assert titles(house) == ["One"]


def test_a_clean_up_leaves_what_was_queued_meanwhile_and_is_undone(house: House, podcast: PodcastId) -> None:
    _, two, one = ids_of(house, podcast)
    keeping = house.services.keeping
    keeping.clean((two, one))
    assert planned(house)[-1] == RemovalPlanned((two, one), planned(house)[-1].size, is_by_rule=False)
    assert keeping.is_going(two)
    keeping.undo((two, one))
    pass_grace(house)
    assert titles(house) == ["Three", "Two", "One"]
    assert not keeping.is_wanted(two), "an undo is no wish to keep it for good"
    keeping.clean((two, one))
    house.services.queue.add(Piece(one)).result()
    pass_grace(house)
    assert titles(house) == ["Three", "One"]
    keeping.remove(one)
    pass_grace(house)
    assert titles(house) == ["Three"], "the listener pointed at it"


def test_what_is_on_its_way_is_stopped_until_it_goes_and_goes_on_when_that_is_undone(
    house: House, publisher: WebServer, podcast: PodcastId
) -> None:
    publish(publisher, "One", "Two", "Three", "Four")
    house.services.refreshing.refresh([podcast])
    four = ids_of(house, podcast)[0]
    house.services.downloads.hold(is_held=True)
    house.services.downloads.start(four)
    house.services.keeping.remove(four)
    assert house.services.library.download(four).state is DownloadState.PAUSED
    house.services.keeping.undo_of(four)
    assert house.services.library.download(four).state is DownloadState.WAITING
    house.services.keeping.remove(four)
    pass_grace(house)
    assert house.services.library.download(four).state is DownloadState.NONE
