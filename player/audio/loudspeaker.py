"""The output as the listener wishes it: on which device, and how loud. It is made when sound is first wanted.

Must not know what is played on it.
"""

from __future__ import annotations

from collections.abc import Callable

from player.audio.outputs import Output


class Loudspeaker:
    """An output, or what one will be like."""

    def __init__(self, factory: Callable[[], Output]) -> None:
        self._factory = factory
        self._volume = 1.0
        self._is_muted = False
        self._part = 1.0
        self._device: str | None = None
        self.output: Output | None = None
        """None before it was first wanted."""

    def ready(self) -> Output:
        """The output. Raises SoundDeviceError."""
        if self.output is None:
            self.output = self._factory()
            self.output.set_device(self._device)
            self._set_gain()
            self.output.fade(self._part, 0.0)
        return self.output

    def set_volume(self, volume: float) -> None:
        """Loudness from 0.0 to 1.0."""
        self._volume = min(1.0, max(0.0, volume))
        self._set_gain()

    def set_muted(self, *, is_muted: bool) -> None:
        """Silence without losing the volume."""
        self._is_muted = is_muted
        self._set_gain()

    def fade(self, part: float, seconds: float) -> None:
        """Go evenly to a part of the loudness within so long."""
        self._part = part
        if self.output is not None:
            self.output.fade(part, seconds)

    def set_device(self, device: str | None) -> None:
        """The device of this id, or the system's default, from the next start on."""
        self._device = device
        if self.output is not None:
            self.output.set_device(device)

    def is_elsewhere(self) -> bool:
        """Whether it would begin on another device now. Raises DeviceGoneError when the present one is gone."""
        return self.output is not None and self.output.is_elsewhere()

    def tend(self) -> float | None:
        """Go on with what the output does by itself. Seconds until it should be called again, or None."""
        return self.output.tend() if self.output is not None else None

    def close(self) -> None:
        """Give the device free."""
        if self.output is not None:
            self.output.close()
            self.output = None

    def _set_gain(self) -> None:
        if self.output is not None:
            # Loudness by ear goes about with the cube of the slider, as in PulseAudio.
            self.output.set_gain(0.0 if self._is_muted else self._volume**3)
