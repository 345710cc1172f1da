"""A line of text with some of its words marked.

Must not know what they are marked for.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption

from player.core.model import TextSpan
from player.ui.mirroring import upright


def paint_marked(
    painter: QPainter,
    area: QRect,
    text: str,
    spans: Sequence[TextSpan],
    font: QFont,
    most: int,
    ground: QColor | None = None,
) -> int:
    """Draw `text` at the leading edge of `area`, at most `most` pixels wide, and return how wide it became.

    What the `spans` name is bold, and lies on `ground` where that is given. The painter's pen is the colour.
    """
    bold = QFont(font)
    bold.setBold(True)
    cut = QFontMetrics(bold if spans else font).elidedText(text, Qt.TextElideMode.ElideRight, most)
    layout = QTextLayout(cut, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats([_marked(text, start, stop, ground) for start, stop in spans])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(most)
    layout.endLayout()
    place = QRectF(
        area.left(), area.top() + (area.height() - line.height()) / 2, line.naturalTextWidth(), line.height()
    )
    with upright(painter, place):
        layout.draw(painter, place.topLeft())
    return round(line.naturalTextWidth())


def _marked(text: str, start: int, stop: int, ground: QColor | None) -> QTextLayout.FormatRange:
    # Qt counts in units of UTF-16.
    part = QTextLayout.FormatRange()
    part.start = _utf16_length(text[:start])
    part.length = _utf16_length(text[start:stop])
    form = QTextCharFormat()
    form.setFontWeight(QFont.Weight.Bold)
    if ground is not None:
        form.setBackground(ground)
    part.format = form
    return part


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
