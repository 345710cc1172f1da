"""`earmark play`: an episode or an audio file, played from the terminal, or by the player that is running.

Must not know how sound is made.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from player.app.compose import Services
from player.app.control import Control
from player.app.home import HeadlessLoop
from player.app.library import place_meant
from player.app.sentences import sentence
from player.app.sounds import changed_sound
from player.app.start import ControlServer, Profile, request
from player.cli.progress import progress_text
from player.cli.runtime import engine_of, profile_of, services_on
from player.core.errors import FileError, KnownError, NotFoundError, ProfileInUseError, SkippedError
from player.core.events import DownloadProgressed, PlaybackChanged, PositionChanged, ProblemReported, StopReached
from player.core.model import EpisodeId, Millis
from player.core.session import Phase
from player.core.timecode import format_timecode

EXIT_KNOWN_ERROR = 3
EXIT_INTERRUPTED = 130


def play(options: Namespace) -> int:
    """Play until the end, or until Ctrl+C; the place is kept."""
    with profile_of(options) as profile:
        loop = HeadlessLoop()
        try:
            with services_on(profile, loop.home, engine_of(options)) as services:
                return _play_here(services, profile, loop, options)
        except ProfileInUseError:
            return _play_there(profile, options)


def _play_here(services: Services, profile: Profile, loop: HeadlessLoop, options: Namespace) -> int:
    episode = _episode_meant(services, options.what)
    at = _start_meant(services, episode, options)
    server = ControlServer(profile, Control(services).handle)
    screen = _Screen(services, episode)
    problems: list[KnownError] = []

    def on_playback(_: PlaybackChanged) -> None:
        # As it is now: the queue may have gone on by itself.
        state = services.playback.state
        screen.on_episode(state.episode)
        is_interrupted = state.phase is Phase.PAUSED and state.problem is not None
        if state.problem is not None and (state.phase is Phase.FAILED or is_interrupted):
            problems.append(state.problem)
        if state.phase in (Phase.FAILED, Phase.ENDED) or is_interrupted:
            loop.quit()

    def on_stop(_: StopReached) -> None:
        if not services.queue_player.is_starting:
            loop.quit()

    services.bus.subscribe(PlaybackChanged, on_playback)
    services.bus.subscribe(StopReached, on_stop)
    services.bus.subscribe(ProblemReported, screen.on_problem)
    services.bus.subscribe(PositionChanged, screen.on_position)
    services.bus.subscribe(DownloadProgressed, screen.on_download)

    def start() -> None:
        services.safekeeping.start()
        services.playback.open(episode, at=at)
        services.sounds.try_out(changed_sound(services.sounds.current, _sound_of(options)))

    loop.home.post(start)
    was_interrupted = loop.run()
    screen.end()
    server.close()
    if problems:
        raise problems[0]
    return EXIT_INTERRUPTED if was_interrupted else 0


def _play_there(profile: Profile, options: Namespace) -> int:
    """Have the running player open it."""
    path = Path(options.what)
    arguments: dict[str, Any] = {"at": options.at, "chapter": options.chapter, **_sound_of(options)}
    if path.exists():
        arguments["path"] = str(path.resolve())
    else:
        arguments["words"] = options.what
    answer = request(profile, "open-episode", **arguments)
    if not answer.get("ok"):
        print(f"earmark: {answer.get('error')}", file=sys.stderr)
        return EXIT_KNOWN_ERROR
    print("The running player plays it.")
    return 0


def _sound_of(options: Namespace) -> dict[str, Any]:
    """What the options say of the sound, as requests to the running player have it."""
    given = {
        "speed": options.speed,
        "trimming": options.trim,
        "levelled": options.level or None,
        "mono": options.mono or None,
    }
    return {name: value for name, value in given.items() if value is not None}


def _episode_meant(services: Services, what: str) -> EpisodeId:
    """The episode of the library, or the audio file, that `what` means."""
    path = Path(what)
    if path.exists():
        return services.subscriptions.add_file(path).result()
    try:
        return services.library.find_episode(what).id
    except NotFoundError:
        if path.suffix and not what.isdigit():
            raise FileError(what, "there is neither such a file nor an episode of that title") from None
        raise


def _start_meant(services: Services, episode: EpisodeId, options: Namespace) -> Millis | None:
    if options.chapter is None:
        at: Millis | None = options.at
        duration = services.library.episode(episode).duration
        if at is not None and duration is not None and at > duration:
            raise NotFoundError("place", format_timecode(at))
        return at
    chosen = services.chapters.chosen(episode)
    place = place_meant(options.chapter, chosen.chapters if chosen else ())
    if place is None:
        raise NotFoundError("chapter", options.chapter)
    return place


class _Screen:
    """One line on the terminal: where playing is, in which chapter."""

    def __init__(self, services: Services, episode: EpisodeId) -> None:
        self._services = services
        self._episode: EpisodeId | None = None
        self._last = ""
        self.on_episode(episode)

    def on_episode(self, episode: EpisodeId | None) -> None:
        """Say what plays, when it is something else."""
        if episode is not None and episode != self._episode:
            if self._episode is not None:
                self.end()
            self._episode, self._last = episode, ""
            print(self._services.library.episode(episode).title, flush=True)

    @staticmethod
    def on_problem(fact: ProblemReported) -> None:
        """Say which entry of the queue was passed over; what ends playing is said at its end."""
        if isinstance(fact.error, SkippedError):
            print(f"earmark: {sentence(fact.error)}", file=sys.stderr, flush=True)

    def on_position(self, fact: PositionChanged) -> None:
        """Show the place."""
        playback = self._services.playback
        index = playback.current_chapter()
        chapter = playback.state.chapters[index].title if index is not None else ""
        duration = playback.state.duration
        length = f" of {format_timecode(duration)}" if duration else ""
        if sys.stdout.isatty():
            self._write(f"{format_timecode(fact.position)}{length}  {chapter}")
        elif chapter != self._last:
            self._last = chapter
            print(f"{format_timecode(fact.position)}  {chapter}", flush=True)

    def on_download(self, fact: DownloadProgressed) -> None:
        """Show how far the download is that playing waits for."""
        if fact.id == self._episode and sys.stdout.isatty():
            self._write(progress_text(fact.received, fact.total, fact.rate, fact.left))

    def end(self) -> None:
        """Leave the line."""
        if sys.stdout.isatty():
            print()

    @staticmethod
    def _write(text: str) -> None:
        sys.stdout.write(f"\r\x1b[K{text}")
        sys.stdout.flush()
