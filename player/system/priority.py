"""How soon this process gets a processor when others want one, too. Must not know what it works on."""

from __future__ import annotations

import logging
import os
import sys
import threading

HIGH = -11
"""The niceness of what must be in time for the ear: PulseAudio gives its own server the same."""

_PATIENCE = 1.0
"""Seconds in which the system's services answer, or are not there."""

_log = logging.getLogger(__name__)


def raise_priority() -> bool:
    """Let this thread, and all that it begins from now on, go before others; whether the system allows it.

    By our own right (root, or a limit of RLIMIT_NICE), else through RealtimeKit, which desktops run to let sound
    programs of users do so (`MakeThreadHighPriority` of its D-Bus interface, https://github.com/heftig/rtkit). Without
    either, and on systems other than Linux, all stays as it is.
    """
    if sys.platform != "linux":
        return False
    try:
        os.setpriority(os.PRIO_PROCESS, 0, HIGH)
    except PermissionError:
        return _ask_realtime_kit()
    return True


def _ask_realtime_kit() -> bool:
    from jeepney import DBusAddress, DBusErrorResponse, new_method_call
    from jeepney.auth import AuthenticationError
    from jeepney.io.blocking import open_dbus_connection
    from jeepney.wrappers import unwrap_msg

    kit = DBusAddress(
        "/org/freedesktop/RealtimeKit1",
        bus_name="org.freedesktop.RealtimeKit1",
        interface="org.freedesktop.RealtimeKit1",
    )
    call = new_method_call(kit, "MakeThreadHighPriority", "ti", (threading.get_native_id(), HIGH))
    try:
        with open_dbus_connection("SYSTEM", auth_timeout=_PATIENCE) as connection:
            unwrap_msg(connection.send_and_get_reply(call, timeout=_PATIENCE))
    except (OSError, AuthenticationError, DBusErrorResponse) as error:
        _log.info("no higher priority for sound: %s", error)
        return False
    return True
