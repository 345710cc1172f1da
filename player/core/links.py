"""Links that open Earmark at a place of an episode: `earmark://episode/FEED/EPISODE?t=SECONDS`.

Must not know what is in the library. FEED is the address of the feed and EPISODE the guid, each with all signs but
letters, digits and `-._~` written as %XX (RFC 3986, 2.1), so that a link means the same in every library.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, quote, unquote, urlsplit

from player.core.model import Millis
from player.core.timecode import parse_timecode

SCHEME = "earmark"
_KIND = "episode"


@dataclass(frozen=True, slots=True)
class EpisodeLink:
    """An episode, named by its feed and guid, and a place in it; None: wherever it was left."""

    feed_url: str
    guid: str
    at: Millis | None = None


def is_link(text: str) -> bool:
    """Whether a text is meant as such a link."""
    return text.strip().lower().startswith(f"{SCHEME}:")


def link_text(link: EpisodeLink) -> str:
    """The link as a text."""
    feed, guid = (quote(part, safe="") for part in (link.feed_url, link.guid))
    place = "" if link.at is None else f"?t={seconds_text(link.at)}"
    return f"{SCHEME}://{_KIND}/{feed}/{guid}{place}"


def seconds_text(millis: Millis) -> str:
    """A time in seconds, to the millisecond where it is no whole second: `4132`, `4132.25`."""
    whole, rest = divmod(millis, 1000)
    return f"{whole}.{rest:03}".rstrip("0") if rest else str(whole)


def read_link(text: str) -> EpisodeLink | None:
    """What a link means; None where it is none. A `t` that is no time (`4132.25`, `1:08:52`, `1h8m`) is passed over."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return None
    names = parts.path.split("/")
    if parts.scheme != SCHEME or parts.netloc.lower() != _KIND or len(names) != 3:
        return None
    feed, guid = (unquote(name) for name in names[1:])
    if not feed or not guid:
        return None
    times = parse_qs(parts.query).get("t", [])
    return EpisodeLink(feed, guid, parse_timecode(times[0]) if times else None)
