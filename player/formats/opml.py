"""OPML 2.0 (http://opml.org/spec2.opml): lists of feeds, read and written.

Must not know what becomes of the feeds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree import ElementTree

from player.core.accounts import split_account
from player.core.errors import DocumentError
from player.core.folders import DEEPEST, Folder, Shelf, folder_of, shelve
from player.core.phrases import Phrase
from player.core.recognition import PHRASES, Kind, recognise
from player.formats.entities import declares_entities

_BARE_AMPERSAND = re.compile(rb"&(?!(?:#\d+|#x[0-9a-f]+|[a-z]\w*);)", re.IGNORECASE)

_NO_FOLDER = "feeds"


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """A feed in a list. The title may be empty."""

    title: str
    url: str
    folder: Folder = ()


def read_opml(body: bytes, name: str) -> tuple[OpmlFeed, ...]:
    """The feeds of an OPML document called `name`, each address once, in the document's order.

    Outlines around feeds are folders; a feed that is in several is in the first of them. One around all feeds that only
    says what they are is none (Overcast and Pocket Casts write “feeds”). Forgives what exporters get wrong: attributes
    in any case, `&` that is not escaped. Raises DocumentError.
    """
    root = _parse(body, name)
    if _local(root.tag) != "opml":
        raise DocumentError(name, Phrase("reasons", "it is no OPML document but {kind}").filled(kind=_kind(body)))
    feeds: dict[str, OpmlFeed] = {}
    for names, attributes in _feeds(root):
        url, folder = attributes["xmlurl"], folder_of(names)
        known = feeds.setdefault(url, OpmlFeed(_title(attributes), url, folder))
        if folder and not known.folder:
            feeds[url] = replace(known, folder=folder)
    if not feeds:
        raise DocumentError(name, Phrase("reasons", "it lists no feed"))
    if all(feed.folder[:1] and feed.folder[0].casefold() == _NO_FOLDER for feed in feeds.values()):
        return tuple(replace(feed, folder=feed.folder[1:]) for feed in feeds.values())
    return tuple(feeds.values())


def write_opml(feeds: Iterable[OpmlFeed], title: str = "Podcasts") -> bytes:
    """An OPML 2.0 document, UTF-8, with one outline of type `rss` for each feed; without names and passwords.

    Folders are outlines around those of their feeds, after the feeds that are in none.
    """
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = _allowed(title)
    body = ElementTree.SubElement(root, "body")
    _write_shelf(body, shelve((feed.folder, feed) for feed in feeds))
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return document + b"\n"


def _write_shelf(outline: ElementTree.Element, shelf: Shelf[OpmlFeed]) -> None:
    for feed in shelf.items:
        url = _allowed(split_account(feed.url)[0])
        words = _allowed(feed.title or url)
        ElementTree.SubElement(outline, "outline", type="rss", text=words, title=words, xmlUrl=url)
    for inner in shelf.inner:
        words = _allowed(inner.folder[-1])
        _write_shelf(ElementTree.SubElement(outline, "outline", text=words, title=words), inner)


def _parse(body: bytes, name: str) -> ElementTree.Element:
    if declares_entities(body.lstrip()):
        raise DocumentError(name, Phrase("reasons", "it defines entities of its own, which no list of feeds needs"))
    for attempt in (body.lstrip(), _BARE_AMPERSAND.sub(b"&amp;", body.lstrip())):
        try:
            return ElementTree.fromstring(attempt)
        # An encoding that Python does not know is a LookupError, a text that does not fit its encoding a ValueError.
        except (ElementTree.ParseError, LookupError, ValueError) as error:
            failure = error
    kind = recognise(body).kind
    if kind is Kind.XML:
        raise DocumentError(
            name, Phrase("reasons", "it is damaged XML ({failure})").filled(failure=str(failure))
        ) from failure
    raise DocumentError(
        name, Phrase("reasons", "it is no OPML document but {kind}").filled(kind=_kind(body))
    ) from failure


def _kind(body: bytes) -> str:
    return Phrase("reasons", "an empty file") if not body.strip() else PHRASES[recognise(body).kind]


def _feeds(root: ElementTree.Element) -> Iterator[tuple[Folder, dict[str, str]]]:
    """The outlines with an address, each with the names of those around it that have none."""
    waiting: list[tuple[Folder, ElementTree.Element]] = [((), root)]
    while waiting:
        names, element = waiting.pop()
        if _local(element.tag) == "outline":
            attributes = {key.lower(): value.strip() for key, value in element.attrib.items()}
            if attributes.get("xmlurl"):
                yield names, attributes
            elif len(names) < DEEPEST:
                names = (*names, _title(attributes))
        waiting += [(names, inner) for inner in reversed(element)]


def _title(attributes: dict[str, str]) -> str:
    return " ".join((attributes.get("title") or attributes.get("text") or "").split())


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def _allowed(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold."""
    return re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
