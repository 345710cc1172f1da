"""Another program on the desktop, from whose window something is dragged over another window, and let go there.

Run as `python dragging.py WHAT`, where WHAT is JSON: `{"urls": […], "text": …, "image": true}`, any of which may be
missing. Must not know over what it is dragged.
"""

from __future__ import annotations

import json
import sys
from typing import Any, Self

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.machine import Desktop
from desktop.other_program import OtherProgram

_SIDE = 40
"""Pixels; it shows in the corner of the screen, above all else."""


class Dragged(OtherProgram):
    """What is under the mouse from the beginning to the end of a drag."""

    def __init__(self, desktop: Desktop, *urls: str, text: str | None = None, is_image: bool = False) -> None:
        super().__init__(desktop, __file__, json.dumps({"urls": list(urls), "text": text, "image": is_image}))
        self._desktop = desktop

    def __enter__(self) -> Self:
        super().__enter__()
        self.hear("shown")
        self._desktop.run("xdotool", "mousemove", str(_SIDE // 2), str(_SIDE // 2), "mousedown", "1")
        self.hear("pressed")
        # Begun by the first move, it is told of by the next ones.
        self.over(_SIDE, _SIDE)
        self.hear("dragged")
        return self

    def over(self, x: int, y: int) -> None:
        """Drag it there, by way of a place nearby: who is dragged over hears of moves only."""
        for place in ((x - 5, y - 5), (x, y)):
            self._desktop.run("xdotool", "mousemove", *map(str, place))

    def drop(self) -> str:
        """Let it go: how it will be taken (`CopyAction`, or `IgnoreAction`: not at all).

        It can still be read then. Qt does not wait until the word of the drop has left: whoever ends the program before
        what the drop does is seen may have dropped nothing.
        """
        self._desktop.run("xdotool", "mouseup", "1")
        return self.line()


class _Source(QWidget):
    def __init__(self, what: dict[str, Any]) -> None:
        super().__init__()
        self._what = what
        self.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self.setGeometry(0, 0, _SIDE, _SIDE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        del event
        print("pressed", flush=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons():
            return
        drag = QDrag(self)
        drag.setMimeData(self._mime())
        print("dragged", flush=True)
        print(drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction).name, flush=True)

    def _mime(self) -> QMimeData:
        data = QMimeData()
        if self._what["urls"]:
            data.setUrls([QUrl(each) for each in self._what["urls"]])
        if self._what["text"] is not None:
            data.setText(self._what["text"])
        if self._what["image"]:
            data.setImageData(QImage(20, 20, QImage.Format.Format_RGB32))
        return data


def offer(what: dict[str, Any]) -> int:
    """Show a window from which `what` can be dragged, and stay."""
    application = QApplication([])
    source = _Source(what)
    source.show()
    application.processEvents()
    print("shown", flush=True)
    return application.exec()


if __name__ == "__main__":
    sys.exit(offer(json.loads(sys.argv[1])))
