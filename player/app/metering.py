"""Holds downloads while the network is metered, where the listener wants that.

Must not know how the system tells it.
"""

from __future__ import annotations

from player.app.bus import Bus
from player.app.downloads import Downloads
from player.app.home import Home
from player.app.settings import SettingsStore
from player.core.events import SettingsChanged
from player.system.network import MeteredWatch


class Metering:
    """Watches from `start` to `close`; before that nothing is held."""

    def __init__(self, downloads: Downloads, settings: SettingsStore, bus: Bus, home: Home) -> None:
        self._downloads = downloads
        self._settings = settings
        self._is_metered = False
        self._watch = MeteredWatch(lambda is_metered: home.post(lambda: self.take(is_metered=is_metered)))
        bus.subscribe(SettingsChanged, lambda _: self._look())

    def start(self) -> None:
        """Begin to watch."""
        self._watch.start()

    def close(self) -> None:
        """Watch no longer."""
        self._watch.close()

    def take(self, *, is_metered: bool) -> None:
        """The network is metered from now on, or it is not."""
        self._is_metered = is_metered
        self._look()

    def _look(self) -> None:
        self._downloads.hold(is_held=self._is_metered and self._settings.value.waits_on_metered)
