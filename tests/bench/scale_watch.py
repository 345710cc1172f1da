"""Measures the real program from within, for `bench.scale`: start, lists, scrolling, opening, marking, memory.

Must not know how the program was started. What is printed is JSON: a name, two numbers each.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from player.app.compose import Services
from player.app.library import Library
from player.core.model import EpisodeId, EpisodeQuery, Filter, Sort, View
from player.ui import application as program
from player.ui.list_choice import ListChoice
from player.ui.main_window import MainWindow
from player.ui.places import Place

_FRAMES = 400
_OPENED = 60
_READ = 20
_MARKED = 5000
_SETTLES_MS = 1500
_PLAYS_MS = 4000

Pair = tuple[float, float]


class Watch(QObject):
    """Waits until the window is drawn for the first time, measures, prints, and closes it."""

    def __init__(self, window: MainWindow, services: Services, started: float, *, is_start_only: bool) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._started = started
        self._is_start_only = is_start_only
        self.figures: dict[str, Pair] = {}
        window.top.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """With the bar at the top all is drawn; what comes next in the loop finds one that can be used."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._on_usable)
        return False

    def _on_usable(self) -> None:
        passed = (time.time() - self._started) * 1000
        self.figures["start to usable window, ms"] = (passed, time.process_time() * 1000)
        if not self._is_start_only:
            wait(_SETTLES_MS)
            self.figures |= measure(self._window, self._services)
        print(json.dumps(self.figures), flush=True)
        self._window.close()


@contextmanager
def timed(times: list[Pair], clock: Callable[[], float] = time.thread_time) -> Iterator[None]:
    """Adds how many milliseconds passed, and how many of them this thread (or what `clock` counts) computed."""
    spent, begun = clock(), time.perf_counter()
    yield
    times.append(((time.perf_counter() - begun) * 1000, (clock() - spent) * 1000))


def wait(millis: int) -> None:
    """Let the program do what it does."""
    loop = QEventLoop()
    QTimer.singleShot(millis, loop.quit)
    loop.exec()


def middle(times: Sequence[Pair], part: float = 0.5) -> Pair:
    """The time that such a part of all are not above; that of the processor by itself."""
    passed, spent = (sorted(each[number] for each in times) for number in (0, 1))
    place = min(len(times) - 1, int(len(times) * part))
    return passed[place], spent[place]


def measure(window: MainWindow, services: Services) -> dict[str, Pair]:
    """All that is asked of a window that stands."""
    found = {"reading the sidebar, ms": middle(repeated(window.sidebar.model.read))}
    found |= of_lists(window, services.library)
    for name, step in (("wheel", 3), ("handle", 0)):
        times = scrolled(window, step)
        found[f"scrolling by {name}, p95 ms"] = middle(times, 0.95)
        found[f"scrolling by {name}, max ms"] = middle(times, 1.0)
    found["opening an episode, p95 ms"] = middle(opened(window), 0.95)
    found["marking 5 000 as played, ms"], found["… and taking it back, ms"] = marked(window, services.library)
    found["memory of all processes, MB"] = (of_playing(services), 0.0)
    return found


def repeated(act: Callable[[], object]) -> list[Pair]:
    """Times of doing something again and again."""
    times: list[Pair] = []
    for _ in range(_READ):
        with timed(times):
            act()
    return times


def of_lists(window: MainWindow, library: Library) -> dict[str, Pair]:
    """How long the ids of lists take, and how long until the slowest list is drawn."""
    everything, one = Place(View.ALL), Place(podcast=library.podcasts()[0].id)
    kept = frozenset({Filter.UNPLAYED, Filter.WITH_CHAPTERS})

    def slowest(queries: Iterable[EpisodeQuery]) -> Pair:
        return max(middle(repeated(partial(library.episode_ids, query))) for query in queries)

    times: list[Pair] = []
    for view in View:
        window.show_place(one)
        QApplication.processEvents()
        with timed(times):
            window.show_place(Place(view))
            window.list.table.viewport().repaint()
    return {
        "ids of all, slowest order, ms": slowest(everything.query(sort=sort) for sort in Sort),
        "ids with two filters, slowest order, ms": slowest(everything.query("", kept, sort) for sort in Sort),
        "ids by two letters in the title, ms": slowest([everything.query("sh")]),
        "ids of what is in progress, slowest order, ms": slowest(
            Place(View.IN_PROGRESS).query(sort=sort) for sort in Sort
        ),
        "ids of a podcast, slowest order, ms": slowest(one.query(sort=sort) for sort in Sort),
        "showing the slowest list, ms": middle(times, 1.0),
    }


def scrolled(window: MainWindow, rows: int) -> list[Pair]:
    """Times of frames: so many rows further each time, as a wheel does; or (0) through the whole, as a hand does."""
    window.show_place(Place(View.ALL))
    QApplication.processEvents()
    table, bar = window.list.table, window.list.table.verticalScrollBar()
    step = rows * table.rowHeight(0) or max(1, bar.maximum() // _FRAMES)
    times: list[Pair] = []
    for frame in range(_FRAMES):
        with timed(times):
            bar.setValue((frame + 1) * step % (bar.maximum() + 1))
            table.viewport().repaint()
    return times


def opened(window: MainWindow) -> list[Pair]:
    """Times until the page of an episode stands, from the list."""
    ids = random.Random(5).sample(window.list.model.ids, _OPENED)
    times: list[Pair] = []
    for episode in ids:
        window.show_list()
        QApplication.processEvents()
        with timed(times):
            window.show_episode(EpisodeId(episode))
            QApplication.sendPostedEvents()
            window.repaint()
            QApplication.processEvents()
    window.show_list()
    return times


def marked(window: MainWindow, library: Library) -> tuple[Pair, Pair]:
    """Times of marking the newest as played, and of taking that back, until all of it is on the disk and shown."""
    model = window.list.model
    window.show_place(Place(View.NEW))
    window.list.bar.show_choice(Place(View.NEW), ListChoice())
    window.list.refresh()
    there: list[Pair] = []
    back: list[Pair] = []
    with timed(there, time.process_time):
        done = library.mark_played(model.ids[:_MARKED], played=True, now=time.time_ns() // 1_000_000).result()
        window.list.refresh()
        window.sidebar.refresh()
    wait(_SETTLES_MS)
    with timed(back, time.process_time):
        library.unmark(done).result()
        window.list.refresh()
        window.sidebar.refresh()
    return there[0], back[0]


def of_playing(services: Services) -> float:
    """Megabytes of the program and its processes (PSS: what they share is counted once) while it plays."""
    services.playback.open(services.library.episode_ids(Place(View.ALL).query())[0])
    wait(_PLAYS_MS)
    found = sum(pss(process) for process in family(os.getpid())) / 1e6
    services.playback.pause()
    return found


def family(process: int) -> Iterator[int]:
    """A process and all that it started, and what these started."""
    yield process
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            yield from family(int(child))


def pss(process: int) -> int:
    """The bytes of a process, of shared pages its part (Documentation/filesystems/proc.rst)."""
    for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    raise ProcessLookupError(process)


def install(started: float, *, is_start_only: bool) -> None:
    """Have the next window of this process measured. `started`: when it was asked for, in seconds since 1970."""
    build = program.build_window

    def built(application: QApplication, services: Services) -> MainWindow:
        window = build(application, services)
        Watch(window, services, started, is_start_only=is_start_only)
        return window

    program.build_window = built
