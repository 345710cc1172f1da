"""Names that every file system takes."""

from __future__ import annotations

import ntpath
import sys
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.net.file_names import MAX_BYTES, file_name, safe_name


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
    assert file_name("Show", "Episode", url) == f"Show/Episode{ending}"


@given(st.text(), st.text())
def test_any_titles_give_a_path_inside_the_folder(podcast: str, episode: str) -> None:
    name = file_name(podcast, episode, "https://x.org/a.mp3")
    for kind in (PurePosixPath, PureWindowsPath):
        parts = kind(name).parts
        assert len(parts) == 2
        assert not kind(name).is_absolute()
        assert not any(part in ("", ".", "..") or part[0] in ". " or part[-1] in ". " for part in parts)
        assert all(len(part.encode()) <= MAX_BYTES for part in parts)
    assert not is_reserved_on_windows(name)


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
    target = tmp_path / file_name("日" * 200, "👩‍🚀" * 90, "https://x.org/a.mp3")
    target.parent.mkdir()
    target.with_name(f"{target.name}.part.json.tmp").write_text("")
