from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from player.app.compose import Services
from player.core.timecode import parse_timecode
from player.ui.main_window import MainWindow
from player.ui.mirroring import draw_text, leading_point, mirror, mirrored_rect, upright
from player.ui.texts import DOT, END_ISOLATE, ISOLATE, join_facts
from seeded import STARGATE, Library

LTR, RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
Left = Qt.MouseButton.LeftButton
AREA = QRect(10, 0, 80, 30)


def drawn(direction: Qt.LayoutDirection, draw: Callable[[QPainter], object]) -> QImage:
    """What is drawn in a row that lies in the middle of a white picture."""
    image = QImage(100, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    mirror(painter, AREA, direction)
    painter.setPen(QColor("#000000"))
    draw(painter)
    painter.end()
    return image


def inked(image: QImage) -> tuple[int, int]:
    """The first and the last column with something in it."""
    columns = [
        x for x in range(image.width()) if any(image.pixelColor(x, y).lightness() < 200 for y in range(image.height()))
    ]
    return columns[0], columns[-1]


def test_shapes_stand_mirrored() -> None:
    fill = drawn(LTR, lambda painter: painter.fillRect(12, 5, 6, 6, QColor("#000000")))
    assert inked(fill) == (12, 17)
    fill = drawn(RTL, lambda painter: painter.fillRect(12, 5, 6, 6, QColor("#000000")))
    assert inked(fill) == (82, 87)


@pytest.mark.usefixtures("application")
def test_words_stand_at_the_other_side_and_are_not_mirrored() -> None:
    right = drawn(LTR, lambda painter: draw_text(painter, AREA, "Lb", Qt.AlignmentFlag.AlignRight))
    left = drawn(LTR, lambda painter: draw_text(painter, AREA, "Lb"))
    top = Qt.AlignmentFlag.AlignLeft
    assert drawn(RTL, lambda painter: draw_text(painter, AREA, "Lb", top)) == right
    assert inked(left)[0] < 20
    assert inked(right)[1] > 80


def test_a_picture_stays_upright_in_its_place() -> None:
    def draw(painter: QPainter) -> None:
        place = QRectF(12, 5, 6, 6)
        with upright(painter, place):
            painter.fillRect(QRectF(12, 5, 3, 6), QColor("#000000"))

    assert inked(drawn(LTR, draw)) == (12, 14)
    assert inked(drawn(RTL, draw)) == (82, 84)


@given(st.integers(10, 60), st.integers(1, 29), st.integers(0, 28))
def test_what_is_pressed_is_what_is_drawn_there(left: int, width: int, inside: int) -> None:
    part = QRect(left, 3, width, 5)
    shown = mirrored_rect(part, AREA, RTL)
    point = QPoint(shown.left() + inside % width, 4)
    assert part.contains(leading_point(point, AREA, RTL))
    assert mirrored_rect(part, AREA, LTR) == part
    assert leading_point(point, AREA, LTR) == point


def test_facts_of_both_directions_do_not_mix() -> None:
    hebrew = "פודקאסט"
    assert join_facts("Acquired", "", "9 October") == f"Acquired{DOT}9 October"
    assert join_facts(hebrew) == hebrew
    parts = [f"{ISOLATE}{each}{END_ISOLATE}" for each in (hebrew, "9 October")]
    assert join_facts(hebrew, "9 October") == DOT.join(parts)


@pytest.fixture
def turned(application: QApplication, services: Services, library: Library) -> Iterator[None]:
    """Windows that are made from now on read from right to left."""
    application.setLayoutDirection(RTL)
    services.playback.open(library.main, at=parse_timecode("1:12:40"))
    yield
    application.setLayoutDirection(LTR)


@pytest.fixture
def window(turned: None, show_window: Callable[[], MainWindow]) -> MainWindow:
    del turned
    return show_window()


def test_columns_stand_the_other_way_round(window: MainWindow) -> None:
    assert window.chapters.x() < window.middle.x() < window.sidebar.x()
    table = window.chapters.table
    mark = table.delegate.mark_area(table.visualRect(table.model().index(0, 0)), table.font())
    assert mark.left() < table.width() / 2, "told as if from left to right"


def test_time_goes_from_left_to_right(window: MainWindow, services: Services) -> None:
    bar = window.player
    places = [button.mapTo(bar, QPoint(0, 0)).x() for button in bar.buttons.row]
    assert places == sorted(places)
    assert all(button.layoutDirection() is LTR for button in bar.buttons.row)
    assert bar.elapsed.mapTo(bar, QPoint(0, 0)).x() < bar.remaining.mapTo(bar, QPoint(0, 0)).x()
    assert bar.timeline.x_of(0) < bar.timeline.x_of(STARGATE)
    here = services.playback.position()
    QTest.keyClick(window, Qt.Key.Key_Right)
    assert services.playback.position() == here + 30_000


def test_the_mark_of_a_chapter_is_pressed_where_it_is_drawn(window: MainWindow, services: Services) -> None:
    table = window.chapters.table
    row = table.visualRect(table.model().index(5, 0))
    QTest.mouseClick(table.viewport(), Left, pos=QPoint(row.left() + 30, row.center().y()))
    assert services.playback.position() == STARGATE, "the other end of the row plays"
    assert not services.playback.state.skipped
    unit = table.fontMetrics().height()
    QTest.mouseClick(table.viewport(), Left, pos=QPoint(row.right() - round(unit * 1.7), row.center().y()))
    assert services.playback.state.skipped == {5}


def test_a_button_shows_its_icon_at_the_leading_edge(window: MainWindow) -> None:
    play = window.page.play
    mirrored = play.grab().toImage()
    assert play.layoutDirection() is RTL
    play.setLayoutDirection(LTR)
    assert play.grab().toImage() != mirrored


def test_views_are_drawn(window: MainWindow, services: Services, library: Library) -> None:
    """Each row of each list, without a complaint."""
    services.bookmarks.add(library.main, STARGATE, text="ملاحظة").result()
    for place in window.sidebar.model._rows:
        if place.place is not None:
            window.show_place(place.place)
            assert not window.grab().isNull()
