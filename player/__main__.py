"""The command `earmark`: reads the command line and hands over to the window or to a command."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from player.app.sentences import sentence
from player.cli.arguments import parse
from player.core.errors import KnownError

EXIT_KNOWN_ERROR = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 done, 1 nothing found, 2 wrong use, 3 a known error."""
    options = parse(sys.argv[1:] if arguments is None else arguments)
    try:
        if options.run is not None:
            return int(options.run(options))
        # Imported here: it needs Qt, and most commands do not.
        from player.window import open_window

        return open_window(options)
    except KnownError as error:
        print(f"earmark: {sentence(error)}", file=sys.stderr)
        return EXIT_KNOWN_ERROR
    except BrokenPipeError:
        # The reader of a pipe had enough (`earmark list | head`).
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
