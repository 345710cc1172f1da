"""The popup in which the listener chooses how a podcast sounds: speed, trimming, even voices, mono.

Must not know how sound is changed: it commands the sounds service and shows the playback state.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from player.app.compose import Services
from player.core.events import PlaybackChanged
from player.core.sound import LARGE_SPEED_STEP, MAX_SPEED, MIN_SPEED, SPEED_STEP, Trimming
from player.ui.buttons import FlatButton, Look
from player.ui.listen import listen
from player.ui.menus import menu_about
from player.ui.one_of import OneOf, Option
from player.ui.popup_card import PopupCard
from player.ui.texts import saved_text, speed_text, translate
from player.ui.tick_box import TickBox
from player.ui.widgets import WrappedLabel, sized

PRESETS = (0.8, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
_STEP_KEYS = {"[": -SPEED_STEP, "]": SPEED_STEP, "{": -LARGE_SPEED_STEP, "}": LARGE_SPEED_STEP}


class SoundPopup(PopupCard):
    """Shows the sound of what is open, and changes it. It goes away at Escape and at a click beside it."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(translate("sound", "Sound"), parent)
        self._services = services
        self._sounds = services.sounds
        self._build()
        self._arrange()
        self._connect()
        self._show_sound()

    # --- building

    def _build(self) -> None:
        self.speed = QSlider(Qt.Orientation.Horizontal)
        self.speed.setRange(round(MIN_SPEED / SPEED_STEP), round(MAX_SPEED / SPEED_STEP))
        self.speed.setPageStep(round(LARGE_SPEED_STEP / SPEED_STEP))
        self.slower = FlatButton("−", "", Look.CHIP, self.tr("Slower ([)"))
        self.faster = FlatButton("+", "", Look.CHIP, self.tr("Faster (])"))
        self._value = QLabel()
        self._value.setFont(sized(self.font(), 1.25, QFont.Weight.DemiBold))
        self._speeds, among = OneOf(self), OneOf(self)
        self.presets = [Option(speed_text(speed), self._speeds) for speed in PRESETS]
        for speed, button in zip(PRESETS, self.presets, strict=True):
            button.setAccessibleName(self.tr("Speed {speed}").format(speed=speed_text(speed)))
        words = {
            Trimming.OFF: self.tr("Off"),
            Trimming.GENTLE: self.tr("Gentle"),
            Trimming.MEDIUM: self.tr("Medium"),
            Trimming.STRONG: self.tr("Strong"),
        }
        self.trimming = {trimming: Option(text, among) for trimming, text in words.items()}
        for trimming, button in self.trimming.items():
            button.setAccessibleName(self.tr("Trim silence: {strength}").format(strength=words[trimming]))
        self.levelled = TickBox(self.tr("Even out voices"))
        self.levelled.setToolTip(self.tr("Raises quiet voices and holds loud ones"))
        self.mono = TickBox(self.tr("Mono"))
        self.mono.setToolTip(self.tr("The same sound on both sides"))
        self.lands_softly = TickBox(self.tr("Land softly at chapters"))
        self.lands_softly.setToolTip(self.tr("Times in show notes are good to the second: begin with the first word"))
        self.device = FlatButton("", "", Look.PLAIN)
        self.device.let_widen()
        self.only_here = TickBox()
        self.saved = WrappedLabel(0.92, role=QPalette.ColorRole.PlaceholderText)

    def _arrange(self) -> None:
        unit = self.fontMetrics().height()
        speed = QHBoxLayout()
        speed.addWidget(self.heading(self.tr("Speed")), 1)
        speed.addWidget(self._value)
        slider = QHBoxLayout()
        slider.addWidget(self.slower)
        slider.addWidget(self.speed, 1)
        slider.addWidget(self.faster)
        presets = QGridLayout()
        presets.setSpacing(unit // 3)
        for number, button in enumerate(self.presets):
            presets.addWidget(button, number // 4, number % 4)
        trimming = QHBoxLayout()
        trimming.setSpacing(unit // 3)
        for button in (*self.presets, *self.trimming.values()):
            button.let_widen()
        for button in self.trimming.values():
            trimming.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(unit, unit, unit, unit)
        column.setSpacing(unit // 2)
        column.addLayout(speed)
        column.addLayout(slider)
        column.addLayout(presets)
        column.addSpacing(unit // 2)
        column.addWidget(self.heading(self.tr("Trim silence")))
        column.addLayout(trimming)
        column.addSpacing(unit // 2)
        column.addWidget(self.levelled)
        column.addWidget(self.mono)
        column.addSpacing(unit // 2)
        column.addWidget(self.only_here)
        column.addWidget(self.saved)
        column.addSpacing(unit // 2)
        column.addWidget(self.lands_softly)
        column.addWidget(self.device)
        self.set_width(unit * 19)

    def _connect(self) -> None:
        sounds = self._sounds
        self.speed.valueChanged.connect(self._on_speed_moved)
        self.slower.clicked.connect(lambda: sounds.change_speed(-SPEED_STEP))
        self.faster.clicked.connect(lambda: sounds.change_speed(SPEED_STEP))
        for speed, button in zip(PRESETS, self.presets, strict=True):
            button.clicked.connect(lambda _checked, wanted=speed: sounds.choose(sounds.current.at_speed(wanted)))
        for trimming, button in self.trimming.items():
            button.clicked.connect(
                lambda _checked, wanted=trimming: sounds.choose(replace(sounds.current, trimming=wanted))
            )
        self.levelled.clicked.connect(lambda is_on: sounds.choose(replace(sounds.current, is_levelled=is_on)))
        self.mono.clicked.connect(lambda is_on: sounds.choose(replace(sounds.current, is_mono=is_on)))
        self.only_here.clicked.connect(sounds.keep_apart)
        self.lands_softly.clicked.connect(lambda is_on: self._services.settings.change(land_softly=is_on))
        self.device.clicked.connect(self._on_device_clicked)
        listen(self, self._services.bus, PlaybackChanged, self._on_playback_changed)

    # --- showing

    def _show_sound(self) -> None:
        sound = self._sounds.current
        with QSignalBlocker(self.speed):
            self.speed.setValue(round(sound.speed / SPEED_STEP))
        self._value.setText(speed_text(sound.speed))
        self.speed.setAccessibleName(self.tr("Speed {speed}").format(speed=speed_text(sound.speed)))
        self._speeds.choose(self.presets[PRESETS.index(sound.speed)] if sound.speed in PRESETS else None)
        self.trimming[sound.trimming].setChecked(True)
        self.levelled.setChecked(sound.is_levelled)
        self.mono.setChecked(sound.is_mono)
        self.lands_softly.setChecked(self._services.settings.value.land_softly)
        self._show_device()
        self._show_podcast()

    def _show_device(self) -> None:
        chosen = self._services.settings.value.output_device
        devices = self._services.playback.devices
        name = next((each.name for each in devices if each.id == chosen), self.tr("System default"))
        text = self.tr("Output: {device}").format(device=name)
        room = self.width() - self.fontMetrics().height() * 4
        self.device.show_as(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room), "")
        self.device.setAccessibleName(text)
        self.device.setVisible(bool(devices))

    def _show_podcast(self) -> None:
        podcast = self._sounds.podcast
        self.only_here.setVisible(podcast is not None)
        if podcast is None:
            self.saved.hide()
            return
        title = self._services.library.podcast(podcast).title
        text = self.tr("Only for {podcast}").format(podcast=title.replace("&", "&&"))
        room = self.width() - self.fontMetrics().height() * 4
        self.only_here.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room))
        self.only_here.setAccessibleName(self.tr("Only for {podcast}").format(podcast=title))
        self.only_here.setChecked(self._sounds.is_own)
        self.saved.setText(saved_text(self._services.statistics.sums_of(podcast)))
        self.saved.setVisible(bool(self.saved.text()))

    # --- gestures and facts

    def _on_speed_moved(self, steps: int) -> None:
        self._sounds.choose(self._sounds.current.at_speed(steps * SPEED_STEP))

    def _on_device_clicked(self) -> None:
        """Choose among the devices that there are."""
        chosen = self._services.settings.value.output_device
        menu = menu_about(self.device.text(), self)
        choices = [("", self.tr("System default")), *((each.id, each.name) for each in self._services.playback.devices)]
        for device, name in choices:
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(device == chosen)
            action.triggered.connect(lambda _checked, wanted=device: self._choose_device(wanted))
        menu.popup(self.device.mapToGlobal(self.device.rect().bottomLeft()))

    def _choose_device(self, device: str) -> None:
        self._services.playback.set_device(device or None)
        self._show_device()

    def _on_playback_changed(self, fact: PlaybackChanged) -> None:
        del fact
        self._show_sound()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys for slower and faster work here, too."""
        if event.text() in _STEP_KEYS:
            self._sounds.change_speed(_STEP_KEYS[event.text()])
        else:
            super().keyPressEvent(event)
