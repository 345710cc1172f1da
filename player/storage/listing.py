"""Lists of episodes: which of them a list shows in which order, and how many.

Must not know what an episode is besides: what lists ask for is kept apart from it (see `listing_schema`).
"""

from __future__ import annotations

import json
from sqlite3 import Connection
from typing import Any

from player.core.model import EpisodeId, EpisodeQuery, Filter, Sort, View
from player.core.search_text import list_name
from player.storage.database import row
from player.storage.listing_schema import BEGUN, DOWNLOAD, DOWNLOADED, HAS_CHAPTERS, HEARING, PLAYED

_MOST_WORDS = 8

_VIEWS = {
    View.ALL: "TRUE",
    View.NEW: f"l.traits & {HEARING} = 0",
    View.IN_PROGRESS: f"l.traits & {BEGUN} <> 0",
    View.DOWNLOADS: f"l.traits & {DOWNLOAD} <> 0",
    View.PLAYED: f"l.traits & {PLAYED} <> 0",
    View.WITH_CHAPTERS: f"l.traits & {HAS_CHAPTERS} <> 0",
}
_FILTERS = {
    Filter.UNPLAYED: f"l.traits & {PLAYED} = 0",
    Filter.WITH_CHAPTERS: f"l.traits & {HAS_CHAPTERS} <> 0",
    Filter.DOWNLOADED: f"l.traits & {DOWNLOADED} <> 0",
}
_NEWEST = "l.sorted_at DESC, l.episode DESC"
_SORTS = {
    Sort.NEWEST: _NEWEST,
    Sort.OLDEST: "l.sorted_at, l.episode",
    Sort.TITLE: "l.name, l.episode",
    Sort.SHORTEST: "l.length NULLS LAST, l.episode",
    Sort.LONGEST: "l.length DESC, l.episode DESC",
    Sort.LEAST_LEFT: "l.time_left NULLS LAST, l.episode",
    Sort.PODCAST: f"p.name, p.podcast, {_NEWEST}",
}

_COUNTS = {
    View.ALL: "episodes",
    View.NEW: "fresh",
    View.IN_PROGRESS: "begun",
    View.DOWNLOADS: "downloads",
    View.PLAYED: "played",
    View.WITH_CHAPTERS: "with_chapters",
}
_IN_VIEW = {
    View.NEW: "listing_new",
    View.IN_PROGRESS: "listing_begun",
    View.DOWNLOADS: "listing_downloads",
    View.PLAYED: "listing_played",
    View.WITH_CHAPTERS: "listing_with_chapters",
}
_FEW = (View.IN_PROGRESS, View.DOWNLOADS)
"""Views that show few of all episodes: quicker sorted than picked out of all in their order."""
_IN_ORDER = {
    Sort.NEWEST: "listing_newest",
    Sort.OLDEST: "listing_newest",
    Sort.TITLE: "listing_by_name",
    Sort.SHORTEST: "listing_by_length",
    Sort.LONGEST: "listing_by_length",
    Sort.LEAST_LEFT: "listing_by_time_left",
    Sort.PODCAST: "listing_of_podcast",
}


def episode_ids(connection: Connection, query: EpisodeQuery) -> list[EpisodeId]:
    """The ids of the episodes that `query` asks for, in its order."""
    return _ids(connection, *list_sql(query))


def older_ids(connection: Connection, query: EpisodeQuery, than: EpisodeId) -> list[EpisodeId]:
    """The ids of those episodes of a list that are older than one, whatever its order."""
    older = "(l.sorted_at, l.episode) < (SELECT sorted_at, episode FROM episode_listing WHERE episode = ?)"
    return _ids(connection, *list_sql(query, older, than))


def counts(connection: Connection) -> dict[View, int]:
    """How many episodes of all podcasts each view shows."""
    sums = ", ".join(f"coalesce(sum({_COUNTS[view]}), 0)" for view in View)
    found = row(connection, f"SELECT {sums} FROM podcast_listing") or ()
    return dict(zip(View, found, strict=True))


def list_sql(query: EpisodeQuery, further: str = "TRUE", *values: Any) -> tuple[str, list[Any]]:
    """The question for a list, perhaps with a further condition, and the values of its parameters.

    The index is named, since SQLite knows too little of the tables to choose: nothing but the index is read then, and
    nothing is sorted but the episodes of one podcast or of a view that shows few.
    """
    words = list_name(query.words).split()[:_MOST_WORDS]
    conditions = [_VIEWS[query.view], *(_FILTERS[each] for each in sorted(query.filters)), further]
    conditions += ["instr(l.name, ?)"] * len(words)
    table = f"episode_listing l INDEXED BY {_index(query, has_words=bool(words))}"
    taken = [*values, *words]
    if query.podcast is not None:
        conditions.append("l.podcast = ?")
        taken.append(query.podcast)
    elif query.sort is Sort.PODCAST and query.view in _FEW:
        table += " CROSS JOIN podcast_listing p ON p.podcast = l.podcast"
    elif query.sort is Sort.PODCAST:
        table = f"podcast_listing p INDEXED BY podcast_by_name CROSS JOIN {table} ON l.podcast = p.podcast"
    sort = Sort.NEWEST if query.podcast is not None and query.sort is Sort.PODCAST else query.sort
    return f"SELECT l.episode FROM {table} WHERE {' AND '.join(conditions)} ORDER BY {_SORTS[sort]}", taken


def _index(query: EpisodeQuery, *, has_words: bool) -> str:
    if query.podcast is not None:
        return "listing_of_podcast"
    is_by_date = query.sort in (Sort.NEWEST, Sort.OLDEST)
    if query.view in _FEW or (is_by_date and query.view is not View.ALL and not has_words):
        return _IN_VIEW[query.view]
    return _IN_ORDER[query.sort]


def _ids(connection: Connection, sql: str, values: list[Any]) -> list[EpisodeId]:
    # In one row: every row that is fetched gives the interpreter's lock away, and gets it back late from a busy
    # thread. With thirty thousand of them the window stood still for a second while feeds came in.
    found = row(connection, f"SELECT json_group_array(episode) FROM ({sql})", values)
    ids: list[EpisodeId] = json.loads(found[0]) if found else []
    return ids
