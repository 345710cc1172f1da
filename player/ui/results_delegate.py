"""Draws a row of the search's results: a tile or a play button, the title with the words marked, where it belongs.

Must not know services: the view tells it what plays.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from player.core.model import EpisodeId, Millis
from player.ui.artworks import Artworks
from player.ui.icons import paint_icon
from player.ui.marked_text import paint_marked
from player.ui.mirroring import draw_text, leading_point, mirror
from player.ui.results_model import Row, RowRole
from player.ui.theme import Colours, colours
from player.ui.tiles import paint_tile
from player.ui.widgets import sized

AnyIndex = QModelIndex | QPersistentModelIndex
_LEFT = 1.7
_LEAD = 2.0
_TEXT = 4.4
_Right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class ResultsDelegate(QStyledItemDelegate):
    """Two lines of text behind a tile, or behind a play button for a place; names of groups; what leads to more."""

    def __init__(self, parent: QWidget, artworks: Artworks | None = None) -> None:
        """Without `artworks` podcasts have their tiles only."""
        super().__init__(parent)
        self._artworks = artworks
        self.playing: tuple[EpisodeId, Millis] | None = None
        self.pointer: QPoint | None = None
        """Where the mouse is in the view."""

    @staticmethod
    def row_height(unit: int) -> int:
        """The height of a hit's row, from the height of a line of text."""
        return round(unit * 3.3)

    @staticmethod
    def other_height(unit: int) -> int:
        """The height of all other rows."""
        return round(unit * 2.3)

    @staticmethod
    def play_button(area: QRect, unit: int) -> QRectF:
        """Where the play button of a row stands."""
        side = unit * _LEAD
        return QRectF(area.left() + unit * _LEFT, area.top() + (area.height() - side) / 2, side, side)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Hits are higher than what is between them."""
        row: Row = index.data(RowRole)
        unit = option.fontMetrics.height()
        return QSize(200, self.other_height(unit) if row.hit is None else self.row_height(unit))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the row."""
        row: Row = index.data(RowRole)
        shades = colours(option.palette)
        area = QRect(option.rect)
        painter.save()
        mirror(painter, area, option.direction)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.hit is None and not row.is_more:
            self._paint_name(painter, area, row, option, shades)
        else:
            self._paint_ground(painter, area, option, shades)
            if row.is_more:
                self._paint_more(painter, area, row, option, shades)
            else:
                self._paint_lead(painter, area, row, option, shades)
                self._paint_words(painter, area, row, option, shades)
        painter.restore()

    @staticmethod
    def _paint_name(painter: QPainter, area: QRect, row: Row, option: QStyleOptionViewItem, shades: Colours) -> None:
        unit = option.fontMetrics.height()
        painter.setFont(sized(option.font, 0.78, QFont.Weight.DemiBold))
        painter.setPen(shades.muted)
        inside = area.adjusted(round(unit * _LEFT), 0, 0, -round(unit * 0.4))
        draw_text(painter, inside, row.title.upper(), Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)

    @staticmethod
    def _paint_ground(painter: QPainter, area: QRect, option: QStyleOptionViewItem, shades: Colours) -> None:
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(shades.edge if is_chosen else Qt.PenStyle.NoPen)
            painter.setBrush(shades.accent_soft if is_chosen else shades.hover)
            painter.drawRoundedRect(QRectF(area).adjusted(8, 1, -8, -1), 8, 8)

    @staticmethod
    def _paint_more(painter: QPainter, area: QRect, row: Row, option: QStyleOptionViewItem, shades: Colours) -> None:
        painter.setFont(sized(option.font, 0.94, QFont.Weight.Medium))
        painter.setPen(shades.accent)
        draw_text(painter, area.adjusted(round(option.fontMetrics.height() * _TEXT), 0, 0, 0), f"{row.title} ›")

    def _paint_lead(
        self, painter: QPainter, area: QRect, row: Row, option: QStyleOptionViewItem, shades: Colours
    ) -> None:
        assert row.hit is not None
        square = self.play_button(area, option.fontMetrics.height())
        if not row.is_played:
            artwork = self._artworks.image(row.hit.podcast, painter, square) if self._artworks else None
            paint_tile(painter, square, row.hit.podcast_title, option.font, artwork)
            return
        at = leading_point(self.pointer, area, painter.layoutDirection()) if self.pointer is not None else None
        is_hot = at is not None and square.contains(at)
        circle = square.adjusted(1, 1, -1, -1)
        painter.setPen(QPen(shades.accent if is_hot else shades.track_strong, 1.4))
        painter.setBrush(shades.accent if is_hot else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        is_playing = self.playing == (row.hit.episode, row.hit.start)
        inside = circle.width() * 0.28
        symbol = circle.adjusted(inside, inside, -inside, -inside)
        if not is_playing:
            # The middle of a triangle is nearer to its back.
            symbol.translate(symbol.width() * 0.08, 0)
        colour = shades.on_accent if is_hot else shades.accent
        paint_icon(painter, "sound" if is_playing else "play", symbol, colour)

    @staticmethod
    def _paint_words(painter: QPainter, area: QRect, row: Row, option: QStyleOptionViewItem, shades: Colours) -> None:
        assert row.hit is not None
        unit = option.fontMetrics.height()
        words = area.adjusted(round(unit * _TEXT), 0, -round(unit * 1.4), 0)
        top = area.top() + (area.height() - round(unit * 2.15)) // 2
        first = QRect(words.left(), top, words.width(), unit)
        second = first.translated(0, round(unit * 1.15))
        small = sized(option.font, 0.9)
        painter.setFont(small)
        painter.setPen(shades.muted)
        taken = painter.fontMetrics().horizontalAdvance(row.start) + unit if row.start else 0
        draw_text(painter, first, row.start, _Right)
        facts = painter.fontMetrics().elidedText(row.facts, Qt.TextElideMode.ElideRight, second.width())
        draw_text(painter, second, facts)
        painter.setPen(shades.text)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = None if is_chosen else shades.accent_soft
        paint_marked(painter, first, row.title, row.hit.spans, option.font, first.width() - taken, ground)
