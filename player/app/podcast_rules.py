"""What the listener sets for podcasts as a whole: kept, told, and given to those that are new.

Must not know who acts on it: `app.auto_downloads`, `app.keeping`, `app.announcing`, and playing for the edges.
"""

from __future__ import annotations

from concurrent.futures import Future
from sqlite3 import Connection

from player.app.bus import Bus
from player.app.settings import SettingsStore
from player.app.writer import Writer
from player.core.auto_download import AutoDownload, amount_meant, amount_words
from player.core.events import ChaptersChanged, EpisodesChanged, PodcastsChanged, RulesChanged
from player.core.model import EpisodeId, EpisodeQuery, PodcastId
from player.core.podcast_rules import PodcastRules
from player.storage import listing
from player.storage import podcast_rules as stored


class RuleBook:
    """Knows the rules of every podcast. All commands come on the home thread."""

    def __init__(self, reader: Connection, writer: Writer, bus: Bus, settings: SettingsStore) -> None:
        self._reader = reader
        self._writer = writer
        self._bus = bus
        self._settings = settings
        bus.subscribe(PodcastsChanged, self._on_podcasts_changed)

    def of(self, podcast: PodcastId) -> PodcastRules:
        """What is set for a podcast."""
        return stored.rules(self._reader, podcast) or self._for_new

    def set(self, podcast: PodcastId, rules: PodcastRules) -> Future[None]:
        """Change what is set for a podcast."""
        before = self.of(podcast)

        def tell() -> None:
            self._bus.publish(RulesChanged(podcast))

        future = self._writer.submit(lambda connection: stored.store_rules(connection, podcast, rules), tell)
        if rules.edges != before.edges:
            # As with chapters that are skipped: what plays reads them, and lists say how long the rest takes.
            ids: list[EpisodeId] = []
            query = EpisodeQuery(podcast=podcast)
            self._writer.submit(
                lambda connection: ids.extend(listing.episode_ids(connection, query)),
                lambda: self._tell_episodes(tuple(ids)),
            )
        return future

    @property
    def default_amount(self) -> int | None:
        """How many episodes are downloaded by themselves of a podcast that is new; None for all."""
        try:
            return amount_meant(self._settings.value.new_podcasts_download)
        except ValueError:
            return 0

    def set_default_amount(self, most: int | None) -> None:
        """Change that for podcasts that are added from now on. Raises FileError."""
        self._settings.change(new_podcasts_download=amount_words(most))

    @property
    def _for_new(self) -> PodcastRules:
        return PodcastRules(auto_download=AutoDownload(self.default_amount))

    def _tell_episodes(self, ids: tuple[EpisodeId, ...]) -> None:
        self._bus.publish(ChaptersChanged(ids))
        self._bus.publish(EpisodesChanged(ids))

    def _on_podcasts_changed(self, fact: PodcastsChanged) -> None:
        """What is set for a new podcast does not follow the settings later on."""
        new, rules = stored.without_rules(self._reader, fact.ids) if fact.ids else [], self._for_new

        def write(connection: Connection) -> None:
            for podcast in new:
                stored.store_rules(connection, podcast, rules)

        if new:
            self._writer.submit(write)
