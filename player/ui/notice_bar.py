"""One quiet line above the player: a sentence about what went wrong or was done, perhaps with a way to undo it.

Must not know what happened.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from player.ui.buttons import FlatButton, Look
from player.ui.icons import paint_icon
from player.ui.theme import colours
from player.ui.tool_tips import plain_tip
from player.ui.widgets import Panel, WrappedLabel

TOLD_FOR_MS = 8000
"""How long a line that reports no problem stays. Problems stay until they are dismissed."""

_LONGEST = 60
_LONG_TITLE = re.compile(rf"“[^”]{{{_LONGEST + 10},}}”|„[^“]{{{_LONGEST + 10},}}“")
"""A title in a sentence, in the quotes of some language, that is cut when that saves something."""


class Sign(QWidget):
    """The icon before the sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.icon_name = "information"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as a line."""
        side = self.fontMetrics().height() + 2
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        del event
        shades = colours(self.palette())
        is_problem = self.icon_name == "warning"
        painter = QPainter(self)
        paint_icon(painter, self.icon_name, QRectF(self.rect()), shades.accent if is_problem else shades.muted)


class NoticeBar(Panel):
    """Hidden until there is something to say; the latest sentence replaces the one before.

    `said(sentence)` then, and `dismissed(sentence)` when it goes without another one in its place.
    """

    said = Signal(str)
    dismissed = Signal(str)

    def __init__(self) -> None:
        super().__init__(QPalette.ColorRole.Window, Qt.Edge.TopEdge)
        unit = self.fontMetrics().height()
        self.sign = Sign()
        self.words = WrappedLabel()
        self.action = FlatButton("", "", Look.PLAIN)
        self.action.clicked.connect(self._on_action_clicked)
        self.close_button = FlatButton("", "close", Look.QUIET, self.tr("Dismiss"))
        self.close_button.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(unit, unit // 3 + 1, unit // 2, unit // 3)
        row.setSpacing(unit // 2)
        row.addWidget(self.sign)
        row.addWidget(self.words, 1)
        row.addWidget(self.action)
        row.addWidget(self.close_button)
        self._act: Callable[[], None] | None = None
        self._gone: Callable[[], None] = lambda: None
        self._said = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TOLD_FOR_MS)
        self._timer.timeout.connect(self.dismiss)
        self.hide()

    def report(
        self,
        sentence: str,
        action: str = "",
        act: Callable[[], None] | None = None,
        gone: Callable[[], None] = lambda: None,
    ) -> None:
        """Say that something went wrong; stays until dismissed. A button `action` that calls `act` may help.

        `gone` is called when it can be pressed no more.
        """
        self._show("warning", sentence, action, act, gone)

    def tell(
        self,
        sentence: str,
        action: str = "",
        act: Callable[[], None] | None = None,
        gone: Callable[[], None] = lambda: None,
    ) -> None:
        """Say that something was done, likewise; it goes by itself."""
        self._show("information", sentence, action, act, gone)
        self._timer.start()

    def go_on(self, sentence: str, action: str, act: Callable[[], None] | None) -> None:
        """Say what is going on, likewise; it stays until the next sentence.

        How far the same thing is, as what follows the “…” says, is not read aloud again and again.
        """
        begins = sentence.partition("…")[0]
        is_known = not self.isHidden() and begins != sentence and begins == self._said.partition("…")[0]
        self._show("information", sentence, action, act, is_news=not is_known)

    def says(self, sentence: str) -> bool:
        """Whether it says this just now, or would if its window showed."""
        return not self.isHidden() and self._said == sentence

    def dismiss(self) -> None:
        """Say nothing any more."""
        self._fall_silent()
        self.dismissed.emit(self._said)

    def _show(
        self,
        icon: str,
        sentence: str,
        action: str,
        act: Callable[[], None] | None,
        gone: Callable[[], None] = lambda: None,
        *,
        is_news: bool = True,
    ) -> None:
        self._timer.stop()
        self._let_go()
        self._act, self._gone = act, gone
        self.action.show_as(action, "")
        self.action.setVisible(act is not None)
        self.sign.icon_name = icon
        self.sign.update()
        shown = _LONG_TITLE.sub(_shortened, sentence)
        self.words.setText(shown)
        self.words.setToolTip(plain_tip(sentence) if shown != sentence else "")
        self.show()
        self._said = sentence
        self.said.emit(sentence)
        if is_news and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def _fall_silent(self) -> None:
        self._timer.stop()
        self._act = None
        self.hide()
        self._let_go()

    def _let_go(self) -> None:
        gone, self._gone = self._gone, lambda: None
        gone()

    def _on_action_clicked(self) -> None:
        act = self._act
        if act is not None:
            self._gone = lambda: None
        self._fall_silent()
        if act is not None:
            act()


def _shortened(title: re.Match[str]) -> str:
    opening, words, closing = title[0][0], title[0][1:-1], title[0][-1]
    return f"{opening}{words[:_LONGEST].rstrip()}…{closing}"
