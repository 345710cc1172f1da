"""Draws a row of the queue: its number, the podcast's tile, title and place, how long it takes, the download.

Must not know services: it is drawn as the episode list is.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from player.core.events import DownloadProgressed
from player.core.model import EpisodeId
from player.ui.artworks import Artworks
from player.ui.episode_delegate import EpisodeDelegate
from player.ui.mirroring import draw_text, mirror
from player.ui.queue_model import Row, RowRole
from player.ui.texts import join_facts
from player.ui.theme import Colours, colours
from player.ui.widgets import sized

AnyIndex = QModelIndex | QPersistentModelIndex
_LENGTH_FROM = 11
"""In a row with less room for words, in heights of a line of text, the length stands among the facts."""
_Right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class QueueDelegate(EpisodeDelegate):
    """Two lines of text between the tile and the length."""

    def __init__(
        self, parent: QWidget, progress: Callable[[EpisodeId], DownloadProgressed | None], artworks: Artworks
    ) -> None:
        super().__init__(parent, progress, artworks)
        self.has_tiles = True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the row."""
        row: Row = index.data(RowRole)
        shades = colours(option.palette)
        area = QRect(option.rect)
        unit = option.fontMetrics.height()
        painter.save()
        mirror(painter, area, option.direction)
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        self._paint_ground(painter, area, option, shades)
        self._paint_lead(painter, area, row.episode, option, shades)
        trail = round(unit * 3.4)
        slot = QRect(area.right() - trail, area.top(), trail - unit, area.height())
        self._paint_download(painter, slot, row.episode, option, shades)
        painter.setFont(sized(option.font, 0.8))
        painter.setPen(shades.faint)
        draw_text(painter, area.adjusted(0, 0, round(unit * 1.35) - area.width(), 0), str(index.row() + 1), _Right)
        words = area.adjusted(round(unit * 4.4), 0, -round(unit * 3.2), 0)
        self._paint_row(painter, words, row, option, shades)
        painter.restore()

    @staticmethod
    def _paint_row(painter: QPainter, area: QRect, row: Row, option: QStyleOptionViewItem, shades: Colours) -> None:
        unit = option.fontMetrics.height()
        small = sized(option.font, 0.9)
        top = area.top() + (area.height() - round(unit * 2.15)) // 2
        first = QRect(area.left(), top, area.width(), unit)
        second = first.translated(0, round(unit * 1.15))
        painter.setFont(small)
        painter.setPen(shades.muted)
        is_narrow = area.width() < unit * _LENGTH_FROM
        taken = 0 if is_narrow else painter.fontMetrics().horizontalAdvance(row.length_words)
        if not is_narrow:
            draw_text(painter, first, row.length_words, _Right)
        facts = join_facts(row.length_words, row.facts) if is_narrow else row.facts
        lines = (
            (
                first.adjusted(0, 0, -taken - unit if taken else 0, 0),
                sized(option.font, 1.0, QFont.Weight.DemiBold if row.is_next else QFont.Weight.Normal),
                shades.muted if row.problem else shades.text,
                row.title,
            ),
            (second, small, shades.accent if row.problem else shades.muted, row.problem or facts),
        )
        for rect, font, colour, text in lines:
            painter.setFont(font)
            painter.setPen(colour)
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
            draw_text(painter, rect, cut)
