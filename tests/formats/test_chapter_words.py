"""Titles and links as every format cleans them."""

from __future__ import annotations

import pytest

from player.formats.chapter_words import clean_link, clean_title


@pytest.mark.parametrize(
    ("raw", "clean"),
    [(" One ", "One"), ("A\r\n\tB", "A B"), ("A  B", "A  B"), ("\0", ""), (None, ""), (7, ""), ("中 ❤️", "中 ❤️")],
)
def test_titles_are_one_line(raw: object, clean: str) -> None:
    assert clean_title(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (" https://example.com/a%20b ", "https://example.com/a%20b"),
        ("HTTP%3A%2F%2Fexample.com%2F%C3%A4", "HTTP://example.com/ä"),
        ("javascript:alert(1)", None),
        ("https://example.com/ and more", None),
        ("", None),
        (None, None),
        (7, None),
    ],
)
def test_links_are_web_addresses(raw: object, clean: str | None) -> None:
    assert clean_link(raw) == clean
