"""`earmark stats`: what it prints, and its exit status."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from player.cli import stats
from player.core.time_listened import Month, MonthOfPodcast, Sums
from player.storage import feeds, time_listened
from player.storage.database import open_writer
from terminal import Terminal

HOUR = 3_600_000
SHOW, GONE = "https://x.org/feed", "https://gone.org/feed"


@pytest.fixture
def listened(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three months up to February 2025: a podcast that is there, and one that was removed."""
    monkeypatch.setattr(stats, "wall_clock", lambda: 1_738_600_000_000)
    profile.mkdir()
    with closing(open_writer(profile / "library.sqlite3")) as connection:
        feeds.add_podcast(connection, SHOW, "The Show", 1)
        time_listened.add_rows(
            connection,
            [
                MonthOfPodcast(GONE, "Gone", Month(2024, 12), Sums(2 * HOUR, HOUR)),
                MonthOfPodcast(SHOW, "The Show", Month(2025, 2), Sums(3 * HOUR, HOUR + 500, 90_000, 61_000, 600_000)),
            ],
        )


@pytest.mark.usefixtures("listened")
def test_a_table_of_months_and_podcasts(terminal: Terminal) -> None:
    done = terminal.here("stats")
    assert (done.status, done.err) == (0, "")
    assert done.out == (
        "   listened   by speed  by pauses   by skips\n"
        "    2:00:00    1:00:00          –          –  2024-12\n"
        "          –          –          –          –  2025-01\n"
        "    3:00:00    1:00:00       1:01      10:00  2025-02\n"
        "\n"
        "    3:00:00    1:00:00       1:01      10:00  The Show\n"
        "    2:00:00    1:00:00          –          –  Gone\n"
        "\n"
        "    5:00:00    2:00:00       1:01      10:00  in all\n"
        "Slow playing took 1:30 longer.\n"
    )


@pytest.mark.usefixtures("listened")
def test_the_last_months_and_one_podcast(terminal: Terminal) -> None:
    assert terminal.here("stats", "--months", "1").out.splitlines()[-2].endswith("in all")
    assert "Gone" not in terminal.here("stats", "--months", "2").out
    for words in ("Gone", "gon", GONE):
        out = terminal.here("stats", "--podcast", words).out
        assert "    2:00:00    1:00:00          –          –  in all\n" in out
        assert "The Show" not in out
    assert "Gone" not in terminal.here("stats", "--podcast", "1").out, "its number in the list"
    missing = terminal.here("stats", "--podcast", "Lex")
    assert (missing.status, missing.out, missing.err) == (
        3,
        "",
        "earmark: There is no podcast “Lex” here; check the spelling.\n",
    )


@pytest.mark.usefixtures("listened")
def test_for_programs(terminal: Terminal) -> None:
    first, second = map(json.loads, terminal.here("stats", "--json").out.splitlines())
    assert first["podcast"] == "Gone"
    assert second == {
        "podcast": "The Show",
        "feed": SHOW,
        "month": "2025-02",
        "listened": 10_800.0,
        "audio": 14_371.5,
        "savedBySpeed": 3600.5,
        "savedByTrimming": 61.0,
        "savedBySkips": 600.0,
        "lostBySlowness": 90.0,
    }
    assert len(terminal.here("stats", "--json", "--months", "2").out.splitlines()) == 1


def test_nothing(terminal: Terminal) -> None:
    for arguments in ((), ("--json",)):
        done = terminal.here("stats", *arguments)
        assert (done.status, done.out, done.err) == (1, "", "Nothing was listened to in this time.\n")
    for words in ("0", "-1", "few"):
        with pytest.raises(SystemExit):
            terminal.here("stats", "--months", words)
