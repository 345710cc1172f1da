"""A menu that opens once: it says what it is about, and goes when it is closed.

Must not know its entries.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget


def menu_about(name: str, parent: QWidget) -> QMenu:
    """An empty menu; `name` is what a screen reader says when it opens: the button's or the row's own words."""
    menu = QMenu(parent)
    menu.setAccessibleName(name)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def open_row_menu() -> None:
    """Open the menu of the row with the cursor, as the menu key does where there is one."""
    focus = QApplication.focusWidget()
    if focus is not None:
        place = focus.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, focus.mapToGlobal(place))
        QApplication.sendEvent(focus, event)
