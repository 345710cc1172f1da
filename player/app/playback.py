"""Playing: what the listener commands.

Must not know how sound is made nor how it looks. All commands come on the home thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from player.app.bus import Bus
from player.app.chapters import ChapterService
from player.app.downloads import Downloads
from player.app.ending import Follower
from player.app.home import Home
from player.app.library import Library
from player.app.listening import Listening
from player.app.on_deck import resume_at
from player.app.resting import Resting
from player.app.settings import SettingsStore
from player.app.sounds import Sounds
from player.audio.engine import Engine, Landing
from player.core import chapters as chapter_rules
from player.core.errors import NotFoundError
from player.core.model import Chapter, DownloadState, EpisodeId, Millis
from player.core.session import SHORTEST_LOOP, JumpHistory, Loop, Part, Phase, PlaybackState
from player.core.skips import past_skips, skip_spans, stepped


class Playback(Resting):
    """The player's one episode at a time."""

    def __init__(
        self,
        engine: Engine,
        library: Library,
        chapters: ChapterService,
        downloads: Downloads,
        listening: Listening,
        sounds: Sounds,
        settings: SettingsStore,
        bus: Bus,
        home: Home,
        quiet: Callable[[EpisodeId], float | None] = lambda _: None,
    ) -> None:
        """`quiet` gives the level in dBFS below which an episode's recording pauses, where that has been measured."""
        super().__init__(engine, library, chapters, downloads, listening, sounds, bus, home)
        self._settings = settings
        self._quiet = quiet
        self._scrubbed_from: tuple[EpisodeId | None, Millis] | None = None
        self._deck.set_device(settings.value.output_device or None)

    # Opening

    def open(
        self, episode: EpisodeId, *, at: Millis | None = None, part: Part | None = None, play: bool = True
    ) -> None:
        """Make `episode` the one to play, at `at` or where it was left; or only a `part` of it, from its start.

        Audio that is not on the disk is downloaded first, and plays once it is there. The episode that is already
        open stays open: it goes on, or jumps to `at`.
        """
        at = part.start if part is not None else at
        if episode == self._state.episode and self._state.phase not in (Phase.FAILED, Phase.EMPTY):
            self._reopen(at, part, play=play)
            return
        self._remember_position()
        found = self._library.episode(episode)
        self._choose(found, at, part, play=play)
        self._listening.remember(episode, self._state)
        self._fetch_or_load(found)

    def open_anew(self, episode: EpisodeId, *, at: Millis | None = None, part: Part | None = None) -> None:
        """Likewise; of the episode that is already open, no part or loop that was asked for before counts any more."""
        if episode == self._state.episode:
            self._change(replace(self._state, part=None, loop=None))
        self.open(episode, at=at, part=part)

    def restore(self) -> None:
        """Open, paused, what was playing when the program ended."""
        remembered = self._listening.remembered()
        if remembered.episode is None:
            return
        try:
            found = self._library.episode(remembered.episode)
        except NotFoundError:
            return
        part = remembered.part
        # While nothing of a part was heard, the place is still where the episode was left before.
        at = part.start if part is not None and not part.start <= resume_at(found) <= part.stop else None
        self._choose(found, at, part, play=False)
        self._change(replace(self._state, history=remembered.history))
        if found.download.state is DownloadState.COMPLETE:
            self._load(found)
        else:
            self._change(replace(self._state, phase=Phase.CLOSED))

    # Play and pause

    def play(self) -> None:
        """Go on playing; after the end, from the start."""
        if self._state.phase is Phase.ENDED:
            self._deck.resume(0, self._state.skips)
        elif not self._deck.plays:
            self._rewind()
        self._deck.play()
        if not self._deck.has_file and self._state.episode is not None:
            self._fetch_or_load(self._library.episode(self._state.episode))

    def pause(self) -> None:
        """Stop the sound and keep the place."""
        self._deck.pause()

    def toggle(self) -> None:
        """Play, or pause."""
        if self._deck.plays and self._state.phase not in (Phase.ENDED, Phase.FAILED):
            self.pause()
        else:
            self.play()

    # Jumps

    def jump(self, to: Millis) -> None:
        """Go to a place of the open episode, remembered in the jump history."""
        if self._state.episode is None:
            return
        self._change(self._state.jumped(self._state.history.jumped(self.position()), to))
        is_soft = self._settings.value.land_softly and to in self._soft_starts
        self._seek(to, Landing(self._quiet(self._state.episode)) if is_soft else None)

    def seek_by(self, delta: Millis) -> None:
        """Go `delta` back or on in what is heard; it is not kept in the jump history, and ends a part where it ends."""
        episode, stop = self._state.episode, self._state.part_stop
        to = stepped(self._state.skips, self.position(), delta)
        if episode is not None and stop is not None and self._state.is_playing and to >= stop:
            self._reach_stop(episode)
        else:
            self._seek(to if stop is None else min(to, stop))

    def scrub(self, to: Millis) -> None:
        """Let a place of the open episode be heard for a moment, without going there: `jump` or `end_scrub` follows."""
        if self._deck.has_file:
            if self._scrub_origin() is None:
                self._scrubbed_from = self._state.episode, self.position()
            self._deck.scrub(self._state.clamped(to))

    def end_scrub(self, to: Millis | None) -> None:
        """Go to a place after scrubbing, or (None) back to where it began."""
        origin, self._scrubbed_from = self._scrub_origin(), None
        if to is not None and origin is not None:
            self._change(self._state.jumped(self._state.history.jumped(origin), to))
        place = to if to is not None else origin
        if place is not None:
            self._seek(place)

    def next_chapter(self) -> None:
        """Go to the start of the next chapter that is not skipped; in the last one nothing happens."""
        start = chapter_rules.next_start(self._state.chapters, self.position(), self._state.skipped)
        if start is not None:
            self.jump(start)

    def previous_chapter(self) -> None:
        """Return to the start of the current chapter, or, near to it, to the one before that is not skipped."""
        self.jump(chapter_rules.previous_start(self._state.chapters, self.position(), self._state.skipped))

    def leave_skipped(self, episode: EpisodeId) -> None:
        """Where this episode is open: who is in the midst of a chapter that is skipped goes on behind it."""
        place = self.position()
        to = past_skips(skip_spans(self._state.chapters, self._state.skipped), place)
        if episode == self._state.episode and self._deck.has_file and to != place:
            self.jump(to)

    def play_chapter(self, index: int) -> None:
        """Play from the start of a chapter of the open episode."""
        if 0 <= index < len(self._state.chapters):
            self._reopen(self._state.chapters[index].start, None, play=True)

    def play_chapter_of(self, episode: EpisodeId, index: int) -> None:
        """Play from the start of a chapter of any episode."""
        if episode == self._state.episode:
            self.play_chapter(index)
            return
        chosen = self._chapters.chosen(episode)
        if chosen is not None and 0 <= index < len(chosen.chapters):
            self.open(episode, at=chosen.chapters[index].start)

    # Parts and loops

    def play_only(self, episode: EpisodeId, index: int) -> None:
        """Play a chapter of any episode from its start to its end, and nothing behind it."""
        chapter = self._chapter_of(episode, index)
        if chapter is not None:
            self.open(episode, part=Part(chapter.start, chapter.end, is_alone=True))

    def loop_chapter(self, episode: EpisodeId, index: int) -> None:
        """Play a chapter of any episode again and again; who is in it stays where they are. Twice: end that."""
        chapter = self._chapter_of(episode, index)
        if chapter is None:
            return
        is_here = episode == self._state.episode and chapter.start <= self.position() < chapter.end
        loop = Loop(chapter.start, max(chapter.end, chapter.start + SHORTEST_LOOP))
        if is_here and loop == self._state.loop:
            self.end_loop()
            return
        if not is_here:
            self.open(episode, at=chapter.start)
        self._change(replace(self._state, loop=loop))

    def loop_here(self) -> None:
        """Say where a loop begins, then where it ends, then that it is over: each call the next of these.

        At its end it goes on, at once, at its start.
        """
        loop, place = self._state.loop, self.position()
        if self._state.episode is None:
            return
        if loop is None:
            self._change(replace(self._state, loop=Loop(place)))
        elif loop.stop is None:
            loop = loop.closed(place)
            self._change(replace(self._state, loop=loop))
            self._seek(loop.start)
        else:
            self.end_loop()

    def end_loop(self) -> None:
        """Play on."""
        self._change(replace(self._state, loop=None))

    def _chapter_of(self, episode: EpisodeId, index: int) -> Chapter | None:
        """A chapter of any episode as it is played; None where there is none, or it has no length."""
        chapters = self._state.chapters
        if episode != self._state.episode:
            chosen = self._chapters.chosen(episode)
            chapters = chosen.chapters if chosen else ()
        found = chapters[index] if 0 <= index < len(chapters) else None
        return found if found is not None and found.length else None

    def undo_jump(self) -> None:
        """Return to where the last jump began."""
        self._travel(self._state.history.undo(self.position()))

    def redo_jump(self) -> None:
        """Jump again after `undo_jump`."""
        self._travel(self._state.history.redo(self.position()))

    # Sound

    def set_volume(self, volume: float) -> None:
        """Set the loudness, 0.0 to 1.0; it also ends muting."""
        self._set_volume(replace(self._state, volume=min(1.0, max(0.0, volume)), is_muted=False))

    def toggle_mute(self) -> None:
        """Silence, or sound again."""
        self._set_volume(replace(self._state, is_muted=not self._state.is_muted))

    def set_device(self, device: str | None) -> None:
        """Which device plays; None for whatever is the system's default. Raises FileError when it cannot be kept."""
        self._settings.change(output_device=device or "")
        self._deck.set_device(device)

    # What follows

    def follow_with(self, episode: EpisodeId | None, *, at: Millis | None = None, part: Part | None = None) -> bool:
        """What is to be played after the present file without a gap (None: nothing); whether that is possible.

        It is possible when its audio is on the disk. It is a `part`, or the episode from `at` or where it was left.
        """
        self._follower = None
        found = self._library.episode(episode) if episode is not None else None
        if found is None or found.download.state is not DownloadState.COMPLETE or found.download.path is None:
            self._deck.follow(None)
            return False
        self._follow(Follower(found, at, part))
        return True

    def close(self) -> None:
        """Keep the place and end the sound."""
        self._stop_ticking()
        self._streaming.end()
        self._remember_position()
        self._deck.close()

    # Within

    def _scrub_origin(self) -> Millis | None:
        """Where scrubbing began; None where it did not, or another episode was opened since."""
        episode, origin = self._scrubbed_from or (None, None)
        return origin if episode == self._state.episode else None

    def _set_volume(self, state: PlaybackState) -> None:
        self._change(state)
        self._deck.set_volume(state.volume, is_muted=state.is_muted)
        self._listening.remember(state.episode, state)

    def _rewind(self) -> None:
        if self._settings.value.rewinds:
            super()._rewind()

    def _travel(self, step: tuple[JumpHistory, Millis] | None) -> None:
        if step is not None:
            self._change(self._state.jumped(*step))
            self._seek(step[1])

    def _reopen(self, at: Millis | None, part: Part | None, *, play: bool) -> None:
        if at is not None:
            self.jump(at)
        if part is not None:
            self._change(replace(self._state, part=part, loop=None))
        if play:
            self.play()
