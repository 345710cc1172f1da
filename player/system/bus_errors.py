"""What can go wrong with a D-Bus, for all that ask one: it is not there, says no, does not answer, or goes.

Must not know what is asked.
"""

from __future__ import annotations


def bus_errors() -> tuple[type[Exception], ...]:
    """What jeepney raises then. Only who asks a bus imports it."""
    from jeepney.auth import AuthenticationError
    from jeepney.io.common import RouterClosed
    from jeepney.wrappers import DBusErrorResponse

    return (OSError, KeyError, ValueError, RuntimeError, AuthenticationError, DBusErrorResponse, RouterClosed)
