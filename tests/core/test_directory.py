"""Answers of directories that go together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.directory import FoundPodcast, feed_key, merged


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("https://x.org/feed", "http://X.org/feed/", True),
        ("https://x.org", "https://x.org/", True),
        ("https://x.org/feed", "https://x.org/Feed", False),
        ("https://x.org/feed?a=1", "https://x.org/feed?a=2", False),
        ("http://[::1", "http://[::2", False),
    ],
)
def test_which_addresses_are_one(one: str, other: str, expected: bool) -> None:
    assert (feed_key(one) == feed_key(other)) is expected


def test_what_several_find_alternates_and_is_completed() -> None:
    first = [FoundPodcast("A", "", "https://a.org/"), FoundPodcast("B", "Bea", "https://b.org/", 0)]
    second = [FoundPodcast("B too", "Bob", "http://b.org", 7), FoundPodcast("A too", "Ann", "http://a.org", 3)]
    assert merged([first, second]) == (
        FoundPodcast("A", "Ann", "https://a.org/", 3),
        FoundPodcast("B too", "Bob", "http://b.org", 7),
    )
    assert merged([]) == ()


found = st.builds(FoundPodcast, st.text(), st.text(), st.sampled_from([f"https://{n}.org/" for n in range(5)]))


@given(st.lists(st.lists(found, max_size=5), max_size=3))
def test_every_feed_is_there_once(answers: list[list[FoundPodcast]]) -> None:
    together = merged(answers)
    assert sorted(each.url for each in together) == sorted({each.url for answer in answers for each in answer})
