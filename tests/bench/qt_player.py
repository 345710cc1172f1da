"""QMediaPlayer, Qt's own player, in a process of its own. Must not know who listens."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bench.players import PATIENCE, Source

_TESTS = Path(__file__).parents[1]


class QtPlayer:
    """A `bench.players.Player`, with Qt's FFmpeg back end, the one it has by default."""

    name = "QMediaPlayer"
    takes_streams = True

    def __init__(self, environment: Mapping[str, str]) -> None:
        mine = {"QT_QPA_PLATFORM": "offscreen", "QT_MEDIA_BACKEND": "ffmpeg", "PYTHONPATH": str(_TESTS)}
        self._environment = {**environment, **mine}

    def missing(self) -> str | None:
        """See `Player`."""
        return None

    def start(self, source: Source) -> None:
        """See `Player`."""
        self._program = subprocess.Popen(
            [sys.executable, "-m", "bench.qt_child", str(source)],
            env=self._environment,
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def seek(self, seconds: float) -> None:
        """See `Player`."""
        assert self._program.stdin is not None
        self._program.stdin.write(b"%d\n" % round(seconds * 1000))
        self._program.stdin.flush()

    def stop(self) -> None:
        """See `Player`. Waiting for a stream it may be deaf to its own end, so that it is killed then."""
        assert self._program.stdin is not None
        self._program.stdin.close()
        try:
            self._program.wait(PATIENCE / 4)
        except subprocess.TimeoutExpired:
            self._program.kill()
            self._program.wait(PATIENCE)

    def process(self) -> int:
        """See `Player`."""
        return self._program.pid
