"""What plays, for the desktop: MPRIS on the session's D-Bus, which media keys, panels and headphones speak.

Must not know how playing works. Other systems than Linux, and those without a bus, are told nothing.
https://specifications.freedesktop.org/mpris-spec/latest/
"""

from __future__ import annotations

import logging
import os
import queue
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from player.core.model import Millis
from player.core.now_playing import Going, NowPlaying, Wish
from player.core.sound import MAX_SPEED, MIN_SPEED
from player.system.bus_errors import bus_errors
from player.system.mpris_description import DESCRIPTION

if TYPE_CHECKING:
    from jeepney import Message
    from jeepney.io.threading import DBusConnection

_NAME, _PATH = "org.mpris.MediaPlayer2.earmark", "/org/mpris/MediaPlayer2"
_ROOT, _PLAYER = "org.mpris.MediaPlayer2", "org.mpris.MediaPlayer2.Player"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_INTROSPECTION, _PEER = "org.freedesktop.DBus.Introspectable", "org.freedesktop.DBus.Peer"
_ERRORS = "org.freedesktop.DBus.Error."
_PATIENCE = 5.0
"""Seconds in which a bus that is there answers."""
_TAKEN = 3
"""The answer of a bus where another program has the name (D-Bus specification, RequestName): EXISTS."""

_SIMPLE = {
    (_ROOT, "Raise"): Wish.RAISE,
    (_ROOT, "Quit"): Wish.QUIT,
    (_PLAYER, "Next"): Wish.NEXT,
    (_PLAYER, "Previous"): Wish.PREVIOUS,
    (_PLAYER, "Play"): Wish.PLAY,
    (_PLAYER, "Pause"): Wish.PAUSE,
    (_PLAYER, "PlayPause"): Wish.TOGGLE,
    (_PLAYER, "Stop"): Wish.STOP,
}

_log = logging.getLogger(__name__)

Variant = tuple[str, Any]
OnWish = Callable[[Wish, float], None]


class Mpris:
    """Tells what plays, and hands on what is asked for, on threads of its own.

    `on_wish(what, value)` gets milliseconds, a speed or a volume, or zero.
    """

    def __init__(self, on_wish: OnWish) -> None:
        self._on_wish = on_wish
        self._lock = threading.Lock()
        self._playing, self._position = NowPlaying(), 0
        self._to_send: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._connection: DBusConnection | None = None
        self._is_closed = False

    def start(self) -> None:
        """Appear on the bus. Where there is none, nothing happens."""
        if sys.platform == "linux":
            threading.Thread(target=self._listen, name="earmark-mpris", daemon=True).start()

    def show(self, playing: NowPlaying) -> None:
        """Tell what plays from now on. Returns at once."""
        with self._lock:
            before, self._playing = self._playing, playing
            is_there = self._connection is not None
        old, new = _player_properties(before, 0), _player_properties(playing, 0)
        changed = {name: value for name, value in new.items() if value != old[name]}
        if changed and is_there:
            self._emit(_PROPERTIES, "PropertiesChanged", "sa{sv}as", (_PLAYER, changed, []))

    def show_position(self, position: Millis, *, has_leapt: bool) -> None:
        """Say where it plays, and, where that is not by playing on, tell it. Returns at once."""
        with self._lock:
            self._position = position
            is_there = self._connection is not None
        if has_leapt and is_there:
            self._emit(_PLAYER, "Seeked", "x", (position * 1000,))

    def close(self) -> None:
        """Leave the bus."""
        with self._lock:
            self._is_closed = True
            connection = self._connection
        if connection is not None:
            connection.interrupt()

    def _emit(self, interface: str, name: str, signature: str, body: tuple[Any, ...]) -> None:
        from jeepney import DBusAddress, new_signal

        self._to_send.put(new_signal(DBusAddress(_PATH, interface=interface), name, signature, body))

    # On threads of its own

    def _listen(self) -> None:
        from jeepney.io.threading import ReceiveStopped

        known = bus_errors()
        try:
            with self._connect() as connection:
                threading.Thread(target=self._send, args=(connection,), name="earmark-mpris-out", daemon=True).start()
                while True:
                    answer = self._answer(connection.receive())
                    if answer is not None:
                        self._to_send.put(answer)
        except ReceiveStopped:
            pass
        except known as error:
            _log.info("the desktop is not told what plays: %s", error)
        finally:
            with self._lock:
                self._connection = None
            self._to_send.put(None)

    def _send(self, connection: DBusConnection) -> None:
        # Answers go the same way as signals: who asks after a signal gets what it told.
        while (message := self._to_send.get()) is not None:
            try:
                connection.send(message)
            except OSError as error:
                _log.info("the desktop is told no more what plays: %s", error)
                return

    def _connect(self) -> DBusConnection:
        """A connection with our name. Raises as jeepney does."""
        from jeepney.io.threading import open_dbus_connection

        connection = open_dbus_connection("SESSION", auth_timeout=_PATIENCE)
        try:
            if self._ask_for_name(connection, _NAME) == _TAKEN:
                self._ask_for_name(connection, f"{_NAME}.instance{os.getpid()}")
        except BaseException:
            connection.close()
            raise
        with self._lock:
            self._connection = connection
            if self._is_closed:
                connection.interrupt()
        return connection

    def _ask_for_name(self, connection: DBusConnection, name: str) -> int:
        """What the bus says to that. Who has seen the name asks at once, and is answered before that is known here."""
        from jeepney import HeaderFields, MessageType, message_bus
        from jeepney.wrappers import DBusErrorResponse

        serial = next(connection.outgoing_serial)
        # 4: do not wait for a name that another program has.
        connection.send(message_bus.RequestName(name, 4), serial=serial)
        while (message := connection.receive(timeout=_PATIENCE)).header.fields.get(HeaderFields.reply_serial) != serial:
            if (answer := self._answer(message)) is not None:
                connection.send(answer)
        if message.header.message_type is MessageType.error:
            raise DBusErrorResponse(message)
        return int(message.body[0])

    def _answer(self, message: Message) -> Message | None:
        from jeepney import HeaderFields, MessageFlag, MessageType, new_error

        fields = message.header.fields
        if message.header.message_type is not MessageType.method_call:
            return None
        interface, member = fields.get(HeaderFields.interface, ""), fields.get(HeaderFields.member, "")
        try:
            answer = self._reply(message, str(interface), str(member))
        except (LookupError, TypeError, ValueError) as error:
            name = "UnknownProperty" if interface == _PROPERTIES else "UnknownMethod"
            answer = new_error(message, _ERRORS + name, "s", (f"{interface}.{member}: {error}",))
        return None if message.header.flags & MessageFlag.no_reply_expected else answer

    def _reply(self, message: Message, interface: str, member: str) -> Message:
        """Do what a call asks for. Raises LookupError, TypeError or ValueError for what is not there."""
        from jeepney import new_method_return

        body = message.body
        match interface, member:
            case "org.freedesktop.DBus.Properties", "Get":
                return new_method_return(message, "v", (self._properties(body[0])[body[1]],))
            case "org.freedesktop.DBus.Properties", "GetAll":
                return new_method_return(message, "a{sv}", (self._properties(body[0]),))
            case "org.freedesktop.DBus.Properties", "Set":
                self._set(*body)
            case "org.freedesktop.DBus.Introspectable", "Introspect":
                return new_method_return(message, "s", (DESCRIPTION,))
            case "org.freedesktop.DBus.Peer", "Ping":
                pass
            case "org.mpris.MediaPlayer2.Player", "Seek":
                self._on_wish(Wish.SEEK, body[0] // 1000)
            case "org.mpris.MediaPlayer2.Player", "SetPosition":
                self._go(*body)
            case _:
                self._on_wish(_SIMPLE[interface, member], 0)
        return new_method_return(message)

    def _properties(self, interface: str) -> dict[str, Variant]:
        with self._lock:
            return {_ROOT: _ROOT_PROPERTIES, _PLAYER: _player_properties(self._playing, self._position)}[interface]

    def _set(self, interface: str, name: str, value: Variant) -> None:
        wish = {"Rate": Wish.SPEED, "Volume": Wish.VOLUME}[name]
        if interface != _PLAYER or value[0] != "d":
            raise ValueError("it cannot be set to that")
        if wish is Wish.SPEED and value[1] == 0:
            # “If set to 0.0, the media player should act as though Pause was called.”
            self._on_wish(Wish.PAUSE, 0)
            return
        self._on_wish(wish, value[1])

    def _go(self, track: str, position: int) -> None:
        with self._lock:
            playing = self._playing
        place = position // 1000
        if track == _track_path(playing.track) and 0 <= place <= (playing.duration or 0):
            self._on_wish(Wish.GO, place)


_ROOT_PROPERTIES: dict[str, Variant] = {
    "CanQuit": ("b", True),
    "CanRaise": ("b", True),
    "HasTrackList": ("b", False),
    "Identity": ("s", "Earmark"),
    "DesktopEntry": ("s", "earmark"),
    "SupportedUriSchemes": ("as", []),
    "SupportedMimeTypes": ("as", []),
}


def _track_path(track: int | None) -> str:
    return "/org/mpris/MediaPlayer2/TrackList/NoTrack" if track is None else f"/org/earmark/episode/{track}"


def _player_properties(playing: NowPlaying, position: Millis) -> dict[str, Variant]:
    is_there = playing.track is not None
    return {
        "PlaybackStatus": ("s", str(playing.going if is_there else Going.STOPPED)),
        "Rate": ("d", playing.speed),
        "MinimumRate": ("d", MIN_SPEED),
        "MaximumRate": ("d", MAX_SPEED),
        "Metadata": ("a{sv}", _metadata(playing)),
        "Volume": ("d", playing.volume),
        "Position": ("x", position * 1000),
        "CanGoNext": ("b", is_there),
        "CanGoPrevious": ("b", is_there),
        "CanPlay": ("b", is_there),
        "CanPause": ("b", is_there),
        "CanSeek": ("b", is_there and playing.duration is not None),
        "CanControl": ("b", True),
    }


def _metadata(playing: NowPlaying) -> dict[str, Variant]:
    """What is known of it; what is not known is left out, as the specification wants it."""
    told: dict[str, Variant] = {"mpris:trackid": ("o", _track_path(playing.track))}
    if playing.track is None:
        return told
    known: dict[str, tuple[str, object]] = {
        "mpris:length": ("x", None if playing.duration is None else playing.duration * 1000),
        "mpris:artUrl": ("s", playing.picture),
        "xesam:title": ("s", playing.title),
        "xesam:album": ("s", playing.album),
        "xesam:artist": ("as", [playing.artist] if playing.artist else []),
        "xesam:genre": ("as", ["Podcast"]),
        "xesam:trackNumber": ("i", playing.chapter),
        "xesam:url": ("s", playing.link),
    }
    return told | {name: value for name, value in known.items() if value[1] not in (None, "", [])}
