"""An import beside which others change the library, called off or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from sqlite3 import Connection

import pytest

from newlibraries import begin, rows_of
from player.app.chapter_view import keep_shown, read_shown
from player.app.course import Course
from player.app.jobs import InlineExecutor
from player.app.laying_in import LayingIn
from player.app.writer import Writer
from player.core.edits import EditLog, Identity, Rename
from player.core.library_export import ExportedEpisode, ExportedPiece, ExportedPodcast, LibraryExport
from player.core.model import Chapter, ChapterList, ChapterSource, Download, DownloadState, EpisodeId, PodcastId
from player.core.ranges import Ranges
from player.storage import bookmarks, chapter_edits, chapters, feeds, heard
from player.storage.database import change, rows
from player.storage.episodes import set_download
from player.storage.packed_chapters import places

NOW = 1_760_000_000_000
OLD = ExportedEpisode("old", "An old one", position=1000, changed_at=10)


@dataclass
class Import:
    """One import, on a writer on which somebody does something once that many podcasts are laid in."""

    library: Connection
    writer: Writer
    course: Course

    def __call__(
        self, *podcasts: ExportedPodcast, after: int = 0, act: Callable[[], None] = lambda: None, queue: str = ""
    ) -> LayingIn:
        """Lay in podcasts, and an entry of the queue from the feed `queue`."""
        # Two writes come before the podcasts: to begin to note changes, and to read which feeds are known.
        number = -2

        def watch() -> None:
            nonlocal number
            number += 1
            if number == after:
                act()

        self.writer.watch(watch)
        laying_in = LayingIn(self.writer, self.course, NOW, 0.1)
        pieces = (ExportedPiece(queue, "old", None, None, ""),) if queue else ()
        assert laying_in.lay_in(LibraryExport(podcasts, pieces)) is not self.course.is_cancelled
        assert rows(self.library, "SELECT name FROM temp.sqlite_schema") == []
        return laying_in


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Connection]:
    library = begin(tmp_path / "library")
    yield library
    library.close()


@pytest.fixture
def take_in(library: Connection) -> Import:
    return Import(library, Writer(lambda: library, InlineExecutor()), Course())


def add(library: Connection, name: str, *guids: str) -> PodcastId:
    podcast = feeds.add_podcast(library, url(name), name, 1)
    sql = "INSERT INTO episode (podcast, guid, title, sorted_at) VALUES (?, ?, ?, 5)"
    for guid in guids:
        change(library, sql, (podcast, guid, guid))
    return podcast


def url(name: str) -> str:
    return f"http://{name}.org/feed"


def exported(name: str, *episodes: ExportedEpisode, folder: tuple[str, ...] = ()) -> ExportedPodcast:
    return ExportedPodcast(url(name), name, episodes=episodes, folder=folder)


def titles(library: Connection) -> set[str]:
    return {each.title for each in feeds.list_podcasts(library)}


def test_who_unsubscribes_meanwhile_and_calls_off_has_nothing_of_it(library: Connection, take_in: Import) -> None:
    a, _ = add(library, "a", "1"), add(library, "b", "1")
    heard.store_heard(library, EpisodeId(1), Ranges(((0, 5000),)))
    before = rows_of(library)["episode"]

    def unsubscribe_and_call_off() -> None:
        feeds.remove_podcast(library, a)
        take_in.course.is_cancelled = True

    # What is kept of the spans that were heard goes with it.
    other = ExportedEpisode("1", is_played=True, changed_at=10)
    take_in(exported("b", OLD, folder=("New",)), exported("a", other), after=2, act=unsubscribe_and_call_off)
    assert rows_of(library)["episode"] == before[1:]
    assert feeds.list_podcasts(library)[0].folder == ()


def test_what_somebody_uses_meanwhile_stays(library: Connection, take_in: Import) -> None:
    add(library, "a", "1")

    def use_and_call_off() -> None:
        for (episode,) in rows(library, "SELECT id FROM episode WHERE guid = 'old'"):
            bookmarks.add(library, episode, 5000, NOW, text="mine")
            set_download(library, Download(episode, DownloadState.COMPLETE, "/mine.mp3"))
        take_in.course.is_cancelled = True

    take_in(exported("a", OLD), exported("used", OLD, replace(OLD, guid="unused")), after=2, act=use_and_call_off)
    assert titles(library) == {"a", "used"}
    assert rows(library, "SELECT count(*) FROM episode WHERE guid = 'unused'") == [(0,)]
    assert [each[1] for each in rows_of(library)["bookmark"]] == [each[0] for each in rows_of(library)["download"]]
    assert len(rows_of(library)["bookmark"]) == 2
    take_in.course.is_cancelled = False
    add(library, "c")
    take_in(
        exported("c", OLD), exported("unused", OLD), after=2, act=lambda: setattr(take_in.course, "is_cancelled", True)
    )
    assert titles(library) == {"a", "used", "c"}


def test_a_podcast_that_is_removed_meanwhile_comes_with_the_document(library: Connection, take_in: Import) -> None:
    a = add(library, "a", "1")
    b = add(library, "b", "1")
    done = take_in(exported("b"), exported("a", OLD), after=1, act=lambda: feeds.remove_podcast(library, a))
    assert done.laid_in.podcasts[0] == b
    assert done.laid_in.added == [feeds.podcast_by_url(library, url("a"))]
    assert titles(library) == {"a", "b"}


def test_what_is_queued_is_found_where_its_podcast_became_another(library: Connection, take_in: Import) -> None:
    a, b = add(library, "a"), add(library, "b")

    def merge() -> None:
        change(library, "UPDATE episode SET podcast = ? WHERE podcast = ?", (b, a))
        feeds.remove_podcast(library, a)
        change(library, "INSERT INTO former_address VALUES (?, ?, ?)", (url("a"), b, NOW))

    done = take_in(exported("a", OLD), after=1, act=merge, queue=url("a"))
    assert [each.episode for each in done.laid_in.pieces] == [EpisodeId(1)]


def test_the_chapters_that_are_shown_are_those_after_it_was_called_off(library: Connection, take_in: Import) -> None:
    add(library, "a", "1")
    episode, outline = EpisodeId(1), ChapterSource.OUTLINE
    read = (Chapter(0, 60_000, "One"), Chapter(60_000, 120_000, "Two"))
    chapters.store_list(library, episode, ChapterList(outline, read), 1)
    keep_shown(library, episode)

    def edit_and_call_off() -> None:
        log = chapter_edits.edit_logs(library, episode)[outline]
        chapter_edits.store_edits(library, episode, outline, log.did(Rename(Identity(60_000, "Two"), "Mine")))
        keep_shown(library, episode)
        take_in.course.is_cancelled = True

    edits = {outline: EditLog((Rename(Identity(0, "One"), "Imported"),))}
    take_in(exported("a", ExportedEpisode("1", edits=edits)), after=1, act=edit_and_call_off)
    chosen = read_shown(library, episode).view.chosen
    assert chosen is not None
    assert [each.title for each in chosen.chapters] == ["One", "Mine"]
    ((kept,),) = rows(library, "SELECT chapters FROM chapter_list WHERE is_shown")
    assert places(kept) == [(each.start, each.title) for each in chosen.chapters]


class Impatient(Course):
    """Is called off when it has been told so often how far it is."""

    told = 0

    def tell(self, share: float, doing: str) -> None:
        super().tell(share, doing)
        self.told += 1
        self.is_cancelled = self.told >= 3


def test_a_podcast_of_many_episodes_keeps_nobody_waiting_who_calls_off(library: Connection) -> None:
    a = add(library, "a")
    before = rows_of(library)
    course = Impatient()
    take_in = Import(library, Writer(lambda: library, InlineExecutor()), course)
    many = (ExportedEpisode(str(number), position=number) for number in range(50))
    done = take_in(exported("a", *many), exported("b", OLD))
    assert course.told == 3
    assert done.laid_in.podcasts == []
    assert rows_of(library) == before
    assert [each.id for each in feeds.list_podcasts(library)] == [a]
