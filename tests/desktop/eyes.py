"""Runs the real program with a pair of eyes: a thread that tells what is where on the screen, as a screen reader does.

Started as `python eyes.py SOCKET ARGUMENT…`; what follows the socket is Earmark's own command line. A request is one
line of JSON, `{"name": …}`; the answer a list of `{"name", "role", "value", "x", "y", "width", "height"}`.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleValueInterface
from PySide6.QtWidgets import QApplication

from player.__main__ import run


def walk(found: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """All that is visible below an accessible thing, itself included."""
    if not found.isValid() or found.state().invisible:
        return
    yield found
    for index in range(found.childCount()):
        yield from walk(found.child(index))


def seen(wanted: str) -> list[dict[str, Any]]:
    """The visible things whose spoken name contains `wanted`."""
    # As with a screen reader there: else Qt does not tell accessible tables that their rows have changed.
    QAccessible.setActive(True)
    things = []
    for window in QApplication.topLevelWidgets():
        if not window.isVisible():
            continue
        for each in walk(QAccessible.queryAccessibleInterface(window)):
            name = each.text(QAccessible.Text.Name)
            if wanted in name:
                place = each.rect()
                values: QAccessibleValueInterface | None = each.valueInterface()
                things.append(
                    {
                        "name": name,
                        "role": each.role().name,
                        "value": str(values.currentValue())
                        if values is not None
                        else each.text(QAccessible.Text.Value),
                        "x": place.x(),
                        "y": place.y(),
                        "width": place.width(),
                        "height": place.height(),
                    }
                )
    return things


class Eyes(QObject):
    """Answers on the program's own thread, between its events."""

    asked = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.asked.connect(self._on_asked, Qt.ConnectionType.QueuedConnection)

    def _on_asked(self, wanted: str, answer: list[Any]) -> None:
        try:
            answer.append(seen(wanted))
        except Exception as error:  # noqa: BLE001 - told to the test, which fails by it
            answer.append([{"error": repr(error)}])
        event: threading.Event = answer[0]
        event.set()


def listen(path: str, eyes: Eyes) -> None:
    """Serve requests on a Unix socket."""
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen()
    while True:
        connection, _ = server.accept()
        with connection, connection.makefile("rw", encoding="utf-8") as stream:
            wanted = json.loads(stream.readline())["name"]
            answer: list[Any] = [threading.Event()]
            eyes.asked.emit(wanted, answer)
            answer[0].wait(20)
            stream.write(json.dumps(answer[1] if len(answer) > 1 else []) + "\n")


if __name__ == "__main__":
    threading.Thread(target=listen, args=(sys.argv.pop(1), Eyes()), daemon=True).start()
    run()
