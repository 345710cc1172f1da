"""The shown chapters into files: what is in them, what stays as it was, and what the library knows afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest

from house import House
from player.app.chapter_forms import FORMS
from player.app.chapter_saving import Saving
from player.app.chapters import store_marks
from player.audio.mp3_index import Mp3Index
from player.core.errors import FileError, KnownError, NoChaptersError, TagError
from player.core.model import Chapter, ChapterSource, EpisodeId, EpisodeQuery, Mark, Picture
from player.formats.media_file import read_media
from player.storage.database import open_writer
from webserver import WebServer

OUTLINE = [(0, "Introduction"), (10_000, "Export controls"), (20_000, "Stargate")]
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
JSON, CUE, YOUTUBE = (next(form for form in FORMS if form.name == name) for name in ("json", "cue", "youtube"))


@pytest.fixture
def episode(house: House, publisher: WebServer) -> EpisodeId:
    """An episode that is downloaded; its notes have an outline of three chapters, its file has none."""
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    found = house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]
    house.services.downloads.start(found)
    return found


@pytest.fixture
def audio_file(house: House, episode: EpisodeId) -> Path:
    path = house.services.chapter_saving.audio(episode)
    assert path is not None
    return path


def store(house: House, episode: EpisodeId, source: ChapterSource, *marks: Mark) -> None:
    connection = open_writer(house.services.profile.database)
    store_marks(connection, episode, source, marks, 1)
    connection.close()


def shown(house: House, episode: EpisodeId) -> list[tuple[int, str]]:
    chosen = house.services.chapters.chosen(episode)
    return [(chapter.start, chapter.title) for chapter in chosen.chapters] if chosen else []


def chapter(house: House, episode: EpisodeId, index: int) -> Chapter:
    chosen = house.services.chapters.chosen(episode)
    assert chosen is not None
    return chosen.chapters[index]


def in_file(path: Path) -> list[tuple[int, str]]:
    return [(mark.start, mark.title) for mark in read_media(path).marks if not mark.is_hidden]


def test_edited_and_moved_chapters_are_saved_and_stay_as_they_are_shown(
    house: House, episode: EpisodeId, audio_file: Path
) -> None:
    chapters = house.services.chapters
    chapters.rename(episode, chapter(house, episode, 1), "Exports").result()
    chapters.add(episode, 5_000, "Added").result()
    chapters.set_anchor(episode, chapter(house, episode, 2), 12_000).result()
    before = shown(house, episode)
    done = house.services.chapter_saving.save(episode, audio_file).future.result()
    assert done is not None
    assert (done.path, done.count, done.lost) == (audio_file, 4, ())
    assert in_file(audio_file) == before == shown(house, episode)
    assert [path.name for path in audio_file.parent.iterdir()] == [audio_file.name]
    assert "changed by you" in chapters.view(episode).reason
    for _ in range(3):
        chapters.undo(episode).result()
    assert shown(house, episode) == OUTLINE, "edits and starts are still there, and the file's do not lead them"
    for _ in range(3):
        chapters.redo(episode).result()
    assert shown(house, episode) == before


def test_the_index_and_the_size_are_those_of_the_new_file(house: House, episode: EpisodeId, audio_file: Path) -> None:
    size = audio_file.stat().st_size
    house.services.chapter_saving.save(episode, audio_file).future.result()
    assert audio_file.stat().st_size != size
    index = house.services.listening.audio_index(episode)
    assert index is not None
    assert Mp3Index.from_bytes(index).matches(audio_file)
    assert house.services.library.download(episode).received == audio_file.stat().st_size


def test_what_plays_goes_on_in_its_place(house: House, episode: EpisodeId, audio_file: Path) -> None:
    playback = house.services.playback
    playback.open(episode, at=12_000)
    house.listened(500)
    loaded = list(house.facts)
    house.services.chapters.rename(episode, chapter(house, episode, 2), "The gate").result()
    house.services.chapter_saving.save(episode, audio_file).future.result()
    assert playback.state.is_playing
    assert playback.position() == 12_500
    house.listened(500)
    assert playback.position() == 13_000
    assert [each.title for each in playback.state.chapters] == ["Introduction", "Export controls", "The gate"]
    assert len(house.facts) > len(loaded)


def test_changes_of_the_files_own_chapters_are_in_the_file_once(
    house: House, episode: EpisodeId, audio_file: Path
) -> None:
    chapters, saving = house.services.chapters, house.services.chapter_saving
    saving.save(episode, audio_file).future.result()
    assert chapters.view(episode).reason == "From the audio file (3). Also: show notes (3)."
    chapters.add(episode, 5_000, "Added").result()
    chapters.delete(episode, chapter(house, episode, 3)).result()
    chapters.set_anchor(episode, chapter(house, episode, 2), 14_000).result()
    before = shown(house, episode)
    assert before == [(0, "Introduction"), (5_000, "Added"), (14_000, "Export controls")]
    saving.save(episode, audio_file).future.result()
    assert shown(house, episode) == in_file(audio_file) == before
    view = chapters.view(episode)
    assert (view.can_undo, view.can_redo, view.has_anchors) == (False, False, False)
    saving.save(episode, audio_file).future.result()
    assert shown(house, episode) == before


def test_a_choice_stays(house: House, episode: EpisodeId, audio_file: Path) -> None:
    store(house, episode, ChapterSource.PODLOVE, Mark(0, "One"), Mark(15_000, "Two"), Mark(25_000, "Three"))
    house.services.chapters.choose_source(episode, ChapterSource.PODLOVE).result()
    house.services.chapter_saving.save(episode, audio_file).future.result()
    view = house.services.chapters.view(episode)
    assert view.asked is ChapterSource.PODLOVE
    assert view.chosen is not None
    assert view.chosen.source is ChapterSource.PODLOVE
    assert in_file(audio_file) == [(0, "One"), (15_000, "Two"), (25_000, "Three")]


def test_starts_that_the_files_chapters_told_stay_told(house: House, episode: EpisodeId, audio_file: Path) -> None:
    store(house, episode, ChapterSource.FILE, *(Mark(start + 5_000, title) for start, title in OUTLINE))
    house.services.chapters.choose_source(episode, ChapterSource.OUTLINE).result()
    before = shown(house, episode)
    assert before[0] == (5_000, "Introduction")
    house.services.chapter_saving.save(episode, audio_file).future.result()
    assert shown(house, episode) == before
    assert house.services.chapters.view(episode).follows_file


def test_pictures_links_nesting_and_hidden_entries_go_along(house: House, episode: EpisodeId, audio_file: Path) -> None:
    store(
        house,
        episode,
        ChapterSource.LISTENER,
        Mark(0, "One", link="https://x.org/1", picture=Picture(data=PNG)),
        Mark(10_000, "Within", level=1, picture=Picture(url="https://x.org/2.png")),
        Mark(15_000, "", 17_000, is_hidden=True, picture=Picture(data=PNG + b"2")),
    )
    house.services.chapter_saving.save(episode, audio_file).future.result()
    one, within, hidden = read_media(audio_file).marks
    assert (one.link, one.picture and one.picture.data) == ("https://x.org/1", PNG)
    assert (within.level, within.picture and within.picture.url) == (1, "https://x.org/2.png")
    assert (hidden.is_hidden, hidden.picture and hidden.picture.data) == (True, PNG + b"2")


def test_a_copy_leaves_file_and_library_alone(house: House, episode: EpisodeId, audio_file: Path) -> None:
    before, index = audio_file.read_bytes(), house.services.listening.audio_index(episode)
    copy = audio_file.with_name("copy.mp3")
    copy.write_text("another file that the listener chose")
    done = house.services.chapter_saving.save(episode, copy).future.result()
    assert done is not None
    assert done.path == copy
    assert in_file(copy) == OUTLINE
    assert audio_file.read_bytes() == before
    assert house.services.listening.audio_index(episode) == index
    assert house.services.chapters.view(episode).others == ()


@pytest.mark.parametrize("is_copy", [False, True])
def test_cancelled_in_time_nothing_is_changed(
    house: House, episode: EpisodeId, audio_file: Path, monkeypatch: pytest.MonkeyPatch, is_copy: bool
) -> None:
    before = audio_file.read_bytes()
    waiting = hold(house, monkeypatch)
    target = audio_file.with_name("copy.mp3") if is_copy else audio_file
    saving = house.services.chapter_saving.save(episode, target)
    assert saving.part() == 0.0
    assert saving.cancel()
    assert waiting[0]() is None
    assert audio_file.read_bytes() == before
    assert [path.name for path in audio_file.parent.iterdir()] == [audio_file.name]
    assert house.services.chapters.view(episode).others == ()


def hold(house: House, monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], object]]:
    """What is submitted from now on waits until the test calls it."""
    waiting: list[Callable[[], object]] = []

    def submit(work: Callable[..., object], *given: object) -> Future[object]:
        waiting.append(lambda: work(*given))
        return Future()

    monkeypatch.setattr(house.services.jobs, "submit", submit)
    return waiting


def test_too_late_to_cancel(house: House, episode: EpisodeId, audio_file: Path) -> None:
    saving = house.services.chapter_saving.save(episode, audio_file)
    assert not saving.cancel()
    assert in_file(audio_file) == OUTLINE


def test_the_end_of_the_program_leaves_files_as_they_are(
    house: House, episode: EpisodeId, audio_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = hold(house, monkeypatch)
    house.services.chapter_saving.save(episode, audio_file)
    house.services.chapter_saving.close()
    assert waiting[0]() is None
    assert in_file(audio_file) == []


def test_how_much_is_written(tmp_path: Path) -> None:
    source, folder = tmp_path / "a.mp3", tmp_path / "copies"
    saving = Saving(source, tmp_path / "b.mp3")
    assert saving.part() == 0.0
    source.write_bytes(b"x" * 100)
    folder.mkdir()
    saving.begin(folder)
    (folder / "copy").write_bytes(b"x" * 25)
    assert saving.part() == 0.25
    (folder / "copy").write_bytes(b"x" * 120)
    assert saving.part() == 1.0


def test_what_cannot_be_done_says_why_and_changes_nothing(house: House, episode: EpisodeId, audio_file: Path) -> None:
    saving = house.services.chapter_saving
    with pytest.raises(FileError) as caught:
        saving.save(episode, audio_file.parent / "missing" / "copy.mp3").future.result()
    assert caught.value.path.endswith("copy.mp3")
    house.services.chapters.rename(episode, chapter(house, episode, 0), "Kept").result()
    before = shown(house, episode)
    audio_file.write_bytes(b"\xff\xfb" + b"\0" * 5000)
    with pytest.raises(KnownError):
        saving.save(episode, audio_file).future.result()
    assert audio_file.stat().st_size == 5002
    assert shown(house, episode) == before
    assert house.services.chapters.view(episode).can_undo


def test_without_audio_or_chapters(house: House, episode: EpisodeId, audio_file: Path) -> None:
    for each in shown(house, episode):
        assert each
        house.services.chapters.delete(episode, chapter(house, episode, 0)).result()
    with pytest.raises(NoChaptersError):
        house.services.chapter_saving.save(episode, audio_file).future.result()
    house.services.downloads.remove(episode)
    with pytest.raises(TagError):
        house.services.chapter_saving.save(episode, audio_file)
    assert house.services.chapter_saving.audio(episode) is None
    assert house.services.chapter_saving.name_for(episode) == "The episode"


def test_documents(house: House, episode: EpisodeId, audio_file: Path, tmp_path: Path) -> None:
    house.services.chapters.rename(episode, chapter(house, episode, 1), "Exports").result()
    export = house.services.chapter_saving.export
    done = export(episode, tmp_path / "a.json", JSON).result()
    assert (done.path, done.count, done.objection) == (tmp_path / "a.json", 3, "")
    entries = json.loads(done.path.read_bytes())["chapters"]
    assert [each["title"] for each in entries] == ["Introduction", "Exports", "Stargate"]
    assert audio_file.name in export(episode, tmp_path / "a.cue", CUE).result().path.read_text()
    assert export(episode, tmp_path / "a.txt", YOUTUBE).result().path.read_text().splitlines()[1] == "0:10 Exports"
    house.services.chapters.move(episode, chapter(house, episode, 1), 3_000).result()
    assert export(episode, tmp_path / "a.txt", YOUTUBE).result().objection
    with pytest.raises(FileError):
        export(episode, tmp_path / "missing" / "a.json", JSON).result()
    assert house.services.chapter_saving.name_for(episode) == audio_file.stem
