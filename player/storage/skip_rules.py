"""Rules by which chapters are skipped for their titles, and the chapters that they look at.

Must not know which titles a rule means (`core.skip_rules`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from sqlite3 import Connection

from player.core.chapters import with_duration
from player.core.model import Chapter, EpisodeId
from player.core.skip_rules import Match, Sample, Scope, SkipRule
from player.storage.chapters import AS_SHOWN
from player.storage.database import change, change_many, row, rows, transaction
from player.storage.packed_chapters import places, unpack


def rules(connection: Connection, scope: Scope) -> tuple[SkipRule, ...]:
    """The rules of a podcast, or those for all, in their order."""
    sql = "SELECT words, how, longest, is_on FROM skip_rule WHERE podcast IS ? ORDER BY id"
    return tuple(_rule(*found) for found in rows(connection, sql, (scope,)))


def all_rules(connection: Connection) -> dict[Scope, tuple[SkipRule, ...]]:
    """All rules: those for all podcasts first, then by the titles of podcasts that have some."""
    sql = """
        SELECT r.podcast, r.words, r.how, r.longest, r.is_on FROM skip_rule r LEFT JOIN podcast p ON p.id = r.podcast
        ORDER BY r.podcast IS NOT NULL, p.title COLLATE NOCASE, p.id, r.id
    """
    found: dict[Scope, tuple[SkipRule, ...]] = {}
    for scope, *facts in rows(connection, sql):
        found[scope] = (*found.get(scope, ()), _rule(*facts))
    return found


def store_rules(connection: Connection, scope: Scope, rules: Iterable[SkipRule]) -> None:
    """Keep these rules in place of those that were kept. Those of a podcast that is gone are passed over."""
    with transaction(connection):
        change(connection, "DELETE FROM skip_rule WHERE podcast IS ?", (scope,))
        _insert(connection, scope, rules)


def add_rules(connection: Connection, scope: Scope, more: Iterable[SkipRule]) -> tuple[EpisodeId, ...]:
    """Put those rules behind the ones that are there which are not; the episodes for which they may count."""
    here = rules(connection, scope)
    new = [each for each in more if not any(each.says_the_same_as(known) for known in here)]
    if not new:
        return ()
    _insert(connection, scope, new)
    return with_chapters(connection, scope)


def rules_for(connection: Connection, episode: EpisodeId) -> tuple[SkipRule, ...]:
    """The rules that are on and count for an episode."""
    sql = """
        SELECT words, how, longest, is_on FROM skip_rule
        WHERE is_on AND (podcast IS NULL OR podcast = (SELECT podcast FROM episode WHERE id = ?)) ORDER BY id
    """
    return tuple(_rule(*found) for found in rows(connection, sql, (episode,)))


def with_fitting(connection: Connection, episodes: Iterable[EpisodeId]) -> list[EpisodeId]:
    """Those of the episodes of which some shown chapter has a title that a rule that is on means."""
    by_scope = {scope: [each for each in found if each.is_on] for scope, found in all_rules(connection).items()}
    if not any(by_scope.values()):
        return []
    sql = """
        SELECT e.id, e.podcast, l.chapters FROM json_each(?) wanted JOIN episode e ON e.id = wanted.value
        JOIN chapter_list l ON l.episode = e.id AND l.is_shown ORDER BY e.id
    """
    for_all = by_scope.get(None, [])
    return [
        EpisodeId(id_)
        for id_, podcast, packed in rows(connection, sql, (json.dumps(list(episodes)),))
        if (rules := [*for_all, *by_scope.get(podcast, ())])
        and any(rule.fits(title) for _, title in places(packed) for rule in rules)
    ]


def with_chapters(connection: Connection, scope: Scope) -> tuple[EpisodeId, ...]:
    """The episodes of a podcast, or all, that have chapters: for which rules may count."""
    sql = "SELECT json_group_array(id) FROM episode WHERE chapter_count > 0 AND (?1 IS NULL OR podcast = ?1)"
    found = row(connection, sql, (scope,))
    return tuple(map(EpisodeId, json.loads(found[0]))) if found else ()


def samples(connection: Connection, scope: Scope, count: int, also: EpisodeId | None = None) -> tuple[Sample, ...]:
    """The newest `count` episodes with chapters of a podcast, or of all, as their chapters are shown.

    The episode `also` comes first, wherever it stands.
    """
    sql = """
        SELECT id FROM episode WHERE chapter_count > 0 AND (?1 IS NULL OR podcast = ?1) AND id IS NOT ?2
        ORDER BY sorted_at DESC, id DESC LIMIT ?3
    """
    newest = [id_ for (id_,) in rows(connection, sql, (scope, also, count))]
    wanted = [*([also] if also is not None else []), *newest][:count]
    shown = shown_chapters(connection, wanted)
    sql = "SELECT id, title FROM episode WHERE id IN (SELECT value FROM json_each(?))"
    titles = dict(rows(connection, sql, (json.dumps(wanted),)))
    return tuple(Sample(each, titles[each], shown[each]) for each in wanted if shown.get(each))


def shown_chapters(connection: Connection, episodes: Iterable[EpisodeId]) -> dict[EpisodeId, tuple[Chapter, ...]]:
    """The chapters that are shown of episodes, as far as lists and the search know them.

    Of those that are no list of a source, as after edits, each ends where the next one begins.
    """
    sql = """
        SELECT e.id, coalesce(e.measured, e.duration), l.source, l.chapters
        FROM json_each(?) wanted JOIN episode e ON e.id = wanted.value
        JOIN chapter_list l ON l.episode = e.id AND l.is_shown
    """
    found: dict[EpisodeId, tuple[Chapter, ...]] = defaultdict(tuple)
    for id_, duration, source, packed in rows(connection, sql, (json.dumps(list(episodes)),)):
        chapters = _from_places(packed) if source == AS_SHOWN else unpack(packed)[0]
        found[EpisodeId(id_)] = chapters if duration is None else with_duration(chapters, duration)
    return found


def _from_places(packed: str) -> tuple[Chapter, ...]:
    found = places(packed)
    ends = [*(start for start, _ in found[1:]), found[-1][0] if found else 0]
    return tuple(Chapter(start, end, title) for (start, title), end in zip(found, ends, strict=True))


def _rule(words: str, how: str, longest: int | None, is_on: int) -> SkipRule:
    return SkipRule(words, Match(how), longest, bool(is_on))


def _insert(connection: Connection, scope: Scope, rules: Iterable[SkipRule]) -> None:
    """Put rules behind the others."""
    values = [(each.words, each.match.value, each.longest, int(each.is_on)) for each in dict.fromkeys(rules)]
    if scope is None:
        change_many(connection, "INSERT INTO skip_rule (words, how, longest, is_on) VALUES (?, ?, ?, ?)", values)
    else:
        # Of rules that say the same the first one is kept.
        sql = """
            INSERT OR IGNORE INTO skip_rule (podcast, words, how, longest, is_on)
            SELECT id, ?, ?, ?, ? FROM podcast WHERE id = ?
        """
        change_many(connection, sql, [(*each, scope) for each in values])
