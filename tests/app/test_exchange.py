"""What is the listener's goes from one library into another one, as they do it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from house import NOTES, House, build, feed
from newlibraries import rows_of
from player.app.course import Course
from player.app.exchange import WRITING, LibraryImport, settings_to_take, write_document
from player.app.jobs import InlineExecutor, Jobs
from player.app.settings import Settings
from player.app.subscriptions import OpmlResult
from player.core.auto_download import AutoDownload
from player.core.errors import DocumentError, FileError, ProfileError
from player.core.events import PodcastsChanged, ProblemReported, QueueChanged, RulesChanged
from player.core.model import DownloadState, EpisodeQuery
from player.core.phrases import Phrase
from player.core.podcast_rules import PodcastRules
from player.core.sound import Sound
from player.core.time_listened import Month, MonthOfPodcast, Sums
from player.formats.opml import read_opml
from player.storage import time_listened
from webserver import Route, WebServer


@pytest.fixture
def other(tmp_path: Path) -> Iterator[House]:
    """Another computer."""
    house = build(tmp_path / "other")
    yield house
    house.services.close()


@pytest.fixture
def exported(house: House, publisher: WebServer, tmp_path: Path) -> Path:
    """What a listener exported who had heard a part, renamed a chapter, skipped one, queued one, and sped up."""
    services = house.services
    podcast = services.subscriptions.add(publisher.url("/feed.xml")).result()
    (episode,) = services.library.episode_ids(EpisodeQuery(podcast=podcast))
    services.listening.store_position(episode, 12_000)
    chosen = services.chapters.chosen(episode)
    assert chosen is not None
    services.chapters.rename(episode, chosen.chapters[1], "Chips").result()
    services.chapters.set_skipped(episode, chosen.chapters[:1], is_skipped=True).result()
    services.queue.add(services.queue.piece_meant(episode, "Stargate")).result()
    services.sounds.choose(Sound(1.5))
    services.rule_book.set(podcast, PodcastRules(auto_download=AutoDownload(None))).result()
    services.settings.change(back_ms=5000, output_device="a device")
    heard = MonthOfPodcast("https://removed.org", "Removed", Month(2025, 2), Sums(heard=60_000))
    services._writer.submit(lambda connection: time_listened.add_rows(connection, [heard])).result()
    path = tmp_path / "library.json"
    assert services.exchange.export(path).result() == 1
    return path


def the_listeners_part(house: House) -> tuple[object, ...]:
    services = house.services
    (podcast,) = services.library.podcasts()
    (episode,) = services.library.episodes(services.library.episode_ids(EpisodeQuery(podcast=podcast.id)))
    view = services.chapters.view(episode.id)
    assert view.chosen is not None
    return (
        podcast.title,
        services.rule_book.of(podcast.id),
        episode.title,
        episode.position,
        [chapter.title for chapter in view.chosen.chapters],
        view.skipped,
        [(each.start, each.stop, each.title) for each in services.queue.queue.entries],
        services.sounds.current,
        services.settings.value.back_ms,
        time_listened.all_rows(services._reader),
    )


def test_another_computer_goes_on_where_this_one_was(house: House, other: House, exported: Path) -> None:
    done = other.services.exchange.import_file(exported).result()
    (podcast,) = other.services.library.podcasts()
    assert done == LibraryImport((podcast.id,), known=0, episodes=1, queued=1)
    assert QueueChanged() in other.facts
    assert the_listeners_part(other) == the_listeners_part(house)
    assert the_listeners_part(other)[3:6] == (12_000, ["Introduction", "Chips", "Stargate"], {0})
    assert other.services.settings.value.output_device == ""
    assert podcast.problem is None
    again = other.services.exchange.import_file(exported).result()
    assert again == LibraryImport((), known=1, episodes=0, queued=1)
    assert len(other.services.queue.queue.entries) == 1


def test_the_archive_of_a_podcast_that_comes_along_has_not_just_arrived(
    other: House, exported: Path, publisher: WebServer
) -> None:
    def item(name: str) -> str:
        audio = f'<enclosure url="{publisher.url("/audio.mp3")}?{name}" type="audio/mpeg"/>'
        return f"<item><title>{name}</title><guid>{name}</guid>{audio}</item>"

    def downloads() -> list[str]:
        library = other.services.library
        found = library.episodes(library.episode_ids(EpisodeQuery()))
        return [each.title for each in found if each.download.state is not DownloadState.NONE]

    publisher["/feed.xml"] = Route(feed(publisher, NOTES, more=item("Old")), "application/rss+xml", etag='"2"')
    other.services.exchange.import_file(exported).result()
    assert len(other.services.library.episode_ids(EpisodeQuery())) == 2
    assert downloads() == []
    other.clock.now += 1000
    more = item("Old") + item("New")
    publisher["/feed.xml"] = Route(feed(publisher, NOTES, more=more), "application/rss+xml", etag='"3"')
    other.services.refreshing.refresh([each.id for each in other.services.library.podcasts()])
    assert downloads() == ["New"]


def test_the_shelf_of_files_is_no_podcast_that_was_added(
    house: House, other: House, audio: Path, tmp_path: Path
) -> None:
    episode = house.services.subscriptions.add_file(audio).result()
    house.services.listening.store_position(episode, 5000)
    file = tmp_path / "mine.json"
    assert house.services.exchange.export(file).result() == 0
    assert other.services.exchange.import_file(file).result() == LibraryImport((), known=0, episodes=1, queued=0)
    (there,) = other.services.library.episodes(other.services.library.episode_ids(EpisodeQuery()))
    assert (there.download.path, there.position) == (str(audio), 5000)


def test_while_the_publisher_is_silent_all_waits_for_the_feed(
    house: House, other: House, exported: Path, publisher: WebServer
) -> None:
    publisher["/feed.xml"] = Route(b"", status=503)
    other.services.exchange.import_file(exported).result()
    (podcast,) = other.services.library.podcasts()
    assert "HTTP 503" in (podcast.problem or "")
    assert other.services.library.episode_ids(EpisodeQuery()) != []
    publisher["/feed.xml"] = Route(feed(publisher, NOTES), "application/rss+xml", etag='"f2"')
    other.services.refreshing.refresh([podcast.id])
    assert the_listeners_part(other) == the_listeners_part(house)


def test_what_cannot_be_read_changes_nothing(house: House, exported: Path, tmp_path: Path) -> None:
    before = the_listeners_part(house)
    bad = tmp_path / "bad.json"
    found = json.loads(exported.read_bytes())
    found["podcasts"].append({"feed": "https://x.org/other", "episodes": [{"guid": "a", "position": "far"}]})
    bad.write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        house.services.exchange.import_file(bad).result()
    assert (caught.value.name, caught.value.reason[:10]) == ("bad.json", "“position”")
    with pytest.raises(FileError, match="no such file"):
        house.services.exchange.import_file(tmp_path / "gone.json").result()
    assert the_listeners_part(house) == before


def test_settings_that_cannot_be_kept_are_told(other: House, exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def change(**_: object) -> Settings:
        raise FileError("settings.json", "the disk is full")

    monkeypatch.setattr(other.services.settings, "change", change)
    assert len(other.services.exchange.import_file(exported).result().added) == 1
    assert [fact.error.reason for fact in other.facts if isinstance(fact, ProblemReported)] == ["the disk is full"]  # type: ignore[attr-defined]


def test_what_was_chosen_here_stays(other: House, exported: Path) -> None:
    other.services.sounds.choose(Sound(2.0))
    other.services.settings.change(back_ms=30_000)
    other.services.exchange.import_file(exported).result()
    assert other.services.sounds.current == Sound(2.0)
    assert other.services.settings.value.back_ms == 30_000


@pytest.mark.parametrize(
    ("exported", "taken"),
    [
        ({"theme": "dark", "back_ms": 15_000}, {"theme": "dark"}),
        ({"forward_ms": 1}, {}),
        ({"theme": 3, "back_ms": True, "of another program": "x", "output_device": "a"}, {}),
    ],
)
def test_settings_that_are_taken(exported: dict[str, str | int], taken: dict[str, object]) -> None:
    assert settings_to_take(exported, Settings(forward_ms=2)) == taken


def test_a_list_for_other_programs(house: House, publisher: WebServer, tmp_path: Path) -> None:
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    house.services.subscriptions.move({podcast: ("News", "World")}).result()
    house.services.subscriptions.add_sample().result()
    path = tmp_path / "podcasts.opml"
    assert house.services.exchange.export_opml(path).result() == 1
    (listed,) = read_opml(path.read_bytes(), path.name)
    assert (listed.title, listed.url, listed.folder) == ("A podcast", publisher.url("/feed.xml"), ("News", "World"))
    assert house.services.exchange.import_file(path).result() == OpmlResult((), 1, ())


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "there.json"
    write_document(path, b"one")
    write_document(path, b"two")
    assert path.read_bytes() == b"two"
    for place in (tmp_path / "no folder" / "x", path / "x"):
        with pytest.raises(FileError):
            write_document(place, b"three")
    for folder in (tmp_path, Path("/"), tmp_path / "."):
        with pytest.raises(FileError) as caught:
            write_document(folder, b"three")
        assert (caught.value.path, caught.value.reason) == (str(folder), "is a directory")
    assert [each.name for each in tmp_path.iterdir()] == ["there.json"]


class Impatient(Course):
    """A listener who calls an import or export off when that has told so often how far it is."""

    def __init__(self, patience: int) -> None:
        super().__init__(is_cancelled=patience == 0)
        self.patience = patience
        self.shares: list[int] = []

    def tell(self, share: float, doing: str) -> None:
        super().tell(share, doing)
        self.shares.append(self.done)
        self.is_cancelled = len(self.shares) >= self.patience


def several(exported: Path, count: int) -> None:
    """Let the document hold so many podcasts more, each with what is in the first one, and a rule."""
    document = json.loads(exported.read_bytes())
    (first,) = document["podcasts"]
    document["podcasts"] += [{**first, "feed": f"http://127.0.0.1:1/{number}"} for number in range(count)]
    document["skip_rules"] = [{"words": "Ads"}]
    exported.write_text(json.dumps(document), encoding="utf-8")


@pytest.mark.parametrize("patience", [0, 2, 4, 8, 10])
def test_an_import_that_is_called_off_leaves_all_as_it_was(house: House, exported: Path, patience: int) -> None:
    several(exported, 3)
    document = json.loads(exported.read_bytes())
    document["podcasts"][0]["episodes"][0] |= {"position": 20_000, "changed": 1 << 42, "skips": []}
    exported.write_text(json.dumps(document), encoding="utf-8")
    before, queue = rows_of(house.services._reader), house.services.queue.queue
    course = Impatient(patience)
    done = house.services.exchange.import_file(exported, course=course).result()
    assert isinstance(done, LibraryImport)
    assert done == LibraryImport((), 0, 0, 0, is_called_off=True)
    assert rows_of(house.services._reader) == before
    assert house.services.queue.queue == queue
    assert course.shares == sorted(course.shares)
    done = house.services.exchange.import_file(exported).result()
    assert isinstance(done, LibraryImport)
    assert (len(done.added), done.episodes) == (3, 4), "and the next one is none the worse for it"


def test_an_import_that_fails_half_way_leaves_all_as_it_was(
    house: House, exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(exported, 2)
    before = rows_of(house.services._reader)

    def fail(*_: object) -> None:
        raise ProfileError("here", Phrase("reasons", "the disk is full"))

    monkeypatch.setattr(time_listened, "add_rows", fail)
    house.facts.clear()
    with pytest.raises(ProfileError):
        house.services.exchange.import_file(exported).result()
    assert rows_of(house.services._reader) == before
    changed = [each for each in house.facts if isinstance(each, PodcastsChanged)]
    assert [len(each.ids) for each in changed] == [3], "who looked meanwhile looks again"
    assert not any(isinstance(each, RulesChanged) for each in house.facts)


def test_of_several_imports_each_is_called_off_at_the_end(house: House, tmp_path: Path) -> None:
    class Waiting(Executor):
        """Does the first work when it is told to, and all other at once."""

        def __init__(self) -> None:
            self.first: Callable[[], None] | None = None

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            if self.first is not None:
                return InlineExecutor().submit(fn, *args, **kwargs)
            future: Future[Any] = Future()
            self.first = lambda: future.set_result(fn(*args, **kwargs))
            return future

    exchange, waiting = house.services.exchange, Waiting()
    exchange._jobs = Jobs(waiting, house.services.home)
    one, other = Course(), Course()
    path = tmp_path / "a.json"
    path.write_text('{"format": "earmark-library", "version": 1, "podcasts": []}', encoding="utf-8")
    first = exchange.import_file(path, course=one)
    with pytest.raises(FileError):
        exchange.import_file(tmp_path / "gone", course=other).result()
    exchange.close()
    assert (one.is_cancelled, other.is_cancelled) == (True, False)
    assert waiting.first is not None
    waiting.first()
    assert first.result() == LibraryImport((), 0, 0, 0, is_called_off=True)
    assert exchange._courses == []


def test_an_export_that_is_called_off_leaves_the_file_that_was_there(house: House, exported: Path) -> None:
    before = exported.read_bytes()
    for patience in (0, 1, 2):
        assert house.services.exchange.export(exported, Impatient(patience)).result() is None
    assert exported.read_bytes() == before
    course = Impatient(99)
    assert house.services.exchange.export(exported, course).result() == 1
    assert (course.percent, course.doing) == (60, WRITING)
