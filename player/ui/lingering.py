"""What is shown only becomes a wish when one stays with it: browsing past a hundred episodes asks no hundred servers.

Must not know what is wished for.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from player.core.model import EpisodeId

STAY_MS = 400


class Lingering(QObject):
    """Calls `act` with the last episode that was passed, once none has been passed for `STAY_MS`."""

    def __init__(self, act: Callable[[EpisodeId], None], parent: QObject) -> None:
        super().__init__(parent)
        self._act = act
        self._episode: EpisodeId | None = None
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(STAY_MS)
        self.timer.timeout.connect(self._on_stayed)

    def passed(self, episode: EpisodeId) -> None:
        """The listener came to an episode, and may go on to the next."""
        self._episode = episode
        self.timer.start()

    def _on_stayed(self) -> None:
        if self._episode is not None:
            self._act(self._episode)
