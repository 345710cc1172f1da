from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from player.ui.icons import icon_folder, paint_icon, window_icon
from player.ui.theme import Theme, build_palette, colours, mixed
from player.ui.tiles import initials, tile_colour


def luminance(colour: QColor) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: QColor, second: QColor) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("is_dark", [False, True])
def test_words_can_be_read_on_every_ground(is_dark: bool) -> None:
    shades = colours(build_palette(is_dark=is_dark))
    for ground in (shades.page, shades.chrome, shades.card, shades.accent_soft):
        assert contrast(shades.text, ground) > 10
        assert contrast(shades.muted, ground) >= 4.5
    assert contrast(shades.on_accent, shades.accent) >= 4.5
    assert contrast(shades.accent, shades.accent_soft) >= 3.5
    assert contrast(shades.accent, shades.page) >= 4.5
    assert contrast(shades.tip_text, shades.tip) > 10


@pytest.mark.parametrize(("choice", "is_dark"), [("light", False), ("dark", True)])
def test_the_choice_makes_the_palette(application: QApplication, choice: str, is_dark: bool) -> None:
    theme = Theme(application, "system")
    theme.choose(choice)
    assert theme.choice == choice
    assert colours(application.palette()).is_dark is is_dark
    assert application.palette().color(QPalette.ColorRole.Accent) == QColor("#ff7a4a" if is_dark else "#c2481f")
    theme.choose("system")


def test_high_contrast_keeps_the_systems_palette(application: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("player.ui.theme._wants_high_contrast", lambda: True)
    Theme(application, "light")
    shades = colours(application.palette())
    assert shades.accent == application.palette().color(QPalette.ColorRole.Accent)
    assert shades.page != QColor("#fbfaf8")


def test_mixed_is_between() -> None:
    assert mixed(QColor("#000000"), QColor("#ffffff"), 0.5).lightness() == pytest.approx(127, abs=1)


def names() -> list[str]:
    return sorted(path.stem for path in icon_folder().glob("*.svg"))


@pytest.mark.parametrize("name", names())
def test_every_icon_draws_in_the_colour_asked_for(application: QApplication, name: str) -> None:
    image = QImage(48, 48, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    paint_icon(painter, name, QRectF(0, 0, 48, 48), QColor("#00ff00"))
    painter.end()
    inked = {
        image.pixelColor(x, y).name() for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255
    }
    assert inked
    assert name == "earmark" or inked == {"#00ff00"}


def test_the_window_has_an_icon(application: QApplication) -> None:
    assert not window_icon().pixmap(64, 64).isNull()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Lex Fridman Podcast", "LF"),
        ("Acquired", "Ac"),
        ("The Rest Is History", "RI"),
        ("Logbuch:Netzpolitik", "LN"),
        ("99% Invisible", "9I"),
        ("", "?"),
        ("…", "?"),
        ("The Podcast", "TP"),
    ],
)
def test_initials(title: str, expected: str) -> None:
    assert initials(title) == expected


def test_tiles_are_dark_enough_for_white_letters() -> None:
    for title in ("Acquired", "Hard Fork", "Syntax", "In Our Time", "a", "b", "c", "d", "e", "f", "g", "h"):
        assert tile_colour(title) == tile_colour(title.upper())
        assert contrast(QColor("#ffffff"), tile_colour(title)) >= 4


def test_colours_are_derived_once_for_the_same_palette(application: QApplication) -> None:
    palette = build_palette(is_dark=False)
    first = colours(palette)
    assert colours(QPalette(palette)) is first
    palette.setColor(QPalette.ColorRole.Base, QColor("#000000"))
    assert colours(palette).is_dark
    assert not first.is_dark
    palette.setCurrentColorGroup(QPalette.ColorGroup.Disabled)
    assert colours(palette).accent != first.accent
