"""What the listener changed in an episode's chapters: a history for each source's list, and anchors of each timeline.

Must not know what an edit does (`core.edits`) or how anchors move times (`core.alignment`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from sqlite3 import Connection
from typing import Any

from player.core.alignment import Anchor, Timeline
from player.core.edits import Add, Anchored, Delete, Edit, EditLog, Followed, Identity, Merge, Move, Rename, Split
from player.core.errors import BugError
from player.core.model import ChapterSource, EpisodeId
from player.storage.database import change, change_many, rows, transaction

_Row = tuple[Any, ...]


def edit_logs(connection: Connection, episode: EpisodeId) -> dict[ChapterSource, EditLog]:
    """The edits of every list of an episode that has any, done or undone."""
    sql = """
        SELECT source, is_undone, kind, start, title, next_start, next_title, at, new_title, anchors
        FROM chapter_edit WHERE episode = ? ORDER BY source, place
    """
    done: dict[ChapterSource, list[Edit]] = defaultdict(list)
    undone: dict[ChapterSource, list[Edit]] = defaultdict(list)
    for source, is_undone, *facts in rows(connection, sql, (episode,)):
        (undone if is_undone else done)[ChapterSource(source)].append(_edit(*facts))
    return {source: EditLog(tuple(done[source]), tuple(undone[source])) for source in [*done, *undone]}


def store_edits(connection: Connection, episode: EpisodeId, source: ChapterSource, log: EditLog) -> None:
    """Keep the edits of a list in place of those that were kept."""
    with transaction(connection):
        change(connection, "DELETE FROM chapter_edit WHERE episode = ? AND source = ?", (episode, source))
        edits = [*((each, 0) for each in log.done), *((each, 1) for each in log.undone)]
        change_many(
            connection,
            """
            INSERT INTO chapter_edit
                (episode, source, place, is_undone, kind, start, title, next_start, next_title, at, new_title, anchors)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [(episode, source, place, is_undone, *_columns(each)) for place, (each, is_undone) in enumerate(edits)],
        )


def anchors(connection: Connection, episode: EpisodeId) -> dict[Timeline, tuple[Anchor, ...]]:
    """The listener's anchors, in rising order, of every timeline that has any."""
    sql = "SELECT timeline, published, actual FROM anchor WHERE episode = ? ORDER BY timeline, published"
    found: dict[Timeline, list[Anchor]] = defaultdict(list)
    for timeline, published, actual in rows(connection, sql, (episode,)):
        found[Timeline(timeline)].append(Anchor(published, actual))
    return {timeline: tuple(listed) for timeline, listed in found.items()}


def store_anchors(connection: Connection, episode: EpisodeId, timeline: Timeline, anchors: tuple[Anchor, ...]) -> None:
    """Keep the anchors of a timeline in place of those that were kept."""
    with transaction(connection):
        change(connection, "DELETE FROM anchor WHERE episode = ? AND timeline = ?", (episode, timeline))
        change_many(
            connection,
            "INSERT INTO anchor (episode, timeline, published, actual) VALUES (?, ?, ?, ?)",
            [(episode, timeline, each.published, each.actual) for each in anchors],
        )


def follow_file(connection: Connection, episode: EpisodeId, *, follows: bool) -> None:
    """Keep whether published times follow the chapters in the audio file."""
    change(connection, "UPDATE episode SET follows_file = ? WHERE id = ?", (int(follows), episode))


def _columns(edit: Edit) -> _Row:
    """kind, start, title, next_start, next_title, at, new_title, anchors"""
    match edit:
        case Add():
            return ("add", None, None, None, None, edit.at, edit.title, None)
        case Rename():
            return ("rename", edit.of.start, edit.of.title, None, None, None, edit.title, None)
        case Move():
            return ("move", edit.of.start, edit.of.title, None, None, edit.at, None, None)
        case Split():
            return ("split", edit.of.start, edit.of.title, None, None, edit.at, edit.title, None)
        case Merge():
            return ("merge", edit.of.start, edit.of.title, edit.absorbed.start, edit.absorbed.title, None, None, None)
        case Delete():
            return ("delete", edit.of.start, edit.of.title, None, None, None, None, None)
        case Anchored():
            start, title = (edit.of.start, edit.of.title) if edit.of else (None, None)
            changes = json.dumps({"gained": _pairs(edit.gained), "lost": _pairs(edit.lost)})
            return ("anchor", start, title, None, None, edit.at, None, changes)
        case Followed():
            return ("follow", None, None, None, None, int(edit.is_on), None, None)


def _pairs(anchors: Iterable[Anchor]) -> list[tuple[int, int]]:
    return [(each.published, each.actual) for each in anchors]


def _edit(
    kind: str, start: int | None, title: str, next_start: int, next_title: str, at: int, new_title: str, anchors: str
) -> Edit:
    of = Identity(start or 0, title)
    match kind:
        case "add":
            return Add(at, new_title)
        case "rename":
            return Rename(of, new_title)
        case "move":
            return Move(of, at)
        case "split":
            return Split(of, at, new_title)
        case "merge":
            return Merge(of, Identity(next_start, next_title))
        case "delete":
            return Delete(of)
        case "anchor":
            changes = json.loads(anchors)
            gained, lost = (tuple(Anchor(*pair) for pair in changes[name]) for name in ("gained", "lost"))
            return Anchored(gained, lost, None if start is None else of, at)
        case "follow":
            return Followed(bool(at))
        case _:
            raise BugError(f"there is no edit of the kind {kind}")
