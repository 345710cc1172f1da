"""What other programs are told of what plays: a desktop's panel, the screen of a locked computer, headphones.

Must not know how it gets there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from player.core.model import Millis


class Going(StrEnum):
    """Whether something plays, in the words of MPRIS."""

    PLAYING = "Playing"
    PAUSED = "Paused"
    STOPPED = "Stopped"


@dataclass(frozen=True, slots=True)
class NowPlaying:
    """The chapter that plays; where there are no chapters, the episode.

    `track` is the number of the episode, None where nothing is chosen; `album` what the title is a part of, `artist`
    the podcast. `picture` is the address of an image file, or empty. `volume` goes from 0.0 to 1.0.
    """

    going: Going = Going.STOPPED
    track: int | None = None
    title: str = ""
    album: str = ""
    artist: str = ""
    chapter: int | None = None
    duration: Millis | None = None
    link: str = ""
    picture: str = ""
    speed: float = 1.0
    volume: float = 1.0


class Wish(StrEnum):
    """What is asked for there."""

    RAISE = "raise"
    QUIT = "quit"
    NEXT = "next"
    PREVIOUS = "previous"
    PLAY = "play"
    PAUSE = "pause"
    TOGGLE = "toggle"
    STOP = "stop"
    SEEK = "seek"
    """By so many milliseconds."""
    GO = "go"
    """To a place, in milliseconds."""
    SPEED = "speed"
    VOLUME = "volume"
