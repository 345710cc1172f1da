"""Finds a piece of sound in another: where in a file was that taken from, which somebody just heard?

Must not know files or devices. The method is normalised cross-correlation, computed with the FFT.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]

_SILENCE = 1e-6


def find_sound(heard: Sound, reference: Sound) -> tuple[int, float] | None:
    """Where `heard` begins in `reference` (both mono, of one rate), and how alike they are there, up to 1.0.

    None when `heard` is silence, or is longer than `reference`.
    """
    count = len(heard)
    energy = float(np.dot(heard, heard))
    if count == 0 or count > len(reference) or energy < _SILENCE * count:
        return None
    size = 1 << (len(reference) + count - 1).bit_length()
    spectrum = np.fft.rfft(reference, size) * np.conj(np.fft.rfft(heard, size))
    products = np.fft.irfft(spectrum, size)[: len(reference) - count + 1]
    squares = np.concatenate(([0.0], np.cumsum(np.square(reference, dtype=np.float64))))
    energies = np.maximum(squares[count:] - squares[:-count], _SILENCE * count)
    likeness = products / np.sqrt(energies * energy)
    best = int(np.argmax(likeness))
    return best, float(likeness[best])
