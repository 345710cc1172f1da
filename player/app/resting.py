"""How playing rests: it stops where the sleep timer says, and begins a little earlier after a pause.

Must not know when the listener wants to sleep (`app.sleeping`), nor how sound fades (an Engine).
"""

from __future__ import annotations

from dataclasses import replace

from player.app.ending import Ending
from player.audio.engine import Ended, Landing
from player.core.events import FellAsleep, PositionChanged
from player.core.model import Episode, EpisodeId, Millis
from player.core.session import EPISODE_END, Part, Phase
from player.core.sleep import rewind_after, rewound

_BACK_IN: Millis = 300
"""So quickly the sound is back when sleep is called off."""


class Resting(Ending):
    """What plays, with places to sleep."""

    _faded: Millis = 0
    """How much of the episode was heard while the sound faded out, until it is played again."""

    def sleep_at(self, place: Millis | None) -> None:
        """End the sound at a place of what is open, or call that off; `EPISODE_END`: whatever is played then."""
        self._change(replace(self._state, sleeps_at=place))

    def fade_out(self, over: Millis) -> None:
        """Let the sound become silent within so long."""
        self._deck.fade(0.0, over)

    def fade_in(self) -> None:
        """Let it be as loud as ever again."""
        self._deck.fade(1.0, _BACK_IN)

    def fall_asleep(self, faded: Millis) -> None:
        """Be silent, with the volume as ever; `faded` is how much of the episode was heard fading."""
        self._deck.pause()
        self._deck.fade(1.0, 0)
        self._faded = faded

    # What Ending and OnDeck do, and what is otherwise here

    def _choose(self, episode: Episode, at: Millis | None, part: Part | None, *, play: bool) -> None:
        self._faded = 0
        super()._choose(episode, at, part, play=play)
        if at is None and play:
            self._rewind()

    def _rewind(self) -> None:
        """Begin a little earlier, by how long the pause was."""
        episode, faded = self._state.episode, self._faded
        self._faded = 0
        if episode is None:
            return
        place = self.position()
        by = max(faded, rewind_after(self._listening.pause(episode)))
        to = rewound(self._state, place, by)
        if to < place:
            self._deck.seek(to)
            self._bus.publish(PositionChanged(episode, to))

    def _seek(self, to: Millis, landing: Landing | None = None) -> None:
        self._faded = 0
        sleeps_at = self._state.sleeps_at
        if sleeps_at is not None and sleeps_at != EPISODE_END and to >= sleeps_at:
            # Who goes past it is awake: the timer finds another place.
            self.sleep_at(None)
        super()._seek(to, landing)

    def _reach_stop(self, episode: EpisodeId) -> None:
        place, part_stop = self._state.sleeps_at, self._state.part_stop
        is_part_over = part_stop is not None and (place is None or part_stop < place)
        if place is None or (is_part_over and place != EPISODE_END):
            super()._reach_stop(episode)
            return
        self._deck.pause()
        # Where a chapter ends another one may begin that is skipped.
        self._deck.resume(self.position(), self._state.skips)
        self._listening.store_position(episode, self.position())
        part = None if part_stop is not None and part_stop <= place else self._state.part
        self._change(replace(self._state, phase=Phase.PAUSED, part=part))
        self._bus.publish(FellAsleep(episode))

    def _on_ended(self, episode: EpisodeId, event: Ended) -> None:
        super()._on_ended(episode, event)
        if self._state.phase is Phase.ENDED and self._state.sleeps_at is not None:
            self._bus.publish(FellAsleep(episode))
