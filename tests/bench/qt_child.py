"""Plays with QMediaPlayer what the command line names, and jumps where lines on standard input say, in milliseconds.

Run as `python -m bench.qt_child FILE-OR-ADDRESS`. Must not know who listens.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QSocketNotifier, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer


def main() -> int:
    """Play until standard input ends."""
    app = QGuiApplication(sys.argv)
    player = QMediaPlayer()
    output = QAudioOutput()
    player.setAudioOutput(output)
    player.setSource(QUrl.fromUserInput(sys.argv[1]))
    player.play()

    def on_line() -> None:
        line = sys.stdin.buffer.readline()
        if line:
            player.setPosition(int(line))
        else:
            app.quit()

    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(on_line)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
