"""Whatever is changed, and whenever the indexes are worked on: they come to hold what the library holds, no more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from sqlite3 import Connection
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.core.model import Chapter, ChapterList, ChapterSource, EpisodeId, FetchedEpisode, FetchedFeed, PodcastId
from player.core.search_text import indexed, readable
from player.storage import chapters, episodes, feeds, search_index
from player.storage.database import open_writer, row, rows, transaction
from player.storage.packed_chapters import places
from player.storage.search_index import bring_all_up_to_date, bring_up_to_date, is_due, tidy

WEEK = 604_800_000


def indexes(library: Connection) -> dict[str, set[tuple[str, int]]]:
    """Every word of every index with its row."""
    held = {}
    for index in ("title_index", "chapter_index", "notes_index"):
        library.execute(f"CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab (main, {index}, instance)")
        held[index] = {(term, doc) for term, doc, *_ in library.execute("SELECT * FROM temp.vocabulary")}
        library.execute("DROP TABLE temp.vocabulary")
    return held


def expected(library: Connection) -> dict[str, set[tuple[str, int]]]:
    """What the indexes should hold."""
    row_of = dict(rows(library, "SELECT episode, place FROM search_row"))
    shown = rows(library, "SELECT episode, chapters FROM chapter_list WHERE is_shown")
    notes = rows(library, "SELECT episode, text FROM notes WHERE place = 0")
    texts = {
        "title_index": rows(library, "SELECT id, title FROM episode"),
        "chapter_index": [(id_, title) for id_, packed in shown for _, title in places(packed)],
        "notes_index": [(id_, readable(text)) for id_, text in notes],
    }
    assert set(row_of) == {id_ for id_, _ in texts["title_index"]}
    return {
        index: {(word, row_of[id_]) for id_, text in found for word in indexed(text).split()}
        for index, found in texts.items()
    }


def check(library: Connection) -> None:
    bring_all_up_to_date(library)
    assert not is_due(library)
    assert indexes(library) == expected(library)


def store(library: Connection, show: PodcastId, found: Sequence[tuple[str, str, str, int]]) -> None:
    """Episodes by guid, title, notes and the number of the week when they were published."""
    items = tuple(
        FetchedEpisode(guid, title, None, week * WEEK, texts=(notes, "s")) for guid, title, notes, week in found
    )
    feeds.store_feed(library, show, FetchedFeed("The Show", None, "", None, None, items), 1)


def shown(*titles: str) -> tuple[Chapter, ...]:
    return tuple(Chapter(place, place + 1, title) for place, title in enumerate(titles))


@pytest.fixture
def filled(library: Connection, show: PodcastId) -> Connection:
    store(library, show, [("a", "Stargate", "<p>Ours &amp; theirs", 5), ("b", "China", "", 5)])
    chapters.store_shown(library, EpisodeId(2), shown("Introduction", "Export controls"))
    return library


def test_what_is_new_is_due_until_it_is_taken(filled: Connection) -> None:
    assert is_due(filled)
    assert indexes(filled)["title_index"] == set()
    assert not bring_up_to_date(filled)
    assert {word for word, _ in indexes(filled)["notes_index"]} == {"ours", "theirs"}
    check(filled)


def test_a_change_takes_along_what_was_not_changed(filled: Connection, show: PodcastId) -> None:
    check(filled)
    before = indexes(filled)
    store(filled, show, [("a", "Renamed", "<p>Ours &amp; theirs", 900)])
    chapters.store_shown(filled, EpisodeId(2), shown("Introduction"))
    # What was found before is found until the step: it is looked at again anyway.
    assert indexes(filled) == before
    check(filled)
    after = indexes(filled)
    assert {word for word, _ in after["title_index"]} == {"renamed", "china"}
    assert {word for word, _ in after["chapter_index"]} == {"introduction"}
    assert after["notes_index"] == before["notes_index"]


def test_lists_and_marks_of_what_is_shown(filled: Connection) -> None:
    check(filled)
    episode = EpisodeId(1)
    chapters.store_list(filled, episode, ChapterList(ChapterSource.FILE, shown("One", "Two")), 1)
    assert not is_due(filled)
    chapters.store_shown(filled, episode, shown("One", "Two"))
    check(filled)
    chapters.store_list(filled, episode, ChapterList(ChapterSource.FILE, shown("Two", "Three")), 1)
    assert is_due(filled)
    check(filled)
    chapters.drop_list(filled, episode, ChapterSource.FILE)
    check(filled)
    assert not {word for word, _ in indexes(filled)["chapter_index"]} & {"two", "three"}


def test_files_and_podcasts_that_go(filled: Connection, show: PodcastId, tmp_path: Path) -> None:
    for title in ("A file", "The file"):
        episodes.add_file_episode(filled, tmp_path / "a.mp3", title=title, duration=1, now=5 * WEEK)
        check(filled)
    feeds.remove_podcast(filled, show)
    # Another gets the row of one that is gone, whose words are still to be taken out.
    other = feeds.add_podcast(filled, "https://y.org", "Other", 1)
    store(filled, other, [("c", "Stargate again", "", 5)])
    check(filled)
    assert {word for word, _ in indexes(filled)["title_index"]} == {"the", "file", "stargate", "again"}


def test_what_goes_before_it_was_taken(filled: Connection, show: PodcastId) -> None:
    feeds.remove_podcast(filled, show)
    check(filled)
    assert rows(filled, "SELECT count(*) FROM search_row") == [(0,)]


def test_what_is_rolled_back_is_not_due(filled: Connection, show: PodcastId) -> None:
    check(filled)
    before = indexes(filled)

    def fail() -> None:
        with transaction(filled):
            store(filled, show, [("c", "New one", "", 1)])
            chapters.store_shown(filled, EpisodeId(1), shown("New"))
            feeds.remove_podcast(filled, show)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not is_due(filled)
    assert indexes(filled) == before


def test_a_step_takes_no_more_than_so_many(
    library: Connection, show: PodcastId, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(library, show, [(str(number), f"Title {number}", "x" * 100, number) for number in range(9)])
    monkeypatch.setattr(search_index, "_MOST_EPISODES", 4)
    assert bring_up_to_date(library)
    assert rows(library, "SELECT count(*) FROM search_row") == [(4,)]
    monkeypatch.setattr(search_index, "_MOST_CHARACTERS", 150)
    assert bring_up_to_date(library)
    assert rows(library, "SELECT count(*) FROM search_row") == [(6,)]
    check(library)


def test_tidying_changes_nothing_and_comes_to_an_end(
    library: Connection, show: PodcastId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "_MOST_EPISODES", 10)
    found = [(str(number), f"Title {number} of {number * 7919}", f"n{number}", number) for number in range(200)]
    store(library, show, found)
    check(library)
    before, size = indexes(library), rows(library, "SELECT sum(length(block)) FROM title_index_data")
    monkeypatch.setattr(search_index, "_PAGES_AT_ONCE", 1)
    steps = 0
    while tidy(library):
        steps += 1
    assert 0 < steps < 500
    assert indexes(library) == before
    assert rows(library, "SELECT sum(length(block)) FROM title_index_data") < size
    assert row(library, "PRAGMA freelist_count") == (0,)
    assert not tidy(library)


word = st.sampled_from(["one", "two", "Drei", "四五六"])
guid = st.sampled_from("abc")
change = st.one_of(
    st.tuples(st.just("store"), st.lists(st.tuples(guid, word, word, st.sampled_from([0, 5])), max_size=3)),
    st.tuples(st.just("list"), st.tuples(st.integers(1, 4), st.lists(word, max_size=2))),
    st.tuples(st.just("show"), st.tuples(st.integers(1, 4), st.lists(word, max_size=2))),
    st.tuples(st.just("drop"), st.integers(1, 4)),
    st.tuples(st.just("remove"), st.none()),
    st.tuples(st.just("step"), st.none()),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(change, max_size=12))
def test_any_changes_between_any_steps(changes: list[tuple[str, Any]]) -> None:
    with TemporaryDirectory() as folder:
        library = open_writer(Path(folder) / "library.db")
        for kind, what in changes:
            show = feeds.add_podcast(library, "https://x.org", "Show", 1)
            match kind:
                case "store":
                    store(library, show, list({each[0]: each for each in what}.values()))
                case "list":
                    found = ChapterList(ChapterSource.OUTLINE, shown(*what[1]))
                    chapters.store_list(library, EpisodeId(what[0]), found, 1)
                case "show" if rows(library, "SELECT 1 FROM episode WHERE id = ?", what[:1]):
                    chapters.store_shown(library, EpisodeId(what[0]), shown(*what[1]))
                case "drop":
                    chapters.drop_list(library, EpisodeId(what), ChapterSource.OUTLINE)
                case "remove":
                    feeds.remove_podcast(library, show)
                case "step":
                    bring_up_to_date(library)
        check(library)
        library.close()
