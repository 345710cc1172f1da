"""How each podcast sounds, one sound for all others, and how much of the audio trimming leaves out.

Must not know the engine: it is told what was listened to, and passes that on to the statistics.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from sqlite3 import Connection
from typing import Any

from player.app.time_listened import Statistics
from player.app.writer import Writer
from player.core.model import PodcastId
from player.core.sound import Listened, Sound, Trimming, trimmed_share
from player.storage import listening, sounds

STORE_EVERY = 4000
"""Milliseconds of listening after which what was listened to is written."""
_KEY = "sound"


class Sounds:
    """Keeps the choice of sound for the podcast that is open, and for all; and counts what was listened to."""

    def __init__(self, reader: Connection, writer: Writer, statistics: Statistics) -> None:
        self._reader = reader
        self._writer = writer
        self._statistics = statistics
        self._default = self._current = default_sound(reader) or Sound()
        self._podcast: PodcastId | None = None
        self._is_own = False
        self._tell: Callable[[], None] = lambda: None
        self._counted = self._under_trimming = Listened()

    @property
    def current(self) -> Sound:
        """How what is open sounds."""
        return self._current

    @property
    def is_own(self) -> bool:
        """Whether the podcast that is open has a sound of its own."""
        return self._is_own

    @property
    def podcast(self) -> PodcastId | None:
        """The podcast that is open."""
        return self._podcast

    def when_changed(self, tell: Callable[[], None]) -> None:
        """Call `tell` now, and whenever the sound has changed."""
        self._tell = tell
        tell()

    def turn_to(self, podcast: PodcastId) -> None:
        """Take a podcast for the one that is open, with its sound."""
        self._podcast = podcast
        own = sounds.sound(self._reader, podcast)
        self._is_own = own is not None
        self._change(own or self._default)

    def of(self, podcast: PodcastId) -> Sound:
        """How another podcast sounds."""
        return sounds.sound(self._reader, podcast) or self._default

    @property
    def default(self) -> Sound:
        """How all podcasts sound that have no sound of their own."""
        return self._default

    def own(self, podcast: PodcastId) -> Sound | None:
        """The sound that a podcast has of its own, or None."""
        return sounds.sound(self._reader, podcast)

    def keep(self, podcast: PodcastId, sound: Sound | None) -> Future[None]:
        """Let a podcast have a sound of its own, or (None) sound as all do. What is open changes at once."""
        if podcast == self._podcast:
            self._is_own = sound is not None
            self._change(sound or self._default)
        return self._keep_own(podcast, sound)

    def choose(self, sound: Sound) -> None:
        """Change the sound, and keep it: for this podcast, if it has one of its own, else for all that have none."""
        self._change(sound)
        if self._is_own and self._podcast is not None:
            self._keep_own(self._podcast, sound)
        else:
            self._keep_default(sound)

    def take_default(self, sound: Sound) -> None:
        """Keep the sound of another library for all podcasts that have none of their own, unless one was chosen."""
        if default_sound(self._reader) is None:
            self._keep_default(sound)
            if not self._is_own:
                self._change(sound)

    def change_speed(self, by: float) -> None:
        """Faster, or slower."""
        self.choose(self._current.at_speed(self._current.speed + by))

    def try_out(self, sound: Sound) -> None:
        """Change the sound of what is open, and keep nothing of it."""
        self._change(sound)

    def keep_apart(self, is_own: bool) -> None:
        """Let the podcast that is open have a sound of its own, at first the present one; or sound as all do."""
        if self._podcast is not None:
            self._is_own = is_own
            self._keep_own(self._podcast, self._current if is_own else None)
            self._change(self._current if is_own else self._default)

    def count(self, total: Listened, *, is_last: bool = False) -> None:
        """Take note of what the engine has counted so far; what is new is of the podcast that is open.

        It is written after some seconds, or now if `is_last`.
        """
        more = total - self._counted
        podcast = self._podcast
        if podcast is None or (more.heard < STORE_EVERY and not is_last):
            return
        more = Listened(round(more.heard), round(more.by_speed), round(more.by_trimming), round(more.by_skips))
        if more == Listened():
            return
        self._counted += more
        self._under_trimming += more
        self._statistics.add(podcast, more)

    @property
    def trimmed(self) -> float:
        """Which part of the audio trimming leaves out, as far as is known by now, to a hundredth."""
        return round(trimmed_share(self._under_trimming), 2)

    def _change(self, sound: Sound) -> None:
        if sound.trimming != self._current.trimming:
            self._under_trimming = Listened()
        self._current = sound
        self._tell()

    def _keep_default(self, sound: Sound) -> None:
        self._default = sound
        value = json.dumps(sound_words(sound))
        self._writer.submit(lambda connection: listening.store_session_value(connection, _KEY, value))

    def _keep_own(self, podcast: PodcastId, sound: Sound | None) -> Future[None]:
        return self._writer.submit(lambda connection: sounds.store_sound(connection, podcast, sound))


def sound_words(sound: Sound) -> dict[str, Any]:
    """A sound as JSON has it."""
    return {
        "speed": sound.speed,
        "trimming": sound.trimming.value,
        "levelled": sound.is_levelled,
        "mono": sound.is_mono,
    }


def changed_sound(sound: Sound, words: Mapping[str, Any]) -> Sound:
    """`sound` with those things changed that `words` names. Raises ValueError or TypeError for nonsense."""
    if "speed" in words:
        sound = sound.at_speed(float(words["speed"]))
    if "trimming" in words:
        sound = replace(sound, trimming=Trimming(words["trimming"]))
    if "levelled" in words:
        sound = replace(sound, is_levelled=bool(words["levelled"]))
    if "mono" in words:
        sound = replace(sound, is_mono=bool(words["mono"]))
    return sound


def default_sound(reader: Connection) -> Sound | None:
    """The sound of all podcasts that have none of their own; None where it was never changed."""
    text = listening.session_value(reader, _KEY)
    try:
        return changed_sound(Sound(), json.loads(text)) if text else None
    except (ValueError, TypeError):
        return None
