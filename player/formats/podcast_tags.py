"""The `podcast:` elements of a feed and its items, read in a pass of its own over the XML.

feedparser keeps only the last of several elements of one name, and none of their texts. Must not know where the feed
came from, nor what is behind the addresses.

Source: the Podcasting 2.0 namespace, https://podcastindex.org/namespace/1.0 (chapters, transcript, soundbite; what else
is kept: `podcast_facts`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.parsers import expat

from player.core.model import LinkedDocument, Millis, Soundbite
from player.core.timecode import parse_timecode
from player.formats.feed_words import clean_address, clean_line, clean_text

Attributes: TypeAlias = Mapping[str, str]

_MENTIONED = re.compile(rb"podcastindex|<podcast:(?:chapters|transcript|soundbite|person|funding)\b")
_MENTIONING = (b"podcastindex", b"<podcast:")
_NAMESPACES = re.compile(
    r"https?://(?:www\.)?(?:podcastindex\.org/namespace/|github\.com/podcastindex-org/podcast-namespace/)",
    re.IGNORECASE,
)
_USUAL_PREFIX = "podcast"
_WANTED = ("chapters", "transcript", "soundbite")
_FACTS = ("person", "season", "episode", "funding", "guid", "medium", "license", "locked")
_WITH_TEXT = ("soundbite", *_FACTS)
_ITEMS = ("item", "entry")
_MAX_OF_ONE_KIND = 200
_LONGEST_TITLE = 300


@dataclass(slots=True)
class ItemTags:
    """The elements of one item, in the order of the feed: attributes as they are, for some with their text.

    `facts` are all others that are kept, with their names.
    """

    chapters: list[Attributes] = field(default_factory=list)
    transcripts: list[Attributes] = field(default_factory=list)
    soundbites: list[tuple[Attributes, str]] = field(default_factory=list)
    facts: list[tuple[str, Attributes, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FeedTags:
    """The tags of a feed's items, in order, and of the podcast. Not `is_whole`: the XML breaks behind these items."""

    items: tuple[ItemTags, ...]
    is_whole: bool
    podcast: ItemTags = field(default_factory=ItemTags)


def read_tags(body: bytes) -> FeedTags | None:
    """Read the tags of all items; None when the feed does not speak of the namespace.

    The prefix does not matter, and where `podcast:` is not declared it is taken for the namespace's. Nothing outside
    of `body` is read, and a document that declares entities is not read to its end: none is ever expanded.
    """
    is_wide = body.startswith((b"\xff\xfe", b"\xfe\xff"))
    lowered = (body.replace(b"\0", b"") if is_wide else body).lower()
    # To look for words alone takes a tenth of the time.
    is_mentioned = any(words in lowered for words in _MENTIONING) and _MENTIONED.search(lowered)
    return _Reader().read(body) if is_mentioned else None


class _StopError(Exception):
    """The document declares entities."""


class _Reader:
    """Collects the elements while expat walks through the document."""

    def __init__(self) -> None:
        self._items: list[ItemTags] = []
        self._podcast = ItemTags()
        self._is_whole: list[bool] = []
        self._depth = 0
        self._item_at = 0
        self._scopes: list[tuple[int, dict[str, str]]] = [(0, {})]
        self._names: dict[str, str] = {}
        self._words: list[str] | None = None

    def read(self, body: bytes) -> FeedTags:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        # An undeclared entity (&nbsp;) is then passed over instead of ending the document. No DTD is ever loaded.
        parser.UseForeignDTD(True)
        parser.StartElementHandler = self._on_start
        parser.EndElementHandler = self._on_end
        parser.CharacterDataHandler = self._on_text
        parser.EntityDeclHandler = _refuse
        try:
            parser.Parse(body, True)
        except (expat.ExpatError, _StopError, ValueError, LookupError):
            # The item in which it breaks is not known whole.
            whole = self._items[:-1] if self._item_at else self._items
            return FeedTags(tuple(whole), is_whole=False, podcast=self._podcast)
        return FeedTags(tuple(self._items), is_whole=True, podcast=self._podcast)

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if any(key.startswith("xmlns") for key in attributes):
            declared = {key[6:]: value for key, value in attributes.items() if re.match(r"xmlns(?::|$)", key)}
            self._scopes.append((self._depth, {**self._scopes[-1][1], **declared}))
            self._names.clear()
        known = self._names.get(name)
        if known is None:
            known = self._names[name] = self._meaning(name)
        if not known:
            return
        if known in _ITEMS:
            if not self._item_at:
                self._item_at = self._depth
                self._items.append(ItemTags())
        else:
            self._take(known, attributes, self._items[-1] if self._item_at else self._podcast)

    def _take(self, name: str, attributes: Attributes, owner: ItemTags) -> None:
        if name == "chapters":
            owner.chapters.append(attributes)
        elif name == "transcript":
            owner.transcripts.append(attributes)
        elif name == "soundbite" and len(owner.soundbites) < _MAX_OF_ONE_KIND:
            owner.soundbites.append((attributes, ""))
            self._words = []
        elif name in _FACTS and len(owner.facts) < _MAX_OF_ONE_KIND:
            owner.facts.append((name, attributes, ""))
            self._words = []

    def _on_end(self, name: str) -> None:
        known = self._names.get(name)
        if self._words is not None and known in _WITH_TEXT:
            owner = self._items[-1] if self._item_at else self._podcast
            words = "".join(self._words)
            if known == "soundbite":
                owner.soundbites[-1] = (owner.soundbites[-1][0], words)
            else:
                owner.facts[-1] = (*owner.facts[-1][:2], words)
            self._words = None
        if self._depth == self._item_at:
            self._item_at = 0
        if self._scopes[-1][0] == self._depth:
            self._scopes.pop()
            self._names.clear()
        self._depth -= 1

    def _on_text(self, text: str) -> None:
        if self._words is not None:
            self._words.append(text)

    def _meaning(self, name: str) -> str:
        """The local name of an element that is wanted, else nothing."""
        prefix, _, local = name.rpartition(":")
        if local in _ITEMS:
            return "" if _NAMESPACES.match(self._scopes[-1][1].get(prefix, "")) else local
        if local not in _WANTED and local not in _FACTS:
            return ""
        namespace = self._scopes[-1][1].get(prefix)
        if namespace is None:
            return local if prefix == _USUAL_PREFIX else ""
        return local if _NAMESPACES.match(namespace) else ""


def _refuse(*_: object) -> None:
    raise _StopError


# --- what the tags mean ----------------------------------------------------------------------------------------------


def chapter_document(tags: ItemTags, base: str) -> LinkedDocument | None:
    """The first `podcast:chapters` with an address; relative ones belong to `base`."""
    return next(iter(_documents(tags.chapters, base)), None)


def transcripts(tags: ItemTags, base: str) -> tuple[LinkedDocument, ...]:
    """Every `podcast:transcript` with an address, each address once."""
    return _documents(tags.transcripts, base)


def soundbites(tags: ItemTags) -> tuple[Soundbite, ...]:
    """Every `podcast:soundbite` that has a start and a length, in the order of the feed."""
    found = []
    for attributes, words in tags.soundbites:
        start, length = _seconds(attributes.get("startTime")), _seconds(attributes.get("duration"))
        if start is not None and length:
            found.append(Soundbite(start, length, clean_line(words)[:_LONGEST_TITLE]))
    return tuple(found)


def _documents(elements: Sequence[Attributes], base: str) -> tuple[LinkedDocument, ...]:
    found: dict[str, LinkedDocument] = {}
    for each in elements[:_MAX_OF_ONE_KIND]:
        url = clean_address(each.get("url"), base)
        if url is not None:
            media_type = clean_text(each.get("type")).partition(";")[0].strip().lower()
            language = clean_text(each.get("language"))
            is_captions = clean_text(each.get("rel")).lower() == "captions"
            found.setdefault(url, LinkedDocument(url, media_type or None, language or None, is_captions))
    return tuple(found.values())


def _seconds(value: object) -> Millis | None:
    return parse_timecode(clean_text(value))


# --- which tags belong to which entry --------------------------------------------------------------------------------


def tags_of_entries(tags: FeedTags | None, entries: Sequence[Mapping[str, object]]) -> Sequence[ItemTags]:
    """The tags of each of feedparser's entries.

    Items and entries stand in the same order. Where the XML breaks off or the counts differ, an entry has what
    feedparser kept of it: the last element of each name, under the usual prefix.
    """
    if tags is not None and tags.is_whole and len(tags.items) == len(entries):
        return tags.items
    kept = [_kept(entry) for entry in entries]
    if tags is not None and not tags.is_whole:
        for index, item in enumerate(tags.items[: len(kept)]):
            if not _agrees(item, kept[index]):
                break
            kept[index] = item
    return kept


def _kept(entry: Mapping[str, object]) -> ItemTags:
    def attributes(name: str) -> list[Attributes]:
        found = entry.get(f"{_USUAL_PREFIX}_{name}")
        if not isinstance(found, Mapping):
            return []
        # feedparser writes the names of attributes in small letters.
        return [{("startTime" if key == "starttime" else key): value for key, value in found.items()}]

    bites = [(each, "") for each in attributes("soundbite")]
    # Of these feedparser gives the attributes, or the text where there are none.
    facts = [
        (name, attributes(name)[0] if attributes(name) else {}, clean_text(entry.get(f"{_USUAL_PREFIX}_{name}")))
        for name in _FACTS
        if f"{_USUAL_PREFIX}_{name}" in entry
    ]
    return ItemTags(attributes("chapters"), attributes("transcript"), bites, facts)


def _agrees(item: ItemTags, kept: ItemTags) -> bool:
    """Whether what feedparser kept is the last of what was read: then both speak of the same item."""
    pairs = ((item.chapters, kept.chapters), (item.transcripts, kept.transcripts))
    return all(not last or (own and _url(own[-1]) == _url(last[-1])) for own, last in pairs)


def _url(element: Attributes) -> str:
    return clean_text(element.get("url"))
