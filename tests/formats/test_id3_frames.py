"""Tags as rows of frames: taken apart and put together again."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.formats.id3_frames import Frame, RawTag, frame_bytes, read_raw_tag, synchsafe, tag_bytes, to_synchsafe

names = st.text("ABCDXYZ0123456789", min_size=4, max_size=4).map(str.encode)
frames = st.lists(st.builds(Frame, names, st.just(0), st.binary(min_size=1, max_size=300)), max_size=6)


@given(frames, st.sampled_from([3, 4]), st.integers(10, 300), st.binary(max_size=9))
def test_what_is_put_together_comes_apart(rows: list[Frame], version: int, padding: int, rest: bytes) -> None:
    stored = b"".join(frame_bytes(row, version) for row in rows)
    whole = tag_bytes(stored, version, padding)
    found = read_raw_tag(io.BytesIO(whole + rest))
    assert found is not None
    assert (found.version, found.size, found.is_unsynchronised) == (version, len(whole), False)
    assert list(found.frames()) == rows


def test_a_footer_belongs_to_the_tag() -> None:
    body = frame_bytes(Frame(b"TIT2", 0, b"\3One"), 4)
    head = b"\4\0\x10" + to_synchsafe(len(body))
    assert read_raw_tag(io.BytesIO(b"ID3" + head + body + b"3DI" + head)) == RawTag(4, len(body) + 20, body, False)


@given(st.integers(0, (1 << 28) - 1))
def test_numbers_of_seven_bits(number: int) -> None:
    assert synchsafe(to_synchsafe(number)) == number
    assert max(to_synchsafe(number)) < 128


def test_a_number_too_large() -> None:
    with pytest.raises(ValueError, match="28 bits"):
        to_synchsafe(1 << 28)
