"""The icon in the tray, where the listener wants it and the system has a tray: how downloads go, and a few commands.

Must not know how anything is done.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from player.app.compose import Services
from player.core.events import DownloadChanged, DownloadProgressed, PlaybackChanged, SettingsChanged
from player.core.model import DownloadState
from player.ui.actions import Actions
from player.ui.icons import window_icon
from player.ui.listen import listen
from player.ui.soon import Soon
from player.ui.texts import join_facts, percent_text
from player.ui.transfer_texts import summary_text

TOLD_EVERY_MS = 500


class Tray(QObject):
    """`bring_to_front` is called by a click."""

    def __init__(
        self, services: Services, actions: Actions, bring_to_front: Callable[[], None], window: QWidget
    ) -> None:
        super().__init__(window)
        self._services = services
        self._bring_to_front = bring_to_front
        self.icon: QSystemTrayIcon | None = None
        self._menu = QMenu(window)
        for name in ("toggle", "next_chapter"):
            self._menu.addAction(actions[name])
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Pause all downloads")).triggered.connect(lambda _: services.downloads.pause_all())
        self._menu.addAction(self.tr("Resume all downloads")).triggered.connect(
            lambda _: services.downloads.resume_all()
        )
        self._menu.addSeparator()
        self._menu.addAction(actions["quit"])
        self._soon = Soon(self.tell, self, TOLD_EVERY_MS)
        for kind in (DownloadProgressed, DownloadChanged, PlaybackChanged):
            listen(self, services.bus, kind, lambda _: self._soon.ask())
        listen(self, services.bus, SettingsChanged, lambda _: self._show())
        self._show()

    def tell(self) -> None:
        """Say how things stand in the tool tip."""
        if self.icon is not None:
            self.icon.setToolTip(self.words)

    @property
    def words(self) -> str:
        """What plays, and how downloads go."""
        downloads, library = self._services.downloads, self._services.library
        playing = self._services.playback.state.episode
        titles = [each.title for each in library.episodes([playing] if playing is not None else [])]
        running = downloads.all_progress()
        known = [each for each in running if each.total]
        amount = percent_text(sum(each.received for each in known), sum(each.total or 0 for each in known))
        states = [DownloadState.RUNNING] * len(running)
        going = join_facts(summary_text(states, running), amount)
        return "\n".join(["Earmark", *titles, *([self.tr("Downloads: {facts}").format(facts=going)] if going else [])])

    def _show(self) -> None:
        is_wanted = self._services.settings.value.shows_tray and QSystemTrayIcon.isSystemTrayAvailable()
        if is_wanted and self.icon is None:
            self.icon = QSystemTrayIcon(window_icon(), self)
            self.icon.setContextMenu(self._menu)
            self.icon.activated.connect(self._on_activated)
            self.icon.show()
            self.tell()
        elif not is_wanted and self.icon is not None:
            self.icon.hide()
            self.icon.deleteLater()
            self.icon = None

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self._bring_to_front()
