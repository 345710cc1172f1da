"""Decodes MP3 frame by frame, from any frame on. Must not know how a file is told to be MP3.

FFmpeg's decoder gets the raw frames, read from where the index says; no demuxer searches for a place.
"""

from __future__ import annotations

import av
import numpy as np
import numpy.typing as npt
from av.audio.codeccontext import AudioCodecContext

from player.audio.mp3_frames import scan
from player.audio.mp3_index import Mp3Index
from player.audio.source import Source
from player.core.errors import FileError
from player.core.model import Millis

Samples = npt.NDArray[np.float32]

_RESERVOIR = 512
"""A frame's main data may begin this many bytes back in the main data of the frames before it (main_data_begin)."""
_OVERLAP_FRAMES = 2
"""The filter banks' memory: one frame for the overlap of the MDCT, one for the synthesis window."""
_MOST_WARM_UP = 64
_READ_FRAMES = 4


class Mp3Decoder:
    """An open MP3 file. See `decoder.Decoder` for what each method does."""

    def __init__(self, source: Source, index: Mp3Index) -> None:
        self._index = index
        self._source = source
        context = av.CodecContext.create("mp3float", "r")
        assert isinstance(context, AudioCodecContext)
        self._context = context
        self._groups: dict[int, list[bytes]] = {}
        self._frame = 0
        self._drop = 0
        self._left = 0
        self.seek(0)

    @property
    def duration(self) -> Millis:
        """How long the audio is."""
        return self._index.duration

    @property
    def rate(self) -> int:
        """Samples a second."""
        return self._index.kind.rate

    @property
    def channels(self) -> int:
        """1 or 2."""
        return self._index.channels

    @property
    def index(self) -> Mp3Index:
        """The map of the file."""
        return self._index

    def seek(self, sample: int) -> None:
        """Go to a sample. Decoding begins some frames before it, so that it comes out as if all had been decoded."""
        sample = max(0, sample)
        self._left = max(0, self._index.samples - sample)
        target, offset = divmod(sample + self._index.skip, self._index.kind.frame_samples)
        if target >= self._index.frames:
            self._left = 0
        if not self._left:
            return
        self._frame = self._warm_up_from(target)
        self._drop = (target - self._frame) * self._index.kind.frame_samples + offset
        self._context.flush_buffers()

    def read(self) -> Samples | None:
        """The next samples."""
        parts: list[Samples] = []
        while len(parts) < _READ_FRAMES and self._left and self._frame < self._index.frames:
            part = self._decode(self._frame_bytes(self._frame))
            self._frame += 1
            if self._drop >= len(part):
                self._drop -= len(part)
                continue
            part = part[self._drop : self._drop + self._left]
            self._drop = 0
            self._left -= len(part)
            parts.append(part)
        return np.concatenate(parts) if parts else None

    def close(self) -> None:
        """Close the file."""
        self._source.close()
        self._groups.clear()

    def _warm_up_from(self, target: int) -> int:
        """The frame to begin with, so that frame `target` has all it needs of those before it."""
        first = max(0, target - _OVERLAP_FRAMES)
        missing = _RESERVOIR
        overhead = 6 + self._index.kind.side_info(2)
        while first > 0 and missing > 0 and target - first < _MOST_WARM_UP:
            first -= 1
            missing -= max(0, len(self._frame_bytes(first)) - overhead)
        return first

    def _decode(self, frame: bytes) -> Samples:
        """One frame's samples; silence of the same length for a damaged one, so that the position stays right."""
        size = self._index.kind.frame_samples
        try:
            made = self._context.decode(av.Packet(frame)) if frame else []
        except av.error.FFmpegError:
            made = []
        if len(made) != 1 or made[0].samples != size:
            return np.zeros((size, self.channels), np.float32)
        planes = np.asarray(made[0].to_ndarray(), np.float32)
        if len(planes) < self.channels:
            planes = np.repeat(planes, self.channels, 0)
        elif len(planes) > self.channels:
            planes = planes.mean(0, keepdims=True, dtype=np.float32)
        return planes.T

    def _frame_bytes(self, number: int) -> bytes:
        """The bytes of a frame; empty where the file has become shorter."""
        group, place = divmod(number, self._index.stride)
        if group not in self._groups:
            while len(self._groups) > 2:
                del self._groups[next(iter(self._groups))]
            self._groups[group] = self._read_group(group)
        frames = self._groups[group]
        return frames[place] if place < len(frames) else b""

    def _read_group(self, group: int) -> list[bytes]:
        """The frames from one kept offset up to the next."""
        index = self._index
        start = int(index.offsets[group])
        stop = int(index.offsets[group + 1]) if group + 1 < len(index.offsets) else index.end
        try:
            self._source.seek(start)
            block = self._source.read(stop - start)
            frames = scan(self._source, start, index.file_size, index.kind, most=index.stride, block_size=len(block))
        except OSError as error:
            raise FileError(str(self._source.path), error.strerror or str(error)) from error
        result = []
        bounds = [*(number for number, _ in frames.runs[1:]), len(frames.sizes)]
        for (number, offset), bound in zip(frames.runs, bounds, strict=True):
            at = offset - start
            for size in frames.sizes[number:bound]:
                result.append(block[at : at + size])
                at += size
        return result[: index.stride]
