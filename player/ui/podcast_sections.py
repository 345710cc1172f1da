"""The sections of the podcast settings: folder, sound, both ends, new episodes, downloads, chapters. Each has a value.

Must not know where the values come from or go to.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QLineEdit

from player.core.auto_download import ALL, MOST_NEWEST, NEVER, NEWEST, AutoDownload, amount_meant, amount_words
from player.core.edges import LONGEST_EDGE, Edges
from player.core.folders import Folder
from player.core.keeping import MOST_KEPT, Keep, KeepKind
from player.core.model import ChapterSource
from player.core.sound import MAX_SPEED, MIN_SPEED, SPEED_STEP, Sound, Trimming, clamp_speed
from player.core.timecode import SECOND
from player.ui.chapter_menus import named
from player.ui.folder_name import FolderLine
from player.ui.setting_fields import FIELD_HEIGHT, Choices, Decimal, Number, Picker, Section, show_rows
from player.ui.skip_rule_list import SkipRuleList
from player.ui.texts import join_facts, speed_text, translate
from player.ui.tick_box import TickBox

_BY_RULE = ""
"""The key of no source in particular."""


class FolderSection(Section):
    """Where in the sidebar it is kept."""

    def __init__(self, folder: Folder, known: Iterable[Folder]) -> None:
        super().__init__(self.tr("In the sidebar"))
        self.line = FolderLine(folder, known)
        self.line.setPlaceholderText(self.tr("none"))
        self.add_row(self.tr("Folder"), self.line, stretches=False)
        self.add_hint(self.line.hint())


class SoundSection(Section):
    """How the podcast sounds: as all others do, or by a sound of its own."""

    def __init__(self, default: Sound, own: Sound | None) -> None:
        super().__init__(self.tr("Sound"))
        self._default = default
        self.is_own = TickBox(self.tr("Different from other podcasts"))
        self.speed = Decimal(self.tr("Speed"), MIN_SPEED, MAX_SPEED, SPEED_STEP, "×")
        self.trimming = Choices(
            self.tr("Trim silence"),
            (
                (Trimming.OFF.value, self.tr("Off")),
                (Trimming.GENTLE.value, self.tr("Gentle")),
                (Trimming.MEDIUM.value, self.tr("Medium")),
                (Trimming.STRONG.value, self.tr("Strong")),
            ),
        )
        self.levelled = TickBox(self.tr("Even out voices"))
        self.mono = TickBox(self.tr("Mono"))
        self.add_row("", self.is_own)
        self.as_others = self.add_hint(self.tr("As for other podcasts: {sound}.").format(sound=_sound_words(default)))
        self._rows = (
            self.add_row(self.tr("Speed"), self.speed),
            self.add_row(self.tr("Trim silence"), self.trimming),
            self.add_row("", self.levelled, self.mono),
        )
        self.is_own.setChecked(own is not None)
        self.is_own.toggled.connect(lambda _: self._show_own(self._default))
        self._show_own(own or default)

    @property
    def value(self) -> Sound | None:
        """The sound of its own, or None."""
        if not self.is_own.isChecked():
            return None
        trimming = Trimming(self.trimming.key)
        return Sound(clamp_speed(self.speed.value()), trimming, self.levelled.isChecked(), self.mono.isChecked())

    def _show_own(self, sound: Sound) -> None:
        is_own = self.is_own.isChecked()
        self.speed.setValue(sound.speed)
        self.trimming.choose(sound.trimming.value)
        self.levelled.setChecked(sound.is_levelled)
        self.mono.setChecked(sound.is_mono)
        self.as_others.setVisible(not is_own)
        show_rows(*self._rows, is_shown=is_own)


class EdgesSection(Section):
    """What is left out at the start and before the end."""

    def __init__(self, edges: Edges) -> None:
        super().__init__(self.tr("Start and end"))
        self._before = edges
        most = LONGEST_EDGE // SECOND
        self.intro = Number(self.tr("Seconds to skip at the start"), 0, most, self.tr(" s"))
        self.outro = Number(self.tr("Seconds to skip at the end"), 0, most, self.tr(" s"))
        self.intro.setValue(edges.intro // SECOND)
        self.outro.setValue(edges.outro // SECOND)
        until = QLabel(self.tr("and at the end"))
        until.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.add_row(self.tr("Skip at the start"), self.intro, until, self.outro)
        self.add_hint(
            self.tr("Who goes to the start hears it. An episode of which less than half would be left is played whole.")
        )

    @property
    def value(self) -> Edges:
        """What was chosen. A part of a second stays with what is not changed."""
        before, intro, outro = self._before, self.intro.value(), self.outro.value()
        return Edges(
            before.intro if intro == before.intro // SECOND else intro * SECOND,
            before.outro if outro == before.outro // SECOND else outro * SECOND,
        )


class SkipsSection(Section):
    """Which chapters are skipped for their titles."""

    def __init__(self, rules: SkipRuleList, for_all: int) -> None:
        """`for_all` is how many rules there are for all podcasts."""
        super().__init__(self.tr("Chapters to skip"))
        self.rules = rules
        self.add_row(self.tr("If the title"), rules, stretches=False)
        if for_all:
            words = self.tr("and 1 rule for all podcasts (menu, “Skip chapters by title”).")
            more = self.tr("and %n rules for all podcasts (menu, “Skip chapters by title”).", None, for_all)
            self.add_hint(words if for_all == 1 else more)


class DownloadSection(Section):
    """What is done about new episodes. `changed` when others than before would be downloaded."""

    def __init__(self, rule: AutoDownload, for_new: int | None, *, announces: bool) -> None:
        """`for_new` is how many are downloaded of podcasts that are added later; None for all."""
        super().__init__(self.tr("New episodes"))
        self.amount = Choices(
            self.tr("Download"),
            ((NEVER, self.tr("By hand")), (NEWEST, self.tr("The newest")), (ALL, self.tr("All"))),
        )
        self.amount.choose(ALL if rule.most is None else NEWEST if rule.most else NEVER)
        self.number = Number(self.tr("How many are downloaded"), 1, MOST_NEWEST)
        self.number.setValue(rule.most or 3)
        self.contains = self._line(self.tr("Words that the title must have"), rule.contains)
        self.lacks = self._line(self.tr("Words that the title must not have"), rule.lacks)
        self.only_with_chapters = TickBox(self.tr("Only with chapters"))
        self.only_with_chapters.setChecked(rule.only_with_chapters)
        amounts = dict.fromkeys((0, 1, 3, 5, None, for_new))
        choices = [(amount_words(most), self._amount_text(most)) for most in amounts]
        self.for_new = Picker(self.tr("Of podcasts that are added later"), choices, amount_words(for_new))
        self.announces = TickBox(self.tr("Tell me on the desktop"))
        self.announces.setChecked(announces)
        self.now = TickBox()
        self.add_row(self.tr("Download"), self.amount, self.number)
        self._now_row = self.add_row("", self.now)
        self._filters = (
            self.add_row(self.tr("If the title has"), self.contains, stretches=False),
            self.add_row(self.tr("and has not"), self.lacks, stretches=False),
            self.add_row("", self.only_with_chapters),
        )
        self.add_row("", self.announces)
        self.add_row(self.tr("Podcasts added later"), self.for_new)
        self.amount.changed.connect(self._show_amount)
        self.amount.changed.connect(self.changed)
        self.number.valueChanged.connect(self.changed)
        self.only_with_chapters.toggled.connect(self.changed)
        for line in (self.contains, self.lacks):
            line.textChanged.connect(self.changed)
        self._show_amount()

    @property
    def value(self) -> AutoDownload:
        """What was chosen."""
        most = {NEVER: 0, NEWEST: self.number.value(), ALL: None}[self.amount.key]
        words = (self.contains.text().strip(), self.lacks.text().strip())
        return AutoDownload(most, *words, self.only_with_chapters.isChecked())

    def show_missing(self, count: int) -> None:
        """How many of the newest episodes are there already that could be downloaded now."""
        self.now.setText(self.tr("1 episode now") if count == 1 else self.tr("%n episodes now", None, count))
        self.now.setAccessibleName(self.tr("Download at once: {episodes}").format(episodes=self.now.text()))
        show_rows(self._now_row, is_shown=bool(count))

    @property
    def for_new_amount(self) -> int | None:
        """How many are downloaded of podcasts that are added later; None for all."""
        return amount_meant(self.for_new.key)

    def _amount_text(self, most: int | None) -> str:
        if most is None:
            return self.tr("Download all")
        if most == 1:
            return self.tr("Download the newest")
        return self.tr("Download the newest %n", None, most) if most else self.tr("Download by hand")

    def _line(self, name: str, text: str) -> QLineEdit:
        line = QLineEdit(text)
        line.setAccessibleName(name)
        line.setPlaceholderText(self.tr("words"))
        line.setMinimumHeight(round(self.fontMetrics().height() * FIELD_HEIGHT))
        return line

    def _show_amount(self) -> None:
        self.number.setVisible(self.amount.key == NEWEST)
        show_rows(*self._filters, is_shown=self.amount.key != NEVER)


class KeepSection(Section):
    """How long downloads stay. `changed` when another rule is chosen."""

    def __init__(self, keep: Keep) -> None:
        super().__init__(self.tr("Downloads"))
        self.kind = Choices(
            self.tr("Keep"),
            (
                (KeepKind.ALL.value, self.tr("All")),
                (KeepKind.NEWEST.value, self.tr("The newest")),
                (KeepKind.PLAYED.value, self.tr("Until played")),
            ),
        )
        self.kind.choose(keep.kind.value)
        self.number = Number(self.tr("How many are kept"), 1, MOST_KEPT)
        self.days = Number(self.tr("How long after playing"), 0, MOST_KEPT)
        self.number.setValue(keep.number if keep.kind is KeepKind.NEWEST else 3)
        self.days.setValue(keep.number if keep.kind is KeepKind.PLAYED else 7)
        self.add_row(self.tr("Keep"), self.kind, self.number, self.days)
        self.consequence = self.add_hint()
        self.consequence.setTextFormat(Qt.TextFormat.PlainText)
        self.kind.changed.connect(self._show_kind)
        for field in (self.number, self.days):
            field.valueChanged.connect(lambda _: self._show_kind())
        self._show_kind()

    @property
    def value(self) -> Keep:
        """What was chosen."""
        kind = KeepKind(self.kind.key)
        number = {KeepKind.ALL: 0, KeepKind.NEWEST: self.number.value(), KeepKind.PLAYED: self.days.value()}
        return Keep(kind, number[kind])

    def _show_kind(self) -> None:
        kind = self.kind.key
        self.number.setVisible(kind == KeepKind.NEWEST)
        self.days.setVisible(kind == KeepKind.PLAYED)
        self.days.setSuffix(self.tr(" day later") if self.days.value() == 1 else self.tr(" days later"))
        self.changed.emit()


class ChaptersSection(Section):
    """Which chapters are shown, and whether their pictures come from the web."""

    def __init__(self, preferred: ChapterSource | None, *, shows_pictures: bool) -> None:
        super().__init__(self.tr("Chapters"))
        sources = [source for source in ChapterSource if source is not ChapterSource.LISTENER]
        choices = [(_BY_RULE, self.tr("As Earmark finds best")), *((each.value, named(each)) for each in sources)]
        self.source = Picker(self.tr("Chapters from"), choices, preferred.value if preferred else _BY_RULE)
        self.pictures = TickBox(self.tr("Pictures from the web"))
        self.pictures.setChecked(shows_pictures)
        self.add_row(self.tr("Taken from"), self.source)
        self.add_row("", self.pictures)

    @property
    def value(self) -> ChapterSource | None:
        """The source that was chosen; None for the choice by rule."""
        return ChapterSource(self.source.key) if self.source.key else None


def _sound_words(sound: Sound) -> str:
    words = {
        Trimming.OFF: "",
        Trimming.GENTLE: translate("sound", "pauses trimmed gently"),
        Trimming.MEDIUM: translate("sound", "pauses trimmed"),
        Trimming.STRONG: translate("sound", "pauses trimmed strongly"),
    }
    levelled, mono = (
        (translate("sound", "even voices") if sound.is_levelled else ""),
        (translate("sound", "mono") if sound.is_mono else ""),
    )
    return join_facts(speed_text(sound.speed), words[sound.trimming], levelled, mono)
