"""Rules of statistics: what a stretch adds, sums by podcast and month, and which podcast words mean."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.errors import NotFoundError
from player.core.sound import Listened
from player.core.time_listened import Month, MonthOfPodcast, Sums, month_meant, of_podcast, overview, stretch

months = st.builds(Month, st.integers(2020, 2026), st.integers(1, 12))
amounts = st.integers(0, 10_000_000)
sums = st.builds(Sums, amounts, amounts, amounts, amounts, amounts)
entries = st.lists(
    st.tuples(st.sampled_from("abcde"), months, sums, st.sampled_from(("One", "Two", "Three"))), max_size=40
).map(
    lambda found: [
        MonthOfPodcast(f"https://x.org/{name}", title, month, each)
        for (name, month), (each, title) in {(name, month): (each, title) for name, month, each, title in found}.items()
    ]
)


def parts(found: Sums) -> tuple[int, ...]:
    return (found.heard, found.by_speed, found.by_slowness, found.by_trimming, found.by_skips)


def added(found: Iterable[Sums]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip((0,) * 5, *map(parts, found), strict=True))


def entry(url: str, title: str, year: int, month: int, heard: int = 1000) -> MonthOfPodcast:
    return MonthOfPodcast(url, title, Month(year, month), Sums(heard))


# Months


@given(months, st.integers(-500, 500))
def test_months_are_counted_on_and_back(month: Month, by: int) -> None:
    assert month.plus(by).plus(-by) == month
    assert (month.plus(by) > month) == (by > 0)
    assert month_meant(str(month)) == month
    between = month.until(month.plus(by))
    assert len(between) == max(0, by + 1)
    assert list(between) == sorted(set(between))


def test_the_turn_of_the_year() -> None:
    assert Month(2024, 11).until(Month(2025, 2)) == ((2024, 11), (2024, 12), (2025, 1), (2025, 2))
    assert str(Month(2025, 2)) == "2025-02"


@pytest.mark.parametrize("text", ["", "2025", "2025-13", "2025-00", "2025-2", "25-02", "2025-02-03", "a-b"])
def test_other_words_are_no_month(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        month_meant(text)


# What a stretch adds


def test_a_stretch_at_twice_the_speed_with_trimming() -> None:
    added = stretch(Listened(4_000.4, 4_000.4, 1_000.2, 60_000.0))
    assert added == Sums(4_000, 4_000, 0, 1_000, 60_000)
    assert (added.audio, added.saved) == (9_000, 65_000)


def test_slow_playing_saves_nothing_and_costs_what_it_takes_longer() -> None:
    added = stretch(Listened(4_000, -1_000))
    assert added == Sums(4_000, by_slowness=1_000)
    assert (added.audio, added.saved) == (3_000, 0)


def test_no_playing_adds_nothing() -> None:
    assert stretch(Listened()) == Sums()


@given(*[st.floats(-1e7, 1e7)] * 4)
def test_nothing_is_negative_and_the_parts_add_up(heard: float, speed: float, trimming: float, skips: float) -> None:
    added = stretch(Listened(heard, speed, trimming, skips))
    assert min(parts(added)) >= 0
    if min(heard, trimming, skips) >= 0:
        assert added.audio == pytest.approx(Listened(heard, speed, trimming).audio, abs=2)
        assert added.saved + added.heard >= added.audio


# Sums


@given(entries, months, st.none() | st.integers(1, 40))
def test_sums_add_up(found: list[MonthOfPodcast], now: Month, most: int | None) -> None:
    seen = overview(found, now, most)
    wanted = [each for each in found if each.month in seen.months]
    assert parts(seen.sums) == added(each.sums for each in wanted)
    assert list(seen.months) == list(seen.months[0].until(seen.months[-1]))
    assert seen.months[-1] == max([now, *(each.month for each in found)])
    assert len(seen.months) <= (most or len(seen.months))
    assert len(seen.by_month) == len(seen.months)
    assert {len(each.months) for each in seen.podcasts} <= {len(seen.months)}
    for whole, split in [(seen.sums, seen.by_month), *((each.sums, each.months) for each in seen.podcasts)]:
        assert parts(whole) == added(split)
    assert {each.feed_url for each in seen.podcasts} == {each.feed_url for each in wanted}
    heard = [each.sums.heard for each in seen.podcasts]
    assert heard == sorted(heard, reverse=True)
    assert most is not None or wanted == found


def test_nothing_is_an_empty_month() -> None:
    seen = overview([], Month(2025, 2))
    assert (seen.months, seen.by_month, seen.podcasts, seen.is_empty) == ((Month(2025, 2),), (Sums(),), (), True)


def test_months_without_anything_stand_between() -> None:
    found = [entry("b", "B", 2025, 1), entry("a", "A", 2024, 11, 500)]
    seen = overview(found, Month(2025, 2))
    assert [each.heard for each in seen.by_month] == [500, 0, 1000, 0]
    assert [each.title for each in seen.podcasts] == ["B", "A"]
    assert not seen.is_empty
    assert [each.title for each in overview(found, Month(2025, 2), 2).podcasts] == ["B"]
    assert overview(found, Month(2025, 2), 1).is_empty


def test_a_podcast_has_its_last_title() -> None:
    found = [entry("a", "New name", 2025, 2), entry("a", "Old name", 2024, 2)]
    assert [each.title for each in overview(found, Month(2025, 2)).podcasts] == ["New name"]


# Which podcast


def test_words_mean_an_address_a_title_or_a_part() -> None:
    found = [entry("https://x.org/a", "Hard Fork", 2025, 1), entry("https://x.org/b", "Hard Fork Extra", 2025, 1)]
    for words, meant in (
        ("hard fork", found[:1]),
        ("Extra", found[1:]),
        ("HTTPS://X.org/b", found[1:]),
        ("for", found),
    ):
        assert list(of_podcast(found, words)) == meant
    for words in ("lex", ""):
        with pytest.raises(NotFoundError):
            of_podcast(found, words)
