"""A row of tabs on a page: each shows one part of the page and hides the others.

Must not know what the parts are.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from player.ui.mirroring import draw_text, mirrored_rect
from player.ui.theme import colours
from player.ui.widgets import sized

_GAP = 1.4
"""Between the words of two tabs, in heights of a line."""


class PageTabs(QTabBar):
    """Tabs over a thin line. A tab that is not offered is not there; with one alone, only the line is.

    What the listener chose last is chosen again as soon as it is offered again. `part_shown(name)` when another part
    is seen.
    """

    part_shown = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[tuple[str, QWidget]] = []
        self._wanted = ""
        self._shown = ""
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(self.tr("Parts of this page"))
        self.tabBarClicked.connect(self._on_clicked)
        self.currentChanged.connect(lambda _: self._show())

    def add(self, name: str, words: str, part: QWidget) -> None:
        """Add a tab at the end, which is offered. The first one is what is shown when nothing else is wanted."""
        self._parts.append((name, part))
        part.setVisible(len(self._parts) == 1)
        self.addTab(words)
        self._shown = self._shown or name

    def offer(self, name: str, *, is_offered: bool, words: str = "") -> None:
        """Whether there is such a tab now, perhaps under other words ("Bookmarks 3")."""
        number = self._number(name)
        if words:
            self.setTabText(number, words)
        wanted = self._number(self._wanted) if self._wanted else 0
        is_there = is_offered if wanted == number else self.isTabVisible(wanted)
        if is_offered:
            self._set_visible(number, is_visible=True)
        self.setCurrentIndex(wanted if is_there else 0)
        self._set_visible(number, is_visible=is_offered)
        self.updateGeometry()

    def _set_visible(self, number: int, *, is_visible: bool) -> None:
        # WORKAROUND: saying once more what holds already makes QTabBar forget that it has to lay its tabs out anew.
        if self.isTabVisible(number) != is_visible:
            self.setTabVisible(number, is_visible)

    def choose(self, name: str) -> None:
        """Show a part, as the listener wants it."""
        self._wanted = name
        self.setCurrentIndex(self._number(name))

    @property
    def shown(self) -> str:
        """The name of the part that is shown."""
        return self._shown

    def _number(self, name: str) -> int:
        return [each for each, _ in self._parts].index(name)

    def _on_clicked(self, number: int) -> None:
        if number >= 0:
            self._wanted = self._parts[number][0]

    def _show(self) -> None:
        if not 0 <= self.currentIndex() < len(self._parts):
            return
        name = self._parts[self.currentIndex()][0]
        for each, part in self._parts:
            part.setVisible(each == name)
        if name != self._shown:
            self._shown = name
            self.part_shown.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What keys choose is wanted."""
        before = self.currentIndex()
        super().keyPressEvent(event)
        if self.currentIndex() != before:
            self._wanted = self._parts[self.currentIndex()][0]

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Who scrolls the page passes over the tabs: they stay as they are, and the page goes on."""
        event.ignore()

    # --- drawing

    def _is_alone(self) -> bool:
        return sum(self.isTabVisible(number) for number in range(self.count())) < 2

    def tabSizeHint(self, index: int) -> QSize:
        """Room for the words, as wide as they are when chosen."""
        bold = QFontMetrics(sized(self.font(), 1.0, QFont.Weight.DemiBold))
        unit = self.fontMetrics().height()
        return QSize(bold.horizontalAdvance(self.tabText(index)) + round(unit * _GAP), round(unit * 1.9))

    def sizeHint(self) -> QSize:
        """Only as high as the line where there is no choice."""
        return QSize(120, 1 if self._is_alone() else round(self.fontMetrics().height() * 1.9) + 1)

    def minimumSizeHint(self) -> QSize:
        """As high as the hint; it may be narrow."""
        return QSize(40, self.sizeHint().height())

    def enterEvent(self, event: QEnterEvent) -> None:
        """Hovering shows."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Hovering no longer shows."""
        super().leaveEvent(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The tab under the mouse shows."""
        super().mouseMoveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, the words, and a stronger line under those that are chosen."""
        del event
        shades = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(0, self.height() - 1, self.width(), 1, shades.line)
        if self._is_alone():
            return
        under = self.tabAt(self.mapFromGlobal(self.cursor().pos())) if self.underMouse() else -1
        for number in range(self.count()):
            if not self.isTabVisible(number):
                continue
            is_chosen = number == self.currentIndex()
            words = self._words_of(number)
            painter.setFont(sized(self.font(), 1.0, QFont.Weight.DemiBold) if is_chosen else self.font())
            painter.setPen(shades.text if is_chosen or number == under else shades.muted)
            draw_text(painter, words, self.tabText(number), Qt.AlignmentFlag.AlignCenter)
            if is_chosen:
                painter.fillRect(words.left(), self.height() - 2, words.width(), 2, shades.accent)
                if self.hasFocus():
                    painter.setPen(QPen(shades.accent, 2))
                    painter.drawRoundedRect(words.adjusted(-5, 2, 5, -5), 4, 4)

    def _words_of(self, number: int) -> QRect:
        """Where the words of a tab stand: the first one's at the left edge of the page."""
        place = self.tabRect(number)
        words = place.adjusted(0, 0, -round(self.fontMetrics().height() * _GAP), 0)
        return mirrored_rect(words, place, self.layoutDirection())
