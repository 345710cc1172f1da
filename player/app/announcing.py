"""Tells the listener, through the desktop, of new episodes of the podcasts for which they want that.

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
from player.core.events import EpisodeAsked, EpisodesArrived, RefreshChanged
from player.core.model import Episode, EpisodeId, EpochMillis
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
    """Says once, when a refresh is over, what all of it brought. A click asks for the newest of the episodes."""

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
        bus.subscribe(EpisodesArrived, self._on_episodes_arrived)
        bus.subscribe(RefreshChanged, self._on_refresh_changed)

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
        found, self._new = episodes.episodes(self._reader, self._new), []
        if found:
            newest = max(found, key=lambda each: each.published or 0)
            self._jobs.submit(self._notifier.show, *announcement(found), newest.id, "Show")


def announcement(new: Sequence[Episode]) -> tuple[str, str]:
    """The heading and the text that tell of new episodes, some by their titles."""
    podcasts = dict.fromkeys(each.podcast_title for each in new)
    titles = [each.title or "Untitled episode" for each in new]
    if len(new) == 1:
        return new[0].podcast_title, titles[0]
    if len(podcasts) == 1:
        heading, lines = f"{new[0].podcast_title}: {len(new)} new episodes", titles
    else:
        heading = f"{len(new)} new episodes"
        lines = [f"{each.podcast_title}: {title}" for each, title in zip(new, titles, strict=True)]
    more = len(lines) - _MOST_TITLES
    if more > 1:
        lines = [*lines[:_MOST_TITLES], f"and {more} more"]
    return heading, "\n".join(lines)
