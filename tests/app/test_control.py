"""What another program may ask of the running player."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from house import House
from player.app.control import Control
from player.app.course import Course
from player.app.exchange import LibraryImport
from player.core.model import EpisodeId, EpisodeQuery
from player.core.sound import Sound, Trimming
from webserver import WebServer


class Asked:
    """Asks the control as a socket would."""

    def __init__(self, house: House) -> None:
        self.shown = 0
        self.episode: EpisodeId | None = None
        self._control = Control(house.services, self._show)

    def __call__(self, command: str, **arguments: Any) -> dict[str, Any]:
        replies: list[dict[str, Any]] = []
        self._control.handle({"command": command, **arguments}, replies.append)
        assert len(replies) == 1
        return replies[0]

    def _show(self, episode: EpisodeId | None) -> None:
        self.shown += 1
        self.episode = episode


@pytest.fixture
def ask(house: House) -> Asked:
    return Asked(house)


@pytest.fixture
def episode(house: House, publisher: WebServer) -> EpisodeId:
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    return house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]


def test_nothing_plays_at_first(ask: Asked) -> None:
    status = ask("status")
    assert status["ok"]
    assert (status["state"], status["episode"], status["chapter"]) == ("empty", None, None)
    assert status["remaining"] is None
    assert "nothing" in ask("goto", place="nothing")["error"]


def test_the_whole_conversation(ask: Asked, house: House, episode: EpisodeId) -> None:
    assert ask("open-episode", words="The episode", chapter="Stargate")["ok"]
    house.listened(500)
    status = ask("status")
    assert status["title"] == "The episode"
    assert status["podcast"] == "A podcast"
    assert status["chapter_title"] == "Stargate"
    assert status["position"] == pytest.approx(20_500, abs=150)
    assert status["speed"] == 1.0
    assert ask("goto", place="0:12")["ok"]
    assert ask("status")["chapter"] == 1
    assert ask("goto", place="intro")["ok"]
    assert ask("status")["chapter"] == 0
    assert ask("next-chapter")["ok"]
    assert ask("status")["position"] == 10_000
    assert ask("toggle")["ok"]
    house.listened(100)
    assert ask("status")["state"] == "paused"
    assert ask("play")["ok"]
    house.listened(100)
    assert ask("status")["state"] == "playing"
    assert ask("pause")["ok"]
    assert ask("previous-chapter")["ok"]


def test_what_remains_counts_speed_and_skipped_chapters(ask: Asked, house: House, episode: EpisodeId) -> None:
    assert ask("open-episode", words="The episode", at=5_000)["ok"]
    house.listened(100)
    assert ask("pause")["ok"]
    position = ask("status")["position"]
    assert ask("status")["remaining"] == 30_000 - position
    chosen = house.services.chapters.chosen(episode)
    assert chosen is not None
    house.services.chapters.set_skipped(episode, chosen.chapters[1:2], is_skipped=True).result()
    assert ask("sound", speed=2.0)["ok"]
    assert ask("status")["remaining"] == pytest.approx((20_000 - position) / 2, abs=1)


def test_a_file_is_opened(ask: Asked, house: House, audio: Path) -> None:
    answer = ask("open", what=str(audio))
    house.listened(300)
    assert answer["ok"]
    assert (ask.shown, ask.episode) == (1, answer["episode"])
    assert ask("status")["state"] == "playing"
    assert "whole path" in ask("open", what="relative.mp3")["error"]
    assert "no such file" in ask("open", what="/gone.mp3")["error"]
    assert ask("open-episode", path=str(audio), at=10_000)["ok"]


def test_an_address_is_subscribed_to(ask: Asked, publisher: WebServer) -> None:
    answer = ask("open", what=publisher.url("/feed.xml"))
    assert (answer["title"], answer["episodes"]) == ("A podcast", 1)
    assert "HTTP 404" in ask("add", what=publisher.url("/nothing"))["error"]


def test_downloads_are_watched(ask: Asked, episode: EpisodeId) -> None:
    assert ask("download", episode=episode)["state"] == "none"
    assert ask("get", episode=episode)["ok"]
    answer = ask("download", episode=episode)
    assert answer["state"] == "complete"
    assert answer["received"] == answer["total"]


def test_the_queue_is_filled_and_played(ask: Asked, house: House, episode: EpisodeId, audio: Path) -> None:
    other = ask("open", what=str(audio))["episode"]
    assert ask("queue-add", episode=episode)["number"] == 1
    assert ask("queue-add", episode=episode, chapter="star") == {"ok": True, "title": "Stargate", "number": 2}
    assert ask("queue-add", episode=episode, chapter="0:12", next=True)["title"] == "Export controls"
    assert "no chapter" in ask("queue-add", episode=episode, chapter="zzz")["error"]
    assert ask("queue-remove", number=2)["ok"]
    assert "no entry of the queue “3”" in ask("queue-remove", number=3)["error"]
    assert "no entry of the queue" in ask("queue-remove", number="x")["error"]
    assert ask("status")["episode"] == other
    assert ask("next")["ok"]
    house.listened(500)
    assert ask("status")["chapter_title"] == "Export controls"
    house.listened(9_700)
    assert ask("status")["chapter_title"] == "Stargate"
    assert "nothing in the queue" in ask("next")["error"]


def test_nonsense_is_answered(ask: Asked, episode: EpisodeId) -> None:
    assert "dance" in ask("dance")["error"]
    assert "no episode" in ask("get", episode="x")["error"]
    assert "no episode" in ask("open-episode", words="unknown title")["error"]
    assert "no chapter" in ask("open-episode", words="The episode", chapter="zzz")["error"]


def test_the_window_comes_to_the_front(ask: Asked) -> None:
    assert ask("show")["ok"]
    assert ask.shown == 1


def test_a_player_in_a_terminal_has_no_window_to_show(house: House, audio: Path) -> None:
    replies: list[dict[str, Any]] = []
    control = Control(house.services)
    control.handle({"command": "show"}, replies.append)
    control.handle({"command": "open", "what": str(audio)}, replies.append)
    assert (replies[0]["ok"], replies[1]["ok"]) == (False, True)
    assert "has no window" in replies[0]["error"]


def test_a_place_behind_the_end_is_none(ask: Asked, episode: EpisodeId) -> None:
    ask("open-episode", words="The episode", at=5000)
    assert "no chapter or time “0:31”" in ask("goto", place="0:31")["error"]
    assert ask("status")["position"] == 5000


def test_sound_is_changed_and_kept(ask: Asked, house: House, episode: EpisodeId) -> None:
    house.services.playback.open(episode)
    assert ask("sound", speed=1.5, trimming="strong")["ok"]
    assert ask("sound", levelled=True, mono=True)["ok"]
    status = ask("status")
    assert [status[name] for name in ("speed", "trimming", "levelled", "mono")] == [1.5, "strong", True, True]
    assert house.engine.sound == house.services.sounds.current == Sound(1.5, Trimming.STRONG, True, True)
    assert not ask("sound", trimming="fierce")["ok"]
    assert not ask("sound", speed="fast")["ok"]
    assert house.engine.sound.speed == 1.5


def test_an_episode_may_be_opened_with_a_sound_for_this_time(ask: Asked, house: House, episode: EpisodeId) -> None:
    assert ask("open-episode", words="The episode", speed=2.0)["ok"]
    assert house.engine.sound == Sound(2.0)
    house.services.sounds.turn_to(house.services.library.episode(episode).podcast)
    assert house.engine.sound == Sound()


def test_what_is_set_for_a_podcast(house: House, ask: Asked, publisher: WebServer) -> None:
    house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    told = ask("podcast", name="podcast", changes={"intro": 12, "keep": "played:3"})
    assert (told["ok"], told["intro"], told["keep"], told["speed"]) == (True, 12.0, "played:3", 1.0)
    wrong: tuple[dict[str, object], ...] = (
        {"intro": "soon"},
        {"intro": -1},
        {"keep": 3},
        {"chapters_from": "dreams"},
        {"speed": []},
    )
    for changes in wrong:
        refused = ask("podcast", name="podcast", changes=changes)
        assert (refused["ok"], "setting" in refused["error"]) == (False, True)
    assert ask("podcast", name="podcast", changes="all")["intro"] == 12.0


class Importing:
    """Takes in nothing: each import ends when the test says so."""

    def __init__(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        self.courses: list[Course] = []
        self.futures: list[Future[LibraryImport]] = []
        self.control = Control(house.services)
        monkeypatch.setattr(house.services.exchange, "import_file", self._import_file)

    def _import_file(self, path: Path, name: str, course: Course) -> Future[LibraryImport]:
        self.courses.append(course)
        self.futures.append(Future())
        return self.futures[-1]

    def ask(self, command: str, **arguments: str) -> list[dict[str, Any]]:
        """What is replied, now and later."""
        replies: list[dict[str, Any]] = []
        self.control.handle({"command": command, **arguments}, replies.append)
        return replies


@pytest.fixture
def importing(house: House, monkeypatch: pytest.MonkeyPatch) -> Importing:
    return Importing(house, monkeypatch)


CALLED_OFF = LibraryImport((), 0, 0, 0, is_called_off=True)


def test_who_imports_can_call_it_off(importing: Importing) -> None:
    assert "no import" in importing.ask("call-off", ticket="7")[0]["error"]
    replies = [
        importing.ask("import", path="/a.json", name="a.json", ticket="7"),
        importing.ask("call-off", ticket="7"),
    ]
    assert importing.courses[0].is_cancelled
    assert replies == [[], []], "how it ended is told at its end"
    importing.futures[0].set_result(CALLED_OFF)
    ended = {"ok": True, "added": 0, "known": 0, "episodes": 0, "queued": 0, "called_off": True}
    assert replies == [[ended], [ended]]


def test_without_a_ticket_nothing_is_called_off(importing: Importing) -> None:
    replies = importing.ask("import", path="/a.json", name="a.json")
    assert "no import" in importing.ask("call-off")[0]["error"]
    assert not importing.courses[0].is_cancelled
    importing.futures[0].set_result(CALLED_OFF)
    assert len(replies) == 1


def test_how_an_import_ended_is_told_for_a_while(importing: Importing) -> None:
    for number in range(20):
        importing.ask("import", path="/a.json", name="a.json", ticket=str(number))
        if number:
            importing.futures[number].set_result(LibraryImport((), number, 0, 0))
    assert importing.ask("call-off", ticket="19")[0]["known"] == 19
    assert "no import" in importing.ask("call-off", ticket="1")[0]["error"]
    assert importing.ask("call-off", ticket="0") == []
    assert importing.courses[0].is_cancelled, "what is not over is kept"
