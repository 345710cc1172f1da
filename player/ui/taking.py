"""Does what a drop, or a start with files and addresses, asks for: plays, imports, subscribes, takes chapters.

Must not know where it came from.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject

from player.app.adding import Added
from player.app.compose import Services
from player.app.control import Control
from player.app.subscriptions import OpmlResult
from player.core.errors import FileError, KnownError
from player.core.model import EpisodeId
from player.core.phrases import Phrase
from player.core.reasons import system_reason
from player.ui.add_podcast import has_to_be_asked
from player.ui.drop_veil import no_episode_words, useless_words
from player.ui.drops import Dropped, sorted_words
from player.ui.errands import Errands
from player.ui.texts import error_text, podcasts_text, title_text, translate

T = TypeVar("T")

_LONGEST_NOTES = 2_000_000


class Taking(QObject):
    """Takes what it is given; what cannot be taken is told in one sentence, and holds up nothing else."""

    def __init__(
        self,
        services: Services,
        errands: Errands,
        shown: Callable[[], EpisodeId | None],
        show: Callable[[EpisodeId], None],
    ) -> None:
        """`shown` gives the episode whose chapters are shown, for which an outline would be; `show` shows another."""
        super().__init__(errands)
        self._services = services
        self._errands = errands
        self._shown = shown
        self._control = Control(services, lambda episode: None if episode is None else show(episode))

    def take(self, dropped: Dropped, show_window: Callable[[], None] | None = None) -> None:
        """Take all of it.

        Where it was dropped onto something small, `show_window` is called before anything has to be asked.
        """
        for path in dropped.lists:
            self._errands.import_export.import_file(path)
        for path in dropped.audio[1:]:
            self._when(self._services.subscriptions.add_file(path), lambda _: None)
        for path in dropped.audio[:1]:
            self._errands.open_audio(path)
        if len(dropped.addresses) == 1 and show_window is None:
            self._errands.add_podcast(dropped.addresses[0], starts=True)
        elif dropped.addresses:
            _Several(self._services, self._errands, dropped.addresses, show_window).begin()
        for link in dropped.links:
            self._control.handle({"command": "open-link", "link": link}, lambda _: None)
        self._take_notes(dropped)
        if dropped.is_empty:
            self._errands.say(useless_words(dropped))

    def title_shown(self) -> str:
        """The title of the episode that an outline would be for; empty when there is none."""
        shown = self._shown()
        found = self._services.library.episodes([shown]) if shown is not None else []
        return title_text(found[0].title) if found else ""

    def take_words(self, words: list[str]) -> None:
        """Take what a command line names."""
        self.take(sorted_words(words))

    def _take_notes(self, dropped: Dropped) -> None:
        if not dropped.notes and not dropped.note_files:
            return
        episode = self._shown()
        if episode is None:
            self._errands.say(no_episode_words())
        elif dropped.notes:
            self._errands.take_outline(episode, dropped.notes)
        else:
            reading = self._services.jobs.submit(_read_text, dropped.note_files[0])
            self._when(reading, partial(self._errands.take_outline, episode))

    def _when(self, future: Future[T], on_result: Callable[[T], None]) -> None:
        self._services.jobs.when_done(future, on_result, self._errands.report)


class _Several:
    """Subscribes to the podcasts of several addresses, and says at the end how that went.

    Of a single one that has to be asked about, a dialog does so, once the window shows.
    """

    def __init__(
        self,
        services: Services,
        errands: Errands,
        addresses: tuple[str, ...],
        show_window: Callable[[], None] | None,
    ) -> None:
        self._services = services
        self._errands = errands
        self._addresses = addresses
        self._show_window = show_window
        self._going = translate("drops", "Adding {podcasts}…").format(podcasts=podcasts_text(len(addresses)))
        self._added: list[Added] = []
        self._problems: list[str] = []

    def begin(self) -> None:
        """Ask for all of them at once."""
        self._errands.tell_going(self._going)
        for address in self._addresses:
            self._services.jobs.when_done(self._services.adding.add(address), self._on_added, self._on_failed)

    def _on_added(self, added: Added) -> None:
        self._added.append(added)
        self._go_on()

    def _on_failed(self, error: KnownError) -> None:
        if self._show_window is not None and len(self._addresses) == 1 and has_to_be_asked(error):
            self._errands.tell_over(self._going)
            self._show_window()
            self._errands.add_podcast(self._addresses[0], starts=True)
            return
        self._problems.append(error_text(error))
        self._go_on()

    def _go_on(self) -> None:
        if len(self._added) + len(self._problems) < len(self._addresses):
            return
        podcasts = [each for each in self._added if not isinstance(each, OpmlResult)]
        lists = [each for each in self._added if isinstance(each, OpmlResult)]
        added = (*podcasts, *(each for found in lists for each in found.added))
        known = sum(found.known for found in lists)
        problems = (*self._problems, *(each for found in lists for each in found.problems))
        self._errands.import_export.on_imported(OpmlResult(added, known, problems))


def _read_text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST_NOTES).decode("utf-8", "replace")
    except OSError as error:
        raise FileError(str(path), system_reason(error, Phrase("reasons", "it cannot be read"))) from error
