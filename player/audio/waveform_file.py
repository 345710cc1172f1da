"""Keeps a waveform in a small file, with what tells whether it is still that of the audio.

Must not know how it was measured. About 72 KB for five hours before they are compressed.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from player.audio.fingerprint import fingerprint
from player.core.errors import FileError
from player.core.phrases import Phrase
from player.core.reasons import system_reason
from player.core.waveform import BLOCK_KINDS, LEVEL_MS, Waveform

_MAGIC = b"EMWF"
_FORMAT = 1
_HEAD = struct.Struct("<4sBHB3xIQ16s")
"""The magic, the version, milliseconds a level, whether it is complete, the number of levels, the bytes of audio that
were there when it was measured, and their fingerprint. What follows is compressed with zlib: the levels, a byte each,
then the counts of the blocks, four bytes each. All little-endian.
"""


@dataclass(frozen=True, slots=True)
class KeptWaveform:
    """A waveform of the first `size` bytes of an audio file, and the fingerprint of those."""

    waveform: Waveform
    size: int
    fingerprint: bytes

    def belongs_to(self, source: BinaryIO) -> bool:
        """Whether it was measured from that audio, or from the beginning of it when there was less."""
        there = source.seek(0, 2)
        is_as_long = self.size == there or (self.size < there and not self.waveform.is_complete)
        return is_as_long and fingerprint(source, self.size) == self.fingerprint


def keep_waveform(path: Path, kept: KeptWaveform) -> None:
    """Write a waveform; a kill leaves the old file or the new one. Raises FileError."""
    wave = kept.waveform
    head = (_MAGIC, _FORMAT, LEVEL_MS, wave.is_complete, len(wave.levels), kept.size, kept.fingerprint)
    body = wave.levels + struct.pack(f"<{BLOCK_KINDS}I", *wave.blocks)
    fresh = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(exist_ok=True)
        fresh.write_bytes(_HEAD.pack(*head) + zlib.compress(body))
        fresh.replace(path)
    except OSError as error:
        raise FileError(str(path), system_reason(error, Phrase("reasons", "it cannot be written"))) from error


def kept_waveform(path: Path) -> KeptWaveform | None:
    """Read what `keep_waveform` wrote; None where there is none, or it is damaged or of another version."""
    try:
        data = path.read_bytes()
        magic, form, step, is_complete, count, size, mark = _HEAD.unpack_from(data)
        if (magic, form, step) != (_MAGIC, _FORMAT, LEVEL_MS):
            return None
        body = zlib.decompress(data[_HEAD.size :])
        blocks = struct.unpack(f"<{BLOCK_KINDS}I", body[count:])
    except (OSError, struct.error, zlib.error):
        return None
    return KeptWaveform(Waveform(body[:count], blocks, bool(is_complete)), size, mark)
