"""Feeds: RSS, Atom and the broken ones, from bytes to `FetchedFeed`. The only user of feedparser.

Must not know where the bytes came from, nor what chapters are found in the texts.
"""

from __future__ import annotations

import calendar
import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz
from itertools import chain, repeat
from typing import Any
from urllib.parse import urlsplit
from xml.sax import SAXException

import feedparser
import feedparser.api

from player.core.errors import NotAFeedError
from player.core.model import Enclosure, EpochMillis, FetchedEpisode, FetchedFeed, LinkedDocument, Mark, Millis, Picture
from player.core.phrases import Phrase
from player.core.recognition import Kind, recognise
from player.core.timecode import parse_duration, parse_timecode
from player.formats.feed_words import clean_address, clean_line, clean_text
from player.formats.podcast_facts import episode_facts, podcast_facts
from player.formats.podcast_tags import (
    ItemTags,
    chapter_document,
    read_tags,
    soundbites,
    tags_of_entries,
    transcripts,
)

# The parser that feedparser takes for well-formed documents; what it refuses is read without expanding anything.
feedparser.api.PREFERRED_XML_PARSERS = ["player.formats.entities"]

_AUDIO_ENDINGS = (".mp3", ".m4a", ".m4b", ".aac", ".ogg", ".oga", ".opus", ".flac", ".wav", ".mka", ".wma")
_NO_AUDIO = ("image/", "text/", "application/pdf", "application/epub", "application/zip", "application/json")
_EARLIEST = -2_208_988_800
"""1900-01-01 in seconds since 1970: dates before it are a clock that was never set."""

# What feedparser gets wrong is put right in the bytes that it reads:
# it writes <itunes:summary> over <description>, so that one is lost; under a name it does not know, both are kept;
# it takes a <podcast:liveItem>'s title for the podcast's; it does not know Podlove's namespace with a slash behind it.
# A pattern is tried only where its first words stand in the small letters of the body: it takes milliseconds.
_REPAIRS = (
    (
        b"itunes:summary",
        re.compile(rb"<(/?)itunes:summary\b(?:\s[^>]*[^>/])?(?=/?>)", re.IGNORECASE),
        rb"<\1itunes:wholetext",
    ),
    (
        b"<podcast:liveitem",
        re.compile(rb"<podcast:liveItem\b.*?</podcast:liveItem\s*>", re.IGNORECASE | re.DOTALL),
        b"",
    ),
    (b"podlove.org/simple-chapters/", re.compile(rb"(?<=http://podlove\.org/simple-chapters)/(?=[\"'])"), b""),
)
_HEAD = 200
_SAYS_UTF_16 = re.compile(rb"(<\?xml[^>]*\bencoding\s*=\s*[\"'])utf-?16(?:[lb]e)?(?=[\"'])", re.IGNORECASE)
_TAIL = 4096
_END = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_FOUR_PARTS = re.compile(r"(\d+:\d\d?:\d\d?):(\d{3})")

# What feedparser lets through when a document is worse than it expects.
_PARSER_MISTAKES = (LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError, SAXException)


def read_feed(body: bytes, url: str, content_type: str | None = None, digests: Sequence[bytes] = ()) -> FetchedFeed:
    """Read a feed that was fetched from `url`; `digests` are those of its items, as `formats.feed_items` finds them.

    Addresses come out absolute, dates as epoch milliseconds. The texts of an episode are content:encoded (or Atom's
    content), the description and itunes:summary, the longest first and without repetitions. An episode without guid
    is known by its enclosure's address, else by title and date. Raises NotAFeedError.
    """
    found = recognise(body)
    # A feed may have text before its first tag, or be in an encoding that is not recognised.
    if found.kind not in (Kind.XML, Kind.TEXT, Kind.UNKNOWN):
        raise NotAFeedError(url, found.phrase)
    # Programs that make a feed as text in memory say UTF-16, and then write UTF-8: a document of UTF-16 has zeros.
    if b"\0" not in body[:_HEAD]:
        body = _SAYS_UTF_16.sub(rb"\1utf-8", body[:_HEAD]) + body[_HEAD:]
    lowered = body.lower()
    for words, pattern, repaired in _REPAIRS:
        if words in lowered:
            body = pattern.sub(repaired, body)
    # Without a type, feedparser takes the encoding from the document; a wrong charset of the server would win over it.
    headers = {"content-type": content_type} if content_type and "xml" in content_type else {}
    try:
        parsed = feedparser.parse(
            io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except _PARSER_MISTAKES as error:
        raise NotAFeedError(url, Phrase("reasons", "{kind} that cannot be read").filled(kind=found.phrase)) from error
    if not parsed.version and not parsed.entries:
        raise NotAFeedError(url, _what_else(body))
    feed, tags = parsed.feed, read_tags(body)
    known_by = digests if len(digests) == len(parsed.entries) else repeat(None)
    return FetchedFeed(
        title=clean_line(feed.get("title")),
        link=clean_address(feed.get("link"), url),
        description=clean_text(feed.get("summary")) or clean_text(feed.get("subtitle")),
        author=_author(feed),
        image_url=_image(feed, url),
        episodes=tuple(
            episode
            for entry, item, digest in zip(
                parsed.entries, tags_of_entries(tags, parsed.entries), known_by, strict=False
            )
            # A plain dictionary: feedparser's own looks through old names of keys each time, for ten times as long.
            if (episode := _episode(dict(entry), item, digest, url)) is not None
        ),
        facts=podcast_facts(feed, tags.podcast if tags else ItemTags(), url),
        moved_to=clean_address(feed.get("itunes_new-feed-url"), url),
        next_page=_next_page(feed, url),
        is_whole=_END.search(body[-_TAIL:].replace(b"\0", b"")) is not None,
    )


def _next_page(feed: Any, base: str) -> str | None:
    """Where older episodes are: the next page, or the archive before this document (RFC 5005, 3 and 4)."""
    links = feed.get("links") or ()
    for rel in ("next", "prev-archive"):
        for link in links:
            page = clean_address(link.get("href"), base) if clean_text(link.get("rel")).lower() == rel else None
            if page is not None and page != base:
                return page
    return None


def _what_else(body: bytes) -> str:
    if re.search(rb"<opml\b", body[:2000], re.IGNORECASE):
        return "an OPML list of feeds; import it instead"
    return recognise(body).phrase


def _episode(entry: Any, tags: ItemTags, digest: bytes | None, base: str) -> FetchedEpisode | None:
    """One item, or None when there is nothing in it to show or to play."""
    enclosure = _enclosure(entry, base)
    texts = _texts(entry)
    title = clean_line(entry.get("title"))
    if not title and not enclosure and not texts:
        return None
    published = _published(entry)
    guid = clean_text(entry.get("id")) or (enclosure.url if enclosure else "") or f"{title}\n{published}"
    return FetchedEpisode(
        guid=guid,
        title=title or _title_from(enclosure, texts),
        link=clean_address(entry.get("link"), base),
        published=published,
        duration=_duration(entry),
        enclosure=enclosure,
        texts=texts,
        podlove=_podlove(entry, base),
        image_url=_image(entry, base),
        chapter_document=chapter_document(tags, base) or _podlove_document(entry, base),
        transcripts=transcripts(tags, base),
        soundbites=soundbites(tags),
        facts=episode_facts(entry, tags, base),
        item_digest=digest,
    )


def _texts(entry: Any) -> tuple[str, ...]:
    contents = [each.get("value") for each in entry.get("content") or ()]
    found = (clean_text(each) for each in (*contents, entry.get("summary"), entry.get("itunes_wholetext")))
    texts = [text for text in found if text]
    if len(texts) < 2:
        return tuple(texts)
    distinct = {" ".join(text.split()): text for text in texts}
    # Sorting is stable: among equally long ones, content stands before summary.
    return tuple(sorted(distinct.values(), key=len, reverse=True))


def _published(entry: Any) -> EpochMillis | None:
    for key in ("published_parsed", "updated_parsed", "created_parsed"):
        try:
            seconds = calendar.timegm(entry[key]) if key in entry else None
        except (ValueError, OverflowError, TypeError):
            continue
        if seconds is not None and seconds > _EARLIEST:
            return seconds * 1000
    return _loose_date(clean_text(entry.get("published")))


def _loose_date(text: str) -> EpochMillis | None:
    """A date as in a letter (RFC 5322), without the space behind the day or without a time zone: then it is UTC."""
    found = parsedate_tz(text)
    # It takes 0001 for 2001.
    if found is None or str(found[0]) not in text:
        return None
    try:
        moment = datetime(*found[:6], tzinfo=UTC) - timedelta(seconds=found[9] or 0)
    except (ValueError, OverflowError):
        return None
    seconds = round(moment.timestamp())
    return seconds * 1000 if seconds > _EARLIEST else None


def _duration(entry: Any) -> Millis | None:
    text = clean_text(entry.get("itunes_duration"))
    return parse_duration(text) if text else None


def _enclosure(entry: Any, base: str) -> Enclosure | None:
    """The first enclosure that is audio by its type, else by its ending, else one that could be (video has sound)."""
    links = [each for each in map(dict, entry.get("links") or ()) if each.get("rel") == "enclosure"]
    candidates: list[Enclosure] = []
    for each in (*links, *map(dict, entry.get("media_content") or ())):
        address = clean_address(each.get("href") or each.get("url"), base)
        media_type = clean_text(each.get("type")).partition(";")[0].strip().lower()
        if address and not media_type.startswith(_NO_AUDIO):
            length = clean_text(each.get("length") or each.get("filesize"))
            size = int(length) if length.isascii() and length.isdecimal() and len(length) < 16 else 0
            candidates.append(Enclosure(address, media_type or None, size or None))
    by_type = (each for each in candidates if (each.media_type or "").startswith("audio/"))
    by_ending = (each for each in candidates if urlsplit(each.url).path.lower().endswith(_AUDIO_ENDINGS))
    return next(chain(by_type, by_ending, candidates), None)


def _podlove(entry: Any, base: str) -> tuple[Mark, ...]:
    """The marks of Podlove Simple Chapters 1.2 (https://podlove.org/simple-chapters), in the order of the feed.

    The starts are parsed here: feedparser's own reading gives None for `0`, `3:07` and `1:02:03`.
    """
    marks = []
    for each in (entry.get("psc_chapters") or {}).get("chapters") or ():
        start = _start(clean_text(each.get("start")))
        if start is not None:
            image = clean_address(each.get("image"), base)
            marks.append(
                Mark(
                    start,
                    clean_line(each.get("title")),
                    link=clean_address(each.get("href"), base),
                    picture=Picture(image) if image else None,
                )
            )
    return tuple(marks)


def _podlove_document(entry: Any, base: str) -> LinkedDocument | None:
    """A file of Simple Chapters that an Atom entry links to, https://podlove.org/simple-chapters ("External")."""
    for link in entry.get("links") or ():
        if clean_text(link.get("rel")).rstrip("/") == "http://podlove.org/simple-chapters":
            url = clean_address(link.get("href"), base)
            if url is not None:
                return LinkedDocument(url)
    return None


def _start(text: str) -> Millis | None:
    # Some tools write the milliseconds behind a fourth colon.
    match = _FOUR_PARTS.fullmatch(text)
    return parse_timecode(f"{match[1]}.{match[2]}" if match else text)


def _image(element: Any, base: str) -> str | None:
    image = element.get("image") or {}
    return clean_address(image.get("href") or image.get("url"), base)


def _author(feed: Any) -> str | None:
    detail = feed.get("author_detail") or {}
    return clean_line(detail.get("name")) or clean_line(feed.get("author")) or None


def _title_from(enclosure: Enclosure | None, texts: Iterable[str]) -> str:
    """A name for an episode without a title: how its text begins, or what its file is called."""
    for text in texts:
        words = clean_line(re.sub(r"<[^>]*>", " ", text))
        if words:
            return words if len(words) <= 80 else words[:80].rsplit(" ", 1)[0] + " …"
    if enclosure is None:
        return ""
    parts = urlsplit(enclosure.url)
    return parts.path.rstrip("/").rpartition("/")[2] or parts.netloc
