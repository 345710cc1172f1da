"""Playing: commands of the listener in, engine commands out, the playback state and the position published.

Must not know how sound is made (an Engine does) nor how it looks. All commands come on the home thread.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from player.app.bus import Bus
from player.app.chapters import ChapterService
from player.app.deck import Deck
from player.app.downloads import Downloads
from player.app.home import Home
from player.app.library import Library
from player.app.listening import Listening
from player.app.sounds import Sounds
from player.audio.engine import Ended, Engine, EngineEvent, Failed, Loaded, Paused, Started
from player.core import chapters as chapter_rules
from player.core.errors import BugError, KnownError, NotFoundError
from player.core.events import ChaptersChanged, DownloadChanged, PlaybackChanged, PositionChanged, StopReached
from player.core.model import DownloadState, Episode, EpisodeId, Millis
from player.core.session import JumpHistory, Part, Phase, PlaybackState

TICK_MS = 100
_NEARLY_OVER: Millis = 1000


class Playback:
    """The player's one episode at a time."""

    def __init__(
        self,
        engine: Engine,
        library: Library,
        chapters: ChapterService,
        downloads: Downloads,
        listening: Listening,
        sounds: Sounds,
        bus: Bus,
        home: Home,
    ) -> None:
        self._library = library
        self._chapters = chapters
        self._downloads = downloads
        self._listening = listening
        self._sounds = sounds
        self._bus = bus
        self._deck = Deck(engine, home, self._on_engine_event)
        remembered = listening.remembered()
        self._state = PlaybackState(volume=remembered.volume, is_muted=remembered.is_muted)
        sounds.when_changed(self._on_sound_changed)
        self._deck.set_volume(remembered.volume, is_muted=remembered.is_muted)
        bus.subscribe(DownloadChanged, self._on_download_changed)
        bus.subscribe(ChaptersChanged, self._on_chapters_changed)
        self._stop_ticking = home.every(TICK_MS, self._on_tick)

    @property
    def state(self) -> PlaybackState:
        """What playing does now."""
        return self._state

    def position(self) -> Millis:
        """The place that is heard now, or where playing will go on."""
        return self._state.clamped(self._deck.position())

    def current_chapter(self) -> int | None:
        """The index of the chapter that is heard now."""
        return chapter_rules.chapter_at(self._state.chapters, self.position())

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
        self._choose(found, at if at is not None else resume_at(found), part, play=play)
        self._listening.remember(episode, self._state)
        self._fetch_or_load(found)

    def restore(self) -> None:
        """Open, paused, what was playing when the program ended."""
        remembered = self._listening.remembered()
        if remembered.episode is None:
            return
        try:
            found = self._library.episode(remembered.episode)
        except NotFoundError:
            return
        self._choose(found, resume_at(found), remembered.part, play=False)
        if found.download.state is DownloadState.COMPLETE:
            self._load(found)
        else:
            self._change(replace(self._state, phase=Phase.CLOSED))

    # Play and pause

    def play(self) -> None:
        """Go on playing; after the end, from the start."""
        if self._state.phase is Phase.ENDED:
            self._deck.seek(0)
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
        self._seek(to)

    def seek_by(self, delta: Millis) -> None:
        """Go `delta` back or on; small steps are not kept in the jump history, and end a part where it ends."""
        if self._state.episode is not None and not self._stop_at(self.position() + delta):
            self._seek(self.position() + delta)

    def next_chapter(self) -> None:
        """Go to the start of the next chapter; in the last one nothing happens."""
        start = chapter_rules.next_start(self._state.chapters, self.position())
        if start is not None:
            self.jump(start)

    def previous_chapter(self) -> None:
        """Return to the start of the current chapter, or, near to it, to the one before."""
        self.jump(chapter_rules.previous_start(self._state.chapters, self.position()))

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

    def close(self) -> None:
        """Keep the place and end the sound."""
        self._stop_ticking()
        self._remember_position()
        self._deck.close()

    # Within

    def _choose(self, episode: Episode, place: Millis, part: Part | None, *, play: bool) -> None:
        """Make an episode the one to play, with nothing of it open yet."""
        self._deck.clear(place, play=play)
        chosen = self._chapters.chosen(episode.id)
        self._change(self._state.opened(episode.id, episode.duration, chosen.chapters if chosen else (), part))
        self._sounds.turn_to(episode.podcast)
        self._tell_boundaries()

    def _tell_boundaries(self) -> None:
        self._deck.set_boundaries([chapter.start for chapter in self._state.chapters])

    def _set_volume(self, state: PlaybackState) -> None:
        self._change(state)
        self._deck.set_volume(state.volume, is_muted=state.is_muted)
        self._listening.remember(state.episode, state)

    def _travel(self, step: tuple[JumpHistory, Millis] | None) -> None:
        if step is not None:
            self._change(self._state.jumped(*step))
            self._seek(step[1])

    def _reopen(self, at: Millis | None, part: Part | None, *, play: bool) -> None:
        if at is not None:
            self.jump(at)
        self._change(replace(self._state, part=part or self._state.part))
        if play:
            self.play()

    def _fetch_or_load(self, episode: Episode) -> None:
        if episode.download.state is DownloadState.COMPLETE:
            self._load(episode)
        else:
            self._change(replace(self._state, phase=Phase.WAITING, problem=None))
            self._downloads.start(episode.id)

    def _load(self, episode: Episode) -> None:
        if episode.download.path is None:
            raise BugError("a download that is complete has a path")
        self._change(replace(self._state, phase=Phase.LOADING, problem=None))
        self._deck.load(Path(episode.download.path), self._listening.audio_index(episode.id))

    def _seek(self, to: Millis) -> None:
        if self._state.episode is None:
            return
        place = self._state.clamped(to)
        self._deck.seek(place)
        if self._state.phase is Phase.ENDED:
            self._change(replace(self._state, phase=Phase.PAUSED))
        self._bus.publish(PositionChanged(self._state.episode, place))
        self._listening.store_position(self._state.episode, place)

    def _change(self, state: PlaybackState) -> None:
        if state != self._state:
            if state.part != self._state.part:
                self._listening.remember(state.episode, state)
            self._state = state
            self._bus.publish(PlaybackChanged(state))

    def _remember_position(self) -> None:
        if self._state.episode is not None and self._deck.has_file and self._state.phase is not Phase.ENDED:
            self._listening.store_position(self._state.episode, self.position())
        self._count(is_last=True)

    def _count(self, *, is_last: bool = False) -> None:
        """Add up what was listened to, and learn what trimming saves of it."""
        self._sounds.count(self._deck.listened(), is_last=is_last)
        self._change(replace(self._state, trimmed=self._sounds.trimmed))

    def _on_sound_changed(self) -> None:
        sound = self._sounds.current
        self._change(replace(self._state, sound=sound, is_sound_own=self._sounds.is_own))
        self._deck.set_sound(sound)

    def _on_tick(self) -> None:
        if self._state.is_playing and self._state.episode is not None:
            position = self.position()
            self._bus.publish(PositionChanged(self._state.episode, position))
            self._listening.heard(self._state.episode, position)
            self._count()
            self._stop_at(position)

    def _stop_at(self, position: Millis) -> bool:
        """A part that plays and is over at `position` ends here, with the sound; tells whether it is."""
        episode = self._state.episode
        if episode is None or not self._state.is_over_at(position):
            return False
        self._deck.pause()
        self._change(replace(self._state, part=None))
        self._bus.publish(StopReached(episode))
        return True

    def _on_engine_event(self, event: EngineEvent) -> None:
        episode = self._state.episode
        if episode is None:
            return
        match event:
            case Loaded():
                self._on_loaded(episode, event)
            case Started():
                self._change(replace(self._state, phase=Phase.PLAYING))
            case Paused():
                if self._state.phase is not Phase.ENDED:
                    self._change(replace(self._state, phase=Phase.PAUSED))
                self._listening.store_position(episode, self.position())
                self._count(is_last=True)
                self._bus.publish(PositionChanged(episode, self.position()))
            case Ended():
                self._listening.finished(episode)
                self._count(is_last=True)
                self._bus.publish(PositionChanged(episode, self.position()))
                self._change(replace(self._state, phase=Phase.ENDED, part=None))
            case Failed():
                self._fail(event.error)

    def _on_loaded(self, episode: EpisodeId, event: Loaded) -> None:
        if event.index is not None:
            self._listening.store_audio_index(episode, event.index)
        chapters = chapter_rules.with_duration(self._state.chapters, event.duration)
        self._change(replace(self._state, phase=Phase.PAUSED, duration=event.duration, chapters=chapters))
        self._listening.learned_duration(episode, event.duration)
        self._bus.publish(PositionChanged(episode, self.position()))

    def _fail(self, error: KnownError) -> None:
        self._deck.clear(self.position(), play=False)
        self._change(replace(self._state, phase=Phase.FAILED, problem=error))

    def _on_download_changed(self, fact: DownloadChanged) -> None:
        if fact.id != self._state.episode:
            return
        episode = self._library.episode(fact.id)
        if self._state.phase is Phase.WAITING:
            if episode.download.state is DownloadState.COMPLETE:
                self._load(episode)
            elif episode.download.state in (DownloadState.FAILED, DownloadState.PAUSED, DownloadState.NONE):
                self._change(replace(self._state, phase=Phase.FAILED, problem=self._downloads.problem(fact.id)))
        elif self._deck.has_file and episode.download.state is DownloadState.NONE:
            self._remember_position()
            self._deck.clear(self.position(), play=False)
            self._change(replace(self._state, phase=Phase.CLOSED))

    def _on_chapters_changed(self, fact: ChaptersChanged) -> None:
        if self._state.episode not in fact.ids:
            return
        chosen = self._chapters.chosen(self._state.episode)
        chapters = chosen.chapters if chosen else ()
        if self._state.duration is not None:
            chapters = chapter_rules.with_duration(chapters, self._state.duration)
        self._change(replace(self._state, chapters=chapters))
        self._tell_boundaries()
        self._tell_boundaries()


def resume_at(episode: Episode) -> Millis:
    """Where to go on with an episode: its stored place, or the start when it was heard to its end."""
    is_over = episode.duration is not None and episode.position >= episode.duration - _NEARLY_OVER
    return 0 if is_over else episode.position
