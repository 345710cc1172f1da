"""Opens any audio file as samples that can be sought exactly; knows what kind of file it is.

Must not know who listens, nor at which speed.

Sample 0 is the first real sample of the recording: what encoders put before it (delay, priming) is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
import numpy.typing as npt

from player.audio.adts_decoder import AdtsDecoder, scan_adts
from player.audio.container_decoder import ContainerDecoder
from player.audio.mp3_arriving import ArrivingMp3Decoder
from player.audio.mp3_decoder import Mp3Decoder
from player.audio.mp3_estimate import estimate
from player.audio.mp3_frames import skip_tags
from player.audio.mp3_index import Mp3Index, first_frame, index_source
from player.audio.mp3_indexer import Indexer
from player.audio.source import NotHere, Source
from player.core.errors import FileError, KnownError, NotAudioError
from player.core.model import Millis
from player.core.phrases import Phrase

Samples = npt.NDArray[np.float32]
"""Shape (frames, channels), full scale from -1.0 to 1.0."""

_HEAD = 64
_ADTS_SECOND = (b"\xf0", b"\xf1", b"\xf8", b"\xf9")
_CONTAINERS = (b"OggS", b"fLaC", b"RIFF", b"RF64", b"\x1aE\xdf\xa3", b"FORM", b"caff", b".snd", b"wvpk")
_KINDS = (
    (b"\x89PNG", Phrase("reasons", "a picture")),
    (b"GIF8", Phrase("reasons", "a picture")),
    (b"\xff\xd8\xff", Phrase("reasons", "a picture")),
    (b"%PDF", Phrase("reasons", "a PDF document")),
    (b"PK\x03\x04", Phrase("reasons", "a ZIP archive")),
    (b"\x1f\x8b", Phrase("reasons", "a compressed file")),
)


class Decoder(Protocol):
    """Samples of one audio file, in order, from any place on."""

    @property
    def duration(self) -> Millis:
        """How long the audio is, as far as the file tells before it is decoded to its end."""
        ...

    @property
    def announced(self) -> Millis:
        """How long the file says that it is; more than `duration` when its end has been cut off."""
        ...

    @property
    def position(self) -> int:
        """The sample that the next `read` begins with. It changes by itself where an estimate becomes knowledge."""
        ...

    @property
    def is_exact(self) -> bool:
        """Whether `position` is known, and not only estimated."""
        ...

    @property
    def rate(self) -> int:
        """Samples a second."""
        ...

    @property
    def channels(self) -> int:
        """1 or 2; more are mixed down."""
        ...

    @property
    def index(self) -> Mp3Index | None:
        """The frame index, for MP3 files."""
        ...

    def seek(self, sample: int) -> None:
        """Make `sample` the first one of the next `read`. Behind the end, `read` gives None. Raises FileError."""
        ...

    def read(self) -> Samples | None:
        """The next samples, some tenths of a second at most, None at the end. Raises FileError."""
        ...

    def close(self) -> None:
        """Give the file free."""
        ...


def open_audio(
    source: Source,
    index: Mp3Index | None = None,
    *,
    duration: Millis | None = None,
    on_index: Callable[[Mp3Index], None] | None = None,
) -> Decoder:
    """Decode an open file, which is the decoder's from now on, and closed when this fails but for NotHere.

    `index` is taken when it is one of this very file. Otherwise an MP3 is indexed now or, with `on_index`, in the
    background: that is called on another thread when it is done, and until then places are where they should be, for
    which `duration` is what the feed says. Only so a file can be decoded that is still arriving.

    Raises NotAudioError when it holds no audio, DamagedAudioError when none of it can be decoded, FileError, and
    NotHere (see `source`).
    """
    try:
        return _open(source, index, duration, on_index)
    except OSError as error:
        source.close()
        raise FileError(str(source.path), error.strerror or str(error)) from error
    except KnownError:
        source.close()
        raise


def _open(
    source: Source, index: Mp3Index | None, duration: Millis | None, on_index: Callable[[Mp3Index], None] | None
) -> Decoder:
    name = source.path.name
    end = source.seek(0, 2)
    source.seek(skip_tags(source, end))
    head = source.read(_HEAD)
    if head[:1] == b"\xff" and head[1:2] in _ADTS_SECOND:
        if source.beginning < end:
            # Its frames must be counted from the first one on, and nothing tells where any of them is.
            raise NotHere(source.beginning, end)
        if (frames := scan_adts(source)) is not None:
            return AdtsDecoder(source, *frames)
    if not _is_container(head) and first_frame(source) is not None:
        if index is not None and index.matches_source(source):
            return Mp3Decoder(source, index)
        if on_index is None:
            return Mp3Decoder(source, index_source(source, name))
        expected = estimate(source, duration)
        return ArrivingMp3Decoder(source, expected, Indexer(source.again(), on_index))
    if not head.strip(b"\0"):
        raise NotAudioError(
            name,
            Phrase("reasons", "an empty file") if not end else Phrase("reasons", "a file of nothing but zeros"),
        )
    return ContainerDecoder(source, found=None if _is_container(head) else _what_it_is(head))


def _is_container(head: bytes) -> bool:
    """Whether a file that begins like this is of a format that names itself, and so no bare MP3."""
    return head.startswith(_CONTAINERS) or head[4:8] == b"ftyp"


def _what_it_is(head: bytes) -> str:
    """A word for a file that turns out to be no audio, from its first bytes."""
    for start, words in _KINDS:
        if head.startswith(start):
            return words
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<script", b"<body")):
        return Phrase("reasons", "a web page")
    if text.startswith(b"<"):
        return Phrase("reasons", "an XML document")
    if text.startswith((b"{", b"[")):
        return Phrase("reasons", "a JSON document")
    try:
        # The head may end within a character.
        head.decode("utf-8", errors="strict" if len(head) < _HEAD else "ignore")
    except UnicodeDecodeError:
        return Phrase("reasons", "a file of another kind")
    is_text = all(byte >= 0x20 or byte in b"\t\r\n\f" for byte in head)
    return Phrase("reasons", "a text") if is_text else Phrase("reasons", "a file of another kind")
