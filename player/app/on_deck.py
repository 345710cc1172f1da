"""The episode that is played: its state, and what the engine, its download and its chapters do to that.

Must not know where it ends nor what follows (`app.ending`), what the listener commands (`app.playback`), nor how sound
is made (an Engine). All of it happens on the home thread.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from player.app.bus import Bus
from player.app.chapter_view import ChapterView
from player.app.chapters import ChapterService
from player.app.deck import Deck
from player.app.downloads import Downloads
from player.app.home import Home
from player.app.library import Library
from player.app.listening import Listening
from player.app.sounds import Sounds
from player.app.streaming import Streaming
from player.audio.engine import (
    Buffering,
    Device,
    DevicesChanged,
    Engine,
    EngineEvent,
    Failed,
    Indexed,
    Interrupted,
    Landing,
    Loaded,
    Paused,
    Started,
    Vanished,
    Wanted,
)
from player.core import chapters as chapter_rules
from player.core.errors import BugError, KnownError, VanishedError
from player.core.events import (
    ChaptersChanged,
    DownloadChanged,
    PlaybackChanged,
    PositionChanged,
    ProblemReported,
)
from player.core.model import DownloadState, Episode, EpisodeId, Millis
from player.core.session import Part, Phase, PlaybackState
from player.core.skips import resumed

TICK_MS = 100
_NEARLY_OVER: Millis = 1000
_HARDLY_BEGUN: Millis = 1000
_LANDING: Millis = 450
"""So much before the place that was jumped to a soft landing may be, and still counts as there."""


class OnDeck:
    """One episode at a time."""

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
        self._streaming = Streaming(self._deck, downloads, home, self._on_arrived)
        self._landing: Millis | None = None
        self._is_from_start = False
        self._soft_starts: frozenset[Millis] = frozenset()
        self._devices: tuple[Device, ...] = ()
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

    @property
    def devices(self) -> tuple[Device, ...]:
        """What sound can be played on; empty before anything was, and where there is no telling."""
        return self._devices

    def position(self) -> Millis:
        """The place that is heard now, or where playing will go on.

        A chapter that was landed in softly has begun, even if what is heard is the pause before it.
        """
        position = self._state.clamped(self._deck.position())
        landing = self._landing
        return landing if landing is not None and landing - _LANDING <= position < landing else position

    def current_chapter(self) -> int | None:
        """The index of the chapter that is heard now."""
        return chapter_rules.chapter_at(self._state.chapters, self.position())

    # What commands are made of

    def _choose(self, episode: Episode, at: Millis | None, part: Part | None, *, play: bool) -> None:
        """Make an episode the one to play, `at` a place or (None) where it was left, with nothing of it open yet."""
        self._streaming.end()
        place = resume_at(episode) if at is None else at
        self._deck.clear(place, play=play)
        self._landing = None
        self._is_from_start = at is None and place == 0
        self._begin_episode(self._state.opened(episode.id, episode.duration, (), part), episode)
        if at is None:
            self._deck.resume(place, self._state.skips)

    def _begin_episode(self, state: PlaybackState, episode: Episode) -> None:
        """The state of an episode that is not the one before, with its chapters and its sound."""
        self._change(self._with_chapters(state, self._chapters.view(episode.id)))
        self._sounds.turn_to(episode.podcast)
        self._tell_boundaries()

    def _with_chapters(self, state: PlaybackState, view: ChapterView) -> PlaybackState:
        """The state with the chapters to play by; which of their starts are good to the second only is kept."""
        chosen, duration = view.chosen, state.duration
        self._soft_starts = chapter_rules.rough_starts(chosen) if chosen else frozenset()
        chapters = chosen.chapters if chosen else ()
        chapters = chapters if duration is None else chapter_rules.with_duration(chapters, duration)
        return replace(state, chapters=chapters, skipped=view.skipped, edges=view.edges)

    def _tell_boundaries(self) -> None:
        self._deck.set_boundaries([chapter.start for chapter in self._state.chapters])

    def _fetch_or_load(self, episode: Episode) -> None:
        if episode.download.state is DownloadState.COMPLETE:
            self._load(episode)
        else:
            self._change(replace(self._state, phase=Phase.WAITING, problem=None))
            self._streaming.begin(episode)

    def _load(self, episode: Episode) -> None:
        if episode.download.path is None:
            raise BugError("a download that is complete has a path")
        self._change(replace(self._state, phase=Phase.LOADING, problem=None))
        self._deck.load(Path(episode.download.path), self._listening.audio_index(episode.id))

    def _seek(self, to: Millis, landing: Landing | None = None) -> None:
        if self._state.episode is None:
            return
        place = self._state.clamped(to)
        self._change(self._state.sought(place))
        self._landing = place if landing is not None else None
        self._is_from_start = False
        self._deck.seek(place, landing)
        if self._state.phase is Phase.ENDED:
            self._change(replace(self._state, phase=Phase.PAUSED))
        self._bus.publish(PositionChanged(self._state.episode, place))
        self._listening.store_position(self._state.episode, place)

    def _change(self, state: PlaybackState) -> None:
        if state == self._state:
            return
        before, self._state = self._state, state
        if (state.part, state.history) != (before.part, before.history):
            self._listening.remember(state.episode, state)
        if state.stop != before.stop:
            self._deck.set_stop(state.stop)
        if state.skips != before.skips:
            self._deck.set_skips(state.skips)
        if (state.loop and state.loop.span) != (before.loop and before.loop.span):
            self._deck.set_loop(state.loop.span if state.loop else None)
        self._bus.publish(PlaybackChanged(state))

    def _remember_position(self) -> None:
        self._count(is_last=True)
        if self._state.episode is not None and self._deck.has_file and self._state.phase is not Phase.ENDED:
            self._listening.store_position(self._state.episode, self.position())

    def _count(self, *, is_last: bool = False, path: Path | None = None) -> None:
        """Add up what was listened to, and learn what trimming saves of it; `path` is the file, if another one plays.

        What of the episode was heard is noted, and written with the place.
        """
        if self._state.episode is not None:
            self._listening.note_heard(self._state.episode, self._deck.newly_heard(path))
        self._sounds.count(self._deck.listened(), is_last=is_last)
        self._change(replace(self._state, trimmed=self._sounds.trimmed))

    # What happens

    def _on_sound_changed(self) -> None:
        sound = self._sounds.current
        self._change(replace(self._state, sound=sound, is_sound_own=self._sounds.is_own))
        self._deck.set_sound(sound)

    def _on_tick(self) -> None:
        if self._state.is_playing and self._state.episode is not None:
            position = self.position()
            self._publish_position(self._state.episode)
            self._count()
            self._listening.heard(self._state.episode, position)

    def _publish_position(self, episode: EpisodeId) -> None:
        self._bus.publish(PositionChanged(episode, self.position(), self._deck.is_exact))

    def _on_arrived(self) -> None:
        """What has arrived of an episode is being opened."""
        self._change(replace(self._state, phase=Phase.LOADING, problem=None))

    def _on_engine_event(self, event: EngineEvent) -> None:
        if isinstance(event, DevicesChanged):
            self._devices = event.devices
            return
        episode = self._state.episode
        if episode is None:
            return
        match event:
            case Loaded():
                self._change(replace(self._state, phase=Phase.PAUSED))
                self._take_duration(episode, event.duration)
                if self._is_from_start and self.position() < min(resumed(self._state.skips, 0), _HARDLY_BEGUN):
                    # How long it is, and so whether its intro is left out, may be known only now.
                    self._deck.resume(0, self._state.skips)
                self._publish_position(episode)
            case Indexed():
                self._listening.store_audio_index(episode, event.index)
                self._take_duration(episode, event.duration)
            case Wanted():
                self._streaming.want(event.offset, event.length)
            case Failed():
                self._fail(event.error)
            case Vanished():
                self._bus.publish(ProblemReported(VanishedError(event.path.name)))
            case _:
                self._on_sound_event(episode, event)

    def _on_sound_event(self, episode: EpisodeId, event: EngineEvent) -> None:
        """The sound began or stopped."""
        match event:
            case Started():
                self._change(replace(self._state, phase=Phase.PLAYING, problem=None))
            case Buffering():
                self._change(replace(self._state, phase=Phase.BUFFERING))
            case Paused():
                if self._state.phase is not Phase.ENDED:
                    self._change(replace(self._state, phase=Phase.PAUSED))
                self._remember_position()
                self._publish_position(episode)
            case Interrupted():
                self._change(replace(self._state, phase=Phase.PAUSED, problem=event.error))
                self._remember_position()
                self._publish_position(episode)
                self._bus.publish(ProblemReported(event.error))

    def _take_duration(self, episode: EpisodeId, duration: Millis) -> None:
        chapters = chapter_rules.with_duration(self._state.chapters, duration)
        self._change(replace(self._state, duration=duration, chapters=chapters))
        if self._deck.is_whole:
            self._listening.learned_duration(episode, duration)

    def _on_download_changed(self, fact: DownloadChanged) -> None:
        if fact.id != self._state.episode:
            return
        episode = self._library.episode(fact.id)
        state = episode.download.state
        has_stopped = state in (DownloadState.FAILED, DownloadState.PAUSED, DownloadState.NONE)
        if state is DownloadState.FAILED and self._streaming.goes_on_after(self._downloads.problem(fact.id)):
            return
        if self._deck.has_file and state is DownloadState.NONE:
            self._remember_position()
            self._streaming.end()
            self._deck.clear(self.position(), play=False)
            self._change(replace(self._state, phase=Phase.CLOSED))
        elif self._state.phase is Phase.WAITING and state is DownloadState.COMPLETE:
            self._load(episode)
        elif self._state.phase in (Phase.WAITING, Phase.BUFFERING) and has_stopped:
            self._fail(self._downloads.problem(fact.id))

    def _fail(self, problem: KnownError | None) -> None:
        """It cannot go on until the listener does something."""
        self._streaming.end()
        self._deck.clear(self.position(), play=False)
        self._change(replace(self._state, phase=Phase.FAILED, problem=problem))

    def _on_chapters_changed(self, fact: ChaptersChanged) -> None:
        if self._state.episode in fact.ids:
            self._change(self._with_chapters(self._state, self._chapters.view(self._state.episode)))
            self._tell_boundaries()


def resume_at(episode: Episode) -> Millis:
    """Where to go on with an episode: its stored place, or the start when it was heard to its end."""
    is_over = episode.duration is not None and episode.position >= episode.duration - _NEARLY_OVER
    return 0 if is_over else episode.position
