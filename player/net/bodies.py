"""The body of an answer as bytes of the file, read fast, and unpacked where the server packed it.

Must not know which bytes of the file they are.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from itertools import chain

import httpcore
import httpx

from player.core.errors import NotAudioError
from player.core.recognition import LOOK_AT, Kind, recognise

CHUNK = 256 * 1024
"""So many bytes are taken from a connection at once, if they are there."""
_PACKED = ("gzip", "x-gzip", "deflate")
_ENOUGH_TO_JUDGE = 4096
_NO_AUDIO = (Kind.EMPTY, Kind.PAGE, Kind.JSON, Kind.XML, Kind.TEXT, Kind.PICTURE, Kind.PDF, Kind.ARCHIVE)


def read_body(response: httpx.Response, size: int | None) -> Iterator[bytes]:
    """The bytes as they were sent, `size` at most. Raises httpx.HTTPError, httpx.StreamError.

    The client's parser copies each byte several times over, in small pieces. It need not see those of a body that is
    nothing but so many bytes (none is in HTTP/2): it hands over what came with the head, and the rest is taken past it.
    """
    stream = response.iter_raw()
    left = size
    connection: httpcore.NetworkStream | None = response.extensions.get("network_stream")
    is_plain = response.headers.get("Content-Length") == str(size) and response.http_version != "HTTP/2"
    timeout = response.request.extensions.get("timeout", {}).get("read")
    for chunk in stream:
        yield chunk if left is None else chunk[:left]
        left = None if left is None else left - len(chunk)
        if left is not None and left <= 0:
            return
        while is_plain and connection is not None and left:
            more = _read(connection, min(left, CHUNK), timeout)
            if not more:
                raise httpx.RemoteProtocolError("the body is incomplete")
            yield more
            left -= len(more)


def judged(chunks: Iterator[bytes], url: str, is_over: Callable[[], bool]) -> Iterator[bytes]:
    """The same bytes, once their beginning is no page, picture or archive. Raises NotAudioError of `url`.

    Nothing is judged by where it was broken off: `is_over`.
    """
    head = bytearray()
    for chunk in chunks:
        head += chunk
        if len(head) >= _ENOUGH_TO_JUDGE:
            break
    if recognise(bytes(head)).kind in _NO_AUDIO and not is_over():
        for chunk in chunks:
            head += chunk
            if len(head) >= LOOK_AT:
                break
        raise NotAudioError(url, recognise(bytes(head)).phrase)
    return chain((bytes(head),), chunks)


def unpack(response: httpx.Response) -> Iterator[bytes]:
    """The bytes of a packed body. Raises httpx.HTTPError, httpx.StreamError, also where its end is missing.

    httpx would take what it cannot unpack for what is not packed, and a body that was cut off for a whole one.
    """
    coding = response.headers["Content-Encoding"].strip().lower()
    if coding not in _PACKED:
        raise httpx.DecodingError(f"packed as {coding}")
    unpacker = None
    for packed in response.iter_raw():
        data = packed
        is_more = bool(data)
        while is_more:
            # What was packed in several pieces is those pieces one after another.
            if unpacker is None or unpacker.eof:
                unpacker = zlib.decompressobj(_window(coding, data))
            try:
                chunk = unpacker.decompress(data, CHUNK)
            except zlib.error as error:
                raise httpx.DecodingError(str(error)) from error
            yield chunk
            data = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            is_more = bool(data) or (not unpacker.eof and len(chunk) == CHUNK)
    if unpacker is not None and not unpacker.eof:
        raise httpx.RemoteProtocolError("the body is incomplete")


def _window(coding: str, head: bytes) -> int:
    """How zlib is to begin: "deflate" means data with a head (RFC 1950), but some servers send it without."""
    if coding == "deflate" and (head[0] & 0x0F != 8 or int.from_bytes(head[:2]) % 31):
        return -zlib.MAX_WBITS
    return zlib.MAX_WBITS | 32


def _read(connection: httpcore.NetworkStream, most: int, timeout: float | None) -> bytes:
    try:
        return connection.read(most, timeout)
    except httpcore.TimeoutException as error:
        raise httpx.ReadTimeout(str(error)) from error
    except httpcore.NetworkError as error:
        raise httpx.ReadError(str(error)) from error
