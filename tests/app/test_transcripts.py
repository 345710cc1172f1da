"""Transcripts: the best of several, fetched when it is wanted, kept, asked for again, and lost by no failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from house import NOTES, House, build, feed
from player.app import transcripts as transcripts_module
from player.app.transcripts import HeardTranscript, Transcripts
from player.core.events import TranscriptChanged
from player.core.model import EpisodeId, EpisodeQuery
from player.core.timecode import HOUR, MINUTE
from player.core.transcript import Segment
from webserver import Route, WebServer

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>First words\n\n00:12.000 --> 00:14.000\n<v Ann>Then others\n"
TEXT = b"Nobody knows when this was said."
TAGS = (
    '<podcast:transcript url="/t.txt" type="text/plain"/><podcast:transcript url="/t.vtt" type="text/vtt"/>'
    '<podcast:transcript url="/fr.vtt" type="text/vtt" language="fr"/>'
)


def tell(publisher: WebServer, tags: str = TAGS, etag: str = '"f1"', notes: str = NOTES) -> None:
    body = feed(publisher, notes).replace(b"</item>", tags.encode() + b"</item>")
    publisher["/feed.xml"] = Route(body, "application/rss+xml", etag=etag)


def vtt(text: str = VTT, etag: str | None = '"1"') -> Route:
    return Route(text.encode(), "text/vtt", etag=etag)


@pytest.fixture
def episode(house: House, publisher: WebServer) -> EpisodeId:
    """Subscribed to; its feed names three transcripts, and none was asked for yet."""
    publisher["/t.vtt"] = vtt()
    publisher["/t.txt"] = Route(TEXT, "text/plain")
    tell(publisher)
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    return house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]


@pytest.fixture
def transcripts(house: House) -> Transcripts:
    return house.services.transcripts


def loaded(transcripts: Transcripts, episode: EpisodeId) -> HeardTranscript | None:
    return transcripts.load(episode).result()


def texts(transcripts: Transcripts, episode: EpisodeId) -> list[str]:
    found = loaded(transcripts, episode)
    return [each.text for each in found.transcript.segments] if found else []


def refresh(house: House) -> None:
    house.services.refreshing.refresh([each.id for each in house.services.library.podcasts()])


def test_the_best_is_fetched_when_it_is_wanted_and_not_before(
    house: House, publisher: WebServer, episode: EpisodeId, transcripts: Transcripts
) -> None:
    assert publisher.asked("/t.vtt") == []
    assert loaded(transcripts, episode) is None
    house.facts.clear()
    transcripts.want(episode)
    assert house.facts == [TranscriptChanged(episode)] * 2
    assert not transcripts.is_asking(episode)
    found = loaded(transcripts, episode)
    assert found is not None
    assert found.transcript.segments[0] == Segment(1000, "First words", "Ann", 2000)
    assert found.starts == (1000, 12_000)
    assert [each.title for each in found.chapters] == ["Introduction", "Export controls", "Stargate"]
    assert {each.path for each in publisher.requests} == {"/feed.xml", "/t.vtt"}
    assert transcripts.problem(episode) is None


def test_the_language_of_the_listener_wins(
    tmp_path: Path, publisher: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcripts_module, "languages", lambda: ("fr_CH", "de"))
    house = build(tmp_path / "french")
    tell(publisher)
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    (episode,) = house.services.library.episode_ids(EpisodeQuery(podcast=podcast))
    names = [each.url.rpartition("/")[2] for each in house.services.transcripts.documents(episode)]
    house.services.close()
    assert names == ["fr.vtt", "t.vtt", "t.txt"]


def test_it_is_asked_for_again_once_an_hour(
    house: House, publisher: WebServer, episode: EpisodeId, transcripts: Transcripts
) -> None:
    transcripts.want(episode)
    house.clock.now += HOUR - 1
    assert transcripts.want(episode) is None
    house.clock.now += 1
    transcripts.want(episode)
    assert publisher.asked("/t.vtt")[-1].headers["If-None-Match"] == '"1"'
    assert len(texts(transcripts, episode)) == 2
    publisher["/t.vtt"] = vtt(VTT.replace("First", "Better"), '"2"')
    transcripts.ask_again(episode)
    assert texts(transcripts, episode)[0] == "Better words"


def test_when_the_best_fails_the_next_one_is_read(
    publisher: WebServer, episode: EpisodeId, transcripts: Transcripts
) -> None:
    publisher["/t.vtt"] = Route(b"", status=404)
    transcripts.want(episode)
    assert texts(transcripts, episode) == [TEXT.decode()]
    assert loaded(transcripts, episode).starts == ()  # type: ignore[union-attr]
    assert transcripts.problem(episode) is None


FAILURES = {
    "gone": (Route(b"", status=404), "HTTP 404"),
    "page": (Route(b"<html><script></script><p>Log in", "text/html"), "it is a web page"),
    "picture": (Route(b"\x89PNG\r\n\x1a\n"), "it is a picture"),
    "empty": (Route(b""), "it is an empty answer"),
    "cut": (Route(b"WEBVTT", cut_after=3), "broke off"),
}


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("is_first", [True, False])
def test_no_failure_loses_what_was_read(
    house: House, publisher: WebServer, episode: EpisodeId, transcripts: Transcripts, failure: str, is_first: bool
) -> None:
    if not is_first:
        transcripts.want(episode)
        house.clock.now += HOUR
    before = texts(transcripts, episode)
    route, words = FAILURES[failure]
    publisher["/t.vtt"] = publisher["/t.txt"] = publisher["/fr.vtt"] = route
    transcripts.want(episode)
    assert texts(transcripts, episode) == before
    problem = transcripts.problem(episode) or ""
    assert problem.startswith("The transcript was not read: ")
    assert words in problem
    assert transcripts.want(episode) is None
    publisher["/t.vtt"] = vtt()
    house.clock.now += 5 * MINUTE
    transcripts.want(episode)
    assert transcripts.problem(episode) is None
    assert len(texts(transcripts, episode)) == 2


def test_what_the_feed_changes_is_asked_for_and_what_it_drops_is_dropped(
    house: House, publisher: WebServer, episode: EpisodeId, transcripts: Transcripts
) -> None:
    transcripts.want(episode)
    tell(publisher, etag='"f2"', notes=f"{NOTES} More.")
    refresh(house)
    assert transcripts.want(episode) is not None
    assert len(texts(transcripts, episode)) == 2
    tell(publisher, "", etag='"f3"')
    refresh(house)
    assert transcripts.want(episode) is None
    assert transcripts.ask_again(episode) is None
    assert loaded(transcripts, episode) is None


def test_a_finished_download_wants_it(house: House, episode: EpisodeId, transcripts: Transcripts) -> None:
    house.services.downloads.start(episode)
    assert len(texts(transcripts, episode)) == 2
