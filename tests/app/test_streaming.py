"""Playing what is still arriving: when it is opened, what is asked for, and what happens when the line breaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest

from player.app.deck import Deck
from player.app.downloads import Downloads
from player.app.home import InlineHome
from player.app.streaming import Streaming
from player.audio.engine import Arriving, EngineEvent, Wanted
from player.audio.scripted import ScriptedEngine
from player.core.errors import DownloadError, HttpStatusError, NetworkError, NotAudioError
from player.core.model import Download, DownloadState, Episode, EpisodeId, PodcastId
from player.core.ranges import Ranges
from player.net.download import Arrival

PART, TARGET, OTHER = Path("/a.mp3.part"), Path("/a.mp3"), Path("/a.mp3.new")
TOTAL = 1_000_000
EPISODE = Episode(
    EpisodeId(1), PodcastId(1), "", "", "", None, None, 60_000, None, Download(EpisodeId(1), DownloadState.NONE)
)


@dataclass
class Transfers:
    """Downloads as streaming knows them: the test lets bytes arrive."""

    following: Callable[[Arrival], None] | None = None
    follows: int = 0
    wanted: list[tuple[EpisodeId, int, int]] = field(default_factory=list)

    def follow(self, episode: EpisodeId, on_arrival: Callable[[Arrival], None], enough: int) -> None:
        assert episode == EPISODE.id
        assert enough > 0
        self.following = on_arrival
        self.follows += 1

    def unfollow(self) -> None:
        self.following = None

    def want(self, episode: EpisodeId, offset: int, length: int) -> None:
        self.wanted.append((episode, offset, length))

    def arrive(self, *spans: tuple[int, int], path: Path = PART, total: int | None = TOTAL) -> None:
        assert self.following is not None
        self.following(Arrival(path, Ranges.of(spans), total, TARGET))


class Stage:
    def __init__(self) -> None:
        self.home = InlineHome()
        self.engine = ScriptedEngine({PART: 60_000, OTHER: 60_000})
        self.events: list[EngineEvent] = []
        self.deck = Deck(self.engine, self.home, self.on_event)
        self.transfers = Transfers()
        self.opened = 0
        self.streaming = Streaming(self.deck, cast("Downloads", self.transfers), self.home, self.on_opened)

    def on_event(self, event: EngineEvent) -> None:
        self.events.append(event)
        if isinstance(event, Wanted):
            self.streaming.want(event.offset, event.length)

    def on_opened(self) -> None:
        self.opened += 1


@pytest.fixture
def stage() -> Stage:
    made = Stage()
    made.deck.clear(20_000, play=True)
    made.streaming.begin(EPISODE)
    return made


def is_open(stage: Stage) -> bool:
    return stage.deck.has_file


def test_it_opens_when_enough_is_there(stage: Stage) -> None:
    stage.transfers.arrive((0, 1000))
    assert not is_open(stage)
    stage.transfers.arrive((0, 70_000), total=None)
    assert not is_open(stage), "without a size nothing can be jumped to"
    stage.transfers.arrive((0, 70_000))
    assert stage.engine.path == PART
    assert stage.engine.is_playing
    assert stage.deck.position() == 20_000
    assert stage.opened == 1
    stage.transfers.arrive((0, 80_000))
    assert stage.engine.arrivals == [(PART, Ranges(((0, 80_000),)))]
    assert stage.opened == 1


def test_what_arrives_while_it_is_about_to_be_opened_is_not_lost(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    posted: list[Callable[[], None]] = []
    opened: list[Arriving | None] = []
    monkeypatch.setattr(stage.home, "post", posted.append)
    monkeypatch.setattr(stage.deck, "load", lambda _path, _index, arriving: opened.append(arriving))
    stage.transfers.arrive((0, 70_000))
    stage.transfers.arrive((0, TOTAL))
    for call in posted:
        call()
    assert opened == [Arriving(TOTAL, Ranges(((0, TOTAL),)), EPISODE.duration, TARGET)]


def test_a_small_file_opens_when_it_is_whole(stage: Stage) -> None:
    stage.transfers.arrive((0, 5000), total=5000)
    assert stage.engine.path == PART


def test_what_the_engine_wants_is_fetched(stage: Stage) -> None:
    stage.transfers.arrive((0, 70_000))
    stage.engine.want(500_000, 65_536)
    assert stage.transfers.wanted == [(EPISODE.id, 500_000, 65_536)]


def test_another_version_is_another_file_at_the_same_place(stage: Stage) -> None:
    stage.transfers.arrive((0, 70_000))
    stage.engine.advance(5000)
    stage.transfers.arrive((0, 70_000), path=OTHER)
    assert stage.engine.path == OTHER
    assert stage.engine.is_playing
    assert stage.deck.position() == 25_000
    assert stage.opened == 2


def test_after_the_end_nothing_is_opened(stage: Stage) -> None:
    arrive = stage.transfers.following
    assert arrive is not None
    stage.streaming.end()
    assert stage.transfers.following is None
    arrive(Arrival(PART, Ranges(((0, TOTAL),)), TOTAL, TARGET))
    assert not is_open(stage)
    assert stage.streaming.episode is None


BROKEN = NetworkError("https://example.org/a.mp3", "the connection was lost")


def test_a_line_that_breaks_while_it_plays_is_tried_again(stage: Stage) -> None:
    stage.transfers.arrive((0, 70_000))
    for tries in range(2, 5):
        assert stage.streaming.goes_on_after(DownloadError("https://example.org/a.mp3", "it broke off"))
        stage.home.tick()
        assert stage.transfers.follows == tries
    stage.transfers.arrive((0, 90_000))
    assert stage.engine.arrivals[-1] == (PART, Ranges(((0, 90_000),)))


def test_what_does_not_mend_is_not_tried_again(stage: Stage) -> None:
    assert not stage.streaming.goes_on_after(BROKEN), "nothing was heard of it yet: that is told at once"
    stage.transfers.arrive((0, 70_000))
    assert not stage.streaming.goes_on_after(HttpStatusError("https://example.org/a.mp3", "", 404))
    assert not stage.streaming.goes_on_after(NotAudioError("a.mp3", "a web page"))
    assert not stage.streaming.goes_on_after(None)
    assert stage.streaming.goes_on_after(HttpStatusError("https://example.org/a.mp3", "", 503))
    stage.streaming.end()
    stage.home.tick()
    assert stage.transfers.follows == 1
