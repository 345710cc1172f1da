"""The threads of a program beside its home thread, by what is done on them.

Must not know the work.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass

from player.core.refreshing import FEEDS_AT_ONCE
from player.system.priority import lower_priority


@dataclass(frozen=True, slots=True)
class Threads:
    """Executors: what is long on one holds up nothing on the others."""

    jobs: Executor
    transfers: Executor
    asking: Executor
    reading: Executor
    writing: Executor
    searching: Executor
    safekeeping: Executor

    @classmethod
    def of(cls, one: Executor | None, writing: Executor | None) -> Threads:
        """Those that the program has; or `one` for all, but `writing`."""

        def some(count: int, name: str, begin: Callable[[], None] | None = None) -> Executor:
            return one or ThreadPoolExecutor(count, f"earmark-{name}", begin)

        return cls(
            jobs=some(8, "job"),
            transfers=some(16, "transfer"),
            asking=some(FEEDS_AT_ONCE, "feed"),
            reading=some(4, "outline"),
            writing=writing or ThreadPoolExecutor(1, "earmark-writer"),
            searching=some(1, "search"),
            safekeeping=some(1, "safekeeping", lower_priority),
        )
