"""How far a file can be decoded: whole ones, and those that are cut off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from player.audio.checking import check_audio
from player.audio.source import Source
from player.core.errors import DamagedAudioError, NotAudioError
from timecoded import cached_timecoded

SECONDS = 12.0
KINDS: dict[str, dict[str, Any]] = {
    "mp3": {},
    "aac": {"container_options": {"movflags": "faststart"}},
    "flac": {},
    "opus": {"rate": 48_000},
}


def piece(kind: str, part: float, folder: Path) -> Source:
    """The first part of a file."""
    whole = cached_timecoded(SECONDS, codec=kind, **KINDS[kind])
    data = whole.read_bytes()
    path = folder / f"piece{whole.suffix}"
    path.write_bytes(data[: round(len(data) * part)])
    return Source(path)


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_file_lacks_nothing(kind: str, tmp_path: Path) -> None:
    checked = check_audio(piece(kind, 1.0, tmp_path))
    assert checked.missing == 0
    assert checked.announced == pytest.approx(SECONDS * 1000, abs=30)
    assert (checked.index is None) == (kind != "mp3")


@pytest.mark.parametrize("kind", ["mp3", "aac", "flac"])
@pytest.mark.parametrize("part", [0.3, 0.9])
def test_what_is_cut_off_lacks_the_rest(kind: str, part: float, tmp_path: Path) -> None:
    source = piece(kind, part, tmp_path)
    checked = check_audio(source)
    assert checked.announced == pytest.approx(SECONDS * 1000, abs=60)
    assert checked.missing == pytest.approx(SECONDS * 1000 * (1 - part), abs=600)
    assert source.closed


def test_a_container_without_its_list_of_frames_cannot_be_opened(tmp_path: Path) -> None:
    whole = cached_timecoded(SECONDS, codec="aac").read_bytes()
    path = tmp_path / "cut.m4a"
    path.write_bytes(whole[: len(whole) * 9 // 10])
    with pytest.raises(DamagedAudioError):
        check_audio(Source(path))


def test_a_page_is_no_audio(tmp_path: Path) -> None:
    path = tmp_path / "page.mp3"
    path.write_text("<html><body>Log in.</body></html>" * 1000, encoding="utf-8")
    with pytest.raises(NotAudioError, match="a web page"):
        check_audio(Source(path))
