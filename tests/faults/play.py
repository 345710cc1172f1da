"""Plays a script against a real server and a program that is really killed, and looks whether anything went wrong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType

from faults.child import PATIENCE
from faults.kinds import KINDS, Version, version
from faults.script import Run, Script
from player.net.journal import Part, Place
from webserver import WebServer

PATH, THERE = "/a.mp3", "/there.mp3"
_SHORT, _LONG = 0.4, PATIENCE
"""Seconds that the program waits for a server in a run with trouble, and without any."""


@dataclass
class Ledger:
    """What became of all runs, by kind of trouble, and of all transfers."""

    ends: dict[str, Counter[str]] = field(default_factory=lambda: {kind: Counter() for kind in KINDS})
    words: dict[str, Counter[str]] = field(default_factory=lambda: {kind: Counter() for kind in KINDS})
    transfers: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)

    @property
    def runs(self) -> int:
        """How often the program ran with trouble."""
        return sum(each.total() for each in self.ends.values())


class Stage:
    """A server, the program, and a folder for one transfer after another."""

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        self.ledger = ledger
        self._target = folder / "Show" / "a.mp3"
        self._server = WebServer()
        tests = Path(__file__).parents[1]
        self._program = subprocess.Popen(
            [sys.executable, "-m", "faults.child"],
            env=os.environ | {"PYTHONPATH": str(tests)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Stage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.close()
        self._program.wait(PATIENCE)
        self._program.stdout.close()
        self._server.close()

    def play(self, script: Script) -> None:
        """Play a script. Raises AssertionError when anything was lost or mixed."""
        shutil.rmtree(self._target.parent, ignore_errors=True)
        versions = [version(0, script.size)]
        ends = Counter[str]()
        for run in script.runs:
            if run.kind.startswith("a new version"):
                versions.append(version(len(versions), script.size))
            now = versions[0] if run.kind == "the old version again" else versions[-1]
            end = self._run(run, now, versions)
            self._count(run, end)
            ends[end] += 1
            if self._is_over():
                break
        if not self._is_over():
            self._heal(versions)
        self.ledger.transfers["whole in the end"] += 1
        self.ledger.transfers["through " + ", ".join(sorted(ends))] += 1

    def _is_over(self) -> bool:
        """Whether the file is there, and no journal asks for anything more to be done."""
        return [each.name for each in self._target.parent.glob("*")] == [self._target.name]

    def _heal(self, versions: list[Version]) -> None:
        """From now on all is well: it comes whole, and nothing that is there is fetched once more."""
        part = Place(self._target).current()
        kept, known, was_named = part.size, part.version, self._target.exists()
        is_kept = known is not None and known.etag == versions[-1].etag and known.total == len(versions[-1].body)
        end = self._run(Run("all is well", 0), versions[-1], versions, timeout=_LONG)
        assert end == "whole", f"it did not become whole with a server that does all right: {end}"
        if is_kept and not was_named:
            sent = self._server.sent.total()
            assert sent == len(versions[-1].body) - kept, f"{sent} bytes were sent, though {kept} were there"
            self.ledger.transfers["fetched no byte twice"] += 1

    def _run(self, run: Run, now: Version, versions: list[Version], timeout: float = _SHORT) -> str:
        """One run of the program; how it ended."""
        server, size, place = self._server, len(now.body), Place(self._target)
        at = min(size - 1, size * run.at // 1000)
        route = KINDS[run.kind](now, at)
        if route.redirect is not None:
            route = replace(route, redirect=route.redirect.format(port=server.port))
        server[PATH], server[THERE] = route, now.route()
        server.resume.clear()
        server.sent.clear()
        before = max(place.part.size, place.newcomer.size)
        order = {
            "url": server.url(PATH),
            "target": str(self._target),
            "jumps": [(size * when // 1000, size * where // 1000) for when, where in run.jumps],
            "length": 20_000,
            "pause": None if run.pause is None else size * run.pause // 1000,
            "kill_call": run.kill_call,
            "kill_after": run.kill_after,
            "timeout": timeout,
        }
        end, words = self._order(order)
        server.resume.set()
        # An answer that nobody reads any more is still being given.
        assert server.wait_until_idle(PATIENCE), "the server did not come to rest"
        self.look(end, before, versions)
        if end == "error":
            self.ledger.words[run.kind][words.replace(server.url(PATH), "…")] += 1
        return end

    def _order(self, order: dict[str, object]) -> tuple[str, str]:
        program = self._program
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(json.dumps(order) + "\n")
        program.stdin.flush()
        told: dict[str, str] = {}
        while "process" not in told:
            told |= json.loads(program.stdout.readline())
        assert told["process"] != "hung", "it did not end"
        end, words = told.get("end", "killed"), told.get("words", "")
        assert end != "mistake", words
        assert end != "error" or words, "an error without words"
        return end, words

    def look(self, end: str, before: int, versions: list[Version]) -> None:
        """Whether what is on the disk after a run is as it should be."""
        place = Place(self._target)
        bodies = [each.body for each in versions]
        if self._target.exists():
            assert self._target.read_bytes() in bodies, "what has the final name is no version of the file"
            assert end in ("whole", "killed"), f"there is a file, but it ended with {end}"
        assert end != "whole" or self._is_over(), "what is of use only before it is whole was left behind"
        for part in (place.part, place.newcomer):
            if part.version is not None and part.path.exists():
                self._look_at(part, versions)
        after = max(place.part.size, place.newcomer.size)
        assert self._target.exists() or after >= before, f"of {before} bytes {after} are left"

    @staticmethod
    def _look_at(part: Part, versions: list[Version]) -> None:
        """Whether the bytes of a part are those of the version that its journal names."""
        known, data = part.version, part.path.read_bytes()
        assert known is not None
        named = [each for each in versions if known.etag in (each.etag, None) and known.last_modified == each.date]
        fitting = named or versions
        spans = part.ranges.spans
        assert any(all(data[a:b] == each.body[a:b] for a, b in spans) for each in fitting), f"{part.path.name} is mixed"

    def _count(self, run: Run, end: str) -> None:
        self.ledger.ends[run.kind][end] += 1
        if end == "killed":
            self.ledger.kills["at a system call" if run.kill_call is not None else "at any moment"] += 1
