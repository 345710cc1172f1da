"""The order of the tests over the workers of pytest-xdist. Must not know what a worker is but that it is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol

_FEWEST = 3
_MOST = 8
_LISTENERS = 2
"""So many tests that are listened to run beside each other: they wait for sound most of the time."""


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

    `read_listened` gives the names of the tests that are listened to; it is called when the workers have collected.
    Tests are known by their index in the collection, which is the same in every worker.
    """

    def __init__(self, workers: int, read_listened: Callable[[], Collection[str]]) -> None:
        self._workers = workers
        self._read_listened = read_listened
        self._is_listened: Collection[str] = ()
        self._has_silence = False
        self._collections: dict[Worker, list[str]] = {}
        self._held: dict[Worker, list[int]] = {}
        self._names: list[str] = []
        self._beside: list[int] = []
        self._listened: list[int] = []

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
        return bool(self._beside or self._listened or any(self._held.values()))

    @property
    def tests_finished(self) -> bool:
        """Whether nothing is left to give: the last test of a worker begins when the worker is told to end."""
        is_given = self.collection_is_completed and not self._beside and not self._listened
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
            self._is_listened = self._read_listened()
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
            (self._listened if self._names[test] in self._is_listened else self._beside).append(test)

    def _give(self, worker: Worker) -> None:
        """Give a worker what it may run now, or tell it to end."""
        staying = [each for each in self.nodes if not each.shutting_down]
        if self._beside and worker in staying and len(self._held[worker]) < _FEWEST:
            self._send(worker, self._beside, min(_MOST, -(-len(self._beside) // len(self.nodes))))
        if self._beside or not staying:
            return
        listeners = staying[:_LISTENERS] if self._listened else []
        for each in staying[len(listeners) :]:
            each.shutdown()
        # A worker keeps its last test until it knows what comes behind it.
        is_done = all(len(held) < 2 for held in self._held.values())
        self._has_silence = self._has_silence or (is_done and len(self.nodes) == len(listeners))
        if self._has_silence:
            self._listen(listeners)

    def _listen(self, listeners: Sequence[Worker]) -> None:
        """Give those that listen the next tests, or tell them to end."""
        for each in listeners:
            while self._listened and len(self._held[each]) < 2:
                self._send(each, self._listened, 1)
        if not self._listened:
            for each in listeners:
                each.shutdown()

    def _send(self, worker: Worker, waiting: list[int], count: int) -> None:
        tests = waiting[:count]
        del waiting[:count]
        self._held[worker] += tests
        worker.send_runtest_some(tests)
