"""Time-coded audio: sound that tells the position it was taken from, and the reader that hears it.

`write_timecoded` makes a file of any length, codec and container, once, and keeps it; `read_position` tells from any
100 ms of sound the position in seconds to about a millisecond; `find_landings` turns a recording into a time line of
jumps.
Must not know the player: what it plays is judged by what comes out.
"""

from timecoded.cache import cached_timecoded, write_timecoded
from timecoded.reading import Landing, find_landings, read_position
from timecoded.synthesis import LONGEST_SECONDS, samples

__all__ = [
    "LONGEST_SECONDS",
    "Landing",
    "cached_timecoded",
    "find_landings",
    "read_position",
    "samples",
    "write_timecoded",
]
