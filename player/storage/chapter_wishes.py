"""What the listener wants to see of several lists of chapters: a source for an episode, a source for a podcast.

Must not know how the wish is weighed against the lists (`core.choice`).
"""

from __future__ import annotations

from dataclasses import dataclass
from sqlite3 import Connection

from player.core.errors import NotFoundError
from player.core.model import ChapterSource, EpisodeId, Millis, PodcastId
from player.core.phrases import Phrase
from player.storage.chapters import AS_SHOWN
from player.storage.database import change, row, rows


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wished for an episode, and how long it is.

    `asked` is the source for this episode, `preferred` that for the whole podcast, None for the choice by rule.
    `published` is the length by the feed, `measured` by the decoder. `follows_file` says whether published times are to
    follow the chapters in the audio file.
    """

    asked: ChapterSource | None
    preferred: ChapterSource | None
    published: Millis | None
    measured: Millis | None
    follows_file: bool

    @property
    def duration(self) -> Millis | None:
        """How long the episode is, by the better count."""
        return self.published if self.measured is None else self.measured


def wishes(connection: Connection, episode: EpisodeId) -> Wishes:
    """What is wished for an episode. Raises NotFoundError."""
    sql = """
        SELECT e.chapter_source, p.chapter_source, e.duration, e.measured, e.follows_file
        FROM episode e JOIN podcast p ON p.id = e.podcast WHERE e.id = ?
    """
    found = row(connection, sql, (episode,))
    if found is None:
        raise NotFoundError(Phrase("reasons", "episode"), str(episode))
    asked, preferred, published, measured, follows_file = found
    return Wishes(_source(asked), _source(preferred), published, measured, bool(follows_file))


def ask_for(connection: Connection, episode: EpisodeId, source: ChapterSource | None) -> None:
    """Keep which source is shown for an episode; None leaves it to the rules."""
    change(connection, "UPDATE episode SET chapter_source = ? WHERE id = ?", (source, episode))


def prefer(connection: Connection, podcast: PodcastId, source: ChapterSource | None) -> None:
    """Keep which source is shown for the episodes of a podcast; None leaves it to the rules."""
    change(connection, "UPDATE podcast SET chapter_source = ? WHERE id = ?", (source, podcast))


def preferred(connection: Connection, podcast: PodcastId) -> ChapterSource | None:
    """Which source is shown for the episodes of a podcast where they have it."""
    found = row(connection, "SELECT chapter_source FROM podcast WHERE id = ?", (podcast,))
    return _source(found[0]) if found else None


def with_lists(connection: Connection, podcast: PodcastId) -> tuple[EpisodeId, ...]:
    """The episodes of a podcast that have lists of chapters from two sources or more."""
    sql = """
        SELECT s.episode FROM chapter_list s JOIN episode e ON e.id = s.episode WHERE e.podcast = ? AND s.source <> ?
        GROUP BY s.episode HAVING count(*) > 1 ORDER BY s.episode
    """
    return tuple(EpisodeId(found[0]) for found in rows(connection, sql, (podcast, AS_SHOWN)))


def _source(stored: str | None) -> ChapterSource | None:
    return None if stored is None else ChapterSource(stored)
