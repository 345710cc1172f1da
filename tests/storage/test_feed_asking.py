"""How asking feeds goes, in a real database."""

from __future__ import annotations

from sqlite3 import Connection

import pytest

from player.core.errors import NotFoundError
from player.core.model import FetchedFeed, PodcastId
from player.core.refreshing import AskState
from player.storage import feed_asking, feeds

FEED = FetchedFeed("The Show", None, "", None, None, ())


def test_how_asking_went_is_kept_until_it_goes_well(library: Connection, show: PodcastId) -> None:
    feeds.files_shelf(library, 1)
    assert feed_asking.ask_states(library) == {show: AskState()}
    failed = AskState(2000, 3, 9000, is_ended=True)
    feed_asking.record_failure(library, show, "It is gone.", failed)
    assert feed_asking.ask_state(library, show) == failed
    podcast = feeds.podcast(library, show)
    assert (podcast.problem, podcast.ask_after, podcast.is_ended) == ("It is gone.", 9000, True)
    for now in (10_000, 11_000):
        feed_asking.record_failure(library, show, "It is gone.", failed)
        if now == 10_000:
            feed_asking.record_success(library, show, now)
        else:
            feeds.store_feed(library, show, FEED, now)
        assert feed_asking.ask_state(library, show) == AskState(now)
        podcast = feeds.podcast(library, show)
        assert (podcast.problem, podcast.ask_after, podcast.is_ended) == (None, None, False)


def test_a_podcast_that_is_not_there_was_never_asked(library: Connection) -> None:
    assert feed_asking.ask_state(library, PodcastId(77)) == AskState()
    with pytest.raises(NotFoundError):
        feed_asking.next_page(library, PodcastId(77))


def test_a_feed_that_moved_is_found_at_both_addresses(library: Connection, show: PodcastId) -> None:
    feed_asking.move_feed(library, show, "https://y.org/feed", 5000)
    assert feeds.podcast(library, show).feed_url == "https://y.org/feed"
    assert feed_asking.former_addresses(library, show) == {"https://x.org/feed": 5000}
    assert feeds.podcast_by_url(library, "https://x.org/feed") == show
    assert feeds.podcast_by_url(library, "https://y.org/feed") == show
    assert feeds.podcast_at(library, "https://x.org/feed") is None
    feed_asking.move_feed(library, show, "https://x.org/feed", 6000)
    assert feed_asking.former_addresses(library, show) == {"https://y.org/feed": 6000}
    feed_asking.move_feed(library, show, "https://x.org/feed", 7000)
    assert feed_asking.former_addresses(library, show) == {"https://y.org/feed": 6000}
    assert feed_asking.feed_addresses(library) == {show: "https://x.org/feed"}


def test_a_feed_of_an_address_that_another_one_left_is_preferred(library: Connection, show: PodcastId) -> None:
    feed_asking.move_feed(library, show, "https://y.org/feed", 5000)
    other = feeds.add_podcast(library, "https://z.org/feed", "Other", 1000)
    feed_asking.move_feed(library, other, "https://x.org/feed", 6000)
    assert feeds.podcast_by_url(library, "https://x.org/feed") == other


def test_former_addresses_go_with_their_podcast(library: Connection, show: PodcastId) -> None:
    feed_asking.move_feed(library, show, "https://y.org/feed", 5000)
    feeds.remove_podcast(library, show)
    assert feed_asking.podcast_once_at(library, "https://x.org/feed") is None


def test_the_next_page_is_kept(library: Connection, show: PodcastId) -> None:
    assert feed_asking.next_page(library, show) is None
    for page in ("https://x.org/feed?page=2", ""):
        feed_asking.store_next_page(library, show, page)
        assert feed_asking.next_page(library, show) == page


def test_feeds_that_want_a_password_are_known(library: Connection, show: PodcastId) -> None:
    assert feed_asking.feeds_with_account(library) == ()
    feed_asking.set_has_account(library, show, True)
    assert feed_asking.feeds_with_account(library) == ("https://x.org/feed",)


def test_an_answer_that_is_forgotten_is_read_again(library: Connection, show: PodcastId) -> None:
    feeds.store_feed(library, show, FEED, 1000, etag="1", last_modified="2", body_hash="3")
    feed_asking.forget_answer(library, show)
    assert feeds.refresh_memory(library, show) == feeds.RefreshMemory(None, None, None)
