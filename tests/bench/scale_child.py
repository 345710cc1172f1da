"""Runs the real program and measures it from within, for `bench.scale`.

Started as `python -m bench.scale_child STARTED start|all ARGUMENT…`; what follows is Earmark's command line. STARTED is
when the process was asked for, in seconds since 1970. The last line of its output is what was measured.
"""

from __future__ import annotations

import gc
import sys

from player.__main__ import GARBAGE_AFTER, run


def main() -> None:
    started, what = float(sys.argv.pop(1)), sys.argv.pop(1)
    # As the program does, before all that a window needs is imported.
    gc.set_threshold(GARBAGE_AFTER)
    from bench.scale_watch import install

    install(started, is_start_only=what == "start")
    run()


if __name__ == "__main__":
    main()
