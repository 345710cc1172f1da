"""The throttled server's process, and what it says it has sent. Must not know who asks it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

BYTES_PER_SECOND = 2_000_000
DELAY_SECONDS = 0.05

_TESTS = Path(__file__).parents[1]


class SlowLine:
    """`bench.throttle` with some files. A context manager."""

    def __init__(self, paths: Sequence[Path]) -> None:
        numbers = [str(BYTES_PER_SECOND), str(DELAY_SECONDS)]
        self._command = [sys.executable, "-m", "bench.throttle", *numbers, *map(str, paths)]

    def __enter__(self) -> SlowLine:
        pipe = subprocess.PIPE
        self._server = subprocess.Popen(self._command, cwd=_TESTS, stdin=pipe, stdout=pipe, text=True)
        self._port = int(self._read())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.communicate(timeout=20)

    def url(self, path: Path) -> str:
        """The address of a file."""
        return f"http://127.0.0.1:{self._port}/{path.name}"

    def counts(self) -> dict[str, int]:
        """The "bytes", "requests" and "connections" so far."""
        assert self._server.stdin is not None
        self._server.stdin.write("\n")
        self._server.stdin.flush()
        return dict(json.loads(self._read()))

    def _read(self) -> str:
        assert self._server.stdout is not None
        return self._server.stdout.readline()
