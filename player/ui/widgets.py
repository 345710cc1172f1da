"""The small parts that all views are built of: panels, lines, elided labels, a thin scroll bar.

Must not know podcasts, episodes or services.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLayout,
    QScrollArea,
    QScrollBar,
    QSizePolicy,
    QStyle,
    QStyleOptionSlider,
    QVBoxLayout,
    QWidget,
)

from player.ui.mirroring import draw_text, mirror
from player.ui.theme import colours
from player.ui.tool_tips import plain_tip

READ_LINE = 46
"""How long lines of running text are at most, in heights of a line."""


def sized(font: QFont, factor: float, weight: QFont.Weight | None = None) -> QFont:
    """`font` larger or smaller by `factor`, in another weight where one is given."""
    changed = QFont(font)
    changed.setPointSizeF(font.pointSizeF() * factor)
    if weight is not None:
        changed.setWeight(weight)
    return changed


def tabular(font: QFont) -> QFont:
    """`font` with digits of one width, so that running times do not tremble."""
    changed = QFont(font)
    changed.setFeature(QFont.Tag("tnum"), 1)
    return changed


def broken_lines(text: str, font: QFont, width: int, most: int) -> list[str]:
    """`text` in at most `most` lines of `width` pixels, the last one cut with an ellipsis where there is more."""
    lines: list[str] = []
    metrics = QFontMetrics(font)
    layout = QTextLayout(text, font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    while len(lines) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start = line.textStart()
        part = text[start:] if len(lines) == most - 1 else text[start : start + line.textLength()]
        lines.append(metrics.elidedText(part.rstrip(), Qt.TextElideMode.ElideRight, width))
    layout.endLayout()
    return lines


class Panel(QWidget):
    """A filled area with a thin line along some of its edges."""

    def __init__(
        self,
        role: QPalette.ColorRole = QPalette.ColorRole.Window,
        edges: Qt.Edge | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._edge = edges
        self.setBackgroundRole(role)
        self.setAutoFillBackground(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line; Qt has filled the area."""
        del event
        if self._edge is None:
            return
        painter = QPainter(self)
        mirror(painter, self.rect(), self.layoutDirection())
        line = colours(self.palette()).line
        right, bottom = self.width() - 1, self.height() - 1
        if self._edge is Qt.Edge.BottomEdge:
            painter.fillRect(0, bottom, self.width(), 1, line)
        elif self._edge is Qt.Edge.TopEdge:
            painter.fillRect(0, 0, self.width(), 1, line)
        elif self._edge is Qt.Edge.LeftEdge:
            painter.fillRect(0, 0, 1, self.height(), line)
        else:
            painter.fillRect(right, 0, 1, self.height(), line)


def room_on_screen(window: QWidget) -> QSize:
    """How large a window can be on its screen, in a frame like that of the window over which it opens."""
    below = window.parentWidget()
    frame = below.window().frameGeometry().size() - below.window().size() if below is not None else QSize(0, 0)
    return window.screen().availableSize() - frame


def open_as_large_as(window: QWidget, width: int, height: int) -> None:
    """Give a window a size, as far as its screen has room for it."""
    window.resize(QSize(width, height).boundedTo(room_on_screen(window)))


def let_shrink(bar: QWidget) -> None:
    """Let a bar become narrower than its parts need now: it leaves parts out when it does."""
    layout = bar.layout()
    if layout is not None:
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    policy = bar.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    bar.setSizePolicy(policy)


def set_margins(
    layout: QLayout, direction: Qt.LayoutDirection, leading: int, top: int, trailing: int, bottom: int
) -> None:
    """Qt mirrors what stands in a layout, and leaves its margins as they are."""
    is_mirrored = direction is Qt.LayoutDirection.RightToLeft
    left, right = (trailing, leading) if is_mirrored else (leading, trailing)
    layout.setContentsMargins(left, top, right, bottom)


class ElidedLabel(QLabel):
    """Text over a given number of lines at most, cut with an ellipsis; when cut, the whole text is the tool tip."""

    def __init__(
        self,
        lines: int = 1,
        factor: float = 1.0,
        weight: QFont.Weight | None = None,
        role: QPalette.ColorRole = QPalette.ColorRole.WindowText,
    ) -> None:
        super().__init__()
        self._lines = lines
        self._role = role
        self._text = ""
        self.setFont(sized(self.font(), factor, weight))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        if text == self._text:
            return
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_lines(self, lines: int) -> None:
        """Take so many lines at most."""
        self._lines = lines
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the lines that the text takes at the present width."""
        return QSize(120, self.fontMetrics().lineSpacing() * max(1, len(self._broken(max(40, self.width())))))

    def resizeEvent(self, event: object) -> None:
        """The number of lines may be another one now."""
        del event
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        del event
        painter = QPainter(self)
        painter.setPen(self.palette().color(self._role))
        mirror(painter, self.rect(), self.layoutDirection())
        lines = self._broken(self.width())
        step = self.fontMetrics().lineSpacing()
        top = (self.height() - step * len(lines)) // 2
        for number, line in enumerate(lines):
            rect = self.rect().adjusted(0, top + number * step, 0, 0)
            draw_text(painter, rect, line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        is_cut = bool(lines) and lines[-1].endswith("…") and not self._text.endswith("…")
        self.setToolTip(plain_tip(self._text) if is_cut else "")

    def _broken(self, width: int) -> list[str]:
        return broken_lines(self._text, self.font(), width, self._lines)


class WrappedLabel(QLabel):
    """Text over as many lines as it takes, in one of the palette's colours; can be selected with the mouse."""

    def __init__(
        self,
        factor: float = 1.0,
        weight: QFont.Weight | None = None,
        role: QPalette.ColorRole = QPalette.ColorRole.WindowText,
    ) -> None:
        super().__init__()
        self.setFont(sized(self.font(), factor, weight))
        self.setForegroundRole(role)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self.setSizePolicy(policy)


class EmptyPage(QWidget):
    """What stands in place of a list that holds nothing: a heading and a sentence."""

    def __init__(self, side: float = 2, above: float = 3) -> None:
        """Margins at the `side` and `above`, in heights of a line of text."""
        super().__init__()
        self._side, self._above = side, above
        self.heading = WrappedLabel(factor=1.15, weight=QFont.Weight.DemiBold, role=QPalette.ColorRole.Text)
        self.text = WrappedLabel(role=QPalette.ColorRole.PlaceholderText)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.heading)
        self._column.addWidget(self.text)
        self._column.addStretch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines stay short enough to read."""
        super().resizeEvent(event)
        unit = self.fontMetrics().height()
        side = round(unit * self._side)
        spare = max(0, self.width() - unit * READ_LINE)
        set_margins(self._column, self.layoutDirection(), side, round(unit * self._above), side + spare, unit)

    def say(self, heading: str, text: str) -> None:
        """Say why there is nothing, and what would bring something."""
        self.heading.setText(heading)
        self.text.setText(text)


class ThinScrollBar(QScrollBar):
    """A vertical scroll bar of which only the handle is drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)

    def sizeHint(self) -> QSize:
        """Narrower than the style's own."""
        return QSize(max(10, self.fontMetrics().height() * 2 // 3), 60)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the handle where the style has it."""
        del event
        if self.maximum() <= self.minimum():
            return
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )
        shades = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shades.track_strong if self.underMouse() or self.isSliderDown() else shades.track)
        width = 6.0
        rect = QRectF(QPointF((self.width() - width) / 2, handle.top() + 2), QPointF(0, handle.bottom() - 1))
        rect.setWidth(width)
        painter.drawRoundedRect(rect, width / 2, width / 2)


class PlainScrollArea(QScrollArea):
    """Shows a widget that is higher than there is room for, without a frame."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ThinScrollBar())
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
