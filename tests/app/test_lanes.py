"""How many downloads run at once, and how many of one host: real servers, real threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from house import Clock
from newsroom import publish
from player.app.compose import Services, compose
from player.app.home import QtHome
from player.app.processes import Processes
from player.audio.scripted import ScriptedEngine
from player.core.events import DownloadProgressed
from player.core.model import DownloadState, EpisodeId, EpisodeQuery
from player.system.paths import open_profile
from webserver import Route, WebServer

PATH = "/audio.mp3"
TITLES = ("One", "Two", "Three", "Four")


@pytest.fixture
def services(tmp_path: Path, qapp: object) -> Iterator[Services]:
    assert qapp
    services = compose(
        open_profile(tmp_path / "profile"), QtHome(), engine=ScriptedEngine, processes=Processes(0), now=Clock()
    )
    with closing(services):
        yield services


def followed(services: Services, server: WebServer, name: str) -> list[EpisodeId]:
    """The episodes of a feed; the audio of which is at a host called like `name`."""
    publish(server, *TITLES)
    route = server["/feed.xml"]
    assert isinstance(route.body, bytes)
    route.body = route.body.replace(b"127.0.0.1", name.encode())
    podcast = services.subscriptions.add(server.url("/feed.xml")).result()
    return services.library.episode_ids(EpisodeQuery(podcast=podcast))


def test_three_run_at_once_and_two_of_a_host(services: Services, audio: Path, qtbot: QtBot) -> None:
    with WebServer() as one, WebServer() as other:
        for server in (one, other):
            server[PATH] = Route(audio, "audio/mpeg", etag='"1"', stall_after=50_000)
        episodes = [*followed(services, one, "127.0.0.1"), *followed(services, other, "localhost")]
        most = [0]
        services.bus.subscribe(
            DownloadProgressed, lambda _: most.append(sum(map(services.downloads.is_running, episodes)))
        )
        for episode in episodes:
            services.downloads.start(episode)
        qtbot.waitUntil(lambda: (one.open[PATH], other.open[PATH]) == (2, 1), timeout=20_000)
        assert [each for each in episodes if services.downloads.is_running(each)] == [*episodes[:2], episodes[4]]
        one.resume.set()
        qtbot.waitUntil(lambda: other.open[PATH] == 2, timeout=20_000)
        other.resume.set()
        qtbot.waitUntil(lambda: not services.downloads.order, timeout=20_000)
        states = {services.library.download(each).state for each in episodes}
        assert states == {DownloadState.COMPLETE}
        assert max(most) == 3
        assert (one.most[PATH], other.most[PATH]) == (2, 2)
        assert len(one.asked(PATH)) == len(other.asked(PATH)) == len(TITLES)
