"""Draws a download that is not finished: tile, title, a bar, how it stands, and two things to press.

Must not know services: the model words it, the view tells how far it is.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from player.core.events import DownloadProgressed
from player.core.model import DownloadState, Episode, EpisodeId
from player.ui.artworks import Artworks
from player.ui.episode_model import EpisodeRole
from player.ui.icons import paint_icon
from player.ui.mirroring import draw_text, leading_point, mirror
from player.ui.texts import join_facts, title_text
from player.ui.theme import Colours, colours
from player.ui.tiles import paint_tile
from player.ui.transfer_model import WordsRole
from player.ui.widgets import sized

AnyIndex = QModelIndex | QPersistentModelIndex
_BAR = 4


class TransferDelegate(QStyledItemDelegate):
    """Three lines: title and podcast, the bar, the words."""

    def __init__(
        self, parent: QWidget, progress: Callable[[EpisodeId], DownloadProgressed | None], artworks: Artworks
    ) -> None:
        super().__init__(parent)
        self._artworks = artworks
        self._progress = progress
        self.pointer: QPoint | None = None
        """Where the mouse is over the rows."""

    @staticmethod
    def row_height(unit: int) -> int:
        """The height of every row, from the height of a line of text."""
        return round(unit * 3.7)

    @staticmethod
    def slots(area: QRect, unit: int) -> tuple[QRect, QRect]:
        """Where a row is pressed to pause it or go on, and to cancel it."""
        side = round(unit * 1.7)
        top = area.top() + (area.height() - side) // 2
        cancel = QRect(area.right() - round(unit * 1.2) - side, top, side, side)
        return cancel.translated(-side - unit // 4, 0), cancel

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """All rows are alike."""
        del index
        return QSize(200, self.row_height(option.fontMetrics.height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the row."""
        episode: Episode = index.data(EpisodeRole)
        shades = colours(option.palette)
        area, unit = QRect(option.rect), option.fontMetrics.height()
        painter.save()
        mirror(painter, area, option.direction)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(shades.edge if is_chosen else Qt.PenStyle.NoPen)
            painter.setBrush(shades.accent_soft if is_chosen else shades.hover)
            painter.drawRoundedRect(QRectF(area).adjusted(8, 1, -8, -1), 8, 8)
        side = unit * 2
        tile = QRectF(area.left() + unit * 1.7, area.top() + (area.height() - side) / 2, side, side)
        artwork = self._artworks.image(episode.podcast, painter, tile)
        paint_tile(painter, tile, episode.podcast_title, option.font, artwork)
        toggle, cancel = self.slots(area, unit)
        at = leading_point(self.pointer, area, painter.layoutDirection()) if self.pointer is not None else None
        _paint_button(painter, toggle, _toggle_icon(episode), shades, is_hot=at is not None and toggle.contains(at))
        _paint_button(painter, cancel, "close", shades, is_hot=at is not None and cancel.contains(at))
        # As in the list of the finished ones below.
        left = area.left() + round(unit * 4.4)
        words = QRect(left, area.top() + round(unit * 0.35), toggle.left() - left - unit // 2, area.height())
        self._paint_words(painter, words, episode, str(index.data(WordsRole)), option, shades)
        painter.restore()

    def _paint_words(
        self,
        painter: QPainter,
        area: QRect,
        episode: Episode,
        words: str,
        option: QStyleOptionViewItem,
        shades: Colours,
    ) -> None:
        unit = option.fontMetrics.height()
        download, progress = episode.download, self._progress(episode.id)
        has_failed = download.state is DownloadState.FAILED
        title = QRect(area.left(), area.top(), area.width(), unit)
        _paint_line(
            painter, title, title_text(episode.title), sized(option.font, 1.0, QFont.Weight.Medium), shades.text
        )
        received = progress.received if progress else download.received
        total = progress.total if progress else download.total
        track = QRectF(area.left(), area.top() + unit * 1.28, area.width(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shades.track)
        painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
        if total and received:
            part = min(1.0, received / total)
            is_moving = download.state is DownloadState.RUNNING
            painter.setBrush(shades.accent if is_moving or has_failed else shades.track_strong)
            painter.drawRoundedRect(
                QRectF(track.left(), track.top(), max(_BAR, track.width() * part), _BAR), _BAR / 2, _BAR / 2
            )
        small = sized(option.font, 0.9)
        line = QRect(area.left(), area.top() + round(unit * 1.72), area.width(), unit)
        if has_failed:
            mark = QRectF(line.left(), line.top() + unit * 0.1, unit * 0.85, unit * 0.85)
            paint_icon(painter, "warning", mark, shades.accent)
            line.setLeft(line.left() + round(unit * 1.2))
        facts = words if has_failed else join_facts(words, episode.podcast_title)
        # Of a failure both ends tell most: who it was, and what one can do.
        mode = Qt.TextElideMode.ElideMiddle if has_failed else Qt.TextElideMode.ElideRight
        _paint_line(painter, line, facts, small, shades.accent if has_failed else shades.muted, mode)


def _paint_button(painter: QPainter, slot: QRect, icon: str, shades: Colours, *, is_hot: bool) -> None:
    if is_hot:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shades.track)
        painter.drawRoundedRect(QRectF(slot), 6, 6)
    inset = slot.width() * 0.24
    square = QRectF(slot).adjusted(inset, inset, -inset, -inset)
    paint_icon(painter, icon, square, shades.text if is_hot else shades.muted)


def _paint_line(
    painter: QPainter,
    area: QRect,
    text: str,
    font: QFont,
    colour: QColor,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    draw_text(painter, area, painter.fontMetrics().elidedText(text, mode, area.width()))


def _toggle_icon(episode: Episode) -> str:
    if episode.download.state is DownloadState.FAILED:
        return "refresh"
    return "play" if episode.download.state is DownloadState.PAUSED else "pause"
