"""What listening leaves behind: the place in each episode, what was played last, and how loud.

Must not know the engine. A place that is being heard is written every few seconds, so that a kill costs no more.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import Any

from player.app.bus import Bus
from player.app.chapter_view import keep_shown, read_shown
from player.app.heard import HeardService
from player.app.writer import Writer
from player.core.events import ChaptersChanged, EpisodesChanged, PodcastsChanged
from player.core.heard import left_in, marks_of, next_unheard
from player.core.model import EpisodeId, EpochMillis, Millis
from player.core.session import HISTORY_LENGTH, JumpHistory, Part, PlaybackState
from player.core.skips import Span
from player.storage import episodes
from player.storage import listening as stored
from player.storage.heard import add_heard
from player.storage.heard import heard as kept_ranges

STORE_EVERY: EpochMillis = 4000
_KEY = "playback"


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the last run of the program left."""

    episode: EpisodeId | None = None
    volume: float = 1.0
    is_muted: bool = False
    part: Part | None = None
    history: JumpHistory = field(default_factory=JumpHistory)


class Listening:
    """Writes what was heard, and knows what the last run left."""

    def __init__(
        self, reader: Connection, writer: Writer, bus: Bus, heard: HeardService, now: Callable[[], EpochMillis]
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._bus = bus
        self._heard = heard
        self._now = now
        self._stored_at: EpochMillis = 0
        self._stored_of: EpisodeId | None = None

    def remembered(self) -> Remembered:
        """The last episode and loudness; defaults where nothing (or nonsense) was kept."""
        text = stored.session_value(self._reader, _KEY)
        try:
            found: dict[str, Any] = json.loads(text) if text else {}
            episode, part = found.get("episode"), found.get("part")
            return Remembered(
                episode=None if episode is None else EpisodeId(int(episode)),
                volume=min(1.0, max(0.0, float(found.get("volume", 1.0)))),
                is_muted=bool(found.get("muted", False)),
                part=Part(int(part[0]), int(part[1]), bool(part[2:3] and part[2])) if part else None,
                history=JumpHistory(_places(found.get("back")), _places(found.get("forward"))),
            )
        except (ValueError, TypeError, AttributeError, LookupError):
            return Remembered()

    def remember(self, episode: EpisodeId | None, state: PlaybackState) -> None:
        """Keep what plays and how, and where its jumps began."""
        part = (state.part.start, state.part.stop, state.part.is_alone) if state.part else None
        jumps = {"back": state.history.back, "forward": state.history.forward}
        kept = {"episode": episode, "part": part, "volume": state.volume, "muted": state.is_muted, **jumps}
        value = json.dumps(kept)
        self._writer.submit(lambda connection: stored.store_session_value(connection, _KEY, value))

    def heard(self, episode: EpisodeId, position: Millis) -> None:
        """Take note of a place that is being heard; written at most every `STORE_EVERY` milliseconds."""
        if self._now() - self._stored_at >= STORE_EVERY:
            self.store_position(episode, position)

    def store_position(self, episode: EpisodeId, position: Millis) -> None:
        """Write the place in an episode now, and what was heard of it."""
        self._stored_at = now = self._now()
        self._stored_of = episode
        spans = self._heard.take(episode)

        def write(connection: Connection) -> None:
            stored.store_position(connection, episode, position, now)
            if spans:
                add_heard(connection, episode, spans)

        self._writer.submit(write, (lambda: self._heard.tell(episode)) if spans else None)

    def note_heard(self, episode: EpisodeId, spans: Iterable[Span]) -> None:
        """Take note of spans that have been heard; they are written with the next place."""
        self._heard.note(episode, spans)

    def finished(self, episode: EpisodeId, *, is_part: bool = False) -> None:
        """An episode was heard to its end: it is played, and begins anew the next time.

        What was jumped over on the way was not heard all the same. Where only its last chapter was to be played
        (`is_part`), it goes on with the first one that was not heard, and is played when none is left.
        """
        now = self._now()
        spans = self._heard.take(episode)

        def write(connection: Connection) -> None:
            add_heard(connection, episode, spans)
            left = _first_unheard(connection, episode) if is_part else None
            stored.store_position(connection, episode, left or 0, now)
            if left is None:
                stored.store_played(connection, episode, True, now)

        def tell() -> None:
            self._heard.tell(episode)
            self._tell(episode)

        self._writer.submit(write, tell)

    def learned_duration(self, episode: EpisodeId, duration: Millis) -> None:
        """The decoder knows how long the episode is: that counts more than what the feed says."""
        if episodes.episode(self._reader, episode).duration == duration:
            return

        def write(connection: Connection) -> None:
            episodes.set_duration(connection, episode, duration)
            keep_shown(connection, episode)

        def tell() -> None:
            self._bus.publish(ChaptersChanged((episode,)))
            self._tell(episode)

        self._writer.submit(write, tell)

    def pause(self, episode: EpisodeId) -> EpochMillis:
        """How long ago the place in an episode was kept last; 0 where it was never begun."""
        if episode == self._stored_of:
            # The newest may not be written yet.
            return max(0, self._now() - self._stored_at)
        changed_at = stored.changed_at(self._reader, episode)
        return 0 if changed_at is None else max(0, self._now() - changed_at)

    def audio_index(self, episode: EpisodeId) -> bytes | None:
        """The kept frame index of the episode's audio."""
        return stored.audio_index(self._reader, episode)

    def store_audio_index(self, episode: EpisodeId, index: bytes) -> None:
        """Keep a frame index with the library."""
        self._writer.submit(lambda connection: stored.store_audio_index(connection, episode, index))

    def _tell(self, episode: EpisodeId) -> None:
        self._bus.publish(EpisodesChanged((episode,)))
        self._bus.publish(PodcastsChanged(()))


def _first_unheard(connection: Connection, episode: EpisodeId) -> Millis | None:
    """Where the first shown chapter begins, or was left, that is neither heard nor skipped."""
    view, heard = read_shown(connection, episode).view, kept_ranges(connection, episode)
    chapters = view.chosen.chapters if view.chosen else ()
    number = next_unheard(marks_of(chapters, heard), None, view.skipped)
    if number is None:
        return None
    place = left_in(chapters[number], heard)
    return chapters[number].start if place is None else place


def _places(found: object) -> tuple[Millis, ...]:
    """Places of the jump history. Raises ValueError or TypeError for nonsense."""
    return tuple(int(place) for place in found or ())[:HISTORY_LENGTH]  # type: ignore[attr-defined]
