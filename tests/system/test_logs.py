"""The log file of a profile."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from player.system.logs import log_to

_log = logging.getLogger("player.somewhere")


@pytest.mark.expected_log("the disk hums")
def test_what_went_wrong_is_in_the_file_until_it_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "earmark.log"
    level, handlers = logging.getLogger().level, list(logging.getLogger().handlers)
    stop = log_to(path)
    _log.info("all is well")
    _log.warning("the disk hums")
    stop()
    _log.warning("the disk hums on")
    text = path.read_text(encoding="utf-8")
    assert "WARNING player.somewhere: the disk hums\n" in text
    assert "all is well" not in text
    assert "hums on" not in text
    assert (logging.getLogger().level, logging.getLogger().handlers) == (level, handlers)


def test_verbose_tells_all_here_and_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stop = log_to(tmp_path / "earmark.log", verbose=True)
    _log.debug("a detail")
    stop()
    assert "a detail" in capsys.readouterr().err
    assert "a detail" in (tmp_path / "earmark.log").read_text(encoding="utf-8")


@pytest.mark.expected_log("the disk is away")
def test_where_no_file_can_be_written_the_terminal_gets_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stop = log_to(tmp_path / "nowhere" / "earmark.log")
    _log.warning("the disk is away")
    stop()
    assert "the disk is away" in capsys.readouterr().err
