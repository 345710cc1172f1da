"""Downloads: their states, what is read from the finished file, and what goes wrong."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from house import NOTES, Clock, House, build, feed
from newsroom import publish
from player.app.compose import compose
from player.app.home import InlineHome
from player.audio.mp3_index import Mp3Index
from player.audio.scripted import ScriptedEngine
from player.core.errors import DiskFullError
from player.core.events import DownloadChanged, DownloadProgressed, DownloadsReordered, ProblemReported
from player.core.model import DownloadState, EpisodeId, EpisodeQuery
from player.core.transfers import MOST_TRIES
from player.system.paths import open_profile
from webserver import Route, WebServer


def subscribed(house: House, publisher: WebServer) -> EpisodeId:
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    return house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]


def test_a_finished_download_is_whole_and_known(house: House, publisher: WebServer, audio: Path) -> None:
    episode = subscribed(house, publisher)
    house.services.downloads.start(episode)
    found = house.services.library.episode(episode)
    assert found.download.state is DownloadState.COMPLETE
    assert found.download.path is not None
    assert Path(found.download.path).read_bytes() == audio.read_bytes()
    assert found.download.received == audio.stat().st_size
    assert found.duration is not None
    assert abs(found.duration - 30_000) < 100
    chosen = house.services.chapters.chosen(episode)
    assert chosen is not None
    assert chosen.chapters[-1].end == found.duration
    index = house.services.listening.audio_index(episode)
    assert index is not None
    assert Mp3Index.from_bytes(index).matches(Path(found.download.path))


def test_progress_is_told_with_rate_and_time_left(house: House, publisher: WebServer) -> None:
    house.services.downloads.start(subscribed(house, publisher))
    told = [fact for fact in house.facts if isinstance(fact, DownloadProgressed)]
    assert told
    assert told[-1].received == told[-1].total


@pytest.mark.parametrize(
    ("route", "words"),
    [
        (Route(b"<!doctype html><title>Please log in</title>", "text/html"), "a web page"),
        (Route(b'{"error": "no such episode"}', "application/json"), "is not audio"),
        (Route(b"", status=501), "a problem of its own"),
    ],
)
def test_what_is_no_audio_is_refused_in_words(house: House, publisher: WebServer, route: Route, words: str) -> None:
    episode = subscribed(house, publisher)
    publisher["/audio.mp3"] = route
    house.services.downloads.start(episode)
    download = house.services.library.download(episode)
    assert download.state is DownloadState.FAILED
    assert download.problem is not None
    assert words in download.problem
    assert any(isinstance(fact, ProblemReported) for fact in house.facts)
    publisher["/audio.mp3"] = Route(b"", status=404)
    house.services.downloads.start(episode)
    assert "404" in (house.services.library.download(episode).problem or "")


def test_a_failed_one_can_be_started_again(house: House, publisher: WebServer, audio: Path) -> None:
    episode = subscribed(house, publisher)
    publisher["/audio.mp3"].cut_after = 100_000
    house.services.downloads.start(episode)
    assert house.services.library.download(episode).received == 100_000
    publisher["/audio.mp3"].cut_after = None
    house.services.downloads.start(episode)
    assert house.services.library.download(episode).state is DownloadState.COMPLETE
    assert publisher.asked("/audio.mp3")[-1].headers["Range"] == "bytes=100000-"


def test_who_follows_is_told_at_once_that_there_is_enough(house: House, publisher: WebServer) -> None:
    episode = subscribed(house, publisher)
    publisher["/audio.mp3"].cut_after = 100_000
    told: list[int] = []
    house.services.downloads.follow(episode, lambda arrival: told.append(arrival.there.end_of(0)), 90_000)
    assert told[-1] >= 90_000, "though the clock stands still, and nothing comes after it"


def test_an_episode_without_audio_says_so(house: House, publisher: WebServer) -> None:
    publisher["/feed.xml"] = Route(feed(publisher, NOTES).replace(b"enclosure", b"nothing"), "application/rss+xml")
    episode = subscribed(house, publisher)
    house.services.downloads.start(episode)
    assert "no audio" in (house.services.library.download(episode).problem or "")


def test_removing_deletes_the_file_but_never_the_listeners_own(house: House, publisher: WebServer, audio: Path) -> None:
    episode = subscribed(house, publisher)
    house.services.downloads.start(episode)
    path = Path(house.services.library.download(episode).path or "")
    house.services.downloads.remove(episode)
    assert not path.exists()
    assert house.services.library.download(episode).state is DownloadState.NONE
    own = house.services.subscriptions.add_file(audio).result()
    house.services.downloads.remove(own)
    assert audio.exists()


def test_a_pause_keeps_what_has_come_and_a_restart_goes_on(tmp_path: Path, publisher: WebServer, audio: Path) -> None:
    publisher["/audio.mp3"].stall_after = 100_000
    profile = open_profile(tmp_path / "profile")
    threads = ThreadPoolExecutor(4)
    home = InlineHome()
    services = compose(profile, home, engine=ScriptedEngine, executor=threads, now=Clock())
    podcast = services.subscriptions.add(publisher.url("/feed.xml")).result()
    (episode,) = services.library.episode_ids(EpisodeQuery(podcast=podcast))
    services.downloads.start(episode)
    assert publisher.reached.wait(20)
    paused = threading.Event()
    services.bus.subscribe(
        DownloadChanged,
        lambda _: paused.set() if services.library.download(episode).state is DownloadState.PAUSED else None,
    )
    services.downloads.pause(episode)
    assert paused.wait(20)
    publisher.reached.clear()
    services.downloads.start(episode)
    assert publisher.reached.wait(20)
    services.close()

    publisher["/audio.mp3"].stall_after = None
    again = build(tmp_path / "profile")
    again.services.downloads.go_on()
    assert again.services.library.download(episode).state is DownloadState.COMPLETE
    assert Path(again.services.library.download(episode).path or "").read_bytes() == audio.read_bytes()
    again.services.close()


def test_what_completes_while_the_program_ends_is_complete(
    house: House, publisher: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    episode = subscribed(house, publisher)
    monkeypatch.setattr(house.home, "post", lambda call: None)
    house.services.downloads.start(episode)
    assert house.services.library.download(episode).state is DownloadState.COMPLETE


# Many


def waiting(house: House) -> list[str]:
    library = house.services.library
    return [each.title for each in library.episodes(house.services.downloads.order)]


def episodes_of(house: House, address: str) -> list[EpisodeId]:
    podcast = house.services.subscriptions.add(address).result()
    return house.services.library.episode_ids(EpisodeQuery(podcast=podcast))


def state(house: House, episode: EpisodeId) -> DownloadState:
    return house.services.library.download(episode).state


def test_what_may_mend_is_tried_again_by_itself(house: House, publisher: WebServer, audio: Path) -> None:
    episode = subscribed(house, publisher)
    downloads = house.services.downloads
    publisher["/audio.mp3"] = Route(audio, status=503, headers={"Retry-After": "40"})
    downloads.start(episode)
    assert state(house, episode) is DownloadState.WAITING
    assert downloads.again_at(episode) == house.clock.now + 40_000
    assert "a problem of its own" in (house.services.library.download(episode).problem or "")
    assert not any(isinstance(fact, ProblemReported) for fact in house.facts), "nobody need do anything"
    publisher["/audio.mp3"] = Route(audio, etag='"1"', cut_after=100_000)
    house.home.tick()
    assert house.services.library.download(episode).received == 100_000
    again_at = downloads.again_at(episode)
    assert again_at is not None
    assert 3_000 < again_at - house.clock.now <= 5_000, "something came: it counts anew"
    publisher["/audio.mp3"] = Route(audio, etag='"1"')
    downloads.start(episode)
    assert state(house, episode) is DownloadState.COMPLETE
    assert publisher.asked("/audio.mp3")[-1].headers["Range"] == "bytes=100000-"


def test_a_server_that_answers_in_vain_is_left_after_some_tries(house: House, publisher: WebServer) -> None:
    episode = subscribed(house, publisher)
    publisher["/audio.mp3"] = Route(b"", status=500)
    house.services.downloads.start(episode)
    for _ in range(MOST_TRIES):
        house.home.tick()
    assert state(house, episode) is DownloadState.FAILED
    assert len(publisher.asked("/audio.mp3")) == MOST_TRIES
    assert any(isinstance(fact, ProblemReported) for fact in house.facts)


def test_a_pause_calls_the_next_try_off(house: House, publisher: WebServer) -> None:
    episode = subscribed(house, publisher)
    publisher["/audio.mp3"] = Route(b"", status=500)
    house.services.downloads.start(episode)
    house.services.downloads.pause(episode)
    house.home.tick()
    assert state(house, episode) is DownloadState.PAUSED
    assert len(publisher.asked("/audio.mp3")) == 1


def test_the_order_is_the_listeners_and_is_kept(tmp_path: Path, publisher: WebServer) -> None:
    house = build(tmp_path / "profile")
    ids = episodes_of(house, publish(publisher, "One", "Two", "Three"))
    downloads = house.services.downloads
    downloads.hold(is_held=True)
    for episode in ids:
        downloads.start(episode)
    assert waiting(house) == ["Three", "Two", "One"]
    downloads.move(ids[2], 0)
    downloads.move(ids[0], 99)
    assert waiting(house) == ["One", "Two", "Three"]
    assert [fact for fact in house.facts if isinstance(fact, DownloadsReordered)]
    house.services.close()
    again = build(tmp_path / "profile")
    assert waiting(again) == ["One", "Two", "Three"]
    again.services.downloads.go_on()
    assert waiting(again) == []
    ended: list[EpisodeId] = []
    for fact in again.facts:
        if isinstance(fact, DownloadProgressed) and fact.received == fact.total and fact.id not in ended:
            ended.append(fact.id)
    assert ended == [ids[2], ids[1], ids[0]]
    again.services.close()


def test_all_are_paused_with_a_reason_and_go_on(house: House, publisher: WebServer) -> None:
    ids = episodes_of(house, publish(publisher, "One", "Two"))
    downloads = house.services.downloads
    downloads.hold(is_held=True)
    for episode in ids:
        downloads.start(episode)
    downloads.pause_all(DiskFullError("/music", "the disk is full"))
    assert [state(house, each) for each in ids] == [DownloadState.PAUSED] * 2
    assert "the disk is full" in (house.services.library.download(ids[0]).problem or "")
    assert len([fact for fact in house.facts if isinstance(fact, ProblemReported)]) == 1
    downloads.hold(is_held=False)
    assert [state(house, each) for each in ids] == [DownloadState.PAUSED] * 2
    downloads.resume_all()
    assert [state(house, each) for each in ids] == [DownloadState.COMPLETE] * 2


def test_while_held_only_what_is_asked_for_at_once_comes(house: House, publisher: WebServer) -> None:
    first, second = episodes_of(house, publish(publisher, "One", "Two"))
    downloads = house.services.downloads
    downloads.hold(is_held=True)
    downloads.start(first)
    downloads.start_now(second)
    assert (state(house, first), state(house, second)) == (DownloadState.WAITING, DownloadState.COMPLETE)
    downloads.hold(is_held=False)
    assert state(house, first) is DownloadState.COMPLETE


def test_a_full_disk_pauses_all(house: House, publisher: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = episodes_of(house, publish(publisher, "One", "Two"))
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(total=10**12, free=1000))
    house.services.downloads.start(first)
    assert state(house, first) is DownloadState.PAUSED
    house.services.downloads.hold(is_held=True)
    house.services.downloads.start(second)
    house.services.downloads.start_now(first)
    assert state(house, second) is DownloadState.PAUSED, "there is no room for it either"
    assert "make room" in (house.services.library.download(second).problem or "")
