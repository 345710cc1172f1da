"""Large letters on small screens, and very wide windows: nothing is cut, all can be reached, rows stay readable."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from accessibility.scenes import SCENES, Set
from accessibility.stage import dressed
from player.core.model import View
from player.ui.add_podcast import AddPodcast
from player.ui.flowing_row import FlowingRow
from player.ui.main_window import MainWindow
from player.ui.places import BOOKMARKS, QUEUE, SEARCH, Place
from player.ui.plain_table import read_width
from player.ui.tick_box import TickBox
from seeded import Library
from sizes import squeezed

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LARGE = 24.0
"""In points: three times the smallest letters that desktops offer."""
WITHOUT_MENUS = [name for name in SCENES if not name.startswith("the menu")]


@pytest.fixture(scope="module")
def large_letters(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Set]:
    """One window in large letters for all scenes."""
    before, large = qapp.font(), QFont(qapp.font())
    large.setPointSizeF(LARGE)
    qapp.setFont(large)
    with dressed(qapp, tmp_path_factory.mktemp("profile")) as there:
        yield there
    qapp.setFont(before)


@pytest.fixture
def small(large_letters: Set) -> Iterator[Set]:
    """It is 640×480, and the screen 800×800."""
    large_letters.clear()
    large_letters.window.resize(640, 480)
    yield large_letters
    large_letters.clear()


@pytest.mark.parametrize("name", WITHOUT_MENUS)
def test_large_letters_fit_into_a_small_window(small: Set, name: str) -> None:
    root = SCENES[name](small)
    for _ in range(3):
        QApplication.processEvents()
    assert squeezed(root) == []


def test_what_gets_the_focus_is_seen(small: Set, qtbot: QtBot) -> None:
    dialog = small.window.errands.add_podcast("words")
    assert isinstance(dialog, AddPodcast)
    dialog.resize(640, 480)
    dialog.account.ask()
    field = dialog.account.user
    qtbot.waitUntil(lambda: field.hasFocus() and field.visibleRegion().boundingRect().height() == field.height())


def test_a_low_view_scrolls_its_head_away_before_its_list(small: Set, qtbot: QtBot) -> None:
    window = small.window
    window.show_place(Place(podcast=small.library.lex))
    QApplication.processEvents()
    table, low = window.list.table, window.list._low
    assert low.verticalScrollBar().value() == 0
    assert window.list.head.heading.visibleRegion().boundingRect().height() == window.list.head.heading.height()
    for _ in range(40):
        turn_wheel(table, -120)
        if low.verticalScrollBar().value() == low.verticalScrollBar().maximum():
            break
        assert table.verticalScrollBar().value() == 0
    turn_wheel(table, -120)
    assert table.verticalScrollBar().value() > 0
    window.show_place(Place(View.NEW))
    assert low.verticalScrollBar().value() == 0
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: low.verticalScrollBar().value() > 0)
    row = table.visualRect(table.currentIndex())
    assert table.viewport().visibleRegion().contains(row.center())


def turn_wheel(table: QAbstractItemView, by: int) -> None:
    viewport, at = table.viewport(), QPointF(20, 20)
    there = QPointF(viewport.mapToGlobal(at.toPoint()))
    none = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase)
    QApplication.sendEvent(viewport, QWheelEvent(at, there, QPoint(), QPoint(0, by), *none, False))


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_rows_of_a_very_wide_window_are_as_wide_as_one_reads(
    window: MainWindow, library: Library, direction: Qt.LayoutDirection
) -> None:
    window.setLayoutDirection(direction)
    unit = window.fontMetrics().height()
    window.resize(220 * unit, 60 * unit)
    for place in (Place(View.NEW), Place(podcast=library.lex), Place(View.DOWNLOADS), QUEUE, BOOKMARKS, SEARCH):
        window.show_place(place)
        QApplication.processEvents()
        listing, most = window._listing, read_width(unit)
        assert listing.width() > most * 1.5
        if listing.table.isVisible():
            assert listing.table.columnWidth(0) == most
            first = listing.table.columnViewportPosition(0)
            assert first in (0, listing.table.viewport().width() - most)
            assert (first == 0) is (direction is Qt.LayoutDirection.LeftToRight)
        for part in listing.findChildren(QWidget):
            if part.isVisible() and isinstance(part, QLabel) and part.text():
                left = part.mapTo(listing, QPoint()).x()
                assert left + part.width() <= most or direction is Qt.LayoutDirection.RightToLeft
                assert left >= listing.width() - most or direction is Qt.LayoutDirection.LeftToRight


def test_rows_of_a_narrow_window_take_its_width(window: MainWindow) -> None:
    window.resize(window.fontMetrics().height() * 50, 600)
    QApplication.processEvents()
    assert window.list.table.columnWidth(0) == window.list.table.viewport().width()


@given(st.lists(st.tuples(st.integers(1, 120), st.integers(1, 40)), max_size=9), st.integers(130, 400), st.booleans())
def test_a_row_goes_on_in_the_next_one(sizes: list[tuple[int, int]], width: int, ends: bool) -> None:
    row = FlowingRow(gap=0.4, ends=ends)
    parts = []
    for size in sizes:
        part = QWidget()
        part.setFixedSize(QSize(*size))
        parts.append(part)
    row.add(*parts)
    height = row.heightForWidth(width)
    row.resize(width, height)
    QApplication.sendPostedEvents()
    row._arrange()
    places = [part.geometry() for part in parts]
    assert all(QRect(0, 0, width, height).contains(place) for place in places)
    assert not any(one.intersects(other) for n, one in enumerate(places) for other in places[:n])
    assert row.sizeHint().width() > width or height == row.sizeHint().height()
    row.deleteLater()


def test_what_comes_while_a_row_is_hidden_has_its_place(window: MainWindow, library: Library) -> None:
    window.show_place(Place(View.DOWNLOADS))
    QApplication.processEvents()
    window.show_episode(library.main)
    window.list.show_place(Place(podcast=library.lex))
    window.show_list()
    QApplication.processEvents()
    shown = [each for each in (window.list.bar.sort, *window.list.bar.chips.values()) if each.isVisible()]
    assert len(shown) == 4
    assert not any(one.geometry().intersects(other.geometry()) for n, one in enumerate(shown) for other in shown[:n])


def test_words_beside_a_tick_break_where_it_is_narrow(qtbot: QtBot) -> None:
    box = TickBox("Write chapters && cover into the files")
    qtbot.addWidget(box)
    wide = box.sizeHint().width()
    assert box.heightForWidth(wide) == box.sizeHint().height()
    unit = box.fontMetrics().height()
    assert box.heightForWidth(wide // 2) == pytest.approx(box.sizeHint().height() + unit, abs=unit)
    assert box.heightForWidth(wide // 2) > box.heightForWidth(wide)
