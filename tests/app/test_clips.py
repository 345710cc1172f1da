"""Clips as services cut them: named, tagged, whole or not there, and never at the cost of the original."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import mutagen
import pytest

from audiobytes import lateness, read_all
from house import House
from pictures import png
from player.app.clips import Clips, Span, unused, with_ending
from player.audio.decoder import open_audio
from player.audio.source import Source
from player.core.errors import FileError, NotAudioError
from player.core.model import EpisodeId, EpisodeQuery, Picture
from player.formats.clip_tags import ClipTags, cover_in, write_clip_tags
from webserver import WebServer

STARGATE = (20_000, 30_000)


@pytest.fixture
def episode(house: House, publisher: WebServer) -> EpisodeId:
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    return house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]


@pytest.fixture
def clips(house: House) -> Clips:
    return house.services.clips


@pytest.fixture
def span(house: House, episode: EpisodeId) -> Span:
    """The last chapter of the episode, which is downloaded."""
    house.services.downloads.start(episode)
    return Span(episode, *STARGATE, "Stargate")


def original(house: House, span: Span) -> Path:
    return Path(str(house.services.library.download(span.episode).path))


def test_a_chapter_becomes_a_file(house: House, clips: Clips, span: Span, publisher: WebServer, tmp_path: Path) -> None:
    before = original(house, span).read_bytes()
    assert clips.name_for(span).result() == "Stargate - The episode.mp3"
    clip = clips.save(span, tmp_path / "clip.mp3").future.result()
    assert clip is not None
    assert (clip.path, clip.length, clip.is_copied) == (tmp_path / "clip.mp3", 10_000, True)
    decoder = open_audio(Source(clip.path))
    sound = read_all(decoder)
    decoder.close()
    assert len(sound) == 441_000
    assert lateness(sound, 0, 44_100, place=882_000) == 0
    tags = mutagen.File(str(clip.path)).tags
    assert (tags["TIT2"].text, tags["TALB"].text) == (["Stargate"], ["A podcast"])
    url = publisher.url("/audio.mp3")
    assert tags["COMM::XXX"].text == [f"“The episode”, 0:20–0:30. {url}#t=20,30"]
    assert tags["WOAF"].url == url
    assert original(house, span).read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clip.mp3", "profile"]


def test_the_cover_is_that_of_the_episode(house: House, clips: Clips, span: Span, tmp_path: Path) -> None:
    cover = Picture(data=png(3, 2), media_type="image/png")
    write_clip_tags(original(house, span), ClipTags("T", "P", "A", "C", cover=cover))
    clips.save(span, tmp_path / "clip.mp3").future.result()
    assert cover_in(tmp_path / "clip.mp3") == cover


def test_where_there_is_none_it_is_the_podcasts(
    house: House, clips: Clips, span: Span, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, artwork = "https://a.example/art.png", png(3, 2)
    house.services._writer.submit(lambda each: each.execute("UPDATE podcast SET image_url = ?", (address,))).result()
    monkeypatch.setattr(clips, "_web_picture_data", {address: artwork}.get)
    clips.save(span, tmp_path / "clip.mp3").future.result()
    assert cover_in(tmp_path / "clip.mp3") == Picture(data=artwork, media_type="image/png")
    own = Picture(data=png(2, 2), media_type="image/png")
    write_clip_tags(original(house, span), ClipTags("T", "P", "A", "C", cover=own))
    clips.save(span, tmp_path / "other.mp3").future.result()
    assert cover_in(tmp_path / "other.mp3") == own


def test_to_the_sample(clips: Clips, span: Span, tmp_path: Path) -> None:
    clip = clips.save(span, tmp_path / "clip.mp3", is_exact=True).future.result()
    assert clip is not None
    assert not clip.is_copied


def test_any_span_and_any_title(clips: Clips, episode: EpisodeId, span: Span) -> None:
    assert clips.name_for(Span(episode, 5000, 6500)).result() == "Introduction, 0.05–0.06 - The episode.mp3"
    assert clips.name_for(Span(episode, 5000, 6500, "AC/DC: what?")).result() == "AC DC - what - The episode.mp3"
    assert len(clips.name_for(Span(episode, 5000, 6500, "ä" * 500)).result().encode()) < 150


def test_what_is_not_here_gives_no_clip(clips: Clips, episode: EpisodeId, tmp_path: Path) -> None:
    with pytest.raises(NotAudioError):
        clips.save(Span(episode, 0, 1000), tmp_path / "clip.mp3")
    assert not (tmp_path / "clip.mp3").exists()


def test_the_episode_itself_is_never_replaced(house: House, clips: Clips, span: Span) -> None:
    before = original(house, span).read_bytes()
    with pytest.raises(FileError):
        clips.save(span, original(house, span))
    assert original(house, span).read_bytes() == before


def test_a_folder_that_is_not_there(clips: Clips, span: Span, tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        clips.save(span, tmp_path / "missing" / "clip.mp3").future.result()
    assert caught.value.path == str(tmp_path / "missing" / "clip.mp3")


def test_a_cancelled_clip_leaves_nothing(
    house: House, clips: Clips, span: Span, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began: list[Callable[[], object]] = []

    def later(work: Callable[..., object], *given: object) -> Future[object]:
        began.append(lambda: work(*given))
        return Future()

    monkeypatch.setattr(house.services.jobs, "submit", later)
    for _ in range(2):
        clipping = clips.save(span, tmp_path / "clip.mp3")
        assert clipping.part() == 0
        assert clipping.cancel()
    assert [work() for work in began] == [None, None]
    clips.save(span, tmp_path / "clip.mp3")
    clips.close()
    assert began[2]() is None
    assert [path.name for path in tmp_path.iterdir()] == ["profile"]


def test_names_that_are_taken_and_endings(tmp_path: Path) -> None:
    path = tmp_path / "a.b.mp3"
    assert unused(path) == path
    path.touch()
    assert unused(path).name == "a.b (2).mp3"
    unused(path).touch()
    assert unused(path).name == "a.b (3).mp3"
    assert with_ending(path, ".mp3") == path
    assert with_ending(tmp_path / "x.MP3", ".mp3").name == "x.MP3"
    assert with_ending(tmp_path / "x.mp3", ".m4a").name == "x.mp3.m4a"
