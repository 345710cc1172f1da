"""What the go-to box and the search find, and where each of it leads.

Must not know how targets are shown, nor how the window is laid out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from player.app.compose import Services
from player.core.errors import NotFoundError
from player.core.model import EpisodeId, Found
from player.ui.goto_targets import Target, TargetKind, all_results, target_of, targets
from player.ui.places import SEARCH, Place
from player.ui.texts import title_text, translate


class Places(Protocol):
    """Shows places of the window."""

    def show_place(self, place: Place) -> None:
        """Show a place of the sidebar."""

    def show_episode(self, episode: EpisodeId) -> None:
        """Show the page of an episode."""


class GotoWays:
    """Leads to targets and hits: chapters and bookmarks play from their place, also where they have to be fetched."""

    def __init__(
        self, services: Services, places: Places, show_words: Callable[[str], None], say: Callable[[str], None]
    ) -> None:
        """`show_words` shows in the search all that has some words, `say` says why something cannot be done."""
        self._services = services
        self._places = places
        self._show_words = show_words
        self._say = say

    def find(self, words: str, on_found: Callable[[list[Target]], None]) -> None:
        """Tell what the library has of `words`, after what is here."""

        def tell(hits: list[Found]) -> None:
            on_found([*self.here(words, hits), *([all_results(words)] if hits else [])])

        self._services.finder.ask(words, tell)

    def here(self, words: str, hits: Sequence[Found] = ()) -> list[Target]:
        """What `words` mean without a search: a time, chapters of the open episode; then `hits`."""
        playback = self._services.playback
        return targets(words, playback.state, playback.position(), hits)

    def go(self, target: Target) -> None:
        """Go there, or say that it is gone since it was found."""
        with self._said_if_gone(target.title):
            self._lead(target)

    def go_to_hit(self, hit: Found) -> None:
        """Go to what was found."""
        self.go(target_of(hit))

    def play(self, hit: Found) -> None:
        """Play a chapter or a bookmark that was found, and stay with what was found."""
        if hit.episode is not None:
            with self._said_if_gone(hit.title):
                self._services.playback.open(hit.episode, at=hit.start)

    @contextmanager
    def _said_if_gone(self, title: str) -> Iterator[None]:
        try:
            yield
        except NotFoundError:
            self._say(translate("goto", "“{title}” is in the library no longer.").format(title=title_text(title)))

    def _lead(self, target: Target) -> None:
        playback, library = self._services.playback, self._services.library
        match target.kind:
            case TargetKind.TIME if target.start is not None:
                playback.jump(target.start)
            case TargetKind.CHAPTER if target.index is not None:
                playback.play_chapter(target.index)
            case TargetKind.CHAPTER | TargetKind.BOOKMARK if target.episode is not None:
                playback.open(target.episode, at=target.start)
                self._places.show_episode(target.episode)
            case TargetKind.EPISODE | TargetKind.NOTES if target.episode is not None:
                self._places.show_episode(library.episode(target.episode).id)
            case TargetKind.PODCAST if target.podcast is not None:
                self._places.show_place(Place(podcast=library.podcast(target.podcast).id))
            case TargetKind.SEARCH:
                self._places.show_place(SEARCH)
                self._show_words(target.title[slice(*target.spans[0])])
