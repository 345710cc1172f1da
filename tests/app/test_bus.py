"""The bus delivers each fact to those who asked for its type, on the home thread."""

from __future__ import annotations

import threading

from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from player.app.bus import Bus
from player.app.home import InlineHome, QtHome
from player.core.events import EpisodesChanged, PodcastsChanged
from player.core.model import EpisodeId


def test_only_the_type_that_was_asked_for_arrives() -> None:
    bus = Bus(InlineHome())
    heard: list[object] = []
    bus.subscribe(EpisodesChanged, heard.append)
    bus.publish(PodcastsChanged(()))
    bus.publish(EpisodesChanged((EpisodeId(3),)))
    assert heard == [EpisodesChanged((EpisodeId(3),))]


def test_unsubscribing_ends_it_also_in_the_middle_of_a_delivery() -> None:
    bus = Bus(InlineHome())
    heard: list[str] = []

    def once(_: PodcastsChanged) -> None:
        heard.append("first")
        end()

    end = bus.subscribe(PodcastsChanged, once)
    bus.subscribe(PodcastsChanged, lambda _: heard.append("second"))
    bus.publish(PodcastsChanged(()))
    bus.publish(PodcastsChanged(()))
    end()
    assert heard == ["first", "second", "second"]


def test_facts_from_a_worker_arrive_on_the_home_thread_in_order(qtbot: QtBot) -> None:
    home = QtHome()
    bus = Bus(home)
    heard: list[tuple[int, int]] = []
    bus.subscribe(EpisodesChanged, lambda fact: heard.append((fact.ids[0], threading.get_ident())))

    def publish() -> None:
        for number in range(200):
            bus.publish(EpisodesChanged((EpisodeId(number),)))

    worker = threading.Thread(target=publish)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: len(heard) == 200)
    assert [number for number, _ in heard] == list(range(200))
    assert {thread for _, thread in heard} == {threading.get_ident()}


def test_timers_tick_until_they_are_stopped(qtbot: QtBot) -> None:
    home = QtHome()
    ticks: list[int] = []
    stop = home.every(1, lambda: ticks.append(1))
    qtbot.waitUntil(lambda: len(ticks) >= 3)
    stop()
    seen = len(ticks)
    qtbot.wait(20)
    assert len(ticks) == seen


def test_what_has_run_once_can_be_called_off_all_the_same(qtbot: QtBot) -> None:
    home = QtHome()
    ran: list[int] = []
    stop = home.after(1, lambda: ran.append(1))
    qtbot.waitUntil(lambda: bool(ran))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    stop()
    stop()
    assert ran == [1]


def test_what_is_on_its_way_when_it_is_closed_is_not_told(qtbot: QtBot) -> None:
    bus = Bus(QtHome())
    heard: list[object] = []
    bus.subscribe(PodcastsChanged, heard.append)
    bus.publish(PodcastsChanged(()))
    bus.close()
    bus.publish(PodcastsChanged(()))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
    assert heard == []
