"""What lies over the window while something is dragged over it: a frame, and the words for what a drop would do.

Must not know how that is done.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from player.ui.drops import Dropped, may_be_dropped, sorted_drop
from player.ui.icons import paint_icon
from player.ui.texts import podcasts_text, translate
from player.ui.theme import colours
from player.ui.widgets import sized


class DropVeil(QWidget):
    """Covers `window` and hears its drags. `dropped(Dropped)` when something was let go over it."""

    dropped = Signal(object)

    def __init__(self, window: QWidget, title_shown: Callable[[], str]) -> None:
        """`title_shown` gives the title of the episode that an outline would be for; empty when there is none."""
        super().__init__(window)
        self._title_shown = title_shown
        self.words = ""
        self._icon = ""
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is dragged over the window."""
        if isinstance(event, QDragEnterEvent) and may_be_dropped(event.mimeData()):
            self._show(sorted_drop(event.mimeData()))
            _take_as_copy(event)
            return True
        if isinstance(event, QDragMoveEvent) and self.isVisible():
            _take_as_copy(event)
            return True
        if event.type() is QEvent.Type.Drop and isinstance(event, QDropEvent) and may_be_dropped(event.mimeData()):
            self.hide()
            _take_as_copy(event)
            self.dropped.emit(sorted_drop(event.mimeData()))
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
        ground = QColor(shades.page)
        ground.setAlphaF(0.9)
        painter.fillRect(self.rect(), ground)
        unit = self.fontMetrics().height()
        frame = QRectF(self.rect()).adjusted(unit, unit, -unit, -unit)
        painter.setPen(QPen(shades.muted if self._icon == "warning" else shades.accent, 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, unit, unit)
        painter.setFont(sized(self.font(), 1.3, QFont.Weight.DemiBold))
        room = frame.adjusted(unit * 2, 0, -unit * 2, 0)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        words = painter.boundingRect(room, flags, self.words)
        side = unit * 2.2
        square = QRectF(frame.center().x() - side / 2, words.top() - side - unit, side, side)
        paint_icon(painter, self._icon, square, shades.muted if self._icon == "warning" else shades.accent)
        painter.setPen(shades.text)
        painter.drawText(room, flags, self.words)

    def _show(self, dropped: Dropped) -> None:
        self.words = drop_words(dropped, self._title_shown())
        self._icon = "warning" if dropped.is_empty else "add"
        self.setAccessibleName(self.words)
        self.setGeometry(self.window().rect())
        self.raise_()
        self.show()
        self.update()


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
