"""The podcasts that were listened to, in a table that any column sorts, by mouse or by key.

Must not know services: it shows sums that it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QImage, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from player.core.time_listened import PodcastSums
from player.ui.mirroring import draw_text, mirror
from player.ui.plain_table import make_plain
from player.ui.statistics_texts import cell_text
from player.ui.theme import Colours, colours
from player.ui.tiles import paint_tile
from player.ui.tool_tips import plain_tip
from player.ui.widgets import sized

AnyIndex = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

TITLE, HEARD, SPEED, TRIMMING, SKIPS = range(5)
_NARROW = 38
"""Below this width, in heights of a line of text, the last two columns are left out."""
ShareRole = Role.UserRole + 1
"""How much of what was listened to belongs to a podcast, from 0.0 to 1.0."""
FeedRole = Role.UserRole + 2
"""The address of a podcast's feed."""
ArtworkOf = Callable[[str, QPainter, QRectF], QImage | None]
"""Artwork for the address of a feed, large enough to be drawn there; None where there is none."""


class StatisticsModel(QAbstractTableModel):
    """A row for each podcast: its title, how long it was listened to, and what three things saved."""

    def __init__(self) -> None:
        super().__init__()
        self.podcasts: list[PodcastSums] = []
        self._most = 1
        self._sorted: tuple[int, Qt.SortOrder] = (HEARD, Qt.SortOrder.DescendingOrder)

    def show_podcasts(self, podcasts: Sequence[PodcastSums]) -> None:
        """Show other podcasts, or other sums of them: as they grow while one listens, rows move at most."""
        self._most = max([1, *(each.sums.heard for each in podcasts)])
        wanted, known = self._in_order(podcasts), [each.feed_url for each in self.podcasts]
        if not known or {each.feed_url for each in wanted} != set(known):
            self.beginResetModel()
            self.podcasts = wanted
            self.endResetModel()
            return
        if [each.feed_url for each in wanted] != known:
            self._rearrange(wanted)
        self.podcasts = wanted
        self.dataChanged.emit(self.index(0, TITLE), self.index(len(wanted) - 1, SKIPS))

    def row_of(self, feed_url: str | None) -> int | None:
        """Where a podcast stands."""
        return next((row for row, each in enumerate(self.podcasts) if each.feed_url == feed_url), None)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """One for each podcast."""
        return 0 if parent is not None and parent.isValid() else len(self.podcasts)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """Title and sums."""
        return 0 if parent is not None and parent.isValid() else SKIPS + 1

    def data(self, index: AnyIndex, role: int = Role.DisplayRole) -> Any:
        """Texts; the whole title as the tool tip; for a screen reader, sums with what they are."""
        if not index.isValid():
            return None
        podcast, column = self.podcasts[index.row()], index.column()
        text = podcast.title if column == TITLE else cell_text(_values(podcast)[column])
        if role == Role.DisplayRole:
            return text
        if role == Role.ToolTipRole:
            return plain_tip(text) if column == TITLE else None
        if role == Role.AccessibleTextRole:
            return text if column == TITLE else f"{self.column_name(column)}: {text}"
        if role == Role.TextAlignmentRole and column != TITLE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == FeedRole:
            return podcast.feed_url
        return podcast.sums.heard / self._most if role == ShareRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """What stands above a column."""
        if orientation is Qt.Orientation.Horizontal and role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self.column_name(section)
        return None

    def column_name(self, column: int) -> str:
        """What a column holds."""
        return (
            self.tr("Podcast"),
            self.tr("Listened"),
            self.tr("Saved by speed"),
            self.tr("By pauses"),
            self.tr("By skips"),
        )[column]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; podcasts that are alike in it stand in the order of their titles."""
        self._sorted = column, order
        self._rearrange(self._in_order(self.podcasts))

    def _rearrange(self, podcasts: list[PodcastSums]) -> None:
        """Show the same podcasts in another order."""
        self.layoutAboutToBeChanged.emit()
        before = {each.feed_url: row for row, each in enumerate(self.podcasts)}
        now = {before[each.feed_url]: row for row, each in enumerate(podcasts)}
        self.podcasts = podcasts
        for index in self.persistentIndexList():
            self.changePersistentIndex(index, self.index(now[index.row()], index.column()))
        self.layoutChanged.emit()

    def _in_order(self, podcasts: Sequence[PodcastSums]) -> list[PodcastSums]:
        column, order = self._sorted
        by_title = sorted(podcasts, key=lambda each: (each.title.casefold(), each.feed_url))
        if column == TITLE and order is Qt.SortOrder.AscendingOrder:
            return by_title
        return sorted(by_title, key=lambda each: _sort_key(each, column), reverse=order is Qt.SortOrder.DescendingOrder)


def _values(podcast: PodcastSums) -> tuple[int, ...]:
    sums = podcast.sums
    return (0, sums.heard, sums.by_speed, sums.by_trimming, sums.by_skips)


def _sort_key(podcast: PodcastSums, column: int) -> tuple[int, str]:
    return (0, podcast.title.casefold()) if column == TITLE else (_values(podcast)[column], "")


class SortingHeader(QHeaderView):
    """Names above columns, of which one sorts. The focus can be in it: arrow keys choose a column, Enter sorts."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._at = HEARD
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(self.fontMetrics().height() * 3)
        self.setFixedHeight(round(self.fontMetrics().height() * 1.9))
        self.setAccessibleName(self.tr("Sort by"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a column, and sort by it; again: the other way round."""
        on = -1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
        step = {Qt.Key.Key_Left: -on, Qt.Key.Key_Right: on}.get(Qt.Key(event.key()))
        if step is not None:
            last = self.count() - self.hiddenSectionCount() - 1
            self._at = min(max(0, self._at + step), last)
            self.setAccessibleDescription(str(self.model().headerData(self._at, Qt.Orientation.Horizontal)))
            self.viewport().update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            is_falling = self.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
            goes_up = is_falling if self._at == self.sortIndicatorSection() else self._at == TITLE
            self.setSortIndicator(self._at, Qt.SortOrder.AscendingOrder if goes_up else Qt.SortOrder.DescendingOrder)
        else:
            super().keyPressEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw the name, and a small arrow beside the one that sorts."""
        shades, unit = colours(self.palette()), self.fontMetrics().height()
        is_sorting = section == self.sortIndicatorSection()
        painter.save()
        mirror(painter, rect, self.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, shades.page)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), shades.line)
        painter.setFont(sized(self.font(), 0.85, QFont.Weight.DemiBold if is_sorting else None))
        painter.setPen(shades.text if is_sorting else shades.muted)
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        is_left = section == TITLE
        room = rect.adjusted(round(unit * 0.5), 0, -round(unit * 0.5), 0)
        align = Qt.AlignmentFlag.AlignLeft if is_left else Qt.AlignmentFlag.AlignRight
        draw_text(painter, room, words, align | Qt.AlignmentFlag.AlignVCenter)
        if is_sorting:
            width = painter.fontMetrics().horizontalAdvance(words)
            middle = room.left() + width + unit * 0.5 if is_left else room.right() - width - unit * 0.5
            self._paint_arrow(painter, QPointF(middle, rect.center().y() + 0.5), unit * 0.18, shades)
        if self.hasFocus() and section == self._at:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(shades.accent, 2))
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 3, -2, -3), 5, 5)
        painter.restore()

    def _paint_arrow(self, painter: QPainter, at: QPointF, size: float, shades: Colours) -> None:
        down = 1 if self.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder else -1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shades.accent)
        corners = (QPointF(-size, -down * size / 2), QPointF(size, -down * size / 2), QPointF(0, down * size))
        painter.drawPolygon(QPolygonF([at + corner for corner in corners]))


class StatisticsDelegate(QStyledItemDelegate):
    """Draws a cell: tile, title and a thin bar for its share, or a sum."""

    def __init__(self, table: StatisticsTable, artwork_of: ArtworkOf) -> None:
        super().__init__(table)
        self._table = table
        self._artwork_of = artwork_of

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Wide enough for the longest sum and for what stands above it."""
        unit, column = option.fontMetrics.height(), index.column()
        return QSize(round(unit * (12 if column == TITLE else 5.6)), self.row_height(unit))

    @staticmethod
    def row_height(unit: int) -> int:
        """The height of every row, from the height of a line of text."""
        return round(unit * 2.2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the cell on the ground of its row."""
        shades, area, unit = colours(option.palette), QRect(option.rect), option.fontMetrics.height()
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        mirror(painter, area, option.direction)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen or index.row() == self._table.hovered:
            painter.fillRect(area, shades.accent_soft if is_chosen else shades.hover)
        if self._table.hasFocus() and index.row() == self._table.currentIndex().row():
            self._paint_focus(painter, area, index.column(), shades)
        if index.column() == TITLE:
            self._paint_title(painter, area, option, index, is_chosen=is_chosen)
        else:
            painter.setFont(sized(option.font, 0.95))
            text = str(index.data())
            painter.setPen(shades.text if index.column() == HEARD and text != "–" else shades.muted)
            inside = area.adjusted(0, 0, -unit // 2, 0)
            draw_text(painter, inside, text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.restore()

    @staticmethod
    def _paint_focus(painter: QPainter, area: QRect, column: int, shades: Colours) -> None:
        """A thin frame around the row; each cell draws its part."""
        for edge in (
            QRect(area.left(), area.top(), area.width(), 1),
            QRect(area.left(), area.bottom(), area.width(), 1),
        ):
            painter.fillRect(edge, shades.accent)
        if column == TITLE:
            painter.fillRect(QRect(area.left(), area.top(), 1, area.height()), shades.accent)
        elif column == SKIPS:
            painter.fillRect(QRect(area.right(), area.top(), 1, area.height()), shades.accent)

    def _paint_title(
        self, painter: QPainter, area: QRect, option: QStyleOptionViewItem, index: AnyIndex, *, is_chosen: bool
    ) -> None:
        shades, unit, title = colours(option.palette), option.fontMetrics.height(), str(index.data())
        side = round(unit * 1.4)
        square = QRectF(area.left() + unit // 2, area.top() + (area.height() - side) / 2, side, side)
        artwork = self._artwork_of(str(index.data(FeedRole)), painter, square)
        paint_tile(painter, square, title, option.font, artwork)
        font = sized(option.font, 1.0, QFont.Weight.DemiBold if is_chosen else None)
        room = area.adjusted(unit + side, round(unit * 0.25), -unit // 2, -round(unit * 0.55))
        painter.setFont(font)
        painter.setPen(shades.text)
        words = QFontMetrics(font).elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        draw_text(painter, room, words)
        share, height = float(index.data(ShareRole)), unit * 0.2
        track = QRectF(room.left(), area.bottom() - unit * 0.45, room.width(), height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shades.accent)
        painter.drawRoundedRect(
            QRectF(track.topLeft(), track.bottomRight()).adjusted(0, 0, -track.width() * (1 - share), 0),
            height / 2,
            height / 2,
        )


class StatisticsTable(QTableView):
    """The podcasts. `podcast_chosen(PodcastSums or None)` when one is chosen, or none any more."""

    podcast_chosen = Signal(object)

    def __init__(self, artwork_of: ArtworkOf) -> None:
        super().__init__()
        self.hovered = -1
        self._sums = StatisticsModel()
        self.setModel(self._sums)
        self.setHorizontalHeader(SortingHeader(self))
        make_plain(self, StatisticsDelegate.row_height(self.fontMetrics().height()))
        self.setItemDelegate(StatisticsDelegate(self, artwork_of))
        header = self.horizontalHeader()
        header.show()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        self.sortByColumn(HEARD, Qt.SortOrder.DescendingOrder)
        header.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Podcasts"))
        self.entered.connect(self._on_entered)
        self.selectionModel().selectionChanged.connect(lambda *_: self.podcast_chosen.emit(self.chosen))

    @property
    def chosen(self) -> PodcastSums | None:
        """The podcast that is chosen."""
        rows = self.selectionModel().selectedRows()
        return self._sums.podcasts[rows[0].row()] if rows else None

    def show_podcasts(self, podcasts: Sequence[PodcastSums]) -> None:
        """Show other podcasts or sums; what is chosen, and the cursor, stay with their podcast while it is there."""
        chosen, place, at = self.chosen, self.verticalScrollBar().value(), self.currentIndex()
        passed, column = at.data(FeedRole), at.column()
        self._sums.show_podcasts(podcasts)
        row = self._sums.row_of(chosen.feed_url) if chosen is not None else None
        if row is not None and not self.selectionModel().isRowSelected(row):
            self.selectRow(row)
        elif row is None and chosen is not None:
            self.podcast_chosen.emit(None)
        row = self._sums.row_of(passed)
        if row is not None:
            self.selectionModel().setCurrentIndex(
                self._sums.index(row, column), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self.verticalScrollBar().setValue(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow table leaves out what pauses and skips saved: of the podcast that is chosen the plot tells it."""
        super().resizeEvent(event)
        is_narrow = self.width() < self.fontMetrics().height() * _NARROW
        for column in (TRIMMING, SKIPS):
            self.setColumnHidden(column, is_narrow)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on what is chosen chooses it no more."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.selectionModel().isRowSelected(index.row()):
            self.clearSelection()
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses the row, or chooses it no more."""
        row = self.currentIndex().row()
        if event.key() != Qt.Key.Key_Space or row < 0:
            super().keyPressEvent(event)
        elif self.selectionModel().isRowSelected(row):
            self.clearSelection()
        else:
            self.selectRow(row)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self._on_entered(QModelIndex())

    def _on_entered(self, index: QModelIndex) -> None:
        if index.row() != self.hovered:
            self.hovered = index.row()
            self.viewport().update()
