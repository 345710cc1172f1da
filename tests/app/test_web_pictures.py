"""Pictures of chapters from the web: only where the listener allows them, kept, renewed, and quiet when they fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from house import NOTES, House, feed
from player.app import web_pictures
from player.core.events import PicturesFetched, ProblemReported
from player.core.model import EpisodeId, EpisodeQuery, PodcastId
from player.core.timecode import HOUR
from webserver import Route, WebServer

PNG = b"\x89PNG\r\n\x1a\n"
PATHS = ("/a.png", "/b.png", "/silent.png")


@pytest.fixture
def episode(house: House, publisher: WebServer) -> EpisodeId:
    """Its chapter document names two pictures of chapters, and one of a hidden entry."""
    entries = [
        {"startTime": 0, "title": "Intro", "img": "/a.png"},
        {"startTime": 5, "img": "/silent.png", "toc": False},
        {"startTime": 10, "title": "Main", "img": "/b.png"},
        {"startTime": 20, "title": "End", "img": "/a.png"},
    ]
    publisher["/chapters.json"] = Route(json.dumps({"chapters": entries}).encode(), "application/json")
    for number, path in enumerate(PATHS):
        publisher[path] = Route(PNG + bytes([number]) * 100, "image/png", etag=f'"{number}"')
    tag = b'<podcast:chapters url="/chapters.json" type="application/json+chapters"/>'
    body = feed(publisher, NOTES).replace(b"</item>", tag + b"</item>")
    publisher["/feed.xml"] = Route(body, "application/rss+xml")
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    found = house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]
    house.services.chapter_documents.want(found)
    return found


def podcast_of(house: House, episode: EpisodeId) -> PodcastId:
    return house.services.library.episode(episode).podcast


def asked(publisher: WebServer) -> list[str]:
    return sorted(request.path for request in publisher.requests if request.path in PATHS)


def allow(house: House, episode: EpisodeId, *, is_allowed: bool = True) -> None:
    house.services.web_pictures.allow(podcast_of(house, episode), is_allowed=is_allowed).result()


def here(house: House, publisher: WebServer, episode: EpisodeId) -> list[str]:
    urls = [publisher.url(path) for path in PATHS]
    found = house.services.web_pictures.here(podcast_of(house, episode), [*urls, None, "sha256:1"])
    return [path for path, url in zip(PATHS, urls, strict=True) if url in found]


def test_nobody_is_asked_until_the_listener_allows_it(house: House, publisher: WebServer, episode: EpisodeId) -> None:
    pictures = house.services.web_pictures
    pictures.want(episode)
    house.services.playback.open(episode)
    assert pictures.allowance(podcast_of(house, episode)) is None
    allow(house, episode, is_allowed=False)
    pictures.want(episode)
    assert asked(publisher) == []
    allow(house, episode)
    assert asked(publisher) == sorted(PATHS)
    assert here(house, publisher, episode) == list(PATHS)
    assert pictures.data(publisher.url("/b.png")) == PNG + b"\1" * 100
    assert PicturesFetched((publisher.url("/b.png"),)) in house.facts
    allow(house, episode, is_allowed=False)
    assert here(house, publisher, episode) == []


def test_pictures_come_with_chapters_that_come_later(house: House, publisher: WebServer, episode: EpisodeId) -> None:
    allow(house, episode)
    house.services.web_pictures.want(episode)
    assert asked(publisher) == sorted(PATHS)
    entries = [{"startTime": at, "title": f"About {at}", "img": "/new.png"} for at in (0, 5, 15)]
    publisher["/chapters.json"] = Route(json.dumps({"chapters": entries}).encode(), "application/json")
    publisher["/new.png"] = Route(PNG, "image/png")
    house.clock.now += HOUR
    house.services.chapter_documents.want(episode)
    assert publisher.asked("/new.png")


def test_what_is_downloaded_has_its_pictures_offline(house: House, publisher: WebServer, episode: EpisodeId) -> None:
    allow(house, episode)
    house.services.downloads.start(episode)
    assert here(house, publisher, episode) == list(PATHS)


def test_they_are_asked_for_again_after_a_week(house: House, publisher: WebServer, episode: EpisodeId) -> None:
    allow(house, episode)
    want = house.services.web_pictures.want
    want(episode)
    house.clock.now += web_pictures.ASK_AGAIN_AFTER - 1
    want(episode)
    assert len(asked(publisher)) == 3
    publisher["/a.png"] = Route(PNG + b"new", "image/png", etag='"2"')
    house.clock.now += 1
    house.facts.clear()
    want(episode)
    assert len(asked(publisher)) == 6
    assert publisher.asked("/b.png")[-1].headers["If-None-Match"] == '"1"'
    assert [fact for fact in house.facts if isinstance(fact, PicturesFetched)] == [
        PicturesFetched((publisher.url("/a.png"),))
    ]
    assert house.services.web_pictures.data(publisher.url("/a.png")) == PNG + b"new"


def test_a_failure_is_quiet_keeps_what_is_there_and_is_tried_again(
    house: House, publisher: WebServer, episode: EpisodeId
) -> None:
    good = publisher["/b.png"]
    publisher["/b.png"] = Route(b"", status=503)
    allow(house, episode)
    want = house.services.web_pictures.want
    want(episode)
    assert here(house, publisher, episode) == ["/a.png", "/silent.png"]
    assert not any(isinstance(fact, ProblemReported) for fact in house.facts)
    want(episode)
    assert len(publisher.asked("/b.png")) == 1
    publisher["/b.png"] = good
    house.clock.now += web_pictures.TRY_AGAIN_AFTER
    want(episode)
    assert here(house, publisher, episode) == list(PATHS)
    publisher["/b.png"] = Route(b"", status=503)
    house.clock.now += web_pictures.ASK_AGAIN_AFTER
    want(episode)
    assert house.services.web_pictures.data(publisher.url("/b.png")) == PNG + b"\1" * 100


def test_a_file_that_is_gone_is_fetched_whole(house: House, publisher: WebServer, episode: EpisodeId) -> None:
    allow(house, episode)
    want = house.services.web_pictures.want
    want(episode)
    for path in house.services.profile.pictures.iterdir():
        path.unlink()
    assert house.services.web_pictures.data(publisher.url("/a.png")) is None
    want(episode)
    assert house.services.web_pictures.data(publisher.url("/a.png")) == PNG + b"\0" * 100


def test_the_oldest_go_when_the_room_is_full(
    house: House, publisher: WebServer, episode: EpisodeId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_pictures, "MOST_BYTES", 250)
    allow(house, episode)
    house.services.web_pictures.want(episode)
    assert len(here(house, publisher, episode)) == 2
    assert len(list(house.services.profile.pictures.iterdir())) == 2


def test_a_folder_that_cannot_be_written_is_quiet(house: House, publisher: WebServer, episode: EpisodeId) -> None:
    Path(house.services.profile.pictures).write_text("in the way")
    allow(house, episode)
    house.services.web_pictures.want(episode)
    assert here(house, publisher, episode) == []
    assert not any(isinstance(fact, ProblemReported) for fact in house.facts)


def test_an_episode_that_is_gone_wants_nothing(house: House, publisher: WebServer, episode: EpisodeId) -> None:
    allow(house, episode)
    house.services.web_pictures.want(EpisodeId(99))
    assert asked(publisher) == []
