"""All that is the listener's comes out, goes into another library, and takes nothing of that one away."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libraries import PODCASTS
from player.core.alignment import Anchor, Timeline
from player.core.auto_download import AutoDownload
from player.core.directory import feed_key
from player.core.edges import Edges
from player.core.edits import EditLog, Identity, Rename
from player.core.heard import NOTHING, WHOLE, with_spans
from player.core.library_export import ExportedBookmark, ExportedEpisode, ExportedPiece, ExportedPodcast
from player.core.model import (
    FILES_TITLE,
    Chapter,
    ChapterSource,
    DownloadState,
    Enclosure,
    EpisodeQuery,
    FetchedEpisode,
    FetchedFeed,
    PodcastKind,
)
from player.core.play_queue import Piece
from player.core.podcast_rules import PodcastRules
from player.core.ranges import Ranges
from player.core.skip_rules import Match, SkipRule
from player.core.skips import SkipMark
from player.core.sound import Sound
from player.storage import episodes, exchange, feeds
from player.storage.database import open_reader, open_writer, row, rows, snapshot
from player.storage.heard import heard
from player.storage.listing import episode_ids

NOW = 1_760_000_000_000
RENAMED = EditLog((Rename(Identity(0, "Intro"), "Beginning"),))
EPISODE = ExportedEpisode(
    "a",
    "The episode",
    "https://x.org/a.mp3",
    1000,
    60_000,
    31_000,
    True,
    500,
    ChapterSource.OUTLINE,
    False,
    (Chapter(0, 60_000, "All of it"),),
    {ChapterSource.OUTLINE: RENAMED},
    {Timeline.PUBLISHED: (Anchor(0, 5000),)},
    (SkipMark("Ads", 1000),),
    is_kept=True,
    bookmarks=(ExportedBookmark(2000, 9000, "Worth hearing again", 700), ExportedBookmark(5000, None, "", 701)),
)
SHOW = ExportedPodcast(
    "https://x.org/feed",
    "The Show",
    PodcastKind.FEED,
    900,
    ChapterSource.FILE,
    True,
    Sound(1.5),
    PodcastRules(Edges(5000, 0), AutoDownload(3, "news")),
    (SkipRule("Ads"), SkipRule("*ad*", Match.PATTERN, 60_000, is_on=False)),
    (EPISODE,),
    ("News", "World"),
)


def lay_in(library: Connection, *podcasts: ExportedPodcast) -> list[exchange.LaidIn]:
    known = exchange.known_feeds(library)
    return [exchange.lay_in(library, each, known, NOW) for each in podcasts]


def fetched(guid: str, url: str | None = None, title: str = "", published: int | None = None) -> FetchedEpisode:
    return FetchedEpisode(guid, title, published=published, enclosure=Enclosure(url) if url else None, texts=("Notes",))


def read_feed(library: Connection, *found: FetchedEpisode) -> None:
    podcast = feeds.podcast_by_url(library, SHOW.feed_url)
    assert podcast is not None
    feeds.store_feed(library, podcast, FetchedFeed("The Show", None, "", None, None, found), NOW)


def test_what_was_laid_in_is_gathered_again(library: Connection) -> None:
    (done,) = lay_in(library, SHOW)
    assert (done.is_new, len(done.touched), len(done.with_chapters)) == (True, 1, 1)
    assert exchange.gather_podcasts(library) == [SHOW]
    (again,) = lay_in(library, SHOW)
    assert again == exchange.LaidIn(done.podcast, is_new=False, touched=(), with_chapters=())
    assert exchange.gather_podcasts(library) == [SHOW]


def as_kept(podcast: ExportedPodcast) -> ExportedPodcast:
    """What a library keeps of an export: no empty histories, and an instant for each place."""

    def kept(each: ExportedEpisode) -> ExportedEpisode:
        has_place = each.position or each.is_played or each.changed_at is not None
        return replace(
            each,
            changed_at=(NOW if each.changed_at is None else each.changed_at) if has_place else None,
            edits={source: log for source, log in each.edits.items() if log.done or log.undone},
            anchors={timeline: found for timeline, found in each.anchors.items() if found},
            skips=tuple(sorted(each.skips, key=lambda mark: (mark.start, mark.title.encode()))),
            heard=with_spans(NOTHING, each.heard.spans) if each.heard is not None else None,
        )

    return replace(
        podcast,
        title=podcast.title.strip() or podcast.feed_url,
        added_at=podcast.added_at or NOW,
        episodes=tuple(kept(each) for each in podcast.episodes),
    )


def is_of_the_listener(episode: ExportedEpisode) -> bool:
    return episode != ExportedEpisode(
        episode.guid, episode.title, episode.enclosure_url, episode.published, episode.duration
    )


@given(podcasts=st.lists(PODCASTS, max_size=2, unique_by=lambda each: feed_key(each.feed_url)))
@settings(max_examples=15, deadline=None)
def test_nothing_is_lost_on_the_way(tmp_path_factory: pytest.TempPathFactory, podcasts: list[ExportedPodcast]) -> None:
    path = tmp_path_factory.mktemp("library") / "library.db"
    with closing(open_writer(path)) as library:
        lay_in(library, *podcasts)
        gathered = {each.feed_url: each for each in exchange.gather_podcasts(library)}
    assert set(gathered) == {each.feed_url for each in podcasts}
    for podcast in map(as_kept, podcasts):
        found = gathered[podcast.feed_url]
        assert replace(found, episodes=()) == replace(podcast, episodes=())
        wanted = {each.guid: each for each in podcast.episodes if is_of_the_listener(each)}
        assert {each.guid: each for each in found.episodes} == wanted


def test_a_feed_that_is_read_later_completes_what_was_laid_in(library: Connection) -> None:
    by_guid = replace(EPISODE, guid="by guid", enclosure_url=None, title="")
    by_url = replace(EPISODE, guid="another guid", enclosure_url="https://x.org/b.mp3")
    by_title = replace(EPISODE, guid="third", enclosure_url=None, title="Titled", published=77)
    gone = replace(EPISODE, guid="gone", enclosure_url=None, title="No longer in the feed", published=3)
    lay_in(library, replace(SHOW, episodes=(by_guid, by_url, by_title, gone)))
    read_feed(
        library,
        fetched("by guid", title="Now it has a title"),
        fetched("b", "https://x.org/b.mp3", "B"),
        fetched("c", None, "Titled", 77),
        fetched("new"),
    )
    found = exchange.gather_podcasts(library)[0].episodes
    assert {each.guid for each in found} == {"by guid", "b", "c", "gone"}
    assert {each.title for each in found} == {"Now it has a title", "B", "Titled", "No longer in the feed"}
    assert {(each.position, each.is_played) for each in found} == {(31_000, True)}
    assert {each.edits[ChapterSource.OUTLINE] for each in found} == {RENAMED}
    assert row(library, "SELECT count(*) FROM episode") == (5,)


def test_episodes_that_are_there_are_found(library: Connection) -> None:
    feeds.add_podcast(library, "http://X.org/feed/", "The Show", NOW)
    podcast = feeds.podcast_by_url(library, "http://X.org/feed/")
    assert podcast is not None
    there = (
        fetched("a"),
        fetched("b", "https://x.org/b.mp3"),
        fetched("c", None, "Titled", 77),
        fetched("twice 1", "https://x.org/t.mp3"),
        fetched("twice 2", "https://x.org/t.mp3"),
    )
    feeds.store_feed(library, podcast, FetchedFeed("The Show", None, "", None, None, there), NOW)
    asked = (
        replace(EPISODE, guid="a"),
        replace(EPISODE, guid="old b", enclosure_url="https://x.org/b.mp3"),
        replace(EPISODE, guid="old c", enclosure_url=None, title="Titled", published=77),
        replace(EPISODE, guid="old t", enclosure_url="https://x.org/t.mp3", title="Unclear"),
    )
    (done,) = lay_in(library, replace(SHOW, episodes=asked))
    assert done.podcast == podcast
    assert not done.is_new
    guids = dict(rows(library, "SELECT id, guid FROM episode"))
    assert [guids[each] for each in done.touched] == ["a", "b", "c", "old t"]


def test_nothing_that_a_library_has_is_taken_away(library: Connection) -> None:
    mine = replace(
        SHOW,
        preferred=ChapterSource.PODLOVE,
        shows_pictures=False,
        sound=Sound(2.0),
        rules=PodcastRules(announces=True),
        episodes=(
            replace(
                EPISODE,
                position=40_000,
                is_played=False,
                changed_at=600,
                asked=ChapterSource.FILE,
                own=(Chapter(0, 1, "Mine"),),
                edits={ChapterSource.OUTLINE: EditLog((Rename(Identity(0, "A"), "B"),))},
                anchors={Timeline.PUBLISHED: (Anchor(1, 2),)},
                skips=(SkipMark("Mine", 5),),
            ),
        ),
    )
    lay_in(library, mine)
    more = replace(
        SHOW,
        episodes=(replace(EPISODE, edits={**EPISODE.edits, ChapterSource.FILE: RENAMED}), replace(EPISODE, guid="b")),
    )
    lay_in(library, more)
    found = exchange.gather_podcasts(library)[0]
    assert replace(found, episodes=()) == replace(mine, episodes=())
    kept = next(each for each in found.episodes if each.guid == "a")
    mine_kept = mine.episodes[0]
    assert kept == replace(
        mine_kept,
        edits={**mine_kept.edits, ChapterSource.FILE: RENAMED},
        skips=(SkipMark("Mine", 5), SkipMark("Ads", 1000)),
    )


MINUTE = Ranges(((0, 60_000),))
LATER = Ranges(((90_000, 120_000),))


@pytest.mark.parametrize(
    ("here", "there", "both"),
    [
        (ExportedEpisode("a", heard=MINUTE), ExportedEpisode("a", heard=LATER), Ranges((*MINUTE.spans, *LATER.spans))),
        (ExportedEpisode("a"), ExportedEpisode("a", heard=LATER), LATER),
        (ExportedEpisode("a", heard=MINUTE), ExportedEpisode("a", is_played=True, changed_at=5), WHOLE),
        (ExportedEpisode("a", is_played=True, changed_at=5), ExportedEpisode("a", heard=MINUTE), WHOLE),
        (
            ExportedEpisode("a", is_played=True, changed_at=5),
            ExportedEpisode("a", position=9, heard=MINUTE, changed_at=6),
            WHOLE,
        ),
        (ExportedEpisode("a"), ExportedEpisode("a", is_played=True, changed_at=5, heard=MINUTE), MINUTE),
        (ExportedEpisode("a"), ExportedEpisode("a", is_played=True, changed_at=5, heard=NOTHING), NOTHING),
    ],
)
def test_what_was_heard_in_one_library_or_the_other_was_heard(
    library: Connection, here: ExportedEpisode, there: ExportedEpisode, both: Ranges
) -> None:
    lay_in(library, replace(SHOW, episodes=(here,)))
    (done,) = lay_in(library, replace(SHOW, episodes=(there,)))
    (episode,) = episode_ids(library, EpisodeQuery(podcast=done.podcast))
    assert heard(library, episode) == both
    assert lay_in(library, replace(SHOW, episodes=(there,)))[0].touched == ()


@pytest.mark.parametrize(("changed_at", "position"), [(599, 40_000), (600, 40_000), (601, 31_000)])
def test_of_two_places_the_later_one_counts(library: Connection, changed_at: int, position: int) -> None:
    lay_in(library, replace(SHOW, episodes=(ExportedEpisode("a", position=40_000, changed_at=600),)))
    lay_in(library, replace(SHOW, episodes=(ExportedEpisode("a", position=31_000, changed_at=changed_at),)))
    assert exchange.gather_podcasts(library)[0].episodes[0].position == position


def test_the_listeners_own_files_are_there_again(library: Connection) -> None:
    shelf = ExportedPodcast(
        feeds.FILES_URL,
        FILES_TITLE,
        PodcastKind.FILES,
        episodes=(ExportedEpisode("/music/talk.mp3", "Talk", duration=9000, position=5000, changed_at=1),),
    )
    (done,) = lay_in(library, shelf)
    (episode,) = episodes.episodes(library, episode_ids(library, EpisodeQuery(podcast=done.podcast)))
    assert (episode.download.state, episode.download.path) == (DownloadState.COMPLETE, "/music/talk.mp3")
    assert (episode.duration, episode.position) == (9000, 5000)
    assert exchange.gather_podcasts(library)[0].episodes == shelf.episodes


def test_the_queue_goes_along(library: Connection) -> None:
    queue = (
        ExportedPiece(SHOW.feed_url, "a", 1000, 2000, "Stargate"),
        ExportedPiece(SHOW.feed_url, "of no episode"),
        ExportedPiece("https://nobody.org", "a"),
    )
    lay_in(library, SHOW)
    (piece,) = exchange.pieces(library, queue, exchange.known_feeds(library))
    assert replace(piece, episode=0) == Piece(0, 1000, 2000, "Stargate")  # type: ignore[arg-type]
    library.execute("INSERT INTO queue_entry VALUES (7, 0, ?, 1000, 2000, 'Stargate')", (piece.episode,))
    assert exchange.gather_queue(library) == [queue[0]]


DERIVED = {
    "podcast": "id link description author image_url refreshed_at problem etag last_modified body_hash "
    "failures ask_after is_ended has_account next_page facts",
    "episode": "id podcast link sorted_at measured enclosure_type enclosure_length image_url chapter_count "
    "details_hash chapters_hash item_digest",
    "unread": "*",
    "notes": "*",
    "chapter_list": "*",
    "picture": "*",
    "download": "*",
    "audio_index": "*",
    "audio_version": "*",
    "chapter_document": "*",
    "soundbite": "*",
    "transcript": "*",
    "kept_transcript": "*",
    "web_picture": "*",
    "search_row": "*",
    "search_pending": "*",
    "episode_facts": "*",
    "former_address": "*",
    "podcast_listing": "*",
    "episode_listing": "*",
    "session": "*",  # what was open last; the default sound is exported by the service
}
"""What feeds, servers and files give again, or what means nothing elsewhere. (The outline that the listener pasted is a
chapter_list of its own and goes along.)"""
EXPORTED = {
    "podcast": "kind feed_url title added_at chapter_source shows_pictures folder",
    "episode": "guid title published duration enclosure_url chapter_source follows_file",
    "listening": "*",
    "chapter_edit": "*",
    "anchor": "*",
    "podcast_sound": "*",
    "time_listened": "*",
    "podcast_rules": "*",
    "kept_download": "*",
    "queue_entry": "*",
    "skip_mark": "*",
    "skip_rule": "*",
    "heard": "*",
    "bookmark": "*",  # but for the title of its chapter, which the chapters give again
}


def test_of_every_column_it_is_known_whether_it_is_the_listeners(library: Connection) -> None:
    """Who adds a column must decide: add it to the export, or to what is derived."""
    sql = """
        SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.sql NOT LIKE 'CREATE VIRTUAL%' AND t.name NOT GLOB '*_index_*'
            AND t.name NOT LIKE 'sqlite_%'
    """
    undecided = [
        f"{table}.{column}"
        for table, column in rows(library, sql)
        if not any(column in known.get(table, "").split() or known.get(table) == "*" for known in (DERIVED, EXPORTED))
    ]
    assert undecided == []


def test_it_is_read_at_one_moment(path: Path) -> None:
    with closing(open_writer(path)) as library, closing(open_reader(path)) as reader:
        with snapshot(reader):
            assert exchange.gather_podcasts(reader) == []
            lay_in(library, SHOW)
            assert exchange.gather_podcasts(reader) == []
        assert exchange.gather_podcasts(reader) == [SHOW]
