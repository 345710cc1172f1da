"""The show notes with their pictures: a line asks whether these may come from the web; those that are here are shown.

Must not know how a picture is fetched and kept (`app.web_pictures`), nor how notes are laid out.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from player.app.compose import Services
from player.core.events import PictureAllowanceChanged, PicturesFetched
from player.core.model import Episode, PodcastId
from player.core.show_notes import ShowNotes
from player.ui.chapter_pictures import ChapterPictures
from player.ui.chip_row import Chip, ChipRow
from player.ui.listen import listen
from player.ui.notes_view import NotesView
from player.ui.soon import Soon
from player.ui.widgets import WrappedLabel

_FILLED_AFTER_MS = 50
_SIDE = 1000
"""Pixels of the longer side: as wide as notes are, on a fine screen."""


class NotesPart(QWidget):
    """The notes, and above them the question, as long as there is one."""

    def __init__(self, services: Services, view: NotesView, page: QWidget) -> None:
        super().__init__(page)
        self._services = services
        self._view = view
        self._podcast: PodcastId | None = None
        self._addresses: tuple[str, ...] = ()
        self._pictures = ChapterPictures(services, _SIDE)
        self._soon = Soon(self._fill, self, _FILLED_AFTER_MS)
        self._pictures.arrived.connect(self._soon.ask)
        words = WrappedLabel(0.88, role=QPalette.ColorRole.PlaceholderText)
        words.setText(self.tr("These notes have pictures on the web. Their server sees who fetches them."))
        self.chips = ChipRow()
        self.question = QWidget()
        unit = self.fontMetrics().height()
        asked = QVBoxLayout(self.question)
        asked.setContentsMargins(0, 0, 0, unit // 2)
        asked.setSpacing(unit // 3)
        asked.addWidget(words)
        asked.addWidget(self.chips)
        self.question.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.question)
        column.addWidget(view)
        listen(self, services.bus, PictureAllowanceChanged, self._on_allowance_changed)
        listen(self, services.bus, PicturesFetched, self._on_fetched)

    def show_notes(self, episode: Episode, notes: ShowNotes) -> None:
        """Show other notes, and their pictures once that is allowed for the podcast and they are here.

        An outline in them is folded, because the chapters stand beside it.
        """
        if notes.pictures != self._addresses:
            self._pictures.forget()
        self._podcast, self._addresses = episode.podcast, notes.pictures
        self._view.show_notes(notes, folds=self._services.chapters.chosen(episode.id) is not None)
        self._read()

    def _read(self) -> None:
        if self._podcast is None:
            return
        pictures = self._services.web_pictures
        allowance = pictures.allowance(self._podcast)
        if self._addresses and allowance:
            pictures.ask_for(self._addresses)
        self._pictures.show_references(self._podcast, self._addresses)
        allow = partial(pictures.allow, self._podcast)
        self.chips.show_chips(
            Chip(self.tr("Show pictures"), partial(allow, is_allowed=True), self.tr("Of all episodes of this podcast")),
            Chip(self.tr("No"), partial(allow, is_allowed=False)),
        )
        self.question.setVisible(bool(self._addresses) and allowance is None)
        self._fill()

    def _fill(self) -> None:
        """Put what is decoded into the notes."""
        found = ((each, self._pictures.picture(each)) for each in self._addresses)
        self._view.show_pictures({address: image for address, image in found if image is not None})

    def _on_allowance_changed(self, fact: PictureAllowanceChanged) -> None:
        if fact.podcast == self._podcast:
            self._read()

    def _on_fetched(self, fact: PicturesFetched) -> None:
        if set(fact.urls) & set(self._addresses):
            self._read()
