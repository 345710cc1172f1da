"""Draws a row of the chapter column: number or mark, picture, title, link, length, start; the current one stands out.

Must not know services.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QHelpEvent, QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from player.core.heard import Heard
from player.core.model import Chapter
from player.core.timecode import HOUR, format_timecode
from player.ui.chapter_mark import paint_mark
from player.ui.chapter_model import ChapterModel, ChapterRole, LinkRole, MovedRole, NumberRole, SkippedRole
from player.ui.icons import paint_icon
from player.ui.mirroring import draw_text, leading_point, mirror, mirrored_rect, upright
from player.ui.texts import about_text, join_facts
from player.ui.theme import Colours, colours
from player.ui.tiles import paint_picture
from player.ui.tool_tips import plain_tip
from player.ui.widgets import sized

AnyIndex = QModelIndex | QPersistentModelIndex
_DEEPEST = 3
"""Chapters nested deeper are indented no further."""


class ChapterDelegate(QStyledItemDelegate):
    """One line for each chapter.

    `renamed(index of the chapter, title)` when a title was written in its row, `writing_ended()` when the line that it
    is written in has gone, written or not.
    """

    renamed = Signal(int, str)
    writing_ended = Signal()

    def __init__(self, parent: QWidget, model: ChapterModel) -> None:
        super().__init__(parent)
        self._model = model
        self.is_playing = False
        self.pointed: int | None = None
        """The index of the chapter over whose mark the pointer is."""
        self.is_editing = False
        self.is_writing = False
        self.has_lengths = True
        self.has_pictures = False
        self.current_picture: str | None = None
        """The reference of the picture to show in the current row: a hidden entry may have one of its own."""
        self.picture_of: Callable[[str | None], QImage | None] = lambda _: None
        """Gives the picture with a reference, where it is there."""

    def row_height(self, unit: int) -> int:
        """The height of every row, from the height of a line of text."""
        return round(unit * (2.1 if self.has_pictures else 1.43))

    def link_area(self, row: QRect, font: QFont, index: AnyIndex) -> QRect:
        """Where the sign of a chapter's link is drawn: behind its title. `row` is the whole row."""
        unit = QFontMetrics(font).height()
        room = self._title_area(row, unit, index)
        is_current = index.data(NumberRole) - 1 == self._model.current
        width = QFontMetrics(self._title_font(font, is_current=is_current)).horizontalAdvance(str(index.data()))
        left = room.left() + min(width, room.width()) + round(unit * 0.25)
        return QRect(left, row.top(), unit, row.height())

    def mark_area(self, row: QRect, font: QFont) -> QRect:
        """Where the mark of a chapter is drawn, and its check box. `row` is the whole row."""
        unit = QFontMetrics(font).height()
        return QRect(row.left() + round(unit * 0.9), row.top(), round(unit * 1.6), row.height())

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """All rows are alike."""
        del index
        return QSize(120, self.row_height(option.fontMetrics.height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the row."""
        chapter: Chapter = index.data(ChapterRole)
        number: int = index.data(NumberRole)
        is_current = number - 1 == self._model.current
        shades = colours(option.palette)
        area = QRect(option.rect)
        painter.save()
        mirror(painter, area, option.direction)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, area, option, shades, number - 1, is_current=is_current)
        is_skipped: bool = index.data(SkippedRole)
        is_pale = is_skipped or (self._model.heard[number - 1] is Heard.ALL and not is_current)
        sign = ("sound" if self.is_playing else "pause") if is_current else None
        mark = self._model.mark(number - 1, sign, is_pointed=self.pointed == number - 1)
        painter.setFont(option.font)
        paint_mark(painter, self.mark_area(area, option.font), option.font, shades, mark)
        self._paint_times(painter, area, option, shades, index, is_current=is_current)
        if self.has_pictures:
            image = self.picture_of(self.current_picture if is_current else chapter.picture)
            self._paint_picture(painter, area, option, chapter, image)
        font = self._title_font(option.font, is_current=is_current)
        font.setStrikeOut(is_skipped)
        painter.setFont(font)
        painter.setPen(shades.muted if is_pale else shades.text)
        room = self._title_area(area, option.fontMetrics.height(), index)
        title = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        draw_text(painter, room, title)
        if chapter.link:
            spot = QRectF(self.link_area(area, option.font, index))
            side = option.fontMetrics.height() * 0.72
            square = QRectF(spot.center().x() - side / 2, spot.center().y() - side / 2, side, side)
            paint_icon(painter, "link", square, shades.accent if is_current else shades.muted)
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        """A title that is cut is its own tool tip."""
        if event.type() is not QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        is_current = index.data(NumberRole) - 1 == self._model.current
        self.initStyleOption(option, index)
        title = str(index.data())
        metrics = QFontMetrics(self._title_font(option.font, is_current=is_current))
        room = self._title_area(QRect(option.rect), option.fontMetrics.height(), index)
        words = title if metrics.horizontalAdvance(title) > room.width() else ""
        place = leading_point(event.pos(), QRect(option.rect), view.layoutDirection())
        if index.data(LinkRole) and self.link_area(QRect(option.rect), option.font, index).contains(place):
            words = str(index.data(LinkRole))
        elif self.mark_area(QRect(option.rect), option.font).contains(place):
            is_skipped = index.data(SkippedRole)
            words = self.tr("Skipped: click to hear it again") if is_skipped else self.tr("Click to skip this chapter")
        else:
            skipped = self.tr("left out in playing") if index.data(SkippedRole) else ""
            words = join_facts(words, skipped, str(index.data(MovedRole) or ""))
        QToolTip.showText(event.globalPos(), plain_tip(words), view)
        return True

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """A line to write the title in."""
        del option
        line = QLineEdit(parent)
        # The table's own palette has no highlight.
        line.setPalette(QGuiApplication.palette())
        line.setAccessibleName(self.tr("Title of chapter {number}").format(number=index.data(NumberRole)))
        self.is_writing = True
        return line

    def destroyEditor(self, editor: QWidget, index: AnyIndex) -> None:
        """The line goes."""
        super().destroyEditor(editor, index)
        self.is_writing = False
        self.writing_ended.emit()

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Begin with the present title, chosen as a whole. Rows that are drawn anew meanwhile leave the line alone."""
        if isinstance(editor, QLineEdit) and not editor.isModified() and editor.text() != str(index.data()):
            editor.setText(str(index.data()))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Tell the new title; the chapters come back changed."""
        del model
        if isinstance(editor, QLineEdit):
            self.renamed.emit(index.data(NumberRole) - 1, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Over the title, to the starts."""
        unit = option.fontMetrics.height()
        area = QRect(option.rect)
        left = self._title_area(area, unit, index).left() - unit // 3
        trail = round(self._time_room(option.font) + unit * 0.3)
        place = QRect(left, area.top(), area.right() - left - trail, area.height())
        editor.setGeometry(mirrored_rect(place, area, editor.layoutDirection()))

    def _is_next(self, option: QStyleOptionViewItem) -> bool:
        """Whether Enter in the filter would play this one, or an edit would change it."""
        return (self._model.is_filtered or self.is_editing) and bool(option.state & QStyle.StateFlag.State_Selected)

    @staticmethod
    def _title_font(font: QFont, *, is_current: bool) -> QFont:
        return sized(font, 0.97, QFont.Weight.DemiBold if is_current else None)

    def _title_area(self, area: QRect, unit: int, index: AnyIndex) -> QRect:
        chapter: Chapter = index.data(ChapterRole)
        moved = str(index.data(MovedRole) or "")
        trail = self._time_room(self._view_font()) + unit * (4.4 if self.has_lengths else 1.7 if moved else 0.6)
        trail += unit * 1.2 if chapter.link else 0
        lead = unit * 3.0 + self._indent(unit, chapter)
        if moved and self.has_lengths:
            trail += max(0, QFontMetrics(self._moved_font(self._view_font())).horizontalAdvance(moved) - unit * 2.6)
        if self.has_pictures:
            lead += self._picture_side(unit) + unit * 0.6
        return area.adjusted(round(lead), 0, -round(trail), 0)

    def _indent(self, unit: int, chapter: Chapter) -> float:
        return min(chapter.level, _DEEPEST) * unit * (1.1 if self.has_lengths else 0.7)

    def _time_room(self, font: QFont) -> float:
        """The room that the starts take at the right, with the margin."""
        latest = self._model.chapters[-1].start if self._model.chapters else 0
        widest = QFontMetrics(self._time_font(font, is_current=True)).horizontalAdvance(format_timecode(latest))
        return widest + QFontMetrics(font).height()

    @staticmethod
    def _time_font(font: QFont, *, is_current: bool) -> QFont:
        changed = sized(font, 0.9, QFont.Weight.DemiBold if is_current else None)
        changed.setFeature(QFont.Tag("tnum"), 1)
        return changed

    def _view_font(self) -> QFont:
        parent = self.parent()
        return parent.font() if isinstance(parent, QWidget) else QFont()

    @staticmethod
    def _moved_font(font: QFont) -> QFont:
        return sized(font, 0.84)

    def _picture_side(self, unit: int) -> int:
        return self.row_height(unit) - 6

    def _paint_picture(
        self, painter: QPainter, area: QRect, option: QStyleOptionViewItem, chapter: Chapter, image: QImage | None
    ) -> None:
        if image is not None:
            unit = option.fontMetrics.height()
            side = self._picture_side(unit)
            left = area.left() + unit * 2.9 + self._indent(unit, chapter)
            paint_picture(painter, QRectF(left, area.top() + (area.height() - side) / 2, side, side), image)

    def _paint_ground(
        self,
        painter: QPainter,
        area: QRect,
        option: QStyleOptionViewItem,
        shades: Colours,
        index: int,
        *,
        is_current: bool,
    ) -> None:
        if is_current:
            painter.fillRect(area, shades.accent_soft)
            width = round(area.width() * self._model.heard_part(index))
            # Time goes from left to right everywhere.
            with upright(painter, QRectF(area)):
                painter.fillRect(area.left(), area.bottom() - 1, width, 2, shades.accent)
        elif option.state & QStyle.StateFlag.State_MouseOver or self._is_next(option):
            painter.fillRect(area, shades.hover)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(shades.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area).adjusted(4.5, 1.5, -4.5, -2.5), 5, 5)

    def _paint_times(
        self,
        painter: QPainter,
        area: QRect,
        option: QStyleOptionViewItem,
        shades: Colours,
        index: AnyIndex,
        *,
        is_current: bool,
    ) -> None:
        chapter: Chapter = index.data(ChapterRole)
        unit = option.fontMetrics.height()
        room = self._time_room(option.font)
        painter.setFont(self._time_font(option.font, is_current=is_current))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.setPen(shades.accent if is_current else shades.muted)
        draw_text(painter, area.adjusted(0, 0, -unit, 0), format_timecode(chapter.start), right)
        moved = str(index.data(MovedRole) or "")
        if moved and not self.has_lengths:
            side = unit * 0.8
            left = area.right() - room - unit * 1.3
            square = QRectF(left, area.top() + (area.height() - side) / 2, side, side)
            paint_icon(painter, "here", square, shades.accent)
        elif moved:
            painter.setFont(self._moved_font(option.font))
            painter.setPen(shades.accent)
            draw_text(painter, area.adjusted(0, 0, -round(room + unit * 0.8), 0), moved, right)
        elif self.has_lengths and chapter.length:
            painter.setPen(shades.text if is_current else shades.muted)
            length = about_text(chapter.length) if chapter.length < HOUR else format_timecode(chapter.length)
            draw_text(painter, area.adjusted(0, 0, -round(room + unit * 0.8), 0), length, right)
