"""The line above a list: its order, and a switch for each filter.

Must not know what the list holds.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup, QResizeEvent

from player.core.model import Filter, Sort
from player.ui.buttons import FlatButton, Look
from player.ui.flowing_row import FlowingRow
from player.ui.list_choice import ListChoice, filter_name, offered_filters, offered_sorts, sort_name
from player.ui.menus import menu_about
from player.ui.places import Place


class ListBar(FlowingRow):
    """Signals: `changed()` when the listener chose otherwise."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(gap=0.4)
        self._place = Place()
        self._sort = Sort.NEWEST
        self.sort = FlatButton("", "sort", Look.CHOICE)
        self.sort.clicked.connect(self._on_sort_clicked)
        self.add(self.sort)
        self.chips: dict[Filter, FlatButton] = {}
        for each in Filter:
            chip = FlatButton(filter_name(each), "", Look.CHOICE)
            chip.setCheckable(True)
            chip.setToolTip(self.tr("Show only these episodes"))
            chip.clicked.connect(lambda _checked: self.changed.emit())
            self.chips[each] = chip
            self.add(chip)

    @property
    def choice(self) -> ListChoice:
        """What is chosen."""
        return ListChoice(self._sort, frozenset(each for each, chip in self.chips.items() if chip.isChecked()))

    def show_choice(self, place: Place, choice: ListChoice) -> None:
        """Offer what makes a difference in the list of a place, with a choice made."""
        self._place = place
        self._show_sort(choice.sort)
        offered = offered_filters(place)
        for each, chip in self.chips.items():
            chip.setVisible(each in offered)
            chip.setChecked(each in choice.filters)
        self._fold()

    def clear_filters(self) -> None:
        """Leave nothing out any more."""
        for chip in self.chips.values():
            chip.setChecked(False)
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the order is an icon."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        self.sort.fold(is_folded=False)
        shown = [self.sort, *(chip for chip in self.chips.values() if not chip.isHidden())]
        needed = sum(each.sizeHint().width() + self.gap for each in shown)
        self.sort.fold(is_folded=needed > self.width())

    def _show_sort(self, sort: Sort) -> None:
        self._sort = sort
        self.sort.show_as(sort_name(sort), "sort")
        self.sort.set_name(self.tr("Order: {order}").format(order=sort_name(sort)))

    def _on_sort_clicked(self) -> None:
        menu = menu_about(self.sort.accessibleName(), self)
        group = QActionGroup(menu)
        for each in offered_sorts(self._place):
            action = menu.addAction(sort_name(each))
            action.setCheckable(True)
            action.setChecked(each is self._sort)
            action.setActionGroup(group)
            action.triggered.connect(partial(self._on_sort_chosen, each))
        menu.popup(self.sort.mapToGlobal(self.sort.rect().bottomLeft()))

    def _on_sort_chosen(self, sort: Sort, _checked: bool = False) -> None:
        self._show_sort(sort)
        self._fold()
        self.changed.emit()
