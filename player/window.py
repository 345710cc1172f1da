"""The program with a window: puts services and widgets together on a profile.

Must not know what either of them does.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

from player.app.ahead import import_ahead
from player.app.compose import Services, compose, wall_clock
from player.app.control import Control
from player.app.home import Home, QtHome
from player.app.metering import Metering
from player.app.now_playing import start_on_desktop
from player.app.safekeeping import Repair, Repaired, repair
from player.app.sentences import sentence
from player.app.settings import Settings, SettingsStore
from player.app.start import ControlServer, Profile, default_folder, has_display, request
from player.app.watchdog import watch
from player.cli.runtime import engine_of, profile_of
from player.cli.sample import sample
from player.core.errors import DamagedLibraryError, KnownError, NotRunningError, ProfileInUseError
from player.core.events import EpisodeAsked
from player.core.links import is_link
from player.core.model import EpisodeId
from player.core.now_playing import Wish

if TYPE_CHECKING:
    from player.ui.main_window import MainWindow

EXIT_KNOWN_ERROR = 3

_GARBAGE_AFTER = 10_000
"""So many new objects from then on before Python looks for garbage among them: five times as many, which do while the
program starts, take 10 ms, and a frame of a list has 16."""
_PAINTED_MS = 20
"""So long after the window stands what a page needs is imported: who opens one at once shall not wait for that."""
_SETTLED_MS = 200
"""So long after the window stands all begins that nobody waits for: with a large library it would be painted later."""


def open_window(options: Namespace) -> int:
    """Open the window and run until it is closed. Returns the exit status.

    Without a display the built-in sample plays instead; beside a running program, its window comes to the front. Files,
    addresses and links open there.
    """
    if not has_display():
        if options.opened:
            with profile_of(options) as profile:
                return _tell_the_other(profile, options.opened)
        print("There is no display to open a window on; the built-in sample plays without one instead.", flush=True)
        return sample(options)
    # Widgets are imported only where a window opens: where there is no display, their libraries may be missing.
    from player.ui.application import ask_about_damage, build_application, explain, run

    application = build_application(watchdog=watch() if options.debug else None)
    while True:
        try:
            return _run(options, partial(run, application), partial(ask_about_damage, application))
        except KnownError as error:
            # There is no window that could keep anything: Ctrl+C ends the program at once.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            # A start from a desktop's menu has no terminal to read it on.
            print(f"earmark: {sentence(error)}", file=sys.stderr, flush=True)
            if not explain(application, error, _kept_theme(options)):
                return EXIT_KNOWN_ERROR


def _kept_theme(options: Namespace) -> str:
    """The colours that the listener chose, where the profile can be read."""
    kept = Profile(options.profile or default_folder()).settings
    return SettingsStore(kept).value.theme if os.access(kept, os.R_OK) else Settings().theme


Message = dict[str, Any]
ReplyTo = Callable[[Message], None]
Handler = Callable[[Message, ReplyTo], None]
Show = Callable[[Services, Callable[["MainWindow"], None]], int]
Ask = Callable[[Profile, DamagedLibraryError], Repair | None]


def _run(options: Namespace, show: Show, ask: Ask) -> int:
    """Open the profile and the window on it, and once more after a repair. Raises ProfileError, ProfileInUseError."""
    repaired: Repaired | None = None
    with profile_of(options) as profile:
        while True:
            try:
                status, wanted = _run_once(options, profile, show, repaired)
            except DamagedLibraryError as error:
                # Before there is a window, Ctrl+C ends the program at once.
                signal.signal(signal.SIGINT, signal.SIG_DFL)
                print(f"earmark: {sentence(error)}", file=sys.stderr, flush=True)
                status, wanted = EXIT_KNOWN_ERROR, ask(profile, error)
            if wanted is None:
                return status
            repaired = repair(profile, wanted, wall_clock())


def _run_once(options: Namespace, profile: Profile, show: Show, repaired: Repaired | None) -> tuple[int, Repair | None]:
    """Show the window until it is closed: the exit status, and what the listener then wants done with the library.

    Raises ProfileError, or ProfileInUseError when nobody answers there.
    """
    # What was imported stays: the one search through all, in `keep_what_is_there`, then takes 1 ms instead of 30.
    gc.freeze()
    try:
        services = compose(profile, QtHome(), engine=engine_of(options))
    except ProfileInUseError:
        return _tell_the_other(profile, options.opened), None

    metering = Metering(services.downloads, services.settings, services.bus, services.home)
    ending = ExitStack()

    def on_ready(window: MainWindow) -> None:
        def show_window(episode: EpisodeId | None) -> None:
            if episode is not None:
                window.show_episode(episode)
            window.bring_to_front()

        control = Control(services, show_window)
        # No child of the window: with that go the connections, while somebody still waits for an answer.
        ending.callback(ControlServer(profile, _handler(control, window)).close)
        services.bus.subscribe(EpisodeAsked, lambda fact: show_window(fact.id))
        if repaired is not None:
            window.repair.tell(repaired)
        if options.opened and repaired is None:
            window.taking.take_words(list(options.opened))
        ending.callback(services.home.after(_PAINTED_MS, partial(_import_ahead, services)))
        ending.callback(services.home.after(_SETTLED_MS, lambda: _go_on(services, metering, window, ending)))

    try:
        services.playback.restore()
        return show(services, on_ready), services.safekeeping.repair
    finally:
        ending.close()
        metering.close()
        services.close()


def _import_ahead(services: Services) -> None:
    services.jobs.submit(import_ahead)


def _go_on(services: Services, metering: Metering, window: MainWindow, ending: ExitStack) -> None:
    """Begin what nobody waits for; what it began on the desktop is put into `ending`."""
    from player.ui.texts import shown

    on_wish = {Wish.RAISE: window.bring_to_front, Wish.QUIT: window.close}
    begun = (
        keep_what_is_there,
        metering.start,
        services.moving.go_on,
        services.downloads.go_on,
        services.download_tagging.go_on,
        services.outlines.go_on,
        services.waveforms.start,
        services.artwork.start,
        services.keeping.start,
        services.replacing.start,
        lambda: services.announce_on_desktop(shown),
        lambda: ending.callback(start_on_desktop(services, lambda wish: on_wish[wish](), shown)),
        lambda: services.refreshing.keep_asking(services.home),
        services.safekeeping.start,
    )
    _take_turns(services.home, begun, ending)


def _take_turns(home: Home, calls: Sequence[Callable[[], object]], ending: ExitStack) -> None:
    """Run each in an event of its own, so that between two of them the window is drawn and keys are heard."""
    calls[0]()
    if len(calls) > 1:
        ending.callback(home.after(0, lambda: _take_turns(home, calls[1:], ending)))


def keep_what_is_there() -> None:
    """Look for garbage in what is made from now on only: a search through all of it takes longer than a frame."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE_AFTER)


def _handler(control: Control, window: MainWindow) -> Handler:
    """What answers a second start, and whoever else speaks to this program."""

    def handle(asked: Message, reply: ReplyTo) -> None:
        if asked.get("command") != "take":
            control.handle(asked, reply)
            return
        # The window tells how it goes.
        window.bring_to_front()
        window.taking.take_words([str(word) for word in asked.get("words", ())])
        reply({"ok": True})

    return handle


def _tell_the_other(profile: Profile, opened: Sequence[str]) -> int:
    """Bring the window of the running program to the front, or let that open something; the exit status.

    A link is played also where there is no window. Raises ProfileInUseError when there is none, or the program is
    silent, and where something is to be opened NotRunningError.
    """
    if opened:
        links: list[Message] = [{"command": "open-link", "link": each} for each in opened if is_link(each)]
        rest = [each for each in opened if not is_link(each)]
        asked = [*links, *([{"command": "take", "words": rest}] if rest else [])]
        answers = [request(profile, each.pop("command"), **each) for each in asked]
        for answer in answers:
            if not answer.get("ok"):
                print(f"earmark: {answer.get('error')}", file=sys.stderr)
        return 0 if all(answer.get("ok") for answer in answers) else EXIT_KNOWN_ERROR
    try:
        answer = request(profile, "show")
    except NotRunningError:
        raise ProfileInUseError(str(profile.folder)) from None
    if not answer.get("ok"):
        raise ProfileInUseError(str(profile.folder))
    print("Earmark is already running with this profile; its window is in front now.")
    return 0
