"""A transcript as few bytes, the form in which the database holds it: it is read and written as a whole.

Must not know the database. JSON, compressed: an array for each segment, `[start, text, speaker, end]`, times in
milliseconds, without what its end would only say by default.
"""

from __future__ import annotations

import json
import zlib

from player.core.transcript import Segment, Transcript

_DEFAULTS = ("", None)


def pack_transcript(transcript: Transcript) -> bytes:
    """The bytes that hold a transcript."""
    rows = []
    for each in transcript.segments:
        row = [each.start, each.text, each.speaker, each.end]
        while len(row) > len(_DEFAULTS) and row[-1] == _DEFAULTS[len(row) - 1 - len(_DEFAULTS)]:
            row.pop()
        rows.append(row)
    # What no text can hold (halves of surrogate pairs) becomes a “?”.
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))


def unpack_transcript(packed: bytes) -> Transcript:
    """The transcript that `pack_transcript` was given."""
    return Transcript(tuple(Segment(*row) for row in json.loads(zlib.decompress(packed))))
