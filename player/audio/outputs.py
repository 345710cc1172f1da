"""What an output is to those who play: a device, or what stands for one.

Must not know how any of them works.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from player.core.phrases import Phrase

Samples = npt.NDArray[np.float32]

NO_DEVICE = Phrase("reasons", "there is no sound device, or no sound server is running")
DEVICE_TAKEN = Phrase("reasons", "the sound device cannot be opened, or it has been taken away")
DEVICE_STUCK = Phrase("reasons", "the sound device takes no sound any more")
"""What a `SoundDeviceError` says, whatever the output."""


class Output(Protocol):
    """Takes samples and lets them be heard in their time."""

    def start(self, rate: int, channels: int) -> None:
        """Begin anew: what was written and not yet heard fades out at once. Raises SoundDeviceError."""
        ...

    def free(self) -> int:
        """How many frames can be written now. Raises SoundDeviceError when the device has gone."""
        ...

    def write(self, samples: Samples) -> int:
        """Take samples of shape (frames, channels); the number of frames taken."""
        ...

    def heard(self) -> float:
        """How many frames written since `start` have been heard by now."""
        ...

    def stop(self) -> None:
        """Be silent at once; the device may sleep."""
        ...

    def set_gain(self, gain: float) -> None:
        """Multiply all samples, also those already written, by `gain`, reached within some milliseconds."""
        ...

    def fade(self, part: float, seconds: float) -> None:
        """Go evenly to a part of the loudness, by ear, within so long; what was written and is not heard yet, too."""
        ...

    def set_device(self, wanted: str | None) -> None:
        """The device to play on from the next `start` on: that of this id, or the system's default."""
        ...

    def is_elsewhere(self) -> bool:
        """Whether a new `start` would play on another device. Raises DeviceGoneError when the present one is gone."""
        ...

    def tend(self) -> float | None:
        """Do what is due (fades). Seconds until it should be called again, None when nothing is going on."""
        ...

    def close(self) -> None:
        """Give the device free."""
        ...
