"""The dialog about downloads as a whole: where they lie, with their move to another folder, and what is put into them.

Must not know how they are moved or written.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFont, QPalette
from PySide6.QtWidgets import QDialog, QWidget

from player.app.compose import Services
from player.core.errors import FileError, KnownError
from player.core.events import DownloadsMoved, DownloadsMoving
from player.ui.buttons import FlatButton, Look
from player.ui.dialog_frame import DialogFrame
from player.ui.download_line import ThinProgress
from player.ui.folder_asking import ask_for_folder
from player.ui.listen import listen
from player.ui.setting_fields import Section
from player.ui.texts import join_facts, percent_text, progress_text
from player.ui.tick_box import TickBox
from player.ui.widgets import WrappedLabel

_WIDTH = 34
"""In heights of a line of text."""
_STEPS = 1000


class DownloadsSettings(QDialog):
    """What is set for all downloads; each change holds at once. `report` is told what could not be done."""

    def __init__(self, services: Services, report: Callable[[KnownError], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._services = services
        self._report = report
        self.setWindowTitle(self.tr("Downloads"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.path = WrappedLabel(role=QPalette.ColorRole.Text)
        self.change = FlatButton(self.tr("Change…"), "", Look.PLAIN, self.tr("Change the folder of downloads"))
        self.change.clicked.connect(self._on_change_clicked)
        self.own = FlatButton(self.tr("Use the usual one"))
        self.own.clicked.connect(lambda: self.move_to(None))
        self.show_folder = FlatButton(self.tr("Open"), "", Look.PLAIN, self.tr("Open the folder of downloads"))
        self.show_folder.clicked.connect(self._on_open_clicked)
        self.bar = ThinProgress()
        self.bar.setAccessibleName(self.tr("Moving downloads"))
        self.words = WrappedLabel(0.9, role=QPalette.ColorRole.PlaceholderText)
        self.tags = TickBox(self.tr("Write chapters and cover into the files"))
        self.tags.setChecked(services.settings.value.tags_downloads)
        self.tags.toggled.connect(self._on_tags_toggled)
        self.close_button = FlatButton(self.tr("Close"))
        self.close_button.clicked.connect(self.accept)
        self._lay_out()
        listen(self, services.bus, DownloadsMoving, lambda _: self._show())
        listen(self, services.bus, DownloadsMoved, lambda _: self._show())
        self._show()
        self._frame.fit(self.fontMetrics().height() * _WIDTH)

    def _lay_out(self) -> None:
        heading = WrappedLabel(factor=1.25, weight=QFont.Weight.Bold)
        heading.setText(self.tr("Downloads"))
        self.folder = Section(self.tr("Folder"))
        self.folder.add_row(self.tr("They lie in"), self.path, stretches=False)
        self.folder.add_row("", self.change, self.own, self.show_folder)
        self.folder.add_row("", self.bar, stretches=False)
        self.folder.add_row("", self.words, stretches=False)
        self.finished_files = Section(self.tr("When they have come"))
        self.finished_files.add_row("", self.tags)
        self.finished_files.add_hint(
            self.tr(
                "From now on, where a file has a place for them: the chapters as you see them then. The sound stays."
            )
        )
        self._frame = DialogFrame(self, (self.close_button,), spacing=1)
        for part in (heading, self.folder, self.finished_files):
            self._frame.column.addWidget(part)
        self._frame.column.addStretch()

    def move_to(self, folder: Path | None) -> None:
        """Put downloads into another folder; None for the usual one."""
        try:
            self._services.moving.move_to(folder)
        except KnownError as error:
            self._report(error)
        self._show()

    def _show(self) -> None:
        folder, moved = self._services.download_folder, self._services.moving.progress
        self.path.setText(str(folder.current))
        self.own.setVisible(folder.current != folder.own)
        self.bar.setVisible(moved is not None)
        self.bar.setValue(round(moved.done / moved.total * _STEPS) if moved and moved.total else 0)
        if moved is not None:
            amount = join_facts(percent_text(moved.done, moved.total), progress_text(moved.done, moved.total))
            self.words.setText(join_facts(self.tr("Moving the downloads that are here"), amount))
        elif folder.left:
            self.words.setText(self.tr("Some downloads are still where they were; they follow when they can."))
        else:
            self.words.setText(
                self.tr("When you change the folder, downloads follow one by one, and what plays once it is closed.")
            )

    def _on_change_clicked(self) -> None:
        present = self._services.download_folder.current
        ask_for_folder(self, self.tr("Folder of downloads"), present, self.move_to)

    def _on_tags_toggled(self, are_written: bool) -> None:
        try:
            self._services.settings.change(tags_downloads=are_written)
        except FileError as error:
            self._report(error)

    def _on_open_clicked(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._services.download_folder.current)))
