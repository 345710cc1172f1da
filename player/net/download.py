"""Downloads: one file from its address to its place on the disk, through breaks, kills and servers that change it.

Must not know what an episode is, who asked for it, or what is in the audio.
"""

from __future__ import annotations

import re
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from itertools import chain
from pathlib import Path

import httpx

from player.core.errors import DownloadError, FileError, NetworkError, NotAudioError
from player.core.recognition import LOOK_AT, Kind, recognise
from player.net.client import check_status, network_errors, reason_of
from player.net.journal import Part, Place, Version, disk_errors

_ENOUGH_TO_JUDGE = 4096
_CANCEL_SECONDS = 0.2
_NO_AUDIO = (Kind.EMPTY, Kind.PAGE, Kind.JSON, Kind.XML, Kind.TEXT, Kind.PICTURE, Kind.PDF, Kind.ARCHIVE)
_CONTENT_RANGE = re.compile(r"bytes\s+(?:(\d+)-(\d+)|\*)/(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that is whole. `size` in bytes; the rest is what the server said of it."""

    size: int
    etag: str | None
    last_modified: str | None
    media_type: str | None


class _Plan(Enum):
    """What an answer is good for."""

    CONTINUE = auto()
    BEGIN = auto()
    COMPLETE = auto()
    ASK_FOR_ALL = auto()


def fetch_file(
    client: httpx.Client,
    url: str,
    target: Path,
    *,
    on_progress: Callable[[int, int | None], None],
    is_cancelled: Callable[[], bool],
) -> Downloaded | None:
    """Fetch `url` to `target`; None when it was cancelled. `target` exists only when it is whole.

    What has come stays beside `target` (see `player.net.journal`), and the next call goes on with it, also in another
    run of the program, but only if the server says that the file is still the same; otherwise it starts anew, and what
    there is is kept until the new version is further. `on_progress(received, total)` is called for every chunk,
    `is_cancelled` often, also while a server is silent. Raises NetworkError, HttpStatusError, NotAudioError (a web
    page came, or another thing that is no audio), DownloadError (it broke off), FileError (the disk).
    """
    return _Transfer(client, url, Place(target), on_progress, is_cancelled).run()


def delete_download(target: Path) -> None:
    """Delete a downloaded file, or what has come of it. Raises FileError."""
    with disk_errors(target):
        target.unlink(missing_ok=True)
        Place(target).clean()


class _Transfer:
    """One run of `fetch_file`."""

    def __init__(
        self,
        client: httpx.Client,
        url: str,
        place: Place,
        on_progress: Callable[[int, int | None], None],
        is_cancelled: Callable[[], bool],
    ) -> None:
        self._client = client
        self._url = url
        self._place = place
        self._on_progress = on_progress
        self._is_cancelled = is_cancelled

    def run(self) -> Downloaded | None:
        place = self._place
        with disk_errors(place.target):
            place.target.parent.mkdir(parents=True, exist_ok=True)
            place.settle()
            done = place.finished()
            if done is not None:
                place.clean()
                return self._downloaded(done)
        try:
            part = self._fetch(place.current())
            if part is None:
                return None
            version = part.version or Version(self._url)
            with disk_errors(place.target):
                place.finish(part)
                return self._downloaded(version)
        finally:
            with disk_errors(place.target):
                place.settle()

    def _fetch(self, part: Part) -> Part | None:
        """The part that is whole, or None when cancelled."""
        version = part.version
        can_resume = version is not None and version.url == self._url
        if version is not None and can_resume and part.size and part.size == version.total:
            return part
        start = part.size if version is not None and can_resume and version.validator else 0
        while not self._is_cancelled():
            with self._ask(start, version) as response:
                plan = _plan(response, start, version, self._url)
                if plan is _Plan.COMPLETE:
                    return part
                if plan is _Plan.ASK_FOR_ALL:
                    start = 0
                    continue
                chunks = self._chunks(response)
                if plan is _Plan.BEGIN:
                    chunks = self._judged(chunks)
                    part, start = self._begun(response), 0
                    version = part.version
                total = (version.total if version else None) or _whole_size(response)
                received = self._receive(part, chunks, start, total)
            if received is None:
                return None
            if total is None or received == total:
                return part
            # A server may answer a range with less than was asked for; what it promised has come, or `_receive` raises.
            if plan is _Plan.BEGIN or received == start:
                raise DownloadError(self._url, f"it ended after {_amount(received)} of {_amount(total)}")
            start = received
        return None

    @contextmanager
    def _ask(self, start: int, version: Version | None) -> Iterator[httpx.Response]:
        headers = {
            "Accept": "audio/*, video/*;q=0.9, */*;q=0.5",
            # Ranges of a compressed body are ranges of nothing that could be kept.
            "Accept-Encoding": "identity",
            # The connection is this transfer's alone, so that cutting it hits no other request.
            "Connection": "close",
        }
        if start and version is not None and version.validator is not None:
            headers |= {"Range": f"bytes={start}-", "If-Range": version.validator}
        with network_errors(self._url):
            request = self._client.build_request("GET", self._url, headers=headers)
            response = self._client.send(request, stream=True)
        try:
            with _cut_when(self._is_cancelled, response):
                yield response
        finally:
            response.close()

    def _chunks(self, response: httpx.Response) -> Iterator[bytes]:
        """The bytes of an answer. Raises NetworkError; ends early when cancelled."""
        stream = response.iter_bytes() if _is_encoded(response) else response.iter_raw()
        try:
            for chunk in stream:
                if self._is_cancelled():
                    return
                yield chunk
        except (httpx.HTTPError, httpx.StreamError) as error:
            if not self._is_cancelled():
                raise NetworkError(self._url, reason_of(error)) from error

    def _judged(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The same bytes, once their beginning is no page, picture or archive. Raises NotAudioError."""
        head = bytearray()
        for chunk in chunks:
            head += chunk
            if len(head) >= _ENOUGH_TO_JUDGE:
                break
        found = recognise(bytes(head))
        if found.kind in _NO_AUDIO and not self._is_cancelled():
            for chunk in chunks:
                head += chunk
                if len(head) >= LOOK_AT:
                    break
            raise NotAudioError(self._url, str(recognise(bytes(head))))
        return chain((bytes(head),), chunks)

    def _begun(self, response: httpx.Response) -> Part:
        """An empty part for a version that starts anew."""
        given = response.headers
        length = given.get("Content-Length", "")
        encoded = _is_encoded(response)
        version = Version(
            self._url,
            None if encoded else given.get("ETag"),
            None if encoded else given.get("Last-Modified"),
            int(length) if length.isdecimal() and not encoded else None,
            given.get("Content-Type"),
        )
        part = self._place.beginning()
        with disk_errors(self._place.target):
            free = shutil.disk_usage(self._place.target.parent).free
            if version.total is not None and version.total > free:
                reason = f"the disk has room for {_amount(free)}, but {_amount(version.total)} are needed"
                raise FileError(str(self._place.target.parent), reason)
            part.begin(version)
        return part

    def _receive(self, part: Part, chunks: Iterator[bytes], start: int, total: int | None) -> int | None:
        """Append what comes to the part. How many bytes are there then, or None when cancelled."""
        received = start
        self._on_progress(received, total)
        try:
            with disk_errors(self._place.target), part.path.open("ab") as file:
                for chunk in chunks:
                    file.write(chunk)
                    received += len(chunk)
                    self._on_progress(received, total)
        except NetworkError as error:
            of_total = f" of {_amount(total)}" if total else ""
            raise DownloadError(self._url, f"{error.reason}, after {_amount(received)}{of_total}") from error
        return None if self._is_cancelled() and received != total else received

    def _downloaded(self, version: Version) -> Downloaded:
        size = self._place.target.stat().st_size
        return Downloaded(size, version.etag, version.last_modified, version.media_type)


def _plan(response: httpx.Response, start: int, version: Version | None, url: str) -> _Plan:
    """What to do with an answer to a request for the bytes from `start` on (0: for all). Raises HttpStatusError."""
    status = response.status_code
    if status == httpx.codes.PARTIAL_CONTENT:
        if not start:
            raise DownloadError(url, "the server sent a piece of the file in place of all of it")
        return _Plan.CONTINUE if _continues(response, start, version) else _Plan.ASK_FOR_ALL
    if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE and start:
        found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
        is_whole = found is not None and found[3] == str(start) and version is not None and version.total is None
        return _Plan.COMPLETE if is_whole else _Plan.ASK_FOR_ALL
    check_status(response, url)
    return _Plan.BEGIN


def _continues(response: httpx.Response, start: int, version: Version | None) -> bool:
    """Whether a 206 is what was asked for: the bytes from `start` on, of the same version."""
    found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    if found is None or found[1] is None or version is None or int(found[1]) != start or _is_encoded(response):
        return False
    total = None if found[3] == "*" else int(found[3])
    if total is not None and version.total is not None and total != version.total:
        return False
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) != int(found[2]) - start + 1:
        return False
    etag = response.headers.get("ETag")
    return etag is None or version.etag is None or etag == version.etag


def _whole_size(response: httpx.Response) -> int | None:
    """What a 206 says of the size of the whole file, or None."""
    found = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
    return int(found[3]) if found is not None and found[3] != "*" else None


def _is_encoded(response: httpx.Response) -> bool:
    return response.headers.get("Content-Encoding", "identity").lower() not in ("", "identity")


def _amount(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.1f} kB" if size >= 1000 else f"{size} bytes"


@contextmanager
def _cut_when(is_cancelled: Callable[[], bool], response: httpx.Response) -> Iterator[None]:
    """Shut the connection down as soon as the transfer is cancelled, so that a silent server does not hold it up."""
    stream = response.extensions.get("network_stream")
    connection = stream.get_extra_info("socket") if stream is not None else None
    if not isinstance(connection, socket.socket):
        yield
        return
    done = threading.Event()

    def watch() -> None:
        while not done.wait(_CANCEL_SECONDS):
            if is_cancelled():
                # The plain method: that of an SSL socket takes the TLS state away under the reading thread.
                try:
                    socket.socket.shutdown(connection, socket.SHUT_RDWR)
                except OSError:
                    return
                return

    watcher = threading.Thread(target=watch, name="cut cancelled download", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
