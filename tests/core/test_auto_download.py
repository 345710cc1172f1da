from __future__ import annotations

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.auto_download import (
    AutoDownload,
    ListedEpisode,
    amount_meant,
    amount_words,
    newest_of,
    really_new,
    to_download,
)
from player.core.model import EpisodeId

DAY = 86_400_000
NOW = 1_760_000_000_000


def listed(*episodes: tuple[int, str], new: set[int], chapters: Collection[int] = ()) -> list[ListedEpisode]:
    """Episodes by their age in days and title, newest first; numbers count from 1."""
    return [
        ListedEpisode(EpisodeId(number), title, NOW - age * DAY, number in chapters, number in new)
        for number, (age, title) in enumerate(episodes, start=1)
    ]


NEWS = listed((0, "News"), (1, "Bonus: talk"), (2, "Old"), (3, "Older"), new={1, 2})


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (AutoDownload(), ()),
        (AutoDownload(None), (1, 2)),
        (AutoDownload(1), (1,)),
        (AutoDownload(9), (1, 2)),
        (AutoDownload(None, contains="TALK bonus"), (2,)),
        (AutoDownload(1, contains="bonus"), (2,)),
        (AutoDownload(None, lacks="bonus quiz"), (1,)),
        (AutoDownload(None, contains="talk", lacks="bonus"), ()),
        (AutoDownload(None, only_with_chapters=True), ()),
    ],
)
def test_which_are_downloaded(rule: AutoDownload, found: tuple[int, ...]) -> None:
    assert to_download(rule, NEWS, NOW) == found


def test_only_those_with_chapters() -> None:
    some = listed((0, "A"), (1, "B"), (2, "C"), new={1, 2, 3}, chapters={2, 3})
    assert to_download(AutoDownload(1, only_with_chapters=True), some, NOW) == (2,)


def test_the_newest_new_or_not() -> None:
    assert newest_of(AutoDownload(3, lacks="bonus"), NEWS) == (1, 3, 4)
    assert newest_of(AutoDownload(None), NEWS) == newest_of(AutoDownload(), NEWS) == ()


def test_an_archive_that_appears_is_not_new() -> None:
    archive = listed((0, "New"), (5, "Known"), (5, "Late"), (7, "Very old"), (900, "First"), new={1, 3, 4, 5})
    assert [each.id for each in really_new(archive, NOW)] == [1, 3]
    assert to_download(AutoDownload(None), archive, NOW) == (1, 3)
    assert to_download(AutoDownload(2), archive, NOW) == (1,), "the known one is the second newest"


def test_a_known_one_that_is_dated_in_the_future_keeps_none_out() -> None:
    some = listed((-9000, "Mistake"), (0, "New"), (3, "Known"), new={2})
    assert [each.id for each in really_new(some, NOW)] == [2]
    assert to_download(AutoDownload(1), some, NOW) == (2,)


def test_where_nothing_was_known_all_are_new() -> None:
    assert len(really_new(listed((0, "A"), (300, "B"), new={1, 2}), NOW)) == 2


@given(
    st.builds(
        AutoDownload, st.none() | st.integers(0, 5), st.sampled_from(["", "a", "a b"]), st.sampled_from(["", "b"])
    ),
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["a", "b", "ab", ""]), st.booleans(), st.booleans())),
)
def test_never_more_than_asked_for_and_only_what_is_new_and_passes(
    rule: AutoDownload, found: list[tuple[int, str, bool, bool]]
) -> None:
    episodes = [
        ListedEpisode(EpisodeId(number), title, NOW - age * DAY, has_chapters, is_new)
        for number, (age, title, has_chapters, is_new) in enumerate(sorted(found))
    ]
    taken = to_download(rule, episodes, NOW)
    assert rule.most is None or len(taken) <= rule.most
    assert all(each.is_new and rule.takes(each) for each in episodes if each.id in taken)


@given(st.none() | st.integers(0, 999))
def test_amounts_are_written_and_read(most: int | None) -> None:
    assert amount_meant(amount_words(most)) == most


@pytest.mark.parametrize("words", ["", "newest", "newest:0", "newest:-1", "newest:x", "newest:²", "newest:1000", "3"])
def test_what_is_no_amount(words: str) -> None:
    with pytest.raises(ValueError, match=f"^{words}$"):
        amount_meant(words)
