"""A sound server of the tests' own, its recorder, and a player process that is told what to do.

Must not know windows or the program around the engine.
"""

from loudspeaker.player import Jump, PlayerProcess, measure_jumps
from loudspeaker.server import RATE, Recorder, SoundServer, missing_programs

__all__ = ["RATE", "Jump", "PlayerProcess", "Recorder", "SoundServer", "measure_jumps", "missing_programs"]
