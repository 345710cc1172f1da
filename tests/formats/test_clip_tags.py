"""What a clip says of itself, read back by mutagen and by FFmpeg."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import mutagen
import pytest

from pictures import jpeg, png
from player.core.errors import FileError
from player.core.model import Picture
from player.formats.clip_tags import ClipTags, cover_in, write_clip_tags
from timecoded import write_timecoded

JPEG = Picture(data=jpeg(), media_type="image/jpeg")
SOURCE = "https://example.org/a%20b.mp3"
TAGS = ClipTags(
    "Stargate – ä 中", "A podcast", "Ann & Ben", f"“An episode”, 1:00–2:00. {SOURCE}#t=60,120", SOURCE, JPEG
)
FILES = {".mp3": ("mp3", None), ".m4a": ("aac", "ipod"), ".opus": ("opus", "ogg"), ".flac": ("flac", None)}
FILES |= {".ogg": ("vorbis", "ogg"), ".wav": ("wav", None)}


@pytest.fixture(params=FILES)
def clip(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    codec, container = FILES[request.param]
    options = {"container": container} if container else {}
    path = tmp_path / f"clip{request.param}"
    return write_timecoded(path, 1.0, codec=codec, rate=48_000, channels=2, **options)


def probed(path: Path) -> dict[str, str]:
    """What ffprobe says of a file, its streams and itself."""
    probe = shutil.which("ffprobe")
    if probe is None:
        pytest.skip("no ffprobe")
    command = [probe, "-v", "error", "-of", "json", "-show_format", "-show_streams", str(path)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    tags: dict[str, str] = {}
    for each in (*(stream for stream in told["streams"] if stream["codec_type"] == "audio"), told["format"]):
        tags |= {name.lower(): value for name, value in each.get("tags", {}).items()}
    kinds = [each["codec_type"] for each in told["streams"]]
    return tags | {"streams": " ".join(sorted(kinds))}


def test_both_read_back_what_was_written(clip: Path) -> None:
    write_clip_tags(clip, TAGS)
    told = probed(clip)
    assert told["title"] == TAGS.title
    assert told["album"] == TAGS.podcast
    assert told["artist"] == TAGS.artist
    assert told["comment"] == TAGS.comment
    assert "audio" in told["streams"]
    if clip.suffix != ".wav":
        assert told["streams"] == "audio video", "the cover"
    easy = mutagen.File(str(clip), easy=clip.suffix != ".wav")
    if clip.suffix != ".wav":
        assert (easy["title"], easy["album"], easy["artist"]) == ([TAGS.title], [TAGS.podcast], [TAGS.artist])
    else:
        assert easy["TIT2"].text == [TAGS.title]
    assert cover_in(clip) == JPEG


def test_without_a_cover_and_a_source(clip: Path) -> None:
    write_clip_tags(clip, ClipTags("T", "P", "A", "C"))
    assert probed(clip)["title"] == "T"
    assert cover_in(clip) is None


def test_covers_of_originals(clip: Path, tmp_path: Path) -> None:
    drawing = Picture(data=png(3, 2), media_type="image/png")
    write_clip_tags(clip, ClipTags("T", "P", "A", "C", cover=drawing))
    assert cover_in(clip) == drawing
    broken = tmp_path / "broken.mp3"
    broken.write_bytes(b"ID3\4\0\0\0\0\0\x7fAPIC\0\0\0\x7f")
    assert cover_in(broken) is None
    assert cover_in(tmp_path / "missing.mp3") is None


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        write_clip_tags(tmp_path / "missing.mp3", TAGS)
