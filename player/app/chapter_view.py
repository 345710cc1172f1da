"""The chapters of an episode as they are shown: chosen from all lists, with what the others add, and why.

Must not know how lists come into the library, nor how they are drawn. Works on any connection that reads.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from sqlite3 import Connection

from player.app.chapter_words import reason_words
from player.core.chapters import with_duration
from player.core.choice import choose
from player.core.filling import filled
from player.core.model import ChapterList, ChapterSource, EpisodeId
from player.storage import chapter_wishes, chapters


@dataclass(frozen=True, slots=True)
class ChapterView:
    """What a view needs of an episode's chapters.

    `chosen` is the list to show and to jump by, None when no source has any; `others` are the other lists, the most
    trusted first; `reason` is a sentence. `asked` is the source that the listener chose for this episode, `preferred`
    the one for the podcast.
    """

    chosen: ChapterList | None = None
    others: tuple[ChapterList, ...] = ()
    reason: str = ""
    asked: ChapterSource | None = None
    preferred: ChapterSource | None = None


def read_lists(connection: Connection, episode: EpisodeId) -> list[ChapterList]:
    """Every source's list; the last chapter of each ends with the episode. Raises NotFoundError."""
    duration = chapter_wishes.wishes(connection, episode).duration
    found = chapters.lists(connection, episode)
    if duration is None:
        return found
    return [replace(each, chapters=with_duration(each.chapters, duration)) for each in found]


def read_view(connection: Connection, episode: EpisodeId) -> ChapterView:
    """Read an episode's lists, choose and complete one. Raises NotFoundError."""
    wishes = chapter_wishes.wishes(connection, episode)
    lists = read_lists(connection, episode)
    choice = choose(lists, wishes.duration, wishes.preferred, asked=wishes.asked)
    if choice is None:
        return ChapterView(asked=wishes.asked, preferred=wishes.preferred)
    chosen = filled(choice.chosen, choice.others)
    return ChapterView(chosen, choice.others, reason_words(choice), wishes.asked, wishes.preferred)


def count_shown(connection: Connection, episode: EpisodeId) -> None:
    """Keep how many chapters the shown list has, for lists of episodes. Raises NotFoundError."""
    chosen = read_view(connection, episode).chosen
    chapters.set_chapter_count(connection, episode, len(chosen.chapters) if chosen else 0)
