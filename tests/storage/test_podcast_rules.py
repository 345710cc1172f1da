from __future__ import annotations

import sqlite3
from pathlib import Path
from sqlite3 import Connection

from player.core.auto_download import AutoDownload
from player.core.edges import Edges
from player.core.keeping import Keep, KeepKind, KeptDownload
from player.core.model import (
    Download,
    DownloadState,
    Enclosure,
    EpisodeId,
    FetchedEpisode,
    FetchedFeed,
    LinkedDocument,
    PodcastId,
)
from player.core.play_queue import Piece, Queue
from player.core.podcast_rules import PodcastRules
from player.storage import episodes, feeds, listening, play_queue
from player.storage import podcast_rules as stored
from player.storage.database import change, open_writer
from player.storage.schema import APPLICATION_ID, MIGRATIONS

RULES = PodcastRules(
    Edges(30_000, 20_000), AutoDownload(None, "a b", "c", only_with_chapters=True), Keep(KeepKind.PLAYED, 7), True
)


def fill(library: Connection, show: PodcastId, count: int = 3) -> list[EpisodeId]:
    """Episodes of a minute, the newest first."""
    found = tuple(
        FetchedEpisode(
            guid=str(number),
            title=f"Title {number}",
            published=1000 - number,
            duration=60_000,
            enclosure=Enclosure("https://x.org/a.mp3"),
            chapter_document=LinkedDocument("https://x.org/chapters.json") if number == 2 else None,
        )
        for number in range(count)
    )
    return list(feeds.store_feed(library, show, FetchedFeed("The Show", None, "", None, None, found), 1000).new)


def test_rules_are_kept_and_go_with_the_podcast(library: Connection, show: PodcastId) -> None:
    assert stored.rules(library, show) is None
    assert stored.without_rules(library, [show, PodcastId(99)]) == [show]
    for rules in (RULES, PodcastRules(), PodcastRules(auto_download=AutoDownload(3), keep=Keep(KeepKind.NEWEST, 2))):
        stored.store_rules(library, show, rules)
        assert stored.rules(library, show) == rules
        assert stored.with_keep_rules(library) == ([] if rules.keep == Keep() else [show])
    assert stored.without_rules(library, [show]) == []
    feeds.remove_podcast(library, show)
    stored.store_rules(library, show, RULES)
    assert stored.rules(library, show) is None


def test_the_shelf_of_files_is_no_new_podcast(library: Connection) -> None:
    assert stored.without_rules(library, [feeds.files_shelf(library, 1)]) == []


def test_a_keep_rule_of_another_program_keeps_all(library: Connection, show: PodcastId) -> None:
    stored.store_rules(library, show, RULES)
    change(library, "UPDATE podcast_rules SET keep = 'forever'")
    found = stored.rules(library, show)
    assert found is not None
    assert found.keep == Keep()


def test_edges_of_episodes_with_their_lengths(library: Connection, show: PodcastId) -> None:
    first, second, third = fill(library, show)
    assert stored.edges(library, [first, second]) == {}
    stored.store_rules(library, show, RULES)
    episodes.set_duration(library, second, 61_000)
    found = stored.edges(library, [first, second])
    assert found == {first: (RULES.edges, 60_000), second: (RULES.edges, 61_000)}
    assert third not in found


def test_episodes_are_listed_newest_first(library: Connection, show: PodcastId) -> None:
    ids = fill(library, show)
    listed = stored.listed(library, show, {ids[1]})
    assert [each.id for each in listed] == ids
    assert [each.is_new for each in listed] == [False, True, False]
    assert [each.has_chapters for each in listed] == [False, False, True], "a document says that there are some"
    assert (listed[0].title, listed[0].published) == ("Title 0", 1000)


def test_what_speaks_for_a_download(library: Connection, show: PodcastId, tmp_path: Path) -> None:
    ids = fill(library, show, 7)
    for number, episode in enumerate(ids[:6]):
        path = (tmp_path.parent if number == 5 else tmp_path / "The Show") / f"{number}.mp3"
        episodes.set_download(library, Download(episode, DownloadState.COMPLETE, str(path), number))
    episodes.set_download(library, Download(ids[6], DownloadState.RUNNING, str(tmp_path / "6.mp3"), 6))
    listening.store_position(library, ids[1], 5_000, 70)
    listening.set_played(library, [ids[2]], True, 80)
    queue = Queue().added(Piece(ids[3]))
    play_queue.store_entries(library, queue.entries)
    stored.store_wanted(library, [ids[4], EpisodeId(999)], is_wanted=True)
    found = stored.kept_downloads(library, show, lambda path: tmp_path in path.parents, {ids[0]})
    assert found == [
        KeptDownload(ids[0], 0, is_open=True),
        KeptDownload(ids[1], 1, is_begun=True),
        KeptDownload(ids[2], 2, played_at=80),
        KeptDownload(ids[3], 3, is_queued=True),
        KeptDownload(ids[4], 4, is_wanted=True),
        KeptDownload(ids[5], 5, is_own_file=True),
    ]
    assert stored.is_wanted(library, ids[4])
    stored.store_wanted(library, [ids[4]], is_wanted=False)
    assert not stored.is_wanted(library, ids[4])


def test_podcasts_of_before_are_not_new(path: Path) -> None:
    """A library that had podcasts before there were rules: they get none of what is for new ones."""
    old = sqlite3.connect(path)
    for function in ("search_words", "search_notes"):
        old.create_function(function, 1, lambda text: text)
    before = next(number for number, group in enumerate(MIGRATIONS) if "TABLE podcast_rules" in group[0])
    for group in MIGRATIONS[:before]:
        for statement in group:
            old.execute(statement)
    old.execute("INSERT INTO podcast (id, kind, feed_url, title, added_at) VALUES (3, 'feed', 'https://x.org', 'X', 1)")
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute(f"PRAGMA user_version = {before}")
    old.commit()
    old.close()
    connection = open_writer(path)
    assert stored.rules(connection, PodcastId(3)) == PodcastRules()
    connection.close()
