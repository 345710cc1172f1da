"""The parts of the settings dialog, each with the value that was chosen in it.

Must not know how settings are kept, nor who acts on them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QTime
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QLineEdit

from player.app.download_folder import DownloadFolder
from player.app.settings import Settings
from player.core.auto_download import amount_words
from player.core.bandwidth import minutes_meant, minutes_words
from player.core.timecode import SECOND
from player.ui.buttons import FlatButton, Look
from player.ui.folder_asking import ask_for_folder
from player.ui.setting_fields import FIELD_HEIGHT, Choices, Decimal, Number, Picker, Section, TimeOfDay, show_rows
from player.ui.tick_box import TickBox
from player.ui.widgets import WrappedLabel

_ALL_DAY = "00:00"
_FIRST_RATE, _FIRST_TOTAL = 500, 20.0
"""What is offered where there is no limit yet, in kB/s and in GB."""
_AT_ONCE = 8
"""So many downloads are offered to run at a time, unless the file of settings has more."""


class WindowSection(Section):
    """How the window looks, whether podcasts have pictures, and whether there is an icon in the tray."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(self.tr("Window"))
        looks = (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
            ("contrast", self.tr("Contrast")),
        )
        self.theme = Choices(self.tr("Colours"), looks)
        self.theme.choose(settings.theme if settings.theme in self.theme.buttons else "system")
        self.tray = TickBox(self.tr("Icon in the tray, with how downloads go"))
        self.tray.setChecked(settings.shows_tray)
        self.artwork = TickBox(self.tr("Show the artwork of podcasts"))
        self.artwork.setChecked(settings.shows_artwork)
        self.add_row(self.tr("Colours"), self.theme)
        self.add_row("", self.artwork)
        self.add_row("", self.tray)

    @property
    def changes(self) -> dict[str, Any]:
        """What was chosen, by the names of the settings."""
        ticks = {"shows_artwork": self.artwork.isChecked(), "shows_tray": self.tray.isChecked()}
        return {"theme": self.theme.key, **ticks}


class PlayingSection(Section):
    """How far the keys jump, and how a jump lands."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(self.tr("Playing"))
        self.back = Number(self.tr("Seconds back"), 1, 600, self.tr(" s"))
        self.back.setValue(settings.back_ms // SECOND)
        self.forward = Number(self.tr("Seconds forward"), 1, 600, self.tr(" s"))
        self.forward.setValue(settings.forward_ms // SECOND)
        self.softly = TickBox(self.tr("Begin chapters where the words begin"))
        self.softly.setChecked(settings.land_softly)
        ways = (("chapters", self.tr("By chapter")), ("seek", self.tr("Back and forward")))
        self.media_keys = Choices(self.tr("Media keys"), ways)
        self.media_keys.choose("seek" if settings.media_keys_seek else "chapters")
        between = QLabel(self.tr("and forward"))
        between.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.add_row(self.tr("Keys jump back"), self.back, between, self.forward)
        self.add_row(self.tr("Media keys"), self.media_keys)
        self.add_row("", self.softly)

    @property
    def changes(self) -> dict[str, Any]:
        """What was chosen, by the names of the settings."""
        return {
            "back_ms": self.back.value() * SECOND,
            "forward_ms": self.forward.value() * SECOND,
            "land_softly": self.softly.isChecked(),
            "media_keys_seek": self.media_keys.key == "seek",
        }


class PodcastsSection(Section):
    """How often feeds are asked, and what is downloaded of podcasts that are new."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(self.tr("Podcasts"))
        often = {
            15: self.tr("Every 15 minutes"),
            60: self.tr("Every hour"),
            180: self.tr("Every 3 hours"),
            720: self.tr("Every 12 hours"),
            1440: self.tr("Every day"),
            0: self.tr("Never"),
        }
        own = settings.refresh_minutes
        often.setdefault(own, self.tr("Every minute") if own == 1 else self.tr("Every %n minutes", None, own))
        choices = [(str(minutes), words) for minutes, words in often.items()]
        self.often = Picker(self.tr("Refresh by itself"), choices, str(settings.refresh_minutes))
        amounts = {
            amount_words(0): self.tr("By hand"),
            amount_words(1): self.tr("The newest episode"),
            amount_words(3): self.tr("The newest 3 episodes"),
            amount_words(5): self.tr("The newest 5 episodes"),
            amount_words(None): self.tr("All new episodes"),
        }
        amounts.setdefault(settings.new_podcasts_download, settings.new_podcasts_download)
        self.amount = Picker(self.tr("Download of new podcasts"), list(amounts.items()), settings.new_podcasts_download)
        self.add_row(self.tr("Refresh by itself"), self.often)
        self.add_row(self.tr("Download of new ones"), self.amount)
        self.add_hint(self.tr("For podcasts that are added later; each has settings of its own (Ctrl+P)."))

    @property
    def changes(self) -> dict[str, Any]:
        """What was chosen, by the names of the settings."""
        return {"refresh_minutes": int(self.often.key), "new_podcasts_download": self.amount.key}


class TransfersSection(Section):
    """How many downloads run, how fast, on which network, and how much is kept."""

    def __init__(self, settings: Settings, folder: DownloadFolder) -> None:
        super().__init__(self.tr("Downloads"))
        self._own = folder.own
        self.folder = folder.current
        """The folder that is chosen."""
        self.path = WrappedLabel(role=QPalette.ColorRole.Text)
        self.change_folder = FlatButton(self.tr("Change…"), "", Look.PLAIN, self.tr("Change the folder of downloads"))
        self.change_folder.clicked.connect(self._on_change_folder_clicked)
        self.own_folder = FlatButton(self.tr("Use the usual one"))
        self.own_folder.clicked.connect(lambda: self.choose_folder(self._own))
        self.at_once = Number(
            self.tr("How many at once"), 1, max(_AT_ONCE, settings.parallel_downloads), self.tr(" at once")
        )
        self.at_once.setValue(settings.parallel_downloads)
        self.limits = TickBox(self.tr("Together at most"))
        self.limits.setChecked(settings.download_kilobytes > 0)
        self.rate = Number(self.tr("Kilobytes in a second"), 10, 1_000_000, self.tr(" kB/s"))
        self.rate.setSingleStep(50)
        self.rate.setValue(settings.download_kilobytes or _FIRST_RATE)
        self.by_day = TickBox(self.tr("only from"))
        self.start = self._time(self.tr("Limited from"), settings.limit_from)
        self.stop = self._time(self.tr("Limited until"), settings.limit_to)
        self.by_day.setChecked(self.start.time() != self.stop.time())
        if not self.by_day.isChecked():
            self.start.setTime(QTime(8, 0))
            self.stop.setTime(QTime(18, 0))
        to = QLabel(self.tr("to"))
        to.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.metered = TickBox(self.tr("Not while on a metered network"))
        self.metered.setChecked(settings.waits_on_metered)
        self.keeps = TickBox(self.tr("Keep at most"))
        self.keeps.setChecked(settings.downloads_most_gb > 0)
        self.total = Decimal(self.tr("Gigabytes of downloads"), 0.1, 1e5, 1.0, self.tr(" GB"))
        self.total.setDecimals(1)
        self.total.setValue(settings.downloads_most_gb or _FIRST_TOTAL)
        self.add_row(self.tr("Folder"), self.path, stretches=False)
        self.add_row("", self.change_folder, self.own_folder)
        self.add_row(self.tr("Run"), self.at_once)
        self.add_row(self.tr("Speed"), self.limits, self.rate)
        self._hours = self.add_row("", self.by_day, self.start, to, self.stop)
        self.add_hint(self.tr("What you are listening to is never held up."))
        self.add_row(self.tr("Network"), self.metered)
        self.add_row(self.tr("Room"), self.keeps, self.total)
        self.add_hint(
            self.tr("Played ones go first, then the oldest; never what plays, is queued, begun or chosen to be kept.")
        )
        for tick in (self.limits, self.by_day, self.keeps):
            tick.toggled.connect(lambda _: self._show())
        self.choose_folder(self.folder)
        self._show()

    @property
    def changes(self) -> dict[str, Any]:
        """What was chosen, by the names of the settings."""
        is_by_day = self.by_day.isChecked()
        return {
            "parallel_downloads": self.at_once.value(),
            "download_kilobytes": self.rate.value() if self.limits.isChecked() else 0,
            "limit_from": minutes_words(self.start.minute) if is_by_day else _ALL_DAY,
            "limit_to": minutes_words(self.stop.minute) if is_by_day else _ALL_DAY,
            "waits_on_metered": self.metered.isChecked(),
            "downloads_most_gb": self.total.value() if self.keeps.isChecked() else 0.0,
        }

    def choose_folder(self, folder: Path) -> None:
        """Have downloads lie there; they follow when it is saved."""
        self.folder = folder
        self.path.setText(str(folder))
        self.own_folder.setVisible(folder != self._own)

    def _on_change_folder_clicked(self) -> None:
        ask_for_folder(self, self.tr("Folder of downloads"), self.folder, self.choose_folder)

    def _show(self) -> None:
        self.rate.setEnabled(self.limits.isChecked())
        show_rows(self._hours, is_shown=self.limits.isChecked())
        for field in (self.start, self.stop):
            field.setEnabled(self.by_day.isChecked())
        self.total.setEnabled(self.keeps.isChecked())

    def _time(self, name: str, words: str) -> TimeOfDay:
        try:
            minute = minutes_meant(words)
        except ValueError:
            minute = 0
        return TimeOfDay(name, minute)


class DirectoriesSection(Section):
    """The key without which one of the directories does not answer."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(self.tr("Podcast Index"))
        self.key = self._line(self.tr("Key"), settings.podcastindex_key)
        self.secret = self._line(self.tr("Secret"), settings.podcastindex_secret)
        self.secret.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        self.add_row(self.tr("Key"), self.key, stretches=False)
        self.add_row(self.tr("Secret"), self.secret, stretches=False)
        self.add_hint(self.tr("Only for searching in that directory; api.podcastindex.org gives both to whoever asks."))

    @property
    def changes(self) -> dict[str, Any]:
        """What was chosen, by the names of the settings."""
        return {"podcastindex_key": self.key.text().strip(), "podcastindex_secret": self.secret.text().strip()}

    def _line(self, name: str, text: str) -> QLineEdit:
        line = QLineEdit(text)
        line.setAccessibleName(name)
        line.setMinimumHeight(round(line.fontMetrics().height() * FIELD_HEIGHT))
        return line
