"""The queue played: one entry after the other, chapters to their stop, what cannot be played passed over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from house import NOTES, House, build, feed
from player.app.play_queue import QueueService
from player.app.playback import Playback
from player.app.queue_playing import QueuePlayer
from player.core.errors import DownloadError, EmptyQueueError, FileError, SkippedError, SoundDeviceError
from player.core.events import FollowedOn, PlaybackChanged, ProblemReported, QueueChanged
from player.core.model import DownloadState, EpisodeId, EpisodeQuery
from player.core.play_queue import Piece, QueueEntryId, piece_of_chapter
from player.core.session import Part, Phase
from webserver import Route, WebServer


@pytest.fixture
def episodes(house: House, publisher: WebServer) -> list[EpisodeId]:
    """Four episodes of thirty seconds and three chapters, none of them downloaded; the last has no audio at all."""
    more = "".join(
        f"<item><title>{title}</title><guid>{title}</guid><description><![CDATA[{NOTES}]]></description>{audio}</item>"
        for title, audio in (
            ("Second", f'<enclosure url="{publisher.url("/audio.mp3?2")}" type="audio/mpeg" length="1"/>'),
            ("Third", f'<enclosure url="{publisher.url("/audio.mp3?3")}" type="audio/mpeg" length="1"/>'),
            ("Words", ""),
        )
    )
    for query in ("2", "3"):
        publisher[f"/audio.mp3?{query}"] = publisher["/audio.mp3"]
    publisher["/feed.xml"] = Route(feed(publisher, NOTES, more=more), "application/rss+xml")
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    assert isinstance(house.services.queue_player, QueuePlayer)
    return house.services.library.episode_ids(EpisodeQuery(podcast=podcast))


class Player:
    """The services that these tests look at."""

    def __init__(self, house: House) -> None:
        self._house = house

    @property
    def queue(self) -> QueueService:
        return self._house.services.queue

    @property
    def player(self) -> QueuePlayer:
        return self._house.services.queue_player

    @property
    def playback(self) -> Playback:
        return self._house.services.playback

    @property
    def queued(self) -> list[EpisodeId]:
        """The episodes in the queue."""
        return [each.episode for each in self.queue.queue.entries]

    @property
    def now(self) -> tuple[EpisodeId | None, Phase]:
        """What plays, and how."""
        return self.playback.state.episode, self.playback.state.phase

    def chapter(self, episode: EpisodeId, index: int) -> Piece:
        chosen = self._house.services.chapters.chosen(episode)
        assert chosen is not None
        return piece_of_chapter(episode, chosen.chapters, index)

    def state_of(self, episode: EpisodeId) -> DownloadState:
        return self._house.services.library.download(episode).state


@pytest.fixture
def it(house: House) -> Player:
    return Player(house)


def test_the_next_entry_plays_when_an_episode_ends(house: House, it: Player, episodes: list[EpisodeId]) -> None:
    first, second, third, _ = episodes
    it.queue.add(Piece(third))
    it.queue.add_next(Piece(second))
    it.playback.open(first)
    house.listened(30_100)
    assert it.now == (second, Phase.PLAYING)
    assert it.queued == [third]
    house.listened(30_100)
    assert it.now == (third, Phase.PLAYING)
    house.listened(30_100)
    assert it.now == (third, Phase.ENDED), "after the queue's end playing stops"
    house.listened(1_000)
    assert it.playback.state.phase is Phase.ENDED
    assert all(house.services.library.episode(each).is_played for each in (first, second, third))
    it.queue.add(Piece(first))
    house.services.sounds.change_speed(0.05)
    assert it.now == (third, Phase.ENDED), "what is queued later waits for the listener"


def test_a_chapter_ends_at_its_stop_and_the_next_entry_plays(
    house: House, it: Player, episodes: list[EpisodeId]
) -> None:
    first, second, _, _ = episodes
    for piece in (it.chapter(first, 1), it.chapter(second, 0), it.chapter(second, 2)):
        it.queue.add(piece)
    it.player.next()
    house.listened(5_000)
    assert it.playback.state.part == Part(10_000, 20_000)
    assert it.playback.position() == pytest.approx(15_000, abs=150)
    house.listened(5_000)
    assert it.now == (second, Phase.PLAYING)
    assert it.playback.position() < 500
    house.listened(10_100)
    assert it.playback.position() == pytest.approx(20_000, abs=250), "another chapter of the same file"
    assert it.queued == []
    house.listened(10_000)
    assert it.now == (second, Phase.ENDED)
    assert house.services.library.episode(first).position == pytest.approx(20_000, abs=150)
    assert not house.services.library.episode(first).is_played
    assert [fact.id for fact in house.facts if isinstance(fact, FollowedOn)] == [second, second], "without a gap"


def test_the_last_chapter_stops_at_its_end_and_can_be_played_on(
    house: House, it: Player, episodes: list[EpisodeId]
) -> None:
    it.queue.add(it.chapter(episodes[0], 0))
    it.player.next()
    house.listened(11_000)
    assert it.now == (episodes[0], Phase.PAUSED)
    assert it.playback.position() == pytest.approx(10_000, abs=150)
    it.playback.play()
    house.listened(1_000)
    assert it.playback.state.is_playing
    assert it.playback.position() == pytest.approx(11_000, abs=250)


@pytest.mark.parametrize(
    "leave",
    [
        lambda playback: playback.next_chapter(),
        lambda playback: playback.jump(2_000),
        lambda playback: playback.play_chapter(0),
    ],
)
def test_who_jumps_out_of_a_chapter_hears_the_episode(
    house: House, it: Player, episodes: list[EpisodeId], leave: Callable[[Playback], None]
) -> None:
    it.queue.add(it.chapter(episodes[0], 1))
    it.queue.add(Piece(episodes[1]))
    it.player.next()
    house.listened(1_000)
    leave(it.playback)
    assert it.playback.state.part is None
    it.playback.undo_jump()
    house.listened(9_500)
    assert it.now == (episodes[0], Phase.PLAYING), "and not only up to the end of the chapter"
    assert it.queued == [episodes[1]]


def test_jumps_inside_a_chapter_stay_in_it(house: House, it: Player, episodes: list[EpisodeId]) -> None:
    it.queue.add(it.chapter(episodes[0], 1))
    it.queue.add(Piece(episodes[1]))
    it.player.next()
    house.listened(5_000)
    it.playback.previous_chapter()
    assert it.playback.position() == 10_000
    house.listened(1_000)
    it.playback.seek_by(-15_000)
    assert it.playback.position() == 0
    it.playback.seek_by(15_000)
    assert it.now == (episodes[0], Phase.PLAYING)
    it.playback.seek_by(30_000)
    house.listened(100)
    assert it.now == (episodes[1], Phase.PLAYING), "a step over its end is its end"


def test_a_step_over_the_end_while_paused_waits(house: House, it: Player, episodes: list[EpisodeId]) -> None:
    it.queue.add(it.chapter(episodes[0], 0))
    it.queue.add(Piece(episodes[1]))
    it.player.next()
    it.playback.pause()
    it.playback.seek_by(15_000)
    house.listened(300)
    assert it.now == (episodes[0], Phase.PAUSED)
    it.playback.play()
    house.listened(200)
    assert it.now == (episodes[1], Phase.PLAYING)


def test_an_entry_started_by_hand_leaves_the_queue(house: House, it: Player, episodes: list[EpisodeId]) -> None:
    first, second, third, _ = episodes
    for each in (first, second, third):
        it.queue.add(Piece(each))
    it.player.play(it.queue.queue.entries[1].id)
    assert it.queued == [first, third]
    it.playback.open(third)
    assert it.queued == [first], "also when it was started elsewhere"
    it.player.play(QueueEntryId(99))
    assert it.now == (third, Phase.PLAYING)


def test_a_chapter_that_plays_leaves_its_episode_in_the_queue(
    house: House, it: Player, episodes: list[EpisodeId]
) -> None:
    it.queue.add(it.chapter(episodes[0], 1))
    it.queue.add(Piece(episodes[0]))
    it.player.next()
    house.listened(1_000)
    assert it.queued == [episodes[0]]


def test_a_chapter_alone_leaves_its_episode_in_the_queue(house: House, it: Player, episodes: list[EpisodeId]) -> None:
    first, second, *_ = episodes
    it.queue.add(Piece(first))
    it.queue.add(Piece(second))
    it.playback.play_only(first, 1)
    house.listened(11_000)
    assert it.now == (first, Phase.PAUSED)
    assert it.queued == [first, second]
    it.playback.play()
    assert it.queued == [second], "who plays on hears the episode"
    it.playback.play_only(second, 0)
    house.listened(1_000)
    assert it.queued == [second]
    it.playback.jump(15_000)
    assert it.queued == [], "so does who jumps out of the chapter"
    it.queue.add(Piece(first))
    it.playback.open(first)
    assert it.queued == []


def test_a_queued_chapter_that_goes_on_after_a_restart_leaves_its_episode_in_the_queue(
    house: House, it: Player, episodes: list[EpisodeId], tmp_path: Path
) -> None:
    it.queue.add(it.chapter(episodes[0], 1))
    it.queue.add(Piece(episodes[0]))
    it.player.next()
    house.listened(4_000)
    house.services.close()
    again = build(tmp_path / "profile")
    later = Player(again)
    assert isinstance(again.services.queue_player, QueuePlayer)
    later.playback.restore()
    later.playback.play()
    again.listened(1_000)
    assert later.now == (episodes[0], Phase.PLAYING)
    assert later.queued == [episodes[0]]
    again.services.close()
    house.services = build(tmp_path / "other").services


def test_the_whole_episode_is_chosen_while_a_chapter_of_it_plays(
    house: House, it: Player, episodes: list[EpisodeId]
) -> None:
    first, second, *_ = episodes
    it.queue.add(Piece(first))
    it.queue.add(Piece(second))
    it.playback.play_only(first, 1)
    it.playback.loop_chapter(first, 1)
    house.listened(1_000)
    it.player.play(it.queue.queue.entries[0].id)
    assert (it.playback.state.part, it.playback.state.loop, it.queued) == (None, None, [second])
    house.listened(10_000)
    assert it.now == (first, Phase.PLAYING)
    assert it.playback.position() == pytest.approx(21_000, abs=250), "it went on where it was"
    house.listened(10_000)
    assert it.now == (second, Phase.PLAYING)


def test_the_whole_episode_is_chosen_while_it_plays(house: House, it: Player, episodes: list[EpisodeId]) -> None:
    first, second, *_ = episodes
    it.playback.open(first)
    house.listened(5_000)
    it.queue.add(Piece(first))
    it.queue.add(Piece(second))
    it.player.play(it.queue.queue.entries[0].id)
    assert (it.queued, it.player.is_starting) == ([second], False)
    assert it.playback.position() == pytest.approx(5_000, abs=150)
    assert house.engine.follower is not None, "the next one follows without a gap"


def test_an_episode_that_is_being_opened_is_chosen(house: House, it: Player, episodes: list[EpisodeId]) -> None:
    first = episodes[0]
    house.services.downloads.start(first)
    house.engine.is_holding = True
    it.playback.open(first)
    it.queue.add(Piece(first))
    it.player.play(it.queue.queue.entries[0].id)
    assert (it.queued, it.player.is_starting) == ([first], True), "it is not heard yet"
    house.engine.is_holding = False
    house.engine.release()
    assert (it.queued, it.player.is_starting) == ([], False)


def test_the_next_one_is_fetched_in_advance_while_something_plays(
    house: House, it: Player, episodes: list[EpisodeId]
) -> None:
    first, second, third, _ = episodes
    it.queue.add(Piece(second))
    it.queue.add(Piece(third))
    assert it.state_of(second) is DownloadState.NONE, "nothing plays yet"
    it.playback.open(first)
    assert [it.state_of(each) for each in (second, third)] == [DownloadState.COMPLETE, DownloadState.NONE]
    it.queue.move(it.queue.queue.entries[1].id, 0)
    assert it.state_of(third) is DownloadState.COMPLETE


def test_what_cannot_be_played_is_passed_over_and_stays_marked(
    house: House, it: Player, episodes: list[EpisodeId], publisher: WebServer
) -> None:
    first, second, third, words = episodes
    sound = publisher["/audio.mp3?2"]
    publisher["/audio.mp3?2"] = Route(b"", status=404)
    for each in (words, second, third):
        it.queue.add(Piece(each))
    it.playback.open(first)
    house.facts.clear()
    house.listened(30_100)
    assert it.now == (third, Phase.PLAYING)
    assert it.queued == [words, second]
    marked = [each.problem for each in it.queue.queue.entries]
    assert isinstance(marked[0], DownloadError)
    assert marked[1] is not None
    told = [fact.error for fact in house.facts if isinstance(fact, ProblemReported)]
    assert [each.title for each in told if isinstance(each, SkippedError)] == ["Words", "Second"]
    with pytest.raises(EmptyQueueError):
        it.player.next()
    publisher["/audio.mp3?2"] = sound
    house.services.downloads.start(second)
    assert it.queue.queue.entries[1].problem is None, "its audio came"
    it.player.next()
    assert it.now == (second, Phase.PLAYING)


def test_a_damaged_file_is_passed_over(house: House, it: Player, episodes: list[EpisodeId]) -> None:
    house.services.downloads.start(episodes[0])
    path = house.services.library.download(episodes[0]).path
    house.engine.files[Path(str(path))] = FileError(str(path), "it cannot be read")
    house.engine.files.get = dict.get.__get__(house.engine.files)  # type: ignore[method-assign]
    house.services.downloads.start(episodes[1])
    other = Path(str(house.services.library.download(episodes[1]).path))
    house.engine.files[other] = 30_000
    it.queue.add(Piece(episodes[0]))
    it.queue.add(Piece(episodes[1]))
    it.player.next()
    assert it.now == (episodes[1], Phase.PLAYING)
    assert it.queued == [episodes[0]]
    it.player.play(it.queue.queue.entries[0].id)
    assert it.now == (episodes[0], Phase.FAILED), "chosen by hand, it says why and nothing else plays"
    assert it.queue.queue.entries[0].problem is not None
    house.engine.files[Path(str(path))] = 30_000
    it.player.play(it.queue.queue.entries[0].id)
    assert it.now == (episodes[0], Phase.PLAYING)
    assert it.queued == []


def test_without_a_sound_device_the_queue_stays_as_it_is(house: House, it: Player, episodes: list[EpisodeId]) -> None:
    for each in episodes[:2]:
        house.services.downloads.start(each)
        it.queue.add(Piece(each))
    house.engine.is_holding = True
    it.player.next()
    house.engine.is_holding = False
    path = Path(str(house.services.library.download(episodes[0]).path))
    house.engine.files = {path: SoundDeviceError("there is none")}
    house.engine.release()
    assert it.now == (episodes[0], Phase.FAILED)
    assert it.queued == episodes[:2]
    assert it.queue.upcoming() == it.queue.queue.entries[0]


def test_next_leaves_what_waits_for_its_audio(house: House, it: Player, episodes: list[EpisodeId]) -> None:
    for each in episodes[:2]:
        house.services.downloads.start(each)
        it.queue.add(Piece(each))
    house.engine.is_holding = True
    it.player.next()
    assert it.now == (episodes[0], Phase.LOADING)
    house.engine.is_holding = False
    it.player.next()
    assert it.now == (episodes[1], Phase.PLAYING)
    assert it.queued == [episodes[0]]


def test_the_listener_who_opens_something_else_meanwhile_is_not_overruled(
    house: House, it: Player, episodes: list[EpisodeId]
) -> None:
    for each in episodes[:3]:
        house.services.downloads.start(each)
    it.queue.add(Piece(episodes[0]))
    house.engine.is_holding = True
    it.player.next()
    house.engine.is_holding = False
    it.playback.open(episodes[2])
    assert it.now == (episodes[2], Phase.PLAYING)
    assert it.queued == [episodes[0]]


def test_changes_are_undone_by_number(house: House, it: Player, episodes: list[EpisodeId]) -> None:
    for each in episodes[:3]:
        it.queue.add(Piece(each))
    it.queue.clear()
    cleared = it.queue.queue.change
    assert it.queued == []
    it.queue.add(Piece(episodes[3]))
    it.queue.undo(cleared)
    assert it.queued == [episodes[3]], "that was not the last change"
    it.queue.undo()
    assert it.queued == []
    house.facts.clear()
    it.queue.undo()
    it.queue.remove([QueueEntryId(99)])
    assert not [fact for fact in house.facts if isinstance(fact, QueueChanged)]


def test_a_restart_keeps_the_queue_and_the_chapter_that_plays(
    house: House, it: Player, episodes: list[EpisodeId], tmp_path: Path
) -> None:
    first, second, third, _ = episodes
    for piece in (it.chapter(first, 1), Piece(third), it.chapter(second, 0)):
        it.queue.add(piece)
    it.queue.move(it.queue.queue.entries[2].id, 0)
    it.player.play(it.queue.queue.entries[1].id)
    house.listened(4_000)
    house.services.close()
    again = build(tmp_path / "profile")
    again.services.playback.restore()
    assert isinstance(again.services.queue_player, QueuePlayer)
    later = Player(again)
    assert later.queued == [second, third]
    assert later.queue.queue.entries == it.queue.queue.entries
    assert later.now == (first, Phase.PAUSED)
    assert later.playback.state.part == Part(10_000, 20_000)
    later.playback.play()
    again.listened(6_200)
    assert later.now == (second, Phase.PLAYING)
    again.services.close()
    house.services = build(tmp_path / "other").services


def test_entries_of_a_podcast_that_goes_are_gone(house: House, it: Player, episodes: list[EpisodeId]) -> None:
    audio = house.services.library.episode(episodes[0])
    it.queue.add(Piece(episodes[0]))
    it.queue.add(it.chapter(episodes[1], 1))
    it.queue.clear()
    it.queue.undo()
    house.services.subscriptions.remove(audio.podcast).result()
    assert it.queued == []
    it.queue.undo()
    assert it.queued == []


def test_an_entry_follows_its_chapter_to_another_place(house: House, it: Player, episodes: list[EpisodeId]) -> None:
    it.queue.add(it.chapter(episodes[0], 1))
    chapters = house.services.chapters
    chapters.paste_outline(episodes[0], "0:00 Introduction\n0:12 Export controls\n0:24 Stargate").result()
    (entry,) = it.queue.queue.entries
    assert (entry.start, entry.stop) == (12_000, 24_000)
    chapters.paste_outline(episodes[0], "0:00 Other\n0:15 Words").result()
    assert it.queue.queue.entries == (entry,), "as it was heard, where its title is gone"


def test_playback_is_told_once_for_each_step(house: House, it: Player, episodes: list[EpisodeId]) -> None:
    it.queue.add(Piece(episodes[1]))
    it.playback.open(episodes[0])
    house.facts.clear()
    house.listened(30_100)
    phases = [(fact.state.episode, fact.state.phase) for fact in house.facts if isinstance(fact, PlaybackChanged)]
    assert phases.count((episodes[1], Phase.PLAYING)) == 1
