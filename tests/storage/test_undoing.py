"""What a course of writes changed is taken back, and what others wrote meanwhile is not."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from sqlite3 import Connection

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libraries import PODCASTS
from newlibraries import rows_of
from player.core.directory import feed_key
from player.core.errors import NotFoundError
from player.core.library_export import ExportedPodcast
from player.core.model import EpisodeId
from player.core.phrases import Phrase
from player.storage import exchange, feeds, listening, undoing
from player.storage.database import open_writer, row, rows, transaction
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
