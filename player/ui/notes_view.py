"""The show notes: clean HTML to read, with times that jump and links that open in the browser.

Must not know services, and never loads anything from anywhere.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl, QUrlQuery, Signal
from PySide6.QtGui import QDesktopServices, QPalette, QResizeEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser

_OPENED = ("http", "https", "mailto")


class NotesView(QTextBrowser):
    """As high as its text, so that the page around it scrolls. `seek_asked(position)` when a time is clicked."""

    seek_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._html = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Show notes"))
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self.updateGeometry())
        self.anchorClicked.connect(self._on_link_clicked)

    def show_notes(self, html: str) -> None:
        """Show other notes."""
        self._html = html
        link = self.palette().color(QPalette.ColorRole.Link).name()
        self.document().setDefaultStyleSheet(
            f"a {{ color: {link}; text-decoration: none; }} p, ul, ol {{ margin-top: 0; margin-bottom: 0.8em; }}"
            " p, li { line-height: 135%; } h1, h2, h3, h4 { font-size: medium; margin-bottom: 0.5em; }"
        )
        self.setHtml(html)

    def changeEvent(self, event: Any) -> None:
        """Links take the colour of another palette."""
        super().changeEvent(event)
        if event.type() == event.Type.PaletteChange and self._html:
            self.show_notes(self._html)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing: pictures and style sheets of notes are not loaded, wherever they lie."""
        del kind, name
        return None

    def sizeHint(self) -> QSize:
        """The height of the text at the present width."""
        self.document().setTextWidth(max(80, self.viewport().width()))
        return QSize(200, round(self.document().size().height()) + 4)

    def minimumSizeHint(self) -> QSize:
        """As high as the text."""
        return QSize(80, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width takes another height."""
        super().resizeEvent(event)
        self.updateGeometry()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls, not the notes."""
        event.ignore()

    def _on_link_clicked(self, url: QUrl) -> None:
        if url.scheme() == "earmark":
            millis = QUrlQuery(url).queryItemValue("ms")
            if millis.isdecimal():
                self.seek_asked.emit(int(millis))
        elif url.scheme() in _OPENED:
            QDesktopServices.openUrl(url)
