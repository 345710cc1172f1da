"""How long a frame of an episode's audio is, found out in the background once the audio is here.

Must not know how it is measured, nor what it is for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from player.app.chapters import USUAL_FRAME
from player.app.compose import Services
from player.core.model import EpisodeId
from player.ui.texts import short_number_text


class FrameLength(QObject):
    """`length` is in milliseconds, the usual one until it is known. `changed()` when it is another one."""

    changed = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._measured: Path | None = None
        self._is_measuring = False
        self._waiting: list[Callable[[float], None]] = []
        self.length = USUAL_FRAME

    def words(self) -> str:
        """The length as people read it: "26.12 ms"."""
        return f"{short_number_text(round(self.length, 2))} ms"

    def use(self, act: Callable[[float], None]) -> None:
        """Call `act` with the length: now, or in a moment, when it is being measured."""
        if self._is_measuring:
            self._waiting.append(act)
        else:
            act(self.length)

    def measure(self, episode: EpisodeId) -> None:
        """Find out how long a frame of this episode is, unless that is known. Raises NotFoundError."""
        audio = self._services.chapter_saving.audio(episode)
        if audio == self._measured:
            return
        self._measured = audio
        self._waiting.clear()
        self._is_measuring = audio is not None
        self._show(USUAL_FRAME)
        if audio is not None:
            length = self._services.chapters.frame_length(episode)
            self._services.jobs.when_done(
                length, partial(self._on_measured, audio), lambda _: self._on_measured(audio, USUAL_FRAME)
            )

    def _on_measured(self, audio: Path, length: float) -> None:
        if audio == self._measured:
            self._is_measuring = False
            self._show(length)
            while self._waiting:
                self._waiting.pop(0)(length)

    def _show(self, length: float) -> None:
        self.length = length
        self.changed.emit()
