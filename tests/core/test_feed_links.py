"""Which of the feeds that a page names is the podcast's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from player.core.feed_links import FeedLink, likely_feeds

SHOW = FeedLink("Show » Feed", "https://x.org/feed")
COMMENTS = FeedLink("Show » Comments Feed", "https://x.org/comments/feed")
PODCAST = FeedLink("Show as a podcast", "https://x.org/feed/audio")


def test_what_is_one_is_taken() -> None:
    assert likely_feeds([]) == ()
    assert likely_feeds([SHOW]) == (SHOW,)
    assert likely_feeds([SHOW, FeedLink("Again", SHOW.url)]) == (SHOW,)


def test_feeds_of_comments_go_where_another_is_left() -> None:
    assert likely_feeds([COMMENTS, SHOW]) == (SHOW,)
    assert likely_feeds([COMMENTS]) == (COMMENTS,)


def test_feeds_of_podcasts_go_before_others() -> None:
    assert likely_feeds([SHOW, COMMENTS, PODCAST]) == (PODCAST,)
    mp3, opus = FeedLink("Show (MP3)", "https://x.org/1"), FeedLink("Show (Opus)", "https://x.org/2")
    assert likely_feeds([SHOW, mp3, opus]) == (mp3, opus), "the listener is asked"


def test_rss_goes_before_atom_of_the_same_title() -> None:
    atom = FeedLink("Show » Atom", "https://x.org/atom", is_atom=True)
    other = FeedLink("News » Atom", "https://x.org/news", is_atom=True)
    assert likely_feeds([atom, SHOW]) == (SHOW,)
    assert likely_feeds([other, SHOW]) == (other, SHOW)
    assert likely_feeds([atom]) == (atom,)


words = st.sampled_from(["", "Show", "Comments", "Podcast", "Show RSS", "Show Atom", "mp3"])
links = st.builds(FeedLink, words, st.sampled_from([f"https://x.org/{n}" for n in range(4)]), st.booleans())


@given(st.lists(links))
def test_something_is_left_of_something_in_the_pages_order(found: list[FeedLink]) -> None:
    likely = likely_feeds(found)
    assert bool(likely) == bool(found)
    urls = [link.url for link in likely]
    assert len(set(urls)) == len(urls)
    assert urls == sorted(urls, key=[link.url for link in found].index)
    assert likely_feeds(likely) == likely
