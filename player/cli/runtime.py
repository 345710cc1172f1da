"""What commands share: the profile that the options name, and services on it that wait in a loop.

Must not know any command.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from player.app.engines import EngineFactory, silent_engine, sound_engine
from player.app.home import Home, InlineHome
from player.app.start import Profile, StartOptions, opened_profile

if TYPE_CHECKING:
    from player.app.compose import Services

MANY_FEEDS = 2
"""How many processes read the many feeds of a document; one feed is read sooner than a process has begun."""


def profile_of(options: Namespace) -> AbstractContextManager[Profile]:
    """The profile that the command line means."""
    return opened_profile(StartOptions(options.profile, options.temp_profile, options.verbose, options.debug))


def engine_of(options: Namespace) -> EngineFactory:
    """The engine that the command line means: the sound device's, or with --null-audio a silent one."""
    return silent_engine if options.null_audio else sound_engine


@contextmanager
def services_on(
    profile: Profile, home: Home | None = None, engine: EngineFactory = silent_engine, processes: int = 0
) -> Iterator[Services]:
    """Services for the length of a command. Raises ProfileInUseError where a player has the profile open.

    Nothing is held up by computing here, so no process is begun for it, unless there is much to compute.
    """
    # Imported here: it needs nearly all there is, and commands that ask a running player need none of it.
    from player.app.compose import compose
    from player.app.processes import Processes

    services = compose(profile, home or InlineHome(), engine=engine, processes=Processes(processes))
    try:
        yield services
    finally:
        services.close()
