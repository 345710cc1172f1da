"""The state of playing as one immutable value, and the jump history with its back and forward.

Must not know an engine, a clock or a thread; the position travels apart, see `events.PositionChanged`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from player.core.edges import Edges, edge_spans, with_edges
from player.core.errors import KnownError
from player.core.model import Chapter, EpisodeId, Millis
from player.core.skips import Span, heard_between, skip_spans
from player.core.sound import Sound, listening_time

HISTORY_LENGTH = 100
EPISODE_END: Millis = 1 << 50
"""A place behind the end of every episode."""
SHORTEST_LOOP: Millis = 1000


class Phase(StrEnum):
    """What playing does at this moment."""

    EMPTY = "empty"
    CLOSED = "closed"
    """An episode is chosen and its place known, but its audio is not open."""
    WAITING = "waiting"
    """The episode's audio is not here yet; it plays when the download is complete."""
    LOADING = "loading"
    BUFFERING = "buffering"
    """The sound has stopped until more of the audio has arrived."""
    PAUSED = "paused"
    PLAYING = "playing"
    ENDED = "ended"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class JumpHistory:
    """Places that jumps left, oldest first, and places that were left by going back, nearest first."""

    back: tuple[Millis, ...] = ()
    forward: tuple[Millis, ...] = ()

    def jumped(self, left: Millis) -> JumpHistory:
        """The history after a jump away from `left`: a new jump ends what could be redone."""
        return JumpHistory((*self.back, left)[-HISTORY_LENGTH:], ())

    def undo(self, position: Millis) -> tuple[JumpHistory, Millis] | None:
        """Go back from `position`: the new history and the place to go to, or None when there is nothing to undo."""
        if not self.back:
            return None
        return JumpHistory(self.back[:-1], (position, *self.forward)), self.back[-1]

    def redo(self, position: Millis) -> tuple[JumpHistory, Millis] | None:
        """Go forward again from `position`, or None when nothing was undone."""
        if not self.forward:
            return None
        return JumpHistory((*self.back, position), self.forward[1:]), self.forward[0]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an episode that is played by itself: from `start` up to `stop`, then it is over.

    Nothing follows one that `is_alone`, whatever is queued.
    """

    start: Millis
    stop: Millis
    is_alone: bool = False

    def holds(self, position: Millis) -> bool:
        """Whether a place is in it."""
        return self.start <= position < self.stop


@dataclass(frozen=True, slots=True)
class Loop:
    """What is played again and again: from `start` up to `stop`, which is None until the listener has said it."""

    start: Millis
    stop: Millis | None = None

    @property
    def span(self) -> Span | None:
        """From where to where it goes, once that is known."""
        return None if self.stop is None else (self.start, self.stop)

    def holds(self, position: Millis) -> bool:
        """Whether a place is in it."""
        return self.stop is None or self.start <= position < self.stop

    def closed(self, position: Millis) -> Loop:
        """The loop between its first end and a place, which may be the earlier one; at least a second long."""
        start, stop = sorted((self.start, position))
        return Loop(start, max(stop, start + SHORTEST_LOOP))


@dataclass(frozen=True, slots=True)
class PlaybackState:
    """All that the player shows about playing, but for the position.

    `duration` is the decoder's once the audio is open, before that the feed's, or None. `volume` goes from 0.0 to 1.0.
    `is_sound_own` says that `sound` was chosen for this podcast only; `trimmed` is the part of the audio that trimming
    leaves out, as far as it is known.
    `part` is what was asked to be played of the episode, None for all of it; `loop` is played again and again.
    `skipped` are the indices of the chapters that playing leaves out, `edges` what it leaves out at both ends.
    `sleeps_at` is where the sleep timer ends playing, `EPISODE_END` for the end of what plays, None for nowhere.
    """

    phase: Phase = Phase.EMPTY
    episode: EpisodeId | None = None
    duration: Millis | None = None
    chapters: tuple[Chapter, ...] = ()
    sound: Sound = field(default_factory=Sound)
    is_sound_own: bool = False
    volume: float = 1.0
    is_muted: bool = False
    trimmed: float = 0.0
    history: JumpHistory = JumpHistory()
    problem: KnownError | None = None
    part: Part | None = None
    loop: Loop | None = None
    skipped: frozenset[int] = frozenset()
    edges: Edges = field(default_factory=Edges)
    sleeps_at: Millis | None = None

    @property
    def skips(self) -> tuple[Span, ...]:
        """The spans of time that playing leaves out."""
        chapters = skip_spans(self.chapters, self.skipped) if self.skipped else ()
        return with_edges(chapters, self.edge_spans)

    @property
    def edge_spans(self) -> tuple[Span, ...]:
        """What playing leaves out at both ends."""
        return edge_spans(self.edges, self.duration)

    @property
    def is_playing(self) -> bool:
        """Whether sound is to be heard now."""
        return self.phase is Phase.PLAYING

    @property
    def is_alone(self) -> bool:
        """Whether nothing follows what plays, whatever is queued."""
        return self.part is not None and self.part.is_alone

    @property
    def part_stop(self) -> Millis | None:
        """Where the part ends, if it does so before the episode."""
        return self._inside(self.part.stop) if self.part is not None else None

    @property
    def stop(self) -> Millis | None:
        """Where the sound ends, if it does so before the episode: at the end of the part, or for sleep."""
        places = (self.part_stop, self._inside(self.sleeps_at) if self.sleeps_at is not None else None)
        return min((place for place in places if place is not None), default=None)

    def _inside(self, place: Millis) -> Millis | None:
        is_behind = place >= EPISODE_END if self.duration is None else place >= self.duration
        return None if is_behind else place

    def jumped(self, history: JumpHistory, to: Millis) -> PlaybackState:
        """The state after a jump: one that leads out of the part leaves it, and the episode plays on."""
        part = self.part if self.part is not None and self.part.holds(to) else None
        return replace(self, history=history, part=part)

    def sought(self, to: Millis) -> PlaybackState:
        """The state where the listener goes to a place: one out of the loop ends that."""
        return self if self.loop is None or self.loop.holds(to) else replace(self, loop=None)

    def opened(
        self, episode: EpisodeId, duration: Millis | None, chapters: tuple[Chapter, ...], part: Part | None = None
    ) -> PlaybackState:
        """The state once an episode has been chosen: speed and volume stay, the jump history is that of the episode."""
        return replace(
            self,
            phase=Phase.LOADING,
            episode=episode,
            duration=duration,
            chapters=chapters,
            history=self.history if episode == self.episode else JumpHistory(),
            problem=None,
            part=part,
            loop=None,
            skipped=frozenset(),
            edges=Edges(),
            sleeps_at=self.sleeps_at if self.sleeps_at == EPISODE_END else None,
        )

    def left_at(self, position: Millis) -> Millis | None:
        """How much audio is still to be heard from a position on, without what is skipped; None where nobody knows."""
        return heard_between(self.skips, position, self.duration) if self.duration is not None else None

    def time_for(self, audio: Millis) -> Millis:
        """How long it takes to hear so much of the episode."""
        return listening_time(audio, self.sound, self.trimmed)

    def clamped(self, position: Millis) -> Millis:
        """The nearest position inside the episode."""
        latest = position if self.duration is None else min(position, self.duration)
        return max(0, latest)
