"""How asking feeds goes: when and with what luck they were asked, where they were before, which pages are left.

Must not know when a feed is asked next (`core.refreshing`), nor what stands in it.
"""

from __future__ import annotations

from sqlite3 import Connection

from player.core.errors import NotFoundError
from player.core.model import EpochMillis, PodcastId, PodcastKind
from player.core.phrases import Phrase, packed
from player.core.refreshing import AskState
from player.storage.database import change, row, rows


def feed_addresses(connection: Connection, podcast: PodcastId | None = None) -> dict[PodcastId, str]:
    """Where the feeds of all podcasts are, or only that of one."""
    sql = "SELECT id, feed_url FROM podcast WHERE kind = ? AND id = coalesce(?, id)"
    return {PodcastId(id_): url for id_, url in rows(connection, sql, (PodcastKind.FEED, podcast))}


def ask_states(connection: Connection, podcast: PodcastId | None = None) -> dict[PodcastId, AskState]:
    """How asking went, of all podcasts that have a feed, or only of one."""
    sql = "SELECT id, refreshed_at, failures, ask_after, is_ended FROM podcast WHERE kind = ? AND id = coalesce(?, id)"
    return {
        PodcastId(id_): AskState(refreshed_at, failures, ask_after, bool(is_ended))
        for id_, refreshed_at, failures, ask_after, is_ended in rows(connection, sql, (PodcastKind.FEED, podcast))
    }


def ask_state(connection: Connection, podcast: PodcastId) -> AskState:
    """How asking went, of one podcast; as if never asked where there is none."""
    return ask_states(connection, podcast).get(podcast, AskState())


def record_failure(connection: Connection, podcast: PodcastId, text: str, state: AskState) -> None:
    """Keep the sentence that says why a feed could not be read, and how asking went; nothing else changes."""
    sql = "UPDATE podcast SET problem = ?, refreshed_at = ?, failures = ?, ask_after = ?, is_ended = ? WHERE id = ?"
    change(
        connection, sql, (packed(text), state.refreshed_at, state.failures, state.ask_after, state.is_ended, podcast)
    )


def record_success(connection: Connection, podcast: PodcastId, now: EpochMillis) -> None:
    """The feed was asked, and answered."""
    sql = """
        UPDATE podcast SET problem = NULL, refreshed_at = ?, failures = 0, ask_after = NULL, is_ended = 0 WHERE id = ?
    """
    change(connection, sql, (now, podcast))


def forget_answer(connection: Connection, podcast: PodcastId) -> None:
    """Let the feed be read the next time though nothing in it changed."""
    change(
        connection, "UPDATE podcast SET etag = NULL, last_modified = NULL, body_hash = NULL WHERE id = ?", (podcast,)
    )


def next_page(connection: Connection, podcast: PodcastId) -> str | None:
    """Where the next page with older episodes is; None before the feed was read, empty when there is none any more.

    Raises NotFoundError.
    """
    found = row(connection, "SELECT next_page FROM podcast WHERE id = ?", (podcast,))
    if found is None:
        raise NotFoundError(Phrase("reasons", "podcast"), str(podcast))
    page: str | None = found[0]
    return page


def store_next_page(connection: Connection, podcast: PodcastId, page: str) -> None:
    """Keep where the next page is; empty when there is none any more."""
    change(connection, "UPDATE podcast SET next_page = ? WHERE id = ?", (page, podcast))


def former_addresses(connection: Connection, podcast: PodcastId) -> dict[str, EpochMillis]:
    """Where the feed was before, and when it left there."""
    return dict(rows(connection, "SELECT url, left_at FROM former_address WHERE podcast = ?", (podcast,)))


def podcast_once_at(connection: Connection, url: str) -> PodcastId | None:
    """The podcast whose feed was at `url` before it moved, or None."""
    found = row(connection, "SELECT podcast FROM former_address WHERE url = ?", (url,))
    return PodcastId(found[0]) if found else None


def move_feed(connection: Connection, podcast: PodcastId, url: str, now: EpochMillis) -> None:
    """The feed of a podcast is at `url` from now on, where no other podcast's is."""
    sql = """
        INSERT OR REPLACE INTO former_address (url, podcast, left_at)
        SELECT feed_url, id, ? FROM podcast WHERE id = ? AND feed_url <> ?
    """
    change(connection, sql, (now, podcast, url))
    change(connection, "DELETE FROM former_address WHERE url = ?", (url,))
    change(connection, "UPDATE podcast SET feed_url = ? WHERE id = ?", (url, podcast))


def rename_feed(connection: Connection, podcast: PodcastId, url: str) -> None:
    """Write the address of a feed in another way, and forget how it was written."""
    change(connection, "UPDATE podcast SET feed_url = ? WHERE id = ?", (url, podcast))


def set_has_account(connection: Connection, podcast: PodcastId, has_account: bool) -> None:
    """Keep whether the feed wants a name and a password."""
    change(connection, "UPDATE podcast SET has_account = ? WHERE id = ?", (has_account, podcast))


def feeds_with_account(connection: Connection) -> tuple[str, ...]:
    """The addresses of all feeds that want a name and a password."""
    return tuple(url for (url,) in rows(connection, "SELECT feed_url FROM podcast WHERE has_account ORDER BY id"))
