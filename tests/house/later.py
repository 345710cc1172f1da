"""An executor that does its work when the test wants it: what a busy thread does, without waiting for one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from player.app.jobs import InlineExecutor


class LaterExecutor(Executor):
    """Keeps what is submitted until `run`; while it `is_inline`, nothing."""

    def __init__(self, *, is_inline: bool = False) -> None:
        self.kept: list[Callable[[], None]] = []
        self.is_inline = is_inline

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Keep the call, and let its future be done when it ran."""
        if self.is_inline:
            return InlineExecutor().submit(fn, *args, **kwargs)
        future: Future[Any] = Future()

        def work() -> None:
            try:
                future.set_result(fn(*args, **kwargs))
            except Exception as error:  # noqa: BLE001 - the future carries it, as in a pool
                future.set_exception(error)

        self.kept.append(work)
        return future

    def run(self) -> None:
        """Run the oldest."""
        self.kept.pop(0)()
