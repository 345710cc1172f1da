"""Measures how long many feeds take to come in: imported, asked again unchanged, and with one new episode in each.

    cd tests && python -m bench.importing [--feeds 100] [--episodes 300] [--hosts 10] [--only headless,window,gpodder]

Web servers in a process of its own give the feeds; each episode has an outline of fifteen chapters. Earmark runs as a
whole program, once without a window and once with the window (offscreen), and gPodder (`gpo`) where it is installed.
`listed`: all episodes are in the list; `searchable`: all their chapters were found, and words in them are, too; `held`:
the longest time for which the thread of the window did nothing else, without what it waited for a processor.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from bench.feeds import publisher
from bench.held import Heartbeat
from bench.players import processor_seconds
from player.app.compose import Services, compose
from player.app.engines import silent_engine
from player.app.home import HeadlessLoop, QtHome
from player.core.events import RefreshChanged
from player.core.model import FoundKind, PodcastKind
from player.formats.opml import OpmlFeed, write_opml
from player.storage.database import open_reader
from player.storage.search_index import is_due
from player.system.paths import open_profile

KINDS = ("headless", "window", "gpodder")
STEPS = ("import", "unchanged", "one new each")
CHAPTERS = 15
HEAD = """| program | step | listed s | searchable s | processor s | held ms |
| --- | --- | --: | --: | --: | --: |"""


@dataclass(frozen=True)
class Figures:
    """What a step took; None where it cannot be told."""

    listed: float
    searchable: float | None
    processor: float
    held: float | None


class Visit:
    """Takes a running program through the steps, and prints a line of JSON for each. Lives on the home thread."""

    def __init__(self, services: Services, document: Path, end: Callable[[], None]) -> None:
        self._services = services
        self._document = document
        self._end = end
        self._steps = iter(STEPS)
        self._heart = Heartbeat()
        self._running = 0
        services.bus.subscribe(RefreshChanged, self._on_refresh_changed)
        services.home.after(1000, self._next)

    def _next(self) -> None:
        step = next(self._steps, None)
        if step is None:
            self._end()
            return
        # Whoever started this program gets the servers ready.
        sys.stdin.readline()
        self._heart = Heartbeat()
        self._spent, self._begun = _processor_seconds(), time.perf_counter()
        if step == "import":
            jobs = self._services.jobs
            jobs.when_done(self._services.exchange.import_file(self._document), lambda _: self._on_listed())
            return
        podcasts = [each.id for each in self._services.library.podcasts() if each.kind is PodcastKind.FEED]
        self._services.refreshing.refresh(podcasts)

    def _on_refresh_changed(self, fact: RefreshChanged) -> None:
        was_running, self._running = self._running, fact.running
        if was_running and not fact.running:
            self._on_listed()

    def _on_listed(self) -> None:
        self._listed = time.perf_counter() - self._begun
        jobs = self._services.jobs
        jobs.when_done(jobs.submit(self._services.outlines.finish), lambda _: self._look_whether_all_is_indexed())

    def _look_whether_all_is_indexed(self) -> None:
        with closing(open_reader(self._services.profile.database)) as reader:
            if is_due(reader):
                self._services.home.after(20, self._look_whether_all_is_indexed)
                return
        searchable = time.perf_counter() - self._begun
        held = self._heart.gaps()[-1]
        print(
            json.dumps(asdict(Figures(self._listed, searchable, _processor_seconds() - self._spent, held))), flush=True
        )
        self._services.home.after(500, self._next)


def _processor_seconds() -> float:
    return sum(processor_seconds(process) for process in _family(os.getpid()))


def _family(process: int) -> Iterator[int]:
    """A process and all that it began."""
    yield process
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text(encoding="utf-8").split():
            yield from _family(int(child))


def be_earmark(kind: str, profile: Path, document: Path) -> None:
    """Be the program that is measured."""
    if kind == "headless":
        loop = HeadlessLoop()
        services = compose(open_profile(profile), loop.home, engine=silent_engine)
        visit = Visit(services, document, loop.quit)
        loop.run()
    else:
        from player.ui.application import build_application, build_window
        from player.window import keep_what_is_there

        application = build_application()
        services = compose(open_profile(profile), QtHome(), engine=silent_engine)
        window = build_window(application, services)
        window.resize(1280, 820)
        window.show()
        # As the program does once its window stands.
        keep_what_is_there()
        visit = Visit(services, document, application.quit)
        application.exec()
        window.close()
    del visit
    services.close()


def earmark(kind: str, folder: Path, document: Path, link: Connection) -> list[Figures]:
    """The figures of each step in a process of its own, and whether all came to the library that should."""
    profile = folder / kind
    command = [sys.executable, "-m", "bench.importing_child", kind, str(profile), str(document)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    found = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        for step in STEPS:
            if step == STEPS[-1]:
                _put_more(link)
            child.stdin.write("go\n")
            child.stdin.flush()
            found.append(Figures(**json.loads(child.stdout.readline())))
    return found


def _put_more(link: Connection) -> None:
    link.send("more")
    link.recv()


def check(profile: Path, feeds: int, episodes: int) -> None:
    """Raise AssertionError unless all is there: episodes, chapters, and words of notes."""
    from player.app.compose import read_catalogue
    from player.storage.database import row

    with read_catalogue(open_profile(profile)) as catalogue:
        podcasts = catalogue.podcasts()
        assert len(podcasts) == feeds, podcasts
        assert {each.episode_count for each in podcasts} == {episodes}, podcasts
        counts = row(catalogue._reader, "SELECT count(*), min(chapter_count), max(chapter_count) FROM episode")
        assert counts == (feeds * episodes, CHAPTERS, CHAPTERS), counts
        assert catalogue.search("guest", 0, {FoundKind.NOTES: 5}), "no words of notes are found"


def gpodder(folder: Path, document: Path, link: Connection, wanted: int) -> list[Figures]:
    """The same steps with gPodder, which knows no chapters and ends after each; so many episodes are `wanted`."""
    home = folder / "gpodder"
    home.mkdir()
    environment = {**os.environ, "GPODDER_HOME": str(home), "HOME": str(home)}

    def run(*arguments: str) -> Figures:
        begun, spent = time.perf_counter(), os.times()
        subprocess.run(["gpo", *arguments], env=environment, check=True, capture_output=True)
        ended = os.times()
        used = ended.children_user + ended.children_system - spent.children_user - spent.children_system
        return Figures(time.perf_counter() - begun, None, used, None)

    run("set", "limit.episodes", "100000")
    found = [run("import", str(document)), run("update")]
    _put_more(link)
    found.append(run("update"))
    with closing(sqlite3.connect(home / "Database")) as library:
        counts = library.execute("SELECT count(*) FROM episode").fetchone()
    assert counts == (wanted,), counts
    return found


def measure(kind: str, folder: Path, chosen: argparse.Namespace) -> None:
    """Print the rows of a program."""
    with publisher(chosen.feeds, chosen.episodes, chosen.hosts) as (addresses, link):
        document = folder / f"{kind}.opml"
        document.write_bytes(write_opml(OpmlFeed("", address) for address in addresses))
        episodes = chosen.episodes + 1
        if kind == "gpodder":
            found, name = gpodder(folder, document, link, chosen.feeds * episodes), "gPodder"
        else:
            found, name = earmark(kind, folder, document, link), f"Earmark, {kind}"
            check(folder / kind, chosen.feeds, episodes)
    for step, figures in zip(STEPS, found, strict=True):
        cells = (figures.listed, figures.searchable, figures.processor)
        times = " | ".join("–" if each is None else f"{each:.2f}" for each in cells)
        print(f"| {name} | {step} | {times} | {'–' if figures.held is None else f'{figures.held:.0f}'} |", flush=True)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--feeds", type=int, default=100)
    options.add_argument("--episodes", type=int, default=300, help="episodes in each feed")
    options.add_argument("--hosts", type=int, default=10, help="addresses that the feeds come from")
    options.add_argument(
        "--only", type=lambda text: text.split(","), default=[*KINDS], help=f"some of {','.join(KINDS)}"
    )
    chosen = options.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n\n{HEAD}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for kind in chosen.only:
            if kind == "gpodder" and shutil.which("gpo") is None:
                print("gPodder is not installed", flush=True)
                continue
            measure(kind, Path(folder), chosen)
    print(f"\nload at the end {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
