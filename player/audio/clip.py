"""A span of an audio file as a file of its own: packets are copied where the codec allows it, else encoded anew.

Must not know chapters, titles or tags; which frames a codec needs before a place is known to the modules of each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av

from player.audio.adts_decoder import AdtsDecoder
from player.audio.clip_encoding import AAC, FLAC, MP3, OPUS, WAV, WAV_24, WAV_FLOAT, Encoding, encode, fits
from player.audio.clip_mp3 import copy_mp3
from player.audio.clip_packets import copy_aac, copy_to_ogg
from player.audio.container_decoder import ContainerDecoder
from player.audio.decoder import Decoder, open_audio
from player.audio.mp3_decoder import Mp3Decoder
from player.audio.mp3_index import Mp3Index
from player.audio.source import Source
from player.core.errors import DamagedAudioError, FileError
from player.core.model import Millis
from player.core.phrases import Phrase
from player.core.reasons import system_reason

_SAME = {
    "mp3": MP3,
    "aac": AAC,
    "opus": OPUS,
    "vorbis": OPUS,
    "flac": FLAC,
    "alac": FLAC,
    "pcm_s16le": WAV,
    "pcm_s16be": WAV,
    "pcm_u8": WAV,
    "pcm_s24le": WAV_24,
    "pcm_s24be": WAV_24,
}
"""What sounds the same encoded anew, by FFmpeg's name of the codec."""
_COPIED_TO_OGG = {"opus": ".opus", "vorbis": ".ogg"}


@dataclass(frozen=True, slots=True)
class Cut:
    """A clip that was written: its length in milliseconds, and whether the packets are those of the original."""

    length: Millis
    is_copied: bool


class UnwantedError(Exception):
    """Nobody wants the clip any more."""


def clip_ending(audio: Path, index: Mp3Index | None = None, *, is_exact: bool = False) -> str:
    """What the name of a clip of an audio file ends with. Raises what `open_audio` raises."""
    decoder = open_audio(Source(audio), index)
    try:
        if not is_exact and isinstance(decoder, ContainerDecoder) and decoder.media.codec in _COPIED_TO_OGG:
            return _COPIED_TO_OGG[decoder.media.codec]
        return _encoding_of(decoder).ending
    finally:
        decoder.close()


def write_clip(
    audio: Path,
    start: Millis,
    stop: Millis,
    target: Path,
    *,
    index: Mp3Index | None = None,
    is_exact: bool = False,
    is_wanted: Callable[[], bool] = lambda: True,
) -> Cut:
    """Write what an audio file has from `start` up to `stop` into `target`, whose name ends as `clip_ending` says.

    With `is_exact` it is always encoded anew, and begins and ends with the very sample for every player. `is_wanted` is
    asked some times a second at least. Raises UnwantedError, FileError, DamagedAudioError and what `open_audio` raises.
    """
    decoder = open_audio(Source(audio), index)
    try:
        first = round(max(0, start) * decoder.rate / 1000)
        count = min(round(stop * decoder.rate / 1000), _end_of(decoder)) - first
        if count <= 0:
            raise DamagedAudioError(audio.name, Phrase("reasons", "it ends before this passage begins"))
        is_copied = not is_exact and _copy(decoder, audio, first, count, target, is_wanted)
        if not is_wanted():
            raise UnwantedError
        if not is_copied and not _encode(decoder, first, count, target, is_wanted):
            if not is_wanted():
                raise UnwantedError
            raise DamagedAudioError(audio.name, Phrase("reasons", "this passage of it cannot be decoded"))
        return Cut(round(count * 1000 / decoder.rate), is_copied)
    except av.error.FFmpegError as error:
        raise FileError(str(target), error.strerror or str(error)) from error
    except OSError as error:
        raise FileError(str(target), system_reason(error, Phrase("reasons", "it cannot be written"))) from error
    finally:
        decoder.close()


def _end_of(decoder: Decoder) -> int:
    """How many samples there are."""
    if isinstance(decoder, Mp3Decoder):
        return decoder.index.samples
    return -(-decoder.duration * decoder.rate // 1000)


def _encoding_of(decoder: Decoder) -> Encoding:
    if isinstance(decoder, Mp3Decoder):
        return MP3
    if isinstance(decoder, AdtsDecoder):
        return AAC
    assert isinstance(decoder, ContainerDecoder)
    codec = decoder.media.codec
    encoding = WAV_FLOAT if codec.startswith("pcm_") and codec not in _SAME else _SAME.get(codec, AAC)
    return encoding if fits(encoding, decoder.rate) else AAC


def _copy(decoder: Decoder, audio: Path, first: int, count: int, target: Path, is_wanted: Callable[[], bool]) -> bool:
    """Copy packets, where this codec and this file allow it."""
    if isinstance(decoder, Mp3Decoder):
        with Source(audio) as source:
            return copy_mp3(source, decoder.index, first, count, target, is_wanted)
    if not isinstance(decoder, ContainerDecoder) or decoder.origin is None:
        return False
    number = decoder.origin + first
    if decoder.media.codec in _COPIED_TO_OGG:
        return copy_to_ogg(decoder.media, number, count, target, is_wanted)
    if decoder.media.codec == "aac" and decoder.media.format.startswith("mov"):
        return copy_aac(decoder.media, number, count, target, is_wanted)
    return False


def _encode(decoder: Decoder, first: int, count: int, target: Path, is_wanted: Callable[[], bool]) -> bool:
    decoder.seek(first)
    return encode(decoder, decoder.rate, decoder.channels, count, _encoding_of(decoder), target, is_wanted)
