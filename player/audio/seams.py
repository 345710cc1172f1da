"""Soft ends of sound, and seams between two pieces of it.

Must not know where samples come from.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]


def faded(samples: Samples, count: int) -> Samples:
    """The samples with a soft end."""
    count = min(count, len(samples))
    faded = samples.copy()
    faded[len(samples) - count :] *= np.cos(np.linspace(0, np.pi / 2, count, dtype=np.float32))[:, None] ** 2
    return faded


def blended(tail: Samples, samples: Samples, count: int) -> Samples:
    """The samples with a soft beginning, while what came before goes on, `tail`, and fades out."""
    blended = samples.copy()
    rise = np.sin(np.linspace(0, np.pi / 2, count, dtype=np.float32))[: len(blended), None]
    blended[: len(rise)] *= rise
    tail = tail[: len(blended)]
    blended[: len(tail)] += tail * np.cos(np.linspace(0, np.pi / 2, len(tail), dtype=np.float32))[:, None]
    return blended
