"""Chapters that are skipped: kept whatever is read, told, taken back, and left out in playing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection

import pytest

from house import NOTES, House, build, feed
from player.app.chapters import store_marks
from player.app.playback import Playback
from player.core.errors import NotFoundError
from player.core.events import ChaptersChanged, EpisodesChanged
from player.core.model import Chapter, ChapterSource, EpisodeId, EpisodeQuery, Mark
from player.core.play_queue import Piece
from player.core.session import Part, Phase
from player.core.skips import SkipMark
from player.storage.database import open_writer
from webserver import Route, WebServer

NESTED = (Mark(0, "One"), Mark(10_000, "Part", level=1), Mark(12_000, "Other part", level=1), Mark(20_000, "Two"))


@pytest.fixture
def episode(house: House, publisher: WebServer) -> EpisodeId:
    """An episode whose notes have an outline of three chapters, of ten seconds each."""
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    return house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]


def chapters_at(house: House, episode: EpisodeId, *indices: int) -> list[Chapter]:
    chosen = house.services.chapters.chosen(episode)
    assert chosen is not None
    return [chosen.chapters[index] for index in indices]


def skip(house: House, episode: EpisodeId, *indices: int, is_skipped: bool = True) -> tuple[SkipMark, ...]:
    chapters = house.services.chapters
    return chapters.set_skipped(episode, chapters_at(house, episode, *indices), is_skipped=is_skipped).result()


def skipped(house: House, episode: EpisodeId) -> set[int]:
    return set(house.services.chapters.view(episode).skipped)


def write(house: House, episode: EpisodeId, source: ChapterSource, *marks: Mark) -> None:
    connection: Connection = open_writer(house.services.profile.database)
    store_marks(connection, episode, source, marks, 1)
    connection.close()


def test_chapters_are_skipped_and_heard_again(house: House, episode: EpisodeId) -> None:
    house.facts.clear()
    assert skip(house, episode, 0, 2) == ()
    assert {ChaptersChanged((episode,)), EpisodesChanged((episode,))} <= set(house.facts)
    view = house.services.chapters.view(episode)
    assert (set(view.skipped), view.is_edited, view.can_undo) == ({0, 2}, False, False)
    assert view.skips == ((0, 10_000),), "how long the last one is, its audio will tell"
    before = skip(house, episode, 2, is_skipped=False)
    assert skipped(house, episode) == {0}
    house.facts.clear()
    house.services.chapters.restore_skips(episode, before).result()
    assert skipped(house, episode) == {0, 2}
    assert ChaptersChanged((episode,)) in house.facts


def test_marks_survive_notes_that_are_read_again_and_lists_that_are_edited(
    house: House, episode: EpisodeId, publisher: WebServer
) -> None:
    chapters = house.services.chapters
    skip(house, episode, 1)
    notes = "(0:00) – Introduction<br/>(0:02) – News<br/>(0:12) – Export controls<br/>(0:20) – The gate"
    publisher["/feed.xml"] = Route(feed(publisher, notes), "application/rss+xml", etag='"2"')
    house.services.refreshing.refresh([house.services.library.episode(episode).podcast])
    assert skipped(house, episode) == {2}
    renamed, first = chapters_at(house, episode, 2, 0)
    chapters.rename(episode, renamed, "Exports").result()
    chapters.merge_with_next(episode, first).result()
    assert [each.title for each in chapters_at(house, episode, *skipped(house, episode))] == ["Exports"]
    chapters.set_anchor(episode, chapters_at(house, episode, 1)[0], 15_000).result()
    assert chapters.view(episode).skips == ((15_000, 23_000),)
    chapters.delete(episode, chapters_at(house, episode, 1)[0]).result()
    assert skipped(house, episode) == set()
    chapters.undo(episode).result()
    assert skipped(house, episode) == {1}


def test_marks_count_in_another_list_and_come_back_with_theirs(house: House, episode: EpisodeId) -> None:
    skip(house, episode, 1)
    write(house, episode, ChapterSource.FILE, Mark(0, "Start"), Mark(10_400, "Export Controls"), Mark(20_000, "End"))
    house.services.chapters.choose_source(episode, ChapterSource.FILE).result()
    assert skipped(house, episode) == {1}
    skip(house, episode, 1, is_skipped=False)
    skip(house, episode, 2)
    house.services.chapters.choose_source(episode, ChapterSource.OUTLINE).result()
    assert skipped(house, episode) == set()
    house.services.chapters.choose_source(episode, ChapterSource.FILE).result()
    assert skipped(house, episode) == {2}


def test_a_part_of_what_is_skipped_is_heard(house: House, episode: EpisodeId) -> None:
    write(house, episode, ChapterSource.LISTENER, *NESTED)
    skip(house, episode, 0)
    assert skipped(house, episode) == {0, 1, 2}
    assert house.services.chapters.view(episode).skips == ((0, 20_000),)
    skip(house, episode, 2, is_skipped=False)
    assert skipped(house, episode) == {1}


def test_a_chapter_that_is_gone_is_not_marked(house: House, episode: EpisodeId) -> None:
    gone = Chapter(5_000, 10_000, "Gone")
    with pytest.raises(NotFoundError):
        house.services.chapters.set_skipped(episode, [*chapters_at(house, episode, 0), gone], is_skipped=True).result()
    assert skipped(house, episode) == set()


# Playing


@pytest.fixture
def playback(house: House, episode: EpisodeId) -> Playback:
    """What plays the episode, once that is downloaded."""
    house.services.downloads.start(episode)
    return house.services.playback


def is_phase(playback: Playback, phase: Phase) -> bool:
    """Whether playing does this now. A function, because a type checker takes an attribute for what it was before."""
    return playback.state.phase is phase


def near(position: int) -> object:
    return pytest.approx(position, abs=150)


def test_a_chapter_is_left_out_and_heard_again(house: House, episode: EpisodeId, playback: Playback) -> None:
    skip(house, episode, 1)
    playback.open(episode, at=9_000)
    house.listened(2_000)
    assert playback.position() == near(21_000)
    playback.jump(9_000)
    skip(house, episode, 1, is_skipped=False)
    house.listened(2_000)
    assert playback.position() == near(11_000)
    skip(house, episode, 1)
    house.listened(1_000)
    assert playback.position() == near(12_000), "what is heard is heard to its end"
    playback.jump(9_000)
    house.listened(2_000)
    assert playback.position() == near(21_000)


def test_an_episode_begins_behind_a_skipped_introduction(
    house: House, episode: EpisodeId, playback: Playback, tmp_path: Path
) -> None:
    skip(house, episode, 0)
    playback.open(episode, play=False)
    assert playback.position() == 10_000
    playback.seek_by(-15_000)
    assert playback.position() == 10_000
    playback.play_chapter(0)
    house.listened(2_000)
    assert playback.position() == near(2_000)
    assert playback.state.left_at(2_000) == 28_000, "the chapter that is heard counts"
    house.services.close()
    again = build(tmp_path / "profile")
    again.services.playback.restore()
    assert again.services.playback.position() == near(2_000), "who was in the midst of it goes on there"
    again.services.close()


def test_commands_go_past_skipped_chapters(house: House, episode: EpisodeId, playback: Playback) -> None:
    playback.open(episode)
    skip(house, episode, 1)
    playback.next_chapter()
    assert playback.position() == 20_000
    playback.previous_chapter()
    assert playback.position() == 0
    playback.seek_by(12_000)
    assert playback.position() == 22_000
    playback.seek_by(-4_000)
    assert playback.position() == 8_000
    playback.play_chapter(1)
    house.listened(5_000)
    playback.previous_chapter()
    assert playback.position() == 10_000, "what is heard though it is skipped counts"
    skip(house, episode, 2)
    playback.next_chapter()
    assert playback.position() == 10_000


def test_what_is_left_counts_what_is_heard(house: House, episode: EpisodeId, playback: Playback) -> None:
    playback.open(episode)
    house.listened(100)
    skip(house, episode, 1, 2)
    state = playback.state
    assert state.left_at(4_000) == 6_000
    assert state.left_at(12_000) == 8_000, "of what is skipped, what is heard counts"
    assert replace(state, duration=None).left_at(4_000) is None


def test_an_episode_is_played_when_the_rest_of_it_is_skipped(
    house: House, episode: EpisodeId, playback: Playback
) -> None:
    skip(house, episode, 1, 2)
    playback.open(episode, at=9_000)
    house.listened(1_500)
    assert is_phase(playback, Phase.ENDED)
    found = house.services.library.episode(episode)
    assert (found.is_played, found.position) == (True, 0)
    skip(house, episode, 0)
    skip(house, episode, 1, is_skipped=False)
    playback.play()
    house.listened(1_000)
    assert playback.position() == near(11_000), "from the start means from what is heard first"


def test_what_follows_in_the_queue_has_its_own(
    house: House, episode: EpisodeId, publisher: WebServer, playback: Playback
) -> None:
    publisher["/second.xml"] = Route(feed(publisher, NOTES), "application/rss+xml")
    podcast = house.services.subscriptions.add(publisher.url("/second.xml")).result()
    second = house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]
    house.services.downloads.start(second)
    assert not house.services.queue_player.is_starting
    playback.open(episode, at=29_000)
    house.listened(100)
    house.services.queue.add(Piece(second)).result()
    skip(house, second, 0, 2)
    assert house.services.library.skips([episode, second]) == {second: ((0, 10_000), (20_000, 30_000))}
    follower = house.engine.follower
    assert follower is not None
    assert (follower.at, follower.skips) == (10_000, ((0, 10_000), (20_000, 30_000)))
    house.listened(2_400)
    assert playback.state.episode == second
    assert playback.position() == near(11_500)
    assert playback.state.skipped == {0, 2}
    house.listened(9_000)
    assert is_phase(playback, Phase.ENDED)


def test_a_skipped_chapter_of_the_queue_is_heard(house: House, episode: EpisodeId, playback: Playback) -> None:
    skip(house, episode, 1)
    playback.open(episode, part=Part(10_000, 20_000))
    house.listened(2_000)
    assert playback.position() == near(12_000)
    playback.leave_skipped(EpisodeId(episode + 1))
    assert playback.position() == near(12_000), "that is another episode"
    house.listened(9_000)
    assert is_phase(playback, Phase.PAUSED)
    assert playback.position() == near(20_000)
