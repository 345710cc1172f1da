"""What makes a download a finished one: it opens, its end can be decoded, and it is what the feed describes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

import numpy as np
import pytest

from house import NOTES, House, feed
from player.app import finishing
from player.core.alignment import Timeline
from player.core.errors import UnexpectedError
from player.core.model import DownloadState, EpisodeId, EpisodeQuery
from player.storage import audio_versions, bookmarks, chapter_edits, heard, listening
from player.storage.database import open_reader
from speechlike import Sound, speech
from stages import write_wav
from timecoded import cached_timecoded
from webserver import Route, WebServer


def subscribed(house: House, publisher: WebServer, length: str = "") -> EpisodeId:
    """The only episode of a feed that says how long it is."""
    document = feed(publisher, NOTES)
    if length:
        document = document.replace(b"</item>", f"<itunes:duration>{length}</itunes:duration></item>".encode())
        document = document.replace(b"<rss ", b'<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" ')
    publisher["/feed.xml"] = Route(document, "application/rss+xml")
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    return house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]


@pytest.fixture
def library(house: House) -> Iterator[Connection]:
    with closing(open_reader(house.services.profile.database)) as reader:
        yield reader


def fetched(house: House, episode: EpisodeId) -> tuple[DownloadState, str | None]:
    house.services.downloads.start(episode)
    download = house.services.library.download(episode)
    return download.state, download.problem


def left(house: House) -> list[str]:
    """What is in the folder of downloads."""
    return sorted(path.name for path in house.services.profile.downloads.rglob("*") if path.is_file())


def test_what_is_as_it_should_be_has_nothing_odd_about_it(
    house: House, publisher: WebServer, library: Connection
) -> None:
    episode = subscribed(house, publisher, "0:35")
    assert fetched(house, episode) == (DownloadState.COMPLETE, None)
    known = audio_versions.version(library, episode)
    assert known is not None
    assert len(known.digest) == 32
    assert left(house) == ["The episode [1].mp3"]


@pytest.mark.parametrize(("length", "words"), [("1:40", "1:10 shorter than its feed says"), ("0:01", None)])
def test_an_odd_length_is_said_and_kept(house: House, publisher: WebServer, length: str, words: str | None) -> None:
    state, problem = fetched(house, subscribed(house, publisher, length))
    assert state is DownloadState.COMPLETE
    assert (words in (problem or "")) if words else problem is None


def test_a_file_whose_end_is_missing_on_the_server_is_kept_and_said_so(
    house: House, publisher: WebServer, audio: Path
) -> None:
    publisher["/audio.mp3"] = Route(audio.read_bytes()[:150_000], "audio/mpeg")
    episode = subscribed(house, publisher)
    state, problem = fetched(house, episode)
    assert state is DownloadState.COMPLETE
    assert problem is not None
    assert problem.startswith("The audio breaks off 0:11 before the end that its file announces")
    duration = house.services.library.episode(episode).duration
    assert duration == pytest.approx(18_700, abs=200), "what can be heard counts"


def test_a_line_that_ends_too_early_without_a_word_is_no_whole_file(
    house: House, publisher: WebServer, audio: Path
) -> None:
    publisher["/audio.mp3"] = Route(audio, "audio/mpeg", length="missing", cut_after=150_000)
    episode = subscribed(house, publisher)
    state, problem = fetched(house, episode)
    assert state is DownloadState.WAITING, "to be tried again"
    assert problem is not None
    assert "it ended 0:11 before the end of the audio" in problem
    assert "The episode [1].mp3.part" in left(house)
    publisher["/audio.mp3"] = Route(audio, "audio/mpeg")
    assert fetched(house, episode) == (DownloadState.COMPLETE, None)


def test_a_container_that_cannot_be_opened_is_refused_and_fetched_anew(house: House, publisher: WebServer) -> None:
    whole = cached_timecoded(12.0, codec="aac").read_bytes()
    publisher["/audio.mp3"] = Route(whole[: len(whole) * 9 // 10], "audio/mp4", etag='"1"')
    episode = subscribed(house, publisher)
    state, problem = fetched(house, episode)
    assert (state, problem) == (
        DownloadState.FAILED,
        "“The episode” cannot be played: its beginning is damaged. Download it again.",
    )
    assert left(house) == []
    publisher["/audio.mp3"] = Route(whole, "audio/mp4", etag='"2"')
    assert fetched(house, episode) == (DownloadState.COMPLETE, None)


def test_what_only_looks_like_audio_is_refused(house: House, publisher: WebServer) -> None:
    publisher["/audio.mp3"] = Route(b"ID3\x03\x00\x00\x00\x00\x00\x00" + b"No audio at all. " * 9000, "audio/mpeg")
    state, problem = fetched(house, subscribed(house, publisher))
    assert state is DownloadState.FAILED
    assert problem is not None
    assert "nothing was kept of it" in problem
    assert left(house) == []


def test_a_file_that_kills_whoever_looks_at_it_is_kept(
    house: House, publisher: WebServer, library: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_: Path) -> None:
        raise UnexpectedError("a worker process died")

    monkeypatch.setattr(finishing, "examine_audio", die)
    episode = subscribed(house, publisher)
    assert fetched(house, episode) == (DownloadState.COMPLETE, None)
    assert audio_versions.version(library, episode) is None


def test_a_program_that_ends_before_it_is_noted_fetches_nothing_twice(
    house: House, publisher: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    episode = subscribed(house, publisher)

    def end(*_: object) -> None:
        raise UnexpectedError("the program ended")

    with monkeypatch.context() as ending:
        ending.setattr(finishing.Examination, "note", end)
        house.services.downloads.start(episode)
    assert "The episode [1].mp3" in left(house)
    assert fetched(house, episode) == (DownloadState.COMPLETE, None)
    assert len(publisher.asked("/audio.mp3")) == 1
    assert left(house) == ["The episode [1].mp3"]


def spoken(folder: Path, name: str, *parts: Sound) -> Path:
    return write_wav(folder / name, np.concatenate(parts), 8000)


def test_an_episode_that_comes_again_with_another_advertisement_keeps_its_places(
    house: House, publisher: WebServer, tmp_path: Path, library: Connection
) -> None:
    random = np.random.default_rng(5)
    pauses = [float(each) for each in random.uniform(0.1, 0.9, 180)]
    levels = [float(each) for each in random.uniform(-32, -14, 60)]
    body = speech(pauses, 8000, levels=levels).sound
    advertisement = speech(pauses[::-1][:17], 8000, levels=levels[::-1]).sound
    longer = round(len(advertisement) / 8)
    first, second = spoken(tmp_path, "a.wav", body), spoken(tmp_path, "b.wav", advertisement, body)
    publisher["/audio.mp3"] = Route(first, "audio/wav", etag='"a"')
    services = house.services
    services.waveforms.start()
    episode = subscribed(house, publisher)
    services.downloads.start(episode)
    chosen = services.chapters.chosen(episode)
    assert chosen is not None
    services.chapters.set_anchor(episode, chosen.chapters[1], 100_000).result()
    listening.store_position(services._writer._connection, episode, 120_000, 1)
    bookmarks.add(services._writer._connection, episode, 110_000, 3, stop=130_000, text="Here")
    heard.add_heard(services._writer._connection, episode, [(50_000, 120_000)])
    services.downloads.remove(episode)

    publisher["/audio.mp3"] = Route(second, "audio/wav", etag='"b"')
    services.downloads.start(episode)
    assert services.library.download(episode).state is DownloadState.COMPLETE
    assert listening.position(library, episode) == pytest.approx(120_000 + longer, abs=250)
    (mark,) = bookmarks.of_episode(library, episode)
    assert (mark.start, mark.stop) == pytest.approx((110_000 + longer, 130_000 + longer), abs=250)
    ((start, stop),) = heard.heard(library, episode).spans
    assert (start, stop) == pytest.approx((50_000 + longer, 120_000 + longer), abs=250)
    (anchor,) = chapter_edits.anchors(library, episode)[Timeline.PUBLISHED]
    assert anchor.published == 10_000
    assert anchor.actual == pytest.approx(100_000 + longer, abs=250)

    services.downloads.remove(episode)
    listening.store_position(services._writer._connection, episode, 90_000, 2)
    publisher["/audio.mp3"] = Route(first, "audio/wav", etag='"a"')
    services.downloads.start(episode)
    assert listening.position(library, episode) == 90_000, "somewhere else since: it is not of the old audio"
    (anchor,) = chapter_edits.anchors(library, episode)[Timeline.PUBLISHED]
    assert anchor.actual == pytest.approx(100_000, abs=500)
