"""From an address to podcasts, episodes and chapters; and what goes wrong on the way loses nothing."""

from __future__ import annotations

from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from house import NOTES, House, feed
from player.app.course import Course
from player.app.sentences import sentence
from player.app.subscriptions import OpmlResult
from player.core.errors import FileError, NetworkError, NotAFeedError, NotAudioError
from player.core.model import ChapterSource, DownloadState, EpisodeQuery, PodcastId, PodcastKind
from webserver import Route, WebServer

SEED_DURATION = (5 * 3600 + 15 * 60 + 58) * 1000


def test_the_real_feed_gives_its_25_chapters(house: House, publisher: WebServer, corpus: Path) -> None:
    publisher["/real.xml"] = Route((corpus / "seed" / "feed.xml").read_bytes(), "application/rss+xml")
    podcast = house.services.subscriptions.add(publisher.url("/real.xml")).result()
    library = house.services.library
    assert library.podcast(podcast).title == "Lex Fridman Podcast"
    (episode,) = library.episode_ids(EpisodeQuery(podcast=podcast))
    chosen = house.services.chapters.chosen(episode)
    assert chosen is not None
    assert chosen.source is ChapterSource.OUTLINE
    assert len(chosen.chapters) == 25
    assert library.episode(episode).chapter_count == 25
    named = {chapter.title: (chapter.start, chapter.end) for chapter in chosen.chapters}
    assert named["Introduction"] == (0, 808_000)
    assert named["Export controls on GPUs to China"][0] == 4_132_000
    assert named["Stargate"] == (17_815_000, 18_264_000)
    assert named["Future of AI"] == (18_264_000, SEED_DURATION)


def test_an_address_that_is_known_adds_nothing(house: House, publisher: WebServer) -> None:
    one = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    assert house.services.subscriptions.add("feed:" + publisher.url("/feed.xml")).result() == one
    assert len(house.services.library.podcasts()) == 1


def test_an_address_that_is_no_feed_says_what_it_is(house: House, publisher: WebServer) -> None:
    publisher["/page"] = Route(b"<!doctype html><html><title>Welcome</title><body>Hi</body></html>", "text/html")
    with pytest.raises(NotAFeedError) as caught:
        house.services.subscriptions.add(publisher.url("/page")).result()
    assert "a web page" in sentence(caught.value)
    assert house.services.library.podcasts() == []


def test_a_server_that_is_down_is_said(house: House, publisher: WebServer) -> None:
    address = publisher.url("/feed.xml")
    publisher.close()
    with pytest.raises(NetworkError) as caught:
        house.services.subscriptions.add(address).result()
    assert "refused" in sentence(caught.value)


def test_removing_forgets_the_podcast(house: House, publisher: WebServer) -> None:
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    house.services.subscriptions.remove(podcast).result()
    assert house.services.library.podcasts() == []


def test_a_local_file_becomes_an_episode_that_is_there(house: House, audio: Path) -> None:
    episode = house.services.subscriptions.add_file(audio).result()
    found = house.services.library.episode(episode)
    assert found.download.state is DownloadState.COMPLETE
    assert found.download.path == str(audio)
    assert found.duration is not None
    assert abs(found.duration - 30_000) < 100
    assert house.services.library.podcasts()[0].kind is PodcastKind.FILES
    assert house.services.subscriptions.add_file(audio).result() == episode


def test_a_sheet_beside_a_local_file_gives_its_chapters(house: House, audio: Path, tmp_path: Path) -> None:
    mix = tmp_path / "mix.mp3"
    mix.write_bytes(audio.read_bytes())
    sheet = tmp_path / "mix.cue"
    tracks = "".join(f'TRACK 0{n} AUDIO\nTITLE "Song {n}"\nINDEX 01 00:0{n}:00\n' for n in range(3))
    sheet.write_text(f'FILE "mix.mp3" MP3\n{tracks}')
    episode = house.services.subscriptions.add_file(mix).result()
    chosen = house.services.chapters.chosen(episode)
    assert chosen is not None
    assert (chosen.source, chosen.origin) == (ChapterSource.SIDE_FILE, "mix.cue")
    assert [each.start for each in chosen.chapters] == [0, 1000, 2000]
    for spoil in (lambda: sheet.write_text("nothing"), sheet.unlink):
        spoil()
        assert house.services.subscriptions.add_file(mix).result() == episode
        assert house.services.chapters.chosen(episode) is None


def test_files_that_are_none_say_so(house: House, tmp_path: Path) -> None:
    with pytest.raises(FileError):
        house.services.subscriptions.add_file(tmp_path / "gone.mp3").result()
    page = tmp_path / "page.mp3"
    page.write_text("<!doctype html><html><title>Not found</title></html>")
    with pytest.raises(NotAudioError) as caught:
        house.services.subscriptions.add_file(page).result()
    assert "web page" in sentence(caught.value)
    assert house.services.library.podcasts() == []


def test_opml_takes_what_can_be_had(house: House, publisher: WebServer, tmp_path: Path) -> None:
    publisher["/page"] = Route(b"<html><body>Hi</body></html>", "text/html")
    feeds = "".join(f'<outline type="rss" xmlUrl="{publisher.url(path)}"/>' for path in ("/feed.xml", "/page"))
    opml = tmp_path / "podcasts.opml"
    opml.write_text(f"<opml version='2.0'><head/><body>{feeds}</body></opml>")
    result = house.services.exchange.import_file(opml).result()
    assert isinstance(result, OpmlResult)
    assert len(result.added) == 1
    assert len(result.problems) == 1
    assert house.services.exchange.import_file(opml).result().known == 1
    with pytest.raises(FileError):
        house.services.exchange.import_file(tmp_path / "gone.opml").result()


def test_folders_of_an_opml_list_are_kept_where_the_listener_has_none(
    house: House, publisher: WebServer, tmp_path: Path
) -> None:
    names = ("one", "two")
    for name in names:
        publisher[f"/{name}.xml"] = publisher["/feed.xml"]
    subscriptions, library = house.services.subscriptions, house.services.library
    known = subscriptions.add(publisher.url("/one.xml")).result()
    subscriptions.move({known: ("Mine",)}).result()
    feeds = "".join(f'<outline xmlUrl="{publisher.url(f"/{name}.xml")}"/>' for name in names)
    opml = tmp_path / "podcasts.opml"
    opml.write_text(f'<opml><body><outline text="Theirs"><outline text="In">{feeds}</outline></outline></body></opml>')
    result = house.services.exchange.import_file(opml).result()
    assert isinstance(result, OpmlResult)
    (new,) = result.added
    assert library.podcast(known).folder == ("Mine",)
    assert library.podcast(new).folder == ("Theirs", "In")
    subscriptions.move({known: (), new: ("Mine",)}).result()
    house.services.exchange.import_file(opml).result()
    assert [library.podcast(each).folder for each in (known, new)] == [("Theirs", "In"), ("Mine",)]


def test_who_quits_while_a_list_is_taken_in_keeps_the_folders_of_what_is_there(
    house: House, publisher: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher["/silent.xml"] = Route(b"", status=503)
    adding = house.services.subscriptions.add_or_find

    def add_until_the_end(url: str, *, is_awaited: bool = True) -> tuple[PodcastId, bool]:
        if url.endswith("/last.xml"):
            raise CancelledError
        return adding(url, is_awaited=is_awaited)

    monkeypatch.setattr(house.services.subscriptions, "add_or_find", add_until_the_end)
    feeds = "".join(f'<outline xmlUrl="{publisher.url(f"/{name}.xml")}"/>' for name in ("feed", "silent", "last"))
    opml = tmp_path / "podcasts.opml"
    opml.write_text(f'<opml><body><outline text="Theirs"><outline text="In">{feeds}</outline></outline></body></opml>')
    with pytest.raises(CancelledError):
        house.services.exchange.import_file(opml).result()
    kept = {each.feed_url: each.folder for each in house.services.library.podcasts()}
    assert kept == {publisher.url(f"/{name}.xml"): ("Theirs", "In") for name in ("feed", "silent")}


def test_an_import_that_is_called_off_keeps_what_is_there(
    house: House, publisher: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = Course()
    adding = house.services.subscriptions.add_or_find

    def add_and_call_off(url: str, *, is_awaited: bool = True) -> tuple[PodcastId, bool]:
        course.is_cancelled = True
        return adding(url, is_awaited=is_awaited)

    monkeypatch.setattr(house.services.subscriptions, "add_or_find", add_and_call_off)
    feeds = "".join(f'<outline type="rss" xmlUrl="{publisher.url("/feed.xml")}?{n}"/>' for n in range(5))
    opml = tmp_path / "podcasts.opml"
    opml.write_text(f"<opml version='2.0'><head/><body>{feeds}</body></opml>")
    result = house.services.exchange.import_file(opml, course=course).result()
    assert isinstance(result, OpmlResult)
    # Two of a host are asked at a time: these were begun.
    assert (len(result.added), result.known, result.problems) == (2, 0, ())
    assert (course.done, course.total) == (2, 5)


def test_a_feed_of_an_opml_list_that_is_silent_today_is_there_tomorrow(
    house: House, publisher: WebServer, tmp_path: Path
) -> None:
    publisher["/silent.xml"] = Route(b"", status=503)
    opml = tmp_path / "podcasts.opml"
    listed = f'<outline text="Folder"><outline text="Silent" xmlUrl="{publisher.url("/silent.xml")}"/></outline>'
    opml.write_text(f"<opml version='2.0'><body>{listed}</body></opml>")
    result = house.services.exchange.import_file(opml).result()
    assert isinstance(result, OpmlResult)
    (podcast,) = house.services.library.podcasts()
    assert result.added == (podcast.id,)
    assert podcast.title == "Silent"
    assert result.problems == (podcast.problem,)
    publisher["/silent.xml"] = Route(feed(publisher, ""), "application/rss+xml")
    house.services.refreshing.refresh([podcast.id])
    (podcast,) = house.services.library.podcasts()
    assert (podcast.title, podcast.problem, podcast.episode_count) == ("A podcast", None, 1)


def test_opml_may_name_a_feed_twice_and_what_is_no_address(house: House, publisher: WebServer, tmp_path: Path) -> None:
    publisher["/other.xml"] = Route(feed(publisher, NOTES), "application/rss+xml")
    first, second = (publisher.url(path) for path in ("/feed.xml", "/other.xml"))
    addresses = (first, f"feed:{first}", "mailto:somebody", second)
    feeds = "".join(f'<outline type="rss" xmlUrl="{each}"/>' for each in addresses)
    opml = tmp_path / "podcasts.opml"
    opml.write_text(f"<opml version='2.0'><head/><body>{feeds}</body></opml>")
    result = house.services.exchange.import_file(opml).result()
    assert isinstance(result, OpmlResult)
    library = house.services.library
    assert [library.podcast(each).feed_url for each in result.added] == [first, second]
    assert (result.known, len(result.problems)) == (1, 1)
    assert [each.chapter_count for each in library.episodes(library.episode_ids(EpisodeQuery()))] == [3, 3]


def test_the_sample_needs_no_network(house: House) -> None:
    podcast = house.services.subscriptions.add_sample().result()
    (episode,) = house.services.library.episode_ids(EpisodeQuery(podcast=podcast))
    assert house.services.library.episode(episode).chapter_count == 12
