"""Damaged files of every kind, for all that reads tags, documents and feeds, and for all that writes tags.

An input is told by a seed and a number, so that one that fails can be made again. Must not know pytest.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from pictures import jpeg, png
from player.core.errors import KnownError
from player.core.model import EpisodeId, FetchedEpisode, Mark, Picture
from player.core.transcript import paragraphs, starts_of
from player.core.updates import KnownEpisode, decide, describe, withdrawn
from player.formats.chapter_documents import WRITERS, read_document
from player.formats.chapter_writing import ChapterDocument, kept_marks
from player.formats.media_file import read_media
from player.formats.opml import read_opml
from player.formats.page_links import read_page
from player.formats.rss import read_feed
from player.formats.side_files import read_side_file
from player.formats.tag_writer import write_chapters
from player.formats.transcripts import read_transcript
from player.storage.feed_extras import to_json
from timecoded.cache import cached_timecoded

SLOW_SECONDS = 10.0
_LARGEST = 400_000
_NUMBERS = (
    b"\0",
    b"\xff",
    b"\x7f",
    b"\x80",
    b"\1",
    b"\0\0\0\0",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\x80\0\0\0",
)
_MARKERS = (
    *(
        b"ID3",
        b"CHAP",
        b"CTOC",
        b"APIC",
        b"TXXX",
        b"moov",
        b"trak",
        b"stsd",
        b"stts",
        b"stsc",
        b"stsz",
        b"stco",
        b"chpl",
    ),
    *(b"chap", b"elst", b"href", b"OggS", b"OpusTags", b"vorbis", b"fLaC", b"CHAPTER", b"RIFF", b"id3 ", b"mdat"),
    *(
        b"\x10\x43\xa7\x70",
        b"\x11\x4d\x9b\x74",
        b"\x1f\x43\xb6\x75",
        b"\x18\x53\x80\x67",
        b"\xec",
        b"\xb6",
        b"\x45\xb9",
    ),
    *(b"start", b"INDEX", b"TRACK", b"-->", b"[CHAPTER]", b"<item", b"podcast:", b"psc:", b"&", b'"'),
    *(b"<?xml", b"encoding=", b"<!DOCTYPE", b"<!ENTITY", b"<![CDATA[", b"<enclosure", b"<guid", b"pubDate", b"xmlns"),
)
PHOTO = Picture(data=jpeg(), media_type="image/jpeg")
DRAWING = Picture(data=png(3, 2), media_type="image/png")
RICH = (
    Mark(0, "Part one – ä 中", 300, "https://example.com/1", PHOTO),
    Mark(100, "One", 200, level=1),
    Mark(250, "Slide", 280, picture=DRAWING, is_hidden=True),
    Mark(300, "", 500, "https://example.com/2", PHOTO),
    Mark(500, 'Part "two"', 900),
)

TRANSCRIPTS = {
    "t.vtt": "WEBVTT\n\nNOTE no\n\n1\n00:00:01.000 --> 00:00:02.500 line:0\n<v.a Ann>Hi &amp; <i>you</i>\n\n"
    "00:03.000 --> 00:04.000\n<v Ben>Well</v> <v Ann>No\n",
    "t.srt": "1\r\n00:00:01,000 --> 00:00:02,000\r\nAnn: One\r\n\r\n2\r\n0:0:3,0 --> 0:0:4,0\r\nAnn: Two\r\n",
    "t.json": '{"version":"1.0.0","segments":[{"speaker":"Ann","startTime":0.5,"endTime":1,"body":"I"},'
    '{"startTime":1.5,"body":"am"},{"start_ms":2000,"text":"here"}]}',
    "t.html": "<cite>Ann:</cite><time>0:00</time><p>One <b>two</b></p><!-- no --><cite>B:</cite><time>0:09</time><p>3",
    "t.md": "---\na: b\n---\n\n**Ann:** One\n\n[0:05] Ben: Two\n\n(0:10) Ann: Three\n\n0:15 – Ben: Four\n",
}


@dataclass
class Outcome:
    """What a run did: how many inputs of each kind and how they ended, and what must not happen."""

    ends: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    slowest: float = 0.0


@dataclass(frozen=True)
class Seed:
    """A file that is whole: its name, its content, and what to do with damaged ones like it."""

    name: str
    content: bytes
    kind: str


def seeds(corpus: Path | None) -> list[Seed]:
    """A short file of each container with chapters in it, a document of each kind, and the corpus where it is here."""
    found = list(_made())
    if corpus is not None:
        folders = (("media", "media"), ("chapters", "document"), ("feeds", "feed"), ("transcripts", "transcript"))
        for folder, kind in folders:
            paths = sorted((corpus / "corpus" / folder).iterdir())
            fitting = [path for path in paths if "index.json" not in path.name and "expected" not in path.name]
            small = (path for path in fitting if path.stat().st_size < _LARGEST)
            found += [Seed(path.name, path.read_bytes(), kind) for path in small]
    return found


def _made() -> Iterator[Seed]:
    containers = {"mka": ("opus", "matroska"), "webm": ("opus", "webm")}
    for ending in ("mp3", "m4a", "opus", "ogg", "flac", "wav", "mka", "webm"):
        codec, container = containers.get(ending, ({"m4a": "aac", "ogg": "vorbis"}.get(ending, ending), None))
        options = {"container": container} if container else {}
        source = cached_timecoded(1, codec=codec, rate=48_000, channels=2, **options)
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / f"made.{ending}"
            write_chapters(source, RICH, copy)
            yield Seed(copy.name, copy.read_bytes(), "media")
    for name, write in WRITERS.items():
        yield Seed(name, write(ChapterDocument(RICH)).encode(), "document")
    feed = (
        '<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"'
        ' xmlns:psc="http://podlove.org/simple-chapters"><channel><title>S</title><item><title>One</title><guid>1</guid>'
        '<enclosure url="https://example.com/1.mp3" type="audio/mpeg"/><podcast:chapters url="c.json"/>'
        '<podcast:transcript url="t.vtt"/><podcast:soundbite startTime="1.5" duration="2">Bite</podcast:soundbite>'
        '<psc:chapters><psc:chapter start="0:01" title="A" href="/a" image="b.png"/></psc:chapters></item>'
        "</channel></rss>"
    )
    yield Seed("feed.xml", feed.encode(), "feed")
    for name, text in TRANSCRIPTS.items():
        yield Seed(name, text.encode(), "transcript")
    rich = (
        '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:a="http://www.w3.org/2005/Atom"'
        ' xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>S</title><itunes:type>serial</itunes:type>'
        '<a:link rel="next" href="?page=2"/><itunes:new-feed-url>https://example.org/feed</itunes:new-feed-url>'
        '<podcast:guid>g</podcast:guid><podcast:funding url="/pay">Pay</podcast:funding>'
        "<podcast:locked>yes</podcast:locked>"
        '<podcast:person role="host" img="a.png">Ann</podcast:person>'
    )
    items = "".join(
        f"<item><title>Day {day}</title><guid>{day}</guid><pubDate>{day:02} Nov 2023 10:00:00 GMT</pubDate>"
        f'<itunes:season>1</itunes:season><podcast:episode display="E{day}">{day}.5</podcast:episode>'
        f'<enclosure url="https://example.com/{day}.mp3" type="audio/mpeg" length="1"/></item>'
        for day in range(12, 0, -1)
    )
    yield Seed("rich.xml", f"{rich}{items}</channel></rss>".encode(), "feed")
    atom = (
        '<?xml version="1.0" encoding="utf-16"?><feed xmlns="http://www.w3.org/2005/Atom"><title>S</title>'
        '<entry><id>1</id><title type="html">A &amp;amp; B</title><updated>2025-02-03T03:37:24Z</updated>'
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">0:00 A</div></content>'
        '<link rel="enclosure" href="a.mp3"/></entry></feed>'
    )
    yield Seed("atom.xml", atom.encode("utf-16"), "feed")
    rdf = (
        '<?xml version="1.0"?><!DOCTYPE rdf:RDF [<!ENTITY nbsp "&#160;">]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        '<channel rdf:about="/"><title>S&nbsp;T</title></channel>'
        '<item rdf:about="/1"><title>One</title><link>/1</link></item></rdf:RDF>'
    )
    yield Seed("rdf.xml", rdf.encode(), "feed")


def damaged(content: bytes, others: list[Seed], random: Random) -> bytes:
    """The content with one to six pieces of damage, most of them where something begins."""
    data = bytearray(content)
    for _ in range(random.randint(1, 6)):
        at = _place(data, random)
        piece = random.choice(_NUMBERS) if random.random() < 0.6 else random.randbytes(random.randint(1, 8))
        length = random.choice((1, 4, 16, 200, 5000))
        what = random.randrange(8)
        if what <= 3:
            data[at : at + len(piece)] = piece
        elif what == 4:
            del data[at : at + length]
        elif what == 5:
            data[at:at] = data[at : at + length] * random.choice((1, 3))
        elif what == 6:
            other = random.choice(others).content
            start = random.randrange(len(other) + 1)
            data[at:at] = other[start : start + length]
        elif random.random() < 0.3:
            del data[at:]
    return bytes(data)


def _place(data: bytearray, random: Random) -> int:
    """Where to damage: near a marker, near the beginning or the end, or anywhere."""
    how = random.randrange(4)
    if how <= 1:
        found = data.find(random.choice(_MARKERS), random.randrange(len(data) + 1) if random.random() < 0.5 else 0)
        if found >= 0:
            return max(0, found + random.randint(-12, 40))
    if how == 2:
        return min(
            len(data), random.randrange(64) if random.random() < 0.5 else max(0, len(data) - random.randrange(2000))
        )
    return random.randrange(len(data) + 1)


def run(
    folder: Path, corpus: Path | None, seed: int, wanted: Callable[[int, float], bool], kind: str | None = None
) -> Outcome:
    """Try inputs number 0, 1, 2, … while `wanted(number, seconds)`; what fails is kept in `folder`.

    `kind` leaves only files of that kind: "media", "document", "feed" or "transcript".
    """
    known = [each for each in seeds(corpus) if kind in (None, each.kind)]
    outcome = Outcome()
    began = time.monotonic()
    number = 0
    while wanted(number, time.monotonic() - began):
        random = Random(f"{seed}:{number}")
        source = random.choice(known)
        content = damaged(source.content, known, random)
        work = folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        path = work / f"input{Path(source.name).suffix}"
        path.write_bytes(content)
        started = time.monotonic()
        problem = ""
        try:
            end = _TARGETS[source.kind](path, random)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            end, problem = "failed", f"{type(error).__name__}: {error}"
        took = time.monotonic() - started
        outcome.slowest = max(outcome.slowest, took)
        if took > SLOW_SECONDS:
            problem = problem or f"took {took:.1f} s"
        outcome.ends[f"{source.kind} {end}"] += 1
        if problem:
            kept = folder / f"{seed}-{number}-{source.name}"
            kept.write_bytes(content)
            outcome.findings.append(f"seed {seed} number {number} ({source.name}): {problem}")
        number += 1
    return outcome


# --- what is done with an input; the word for how it ended -----------------------------------------------------------


def _media(path: Path, random: Random) -> str:
    """Read it, and write chapters into it; after a refusal it must be as it was."""
    content = path.read_bytes()
    try:
        found = read_media(path).marks
    except KnownError:
        found = ()
    assert list(found) == sorted(found, key=lambda mark: mark.start), "starts do not rise"
    assert all(mark.start >= 0 for mark in found), "a start below zero"
    own = [mark for mark in found if not mark.is_hidden]
    marks = found if own and random.random() < 0.5 else RICH
    try:
        write_chapters(path, marks)
        end = "written"
    except KnownError:
        end = "refused"
        assert path.read_bytes() == content, "a refusal changed the file"
    else:
        wanted, got = (
            [(mark.start, mark.title[:5000]) for mark in kept_marks(each) if not mark.is_hidden]
            for each in (marks, read_media(path).marks)
        )
        assert [title for _, title in wanted] == [title for _, title in got], "titles were not kept"
        assert all(abs(one - other) <= 1 for (one, _), (other, _) in zip(wanted, got, strict=True)), "starts moved"
    assert list(path.parent.iterdir()) == [path], "something was left behind"
    return end


def _document(path: Path, random: Random) -> str:
    """Read it, write what was found in every form, and read that."""
    content = path.read_bytes()
    sheet = path.with_name("audio.cue")
    sheet.write_bytes(content)
    end = "read"
    try:
        read_side_file(path.with_name("audio.mp3"))
        marks = read_document(content, "input", base="https://example.com/a/")
    except KnownError:
        return "refused"
    name = random.choice(sorted(set(WRITERS) - {"youtube"}))
    seen = [mark for mark in kept_marks(marks) if not mark.is_hidden]
    if seen and len({mark.start for mark in seen}) == len(seen):
        again = [mark for mark in read_document(WRITERS[name](ChapterDocument(marks)), name) if not mark.is_hidden]
        assert [mark.title for mark in again] == [mark.title for mark in seen], f"{name} did not keep the titles"
    return end


def _feed(path: Path, random: Random) -> str:
    """Read it, take it in, and take in another state of it: what is told must be in order, and end in the same."""
    content = path.read_bytes()
    with contextlib.suppress(KnownError):
        read_opml(content, "input")
    read_page(content, "https://example.com/")
    try:
        feed = read_feed(content, "https://example.com/feed.xml", random.choice((None, "text/xml; charset=latin-1")))
    except KnownError:
        return "refused"
    assert all(each.title and each.guid for each in feed.episodes), "an episode without a title or a guid"
    for address in (feed.link, feed.image_url, feed.moved_to, feed.next_page):
        assert address is None or address.startswith(("http://", "https://")), f"an address {address!r}"
    new = decide([], feed.episodes).new
    known = [_known(number, each) for number, each in enumerate(new)]
    again = decide(known, feed.episodes)
    assert not again.new, "an episode is new twice"
    assert not again.changed, "an episode changed by being read again"
    assert again.listed == {each.id for each in known}, "an episode is not listed"
    rest = [each for each in feed.episodes if random.random() < 0.8]
    gone = withdrawn(known, decide(known, rest).listed, [each.published for each in rest])
    assert len(gone) <= max(1, len(known) // 2), "too many were taken back"
    json.loads(to_json(feed.facts) or "{}")
    return "read"


def _known(number: int, episode: FetchedEpisode) -> KnownEpisode:
    url = episode.enclosure.url if episode.enclosure else None
    return KnownEpisode(EpisodeId(number), episode.guid, episode.title, episode.published, url, describe(episode))


def _transcript(path: Path, random: Random) -> str:
    """Read it, and put it together with any chapters: each segment stands once, and in order."""
    try:
        found = read_transcript(path.read_bytes(), "input")
    except KnownError:
        return "refused"
    starts = starts_of(found)
    assert starts == sorted(starts), "starts do not rise"
    made = paragraphs(found, starts, sorted(random.randrange(10_000) for _ in range(4)))
    numbers = [number for each in made for number in range(each.first, each.stop)]
    assert numbers == list(range(len(found.segments))), "a segment is in no paragraph, or in two"
    return "read"


_TARGETS: dict[str, Callable[[Path, Random], str]] = {
    "media": _media,
    "document": _document,
    "feed": _feed,
    "transcript": _transcript,
}
