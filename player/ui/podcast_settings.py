"""The dialog that shows all that is set for a podcast in one place. Nothing changes before it is saved.

Must not know what any of it does.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from player.app.compose import Services
from player.app.podcast_settings import PodcastSetup, read_settings, store_settings
from player.core.errors import FileError, KnownError, NotFoundError
from player.core.folders import ways
from player.core.keeping import KeepKind
from player.core.model import EpisodeId, Podcast
from player.core.podcast_rules import PodcastRules
from player.ui.buttons import FlatButton, Look
from player.ui.dialog_frame import DialogFrame
from player.ui.podcast_sections import (
    ChaptersSection,
    DownloadSection,
    EdgesSection,
    FolderSection,
    KeepSection,
    SkipsSection,
    SoundSection,
)
from player.ui.skip_rule_list import SkipRuleList
from player.ui.texts import downloads_text, join_facts, size_text
from player.ui.widgets import ElidedLabel, WrappedLabel

_WIDTH = 34
"""In heights of a line of text."""


class PodcastSettings(QDialog):
    """What is set for one podcast; `report` is told when something could not be kept."""

    def __init__(
        self, services: Services, podcast: Podcast, report: Callable[[KnownError], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._services = services
        self.podcast = podcast
        self._report = report
        self.setWindowTitle(self.tr("Podcast settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        found = read_settings(services, podcast.id)
        self._for_new = services.rule_book.default_amount
        known = ways(each.folder for each in services.library.podcasts())
        self.folder = FolderSection(found.folder, known)
        self.sound = SoundSection(services.sounds.default, found.sound)
        self.edges = EdgesSection(found.rules.edges)
        self.download = DownloadSection(found.rules.auto_download, self._for_new, announces=found.rules.announces)
        self.keep = KeepSection(found.rules.keep)
        self.chapters = ChaptersSection(found.source, shows_pictures=found.shows_pictures)
        self.keep.changed.connect(self._show_consequence)
        self.download.changed.connect(self._show_missing)
        self.skips = SkipsSection(SkipRuleList(services, podcast, found.skip_rules), len(services.skip_rules.of(None)))
        self.cancel = FlatButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.save = FlatButton(self.tr("Save"), "check", Look.PRIMARY)
        self.save.setDefault(True)
        self.save.clicked.connect(self._on_save_clicked)
        self._show_consequence()
        self._show_missing()
        self._lay_out(most=parent.height() - 2 * self.fontMetrics().height())

    def _lay_out(self, most: int) -> None:
        heading = WrappedLabel(factor=1.25, weight=QFont.Weight.Bold)
        heading.setText(self.tr("Podcast settings"))
        name = ElidedLabel(role=QPalette.ColorRole.PlaceholderText)
        name.set_text(self.podcast.title)
        head = QVBoxLayout()
        head.setSpacing(self.fontMetrics().height() // 2)
        head.addWidget(heading)
        head.addWidget(name)
        frame = DialogFrame(self, (self.cancel, self.save), spacing=1.3)
        self.area = frame.area
        frame.column.addLayout(head)
        for section in (
            self.sound,
            self.edges,
            self.skips,
            self.download,
            self.keep,
            self.chapters,
            self.folder,
        ):
            frame.column.addWidget(section)
        frame.column.addStretch()
        frame.fit(self.fontMetrics().height() * _WIDTH, most=most)

    def _show_consequence(self) -> None:
        """What the chosen rule would remove now, and what it never does."""
        keep = self.keep.value
        if keep.kind is KeepKind.ALL:
            self.keep.consequence.setText(self.tr("Downloads stay until you remove them."))
            return
        removal = self._services.keeping.would_remove(self.podcast.id, keep)
        if removal.ids:
            facts = join_facts(downloads_text(len(removal.ids)), size_text(removal.size))
            first = self.tr("Would remove {downloads} now.").format(downloads=facts)
        else:
            first = self.tr("Would remove nothing now.")
        safe = self.tr("What plays, is queued or begun, and what you chose to keep stays.")
        self.keep.consequence.setText(f"{first} {safe}")

    def _show_missing(self) -> None:
        self.download.show_missing(len(self._missing()))

    def _missing(self) -> tuple[EpisodeId, ...]:
        """Which of the newest episodes the rule would have downloaded, had it been there before."""
        return self._services.auto_downloads.missing(self.podcast.id, self.download.value)

    def _on_save_clicked(self) -> None:
        services, podcast = self._services, self.podcast.id
        announces, shows_pictures = self.download.announces.isChecked(), self.chapters.pictures.isChecked()
        rules = PodcastRules(self.edges.value, self.download.value, self.keep.value, announces)
        skip_rules, folder = self.skips.rules.value, self.folder.line.value
        chosen = PodcastSetup(rules, self.sound.value, self.chapters.value, shows_pictures, skip_rules, folder)
        changes: list[Future[Any]] = []
        try:
            changes = store_settings(services, podcast, chosen)
        except NotFoundError as error:
            self._report(error)
        if self.download.now.isVisible() and self.download.now.isChecked():
            services.auto_downloads.fetch(self._missing())
        for change in changes:
            services.jobs.when_done(change, None, self._report)
        if self.download.for_new_amount != self._for_new:
            try:
                services.rule_book.set_default_amount(self.download.for_new_amount)
            except FileError as error:
                self._report(error)
        self.accept()
