"""The go-to box in the top bar, and the list that drops from it.

Must not know what a target is found by, nor how one goes there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from player.ui.artworks import Artworks
from player.ui.goto_targets import Target, TargetKind, all_results
from player.ui.icons import paint_icon
from player.ui.marked_text import paint_marked
from player.ui.mirroring import draw_text, mirror
from player.ui.search_field import SearchField
from player.ui.texts import join_facts, translate
from player.ui.theme import colours
from player.ui.tiles import paint_tile
from player.ui.widgets import Panel, ThinScrollBar, WrappedLabel, sized

AnyIndex = QModelIndex | QPersistentModelIndex
OnFound = Callable[[list[Target]], None]
TargetRole = Qt.ItemDataRole.UserRole
_ROWS_SHOWN = 12
_ROW, _HEADING = 1.9, 1.5
"""Heights of a row and of the name of a group, in heights of a line of text."""
_TITLE = 0.68
"""The part of a line that a title may take."""
_ICONS = {
    TargetKind.TIME: "new",
    TargetKind.CHAPTER: "play",
    TargetKind.BOOKMARK: "bookmark",
    TargetKind.EPISODE: "chapters",
    TargetKind.NOTES: "information",
    TargetKind.SEARCH: "search",
}
"""What a choice does: a chapter or a bookmark plays, an episode and its notes are shown."""


class TargetModel(QAbstractListModel):
    """The targets as rows."""

    def __init__(self) -> None:
        super().__init__()
        self._targets: list[Target] = []

    def show_targets(self, targets: list[Target]) -> None:
        """Show other targets."""
        self.beginResetModel()
        self._targets = targets
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many there are."""
        return 0 if parent.isValid() else len(self._targets)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title, what a screen reader says, and the target itself."""
        if not index.isValid():
            return None
        target = self._targets[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return target.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return join_facts(target.title, target.detail)
        return target if role == TargetRole else None


class TargetDelegate(QStyledItemDelegate):
    """One line: what it is, its title with the words in bold, where it belongs; above the first of a group its name."""

    def __init__(self, parent: QWidget, artworks: Artworks | None) -> None:
        super().__init__(parent)
        self._artworks = artworks

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """All rows are alike but for the name above some."""
        unit = option.fontMetrics.height()
        return QSize(200, round(unit * _ROW) + (round(unit * _HEADING) if index.data(TargetRole).heading else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the row."""
        target: Target = index.data(TargetRole)
        shades = colours(option.palette)
        area = QRect(option.rect)
        unit = option.fontMetrics.height()
        painter.save()
        mirror(painter, area, option.direction)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if target.heading:
            above = QRect(area.left() + unit // 2, area.top(), area.width() - unit, round(unit * _HEADING))
            area.setTop(above.bottom() + 1)
            painter.setFont(sized(option.font, 0.82))
            painter.setPen(shades.muted)
            draw_text(painter, above, target.heading)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(shades.edge)
            painter.setBrush(shades.accent_soft)
            painter.drawRoundedRect(QRectF(area).adjusted(0, 1, 0, -1), 6, 6)
        side = unit * 0.95
        square = QRectF(area.left() + unit * 0.6, area.top() + (area.height() - side) / 2, side, side)
        if target.kind is TargetKind.PODCAST:
            tile = square.adjusted(-2, -2, 2, 2)
            artwork = None
            if self._artworks is not None and target.podcast is not None:
                artwork = self._artworks.image(target.podcast, painter, tile)
            paint_tile(painter, tile, target.title, option.font, artwork)
        else:
            paint_icon(painter, _ICONS[target.kind], square, shades.muted)
        inside = area.adjusted(round(unit * 2.1), 0, -unit // 2, 0)
        painter.setPen(shades.text)
        title_width = paint_marked(
            painter, inside, target.title, target.spans, option.font, round(inside.width() * _TITLE)
        )
        painter.setFont(sized(option.font, 0.9))
        painter.setPen(shades.muted)
        room = inside.width() - title_width - unit
        detail = painter.fontMetrics().elidedText(target.detail, Qt.TextElideMode.ElideRight, room)
        draw_text(painter, inside, detail, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.restore()


class Drop(Panel):
    """The list below the box, floating in the window."""

    def __init__(self, window: QWidget, model: TargetModel, artworks: Artworks | None) -> None:
        super().__init__(QPalette.ColorRole.Button, None, window)
        self.setAutoFillBackground(False)
        self.view = QListView()
        self.view.setModel(model)
        self.view.setItemDelegate(TargetDelegate(self.view, artworks))
        if artworks is not None:
            artworks.arrived.connect(self.view.viewport().update)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollBar(ThinScrollBar())
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.viewport().setBackgroundRole(QPalette.ColorRole.Button)
        self.view.setAccessibleName(self.tr("Places to go to"))
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self.view)
        self.nothing = WrappedLabel(role=QPalette.ColorRole.PlaceholderText)
        self.nothing.setContentsMargins(8, 4, 8, 4)
        column.addWidget(self.nothing)
        self.hide()

    @property
    def is_choice(self) -> bool:
        """Whether there is something to choose."""
        return self.isVisible() and not self.view.isHidden()

    def say_nothing_has(self, words: str) -> None:
        """Say that nothing was found, in place of a list; without words, show the list."""
        text = self.tr("Nothing has “{words}”. A time goes, too: 1:08:52, +5m or 72%.")
        self.nothing.setText(text.format(words=words) if words else "")
        self.nothing.setVisible(bool(words))
        self.view.setVisible(not words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded card with a line around it."""
        del event
        shades = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(shades.track)
        painter.setBrush(shades.card)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9)


class GotoBox(SearchField):
    """Type, choose, Enter. `target_chosen(Target)`."""

    target_chosen = Signal(object)

    def __init__(
        self,
        find: Callable[[str, OnFound], None],
        find_here: Callable[[str], list[Target]],
        cancel: Callable[[], None],
        artworks: Artworks | None = None,
    ) -> None:
        """`find` is asked at each key, and answers the newest question unless it is told to `cancel`.

        `find_here` gives at once what of the answer needs no search. It comes first there. Without `artworks` podcasts
        have their tiles only.
        """
        super().__init__("", "", translate("goto", "Ctrl K"))
        self._find = find
        self._find_here = find_here
        self._cancel = cancel
        self._artworks = artworks
        self.is_waiting = False
        self._goes_when_found = False
        self._before: QWidget | None = None
        """What had the focus before the line, and may be gone."""
        self.line.setPlaceholderText(self.tr("Search, or go to a time…"))
        self.line.setAccessibleName(self.tr("Go to"))
        self.model = TargetModel()
        self.drop: Drop | None = None
        self.escaped.connect(self._leave)
        self.line.textEdited.connect(lambda _: self._open())
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    def ask(self) -> None:
        """Take the focus and show the present episode's chapters."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self._open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down and Enter are for the list, with Ctrl for all results; without the focus it closes."""
        if event.type() is QEvent.Type.FocusOut:
            self._close()
        elif event.type() is QEvent.Type.MouseButtonPress:
            self._open()
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._took(event):
            return True
        return super().eventFilter(watched, event)

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        """Keep where the line was entered from, however that was; another window in between changes nothing."""
        if now is self.line and before is not None and before.window() is self.window():
            self._before = before
        elif before is self.line and now is not None:
            self._before = None

    def _took(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _ROWS_SHOWN - 2,
            Qt.Key.Key_PageUp: 2 - _ROWS_SHOWN,
        }
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.line.text().strip():
                self._go(all_results(self.line.text()))
            else:
                self._choose_current()
        elif key in steps and self.drop is not None and self.drop.is_choice:
            count = self.model.rowCount()
            row = self.drop.view.currentIndex().row() + steps[key]
            # One step beyond an end leads to the other one: what is above the first row is all results.
            self._select(row % count if abs(steps[key]) == 1 else min(max(row, 0), count - 1))
        else:
            return False
        return True

    def _open(self) -> None:
        if self.drop is None:
            self.drop = Drop(self.window(), self.model, self._artworks)
            self.drop.view.clicked.connect(self._choose)
        # What was found before stays until the answer, so that the list does not flicker.
        self.is_waiting, self._goes_when_found = True, False
        self._find(self.line.text(), self._on_found)

    def _on_found(self, targets: list[Target]) -> None:
        self.is_waiting = False
        self.model.show_targets(targets)
        self._show_drop()
        if self._goes_when_found:
            self._choose_current()

    def _show_drop(self) -> None:
        count, words = self.model.rowCount(), self.line.text().strip()
        if self.drop is None or not (count or words):
            self._hide_drop()
            return
        self.drop.say_nothing_has("" if count else words)
        unit = self.drop.view.fontMetrics().height()
        at = self.mapTo(self.window(), QPoint(0, self.height() + 4))
        width = min(max(self.width(), unit * 30), self.window().width() - at.x() - 12)
        rows = sum(self.drop.view.sizeHintForRow(row) for row in range(min(count, _ROWS_SHOWN)))
        height = rows + 14 if count else self.drop.nothing.heightForWidth(width - 12) + 12
        self.drop.setGeometry(at.x(), at.y(), width, min(height, self.window().height() - at.y() - 12))
        self.drop.raise_()
        self.drop.show()
        self._select(0)

    def _select(self, row: int) -> None:
        if self.drop is not None and 0 <= row < self.model.rowCount():
            self.drop.view.setCurrentIndex(self.model.index(row))

    def _choose_current(self) -> None:
        if self.is_waiting:
            # Who goes to a time does not wait until the library has been searched for it.
            here = self._find_here(self.line.text())
            if here:
                self._go(here[0])
            else:
                self._goes_when_found = True
        elif self.drop is not None and self.drop.is_choice:
            self._choose(self.drop.view.currentIndex())

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self._go(index.data(TargetRole))
        else:
            self._leave()

    def _go(self, target: Target) -> None:
        self._leave()
        self.target_chosen.emit(target)

    def _leave(self) -> None:
        self.line.clear()
        self._close()
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.line.clearFocus()
        self._before = None

    def _close(self) -> None:
        self._cancel()
        self.is_waiting = False
        self._hide_drop()

    def _hide_drop(self) -> None:
        if self.drop is not None:
            self.drop.hide()
