"""What another program may ask about imports: that something is taken in, and that this is called off.

Must not know how it is asked (`app.control`), nor what is in the documents.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeAlias

from player.app.course import Course
from player.app.exchange import Exchange, Imported
from player.app.subscriptions import OpmlResult
from player.core.errors import NotFoundError

Message: TypeAlias = dict[str, Any]
ReplyTo: TypeAlias = Callable[[Message], None]
When: TypeAlias = Callable[[Future[Imported], ReplyTo, Callable[[Imported], Message]], None]

_KEPT = 8
"""Who calls off what has just come to its end is told how that was."""


class ImportRequests:
    """Answers requests about imports."""

    def __init__(self, exchange: Exchange, when: When) -> None:
        """`when` replies what a function makes of the result of a future, or why there is none."""
        self._exchange = exchange
        self._when = when
        self._begun: dict[str, tuple[Course, Future[Imported]]] = {}
        self.table = {"import": self._import, "call-off": self._call_off}

    def _import(self, request: Message, reply: ReplyTo) -> None:
        """Take in the document at the whole path `path`; it is called `name`. By a `ticket` it can be called off."""
        path, name, course = Path(str(request.get("path", ""))), str(request.get("name", "")), Course()
        future = self._exchange.import_file(path, name, course)
        if ticket := str(request.get("ticket", "")):
            over = [each for each, (_, begun) in self._begun.items() if begun.done()]
            for each in over[: 1 - _KEPT]:
                del self._begun[each]
            self._begun[ticket] = course, future
        self._when(future, reply, _reply)

    def _call_off(self, request: Message, reply: ReplyTo) -> None:
        """Call off what is imported with a `ticket`; replies how it ended."""
        ticket = str(request.get("ticket", ""))
        if ticket not in self._begun:
            raise NotFoundError("import", ticket)
        course, future = self._begun[ticket]
        course.is_cancelled = True
        self._when(future, reply, _reply)


def imported_facts(done: Imported) -> Message:
    """What programs are told of an import: counts, and sentences about what could not be added."""
    counts = {"added": len(done.added), "known": done.known}
    if isinstance(done, OpmlResult):
        return {**counts, "problems": [*done.problems]}
    called_off = {"called_off": True} if done.is_called_off else {}
    return {**counts, "episodes": done.episodes, "queued": done.queued, **called_off}


def _reply(done: Imported) -> Message:
    return {"ok": True, **imported_facts(done)}
