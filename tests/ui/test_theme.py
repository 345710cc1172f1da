from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from player.ui.icons import icon_folder, paint_icon, window_icon
from player.ui.main_window import MainWindow
from player.ui.theme import (
    GRAPHIC,
    STRONG_TEXT,
    TEXT,
    Theme,
    build_palette,
    colours,
    contrast,
    made_readable,
    mixed,
    strengthened,
)
from player.ui.tiles import initials, tile_colour

Role = QPalette.ColorRole


def windows_high_contrast() -> QPalette:
    """The colours of a system that has chosen extreme ones itself, with some that cannot be read."""
    palette = QPalette()
    for role, colour in {
        Role.Window: "#000000",
        Role.Base: "#000000",
        Role.Text: "#ffffff",
        Role.WindowText: "#ffffff",
        Role.Button: "#000000",
        Role.ButtonText: "#ffffff",
        Role.PlaceholderText: "#555555",
        Role.Mid: "#202020",
        Role.Highlight: "#8e5fce",
        Role.HighlightedText: "#ffffff",
        Role.Link: "#3333ff",
    }.items():
        palette.setColor(role, QColor(colour))
    return palette


PALETTES = {
    "light": (build_palette(is_dark=False), TEXT),
    "dark": (build_palette(is_dark=True), TEXT),
    "light, high contrast": (build_palette(is_dark=False, is_strong=True), STRONG_TEXT),
    "dark, high contrast": (build_palette(is_dark=True, is_strong=True), STRONG_TEXT),
    "the system's, high contrast": (made_readable(windows_high_contrast()), STRONG_TEXT),
}


@pytest.mark.parametrize(("palette", "least"), PALETTES.values(), ids=PALETTES)
def test_words_can_be_read_and_graphics_seen_on_every_ground(palette: QPalette, least: float) -> None:
    shades = colours(palette)
    for ground in (shades.page, shades.chrome, shades.card, shades.accent_soft):
        assert contrast(shades.text, ground) > 10
        assert contrast(shades.muted, ground) >= least
    for ground in (shades.page, shades.chrome, shades.hover):
        assert contrast(shades.text, ground) >= least
        assert contrast(shades.good, ground) >= GRAPHIC
    for ground in (shades.page, shades.chrome):
        assert contrast(palette.color(Role.Link), ground) >= least
        assert contrast(shades.accent, ground) >= least
        for seen in (shades.segment, shades.segment_hot, shades.track_strong, shades.faint):
            assert contrast(seen, ground) >= GRAPHIC
    assert contrast(shades.on_accent, shades.accent) >= least
    assert contrast(shades.accent, shades.accent_soft) >= TEXT
    assert contrast(shades.tip_text, shades.tip) > 10


@pytest.mark.parametrize("name", [name for name in PALETTES if "high" in name])
def test_in_high_contrast_lines_frames_and_what_was_played_are_seen(name: str) -> None:
    shades = colours(PALETTES[name][0])
    for ground in (shades.page, shades.chrome):
        for seen in (shades.line, shades.track, shades.edge, shades.good):
            assert contrast(seen, ground) >= GRAPHIC
        assert contrast(shades.faint, ground) >= STRONG_TEXT
    assert contrast(shades.accent, shades.segment) >= 2.2


def test_elsewhere_they_are_calm() -> None:
    for name in ("light", "dark"):
        shades = colours(PALETTES[name][0])
        assert shades.edge.alpha() == 0
        assert contrast(shades.line, shades.page) < 2


@given(st.tuples(*[st.integers(0, 255)] * 9), st.floats(1, 21))
def test_what_is_made_stronger_stands_out_as_far_as_can_be(parts: tuple[int, ...], least: float) -> None:
    colour, towards, ground = (QColor(*parts[start : start + 3]) for start in (0, 3, 6))
    found = strengthened(colour, towards, [ground], least)
    assert contrast(found, ground) >= least or found == towards
    assert contrast(colour, ground) < least or found.name() == colour.name()


def test_contrast_is_that_of_the_standard() -> None:
    black, white = QColor("#000000"), QColor("#ffffff")
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, white) == 1
    # Known pairs: the lightest grey that may carry text on white, and the next one.
    assert contrast(QColor("#767676"), white) >= 4.5 > contrast(QColor("#777777"), white)


@pytest.mark.parametrize(("choice", "is_dark"), [("light", False), ("dark", True)])
def test_the_choice_makes_the_palette(application: QApplication, choice: str, is_dark: bool) -> None:
    theme = Theme(application, "system")
    theme.choose(choice)
    assert theme.choice == choice
    assert colours(application.palette()).is_dark is is_dark
    assert application.palette().color(QPalette.ColorRole.Accent) == QColor("#ff7a4a" if is_dark else "#b5411a")
    theme.choose("system")


def test_high_contrast_can_be_chosen(application: QApplication) -> None:
    theme = Theme(application, "contrast")
    assert colours(application.palette()).page == QColor("#ffffff")
    assert colours(application.palette()).edge.alpha() == 255
    theme.choose("light")
    assert colours(application.palette()).edge.alpha() == 0


@pytest.fixture
def extreme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("player.ui.theme._wants_high_contrast", lambda: True)


@pytest.mark.usefixtures("extreme")
def test_a_system_in_high_contrast_keeps_its_extreme_palette(application: QApplication) -> None:
    Theme(application, "system")
    shades = colours(application.palette())
    assert application.palette().color(Role.Window) not in (QColor("#f3f1ed"), QColor("#ffffff"))
    assert contrast(shades.muted, shades.chrome) >= STRONG_TEXT
    assert contrast(shades.accent, shades.page) >= STRONG_TEXT


@pytest.mark.usefixtures("extreme")
@pytest.mark.parametrize(("choice", "page"), [("light", "#ffffff"), ("dark", "#000000")])
def test_a_system_in_high_contrast_leaves_the_choice_of_light_and_dark(
    application: QApplication, choice: str, page: str
) -> None:
    Theme(application, choice)
    assert colours(application.palette()).page == QColor(page)
    assert colours(application.palette()).edge.alpha() == 255


@pytest.mark.usefixtures("extreme")
def test_of_a_system_whose_palette_is_not_extreme_ours_is_taken(
    application: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.ui.theme.is_extreme", lambda _: False)
    Theme(application, "system")
    assert application.palette().color(Role.Window) == QColor("#ffffff")


def test_another_palette_shows_at_once_in_what_is_drawn(window: MainWindow, application: QApplication) -> None:
    """Also in icons, which have no colour of their own; as when the system goes over to other colours."""
    parts = (window.top.more, window.sidebar.view, window.player.timeline, window.list.table, window.player.heading)
    before = [each.grab().toImage() for each in parts]
    application.setPalette(build_palette(is_dark=True, is_strong=True))
    application.processEvents()
    after = [each.grab().toImage() for each in parts]
    icon = after[0]
    inks = {icon.pixelColor(x, y).name() for x in range(icon.width()) for y in range(icon.height())}
    assert "#ffffff" in inks
    assert all(one != other for one, other in zip(before, after, strict=True))


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
