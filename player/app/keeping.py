"""Removes downloads that need not be kept, or that the listener is done with: announced first, called off by a word.

Must not know which ones these are (`core.keeping`) nor how it is announced. Nothing is touched before the listener
could have called it off; a program that ends meanwhile has removed nothing, and looks again at its next start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property, partial
from sqlite3 import Connection

from player.app.auto_downloads import AutoDownloads
from player.app.bus import Bus
from player.app.download_folder import DownloadFolder
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
    SettingsChanged,
)
from player.core.keeping import Keep, KeepKind, KeptDownload, over_total, to_remove
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


class CleaningTrial:
    """What clean-ups of all podcasts would remove. Downloads are read once, when a rule first needs them."""

    def __init__(
        self,
        kept: Callable[[PodcastId | None], list[KeptDownload]],
        podcasts: Callable[[], list[PodcastId]],
        now: EpochMillis,
    ) -> None:
        """`kept` reads the downloads of a podcast, or of all; `podcasts` are those that have any."""
        self._kept = kept
        self._podcasts = podcasts
        self._now = now

    @cached_property
    def _by_podcast(self) -> list[list[KeptDownload]]:
        return [self._kept(each) for each in self._podcasts()]

    @cached_property
    def _all(self) -> list[KeptDownload]:
        return self._kept(None)

    def would_clean(self, keep: Keep, most: int = 0) -> Removal:
        """What a rule does not keep, and what is over `most` bytes besides; 0 for any number."""
        downloads = self._by_podcast if keep.kind is not KeepKind.ALL else ()
        found = [each for kept in downloads for each in to_remove(keep, kept, self._now)]
        return _removal([*found, *(_besides(found, self._all, most) if most else ())])


class _Why(Enum):
    RULE = auto()
    CLEANING = auto()
    ASKED = auto()


@dataclass(frozen=True, slots=True)
class _Plan:
    """A removal that is announced."""

    ids: tuple[EpisodeId, ...]
    why: _Why
    call_off: Callable[[], None]
    stopped: tuple[EpisodeId, ...] = ()
    """Those of them that were on their way."""


class Keeping:
    """Looks at the start, every ten minutes, and when a download, a rule or a played mark came."""

    def __init__(
        self,
        rule_book: RuleBook,
        downloads: Downloads,
        auto_downloads: AutoDownloads,
        folder: DownloadFolder,
        reader: Connection,
        writer: Writer,
        bus: Bus,
        home: Home,
        now: Callable[[], EpochMillis],
        most: Callable[[], int],
    ) -> None:
        """`most` tells how many bytes all downloads together may be; 0 for any number."""
        self._rule_book = rule_book
        self._downloads = downloads
        self._auto_downloads = auto_downloads
        self._folder = folder
        self._reader = reader
        self._writer = writer
        self._bus = bus
        self._home = home
        self._now = now
        self._most = most
        self._is_running = False
        self._open: EpisodeId | None = None
        self._plans: list[_Plan] = []
        self._is_asked = False
        self._stop_looking: Callable[[], None] = lambda: None
        bus.subscribe(PlaybackChanged, self._on_playback_changed)
        bus.subscribe(DownloadChanged, self._on_download_changed)
        bus.subscribe(EpisodesChanged, lambda _: self._look_soon())
        bus.subscribe(RulesChanged, lambda _: self._look_soon())
        bus.subscribe(SettingsChanged, lambda _: self._look_soon())

    def start(self) -> None:
        """Begin to remove what need not be kept; before that, and without it, nothing is."""
        self._is_running = True
        self._stop_looking = self._home.every(LOOK_EVERY, self._look)
        self._look_soon()

    def close(self) -> None:
        """Remove nothing any more."""
        self._is_running = False
        self._stop_looking()
        for plan in self._plans:
            plan.call_off()
        self._plans = []

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

    def trial(self) -> CleaningTrial:
        """To try clean-ups of all podcasts as they are now."""
        return CleaningTrial(self._kept, partial(stored.with_downloads, self._reader), self._now())

    def clean(self, ids: Sequence[EpisodeId]) -> None:
        """Remove these in a moment, but those that are queued, begun, open or to be kept by then."""
        self._plan(ids, _Why.CLEANING)

    def remove(self, episode: EpisodeId) -> None:
        """Remove the download of one episode in a moment, whole or half: as the listener says, whatever speaks for it.

        One that is on its way is paused until then.
        """
        self._plan([episode], _Why.ASKED)

    def is_going(self, episode: EpisodeId) -> bool:
        """Whether the removal of a download is announced, and may be called off."""
        return any(episode in plan.ids for plan in self._plans)

    def finish(self) -> None:
        """Do at once what was announced: where nobody is there to call it off."""
        for plan in list(self._plans):
            plan.call_off()
            self._carry_out(plan.ids)

    def undo(self, ids: Sequence[EpisodeId]) -> None:
        """Call off a removal that was announced; what a rule would have removed is wanted from now on."""
        for plan in [each for each in self._plans if each.ids == tuple(ids)]:
            self._plans.remove(plan)
            plan.call_off()
            if plan.why is _Why.RULE:
                self.want(ids, is_wanted=True)
            else:
                for episode in plan.stopped:
                    self._downloads.start(episode)
                self._bus.publish(EpisodesChanged(plan.ids))

    def undo_of(self, episode: EpisodeId) -> None:
        """Call off the removal of which an episode is a part."""
        for plan in [each for each in self._plans if episode in each.ids]:
            self.undo(plan.ids)

    # Within

    def _kept(self, podcast: PodcastId | None) -> list[KeptDownload]:
        is_open = () if self._open is None else (self._open,)
        return stored.kept_downloads(self._reader, podcast, self._folder.holds, is_open)

    def _due(self) -> Removal:
        found: list[KeptDownload] = []
        for podcast in stored.with_keep_rules(self._reader):
            found += to_remove(self._rule_book.of(podcast).keep, self._kept(podcast), self._now())
        most = self._most()
        return _removal([*found, *(_besides(found, self._kept(None), most) if most else ())])

    def _plan(self, ids: Sequence[EpisodeId], why: _Why) -> None:
        """Announce a removal, and do it later."""
        found = [each for each in episodes.episodes(self._reader, ids) if not self.is_going(each.id)]
        states = (DownloadState.COMPLETE,) if why is not _Why.ASKED else tuple(DownloadState)[1:]
        here = [each.download for each in found if each.download.state in states]
        if not here:
            return
        planned = tuple(each.episode for each in here)
        stopped = tuple(each for each in planned if self._downloads.is_wanted(each))
        for episode in stopped:
            self._downloads.pause(episode)
        self._plans.append(_Plan(planned, why, self._home.after(GRACE, lambda: self._carry_out(planned)), stopped))
        self._bus.publish(RemovalPlanned(planned, sum(each.received for each in here), why is _Why.RULE))
        self._bus.publish(EpisodesChanged(planned))

    def _look_soon(self) -> None:
        if self._is_running and not self._is_asked:
            self._is_asked = True
            self._home.after(LOOK_AFTER, self._look)

    def _look(self) -> None:
        """Announce what is to go by a rule. While something is announced, the rest waits."""
        self._is_asked = False
        if self._is_running and not any(plan.why is _Why.RULE for plan in self._plans):
            self._plan(self._due().ids, _Why.RULE)

    def _carry_out(self, planned: tuple[EpisodeId, ...]) -> None:
        """Remove what was announced and still need not be kept."""
        plan = next(each for each in self._plans if each.ids == planned)
        self._plans.remove(plan)
        if plan.why is _Why.ASKED:
            may_go = set(planned)
        elif plan.why is _Why.RULE:
            may_go = set(self._due().ids)
        else:
            may_go = {each.episode for each in self._kept(None) if not each.is_safe}
        for episode in planned:
            if episode in may_go:
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
        if keep.kind is KeepKind.ALL and not self._most():
            return
        is_due = fact.id in self.would_remove(found.podcast, keep).ids
        if is_due and not self._auto_downloads.has_begun(fact.id):
            self.want([fact.id], is_wanted=True)
        else:
            self._look_soon()


def _besides(going: Sequence[KeptDownload], kept: Sequence[KeptDownload], most: int) -> tuple[KeptDownload, ...]:
    """What of all that is kept is over `most` bytes, besides what goes anyway."""
    ids = {each.episode for each in going}
    return over_total(most, [each for each in kept if each.episode not in ids])


def _removal(downloads: Sequence[KeptDownload]) -> Removal:
    return Removal(tuple(each.episode for each in downloads), sum(each.size for each in downloads))
