"""The line under an episode's buttons that shows how its download goes.

Must not know how downloading works.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from player.core.events import DownloadProgressed
from player.core.model import Download, DownloadState
from player.ui.texts import join_facts, left_text, percent_text, progress_text, rate_text
from player.ui.theme import colours
from player.ui.widgets import WrappedLabel

_STEPS = 1000


class ThinProgress(QProgressBar):
    """A progress bar of a few pixels."""

    def __init__(self) -> None:
        super().__init__()
        self.setRange(0, _STEPS)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Wide and thin."""
        return QSize(200, 5)

    def minimumSizeHint(self) -> QSize:
        """Thin."""
        return QSize(40, 5)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the track and what is done of it."""
        del event
        shades = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        rect = QRectF(self.rect())
        painter.setBrush(shades.track)
        painter.drawRoundedRect(rect, 2.5, 2.5)
        rect.setWidth(rect.width() * self.value() / _STEPS)
        painter.setBrush(shades.accent)
        painter.drawRoundedRect(rect, 2.5, 2.5)


class DownloadLine(QWidget):
    """Hidden unless a download waits, runs, pauses or has failed."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = ThinProgress()
        self.bar.setAccessibleName(self.tr("Download"))
        self.words = WrappedLabel(factor=0.9, role=QPalette.ColorRole.PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        column.addWidget(self.bar)
        column.addWidget(self.words)

    def show_download(self, download: Download, progress: DownloadProgressed | None) -> None:
        """Show bytes, rate and time left, or why nothing comes."""
        received = progress.received if progress else download.received
        total = progress.total if progress else download.total
        self.bar.setValue(round(received / total * _STEPS) if total else 0)
        amount = join_facts(percent_text(received, total), progress_text(received, total))
        match download.state:
            case DownloadState.RUNNING:
                rate = rate_text(progress.rate) if progress and progress.rate else ""
                left = left_text(progress.left) if progress and progress.left is not None else ""
                self.words.setText(join_facts(amount if received else self.tr("Connecting…"), rate, left))
            case DownloadState.WAITING:
                self.words.setText(self.tr("Waits for other downloads"))
            case DownloadState.PAUSED:
                self.words.setText(join_facts(self.tr("Paused"), amount))
            case DownloadState.FAILED:
                self.words.setText(download.problem or self.tr("The download failed"))
            case _:
                self.words.setText("")
        self.setVisible(download.state not in (DownloadState.NONE, DownloadState.COMPLETE))
