"""A desktop for end-to-end tests: a screen, a keyboard and a mouse, a loudspeaker that is listened to, and the program.

`Desktop` starts Xvfb and PulseAudio with a null sink; `Program` starts Earmark on it, finds widgets by the names that a
screen reader would say, and clicks and types with xdotool; `Recorder` and `hear_jump` listen; `Publisher` is the other
end of the network. Must not know services: all is judged from outside.
"""

from desktop.listening import Jump, hear_jump, place_heard
from desktop.machine import RATE, Desktop, Recorder
from desktop.program import Program
from desktop.publisher import DURATION_SECONDS, Publisher

__all__ = [
    "DURATION_SECONDS",
    "RATE",
    "Desktop",
    "Jump",
    "Program",
    "Publisher",
    "Recorder",
    "hear_jump",
    "place_heard",
]
