"""What MPRIS says of itself, in the words of D-Bus's introspection: generic clients will not speak without it.

Must not know what plays.
https://dbus.freedesktop.org/doc/dbus-specification.html#introspection-format
"""

from __future__ import annotations

_HEAD = (
    '<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN" '
    '"http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">'
)


def _method(name: str, *arguments: tuple[str, str, str]) -> str:
    told = "".join(f'<arg name="{word}" type="{kind}" direction="{way}"/>' for word, kind, way in arguments)
    return f'<method name="{name}">{told}</method>'


def _signal(name: str, *arguments: tuple[str, str]) -> str:
    told = "".join(f'<arg name="{word}" type="{kind}"/>' for word, kind in arguments)
    return f'<signal name="{name}">{told}</signal>'


def _property(name: str, kind: str, access: str = "read") -> str:
    return f'<property name="{name}" type="{kind}" access="{access}"/>'


def _interface(name: str, *members: str) -> str:
    return f'<interface name="{name}">{"".join(members)}</interface>'


_STANDARD = (
    _interface("org.freedesktop.DBus.Introspectable", _method("Introspect", ("xml", "s", "out"))),
    _interface("org.freedesktop.DBus.Peer", _method("Ping")),
    _interface(
        "org.freedesktop.DBus.Properties",
        _method("Get", ("interface", "s", "in"), ("name", "s", "in"), ("value", "v", "out")),
        _method("GetAll", ("interface", "s", "in"), ("values", "a{sv}", "out")),
        _method("Set", ("interface", "s", "in"), ("name", "s", "in"), ("value", "v", "in")),
        _signal("PropertiesChanged", ("interface", "s"), ("changed", "a{sv}"), ("invalidated", "as")),
    ),
)
_ROOT = _interface(
    "org.mpris.MediaPlayer2",
    _method("Raise"),
    _method("Quit"),
    *(_property(name, "b") for name in ("CanQuit", "CanRaise", "HasTrackList")),
    *(_property(name, "s") for name in ("Identity", "DesktopEntry")),
    *(_property(name, "as") for name in ("SupportedUriSchemes", "SupportedMimeTypes")),
)
_PLAYER = _interface(
    "org.mpris.MediaPlayer2.Player",
    *(_method(name) for name in ("Next", "Previous", "Pause", "PlayPause", "Stop", "Play")),
    _method("Seek", ("Offset", "x", "in")),
    _method("SetPosition", ("TrackId", "o", "in"), ("Position", "x", "in")),
    _signal("Seeked", ("Position", "x")),
    _property("PlaybackStatus", "s"),
    *(_property(name, "d", "readwrite") for name in ("Rate", "Volume")),
    *(_property(name, "d") for name in ("MinimumRate", "MaximumRate")),
    _property("Metadata", "a{sv}"),
    _property("Position", "x"),
    *(_property(f"Can{name}", "b") for name in ("GoNext", "GoPrevious", "Play", "Pause", "Seek", "Control")),
)
DESCRIPTION = f"{_HEAD}<node>{''.join(_STANDARD)}{_ROOT}{_PLAYER}</node>"
"""Of the object at /org/mpris/MediaPlayer2."""
