"""`earmark search`: what it prints, and its exit status."""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path

import pytest

from player.__main__ import main
from player.core.model import FetchedEpisode, FetchedFeed
from player.storage.database import open_writer
from player.storage.feeds import add_podcast, store_feed
from player.storage.schema import APPLICATION_ID, MIGRATIONS
from player.storage.search_schema import SEARCH
from player.system.paths import open_profile
from player.system.single_instance import InstanceLock
from webserver import WebServer

Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("qapp")


def run(capsys: Capture, profile: Path, *arguments: str) -> tuple[int, str, str]:
    """Run a command here; its status, and what it wrote on both streams."""
    status = main([*arguments, "--profile", str(profile)])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_by_words(capsys: Capture, profile: Path, publisher: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(capsys, profile, "search", "stargate") == (1, "", "Nothing has “stargate”.\n")
    run(capsys, profile, "add", publisher.url("/feed.xml"))
    status, out, err = run(capsys, profile, "search", "star", "--chapters")
    assert (status, out, err) == (0, "chapter      1      0:20  Stargate  (The episode)\n", "")
    kinds = [line.split()[0] for line in run(capsys, profile, "search", "stargate")[1].splitlines()]
    assert kinds == ["chapter", "notes"]
    assert run(capsys, profile, "search", "podc")[1] == "podcast      1            A podcast\n"
    assert run(capsys, profile, "search", "the", "epi")[1].splitlines()[0] == (
        "episode      1            The episode  (A podcast)"
    )
    assert run(capsys, profile, "search", '"export con', "--chapters")[0] == 0
    assert run(capsys, profile, "search", '"controls export"', "--chapters", "--json") == (
        *(1, "", 'Nothing has “"controls export"”.\n'),
    )
    (line,) = run(capsys, profile, "search", "star", "--chapters", "--json")[1].splitlines()
    assert json.loads(line) == {
        "kind": "chapter",
        "title": "Stargate",
        "of": "The episode",
        "podcast": 1,
        "episode": 1,
        "startTime": 20.0,
        "matches": [[0, 4]],
    }
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "\x1b[1mStar\x1b[22mgate" in run(capsys, profile, "search", "star", "--chapters")[1]


def test_what_was_stored_last_is_found_unless_a_player_sees_to_that(capsys: Capture, profile: Path) -> None:
    profile.mkdir(exist_ok=True)
    writer = open_writer(profile / "library.sqlite3")
    show = add_podcast(writer, "https://x.org", "Show", 1)
    store_feed(writer, show, FetchedFeed("Show", None, "", None, None, (FetchedEpisode("a", "Stargate"),)), 1)
    writer.close()
    player = InstanceLock(open_profile(profile))
    assert run(capsys, profile, "search", "star")[0] == 1
    player.release()
    assert run(capsys, profile, "search", "star") == (0, "episode      1            Stargate  (Show)\n", "")


def test_a_library_of_an_older_program_is_searched(capsys: Capture, profile: Path) -> None:
    before = MIGRATIONS.index(SEARCH)
    profile.mkdir(exist_ok=True)
    old = sqlite3.connect(profile / "library.sqlite3")
    for statements in MIGRATIONS[:before]:
        for statement in statements:
            old.execute(statement)
    old.execute(
        "INSERT INTO podcast (id, kind, feed_url, title, added_at) VALUES (3, 'feed', 'https://x.org', 'Show', 1)"
    )
    old.execute("INSERT INTO episode (id, podcast, guid, title, sorted_at) VALUES (8, 3, 'a', 'Stargate', 5)")
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute(f"PRAGMA user_version = {before}")
    old.commit()
    old.close()
    assert run(capsys, profile, "search", "star") == (0, "episode      8            Stargate  (Show)\n", "")
