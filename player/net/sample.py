"""`sample://` addresses: the built-in sample's folder, served as a web server would serve it.

Must not know what the sample is. It goes the way of every other podcast: fetched, downloaded, resumed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import httpx

_CHUNK = 64 * 1024
_TYPES = {
    ".xml": "application/rss+xml",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".m4a": "audio/mp4",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
_RANGE = re.compile(r"bytes=(\d+)-(\d*)")


class SampleTransport(httpx.BaseTransport):
    """Serves files of one folder, with ETag, If-None-Match, Range and If-Range; the host of an address is ignored."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request: 200, 206, 304, 404 or 416."""
        path = (self._folder / unquote(request.url.path).lstrip("/")).resolve()
        if self._folder not in path.parents or not path.is_file():
            return httpx.Response(404)
        facts = path.stat()
        etag = f'"{facts.st_size:x}-{facts.st_mtime_ns:x}"'
        headers = {
            "ETag": etag,
            "Accept-Ranges": "bytes",
            "Content-Type": _TYPES.get(path.suffix.lower(), "application/octet-stream"),
        }
        if request.headers.get("If-None-Match") == etag:
            return httpx.Response(304, headers=headers)
        size = facts.st_size
        wanted = _RANGE.fullmatch(request.headers.get("Range", ""))
        if wanted is None or request.headers.get("If-Range", etag) != etag:
            return httpx.Response(200, headers={**headers, "Content-Length": str(size)}, stream=_Part(path, 0, size))
        first = int(wanted[1])
        last = min(int(wanted[2] or size - 1), size - 1)
        if first > last:
            return httpx.Response(416, headers={"Content-Range": f"bytes */{size}"})
        headers |= {"Content-Range": f"bytes {first}-{last}/{size}", "Content-Length": str(last + 1 - first)}
        return httpx.Response(206, headers=headers, stream=_Part(path, first, last + 1))


class _Part(httpx.SyncByteStream):
    """The bytes of a file from `first` up to, not including, `end`."""

    def __init__(self, path: Path, first: int, end: int) -> None:
        self._path = path
        self._first = first
        self._end = end

    def __iter__(self) -> Iterator[bytes]:
        with self._path.open("rb") as file:
            file.seek(self._first)
            left = self._end - self._first
            while left > 0 and (chunk := file.read(min(_CHUNK, left))):
                left -= len(chunk)
                yield chunk
