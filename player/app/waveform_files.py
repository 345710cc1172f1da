"""Where waveforms are kept on the disk: that of each episode's audio, and that of its audio that was removed.

Must not know what is in them.
"""

from __future__ import annotations

from pathlib import Path

from player.core.model import EpisodeId


def waveform_path(folder: Path, episode: EpisodeId) -> Path:
    """Where the waveform of an episode's audio is kept."""
    return folder / f"{episode}.peaks"


def former_waveform(folder: Path, episode: EpisodeId) -> Path:
    """Where that of its audio is kept which was removed last."""
    return folder / f"{episode}.former"
