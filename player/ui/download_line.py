"""The line under an episode's buttons that shows how its download goes.

Must not know how downloading works.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from player.core.events import DownloadProgressed
from player.core.model import Download, DownloadState, EpochMillis
from player.ui.mirroring import mirror
from player.ui.texts import shown
from player.ui.theme import colours
from player.ui.transfer_texts import transfer_words
from player.ui.widgets import WrappedLabel

_STEPS = 1000
_COUNT_EVERY_MS = 1000


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
        mirror(painter, self.rect(), self.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        rect = QRectF(self.rect())
        painter.setBrush(shades.track)
        painter.drawRoundedRect(rect, 2.5, 2.5)
        rect.setWidth(rect.width() * self.value() / _STEPS)
        painter.setBrush(shades.accent)
        painter.drawRoundedRect(rect, 2.5, 2.5)


class DownloadLine(QWidget):
    """Hidden unless a download waits, runs, pauses or has failed, or something is odd about one that is complete."""

    def __init__(self, now: Callable[[], EpochMillis]) -> None:
        super().__init__()
        self._now = now
        self._tell: Callable[[], str] = lambda: ""
        self._counting = QTimer(self)
        self._counting.setInterval(_COUNT_EVERY_MS)
        self.bar = ThinProgress()
        self.bar.setAccessibleName(self.tr("Download"))
        self.words = WrappedLabel(factor=0.9, role=QPalette.ColorRole.PlaceholderText)
        self._counting.timeout.connect(lambda: self.words.setText(self._tell()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        column.addWidget(self.bar)
        column.addWidget(self.words)

    def show_download(
        self,
        download: Download,
        progress: DownloadProgressed | None,
        again_at: EpochMillis | None = None,
        *,
        is_held: bool = False,
    ) -> None:
        """Show bytes, rate and time left, or why nothing comes; `again_at` is when it is tried again."""
        received = progress.received if progress else download.received
        total = progress.total if progress else download.total
        self.bar.setValue(round(received / total * _STEPS) if total else 0)

        def tell() -> str:
            again_in = None if again_at is None else again_at - self._now()
            return transfer_words(download, progress, again_in=again_in, is_held=is_held)

        self._tell = tell
        self.words.setText(tell())
        if again_at is None:
            self._counting.stop()
        else:
            self._counting.start()
        is_whole = download.state is DownloadState.COMPLETE
        if is_whole:
            self.words.setText(shown(download.problem or ""))
        self.bar.setVisible(not is_whole)
        self.setVisible(download.state is not DownloadState.NONE and not (is_whole and not download.problem))
