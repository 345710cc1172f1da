"""Background work and its way home."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from player.app.home import InlineHome
from player.app.jobs import InlineExecutor, Jobs
from player.core.errors import FileError, KnownError, UnexpectedError


def jobs() -> Jobs:
    return Jobs(InlineExecutor(), InlineHome())


def test_results_come_home() -> None:
    results: list[int] = []
    work = jobs()
    work.when_done(work.submit(lambda: 6 * 7), results.append)
    assert results == [42]


def test_known_errors_come_home_apart() -> None:
    errors: list[KnownError] = []
    work = jobs()

    def fail() -> int:
        raise FileError("/a", "it is full")

    work.when_done(work.submit(fail), lambda _: pytest.fail("no result"), errors.append)
    assert [type(error) for error in errors] == [FileError]


@pytest.mark.expected_log("a background job failed")
def test_mistakes_are_logged_and_told_so_that_nobody_waits() -> None:
    errors: list[KnownError] = []
    work = jobs()

    def fail() -> int:
        raise ZeroDivisionError

    work.when_done(work.submit(fail), lambda _: pytest.fail("no result"), errors.append)
    assert [type(error) for error in errors] == [UnexpectedError]


def test_closing_waits_for_what_runs() -> None:
    done: list[int] = []
    work = Jobs(ThreadPoolExecutor(1), InlineHome())
    work.submit(lambda: done.append(1))
    work.close()
    assert done == [1]
