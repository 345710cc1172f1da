"""How soon this process gets a processor when others want one, too. Must not know what it works on."""

from __future__ import annotations

import ctypes
import logging
import os
import platform
import sys
import threading

HIGH = -11
"""The niceness of what must be in time for the ear: PulseAudio gives its own server the same."""

LOW = 19
"""The niceness of what nobody waits for."""

_PATIENCE = 1.0
"""Seconds in which the system's services answer, or are not there."""

_log = logging.getLogger(__name__)


_SLICE = 200_000
"""Nanoseconds: who asks for short turns gets them sooner."""
_SCHED_SETATTR = {"x86_64": 314, "aarch64": 274, "riscv64": 274}
"""The number of the system call, which C libraries have had for a short time only."""


class _Attributes(ctypes.Structure):
    """`struct sched_attr` of sched_setattr(2), in its first version."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("policy", ctypes.c_uint32),
        ("flags", ctypes.c_uint64),
        ("nice", ctypes.c_int32),
        ("priority", ctypes.c_uint32),
        ("runtime", ctypes.c_uint64),
        ("deadline", ctypes.c_uint64),
        ("period", ctypes.c_uint64),
    )


def raise_priority() -> bool:
    """Let this thread, and all that it begins from now on, go before others; whether the system allows it.

    By our own right (root, or a limit of RLIMIT_NICE), else through RealtimeKit, which desktops run to let sound
    programs of users do so (`MakeThreadHighPriority` of its D-Bus interface, https://github.com/heftig/rtkit). It also
    asks for turns of a fifth of a millisecond, which anybody may: from Linux 6.12 on such a thread need not wait until
    the turn of another one is over (`PREEMPT_SHORT`). On systems other than Linux, all stays as it is.
    """
    if sys.platform != "linux":
        return False
    try:
        os.setpriority(os.PRIO_PROCESS, 0, HIGH)
        is_high = True
    except PermissionError:
        is_high = _ask_realtime_kit()
    _shorten_turns()
    return is_high


def lower_priority() -> None:
    """Let this thread work only while no other wants the processor much; for good. On Linux only: elsewhere a whole
    process would go back.
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOW)


def _shorten_turns() -> None:
    number = _SCHED_SETATTR.get(platform.machine())
    if number is not None:
        wanted = _Attributes(size=ctypes.sizeof(_Attributes), runtime=_SLICE)
        wanted.nice = os.getpriority(os.PRIO_PROCESS, 0)
        ctypes.CDLL(None).syscall(number, 0, ctypes.byref(wanted), 0)


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
