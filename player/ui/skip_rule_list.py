"""Rules by which chapters are skipped, one below the other: switched, changed, removed, added. And a dialog of those
for all podcasts.

Must not know where they are kept: what is shown is a value, until it is saved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from player.app.compose import Services
from player.app.skip_rules import Rules, without
from player.core.errors import KnownError
from player.core.model import Podcast
from player.core.skip_rules import SkipRule
from player.ui.buttons import FlatButton, Look
from player.ui.dialog_frame import DialogFrame
from player.ui.skip_rule_dialog import SkipRuleDialog, rule_text
from player.ui.tick_box import TickBox
from player.ui.tool_tips import plain_tip
from player.ui.widgets import WrappedLabel

_WIDTH, _HEIGHT = 34, 22
"""In heights of a line of text."""


class SkipRuleList(QWidget):
    """The rules of a podcast, or those for all. `changed` when the value is another."""

    changed = Signal()

    def __init__(self, services: Services, podcast: Podcast | None, rules: Rules) -> None:
        super().__init__()
        self._services = services
        self._podcast = podcast
        self._value = rules
        self._rows: list[QWidget] = []
        self.switches: list[TickBox] = []
        self.changers: list[FlatButton] = []
        self.removers: list[FlatButton] = []
        self.add = FlatButton(self.tr("Add a rule…"), "add", Look.CHIP)
        self.add.clicked.connect(lambda: self._ask(None))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.fontMetrics().height() // 4)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self._column = column
        self._show()

    @property
    def value(self) -> Rules:
        """The rules as they stand now."""
        return self._value

    def _show(self) -> None:
        had = self._place_of_focus()
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self.switches, self.changers, self.removers = [], [], [], []
        for place, rule in enumerate(self._value):
            row = self._row(rule)
            self._column.insertWidget(place, row)
            self._rows.append(row)
            row.show()
        if had is not None:
            self._give_focus(*had)

    def _place_of_focus(self) -> tuple[int, int] | None:
        """The row and the column of the field with the focus, if that is in a row."""
        focus = self.window().focusWidget()
        rows = enumerate(zip(self.switches, self.changers, self.removers, strict=True))
        return next(((place, fields.index(focus)) for place, fields in rows if focus in fields), None)

    def _give_focus(self, place: int, column: int) -> None:
        """To the same place in what is shown now, else to the last row, else to what adds one."""
        fields = (self.switches, self.changers, self.removers)[column]
        target = fields[min(place, len(fields) - 1)] if fields else self.add
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, rule: SkipRule) -> QWidget:
        words = rule_text(rule)
        switch = TickBox(words.replace("&", "&&"))
        switch.setChecked(rule.is_on)
        switch.setToolTip(plain_tip(words))
        switch.setAccessibleName(words)
        switch.clicked.connect(lambda is_on: self._switch(rule, is_on=is_on))
        change = FlatButton(self.tr("Change…"), "", Look.CHIP)
        change.setAccessibleName(self.tr("Change the rule: {rule}").format(rule=words))
        change.clicked.connect(lambda: self._ask(replace(rule, is_on=switch.isChecked())))
        remove = FlatButton("", "remove", Look.QUIET, self.tr("Remove the rule: {rule}").format(rule=words))
        remove.clicked.connect(lambda: self._take(without(self._value, rule)))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(switch, 1)
        line.addWidget(change)
        line.addWidget(remove)
        self.switches.append(switch)
        self.changers.append(change)
        self.removers.append(remove)
        return row

    def _switch(self, rule: SkipRule, *, is_on: bool) -> None:
        """Its row stays, and with it the focus."""
        switched = replace(rule, is_on=is_on)
        self._value = tuple(switched if each.says_the_same_as(rule) else each for each in self._value)
        self.changed.emit()

    def _ask(self, rule: SkipRule | None) -> None:
        """Ask what a rule is to be; None for one more."""
        dialog = SkipRuleDialog(
            self._services.skip_rules, rule or SkipRule(""), self._podcast, self.window(), is_new=rule is None
        )
        dialog.saved.connect(lambda _scope, wanted: self._replace(rule, wanted))
        dialog.open()

    def _replace(self, rule: SkipRule | None, by: SkipRule) -> None:
        rest = self._value if rule is not None and rule.says_the_same_as(by) else without(self._value, by)
        if rule is None:
            self._take((*rest, by))
        else:
            self._take(tuple(by if each.says_the_same_as(rule) else each for each in rest))

    def _take(self, rules: Rules) -> None:
        self._value = rules
        self._show()
        self.changed.emit()


class SkipRulesDialog(QDialog):
    """The rules for all podcasts. Nothing changes before they are saved; `report` is told when they cannot be."""

    def __init__(self, services: Services, report: Callable[[KnownError], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._services = services
        self._report = report
        self.setWindowTitle(self.tr("Skip chapters by title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.rules = SkipRuleList(services, None, services.skip_rules.of(None))
        self.cancel = FlatButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.save = FlatButton(self.tr("Save"), "check", Look.PRIMARY)
        self.save.setDefault(True)
        self.save.clicked.connect(self._on_save_clicked)
        self._lay_out()

    def _lay_out(self) -> None:
        unit = self.fontMetrics().height()
        heading = WrappedLabel(factor=1.25, weight=QFont.Weight.Bold)
        heading.setText(self.tr("Skip chapters by title"))
        hint = WrappedLabel(0.92, role=QPalette.ColorRole.PlaceholderText)
        hint.setText(self._hint())
        frame = DialogFrame(self, (self.cancel, self.save), spacing=0.5)
        for part in (heading, hint, self.rules):
            frame.column.addWidget(part)
        frame.column.addStretch()
        frame.fit(unit * _WIDTH, unit * _HEIGHT, unit * _HEIGHT)

    def _hint(self) -> str:
        """What these count for, and which podcasts have rules of their own."""
        words = self.tr(
            "These count for all podcasts. A chapter that you mark yourself is skipped, or heard, as marked."
        )
        podcasts = {each.id: each.title for each in self._services.library.podcasts()}
        own = [podcasts[scope] for scope in self._services.skip_rules.all() if scope is not None and scope in podcasts]
        if own:
            more = self.tr("Rules of their own, in their settings, have: {podcasts}.").format(podcasts=", ".join(own))
            words = f"{words} {more}"
        return words

    def _on_save_clicked(self) -> None:
        self._services.jobs.when_done(self._services.skip_rules.set(None, self.rules.value), None, self._report)
        self.accept()
