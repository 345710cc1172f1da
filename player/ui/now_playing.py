"""What plays, in words and pictures, for whatever shows it: the player bar, the mini player.

Must not know a widget.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from player.app.compose import Services
from player.core.chapters import chapter_at, next_start
from player.core.errors import NotFoundError
from player.core.events import (
    DownloadProgressed,
    EpisodesChanged,
    PlaybackChanged,
    PositionChanged,
    SettingsChanged,
)
from player.core.model import Chapter, Episode, EpisodeId, Millis
from player.core.session import Phase, PlaybackState
from player.core.timecode import SECOND, format_timecode
from player.ui.artworks import Artworks
from player.ui.chapter_pictures import EpisodePictures
from player.ui.listen import listen
from player.ui.texts import error_text, join_facts, percent_text, title_text


class NowPlaying(QObject):
    """Follows the playback. `changed()` when the state is another, `moved()` when only place, words or picture are."""

    changed = Signal()
    moved = Signal()

    def __init__(self, services: Services, artworks: Artworks, parent: QObject) -> None:
        super().__init__(parent)
        self.artworks = artworks
        self._services = services
        self._playback = services.playback
        self.state = PlaybackState()
        self.episode: Episode | None = None
        self.is_exact = True
        """Whether the place is known to the sample; it is not in some files that have not come as a whole."""
        self._pictures = EpisodePictures(services)
        self._pictures.arrived.connect(self.moved)
        bus = services.bus
        listen(self, bus, PlaybackChanged, lambda fact: self._take(fact.state))
        listen(self, bus, PositionChanged, self._on_position_changed)
        listen(self, bus, EpisodesChanged, self._on_episodes_changed)
        listen(self, bus, DownloadProgressed, self._on_download_progressed)
        listen(self, bus, SettingsChanged, lambda _: self.changed.emit())
        self._take(services.playback.state)

    @property
    def position(self) -> Millis:
        """Where playing is."""
        return self._playback.position()

    def heading(self, position: Millis) -> str:
        """The chapter's title, or the episode's where there is none."""
        if self.episode is None:
            return self.tr("Nothing is playing")
        chapter = self._chapter(position)
        return chapter.title if chapter and chapter.title else title_text(self.episode.title)

    def subheading(self) -> str:
        """Podcast and episode; or what keeps it from playing."""
        if self.episode is None:
            return self.tr("Choose an episode to listen to")
        return self._trouble() or join_facts(self.episode.podcast_title, self.episode.title)

    def chapter_left(self, position: Millis) -> str:
        """How long the chapter still takes; empty where there are no chapters."""
        chapter, state = self._chapter(position), self.state
        if chapter is None:
            return ""
        has_next = next_start(state.chapters, position, state.skipped) is not None
        left = self.tr("{time} to the next chapter") if has_next else self.tr("{time} left")
        if state.is_alone:
            left = self.tr("{time} left, then it stops")
        return left.format(time=format_timecode(state.time_for(max(0, chapter.end - position))))

    def elapsed(self, position: Millis) -> tuple[str, str]:
        """The place, and a tool tip where it is not an exact one."""
        if self.episode is None:
            return "", ""
        about = "" if self.is_exact else "≈ "
        tip = "" if self.is_exact else self.tr("The exact place is known when all of it is here")
        return about + format_timecode(position), tip

    def remaining(self, position: Millis) -> tuple[str, str]:
        """How long listening will take; and a tool tip with the length of the audio, where that is another one."""
        heard = self.state.left_at(position)
        if self.episode is None or not self.state.duration or heard is None:
            return "", ""
        audio, time = max(0, self.state.duration - position), self.state.time_for(heard)
        told = self.tr("{time} of audio").format(time=format_timecode(audio))
        if audio - heard >= SECOND:
            told = self.tr("{told}, {time} of it skipped").format(told=told, time=format_timecode(audio - heard))
        return format_timecode(-max(1, time)), told if abs(time - audio) >= SECOND else ""

    def picture(self, position: Millis) -> QImage | None:
        """The picture to show now, if it is there."""
        return self._pictures.now(self._chapter(position), position)

    def _chapter(self, position: Millis) -> Chapter | None:
        index = chapter_at(self.state.chapters, position) if self.episode is not None else None
        return self.state.chapters[index] if index is not None else None

    def _trouble(self) -> str:
        """What keeps the episode from playing, instead of its title."""
        match self.state.phase:
            case Phase.FAILED if self.state.problem is not None:
                return error_text(self.state.problem)
            case Phase.WAITING | Phase.BUFFERING if self.episode is not None:
                progress = self._services.downloads.progress(self.episode.id)
                part = percent_text(progress.received, progress.total) if progress else ""
                is_waiting = self.state.phase is Phase.WAITING
                words = self.tr("Plays when enough of it is here") if is_waiting else self.tr("Buffering")
                return join_facts(words, part)
        return ""

    def _take(self, state: PlaybackState) -> None:
        if self.episode is None or self.episode.id != state.episode:
            self.episode = self._read(state.episode)
            self._pictures.show_episode(self.episode.id if self.episode else None)
        self.state = state
        self.changed.emit()

    def _read(self, episode: EpisodeId | None) -> Episode | None:
        if episode is None:
            return None
        try:
            return self._services.library.episode(episode)
        except NotFoundError:
            return None

    def _on_position_changed(self, fact: PositionChanged) -> None:
        if fact.id == self.state.episode:
            self.is_exact = fact.is_exact
            self.moved.emit()

    def _on_episodes_changed(self, fact: EpisodesChanged) -> None:
        if self.state.episode in fact.ids:
            self.episode = self._read(self.state.episode)
            self.moved.emit()

    def _on_download_progressed(self, fact: DownloadProgressed) -> None:
        if fact.id == self.state.episode and self.state.phase in (Phase.WAITING, Phase.BUFFERING):
            self.moved.emit()
