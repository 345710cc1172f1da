"""What feeds say besides what is played: seasons and numbers, persons, funding, a podcast's own names.

Must not know how feeds write it, nor how it is kept.

Sources: Apple's podcast namespace (season, episode, episodeType, type, complete) and Podcasting 2.0
(https://podcastindex.org/namespace/1.0: person, funding, season, episode, guid, medium, license, locked).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a podcast. `role` and `group` are the words of https://podcasttaxonomy.com, in small letters."""

    name: str
    role: str = "host"
    group: str = "cast"
    link: str | None = None
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Funding:
    """A way to pay the makers: an address, and what they say of it."""

    url: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class EpisodeFacts:
    """An episode among others. `number` is a text, since 1.5 is one, and `number_words` what to show in its place.

    `kind` is "trailer" or "bonus"; empty for a whole episode.
    """

    season: int | None = None
    season_name: str = ""
    number: str = ""
    number_words: str = ""
    kind: str = ""
    persons: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class PodcastFacts:
    """A podcast as a whole.

    `guid` is its name in all places where it is published. `is_locked`: it is not to be taken over by other hosts.
    `is_serial`: to be heard from its first episode on. `is_complete`: there will be no more episodes.
    """

    guid: str = ""
    medium: str = ""
    license: str = ""
    license_url: str | None = None
    is_locked: bool = False
    is_serial: bool = False
    is_complete: bool = False
    persons: tuple[Person, ...] = ()
    funding: tuple[Funding, ...] = ()
