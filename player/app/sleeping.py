"""The sleep timer: counts, fades the sound out and ends it, where or when the listener said.

Must not know how playing stops (`app.resting`), nor how anything looks. A restart knows nothing of it. Time counts
while sound is heard: who pauses does not lose any.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from player.app.bus import Bus
from player.app.home import Home
from player.app.playback import Playback
from player.core.chapters import find_chapter
from player.core.errors import NotFoundError
from player.core.events import FellAsleep, SleepChanged
from player.core.model import EpisodeId, EpochMillis, Millis
from player.core.session import EPISODE_END
from player.core.skips import past_skips
from player.core.sleep import (
    LONGEST_SLEEP,
    PROLONGED_BY,
    Sleep,
    SleepKind,
    after_chapter,
    after_chapters,
    minutes_meant,
)
from player.core.timecode import HOUR

TICK_MS = 100
_LONGEST_TICK: Millis = 1000
"""A machine that slept has not listened: no tick counts more."""
_OFF, _MORE, _EPISODE, _CHAPTER = "off", "more", "episode", "chapter"


class Sleeping:
    """One timer at most. All commands come on the home thread."""

    def __init__(self, playback: Playback, bus: Bus, home: Home, now: Callable[[], EpochMillis]) -> None:
        self._playback = playback
        self._bus = bus
        self._home = home
        self._now = now
        self._sleep: Sleep | None = None
        self._episode: EpisodeId | None = None
        """The episode that was open when it was set: chapters are of that."""
        self._stop_ticking: Callable[[], None] | None = None
        self._looked: EpochMillis = 0
        self._faded_from: Millis | None = None
        bus.subscribe(FellAsleep, self._on_fell_asleep)

    @property
    def sleep(self) -> Sleep | None:
        """What is set."""
        return self._sleep

    def left(self) -> Millis | None:
        """How long it takes until the sound ends, while it plays; None where nothing is set, or nobody knows."""
        if self._sleep is None:
            return None
        return self._sleep.left_at(self._playback.state, self._playback.position())

    def ends_at(self, sleep: Sleep | None = None) -> EpochMillis | None:
        """When the sound would end by that timer, or by the one that is set, if it plays from now on."""
        asked = sleep or self._sleep
        left = asked.left_at(self._playback.state, self._playback.position()) if asked is not None else None
        return None if left is None else self._now() + left

    # Commands

    def after(self, time: Millis) -> None:
        """Sleep after so much more was listened to."""
        self._set(Sleep(SleepKind.TIME, left=min(LONGEST_SLEEP, time)))

    def after_chapters(self, count: int = 1) -> None:
        """Sleep at the end of the chapter that is heard, or of the `count`-th from there. Raises NotFoundError."""
        state = self._playback.state
        found = after_chapters(state.chapters, state.skipped, self._playback.position(), count)
        if found is None:
            raise NotFoundError("chapter", str(count))
        self._set(found)

    def after_chapter(self, index: int) -> None:
        """Sleep at the end of a chapter of the open episode that is not over. Raises NotFoundError."""
        found = self.at_chapter(index)
        if found is None:
            raise NotFoundError("chapter still to be heard", str(index + 1))
        self._set(found)

    def at_chapter(self, index: int) -> Sleep | None:
        """The timer that ends with a chapter; None where that is over."""
        chapters = self._playback.state.chapters
        found = after_chapter(chapters, index) if 0 <= index < len(chapters) else None
        return found if found is not None and found.place > self._playback.position() else None

    def after_episode(self) -> None:
        """Sleep when the episode, or the part of it that plays, is over."""
        self._set(Sleep(SleepKind.EPISODE))

    def prolong(self) -> None:
        """Sleep some minutes later, or a chapter later."""
        sleep = self._sleep
        if sleep is None or sleep.kind is SleepKind.EPISODE:
            return
        if sleep.kind is SleepKind.TIME:
            self._set(replace(sleep, left=min(LONGEST_SLEEP, sleep.left + PROLONGED_BY)))
            return
        state = self._playback.state
        place = past_skips(state.skips, min(sleep.place, EPISODE_END - 1))
        self._set(after_chapters(state.chapters, state.skipped, place) or sleep)

    def cancel(self) -> None:
        """Do not sleep."""
        self._set(None)

    def obey(self, words: str) -> None:
        """Do what the command line says: a time, chapter, chapter:3, episode, more, off, or a chapter's title.

        Raises NotFoundError.
        """
        time = minutes_meant(words)
        kind, _, count = words.partition(":")
        if time is not None:
            self.after(time)
        elif kind == _CHAPTER and (not count or (count.isascii() and count.isdecimal() and 0 < int(count[:4]) < 1000)):
            self.after_chapters(int(count or 1))
        elif words in (_OFF, _MORE, _EPISODE):
            {_OFF: self.cancel, _MORE: self.prolong, _EPISODE: self.after_episode}[words]()
        else:
            found = find_chapter(self._playback.state.chapters, words)
            if found is None:
                raise NotFoundError("time or chapter to sleep after", words)
            self.after_chapter(found)

    # What happens

    def _set(self, sleep: Sleep | None) -> None:
        self._wake()
        self._sleep, self._looked = sleep, self._now()
        self._episode = self._playback.state.episode
        self._playback.sleep_at(sleep.place if sleep is not None and sleep.kind is not SleepKind.TIME else None)
        if sleep is not None and self._stop_ticking is None:
            self._stop_ticking = self._home.every(TICK_MS, self._on_tick)
        elif sleep is None and self._stop_ticking is not None:
            self._stop_ticking()
            self._stop_ticking = None
        self._bus.publish(SleepChanged())

    def _wake(self) -> None:
        """Let the sound be as loud as it was, if it fades."""
        if self._faded_from is not None:
            self._faded_from = None
            self._playback.fade_in()

    def _on_tick(self) -> None:
        now = self._now()
        time, self._looked = min(max(0, now - self._looked), _LONGEST_TICK), now
        state, sleep = self._playback.state, self._sleep
        if sleep is None:
            return
        if not state.is_playing:
            self._wake()
            return
        is_elsewhere = state.sleeps_at is None or state.episode != self._episode
        if sleep.kind is SleepKind.CHAPTER and is_elsewhere:
            # Its place was passed by a jump, or another episode was opened: the chapter that is heard now is the last.
            found = after_chapters(state.chapters, state.skipped, self._playback.position())
            self._set(found or Sleep(SleepKind.EPISODE))
            return
        self._sleep = sleep = sleep.heard(time)
        left = self.left()
        if sleep.kind is SleepKind.TIME and not sleep.left:
            self._end()
        elif left is not None and left <= sleep.fade and self._faded_from is None:
            self._faded_from = self._playback.position()
            self._playback.fade_out(left)
        elif left is not None and left > sleep.fade + _LONGEST_TICK:
            self._wake()

    def _end(self) -> None:
        """The time is over."""
        begun, self._faded_from = self._faded_from, None
        heard = self._playback.position() - begun if begun is not None else 0
        # A jump while it faded leads elsewhere.
        self._playback.fall_asleep(heard if 0 <= heard < HOUR else 0)
        self._set(None)

    def _on_fell_asleep(self, _: FellAsleep) -> None:
        self._faded_from = None
        self._playback.fall_asleep(0)
        self._set(None)
