"""Decodes the sound that FFmpeg finds in a container, by the numbers that its samples have in the container's own time.

Must not know where the recording begins and ends in that time.

What FFmpeg's seeking gives is only the place to begin to decode from: each frame's number is made from what the
container or the frame tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np
import numpy.typing as npt
from av.container import InputContainer

from player.audio.ogg_pages import page_before
from player.audio.source import Reader, Source
from player.core.errors import DamagedAudioError, FileError, NotAudioError
from player.core.phrases import Phrase

Samples = npt.NDArray[np.float32]

_PRE_ROLL = {"opus": 0.5, "vorbis": 0.4, "flac": 0.0}
"""Seconds to decode before the place sought, until the codec's memory is filled.

RFC 7845, 4.6 asks 80 ms for Opus, after which it is right to 0.06 of full scale; after 0.5 s, to 0.0000003.
"""
_OTHER_PRE_ROLL = 0.2
_DOUBLED_PRE_ROLL = 1.0
"""HE-AAC sends some of what a frame needs only now and then."""
_OGG_LAST_PAGE = 2.5
"""The last page's time is that of its trimmed end, from which FFmpeg counts back: so near the end it begins earlier."""
_EARLIER = (0.0, 1.0, 5.0, 30.0)
"""So many seconds more to go back when a container's index has led behind the place sought."""
_ROUNDING = 0.02
"""Where time stamps are coarser than samples (Matroska: 1 ms), differences in seconds below this are rounding."""
_LONGEST_GAP = 60.0
"""Seconds of silence at most in place of what is missing."""
_SILENCE_BLOCK = 1 << 14
_TAIL = 1.0
_AAC_FRAME = 1024
_OPUS_UNIT = 120


class MediaDecoder:
    """The first audio stream of an open file. Numbers are of samples of `rate`; 0 is the container's time 0.

    Whatever the source raises when it is read comes out of `read`, which may be called again, as may `seek`.
    """

    def __init__(self, source: Source, *, found: str | None) -> None:
        """`found` is what to call it when it is no audio, None when its first bytes are of a container.

        Raises NotAudioError, DamagedAudioError, FileError, and what the source raises.
        """
        self._source = source
        self._found = found
        self._resampler: av.AudioResampler | None = None
        self._decoded: Iterator[tuple[av.AudioFrame, bytes]] = iter(())
        self._held: tuple[av.AudioFrame, bytes] | None = None
        self._taken: tuple[av.AudioFrame, bytes] | None = None
        self._target = 0
        self._next = 0
        self._is_sought = False
        self._is_sound = True
        self._first_stamp: int | None = None
        self._is_first_read = False
        self._open()
        first = next(self._decoded, None)
        self._check()
        if first is None:
            self.close()
            raise DamagedAudioError(source.path.name, Phrase("reasons", "none of it can be decoded"))
        second = next(self._decoded, first)[0]
        self._check()
        frame, data = first
        self.rate: int = frame.sample_rate
        self.channels: int = min(2, len(frame.layout.channels))
        self._count = second.samples
        """Samples in each frame but the first and the last, where all have as many."""
        self._is_flac_numbered = self.codec == "flac" and self.format != "flac"
        self.unit = _unit_of(self.codec, self.extradata, second.samples)
        self._base = flac_number(data, self.extradata) if self._is_flac_numbered else 0
        self.grid = 0
        self.first = 0 if self._is_flac_numbered else self._rounded(frame) or 0
        """The number of the first sample that is decoded."""
        self.grid = self.first + frame.samples

    @property
    def codec(self) -> str:
        """FFmpeg's name of the codec, whichever of its decoders there are."""
        return self._stream.codec_context.codec.canonical_name

    @property
    def format(self) -> str:
        """FFmpeg's name of the container's format."""
        return self._container.format.name

    @property
    def tags(self) -> dict[str, str]:
        """What the container tells in words."""
        return dict(self._container.metadata)

    @property
    def is_priming_told(self) -> bool:
        """Whether the container has told how many samples the encoder puts first: then they are not decoded."""
        stamp = self._first_stamp
        return stamp is not None and self._time(stamp) * self.rate < self.first

    @property
    def frame_samples(self) -> int:
        """How many samples a frame has."""
        return self._count

    @property
    def extradata(self) -> bytes:
        """The codec's own header."""
        return self._stream.codec_context.extradata or b""

    def packets_from(self, number: int) -> Iterator[av.Packet[av.AudioStream]]:
        """Packets from one before a sample on. Nothing can be decoded any more. Raises FFmpegError."""
        self._seek((number - self._count) / self.rate if number > self.first + 2 * self._count else None)
        return self._container.demux(self._stream)

    def stated_end(self) -> int:
        """The number behind the last sample, as the container states it; 0 when it does not."""
        if self._stream.duration is not None:
            if self.format == "ogg" and self.extradata.startswith(b"OpusHead"):
                # The last page's time, which counts the samples to be skipped (RFC 7845, 4.5), whatever the first is.
                skipped = int.from_bytes(self.extradata[10:12], "little")
                return round(self._time(self._stream.duration - skipped) * self.rate)
            # MP4 counts from its time 0, the others from their first sample.
            start = 0 if self.format.startswith("mov") else self._stream.start_time or 0
            return round(self._time(self._stream.duration + max(0, start)) * self.rate)
        return round((self._container.duration or 0) * self.rate / av.time_base)

    def found_end(self) -> int | None:
        """The number behind the last sample, found by decoding the last second; None when there is none to be found."""
        stated = self.stated_end()
        self._go_to(max(self.first, stated - round(_TAIL * self.rate)))
        if self._held is None:
            return None
        end = self._next
        while (taken := self._take()) is not None:
            frame, number = taken
            end = number + frame.samples
            self._next = end
        self._check()
        self._is_sought = False
        return end

    def seek(self, number: int) -> None:
        """Make the sample of this number the first one of the next `read`."""
        self._target = number
        self._is_sought = False

    def read(self) -> Samples | None:
        """The next samples, None at the end. Raises FileError, and what the source raises."""
        if not self._is_sound:
            # The last call has ended within FFmpeg: what it holds may be neither here nor there.
            self._container.close()
            self._open()
            # The first packet takes along what is to be left out of it; it would be left out of another.
            next(self._decoded, None)
            self._is_sought = False
        self._is_sound = False
        self._source.expect()
        samples = self._read()
        self._check()
        self._is_sound = True
        return samples

    def close(self) -> None:
        """Close the file."""
        self._held, self._decoded = None, iter(())
        self._container.close()
        self._source.close()

    def _check(self) -> None:
        """Raise NotHere where FFmpeg has taken what is not here for the end, or has looked elsewhere."""
        if self._source.missing is not None:
            raise self._source.missing

    def _read(self) -> Samples | None:
        if not self._is_sought:
            self._go_to(self._target)
            self._is_sought = True
        while (taken := self._take()) is not None:
            frame, number = taken
            missing = number - self._target
            if 0 < missing <= _LONGEST_GAP * self.rate:
                # Damaged packets are missing here: silence keeps the position right.
                count = min(missing, _SILENCE_BLOCK)
                self._held = self._taken
                self._target += count
                return np.zeros((count, self.channels), np.float32)
            samples = self._samples(frame)
            self._next = number + len(samples)
            samples = samples[max(0, -missing) :]
            if len(samples):
                self._target = self._next
                return samples
        return None

    def _take(self) -> tuple[av.AudioFrame, int] | None:
        """The next frame and its number, None at the end."""
        taken = self._taken = self._held or next(self._decoded, None)
        self._held = None
        return None if taken is None else (taken[0], self._number(*taken, self._next))

    def _go_to(self, number: int) -> None:
        """Go to a packet some way before a sample, from which it can be reached by decoding."""
        is_doubled = self.codec == "aac" and self._count > _AAC_FRAME
        pre_roll = _DOUBLED_PRE_ROLL if is_doubled else _PRE_ROLL.get(self.codec, _OTHER_PRE_ROLL)
        if self.format == "ogg" and self.stated_end() - number < _OGG_LAST_PAGE * self.rate:
            pre_roll = max(pre_roll, _OGG_LAST_PAGE)
        for earlier in _EARLIER:
            start = number / self.rate - pre_roll - earlier
            is_beginning = start <= self.first / self.rate
            if is_beginning and is_doubled:
                # FFmpeg's decoder does not forget all that it has heard, but at the beginning there is nothing.
                self._container.close()
                self._open()
            else:
                self._seek(None if is_beginning else start)
            self._held = next(self._decoded, None)
            if self._held is not None:
                self._next = self._number(*self._held, None)
            if is_beginning or (self._held and self._next <= number - round(pre_roll * self.rate / 2)):
                return

    def _seek(self, seconds: float | None) -> None:
        """Begin to decode at the last packet that the container can find before a time, or at the first."""
        base = self._stream.time_base or Fraction(1, av.time_base)
        # Packets before 0 hold the priming: a second earlier finds them, too.
        place = Fraction(seconds) if seconds is not None else Fraction(self.first, self.rate) - 1
        page = self._page_before(int(place / base)) if seconds is not None else None
        try:
            if page is not None:
                self._container.seek(page, stream=self._stream, unsupported_byte_offset=True)
            else:
                self._container.seek(int(place / base), stream=self._stream)
            self._decoded = self._frames(seconds)
        except av.error.FFmpegError:
            self._check()
            self._container.close()
            self._open()

    def _page_before(self, stamp: int) -> int | None:
        """Where to begin in an Ogg file of which something is missing, for which FFmpeg would look in many places."""
        duration = self._stream.duration
        if self.format != "ogg" or not duration or self._source.is_whole:
            return None
        return page_before(self._source, stamp, duration, self._stream.id)

    def _open(self) -> None:
        self._container = _open_container(self._source, self._found)
        self._stream = self._container.streams.audio[0]
        self._decoded = self._frames()

    def _frames(self, start: float | None = None) -> Iterator[tuple[av.AudioFrame, bytes]]:
        """Decoded frames from the container's place on, each with its packet's head. What is damaged is left out.

        Packets that end before `start`, in seconds, are not decoded.
        """
        packets = self._container.demux(self._stream)
        due: int | None = None
        while True:
            try:
                packet = next(packets, None)
            except (av.error.InvalidDataError, av.error.EOFError, IndexError):
                # PyAV looks in vain for streams that FFmpeg has found on the way, in a damaged transport stream.
                return
            except av.error.FFmpegError as error:
                raise FileError(str(self._source.path), error.strerror or str(error)) from error
            if packet is None:
                return
            if not self._is_first_read:
                self._first_stamp, self._is_first_read = packet.pts, True
            if start is not None and self._ends_before(packet, start):
                continue
            try:
                if self._is_behind_gap(packet, due):
                    # What the decoder remembers is of long ago, and would not be there after a jump.
                    self._stream.codec_context.flush_buffers()
                frames = packet.decode()
            except av.error.FFmpegError:
                continue
            finally:
                due = (packet.pts or 0) + packet.duration if packet.duration else None
            head = bytes(memoryview(packet)[:16]) if self.codec == "flac" else b""
            for frame in frames:
                if frame.samples:
                    yield frame, head

    def _ends_before(self, packet: av.Packet[av.AudioStream], seconds: float) -> bool:
        if packet.pts is None or not packet.duration or self.codec == "flac":
            # FLAC needs none before it, and the time of a packet may be that of one that was damaged.
            return False
        return self._time(packet.pts + packet.duration) < seconds - _ROUNDING

    def _is_behind_gap(self, packet: av.Packet[av.AudioStream], due: int | None) -> bool:
        """Whether packets are missing before this one, which was due earlier."""
        return due is not None and packet.pts is not None and self._time(packet.pts - due) > _ROUNDING

    # Numbers

    def _time(self, stamp: int) -> Fraction:
        return stamp * (self._stream.time_base or Fraction(1, av.time_base))

    def _rounded(self, frame: av.AudioFrame) -> int | None:
        """The number of a frame's first sample as its time stamp has it, None where it has none."""
        if frame.pts is None or frame.time_base is None:
            return None
        return round(frame.pts * frame.time_base * self.rate)

    def _number(self, frame: av.AudioFrame, head: bytes, expected: int | None) -> int:
        """The number of a frame's first sample; the expected one where times are missing or coarse."""
        if self._is_flac_numbered:
            return flac_number(head, self.extradata) - self._base
        number = self._rounded(frame)
        if number is None:
            return expected or 0
        if frame.time_base is None or frame.time_base * self.rate <= 1:
            return number
        if expected is not None and abs(number - expected) < _ROUNDING * self.rate:
            return expected
        # Frames begin only at every so many samples, so their starts are known better than the container tells.
        return self.grid + round((number - self.grid) / self.unit) * self.unit

    def _samples(self, frame: av.AudioFrame) -> Samples:
        """A frame as floats, with the file's first sample rate and at most two channels."""
        layout = "mono" if self.channels == 1 else "stereo"
        for _ in range(2):
            try:
                self._resampler = self._resampler or av.AudioResampler("flt", layout, self.rate)
                made = [part.to_ndarray() for part in self._resampler.resample(frame)]
            except (ValueError, av.error.FFmpegError):
                # The stream has changed its format on the way, as chained Ogg files may, or by damage.
                self._resampler = None
            else:
                parts = [part.reshape(-1, self.channels).astype(np.float32) for part in made]
                return np.concatenate(parts) if parts else np.zeros((0, self.channels), np.float32)
        return np.zeros((frame.samples, self.channels), np.float32)


def _unit_of(codec: str, extradata: bytes, samples: int) -> int:
    """Frames begin at multiples of so many samples, counted from the end of the first; a usual one has `samples`."""
    if codec == "opus":
        return _OPUS_UNIT
    if codec == "vorbis":
        # Blocks are of two sizes; each adds a quarter of itself and of the one before (Vorbis I, 4.2.2 and 1.3.2).
        at = extradata.find(b"\x01vorbis")
        sizes = extradata[at + 28] if at >= 0 and len(extradata) > at + 28 else 8
        return (1 << (sizes & 15)) // 4 or 1
    return samples


def flac_number(head: bytes, extradata: bytes) -> int:
    """The number in a FLAC frame's header (RFC 9639, 9.1); Ogg's pages tell only that of their last frame.

    `extradata` is the stream's header, with or without its mark. 0 where the frame's has none.
    """
    length = next((count for count in range(7) if not head[4] << count & 0x80), 7) if len(head) > 4 else 0
    if len(head) < 11 or length == 1 or head[4] == 0xFF:
        return 0
    number = head[4] & 0xFF >> length + 1 if length else head[4]
    for byte in head[5 : 4 + max(1, length)]:
        number = number << 6 | byte & 0x3F
    # With blocks of one size, the header numbers them; their size is the smallest that the stream has.
    is_of_sample = head[1] & 1
    return number if is_of_sample else number * int.from_bytes(extradata.removeprefix(b"fLaC\0\0\0\x22")[:2], "big")


def _open_container(source: Source, found: str | None) -> InputContainer:
    """Open a file that has an audio stream, or raise what is wrong with it."""
    path = source.path
    try:
        source.seek(0)
        source.expect()
        # MP4's edit lists are read and kept to by `mp4_edits`.
        container = av.open(Reader(source), "r", metadata_errors="replace", options={"ignore_editlist": "1"})
    except (av.error.InvalidDataError, av.error.EOFError) as error:
        if source.missing is not None:
            raise source.missing from error
        if found is None:
            raise DamagedAudioError(path.name, Phrase("reasons", "its beginning is damaged")) from error
        raise NotAudioError(path.name, found) from error
    except av.error.FFmpegError as error:
        raise FileError(str(path), error.strerror or str(error)) from error
    if source.missing is not None:
        container.close()
        raise source.missing
    if not container.streams.audio:
        container.close()
        raise NotAudioError(path.name, found or Phrase("reasons", "a video without sound"))
    return container
