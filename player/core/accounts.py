"""Names and passwords that feeds ask for (HTTP Basic authentication, RFC 7617), apart from the addresses they came in.

Must not know where they are kept.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class Account:
    """A name and a password. The password shows in no `repr`, and so in no log."""

    user: str
    password: str = field(repr=False)

    @property
    def header(self) -> str:
        """What the `Authorization` header says."""
        return "Basic " + b64encode(f"{self.user}:{self.password}".encode()).decode()


def split_account(url: str) -> tuple[str, Account | None]:
    """An address without the name and password in it, and these; None where there are none."""
    parts = urlsplit(url)
    words, at, place = parts.netloc.rpartition("@")
    if not at:
        return url, None
    user, _, password = words.partition(":")
    bare = urlunsplit((parts.scheme, place, *parts[2:]))
    return bare, Account(unquote(user), unquote(password)) if words.strip(":") else None


def origin(url: str) -> tuple[str, str, int | None]:
    """Who answers at an address: scheme, host and port. A password for one origin is told to no other.

    Raises ValueError for what is no address.
    """
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or {"http": 80, "https": 443}.get(parts.scheme)
