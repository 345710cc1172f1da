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
from player.core.phrases import Phrase, joined
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
        self._said: Callable[[str], str] = str
        self._new: list[EpisodeId] = []
        self._coming: set[EpisodeId] = set()
        self._come: list[EpisodeId] = []
        bus.subscribe(EpisodesArrived, self._on_episodes_arrived)
        bus.subscribe(RefreshChanged, self._on_refresh_changed)
        bus.subscribe(DownloadChanged, self._on_download_changed)

    def start(self, notifier: Notifier, said: Callable[[str], str] = str) -> None:
        """Begin to tell, as `said` says it in the listener's language; before that, and without it, nothing is."""
        self._notifier = notifier
        self._said = said

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
            heading, text = (self._said(each) for each in words(found))
            self._jobs.submit(self._notifier.show, heading, text, newest.id, self._said(Phrase("announcing", "Show")))


def announcement(new: Sequence[Episode]) -> tuple[str, str]:
    """The heading and the text that tell of new episodes, some by their titles."""
    return _words(new, Phrase("announcing", "%n new episodes", None, len(new)))


def finished(come: Sequence[Episode]) -> tuple[str, str]:
    """The heading and the text that tell of downloads that are here, likewise."""
    if len(come) == 1:
        title = come[0].title or Phrase("announcing", "Untitled episode")
        return come[0].podcast_title, Phrase("announcing", "The download is here: {title}").filled(title=title)
    return _words(come, Phrase("announcing", "%n downloads are here", None, len(come)))


def _words(told: Sequence[Episode], heading: Phrase) -> tuple[str, str]:
    podcasts = dict.fromkeys(each.podcast_title for each in told)
    titles = [each.title or Phrase("announcing", "Untitled episode") for each in told]
    if len(told) == 1:
        return told[0].podcast_title, titles[0]
    named = Phrase("announcing", "{podcast}: {title}")
    if len(podcasts) == 1:
        heading = named.filled(podcast=told[0].podcast_title, title=heading)
        lines = titles
    else:
        pairs = zip(told, titles, strict=True)
        lines = [named.filled(podcast=each.podcast_title, title=title) for each, title in pairs]
    more = len(lines) - _MOST_TITLES
    if more > 1:
        lines = [*lines[:_MOST_TITLES], Phrase("announcing", "and %n more", None, more)]
    return heading, joined(lines, "\n")
