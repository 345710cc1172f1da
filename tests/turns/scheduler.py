"""The order of the tests over the workers of pytest-xdist. Must not know what a worker is but that it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

_FEWEST = 3
_MOST = 8
WIDTHS = (None, 2, 1)
"""How many workers each turn has, the first one all: what is listened to waits for sound most of the time."""


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

    `read_turns` gives the names of the tests that run in a later turn than the first, each with its turn (an index of
    `WIDTHS`); it is called when the workers have collected. Tests are known by their index in the collection, which is
    the same in every worker.
    """

    def __init__(self, workers: int, read_turns: Callable[[], Mapping[str, int]]) -> None:
        self._workers = workers
        self._read_turns = read_turns
        self._turns: Mapping[str, int] = {}
        self._collections: dict[Worker, list[str]] = {}
        self._held: dict[Worker, list[int]] = {}
        self._names: list[str] = []
        self._waiting: tuple[list[int], ...] = tuple([] for _ in WIDTHS)

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
        is_given = self.collection_is_completed and not any(self._waiting)
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
        for worker in self.nodes:
            self._give(worker)

    def mark_test_complete(self, node: Worker, item_index: int, duration: float = 0) -> None:
        """A worker has run a test."""
        self._held[node].remove(item_index)
        self._give(node)

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
        for worker in self.nodes:
            self._give(worker)
        return self._names[held[0]] if held else None

    def _wait_for_turn(self, tests: Iterable[int]) -> None:
        for test in tests:
            self._waiting[self._turn_of(test)].append(test)

    def _turn_of(self, test: int) -> int:
        return self._turns.get(self._names[test], 0)

    def _give(self, worker: Worker) -> None:
        """Give a worker what it may run now, or tell workers to end."""
        staying = [each for each in self.nodes if not each.shutting_down]
        beside = self._waiting[0]
        if beside and worker in staying and len(self._held[worker]) < _FEWEST:
            self._send(worker, beside, min(_MOST, -(-len(beside) // len(self.nodes))))
        if beside or not staying:
            return
        turn = next((number for number, tests in enumerate(self._waiting) if tests), None)
        if turn is None:
            self._end(staying)
            return
        lanes = staying[: WIDTHS[turn]]
        self._end(staying[len(lanes) :])
        # A worker keeps its last test until it knows what comes behind it.
        is_begun = all(sum(self._turn_of(test) < turn for test in held) < 2 for held in self._held.values())
        if is_begun and len(self.nodes) == len(lanes):
            self._let_run(lanes, self._waiting[turn])

    def _let_run(self, lanes: Sequence[Worker], waiting: list[int]) -> None:
        """Give each lane the next tests of a turn; after the last one the next turn begins."""
        for each in lanes:
            while waiting and len(self._held[each]) < 2:
                self._send(each, waiting, 1)
        if not waiting:
            self._give(lanes[0])

    @staticmethod
    def _end(workers: Iterable[Worker]) -> None:
        for each in workers:
            each.shutdown()

    def _send(self, worker: Worker, waiting: list[int], count: int) -> None:
        tests = waiting[:count]
        del waiting[:count]
        self._held[worker] += tests
        worker.send_runtest_some(tests)
