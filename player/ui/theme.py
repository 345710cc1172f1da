"""The colours of the window: a small table for light, dark and high contrast, put into the palette, and what follows.

Must not know any view. All that is drawn takes its colours from the palette, so that each palette works; what has to be
read or seen on it is made stronger until it can be, by the measure of WCAG 2.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QToolTip

Role = QPalette.ColorRole

_LIGHT = {
    Role.Window: "#f3f1ed",
    Role.WindowText: "#1f1d1a",
    Role.Base: "#fbfaf8",
    Role.AlternateBase: "#f3f1ed",
    Role.Text: "#1f1d1a",
    Role.Button: "#ffffff",
    Role.ButtonText: "#1f1d1a",
    Role.BrightText: "#ffffff",
    Role.PlaceholderText: "#6d675e",
    Role.Light: "#ffffff",
    Role.Midlight: "#ece8e1",
    Role.Mid: "#e4e0d9",
    Role.Dark: "#a8a298",
    Role.Shadow: "#8a8379",
    Role.Accent: "#b5411a",
    Role.Highlight: "#b5411a",
    Role.HighlightedText: "#ffffff",
    Role.Link: "#b83f17",
    Role.LinkVisited: "#8c3a1c",
    Role.ToolTipBase: "#1f1d1a",
    Role.ToolTipText: "#fbfaf8",
}
_DARK = {
    Role.Window: "#211f1e",
    Role.WindowText: "#efece6",
    Role.Base: "#191817",
    Role.AlternateBase: "#211f1e",
    Role.Text: "#efece6",
    Role.Button: "#282523",
    Role.ButtonText: "#efece6",
    Role.BrightText: "#ffffff",
    Role.PlaceholderText: "#9a948b",
    Role.Light: "#3b3734",
    Role.Midlight: "#302d2a",
    Role.Mid: "#33302d",
    Role.Dark: "#0f0e0d",
    Role.Shadow: "#000000",
    Role.Accent: "#ff7a4a",
    Role.Highlight: "#ff7a4a",
    Role.HighlightedText: "#1d120d",
    Role.Link: "#ff8a5f",
    Role.LinkVisited: "#e0a58c",
    Role.ToolTipBase: "#efece6",
    Role.ToolTipText: "#1f1d1a",
}
_CONTRAST_LIGHT = _LIGHT | {
    Role.Window: "#ffffff",
    Role.WindowText: "#000000",
    Role.Base: "#ffffff",
    Role.AlternateBase: "#ffffff",
    Role.Text: "#000000",
    Role.ButtonText: "#000000",
    Role.PlaceholderText: "#3a3a3a",
    Role.Mid: "#6b6b6b",
    Role.Dark: "#4a4a4a",
    Role.Shadow: "#000000",
    Role.Accent: "#862700",
    Role.Highlight: "#862700",
    Role.Link: "#862700",
    Role.LinkVisited: "#5c1b00",
    Role.ToolTipBase: "#000000",
    Role.ToolTipText: "#ffffff",
}
_CONTRAST_DARK = _DARK | {
    Role.Window: "#000000",
    Role.WindowText: "#ffffff",
    Role.Base: "#000000",
    Role.AlternateBase: "#000000",
    Role.Text: "#ffffff",
    Role.Button: "#000000",
    Role.ButtonText: "#ffffff",
    Role.PlaceholderText: "#c8c8c8",
    Role.Light: "#8c8c8c",
    Role.Midlight: "#8c8c8c",
    Role.Mid: "#8c8c8c",
    Role.Accent: "#ffab80",
    Role.Highlight: "#ffab80",
    Role.HighlightedText: "#000000",
    Role.Link: "#ffab80",
    Role.LinkVisited: "#ffc9ad",
    Role.ToolTipBase: "#ffffff",
    Role.ToolTipText: "#000000",
}
GRAPHIC, TEXT, STRONG_TEXT = 3.0, 4.5, 7.0
"""The least contrast of what is seen, of what is read, and of that in high contrast: WCAG 2.2, 1.4.11, 1.4.3, 1.4.6."""
_ON_SOFT = 10.0
_STEPS = 50
_EXTREME = 15.0
"""A palette of the system whose text stands out so much is one for high contrast."""
_FADED = (Role.WindowText, Role.Text, Role.ButtonText)
_GENERIC_FAMILIES = {"helvetica", "sans serif", "sans-serif", "sans", "dejavu sans"}


@dataclass(frozen=True, slots=True)
class Colours:
    """What painted widgets use, derived from a palette, so that every palette works."""

    chrome: QColor
    page: QColor
    card: QColor
    text: QColor
    muted: QColor
    faint: QColor
    line: QColor
    hover: QColor
    track: QColor
    track_strong: QColor
    segment: QColor
    """A part of the timeline that was not played yet."""
    segment_hot: QColor
    edge: QColor
    """Around what is chosen; nothing is seen of it but in high contrast, where a soft ground is not enough."""
    accent: QColor
    on_accent: QColor
    accent_soft: QColor
    good: QColor
    tip: QColor
    tip_text: QColor
    is_dark: bool


def mixed(first: QColor, second: QColor, part: float) -> QColor:
    """`first` with `part` (0.0 to 1.0) of `second` in it."""
    keep = 1.0 - part
    return QColor.fromRgbF(
        first.redF() * keep + second.redF() * part,
        first.greenF() * keep + second.greenF() * part,
        first.blueF() * keep + second.blueF() * part,
    )


def luminance(colour: QColor) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: QColor, second: QColor) -> float:
    """How much two colours differ, from 1 to 21, likewise."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def strengthened(colour: QColor, towards: QColor, grounds: Sequence[QColor], least: float) -> QColor:
    """`colour` with as little of another in it as makes it stand out from all `grounds`."""
    steps = (mixed(colour, towards, step / _STEPS) for step in range(_STEPS + 1))
    return next((each for each in steps if min(contrast(each, ground) for ground in grounds) >= least), towards)


_MIXED = (
    Role.Base,
    Role.Text,
    Role.Window,
    Role.Accent,
    Role.Mid,
    Role.PlaceholderText,
    Role.Button,
    Role.HighlightedText,
    Role.ToolTipBase,
    Role.ToolTipText,
)
"""What the colours of a palette are mixed from."""


class _Contents:
    """A palette as a key: two of them with the same contents and the same group of colours are one."""

    def __init__(self, palette: QPalette) -> None:
        self.palette = QPalette(palette)
        self._key = (palette.cacheKey(), palette.currentColorGroup())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Contents) and other._key == self._key

    def __hash__(self) -> int:
        return hash(self._key)


def colours(palette: QPalette) -> Colours:
    """The colours that belong to `palette`. Mixing them for every row drawn was a tenth of the time of drawing."""
    return _derived(_Contents(palette))


@lru_cache(maxsize=64)
def _derived(contents: _Contents) -> Colours:
    return _mixed_from(*(contents.palette.color(role).rgba() for role in _MIXED))


@lru_cache(maxsize=16)
def _mixed_from(*values: int) -> Colours:
    """From the colours of `_MIXED`. Each widget with a palette of its own has another key for the same ones."""
    base, text, window, accent, line, muted, card, on_accent, tip, tip_text = map(QColor.fromRgba, values)
    is_dark = base.lightnessF() < 0.5
    is_strong = contrast(line, base) >= GRAPHIC
    hue, saturation = max(0.0, accent.hslHueF()), accent.hslSaturationF()
    soft = QColor.fromHslF(hue, saturation * (0.45 if is_dark else 1.0), 0.16 if is_dark else 0.93)
    grounds = (base, window)
    segment = strengthened(mixed(base, text, 0.16), text, grounds, GRAPHIC)
    good = QColor("#5fae7c" if is_dark else "#3c7d57")
    return Colours(
        chrome=window,
        page=base,
        card=card,
        text=text,
        muted=muted,
        faint=muted if is_strong else strengthened(mixed(base, text, 0.42), text, grounds, GRAPHIC),
        line=line,
        hover=mixed(base, text, 0.12 if is_strong else 0.05),
        track=line if is_strong else mixed(base, text, 0.20 if is_dark else 0.16),
        track_strong=strengthened(mixed(base, text, 0.36), text, grounds, GRAPHIC),
        segment=segment,
        segment_hot=mixed(segment, text, 0.25),
        edge=accent if is_strong else QColor(Qt.GlobalColor.transparent),
        accent=accent,
        on_accent=on_accent,
        accent_soft=soft,
        good=strengthened(good, text, grounds, TEXT) if is_strong else good,
        tip=tip,
        tip_text=tip_text,
        is_dark=is_dark,
    )


def build_palette(*, is_dark: bool, is_strong: bool = False) -> QPalette:
    """Earmark's own palette; `is_strong`: in high contrast."""
    palette = QPalette()
    table = (_CONTRAST_DARK if is_dark else _CONTRAST_LIGHT) if is_strong else _DARK if is_dark else _LIGHT
    for role, colour in table.items():
        palette.setColor(role, QColor(colour))
    for role in _FADED:
        faded = mixed(QColor(table[Role.Base]), QColor(table[Role.Text]), 0.6 if is_strong else 0.38)
        palette.setColor(QPalette.ColorGroup.Disabled, role, faded)
    palette.setColor(QPalette.ColorGroup.Disabled, Role.Highlight, QColor(table[Role.Mid]))
    palette.setColor(QPalette.ColorGroup.Disabled, Role.Accent, QColor(table[Role.Mid]))
    return palette


def is_extreme(palette: QPalette) -> bool:
    """Whether the system has chosen colours for high contrast itself."""
    return contrast(palette.color(Role.Text), palette.color(Role.Base)) >= _EXTREME


def made_readable(palette: QPalette) -> QPalette:
    """A palette of the system, of which all that is read or seen stands out as in high contrast."""
    changed = QPalette(palette)
    text, grounds = palette.color(Role.Text), (palette.color(Role.Base), palette.color(Role.Window))
    # Dim words stand on the soft ground of what is chosen, too.
    changed.setColor(Role.PlaceholderText, strengthened(palette.color(Role.PlaceholderText), text, grounds, _ON_SOFT))
    for role in (Role.Link, Role.LinkVisited, Role.Highlight):
        changed.setColor(role, strengthened(palette.color(role), text, grounds, STRONG_TEXT))
    changed.setColor(Role.Accent, changed.color(Role.Highlight))
    changed.setColor(Role.Mid, strengthened(palette.color(Role.Mid), text, grounds, GRAPHIC))
    black, white = QColor("#000000"), QColor("#ffffff")
    highlight = changed.color(Role.Highlight)
    is_light = contrast(black, highlight) >= contrast(white, highlight)
    changed.setColor(Role.HighlightedText, black if is_light else white)
    return changed


class Theme(QObject):
    """Keeps the application's palette in step with the system's colour scheme and the listener's choice."""

    def __init__(self, application: QApplication, choice: str) -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setFont(_interface_font(application.font()))
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._refresh)
        self._hints.accessibility().contrastPreferenceChanged.connect(self._refresh)
        self._refresh()

    @property
    def choice(self) -> str:
        """What the listener chose: "system", "light", "dark" or "contrast"."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Show the window in the light or the dark colours, in high contrast, or as the system does."""
        self._choice = choice
        scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(choice, Qt.ColorScheme.Unknown)
        self._hints.setColorScheme(scheme)
        self._refresh()

    def _refresh(self) -> None:
        is_strong = self._choice == "contrast" or _wants_high_contrast()
        palette = self._palette_of_system() or build_palette(is_dark=self._is_dark(), is_strong=is_strong)
        self._application.setPalette(palette)
        QToolTip.setPalette(palette)

    def _palette_of_system(self) -> QPalette | None:
        """The system's own colours, where it is in high contrast, has chosen them for that, and nobody chose others."""
        if self._choice in ("light", "dark") or not _wants_high_contrast():
            return None
        # Without a palette of ours, Qt tells the system's.
        self._application.setPalette(QPalette())
        system = self._application.palette()
        return made_readable(system) if is_extreme(system) else None

    def _is_dark(self) -> bool:
        if self._choice in ("system", "contrast"):
            return self._hints.colorScheme() is Qt.ColorScheme.Dark
        return self._choice == "dark"


def _wants_high_contrast() -> bool:
    """Whether the system asks for more contrast; Qt tells it from 6.10 on."""
    return QGuiApplication.styleHints().accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


def _interface_font(system: QFont) -> QFont:
    """The system's font; where no desktop sets one, Inter if it is there, in a size that can be read."""
    if system.family().casefold() not in _GENERIC_FAMILIES:
        return system
    font = QFont(system)
    if "Inter" in QFontDatabase.families():
        font.setFamily("Inter")
    font.setPointSizeF(max(10.5, system.pointSizeF()))
    return font
