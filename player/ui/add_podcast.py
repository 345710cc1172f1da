"""The dialog that takes a feed address. It stays, with what was typed, until the podcast is there.

Must not know how a feed is fetched.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from player.app.compose import Services
from player.app.sentences import sentence
from player.core.errors import KnownError
from player.core.model import PodcastId
from player.ui.buttons import FlatButton, Look
from player.ui.widgets import WrappedLabel


def looks_like_address(text: str) -> bool:
    """Whether a text is one web or feed address."""
    words = text.strip().split()
    schemes = ("http://", "https://", "feed://", "feed:", "podcast://", "pcast://", "itpc://")
    return len(words) == 1 and words[0].casefold().startswith(schemes)


class AddPodcast(QDialog):
    """Asks for an address. `podcast_added(PodcastId)` once it is in the library; then the dialog closes."""

    podcast_added = Signal(object)

    def __init__(self, services: Services, parent: QWidget, address: str = "") -> None:
        super().__init__(parent)
        self._services = services
        self.setWindowTitle(self.tr("Add podcast"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        unit = self.fontMetrics().height()
        heading = WrappedLabel(factor=1.25, weight=QFont.Weight.Bold)
        heading.setText(self.tr("Add podcast"))
        hint = WrappedLabel(role=QPalette.ColorRole.PlaceholderText)
        hint.setText(self.tr("Paste the address of the podcast's feed. Its page usually links to it as “RSS”."))
        self.address = QLineEdit()
        self.address.setPlaceholderText("https://")
        self.address.setAccessibleName(self.tr("Feed address"))
        self.address.setMinimumHeight(round(unit * 1.9))
        self.address.textChanged.connect(lambda _: self._show_ready())
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedHeight(4)
        self.busy.setAccessibleName(self.tr("Fetching the feed"))
        self.problem = WrappedLabel(role=QPalette.ColorRole.Accent)
        self.problem.setMinimumHeight(round(unit * 2.4))
        self.problem.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.cancel = FlatButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.add = FlatButton(self.tr("Add"), "add", Look.PRIMARY)
        self.add.setDefault(True)
        self.add.clicked.connect(self._on_add_clicked)

        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(unit * 2, round(unit * 1.5), unit * 2, round(unit * 1.2))
        column.setSpacing(unit // 2)
        for widget in (heading, hint, self.address, self.busy, self.problem):
            column.addWidget(widget)
        column.addStretch()
        column.addLayout(buttons)
        self.resize(unit * 32, self.sizeHint().height() + unit)
        self._show_busy(is_busy=False)
        self.address.setText(address or _address_on_clipboard())
        self.address.selectAll()
        self._show_ready()

    def start(self) -> None:
        """Fetch the feed of the address in the field."""
        self._on_add_clicked()

    def _show_ready(self) -> None:
        self.add.setEnabled(bool(self.address.text().strip()) and self.address.isEnabled())

    def _show_busy(self, *, is_busy: bool) -> None:
        policy = self.busy.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.busy.setSizePolicy(policy)
        self.busy.setVisible(is_busy)
        self.address.setEnabled(not is_busy)
        self._show_ready()

    def _on_add_clicked(self) -> None:
        address = self.address.text().strip()
        if not address:
            return
        self.problem.setText("")
        self._show_busy(is_busy=True)
        future = self._services.subscriptions.add(address)
        self._services.jobs.when_done(future, self._on_added, self._on_failed)

    def _on_added(self, podcast: PodcastId) -> None:
        if isValid(self):  # the listener may have closed it meanwhile
            self.podcast_added.emit(podcast)
            self.accept()

    def _on_failed(self, error: KnownError) -> None:
        if isValid(self):  # the listener may have closed it meanwhile
            self._show_busy(is_busy=False)
            self.problem.setText(sentence(error))
            self.address.setFocus()


def _address_on_clipboard() -> str:
    text = QGuiApplication.clipboard().text()
    return text.strip() if looks_like_address(text) else ""
