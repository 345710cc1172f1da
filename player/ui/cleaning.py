"""The dialog that shows what a clean-up would remove before it does.

Must not know which downloads these are, nor how they are removed.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from player.app.compose import Services
from player.app.keeping import Removal
from player.core.keeping import Keep, KeepKind
from player.ui.buttons import FlatButton, Look
from player.ui.dialog_frame import DialogFrame, RestList
from player.ui.setting_fields import Choices, Number, Section
from player.ui.texts import files_text, join_facts, size_text, title_text
from player.ui.widgets import ThinScrollBar, WrappedLabel

_WIDTH, _HEIGHT = 34, 30
_LEAST_FILES = 6
"""In heights of a line of text."""
_PLAYED, _NEWEST, _TOTAL = "played", "newest", "total"
_GIGABYTE = 1_000_000_000
_MOST_SHOWN = 200
"""So many files are listed; of more, how many they are."""


class Cleaning(QDialog):
    """A rule for all podcasts, and the files that it would remove now."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self._services = services
        self._trial = services.keeping.trial()
        self._removal = Removal((), 0)
        self.setWindowTitle(self.tr("Clean up downloads"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.rule = Choices(
            self.tr("Remove"),
            (
                (_PLAYED, self.tr("What was played")),
                (_NEWEST, self.tr("All but the newest")),
                (_TOTAL, self.tr("What is too much")),
            ),
        )
        self.rule.choose(_PLAYED)
        self.days = Number(self.tr("Days since it was played"), 0, 999)
        self.count = Number(self.tr("How many stay of each podcast"), 1, 99, self.tr(" of each podcast"))
        self.count.setValue(3)
        self.total = Number(self.tr("How many gigabytes stay"), 1, 9999, self.tr(" GB stay"))
        self.total.setValue(10)
        self.files = RestList(_LEAST_FILES)
        self.files.setAccessibleName(self.tr("What would be removed"))
        self.files.setVerticalScrollBar(ThinScrollBar())
        self.files.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.summary = WrappedLabel(weight=QFont.Weight.DemiBold)
        self.cancel = FlatButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.remove = FlatButton(self.tr("Remove"), "remove", Look.PRIMARY)
        self.remove.clicked.connect(self._on_remove_clicked)
        self._lay_out()
        self.rule.changed.connect(self._show)
        for field in (self.days, self.count, self.total):
            field.valueChanged.connect(lambda _: self._show())
        self._show()

    def _lay_out(self) -> None:
        unit = self.fontMetrics().height()
        heading = WrappedLabel(factor=1.25, weight=QFont.Weight.Bold)
        heading.setText(self.tr("Clean up downloads"))
        section = Section("")
        section.add_row(self.tr("Remove"), self.rule)
        section.add_row("", self.days, self.count, self.total)
        safe = WrappedLabel(0.9, role=QPalette.ColorRole.PlaceholderText)
        safe.setText(
            self.tr("What plays, is queued or begun, what you chose to keep, and your own files stay in any case.")
        )
        frame = DialogFrame(self, (self.cancel, self.remove), spacing=0.7)
        column = frame.column
        for part in (heading, section, self.summary):
            column.addWidget(part)
        frame.column.addWidget(self.files, 1)
        column.addWidget(safe)
        frame.fit(unit * _WIDTH, unit * _HEIGHT, unit * _HEIGHT)

    @property
    def _meant(self) -> tuple[Keep, int]:
        match self.rule.key:
            case "played":
                return Keep(KeepKind.PLAYED, self.days.value()), 0
            case "newest":
                return Keep(KeepKind.NEWEST, self.count.value()), 0
        return Keep(), self.total.value() * _GIGABYTE

    def _show(self) -> None:
        """The files that would go, and how much that is."""
        key = self.rule.key
        self.days.setVisible(key == _PLAYED)
        self.days.setSuffix(self.tr(" day ago or longer") if self.days.value() == 1 else self.tr(" days ago or longer"))
        self.count.setVisible(key == _NEWEST)
        self.total.setVisible(key == _TOTAL)
        self._removal = self._trial.would_clean(*self._meant)
        self.files.clear()
        for each in self._services.library.episodes(self._removal.ids[:_MOST_SHOWN]):
            facts = join_facts(size_text(each.download.received), title_text(each.title), each.podcast_title)
            self.files.addItem(QListWidgetItem(facts))
        more = len(self._removal.ids) - self.files.count()
        if more:
            self.files.addItem(QListWidgetItem(self.tr("and %n more", None, more)))
        amount = join_facts(files_text(len(self._removal.ids)), size_text(self._removal.size))
        words = self.tr("Would remove {files}.").format(files=amount)
        self.summary.setText(words if self._removal.ids else self.tr("Would remove nothing."))
        self.remove.setEnabled(bool(self._removal.ids))

    def _on_remove_clicked(self) -> None:
        self._services.keeping.clean(self._removal.ids)
        self.accept()
