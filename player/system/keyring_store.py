"""Secrets in the system's keyring (Secret Service or KWallet, Keychain, Credential Locker), and those in ~/.netrc.

Must not know what they are for. Some keyrings ask the listener to unlock them: all of it may take long.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from netrc import NetrcParseError, netrc
from typing import Any, Protocol

from player.core.accounts import Account

_SERVICE = "Earmark"
_SAFE_ENOUGH = 1
"""keyring gives backends that keep nothing, or in the clear, a priority below."""

_log = logging.getLogger(__name__)


class Keyring(Protocol):
    """Keeps secrets by name, beyond the end of the program."""

    def read(self, name: str) -> str | None:
        """A secret; None where there is none, or no keyring."""

    def write(self, name: str, secret: str) -> bool:
        """Keep a secret; returns whether there is a keyring that did."""

    def remove(self, name: str) -> None:
        """Forget a secret, if there is one."""


class SystemKeyring:
    """The keyring of the desktop, where there is one that keeps secrets safe."""

    def read(self, name: str) -> str | None:
        """See Keyring."""
        found = _attempt(lambda backend: backend.get_password(_SERVICE, name))
        return found if isinstance(found, str) else None

    def write(self, name: str, secret: str) -> bool:
        """See Keyring."""

        def write(backend: Any) -> bool:
            backend.set_password(_SERVICE, name, secret)
            return True

        return _attempt(write) is True

    def remove(self, name: str) -> None:
        """See Keyring."""
        _attempt(lambda backend: backend.delete_password(_SERVICE, name))


def _attempt(work: Callable[[Any], object]) -> object:
    """What `work` gives on the system's keyring; None where there is none, or it refuses."""
    try:
        import keyring

        backend = keyring.get_keyring()
        return work(backend) if backend.priority >= _SAFE_ENOUGH else None
    # Backends raise what the libraries below them do, of every kind. None of it holds the secret.
    except Exception as error:  # noqa: BLE001
        _log.info("the keyring cannot be used: %s: %s", type(error).__name__, error)
        return None


def netrc_account(host: str) -> Account | None:
    """The name and password that the listener's ~/.netrc has for a host, as curl and others read it."""
    try:
        found = netrc().hosts.get(host)
    except (OSError, NetrcParseError, UnicodeDecodeError) as error:
        if not isinstance(error, FileNotFoundError):
            _log.info("~/.netrc is not read: %s", error)
        return None
    return Account(found[0], found[2]) if found else None
