"""The list in the Add podcast dialog from which one podcast is chosen: title, what else is known, whether it is there.

Must not know where the choices come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from player.ui.mirroring import draw_text, mirror
from player.ui.texts import join_facts
from player.ui.theme import colours
from player.ui.tiles import paint_tile
from player.ui.tool_tips import plain_tip
from player.ui.widgets import ThinScrollBar, sized

AnyIndex = QModelIndex | QPersistentModelIndex
_ChoiceRole = Qt.ItemDataRole.UserRole
_ROW_UNITS = 3.0
_ROWS_SHOWN = 5
_Right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Choice:
    """A podcast that may be meant. `mark` is a word at its right end: “Subscribed”, or nothing."""

    title: str
    detail: str
    url: str
    mark: str = ""


class PodcastChoices(QListWidget):
    """Shows choices, the first one chosen. `itemActivated` and `current` tell which."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(_ChoiceDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBar(ThinScrollBar())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setMinimumHeight(round(self.fontMetrics().height() * _ROW_UNITS) * _ROWS_SHOWN + 4)
        self.setAccessibleName(self.tr("Podcasts to choose from"))

    @property
    def current(self) -> Choice | None:
        """The one that is chosen, if any."""
        choice = self.currentIndex().data(_ChoiceRole)
        return choice if isinstance(choice, Choice) else None

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Show these in place of those before."""
        self.clear()
        for choice in choices:
            item = QListWidgetItem(choice.title)
            item.setData(_ChoiceRole, choice)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, join_facts(choice.title, choice.detail, choice.mark))
            item.setToolTip(plain_tip(choice.url))
            self.addItem(item)
        self.setCurrentRow(0)

    def step(self, rows: int) -> None:
        """Move the choice up or down."""
        self.setCurrentRow(min(max(self.currentRow() + rows, 0), self.count() - 1))


class _ChoiceDelegate(QStyledItemDelegate):
    """Two lines beside a tile."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """All rows are alike."""
        del index
        return QSize(200, round(option.fontMetrics.height() * _ROW_UNITS))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the row."""
        choice: Choice = index.data(_ChoiceRole)
        shades = colours(option.palette)
        area = QRect(option.rect)
        unit = option.fontMetrics.height()
        painter.save()
        mirror(painter, area, option.direction)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(shades.edge)
            painter.setBrush(shades.accent_soft)
            painter.drawRoundedRect(QRectF(area).adjusted(0, 1, 0, -1), 6, 6)
        side = unit * 2.1
        square = QRectF(area.left() + unit * 0.5, area.top() + (area.height() - side) / 2, side, side)
        paint_tile(painter, square, choice.title, option.font)
        words = area.adjusted(round(unit * 3.2), 0, -unit // 2, 0)
        small = sized(option.font, 0.9)
        painter.setFont(small)
        painter.setPen(shades.accent)
        draw_text(painter, words, choice.mark, _Right)
        taken = painter.fontMetrics().horizontalAdvance(choice.mark)
        words.adjust(0, 0, -taken - unit if taken else 0, 0)
        first = QRect(words.left(), area.top() + (area.height() - round(unit * 2.15)) // 2, words.width(), unit)
        second = first.translated(0, round(unit * 1.15))
        for rect, font, colour, text in (
            (
                first if choice.detail else words,
                sized(option.font, 1.0, QFont.Weight.DemiBold),
                shades.text,
                choice.title,
            ),
            (second, small, shades.muted, choice.detail),
        ):
            painter.setFont(font)
            painter.setPen(colour)
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
            draw_text(painter, rect, cut)
        painter.restore()
