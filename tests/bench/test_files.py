"""Files whose packets are those of another, told apart by what a decoder hears."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from bench.files import MOOV_FIRST, NO_HEADER, rewritten
from timecoded import cached_timecoded, read_position
from timecoded.synthesis import Sound

ENCODER_DELAY = 1105 / 44_100


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EARMARK_TEST_CACHE", str(tmp_path))


def sound_of(path: Path) -> tuple[Sound, int]:
    """All samples of a file, mono."""
    with av.open(str(path)) as container:
        rate = container.streams.audio[0].rate
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)]).astype(np.float32), rate


def test_without_its_header_a_file_sounds_later_by_the_encoders_delay() -> None:
    whole = cached_timecoded(6, quality=4)
    bare = rewritten("bare", "mp3", whole, NO_HEADER)
    assert b"Xing" in whole.read_bytes()[:1000]
    assert b"Xing" not in bare.read_bytes()[:1000]
    sound, rate = sound_of(bare)
    for second in (1.3, 4.6):
        heard = read_position(sound[round(second * rate) :], rate)
        assert heard == pytest.approx(second - ENCODER_DELAY, abs=0.001)


def test_the_index_comes_first_and_the_sound_is_the_same() -> None:
    whole = cached_timecoded(6, codec="aac")
    first = rewritten("moov-first", "m4a", whole, MOOV_FIRST)
    for path, is_first in ((whole, False), (first, True)):
        data = path.read_bytes()
        assert (data.index(b"moov") < data.index(b"mdat")) is is_first
    assert np.array_equal(sound_of(whole)[0], sound_of(first)[0])
