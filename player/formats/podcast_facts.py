"""What the tags of a feed say besides what is played, as `core.feed_facts`.

Must not know where they stand in the XML (`podcast_tags`, and feedparser in `rss`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from player.core.feed_facts import EpisodeFacts, Funding, Person, PodcastFacts
from player.formats.feed_words import clean_address, clean_line, clean_text
from player.formats.podcast_tags import Attributes, ItemTags

_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,3})?")
_LONGEST = 300
_MOST_PERSONS = 50


def episode_facts(entry: Mapping[str, Any], tags: ItemTags, base: str) -> EpisodeFacts | None:
    """Season, number, kind and persons of an item; the tags of Podcasting 2.0 count more than those of Apple."""
    season, season_name = _number(entry.get("itunes_season")), ""
    number, number_words = _number(entry.get("itunes_episode")), ""
    for attributes, words in _of(tags, "season"):
        season, season_name = _number(words) or season, _line(attributes.get("name"))
    for attributes, words in _of(tags, "episode"):
        number, number_words = _number(words) or number, _line(attributes.get("display"))
    kind = clean_text(entry.get("itunes_episodetype")).lower()
    facts = EpisodeFacts(
        season=int(float(season)) if season else None,
        season_name=season_name,
        number=number,
        number_words=number_words,
        kind=kind if kind in ("trailer", "bonus") else "",
        persons=_persons(tags, base),
    )
    return facts if facts != EpisodeFacts() else None


def podcast_facts(feed: Mapping[str, Any], tags: ItemTags, base: str) -> PodcastFacts | None:
    """What a feed says of the podcast as a whole."""
    guids, mediums, licenses, locks = (_of(tags, name) for name in ("guid", "medium", "license", "locked"))
    license_url, license_words = next(((each.get("url"), words) for each, words in licenses), (None, ""))
    facts = PodcastFacts(
        guid=next((_line(words) for _, words in guids), ""),
        medium=next((_line(words).lower() for _, words in mediums), ""),
        license=_line(license_words),
        license_url=clean_address(license_url, base),
        is_locked=next((_line(words).lower() == "yes" for _, words in locks), False),
        is_serial=clean_text(feed.get("itunes_type")).lower() == "serial",
        is_complete=clean_text(feed.get("itunes_complete")).lower() == "yes",
        persons=_persons(tags, base),
        funding=tuple(_funding(tags, base)),
    )
    return facts if facts != PodcastFacts() else None


def _persons(tags: ItemTags, base: str) -> tuple[Person, ...]:
    """Every person with a name, once in each role."""
    found: dict[tuple[str, str, str], Person] = {}
    for attributes, words in _of(tags, "person"):
        name = _line(words)
        role = _line(attributes.get("role")).lower() or "host"
        group = _line(attributes.get("group")).lower() or "cast"
        if name and len(found) < _MOST_PERSONS:
            link, picture = clean_address(attributes.get("href"), base), clean_address(attributes.get("img"), base)
            found.setdefault((name, role, group), Person(name, role, group, link, picture))
    return tuple(found.values())


def _funding(tags: ItemTags, base: str) -> Iterator[Funding]:
    for attributes, words in _of(tags, "funding"):
        url = clean_address(attributes.get("url"), base)
        if url is not None:
            yield Funding(url, _line(words))


def _of(tags: ItemTags, name: str) -> Iterator[tuple[Attributes, str]]:
    return ((attributes, words) for each, attributes, words in tags.facts if each == name)


def _number(value: object) -> str:
    """A number as its shortest text; empty for what is none."""
    match = _NUMBER.fullmatch(clean_text(value)) if clean_text(value).isascii() else None
    if match is None:
        return ""
    whole, _, part = match[0].partition(".")
    part = part.rstrip("0")
    return f"{int(whole)}.{part}" if part else str(int(whole))


def _line(value: object) -> str:
    return clean_line(value)[:_LONGEST]
