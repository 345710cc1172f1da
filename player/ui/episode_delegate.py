"""Draws a row of the episode list: title, facts, and how far it is downloaded and heard.

Must not know services: the list tells it what plays and how downloads go.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from player.core.events import DownloadProgressed
from player.core.model import DownloadState, Episode, EpisodeId
from player.ui.artworks import Artworks
from player.ui.episode_model import EpisodeRole, FactsRole
from player.ui.icons import paint_icon
from player.ui.mirroring import draw_text, mirror
from player.ui.texts import join_facts, percent_text, title_text
from player.ui.theme import Colours, colours
from player.ui.tiles import paint_tile
from player.ui.widgets import sized

AnyIndex = QModelIndex | QPersistentModelIndex

_SHOWN_AS_PART = (DownloadState.RUNNING, DownloadState.WAITING, DownloadState.PAUSED)
_PERCENT_ROOM = 1.8
"""So much more room, in heights of a line, takes a download of which the row says how much is there."""


class EpisodeDelegate(QStyledItemDelegate):
    """Two lines of text between a mark (or a tile) and the state of the download."""

    def __init__(
        self, parent: QWidget, progress: Callable[[EpisodeId], DownloadProgressed | None], artworks: Artworks
    ) -> None:
        super().__init__(parent)
        self._artworks = artworks
        self._progress = progress
        self.has_tiles = False
        self.playing: EpisodeId | None = None

    @staticmethod
    def row_height(unit: int) -> int:
        """The height of every row, from the height of a line of text."""
        return round(unit * 3.3)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """All rows are alike."""
        del index
        return QSize(200, self.row_height(option.fontMetrics.height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the row."""
        episode: Episode | None = index.data(EpisodeRole)
        shades = colours(option.palette)
        area = QRect(option.rect)
        painter.save()
        mirror(painter, area, option.direction)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, area, option, shades)
        if episode is not None:
            unit = option.fontMetrics.height()
            lead = round(unit * (4.4 if self.has_tiles else 3.1))
            trail = round(unit * 3.4)
            self._paint_lead(painter, area, episode, option, shades)
            counts = _PERCENT_ROOM if episode.download.state in _SHOWN_AS_PART else 0
            words = area.adjusted(lead, 0, -trail - round(unit * counts), 0)
            self._paint_words(painter, words, episode, str(index.data(FactsRole)), option, shades)
            slot = QRect(area.right() - trail, area.top(), trail - unit, area.height())
            self._paint_download(painter, slot, episode, option, shades)
        painter.restore()

    @staticmethod
    def _paint_ground(painter: QPainter, area: QRect, option: QStyleOptionViewItem, shades: Colours) -> None:
        inside = QRectF(area).adjusted(8, 1, -8, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(shades.edge)
            painter.setBrush(shades.accent_soft)
            painter.drawRoundedRect(inside, 8, 8)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(shades.hover)
            painter.drawRoundedRect(inside, 8, 8)

    def _paint_lead(
        self, painter: QPainter, area: QRect, episode: Episode, option: QStyleOptionViewItem, shades: Colours
    ) -> None:
        unit = option.fontMetrics.height()
        if self.has_tiles:
            side = unit * 2
            square = QRectF(area.left() + unit * 1.7, area.top() + (area.height() - side) / 2, side, side)
            artwork = self._artworks.image(episode.podcast, painter, square)
            paint_tile(painter, square, episode.podcast_title, option.font, artwork)
            return
        side = round(unit * 0.95)
        square = QRectF(area.left() + unit * 1.7, area.top() + (area.height() - side) / 2, side, side)
        if episode.id == self.playing:
            paint_icon(painter, "sound", square, shades.accent)
        elif episode.is_played:
            paint_icon(painter, "check", square, shades.good)
        elif episode.position and episode.duration:
            _paint_ring(painter, square.adjusted(1, 1, -1, -1), episode.position / episode.duration, shades)
        else:
            paint_icon(painter, "dot", square.adjusted(2, 2, -2, -2), shades.accent)

    def _paint_words(
        self,
        painter: QPainter,
        area: QRect,
        episode: Episode,
        facts: str,
        option: QStyleOptionViewItem,
        shades: Colours,
    ) -> None:
        small = sized(option.font, 0.9)
        is_new = not episode.is_played and not episode.position
        strong = QFont.Weight.DemiBold if is_new or episode.id == self.playing else QFont.Weight.Normal
        lines = (
            (
                sized(option.font, 1.0, strong),
                shades.muted if episode.is_played else shades.text,
                title_text(episode.title),
            ),
            (small, shades.muted, self._facts(episode, facts)),
        )
        unit = option.fontMetrics.height()
        top = area.top() + (area.height() - round(unit * 2.15)) // 2
        for number, (font, colour, text) in enumerate(lines):
            painter.setFont(font)
            painter.setPen(colour)
            rect = QRect(area.left(), top + round(number * unit * 1.15), area.width(), unit)
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            draw_text(painter, rect, cut)

    def _facts(self, episode: Episode, facts: str) -> str:
        podcast = episode.podcast_title if self.has_tiles else ""
        played = self.tr("played") if episode.is_played and self.has_tiles else ""
        return join_facts(podcast, facts, played)

    def _paint_download(
        self, painter: QPainter, slot: QRect, episode: Episode, option: QStyleOptionViewItem, shades: Colours
    ) -> None:
        unit = option.fontMetrics.height()
        side = round(unit * 0.95)
        square = QRectF(slot.right() - side, slot.center().y() - side / 2, side, side)
        match episode.download.state:
            case DownloadState.COMPLETE:
                paint_icon(painter, "downloaded", square, shades.faint)
            case DownloadState.FAILED:
                paint_icon(painter, "warning", square, shades.accent)
            case state if state in _SHOWN_AS_PART:
                self._paint_progress(painter, slot, square, episode, option, shades)
            case _:
                pass

    def _paint_progress(
        self,
        painter: QPainter,
        slot: QRect,
        square: QRectF,
        episode: Episode,
        option: QStyleOptionViewItem,
        shades: Colours,
    ) -> None:
        progress = self._progress(episode.id)
        received = progress.received if progress else episode.download.received
        total = progress.total if progress else episode.download.total
        is_paused = episode.download.state is DownloadState.PAUSED
        _paint_ring(painter, square, received / total if total else 0.0, shades, is_faint=is_paused)
        painter.setFont(sized(option.font, 0.82))
        painter.setPen(shades.muted)
        text = self.tr("paused") if is_paused else percent_text(received, total)
        area = QRect(
            slot.left() - slot.width(), slot.top(), slot.width() * 2 - round(square.width() * 1.35), slot.height()
        )
        draw_text(painter, area, text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


def _paint_ring(painter: QPainter, square: QRectF, part: float, shades: Colours, *, is_faint: bool = False) -> None:
    """A ring that is closed as far as `part` (0.0 to 1.0) says."""
    pen = QPen(shades.track, 2.2)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    inside = square.adjusted(1.5, 1.5, -1.5, -1.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawEllipse(inside)
    pen.setColor(shades.faint if is_faint else shades.accent)
    painter.setPen(pen)
    painter.drawArc(inside, 90 * 16, -round(min(1.0, part) * 360 * 16))
