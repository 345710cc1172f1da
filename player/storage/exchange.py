"""What is the listener's in a library: gathered out of it, and laid into another one that has things of its own.

Must not know how it travels. Nothing that a library has is taken away or replaced by what is laid into it, but for one
thing: of two places (or played marks) of an episode the later one counts.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from player.core.accounts import split_account
from player.core.directory import feed_key
from player.core.heard import NOTHING, WHOLE, with_spans
from player.core.library_export import ExportedBookmark, ExportedEpisode, ExportedPiece, ExportedPodcast
from player.core.model import (
    ChapterList,
    ChapterSource,
    Download,
    DownloadState,
    EpisodeId,
    EpochMillis,
    PodcastId,
    PodcastKind,
)
from player.core.play_queue import Piece
from player.core.podcast_rules import PodcastRules
from player.storage import (
    bookmarks,
    chapter_edits,
    chapter_wishes,
    chapters,
    feeds,
    heard,
    podcast_rules,
    skip_marks,
    skip_rules,
    sounds,
    web_pictures,
)
from player.storage.database import change, row, rows, transaction
from player.storage.episodes import set_download

_OWN = """
    SELECT episode FROM chapter_edit UNION SELECT episode FROM anchor UNION SELECT episode FROM skip_mark
    UNION SELECT episode FROM kept_download UNION SELECT episode FROM heard UNION SELECT episode FROM bookmark
    UNION SELECT episode FROM chapter_list WHERE source = 'listener'
"""
"""The episodes of which more than a line is the listener's."""


@dataclass(frozen=True, slots=True)
class LaidIn:
    """What became of an exported podcast.

    `touched` are the episodes in which anything changed, `with_chapters` those of them whose chapters may be others.
    `has_other_rules`: what is set for the podcast is another. `ruled` are the episodes for which new rules to skip
    chapters may count.
    """

    podcast: PodcastId
    is_new: bool
    touched: tuple[EpisodeId, ...]
    with_chapters: tuple[EpisodeId, ...]
    has_other_rules: bool = False
    ruled: tuple[EpisodeId, ...] = ()


# Gathering


def gather_podcasts(
    connection: Connection, tell: Callable[[int, int], None] = lambda _done, _total: None
) -> list[ExportedPodcast]:
    """All podcasts, in the order in which they were added; `tell` gets how many of how many are done before each."""
    with_own = _by_podcast(connection, _OWN)
    queued = _by_podcast(connection, "SELECT episode FROM queue_entry")
    sql = "SELECT id, kind, feed_url, title, added_at, folder FROM podcast ORDER BY added_at, id"
    found = rows(connection, sql)
    gathered = []
    for done, (podcast, kind, feed_url, title, added_at, folder) in enumerate(found):
        tell(done, len(found))
        exported = ExportedPodcast(
            # An older Earmark left names and passwords in addresses.
            feed_url=split_account(feed_url)[0],
            title=title,
            kind=PodcastKind(kind),
            added_at=added_at,
            folder=tuple(json.loads(folder)),
            preferred=chapter_wishes.preferred(connection, podcast),
            shows_pictures=web_pictures.wish(connection, podcast),
            sound=sounds.sound(connection, podcast),
            rules=podcast_rules.rules(connection, podcast),
            skip_rules=skip_rules.rules(connection, podcast),
            episodes=tuple(_gather_episodes(connection, podcast, with_own[podcast], queued[podcast])),
        )
        gathered.append(exported)
    return gathered


def gather_queue(connection: Connection) -> list[ExportedPiece]:
    """The entries of the queue in their order."""
    sql = """
        SELECT p.feed_url, e.guid, q.start, q.stop, q.title
        FROM queue_entry q JOIN episode e ON e.id = q.episode JOIN podcast p ON p.id = e.podcast ORDER BY q.place, q.id
    """
    return [ExportedPiece(split_account(url)[0], *piece) for url, *piece in rows(connection, sql)]


def _by_podcast(connection: Connection, episodes: str) -> dict[PodcastId, set[EpisodeId]]:
    """The episodes that a query gives, by podcast."""
    found: dict[PodcastId, set[EpisodeId]] = defaultdict(set)
    for podcast, episode in rows(connection, f"SELECT podcast, id FROM episode WHERE id IN ({episodes})"):
        found[podcast].add(episode)
    return found


def _gather_episodes(
    connection: Connection, podcast: PodcastId, with_own: set[EpisodeId], queued: set[EpisodeId]
) -> Iterable[ExportedEpisode]:
    sql = """
        SELECT e.id, e.guid, e.title, e.enclosure_url, e.published, coalesce(e.duration, e.measured),
            coalesce(l.position, 0), coalesce(l.is_played, 0), l.changed_at, e.chapter_source, e.follows_file
        FROM episode e LEFT JOIN listening l ON l.episode = e.id
        WHERE e.podcast = ? AND (l.episode IS NOT NULL OR e.chapter_source IS NOT NULL OR NOT e.follows_file
            OR e.id IN (SELECT value FROM json_each(?)))
        ORDER BY e.sorted_at DESC, e.id DESC
    """
    wanted = json.dumps([*with_own, *queued])
    for id_, guid, title, url, published, duration, position, played, at, asked, follows in rows(
        connection, sql, (podcast, wanted)
    ):
        yield ExportedEpisode(
            guid,
            title,
            url,
            published,
            duration,
            position,
            bool(played),
            at,
            ChapterSource(asked) if asked else None,
            bool(follows),
            **(_own(connection, id_) if id_ in with_own else {}),
        )


def _own(connection: Connection, episode: EpisodeId) -> dict[str, Any]:
    lists = {each.source: each.chapters for each in chapters.lists(connection, episode)}
    return {
        "own": lists.get(ChapterSource.LISTENER, ()),
        "edits": chapter_edits.edit_logs(connection, episode),
        "anchors": chapter_edits.anchors(connection, episode),
        "skips": skip_marks.skip_marks(connection, episode),
        "heard": heard.kept_heard(connection, [episode]).get(episode),
        "is_kept": podcast_rules.is_wanted(connection, episode),
        "bookmarks": tuple(
            ExportedBookmark(each.start, each.stop, each.text, each.made_at)
            for each in bookmarks.of_episode(connection, episode)
        ),
    }


# Laying in


def known_feeds(connection: Connection) -> dict[str, PodcastId]:
    """All podcasts by `core.directory.feed_key` of their addresses."""
    return {feed_key(url): PodcastId(id_) for id_, url in rows(connection, "SELECT id, feed_url FROM podcast")}


def _there_already(connection: Connection, feed_url: str, known: Mapping[str, PodcastId]) -> PodcastId | None:
    """The podcast whose feed an exported one has, where the library has it; `known` are its feeds.

    One that was known may be gone by now, or have become a part of another one.
    """
    found = known.get(feed_key(feed_url))
    if found is not None and row(connection, "SELECT 1 FROM podcast WHERE id = ?", (found,)):
        return found
    return feeds.podcast_by_url(connection, feed_url)


def lay_in(
    connection: Connection,
    exported: ExportedPodcast,
    known: dict[str, PodcastId],
    now: EpochMillis,
    tell: Callable[[], None] = lambda: None,
) -> LaidIn:
    """Lay a podcast into the library, in one transaction; `known` are its feeds, and gets this one.

    Episodes are found by guid, else by enclosure, else by title and date. One that is not there is made of what the
    export says of it: its feed, when it is read, finds and completes it as any other that it described before.
    `tell` is called after each episode.
    """
    with transaction(connection):
        there = _there_already(connection, exported.feed_url, known)
        podcast = there or feeds.add_podcast(
            connection, exported.feed_url, exported.title, exported.added_at or now, exported.kind
        )
        known[feed_key(exported.feed_url)] = podcast
        has_other_rules = _lay_in_choices(connection, podcast, exported)
        ids = _episodes_of(connection, podcast, exported, now)
        ruled = skip_rules.add_rules(connection, podcast, exported.skip_rules)
        touched, with_chapters = [], []
        for episode, id_ in zip(exported.episodes, ids, strict=True):
            has_other_place = _lay_in_heard(connection, id_, episode, now)
            has_other_chapters = _lay_in_chapters(connection, id_, episode, now)
            has_more_bookmarks = _lay_in_bookmarks(connection, id_, episode, now)
            if episode.is_kept:
                podcast_rules.store_wanted(connection, [id_], is_wanted=True)
            touched += [id_] if has_other_place or has_other_chapters or has_more_bookmarks else []
            with_chapters += [id_] if has_other_chapters else []
            tell()
    return LaidIn(podcast, there is None, tuple(touched), tuple(with_chapters), has_other_rules, ruled)


def pieces(connection: Connection, queue: Iterable[ExportedPiece], known: dict[str, PodcastId]) -> list[Piece]:
    """The entries of an exported queue, of the episodes that were laid in with it."""
    found = []
    for each in queue:
        sql = "SELECT id FROM episode WHERE podcast = ? AND guid = ?"
        episode = row(connection, sql, (_there_already(connection, each.feed_url, known), each.guid))
        if episode is not None:
            found.append(Piece(EpisodeId(episode[0]), each.start, each.stop, each.title))
    return found


def _lay_in_choices(connection: Connection, podcast: PodcastId, exported: ExportedPodcast) -> bool:
    """Lay in what was chosen for a podcast; whether it has other rules now."""
    if exported.folder:
        feeds.put_away(connection, {podcast: exported.folder})
    if exported.preferred is not None and chapter_wishes.preferred(connection, podcast) is None:
        chapter_wishes.prefer(connection, podcast, exported.preferred)
    if exported.shows_pictures is not None and web_pictures.wish(connection, podcast) is None:
        web_pictures.store_wish(connection, podcast, is_wanted=exported.shows_pictures)
    if exported.sound is not None and sounds.sound(connection, podcast) is None:
        sounds.store_sound(connection, podcast, exported.sound)
    rules = exported.rules
    has_none = podcast_rules.rules(connection, podcast) in (None, PodcastRules())
    if rules is None or rules == podcast_rules.rules(connection, podcast) or not has_none:
        return False
    podcast_rules.store_rules(connection, podcast, rules)
    return True


def _episodes_of(
    connection: Connection, podcast: PodcastId, exported: ExportedPodcast, now: EpochMillis
) -> list[EpisodeId]:
    """The episodes that are meant, found or made."""
    by_guid: dict[str, EpisodeId] = {}
    others: dict[object, list[EpisodeId]] = defaultdict(list)
    sql = "SELECT id, guid, enclosure_url, title, published FROM episode WHERE podcast = ?"
    for id_, guid, url, title, published in rows(connection, sql, (podcast,)):
        by_guid[guid] = id_
        others[url].append(id_)
        others[title, published].append(id_)
    asked = {by_guid[each.guid] for each in exported.episodes if each.guid in by_guid}
    urls = Counter(each.enclosure_url for each in exported.episodes)
    ids = []
    for each in exported.episodes:
        keys: list[object] = [each.enclosure_url] if each.enclosure_url and urls[each.enclosure_url] == 1 else []
        keys += [(each.title, each.published)] if each.title and each.published is not None else []
        alone = (others[key][0] for key in keys if len(others.get(key, ())) == 1)
        found = by_guid.get(each.guid) or next((id_ for id_ in alone if id_ not in asked), None)
        if found is None:
            found = _add(connection, podcast, exported.kind, each, now)
        by_guid.setdefault(each.guid, found)
        asked.add(found)
        ids.append(found)
    return ids


def _add(
    connection: Connection, podcast: PodcastId, kind: PodcastKind, episode: ExportedEpisode, now: EpochMillis
) -> EpisodeId:
    of_file = kind is PodcastKind.FILES
    lengths = (None, episode.duration) if of_file else (episode.duration, None)
    sorted_at = now if episode.published is None else episode.published
    sql = """
        INSERT INTO episode (podcast, guid, title, published, sorted_at, enclosure_url, duration, measured)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    """
    facts = (podcast, episode.guid, episode.title, episode.published, sorted_at, episode.enclosure_url, *lengths)
    id_ = EpisodeId(change(connection, sql, facts))
    if of_file:
        set_download(connection, Download(id_, DownloadState.COMPLETE, episode.guid))
    return id_


def _lay_in_heard(connection: Connection, id_: EpisodeId, episode: ExportedEpisode, now: EpochMillis) -> bool:
    """Lay in what was heard, and the place: what was heard of one episode or the other was heard."""
    before = heard.heard(connection, id_)
    has_other_place = _lay_in_place(connection, id_, episode, now)
    now_heard, there = heard.heard(connection, id_), episode.heard
    if there is None:
        # An older played mark than the place here says nothing.
        is_played_now = episode.is_played and (has_other_place or now_heard == WHOLE)
        there = WHOLE if is_played_now else NOTHING
    both = with_spans(before, there.spans)
    if both != now_heard or both == episode.heard:
        heard.store_heard(connection, id_, both)
    return has_other_place or both != before


def _lay_in_place(connection: Connection, id_: EpisodeId, episode: ExportedEpisode, now: EpochMillis) -> bool:
    if episode.changed_at is None and not episode.position and not episode.is_played:
        return False
    at = now if episode.changed_at is None else episode.changed_at
    sql = """
        INSERT INTO listening (episode, position, is_played, changed_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (episode) DO UPDATE SET position = excluded.position, is_played = excluded.is_played,
            changed_at = excluded.changed_at WHERE excluded.changed_at > changed_at RETURNING 1
    """
    return row(connection, sql, (id_, episode.position, int(episode.is_played), at)) is not None


def _lay_in_chapters(connection: Connection, id_: EpisodeId, episode: ExportedEpisode, now: EpochMillis) -> bool:
    if not (
        episode.asked or episode.own or episode.edits or episode.anchors or episode.skips or not episode.follows_file
    ):
        return False
    wishes = chapter_wishes.wishes(connection, id_)
    has_changed = False
    if episode.asked is not None and wishes.asked is None:
        chapter_wishes.ask_for(connection, id_, episode.asked)
        has_changed = True
    if not episode.follows_file and wishes.follows_file:
        chapter_edits.follow_file(connection, id_, follows=False)
        has_changed = True
    if episode.own and ChapterSource.LISTENER not in {each.source for each in chapters.lists(connection, id_)}:
        chapters.store_list(connection, id_, ChapterList(ChapterSource.LISTENER, episode.own), now)
        has_changed = True
    logs, anchors = chapter_edits.edit_logs(connection, id_), chapter_edits.anchors(connection, id_)
    for source, log in episode.edits.items():
        if source not in logs and (log.done or log.undone):
            chapter_edits.store_edits(connection, id_, source, log)
            has_changed = True
    for timeline, more in episode.anchors.items():
        if timeline not in anchors and more:
            chapter_edits.store_anchors(connection, id_, timeline, more)
            has_changed = True
    known = {(each.title, each.start) for each in skip_marks.skip_marks(connection, id_)}
    new = [each for each in episode.skips if (each.title, each.start) not in known]
    if new:
        skip_marks.add_skip_marks(connection, id_, new)
        has_changed = True
    return has_changed


def _lay_in_bookmarks(connection: Connection, id_: EpisodeId, episode: ExportedEpisode, now: EpochMillis) -> bool:
    """Make the bookmarks that are not there yet; whether there are any."""
    there = {(each.start, each.stop, each.text) for each in bookmarks.of_episode(connection, id_)}
    more = [each for each in episode.bookmarks if (each.start, each.stop, each.text) not in there]
    for each in more:
        bookmarks.add(connection, id_, each.start, each.made_at or now, stop=each.stop, text=each.text)
    return bool(more)
