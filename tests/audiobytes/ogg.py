"""Ogg files whose pages tell another time than the encoder wrote (RFC 3533, 6)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

_POLYNOMIAL = 0x04C11DB7


@cache
def _remainders() -> tuple[int, ...]:
    """What each byte leaves of the division by the polynomial."""
    found = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1 ^ (_POLYNOMIAL if value & 0x80000000 else 0)) & 0xFFFFFFFF
        found.append(value)
    return tuple(found)


def _checksum(page: bytes) -> int:
    value, remainders = 0, _remainders()
    for byte in page:
        value = value << 8 & 0xFFFFFFFF ^ remainders[value >> 24 ^ byte]
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
