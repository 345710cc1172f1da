"""Has chapters skipped, or heard again, and tells what was done with a way back.

Must not know how skipped ones look, nor how playing leaves them out.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from player.app.compose import Services
from player.app.skip_rules import Rules
from player.core.model import Chapter, EpisodeId
from player.core.skip_rules import LONGEST_WORDS, Scope, SkipRule, ruled
from player.core.skips import SkipMark
from player.ui.actions import Actions
from player.ui.chapter_model import title_of
from player.ui.chapter_table import ChapterTable
from player.ui.skip_rule_dialog import SkipRuleDialog


class ChapterSkipping(QObject):
    """Works on the chapters of a table.

    `told(sentence, undo)` after a change, with a function that takes it back; `failed(error)`.
    """

    told = Signal(str, object)
    failed = Signal(object)

    def __init__(self, services: Services, table: ChapterTable) -> None:
        super().__init__(table)
        self._services = services
        self._table = table
        self._model = table.chapters
        self._episode: EpisodeId | None = None

    def connect_actions(self, actions: Actions) -> None:
        """Let the key do its work, from anywhere in the window."""
        actions.connect("skip_chapter", self._on_asked)

    def show_view(self, episode: EpisodeId | None, skipped: frozenset[int]) -> None:
        """The chapters of the table are this episode's, and these of them are skipped."""
        self._episode = episode
        self._model.show_skipped(skipped)

    def toggle(self, number: int) -> None:
        """Leave a chapter out from now on, or, if it is, hear it again."""
        chapter, is_skipped = self._model.chapters[number], number not in self._model.skipped
        words = self.tr("“{title}” is skipped from now on.") if is_skipped else self.tr("“{title}” is heard again.")
        self._set([chapter], words.format(title=title_of(chapter, number)), is_skipped=is_skipped)

    def hear_all(self) -> None:
        """Hear all chapters again."""
        skipped = [self._model.chapters[number] for number in sorted(self._model.skipped)]
        self._set(skipped, self.tr("All chapters are heard again."), is_skipped=False)

    def skip_always(self, number: int) -> None:
        """Ask for a rule that skips chapters with such a title; or change the rule that skips this one."""
        if self._episode is None:
            return
        services, title = self._services, self._model.chapters[number].title
        podcast = services.library.podcast(services.library.episode(self._episode).podcast)
        scope, rule = self.rule_of(number) or (podcast.id, SkipRule(title[:LONGEST_WORDS]))
        is_new = self.rule_of(number) is None
        dialog = SkipRuleDialog(
            services.skip_rules,
            rule,
            podcast if scope is not None else None,
            self._table.window(),
            episode=self._episode,
            is_new=is_new,
            asks_where=is_new,
        )
        dialog.saved.connect(lambda where, wanted: self._keep_rule(where, None if is_new else rule, wanted))
        dialog.open()

    def rule_of(self, number: int) -> tuple[Scope, SkipRule] | None:
        """The rule that skips a chapter for its title, and whose it is."""
        if self._episode is None or number not in self._model.skipped:
            return None
        rules, podcast = self._services.skip_rules, self._services.library.episode(self._episode).podcast
        for scope in (podcast, None):
            for rule in rules.of(scope):
                if number in ruled([rule], self._model.chapters):
                    return scope, rule
        return None

    def _keep_rule(self, scope: Scope, before: SkipRule | None, rule: SkipRule) -> None:
        services, episode = self._services, self._episode
        words = self.tr("Chapters like “{words}” are skipped from now on.").format(words=rule.words)

        def tell(rules: Rules) -> None:
            self.told.emit(words, lambda: self._when(services.skip_rules.set(scope, rules)))
            if episode is not None:
                services.home.post(partial(services.playback.leave_skipped, episode))

        future = (
            services.skip_rules.add(scope, rule) if before is None else services.skip_rules.replace(scope, before, rule)
        )
        services.jobs.when_done(future, tell, self.failed.emit)

    def _when(self, future: Future[Any]) -> None:
        self._services.jobs.when_done(future, lambda _: self.told.emit("", None), self.failed.emit)

    def _on_asked(self) -> None:
        """The key means the row that has the focus, else the chapter that is heard."""
        index = self._table.currentIndex()
        has_row = self._table.hasFocus() and index.isValid()
        number = self._model.chapter_index(index.row()) if has_row else self._model.current
        if number is not None:
            self.toggle(number)

    def _set(self, chapters: Sequence[Chapter], words: str, *, is_skipped: bool) -> None:
        episode, services = self._episode, self._services
        if episode is None:
            return

        def tell(before: tuple[SkipMark, ...]) -> None:
            self.told.emit(words, partial(self._restore, episode, before))
            if is_skipped:
                # The facts of the change are being told meanwhile; behind them the player knows it.
                services.home.post(partial(services.playback.leave_skipped, episode))

        future = services.chapters.set_skipped(episode, chapters, is_skipped=is_skipped)
        services.jobs.when_done(future, tell, self.failed.emit)

    def _restore(self, episode: EpisodeId, marks: tuple[SkipMark, ...]) -> None:
        self._when(self._services.chapters.restore_skips(episode, marks))
