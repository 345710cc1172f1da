"""How links name episodes: by the address of the feed and the guid, and which episode one means here.

Must not know how a link is written (`core.links`).
"""

from __future__ import annotations

from sqlite3 import Connection

from player.core.accounts import split_account
from player.core.directory import feed_key
from player.core.errors import LinkError, NotFoundError
from player.core.links import EpisodeLink, link_text
from player.core.model import EpisodeId, Millis, PodcastId
from player.core.phrases import Phrase
from player.storage.database import row, rows
from player.storage.feeds import podcast_by_url


def link_to(connection: Connection, episode: EpisodeId, at: Millis | None) -> EpisodeLink:
    """The link to a place of an episode. Names and passwords of feeds are in none. Raises NotFoundError."""
    sql = "SELECT p.feed_url, e.guid FROM episode e JOIN podcast p ON p.id = e.podcast WHERE e.id = ?"
    found = row(connection, sql, (episode,))
    if found is None:
        raise NotFoundError(Phrase("reasons", "episode"), str(episode))
    return EpisodeLink(split_account(found[0])[0], found[1], at)


def linked_episode(connection: Connection, link: EpisodeLink) -> EpisodeId:
    """The episode that a link means. Raises LinkError."""
    podcast = podcast_by_url(connection, link.feed_url) or _podcast_like(connection, link.feed_url)
    if podcast is None:
        reason = Phrase("reasons", "the podcast at {url} is not in the library; add it first").filled(url=link.feed_url)
        raise LinkError(link_text(link), reason, link.feed_url)
    found = row(connection, "SELECT id FROM episode WHERE podcast = ? AND guid = ?", (podcast, link.guid))
    if found is None:
        raise LinkError(link_text(link), Phrase("reasons", "its podcast has no such episode, or has it no longer"))
    return EpisodeId(found[0])


def _podcast_like(connection: Connection, url: str) -> PodcastId | None:
    """The podcast whose address says the same in other words."""
    wanted = feed_key(url)
    found = rows(connection, "SELECT id, feed_url FROM podcast")
    return next((PodcastId(id_) for id_, known in found if feed_key(split_account(known)[0]) == wanted), None)
