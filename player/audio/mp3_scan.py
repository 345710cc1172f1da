"""Reads an MP3 file from end to end: which frames follow each other, where something else is between, how much is lost.

Must not know how samples are counted, nor what is kept of the frames.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from player.audio.mp3_frames import HEADER, LONGEST_FRAME, Kind, find_frame, is_tag
from player.audio.mp3_headers import LONGEST_HEADER, MARKS, Header, mark_at, read_header

_SCAN_BLOCK = 1 << 22
_MOST_RUNS = 1 << 16
"""Only what is broken on purpose has more places where frames do not touch: it ends there."""
_LOOK_SIZE = 1 << 16
_MOSTLY = 0.9
_NEIGHBOURS = 64


@dataclass(slots=True)
class Run:
    """Frames that touch: the offset of the first, its number in the stretch, and what is between it and the one before.

    `gap` is in bytes; `is_erased` when these are zeros, as after a damage, and `is_tag` when they are a tag.
    """

    offset: int
    first: int
    gap: int = 0
    is_erased: bool = False
    is_tag: bool = False


@dataclass(slots=True)
class Stretch:
    """Frames that one encoder made: their kind, what the header frame before them tells, and the size of each."""

    kind: Kind
    header: Header | None
    start: int
    sizes: array[int] = field(default_factory=lambda: array("H"))
    runs: list[Run] = field(default_factory=list)

    @property
    def end(self) -> int:
        """The offset behind the last frame."""
        return self.runs[-1].offset + sum(self.sizes[self.runs[-1].first :])

    def lost(self) -> list[int]:
        """How many frames are missing before each run, because they are damaged beyond being found."""
        sizes = np.frombuffer(self.sizes, np.uint16)
        lost = [_lost_in(run, sizes, self.kind) for run in self.runs]
        if self.header is None or not self.header.frames or not any(run.gap for run in self.runs):
            return lost
        # Where the file tells how many frames there were, there were no more.
        missing = max(0, self.header.frames - len(sizes))
        if self.end - self.start == self.header.size:
            # Nothing was put in or cut off, so that what is missing is missing here.
            lost = [0 if run.is_tag else run.gap for run in self.runs]
        elif sum(lost) <= missing:
            return lost
        shares = np.cumsum([0, *lost]) * missing / max(1, sum(lost))
        return [int(share) for share in np.diff(np.rint(shares))]


def scan(source: BinaryIO, start: int, kind: Kind, end: int) -> list[Stretch]:
    """All stretches of frames from the one of `kind` at `start` to the end of the file at `end`.

    What is no frame is left out, and so is a last frame that is cut off. Raises OSError.
    """
    found = [Stretch(kind, None, start, runs=[Run(start, 0)])]
    block = _Block(source, start, end)
    at = start
    count = 0
    while at + HEADER <= end and count < _MOST_RUNS:
        stretch = found[-1]
        if not block.reaches(at):
            block = _Block(source, at, end)
        sizes, is_lost = block.walk(at, stretch.kind)
        head = block.first_header(at, sizes, stretch.kind)
        if head is not None:
            stretch.sizes.extend(sizes[: head[0]])
            at = head[1] + sizes[head[0]]
            header = read_header(block.bytes_at(head[1], LONGEST_HEADER), stretch.kind)
            found.append(Stretch(stretch.kind, header, head[1], runs=[Run(at, 0)]))
            count += 1
            continue
        stretch.sizes.extend(sizes)
        at += sum(sizes)
        if is_lost:
            after = _resume(source, stretch, at, end)
            if after is None:
                break
            at = after[0]
            if after[1] != stretch.kind:
                found.append(Stretch(after[1], None, at, runs=[Run(at, 0)]))
            count += 1
        elif not sizes:
            break
    if at > end and found[-1].sizes:
        found[-1].sizes.pop()
    return [whole for stretch in found if (whole := _without_empty_runs(stretch)).sizes]


class _Block:
    """A part of the file that is walked at once."""

    def __init__(self, source: BinaryIO, offset: int, end: int) -> None:
        source.seek(offset)
        self._bytes = source.read(_SCAN_BLOCK)
        self._offset = offset
        self._is_last = len(self._bytes) < _SCAN_BLOCK or offset + len(self._bytes) >= end

    def reaches(self, at: int) -> bool:
        """Whether it holds enough behind the offset `at` to be walked on."""
        inside = at - self._offset
        return inside >= 0 and (self._is_last or inside + LONGEST_FRAME + LONGEST_HEADER <= len(self._bytes))

    def bytes_at(self, at: int, count: int) -> bytes:
        """`count` bytes at the offset `at`, fewer at the end."""
        return self._bytes[at - self._offset : at - self._offset + count]

    def walk(self, at: int, kind: Kind) -> tuple[array[int], bool]:
        """The sizes of the frames of one kind from the offset `at` on, and whether something else comes behind them.

        Those are left for the next block of which it cannot be told yet whether they are headers.
        """
        sizes: array[int] = array("H")
        table, block = kind.sizes, self._bytes
        first = at = at - self._offset
        limit = len(block) - (HEADER if self._is_last else LONGEST_HEADER)
        append = sizes.append
        is_lost = False
        while at <= limit:
            size = table[block[at + 1] << 8 | block[at + 2]]
            if not size or block[at] != 0xFF:
                is_lost = True
                break
            append(size)
            at += size
        modes = np.frombuffer(block, np.uint8)[first + _starts(sizes) + 3]
        others = np.flatnonzero((modes >= 0xC0) != (kind.channels == 1))
        return (sizes[: int(others[0])], True) if len(others) else (sizes, is_lost)

    def first_header(self, at: int, sizes: array[int], kind: Kind) -> tuple[int, int] | None:
        """The first of the frames of these sizes from `at` on that is no sound: its number and its offset."""
        starts = at - self._offset + _starts(sizes)
        found = []
        for mark in MARKS:
            places = starts + mark_at(mark, kind)
            heads = _fours(self._bytes)[places[places <= len(self._bytes) - len(mark)]]
            found += np.flatnonzero(heads == np.frombuffer(mark, np.uint32))[:1].tolist()
        return (min(found), self._offset + int(starts[min(found)])) if found else None


def _fours(block: bytes) -> npt.NDArray[np.uint32]:
    """Four bytes from each place on, as one number."""
    return np.ndarray((max(0, len(block) - 3),), np.uint32, block, strides=(1,))


def _starts(sizes: array[int]) -> npt.NDArray[np.int64]:
    """The offsets of frames of these sizes that touch, counted from the first one."""
    each = np.frombuffer(sizes, np.uint16)
    return np.cumsum(each, dtype=np.int64) - each


def _resume(source: BinaryIO, stretch: Stretch, at: int, end: int) -> tuple[int, Kind] | None:
    """Find the next frame where sync was lost at `at`: its offset and kind. One of the same kind begins a new run."""
    # A frame that was cut has its successor within.
    is_behind_frame = len(stretch.sizes) > stretch.runs[-1].first
    found = find_frame(source, at - stretch.sizes[-1] + HEADER if is_behind_frame else at, end, end)
    if found is None or found[1] != stretch.kind:
        return found
    offset = found[0]
    run = Run(offset, len(stretch.sizes))
    if offset < at:
        stretch.sizes[-1] -= at - offset
    elif offset > at:
        source.seek(at)
        look = source.read(min(offset - at, _LOOK_SIZE))
        run.gap, run.is_tag, run.is_erased = offset - at, is_tag(look), look.count(0) >= _MOSTLY * len(look)
    stretch.runs.append(run)
    return found


def _without_empty_runs(stretch: Stretch) -> Stretch:
    bounds = [*(run.first for run in stretch.runs[1:]), len(stretch.sizes)]
    stretch.runs = [run for run, bound in zip(stretch.runs, bounds, strict=True) if run.first < bound]
    return stretch


def _lost_in(run: Run, sizes: npt.NDArray[np.uint16], kind: Kind) -> int:
    """How many frames were where a gap is; 0 when it has been put between two frames."""
    if not run.gap or run.is_tag:
        return 0
    around: list[int] = sizes[max(0, run.first - _NEIGHBOURS) : run.first + _NEIGHBOURS].tolist()
    smallest, local = min(around), sum(around) / len(around)
    if max(around) <= smallest + 1:
        # Of constant bit rate, a gap that was frames is as long as whole frames: the padding keeps the mean.
        mean = kind.mean_size(smallest) or local
        count = round(run.gap / mean)
        if count and abs(run.gap - count * mean) <= 1:
            return count
    if run.is_erased:
        return round(run.gap / local)
    return int(kind.is_frame_size(run.gap))
