"""Ogg files whose pages tell another time than the encoder wrote (RFC 3533, 6)."""

from __future__ import annotations

from collections.abc import Callable

_POLYNOMIAL = 0x04C11DB7


def _checksum(page: bytes) -> int:
    value = 0
    for byte in page:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ (_POLYNOMIAL if value & 0x80000000 else 0)) & 0xFFFFFFFF
    return value


def with_times(data: bytes, change: Callable[[int, bool], int]) -> bytes:
    """A file after `change` of the time of each page of sound: it gets that, and whether the page is the last."""
    made, at = [], 0
    while at < len(data):
        count = data[at + 26]
        size = 27 + count + sum(data[at + 27 : at + 27 + count])
        page = bytearray(data[at : at + size])
        at += size
        time = int.from_bytes(page[6:14], "little")
        if time not in (0, 2**64 - 1):
            page[6:14] = change(time, at >= len(data)).to_bytes(8, "little")
            page[22:26] = bytes(4)
            page[22:26] = _checksum(bytes(page)).to_bytes(4, "little")
        made.append(bytes(page))
    return b"".join(made)
