"""The bar at the bottom: what is playing, the transport buttons, the timeline, speed and volume.

Must not know how playing works: it commands the playback service and shows its state.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from player.app.compose import Services
from player.app.sentences import sentence
from player.core.chapters import chapter_at, next_start
from player.core.errors import NotFoundError
from player.core.events import (
    DownloadProgressed,
    EpisodesChanged,
    PlaybackChanged,
    PositionChanged,
    SettingsChanged,
)
from player.core.model import Episode, EpisodeId, Millis
from player.core.session import Phase, PlaybackState
from player.core.sound import Trimming
from player.core.timecode import SECOND, format_timecode
from player.ui.actions import Actions
from player.ui.artworks import Artworks
from player.ui.buttons import FlatButton, Look
from player.ui.chapter_pictures import EpisodePictures
from player.ui.cover import Cover
from player.ui.listen import listen
from player.ui.sleep_popup import SleepButton
from player.ui.sound_popup import SoundPopup
from player.ui.texts import join_facts, percent_text, speed_text, title_text
from player.ui.timeline import Timeline
from player.ui.timeline_chapter import ChapterLine
from player.ui.transport_row import TransportRow
from player.ui.widgets import ElidedLabel, Panel, let_shrink, sized

BACK_SHOWN_FOR_MS = 8000
"""How long the way back is offered after a jump."""

_VOLUME_STEPS = 100


class PlayerBar(Panel):
    """Shows the playback state. `episode_asked(id)` when the listener wants to see the playing episode's page."""

    episode_asked = Signal(object)

    def __init__(self, services: Services, actions: Actions, artworks: Artworks) -> None:
        super().__init__(QPalette.ColorRole.Window, Qt.Edge.TopEdge)
        self._services = services
        self._playback = services.playback
        self._episode: Episode | None = None
        self._state = PlaybackState()
        self._is_exact = True
        self._pictures = EpisodePictures(services)
        self._pictures.arrived.connect(lambda: self._show_position(self._playback.position()))
        self._build(actions, artworks)
        self._connect()
        self.refresh()

    # --- building

    def _build(self, actions: Actions, artworks: Artworks) -> None:
        self.cover = Cover(artworks)
        self.cover.setCursor(Qt.CursorShape.PointingHandCursor)
        self.heading = ElidedLabel(lines=2, weight=QFont.Weight.DemiBold)
        self.subheading = ElidedLabel(factor=0.92, role=QPalette.ColorRole.PlaceholderText)
        self.previous = FlatButton(self.tr("chapter"), "previous", Look.QUIET)
        self.rewind = FlatButton("", "rewind", Look.QUIET)
        self.play = FlatButton("", "play", Look.ROUND)
        self.forward = FlatButton("", "forward", Look.QUIET)
        self.forward.put_icon_last()
        self.next = FlatButton(self.tr("chapter"), "next", Look.QUIET)
        self.next.put_icon_last()
        for button, action in (
            (self.previous, "previous_chapter"),
            (self.rewind, "seek_back"),
            (self.play, "toggle"),
            (self.forward, "seek_forward"),
            (self.next, "next_chapter"),
        ):
            button.clicked.connect(actions.trigger(action))
            button.set_name(actions.words(action))
        self._transport = TransportRow(
            (self.previous, self.rewind, self.play, self.forward, self.next), round(self.fontMetrics().height() * 0.35)
        )
        self.back_to, self.chapter_left = self._transport.back, self._transport.words
        self.back_to.clicked.connect(actions.trigger("undo_jump"))
        self.elapsed, self.remaining = QLabel(), QLabel()
        for label in (self.elapsed, self.remaining):
            label.setFont(_tabular(sized(self.font(), 0.92)))
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.remaining.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.timeline = Timeline()
        self.chapter_line = ChapterLine(self.timeline)
        self.speed = FlatButton("", "", Look.PLAIN)
        self.speed.setToolTip(self.tr("Speed and sound"))
        self.loop = FlatButton("", "loop", Look.CHOICE, self.tr("End the loop"))
        self.loop.setCheckable(True)
        self.loop.setChecked(True)
        self.loop.clicked.connect(self._playback.end_loop)
        self.trim = FlatButton("", "trim", Look.CHOICE, self.tr("Trim silence"))
        self.trim.setCheckable(True)
        self.sleep = SleepButton(self._services)
        actions.connect("sleep", self.sleep.open)
        self.mute = FlatButton("", "volume", Look.QUIET)
        self.mute.clicked.connect(actions.trigger("mute"))
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, _VOLUME_STEPS)
        self.volume.setAccessibleName(self.tr("Volume"))
        self.volume.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._arrange()

    def _arrange(self) -> None:
        unit = self.fontMetrics().height()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch()
        words.addWidget(self.heading)
        words.addWidget(self.subheading)
        words.addStretch()
        self._left = QWidget()
        left = QHBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(round(unit * 0.8))
        left.addWidget(self.cover)
        left.addLayout(words, 1)

        middle = QGridLayout()
        middle.setVerticalSpacing(2)
        middle.setHorizontalSpacing(unit // 2)
        middle.addWidget(self._transport, 0, 0, 1, 3)
        middle.addWidget(self.elapsed, 1, 0)
        middle.addWidget(self.timeline, 1, 1)
        middle.addWidget(self.remaining, 1, 2)
        middle.addWidget(self.chapter_line, 2, 1)
        middle.setColumnStretch(1, 1)
        widest = self.fontMetrics().horizontalAdvance("−0:00:00")
        self.elapsed.setMinimumWidth(widest)
        self.remaining.setMinimumWidth(widest)

        right = QHBoxLayout()
        right.setSpacing(unit // 3)
        for widget in (self.loop, self.speed, self.trim, self.sleep, self.mute, self.volume):
            right.addWidget(widget)
        self.volume.setFixedWidth(unit * 5)

        row = QHBoxLayout(self)
        row.setContentsMargins(unit, unit // 2 + 1, unit, unit // 2)
        row.setSpacing(round(unit * 1.4))
        row.addWidget(self._left)
        row.addLayout(middle, 1)
        row.addLayout(right)
        let_shrink(self)

    def _connect(self) -> None:
        self.cover.clicked.connect(self._on_cover_clicked)
        self.timeline.jump_requested.connect(self._playback.jump)
        self.timeline.scrub_requested.connect(self._playback.scrub)
        self.timeline.scrub_ended.connect(lambda place: self._playback.end_scrub(place if place >= 0 else None))
        self.timeline.nudge_requested.connect(self._playback.seek_by)
        self.timeline.preview_changed.connect(lambda _: self._show_position(self._playback.position()))
        self.volume.valueChanged.connect(self._on_volume_changed)
        self.speed.clicked.connect(self._on_speed_clicked)
        self.trim.clicked.connect(self._on_trim_clicked)
        self._back_timer = QTimer(self)
        self._back_timer.setSingleShot(True)
        self._back_timer.setInterval(BACK_SHOWN_FOR_MS)
        self._back_timer.timeout.connect(self._transport.offer_back)
        bus = self._services.bus
        listen(self, bus, PlaybackChanged, self._on_playback_changed)
        listen(self, bus, PositionChanged, self._on_position_changed)
        listen(self, bus, EpisodesChanged, self._on_episodes_changed)
        listen(self, bus, DownloadProgressed, self._on_download_progressed)
        listen(self, bus, SettingsChanged, lambda _: self._show_state(self._state))

    # --- showing

    def refresh(self) -> None:
        """Read everything again."""
        self._episode = None
        self._show_state(self._playback.state)

    def _show_state(self, state: PlaybackState) -> None:
        settings = self._services.settings.value
        if self._episode is None or self._episode.id != state.episode:
            self._episode = _read(self._services, state.episode)
            self._pictures.show_episode(self._episode.id if self._episode else None)
        left_before = self._state.history.back if self._state.episode == state.episode else ()
        self._state = state
        has_episode = self._episode is not None
        shown = self._episode
        self.cover.show_podcast(shown.podcast if shown else None, shown.podcast_title if shown else "")
        self._fold()
        self.rewind.show_as(str(settings.back_ms // SECOND), "rewind")
        self.forward.show_as(str(settings.forward_ms // SECOND), "forward")
        for button in (self.rewind, self.forward):
            button.setEnabled(has_episode)
        for button in (self.previous, self.next):
            button.setEnabled(has_episode and bool(state.chapters))
        is_going = state.is_playing or state.phase in (Phase.WAITING, Phase.LOADING, Phase.BUFFERING)
        self.play.show_as("", "pause" if is_going else "play")
        self.play.set_name(self.tr("Pause") if is_going else self.tr("Play"))
        speed = speed_text(state.sound.speed)
        self.speed.show_as(speed, "")
        self.speed.setAccessibleName(self.tr("Speed {speed}, more about sound").format(speed=speed))
        self.trim.setChecked(state.sound.trimming is not Trimming.OFF)
        self.mute.show_as("", "muted" if state.is_muted else "volume")
        self.mute.set_name(self.tr("Sound on") if state.is_muted else self.tr("Mute"))
        self.volume.blockSignals(True)
        self.volume.setValue(0 if state.is_muted else round(state.volume * _VOLUME_STEPS))
        self.volume.blockSignals(False)
        self.timeline.show_episode(state.chapters, state.duration, state.skipped, state.edge_spans)
        self.timeline.show_loop(state.loop)
        self.loop.setVisible(state.loop is not None)
        self.loop.setChecked(True)
        self._show_back(state, left_before)
        self._show_position(self._playback.position())

    def _show_back(self, state: PlaybackState, left_before: tuple[Millis, ...]) -> None:
        """Offer the way back for a while after a jump, until it is undone."""
        left = state.history.back
        if state.episode is None or len(left) < len(left_before) or not left:
            self._transport.offer_back()
        elif left != left_before:
            place = format_timecode(left[-1])
            self._transport.offer_back(self.tr("Back to {place}").format(place=place), place)
            self._back_timer.start()

    def _show_position(self, position: Millis) -> None:
        shown = position if self.timeline.preview is None else self.timeline.preview
        self.timeline.show_position(position)
        duration = self._state.duration
        has_episode = self._episode is not None
        about = "" if self._is_exact else "≈ "
        self.elapsed.setText(about + format_timecode(shown) if has_episode else "")
        self.elapsed.setToolTip("" if self._is_exact else self.tr("The exact place is known when all of it is here"))
        self._show_remaining(shown if duration and has_episode else None)
        chapter = chapter_at(self._state.chapters, shown)
        current = self._state.chapters[chapter] if chapter is not None else None
        self.cover.show_picture(self._pictures.now(current, shown))
        self._show_words(shown)

    def _show_remaining(self, position: Millis | None) -> None:
        """How long listening will take; the tool tip has the length of the audio, where that is another one."""
        heard = self._state.left_at(position) if position is not None else None
        if position is None or heard is None:
            self.remaining.setText("")
            self.remaining.setToolTip("")
            return
        audio, time = max(0, (self._state.duration or 0) - position), self._state.time_for(heard)
        self.remaining.setText(format_timecode(-max(1, time)))
        told = self.tr("{time} of audio").format(time=format_timecode(audio))
        if audio - heard >= SECOND:
            told = self.tr("{told}, {time} of it skipped").format(told=told, time=format_timecode(audio - heard))
        self.remaining.setToolTip(told if abs(time - audio) >= SECOND else "")

    def _show_words(self, position: Millis) -> None:
        episode, state = self._episode, self._state
        if episode is None:
            self.heading.set_text(self.tr("Nothing is playing"))
            self.subheading.set_text(self.tr("Choose an episode to listen to"))
            self._transport.show_words("")
            return
        index = chapter_at(state.chapters, position)
        chapter = state.chapters[index] if index is not None else None
        self.heading.set_text(chapter.title if chapter and chapter.title else title_text(episode.title))
        self.subheading.set_text(self._trouble() or join_facts(episode.podcast_title, episode.title))
        left = ""
        if chapter is not None:
            has_next = next_start(state.chapters, position, state.skipped) is not None
            left = self.tr("{time} to the next chapter") if has_next else self.tr("{time} left")
            if state.is_alone:
                left = self.tr("{time} left, then it stops")
            left = left.format(time=format_timecode(state.time_for(max(0, chapter.end - position))))
        self._transport.show_words(left)

    def _trouble(self) -> str:
        """What keeps the episode from playing, instead of its title."""
        match self._state.phase:
            case Phase.FAILED if self._state.problem is not None:
                return sentence(self._state.problem)
            case Phase.WAITING | Phase.BUFFERING if self._episode is not None:
                progress = self._services.downloads.progress(self._episode.id)
                part = percent_text(progress.received, progress.total) if progress else ""
                is_waiting = self._state.phase is Phase.WAITING
                words = self.tr("Plays when enough of it is here") if is_waiting else self.tr("Buffering")
                return join_facts(words, part)
        return ""

    # --- facts and gestures

    def _on_playback_changed(self, fact: PlaybackChanged) -> None:
        self._show_state(fact.state)

    def _on_position_changed(self, fact: PositionChanged) -> None:
        if fact.id == self._state.episode:
            self._is_exact = fact.is_exact
            self._show_position(fact.position)

    def _on_episodes_changed(self, fact: EpisodesChanged) -> None:
        if self._state.episode in fact.ids:
            self._episode = _read(self._services, self._state.episode)
            self._show_position(self._playback.position())

    def _on_download_progressed(self, fact: DownloadProgressed) -> None:
        if fact.id == self._state.episode and self._state.phase in (Phase.WAITING, Phase.BUFFERING):
            self._show_words(self._playback.position())

    def _on_cover_clicked(self) -> None:
        if self._episode is not None:
            self.episode_asked.emit(self._episode.id)

    def _on_volume_changed(self, value: int) -> None:
        self._playback.set_volume(value / _VOLUME_STEPS)

    def _on_speed_clicked(self) -> None:
        popup = SoundPopup(self._services, self)
        popup.show_above(self.speed, popup.speed)

    def _on_trim_clicked(self, is_on: bool) -> None:
        sounds = self._services.sounds
        sounds.choose(replace(sounds.current, trimming=Trimming.MEDIUM if is_on else Trimming.OFF))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give way where the window is narrow: first the volume, then words, then the cover."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        unit = self.fontMetrics().height()
        columns = self.width() / unit
        self._left.setFixedWidth(round(unit * (17.5 if columns > 68 else 12 if columns > 52 else 8)))
        self.trim.setVisible(columns > 52)
        self.volume.setVisible(columns > 64)
        for button in (self.previous, self.next):
            button.setText(self.tr("chapter") if columns > 56 else "")
            button.updateGeometry()
        self.cover.setVisible(columns > 52 and self._episode is not None)


def _read(services: Services, episode: EpisodeId | None) -> Episode | None:
    if episode is None:
        return None
    try:
        return services.library.episode(episode)
    except NotFoundError:
        return None


def _tabular(font: QFont) -> QFont:
    """`font` with digits of one width, so that running times do not tremble."""
    changed = QFont(font)
    changed.setFeature(QFont.Tag("tnum"), 1)
    return changed
