"""The colours of the window: one small table for light and dark, put into the palette, and what is derived from it.

Must not know any view. A high-contrast system keeps its own palette.
"""

from __future__ import annotations

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
    Role.Accent: "#c2481f",
    Role.Highlight: "#c2481f",
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
    palette = contents.palette
    base, text, window = palette.color(Role.Base), palette.color(Role.Text), palette.color(Role.Window)
    accent = palette.color(Role.Accent)
    is_dark = base.lightnessF() < 0.5
    hue, saturation = max(0.0, accent.hslHueF()), accent.hslSaturationF()
    soft = QColor.fromHslF(hue, saturation * (0.45 if is_dark else 1.0), 0.16 if is_dark else 0.93)
    return Colours(
        chrome=window,
        page=base,
        card=palette.color(Role.Button),
        text=text,
        muted=palette.color(Role.PlaceholderText),
        faint=mixed(base, text, 0.42),
        line=palette.color(Role.Mid),
        hover=mixed(base, text, 0.05),
        track=mixed(base, text, 0.20 if is_dark else 0.16),
        track_strong=mixed(base, text, 0.36),
        accent=accent,
        on_accent=palette.color(Role.HighlightedText),
        accent_soft=soft,
        good=QColor("#5fae7c" if is_dark else "#3c7d57"),
        tip=palette.color(Role.ToolTipBase),
        tip_text=palette.color(Role.ToolTipText),
        is_dark=is_dark,
    )


def build_palette(*, is_dark: bool) -> QPalette:
    """Earmark's own palette."""
    palette = QPalette()
    table = _DARK if is_dark else _LIGHT
    for role, colour in table.items():
        palette.setColor(role, QColor(colour))
    for role in _FADED:
        faded = mixed(QColor(table[Role.Base]), QColor(table[Role.Text]), 0.38)
        palette.setColor(QPalette.ColorGroup.Disabled, role, faded)
    palette.setColor(QPalette.ColorGroup.Disabled, Role.Highlight, QColor(table[Role.Mid]))
    palette.setColor(QPalette.ColorGroup.Disabled, Role.Accent, QColor(table[Role.Mid]))
    return palette


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
        self._refresh()

    @property
    def choice(self) -> str:
        """What the listener chose: "system", "light" or "dark"."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Show the window in the light or the dark colours, or as the system does."""
        self._choice = choice
        scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(choice, Qt.ColorScheme.Unknown)
        self._hints.setColorScheme(scheme)
        self._refresh()

    def _refresh(self) -> None:
        if _wants_high_contrast():
            self._application.setPalette(QPalette())
        else:
            self._application.setPalette(build_palette(is_dark=self._is_dark()))
        QToolTip.setPalette(self._application.palette())

    def _is_dark(self) -> bool:
        if self._choice == "system":
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
