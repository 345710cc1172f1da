"""The columns of the window side by side, which fold where it is narrow, and the edges between them to be dragged.

Must not know what a column shows.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from player.ui.player_bar import WIDE_FROM
from player.ui.sidebar import Sidebar
from player.ui.theme import colours
from player.ui.window_state import ColumnWidths

_RAIL_BELOW = 64
_THIN_CHAPTERS_BELOW = 70
_FOLDED_CHAPTERS_BELOW = 46
"""Widths of the window, in heights of a line of text."""
_SIDEBAR, _RAIL, _CHAPTERS, _THIN_CHAPTERS = 13.6, 3.6, 25.8, 19.0
_LEAST_SIDEBAR, _LEAST_CHAPTERS, _LEAST_MIDDLE = 9.0, 14.0, 22.0
_MOST_SIDEBAR, _MOST_CHAPTERS = 32.0, 70.0
"""Widths of columns, likewise: the usual ones, and how narrow and how wide they can be made."""
_INSIDE, _OUTSIDE = 7, 3
"""How far from the line, in pixels, an edge can be taken hold of: less in the middle, where scroll bars stand."""
_TURNING = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)
_USUAL = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _is_for_edge(event: QKeyEvent) -> bool:
    return not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and event.key() in (*_TURNING, *_USUAL)


class Edge(QSlider):
    """Where two columns meet: dragged, or moved by the arrows. It is a slider of the column's width in pixels.

    `dragged(x)` to a place of the window, `usual_asked()` by a double click or Enter.
    """

    dragged = Signal(int)
    usual_asked = Signal()

    def __init__(self, name: str, *, is_first: bool, parent: QWidget) -> None:
        """`is_first` of the two: its column is before it."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._is_first = is_first
        self._is_hot = False
        self.setInvertedControls(not is_first)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setToolTip(self.tr("Drag it; a double click brings back the usual width"))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def minimumSizeHint(self) -> QSize:
        """Nothing of a slider is drawn."""
        return QSize(0, 0)

    def show_width(self, width: int, least: int, most: int) -> None:
        """Take over how wide the column is, and how wide it may become."""
        with QSignalBlocker(self):
            unit = self.fontMetrics().height()
            self.setSingleStep(max(1, unit // 2))
            self.setPageStep(unit * 2)
            self.setRange(min(least, width), max(most, width))
            self.setValue(width)

    def stand_at(self, x: int, height: int) -> None:
        """Stand at the line between two columns."""
        is_before = self._is_first is (self.layoutDirection() is Qt.LayoutDirection.LeftToRight)
        left, right = (_INSIDE, _OUTSIDE) if is_before else (_OUTSIDE, _INSIDE)
        self._line = left
        self.setGeometry(QRect(x - left, 0, left + right, height))
        self.raise_()

    def event(self, event: QEvent) -> bool:
        """The arrows are for the edge that has the focus, though they are shortcuts."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and _is_for_edge(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter brings back the usual width."""
        if event.key() in _USUAL:
            self.usual_asked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it, where it is pressed."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._held_at = event.position().toPoint().x() - self._line

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The line follows the mouse."""
        if self.isSliderDown():
            self.dragged.emit(self.mapToParent(event.position().toPoint()).x() - self._held_at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go."""
        del event
        self.setSliderDown(False)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The usual width."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.usual_asked.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel is for what lies below."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The columns have their line; it is stronger while this one is under the mouse, held or has the focus."""
        del event
        if self.underMouse() or self.isSliderDown() or self.hasFocus():
            QPainter(self).fillRect(self._line - 1, 0, 2, self.height(), colours(self.palette()).accent)


class Columns(QWidget):
    """Sidebar, middle, chapters. `chosen` are the widths that the listener gave them."""

    def __init__(self, sidebar: Sidebar, middle: QWidget, chapters: QWidget) -> None:
        super().__init__()
        self._sidebar, self._middle, self._chapters = sidebar, middle, chapters
        self.chosen = ColumnWidths()
        self._window, self._is_unfolded = 0, False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(sidebar)
        row.addWidget(middle, 1)
        row.addWidget(chapters)
        self.sidebar_edge = Edge(self.tr("Width of the sidebar"), is_first=True, parent=self)
        self.chapters_edge = Edge(self.tr("Width of the chapters"), is_first=False, parent=self)
        self.sidebar_edge.dragged.connect(lambda x: self._choose_sidebar(self._from_start(x)))
        self.sidebar_edge.valueChanged.connect(self._choose_sidebar)
        self.sidebar_edge.usual_asked.connect(lambda: self._choose_sidebar(None))
        self.chapters_edge.dragged.connect(lambda x: self._choose_chapters(self.width() - self._from_start(x)))
        self.chapters_edge.valueChanged.connect(self._choose_chapters)
        self.chapters_edge.usual_asked.connect(lambda: self._choose_chapters(None))
        for column in (sidebar, chapters):
            column.installEventFilter(self)

    def is_folded(self, window: int) -> bool:
        """Whether there is no room for the chapters beside the middle of a window that is so many pixels wide."""
        return window / self.fontMetrics().height() < _FOLDED_CHAPTERS_BELOW

    def fold(self, window: int, *, is_unfolded: bool) -> None:
        """Give the columns their widths in a window; where they are folded, `is_unfolded` chapters stand alone."""
        self._window, self._is_unfolded = window, is_unfolded
        unit = self.fontMetrics().height()
        is_folded, is_rail = self.is_folded(window), self._is_rail
        self._chapters.setVisible(not is_folded or is_unfolded)
        self._middle.setVisible(not is_folded or not is_unfolded)
        sidebar, chapters = self._widths()
        self._sidebar.set_width(sidebar, is_rail=is_rail)
        if is_folded:
            self._chapters.setMinimumWidth(0)
            self._chapters.setMaximumWidth(window)
        else:
            self._chapters.setFixedWidth(round(unit * chapters))
        room = window / unit - _LEAST_MIDDLE
        self._show_edge(self.sidebar_edge, sidebar, _LEAST_SIDEBAR, min(_MOST_SIDEBAR, room - chapters))
        self._show_edge(self.chapters_edge, chapters, _LEAST_CHAPTERS, min(_MOST_CHAPTERS, room - sidebar))
        self.sidebar_edge.setVisible(not is_rail)
        self.chapters_edge.setVisible(not is_folded)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The edges stand where the columns end."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            sidebar, chapters = self._sidebar.geometry(), self._chapters.geometry()
            self.sidebar_edge.stand_at(sidebar.left() if is_mirrored else sidebar.right() + 1, self.height())
            self.chapters_edge.stand_at(chapters.right() + 1 if is_mirrored else chapters.left(), self.height())
        return super().eventFilter(watched, event)

    @property
    def _is_rail(self) -> bool:
        return self._window / self.fontMetrics().height() < _RAIL_BELOW

    def _widths(self) -> tuple[float, float]:
        """Of sidebar and chapters, in heights of a line; in a narrow window what was chosen gives way to the middle."""
        columns = self._window / self.fontMetrics().height()
        beyond = max(0.0, columns - WIDE_FROM)
        usual = _CHAPTERS + min(18.2, beyond * 0.3) if columns > _THIN_CHAPTERS_BELOW else _THIN_CHAPTERS
        sidebar = _RAIL if self._is_rail else self.chosen.sidebar or _SIDEBAR + min(6.4, beyond * 0.12)
        chapters = self.chosen.chapters or usual
        over = sidebar + chapters + _LEAST_MIDDLE - columns
        if over > 0:
            given = min(over, chapters - _LEAST_CHAPTERS)
            chapters -= given
            sidebar -= 0 if self._is_rail else min(over - given, sidebar - _LEAST_SIDEBAR)
        return sidebar, chapters

    def _show_edge(self, edge: Edge, width: float, least: float, most: float) -> None:
        unit = self.fontMetrics().height()
        edge.show_width(*(round(unit * each) for each in (width, least, most)))

    def _from_start(self, x: int) -> int:
        """A place as told from the leading edge."""
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return self.width() - x if is_mirrored else x

    def _choose_sidebar(self, width: int | None) -> None:
        self._choose(ColumnWidths(self._chosen(width, self.sidebar_edge), self.chosen.chapters))

    def _choose_chapters(self, width: int | None) -> None:
        self._choose(ColumnWidths(self.chosen.sidebar, self._chosen(width, self.chapters_edge)))

    def _chosen(self, width: int | None, edge: Edge) -> float | None:
        if width is None:
            return None
        return min(max(width, edge.minimum()), edge.maximum()) / self.fontMetrics().height()

    def _choose(self, widths: ColumnWidths) -> None:
        self.chosen = widths
        self.fold(self._window, is_unfolded=self._is_unfolded)
