"""What a course of writes changed is taken back, and what others wrote meanwhile is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from sqlite3 import Connection

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libraries import PODCASTS
from newlibraries import rows_of
from player.core.directory import feed_key
from player.core.edges import Edges
from player.core.errors import NotFoundError
from player.core.library_export import ExportedPodcast
from player.core.model import (
    Chapter,
    ChapterList,
    ChapterSource,
    Download,
    DownloadState,
    Enclosure,
    EpisodeId,
    FetchedEpisode,
    FetchedFeed,
    PodcastId,
)
from player.core.phrases import Phrase
from player.core.podcast_rules import PodcastRules
from player.core.skip_rules import SkipRule
from player.core.skips import SkipMark
from player.storage import (
    bookmarks,
    chapter_wishes,
    chapters,
    episodes,
    exchange,
    feeds,
    listening,
    podcast_rules,
    skip_marks,
    skip_rules,
    undoing,
)
from player.storage.database import change, open_writer, row, rows, transaction
from storage.test_exchange import EPISODE, NOW, SHOW

OTHER = replace(SHOW, feed_url="https://x.org/other")


def lay_in(library: Connection, podcasts: Sequence[ExportedPodcast]) -> None:
    known = exchange.known_feeds(library)
    for podcast in podcasts:
        exchange.lay_in(library, podcast, known, NOW)


@given(
    there=st.lists(PODCASTS, max_size=2, unique_by=lambda each: feed_key(each.feed_url)),
    more=st.lists(PODCASTS, max_size=2),
    later=st.integers(-5, 5),
)
@settings(max_examples=10, deadline=None)
def test_all_is_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, there: list[ExportedPodcast], more: list[ExportedPodcast], later: int
) -> None:
    changed = [
        replace(
            each,
            episodes=tuple(
                replace(episode, position=episode.position + 1, changed_at=(episode.changed_at or NOW) + later)
                for episode in each.episodes
            ),
        )
        for each in there
    ]
    path = tmp_path_factory.mktemp("library") / "library.db"
    with closing(open_writer(path)) as library:
        with transaction(library):
            lay_in(library, there)
        undoing.begin(library)
        before = rows_of(library)
        with undoing.noted(library):
            lay_in(library, [*more, *changed])
        while undoing.take_back(library, 3):
            pass
        assert rows_of(library) == before
        undoing.end(library)
        assert rows(library, "SELECT name FROM temp.sqlite_schema") == []


def test_what_others_wrote_meanwhile_stays(library: Connection) -> None:
    lay_in(library, [replace(SHOW, episodes=(replace(EPISODE, changed_at=100), replace(EPISODE, guid="b")))])
    undoing.begin(library)
    with undoing.noted(library):
        lay_in(library, [replace(SHOW, episodes=(replace(EPISODE, changed_at=900),)), OTHER])
    podcast = feeds.podcast_by_url(library, SHOW.feed_url)
    assert podcast is not None
    listening.store_position(library, EpisodeId(1), 44_000, NOW)
    feeds.add_podcast(library, "https://x.org/mine", "Mine", NOW)
    assert not undoing.take_back(library, 1000)
    assert row(library, "SELECT position, changed_at FROM listening WHERE episode = 1") == (44_000, NOW)
    assert {each.feed_url for each in feeds.list_podcasts(library)} == {SHOW.feed_url, "https://x.org/mine"}


def lay_in_what_fails(library: Connection) -> None:
    lay_in(library, [OTHER])
    raise NotFoundError(Phrase("reasons", "podcast"), "1")


def test_what_is_written_outside_or_fails_is_not_noted(library: Connection) -> None:
    undoing.begin(library)
    lay_in(library, [SHOW])
    with pytest.raises(NotFoundError), undoing.noted(library):
        lay_in_what_fails(library)
    lay_in(library, [OTHER])
    before = rows_of(library)
    assert not undoing.take_back(library, 1000)
    assert rows_of(library) == before


OLD = replace(EPISODE, guid="old", title="An old one", enclosure_url="https://x.org/old.mp3")
"""An episode that the library has no other way to know of."""


def test_what_hung_on_something_that_is_gone_is_gone_too(library: Connection) -> None:
    lay_in(library, [SHOW, replace(OTHER, episodes=())])
    undoing.begin(library)
    with undoing.noted(library):
        lay_in(library, [replace(OTHER, episodes=(OLD,))])
        skip_marks.store_skip_marks(library, EpisodeId(1), ())
    feeds.remove_podcast(library, the(library, SHOW))
    assert not undoing.take_back(library, 1000)
    assert {each.feed_url for each in feeds.list_podcasts(library)} == {OTHER.feed_url}
    assert row(library, "SELECT count(*) FROM episode WHERE guid = 'old'") == (0,)


def test_what_others_removed_meanwhile_does_not_come_back(library: Connection) -> None:
    lay_in(library, [SHOW])
    undoing.begin(library)
    more = replace(EPISODE, skips=(SkipMark("More ads", 5000),))
    with undoing.noted(library):
        lay_in(library, [replace(SHOW, episodes=(more,), skip_rules=(SkipRule("More"),))])
    skip_marks.store_skip_marks(library, EpisodeId(1), ())
    skip_rules.store_rules(library, the(library, SHOW), ())
    assert not undoing.take_back(library, 1000)
    assert skip_marks.skip_marks(library, EpisodeId(1)) == ()
    assert skip_rules.rules(library, the(library, SHOW)) == ()


def the(library: Connection, podcast: ExportedPodcast) -> PodcastId:
    found = feeds.podcast_by_url(library, podcast.feed_url)
    assert found is not None
    return found


def mark(library: Connection, episode: EpisodeId) -> None:
    bookmarks.add(library, episode, 5000, NOW, text="mine")


def download(library: Connection, episode: EpisodeId) -> None:
    episodes.set_download(library, Download(episode, DownloadState.COMPLETE, "/mine.mp3"))


def choose(library: Connection, episode: EpisodeId) -> None:
    chapter_wishes.ask_for(library, episode, ChapterSource.FILE)


def make_a_list(library: Connection, episode: EpisodeId) -> None:
    chapters.store_list(library, episode, ChapterList(ChapterSource.LISTENER, (Chapter(0, 60_000, "Mine"),)), NOW)


def hear_on(library: Connection, episode: EpisodeId) -> None:
    listening.store_position(library, episode, 44_000, NOW)


def leave_open(library: Connection, episode: EpisodeId) -> None:
    sql = "INSERT INTO session (key, value) VALUES ('playback', json_object('episode', ?))"
    change(library, sql, (episode,))


def put_into_a_folder(library: Connection, episode: EpisodeId) -> None:
    feeds.set_folders(library, {podcast_of(library, episode): ("Mine",)})


def set_rules_of_new_ones(library: Connection, episode: EpisodeId) -> None:
    podcast_rules.store_rules(library, podcast_of(library, episode), PodcastRules())


def set_rules(library: Connection, episode: EpisodeId) -> None:
    set_rules_of_new_ones(library, episode)
    podcast_rules.store_rules(library, podcast_of(library, episode), PodcastRules(Edges(7000, 0)))


def show_other_chapters(library: Connection, episode: EpisodeId) -> None:
    found = (Chapter(0, 60_000, "Of the feed"),)
    chapters.store_list(library, episode, ChapterList(ChapterSource.PODLOVE, found), NOW)
    chapters.store_shown(library, episode, found)


def read_the_feed(library: Connection, episode: EpisodeId) -> None:
    fetched = FetchedEpisode("old", "As the feed has it", published=1000, enclosure=Enclosure("https://x.org/old.mp3"))
    feed = FetchedFeed("The Show", None, "", None, None, (fetched, replace(fetched, guid="new", enclosure=None)))
    feeds.store_feed(library, podcast_of(library, episode), feed, NOW)


def podcast_of(library: Connection, episode: EpisodeId) -> PodcastId:
    ((podcast,),) = rows(library, "SELECT podcast FROM episode WHERE id = ?", (episode,))
    return PodcastId(podcast)


Act = Callable[[Connection, EpisodeId], None]
WITH_AN_EPISODE: tuple[Act, ...] = (mark, download, choose, make_a_list, hear_on, leave_open)


@pytest.mark.parametrize("act", WITH_AN_EPISODE)
def test_an_episode_that_somebody_uses_meanwhile_stays(library: Connection, act: Act) -> None:
    lay_in(library, [replace(SHOW, episodes=())])
    undoing.begin(library)
    with undoing.noted(library):
        lay_in(library, [replace(SHOW, episodes=(replace(OLD, bookmarks=()), replace(EPISODE, guid="b")))])
    act(library, EpisodeId(1))
    before = [each for each in rows_of(library)["bookmark"] if "mine" in each]
    while undoing.take_back(library, 3):
        pass
    assert rows(library, "SELECT guid FROM episode") == [("old",)]
    assert rows_of(library)["bookmark"] == before
    assert len(rows_of(library)["download"]) == (act is download)


@pytest.mark.parametrize(
    ("act", "stays"),
    [
        *((act, True) for act in (*WITH_AN_EPISODE, put_into_a_folder, set_rules)),
        *((act, False) for act in (show_other_chapters, read_the_feed, set_rules_of_new_ones)),
    ],
)
def test_a_podcast_that_somebody_uses_meanwhile_stays(library: Connection, act: Act, stays: bool) -> None:
    undoing.begin(library)
    with undoing.noted(library):
        lay_in(library, [replace(SHOW, episodes=(OLD, replace(EPISODE, guid="b")), rules=None), OTHER])
    podcast, other = the(library, SHOW), the(library, OTHER)
    act(library, EpisodeId(1))
    for each in (podcast, other):
        undoing.remove(library, each)
    while undoing.take_back(library, 3):
        pass
    assert [each.id for each in feeds.list_podcasts(library)] == ([podcast] if stays else [])
    used = [("old",)] if act in WITH_AN_EPISODE else []
    assert rows(library, "SELECT guid FROM episode") == used
