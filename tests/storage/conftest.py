"""Real databases in a temporary folder, and feeds to fill them with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection

import pytest

from newlibraries import begin
from player.core.model import PodcastId
from player.storage.database import open_reader
from player.storage.feeds import add_podcast


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def library(path: Path) -> Iterator[Connection]:
    connection = begin(path)
    yield connection
    connection.close()


@pytest.fixture
def reader(library: Connection, path: Path) -> Iterator[Connection]:
    connection = open_reader(path)
    yield connection
    connection.close()


@pytest.fixture
def show(library: Connection) -> PodcastId:
    """A podcast without episodes."""
    return add_podcast(library, "https://x.org/feed", "The Show", 1000)
