"""Which engine plays: one that is heard, or one that is silent.

Must not know who plays. What is slow to import is imported when an engine is made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player.audio.engine import Engine

EngineFactory = Callable[[], "Engine"]


def sound_engine() -> Engine:
    """An engine that plays through the system's sound device, in a process of its own.

    With four threads of this program busy, twelve seconds of sound from a thread beside them had 5.3 s of silence. Qt
    gives the sound server no more than some 20 ms in advance, so the process also goes before others: while a hundred
    feeds were imported on two cores, the server ran empty about once a minute without that.
    """
    from player.audio.remote import RemoteEngine
    from player.system.priority import raise_priority

    return RemoteEngine(prepare=raise_priority)


def silent_engine() -> Engine:
    """An engine that decodes and keeps time, and makes no sound."""
    from player.audio.audio_engine import AudioEngine
    from player.audio.null_output import NullOutput

    return AudioEngine(NullOutput)
