"""The show notes: clean HTML to read, with times that jump, links that open in the browser, and an outline that folds.

Must not know services, and never loads anything from anywhere: pictures are given to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl, QUrlQuery, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QImage,
    QPalette,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser

from player.core.character_references import unescaped
from player.core.show_notes import ShowNotes

_FOLD, _UNFOLD = "earmark:fold", "earmark:unfold"
_OPENED = ("http", "https", "mailto")
_PICTURE = re.compile(r'<img src="([^"]*)">')
_GIVEN = "earmark:picture"
_STANDS_FOR_A_PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
_PARAGRAPH_ENDS = "\N{PARAGRAPH SEPARATOR}"
_HIGHEST = 480
"""Pixels: a picture is not to push all text out of sight."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Some of the `words` of the notes, from `first` up to `behind`."""

    words: str
    first: int
    behind: int
    is_backwards: bool


class NotesView(QTextBrowser):
    """As high as its text, so that the page around it scrolls. `seek_asked(position)` when a time is clicked."""

    seek_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._notes = ShowNotes("")
        self._folds = False
        self._is_folded = False
        self._pictures: dict[str, QImage] = {}
        self._placed: list[QImage] = []
        self._width = 0
        # Paragraphs run as their words do; where the view itself ran from right to left, Qt would scroll it sideways.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
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

    def show_notes(self, notes: ShowNotes, *, folds: bool) -> None:
        """Show other notes; with `folds`, an outline in them is folded until the listener wants to see it."""
        if notes != self._notes or folds != self._folds:
            self._is_folded = folds
            self._notes, self._folds = notes, folds
            self._write()

    def show_pictures(self, pictures: Mapping[str, QImage]) -> None:
        """Show these pictures, by their addresses, where the notes have them, and no other ones."""
        if self._pictures.keys() != pictures.keys() or any(
            image.cacheKey() != self._pictures[address].cacheKey() for address, image in pictures.items()
        ):
            self._pictures = dict(pictures)
            self._write()

    def _write(self) -> None:
        """Write the whole document anew; what was chosen of its words still is."""
        chosen = self._chosen()
        self._width = self.viewport().width()
        self._placed.clear()
        link = self.palette().color(QPalette.ColorRole.Link).name()
        self.document().setDefaultStyleSheet(
            f"a {{ color: {link}; text-decoration: none; }} p, ul, ol {{ margin-top: 0; margin-bottom: 0.8em; }}"
            " p, li { line-height: 135%; } h1, h2, h3, h4 { font-size: medium; margin-bottom: 0.5em; }"
        )
        self.setHtml(_PICTURE.sub(self._placed_picture, self._html()))
        if self._placed:
            self._tighten()
        self._select(chosen)

    def _chosen(self) -> _Chosen | None:
        """Which of the words are chosen by the listener, or are the link that has the focus."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        words, places = _words(self.document())
        first = bisect_left(places, cursor.selectionStart())
        behind = bisect_left(places, cursor.selectionEnd())
        return _Chosen(words, first, behind, cursor.position() < cursor.anchor()) if first < behind else None

    def _select(self, chosen: _Chosen | None) -> None:
        """Choose them again, where the words are the same as then."""
        if chosen is None:
            return
        words, places = _words(self.document())
        if words == chosen.words:
            last = chosen.behind - 1
            ends = places[chosen.first], places[last] + _units(words[last])
            cursor = self.textCursor()
            cursor.setPosition(ends[chosen.is_backwards])
            cursor.setPosition(ends[not chosen.is_backwards], QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
            # Qt brings it into view while the view is not as high yet as its text is now.
            self.verticalScrollBar().setValue(0)

    def _fit_pictures(self) -> None:
        """Give them the width that there is now; all else stays as it is."""
        self._width = self.viewport().width()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for place, form in list(_picture_forms(self.document())):
            image = self._given(QUrl(form.name()))
            if image is not None:
                form.setWidth(self._room_for(image))
                cursor.setPosition(place)
                cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(form)
        cursor.endEditBlock()

    def _tighten(self) -> None:
        """Where a picture stands, lines are as high as it is: a part more of that would be a hole below it."""
        block = self.document().begin()
        while block.isValid():
            if _STANDS_FOR_A_PICTURE in block.text():
                form = block.blockFormat()
                form.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
                QTextCursor(block).setBlockFormat(form)
            block = block.next()

    def _placed_picture(self, found: re.Match[str]) -> str:
        """The element of a picture that is there, as wide as there is room for; nothing in the place of others."""
        image = self._pictures.get(unescaped(found[1]))
        if image is None or not image.height():
            return ""
        # Qt keeps what it has loaded by its name, so each time there are new ones.
        self._placed.append(image)
        name = f"{_GIVEN}?place={len(self._placed) - 1}&amp;image={image.cacheKey()}"
        return f'<img src="{name}" width="{self._room_for(image)}">'

    def _room_for(self, image: QImage) -> int:
        """How wide it is shown, in pixels."""
        return max(1, min(image.width(), self._width, _HIGHEST * image.width() // image.height()))

    def _given(self, url: QUrl) -> QImage | None:
        """The picture that we have put into the notes under this name."""
        place = QUrlQuery(url).queryItemValue("place")
        is_given = url.toString().startswith(f"{_GIVEN}?") and place.isdecimal() and int(place) < len(self._placed)
        return self._placed[int(place)] if is_given else None

    def _html(self) -> str:
        if not self._folds:
            return self._notes.html
        if self._is_folded:
            words = self.tr("Outline, %n lines", None, self._notes.lines)
            link = self.tr("show")
            return self._notes.folded(f'<p>{words} – <a href="{_UNFOLD}">{link}</a></p>')
        link = self.tr("Fold the outline")
        return self._notes.unfolded(f'<p><a href="{_FOLD}">{link}</a></p>')

    def changeEvent(self, event: Any) -> None:
        """Links take the colour of another palette."""
        super().changeEvent(event)
        if event.type() == event.Type.PaletteChange and self._notes.html:
            self._write()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """What was given; else nothing: pictures and style sheets of notes are not loaded, wherever they lie."""
        return self._given(QUrl(name)) if kind == QTextDocument.ResourceType.ImageResource.value else None

    def sizeHint(self) -> QSize:
        """The height of the text at the present width."""
        self.document().setTextWidth(max(80, self.viewport().width()))
        return QSize(200, round(self.document().size().height()) + 4)

    def minimumSizeHint(self) -> QSize:
        """As high as the text."""
        return QSize(80, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width takes another height, and of pictures another width."""
        super().resizeEvent(event)
        if self._placed and self.viewport().width() != self._width:
            self._fit_pictures()
        self.updateGeometry()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls, not the notes."""
        event.ignore()

    def _on_link_clicked(self, url: QUrl) -> None:
        if url.toString() in (_FOLD, _UNFOLD):
            self._is_folded = url.toString() == _FOLD
            self._write()
        elif url.scheme() == "earmark":
            millis = QUrlQuery(url).queryItemValue("ms")
            if millis.isdecimal():
                self.seek_asked.emit(int(millis))
        elif url.scheme() in _OPENED:
            QDesktopServices.openUrl(url)


def _words(document: QTextDocument) -> tuple[str, list[int]]:
    """All that is read, and the place of each character of it in the document, which Qt counts in units of UTF-16.

    Without pictures, and without ends of paragraphs: one with nothing but a picture is there only when that is.
    """
    words, places, place = [], [], 0
    for character in document.toRawText():
        if character not in (_STANDS_FOR_A_PICTURE, _PARAGRAPH_ENDS):
            words.append(character)
            places.append(place)
        place += _units(character)
    return "".join(words), places


def _units(character: str) -> int:
    """How many places in a document it takes."""
    return 2 if character > "\uffff" else 1


def _picture_forms(document: QTextDocument) -> Iterator[tuple[int, QTextImageFormat]]:
    """Where in the document pictures stand, and how."""
    block = document.begin()
    while block.isValid():
        part = block.begin()
        while not part.atEnd():
            form = part.fragment().charFormat()
            if form.isImageFormat():
                yield part.fragment().position(), form.toImageFormat()
            part += 1
        block = block.next()
