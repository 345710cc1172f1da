"""Tells the listener, through the desktop, of new episodes and finished downloads of the podcasts that are to do so.

Must not know how the desktop shows it (`system.notifications`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from sqlite3 import Connection
from typing import Protocol

from player.app.bus import Bus
from player.app.jobs import Jobs
from player.app.podcast_rules import RuleBook
from player.core.auto_download import really_new
from player.core.events import DownloadChanged, EpisodeAsked, EpisodesArrived, RefreshChanged
from player.core.model import DownloadState, Episode, EpisodeId, EpochMillis
from player.storage import episodes
from player.storage import podcast_rules as stored

_MOST_TITLES = 4


class Notifier(Protocol):
    """What shows messages of the desktop."""

    def show(self, heading: str, text: str, number: int, words: str) -> None:
        """Show a message, with a button `words`; `number` comes back when it is clicked."""

    def close(self) -> None:
        """Tell of no click any more."""


class Announcing:
    """Says once, when a refresh is over, what all of it brought, and once, when no download is left, which came.

    A click asks for the newest of the episodes.
    """

    def __init__(
        self, rule_book: RuleBook, reader: Connection, bus: Bus, jobs: Jobs, now: Callable[[], EpochMillis]
    ) -> None:
        self._rule_book = rule_book
        self._reader = reader
        self._bus = bus
        self._jobs = jobs
        self._now = now
        self._notifier: Notifier | None = None
        self._new: list[EpisodeId] = []
        self._coming: set[EpisodeId] = set()
        self._come: list[EpisodeId] = []
        bus.subscribe(EpisodesArrived, self._on_episodes_arrived)
        bus.subscribe(RefreshChanged, self._on_refresh_changed)
        bus.subscribe(DownloadChanged, self._on_download_changed)

    def start(self, notifier: Notifier) -> None:
        """Begin to tell; before that, and without it, nothing is."""
        self._notifier = notifier

    def clicked(self, number: int) -> None:
        """The message about an episode was clicked. From any thread."""
        self._bus.publish(EpisodeAsked(EpisodeId(number)))

    def close(self) -> None:
        """Tell nothing any more."""
        if self._notifier is not None:
            self._notifier.close()

    def _on_episodes_arrived(self, fact: EpisodesArrived) -> None:
        if self._notifier is not None and self._rule_book.of(fact.podcast).announces:
            listed = stored.listed(self._reader, fact.podcast, frozenset(fact.ids))
            self._new += [each.id for each in really_new(listed, self._now())]

    def _on_refresh_changed(self, fact: RefreshChanged) -> None:
        if fact.running or not self._new or self._notifier is None:
            return
        new, self._new = self._new, []
        self._tell(new, announcement)

    def _on_download_changed(self, fact: DownloadChanged) -> None:
        """One that was on its way is here, or will not come by itself: perhaps it was the last one."""
        if self._notifier is None:
            return
        found = episodes.episodes(self._reader, [fact.id])
        state = found[0].download.state if found else DownloadState.NONE
        if state in (DownloadState.WAITING, DownloadState.RUNNING):
            self._coming.add(fact.id)
            return
        was_coming = fact.id in self._coming
        self._coming.discard(fact.id)
        if state is DownloadState.COMPLETE and was_coming and self._rule_book.of(found[0].podcast).announces:
            self._come.append(fact.id)
        if not self._coming:
            come, self._come = self._come, []
            self._tell(come, finished)

    def _tell(self, ids: Sequence[EpisodeId], words: Callable[[Sequence[Episode]], tuple[str, str]]) -> None:
        found = episodes.episodes(self._reader, ids)
        if found and self._notifier is not None:
            newest = max(found, key=lambda each: each.published or 0)
            self._jobs.submit(self._notifier.show, *words(found), newest.id, "Show")


def announcement(new: Sequence[Episode]) -> tuple[str, str]:
    """The heading and the text that tell of new episodes, some by their titles."""
    return _words(new, "new episodes", "")


def finished(come: Sequence[Episode]) -> tuple[str, str]:
    """The heading and the text that tell of downloads that are here, likewise."""
    return _words(come, "downloads are here", "The download is here: ")


def _words(told: Sequence[Episode], kind: str, before: str) -> tuple[str, str]:
    podcasts = dict.fromkeys(each.podcast_title for each in told)
    titles = [each.title or "Untitled episode" for each in told]
    if len(told) == 1:
        return told[0].podcast_title, before + titles[0]
    if len(podcasts) == 1:
        heading, lines = f"{told[0].podcast_title}: {len(told)} {kind}", titles
    else:
        heading = f"{len(told)} {kind}"
        lines = [f"{each.podcast_title}: {title}" for each, title in zip(told, titles, strict=True)]
    more = len(lines) - _MOST_TITLES
    if more > 1:
        lines = [*lines[:_MOST_TITLES], f"and {more} more"]
    return heading, "\n".join(lines)
