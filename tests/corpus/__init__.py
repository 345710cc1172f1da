"""Where the real show notes, feeds, media and documents lie that tests read. Must not know what is in them."""

from __future__ import annotations

import os
from pathlib import Path


def corpus_folder() -> Path:
    """`EARMARK_CORPUS`, or the folder `shared` beside the project. It holds corpus/ and seed/, if it is there."""
    return Path(os.environ.get("EARMARK_CORPUS", Path(__file__).parents[3] / "shared"))


def has_corpus() -> bool:
    """Whether the corpus is there."""
    return (corpus_folder() / "corpus").is_dir()
