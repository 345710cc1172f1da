"""Where what plays ends, and what follows it without a gap.

Must not know why (`app.queue_playing`, `app.sleeping`), nor how sound is made (an Engine).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from player.app.chapter_view import ChapterView
from player.app.on_deck import OnDeck, resume_at
from player.audio.engine import Advanced, Ended, EngineEvent, Load
from player.core.errors import BugError, ShortAudioError
from player.core.events import ChaptersChanged, FollowedOn, ProblemReported, StopReached
from player.core.model import Episode, EpisodeId, Millis
from player.core.session import Part, Phase
from player.core.skips import resumed
from player.core.sound import Sound

_AT_ITS_END: Millis = 100
"""Who is farther before the place where the sound has ended is there by a command."""


@dataclass(frozen=True, slots=True)
class Follower:
    """What follows without a gap: a part of an episode, or it from `at` on, or (None) from where it was left."""

    episode: Episode
    at: Millis | None
    part: Part | None


class Ending(OnDeck):
    """What plays, up to its end, and perhaps the piece that follows it without a gap."""

    _follower: Follower | None = None

    def _follow(self, follower: Follower) -> None:
        """Have an episode whose audio is here, or a part of it, follow without a gap."""
        self._follower, found = follower, follower.episode
        index, sound = self._listening.audio_index(found.id), self._sounds.of(found.podcast)
        load, left_out = _load_of(follower, self._chapters.view(found.id), index, sound)
        self._deck.follow(load, left_out=left_out)

    def _reach_stop(self, episode: EpisodeId) -> None:
        """A part is over, and with it the sound."""
        self._deck.pause()
        self._count()
        self._listening.store_position(episode, self.position())
        is_alone = self._state.is_alone
        self._change(replace(self._state, phase=Phase.PAUSED, part=None))
        if not is_alone:
            self._bus.publish(StopReached(episode))

    def _go_on_elsewhere(self) -> None:
        """The listener was quicker than the word that the sound has ended: that is old, and the engine silent."""
        if self._deck.plays:
            self._deck.play()
        else:
            self._change(replace(self._state, phase=Phase.PAUSED))

    # What OnDeck does, and what is otherwise here

    def _choose(self, episode: Episode, at: Millis | None, part: Part | None, *, play: bool) -> None:
        self._follower = None
        super()._choose(episode, at, part, play=play)

    def _on_chapters_changed(self, fact: ChaptersChanged) -> None:
        super()._on_chapters_changed(fact)
        if self._follower is not None and self._follower.episode.id in fact.ids:
            self._follow(self._follower)

    def _on_sound_event(self, episode: EpisodeId, event: EngineEvent) -> None:
        match event:
            case Ended():
                self._on_ended(episode, event)
            case Advanced():
                self._on_advanced(episode, event)
            case _:
                super()._on_sound_event(episode, event)

    # What happens

    def _on_ended(self, episode: EpisodeId, event: Ended) -> None:
        self._count(is_last=True)
        is_elsewhere = self._deck.position() < event.duration - _AT_ITS_END
        if is_elsewhere or event.stop not in (None, self._state.stop):
            self._go_on_elsewhere()
            return
        if event.stop is not None:
            self._reach_stop(episode)
            return
        self._deck.pause()
        self._listening.finished(episode, is_part=self._state.part is not None)
        self._publish_position(episode)
        self._change(replace(self._state, phase=Phase.ENDED, part=None))
        if event.missing:
            name = self._library.episode(episode).title
            self._bus.publish(ProblemReported(ShortAudioError(name, event.missing)))

    def _on_advanced(self, before: EpisodeId, event: Advanced) -> None:
        """What was to follow is heard now."""
        follower, self._follower = self._follower, None
        if follower is None:
            raise BugError("only what was to follow can have followed")
        episode = follower.episode
        self._count(is_last=True, path=event.before)
        self._streaming.end()
        if event.stop is None:
            self._listening.finished(before, is_part=self._state.part is not None)
        elif event.stop == self._state.stop:
            # Who has just called it off may have gone elsewhere: that place is kept.
            self._listening.store_position(before, event.stop)
        self._landing = None
        self._bus.publish(FollowedOn(episode.id))
        opened = self._state.opened(episode.id, event.duration, (), follower.part)
        self._begin_episode(replace(opened, phase=Phase.PLAYING), episode)
        # It was told where its part ends, even if its file ends before that.
        self._deck.set_stop(self._state.stop)
        self._listening.remember(episode.id, self._state)
        self._listening.learned_duration(episode.id, event.duration)
        self._publish_position(episode.id)


def _load_of(follower: Follower, view: ChapterView, index: bytes | None, sound: Sound) -> tuple[Load, Millis]:
    """What the engine needs of what follows, and how much of that is left out before its place."""
    found, part = follower.episode, follower.part
    at = part.start if part is not None else follower.at
    left_at = resume_at(found) if at is None else at
    begins_at = resumed(view.skips, left_at) if at is None else at
    load = Load(
        Path(found.download.path or ""),
        at=begins_at,
        stop=part.stop if part is not None else None,
        index=index,
        sound=sound,
        boundaries=tuple(chapter.start for chapter in view.chosen.chapters) if view.chosen else (),
        skips=view.skips,
    )
    return load, begins_at - left_at
