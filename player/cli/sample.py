"""`earmark sample`: the main job on the built-in sample, on a machine without a window or a sound device.

Must not know how it is done: `app.demonstration` does it.
"""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from player.app.chapter_forms import table
from player.app.demonstration import Demonstration, Ear
from player.app.home import HeadlessLoop
from player.app.start import StartOptions, opened_profile
from player.cli.runtime import services_on

EXIT_WRONG = 1
EXIT_INTERRUPTED = 130


def sample(options: Namespace) -> int:
    """Subscribe, download, show the chapters, play, jump, and print what was heard. 1 when it was the wrong sound.

    Without --profile it runs in a temporary one.
    """
    loop = HeadlessLoop()
    ear = Ear()
    start = StartOptions(options.profile, is_temporary=options.profile is None, is_verbose=options.verbose)
    with opened_profile(start) as profile, services_on(profile, loop.home, ear.engine()) as services:
        demonstration = Demonstration(services, loop, ear, partial(print, flush=True))
        demonstration.run(lambda chapters: print(table(chapters), flush=True))
    if demonstration.was_interrupted:
        return EXIT_INTERRUPTED
    return 0 if demonstration.was_right else EXIT_WRONG
