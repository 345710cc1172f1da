"""A web server behind a slow line, in a process of its own: so many bytes a second in all, and the delay of a long way.

Run as `python -m bench.throttle RATE DELAY FILE…`: bytes a second, seconds there and back. It serves each file under
its name with ranges, ETag, Last-Modified and connections that stay open, prints its port, and for every line on
standard input what it has sent so far. Must not know who asks.
"""

from __future__ import annotations

import asyncio
import json
import mimetypes
import socket
import sys
from email.utils import formatdate
from pathlib import Path
from urllib.parse import unquote

from webserver import Route
from webserver.routes import Answer, answer_to

_SLICE = 8 * 1024
_SOCKET_BUFFER = 32 * 1024
_NOTHING = Route(b"", "text/plain", status=404)


class Line:
    """The line that all connections share: `rate` bytes a second, one slice after another."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._free_at = 0.0

    async def pass_on(self, size: int) -> None:
        """Wait until so many bytes have gone through."""
        now = asyncio.get_running_loop().time()
        self._free_at = max(self._free_at, now) + size / self._rate
        await asyncio.sleep(self._free_at - now)


class SlowServer:
    """Serves files; counts what it sends. `delay` is the time of a way there and back, in seconds."""

    def __init__(self, files: dict[str, Path], rate: float, delay: float) -> None:
        self._routes = {f"/{name}": _route(path) for name, path in files.items()}
        self._line = Line(rate)
        self._delay = delay
        self.counts = {"bytes": 0, "requests": 0, "connections": 0}

    async def start(self) -> int:
        """Listen on a free port of 127.0.0.1; the port."""
        listening = socket.create_server(("127.0.0.1", 0))
        # What lies in the socket's buffer counts as sent, though a client that jumps away never reads it.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SOCKET_BUFFER)
        await asyncio.start_server(self._serve, sock=listening)
        return int(listening.getsockname()[1])

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.counts["connections"] += 1
        writer.transport.set_write_buffer_limits(0)
        try:
            await asyncio.sleep(self._delay)
            while head := await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(self._delay)
                await self._answer(head.decode("latin-1"), writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            writer.transport.abort()
        finally:
            writer.close()

    async def _answer(self, head: str, writer: asyncio.StreamWriter) -> None:
        self.counts["requests"] += 1
        first, *lines = head.split("\r\n")
        method, target, _ = first.split(" ")
        asked = {name.title(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        route = self._routes.get(unquote(target), _NOTHING)
        answer = answer_to(route, asked)
        writer.write(_head(answer))
        await writer.drain()
        if method == "GET" and isinstance(route.body, Path):
            with route.body.open("rb") as file:
                file.seek(answer.first)
                for at in range(answer.first, answer.end, _SLICE):
                    piece = file.read(min(_SLICE, answer.end - at))
                    await self._line.pass_on(len(piece))
                    writer.write(piece)
                    await writer.drain()
                    self.counts["bytes"] += len(piece)


def _route(path: Path) -> Route:
    changed = path.stat().st_mtime
    return Route(
        path,
        mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        etag=f'"{path.stat().st_size:x}-{int(changed):x}"',
        last_modified=formatdate(changed, usegmt=True),
        headers={"Accept-Ranges": "bytes"},
    )


def _head(answer: Answer) -> bytes:
    headers = {**answer.headers, "Content-Length": str(answer.end - answer.first), "Connection": "keep-alive"}
    lines = [f"HTTP/1.1 {answer.status} -", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1")


async def main(rate: float, delay: float, paths: list[Path]) -> None:
    """Serve until standard input ends."""
    server = SlowServer({path.name: path for path in paths}, rate, delay)
    print(await server.start(), flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps(server.counts), flush=True)


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]), float(sys.argv[2]), [Path(each) for each in sys.argv[3:]]))
