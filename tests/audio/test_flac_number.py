from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.audio.media_decoder import flac_number

STREAM_INFO = (4608).to_bytes(2, "big") * 2 + bytes(30)


def coded(number: int) -> bytes:
    """A number as FLAC writes it: as UTF-8 does, but up to 36 bits."""
    if number < 0x80:
        return bytes([number])
    more = next(more for more in range(1, 7) if number < 1 << 6 * more + (6 - more))
    first = (0xFF << 7 - more & 0xFF) | number >> 6 * more
    return bytes([first, *(0x80 | number >> 6 * place & 0x3F for place in reversed(range(more)))])


@given(number=st.integers(0, (1 << 36) - 1))
def test_every_number_of_a_sample_is_read(number: int) -> None:
    assert flac_number((b"\xff\xf9\xc9\x18" + coded(number)).ljust(16, b"\x55"), STREAM_INFO) == number


@given(number=st.integers(0, (1 << 31) - 1))
def test_frames_of_one_size_are_numbered_themselves(number: int) -> None:
    head = (b"\xff\xf8\xc9\x18" + coded(number)).ljust(16, b"\x55")
    assert flac_number(head, STREAM_INFO) == flac_number(head, b"fLaC\0\0\0\x22" + STREAM_INFO) == 4608 * number


@pytest.mark.parametrize("first", [0x80, 0xBF, 0xFF])
def test_what_begins_no_number_is_none(first: int) -> None:
    assert flac_number(b"\xff\xf9\xc9\x18" + bytes([first]) * 12, STREAM_INFO) == 0
    assert flac_number(b"", STREAM_INFO) == flac_number(b"\xff\xf9\xc9\x18", STREAM_INFO) == 0
