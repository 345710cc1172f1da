"""What one does with the column of chapters in the window: choose a row, open its menu, press an entry."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from player.ui.main_window import MainWindow


def choose(window: MainWindow, row: int) -> None:
    """Put the focus on a row."""
    window.chapters.table.setCurrentIndex(window.chapters.model.index(row, 0))
    window.chapters.table.setFocus()


def press(menu: QMenu | None, words: str) -> None:
    assert menu is not None
    (action,) = [each for each in menu.actions() if each.text() == words]
    action.trigger()
    menu.close()


def row_menu(window: MainWindow, row: int) -> QMenu:
    index = window.chapters.model.index(row, 0)
    window.chapters.table.menu_asked.emit(index, window.chapters.mapToGlobal(QPoint(10, 10)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def list_menu(window: MainWindow) -> QMenu:
    QTest.mouseClick(window.chapters.more, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu
