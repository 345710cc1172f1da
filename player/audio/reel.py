"""What is in the output: the frames of one track, and behind them those of the next, and which of them is heard.

Must not know files, commands or events.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from player.audio.engine import Run
from player.audio.heard_log import HeardLog
from player.audio.loudspeaker import Loudspeaker
from player.audio.outputs import Samples
from player.audio.track import Track
from player.core.sound import Listened


@dataclass(slots=True)
class _Stretch:
    """A track whose frames are in the output, from the frame `base` on."""

    track: Track
    base: int
    counted: float = 0.0
    """Up to which of its frames is noted what was heard."""


class Reel:
    """Frames on their way through an output. `start` begins it, `stop` ends it."""

    def __init__(self, speaker: Loudspeaker) -> None:
        self._speaker = speaker
        self.listened = Listened()
        """All that has been heard."""
        self.log = HeardLog()
        self._stretches: deque[_Stretch] = deque()
        self._written = 0
        self._rest: Samples | None = None
        self._is_left = False

    @property
    def is_running(self) -> bool:
        """Whether frames are in the output, or go there."""
        return bool(self._stretches)

    @property
    def is_short(self) -> bool:
        """Whether there is more to be written at once."""
        return bool(self._stretches) and self._stretches[-1].track.is_short

    def start(self, track: Track, first: Samples | None) -> None:
        """Begin anew with a track that has begun, and its first block. What was there fades out."""
        output = self._speaker.ready()
        self._drop_followers()
        self._is_left = False
        output.start(track.rate, track.channels)
        self._stretches = deque([_Stretch(track, 0)])
        self._written, self._rest = 0, first

    def leave(self) -> None:
        """Add up what has been heard, for the last time before the track begins anew."""
        self.count()
        self._is_left = True

    def stop(self) -> None:
        """Let what is there fade out."""
        self.count()
        self._drop_followers()
        self._stretches.clear()
        self._rest = None
        if self._speaker.output is not None:
            self._speaker.output.stop()

    def write(self, follow: Callable[[int], Track | None]) -> None:
        """Give the output what it takes.

        `follow` is called where a track ends, with the rate that frames have: it gives one that has begun, or None.
        Raises KnownError, and NotHere where bytes are missing.
        """
        output = self._speaker.ready()
        while self._stretches and output.free() > 0:
            track = self._stretches[-1].track
            block = self._rest if self._rest is not None else track.block()
            if block is not None:
                taken = output.write(block)
                self._written += taken
                self._rest = block[taken:] if taken < len(block) else None
                if self._rest is not None:
                    return
            elif not track.is_drained:
                return
            else:
                follower = follow(track.rate)
                if follower is None:
                    return
                self._stretches.append(_Stretch(follower, self._written))

    def turn(self) -> Track | None:
        """The track that is heard now, when it is another one than before, which is closed."""
        if len(self._stretches) < 2 or self._heard() < self._stretches[1].base:
            return None
        self.count()
        over = self._stretches.popleft().track
        self.listened += over.left_out_last
        over.close()
        return self._stretches[0].track

    @property
    def is_over(self) -> bool:
        """Whether all that was written has been heard, and nothing is left to be written now."""
        is_heard = self._rest is None and len(self._stretches) == 1 and self._heard() >= self._written
        return is_heard and not self._stretches[-1].track.is_short

    def is_written_beyond(self, track: Track) -> bool:
        """Whether more of the first track has been written than its stop allows, or less than it allows now."""
        return track.is_beyond(track.place(self._end() - self._stretches[0].base)) or track.is_drained

    @property
    def is_drained(self) -> bool:
        """Whether the last track has been read to its end."""
        return bool(self._stretches) and self._stretches[-1].track.is_drained

    def sample(self) -> float:
        """The sample of the first track that is heard now."""
        first = self._stretches[0]
        return first.track.place(min(self._heard(), self._end()) - first.base)

    def runs(self, now: float) -> tuple[tuple[Run, ...], float]:
        """How the position goes on from `now` of the clock, and where it ends for want of more; in milliseconds."""
        first = self._stretches[0]
        track, rate = first.track, first.track.rate
        self.count()
        heard, end = self._heard() - first.base, self._end() - first.base
        runs = tuple(
            Run(now + (frame - heard) / rate, sample * 1000 / rate, pace)
            for frame, sample, pace in track.runs(heard, end)
        )
        return runs, track.place(end) * 1000 / rate

    def count(self) -> None:
        """Add up what has been heard."""
        if self._stretches and not self._is_left:
            first = self._stretches[0]
            frame = min(self._heard(), self._end()) - first.base
            if frame > first.counted:
                self._note(first.track, first.counted, frame)
                first.counted = frame
            self.listened += first.track.listened(frame)

    def _note(self, track: Track, begin: float, end: float) -> None:
        """Log which stretches of its file are heard with these frames of a track."""
        runs = track.runs(begin, end)
        for number, (frame, sample, pace) in enumerate(runs):
            until = runs[number + 1][0] if number + 1 < len(runs) else end
            stop = sample + (until - frame) * pace
            self.log.add(track.path, sample * 1000 / track.rate, stop * 1000 / track.rate)

    def _heard(self) -> float:
        """How many frames of those written have been heard."""
        output = self._speaker.output
        return min(output.heard(), self._written) if output is not None else 0.0

    def _end(self) -> int:
        """The frame behind the first track's last one."""
        return self._stretches[1].base if len(self._stretches) > 1 else self._written

    def _drop_followers(self) -> None:
        while len(self._stretches) > 1:
            self._stretches.pop().track.close()
