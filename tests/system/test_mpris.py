"""What plays, on a D-Bus of the test's own: told, asked for and steered, and nothing at all without a bus."""

from __future__ import annotations

import contextlib
import logging
import queue
import socket
import sys
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_method_call, new_method_return

from fakebus import FakeBus, messages
from player.core.now_playing import Going, NowPlaying, Wish
from player.system.mpris import Mpris

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="MPRIS is there on Linux")

ROOT, PLAYER = "org.mpris.MediaPlayer2", "org.mpris.MediaPlayer2.Player"
PROPERTIES = "org.freedesktop.DBus.Properties"
STARGATE = NowPlaying(
    Going.PLAYING,
    7,
    "Stargate",
    "#459",
    "Lex Fridman Podcast",
    24,
    18_958_000,
    "https://example.org/459",
    "file:///a",
    1.4,
    0.5,
)


class Session(FakeBus):
    """A session's D-Bus with one program on it, which it speaks to as a panel does."""

    def __init__(self, path: Path) -> None:
        self.names: list[str] = []
        self.name_answer = 1
        self.is_known = threading.Event()
        self.heard: queue.Queue[Message] = queue.Queue()
        self._serials = count(1)
        super().__init__(path, self._serve)

    def ask(self, interface: str, member: str, signature: str | None = None, *body: object) -> Message:
        """Call the program, and give its answer; what it tells meanwhile is dropped."""
        assert self.client is not None
        serial = next(self._serials)
        address = DBusAddress("/org/mpris/MediaPlayer2", "org.mpris.MediaPlayer2.earmark", interface)
        self.client.sendall(new_method_call(address, member, signature, body).serialise(serial))
        while True:
            message = self.heard.get(timeout=20)
            if message.header.fields.get(HeaderFields.reply_serial) == serial:
                return message

    def get(self, name: str) -> Any:
        return self.ask(PROPERTIES, "Get", "ss", PLAYER, name).body[0][1]

    def told(self) -> tuple[str, tuple[Any, ...]]:
        """The next signal."""
        message = self.heard.get(timeout=20)
        assert message.header.message_type is MessageType.signal
        return message.header.fields[HeaderFields.member], message.body

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            for message in messages(client):
                self._take(client, message)

    def _take(self, client: socket.socket, message: Message) -> None:
        member = message.header.fields.get(HeaderFields.member)
        if member == "Hello":
            client.sendall(new_method_return(message, "s", (":1.1",)).serialise(next(self._serials)))
        elif member == "RequestName":
            self.names.append(message.body[0])
            answer = self.name_answer if len(self.names) == 1 else 1
            client.sendall(new_method_return(message, "u", (answer,)).serialise(next(self._serials)))
            if answer == 1:
                self.is_known.set()
        else:
            self.heard.put(message)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'bus'}")
    session = Session(tmp_path / "bus")
    yield session
    session.close()


@pytest.fixture
def wishes() -> list[tuple[Wish, float]]:
    return []


@pytest.fixture
def desk(session: Session, wishes: list[tuple[Wish, float]]) -> Iterator[Mpris]:
    desk = Mpris(lambda wish, value: wishes.append((wish, value)))
    desk.start()
    assert session.is_known.wait(20)
    # From its first answer on, it is ready to tell.
    session.ask("org.freedesktop.DBus.Peer", "Ping")
    yield desk
    desk.close()
    ended()


def ended() -> None:
    for thread in threading.enumerate():
        if thread.name.startswith("earmark-mpris"):
            thread.join(20)
            assert not thread.is_alive()


def test_what_plays_is_told_and_can_be_asked_for(session: Session, desk: Mpris) -> None:
    assert session.names == ["org.mpris.MediaPlayer2.earmark"]
    assert session.get("PlaybackStatus") == "Stopped"
    assert session.get("Metadata") == {"mpris:trackid": ("o", "/org/mpris/MediaPlayer2/TrackList/NoTrack")}
    assert session.get("CanSeek") is False
    desk.show(STARGATE)
    name, (interface, changed, dropped) = session.told()
    assert (name, interface, dropped) == ("PropertiesChanged", PLAYER, [])
    assert changed["PlaybackStatus"] == ("s", "Playing")
    assert changed["Metadata"][1] == {
        "mpris:trackid": ("o", "/org/earmark/episode/7"),
        "mpris:length": ("x", 18_958_000_000),
        "mpris:artUrl": ("s", "file:///a"),
        "xesam:title": ("s", "Stargate"),
        "xesam:album": ("s", "#459"),
        "xesam:artist": ("as", ["Lex Fridman Podcast"]),
        "xesam:genre": ("as", ["Podcast"]),
        "xesam:trackNumber": ("i", 24),
        "xesam:url": ("s", "https://example.org/459"),
    }
    assert {name: session.get(name) for name in ("Rate", "Volume", "MinimumRate", "MaximumRate", "CanSeek")} == {
        "Rate": 1.4,
        "Volume": 0.5,
        "MinimumRate": 0.5,
        "MaximumRate": 4.0,
        "CanSeek": True,
    }
    everything = session.ask(PROPERTIES, "GetAll", "s", ROOT).body[0]
    assert everything["Identity"] == ("s", "Earmark")
    assert everything["DesktopEntry"] == ("s", "earmark")


def test_only_what_changed_is_told_and_the_place_only_where_it_leaps(session: Session, desk: Mpris) -> None:
    desk.show(STARGATE)
    session.told()
    desk.show(STARGATE)
    desk.show_position(5000, has_leapt=False)
    assert session.get("Position") == 5_000_000
    desk.show_position(90_000, has_leapt=True)
    assert session.told() == ("Seeked", (90_000_000,))


def test_what_is_asked_for_is_handed_on(session: Session, desk: Mpris, wishes: list[tuple[Wish, float]]) -> None:
    desk.show(STARGATE)
    for interface, member in ((ROOT, "Raise"), (ROOT, "Quit")):
        session.ask(interface, member)
    for member in ("Next", "Previous", "Play", "Pause", "PlayPause", "Stop"):
        session.ask(PLAYER, member)
    assert [wish for wish, _ in wishes] == [
        Wish.RAISE,
        Wish.QUIT,
        Wish.NEXT,
        Wish.PREVIOUS,
        Wish.PLAY,
        Wish.PAUSE,
        Wish.TOGGLE,
        Wish.STOP,
    ]
    wishes.clear()
    session.ask(PLAYER, "Seek", "x", -15_000_000)
    session.ask(PLAYER, "SetPosition", "ox", "/org/earmark/episode/7", 60_000_000)
    session.ask(PLAYER, "SetPosition", "ox", "/org/earmark/episode/8", 60_000_000)
    session.ask(PLAYER, "SetPosition", "ox", "/org/earmark/episode/7", 18_958_000_001_000)
    session.ask(PROPERTIES, "Set", "ssv", PLAYER, "Rate", ("d", 2.0))
    session.ask(PROPERTIES, "Set", "ssv", PLAYER, "Rate", ("d", 0.0))
    session.ask(PROPERTIES, "Set", "ssv", PLAYER, "Volume", ("d", 0.25))
    assert wishes == [
        (Wish.SEEK, -15_000),
        (Wish.GO, 60_000),
        (Wish.SPEED, 2.0),
        (Wish.PAUSE, 0),
        (Wish.VOLUME, 0.25),
    ]


@pytest.mark.parametrize(
    ("interface", "member", "signature", "body", "kind"),
    [
        (PLAYER, "Dance", None, (), "UnknownMethod"),
        (PLAYER, "Seek", None, (), "UnknownMethod"),
        (PROPERTIES, "Get", "ss", (PLAYER, "Colour"), "UnknownProperty"),
        (PROPERTIES, "Set", "ssv", (PLAYER, "Position", ("x", 1)), "UnknownProperty"),
        (PROPERTIES, "Set", "ssv", (PLAYER, "Volume", ("s", "loud")), "UnknownProperty"),
    ],
)
def test_what_is_not_there_is_an_error_that_says_so(
    session: Session,
    desk: Mpris,
    wishes: list[tuple[Wish, float]],
    interface: str,
    member: str,
    signature: str | None,
    body: tuple[object, ...],
    kind: str,
) -> None:
    answer = session.ask(interface, member, signature, *body)
    assert answer.header.message_type is MessageType.error
    assert answer.header.fields[HeaderFields.error_name] == f"org.freedesktop.DBus.Error.{kind}"
    assert wishes == []


def test_it_describes_itself_as_it_is(session: Session, desk: Mpris) -> None:
    description = session.ask("org.freedesktop.DBus.Introspectable", "Introspect").body[0]
    found = {each.attrib["name"]: each for each in ET.fromstring(description)}
    for interface in (ROOT, PLAYER):
        told = session.ask(PROPERTIES, "GetAll", "s", interface).body[0]
        described = {each.attrib["name"]: each.attrib["type"] for each in found[interface].iter("property")}
        assert described == {name: value[0] for name, value in told.items()}


def test_beside_another_earmark_it_has_a_name_of_its_own(session: Session) -> None:
    session.name_answer = 3
    desk = Mpris(lambda _wish, _value: None)
    desk.start()
    assert session.is_known.wait(20)
    assert session.names[1].startswith("org.mpris.MediaPlayer2.earmark.instance")
    desk.close()
    ended()


def test_without_a_bus_nothing_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    desk = Mpris(lambda _wish, _value: None)
    desk.start()
    desk.show(STARGATE)
    desk.show_position(1, has_leapt=True)
    ended()
    desk.close()
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []
