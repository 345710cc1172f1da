"""The one typed bus: services publish facts from any thread, handlers run on the home thread.

Must not know what any fact means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from player.app.home import Home
from player.core.events import Fact

F = TypeVar("F", bound=Fact)


class Bus:
    """Hands each fact to those who subscribed to its type, in the order in which they subscribed."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._handlers: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)
        self._is_closed = False

    def subscribe(self, kind: type[F], handler: Callable[[F], None]) -> Callable[[], None]:
        """Have `handler` called with each fact of type `kind`; the returned function ends that."""
        handlers = self._handlers[kind]
        handlers.append(handler)

        def unsubscribe() -> None:
            if handler in handlers:
                handlers.remove(handler)

        return unsubscribe

    def publish(self, fact: Fact) -> None:
        """Tell `fact` to all who want to know. From any thread; the handlers run on the home thread."""
        self._home.post(lambda: self._deliver(fact))

    def close(self) -> None:
        """Tell nothing any more, not even what is on its way: those who would hear of it have no library. At home."""
        self._is_closed = True

    def _deliver(self, fact: Fact) -> None:
        if self._is_closed:
            return
        for handler in list(self._handlers[type(fact)]):
            handler(fact)
