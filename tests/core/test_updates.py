"""What a feed that was fetched again changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.model import Enclosure, EpisodeId, FetchedEpisode, LinkedDocument, Mark, Soundbite
from player.core.updates import KnownEpisode, decide, describe, withdrawn


def fetched(guid: str, **kwargs: object) -> FetchedEpisode:
    base = FetchedEpisode(guid, f"Title of {guid}", published=1000, enclosure=Enclosure(f"https://x.org/{guid}.mp3"))
    return replace(base, **kwargs)  # type: ignore[arg-type]


def known(number: int, episode: FetchedEpisode) -> KnownEpisode:
    url = episode.enclosure.url if episode.enclosure else None
    return KnownEpisode(EpisodeId(number), episode.guid, episode.title, episode.published, url, describe(episode))


def test_new_episodes_keep_the_order_of_the_feed() -> None:
    episodes = [fetched("c"), fetched("a"), fetched("b")]
    update = decide([], episodes)
    assert update.new == tuple(episodes)
    assert update.changed == ()


def test_the_same_feed_changes_nothing() -> None:
    episodes = [fetched("a", texts=("0:00 Start",)), fetched("b")]
    update = decide([known(1, episodes[0]), known(2, episodes[1])], episodes)
    assert update.new == ()
    assert update.changed == ()


def test_a_new_title_is_a_change_that_leaves_the_chapters() -> None:
    old = fetched("a", texts=("notes",))
    update = decide([known(7, old)], [replace(old, title="Better")])
    assert [(each.id, each.affects_chapters) for each in update.changed] == [(7, False)]


def test_texts_marks_durations_and_documents_affect_chapters() -> None:
    old = fetched("a", texts=("notes",))
    for new in (
        replace(old, texts=("other",)),
        replace(old, podlove=(Mark(0, "Intro"),)),
        replace(old, duration=60_000),
        replace(old, chapter_document=LinkedDocument("https://x.org/c.json")),
    ):
        (change,) = decide([known(7, old)], [new]).changed
        assert change.affects_chapters


def test_episodes_that_vanish_are_left_alone() -> None:
    update = decide([known(1, fetched("a")), known(2, fetched("b"))], [fetched("b")])
    assert update.new == ()
    assert update.changed == ()


def test_a_feed_that_changes_all_guids_is_recognised_by_its_enclosures() -> None:
    old = [fetched(name, title="Same", published=None) for name in "abc"]
    new = [replace(each, guid=f"urn:{each.guid}") for each in old]
    update = decide([known(number, each) for number, each in enumerate(old)], new)
    assert update.new == ()
    assert [(each.id, each.fetched.guid) for each in update.changed] == [(0, "urn:a"), (1, "urn:b"), (2, "urn:c")]
    assert not any(each.affects_chapters for each in update.changed)


def test_a_feed_that_changes_guids_and_addresses_is_recognised_by_title_and_date() -> None:
    old = [fetched("a", published=1), fetched("b", published=2)]
    new = [replace(each, guid=f"{each.guid}2", enclosure=Enclosure(f"https://y.org/{each.guid}")) for each in old]
    update = decide([known(1, old[0]), known(2, old[1])], new)
    assert update.new == ()
    assert [each.id for each in update.changed] == [1, 2]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("http://x.org/1.mp3", "https://x.org/1.mp3"),
        ("https://dts.podtrac.com/redirect.mp3/traffic.x.org/1.mp3", "https://traffic.x.org/1.mp3"),
        ("https://x.org/1.mp3?id=5", "https://chrt.fm/track/AB1/pdst.fm/e/x.org/1.mp3?id=5"),
        ("https://x.org:8080/a.b/1.mp3", "https://pdst.fm/e/x.org:8080/a.b/1.mp3"),
    ],
)
def test_services_that_count_who_asks_do_not_make_another_episode(before: str, after: str) -> None:
    old = fetched("a", enclosure=Enclosure(before))
    update = decide([known(1, old)], [fetched("b", title="Other", enclosure=Enclosure(after))])
    assert [each.id for each in update.changed] == [1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("https://x.org/play?id=1", "https://x.org/play?id=2"),
        ("https://x.org/1.mp3", "https://y.org/1.mp3"),
        ("https://pdst.fm/e/x.org/1.mp3", "https://pdst.fm/e/x.org/2.mp3"),
    ],
)
def test_other_audio_is_another_episode(before: str, after: str) -> None:
    old = fetched("a", enclosure=Enclosure(before))
    assert decide([known(1, old)], [fetched("b", title="Other", enclosure=Enclosure(after))]).new


def test_a_mistaken_time_zone_does_not_make_another_episode_and_the_next_day_does() -> None:
    hour = 3_600_000
    old = fetched("a", title="News", published=0)
    for hours, is_new in ((-8, False), (12, False), (24, True), (168, True)):
        new = fetched("b", title="News", published=hours * hour)
        assert bool(decide([known(1, old)], [new]).new) is is_new


def dated(count: int) -> list[FetchedEpisode]:
    """Episodes of so many days, the newest first."""
    return [fetched(str(day), published=day * 86_400_000) for day in range(count, 0, -1)]


def gone(before: list[FetchedEpisode], after: list[FetchedEpisode]) -> list[str]:
    stored = [known(number, each) for number, each in enumerate(before)]
    found = withdrawn(stored, decide(stored, after).listed, [each.published for each in after])
    return [before[number].guid for number in found]


def test_what_a_feed_took_back_is_told() -> None:
    feed = dated(9)
    assert gone(feed, [each for each in feed if each.guid not in ("9", "5")]) == ["9", "5"]
    assert gone(feed, feed) == []


def test_what_falls_off_the_end_of_a_feed_was_not_taken_back() -> None:
    feed = dated(9)
    assert gone(feed, [fetched("10", published=10 * 86_400_000), *feed[:-1]]) == []
    assert gone(feed, feed[:5]) == []


def test_a_trailer_that_stays_does_not_make_what_fell_off_look_taken_back() -> None:
    feed = dated(9)
    trailers = [fetched(name, published=1000) for name in ("trailer", "welcome")]
    assert gone([*feed, *trailers], [*feed[:6], *trailers]) == []


def test_a_feed_that_lost_nearly_all_at_once_is_not_believed() -> None:
    feed = dated(20)
    assert gone(feed, [*feed[:2], *feed[-3:]]) == []
    assert gone(feed, []) == []


def test_an_episode_without_a_date_is_never_taken_back() -> None:
    feed = [*dated(9), fetched("x", published=None)]
    assert gone(feed, feed[:-1]) == []


def test_what_several_episodes_share_tells_nothing() -> None:
    shared = Enclosure("https://x.org/placeholder.mp3")
    old = [fetched(name, enclosure=shared, title="Live", published=5) for name in "ab"]
    new = [replace(each, guid=f"new {each.guid}") for each in old]
    assert len(decide([known(1, old[0]), known(2, old[1])], new).new) == 2


def test_a_partner_by_guid_is_not_taken_by_another_episode() -> None:
    old = fetched("a")
    other = replace(old, guid="b", title="Another")
    update = decide([known(1, old)], [old, other])
    assert [each.guid for each in update.new] == ["b"]
    assert update.changed == ()


def test_items_that_share_a_guid_are_told_apart_by_enclosure() -> None:
    first, second = (
        fetched("x", enclosure=Enclosure("https://x.org/1")),
        fetched("x", enclosure=Enclosure("https://x.org/2")),
    )
    update = decide([], [first, second, first])
    assert [each.guid for each in update.new] == ["https://x.org/1", "https://x.org/2"]


def test_an_item_that_later_shares_its_guid_stays_the_same_episode() -> None:
    first = fetched("x", enclosure=Enclosure("https://x.org/1"))
    newer = fetched("x", enclosure=Enclosure("https://x.org/2"), title="Newer")
    update = decide([known(1, first)], [newer, first])
    assert [each.title for each in update.new] == ["Newer"]
    assert [(each.id, each.fetched.guid) for each in update.changed] == [(1, "https://x.org/1")]


def test_items_without_an_enclosure_that_share_a_guid_are_told_apart_by_title_and_date() -> None:
    first = fetched("x", enclosure=None)
    update = decide([], [first, replace(first, title="Other"), first])
    assert len({each.guid for each in update.new}) == 2


episodes = st.builds(
    FetchedEpisode,
    guid=st.sampled_from("abcd"),
    title=st.sampled_from(["", "One", "Two"]),
    published=st.sampled_from([None, 1, 2]),
    enclosure=st.sampled_from([None, Enclosure("u:1"), Enclosure("u:2"), Enclosure("u:3")]),
    texts=st.sampled_from([(), ("text",)]),
)


@given(st.lists(episodes, max_size=6), st.lists(episodes, max_size=6))
def test_two_refreshes_agree_whatever_the_feed(before: list[FetchedEpisode], after: list[FetchedEpisode]) -> None:
    stored = [known(number, each) for number, each in enumerate(decide([], before).new)]
    assert len({each.guid for each in stored}) == len(stored)
    assert decide(stored, before).new == ()
    assert decide(stored, before).changed == ()
    update = decide(stored, after)
    assert len({each.id for each in update.changed}) == len(update.changed)
    kept = {each.guid for each in stored if each.id not in {change.id for change in update.changed}}
    added = [each.guid for each in update.new] + [each.fetched.guid for each in update.changed]
    assert not kept & set(added)
    assert len(set(added)) == len(added)
    dates = [each.published for each in after]
    back = withdrawn(stored, update.listed, dates)
    assert not set(back) & update.listed
    oldest = min((date for date in dates if date is not None), default=0)
    assert all((each.published or 0) > oldest for each in stored if each.id in back)


def test_soundbites_and_transcripts_change_an_episode_but_not_its_chapters() -> None:
    plain = fetched("a")
    for more in (
        replace(plain, soundbites=(Soundbite(1, 2),)),
        replace(plain, transcripts=(LinkedDocument("https://x.org/t.vtt"),)),
    ):
        assert describe(more).all != describe(plain).all
        assert describe(more).chapters == describe(plain).chapters
