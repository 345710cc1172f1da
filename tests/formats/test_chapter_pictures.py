"""Pictures of chapters: their types and addresses."""

from __future__ import annotations

import pytest

from pictures import jpeg, png
from player.core.model import Picture
from player.formats.chapter_pictures import (
    LARGEST_PICTURE,
    embedded_picture,
    linked_picture,
    picture_size,
    resolved_link,
)


@pytest.mark.parametrize(
    ("data", "said", "media_type"),
    [
        (b"\xff\xd8\xff\xe0rest", "image/png", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "", "image/png"),
        (b"GIF89a", "PNG", "image/gif"),
        (b"RIFF\0\0\0\nWEBPVP8 ", "", "image/webp"),
        (b"something", " Image/BMP ", "image/bmp"),
        (b"something", "image/", None),
        (b"<html>", "text/html", None),
        (b"", "image/png", None),
        (bytes(LARGEST_PICTURE + 1), "image/png", None),
    ],
)
def test_types_of_pictures(data: bytes, said: str, media_type: str | None) -> None:
    expected = Picture(data=data, media_type=media_type) if media_type else None
    assert embedded_picture(data, said) == expected


def test_addresses() -> None:
    assert linked_picture(" https://example.com/a.png ") == Picture(url="https://example.com/a.png")
    assert linked_picture("a.png", "https://example.com/b/c.json") == Picture(url="https://example.com/b/a.png")
    assert linked_picture("a.png") is None
    assert linked_picture("javascript:alert(1)", "https://example.com/") is None
    assert linked_picture(None, "https://example.com/") is None
    assert linked_picture("", "https://example.com/") is None
    assert resolved_link("https://[broken", "https://example.com/") is None


def test_the_size_of_a_picture() -> None:
    assert picture_size(png(300, 2)) == (300, 2)
    assert picture_size(jpeg(48, 16)) == (48, 16)
    assert picture_size(b"\xff\xd8\xff\xff\xe0\0\2" + jpeg(48, 16)[2:]) == (48, 16), "markers may be padded"
    for data in (png(3, 2)[:23], jpeg()[:24], b"\xff\xd8" * 20, b"GIF89a" + bytes(20), png(0, 2), b""):
        assert picture_size(data) is None
