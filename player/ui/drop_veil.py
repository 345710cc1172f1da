"""What lies over the window while something is dragged over it: a frame, and the words for what a drop would do.

Must not know how that is done.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QPainter,
    QPaintEvent,
    QPen,
    QTextOption,
)
from PySide6.QtWidgets import QWidget

from player.ui.drops import Dropped, may_be_dropped, sorted_drop
from player.ui.icons import paint_icon
from player.ui.mirroring import mirror, upright
from player.ui.texts import join_facts, podcasts_text, translate
from player.ui.theme import colours
from player.ui.widgets import sized

_LOW = 12
"""Heights of a line: in a window that is lower the icon stands before the words, not above them."""


class DropVeil(QWidget):
    """Covers `window` and hears its drags. `dropped(Dropped)` when something was let go over it."""

    dropped = Signal(object)

    def __init__(self, window: QWidget, title_shown: Callable[[], str]) -> None:
        """`title_shown` gives the title of the episode that an outline would be for; empty when there is none."""
        super().__init__(window)
        self._window = window
        self._title_shown = title_shown
        self.words = ""
        self._icon = ""
        self._entered = Dropped()
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is dragged over the window."""
        if isinstance(event, QDragEnterEvent) and may_be_dropped(event.mimeData()):
            self._entered = sorted_drop(event.mimeData())
            self._show(self._entered)
            _take_as_copy(event)
            return True
        if isinstance(event, QDragMoveEvent) and self.isVisible():
            _take_as_copy(event)
            return True
        if event.type() is QEvent.Type.Drop and isinstance(event, QDropEvent) and may_be_dropped(event.mimeData()):
            self.hide()
            _take_as_copy(event)
            # What was promised is done: to ask once more might wait for a program that has gone.
            self.dropped.emit(sorted_drop(event.mimeData()) if self._entered.is_empty else self._entered)
            return True
        if event.type() is QEvent.Type.DragLeave:
            self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame, an icon and the words."""
        del event
        shades = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit = self.fontMetrics().height()
        is_low = self.height() < unit * _LOW
        ground = QColor(shades.page)
        ground.setAlphaF(0.95 if is_low else 0.9)
        painter.fillRect(self.rect(), ground)
        margin = unit * (0.3 if is_low else 1)
        frame = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        shade = shades.muted if self._icon == "warning" else shades.accent
        painter.setPen(QPen(shade, 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, unit * 0.7, unit * 0.7)
        if is_low:
            mirror(painter, self.rect(), self.layoutDirection())
            self._paint_in_a_row(painter, frame, shade, shades.text)
        else:
            self._paint_in_the_middle(painter, frame, shade, shades.text)

    def _paint_in_the_middle(self, painter: QPainter, frame: QRectF, shade: QColor, ink: QColor) -> None:
        unit = self.fontMetrics().height()
        painter.setFont(sized(self.font(), 1.3, QFont.Weight.DemiBold))
        room = frame.adjusted(unit * 2, 0, -unit * 2, 0)
        words = painter.boundingRect(room, self.words, _option())
        side = unit * 2.2
        square = QRectF(frame.center().x() - side / 2, words.top() - side - unit, side, side)
        paint_icon(painter, self._icon, square, shade)
        painter.setPen(ink)
        painter.drawText(room, self.words, _option())

    def _paint_in_a_row(self, painter: QPainter, frame: QRectF, shade: QColor, ink: QColor) -> None:
        """The icon before the words, which are as large as they fit, and else are cut."""
        unit = self.fontMetrics().height()
        side = unit * 1.5
        square = QRectF(frame.left() + unit * 0.6, frame.center().y() - side / 2, side, side)
        paint_icon(painter, self._icon, square, shade)
        room = frame.adjusted(unit * 2.6, unit * 0.35, -unit * 0.7, -unit * 0.35)
        words = self.words
        for scale in (1.15, 1.0, 0.9):
            painter.setFont(sized(self.font(), scale, QFont.Weight.DemiBold))
            if _fits(painter, room, words):
                break
        else:
            words = _cut(painter, room, join_facts(*words.split("\n")))
        painter.setPen(ink)
        with upright(painter, room):
            painter.drawText(room, words, _option())

    def _show(self, dropped: Dropped) -> None:
        self.words = drop_words(dropped, self._title_shown())
        self._icon = "warning" if dropped.is_empty else "add"
        self.setAccessibleName(self.words)
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        self.update()


def _option() -> QTextOption:
    """In the middle, in lines, as the words themselves run."""
    option = QTextOption(Qt.AlignmentFlag.AlignCenter)
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    return option


def _fits(painter: QPainter, room: QRectF, words: str) -> bool:
    return painter.boundingRect(room, words, _option()).height() <= room.height()


def _cut(painter: QPainter, room: QRectF, words: str) -> str:
    """As much of a text as fits, with an ellipsis where that is not all."""
    kept = cut = words
    while " " in kept and not _fits(painter, room, cut):
        kept = kept.rpartition(" ")[0]
        cut = f"{kept}…"
    return cut


def drop_words(dropped: Dropped, episode: str) -> str:
    """What a drop would do, a line for each kind of thing; `episode` is the title of the one that is shown."""
    lines = []
    if dropped.addresses:
        lines.append(
            translate("drops", "Subscribe to {podcasts}").format(podcasts=podcasts_text(len(dropped.addresses)))
        )
    if dropped.links:
        lines.append(translate("drops", "Open the link"))
    if dropped.lists:
        lines.append(translate("drops", "Import {names}").format(names=_names([path.name for path in dropped.lists])))
    if dropped.audio:
        lines.append(translate("drops", "Play {names}").format(names=_names([path.name for path in dropped.audio])))
    if dropped.notes or dropped.note_files:
        taken = translate("drops", "Take the outline as the chapters of “{title}”").format(title=episode)
        lines.append(taken if episode else no_episode_words())
    return "\n".join(lines) or useless_words(dropped)


def useless_words(dropped: Dropped) -> str:
    """Why nothing can be done with a drop."""
    if dropped.folders:
        return translate("drops", "Folders cannot be taken; drop the files that are in them.")
    return translate("drops", "Earmark takes audio files, OPML files, addresses of podcasts, and outlines with times.")


def no_episode_words() -> str:
    """Why an outline cannot be taken."""
    return translate("drops", "An outline belongs to an episode: open its page first.")


def _names(names: list[str]) -> str:
    if len(names) == 1:
        return translate("drops", "“{name}”").format(name=names[0])
    more = translate("drops", "“{name}” and %n more", None, len(names) - 1)
    return more.format(name=names[0])


def _take_as_copy(event: QDropEvent) -> None:
    """Whoever it comes from keeps it."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
