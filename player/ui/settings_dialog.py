"""The dialog that shows the listener's preferences in one place. Nothing changes before it is saved.

Must not know what any of them does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QWidget

from player.app.compose import Services
from player.core.errors import FileError, KnownError
from player.ui.buttons import FlatButton, Look
from player.ui.dialog_frame import DialogFrame
from player.ui.setting_sections import (
    DirectoriesSection,
    PlayingSection,
    PodcastsSection,
    TransfersSection,
    WindowSection,
)
from player.ui.theme import Theme
from player.ui.widgets import WrappedLabel

_WIDTH = 37
"""In heights of a line of text."""
_HOURS = frozenset({"limit_from", "limit_to"})
"""What means something together only."""


class SettingsDialog(QDialog):
    """All settings in sections; each section says what is chosen in it.

    What nobody touched stays: a field cannot show all that may be in the file, nor what changes elsewhere meanwhile.
    """

    def __init__(self, services: Services, theme: Theme, report: Callable[[KnownError], None], parent: QWidget) -> None:
        """`report` is told when they could not be kept."""
        super().__init__(parent)
        self._services = services
        self._theme = theme
        self._report = report
        self.setWindowTitle(self.tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        value = services.settings.value
        self.window_section = WindowSection(value)
        self.playing = PlayingSection(value)
        self.podcasts = PodcastsSection(value)
        self.transfers = TransfersSection(value, services.download_folder)
        self.directories = DirectoriesSection(value)
        self.sections = (self.transfers, self.playing, self.podcasts, self.window_section, self.directories)
        self._before, self._folder = self._chosen(), self.transfers.folder
        self.cancel = FlatButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.save = FlatButton(self.tr("Save"), "check", Look.PRIMARY)
        self.save.setDefault(True)
        self.save.clicked.connect(self._on_save_clicked)
        self._lay_out(most=parent.height() - 2 * self.fontMetrics().height())

    def _lay_out(self, most: int) -> None:
        heading = WrappedLabel(factor=1.25, weight=QFont.Weight.Bold)
        heading.setText(self.tr("Settings"))
        frame = DialogFrame(self, (self.cancel, self.save), spacing=1.3)
        for part in (heading, *self.sections):
            frame.column.addWidget(part)
        frame.column.addStretch()
        frame.fit(self.fontMetrics().height() * _WIDTH, most=most)

    def _chosen(self) -> dict[str, Any]:
        return {name: value for section in self.sections for name, value in section.changes.items()}

    def _on_save_clicked(self) -> None:
        chosen, folder, own = self._chosen(), self.transfers.folder, self._services.download_folder.own
        touched = {name for name, value in chosen.items() if value != self._before[name]}
        touched |= _HOURS if touched & _HOURS else set()
        try:
            self._services.settings.change(**{name: chosen[name] for name in touched})
            if folder != self._folder:
                self._services.moving.move_to(None if folder == own else folder)
        except FileError as error:
            self._report(error)
        self._theme.choose(self._services.settings.value.theme)
        self.accept()
