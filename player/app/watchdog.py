"""Tells what held the home thread for too long, and where it was meanwhile: its stack, looked at from another thread.

Must not know Qt, or what the events do.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Protocol

from player.core.held import Reading, held_between
from player.system.thread_clocks import ThreadClocks

_LOOKS_EVERY = 0.010
_LOOKS_AFTER_NS = 15_000_000
_SEEN_BY_A_LOOK_NS = 25_000_000
"""A look tells of no longer time before it."""
_SHOWN_FRAMES, _SHOWN_OF_OTHERS = 30, 8
_WAITING = {"thread.py", "threading.py", "queue.py", "selectors.py", "socket.py", "connection.py"}
_HOUSE = str(Path(__file__).parents[2]) + "/"

_log = logging.getLogger(__name__)


class Clocks(Protocol):
    """The clocks of the watched thread, as `system.thread_clocks.ThreadClocks` reads them."""

    def wall(self) -> int:
        """The time on the clock, in ns. From any thread."""

    def read(self) -> Reading:
        """The clocks now. From the watched thread."""

    def crowded(self) -> int:
        """For how long anything on the machine has waited for a processor, in ns. From any thread."""


@dataclass(slots=True)
class _Stretch:
    """A time in which the thread does not come back to its loop."""

    begin: Reading
    crowded: int
    """For how long anything had waited for a processor shortly before."""
    looked_at: int
    """When the thread was looked at last, or began."""
    seen_for: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    others_seen: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Event:
    """An event that is being handled in a loop of that depth. `stretch` is None while a loop within it waits."""

    depth: int
    stretch: _Stretch | None


class Watchdog:
    """Is told when an event begins, when the loop waits, and when the event is over; from the thread that makes it.

    An event within an event of the same loop is a part of that. Where an event runs a loop of its own, as a menu does,
    that loop's events count by themselves, and only what is between them counts for the event outside.
    """

    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks
        self.thread = threading.get_ident()
        self._events: list[_Event] = []
        self._running: _Stretch | None = None
        self._crowded = clocks.crowded()
        self._looking = {self.thread}

    def start(self) -> None:
        """Look at the stack from another thread, until the program ends."""
        threading.Thread(target=self._keep_looking, name="earmark-watchdog", daemon=True).start()

    def begins(self, depth: int) -> bool:
        """An event begins in a loop of that depth; False when it is a part of another one, whose end alone is told."""
        outer = self._events[-1] if self._events else None
        if outer is not None and outer.depth == depth:
            return False
        if outer is not None:
            # Before its loop had an event to handle, it was on its way there.
            self._end_stretch(outer, "an event that began another loop")
        self._events.append(_Event(depth, self._new_stretch()))
        return True

    def ends(self, what: Callable[[], str]) -> None:
        """The last event that began is over; `what` names it where that is needed."""
        event = self._events.pop()
        self._end_stretch(event, what)
        if self._events:
            self._events[-1].stretch = self._new_stretch()

    def waits(self) -> None:
        """A loop has nothing to do: the window answers."""
        if self._events:
            self._end_stretch(self._events[-1], "an event that began another loop")

    def look(self) -> None:
        """See where the watched thread is, if it has been there for a while. From any other thread."""
        # Before an event is held up, since then this thread may not come to it.
        self._crowded = self._clocks.crowded()
        stretch, now = self._running, self._clocks.wall()
        if stretch is None or now - stretch.begin.wall < _LOOKS_AFTER_NS:
            return
        stretch.seen_for += min(now - stretch.looked_at, _SEEN_BY_A_LOOK_NS)
        stretch.looked_at = now
        frame = sys._current_frames().get(self.thread)
        if frame is not None:
            stretch.seen[_described(frame, _SHOWN_FRAMES)] += 1
        stretch.others_seen.update(self._others())

    def _others(self) -> list[str]:
        """Where the other threads are that do something."""
        frames = [frame for thread, frame in sys._current_frames().items() if thread not in self._looking]
        return [_described(frame, _SHOWN_OF_OTHERS) for frame in frames if not _is_waiting(frame)]

    def _new_stretch(self) -> _Stretch:
        begin = self._clocks.read()
        self._running = _Stretch(begin, self._crowded, begin.wall)
        return self._running

    def _end_stretch(self, event: _Event, what: Callable[[], str] | str) -> None:
        stretch, event.stretch, self._running = event.stretch, None, None
        if stretch is None:
            return
        end = self._clocks.read()
        held = held_between(stretch.begin, end)
        if held.is_too_long:
            held = held_between(stretch.begin, end, self._clocks.crowded() - stretch.crowded, stretch.seen_for)
        if held.is_too_long:
            name = what if isinstance(what, str) else what()
            told = [f"{name} held the window for {held.counted:.0f} ms"]
            told.append(f" ({held.wall:.0f} ms on the clock, {held.processor:.0f} ms of processor time)")
            told += [f"\n  {times}× at\n{stack}" for stack, times in stretch.seen.most_common(2)]
            # Whoever keeps the interpreter for so long keeps it from the one that looks, too, and is still there.
            stretch.others_seen.update(self._others())
            told += [f"\n  others, {times}×, at\n{stack}" for stack, times in stretch.others_seen.most_common(4)]
            _log.warning("%s", "".join(told))

    def _keep_looking(self) -> None:
        self._looking.add(threading.get_ident())
        while True:
            time.sleep(_LOOKS_EVERY)
            self.look()


def watch() -> Watchdog:
    """A watchdog of the thread that asks for it, with the clocks of the system."""
    return Watchdog(ThreadClocks())


def _is_waiting(frame: FrameType) -> bool:
    """Whether a thread waits for work, or for another one, as far as one can see."""
    return Path(frame.f_code.co_filename).name in _WAITING


def _described(frame: FrameType | None, most: int) -> str:
    """At most so many of the innermost frames, the outermost of them first, a line for each.

    What is outside of the event is left out, and how Python imports.
    """
    lines: list[str] = []
    while frame is not None and len(lines) < most:
        code = frame.f_code
        if code.co_filename.endswith("ui/application.py"):
            break
        if "importlib" not in code.co_filename and code.co_name != "notify":
            lines.append(f"    {code.co_filename.removeprefix(_HOUSE)}:{frame.f_lineno} in {code.co_qualname}")
        frame = frame.f_back
    return "\n".join(reversed(lines))
