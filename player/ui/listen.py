"""Ties a widget to facts on the bus for as long as the widget lives.

Must not know what the facts mean.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from player.app.bus import Bus
from player.core.events import Fact

F = TypeVar("F", bound=Fact)


def listen(owner: QObject, bus: Bus, kind: type[F], handler: Callable[[F], None]) -> None:
    """Have `handler` called with each fact of type `kind` until `owner` is destroyed."""
    unsubscribe = bus.subscribe(kind, handler)
    owner.destroyed.connect(unsubscribe)
