"""The queue: what stands in it, in which order, what is undone, and which stretch of a file a chapter is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.errors import FileError
from player.core.model import Chapter, EpisodeId, Millis
from player.core.play_queue import Piece, Queue, QueueEntry, QueueEntryId, length_of, piece_of_chapter, queue_of

A, B, C, D = (Piece(EpisodeId(number)) for number in range(1, 5))
STARGATE = Piece(EpisodeId(1), 60_000, 90_000, "Stargate")
GONE = FileError("/gone.mp3", "there is no such file")

pieces = st.builds(
    Piece,
    st.sampled_from([EpisodeId(1), EpisodeId(2)]),
    st.sampled_from([None, 0, 1_000, 60_000]),
    st.sampled_from([None, 90_000]),
    st.sampled_from(["", "Stargate"]),
)
places = st.integers(-2, 8)
Change = Callable[[Queue], Queue]


def nth(queue: Queue, number: int) -> QueueEntryId:
    """The id of some entry, or one that is nobody's."""
    return queue.entries[number % len(queue.entries)].id if queue.entries else QueueEntryId(0)


changes: st.SearchStrategy[Change] = st.one_of(
    st.builds(lambda piece: lambda queue: queue.added(piece), pieces),
    st.builds(lambda piece: lambda queue: queue.added_next(piece), pieces),
    st.builds(lambda piece, place: lambda queue: queue.inserted(piece, place), pieces, places),
    st.builds(lambda number, place: lambda queue: queue.moved(nth(queue, number), place), places, places),
    st.builds(lambda number: lambda queue: queue.removed([nth(queue, number)]), places),
    st.just(lambda queue: queue.cleared()),
)
events: st.SearchStrategy[Change] = st.one_of(
    st.builds(lambda number: lambda queue: queue.taken(nth(queue, number)), places),
    st.builds(lambda number: lambda queue: queue.marked(nth(queue, number), GONE), places),
    st.builds(lambda episode: lambda queue: queue.without([EpisodeId(episode)]), st.integers(1, 2)),
)
reading: st.SearchStrategy[Change] = st.builds(
    lambda start: lambda queue: queue.followed(EpisodeId(1), [Chapter(start, 90_000, "Stargate")]), places
)
"""Chapters that are read again may make one piece of two."""


def filled(*queued: Piece) -> Queue:
    queue = Queue()
    for piece in queued:
        queue = queue.added(piece)
    return queue


def order(queue: Queue) -> list[Piece]:
    """The pieces alone."""
    return [Piece(each.episode, each.start, each.stop, each.title) for each in queue.entries]


@given(st.lists(st.one_of(changes, events, reading, st.just(Queue.undone)), max_size=30))
def test_no_piece_is_there_twice_and_no_id_is_given_twice(steps: list[Change]) -> None:
    queue = Queue()
    given_ids: dict[QueueEntryId, Piece] = {}
    for step in steps:
        queue = step(queue)
        assert not any(one.is_same_as(other) for one, other in combinations(queue.entries, 2))
        assert len({each.id for each in queue.entries}) == len(queue.entries)
        for each in queue.entries:
            known = given_ids.setdefault(each.id, each)
            assert (each.episode, each.is_chapter) == (known.episode, known.is_chapter), "an id stays with its piece"
            assert each.id < queue.next_id


@given(st.lists(pieces, max_size=6), changes)
def test_the_last_change_is_undone(queued: list[Piece], step: Change) -> None:
    before = filled(*queued)
    after = step(before)
    if after is not before:
        assert after.change == before.change + 1
        assert after.undone().entries == before.entries
        assert after.undone().undone() == after.undone(), "one step, no more"


@given(st.lists(pieces, max_size=6), changes, st.lists(events, max_size=4))
def test_an_undo_brings_nothing_back_that_was_played_or_went(
    queued: list[Piece], step: Change, happened: list[Change]
) -> None:
    queue = step(filled(*queued))
    gone: set[QueueEntryId] = set()
    for event in happened:
        later = event(queue)
        gone |= {each.id for each in queue.entries} - {each.id for each in later.entries}
        queue = later
    assert not gone & {each.id for each in queue.undone().entries}


@given(st.lists(pieces, max_size=6), pieces, places)
def test_a_piece_is_where_it_was_put(queued: list[Piece], piece: Piece, place: int) -> None:
    queue = filled(*queued).inserted(piece, place)
    found = queue.place_of(piece)
    assert found == min(max(place, 0), len(queue.entries) - 1)
    assert order(queue)[found] == piece, "with the times and the title that it has now"


@given(st.lists(pieces, max_size=6), places, places)
def test_a_move_keeps_the_others_in_order(queued: list[Piece], number: int, place: int) -> None:
    queue = filled(*queued)
    entry = nth(queue, number)
    moved = queue.moved(entry, place)
    others = [each for each in queue.entries if each.id != entry]
    assert [each for each in moved.entries if each.id != entry] == others
    assert sorted(each.id for each in moved.entries) == sorted(each.id for each in queue.entries)


@given(st.lists(pieces, max_size=6), st.lists(st.one_of(events, reading), max_size=4))
def test_what_was_kept_comes_back_the_same(queued: list[Piece], happened: list[Change]) -> None:
    queue = filled(*queued)
    for event in happened:
        queue = event(queue)
    again = queue_of(queue.entries)
    assert again.entries == queue.entries
    assert order(again.added(Piece(EpisodeId(9))))[-1] == Piece(EpisodeId(9))


def test_to_the_end_and_to_the_front() -> None:
    queue = filled(A, B, C)
    assert order(queue.added_next(D)) == [D, A, B, C]
    assert order(queue.added(A)) == [B, C, A]
    assert order(queue.added_next(C)) == [C, A, B]
    assert order(queue.inserted(D, 1)) == [A, D, B, C]


def test_a_change_that_changes_nothing_leaves_the_undo_alone() -> None:
    queue = filled(A, B).removed([QueueEntryId(1)])
    for same in (queue.moved(QueueEntryId(2), 0), queue.added(B), queue.removed([QueueEntryId(7)])):
        assert same is queue
    assert order(queue.undone()) == [A, B]


def test_a_chapter_and_its_episode_are_two_things() -> None:
    assert order(filled(A, STARGATE)) == [A, STARGATE]


@pytest.mark.parametrize(
    "again",
    [
        Piece(EpisodeId(1), 60_000, 90_000, "Renamed"),
        Piece(EpisodeId(1), 60_000, 95_000, "Stargate"),
        Piece(EpisodeId(1), 61_900, 95_000, "Stargate"),
        Piece(EpisodeId(1), 60_000, None, "Stargate"),
    ],
)
def test_a_chapter_that_changed_a_little_is_the_same(again: Piece) -> None:
    assert order(filled(STARGATE, B, again)) == [B, again]


@pytest.mark.parametrize(
    "other",
    [
        Piece(EpisodeId(2), 60_000, 90_000, "Stargate"),
        Piece(EpisodeId(1), 60_000, 70_000, "The first part of Stargate"),
        Piece(EpisodeId(1), 90_000, 99_000, "Stargate"),
    ],
)
def test_another_chapter_is_another_entry(other: Piece) -> None:
    assert order(filled(STARGATE, other)) == [STARGATE, other]


def test_a_marked_entry_is_passed_over_until_it_is_put_anew() -> None:
    queue = filled(A, B)
    marked = queue.marked(QueueEntryId(1), GONE)
    assert marked.upcoming == marked.entries[1]
    assert marked.added_next(A).upcoming == queue.entries[0]
    assert marked.marked(QueueEntryId(1), None).upcoming == queue.entries[0]
    assert marked.marked(QueueEntryId(2), GONE).upcoming is None
    assert Queue().upcoming is None


CHAPTERS = (
    Chapter(0, 10_000, "Introduction"),
    Chapter(10_000, 20_000, "Part one"),
    Chapter(20_000, 30_000, "First", level=1),
    Chapter(30_000, 38_000, "Second", level=1),
    Chapter(40_000, 40_000, "Part two"),
    Chapter(40_000, 60_000, "Third", level=1),
)


@pytest.mark.parametrize(
    ("index", "start", "stop"),
    [(0, 0, 10_000), (1, 10_000, 38_000), (2, 20_000, 30_000), (3, 30_000, 38_000), (4, 40_000, 60_000)],
)
def test_a_chapter_reaches_as_far_as_what_is_nested_in_it(index: int, start: Millis, stop: Millis) -> None:
    piece = piece_of_chapter(EpisodeId(1), CHAPTERS, index)
    assert piece == Piece(EpisodeId(1), start, stop, CHAPTERS[index].title)


def test_a_chapter_without_an_end_ends_with_the_next_or_with_the_file() -> None:
    unknown = (Chapter(0, 0, "A"), Chapter(0, 0, "B"), Chapter(5_000, 5_000, "C"))
    stops = [piece_of_chapter(EpisodeId(1), unknown, index).stop for index in range(3)]
    assert stops == [5_000, 5_000, None]


def test_entries_follow_their_chapters() -> None:
    queue = filled(Piece(EpisodeId(1), 30_000, 38_000, "Second"), A, Piece(EpisodeId(2), 30_000, 38_000, "Second"))
    queue = queue.removed([QueueEntryId(2)])
    later = tuple(Chapter(each.start + 7_000, each.end + 7_000, each.title, level=each.level) for each in CHAPTERS)
    moved = queue.followed(EpisodeId(1), later)
    assert [(each.start, each.stop) for each in moved.entries] == [(37_000, 45_000), (30_000, 38_000)]
    assert moved.undone().entries[0].start == 37_000
    assert queue.followed(EpisodeId(1), ()) is queue
    far = (Chapter(400_000, 500_000, "Second"),)
    assert queue.followed(EpisodeId(1), far) is queue


def test_how_long_a_piece_is() -> None:
    assert length_of(A, None, 0) is None
    assert length_of(A, 100_000, 30_000) == 70_000
    assert length_of(STARGATE, None, 5_000) == 30_000
    to_the_end = Piece(EpisodeId(1), 60_000, None, "Last")
    assert length_of(to_the_end, None, 0) is None
    assert length_of(to_the_end, 100_000, 0) == 40_000


def test_entries_are_found_by_id_and_by_piece() -> None:
    queue = filled(A, STARGATE)
    assert queue.entry(QueueEntryId(2)) == QueueEntry(EpisodeId(1), 60_000, 90_000, "Stargate", QueueEntryId(2))
    assert queue.entry(QueueEntryId(3)) is None
    assert queue.moved(QueueEntryId(3), 0) is queue
    assert queue.place_of(B) is None
