"""Chapter documents: fetched when they are wanted, kept, asked for again, and lost by no failure."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from house import NOTES, Clock, House, feed
from player.app.compose import compose
from player.app.home import InlineHome
from player.audio.scripted import ScriptedEngine
from player.core.events import ChaptersChanged, ProblemReported
from player.core.model import Chapter, ChapterSource, EpisodeId, EpisodeQuery
from player.core.timecode import HOUR, MINUTE
from player.system.paths import open_profile
from webserver import Route, WebServer

PATH = "/chapters.json"
PAGE = Route(b"<!doctype html><title>Please log in</title><p>Hello", "text/html")


def document(*titles: str, etag: str | None = '"1"') -> Route:
    entries = [{"startTime": index * 7.5, "title": title} for index, title in enumerate(titles)]
    body = json.dumps({"version": "1.2.0", "chapters": entries}).encode()
    return Route(body, "application/json+chapters", etag=etag)


def tell(publisher: WebServer, path: str | None = PATH, *, notes: str = NOTES, etag: str = '"f1"') -> None:
    """Let the feed name the document at `path`, or none."""
    tag = f'<podcast:chapters url="{path}" type="application/json+chapters"/>'.encode() if path else b""
    body = feed(publisher, notes).replace(b"</item>", tag + b"</item>")
    publisher["/feed.xml"] = Route(body, "application/rss+xml", etag=etag)


def subscribed(house: House, publisher: WebServer) -> EpisodeId:
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    return house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]


def refresh(house: House) -> None:
    house.services.refreshing.refresh([each.id for each in house.services.library.podcasts()])


def titles(house: House, episode: EpisodeId) -> list[str]:
    """The titles of the list that came from the document."""
    lists = house.services.chapters.lists(episode)
    return [each.title for one in lists if one.source is ChapterSource.DOCUMENT for each in one.chapters]


@pytest.fixture
def episode(house: House, publisher: WebServer) -> EpisodeId:
    """Subscribed to; its document has three chapters and was not asked for yet."""
    publisher[PATH] = document("Intro", "Middle", "End")
    tell(publisher)
    return subscribed(house, publisher)


def test_a_document_is_fetched_when_it_is_wanted_and_not_before(
    house: House, publisher: WebServer, episode: EpisodeId
) -> None:
    assert publisher.asked(PATH) == []
    house.facts.clear()
    house.services.chapter_documents.want(episode)
    assert titles(house, episode) == ["Intro", "Middle", "End"]
    assert ChaptersChanged((episode,)) in house.facts
    chosen = house.services.chapters.chosen(episode)
    assert chosen is not None
    assert chosen.source is ChapterSource.DOCUMENT
    assert chosen.origin == publisher.url(PATH)
    assert chosen.read_at == house.clock.now
    assert chosen.chapters[1] == Chapter(7500, 15_000, "Middle")
    assert house.services.library.episode(episode).chapter_count == 3
    assert house.services.chapter_documents.problem(episode) is None


def test_it_is_asked_for_again_once_an_hour(house: House, publisher: WebServer, episode: EpisodeId) -> None:
    want = house.services.chapter_documents.want
    want(episode)
    want(episode)
    house.clock.now += HOUR - 1
    want(episode)
    assert len(publisher.asked(PATH)) == 1
    house.clock.now += 1
    house.facts.clear()
    want(episode)
    assert len(publisher.asked(PATH)) == 2
    assert publisher.asked(PATH)[-1].headers["If-None-Match"] == '"1"'
    assert titles(house, episode) == ["Intro", "Middle", "End"]
    assert house.facts == []


def test_a_document_that_changed_is_taken(house: House, publisher: WebServer, episode: EpisodeId) -> None:
    house.services.chapter_documents.want(episode)
    publisher[PATH] = document("New", "Chapters", etag='"2"')
    house.clock.now += HOUR
    house.services.chapter_documents.want(episode)
    assert titles(house, episode) == ["New", "Chapters"]


def test_the_same_content_again_changes_nothing(house: House, publisher: WebServer, episode: EpisodeId) -> None:
    house.services.chapter_documents.want(episode)
    publisher[PATH].etag = '"2"'
    house.clock.now += HOUR
    house.facts.clear()
    house.services.chapter_documents.want(episode)
    assert house.facts == []
    house.clock.now += HOUR
    house.services.chapter_documents.want(episode)
    assert publisher.asked(PATH)[-1].headers["If-None-Match"] == '"2"'


def test_last_modified_serves_as_well(house: House, publisher: WebServer, episode: EpisodeId) -> None:
    publisher[PATH].etag = None
    publisher[PATH].last_modified = "Mon, 03 Feb 2025 03:37:24 GMT"
    house.services.chapter_documents.want(episode)
    house.clock.now += HOUR
    house.services.chapter_documents.want(episode)
    assert publisher.asked(PATH)[-1].headers["If-Modified-Since"] == "Mon, 03 Feb 2025 03:37:24 GMT"
    assert len(titles(house, episode)) == 3


FAILURES = {
    "page": (PAGE, "it is a web page (“Please log in”)"),
    "gone": (Route(b"", status=404), "HTTP 404"),
    "server": (Route(b"", status=503), "HTTP 503"),
    "empty": (Route(b""), "an empty answer"),
    "huge": (Route(b"[" + b" " * 2_200_000, length="chunked"), "larger than 2 MB"),
    "cut": (Route(b'{"chapters": []}', cut_after=5), "broke off"),
    "error": (Route(b'{"error": "quota"}', "application/json"), "holds no list of chapters"),
    "damaged": (Route(b'{"chapters": [', "application/json"), "not well-formed"),
    "audio": (Route(b"ID3\x04\x00\x00\x00"), "an audio file"),
    "none": (Route(b'{"chapters": []}'), "no chapters"),
}


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("is_first", [True, False])
def test_no_failure_loses_a_list(
    house: House, publisher: WebServer, episode: EpisodeId, failure: str, is_first: bool
) -> None:
    if not is_first:
        house.services.chapter_documents.want(episode)
        house.clock.now += HOUR
    before = titles(house, episode)
    good = publisher[PATH]
    publisher[PATH], words = FAILURES[failure]
    house.facts.clear()
    house.services.chapter_documents.want(episode)
    assert titles(house, episode) == before
    problem = house.services.chapter_documents.problem(episode)
    assert problem is not None
    assert words in problem
    assert not any(isinstance(fact, ProblemReported) for fact in house.facts)
    asked = len(publisher.asked(PATH))
    house.services.chapter_documents.want(episode)
    assert len(publisher.asked(PATH)) == asked
    publisher[PATH] = good
    house.clock.now += 5 * MINUTE
    house.services.chapter_documents.want(episode)
    assert titles(house, episode) == ["Intro", "Middle", "End"]
    assert house.services.chapter_documents.problem(episode) is None


def test_what_is_wrong_is_told_in_one_sentence_and_asked_again_when_the_listener_wants_to(
    house: House, publisher: WebServer, episode: EpisodeId
) -> None:
    good, documents = publisher[PATH], house.services.chapter_documents
    publisher[PATH] = Route(b"", status=404)
    house.facts.clear()
    documents.want(episode)
    words = "The podcast's chapter file was not read: there is nothing at this address (HTTP 404)."
    assert documents.problem(episode) == words
    assert house.facts == [ChaptersChanged((episode,))]
    documents.ask_again(episode)
    assert len(publisher.asked(PATH)) == 2
    assert house.facts == [ChaptersChanged((episode,))] * 2, "it says again what it said, now that nobody is asking"
    publisher[PATH] = good
    documents.ask_again(episode)
    assert documents.problem(episode) is None
    assert not documents.is_asking(episode)
    assert titles(house, episode) == ["Intro", "Middle", "End"]
    documents.ask_again(EpisodeId(999))


def test_a_stand_in_of_one_chapter_is_fetched_again_soon_and_whole(
    house: House, publisher: WebServer, episode: EpisodeId
) -> None:
    publisher[PATH] = document("The episode")
    house.services.chapter_documents.want(episode)
    assert titles(house, episode) == ["The episode"]
    chosen = house.services.chapters.chosen(episode)
    assert chosen is not None
    assert chosen.source is ChapterSource.OUTLINE
    publisher[PATH] = document("Intro", "Middle", "End")
    house.clock.now += 5 * MINUTE
    house.services.chapter_documents.want(episode)
    assert "If-None-Match" not in publisher.asked(PATH)[-1].headers
    assert titles(house, episode) == ["Intro", "Middle", "End"]


def test_a_stand_in_never_takes_the_place_of_chapters(house: House, publisher: WebServer, episode: EpisodeId) -> None:
    house.services.chapter_documents.want(episode)
    publisher[PATH] = document("The episode", etag='"2"')
    house.clock.now += HOUR
    house.services.chapter_documents.want(episode)
    assert titles(house, episode) == ["Intro", "Middle", "End"]
    assert "one chapter only" in (house.services.chapter_documents.problem(episode) or "")


def test_a_clock_that_was_set_back_holds_up_nothing(house: House, publisher: WebServer, episode: EpisodeId) -> None:
    house.services.chapter_documents.want(episode)
    house.clock.now -= 1000 * HOUR
    house.services.chapter_documents.want(episode)
    assert len(publisher.asked(PATH)) == 2


def test_a_finished_download_wants_it(house: House, publisher: WebServer, episode: EpisodeId) -> None:
    house.services.downloads.start(episode)
    assert len(titles(house, episode)) == 3


def test_what_is_played_wants_it(house: House, publisher: WebServer, episode: EpisodeId) -> None:
    house.services.playback.open(episode)
    assert len(titles(house, episode)) == 3
    assert len(publisher.asked(PATH)) == 1


def test_a_failing_document_fails_no_download(house: House, publisher: WebServer, episode: EpisodeId) -> None:
    publisher[PATH] = Route(b"", status=404)
    house.services.downloads.start(episode)
    assert house.services.library.download(episode).problem is None


def test_an_episode_without_a_document_asks_nobody(house: House, publisher: WebServer) -> None:
    episode = subscribed(house, publisher)
    house.services.chapter_documents.want(episode)
    house.services.chapter_documents.want(EpisodeId(999))
    assert {each.path for each in publisher.requests} == {"/feed.xml"}
    assert house.services.chapter_documents.problem(episode) is None


def test_a_feed_that_changes_the_episode_makes_it_due(house: House, publisher: WebServer, episode: EpisodeId) -> None:
    house.services.chapter_documents.want(episode)
    tell(publisher, notes=f"{NOTES} More words.", etag='"f2"')
    refresh(house)
    house.services.chapter_documents.want(episode)
    assert publisher.asked(PATH)[-1].headers["If-None-Match"] == '"1"'
    assert len(publisher.asked(PATH)) == 2


def test_a_document_that_moved_replaces_the_list_when_it_came(
    house: House, publisher: WebServer, episode: EpisodeId
) -> None:
    house.services.chapter_documents.want(episode)
    publisher["/moved.json"] = document("Other", "Titles")
    tell(publisher, "/moved.json", etag='"f2"')
    refresh(house)
    assert len(titles(house, episode)) == 3
    house.services.chapter_documents.want(episode)
    assert titles(house, episode) == ["Other", "Titles"]


def test_a_document_that_the_feed_drops_is_dropped(house: House, publisher: WebServer, episode: EpisodeId) -> None:
    house.services.chapter_documents.want(episode)
    tell(publisher, None, etag='"f2"')
    refresh(house)
    assert titles(house, episode) == []
    assert house.services.library.episode(episode).chapter_count == 3
    chosen = house.services.chapters.chosen(episode)
    assert chosen is not None
    assert chosen.source is ChapterSource.OUTLINE


def test_pictures_links_and_hidden_entries_count_from_where_redirects_led(
    house: House, publisher: WebServer, episode: EpisodeId
) -> None:
    entries = [
        {"startTime": 0, "title": "Intro", "img": "intro.png", "url": "/about"},
        {"startTime": 5, "title": "", "img": "silent.png", "toc": False},
        {"startTime": 10, "title": "Main"},
    ]
    publisher["/deep/c.json"] = Route(json.dumps({"chapters": entries}).encode(), "application/json")
    publisher[PATH] = Route(redirect="/deep/c.json")
    house.services.chapter_documents.want(episode)
    (found,) = [one for one in house.services.chapters.lists(episode) if one.source is ChapterSource.DOCUMENT]
    intro = found.chapters[0]
    assert (intro.picture, intro.link) == (publisher.url("/deep/intro.png"), publisher.url("/about"))
    assert [each.title for each in found.chapters] == ["Intro", "Main"]
    assert [each.picture for each in found.hidden] == [publisher.url("/deep/silent.png")]


@pytest.mark.parametrize("name", ["lup-608.json", "self-hosted-50.json", "podcastindex-example.json"])
def test_documents_of_real_shows(
    house: House, publisher: WebServer, episode: EpisodeId, corpus: Path, name: str
) -> None:
    path = corpus / "corpus" / "chapters" / name
    expected = [each for each in json.loads(path.read_bytes())["chapters"] if each.get("toc") is not False]
    publisher[PATH] = Route(path, "application/json")
    house.services.chapter_documents.want(episode)
    assert titles(house, episode) == [each["title"].strip() for each in expected]


def test_a_silent_server_holds_up_nobody_and_is_asked_once(tmp_path: Path, publisher: WebServer) -> None:
    publisher[PATH] = document("Intro", "Middle", "End")
    publisher[PATH].stall_after = 10
    tell(publisher)
    home, came = InlineHome(), threading.Event()
    services = compose(
        open_profile(tmp_path / "profile"), home, engine=ScriptedEngine, executor=ThreadPoolExecutor(4), now=Clock()
    )
    podcast = services.subscriptions.add(publisher.url("/feed.xml")).result()
    (episode,) = services.library.episode_ids(EpisodeQuery(podcast=podcast))
    services.bus.subscribe(ChaptersChanged, lambda _: came.set())
    services.chapter_documents.want(episode)
    assert publisher.reached.wait(20)
    services.chapter_documents.want(episode)
    assert services.chapters.chosen(episode) is not None
    assert not came.is_set()
    publisher.resume.set()
    assert came.wait(20)
    assert len(publisher.asked(PATH)) == 1
    services.close()


def test_an_episode_that_is_removed_meanwhile_is_passed_over(
    house: House, publisher: WebServer, episode: EpisodeId, monkeypatch: pytest.MonkeyPatch
) -> None:
    (podcast,) = house.services.library.podcasts()
    waiting: list[Callable[[], object]] = []

    def submit(work: Callable[..., object], *given: object) -> Future[object]:
        waiting.append(lambda: work(*given))
        return Future()

    monkeypatch.setattr(house.services.jobs, "submit", submit)
    house.services.chapter_documents.want(episode)
    house.services.subscriptions.remove(podcast.id).result()
    house.facts.clear()
    for work in waiting:
        work()
    assert publisher.asked(PATH)
    assert house.facts == []
