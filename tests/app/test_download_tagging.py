"""Chapters and covers into files that have come: when, what the library knows then, and what a kill leaves."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from house import NOTES, House, build, feed
from pictures import png
from player.app import chapter_saving
from player.audio.mp3_index import Mp3Index
from player.core.errors import TagError
from player.core.events import DownloadChanged
from player.core.model import ChapterSource, Download, DownloadState, EpisodeId, EpisodeQuery
from player.formats.clip_tags import cover_in
from player.formats.media_file import read_media
from player.formats.tag_id3 import id3_sound
from player.storage import audio_versions, episodes
from player.storage.database import open_reader
from webserver import Route, WebServer

OUTLINE = [(0, "Introduction"), (10_000, "Export controls"), (20_000, "Stargate")]
COVER = png(30, 20)


@dataclass
class Fetched:
    """A house in which one episode was downloaded, or is to be."""

    house: House
    episode: EpisodeId

    @property
    def download(self) -> Download:
        return self.house.services.library.download(self.episode)

    @property
    def path(self) -> Path:
        return Path(self.download.path or "")

    def is_due(self) -> bool:
        return self.house.services.chapter_saving.is_due(self.episode)

    def start(self) -> None:
        self.house.services.downloads.start(self.episode)

    def titles(self) -> list[tuple[int, str]]:
        return [(mark.start, mark.title) for mark in read_media(self.path).marks]

    def cover(self) -> bytes | None:
        found = cover_in(self.path)
        return found.data if found else None

    def left(self) -> list[str]:
        """What is in the folder of downloads."""
        return sorted(path.name for path in self.house.services.profile.downloads.rglob("*") if path.is_file())


def subscribed(house: House, publisher: WebServer) -> Fetched:
    house.services.settings.change(tags_downloads=True)
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    return Fetched(house, house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0])


def with_cover(publisher: WebServer, extra: str = "") -> None:
    document = feed(publisher, NOTES).replace(
        b"<title>A podcast</title>",
        f"<title>A podcast</title><image><url>{publisher.url('/cover.png')}</url></image>".encode(),
    )
    document = document.replace(b"</item>", f"{extra}</item>".encode())
    publisher["/feed.xml"] = Route(document, "application/rss+xml")
    publisher["/cover.png"] = Route(COVER, "image/png")


@pytest.fixture
def fetched(house: House, publisher: WebServer) -> Fetched:
    with_cover(publisher)
    return subscribed(house, publisher)


def test_chapters_and_cover_are_written_and_the_sound_stays(fetched: Fetched, audio: Path) -> None:
    fetched.start()
    assert fetched.titles() == OUTLINE
    assert fetched.cover() == COVER
    assert id3_sound(fetched.path) == id3_sound(audio)
    assert fetched.left() == ["The episode [1].mp3"]
    assert fetched.download.state is DownloadState.COMPLETE
    assert fetched.download.problem is None
    assert fetched.download.received == fetched.path.stat().st_size != audio.stat().st_size
    assert not fetched.is_due()
    index = fetched.house.services.listening.audio_index(fetched.episode)
    assert index is not None
    assert Mp3Index.from_bytes(index).matches(fetched.path)


def test_it_is_off_until_it_is_wanted(house: House, publisher: WebServer, audio: Path) -> None:
    with_cover(publisher)
    fetched = subscribed(house, publisher)
    house.services.settings.change(tags_downloads=False)
    fetched.start()
    assert fetched.path.read_bytes() == audio.read_bytes()
    house.services.settings.change(tags_downloads=True)
    house.services.download_tagging.go_on()
    assert fetched.path.read_bytes() == audio.read_bytes(), "what came before stays as it came"


def test_what_the_library_says_of_the_files_chapters_stays_its_publishers(fetched: Fetched) -> None:
    """Else ours would be trusted more than a better outline that the feed gives tomorrow."""
    fetched.start()
    view = fetched.house.services.chapters.view(fetched.episode)
    assert view.chosen is not None
    assert view.chosen.source is ChapterSource.OUTLINE
    assert [each.source for each in view.others] == []


def test_the_listeners_edits_are_written_when_the_file_comes_and_not_later(fetched: Fetched) -> None:
    chapters = fetched.house.services.chapters
    shown = chapters.chosen(fetched.episode)
    assert shown is not None
    chapters.rename(fetched.episode, shown.chapters[1], "Exports").result()
    fetched.start()
    assert [title for _, title in fetched.titles()] == ["Introduction", "Exports", "Stargate"]
    before = fetched.path.read_bytes()
    shown = chapters.chosen(fetched.episode)
    assert shown is not None
    chapters.rename(fetched.episode, shown.chapters[1], "Chips").result()
    assert fetched.path.read_bytes() == before


def test_the_feeds_chapter_document_is_waited_for(house: House, publisher: WebServer) -> None:
    document = publisher.url("/chapters.json")
    with_cover(
        publisher,
        f'<podcast:chapters xmlns:podcast="https://podcastindex.org/namespace/1.0" url="{document}"'
        ' type="application/json+chapters"/>',
    )
    publisher["/chapters.json"] = Route(
        b'{"version": "1.2.0", "chapters": [{"startTime": 0, "title": "A"}, {"startTime": 9, "title": "B"},'
        b' {"startTime": 15, "title": "C"}, {"startTime": 25, "title": "D"}]}',
        "application/json+chapters",
    )
    fetched = subscribed(house, publisher)
    fetched.start()
    assert fetched.titles() == [(0, "A"), (9_000, "B"), (15_000, "C"), (25_000, "D")]


def test_the_same_bytes_are_known_again_when_they_are_fetched_again(fetched: Fetched, audio: Path) -> None:
    fetched.start()
    with closing(open_reader(fetched.house.services.profile.database)) as reader:
        known = audio_versions.version(reader, fetched.episode)
    fetched.house.services.listening.store_position(fetched.episode, 12_000)
    fetched.house.services.downloads.remove(fetched.episode)
    fetched.start()
    with closing(open_reader(fetched.house.services.profile.database)) as reader:
        again = audio_versions.version(reader, fetched.episode)
    assert known is not None
    assert again is not None
    assert known.digest == again.digest
    assert fetched.titles() == OUTLINE
    assert id3_sound(fetched.path) == id3_sound(audio)


def test_what_plays_goes_on_in_its_place(fetched: Fetched) -> None:
    fetched.house.services.settings.change(tags_downloads=False)
    fetched.start()
    playback = fetched.house.services.playback
    playback.open(fetched.episode, at=12_000)
    fetched.house.listened(500)
    before = fetched.path.read_bytes()
    fetched.house.services.chapter_saving.write_into_download(fetched.episode, lambda _: COVER)
    assert fetched.path.read_bytes() != before
    fetched.house.listened(500)
    assert playback.state.is_playing
    assert playback.position() == 13_000


def test_the_waveform_is_still_that_of_the_file(fetched: Fetched, monkeypatch: pytest.MonkeyPatch) -> None:
    services = fetched.house.services
    services.settings.change(tags_downloads=False)
    services.waveforms.start()
    fetched.start()
    services.chapter_saving.write_into_download(fetched.episode, lambda _: COVER)
    measured: list[object] = []
    monkeypatch.setattr("player.app.waveforms.measure_more", lambda *given: measured.append(given))
    services.playback.open(fetched.episode)
    found = services.waveforms.waveform(fetched.episode)
    assert found is not None
    assert found.is_complete
    assert measured == []


def test_a_cover_that_cannot_be_had_holds_up_nothing(fetched: Fetched, publisher: WebServer) -> None:
    publisher["/cover.png"] = Route(status=404)
    fetched.start()
    assert fetched.titles() == OUTLINE
    assert fetched.cover() is None
    assert fetched.download.problem is None


def test_a_failure_is_a_sentence_and_the_file_is_as_it_came(
    fetched: Fetched, audio: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_: object) -> None:
        raise TagError(str(path), "its ID3 tag is damaged; repair it with a tag editor first")

    monkeypatch.setattr(chapter_saving, "write_tags", refuse)
    fetched.start()
    assert fetched.download.state is DownloadState.COMPLETE
    assert fetched.download.problem == (
        "Chapters and cover are not written into the file: its ID3 tag is damaged; repair it with a tag editor first."
    )
    assert fetched.path.read_bytes() == audio.read_bytes()
    assert fetched.left() == ["The episode [1].mp3"]
    assert not fetched.is_due()


class Killed(BaseException):
    """As if the program ended there and then."""


STEPS = ("own_tags", "write_tags", "read_audio", "carry_waveform", "_put")


def killed_at(step: str, fetched: Fetched, *, is_after: bool) -> None:
    """Download until just before a step, or just behind it."""
    real: Any = getattr(chapter_saving, step)

    def die(*given: object) -> None:
        if is_after:
            real(*given)
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        # What a kill leaves behind is not tidied away by it.
        patch.setattr("shutil.rmtree", lambda *_given, **_options: None)
        patch.setattr(chapter_saving, step, die)
        with pytest.raises(Killed):
            fetched.start()


@pytest.mark.parametrize("is_after", [False, True])
@pytest.mark.parametrize("step", STEPS)
def test_a_kill_between_the_steps_loses_nothing_and_the_next_start_goes_on(
    tmp_path: Path, publisher: WebServer, audio: Path, step: str, is_after: bool
) -> None:
    with_cover(publisher)
    house = build(tmp_path / "profile")
    fetched = subscribed(house, publisher)
    killed_at(step, fetched, is_after=is_after)
    house.services.close()

    again = Fetched(build(tmp_path / "profile"), fetched.episode)
    with closing(again.house.services):
        assert again.download.state is DownloadState.COMPLETE
        assert id3_sound(again.path) == id3_sound(audio), "whichever of the two it is, it is whole"
        assert again.is_due()
        again.house.services.download_tagging.go_on()
        assert again.titles() == OUTLINE
        assert again.cover() == COVER
        assert id3_sound(again.path) == id3_sound(audio)
        assert again.left() == ["The episode [1].mp3"]
        assert not again.is_due()
        assert again.download.received == again.path.stat().st_size


def test_a_download_that_is_removed_meanwhile_does_not_come_back(
    fetched: Fetched, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Any = vars(chapter_saving)["read_audio"]

    def remove_then_read(copy: Path) -> object:
        fetched.house.services.downloads.remove(fetched.episode)
        return real(copy)

    monkeypatch.setattr(chapter_saving, "read_audio", remove_then_read)
    fetched.start()
    assert fetched.download.state is DownloadState.NONE
    assert fetched.left() == []


def test_the_note_of_what_is_due_goes_with_the_download(fetched: Fetched) -> None:
    with closing(open_reader(fetched.house.services.profile.database)) as reader:
        assert not episodes.is_tagging_due(reader, fetched.episode)
        assert episodes.tagging_due(reader) == []


def test_what_is_moved_to_another_folder_comes_first(fetched: Fetched, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = fetched.house.services.downloads.notes
    with monkeypatch.context() as moving:
        moving.setattr(notes, "is_leaving", lambda _: fetched.download.state is DownloadState.COMPLETE)
        fetched.start()
        assert fetched.titles() == []
        assert fetched.is_due()
    fetched.house.services.bus.publish(DownloadChanged(fetched.episode))
    assert fetched.titles() == OUTLINE
