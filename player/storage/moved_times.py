"""Everything of the listener's that is a place in an episode's audio, moved when that audio becomes another one.

Must not know how the places in the new audio are found. Who adds a table of such places moves it here.
"""

from __future__ import annotations

from sqlite3 import Connection

from player.core.alignment import Timeline, timeline_of
from player.core.edit_times import moved_anchors, moved_log
from player.core.edits import Add, Split
from player.core.heard import WHOLE
from player.core.model import EpisodeId, Millis
from player.core.ranges import Ranges
from player.core.retiming import Retiming
from player.core.skips import SkipMark
from player.storage import bookmarks, chapter_edits, chapters, heard, skip_marks
from player.storage.database import change, transaction


def move_times(connection: Connection, episode: EpisodeId, retiming: Retiming, left_at: Millis | None) -> None:
    """Move the listener's place, bookmarks, what was heard, anchors, edits and marks of skipped chapters.

    To be called before the chapters of the new file are stored. `left_at` is the place when the old audio was removed:
    where it is another one by now, the listener has been in the new audio, and it stays. What is queued follows the
    chapters by itself.
    """
    to_new = retiming.to_new
    with transaction(connection):
        if left_at:
            sql = "UPDATE listening SET position = ? WHERE episode = ? AND position = ?"
            change(connection, sql, (to_new(left_at), episode, left_at))
        bookmarks.move(connection, episode, to_new)
        kept = heard.kept_heard(connection, [episode]).get(episode)
        if kept is not None and kept != WHOLE:
            spans = ((to_new(start), to_new(stop)) for start, stop in kept.spans)
            heard.store_heard(connection, episode, Ranges.of((start, stop) for start, stop in spans if start < stop))
        named = {
            SkipMark(each.title, each.start)
            for found in chapters.lists(connection, episode)
            if timeline_of(found.source) is not Timeline.PUBLISHED
            for each in found.chapters
        }
        for source, log in chapter_edits.edit_logs(connection, episode).items():
            is_of_file = timeline_of(source) is not Timeline.PUBLISHED
            named |= {
                SkipMark(each.title, each.at) for each in (*log.done, *log.undone) if isinstance(each, Add | Split)
            }
            chapter_edits.store_edits(connection, episode, source, moved_log(log, to_new, is_of_file=is_of_file))
        for timeline, anchors in chapter_edits.anchors(connection, episode).items():
            is_of_file = timeline is not Timeline.PUBLISHED
            moved = moved_anchors(anchors, to_new, is_of_file=is_of_file)
            chapter_edits.store_anchors(connection, episode, timeline, moved)
        marks = skip_marks.skip_marks(connection, episode)
        moved_marks = [SkipMark(each.title, to_new(each.start)) if each in named else each for each in marks]
        skip_marks.store_skip_marks(connection, episode, moved_marks)
