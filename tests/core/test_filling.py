"""What a chosen list takes from the others, and when it takes nothing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from player.core.filling import filled
from player.core.model import Chapter, ChapterList, ChapterSource

OUTLINE = ChapterList(
    ChapterSource.OUTLINE,
    tuple(Chapter(at * 60_000, (at + 1) * 60_000, f"About {at}") for at in range(10)),
)
FILE = ChapterList(
    ChapterSource.FILE,
    tuple(
        Chapter(at * 60_000 + 700, (at + 1) * 60_000, f"Chapter {at}", f"https://x.org/{at}", f"sha256:{at}")
        for at in range(10)
    ),
    hidden=(Chapter(30_000, 40_000, "", picture="sha256:h"),),
)


def test_links_and_pictures_come_from_a_list_that_agrees() -> None:
    found = filled(OUTLINE, [FILE])
    assert [chapter.picture for chapter in found.chapters] == [f"sha256:{at}" for at in range(10)]
    assert found.chapters[3] == replace(OUTLINE.chapters[3], link="https://x.org/3", picture="sha256:3")
    assert found.hidden == FILE.hidden


def test_a_flat_list_takes_the_nesting_of_one_with_the_same_chapters() -> None:
    nested = replace(OUTLINE, chapters=tuple(replace(each, level=at % 3) for at, each in enumerate(OUTLINE.chapters)))
    assert [chapter.level for chapter in filled(FILE, [nested]).chapters] == [at % 3 for at in range(10)]
    assert [chapter.level for chapter in filled(nested, [FILE]).chapters] == [at % 3 for at in range(10)]
    shorter = replace(nested, chapters=nested.chapters[:9])
    assert not any(chapter.level for chapter in filled(FILE, [shorter]).chapters)


def test_real_titles_replace_made_up_ones_and_no_others() -> None:
    assert [chapter.title for chapter in filled(FILE, [OUTLINE]).chapters] == [f"About {at}" for at in range(10)]
    assert filled(FILE, [OUTLINE]).chapters[3].start == FILE.chapters[3].start


def test_what_is_there_stays() -> None:
    own = replace(OUTLINE, chapters=tuple(replace(each, link="own", picture="own") for each in OUTLINE.chapters))
    assert filled(own, [FILE]).chapters == own.chapters


def test_a_list_that_agrees_in_too_few_places_gives_nothing() -> None:
    shifted = tuple(replace(each, start=each.start + (5_000 if at > 6 else 0)) for at, each in enumerate(FILE.chapters))
    assert filled(OUTLINE, [replace(FILE, chapters=shifted)]) == OUTLINE
    assert filled(OUTLINE, [replace(FILE, chapters=FILE.chapters[:7])]).chapters[6].picture == "sha256:6"
    assert filled(OUTLINE, [replace(FILE, chapters=FILE.chapters[:7])]).chapters[7].picture is None


def test_the_first_of_the_others_counts_most() -> None:
    second = replace(FILE, chapters=tuple(replace(each, link="second", picture=None) for each in FILE.chapters))
    assert filled(OUTLINE, [second, FILE]).chapters[0].link == "second"
    assert filled(OUTLINE, [second, FILE]).chapters[0].picture == "sha256:0"


chapters = st.lists(st.builds(Chapter, st.integers(0, 20_000), st.just(0), st.text(max_size=3)), max_size=12).map(
    lambda found: tuple(sorted(found, key=lambda chapter: chapter.start))
)
lists = st.builds(ChapterList, st.sampled_from(ChapterSource), chapters)


@given(lists, st.lists(lists, max_size=3))
def test_no_place_moves(chosen: ChapterList, others: list[ChapterList]) -> None:
    found = filled(chosen, others)
    assert [(each.start, each.end) for each in found.chapters] == [(each.start, each.end) for each in chosen.chapters]
    assert filled(found, others) == found
