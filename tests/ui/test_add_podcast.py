"""The dialog that adds a podcast, when it is called off while a slow server has not answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from player.app.compose import Services, compose
from player.app.home import InlineHome
from player.app.jobs import InlineExecutor
from player.app.processes import Processes
from player.audio.scripted import ScriptedEngine
from player.system.paths import open_profile
from player.ui.add_podcast import AddPodcast
from webserver import Route, WebServer

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

FEED = b"<rss version='2.0'><channel><title>Slow Show</title></channel></rss>"


class Patient(Executor):
    """Takes work, and does each piece of it when it is told to."""

    def __init__(self) -> None:
        self.work: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Keep it for later."""
        future: Future[Any] = Future()
        self.work.append((future, lambda: fn(*args, **kwargs)))
        return future

    def do(self, number: int) -> None:
        """Do one of those that wait."""
        future, work = self.work[number]
        try:
            future.set_result(work())
        except Exception as error:  # noqa: BLE001 - the future carries it to whoever asks, as in a pool
            future.set_exception(error)


@pytest.fixture
def executor() -> Patient:
    return Patient()


@pytest.fixture
def services(executor: Patient, tmp_path: Path) -> Iterator[Services]:
    services = compose(
        open_profile(tmp_path / "profile"),
        InlineHome(),
        engine=lambda: ScriptedEngine({}),
        executor=executor,
        writing=InlineExecutor(),
        processes=Processes(0),
    )
    executor.work.clear()
    yield services
    for future, _ in executor.work:
        future.cancel()
    services.close()


@pytest.fixture
def adds(services: Services, qtbot: QtBot) -> Iterator[Callable[[], AddPodcast]]:
    """Begins to add the podcast, in a dialog of its own each time."""
    with WebServer() as server:
        server["/feed"] = Route(FEED, content_type="application/rss+xml")
        parent = QWidget()
        qtbot.addWidget(parent)
        parent.show()

        def begin() -> AddPodcast:
            dialog = AddPodcast(services, parent, server.url("/feed"))
            dialog.open()
            dialog.start()
            return dialog

        yield begin


def call_off(dialog: AddPodcast) -> None:
    dialog.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def titles(services: Services) -> list[str]:
    return [each.title for each in services.library.podcasts()]


def test_what_was_called_off_is_not_added(
    adds: Callable[[], AddPodcast], services: Services, executor: Patient
) -> None:
    call_off(adds())
    executor.do(0)
    assert titles(services) == []


@pytest.mark.parametrize("first", [0, 1])
def test_who_calls_it_off_and_tries_again_has_it(
    adds: Callable[[], AddPodcast], services: Services, executor: Patient, first: int
) -> None:
    call_off(adds())
    added: list[object] = []
    adds().podcast_added.connect(added.append)
    executor.do(first)
    executor.do(1 - first)
    assert titles(services) == ["Slow Show"]
    assert added == [services.library.podcasts()[0].id]


def test_what_was_there_before_stays(adds: Callable[[], AddPodcast], services: Services, executor: Patient) -> None:
    adds()
    executor.do(0)
    count = len(executor.work)
    call_off(adds())
    executor.do(count)
    assert titles(services) == ["Slow Show"]
