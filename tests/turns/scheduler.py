"""The order of the tests over the workers of pytest-xdist. Must not know what a worker is but that it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

_FEWEST = 3
_MOST = 8
_BESIDE, _LISTENED, _ALONE = range(3)
LANES = 2
"""How many workers, the first ones, run what is listened to."""


class Worker(Protocol):
    """What is told to a worker. It begins a test when it knows the next one, or that there is none."""

    @property
    def shutting_down(self) -> bool:
        """Whether it was told to end after what it holds."""

    def send_runtest_some(self, indices: Sequence[int]) -> None:
        """Run these tests after those it holds."""

    def shutdown(self) -> None:
        """End after the tests it holds."""


class Turns:
    """Implements `xdist.scheduler.protocol.Scheduling` for so many workers.

    `read_turns` gives the names of the tests that are listened to (1), and of those that run alone (2); it is called
    when the workers have collected. Tests are known by their index in the collection, the same in every worker.
    `number` gives the number of a worker: the lowest are the lanes, in whichever order they come.
    """

    def __init__(
        self, workers: int, read_turns: Callable[[], Mapping[str, int]], number: Callable[[Any], int] = lambda _: 0
    ) -> None:
        self._workers = workers
        self._number = number
        self._read_turns = read_turns
        self._turns: Mapping[str, int] = {}
        self._collections: dict[Worker, list[str]] = {}
        self._held: dict[Worker, list[int]] = {}
        self._names: list[str] = []
        self._waiting: tuple[list[int], list[int], list[int]] = ([], [], [])

    @property
    def nodes(self) -> list[Worker]:
        """The workers that are there."""
        return list(self._held)

    @property
    def collection_is_completed(self) -> bool:
        """Whether as many workers as there shall be have collected."""
        return len(self._collections) >= self._workers

    @property
    def has_pending(self) -> bool:
        """Whether tests wait or run."""
        return any(self._waiting) or any(self._held.values())

    @property
    def tests_finished(self) -> bool:
        """Whether nothing is left to give: the last test of a worker begins when the worker is told to end."""
        is_given = self.collection_is_completed and not any(self._waiting) and not self._is_alone_due
        return is_given and all(len(held) < 2 for held in self._held.values())

    def add_node(self, node: Worker) -> None:
        """A worker has started."""
        self._held[node] = []

    def add_node_collection(self, node: Worker, collection: Sequence[str]) -> None:
        """A worker has found these tests."""
        self._collections[node] = list(collection)

    def schedule(self) -> None:
        """Begin; or, when another worker has come in place of one that crashed, go on."""
        if not self._names:
            self._names = next(iter(self._collections.values()))
            self._turns = self._read_turns()
            self._wait_for_turn(range(len(self._names)))
        for names in self._collections.values():
            odd = sorted({*names} ^ {*self._names})
            assert names == self._names, f"the workers have found different tests, or in another order: {odd[:4]}"
        self._give_all()

    def mark_test_complete(self, node: Worker, item_index: int, duration: float = 0) -> None:
        """A worker has run a test."""
        self._held[node].remove(item_index)
        self._give_all()

    def mark_test_pending(self, item: str) -> None:
        """A test shall run again."""
        self._wait_for_turn([self._names.index(item)])
        self.schedule()

    def remove_pending_tests_from_node(self, node: Worker, indices: Sequence[int]) -> None:
        """Nothing is ever taken back from a worker."""
        raise NotImplementedError

    def remove_node(self, node: Worker) -> str | None:
        """A worker has ended; the name of the test that it crashed in, if it did. What it held goes to the others."""
        held = self._held.pop(node)
        self._wait_for_turn(held[1:])
        self._give_all()
        return self._names[held[0]] if held else None

    def _wait_for_turn(self, tests: Iterable[int]) -> None:
        for test in tests:
            self._waiting[self._turn_of(test)].append(test)

    def _turn_of(self, test: int) -> int:
        return self._turns.get(self._names[test], _BESIDE)

    @property
    def _is_alone_due(self) -> bool:
        """Whether some of what runs alone waits, or is held."""
        return bool(self._waiting[_ALONE]) or any(self._holds(each, _ALONE) for each in self.nodes)

    def _holds(self, worker: Worker, turn: int) -> bool:
        return any(self._turn_of(test) == turn for test in self._held[worker])

    def _give_all(self) -> None:
        """Give every worker what it may run now, or tell it to end."""
        for worker in self.nodes:
            staying = (each for each in self.nodes if not each.shutting_down)
            lanes = sorted(staying, key=self._number)[:LANES]
            if worker in lanes:
                self._give_lane(worker, lanes)
            elif not worker.shutting_down:
                self._give_rest(worker)

    def _give_lane(self, worker: Worker, lanes: Sequence[Worker]) -> None:
        """To one that listens: what is listened to, then, to the first, what is alone, and at last of the rest."""
        _, listened, _ = self._waiting
        self._keep_going(worker, listened)
        if listened:
            return
        if not self._is_alone_due:
            self._give_rest(worker)
        elif worker is lanes[0]:
            self._give_alone(worker, lanes[1:])
        elif [self._turn_of(test) for test in self._held[worker]] == [_LISTENED]:
            self._push(worker)

    def _give_alone(self, worker: Worker, lanes: Sequence[Worker]) -> None:
        """Have a worker run what is alone, when nobody listens any more and the other lanes wait."""
        alone = self._waiting[_ALONE]
        others = [each for each in self.nodes if each is not worker]
        is_listened = any(self._holds(each, _LISTENED) or self._holds(each, _ALONE) for each in others)
        if not is_listened and all(len(self._held[each]) < 2 for each in lanes):
            self._keep_going(worker, alone)
            if not alone and len(self._held[worker]) < 2:
                self._push(worker)
        elif len(alone) > 1 and len(self._held[worker]) == 1 and not self._holds(worker, _ALONE):
            self._send(worker, alone, 1)

    def _give_rest(self, worker: Worker) -> None:
        beside = self._waiting[_BESIDE]
        if not beside:
            worker.shutdown()
        elif len(self._held[worker]) < _FEWEST:
            self._send(worker, beside, min(_MOST, -(-len(beside) // len(self.nodes))))

    def _push(self, worker: Worker) -> None:
        """Have a worker run the one test that it holds, by another one behind it, or by its end."""
        if self._waiting[_BESIDE]:
            self._send(worker, self._waiting[_BESIDE], 1)
        else:
            worker.shutdown()

    def _keep_going(self, worker: Worker, waiting: list[int]) -> None:
        """Have a worker hold two tests, if so many wait: it begins one when it knows what comes behind it."""
        while waiting and len(self._held[worker]) < 2:
            self._send(worker, waiting, 1)

    def _send(self, worker: Worker, waiting: list[int], count: int) -> None:
        tests = waiting[:count]
        del waiting[:count]
        self._held[worker] += tests
        worker.send_runtest_some(tests)
