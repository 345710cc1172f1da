"""Tells whether an audio file can be decoded, and up to which place, by decoding its end.

Must not know where the file came from, nor what is made of the answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from player.audio.decoder import Decoder, open_audio
from player.audio.mp3_index import Mp3Index
from player.audio.source import Source
from player.core.model import Millis

_TAIL = 5
"""Seconds before the announced end that are decoded first."""
_FURTHER = 4
"""So many times as far back it is tried next, until something can be decoded: all of the file at last."""


@dataclass(frozen=True, slots=True)
class Checked:
    """How long the file says that it is, and how much of that cannot be decoded at its end."""

    announced: Millis
    missing: Millis
    index: Mp3Index | None


def check_audio(source: Source) -> Checked:
    """Open a whole file, decode its last seconds, and close it. Raises what `open_audio` raises, and FileError."""
    decoder = open_audio(source)
    try:
        announced = decoder.announced
        heard = round(_heard_to(decoder, announced * decoder.rate // 1000) * 1000 / decoder.rate)
        return Checked(max(announced, heard), max(0, announced - heard), decoder.index)
    finally:
        decoder.close()


def _heard_to(decoder: Decoder, end: int) -> int:
    """The sample behind the last one that can be decoded."""
    back = _TAIL * decoder.rate
    while True:
        start = max(0, end - back)
        decoder.seek(start)
        has_sound = False
        while decoder.read() is not None:
            has_sound = True
        if has_sound or start == 0:
            return decoder.position
        back *= _FURTHER
