"""The dialog for a rule by which chapters are skipped: what it looks for, where, and what it would skip lately.

Must not know where rules are kept.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidgetItem, QWidget

from player.app.skip_rules import SkipRules
from player.core.model import EpisodeId, Podcast
from player.core.skip_rules import LONGEST_WORDS, Match, Scope, SkipRule, Trial, tried
from player.core.timecode import MINUTE, format_timecode
from player.ui.buttons import FlatButton, Look
from player.ui.dialog_frame import DialogFrame, RestList
from player.ui.setting_fields import FIELD_HEIGHT, Choices, Number, Section
from player.ui.texts import chapters_text, episodes_text, join_facts, short_number_text, title_text, translate
from player.ui.tick_box import TickBox
from player.ui.tool_tips import plain_tip
from player.ui.widgets import ThinScrollBar, WrappedLabel

_WIDTH, _HEIGHT, _LEAST_HITS = 34, 30, 5
"""In heights of a line of text."""
_HERE, _EVERYWHERE = "here", "everywhere"
_USUAL_LIMIT = 5


class SkipRuleDialog(QDialog):
    """Asks for a rule, and shows at each change what it would skip. `saved(scope, rule)` when it is to be had."""

    saved = Signal(object, object)

    def __init__(
        self,
        rules: SkipRules,
        rule: SkipRule,
        podcast: Podcast | None,
        parent: QWidget,
        *,
        episode: EpisodeId | None = None,
        is_new: bool = True,
        asks_where: bool = False,
    ) -> None:
        """`podcast` is whose rule it is, None for one for all; with `asks_where` that can be chosen.

        `episode` is tried first, wherever it stands among the newest.
        """
        super().__init__(parent)
        self._rules = rules
        self._before = rule
        self._podcast = podcast
        self._episode = episode
        self._asks_where = asks_where and podcast is not None
        self._samples = {scope: rules.samples(scope, episode) for scope in self._scopes()}
        self.setWindowTitle(self.tr("Skip by title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build(rule)
        self.save = FlatButton(self.tr("Skip always") if is_new else self.tr("Change"), "check", Look.PRIMARY)
        self.save.setDefault(True)
        self.save.clicked.connect(self._on_save_clicked)
        self.cancel = FlatButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self._lay_out()
        self._show_trial()
        self.words.setFocus()
        self.words.selectAll()

    @property
    def scope(self) -> Scope:
        """Whose rule it is: a podcast's, or (None) one for all."""
        is_everywhere = self._asks_where and self.where.key == _EVERYWHERE
        return None if self._podcast is None or is_everywhere else self._podcast.id

    @property
    def value(self) -> SkipRule:
        """The rule as it stands now."""
        longest = self.minutes.value() * MINUTE if self.is_limited.isChecked() else None
        return SkipRule(self.words.text().strip(), Match(self.match.key), longest, self._before.is_on)

    def _scopes(self) -> tuple[Scope, ...]:
        own = self._podcast.id if self._podcast is not None else None
        return (own, None) if self._asks_where else (own,)

    def _build(self, rule: SkipRule) -> None:
        self.match = Choices(
            self.tr("The title"),
            (
                (Match.WORDS.value, self.tr("has the words")),
                (Match.TITLE.value, self.tr("is exactly")),
                (Match.PATTERN.value, self.tr("is like")),
            ),
        )
        self.match.choose(rule.match.value)
        self.words = QLineEdit(rule.words)
        self.words.setMaxLength(LONGEST_WORDS)
        self.words.setAccessibleName(self.tr("Words of the title"))
        self.words.setMinimumHeight(round(self.fontMetrics().height() * FIELD_HEIGHT))
        self.where = Choices(self.tr("In"), ((_HERE, self.tr("This podcast")), (_EVERYWHERE, self.tr("All podcasts"))))
        self.where.choose(_HERE)
        self.is_limited = TickBox(self.tr("Only up to"))
        self.is_limited.setAccessibleName(self.tr("Only chapters up to some length"))
        self.is_limited.setChecked(rule.longest is not None)
        self.minutes = Number(self.tr("How long they are at most"), 1, 1440, self.tr(" min"))
        self.minutes.setValue(max(1, -(-rule.longest // MINUTE)) if rule.longest is not None else _USUAL_LIMIT)
        self.fields = Section(self.tr("Skip chapters"))
        self.fields.add_row(self.tr("If the title"), self.match)
        self.fields.add_row("", self.words, stretches=False)
        self.hint = self.fields.add_hint()
        if self._asks_where:
            self.fields.add_row(self.tr("In"), self.where)
        self.fields.add_row(self.tr("Length"), self.is_limited, self.minutes)
        self.summary = WrappedLabel(1.0, weight=QFont.Weight.DemiBold)
        self.hits = RestList(_LEAST_HITS)
        self.hits.setAccessibleName(self.tr("Chapters that would be skipped"))
        self.hits.setVerticalScrollBar(ThinScrollBar())
        self.hits.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for signal in (self.match.changed, self.where.changed):
            signal.connect(self._show_trial)
        self.words.textChanged.connect(self._show_trial)
        self.is_limited.toggled.connect(self._show_trial)
        self.minutes.valueChanged.connect(self._show_trial)

    def _lay_out(self) -> None:
        unit = self.fontMetrics().height()
        frame = DialogFrame(self, (self.cancel, self.save), spacing=0.5)
        column = frame.column
        if self._podcast is not None:
            name = WrappedLabel(0.92, role=QPalette.ColorRole.PlaceholderText)
            name.setText(self._podcast.title)
            column.addWidget(name)
        column.addWidget(self.fields)
        column.addSpacing(unit // 2)
        column.addWidget(self.summary)
        frame.column.addWidget(self.hits, 1)
        frame.fit(unit * _WIDTH, unit * _HEIGHT, unit * _HEIGHT)

    def _show_trial(self) -> None:
        rule = self.value
        self.minutes.setVisible(self.is_limited.isChecked())
        self.hint.setText(_hint(rule.match))
        self.save.setEnabled(rule.is_valid)
        trial = tried(rule, self._samples[self.scope])
        self.summary.setText(trial_text(trial) if rule.is_valid else self.tr("Write a word or a part of the title."))
        self.hits.clear()
        for hit in trial.hits:
            where = f"{format_timecode(hit.chapter.start)}  {hit.chapter.title}"
            words = join_facts(where, format_timecode(hit.length), title_text(hit.sample.title))
            item = QListWidgetItem(words)
            item.setToolTip(plain_tip(words))
            self.hits.addItem(item)

    def _on_save_clicked(self) -> None:
        self.saved.emit(self.scope, self.value)
        self.accept()


def trial_text(trial: Trial) -> str:
    """What a rule would skip, in a sentence."""
    if not trial.hits and trial.tried == 1:
        return translate("skips", "Would skip nothing in the only episode with chapters.")
    if not trial.hits:
        words = translate("skips", "Would skip nothing in the newest {episodes} with chapters.")
        return words.format(episodes=episodes_text(trial.tried))
    if trial.tried == 1:
        words = translate("skips", "Would skip {chapters}, {length}, in the only episode with chapters:")
        return words.format(chapters=chapters_text(len(trial.hits)), length=format_timecode(trial.length))
    words = translate("skips", "Would skip {chapters}, {length}, in {count} of the newest {episodes} with chapters:")
    return words.format(
        chapters=chapters_text(len(trial.hits)),
        length=format_timecode(trial.length),
        count=trial.episodes,
        episodes=episodes_text(trial.tried),
    )


def rule_text(rule: SkipRule) -> str:
    """A rule as lists of them have it."""
    words = {
        Match.WORDS: translate("skips", "Has “{words}”"),
        Match.TITLE: translate("skips", "Is “{words}”"),
        Match.PATTERN: translate("skips", "Is like “{words}”"),
    }[rule.match].format(words=rule.words)
    if rule.longest is None:
        return words
    return join_facts(
        words, translate("skips", "up to {minutes} min").format(minutes=short_number_text(rule.longest / MINUTE))
    )


def _hint(match: Match) -> str:
    return {
        Match.WORDS: translate("skips", "Whole words, in this order, anywhere in the title."),
        Match.TITLE: translate("skips", "The whole title. Case, accents and punctuation do not count."),
        Match.PATTERN: translate(
            "skips", "The whole title, with any text for *: *sponsor* finds “Sponsored by …”, too."
        ),
    }[match]
