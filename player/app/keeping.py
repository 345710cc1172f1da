"""Removes downloads that need not be kept: announced first, and called off by a word of the listener.

Must not know which ones these are (`core.keeping`) nor how it is announced. Nothing is touched before the listener
could have called it off; a program that ends meanwhile has removed nothing, and looks again at its next start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

from player.app.auto_downloads import AutoDownloads
from player.app.bus import Bus
from player.app.downloads import Downloads
from player.app.home import Home
from player.app.podcast_rules import RuleBook
from player.app.writer import Writer
from player.core.errors import NotFoundError
from player.core.events import (
    DownloadChanged,
    EpisodesChanged,
    PlaybackChanged,
    RemovalPlanned,
    RulesChanged,
)
from player.core.keeping import Keep, KeepKind, KeptDownload, to_remove
from player.core.model import DownloadState, EpisodeId, EpochMillis, Millis, PodcastId
from player.storage import episodes
from player.storage import podcast_rules as stored

LOOK_EVERY: Millis = 10 * 60_000
LOOK_AFTER: Millis = 1000
"""Facts come in swarms; it is looked once for all of them."""
GRACE: Millis = 10_000
"""How long a removal can be called off: longer than a notice stays."""


@dataclass(frozen=True, slots=True)
class Removal:
    """Downloads that would go, or will; `size` in bytes."""

    ids: tuple[EpisodeId, ...]
    size: int


class Keeping:
    """Looks at the start, every ten minutes, and when a download, a rule or a played mark came."""

    def __init__(
        self,
        rule_book: RuleBook,
        downloads: Downloads,
        auto_downloads: AutoDownloads,
        folder: Path,
        reader: Connection,
        writer: Writer,
        bus: Bus,
        home: Home,
        now: Callable[[], EpochMillis],
    ) -> None:
        self._rule_book = rule_book
        self._downloads = downloads
        self._auto_downloads = auto_downloads
        self._folder = folder
        self._reader = reader
        self._writer = writer
        self._bus = bus
        self._home = home
        self._now = now
        self._is_running = False
        self._open: EpisodeId | None = None
        self._planned: tuple[EpisodeId, ...] = ()
        self._is_asked = False
        self._call_off: Callable[[], None] = lambda: None
        self._stop_looking: Callable[[], None] = lambda: None
        bus.subscribe(PlaybackChanged, self._on_playback_changed)
        bus.subscribe(DownloadChanged, self._on_download_changed)
        bus.subscribe(EpisodesChanged, lambda _: self._look_soon())
        bus.subscribe(RulesChanged, lambda _: self._look_soon())

    def start(self) -> None:
        """Begin to remove what need not be kept; before that, and without it, nothing is."""
        self._is_running = True
        self._stop_looking = self._home.every(LOOK_EVERY, self._look)
        self._look_soon()

    def close(self) -> None:
        """Remove nothing any more."""
        self._is_running = False
        self._stop_looking()
        self._call_off()

    def would_remove(self, podcast: PodcastId, keep: Keep) -> Removal:
        """What a rule for a podcast would remove now."""
        return _removal(to_remove(keep, self._kept(podcast), self._now()))

    def is_wanted(self, episode: EpisodeId) -> bool:
        """Whether the listener wants the download of an episode to be kept, whatever the rule says."""
        return stored.is_wanted(self._reader, episode)

    def want(self, ids: Sequence[EpisodeId], *, is_wanted: bool) -> Future[None]:
        """Keep downloads whatever the rule says, or leave them to the rule."""
        kept = tuple(ids)
        return self._writer.submit(
            lambda connection: stored.store_wanted(connection, kept, is_wanted=is_wanted),
            lambda: self._bus.publish(EpisodesChanged(kept)),
        )

    def undo(self, ids: Sequence[EpisodeId]) -> None:
        """Call off a removal that was announced; its downloads are wanted from now on."""
        if self._planned == tuple(ids):
            self._planned = ()
            self._call_off()
            self.want(ids, is_wanted=True)

    # Within

    def _kept(self, podcast: PodcastId) -> list[KeptDownload]:
        is_open = () if self._open is None else (self._open,)
        return stored.kept_downloads(self._reader, podcast, self._folder, is_open)

    def _due(self) -> Removal:
        found: list[KeptDownload] = []
        for podcast in stored.with_keep_rules(self._reader):
            found += to_remove(self._rule_book.of(podcast).keep, self._kept(podcast), self._now())
        return _removal(found)

    def _look_soon(self) -> None:
        if self._is_running and not self._is_asked:
            self._is_asked = True
            self._home.after(LOOK_AFTER, self._look)

    def _look(self) -> None:
        """Announce what is to go. While something is announced, the rest waits."""
        self._is_asked = False
        if not self._is_running or self._planned:
            return
        due = self._due()
        if due.ids:
            self._planned = due.ids
            self._call_off = self._home.after(GRACE, self._remove)
            self._bus.publish(RemovalPlanned(due.ids, due.size))

    def _remove(self) -> None:
        """Remove what was announced and still need not be kept."""
        due, planned = set(self._due().ids), self._planned
        self._planned = ()
        for episode in planned:
            if episode in due:
                self._downloads.remove(episode)
        self._look_soon()

    def _on_playback_changed(self, fact: PlaybackChanged) -> None:
        if fact.state.episode != self._open:
            self._open = fact.state.episode
            self._look_soon()

    def _on_download_changed(self, fact: DownloadChanged) -> None:
        """What the listener fetched though the rule would remove it at once is wanted."""
        try:
            found = episodes.episode(self._reader, fact.id)
        except NotFoundError:
            return
        if found.download.state is not DownloadState.COMPLETE or not self._is_running:
            return
        keep = self._rule_book.of(found.podcast).keep
        if keep.kind is KeepKind.ALL:
            return
        is_due = fact.id in self.would_remove(found.podcast, keep).ids
        if is_due and not self._auto_downloads.has_begun(fact.id):
            self.want([fact.id], is_wanted=True)
        else:
            self._look_soon()


def _removal(downloads: Sequence[KeptDownload]) -> Removal:
    return Removal(tuple(each.episode for each in downloads), sum(each.size for each in downloads))
