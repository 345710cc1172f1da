"""The options of the commands that take something out of one episode: its transcript, a clip.

Must not know what a command does.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from player.core.model import Millis

Command = Callable[..., argparse.ArgumentParser]
_EPISODE = "its number, its title or a part of it"


def add_of_episode(command: Command, timecode: Callable[[str], Millis]) -> None:
    """Add the commands. `timecode` reads a time that was typed."""
    transcript = command("transcript", "print what is said in an episode, if its feed has a transcript", "transcript")
    transcript.add_argument("episode", metavar="EPISODE", help=_EPISODE)
    form = transcript.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object, as in Podcasting 2.0")
    form.add_argument("--text", action="store_true", help="without times and chapters")
    clip = command("clip", "save a chapter or another span of a downloaded episode as a file of its own", "clip")
    clip.add_argument("episode", metavar="EPISODE", help=_EPISODE)
    clip.add_argument("--chapter", metavar="N", help="the chapter with this number, title or a part of it")
    clip.add_argument("--from", dest="start", type=timecode, metavar="TIME", help="where it begins: 1:08:52")
    clip.add_argument("--to", dest="stop", type=timecode, metavar="TIME", help="where it ends")
    clip.add_argument("-o", "--output", type=Path, metavar="FILE", help="by default named after the chapter, here")
    clip.add_argument("--exact", action="store_true", help="encode anew, cut to the sample for every player")
