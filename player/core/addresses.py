"""From what people paste or type to the address that they mean.

Must not know what is at the address, nor how it is asked for.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import unquote, urlsplit, urlunsplit

from player.core.errors import NetworkError
from player.core.phrases import Phrase

_APPS = r"feed|podcasts?|itpc|pcast|rss|gpodder|podcastaddict|antennapod-subscribe|itms(?:s|-podcasts?|-pcast)?"
_PREFIX = re.compile(rf"(?:(?:{_APPS}):(?://)?|(?:pktc|castros?|acast)://subscribe/)(?=\S)", re.IGNORECASE)
"""Schemes by which a page hands a feed to a player; what follows is the address, with or without a scheme."""
_ESCAPED = re.compile(r"overcast://x-callback-url/add\?(?:[^#]*&)?url=([^&#]+)", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_NOT_A_SCHEME = re.compile(r"[^/:]+:\d+(?:[/?#]|$)")
_BROKEN_SLASHES = re.compile(r"^(https?):/*(?=[^/])", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)*[\w-]+\.?")

_MARK = rf"(?:https?:/|sample://|overcast://|(?:pktc|castros?|acast)://|(?:{_APPS}):)"
_MARKED = re.compile(rf"(?:^|(?<=[\s<>\"'(\[{{«“„‘|:]))({_MARK}[^\s<>\"]+)", re.IGNORECASE)
_BRACKETED = re.compile(rf"<\s*(?:URL:\s*)?({_MARK}[^<>\"]+)>", re.IGNORECASE)
_FORBIDDEN = re.compile(r"[\s<>\"]")
_BEFORE = "<>\"'«“„‘"
_BEHIND = ".,;!?<>\"'»”’…"
_BARE = re.compile(r"(?:[\w-]+\.)+[^\W\d_][\w-]*[^\W_](?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_LOCAL = re.compile(r"(?:localhost|\d+\.\d+\.\d+\.\d+|\[[0-9a-f:.]+\])(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)


def normalize_url(text: str) -> str:
    """The address that a listener means.

    Of a text with an address in it, only that counts; in angle brackets it may be broken over lines (RFC 3986,
    appendix C). `feed:`, `podcast:`, `itpc:`, `pcast:` and the schemes of other players before it only say what it is.
    Without a scheme it is https, but http for this computer and for bare IP addresses, which have no certificates.
    Scheme and host come out in lower case; a fragment, and the punctuation of a sentence behind it, are dropped.
    Raises NetworkError when there is no address in it.
    """
    address = _trimmed(_unwrapped(_piece(text)))
    address = _BROKEN_SLASHES.sub(r"\1://", address)
    if not _SCHEME.match(address):
        if ":" in address.partition("/")[0] and not _NOT_A_SCHEME.match(address) and not address.startswith("["):
            raise NetworkError(text.strip(), Phrase("reasons", "this is not the address of a feed"))
        address = f"{default_scheme(address)}://{address}"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise NetworkError(text.strip(), Phrase("reasons", "this is not a valid address")) from error
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https", "sample") or not _is_host(host) or _FORBIDDEN.search(address):
        raise NetworkError(text.strip(), Phrase("reasons", "this is not a valid address"))
    account, at, _ = parts.netloc.rpartition("@")
    name = f"[{host}]" if ":" in host else host
    standard = {"http": 80, "https": 443}.get(scheme)
    place = name if port in (None, standard) else f"{name}:{port}"
    return urlunsplit((scheme, f"{account}{at}{place}", parts.path or "/", parts.query, ""))


def looks_like_address(text: str) -> bool:
    """Whether a text is one web or feed address, with its scheme, and nothing else."""
    words = text.split()
    return len(words) == 1 and re.match(_MARK, words[0], re.IGNORECASE) is not None


def means_address(text: str) -> bool:
    """Whether somebody who typed this means an address, and not words to search for."""
    if _MARKED.search(text) or _BRACKETED.search(text):
        return True
    word = text.strip().strip(_BEFORE)
    return _BARE.fullmatch(word) is not None or _LOCAL.fullmatch(word) is not None


def default_scheme(address: str) -> str:
    """https; http for this computer and for bare IP addresses, which have no certificates."""
    try:
        host = urlsplit(f"//{address}").hostname or ""
        if host != "localhost" and not host.endswith(".localhost"):
            ipaddress.ip_address(host)
    except ValueError:
        return "https"
    return "http"


def _piece(text: str) -> str:
    """The address in a text that may have more around it, as it stands there."""
    if bracketed := _BRACKETED.search(text):
        return "".join(bracketed[1].split())
    if marked := _MARKED.search(text):
        return marked[1]
    return text.strip().lstrip(_BEFORE)


def _unwrapped(address: str) -> str:
    while True:
        if prefix := _PREFIX.match(address):
            address = address[prefix.end() :]
        elif escaped := _ESCAPED.match(address):
            address = unquote(escaped[1])
        else:
            return address


def _trimmed(address: str) -> str:
    """Without a fragment, and without what ends a sentence or closes a bracket that was opened before the address."""
    address = address.partition("#")[0].strip()
    while address:
        last = address[-1]
        opening = {")": "(", "]": "[", "}": "{"}.get(last)
        if last not in _BEHIND and (opening is None or address.count(opening) >= address.count(last)):
            break
        address = address[:-1]
    return address


def _is_host(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _HOST.fullmatch(host) is not None and len(host) < 254
    return True
