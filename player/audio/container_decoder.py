"""Tells where a recording begins and ends in what FFmpeg demuxes (MP4, Ogg, FLAC, WAV, Matroska, …), and decodes it.

Must not know MP3, for which FFmpeg's way of seeking is too slow, nor how samples are found in a container.
"""

from __future__ import annotations

import re
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from player.audio.media_decoder import MediaDecoder
from player.audio.mp4_edits import EditList, read_edits
from player.audio.sounds import Chain, Section, Silence, Sound
from player.audio.source import Source
from player.core.model import Millis

Samples = npt.NDArray[np.float32]

_MP3_DELAY = 1105
"""The usual delay of MP3's encoders and decoders together, as in `mp3_index`."""
_EXACT = ("ogg", "flac", "mov")
"""Formats that tell their end to the sample, as all do of what is not compressed."""
_LATEST_BEGIN = 60
"""Seconds: sound that begins later has been cut out of something longer, and begins at its first sample."""
_ITUNES = re.compile(r" ?[0-9A-F]{8} ([0-9A-F]{8}) ([0-9A-F]{8}) ([0-9A-F]{16})", re.IGNORECASE)


class ContainerDecoder:
    """An open audio file. See `decoder.Decoder` for what each method does."""

    def __init__(self, source: Source, *, found: str | None) -> None:
        """`found` is what to call it when it is no audio, None when its first bytes are of a container."""
        # Before FFmpeg has its own idea of the place in the file.
        edits = read_edits(source)
        self._media = MediaDecoder(source, found=found)
        pieces = _edited(self._media, edits) if edits else _whole(self._media)
        self.origin = pieces[0][0].start if len(pieces) == 1 and isinstance(pieces[0][0], Section) else None
        """The number that sample 0 has in the container's own time; None where it is put together of several pieces."""
        self._sound = Chain(pieces)
        self.rate: int = self._media.rate
        self.channels: int = self._media.channels
        self.position = 0
        """The sample that the next `read` begins with."""
        self.seek(0)

    @property
    def media(self) -> MediaDecoder:
        """What decodes the container."""
        return self._media

    @property
    def duration(self) -> Millis:
        """How long the audio is, as the container tells."""
        return round(self._sound.length * 1000 / self.rate)

    @property
    def announced(self) -> Millis:
        """The same: it is found out only by reading to the end that it is shorter."""
        return self.duration

    @property
    def is_exact(self) -> bool:
        """Containers tell their times."""
        return True

    @property
    def index(self) -> None:
        """Containers bring their own."""
        return

    def seek(self, sample: int) -> None:
        """Go to a sample: to a packet some way before it, and forward by decoding."""
        self.position = max(0, sample)
        self._sound.seek(self.position)

    def read(self) -> Samples | None:
        """The next samples."""
        samples = self._sound.read()
        if samples is not None:
            self.position += len(samples)
        return samples

    def close(self) -> None:
        """Close the file."""
        self._media.close()


def _whole(media: MediaDecoder) -> list[tuple[Sound, int]]:
    """The recording where there are no edits: from the first real sample on."""
    start = media.first
    told = _told_by_itunes(media)
    if told:
        start, length = told
        return [(Section(media, start, length), length)]
    if not media.is_priming_told:
        start += _usual_priming(media)
    if media.format.startswith("matroska") and 0 < start < _LATEST_BEGIN * media.rate:
        # Its time 0 is the beginning, even if the sound comes later.
        start = 0
    end = media.stated_end()
    if not media.format.startswith(_EXACT) and not media.codec.startswith("pcm_"):
        end = media.found_end() or end
    length = max(0, end - start)
    return [(Section(media, start, length), length)]


def _usual_priming(media: MediaDecoder) -> int:
    """How many samples the encoder has put first where nobody tells."""
    if media.codec == "mp3":
        return _MP3_DELAY
    # No frame is whole without the one before it, so no encoder of AAC has less than one.
    return media.frame_samples if media.codec == "aac" else 0


def _told_by_itunes(media: MediaDecoder) -> tuple[int, int] | None:
    """Where the recording begins and how long it is by iTunes' tag, where it fits the file."""
    found = _ITUNES.match(media.tags.get("iTunSMPB", ""))
    if found is None:
        return None
    delay, _, length = (int(word, 16) for word in found.groups())
    return (delay, length) if delay + length <= media.stated_end() else None


def _edited(media: MediaDecoder, edits: EditList) -> list[tuple[Sound, int]]:
    """The pieces that an edit list puts together."""
    made: list[tuple[Sound, int]] = []
    end = media.stated_end()
    tick = edits.tick * media.rate
    for edit in edits.edits:
        if edit.start is None:
            length = round((edit.length or Fraction(0)) * media.rate)
            made.append((Silence(length, media.channels), length))
            continue
        start = round(edit.start * media.rate)
        rest = max(0, end - start)
        length = rest if edit.length is None else round(edit.length * media.rate)
        # An end is rounded to the movie's coarser time; what there is tells it better.
        length = rest if length > rest - tick else length
        if length:
            made.append((Section(media, start, length), length))
    return made
