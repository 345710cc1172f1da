"""The dialog that tells how long was listened and what that saved: in words, in a plot, and by podcast.

Must not know how it is counted.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPalette
from PySide6.QtWidgets import QBoxLayout, QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from player.app.compose import Services
from player.core.events import StatisticsChanged
from player.ui.artworks import Artworks
from player.ui.buttons import FlatButton, Look
from player.ui.dialog_frame import DialogFrame
from player.ui.flowing_row import FlowingRow
from player.ui.listen import listen
from player.ui.one_of import OneOf, Option
from player.ui.statistics_plot import BarsPicture, Legend, StatisticsPlot
from player.ui.statistics_table import StatisticsTable
from player.ui.statistics_texts import facts_text, listened_text, month_text
from player.ui.texts import join_facts
from player.ui.widgets import ElidedLabel, WrappedLabel, room_on_screen

_PERIODS = (3, 12, None)
"""How many months are shown: the last ones, or all."""
_NARROW_BELOW, _LEAST_TABLE = 36, 8
"""In heights of a line of text: a width from which on all stands side by side, and how high the table is at least."""


class StatisticsDialog(QDialog):
    """Totals, months, podcasts. It goes on counting while something plays."""

    def __init__(self, services: Services, artworks: Artworks, parent: QWidget) -> None:
        super().__init__(parent)
        self._services = services
        self._artworks = artworks
        self._podcasts = {each.feed_url: each.id for each in services.library.podcasts()}
        self._months: int | None = None
        self.setWindowTitle(self.tr("Statistics"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        # First, so that what is read out first is the sum, and no button looks as if it was chosen.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        unit = self.fontMetrics().height()
        room = (parent.size() - QSize(unit * 2, unit * 2)).expandedTo(QSize(unit * 40, unit * 32))
        size = QSize(unit * 54, unit * 44).boundedTo(room).boundedTo(room_on_screen(self))
        self._build()
        self._lay_out(is_narrow=size.width() < unit * _NARROW_BELOW)
        self.resize(size)
        listen(self, services.bus, StatisticsChanged, lambda _: self.refresh())
        self.refresh()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.heading = WrappedLabel(factor=1.35, weight=QFont.Weight.Bold, role=QPalette.ColorRole.Text)
        self.facts = WrappedLabel(role=QPalette.ColorRole.PlaceholderText)
        names = {3: self.tr("3 months"), 12: self.tr("12 months"), None: self.tr("All")}
        group = OneOf(self)
        self.periods = {months: Option(names[months], group) for months in _PERIODS}
        for months, button in self.periods.items():
            button.setChecked(months is None)
            button.clicked.connect(lambda _checked, wanted=months: self._on_period_chosen(wanted))
        self.period = ElidedLabel(factor=1.05, weight=QFont.Weight.DemiBold, role=QPalette.ColorRole.Text)
        self.show_all = FlatButton(self.tr("Show all podcasts"), "", Look.CHIP)
        self.legend = Legend()
        self.plot = StatisticsPlot()
        self.plot.looked_at.connect(lambda _: self._show_period())
        self.table = StatisticsTable(self._artwork_of)
        self._artworks.arrived.connect(self.table.viewport().update)
        self.table.podcast_chosen.connect(lambda _: self._show_plot())
        self.show_all.clicked.connect(self.table.clearSelection)
        self.close_button = FlatButton(self.tr("Close"))
        self.close_button.clicked.connect(self.accept)

    def _artwork_of(self, feed_url: str, painter: QPainter, square: QRectF) -> QImage | None:
        """None where the podcast was removed."""
        podcast = self._podcasts.get(feed_url)
        return None if podcast is None else self._artworks.image(podcast, painter, square)

    def _lay_out(self, *, is_narrow: bool) -> None:
        unit = self.fontMetrics().height()
        self.pages = QStackedWidget()
        self.pages.addWidget(self._full(unit, is_narrow=is_narrow))
        self.pages.addWidget(self._empty(unit))
        note = WrappedLabel(factor=0.88, role=QPalette.ColorRole.PlaceholderText)
        note.setText(self.tr("Counted on this computer and kept here, also when you remove a podcast."))
        frame = DialogFrame(self, (self.close_button,), spacing=0.8)
        frame.column.addWidget(self.pages, 1)
        frame.column.addWidget(note)

    def _full(self, unit: int, *, is_narrow: bool) -> QWidget:
        full = QWidget()
        periods = FlowingRow(gap=1 / 3)
        periods.add(*self.periods.values())
        top = QBoxLayout(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)
        top.setSpacing(unit // 3)
        top.addWidget(self.heading, 1)
        top.addWidget(periods, 0, Qt.AlignmentFlag.AlignTop)
        period = QHBoxLayout()
        period.addWidget(self.period, 1)
        period.addWidget(self.show_all)
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addSpacing(unit // 4)
        column.addWidget(self.facts)
        column.addSpacing(unit)
        column.addLayout(period)
        column.addWidget(self.legend)
        column.addSpacing(unit // 3)
        column.addWidget(self.plot, 1)
        column.addSpacing(unit // 2)
        self.table.setMinimumHeight(unit * _LEAST_TABLE)
        column.addWidget(self.table, 1)
        return full

    def _empty(self, unit: int) -> QWidget:
        empty = QWidget()
        heading = WrappedLabel(factor=1.5, weight=QFont.Weight.Bold, role=QPalette.ColorRole.Text)
        heading.setText(self.tr("Nothing listened to yet"))
        words = WrappedLabel(role=QPalette.ColorRole.PlaceholderText)
        words.setText(
            self.tr(
                "As soon as you play something, Earmark adds up here how long you listen, month by month and podcast by"
                " podcast, and how much time speed, trimmed pauses and skipped chapters save you."
            )
        )
        inside = QWidget()
        inside.setMaximumWidth(unit * 30)
        column = QVBoxLayout(inside)
        column.setSpacing(unit // 2)
        column.addWidget(BarsPicture())
        column.addSpacing(unit // 2)
        column.addWidget(heading)
        column.addWidget(words)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(inside, 30)
        row.addStretch(1)
        whole = QVBoxLayout(empty)
        whole.addStretch(2)
        whole.addLayout(row)
        whole.addStretch(3)
        return empty

    # --- showing

    def refresh(self) -> None:
        """Read the sums again."""
        everything = self._services.statistics.overview()
        count = len(everything.months)
        for months, button in self.periods.items():
            button.setVisible(count > (months or _PERIODS[0] or 0))
        self._seen = self._services.statistics.overview(self._months) if self._months else everything
        self.pages.setCurrentIndex(int(everything.is_empty))
        sums, months_seen = self._seen.sums, self._seen.months
        self.heading.setText(listened_text(sums.heard, months_seen[0], months_seen[-1]))
        self.facts.setText(facts_text(sums))
        self.facts.setVisible(bool(self.facts.text()))
        self.setAccessibleName(join_facts(self.heading.text(), self.facts.text()))
        self.table.show_podcasts(self._seen.podcasts)
        self._show_plot()

    def _show_plot(self) -> None:
        chosen = self.table.chosen
        self.plot.show_months(self._seen.months, self._seen.by_month if chosen is None else chosen.months)
        self.show_all.setVisible(chosen is not None)
        self._show_period()

    def _show_period(self) -> None:
        """Tell the values of the month that is looked at, or of all months."""
        chosen, number = self.table.chosen, self.plot.month
        title = self.tr("All podcasts") if chosen is None else chosen.title
        sums = None if chosen is None else chosen.sums
        if number is None:
            self.period.set_text(title)
        else:
            month, sums = self.plot.at(number)
            self.period.set_text(join_facts(month_text(month), title))
        self.legend.show_sums(sums)

    def _on_period_chosen(self, months: int | None) -> None:
        self._months = months
        self.refresh()
