"""The command `earmark`: reads the command line and hands over to the window or to a command."""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from collections.abc import Sequence

from player.app.sentences import sentence
from player.cli.arguments import parse
from player.core.errors import KnownError

EXIT_KNOWN_ERROR = 3
EXIT_INTERRUPTED = 130

GARBAGE_AFTER = 50_000
"""So many new objects, instead of 2000, before Python looks for garbage that refers to itself: nearly all that a start
makes stays, and looking through it again and again takes a seventh of the start."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 done, 1 nothing found, 2 wrong use, 3 a known error, 130 Ctrl+C."""
    gc.set_threshold(GARBAGE_AFTER)
    options = parse(sys.argv[1:] if arguments is None else arguments)
    try:
        if options.run is not None:
            status = int(options.run(options))
            # Here, not at the end of the process, where nobody could answer for a pipe that is closed.
            sys.stdout.flush()
            return status
        # Imported here: it needs Qt, and most commands do not.
        from player.window import open_window

        return open_window(options)
    except KnownError as error:
        print(f"earmark: {sentence(error)}", file=sys.stderr)
        return EXIT_KNOWN_ERROR
    except BrokenPipeError:
        # The reader of a pipe had enough (`earmark list | head`). What is still to be written goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


def run() -> None:
    """Run the command of this process and end the process, also while a thread still waits for a silent server."""
    status = main()
    if any(not thread.daemon for thread in threading.enumerate() if thread is not threading.main_thread()):
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        # All that is to be kept has been written; the threads would be waited for, some half a minute.
        os._exit(status)
    sys.exit(status)


if __name__ == "__main__":
    run()
