"""Decodes what FFmpeg demuxes (MP4, Ogg, FLAC, WAV, Matroska, …), trimmed to the exact sample.

Must not know MP3, for which FFmpeg's way of seeking is too slow.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np
import numpy.typing as npt
from av.container import InputContainer

from player.audio.source import Source
from player.core.errors import DamagedAudioError, FileError, NotAudioError
from player.core.model import Millis

Samples = npt.NDArray[np.float32]

_PRE_ROLL = {"opus": 0.12, "vorbis": 0.4, "aac": 0.2, "flac": 0.0}
"""Seconds to decode before the place sought, until the codec's memory is filled (RFC 7845, 4.6 asks 80 ms for Opus)."""
_OTHER_PRE_ROLL = 0.2
_OGG_LAST_PAGE = 2.5
"""The last page's time is that of its trimmed end, from which FFmpeg counts back: so near the end it begins earlier."""
_EARLIER = (0.0, 1.0, 5.0, 30.0)
"""So many seconds more to go back when a container's index has led behind the place sought."""
_ROUNDING = 0.02
"""Where time stamps are coarser than samples (Matroska: 1 ms), differences in seconds below this are rounding."""
_LONGEST_GAP = 60.0
"""Seconds of silence at most in place of what is missing."""
_AAC_PRIMING = 1024
_OPUS_RATE = 48_000


class ContainerDecoder:
    """An open audio file. See `decoder.Decoder` for what each method does."""

    def __init__(self, source: Source, *, found: str | None) -> None:
        """`found` is what to call it when it is no audio, None when its first bytes are of a container."""
        self._source = source
        self._found = found
        self._held: av.AudioFrame | None = None
        self._decoded: Iterator[av.AudioFrame] = iter(())
        self._target = 0
        self._next = 0
        self._is_cut = False
        self._open()
        first = next(self._decoded, None)
        if first is None:
            self.close()
            raise DamagedAudioError(source.path.name, "none of it can be decoded")
        self.rate: int = first.sample_rate
        self.channels: int = min(2, len(first.layout.channels))
        self._origin = self._first_time(first)
        self._grid = first.samples
        self._total = self._announced()
        self._resampler: av.AudioResampler | None = None
        self.seek(0)

    @property
    def duration(self) -> Millis:
        """How long the audio is, as the container tells."""
        return round(self._total * 1000 / self.rate)

    @property
    def index(self) -> None:
        """Containers bring their own."""
        return

    def seek(self, sample: int) -> None:
        """Go to a sample: to a packet some way before it, and forward by decoding."""
        self._target = max(0, sample)
        if self._target >= self._total > 0:
            self._held, self._decoded = None, iter(())
            return
        pre_roll = _PRE_ROLL.get(self._stream.codec_context.name.removeprefix("lib"), _OTHER_PRE_ROLL)
        if self._container.format.name == "ogg" and self._total - self._target < _OGG_LAST_PAGE * self.rate:
            pre_roll = max(pre_roll, _OGG_LAST_PAGE)
        for earlier in _EARLIER:
            start = self._target / self.rate - pre_roll - earlier
            self._go_to(start)
            self._held = next(self._decoded, None)
            if self._held is None:
                continue
            self._next = self._number(self._held, None)
            if start <= 0 or self._next <= self._target - round(pre_roll * self.rate / 2):
                return

    def read(self) -> Samples | None:
        """The next samples."""
        while True:
            frame = self._held or next(self._decoded, None)
            self._held = None
            if frame is None:
                return None
            samples = self._samples(frame)
            number = self._number(frame, self._next)
            if self._next <= self._target < number <= self._target + _LONGEST_GAP * self.rate:
                # Damaged packets are missing here: silence keeps the position right.
                missing = np.zeros((number - self._target, self.channels), np.float32)
                samples = np.concatenate([missing, samples])
                number = self._target
            self._next = number + len(samples)
            if self._is_cut:
                samples = samples[: max(0, self._total - number)]
            samples = samples[max(0, self._target - number) :]
            if len(samples):
                self._target = self._next
                return samples

    def close(self) -> None:
        """Close the file."""
        self._held, self._decoded = None, iter(())
        self._container.close()
        self._source.close()

    def _open(self) -> None:
        self._container = _open_container(self._source, self._found)
        self._stream = self._container.streams.audio[0]
        self._decoded = self._frames()

    def _frames(self) -> Iterator[av.AudioFrame]:
        """Decoded frames from the container's place on. What is damaged is left out."""
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
            except (av.error.InvalidDataError, av.error.EOFError):
                return
            except av.error.FFmpegError as error:
                raise FileError(str(self._source.path), error.strerror or str(error)) from error
            if packet is None:
                return
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                continue
            for frame in frames:
                if frame.samples:
                    yield frame

    def _first_time(self, first: av.AudioFrame) -> Fraction:
        """The container's time of the first real sample, in seconds."""
        if self._container.format.name == "aac":
            # Bare ADTS frames do not tell their priming; no encoder has less than one frame.
            return Fraction(_AAC_PRIMING, self.rate)
        # What begins later than 0 (cut out of a broadcast) begins at its first sample.
        return max(Fraction(0), _time_of(first) or Fraction(0))

    def _announced(self) -> int:
        """How many samples there are, as the container tells; 0 when it does not."""
        if self._stream.duration is not None:
            total = round(self._stream.duration * (self._stream.time_base or 0) * self.rate)
            # In MP4 the edit list ends before the encoder's padding; elsewhere FFmpeg trims it.
            self._is_cut = "mp4" in self._container.format.name
            head = self._stream.codec_context.extradata or b""
            if self._container.format.name == "ogg" and head.startswith(b"OpusHead"):
                # Ogg counts the samples to be skipped at the start, at 48 kHz (RFC 7845, 4.5 and 5.1).
                total -= int.from_bytes(head[10:12], "little") * self.rate // _OPUS_RATE
            return total
        return round((self._container.duration or 0) * self.rate / 1_000_000)

    def _go_to(self, seconds: float) -> None:
        """Begin to decode at the last packet that the container can find before `seconds`."""
        base = self._stream.time_base or Fraction(1, 1_000_000)
        # Packets before 0 hold the priming: a second earlier finds them, too.
        place = self._origin + Fraction(seconds) if seconds > 0 else Fraction(-1)
        try:
            self._container.seek(int(place / base), stream=self._stream)
            self._decoded = self._frames()
        except av.error.FFmpegError:
            self._container.close()
            self._open()

    def _number(self, frame: av.AudioFrame, expected: int | None) -> int:
        """The number of a frame's first sample; the expected one where times are missing or coarse."""
        time = _time_of(frame)
        if time is None:
            return expected or 0
        number = round((time - self._origin) * self.rate)
        if frame.time_base is None or frame.time_base * self.rate <= 1:
            return number
        if expected is not None:
            return expected if abs(number - expected) < _ROUNDING * self.rate else number
        # All frames but the first and the last are of one size, so their starts are known better than the container's.
        return self._grid + round((number - self._grid) / frame.samples) * frame.samples

    def _samples(self, frame: av.AudioFrame) -> Samples:
        """A frame as floats, with the file's first sample rate and at most two channels."""
        layout = "mono" if self.channels == 1 else "stereo"
        try:
            self._resampler = self._resampler or av.AudioResampler("flt", layout, self.rate)
            made = self._resampler.resample(frame)
        except ValueError:
            # The stream has changed its format on the way, as chained Ogg files may.
            self._resampler = av.AudioResampler("flt", layout, self.rate)
            made = self._resampler.resample(frame)
        parts = [part.to_ndarray().reshape(-1, self.channels) for part in made]
        return np.asarray(np.concatenate(parts), np.float32) if parts else np.zeros((0, self.channels), np.float32)


def _time_of(frame: av.AudioFrame) -> Fraction | None:
    """When a frame begins, in the container's time in seconds, when it tells."""
    if frame.pts is None or frame.time_base is None:
        return None
    return frame.pts * frame.time_base


def _open_container(source: Source, found: str | None) -> InputContainer:
    """Open a file that has an audio stream, or raise what is wrong with it."""
    path = source.path
    try:
        source.seek(0)
        container = av.open(source, "r", metadata_errors="replace")
    except (av.error.InvalidDataError, av.error.EOFError) as error:
        if found is None:
            raise DamagedAudioError(path.name, "its beginning is damaged") from error
        raise NotAudioError(path.name, found) from error
    except av.error.FFmpegError as error:
        raise FileError(str(path), error.strerror or str(error)) from error
    if not container.streams.audio:
        container.close()
        raise NotAudioError(path.name, found or "a video without sound")
    return container
