"""Playing: opening, jumping by chapter, the history, and the place that survives."""

from __future__ import annotations

from pathlib import Path

import pytest

from house import House, build
from player.app.playback import Playback
from player.core.errors import NotFoundError
from player.core.events import PlaybackChanged, PositionChanged
from player.core.model import EpisodeId, EpisodeQuery
from player.core.session import Phase
from player.core.sound import Sound
from webserver import Route, WebServer

STARTS = (0, 10_000, 20_000)


def is_phase(playback: Playback, phase: Phase) -> bool:
    """Whether playing does this now. A function, because a type checker takes an attribute for what it was before."""
    return playback.state.phase is phase


@pytest.fixture
def episode(house: House, publisher: WebServer) -> EpisodeId:
    """An episode of thirty seconds and three chapters, not downloaded yet."""
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    return house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]


@pytest.fixture
def playing(house: House, episode: EpisodeId) -> House:
    """The episode, downloaded and playing from its beginning."""
    house.services.downloads.start(episode)
    house.services.playback.open(episode)
    house.listened(100)
    assert is_phase(house.services.playback, Phase.PLAYING)
    return house


def test_an_episode_that_is_not_here_is_downloaded_and_then_plays(house: House, episode: EpisodeId) -> None:
    house.services.playback.open(episode, at=20_000)
    house.listened(500)
    assert is_phase(house.services.playback, Phase.PLAYING)
    assert house.services.playback.position() == pytest.approx(20_500, abs=150)
    phases = [fact.state.phase for fact in house.facts if isinstance(fact, PlaybackChanged)]
    assert phases.index(Phase.WAITING) < phases.index(Phase.PLAYING)


def test_a_download_that_fails_is_told_and_can_be_tried_again(
    house: House, episode: EpisodeId, publisher: WebServer
) -> None:
    route = publisher["/audio.mp3"]
    publisher["/audio.mp3"] = Route(b"<html>No</html>", "text/html")
    house.services.playback.open(episode)
    assert is_phase(house.services.playback, Phase.FAILED)
    assert house.services.playback.state.problem is not None
    publisher["/audio.mp3"] = route
    house.services.playback.play()
    house.listened(200)
    assert is_phase(house.services.playback, Phase.PLAYING)


def test_chapters_are_walked(playing: House) -> None:
    playback = playing.services.playback
    for start in STARTS[1:]:
        playback.next_chapter()
        assert playback.position() == start
    playback.next_chapter()
    assert playback.position() == STARTS[2]
    playing.listened(5_000)
    playback.previous_chapter()
    assert playback.position() == STARTS[2]
    playback.previous_chapter()
    assert playback.position() == STARTS[1]


def test_a_chapter_is_played_also_when_it_was_paused(playing: House) -> None:
    playback = playing.services.playback
    playback.pause()
    playing.listened(100)
    assert is_phase(playback, Phase.PAUSED)
    playback.play_chapter(2)
    playing.listened(1_000)
    assert is_phase(playback, Phase.PLAYING)
    assert playback.position() == pytest.approx(21_000, abs=150)
    assert playback.current_chapter() == 2


def test_jumps_are_undone_and_redone(playing: House) -> None:
    playback = playing.services.playback
    playing.listened(2_000)
    left = playback.position()
    playback.jump(25_000)
    playing.listened(1_000)
    playback.undo_jump()
    assert playback.position() == left
    playback.redo_jump()
    assert playback.position() == pytest.approx(26_000, abs=150)
    playback.redo_jump()
    assert playback.state.history.forward == ()


def test_small_steps_stay_inside_and_out_of_the_history(playing: House) -> None:
    playback = playing.services.playback
    playback.seek_by(-15_000)
    assert playback.position() == 0
    playback.seek_by(90_000)
    assert playback.position() == playback.state.duration
    assert playback.state.history.back == ()


def test_the_end_is_reached_once_and_marks_the_episode(playing: House, episode: EpisodeId) -> None:
    playback = playing.services.playback
    playback.jump(29_000)
    playing.listened(3_000)
    assert is_phase(playback, Phase.ENDED)
    found = playing.services.library.episode(episode)
    assert found.is_played
    assert found.position == 0
    playback.play()
    playing.listened(1_000)
    assert is_phase(playback, Phase.PLAYING)
    assert playback.position() == pytest.approx(1_000, abs=150)


def test_speed_volume_and_mute_survive(playing: House, tmp_path: Path) -> None:
    playback = playing.services.playback
    playing.services.sounds.choose(Sound(1.4))
    playing.services.sounds.change_speed(0.25)
    playing.services.sounds.change_speed(-0.25)
    playback.set_volume(0.5)
    playback.toggle_mute()
    before = playback.position()
    playing.listened(1_000)
    assert playback.position() - before == pytest.approx(1_400, abs=200)
    playing.services.close()
    again = build(tmp_path / "profile")
    state = again.services.playback.state
    assert (state.sound, state.volume, state.is_muted) == (Sound(1.4), 0.5, True)
    again.services.close()
    playing.services = build(tmp_path / "other").services


def test_the_place_survives_a_restart(playing: House, tmp_path: Path, episode: EpisodeId) -> None:
    playing.services.playback.jump(17_000)
    playing.listened(1_000)
    left = playing.services.playback.position()
    playing.services.close()
    again = build(tmp_path / "profile")
    again.services.playback.restore()
    again.listened(100)
    playback = again.services.playback
    assert playback.state.episode == episode
    assert is_phase(playback, Phase.PAUSED)
    assert playback.position() == left
    playback.play()
    again.listened(1_000)
    assert playback.position() == pytest.approx(left + 1_000, abs=150)
    again.services.close()
    playing.services = build(tmp_path / "other").services


def test_a_kill_costs_at_most_five_seconds(playing: House, episode: EpisodeId) -> None:
    playing.services.playback.jump(1_000)
    for _ in range(10):
        playing.listened(2_000)
        stored = playing.services.library.episode(episode).position
        assert playing.services.playback.position() - stored <= 5_000


def test_taking_the_file_away_stops_and_keeps_the_place(playing: House, episode: EpisodeId) -> None:
    playing.services.playback.jump(17_000)
    playing.services.downloads.remove(episode)
    playback = playing.services.playback
    assert is_phase(playback, Phase.CLOSED)
    assert playback.position() == 17_000
    playback.play()
    playing.listened(500)
    assert is_phase(playback, Phase.PLAYING)
    assert playback.position() >= 17_000


def test_a_pasted_outline_shows_at_once(playing: House, episode: EpisodeId) -> None:
    playing.services.chapters.paste_outline(episode, "0:00 Mine\n0:12 My own\n0:24 Own again").result()
    playback = playing.services.playback
    assert [chapter.title for chapter in playback.state.chapters] == ["Mine", "My own", "Own again"]
    assert playback.state.chapters[-1].end == playback.state.duration
    playback.play_chapter(1)
    assert playback.position() == 12_000
    playing.services.chapters.clear_pasted(episode).result()
    assert playback.state.chapters[1].title == "Export controls"


def test_positions_are_told_while_playing_and_not_while_paused(playing: House) -> None:
    playing.facts.clear()
    playing.listened(1_000)
    told = [fact.position for fact in playing.facts if isinstance(fact, PositionChanged)]
    assert len(told) == 10
    assert told == sorted(told)
    playing.services.playback.pause()
    playing.listened(100)
    playing.facts.clear()
    playing.listened(1_000)
    assert not [fact for fact in playing.facts if isinstance(fact, PositionChanged)]


def test_another_episode_keeps_the_place_of_the_first(playing: House, episode: EpisodeId, audio: Path) -> None:
    playing.services.playback.jump(5_000)
    playing.listened(1_000)
    other = playing.services.subscriptions.add_file(audio).result()
    playing.services.playback.open(other)
    playing.listened(500)
    assert playing.services.library.episode(episode).position == pytest.approx(6_000, abs=150)
    playing.services.playback.open(episode)
    playing.listened(100)
    assert playing.services.playback.position() == pytest.approx(6_000, abs=250)


def test_a_chapter_of_another_episode_opens_it_there(house: House, episode: EpisodeId) -> None:
    house.services.playback.play_chapter_of(episode, 1)
    house.listened(500)
    assert house.services.playback.position() == pytest.approx(10_500, abs=150)


def test_an_episode_that_is_gone_is_no_place_to_come_back_to(house: House, episode: EpisodeId, tmp_path: Path) -> None:
    house.services.playback.open(episode)
    podcast = house.services.library.episode(episode).podcast
    house.services.subscriptions.remove(podcast).result()
    house.services.close()
    again = build(tmp_path / "profile")
    again.services.playback.restore()
    assert is_phase(again.services.playback, Phase.EMPTY)
    with pytest.raises(NotFoundError):
        again.services.playback.open(episode)
    again.services.close()
    house.services = build(tmp_path / "other").services
