"""`earmark tag`: chapters from anywhere, written into an audio file.

Must not know how they are read or written.
"""

from __future__ import annotations

import sys
from argparse import Namespace

from player.app.sentences import sentence
from player.app.tagging import tag_audio
from player.core.errors import KnownError, NoChaptersError

EXIT_NONE = 1
EXIT_KNOWN_ERROR = 3


def tag(options: Namespace) -> int:
    """Write, and say how many. 0 when they are written, 1 when there are none, 3 when it cannot be done."""
    try:
        done = tag_audio(options.audio, options.source, options.output, options.prefer)
    except NoChaptersError as error:
        print(f"earmark: {sentence(error)}", file=sys.stderr)
        return EXIT_NONE
    except KnownError as error:
        print(f"earmark: {sentence(error)}", file=sys.stderr)
        return EXIT_KNOWN_ERROR
    print(f"{done.path}: {done.count} chapter{'' if done.count == 1 else 's'}")
    if done.lost:
        print(f"earmark: This kind of file cannot keep {', '.join(done.lost)}.", file=sys.stderr)
    return 0
