"""Downloads new episodes of the podcasts for which the listener wants that.

Must not know how a download travels, nor which ones are wanted (`core.auto_download`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from sqlite3 import Connection

from player.app.bus import Bus
from player.app.downloads import Downloads
from player.app.podcast_rules import RuleBook
from player.core.auto_download import AutoDownload, newest_of, to_download
from player.core.events import EpisodesArrived
from player.core.model import DownloadState, Episode, EpisodeId, EpochMillis, PodcastId
from player.storage import episodes
from player.storage import podcast_rules as stored


class AutoDownloads:
    """Begins downloads when a refresh has brought episodes; what comes with a podcast that is added stays there."""

    def __init__(
        self, rule_book: RuleBook, downloads: Downloads, reader: Connection, bus: Bus, now: Callable[[], EpochMillis]
    ) -> None:
        self._rule_book = rule_book
        self._downloads = downloads
        self._reader = reader
        self._now = now
        self._begun: set[EpisodeId] = set()
        bus.subscribe(EpisodesArrived, self._on_episodes_arrived)

    def has_begun(self, episode: EpisodeId) -> bool:
        """Whether the download of an episode was begun here, in this run of the program."""
        return episode in self._begun

    def missing(self, podcast: PodcastId, rule: AutoDownload) -> tuple[EpisodeId, ...]:
        """Which episodes a rule for the newest ones means that are neither downloaded nor played or begun."""
        ids = newest_of(rule, stored.listed(self._reader, podcast, ()))
        found = episodes.episodes(self._reader, ids)
        return tuple(each.id for each in found if _is_untouched(each))

    def fetch(self, ids: Sequence[EpisodeId]) -> None:
        """Download these."""
        for episode in ids:
            self._begun.add(episode)
            self._downloads.start(episode)

    def _on_episodes_arrived(self, fact: EpisodesArrived) -> None:
        rule = self._rule_book.of(fact.podcast).auto_download
        if rule.most == 0:
            return
        listed = stored.listed(self._reader, fact.podcast, frozenset(fact.ids))
        self.fetch(to_download(rule, listed, self._now()))


def _is_untouched(episode: Episode) -> bool:
    return episode.download.state is DownloadState.NONE and not episode.is_played and not episode.position
