"""The sleep timer on a clock of its own: it fades, stops where it should, and playing begins a little earlier."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from house import House, build
from house.later import LaterExecutor
from player.app.chapters import store_marks
from player.app.playback import Playback
from player.app.sleeping import Sleeping
from player.core.errors import NotFoundError
from player.core.events import FellAsleep, SleepChanged
from player.core.model import ChapterSource, EpisodeId, EpisodeQuery, Mark
from player.core.play_queue import Piece
from player.core.session import Phase
from player.core.sleep import Sleep, SleepKind
from player.core.sound import Sound
from player.storage.database import open_writer
from webserver import WebServer


@pytest.fixture
def episode(house: House, publisher: WebServer) -> EpisodeId:
    """An episode of three chapters, of ten seconds each, whose audio is here."""
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    found = house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]
    house.services.downloads.start(found)
    return found


@pytest.fixture
def playback(house: House, episode: EpisodeId) -> Playback:
    """It plays."""
    house.services.playback.open(episode)
    return house.services.playback


@pytest.fixture
def sleeping(house: House, playback: Playback) -> Sleeping:
    assert playback.state.is_playing
    return house.services.sleeping


def near(position: int) -> object:
    return pytest.approx(position, abs=150)


def tell_chapters(house: House, episode: EpisodeId, *marks: Mark) -> None:
    """Let the audio tell the chapters."""
    with closing(open_writer(house.services.profile.database)) as connection:
        store_marks(connection, episode, ChapterSource.FILE, marks, 1)
    house.services.chapters.choose_source(episode, ChapterSource.FILE).result()


def follows(house: House) -> bool:
    return house.engine.follower is not None


def phase(playback: Playback) -> Phase:
    return playback.state.phase


def test_after_a_time(house: House, playback: Playback, sleeping: Sleeping) -> None:
    sleeping.after(15_000)
    assert (sleeping.left(), sleeping.ends_at()) == (15_000, house.clock.now + 15_000)
    house.listened(3_000)
    playback.pause()
    house.clock.now += 60_000
    house.home.tick()
    assert sleeping.left() == near(12_000), "a pause takes nothing away"
    playback.play()
    house.clock.now += 3_000_000
    house.home.tick()
    assert sleeping.left() == near(11_000), "nor does a machine that slept"
    assert house.engine.fades == []
    house.listened(2_000)
    assert house.engine.fades == [(0.0, near(10_000))]
    house.listened(9_500)
    assert phase(playback) is Phase.PAUSED
    assert house.engine.fades[1:] == [(1.0, 0)], "as loud as ever, but silent"
    assert (sleeping.sleep, sleeping.left()) == (None, None)
    house.listened(2_000)
    assert phase(playback) is Phase.PAUSED


def test_what_was_heard_fading_is_heard_again_though_not_before_a_chapter(
    house: House, playback: Playback, sleeping: Sleeping
) -> None:
    playback.jump(12_000)
    sleeping.after(5_000)
    house.listened(5_200)
    assert playback.position() == near(17_000)
    playback.play()
    assert playback.position() == near(12_000)
    sleeping.after(9_000)
    house.listened(9_200)
    assert playback.position() == near(21_000)
    playback.play()
    assert playback.position() == 20_000


def test_who_is_awake_calls_it_off_or_prolongs_it(house: House, playback: Playback, sleeping: Sleeping) -> None:
    sleeping.after(5_000)
    house.listened(1_000)
    assert house.engine.fades[-1][0] == 0.0
    sleeping.prolong()
    assert sleeping.left() == near(304_000)
    assert house.engine.fades[-1] == (1.0, 300)
    sleeping.after(5_000)
    house.listened(500)
    sleeping.cancel()
    assert house.engine.fades[-2:] == [(0.0, near(4_900)), (1.0, 300)]
    house.listened(6_000)
    assert playback.state.is_playing
    sleeping.after(5_000)
    house.listened(500)
    playback.pause()
    house.home.tick()
    assert house.engine.fades[-1] == (1.0, 300), "who pauses while it fades hears it as before"


def test_at_the_end_of_a_chapter(house: House, playback: Playback, sleeping: Sleeping, episode: EpisodeId) -> None:
    sleeping.after_chapters()
    assert sleeping.left() == near(10_000)
    house.services.sounds.choose(Sound(2.0))
    assert sleeping.left() == near(5_000)
    house.services.sounds.choose(Sound(1.0))
    house.facts.clear()
    house.listened(12_000)
    assert (phase(playback), playback.position()) == (Phase.PAUSED, 10_000)
    assert house.engine.fades == [(0.0, near(4_000)), (1.0, 0)]
    assert FellAsleep(episode) in house.facts
    assert SleepChanged() in house.facts
    assert playback.state.sleeps_at is None
    house.clock.now += 8 * 3_600_000
    playback.play()
    assert playback.position() == 10_000, "a chapter's start is not crossed"
    house.listened(12_000)
    assert playback.position() == near(22_000), "and it sleeps once"


def test_at_the_end_of_several_of_those_that_are_heard(
    house: House, playback: Playback, sleeping: Sleeping, episode: EpisodeId
) -> None:
    chosen = house.services.chapters.chosen(episode)
    assert chosen is not None
    house.services.chapters.set_skipped(episode, [chosen.chapters[1]], is_skipped=True).result()
    sleeping.after_chapters()
    sleeping.prolong()
    assert sleeping.left() == near(20_000)
    sleeping.after_chapter(0)
    house.listened(12_000)
    assert (phase(playback), playback.position()) == (Phase.PAUSED, 20_000), "what is skipped then is left out"
    with pytest.raises(NotFoundError):
        sleeping.after_chapter(0)


def test_who_jumps_past_it_sleeps_after_what_is_heard_then(
    house: House, playback: Playback, sleeping: Sleeping
) -> None:
    sleeping.after_chapters()
    playback.next_chapter()
    assert playback.state.is_playing
    house.listened(500)
    assert playback.state.sleeps_at == 20_000
    playback.seek_by(9_800)
    assert playback.state.is_playing
    house.listened(200)
    assert sleeping.left() == near(9_500)
    house.listened(10_000)
    assert phase(playback) is Phase.ENDED


def test_who_opens_another_episode_sleeps_after_what_is_heard_there(
    house: House, playback: Playback, sleeping: Sleeping, audio: Path, tmp_path: Path
) -> None:
    files = audio, Path(shutil.copy(audio, tmp_path / "bare.mp3"))
    other, bare = (house.services.subscriptions.add_file(path).result() for path in files)
    tell_chapters(house, other, Mark(0, "A"), Mark(12_000, "B"))
    playback.jump(25_000)
    sleeping.after_chapters()
    assert sleeping.sleep == Sleep(SleepKind.CHAPTER, title="Stargate")
    playback.open(other)
    house.listened(200)
    assert sleeping.sleep == Sleep(SleepKind.CHAPTER, place=12_000, title="A")
    sleeping.after_chapter(1)
    playback.open(bare)
    house.listened(200)
    assert sleeping.sleep == Sleep(SleepKind.EPISODE), "where there is no chapter"


def test_between_two_chapters_it_sleeps_after_the_next_one(
    house: House, playback: Playback, sleeping: Sleeping, episode: EpisodeId
) -> None:
    tell_chapters(house, episode, Mark(0, "A", end=8_000), Mark(12_000, "B", end=20_000), Mark(20_000, "C"))
    playback.jump(9_000)
    sleeping.after_chapters()
    assert playback.state.sleeps_at == 20_000
    sleeping.cancel()
    playback.jump(1_000)
    sleeping.after_chapters()
    assert playback.state.sleeps_at == 8_000
    sleeping.prolong()
    assert playback.state.sleeps_at == 20_000, "one chapter more"
    sleeping.after_chapters()
    playback.jump(9_000)
    house.listened(200)
    assert playback.state.sleeps_at == 20_000, "who jumps past the place into the gap"
    house.listened(12_000)
    assert (phase(playback), playback.position()) == (Phase.PAUSED, 20_000)
    found = house.services.library.episode(episode)
    assert (found.is_played, found.position) == (False, 20_000)


def test_at_the_end_of_the_episode_nothing_follows(
    house: House, playback: Playback, sleeping: Sleeping, episode: EpisodeId
) -> None:
    assert not house.services.queue_player.is_starting
    house.services.queue.add(Piece(episode, 10_000, 20_000, "Export controls")).result()
    assert follows(house)
    sleeping.after_episode()
    assert not follows(house)
    house.listened(31_000)
    assert phase(playback) is Phase.ENDED
    assert len(house.services.queue.queue.entries) == 1
    assert house.engine.fades == [(0.0, near(4_000)), (1.0, 0)]
    assert sleeping.sleep is None
    found = house.services.library.episode(episode)
    assert (found.is_played, found.position) == (True, 0)


def test_a_part_of_the_queue_is_an_end_too(
    house: House, playback: Playback, sleeping: Sleeping, episode: EpisodeId
) -> None:
    queue = house.services.queue
    assert not house.services.queue_player.is_starting
    for start in (0, 10_000):
        queue.add(Piece(episode, start, start + 10_000, str(start))).result()
    house.services.queue_player.play(queue.queue.entries[0].id)
    sleeping.after_episode()
    house.listened(11_000)
    assert (phase(playback), playback.position(), playback.state.part) == (Phase.PAUSED, 10_000, None)
    assert len(queue.queue.entries) == 1


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("1", 60_000),
        ("10s", 10_000),
        ("chapter", 10_000),
        ("chapter:2", 20_000),
        ("episode", 30_000),
        ("Export", 20_000),
    ],
)
def test_as_the_command_line_says(playback: Playback, sleeping: Sleeping, words: str, left: int) -> None:
    assert playback.state.is_playing
    sleeping.obey(words)
    assert sleeping.left() == near(left)
    sleeping.obey("off")
    assert sleeping.sleep is None


@pytest.mark.parametrize("words", ["", "chapter:0", "chapter:x", "Nothing"])
def test_nonsense_changes_nothing(sleeping: Sleeping, words: str) -> None:
    sleeping.after(60_000)
    with pytest.raises(NotFoundError):
        sleeping.obey(words)
    assert sleeping.left() == 60_000


@pytest.mark.parametrize(("pause", "begins"), [(50_000, 9_000), (70_000, 6_000), (3_700_000, 0)])
def test_after_a_pause_it_begins_a_little_earlier(house: House, playback: Playback, pause: int, begins: int) -> None:
    house.listened(9_000)
    playback.pause()
    house.clock.now += pause
    playback.play()
    assert playback.position() == near(begins)


def test_who_goes_somewhere_after_a_pause_begins_there_though_that_is_not_written_yet(
    house: House, playback: Playback, episode: EpisodeId, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.listened(9_000)
    playback.pause()
    house.clock.now += 3_700_000
    writing = LaterExecutor()
    with monkeypatch.context() as patch:
        patch.setattr(house.services._writer, "_executor", writing)
        playback.open(episode, at=25_000)
    assert playback.position() == 25_000
    while writing.kept:
        writing.run()


def test_nobody_must(house: House, playback: Playback) -> None:
    house.services.settings.change(rewinds=False)
    house.listened(9_000)
    playback.pause()
    house.clock.now += 3_700_000
    playback.play()
    assert playback.position() == near(9_000)


def test_a_restart_forgets_the_timer_and_remembers_the_pause(
    house: House, playback: Playback, sleeping: Sleeping, episode: EpisodeId
) -> None:
    house.listened(15_000)
    sleeping.after(60_000)
    house.services.close()
    again = build(house.services.profile.folder)
    again.clock.now = house.clock.now + 70_000
    again.services.playback.restore()
    assert again.services.playback.position() == near(15_000)
    assert again.services.sleeping.sleep is None
    again.services.playback.play()
    assert again.services.playback.position() == near(12_000)
    again.services.close()
