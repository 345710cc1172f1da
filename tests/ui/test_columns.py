from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from player.app.compose import Services
from player.ui.columns import Edge
from player.ui.main_window import MainWindow
from player.ui.window_state import ColumnWidths, WindowState

Left = Qt.MouseButton.LeftButton
Key = Qt.Key


def drag(edge: Edge, by: int) -> None:
    """As a mouse does that takes it in its middle."""
    start = edge.rect().center()
    QTest.mousePress(edge, Left, pos=start)
    at = edge.mapToGlobal(start) + QPoint(by, 0)
    local = QPointF(edge.mapFromGlobal(at))
    QApplication.sendEvent(
        edge, QMouseEvent(QMouseEvent.Type.MouseMove, local, QPointF(at), Left, Left, Qt.KeyboardModifier.NoModifier)
    )
    QTest.mouseRelease(edge, Left, pos=edge.mapFromGlobal(at))
    QApplication.processEvents()


def resize(window: MainWindow, columns: float) -> None:
    """To a width in heights of a line."""
    window.resize(round(window.fontMetrics().height() * columns), 700)
    QApplication.processEvents()


def test_edges_are_dragged_and_kept(
    playing: MainWindow, build: Callable[[], MainWindow], direction: Qt.LayoutDirection
) -> None:
    resize(playing, 90)
    columns = playing.library
    sidebar, chapters = playing.sidebar.width(), playing.chapters.width()
    out = 1 if direction is Qt.LayoutDirection.LeftToRight else -1
    drag(columns.sidebar_edge, 40 * out)
    drag(columns.chapters_edge, -60 * out)
    assert playing.sidebar.width() == sidebar + 40
    assert playing.chapters.width() == chapters + 60
    inner, edges = playing.middle.geometry(), (columns.sidebar_edge, columns.chapters_edge)
    assert {inner.left(), inner.right() + 1} == {edge.x() + edge._line for edge in edges}
    playing.close()
    again = build()
    again.show()
    resize(again, 90)
    assert again.sidebar.width() == sidebar + 40
    assert again.chapters.width() == chapters + 60


@pytest.fixture(params=[Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft], ids=["ltr", "rtl"])
def direction(request: pytest.FixtureRequest, playing: MainWindow) -> Qt.LayoutDirection:
    found: Qt.LayoutDirection = request.param
    playing.setLayoutDirection(found)
    QApplication.processEvents()
    return found


def test_a_double_click_brings_back_the_usual_width(playing: MainWindow) -> None:
    resize(playing, 90)
    sidebar, chapters = playing.sidebar.width(), playing.chapters.width()
    edges = playing.library.sidebar_edge, playing.library.chapters_edge
    for edge in edges:
        drag(edge, 50)
        QTest.mouseDClick(edge, Left, pos=edge.rect().center())
        QTest.mouseRelease(edge, Left, pos=edge.rect().center())
    assert (playing.sidebar.width(), playing.chapters.width()) == (sidebar, chapters)
    assert playing.library.chosen == ColumnWidths()


def test_keys_move_the_edge_that_has_the_focus(playing: MainWindow, services: Services) -> None:
    resize(playing, 90)
    here = services.playback.position()
    step = playing.fontMetrics().height() // 2
    for edge, column, wider, narrower in (
        (playing.library.sidebar_edge, playing.sidebar, Key.Key_Right, Key.Key_Left),
        (playing.library.chapters_edge, playing.chapters, Key.Key_Left, Key.Key_Right),
    ):
        usual = column.width()
        edge.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(edge, wider)
        QTest.keyClick(edge, wider)
        assert column.width() == usual + 2 * step
        QTest.keyClick(edge, narrower)
        assert column.width() == usual + step
        QTest.keyClick(edge, Key.Key_Return)
        assert column.width() == usual
    assert services.playback.position() == here, "the arrows did not seek"


def test_columns_give_way_to_the_middle_and_come_back(playing: MainWindow) -> None:
    resize(playing, 120)
    unit = playing.fontMetrics().height()
    drag(playing.library.sidebar_edge, 400)
    drag(playing.library.chapters_edge, -700)
    wide = playing.sidebar.width(), playing.chapters.width()
    assert playing.middle.width() >= 22 * unit - 1
    for columns in (80, 66, 60, 46.5, 40, 60, 80):
        resize(playing, columns)
        assert playing.middle.width() >= 22 * unit - 1
        assert playing.library.sidebar_edge.isVisible() is (columns > 64)
        assert playing.library.chapters_edge.isVisible() is (columns > 46)
    resize(playing, 120)
    assert (playing.sidebar.width(), playing.chapters.width()) == wide


def test_neither_column_is_dragged_away(playing: MainWindow) -> None:
    resize(playing, 90)
    unit = playing.fontMetrics().height()
    drag(playing.library.sidebar_edge, -5000)
    drag(playing.library.chapters_edge, 5000)
    assert playing.sidebar.width() == 9 * unit
    assert playing.chapters.width() == 14 * unit
    drag(playing.library.chapters_edge, -5000)
    assert playing.middle.width() >= 22 * unit - 1


def test_nonsense_that_was_kept_is_passed_over(services: Services) -> None:
    memory = QSettings(str(services.profile.folder / "other.ini"), QSettings.Format.IniFormat)
    for value in ("wide", "-3", "nan", "1e9", "", "0"):
        memory.setValue("sidebar_width", value)
        memory.setValue("chapters_width", value)
        assert WindowState(memory).widths() == ColumnWidths()
    WindowState(memory).keep_widths(ColumnWidths(12.5, None))
    assert WindowState(memory).widths() == ColumnWidths(12.5, None)
