"""Files of every kind after random damage: nothing but a KnownError comes out, and nothing goes on for ever.

A long run: EARMARK_FUZZ_SECONDS=600 pytest tests/audio/test_decoder_fuzz.py
"""

from __future__ import annotations

import os
import random
import time
from itertools import count
from pathlib import Path

import av.logging
import pytest

from audiobytes.mp3 import frames_of, to_free_format
from player.audio.decoder import Decoder, open_audio
from player.audio.source import Source
from player.core.errors import KnownError
from timecoded import write_timecoded

BARE = {"write_xing": "0", "id3v2_version": "0"}
FRAGMENTS = {"movflags": "frag_keyframe+empty_moov+default_base_moof"}
RECIPES: dict[str, dict[str, object]] = {
    "mp3": {"bitrate": 64_000},
    "mp3 vbr": {"quality": 5, "channels": 2},
    "mp3 free": {"bitrate": 64_000, "container_options": BARE},
    "mp3 joined": {"bitrate": 48_000, "rate": 24_000},
    "m4a": {"codec": "aac"},
    "m4a in fragments": {"codec": "aac", "container_options": FRAGMENTS},
    "adts": {"codec": "aac", "container": "adts"},
    "ts": {"codec": "aac", "container": "mpegts"},
    "opus": {"codec": "opus", "rate": 48_000},
    "webm": {"codec": "opus", "rate": 48_000, "container": "webm"},
    "vorbis": {"codec": "vorbis", "channels": 2},
    "flac": {"codec": "flac"},
    "flac in Ogg": {"codec": "flac", "container": "ogg"},
    "mka": {"codec": "aac", "container": "matroska"},
    "wav": {"codec": "wav"},
}
ROUNDS = 4
"""Of each kind in the short run."""
MOST_BLOCKS = 2000
SLOWEST_SECONDS = 30.0


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("fuzz")
    files = {
        name: write_timecoded(folder / name, 1.5, **recipe).read_bytes()  # type: ignore[arg-type]
        for name, recipe in RECIPES.items()
    }
    files["mp3 free"] = to_free_format(frames_of(files["mp3 free"]))
    files["mp3 joined"] = files["mp3"] + files["mp3 joined"]
    return files


def damaged(data: bytes, generator: random.Random) -> bytes:
    """A file after some changes of single bytes and of blocks, the headers more often than the rest."""
    made = bytearray(data)
    for _ in range(generator.choice([1, 1, 2, 5, 20])):
        at = generator.randrange(max(1, len(made) if generator.random() < 0.5 else min(len(made), 3000)))
        size = generator.randrange(1, 3000)
        change = generator.randrange(7)
        if change <= 1:
            made[at : at + 1] = bytes([generator.choice([0, 1, 0x7F, 0x80, 0xFF, generator.randrange(256)])])
        elif change == 2:
            made[at : at + size] = bytes(len(made[at : at + size]))
        elif change == 3:
            made[at : at + size] = generator.randbytes(len(made[at : at + size]))
        elif change == 4:
            made[at:at] = generator.randbytes(size)
        elif change == 5:
            del made[at : at + size]
        else:
            made[at:at] = made[at // 2 : at // 2 + size]
    return bytes(made)


def play(decoder: Decoder, generator: random.Random) -> None:
    """Read to the end, if it comes, and jump about."""
    for _ in range(MOST_BLOCKS):
        samples = decoder.read()
        if samples is None:
            break
        assert len(samples)
        assert samples.shape[1] == decoder.channels
    length = max(1, decoder.duration * decoder.rate // 1000)
    for _ in range(3):
        decoder.seek(generator.randrange(min(length, 1 << 50)))
        decoder.read()


def one(path: Path, data: bytes, generator: random.Random) -> None:
    path.write_bytes(damaged(data, generator))
    try:
        decoder = open_audio(Source(path))
    except KnownError:
        return
    try:
        play(decoder, generator)
    except KnownError:
        pass
    finally:
        decoder.close()


def test_only_known_errors_come_out(made: dict[str, bytes], tmp_path: Path) -> None:
    seconds = float(os.environ.get("EARMARK_FUZZ_SECONDS", "0"))
    first = random.SystemRandom().randrange(1 << 32) if seconds else 0
    level = av.logging.get_level()
    av.logging.set_level(av.logging.PANIC)
    stop = time.monotonic() + seconds
    for number in count(first):
        if time.monotonic() > stop and number - first >= ROUNDS * len(made):
            break
        name = sorted(made)[number % len(made)]
        begun = time.monotonic()
        try:
            one(tmp_path / "made", made[name], random.Random(number))
        except Exception as error:  # noqa: BLE001 - whatever it is, the seed that brought it is told
            pytest.fail(f"{name}, seed {number}: {error!r}")
        assert time.monotonic() - begun < SLOWEST_SECONDS, f"{name}, seed {number}"
    av.logging.set_level(level)
    print(f"{number - first} files")
