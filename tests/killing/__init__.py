"""Kills the real program at random moments while it downloads, plays and refreshes, and looks at what is left.

Must not know services: the program is asked and told from outside, its library is looked at while it is down. By hand:
`cd tests && ../.venv/bin/python -m killing --times 200`; a few of it are in the suite.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsroom import publish
from player.formats.media_file import read_media
from player.formats.tag_id3 import id3_sound
from player.system.paths import Profile
from timecoded import write_timecoded
from webserver import Route, WebServer

PODCASTS, EPISODES, CHAPTERS = 3, 8, 3
RATE = 60_000
"""Bytes a second of each answer: slow enough for a transfer to be hit, quick enough to end some time."""
BEHIND = 5_000
"""So many milliseconds of the place may be lost."""
_STARTING = 20.0


class GoneError(Exception):
    """The program does not answer: it is not up yet, or not any more."""


@dataclass
class Kill:
    """What one kill hit, and what was found behind it."""

    seconds: float
    was_up: bool
    running: int = 0
    unfinished: int = 0
    behind: int | None = None
    went_on: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass
class Told:
    """What the program has confirmed: all of it must be there after a kill."""

    podcasts: set[str] = field(default_factory=set)
    queued: list[int] = field(default_factory=list)
    kept: set[int] = field(default_factory=set)
    asked: set[int] = field(default_factory=set)
    place: tuple[int, int] | None = None
    """Of which episode, in milliseconds, was heard last."""


class Killing:
    """One profile, one publisher, and the program that is killed on it again and again."""

    def __init__(self, folder: Path, server: WebServer, seed: int) -> None:
        self._profile = Profile(folder / "profile")
        self._profile.folder.mkdir()
        self._server = server
        self._chance = random.Random(seed)
        self._told = Told()
        self._titles = [_title(number) for number in range(EPISODES)]
        self._audio = write_timecoded(folder / "audio.mp3", 60.0, codec="mp3", bitrate=64_000)
        server["/audio.mp3"] = Route(self._audio, "audio/mpeg", etag='"1"', rate=RATE)
        settings = {"refresh_minutes": 1, "new_podcasts_download": "all", "tags_downloads": True}
        self._profile.settings.write_text(json.dumps(settings), encoding="utf-8")

    def prepare(self) -> None:
        """Subscribe, queue, keep and play: what must never be lost."""
        with self._program():
            for number in range(PODCASTS):
                address = publish(self._server, *self._titles, name=f"feed{number}")
                assert self._ask("add", what=address)["ok"]
                self._told.podcasts.add(address)
            path = self._audio.with_name("own.mp3")
            shutil.copyfile(self._audio, path)
            assert self._ask("open", what=str(path))["ok"]
            for episode in (1, 2, 3):
                self._queue(episode)
                self._ask("downloads-keep", episode=episode)
                self._told.kept.add(episode)
            self._listen(1.0)
            with suppress(GoneError):
                self._ask("pause")
                self._note_place()

    def kill(self, seconds: float) -> Kill:
        """Start the program, let it work, kill it after `seconds`, and look at what is left."""
        before = len(self._server.asked("/audio.mp3"))
        kill = Kill(seconds, was_up=False)
        process = self._start()
        deadline = time.monotonic() + seconds
        try:
            while time.monotonic() < deadline:
                try:
                    self._work(kill)
                except GoneError:
                    time.sleep(0.02)
        finally:
            process.kill()
            process.wait(20)
        kill.went_on = len(self._server.asked("/audio.mp3")) - before
        self._look(kill)
        return kill

    def finish(self, patience: float = 600.0) -> list[str]:
        """Let the program come to its end: every file is whole then, sounds as the server's, and has chapters."""
        self._server["/audio.mp3"] = Route(self._audio, "audio/mpeg", etag='"1"')
        with self._program():
            deadline = time.monotonic() + patience
            while time.monotonic() < deadline:
                answer = self._ask("downloads")
                if not answer["downloads"] and all(map(_has_chapters, self._files())):
                    break
                time.sleep(0.2)
            left = [f"{each['title']} is {each['state']}: {each['problem']}" for each in answer["downloads"]]
        whole, files = id3_sound(self._audio), self._files()
        wrong = [f"{path.name} is another file" for path in files if id3_sound(path) != whole]
        wrong += [f"{path.name} has no chapters" for path in files if not _has_chapters(path)]
        wrong += [f"{path.name} was left behind" for path in self._profile.downloads.rglob(".*")]
        missing = len(self._told.asked) - len(files)
        return left + wrong + ([f"{missing} files are missing"] if missing > 0 else [])

    def _files(self) -> list[Path]:
        """What has its final name."""
        found = (path.relative_to(self._profile.downloads) for path in self._profile.downloads.rglob("*.mp3"))
        return [self._profile.downloads / path for path in found if not any(part[0] == "." for part in path.parts)]

    # What the program is made to do

    def _work(self, kill: Kill) -> None:
        """One thing after the other, each noted only when the program has said that it is done."""
        status = self._ask("status")
        if not kill.was_up:
            kill.was_up = True
            self._check_place(status, kill)
            self._ask("play")
        choice = self._chance.randrange(8)
        if choice == 0:
            self._fetch(self._chance.randrange(1, PODCASTS * EPISODES + 1))
        elif choice == 1:
            self._queue(self._chance.randrange(1, PODCASTS * EPISODES + 1))
        elif choice == 2:
            self._publish_more()
        elif choice == 3:
            self._ask("goto", place=f"0:{self._chance.randrange(40):02}")
            self._told.place = None
        elif choice == 4:
            self._refresh_soon()
        elif choice == 5:
            self._reorder()
        listing = self._ask("downloads")["downloads"]
        kill.unfinished = len(listing)
        kill.running = sum(each["state"] == "running" for each in listing)
        self._note_place()
        time.sleep(0.05)

    def _note_place(self) -> None:
        status = self._ask("status")
        if status["episode"] is not None and status["state"] in ("playing", "paused"):
            self._told.place = (status["episode"], status["position"])

    def _check_place(self, status: dict[str, Any], kill: Kill) -> None:
        """The place at the start is no more than five seconds behind the one that was heard last."""
        told = self._told.place
        if told is None or status["episode"] != told[0]:
            if told is not None:
                kill.faults.append(f"episode {status['episode']} is open in place of {told[0]}")
            return
        kill.behind = max(0, told[1] - status["position"])
        if kill.behind > BEHIND:
            kill.faults.append(f"the place is {kill.behind} ms behind")

    def _fetch(self, episode: int) -> None:
        if self._ask("get", episode=episode)["ok"]:
            self._told.asked.add(episode)

    def _queue(self, episode: int) -> None:
        if self._ask("queue-add", episode=episode)["ok"] and episode not in self._told.queued:
            self._told.queued.append(episode)

    def _reorder(self) -> None:
        listing = self._ask("downloads")["downloads"]
        if listing:
            self._ask("downloads-move", episode=self._chance.choice(listing)["episode"], to="first")

    def _publish_more(self) -> None:
        """A feed changes: the next refresh brings an episode, and with it a download."""
        number = self._chance.randrange(PODCASTS)
        self._titles.append(_title(len(self._titles)))
        publish(self._server, *self._titles, name=f"feed{number}")

    def _refresh_soon(self) -> None:
        """Ask without waiting: a kill shall hit it."""
        with suppress(GoneError):
            self._ask("refresh", patience=0.05, podcasts=list(range(1, PODCASTS + 1)))

    def _listen(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self._note_place()
            time.sleep(0.1)

    # What is left

    def _look(self, kill: Kill) -> None:
        """The library as it lies there, copied, so that the program's own next start finds what the kill left."""
        with tempfile.TemporaryDirectory() as folder:
            for path in self._profile.folder.glob(f"{self._profile.database.name}*"):
                shutil.copy(path, folder)
            with closing(sqlite3.connect(Path(folder) / self._profile.database.name)) as library:
                kill.faults += self._missing(library)

    def _missing(self, library: sqlite3.Connection) -> list[str]:
        def all_of(sql: str) -> list[Any]:
            return [first for first, *_ in library.execute(sql)]

        told = self._told
        faults: list[str] = []
        if all_of("PRAGMA integrity_check") != ["ok"]:
            faults.append("the database is damaged")
        if list(library.execute("PRAGMA foreign_key_check")):
            faults.append("the database refers to what is not there")
        lost: dict[str, set[Any]] = {
            "subscribed": told.podcasts - set(all_of("SELECT feed_url FROM podcast")),
            "queued": set(told.queued) - set(all_of("SELECT episode FROM queue_entry")) - self._heard(library),
            "kept": told.kept - set(all_of("SELECT episode FROM kept_download")),
            "asked for": told.asked - set(all_of("SELECT episode FROM download")),
        }
        return faults + [f"lost, though {words}: {sorted(found)}" for words, found in lost.items() if found]

    def _heard(self, library: sqlite3.Connection) -> set[int]:
        """What was queued and was played since then has left the queue as it should."""
        return {first for (first,) in library.execute("SELECT episode FROM listening")}

    # The program

    def _ask(self, command: str, patience: float = 20.0, **arguments: Any) -> dict[str, Any]:
        """The program's answer. Raises Gone when there is none.

        By a socket of Python's: Qt's would wait without letting the publisher's threads run.
        """
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(patience)
                connection.connect(str(Path(tempfile.gettempdir()) / self._profile.socket_name))
                with connection.makefile("rw", encoding="utf-8") as stream:
                    stream.write(json.dumps({"command": command, **arguments}) + "\n")
                    stream.flush()
                    line = stream.readline()
        except OSError as error:
            raise GoneError from error
        if not line:
            raise GoneError
        return dict(json.loads(line))

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, "-m", "player", "--profile", str(self._profile.folder), "--null-audio"]
        return subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )

    @contextmanager
    def _program(self) -> Iterator[None]:
        """The program, up and ended as a person does."""
        process = self._start()
        try:
            deadline = time.monotonic() + _STARTING
            while True:
                try:
                    self._ask("status")
                    break
                except GoneError:
                    assert time.monotonic() < deadline, "the program does not come up"
                    time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait(20)


def _title(number: int) -> str:
    """Of an episode with an outline, which the program writes into its file."""
    return f"Episode {number}: 0:00 One, 0:20 Two, 0:40 Three"


def _has_chapters(path: Path) -> bool:
    return len(read_media(path).marks) == CHAPTERS


def run(times: int, seed: int, longest: float, out: Any = sys.stdout) -> tuple[list[Kill], list[str]]:
    """Kill `times` times, each after a random time up to `longest` seconds; the kills, and what is wrong at the end."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder, WebServer() as server:
        killing = Killing(Path(folder), server, seed)
        killing.prepare()
        kills = []
        for number in range(times):
            kills.append(killing.kill(chance.uniform(0.05, longest)))
            faults = "; ".join(kills[-1].faults)
            print(f"{number + 1:>4}  {_line(kills[-1])}  {faults or 'sound'}", file=out, flush=True)
        return kills, killing.finish()


def table(kills: list[Kill], wrong: list[str]) -> str:
    """What was hit and what was found, in one table."""
    up = [kill for kill in kills if kill.was_up]
    behind = sorted(kill.behind for kill in up if kill.behind is not None)
    rows = (
        ("kills", len(kills)),
        ("while it started", len(kills) - len(up)),
        ("while it worked", len(up)),
        ("with transfers running", sum(kill.running > 0 for kill in up)),
        ("starts at which transfers went on", sum(kill.went_on > 0 for kill in kills)),
        ("places looked at", len(behind)),
        ("most that a place was behind, ms", behind[-1] if behind else 0),
        ("median, ms", behind[len(behind) // 2] if behind else 0),
        ("databases unsound, or things lost", sum(bool(kill.faults) for kill in kills)),
        ("wrong at the end", len(wrong)),
    )
    return "\n".join(f"{words:<36}{value:>8}" for words, value in rows)


def _line(kill: Kill) -> str:
    behind = "     –" if kill.behind is None else f"{kill.behind:>6}"
    work = f"{kill.running} running of {kill.unfinished:>2}" if kill.was_up else "not up yet    "
    return f"{kill.seconds:5.2f} s  {work}  {kill.went_on:>2} asked  {behind} ms behind"
