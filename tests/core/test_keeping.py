from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.keeping import Keep, KeepKind, KeptDownload, keep_meant, keep_words, over_total, to_remove
from player.core.model import EpisodeId

DAY = 86_400_000
NOW = 1_760_000_000_000
SOME = [
    KeptDownload(EpisodeId(1)),
    KeptDownload(EpisodeId(2), played_at=NOW - 2 * DAY),
    KeptDownload(EpisodeId(3), played_at=NOW - 8 * DAY),
    KeptDownload(EpisodeId(4)),
]
keeps = st.builds(Keep, st.sampled_from(KeepKind), st.integers(1, 9))
kept = st.builds(
    KeptDownload,
    st.integers(1, 99).map(EpisodeId),
    played_at=st.none() | st.integers(NOW - 20 * DAY, NOW + DAY),
    is_begun=st.booleans(),
    is_queued=st.booleans(),
    is_open=st.booleans(),
    is_wanted=st.booleans(),
    is_own_file=st.booleans(),
)


@pytest.mark.parametrize(
    ("keep", "found"),
    [
        (Keep(), []),
        (Keep(KeepKind.NEWEST, 2), [3, 4]),
        (Keep(KeepKind.NEWEST, 4), []),
        (Keep(KeepKind.PLAYED, 7), [3]),
        (Keep(KeepKind.PLAYED, 0), [2, 3]),
    ],
)
def test_which_need_not_stay(keep: Keep, found: list[int]) -> None:
    assert [each.episode for each in to_remove(keep, SOME, NOW)] == found


@pytest.mark.parametrize(
    "safe",
    [
        replace(SOME[2], is_begun=True),
        replace(SOME[2], is_queued=True),
        replace(SOME[2], is_open=True),
        replace(SOME[2], is_wanted=True),
        replace(SOME[2], is_own_file=True),
    ],
)
def test_what_is_safe_stays(safe: KeptDownload) -> None:
    for keep in (Keep(KeepKind.NEWEST, 1), Keep(KeepKind.PLAYED, 0)):
        assert safe not in to_remove(keep, [SOME[0], SOME[1], safe, SOME[3]], NOW)


@given(keeps, st.lists(kept, max_size=12))
def test_no_rule_touches_what_is_safe_nor_the_newest(keep: Keep, downloads: list[KeptDownload]) -> None:
    found = to_remove(keep, downloads, NOW)
    assert not any(each.is_safe for each in found)
    if keep.kind is KeepKind.NEWEST:
        assert len(downloads) - len(found) >= min(keep.number, len(downloads))
    if keep.kind is KeepKind.PLAYED:
        assert all(each.played_at is not None and each.played_at <= NOW for each in found)


@given(keeps)
def test_rules_are_written_and_read(keep: Keep) -> None:
    again = keep_meant(keep_words(keep))
    assert again == (Keep() if keep.kind is KeepKind.ALL else keep)


@pytest.mark.parametrize("words", ["", "all:3", "newest:0", "newest", "played", "played:-1", "played:x", "some:3"])
def test_what_is_no_rule(words: str) -> None:
    with pytest.raises(ValueError, match=f"^{words}$"):
        keep_meant(words)


@given(st.lists(st.tuples(kept, st.integers(1, 9)), max_size=8), st.integers(0, 40))
def test_the_total_is_kept_where_it_can_be(found: list[tuple[KeptDownload, int]], most: int) -> None:
    downloads = [replace(each, episode=EpisodeId(number), size=size) for number, (each, size) in enumerate(found)]
    gone = over_total(most, downloads)
    assert not any(each.is_safe for each in gone)
    stays = [each for each in downloads if each not in gone]
    size = sum(each.size for each in stays if not each.is_own_file)
    if not most:
        assert gone == ()
    elif size > most:
        assert all(each.is_safe for each in stays)
    elif gone:
        assert size + gone[-1].size > most, "no more goes than has to"
