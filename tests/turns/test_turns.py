"""The scheduler with workers that are told and do nothing by themselves."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from turns import LANES, Turns

TURNS = ("beside", "listened", "alone")


def turn(name: str) -> int:
    return TURNS.index(name.rstrip("0123456789"))


@dataclass(eq=False)
class Worker:
    """Holds what it was given. As pytest-xdist does, it begins a test only when it knows what comes behind it."""

    held: list[int] = field(default_factory=list)
    shutting_down: bool = False

    def send_runtest_some(self, indices: Sequence[int]) -> None:
        self.held += indices

    def shutdown(self) -> None:
        self.shutting_down = True

    @property
    def can_run(self) -> bool:
        return len(self.held) > 1 or (self.shutting_down and bool(self.held))


class Run:
    """Workers and their scheduler; in which order they are through with a test is drawn."""

    def __init__(self, names: list[str], workers: int, seed: int) -> None:
        self.names = names
        self.turns = Turns(workers, lambda: {name: turn(name) for name in names if turn(name)})
        self.workers = [Worker() for _ in range(workers)]
        self.lanes = self.workers[:LANES]
        self.done: list[str] = []
        self.most_listened = 0
        self._random = random.Random(seed)
        for worker in self.workers:
            self.join(worker)
        self.turns.schedule()

    def join(self, worker: Worker) -> None:
        self.turns.add_node(worker)
        self.turns.add_node_collection(worker, self.names)

    def step(self) -> bool:
        """One worker runs a test or ends; False when there is nothing left to do."""
        if self.turns.tests_finished:
            for worker in self.workers:
                worker.shutdown()
        able = [worker for worker in self.workers if worker.can_run or worker.shutting_down]
        if not able:
            return False
        worker = self._random.choice(able)
        if not worker.can_run:
            self.workers.remove(worker)
            assert self.turns.remove_node(worker) is None
            return True
        name = self.names[worker.held[0]]
        running = [turn(self.names[each.held[0]]) for each in able if each.can_run]
        self.most_listened = max(self.most_listened, running.count(1))
        if turn(name) == 2:
            listening = [each for each in able if each.can_run and each is not worker and each in self.lanes]
            assert not listening, "only those run beside it that give way"
        self.done.append(name)
        test = worker.held.pop(0)
        self.turns.mark_test_complete(worker, test)
        return True


names = st.lists(st.sampled_from(TURNS), max_size=40).map(
    lambda kinds: [f"{kind}{number}" for number, kind in enumerate(kinds)]
)


@given(names=names, workers=st.integers(1, 4), seed=st.integers(0, 99))
def test_every_test_runs_once_and_in_its_turn(names: list[str], workers: int, seed: int) -> None:
    run = Run(names, workers, seed)
    while run.step():
        pass
    assert sorted(run.done) == sorted(names)
    turns = [turn(name) for name in run.done if turn(name)]
    assert turns == sorted(turns), "what is alone comes when nobody listens any more"
    assert run.most_listened <= LANES
    assert run.workers == []
    assert not run.turns.has_pending


@given(names=names.filter(lambda names: len(names) > 3), seed=st.integers(0, 99))
def test_what_a_crashed_worker_held_is_run_by_another(names: list[str], seed: int) -> None:
    run = Run(names, 2, seed)
    broken = run.workers[0]
    if not broken.held:
        return
    crashed = names[broken.held[0]]
    run.workers.remove(broken)
    assert run.turns.remove_node(broken) == crashed
    fresh = Worker()
    run.workers.append(fresh)
    run.join(fresh)
    run.turns.schedule()
    while run.step():
        pass
    assert sorted([*run.done, crashed]) == sorted(names)


def test_the_lowest_numbers_listen_whoever_comes_first() -> None:
    workers = [Worker() for _ in range(3)]
    tests = [f"test{number}" for number in range(6)]
    turns = Turns(3, lambda: dict.fromkeys(tests[:4], 1), workers[::-1].index)
    for worker in workers:
        turns.add_node(worker)
        turns.add_node_collection(worker, tests)
    turns.schedule()
    assert [[test for test in each.held if test < 4] for each in workers] == [[], [0, 1], [2, 3]]


def test_few_tests_are_shared() -> None:
    run = Run([f"beside{number}" for number in range(6)], 2, seed=1)
    assert [len(worker.held) for worker in run.workers] == [3, 2]


def test_two_listen_from_the_beginning_on_while_the_others_do_the_rest() -> None:
    run = Run([*(f"beside{number}" for number in range(9)), *(f"listened{number}" for number in range(6))], 4, seed=1)
    assert [{turn(run.names[test]) for test in worker.held} for worker in run.workers] == [{1}, {1}, {0}, {0}]


MARKED = """
import os, time
from pathlib import Path
import pytest

def note(name):
    with Path("said").open("a") as file:
        file.write(f"{name} {os.environ['PYTEST_XDIST_WORKER']}\\n")

@pytest.mark.parametrize("number", range(2))
@pytest.mark.alone
def test_alone(number):
    note("alone")

@pytest.mark.parametrize("number", range(6))
def test_beside(number):
    note("begins")
    time.sleep(0.05)
    note("ends")
"""


def test_what_is_marked_in_a_file_reaches_the_scheduler(tmp_path: Path) -> None:
    (tmp_path / "test_marked.py").write_text(MARKED, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = alone\n", encoding="utf-8")
    tests = Path(__file__).parents[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment |= {"PYTHONPATH": f"{tests}{os.pathsep}{tests.parent}", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-p", "xdist", "-p", "conftest", "-n", "2"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    said = [line.split() for line in (tmp_path / "said").read_text(encoding="utf-8").splitlines()]
    assert [what for what, _ in said[:2]] == ["alone", "alone"]
    assert len({worker for _, worker in said[:2]}) == 1
    assert len({worker for _, worker in said[2:]}) == 2
