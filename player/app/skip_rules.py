"""Rules by which chapters are skipped for their titles: kept, told, and tried on the newest episodes.

Must not know which chapters a rule means (`core.skip_rules`), nor how playing leaves them out.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from sqlite3 import Connection
from typing import TypeAlias

from player.app.bus import Bus
from player.app.writer import Writer
from player.core.errors import NotFoundError
from player.core.events import ChaptersChanged, EpisodesChanged
from player.core.model import EpisodeId
from player.core.skip_rules import Sample, Scope, SkipRule
from player.storage import skip_rules as stored

TRIED_ON = 20
"""So many of the newest episodes with chapters a rule is tried on."""

Rules: TypeAlias = tuple[SkipRule, ...]
_Change: TypeAlias = Callable[[Rules], Rules]


class SkipRules:
    """Knows the rules of every podcast, and those for all. All commands come on the home thread."""

    def __init__(self, reader: Connection, writer: Writer, bus: Bus) -> None:
        self._reader = reader
        self._writer = writer
        self._bus = bus

    def of(self, scope: Scope) -> Rules:
        """The rules of a podcast, or (None) those for all."""
        return stored.rules(self._reader, scope)

    def all(self) -> dict[Scope, Rules]:
        """All rules: those for all podcasts first, then by the titles of podcasts."""
        return stored.all_rules(self._reader)

    def numbered(self) -> list[tuple[Scope, SkipRule]]:
        """All of them one by one, as the command line counts them from 1."""
        return [(scope, rule) for scope, rules in self.all().items() for rule in rules]

    def at(self, number: int) -> tuple[Scope, SkipRule]:
        """The one with a number of `numbered`. Raises NotFoundError."""
        listed = self.numbered()
        if not 0 < number <= len(listed):
            raise NotFoundError("skip rule", str(number))
        return listed[number - 1]

    def samples(self, scope: Scope, also: EpisodeId | None = None) -> tuple[Sample, ...]:
        """The newest episodes with chapters that a rule would count for, and before them the episode `also`."""
        return stored.samples(self._reader, scope, TRIED_ON, also)

    def set(self, scope: Scope, rules: Rules) -> Future[Rules]:
        """Have these rules in place of those of before, which the future holds."""
        return self._change(scope, lambda _: rules)

    def add(self, scope: Scope, rule: SkipRule) -> Future[Rules]:
        """Have one more, or one that is there on again; the future holds the rules of before."""
        return self._change(scope, lambda before: (*without(before, rule), rule))

    def replace(self, scope: Scope, rule: SkipRule, by: SkipRule | None) -> Future[Rules]:
        """Have another rule in place of one, or none; the future holds the rules of before."""

        def changed(before: Rules) -> Rules:
            rest = without(before, by) if by is not None and not rule.says_the_same_as(by) else before
            found = (by if each.says_the_same_as(rule) else each for each in rest)
            return tuple(each for each in found if each is not None)

        return self._change(scope, changed)

    def _change(self, scope: Scope, change: _Change) -> Future[Rules]:
        affected: list[EpisodeId] = []

        def write(connection: Connection) -> Rules:
            before = stored.rules(connection, scope)
            after = change(before)
            stored.store_rules(connection, scope, after)
            if [each for each in before if each.is_on] != [each for each in after if each.is_on]:
                affected.extend(stored.with_chapters(connection, scope))
            return before

        return self._writer.submit(write, lambda: self._tell(tuple(affected)))

    def _tell(self, ids: tuple[EpisodeId, ...]) -> None:
        if ids:
            self._bus.publish(ChaptersChanged(ids))
            self._bus.publish(EpisodesChanged(ids))


def without(rules: Rules, rule: SkipRule) -> Rules:
    """Rules but for one, whether it is on or not."""
    return tuple(each for each in rules if not each.says_the_same_as(rule))
