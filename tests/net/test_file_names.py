"""Names that every file system takes."""

from __future__ import annotations

import ntpath
import sys
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.net.file_names import MAX_BYTES, MAX_UNITS, file_name, safe_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("#459 – DeepSeek, China", "#459 – DeepSeek, China"),
        ("AC/DC: Back\\Black?", "AC DC - Back Black"),
        ("..", "Untitled"),
        ("", "Untitled"),
        ("../../etc/passwd", "etc passwd"),
        (".hidden", "hidden"),
        ("ends with dots...", "ends with dots"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com1", "_com1"),
        ("Concert", "Concert"),
        ("tab\tand\nline\x00\x7f", "tab and line"),
        ("👩‍🚀 in space", "👩‍🚀 in space"),
        ("u\u0308ber", "über"),
        ("日本語の番組", "日本語の番組"),
        ("right\u202eto left", "right to left"),
        ("lone \udc80 surrogate", "lone surrogate"),
        ("-rf", "rf"),
    ],
)
def test_titles_become_names(title: str, name: str) -> None:
    assert safe_name(title) == name


def test_long_titles_are_cut_between_words_and_characters() -> None:
    assert safe_name("word " * 100).endswith("word")
    for title in ("x" * 500, "é" * 500, "日" * 500, "👩‍🚀" * 100):
        name = safe_name(title)
        assert len(name.encode()) <= MAX_BYTES
        assert title.startswith(name)


@pytest.mark.parametrize(
    ("url", "ending"),
    [
        ("https://x.org/a.mp3?token=1.html", ".mp3"),
        ("https://x.org/a.M4A", ".m4a"),
        ("https://x.org/a", ".mp3"),
        ("https://x.org/a.php", ".mp3"),
        ("https://x.org/a%2Eopus", ".opus"),
        ("sample://earmark/a.ogg", ".ogg"),
    ],
)
def test_the_ending_is_that_of_the_address_where_it_is_one_of_audio(url: str, ending: str) -> None:
    assert file_name("Show", "Episode", 7, url) == f"Show/Episode [7]{ending}"


TITLES = st.text() | st.text(st.sampled_from("aA \u00e9e\u0301.-/👩‍🚀🇩🇪👍🏽[]1"), max_size=300)
URL = "https://x.org/a.mp3"


@given(TITLES, TITLES, st.integers(1, 10**9))
def test_any_titles_give_a_path_inside_the_folder(podcast: str, episode: str, number: int) -> None:
    name = file_name(podcast, episode, number, URL)
    for kind in (PurePosixPath, PureWindowsPath):
        parts = kind(name).parts
        assert len(parts) == 2
        assert not kind(name).is_absolute()
        assert not any(part in ("", ".", "..") or part[0] in ". " or part[-1] in ". " for part in parts)
        assert all(len(part.encode()) <= MAX_BYTES for part in parts)
        assert all(units(part) <= MAX_UNITS for part in parts)
        assert units(name) <= 170, "of the 260 that Windows allows, with the folder of downloads"
    assert not is_reserved_on_windows(name)
    assert unicodedata.is_normalized("NFC", name)


@given(TITLES, TITLES, TITLES, st.integers(1, 10**9), st.integers(1, 10**9))
def test_names_are_unique_and_stable(podcast: str, one: str, other: str, first: int, second: int) -> None:
    """Two episodes never have one name, whatever a file system takes for the same."""
    name, another = file_name(podcast, one, first, URL), file_name(podcast, other, second, URL)
    assert name == file_name(podcast, one, first, URL)
    if first != second:
        assert unicodedata.normalize("NFKD", name).casefold() != unicodedata.normalize("NFKD", another).casefold()


@given(TITLES, st.integers(1, 60))
def test_what_is_cut_is_a_beginning_of_the_whole_name(title: str, most: int) -> None:
    whole, cut = safe_name(title, 10**6, 10**6), safe_name(title, most, most)
    assert whole.startswith(cut) or cut == "Untitled"
    assert len(cut.encode()) <= most or cut == "Untitled"


@pytest.mark.parametrize(
    ("title", "units", "name"),
    [
        ("👩‍🚀👩‍🚀", 8, "👩‍🚀"),
        ("👍🏽👍🏽", 6, "👍🏽"),
        ("🇩🇪🇫🇷", 6, "🇩🇪"),
        ("x🇩🇪🇫🇷", 8, "x🇩🇪"),
        ("x̣́x̣́", 4, "x̣́"),
        ("👩‍🚀", 4, "Untitled"),
    ],
)
def test_what_is_seen_as_one_character_is_never_cut(title: str, units: int, name: str) -> None:
    assert safe_name(title, MAX_BYTES, units) == unicodedata.normalize("NFC", name)


def units(name: str) -> int:
    """UTF-16 units, in which Windows and macOS count."""
    return len(name.encode("utf-16-le")) // 2


def is_reserved_on_windows(name: str) -> bool:
    """What Python knows of names that Windows keeps for devices; it moved in 3.13."""
    if sys.version_info >= (3, 13):
        return ntpath.isreserved(name)
    return PureWindowsPath(name).is_reserved()


@given(st.text(min_size=1))
def test_any_name_can_be_made(title: str) -> None:
    name = safe_name(title)
    assert name == unicodedata.normalize("NFC", name)
    assert safe_name(name) == name


def test_a_name_is_taken_by_this_file_system(tmp_path: Path) -> None:
    target = tmp_path / file_name("日" * 200, "👩‍🚀" * 90, 123456, "https://x.org/a.mp3")
    target.parent.mkdir()
    target.with_name(f"{target.name}.part.json.tmp").write_text("")
