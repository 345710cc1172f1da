"""What is heard is known to the second, and chapters are played alone and again and again."""

from __future__ import annotations

from pathlib import Path

import pytest

from house import House, build
from player.app.playback import Playback
from player.core.events import EpisodesChanged, HeardChanged, StopReached
from player.core.heard import NOTHING, WHOLE, Heard
from player.core.model import EpisodeId, EpisodeQuery
from player.core.play_queue import Piece
from player.core.ranges import Ranges
from player.core.session import JumpHistory, Loop, Part, Phase
from player.core.sound import Sound
from player.storage import heard as stored
from webserver import Route, WebServer

ALL, PARTLY, NOT = Heard.ALL, Heard.PARTLY, Heard.NOT


@pytest.fixture
def episode(house: House, publisher: WebServer) -> EpisodeId:
    """An episode of thirty seconds and three chapters of ten, downloaded."""
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    found = house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]
    house.services.downloads.start(found)
    return found


@pytest.fixture
def playback(house: House, episode: EpisodeId) -> Playback:
    house.services.playback.open(episode)
    return house.services.playback


def marks(house: House, episode: EpisodeId) -> tuple[Heard, ...]:
    chosen = house.services.chapters.chosen(episode)
    assert chosen is not None
    return house.services.heard.marks(episode, chosen.chapters)


def spans(house: House, episode: EpisodeId) -> list[tuple[object, object]]:
    found = house.services.heard.of(episode).spans
    return [(pytest.approx(start, abs=150), pytest.approx(stop, abs=150)) for start, stop in found]


def has_follower(house: House) -> bool:
    """Likewise."""
    return house.engine.follower is not None


def near(position: int) -> object:
    return pytest.approx(position, abs=250)


def skip(house: House, episode: EpisodeId, *indices: int) -> None:
    chosen = house.services.chapters.chosen(episode)
    assert chosen is not None
    chapters = [chosen.chapters[index] for index in indices]
    house.services.chapters.set_skipped(episode, chapters, is_skipped=True).result()


def loop(playback: Playback) -> Loop | None:
    """The loop now. A function, see `is_phase`."""
    return playback.state.loop


def is_played(house: House, episode: EpisodeId) -> bool:
    """Likewise."""
    return house.services.library.episode(episode).is_played


def is_phase(playback: Playback, phase: Phase) -> bool:
    """Whether playing does this now. A function, because a type checker takes an attribute for what it was before."""
    return playback.state.phase is phase


# What is heard


def test_jumps_pauses_skips_and_scrubbing_are_not_heard(house: House, episode: EpisodeId, playback: Playback) -> None:
    skip(house, episode, 1)
    house.services.sounds.choose(Sound(2.0))
    house.listened(2_000)
    playback.pause()
    house.listened(1_000)
    playback.play()
    house.listened(4_000)
    assert spans(house, episode) == [(0, 10_000), (20_000, 22_000)]
    playback.scrub(26_000)
    playback.end_scrub(None)
    playback.jump(15_000)
    house.listened(1_000)
    assert spans(house, episode) == [(0, 10_000), (15_000, 17_000), (20_000, 22_000)]
    assert marks(house, episode) == (ALL, NOT, NOT)
    house.listened(3_500)
    assert marks(house, episode) == (ALL, PARTLY, PARTLY)


def test_the_end_leaves_what_was_jumped_over_unheard(house: House, episode: EpisodeId, playback: Playback) -> None:
    house.listened(10_000)
    playback.jump(20_000)
    house.listened(11_000)
    assert is_phase(playback, Phase.ENDED)
    assert is_played(house, episode)
    assert marks(house, episode) == (ALL, NOT, ALL)
    house.services.library.mark_played([episode], played=False, now=1).result()
    assert marks(house, episode) == (NOT, NOT, NOT)


def test_it_survives_a_kill_up_to_five_seconds(house: House, episode: EpisodeId, playback: Playback) -> None:
    playback.jump(3_000)
    for second in range(4, 20):
        house.listened(1_000)
        kept = stored.kept_heard(house.services._reader, [episode]).get(episode, Ranges(((3_000, 3_000),)))
        assert second * 1000 - kept.spans[-1][1] <= 5_000
    assert kept.spans == ((3_000, house.services.library.episode(episode).position),)


def test_views_are_told(house: House, episode: EpisodeId) -> None:
    house.services.playback.open(episode)
    house.facts.clear()
    house.listened(9_000)
    assert 2 <= house.facts.count(HeardChanged((episode,))) <= 4


def test_what_follows_and_what_was_before_are_told_apart(house: House, episode: EpisodeId, audio: Path) -> None:
    other = house.services.subscriptions.add_file(audio).result()
    house.services.queue.add(Piece(other, 5_000, 8_000, "A part"))
    assert house.services.queue_player is not None
    house.services.playback.open(episode, at=28_000)
    house.listened(4_000)
    assert spans(house, episode) == [(28_000, 30_000)]
    house.listened(2_000)
    assert spans(house, other) == [(5_000, 8_000)]


# What the listener says


def test_the_listener_says_what_was_heard(house: House, episode: EpisodeId, playback: Playback) -> None:
    house.listened(6_000)
    chapters = playback.state.chapters
    before = house.services.heard.mark(episode, chapters[:1], is_heard=False).result()
    assert marks(house, episode) == (NOT, NOT, NOT)
    house.services.heard.restore(before).result()
    assert marks(house, episode) == (PARTLY, NOT, NOT)
    house.services.heard.mark(episode, chapters[1:], is_heard=True).result()
    assert not is_played(house, episode)
    house.facts.clear()
    last = house.services.heard.mark(episode, chapters[:1], is_heard=True).result()
    assert is_played(house, episode)
    assert EpisodesChanged((episode,)) in house.facts
    house.services.heard.restore(last).result()
    assert not is_played(house, episode)
    assert marks(house, episode) == (PARTLY, ALL, ALL)


@pytest.mark.parametrize(("chapter", "is_heard"), [(2, True), (0, True), (0, False)])
@pytest.mark.parametrize("meanwhile", [500, 6_000])
def test_taking_it_back_keeps_what_is_heard_meanwhile(
    house: House, episode: EpisodeId, playback: Playback, chapter: int, is_heard: bool, meanwhile: int
) -> None:
    house.listened(6_500)
    before = house.services.heard.mark(episode, playback.state.chapters[chapter:][:1], is_heard=is_heard).result()
    house.listened(meanwhile)
    house.services.heard.restore(before).result()
    assert spans(house, episode) == [(0, 6_500 + meanwhile)]
    house.listened(2_000)
    playback.pause()
    assert spans(house, episode) == [(0, 8_500 + meanwhile)]
    assert house.services.heard.of(episode) == stored.heard(house.services._reader, episode)


def test_taking_it_back_keeps_that_the_episode_was_played_meanwhile(
    house: House, episode: EpisodeId, playback: Playback
) -> None:
    playback.jump(25_000)
    before = house.services.heard.mark(episode, playback.state.chapters[:1], is_heard=True).result()
    house.listened(6_000)
    assert is_played(house, episode)
    house.services.heard.restore(before).result()
    assert is_played(house, episode)
    assert spans(house, episode) == [(25_000, 30_000)]


def test_only_what_was_heard_since_the_last_mark_comes_back_with_it(
    house: House, episode: EpisodeId, playback: Playback
) -> None:
    house.services.heard.mark(episode, playback.state.chapters[2:], is_heard=True).result()
    house.listened(5_000)
    house.services.heard.mark(episode, playback.state.chapters[:1], is_heard=False).result()
    before = house.services.heard.mark(episode, playback.state.chapters[1:2], is_heard=True).result()
    house.listened(1_000)
    house.services.heard.restore(before).result()
    assert spans(house, episode) == [(5_000, 6_000), (20_000, 30_000)]


def test_a_chapter_of_a_played_episode_is_not_heard(house: House, episode: EpisodeId) -> None:
    house.services.library.mark_played([episode], played=True, now=1).result()
    chosen = house.services.chapters.chosen(episode)
    assert chosen is not None
    assert house.services.heard.of(episode) == WHOLE
    before = house.services.heard.mark(episode, chosen.chapters[1:2], is_heard=False).result()
    assert marks(house, episode) == (ALL, NOT, ALL)
    assert not is_played(house, episode)
    house.services.heard.restore(before).result()
    assert house.services.heard.of(episode) == WHOLE
    assert is_played(house, episode)


def test_an_episode_without_chapters_has_no_marks(house: House, audio: Path) -> None:
    other = house.services.subscriptions.add_file(audio).result()
    assert house.services.heard.marks(other, ()) == ()
    assert house.services.heard.of(other) == NOTHING


# One chapter alone


def test_a_chapter_is_played_alone_whatever_is_queued(house: House, episode: EpisodeId, audio: Path) -> None:
    playback = house.services.playback
    other = house.services.subscriptions.add_file(audio).result()
    house.services.queue.add(Piece(other))
    assert house.services.queue_player is not None
    playback.open(episode)
    house.listened(1_000)
    assert has_follower(house)
    playback.play_only(episode, 1)
    house.listened(500)
    assert not has_follower(house)
    assert playback.position() == pytest.approx(10_500, abs=150)
    house.listened(11_000)
    assert is_phase(playback, Phase.PAUSED)
    assert (playback.position(), playback.state.part, playback.state.episode) == (20_000, None, episode)
    assert not any(isinstance(fact, StopReached) for fact in house.facts)
    playback.play()
    house.listened(500)
    assert has_follower(house)
    playback.play_only(episode, 2)
    house.listened(11_000)
    assert is_phase(playback, Phase.ENDED)
    assert playback.state.episode == episode
    playback.play_only(episode, 7)
    assert is_phase(playback, Phase.ENDED)


def test_the_last_chapter_alone_is_not_the_episode(house: House, episode: EpisodeId, playback: Playback) -> None:
    playback.play_only(episode, 2)
    house.listened(11_000)
    assert is_phase(playback, Phase.ENDED)
    assert (is_played(house, episode), house.services.library.episode(episode).position) == (False, 0)
    # Once the others are heard or skipped, nothing of it is left.
    skip(house, episode, 1)
    playback.play_only(episode, 0)
    house.listened(11_000)
    playback.play_only(episode, 2)
    house.listened(11_000)
    assert is_played(house, episode)


def test_a_queued_last_chapter_is_not_the_episode(house: House, episode: EpisodeId, audio: Path) -> None:
    other = house.services.subscriptions.add_file(audio).result()
    house.services.queue.add(Piece(episode, 20_000, 30_000, "Stargate"))
    house.services.queue.add(Piece(other))
    assert house.services.queue_player is not None
    house.services.playback.open(episode)
    house.listened(10_000)
    house.services.queue_player.next()
    house.listened(11_000)
    assert house.services.playback.state.episode == other
    assert marks(house, episode) == (ALL, NOT, ALL)
    found = house.services.library.episode(episode)
    assert (found.is_played, found.position) == (False, 10_000), "it goes on with what was not heard"


def test_a_jump_out_of_the_chapter_plays_on(house: House, episode: EpisodeId, playback: Playback) -> None:
    playback.play_only(episode, 0)
    playback.jump(15_000)
    house.listened(6_000)
    assert playback.position() == pytest.approx(21_000, abs=150)


def test_a_chapter_alone_ends_though_it_was_looped(house: House, episode: EpisodeId, playback: Playback) -> None:
    playback.loop_chapter(episode, 1)
    house.listened(2_000)
    playback.play_only(episode, 1)
    assert loop(playback) is None
    house.listened(11_000)
    assert is_phase(playback, Phase.PAUSED)
    assert playback.position() == 20_000


# Again and again


def test_a_chapter_is_played_again_and_again(house: House, episode: EpisodeId, playback: Playback) -> None:
    house.listened(2_000)
    playback.loop_chapter(episode, 0)
    assert playback.position() == pytest.approx(2_000, abs=150), "who is in it stays where they are"
    house.listened(10_000)
    assert playback.position() == pytest.approx(2_000, abs=250)
    playback.loop_chapter(episode, 2)
    house.listened(11_000)
    assert playback.position() == pytest.approx(21_000, abs=250), "the last one ends with the file"
    playback.loop_chapter(episode, 2)
    assert loop(playback) is None
    house.listened(10_000)
    assert is_phase(playback, Phase.ENDED)


def test_a_loop_from_one_place_to_another(house: House, playback: Playback) -> None:
    house.listened(3_000)
    playback.loop_here()
    assert loop(playback) == Loop(playback.position())
    house.listened(2_000)
    playback.loop_here()
    begin = playback.position()
    assert begin == pytest.approx(3_000, abs=150)
    house.listened(3_000)
    assert playback.position() == pytest.approx(4_000, abs=250)
    playback.loop_here()
    assert loop(playback) is None
    house.listened(2_000)
    assert playback.position() == pytest.approx(6_000, abs=250)
    playback.loop_here()
    playback.jump(1_000)
    playback.loop_here()
    found = loop(playback)
    assert found is not None
    assert (found.start, found.stop or 0) == (1_000, near(6_000)), "the ends may come in any order"


@pytest.mark.parametrize("leave", ["jump", "step", "next"])
def test_a_jump_out_of_a_loop_ends_it(house: House, episode: EpisodeId, playback: Playback, leave: str) -> None:
    playback.loop_chapter(episode, 1)
    playback.jump(12_000)
    assert playback.state.loop == Loop(10_000, 20_000)
    match leave:
        case "jump":
            playback.jump(22_000)
        case "step":
            playback.seek_by(12_000)
        case _:
            playback.next_chapter()
    assert loop(playback) is None
    assert house.engine.loop is None
    house.listened(1_000)
    assert playback.position() > 20_000


def test_a_loop_waits_for_the_file(house: House, episode: EpisodeId) -> None:
    house.engine.is_holding = True
    house.services.playback.open(episode, at=10_000)
    house.services.playback.loop_chapter(episode, 1)
    house.engine.is_holding = False
    house.engine.release()
    house.listened(11_000)
    assert house.services.playback.position() == pytest.approx(11_000, abs=250)


# What survives a restart


def test_jumps_and_the_part_survive_a_restart(
    house: House, episode: EpisodeId, playback: Playback, tmp_path: Path
) -> None:
    playback.play_only(episode, 1)
    playback.jump(15_000)
    playback.jump(18_000)
    playback.undo_jump()
    history = playback.state.history
    assert (len(history.back), history.forward) == (2, (18_000,))
    house.services.close()
    again = build(tmp_path / "profile")
    again.services.playback.restore()
    state = again.services.playback.state
    assert state.history == history
    assert state.part == Part(10_000, 20_000, is_alone=True)
    again.services.playback.redo_jump()
    assert again.services.playback.position() == 18_000
    again.services.close()
    house.services = build(tmp_path / "other").services


@pytest.mark.parametrize(("left_at", "place"), [(25_000, 10_000), (2_000, 10_000), (13_000, 13_000), (20_000, 20_000)])
def test_a_part_that_had_not_begun_begins_at_its_start(
    house: House, episode: EpisodeId, publisher: WebServer, tmp_path: Path, left_at: int, place: int
) -> None:
    house.services.listening.store_position(episode, left_at)
    house.services.downloads.remove(episode)
    route, publisher["/audio.mp3"] = publisher["/audio.mp3"], Route(b"", status=404)
    house.services.playback.play_only(episode, 1)
    assert is_phase(house.services.playback, Phase.FAILED)
    publisher["/audio.mp3"] = route
    house.services.close()
    again = build(tmp_path / "profile")
    again.services.playback.restore()
    assert again.services.playback.state.part == Part(10_000, 20_000, is_alone=True)
    assert again.services.playback.position() == near(place)
    again.services.playback.play()
    again.listened(1_000)
    assert again.services.playback.position() == near(min(20_000, place + 1_000))
    again.services.close()
    house.services = build(tmp_path / "other").services


@pytest.mark.parametrize("kept", ['{"episode": 1, "back": 5}', '{"episode": 1, "back": ["x"]}', '{"part": [1]}'])
def test_nonsense_in_the_session_is_passed_over(house: House, kept: str) -> None:
    house.services._writer.submit(lambda c: c.execute("INSERT INTO session VALUES ('playback', ?)", (kept,))).result()
    assert house.services.listening.remembered().history == JumpHistory()
