"""What menus offer about folders of podcasts: another folder, a new one, another name, none. All of it can be undone.

Must not know where the menus open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from player.app.compose import Services
from player.core.folders import Folder, folder_words, moved, ways
from player.core.model import Podcast, PodcastId
from player.ui.errands import Errands
from player.ui.folder_name import FolderName
from player.ui.sidebar_model import ClosedFolders


class FolderGestures(QObject):
    """Fills menus, asks for names, moves podcasts and says so."""

    def __init__(self, services: Services, closed: ClosedFolders, errands: Errands, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._closed = closed
        self._errands = errands
        self._window = window

    def offer_folders(self, menu: QMenu, podcast: Podcast) -> None:
        """Offer all folders that are there, none, and a new one."""
        choices = QActionGroup(menu)
        for folder in (*self._known(), ()):
            action = choices.addAction(folder_words(folder) if folder else self.tr("None"))
            action.setCheckable(True)
            action.setChecked(folder == podcast.folder)
            action.triggered.connect(lambda _checked, wanted=folder: self.put(podcast, wanted))
        menu.addActions(choices.actions())
        menu.addSeparator()
        menu.addAction(self.tr("New folder…")).triggered.connect(lambda: self._ask_for_new(podcast))

    def offer_changes(self, menu: QMenu, folder: Folder, podcasts: Sequence[Podcast]) -> None:
        """Offer what can be done with a folder in which these podcasts are, or in folders within."""
        menu.addAction(self.tr("Rename folder…")).triggered.connect(lambda: self._ask_for_name(folder, podcasts))
        dissolve = menu.addAction(self.tr("Dissolve folder"))
        dissolve.triggered.connect(lambda: self.rename(folder, folder[:-1], podcasts))

    def put(self, podcast: Podcast, folder: Folder) -> None:
        """Keep a podcast in a folder, or in none."""
        words = self.tr("“{podcast}” is in “{folder}” now.") if folder else self.tr("“{podcast}” is in no folder now.")
        told = words.format(podcast=podcast.title, folder=folder_words(folder))
        self._move({podcast.id: podcast.folder}, {podcast.id: folder}, told)

    def rename(self, old: Folder, new: Folder, podcasts: Sequence[Podcast]) -> None:
        """Call a folder otherwise; what is in it may come into another that way, which is as open as it was."""
        is_dissolved = new == old[:-1]
        words = self.tr("The folder “{old}” is dissolved.") if is_dissolved else self.tr("“{old}” is “{new}” now.")
        before = {each.id: each.folder for each in podcasts}
        after = {each: moved(folder, old, new) for each, folder in before.items()}
        renamed = {each: moved(each, old, new) for each in self._closed.folders if each[: len(old)] == old}
        come = {*renamed.values()} - {*self._known(), ()}
        self._move(before, after, words.format(old=folder_words(old), new=folder_words(new)), renamed.keys(), come)

    # --- within

    def _known(self) -> list[Folder]:
        return ways(each.folder for each in self._services.library.podcasts())

    def _ask_for_new(self, podcast: Podcast) -> None:
        heading = self.tr("New folder for “{podcast}”").format(podcast=podcast.title)
        dialog = FolderName(heading, self.tr("Move"), (), self._known(), self._window)
        dialog.chosen.connect(partial(self.put, podcast))
        dialog.open()

    def _ask_for_name(self, folder: Folder, podcasts: Sequence[Podcast]) -> None:
        dialog = FolderName(self.tr("Rename folder"), self.tr("Rename"), folder, self._known(), self._window)
        dialog.chosen.connect(lambda new: self.rename(folder, new, podcasts))
        dialog.open()

    def _move(
        self,
        before: Mapping[PodcastId, Folder],
        after: Mapping[PodcastId, Folder],
        told: str,
        gone: Set[Folder] = frozenset(),
        come: Set[Folder] = frozenset(),
    ) -> None:
        """Of closed folders some are `gone` then, others have `come`."""
        if before != after:
            self._store(after, gone, come)
            self._errands.tell_done(told, partial(self._store, before, come, gone))

    def _store(self, wanted: Mapping[PodcastId, Folder], gone: Set[Folder], come: Set[Folder]) -> None:
        services = self._services
        moving = services.subscriptions.move(wanted)
        services.jobs.when_done(moving, lambda _: self._closed.replace(gone, come), self._errands.report)
