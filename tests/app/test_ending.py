"""Where what plays ends, also for a listener who is quicker than the word of it, and after a file was lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from house import NOTES, House, feed
from player.app.playback import Playback
from player.core.errors import FileError
from player.core.model import EpisodeId, EpisodeQuery
from player.core.phrases import Phrase
from player.core.play_queue import Piece
from player.core.session import Loop, Part, Phase
from webserver import Route, WebServer


@pytest.fixture
def episodes(house: House, publisher: WebServer) -> list[EpisodeId]:
    """Two episodes of thirty seconds and three chapters, of ten seconds each, whose audio is here."""
    url = publisher.url("/audio.mp3?2")
    publisher["/audio.mp3?2"] = publisher["/audio.mp3"]
    second = (
        f"<item><title>Second</title><guid>two</guid><description><![CDATA[{NOTES}]]></description>"
        f'<enclosure url="{url}" type="audio/mpeg" length="1"/></item>'
    )
    publisher["/feed.xml"] = Route(feed(publisher, NOTES, more=second), "application/rss+xml")
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    found = house.services.library.episode_ids(EpisodeQuery(podcast=podcast))
    for each in found:
        house.services.downloads.start(each)
    return found


@pytest.fixture
def playback(house: House, episodes: list[EpisodeId]) -> Playback:
    """The first episode plays, and the queue is looked after."""
    assert not house.services.queue_player.is_starting
    house.services.playback.open(episodes[0])
    return house.services.playback


def now(playback: Playback) -> tuple[Phase, int]:
    """What playing does, and where."""
    return playback.state.phase, playback.position()


@pytest.mark.parametrize(
    ("command", "place"),
    [
        (lambda playback: playback.seek_by(-15_000), 15_000),
        (lambda playback: playback.previous_chapter(), 20_000),
        (lambda playback: playback.jump(5_000), 5_000),
    ],
)
def test_after_the_end_one_press_plays_on_wherever_that_is(
    house: House, playback: Playback, command: Callable[[Playback], None], place: int
) -> None:
    house.engine.advance(30_000)
    assert now(playback) == (Phase.ENDED, 30_000)
    command(playback)
    assert now(playback) == (Phase.PAUSED, place)
    playback.toggle()
    house.engine.advance(1_000)
    assert now(playback) == (Phase.PLAYING, place + 1_000)
    playback.toggle()
    assert now(playback) == (Phase.PAUSED, place + 1_000)


# The listener is quicker


@contextmanager
def late_news(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the engine tells meanwhile is heard of afterwards."""
    news: list[Callable[[], None]] = []
    with monkeypatch.context() as patch:
        patch.setattr(house.home, "post", news.append)
        yield
    for call in news:
        call()


@pytest.mark.parametrize(
    ("command", "place", "part"),
    [
        (lambda playback: playback.play_chapter(2), 20_000, None),
        (lambda playback: playback.jump(2_000), 2_000, None),
        (lambda playback: playback.previous_chapter(), 10_000, Part(10_000, 20_000, is_alone=True)),
    ],
)
def test_who_leaves_a_part_at_its_very_end_hears_on(
    house: House,
    playback: Playback,
    episodes: list[EpisodeId],
    monkeypatch: pytest.MonkeyPatch,
    command: Callable[[Playback], None],
    place: int,
    part: Part | None,
) -> None:
    playback.play_only(episodes[0], 1)
    with late_news(house, monkeypatch):
        house.engine.advance(10_000)
        command(playback)
    assert (*now(playback), playback.state.part) == (Phase.PLAYING, place, part)
    house.engine.advance(2_000)
    assert now(playback) == (Phase.PLAYING, place + 2_000)
    assert not house.services.library.episode(episodes[0]).is_played


def test_who_leaves_it_and_pauses_hears_nothing(
    house: House, playback: Playback, episodes: list[EpisodeId], monkeypatch: pytest.MonkeyPatch
) -> None:
    playback.play_only(episodes[0], 1)
    with late_news(house, monkeypatch):
        house.engine.advance(10_000)
        playback.jump(25_000)
        playback.pause()
    house.engine.advance(2_000)
    assert now(playback) == (Phase.PAUSED, 25_000)
    found = house.services.library.episode(episodes[0])
    assert (found.is_played, found.position) == (False, 25_000)


def test_who_calls_sleep_off_as_it_comes_hears_on(
    house: House, playback: Playback, episodes: list[EpisodeId], monkeypatch: pytest.MonkeyPatch
) -> None:
    sleeping = house.services.sleeping
    sleeping.after_chapters()
    with late_news(house, monkeypatch):
        house.engine.advance(10_000)
        sleeping.prolong()
    house.listened(1_000)
    assert now(playback) == (Phase.PLAYING, 11_000)
    with late_news(house, monkeypatch):
        house.engine.advance(9_000)
        sleeping.cancel()
    house.listened(1_000)
    assert now(playback) == (Phase.PLAYING, 21_000)
    assert not house.services.library.episode(episodes[0]).is_played


def test_who_goes_back_at_the_very_end_of_an_episode_hears_on(
    house: House, playback: Playback, episodes: list[EpisodeId], monkeypatch: pytest.MonkeyPatch
) -> None:
    house.services.queue.add(Piece(episodes[1])).result()
    playback.follow_with(None)
    with late_news(house, monkeypatch):
        house.engine.advance(30_000)
        playback.seek_by(-15_000)
    assert (playback.state.episode, *now(playback)) == (episodes[0], Phase.PLAYING, 15_000)
    assert not house.services.library.episode(episodes[0]).is_played
    house.engine.advance(15_000)
    assert house.services.library.episode(episodes[0]).is_played


def test_who_leaves_a_chapter_as_the_next_entry_begins_has_not_heard_the_episode(
    house: House, playback: Playback, episodes: list[EpisodeId], monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = house.services.queue
    queue.add(Piece(episodes[0], 10_000, 20_000, "Export controls")).result()
    queue.add(Piece(episodes[1])).result()
    house.services.queue_player.play(queue.queue.entries[0].id)
    with late_news(house, monkeypatch):
        house.engine.advance(10_000)
        playback.jump(25_000)
    assert playback.state.episode == episodes[1]
    found = house.services.library.episode(episodes[0])
    assert (found.is_played, found.position) == (False, 25_000)


def test_a_place_to_sleep_that_the_engine_hears_of_too_late_is_one(
    house: House, playback: Playback, episodes: list[EpisodeId]
) -> None:
    house.engine.advance(9_000)
    playback.sleep_at(8_990)
    house.engine.advance(100)
    assert now(playback) == (Phase.PAUSED, 9_000)
    found = house.services.library.episode(episodes[0])
    assert (found.is_played, found.position) == (False, 9_000)


# A file that is lost


def fail(house: House) -> None:
    house.engine.fail(FileError("audio.mp3", Phrase("reasons", "there is no such file")))


def fetch_again(house: House) -> None:
    episode = house.services.playback.state.episode
    assert episode is not None
    house.services.downloads.remove(episode)


LOST = pytest.mark.parametrize("lose", [fail, fetch_again])


@LOST
def test_a_part_ends_where_it_did(
    house: House, playback: Playback, episodes: list[EpisodeId], lose: Callable[[House], None]
) -> None:
    playback.play_only(episodes[0], 1)
    house.engine.advance(2_000)
    lose(house)
    playback.play()
    assert now(playback) == (Phase.PLAYING, 12_000)
    house.engine.advance(10_000)
    assert (*now(playback), playback.state.part) == (Phase.PAUSED, 20_000, None)


@LOST
def test_it_sleeps_where_it_was_to(house: House, playback: Playback, lose: Callable[[House], None]) -> None:
    house.services.sleeping.after_chapters()
    house.listened(2_000)
    lose(house)
    playback.play()
    house.listened(10_000)
    assert now(playback) == (Phase.PAUSED, 10_000)
    assert house.services.sleeping.sleep is None


@LOST
def test_a_loop_goes_on(
    house: House, playback: Playback, episodes: list[EpisodeId], lose: Callable[[House], None]
) -> None:
    playback.loop_chapter(episodes[0], 1)
    house.engine.advance(2_000)
    lose(house)
    playback.play()
    house.engine.advance(10_000)
    assert (*now(playback), playback.state.loop) == (Phase.PLAYING, 12_000, Loop(10_000, 20_000))


def test_a_part_of_another_episode_ends_though_it_does_so_at_the_same_place(
    house: House, playback: Playback, episodes: list[EpisodeId]
) -> None:
    for episode in episodes:
        playback.play_only(episode, 1)
    house.engine.advance(11_000)
    assert (playback.state.episode, *now(playback)) == (episodes[1], Phase.PAUSED, 20_000)


def test_what_has_followed_ends_where_it_did(house: House, playback: Playback, episodes: list[EpisodeId]) -> None:
    queue = house.services.queue
    for episode in episodes:
        queue.add(Piece(episode, 10_000, 20_000, "Export controls")).result()
    house.services.queue_player.play(queue.queue.entries[0].id)
    house.engine.advance(12_000)
    assert (playback.state.episode, *now(playback)) == (episodes[1], Phase.PLAYING, 12_000)
    fail(house)
    playback.play()
    house.engine.advance(10_000)
    assert now(playback) == (Phase.PAUSED, 20_000)


def test_what_has_followed_and_is_shorter_than_its_part_ends_with_its_file(
    house: House, playback: Playback, episodes: list[EpisodeId]
) -> None:
    house.services.queue.add(Piece(episodes[1], 20_000, 40_000, "Stargate")).result()
    house.engine.advance(32_000)
    assert (playback.state.episode, *now(playback)) == (episodes[1], Phase.PLAYING, 22_000)
    house.engine.advance(10_000)
    assert now(playback) == (Phase.ENDED, 30_000)


def test_a_chapter_that_follows_in_the_same_episode_keeps_the_history(
    house: House, playback: Playback, episodes: list[EpisodeId]
) -> None:
    queue = house.services.queue
    playback.jump(25_000)
    queue.add(Piece(episodes[0], 0, 10_000, "Introduction")).result()
    house.engine.advance(7_000)
    assert (*now(playback), playback.state.part) == (Phase.PLAYING, 2_000, Part(0, 10_000))
    playback.undo_jump()
    assert playback.position() == 0
    playback.redo_jump()
    assert playback.position() == 2_000
