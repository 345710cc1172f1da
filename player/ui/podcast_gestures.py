"""Opens the settings of a podcast, and tells what its rules do to downloads.

Must not know what the rules are.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from player.app.compose import Services
from player.core.errors import KnownError, NotFoundError
from player.core.events import RemovalPlanned
from player.core.model import Podcast, PodcastId, PodcastKind
from player.ui.actions import Actions
from player.ui.episode_list import EpisodeList
from player.ui.episode_page import EpisodePage
from player.ui.errands import Errands
from player.ui.listen import listen
from player.ui.podcast_settings import PodcastSettings
from player.ui.sidebar import Sidebar
from player.ui.texts import downloads_text, size_text, title_text, translate


class PodcastGestures(QObject):
    """Takes the key and the clicks that ask for settings, and announces removals with a way back."""

    def __init__(
        self, services: Services, sidebar: Sidebar, listing: EpisodeList, page: EpisodePage, errands: Errands
    ) -> None:
        """`errands` tells."""
        super().__init__(errands)
        self._services = services
        self._list = listing
        self._page = page
        self._errands = errands
        for part in (sidebar, listing):
            part.settings_asked.connect(self.open_settings)
        listen(self, services.bus, RemovalPlanned, self._on_removal_planned)

    def connect_actions(self, actions: Actions) -> None:
        """Let the key do its work."""
        actions.connect("podcast_settings", self._on_settings_key)

    def open_settings(self, podcast: PodcastId) -> None:
        """Show what is set for a podcast; nothing happens when it is gone."""
        try:
            found = self._services.library.podcast(podcast)
        except NotFoundError:
            return
        if found.kind is not PodcastKind.FEED:
            self._errands.tell_done(self.tr("Your own files have no settings of a podcast."), None)
            return
        PodcastSettings(self._services, found, partial(self._report, found), self._list.window()).open()

    def _report(self, podcast: Podcast, error: KnownError) -> None:
        """Say what could not be kept, or that the podcast has gone meanwhile."""
        if isinstance(error, NotFoundError):
            words = translate("goto", "“{title}” is in the library no longer.")
            self._errands.say(words.format(title=title_text(podcast.title)))
        else:
            self._errands.report(error)

    def _shown(self) -> PodcastId | None:
        """The podcast of the list, else that of the page, of what is chosen in the list, or of what plays."""
        if self._list.isVisible() and self._list.place.podcast is not None:
            return self._list.place.podcast
        here = self._list.chosen if self._list.isVisible() else self._page.episode if self._page.isVisible() else None
        ids = [each for each in (here, self._services.playback.state.episode) if each is not None]
        found = self._services.library.episodes(ids)
        return found[0].podcast if found else None

    def _on_settings_key(self) -> None:
        podcast = self._shown()
        if podcast is None:
            self._errands.tell_done(self.tr("Choose a podcast first; then its settings can be shown."), None)
        else:
            self.open_settings(podcast)

    def _on_removal_planned(self, fact: RemovalPlanned) -> None:
        """The downloads go when this can no longer be undone."""
        downloads, size = downloads_text(len(fact.ids)), size_text(fact.size)
        if not fact.is_by_rule:
            words = self.tr("{downloads} removed, {size}.").format(downloads=downloads, size=size)
            self._errands.tell_done(words, partial(self._services.keeping.undo, fact.ids))
            return
        words = (
            self.tr("{downloads} is removed as its podcast's settings say, {size}.")
            if len(fact.ids) == 1
            else self.tr("{downloads} are removed as their podcasts' settings say, {size}.")
        )
        undo = partial(self._services.keeping.undo, fact.ids)
        self._errands.tell_done(words.format(downloads=downloads, size=size), undo)
