"""Writes time-coded audio files with FFmpeg's encoders. Must not know how the code sounds or is read."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias, cast

import av
import numpy as np
from av.container import OutputContainer

from timecoded.synthesis import LONGEST_SECONDS, Sound, samples

Packet: TypeAlias = "av.Packet[av.AudioStream]"

_ENCODERS = {"mp3": "libmp3lame", "opus": "libopus", "wav": "pcm_s16le"}
_CONTAINERS = {"mp3": "mp3", "aac": "mp4", "opus": "ogg", "vorbis": "ogg", "flac": "flac", "wav": "wav"}
_BLOCK_SECONDS = 20
_SPLICED = ("mp3", "aac", "opus")
_PIECE_SECONDS = 120
_SPLICE_FROM_SECONDS = 600
_WARM_UP_FRAMES = 8
_LOOK_AHEAD_FRAMES = 4
_LAME_QUALITY_STEP = 118


@dataclass(frozen=True, slots=True)
class Recipe:
    """What an encoder is told. `qualities` are on the codec's own scale (variable bit rate) and win over `bitrate`."""

    codec: str = "mp3"
    bitrate: int = 128_000
    qualities: Sequence[float] = ()
    rate: int = 44_100
    channels: int = 1
    codec_options: Mapping[str, str] = field(default_factory=dict)
    container_options: Mapping[str, str] = field(default_factory=dict)

    @property
    def layout(self) -> str:
        """FFmpeg's name of the channel layout."""
        return {1: "mono", 2: "stereo"}[self.channels]

    def options(self, piece: int = 0) -> dict[str, str]:
        """The encoder's options for a piece of the file; the qualities take turns."""
        options = dict(self.codec_options)
        if self.codec == "vorbis":
            options["strict"] = "experimental"
        if self.codec == "mp3":
            options.setdefault("compression_level", "9")
        if self.qualities:
            quality = self.qualities[piece % len(self.qualities)]
            options |= {"flags": "+qscale", "global_quality": str(round(quality * _LAME_QUALITY_STEP))}
        return options

    def frame(self, sound: Sound, first: int) -> av.AudioFrame:
        """Samples, the same in each channel, as a frame that begins at sample number `first`."""
        frame = av.AudioFrame.from_ndarray(np.repeat(sound[None], self.channels, 0), "fltp", self.layout)
        frame.sample_rate = self.rate
        frame.pts = first
        frame.time_base = Fraction(1, self.rate)
        return frame


def encode_timecoded(
    path: Path,
    seconds: float,
    *,
    codec: str = "mp3",
    bitrate: int = 128_000,
    quality: float | Sequence[float] | None = None,
    rate: int = 44_100,
    channels: int = 1,
    container: str | None = None,
    pieces: int | None = None,
    only: Sequence[tuple[float, float]] = (),
    codec_options: Mapping[str, str] | None = None,
    container_options: Mapping[str, str] | None = None,
) -> Path:
    """Write `seconds` of time-coded audio to `path` and return it.

    `codec` is mp3, aac, opus, vorbis (two channels), flac, wav or any FFmpeg encoder; `container` FFmpeg's name of a
    format ("mp3", "mp4", "adts", "ogg", "matroska", …), by default the codec's usual one. `quality` instead of
    `bitrate` asks for variable bit rate (mp3: 0 best to 9, vorbis: 0 to 10 best). MP3, AAC and Opus of ten minutes and
    more, or when `pieces` names a length in seconds, are encoded in pieces by several threads (MP3 with the bit
    reservoir off) and joined at frame boundaries, which leaves one seamless stream. Several qualities take turns, one
    for each piece. Of an MP3 file of constant bit rate `only` these stretches, in seconds, may be time-coded, or a bit
    more, beside its beginning and end; elsewhere is silence, of which no more than one frame is encoded.
    """
    if not 0 < seconds <= LONGEST_SECONDS:
        raise ValueError(f"{seconds} s cannot be coded")
    qualities = () if quality is None else quality if isinstance(quality, Sequence) else (quality,)
    recipe = Recipe(codec, bitrate, qualities, rate, channels, codec_options or {})
    count = round(seconds * rate)
    name = container or _CONTAINERS[codec]
    with av.open(str(path), "w", format=name, options=dict(container_options or {})) as output:
        stream = output.add_stream(_ENCODERS.get(codec, codec), rate=rate, options=recipe.options())
        assert isinstance(stream, av.AudioStream)
        stream.layout = recipe.layout
        if not qualities:
            stream.bit_rate = bitrate
        if codec in _SPLICED and (pieces or seconds >= _SPLICE_FROM_SECONDS):
            _mux_spliced(output, stream, recipe, count, pieces or _PIECE_SECONDS, only)
        else:
            for first in range(0, count, _BLOCK_SECONDS * rate):
                sound = samples(first, min(_BLOCK_SECONDS * rate, count - first), rate)
                output.mux(stream.encode(recipe.frame(sound, first)))
            output.mux(stream.encode(None))
    return path


def _mux_spliced(
    output: OutputContainer,
    stream: av.AudioStream,
    recipe: Recipe,
    count: int,
    pieces: int,
    only: Sequence[tuple[float, float]],
) -> None:
    """Encode pieces of the sound, of so many seconds, side by side and join their frames.

    A frame needs its neighbours' samples (overlap and filter bank, with Opus also prediction), so each piece begins
    some frames early and ends some late, and those frames are thrown away. Without the reservoir no frame of an MP3
    refers to the bytes of another.
    """
    output.start_encoding()
    size = stream.codec_context.frame_size
    step = pieces * recipe.rate // size
    workers = os.cpu_count() or 1
    number = 0
    first_time: int | None = None
    with ThreadPoolExecutor(workers) as pool:
        waiting: list[Future[list[Packet]]] = []
        for piece, start in enumerate(range(0, -(-count // size), step)):
            begin, end = (at * size / recipe.rate for at in (start, start + step))
            is_edge = start == 0 or end * recipe.rate >= count
            if not only or is_edge or any(begin < last and first < end for first, last in only):
                waiting.append(pool.submit(_encode_piece, recipe, piece, range(start, start + step), size, count))
            else:
                waiting.append(pool.submit(_silent_piece, recipe, step))
            if len(waiting) > workers:
                number, first_time = _mux_piece(output, stream, waiting.pop(0).result(), number, first_time)
        for each in waiting:
            number, first_time = _mux_piece(output, stream, each.result(), number, first_time)


def _mux_piece(
    output: OutputContainer,
    stream: av.AudioStream,
    packets: list[Packet],
    number: int,
    first_time: int | None,
) -> tuple[int, int | None]:
    """Write the frames of one piece as frames `number` and following; the next number and the first frame's time."""
    size = stream.codec_context.frame_size
    for packet in packets:
        if first_time is None:
            first_time = packet.pts
        packet.stream = stream
        packet.time_base = Fraction(1, stream.rate)
        packet.pts = packet.dts = (first_time or 0) + number * size
        output.mux_one(packet)
        number += 1
    return number, first_time


def _encode_piece(recipe: Recipe, piece: int, frames: range, size: int, count: int) -> list[Packet]:
    """Piece number `piece`: these frames of the whole, or up to its end. `size` samples a frame, `count` in all."""
    encoder = _encoder(recipe, piece)
    early = min(frames.start, _WARM_UP_FRAMES)
    first = (frames.start - early) * size
    last = min(count, (frames.stop + _LOOK_AHEAD_FRAMES) * size)
    packets: list[Packet] = []
    for begin in range(first, last, _BLOCK_SECONDS * recipe.rate):
        sound = samples(begin, min(_BLOCK_SECONDS * recipe.rate, last - begin), recipe.rate)
        packets += encoder.encode(recipe.frame(sound, begin))
    packets += encoder.encode(None)
    return packets[early:] if last == count else packets[early : early + len(frames)]


def _silent_piece(recipe: Recipe, count: int) -> list[Packet]:
    """So many frames of silence: without the reservoir they are all the same at a constant bit rate."""
    frames = _encoder(recipe, 0).encode(recipe.frame(np.zeros(recipe.rate, np.float32), 0))
    silence = bytes(frames[-1])
    assert bytes(frames[-2]) == silence
    return [cast("Packet", av.Packet(silence)) for _ in range(count)]


def _encoder(recipe: Recipe, piece: int) -> av.AudioCodecContext:
    encoder = av.CodecContext.create(_ENCODERS.get(recipe.codec, recipe.codec), "w")
    assert isinstance(encoder, av.AudioCodecContext)
    encoder.sample_rate = recipe.rate
    encoder.layout = recipe.layout
    encoder.format = "fltp"
    encoder.time_base = Fraction(1, recipe.rate)
    if not recipe.qualities:
        encoder.bit_rate = recipe.bitrate
    encoder.options = recipe.options(piece) | ({"reservoir": "0"} if recipe.codec == "mp3" else {})
    return encoder
