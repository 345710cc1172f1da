"""Small pictures that are whole, for tests that store them."""

from __future__ import annotations

import functools
import io
import struct
import zlib

import av


def png(width: int, height: int) -> bytes:
    """A black picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width + 1) * height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@functools.cache
def jpeg(width: int = 32, height: int = 16) -> bytes:
    """A picture as FFmpeg writes it."""
    file = io.BytesIO()
    with av.open(file, "w", format="mjpeg") as output:
        stream = output.add_stream("mjpeg", rate=1)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuvj420p"
        output.mux(stream.encode(av.VideoFrame(width, height, "yuvj420p")))
        output.mux(stream.encode(None))
    return file.getvalue()
