"""Editing and moving the chapters that are shown; what is read again takes nothing of it along."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import Connection

import pytest

from house import House, build, feed
from player.app.chapters import store_marks
from player.core.errors import NotFoundError
from player.core.events import ChaptersChanged, EpisodesChanged
from player.core.model import Chapter, ChapterSource, EpisodeId, EpisodeQuery, FoundKind, Mark
from player.storage.database import open_writer
from player.storage.episodes import set_duration
from player.storage.search_index import bring_all_up_to_date
from webserver import Route, WebServer

OUTLINE = [(0, "Introduction"), (10_000, "Export controls"), (20_000, "Stargate")]


@pytest.fixture
def episode(house: House, publisher: WebServer) -> EpisodeId:
    """An episode whose notes have an outline of three chapters."""
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    return house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]


def shown(house: House, episode: EpisodeId) -> list[tuple[int, str]]:
    chosen = house.services.chapters.chosen(episode)
    return [(chapter.start, chapter.title) for chapter in chosen.chapters] if chosen else []


def chapter(house: House, episode: EpisodeId, index: int) -> Chapter:
    chosen = house.services.chapters.chosen(episode)
    assert chosen is not None
    return chosen.chapters[index]


def write(house: House, episode: EpisodeId, source: ChapterSource, *marks: tuple[int, str]) -> None:
    connection: Connection = open_writer(house.services.profile.database)
    store_marks(connection, episode, source, [Mark(*mark) for mark in marks], 1)
    bring_all_up_to_date(connection)
    connection.close()


def refresh(house: House, publisher: WebServer, episode: EpisodeId, notes: str) -> None:
    publisher["/feed.xml"] = Route(feed(publisher, notes), "application/rss+xml", etag=f'"{len(notes)}"')
    house.services.refreshing.refresh([house.services.library.episode(episode).podcast])


def test_each_edit_shows_counts_and_is_told(house: House, episode: EpisodeId) -> None:
    chapters = house.services.chapters
    house.facts.clear()
    chapters.add(episode, 5_000, "New").result()
    assert {ChaptersChanged((episode,)), EpisodesChanged((episode,))} <= set(house.facts)
    chapters.rename(episode, chapter(house, episode, 2), "Exports").result()
    chapters.move(episode, chapter(house, episode, 2), 10_100).result()
    chapters.split(episode, chapter(house, episode, 3), 25_000, "More").result()
    assert shown(house, episode) == [
        (0, "Introduction"),
        (5_000, "New"),
        (10_100, "Exports"),
        (20_000, "Stargate"),
        (25_000, "More"),
    ]
    assert house.services.library.episode(episode).chapter_count == 5
    chapters.merge_with_next(episode, chapter(house, episode, 1)).result()
    chapters.delete(episode, chapter(house, episode, 3)).result()
    assert shown(house, episode) == [(0, "Introduction"), (5_000, "New"), (20_000, "Stargate")]
    view = chapters.view(episode)
    assert view.is_edited
    assert view.reason == "From the show notes, changed by you (3)."


def test_undo_redo_and_revert(house: House, episode: EpisodeId) -> None:
    chapters = house.services.chapters
    chapters.add(episode, 5_000, "New").result()
    chapters.rename(episode, chapter(house, episode, 1), "Newer").result()
    assert (chapters.view(episode).can_undo, chapters.view(episode).can_redo) == (True, False)
    chapters.undo(episode).result()
    assert chapter(house, episode, 1).title == "New"
    chapters.redo(episode).result()
    assert chapter(house, episode, 1).title == "Newer"
    chapters.revert(episode).result()
    assert shown(house, episode) == OUTLINE
    view = chapters.view(episode)
    assert (view.is_edited, view.can_undo, view.can_redo) == (False, False, True)
    chapters.redo(episode).result()
    assert chapter(house, episode, 1).title == "New"


def test_edits_survive_notes_that_are_read_again_and_even_lose_their_outline(
    house: House, episode: EpisodeId, publisher: WebServer
) -> None:
    house.services.chapters.rename(episode, chapter(house, episode, 1), "Exports").result()
    house.services.chapters.add(episode, 25_000, "Mine").result()
    refresh(house, publisher, episode, "(0:00) – Introduction<br/>(0:12) – Export controls<br/>(0:20) – The gate")
    expected = [(0, "Introduction"), (12_000, "Exports"), (20_000, "The gate"), (25_000, "Mine")]
    assert shown(house, episode) == expected
    refresh(house, publisher, episode, "No outline any more.")
    assert shown(house, episode) == expected


def test_edits_stay_shown_when_the_file_brings_a_list(house: House, episode: EpisodeId) -> None:
    house.services.chapters.delete(episode, chapter(house, episode, 2)).result()
    write(house, episode, ChapterSource.FILE, (0, "a"), (10_000, "b"), (20_000, "c"))
    assert shown(house, episode) == OUTLINE[:2]
    house.services.chapters.choose_source(episode, ChapterSource.FILE).result()
    assert [title for _, title in shown(house, episode)] == ["a", "b", "c"]
    assert not house.services.chapters.view(episode).is_edited


def test_edits_survive_a_restart(house: House, episode: EpisodeId, tmp_path: Path) -> None:
    house.services.chapters.rename(episode, chapter(house, episode, 1), "Exports").result()
    house.services.close()
    again = build(tmp_path / "profile")
    assert chapter(again, episode, 1).title == "Exports"
    again.services.chapters.undo(episode).result()
    assert shown(again, episode) == OUTLINE
    again.services.close()
    house.services = build(tmp_path / "other").services


def test_a_list_of_ones_own_begins_with_its_first_chapter(
    house: House, episode: EpisodeId, publisher: WebServer
) -> None:
    refresh(house, publisher, episode, "No outline any more.")
    chapters = house.services.chapters
    assert chapters.view(episode).chosen is None
    chapters.add(episode, 3_000, "Mine").result()
    assert chapters.view(episode).reason == "From your own outline (1)."
    chapters.add(episode, 1_000, "First").result()
    assert shown(house, episode) == [(1_000, "First"), (3_000, "Mine")]
    chapters.undo(episode).result()
    chapters.undo(episode).result()
    assert chapters.view(episode).chosen is None
    assert chapters.view(episode).can_redo
    chapters.redo(episode).result()
    chapters.clear_pasted(episode).result()
    assert not chapters.view(episode).can_redo


def test_a_chapter_that_is_no_longer_there_is_not_edited(house: House, episode: EpisodeId) -> None:
    chapters = house.services.chapters
    gone = chapter(house, episode, 1)
    chapters.delete(episode, gone).result()
    with pytest.raises(NotFoundError):
        chapters.rename(episode, gone, "x").result()
    with pytest.raises(NotFoundError):
        chapters.merge_with_next(episode, chapter(house, episode, 1)).result()
    with pytest.raises(NotFoundError):
        chapters.split(episode, chapter(house, episode, 0), 0, "x").result()


def test_this_chapter_starts_now_moves_all_after_it(house: House, episode: EpisodeId) -> None:
    chapters = house.services.chapters
    chapters.set_anchor(episode, chapter(house, episode, 1), 12_500).result()
    assert shown(house, episode) == [(0, "Introduction"), (12_500, "Export controls"), (22_500, "Stargate")]
    view = chapters.view(episode)
    assert view.moved == ((12_500, "moved +2.5 s from here"),)
    assert view.has_anchors
    assert chapters.heard_at(episode, 20_000) == 22_500
    chapters.set_anchor(episode, chapter(house, episode, 2), 25_000).result()
    assert chapters.heard_at(episode, 15_000) == 18_750
    chapters.clear_anchors(episode).result()
    assert shown(house, episode) == OUTLINE
    assert chapters.view(episode).alignment is None
    assert chapters.view(episode).follows_file


def test_anchors_and_edits_go_together_and_survive_a_refresh(
    house: House, episode: EpisodeId, publisher: WebServer
) -> None:
    chapters = house.services.chapters
    chapters.rename(episode, chapter(house, episode, 2), "The gate").result()
    chapters.set_anchor(episode, chapter(house, episode, 1), 12_000).result()
    chapters.add(episode, 15_000, "Mine").result()
    chapters.set_anchor(episode, chapter(house, episode, 2), 15_500).result()
    expected = [(0, "Introduction"), (12_000, "Export controls"), (15_500, "Mine"), (22_000, "The gate")]
    assert shown(house, episode) == expected
    refresh(
        house, publisher, episode, "(0:00) – Introduction<br/>(0:10) – Export controls<br/>(0:20) – Stargate<br/>Bye"
    )
    assert shown(house, episode) == expected
    chapters.move(episode, chapter(house, episode, 3), 23_000).result()
    chapters.set_anchor(episode, chapter(house, episode, 3), 24_000).result()
    assert shown(house, episode)[3] == (24_000, "The gate")


def test_published_times_follow_the_chapters_in_the_file(house: House, episode: EpisodeId) -> None:
    chapters = house.services.chapters
    write(house, episode, ChapterSource.FILE, (0, "Sponsor"), *((start + 5_000, title) for start, title in OUTLINE))
    chapters.choose_source(episode, ChapterSource.OUTLINE).result()
    assert [start for start, _ in shown(house, episode)] == [5_000, 15_000, 25_000]
    view = chapters.view(episode)
    assert view.moved == ((5_000, "moved +5.0 s from here"),)
    assert not view.has_anchors
    assert chapters.heard_at(episode, 10_000) == 15_000
    chapters.clear_anchors(episode).result()
    assert shown(house, episode) == OUTLINE
    assert not chapters.view(episode).follows_file
    chapters.follow_file(episode).result()
    assert shown(house, episode)[0][0] == 5_000


def measure(house: House, episode: EpisodeId, published: int, measured: int) -> None:
    """The feed says that the episode lasts `published`, the decoder finds `measured`."""
    connection = open_writer(house.services.profile.database)
    connection.execute("UPDATE episode SET duration = ? WHERE id = ?", (published, episode))
    set_duration(connection, episode, measured)
    connection.close()


def test_another_length_than_published_is_a_hint_and_moves_nothing(house: House, episode: EpisodeId) -> None:
    measure(house, episode, 30_000, 181_000)
    view = house.services.chapters.view(episode)
    assert "2:31 longer" in view.hint
    assert view.offset == 151_000
    assert shown(house, episode) == OUTLINE


def test_all_chapters_are_moved_when_the_listener_says_so(house: House, episode: EpisodeId) -> None:
    measure(house, episode, 30_000, 181_000)
    chapters = house.services.chapters
    chapters.move_all(episode, 151_000).result()
    assert shown(house, episode) == [(start + 151_000, title) for start, title in OUTLINE]
    view = chapters.view(episode)
    assert view.moved == ((151_000, "moved +2:31 from here"),)
    assert (view.hint, view.offset) == ("", None)
    assert chapters.heard_at(episode, 5_000) == 156_000
    chapters.undo(episode).result()
    assert shown(house, episode) == OUTLINE
    assert "2:31 longer" in chapters.view(episode).hint


def test_what_would_fall_together_is_not_offered_to_be_moved(house: House, episode: EpisodeId) -> None:
    measure(house, episode, 60_000, 30_000)
    view = house.services.chapters.view(episode)
    assert "0:30 shorter" in view.hint
    assert view.offset is None


def test_a_part_that_is_cut_away_at_the_start(house: House, episode: EpisodeId, publisher: WebServer) -> None:
    refresh(house, publisher, episode, "(0:00) – Introduction<br/>(0:40) – Export controls<br/>(0:50) – Stargate")
    measure(house, episode, 90_000, 60_000)
    assert house.services.chapters.view(episode).offset == -30_000
    house.services.chapters.move_all(episode, -30_000).result()
    assert [start for start, _ in shown(house, episode)] == [0, 10_000, 20_000]
    assert house.services.chapters.view(episode).moved == ((0, "moved −0:30 from here"),)


def test_starts_that_were_set_are_undone_and_redone_with_edits(house: House, episode: EpisodeId) -> None:
    chapters = house.services.chapters
    chapters.rename(episode, chapter(house, episode, 1), "Exports").result()
    chapters.set_anchor(episode, chapter(house, episode, 1), 12_500).result()
    chapters.move(episode, chapter(house, episode, 2), 23_000).result()
    chapters.set_anchor(episode, chapter(house, episode, 2), 25_000).result()
    chapters.clear_anchors(episode).result()
    states = [shown(house, episode)]
    for _ in range(5):
        chapters.undo(episode).result()
        states.append(shown(house, episode))
    assert [state[1:] for state in states] == [
        [(10_000, "Exports"), (25_000, "Stargate")],
        [(12_500, "Exports"), (25_000, "Stargate")],
        [(12_500, "Exports"), (23_000, "Stargate")],
        [(12_500, "Exports"), (22_500, "Stargate")],
        [(10_000, "Exports"), (20_000, "Stargate")],
        OUTLINE[1:],
    ]
    assert not chapters.view(episode).can_undo
    for state in reversed(states[:-1]):
        chapters.redo(episode).result()
        assert shown(house, episode) == state
    assert not chapters.view(episode).can_redo
    chapters.revert(episode).result()
    assert shown(house, episode) == OUTLINE
    assert not chapters.view(episode).has_anchors


def test_following_the_file_is_undone_and_redone(house: House, episode: EpisodeId) -> None:
    chapters = house.services.chapters
    write(house, episode, ChapterSource.FILE, (0, "Sponsor"), *((start + 5_000, title) for start, title in OUTLINE))
    chapters.choose_source(episode, ChapterSource.OUTLINE).result()
    chapters.clear_anchors(episode).result()
    assert not chapters.view(episode).follows_file
    chapters.undo(episode).result()
    assert chapters.view(episode).follows_file
    chapters.redo(episode).result()
    assert not chapters.view(episode).follows_file
    chapters.follow_file(episode).result()
    chapters.follow_file(episode).result()
    chapters.undo(episode).result()
    assert not chapters.view(episode).follows_file, "a choice that was made already is no step"


def test_each_list_has_its_own_history_and_one_leaves_the_others_starts(house: House, episode: EpisodeId) -> None:
    chapters = house.services.chapters
    chapters.set_anchor(episode, chapter(house, episode, 1), 12_000).result()
    write(house, episode, ChapterSource.PODLOVE, (0, "a"), (10_000, "b"), (20_000, "c"))
    chapters.choose_source(episode, ChapterSource.PODLOVE).result()
    assert [start for start, _ in shown(house, episode)] == [0, 12_000, 22_000]
    assert not chapters.view(episode).can_undo
    chapters.set_anchor(episode, chapter(house, episode, 2), 25_000).result()
    chapters.choose_source(episode, ChapterSource.OUTLINE).result()
    chapters.undo(episode).result()
    assert [start for start, _ in shown(house, episode)] == [0, 10_000, 25_000]


def test_a_list_with_a_history_stays_shown_when_all_is_undone(house: House, episode: EpisodeId) -> None:
    chapters = house.services.chapters
    chapters.delete(episode, chapter(house, episode, 2)).result()
    write(house, episode, ChapterSource.FILE, (0, "a"), (10_000, "b"), (20_000, "c"))
    chapters.undo(episode).result()
    assert shown(house, episode) == OUTLINE
    assert chapters.view(episode).reason == "From the show notes (3). Also: audio file (3)."
    chapters.redo(episode).result()
    assert shown(house, episode) == OUTLINE[:2]


def found(house: House, words: str) -> list[tuple[int | None, str]]:
    hits = house.services.library.search(words, 0, {FoundKind.CHAPTER: 9})
    return [(hit.start, hit.title) for hit in hits]


def test_the_search_finds_what_is_shown(house: House, episode: EpisodeId) -> None:
    chapters = house.services.chapters
    assert found(house, "export") == [(10_000, "Export controls")]
    chapters.rename(episode, chapter(house, episode, 1), "The gate").result()
    chapters.add(episode, 5_000, "Added").result()
    chapters.set_anchor(episode, chapter(house, episode, 2), 12_000).result()
    assert found(house, "export") == []
    assert found(house, "gate") == [(12_000, "The gate")]
    assert found(house, "star") == [(22_000, "Stargate")]
    assert found(house, "added") == [(5_000, "Added")]
    write(house, episode, ChapterSource.FILE, (0, "Hello"), (15_000, "Stargate at last"))
    assert found(house, "at last") == []
    chapters.choose_source(episode, ChapterSource.FILE).result()
    assert found(house, "stargate") == [(15_000, "Stargate at last")]
    chapters.choose_source(episode, None).result()
    chapters.undo(episode).result()
    assert found(house, "stargate") == [(20_000, "Stargate")]


def test_the_search_finds_no_hidden_entry(house: House, episode: EpisodeId) -> None:
    connection = open_writer(house.services.profile.database)
    marks = [Mark(0, "Shown"), Mark(5_000, "Shown as well"), Mark(6_000, "Shown not", is_hidden=True)]
    store_marks(connection, episode, ChapterSource.LISTENER, marks, 1)
    bring_all_up_to_date(connection)
    connection.close()
    assert found(house, "shown") == [(0, "Shown"), (5_000, "Shown as well")]


def test_what_an_older_library_shows_is_worked_out_at_the_next_start(
    house: House, episode: EpisodeId, tmp_path: Path
) -> None:
    house.services.chapters.rename(episode, chapter(house, episode, 1), "Exports").result()
    house.services.close()
    connection = open_writer(tmp_path / "profile" / "library.sqlite3")
    connection.execute("UPDATE chapter_list SET is_shown = 0")
    connection.execute("INSERT INTO session VALUES ('shown_up_to', '0')")
    connection.close()
    house.services = build(tmp_path / "profile").services
    assert found(house, "exports") == [(10_000, "Exports")]
    assert house.services.chapters.view(episode).is_edited


def test_what_plays_follows_edits_and_anchors(house: House, episode: EpisodeId) -> None:
    house.services.playback.open(episode)
    house.listened(100)
    chapters, playback = house.services.chapters, house.services.playback
    chapters.add(episode, 5_000, "New").result()
    chapters.set_anchor(episode, chapter(house, episode, 2), 11_000).result()
    assert [each.start for each in playback.state.chapters] == [0, 5_000, 11_000, 21_000]
    playback.next_chapter()
    assert playback.position() == 5_000
    chapters.undo(episode).result()
    assert [each.start for each in playback.state.chapters] == [0, 5_000, 10_000, 20_000]
