"""Tells the desktop what plays, does what its keys and panels ask for, and keeps the computer awake while it plays.

Must not know how the desktop hears of it (`system.mpris`), nor a window.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from player.app.artwork import Artwork
from player.app.bus import Bus
from player.app.chapters import ChapterService
from player.app.home import Home
from player.app.jobs import Jobs
from player.app.library import Library
from player.app.playback import Playback
from player.app.settings import SettingsStore
from player.app.sounds import Sounds
from player.app.web_pictures import WebPictures, is_on_the_web
from player.core.chapters import chapter_at
from player.core.errors import NotFoundError
from player.core.events import (
    EpisodesChanged,
    PictureAllowanceChanged,
    PicturesFetched,
    PlaybackChanged,
    PositionChanged,
)
from player.core.model import Chapter, Episode, EpisodeId, Millis, PodcastId
from player.core.now_playing import Going, NowPlaying, Wish
from player.core.phrases import Phrase
from player.core.session import Phase, PlaybackState

if TYPE_CHECKING:
    from player.app.compose import Services

_LEAP: Millis = 2000
"""Playing moves the place by less between two ticks, at any speed."""

_log = logging.getLogger(__name__)


class Desk(Protocol):
    """What tells the desktop."""

    def show(self, playing: NowPlaying) -> None:
        """Tell what plays from now on."""

    def show_position(self, position: Millis, *, has_leapt: bool) -> None:
        """Say where it plays."""


class Awake(Protocol):
    """What keeps the computer awake."""

    def keep(self, *, is_awake: bool) -> None:
        """Keep it awake from now on, or no longer."""


class DesktopPlayer:
    """The player as the desktop sees it, from `start` on."""

    def __init__(
        self,
        playback: Playback,
        library: Library,
        chapters: ChapterService,
        sounds: Sounds,
        settings: SettingsStore,
        web_pictures: WebPictures,
        artwork: Artwork,
        bus: Bus,
        jobs: Jobs,
        home: Home,
        folder: Path,
    ) -> None:
        """The picture of what plays is kept in `folder`, for the desktop."""
        self._playback = playback
        self._library = library
        self._sounds = sounds
        self._settings = settings
        self._home = home
        self._pictures = _Pictures(chapters, web_pictures, artwork, jobs, folder, self._show)
        self._desk: Desk | None = None
        self._awake: Awake | None = None
        self._on_window: Callable[[Wish], object] = lambda _: None
        self._state = PlaybackState()
        self._episode: Episode | None = None
        self._position: Millis = 0
        self._chapter: int | None = None
        self._shown: NowPlaying | None = None
        bus.subscribe(PlaybackChanged, self._on_playback_changed)
        bus.subscribe(PositionChanged, self._on_position_changed)
        bus.subscribe(EpisodesChanged, self._on_episodes_changed)
        bus.subscribe(PicturesFetched, self._on_pictures_changed)
        bus.subscribe(PictureAllowanceChanged, self._on_pictures_changed)

    def start(self, desk: Desk, awake: Awake, on_window: Callable[[Wish], object]) -> None:
        """Begin to tell. `on_window` gets what is asked of the window: to come to the front, to close."""
        self._desk, self._awake, self._on_window = desk, awake, on_window
        self._take(self._playback.state)

    def stop(self) -> None:
        """Tell nothing any more."""
        self._desk = self._awake = None

    def wished(self, wish: Wish, value: float) -> None:
        """Something was asked for. From any thread."""
        self._home.post(partial(self._do, wish, value))

    # Facts

    def _on_playback_changed(self, fact: PlaybackChanged) -> None:
        if self._desk is not None:
            self._take(fact.state)

    def _on_position_changed(self, fact: PositionChanged) -> None:
        if fact.id == self._state.episode and self._desk is not None:
            self._take_position(fact.position)

    def _on_episodes_changed(self, fact: EpisodesChanged) -> None:
        if self._desk is not None and self._state.episode in fact.ids:
            self._episode = self._read(self._state.episode)
            self._show()

    def _on_pictures_changed(self, _: PicturesFetched | PictureAllowanceChanged) -> None:
        self._pictures.forget()
        if self._desk is not None:
            self._show()

    def _take(self, state: PlaybackState) -> None:
        is_same = self._episode is not None and self._episode.id == state.episode
        self._state = state
        if not is_same:
            self._episode = self._read(state.episode)
        if self._awake is not None:
            self._awake.keep(is_awake=state.is_playing or state.phase is Phase.BUFFERING)
        position = self._playback.position()
        self._chapter = chapter_at(state.chapters, position)
        self._show()
        self._take_position(position)

    def _take_position(self, position: Millis) -> None:
        before, self._position = self._position, position
        chapter = chapter_at(self._state.chapters, position)
        if chapter != self._chapter:
            self._chapter = chapter
            self._show()
        if self._desk is not None and position != before:
            self._desk.show_position(position, has_leapt=not 0 <= position - before <= _LEAP)

    def _read(self, episode: EpisodeId | None) -> Episode | None:
        try:
            return self._library.episode(episode) if episode is not None else None
        except NotFoundError:
            return None

    def _show(self) -> None:
        playing = self._playing()
        if self._desk is not None and playing != self._shown:
            self._shown = playing
            self._desk.show(playing)

    def _playing(self) -> NowPlaying:
        episode, state = self._episode, self._state
        volume = 0.0 if state.is_muted else state.volume
        if episode is None:
            return NowPlaying(speed=state.sound.speed, volume=volume)
        chapter = state.chapters[self._chapter] if self._chapter is not None else None
        has_title = chapter is not None and bool(chapter.title)
        return NowPlaying(
            going=_going(state.phase),
            track=episode.id,
            title=chapter.title if chapter is not None and has_title else episode.title,
            album=episode.title if has_title else episode.podcast_title,
            artist=episode.podcast_title,
            chapter=None if self._chapter is None else self._chapter + 1,
            duration=state.duration,
            link=episode.link or "",
            picture=self._pictures.address(episode.podcast, chapter),
            speed=state.sound.speed,
            volume=volume,
        )

    # What is asked for

    def _do(self, wish: Wish, value: float) -> None:
        playback, settings = self._playback, self._settings.value
        back, forward = playback.previous_chapter, playback.next_chapter
        if settings.media_keys_seek:
            back = partial(playback.seek_by, -settings.back_ms)
            forward = partial(playback.seek_by, settings.forward_ms)
        doings: dict[Wish, Callable[[], object]] = {
            Wish.NEXT: forward,
            Wish.PREVIOUS: back,
            Wish.PLAY: playback.play,
            Wish.PAUSE: playback.pause,
            Wish.STOP: playback.pause,
            Wish.TOGGLE: playback.toggle,
            Wish.SEEK: lambda: playback.seek_by(round(value)),
            Wish.GO: lambda: playback.jump(round(value)),
            Wish.SPEED: lambda: self._sounds.change_speed(value - self._state.sound.speed),
            Wish.VOLUME: lambda: playback.set_volume(value),
        }
        doings.get(wish, lambda: self._on_window(wish))()


def desktop_player(services: Services) -> DesktopPlayer:
    """The player of these services, as the desktop sees it."""
    return DesktopPlayer(
        services.playback,
        services.library,
        services.chapters,
        services.sounds,
        services.settings,
        services.web_pictures,
        services.artwork,
        services.bus,
        services.jobs,
        services.home,
        services.profile.shown_picture,
    )


def start_on_desktop(
    services: Services, on_window: Callable[[Wish], object], said: Callable[[str], str] = str
) -> Callable[[], None]:
    """Let the desktop see and steer what plays; `said` words why it stays awake. What comes back ends that."""
    from player.system.mpris import Mpris
    from player.system.staying_awake import StayingAwake

    player = desktop_player(services)
    desk, awake = Mpris(player.wished), StayingAwake(said(Phrase("desktop", "A podcast plays")))
    player.start(desk, awake, on_window)
    desk.start()

    def close() -> None:
        player.stop()
        desk.close()
        awake.close()

    return close


def _going(phase: Phase) -> Going:
    if phase in (Phase.PLAYING, Phase.BUFFERING):
        return Going.PLAYING
    # What is being opened may stay paused, as at a start.
    return Going.STOPPED if phase in (Phase.EMPTY, Phase.ENDED, Phase.FAILED) else Going.PAUSED


class _Pictures:
    """The picture of what plays, as a file: the desktop takes nothing else."""

    def __init__(
        self,
        chapters: ChapterService,
        web: WebPictures,
        artwork: Artwork,
        jobs: Jobs,
        folder: Path,
        on_kept: Callable[[], None],
    ) -> None:
        self._chapters = chapters
        self._web = web
        self._artwork = artwork
        self._jobs = jobs
        self._folder = folder
        self._on_kept = on_kept
        self._wanted: str | None = None
        self._address = ""

    def address(self, podcast: PodcastId, chapter: Chapter | None) -> str:
        """Where the picture of a chapter is, else that of its podcast; empty while neither is there."""
        reference = self._reference(podcast, chapter)
        if reference != self._wanted:
            self._wanted, self._address = reference, ""
            if reference is not None:
                self._keep(reference)
        return self._address

    def forget(self) -> None:
        """Look anew at the next question: more pictures may be there."""
        if not self._address:
            self._wanted = None

    def _reference(self, podcast: PodcastId, chapter: Chapter | None) -> str | None:
        own = chapter.picture if chapter is not None else None
        if own is not None and (not is_on_the_web(own) or own in self._web.here(podcast, [own])):
            return own
        return self._artwork.url(podcast)

    def _keep(self, reference: str) -> None:
        if is_on_the_web(reference):
            kept = self._jobs.submit(_write, self._folder, reference, self._web.data)
        else:
            data = self._chapters.picture(reference)
            kept = self._jobs.submit(_write, self._folder, reference, lambda _: data)
        self._jobs.when_done(kept, partial(self._on_written, reference))

    def _on_written(self, reference: str, address: str) -> None:
        if reference == self._wanted and address:
            self._address = address
            self._on_kept()


def _write(folder: Path, reference: str, read: Callable[[str], bytes | None]) -> str:
    """Keep a picture as the only one in a folder: its address, or empty where that is not possible.

    Each has a name of its own, for desktops keep pictures by address.
    """
    data = read(reference)
    if not data:
        return ""
    path = folder / hashlib.sha256(reference.encode()).hexdigest()
    try:
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink(missing_ok=True)
        path.write_bytes(data)
    except OSError as error:
        _log.info("the desktop gets no picture: %s", error)
        return ""
    return path.as_uri()
