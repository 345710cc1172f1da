"""What the desktop is told of playing, and what its keys do."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from house import House
from player.app.now_playing import DesktopPlayer, desktop_player
from player.core.model import Chapter, ChapterList, ChapterSource, EpisodeId, EpisodeQuery, Picture
from player.core.now_playing import Going, NowPlaying, Wish
from player.storage import chapters
from webserver import WebServer


class Desk:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.shown: list[NowPlaying] = []
        self.leaps: list[int] = []
        self.position = 0

    def show(self, playing: NowPlaying) -> None:
        self.shown.append(playing)

    def show_position(self, position: int, *, has_leapt: bool) -> None:
        self.position = position
        if has_leapt:
            self.leaps.append(position)

    @property
    def now(self) -> NowPlaying:
        return self.shown[-1]


class Awake:
    is_awake = False

    def keep(self, *, is_awake: bool) -> None:
        self.is_awake = is_awake


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def awake() -> Awake:
    return Awake()


@pytest.fixture
def asked() -> list[Wish]:
    """What the window was asked for."""
    return []


@pytest.fixture
def player(house: House, desk: Desk, awake: Awake, asked: list[Wish]) -> DesktopPlayer:
    player = desktop_player(house.services)
    player.start(desk, awake, asked.append)
    return player


@pytest.fixture
def episode(house: House, publisher: WebServer) -> EpisodeId:
    """An episode of thirty seconds and three chapters, downloaded."""
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    found = house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]
    house.services.downloads.start(found)
    return found


@pytest.mark.usefixtures("player")
def test_the_chapter_is_the_title_and_the_episode_its_album(house: House, desk: Desk, episode: EpisodeId) -> None:
    assert desk.now == NowPlaying()
    house.services.playback.open(episode)
    house.listened(9_500)
    now = desk.now
    assert (now.going, now.track, now.duration) == (Going.PLAYING, episode, 30_000)
    assert (now.title, now.album, now.artist, now.chapter) == ("Introduction", "The episode", "A podcast", 1)
    told = len(desk.shown)
    house.listened(1_000)
    assert desk.now.title == "Export controls"
    assert len(desk.shown) == told + 1, "a tick tells nothing, another chapter does, once"
    house.services.playback.pause()
    house.listened(100)
    assert desk.now.going is Going.PAUSED
    house.services.playback.toggle_mute()
    assert desk.now.volume == 0.0


@pytest.mark.usefixtures("player")
def test_an_episode_without_chapters_is_the_title(house: House, desk: Desk, episode: EpisodeId) -> None:
    write = house.services._writer.submit
    write(lambda db: chapters.drop_list(db, episode, ChapterSource.OUTLINE)).result()
    house.services.playback.open(episode)
    house.listened(200)
    now = desk.now
    assert (now.title, now.album, now.artist, now.chapter) == ("The episode", "A podcast", "A podcast", None)


@pytest.mark.usefixtures("player")
def test_only_leaps_are_told_as_such(house: House, desk: Desk, episode: EpisodeId) -> None:
    house.services.playback.open(episode)
    house.listened(3_000)
    desk.leaps.clear()
    house.listened(2_000)
    assert desk.leaps == []
    assert desk.position == house.services.playback.position()
    house.services.playback.jump(20_000)
    house.listened(200)
    assert desk.leaps == [pytest.approx(20_000, abs=500)]


@pytest.mark.usefixtures("player")
def test_the_computer_stays_awake_while_it_plays(house: House, awake: Awake, episode: EpisodeId) -> None:
    assert not awake.is_awake
    house.services.playback.open(episode)
    house.listened(200)
    playing = awake.is_awake
    house.services.playback.pause()
    house.listened(100)
    assert (playing, awake.is_awake) == (True, False)


def test_what_is_asked_for_is_done(house: House, player: DesktopPlayer, episode: EpisodeId, asked: list[Wish]) -> None:
    playback = house.services.playback
    playback.open(episode, at=5_000)
    house.listened(200)
    places = []
    for wish, value in ((Wish.NEXT, 0), (Wish.PREVIOUS, 0), (Wish.SEEK, 15_000), (Wish.GO, 21_000)):
        player.wished(wish, value)
        house.listened(0)
        places.append(round(playback.position(), -3))
    assert places == [10_000, 0, 15_000, 21_000]
    player.wished(Wish.PAUSE, 0)
    paused = playback.state.is_playing
    player.wished(Wish.TOGGLE, 0)
    house.listened(100)
    assert (paused, playback.state.is_playing) == (False, True)
    player.wished(Wish.SPEED, 1.5)
    player.wished(Wish.VOLUME, 0.25)
    assert (playback.state.sound.speed, playback.state.volume) == (1.5, 0.25)
    player.wished(Wish.RAISE, 0)
    assert asked == [Wish.RAISE]


def test_next_and_previous_go_by_seconds_where_that_is_wanted(
    house: House, player: DesktopPlayer, episode: EpisodeId
) -> None:
    house.services.settings.change(media_keys_seek=True, forward_ms=7_000, back_ms=3_000)
    playback = house.services.playback
    playback.open(episode, at=1_000)
    playback.pause()
    player.wished(Wish.NEXT, 0)
    there = playback.position()
    player.wished(Wish.PREVIOUS, 0)
    assert (there, playback.position()) == (8_000, 5_000)


@pytest.mark.usefixtures("player")
def test_the_picture_of_the_chapter_is_there_as_a_file(house: House, desk: Desk, episode: EpisodeId) -> None:
    picture = Picture(data=b"a picture", media_type="image/png")
    found = ChapterList(
        ChapterSource.OUTLINE,
        (Chapter(0, 10_000, "One", picture=picture.reference), Chapter(10_000, 30_000, "Two")),
    )
    write = house.services._writer.submit
    write(lambda db: chapters.store_list(db, episode, found, 0, pictures=(picture,))).result()
    house.services.playback.open(episode)
    house.listened(200)
    path = Path(urlsplit(desk.now.picture).path)
    assert path.read_bytes() == b"a picture"
    house.services.playback.jump(15_000)
    house.listened(200)
    assert desk.now.picture == ""
