"""Flat, rounded buttons, drawn from the palette.

Must not know what a button does.
"""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolTip, QWidget

from player.ui.icons import paint_icon
from player.ui.mirroring import draw_text, mirror
from player.ui.texts import join_facts
from player.ui.theme import Colours, colours, mixed
from player.ui.tool_tips import plain_tip
from player.ui.widgets import sized


class Look(Enum):
    """How a button stands out."""

    PLAIN = auto()
    PRIMARY = auto()
    QUIET = auto()
    CHIP = auto()
    CHOICE = auto()
    """One of several, or a switch: the chosen one shows."""
    ROUND = auto()


_LEAST_WIDTH = 9
"""In heights of a line: words that take more may be cut, and the tool tip tells them then."""


class FlatButton(QPushButton):
    """A button with an icon, a text or both. Takes the focus by Tab only, so that a click never steals the keys."""

    def __init__(
        self, text: str = "", icon: str = "", look: Look = Look.PLAIN, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._icon_name = icon
        self._look = look
        self._is_icon_last = False
        self._is_folded = False
        self._is_lit = False
        if look is Look.CHIP:
            self.setFont(sized(self.font(), 0.88))
        if look is Look.PRIMARY:
            self.setFont(sized(self.font(), 1.0, QFont.Weight.Medium))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if name:
            self.set_name(name)

    def set_name(self, name: str) -> None:
        """What the button does, for screen readers and as its tool tip."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def let_widen(self) -> None:
        """Take as much width as there is."""
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def put_icon_last(self) -> None:
        """Draw the icon behind the text."""
        self._is_icon_last = True

    def fold(self, *, is_folded: bool) -> None:
        """Draw the icon alone, or the words as well."""
        if is_folded != self._is_folded:
            self._is_folded = is_folded
            self.updateGeometry()
            self.update()

    def show_as(self, text: str, icon: str) -> None:
        """Change text and icon."""
        if text != self.text() or icon != self._icon_name:
            self._icon_name = icon
            self.setText(text)
            self.updateGeometry()
            self.update()

    def light(self, *, is_lit: bool) -> None:
        """Draw it as what is chosen is: something is on. It is no switch for that."""
        if is_lit != self._is_lit:
            self._is_lit = is_lit
            self.update()

    @property
    def is_lit(self) -> bool:
        """Whether it is chosen, or shows that something is on."""
        return self._is_lit or self.isChecked()

    @property
    def icon_name(self) -> str:
        """The icon that is shown."""
        return self._icon_name

    @property
    def whole_tip(self) -> str:
        """What is told where the mouse rests: first what the button says and cannot be read on it."""
        tip = self.toolTip()
        if self._is_folded:
            return tip or self.accessibleName() or self.text()
        return tip if self._lacking() <= 0 or self.text() in tip else join_facts(self.text(), tip)

    def event(self, event: QEvent) -> bool:
        """Qt knows a part of the tool tip only, or none of it."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip and self.whole_tip:
            QToolTip.showText(event.globalPos(), plain_tip(self.whole_tip), self)
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        """Room for icon, text and some air."""
        metrics = self.fontMetrics()
        if self._look is Look.ROUND:
            side = round(metrics.height() * 2.3)
            return QSize(side, side)
        tall = {Look.CHIP: 0.65, Look.CHOICE: 0.65, Look.QUIET: 0.7}.get(self._look, 0.95)
        height = round(metrics.height() * (1 + tall))
        air = {Look.QUIET: 0.75, Look.CHOICE: 0.9}.get(self._look, 1.35)
        width = self._content_width() + round(metrics.height() * air)
        return QSize(max(width, height), height)

    def minimumSizeHint(self) -> QSize:
        """Not smaller than its content, of which long words may be cut."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), self.fontMetrics().height() * _LEAST_WIDTH), hint.height())

    def enterEvent(self, event: QEnterEvent) -> None:
        """Hovering shows."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Hovering no longer shows."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shape, then icon and text in its middle."""
        del event
        shades = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = rect.height() / 2 if self._look in (Look.CHIP, Look.ROUND) else min(8.0, rect.height() / 4)
        painter.setPen(self._edge(shades))
        painter.setBrush(self._fill(shades))
        painter.drawRoundedRect(rect, radius, radius)
        if self.hasFocus():
            painter.setPen(QPen(shades.text if self._is_filled() else shades.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
        self._paint_content(painter, self._ink(shades))

    def _is_filled(self) -> bool:
        return self._look in (Look.PRIMARY, Look.ROUND)

    def _fill(self, shades: Colours) -> QColor:
        is_hot = self.isEnabled() and (self.underMouse() or self.isDown())
        strength = 0.12 if self.isDown() else 0.06
        if self._is_filled():
            fill = shades.accent if self.isEnabled() else shades.track
            return mixed(fill, shades.text, strength) if is_hot else fill
        if self._look is Look.CHOICE and self.is_lit:
            return mixed(shades.accent_soft, shades.text, strength) if is_hot else shades.accent_soft
        if self._look in (Look.PLAIN, Look.CHOICE):
            return mixed(shades.card, shades.text, strength) if is_hot else shades.card
        if is_hot or self.is_lit:
            return mixed(self.palette().color(self.backgroundRole()), shades.text, strength + 0.02)
        return QColor(Qt.GlobalColor.transparent)

    def _edge(self, shades: Colours) -> QPen:
        if self._is_filled() or self._look is Look.QUIET:
            return QPen(Qt.PenStyle.NoPen)
        if self._look is Look.CHOICE and self.is_lit:
            return QPen(shades.accent)
        return QPen(shades.line)

    def _ink(self, shades: Colours) -> QColor:
        if not self.isEnabled():
            return shades.faint
        if self._is_filled():
            return shades.on_accent
        return shades.muted if self._look is Look.CHIP and not self.underMouse() else shades.text

    def _words(self) -> str:
        """The text that is drawn."""
        return "" if self._is_folded else self.text()

    def _icon_side(self) -> int:
        height = self.fontMetrics().height()
        return round(height * (1.05 if self._look is Look.ROUND or not self._words() else 0.95))

    def _content_width(self) -> int:
        gap = round(self.fontMetrics().height() * 0.4) if self._words() and self._icon_name else 0
        icon = self._icon_side() if self._icon_name else 0
        return icon + gap + self.fontMetrics().horizontalAdvance(self._words())

    def _lacking(self) -> int:
        """How much room its words lack, in pixels."""
        return self._content_width() + self.fontMetrics().height() // 2 - self.width() if self._words() else 0

    def _paint_content(self, painter: QPainter, ink: QColor) -> None:
        mirror(painter, self.rect(), self.layoutDirection())
        side, width = self._icon_side(), self._content_width()
        text_width = self.fontMetrics().horizontalAdvance(self._words())
        words = self._words()
        lacking = self._lacking()
        if lacking > 0:
            words = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, text_width - lacking)
            width, text_width = width - lacking, text_width - lacking
        left = (self.width() - width) / 2
        middle = self.height() / 2
        if self._icon_name:
            at = left + width - side if self._is_icon_last else left
            paint_icon(painter, self._icon_name, QRectF(at, middle - side / 2, side, side), ink)
        if self._words():
            at = left if self._is_icon_last or not self._icon_name else left + width - text_width
            painter.setFont(self.font())
            painter.setPen(ink)
            rect = QRectF(at, 0, text_width + 2, self.height())
            draw_text(painter, rect, words)
