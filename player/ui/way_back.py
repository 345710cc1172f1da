"""The way back that is offered for a while after each jump. Must not know how it is shown, nor how a jump is undone."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from player.core.session import PlaybackState
from player.core.timecode import format_timecode
from player.ui.transport_row import TransportRow

BACK_SHOWN_FOR_MS = 8000
"""How long the way back is offered after a jump."""


class WayBack(QObject):
    """Offers it in a row of transport buttons, until it is undone or some time is over."""

    def __init__(self, row: TransportRow) -> None:
        super().__init__(row)
        self._row = row
        self._before = PlaybackState()
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(BACK_SHOWN_FOR_MS)
        self.timer.timeout.connect(row.offer_back)

    def show_state(self, state: PlaybackState) -> None:
        """Playing goes on in this state: the last jump may be a new one."""
        before = self._before.history.back if self._before.episode == state.episode else ()
        left, self._before = state.history.back, state
        if state.episode is None or len(left) < len(before) or not left:
            self._row.offer_back()
        elif left != before:
            place = format_timecode(left[-1])
            self._row.offer_back(self.tr("Back to {place}").format(place=place), place)
            self.timer.start()
