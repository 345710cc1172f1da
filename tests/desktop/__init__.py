"""A desktop for end-to-end tests: a screen, a keyboard and a mouse, a loudspeaker that is listened to, and the program.

`Desktop` starts Xvfb and a sound server; `Program` starts Earmark on it, finds widgets by the names a screen reader
would say, and clicks and types with xdotool; `hear_jump` listens to a `loudspeaker.Recorder`; `Publisher` is the other
end of the network. Must not know services: all is judged from outside.
"""

from desktop.clipboard import Clipboard
from desktop.dragging import Dragged
from desktop.listening import Jump, hear_jump, place_heard
from desktop.machine import Desktop
from desktop.program import Program
from desktop.publisher import DURATION_SECONDS, Publisher

__all__ = [
    "DURATION_SECONDS",
    "Clipboard",
    "Desktop",
    "Dragged",
    "Jump",
    "Program",
    "Publisher",
    "hear_jump",
    "place_heard",
]
