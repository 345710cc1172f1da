"""The program that `bench.importing` measures. It imports next to nothing, as every worker process imports it, too."""

from __future__ import annotations

import gc
import sys
from pathlib import Path


def main() -> None:
    from bench.importing import be_earmark
    from player.__main__ import GARBAGE_AFTER

    gc.set_threshold(GARBAGE_AFTER)
    kind, profile, document = sys.argv[1:]
    be_earmark(kind, Path(profile), Path(document))


if __name__ == "__main__":
    main()
