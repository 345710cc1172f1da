"""A menu that opens once: it says what it is about, and goes when it is closed.

Must not know its entries.
"""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget


def menu_about(name: str, parent: QWidget) -> QMenu:
    """An empty menu; `name` is what a screen reader says when it opens: the button's or the row's own words."""
    menu = QMenu(parent)
    menu.setAccessibleName(name)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu
