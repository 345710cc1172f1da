from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from player.core.folders import DEEPEST, LONGEST_NAME, Shelf, folder_meant, folder_of, folder_words, moved, shelve

NAMES = st.text(alphabet=st.sampled_from("ab /é日"), max_size=8)
FOLDERS = st.lists(NAMES, max_size=4).map(folder_of)


def test_words_mean_folders() -> None:
    assert folder_meant(" News /  Tech\tand Science ") == ("News", "Tech and Science")
    assert folder_meant("TV/Film") == ("TV/Film",)
    assert folder_meant("  ") == folder_meant(" / ") == folder_meant("/") == ()
    assert folder_words(("News", "World")) == "News / World"


def test_other_programs_files_cannot_nest_without_end() -> None:
    assert len(folder_of(["a"] * 1000)) == DEEPEST
    assert folder_of(["x" * 1000]) == ("x" * LONGEST_NAME,)


@given(FOLDERS)
def test_what_was_said_is_meant_again(folder: tuple[str, ...]) -> None:
    assert folder_meant(folder_words(folder)) == folder


@given(FOLDERS)
def test_a_folder_is_itself_again(folder: tuple[str, ...]) -> None:
    assert folder_of(folder) == folder


def test_what_is_within_moves_with_a_folder() -> None:
    assert moved(("News", "World", "Asia"), ("News", "World"), ("Abroad",)) == ("Abroad", "Asia")
    assert moved(("News",), ("News", "World"), ()) == ("News",)
    assert moved(("News", "World"), ("News",), ()) == ("World",)


def test_shelves_are_sorted_and_what_lies_in_them_is_not() -> None:
    root = shelve([(("b",), 3), ((), 9), (("B", "x"), 1), (("a",), 2), (("b",), 0), ((), 4)])
    assert root == Shelf(
        (),
        (9, 4),
        (
            Shelf(("a",), (2,)),
            Shelf(("B",), (), (Shelf(("B", "x"), (1,)),)),
            Shelf(("b",), (3, 0)),
        ),
    )


@given(st.lists(st.tuples(FOLDERS, st.integers())))
def test_nothing_is_lost(items: list[tuple[tuple[str, ...], int]]) -> None:
    assert sorted(shelve(items).all_items) == sorted(item for _, item in items)
