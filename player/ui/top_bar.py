"""The bar at the top: the brand, the go-to box, adding and importing, and the menu for the rest.

Must not know how anything is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QActionGroup, QFont, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from player.app.compose import Services
from player.core.events import RefreshChanged
from player.ui.actions import Actions
from player.ui.buttons import FlatButton, Look
from player.ui.goto_box import GotoBox
from player.ui.icons import paint_icon
from player.ui.listen import listen
from player.ui.menus import menu_about
from player.ui.mirroring import draw_text, mirror
from player.ui.theme import Theme, colours
from player.ui.widgets import Panel, let_shrink, sized

_BRAND_ABOVE = 22
"""A width in heights of a line of text."""
_Choice = TypeVar("_Choice", bound=str | int)


class Brand(QWidget):
    """The bookmark and the name."""

    def __init__(self) -> None:
        super().__init__()
        self.is_short = False
        self.setFont(sized(self.font(), 1.0, QFont.Weight.Bold))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Icon and name, or the icon alone."""
        metrics = self.fontMetrics()
        name = 0 if self.is_short else metrics.horizontalAdvance("Earmark") + metrics.height() // 2
        return QSize(metrics.height() + name, metrics.height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both."""
        del event
        painter = QPainter(self)
        mirror(painter, self.rect(), self.layoutDirection())
        shades = colours(self.palette())
        side = self.fontMetrics().height()
        paint_icon(painter, "bookmark", QRectF(-2, (self.height() - side) / 2, side, side), shades.accent)
        if not self.is_short:
            painter.setPen(shades.text)
            draw_text(painter, self.rect().adjusted(round(side * 1.2), 0, 0, 0), "Earmark")


class TopBar(Panel):
    """Brand, go-to box, buttons."""

    def __init__(self, services: Services, actions: Actions, theme: Theme, goto: GotoBox) -> None:
        super().__init__(QPalette.ColorRole.Window, Qt.Edge.BottomEdge)
        self._services = services
        self._actions = actions
        self._theme = theme
        unit = self.fontMetrics().height()
        self.brand = Brand()
        self._brand_holder = QWidget()
        self.goto = goto
        goto.setMaximumWidth(unit * 24)
        self.busy = FlatButton("", "close", Look.QUIET)
        self.busy.put_icon_last()
        self.busy.setToolTip(self.tr("Ask no more podcasts"))
        self.busy.clicked.connect(services.refreshing.call_off)
        self.busy.hide()
        self.chapters = FlatButton(self.tr("Chapters"), "chapters")
        self.chapters.setCheckable(True)
        self.chapters.hide()
        self.import_button = FlatButton(self.tr("Import…"), "", Look.PLAIN, self.tr("Import"))
        self.import_button.clicked.connect(self._on_import_clicked)
        self.add = FlatButton(self.tr("Add podcast"), "add", Look.PLAIN, actions.words("add_podcast"))
        self.add.clicked.connect(actions.trigger("add_podcast"))
        self.more = FlatButton("", "more", Look.QUIET, self.tr("Menu"))
        self.more.clicked.connect(self._on_more_clicked)
        holder = QHBoxLayout(self._brand_holder)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(self.brand)
        holder.addStretch()
        row = QHBoxLayout(self)
        self._row = row
        self.set_low(is_low=False)
        row.setSpacing(unit // 2)
        row.addWidget(self._brand_holder)
        row.addWidget(goto, 3)
        row.addWidget(self.busy)
        row.addStretch(1)
        for button in (self.chapters, self.import_button, self.add, self.more):
            row.addWidget(button)
        let_shrink(self)
        listen(self, services.bus, RefreshChanged, self._on_refresh_changed)

    def set_low(self, *, is_low: bool) -> None:
        """Take less height: the window is low."""
        unit = self.fontMetrics().height()
        above = unit // (4 if is_low else 2)
        self._row.setContentsMargins(unit, above - 1, round(unit * 0.7), above)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow bar shows the icons only."""
        super().resizeEvent(event)
        unit = self.fontMetrics().height()
        is_narrow = self.width() < unit * 50
        self.brand.is_short = is_narrow
        self.brand.updateGeometry()
        self._brand_holder.setFixedWidth(round(unit * (2.1 if is_narrow else 12.1)))
        self._brand_holder.setVisible(self.width() > unit * _BRAND_ABOVE)
        self.import_button.setVisible(not is_narrow)
        self.add.show_as("" if is_narrow else self.tr("Add podcast"), "add")
        self.chapters.show_as("" if self.width() < unit * 34 else self.tr("Chapters"), "chapters")

    def _on_refresh_changed(self, fact: RefreshChanged) -> None:
        self.busy.show_as(self.tr("Refreshing %n…", None, fact.running), "close")
        self.busy.setVisible(fact.running > 0)

    def _on_import_clicked(self) -> None:
        menu = menu_about(self.import_button.accessibleName(), self)
        menu.addAction(self._actions["import"])
        menu.addAction(self._actions["open_file"])
        self._open(menu, self.import_button)

    def _on_more_clicked(self) -> None:
        menu = menu_about(self.more.accessibleName(), self)
        for names in (("refresh", "open_file"), ("import", "export", "export_opml")):
            for name in names:
                menu.addAction(self._actions[name])
            menu.addSeparator()
        looks = {
            "system": self.tr("As the system"),
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
            "contrast": self.tr("High contrast"),
        }
        _add_choices(menu.addMenu(self.tr("Colours")), looks, self._theme.choice, self._on_theme_chosen)
        often = {
            15: self.tr("Every 15 minutes"),
            60: self.tr("Every hour"),
            180: self.tr("Every 3 hours"),
            720: self.tr("Every 12 hours"),
            1440: self.tr("Every day"),
            0: self.tr("Never"),
        }
        every = self._services.settings.value.refresh_minutes
        _add_choices(menu.addMenu(self.tr("Refresh by itself")), often, every, self._on_often_chosen)
        menu.addAction(self._actions["mini_player"])
        menu.addAction(self._actions["skip_rules"])
        menu.addAction(self._actions["settings"])
        menu.addAction(self._actions["downloads_settings"])
        menu.addAction(self._actions["statistics"])
        menu.addAction(self._actions["shortcuts"])
        menu.addSeparator()
        menu.addAction(self._actions["quit"])
        self._open(menu, self.more)

    def _on_theme_chosen(self, choice: str) -> None:
        self._services.settings.change(theme=choice)
        self._theme.choose(choice)

    def _on_often_chosen(self, minutes: int) -> None:
        self._services.settings.change(refresh_minutes=minutes)
        self._services.refreshing.refresh_due()

    @staticmethod
    def _open(menu: QMenu, below: QWidget) -> None:
        corner = below.mapToGlobal(below.rect().bottomRight())
        corner.setX(corner.x() - menu.sizeHint().width())
        menu.popup(corner)


def _add_choices(
    menu: QMenu, choices: Mapping[_Choice, str], current: _Choice, choose: Callable[[_Choice], None]
) -> None:
    """Fill a menu with choices of which one holds."""
    group = QActionGroup(menu)
    for choice, words in choices.items():
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(choice == current)
        action.setActionGroup(group)
        action.triggered.connect(lambda _checked, chosen=choice: choose(chosen))
