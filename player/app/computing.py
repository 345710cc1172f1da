"""What is computed in worker processes: functions on bytes, texts and paths that give values.

Must not know services, the library or Qt, none of which a worker has to import.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b, file_digest
from math import inf
from pathlib import Path
from time import process_time

from player.core.chapters import chapters_from_marks
from player.core.errors import DamagedAudioError, NotAFeedError, NotAudioError
from player.core.feed_links import PageFeeds
from player.core.model import FetchedFeed, Mark, Millis, Picture
from player.core.ranges import Ranges
from player.core.retiming import Retiming
from player.core.waveform import Waveform
from player.storage.packed_chapters import pack

_DIGEST_BYTES = 32

Texts = tuple[Sequence[str], Millis | None]
"""What a feed says of an episode, and how long the episode is."""


@dataclass(frozen=True, slots=True)
class AudioFacts:
    """What is read from an audio file once: length, marks, and the frame index as bytes where it is an MP3."""

    duration: Millis | None = None
    marks: tuple[Mark, ...] = ()
    index: bytes | None = None


@dataclass(frozen=True, slots=True)
class ExaminedAudio:
    """What a file that has come whole turned out to be.

    `digest` is a hash of all its bytes, None where it could not be looked at; `missing` is how much of what it
    announces cannot be decoded at its end.
    """

    facts: AudioFacts = AudioFacts()
    digest: bytes | None = None
    missing: Millis = 0


@dataclass(frozen=True, slots=True)
class MeasuredAudio:
    """What has been measured of an audio file, and the frame index as bytes where one had to be made for it."""

    waveform: Waveform
    index: bytes | None


@dataclass(frozen=True, slots=True)
class ClipOrder:
    """What is to be cut out of an audio file, and what the clip says of itself. `index` is the frame index as bytes.

    `name` is what the file may be called, before anything that a system forbids is taken out. `artwork` becomes its
    cover where there is neither a `cover` nor one in the audio.
    """

    audio: Path
    start: Millis
    stop: Millis
    index: bytes | None
    name: str
    title: str
    podcast: str
    artist: str
    comment: str
    source: str | None
    cover: Picture | None
    artwork: Picture | None = None
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class CutClip:
    """A clip that was written: its length, and whether its packets are those of the original."""

    length: Millis
    is_copied: bool


def parse_feed(body: bytes, url: str, content_type: str | None, known: Collection[bytes] = ()) -> FetchedFeed:
    """Read a feed: see `formats.rss.read_feed`. Items whose digests are `known` are left out. Raises NotAFeedError."""
    from player.formats.feed_items import find_items, read_before, without
    from player.formats.rss import read_feed

    items = find_items(body, url, content_type) or ()
    before = read_before(items, known)
    if before:
        left_out = frozenset(each.digest for each in before)
        rest = [each.digest for each in items if each.digest not in left_out]
        try:
            return replace(read_feed(without(body, before), url, content_type, rest), left_out=left_out)
        except NotAFeedError:
            pass  # without them it does not look like a feed any more
    return read_feed(body, url, content_type, [each.digest for each in items])


def feeds_of_page(body: bytes, url: str) -> PageFeeds:
    """What a web page says of feeds: see `formats.page_links.read_page`."""
    from player.formats.page_links import read_page

    return read_page(body, url)


def outline_in(texts: Sequence[str], duration: Millis | None) -> tuple[Mark, ...]:
    """The marks of the best outline in any of the `texts`: the one with the most entries, the first of equals."""
    from player.formats.notes import read_outline

    best: tuple[Mark, ...] = ()
    for text in texts:
        outline = read_outline(text, duration=duration)
        if outline is not None and len(outline.marks) > len(best):
            best = outline.marks
    return best


def outlines_in(episodes: Sequence[Texts]) -> list[str | None]:
    """The chapters by the outline of each episode, in their order, as they are stored; None where there are none.

    Thousands of chapters are told between processes in a twentieth of the time as texts.
    """
    found = (chapters_from_marks(outline_in(texts, duration), duration) for texts, duration in episodes)
    return [pack(chapters) if chapters else None for chapters in found]


def transcript_in(body: bytes, name: str) -> bytes:
    """The transcript in a document, packed as it is stored: see `formats.transcripts`. Raises DocumentError."""
    from player.formats.transcripts import read_transcript
    from player.storage.packed_transcripts import pack_transcript

    return pack_transcript(read_transcript(body, name))


def cut_clip(order: ClipOrder, target: Path, wanted: Path) -> CutClip | None:
    """Cut a clip and tag it; None as soon as the file `wanted` is gone. Raises FileError and DamagedAudioError."""
    from player.audio.clip import UnwantedError, write_clip
    from player.audio.mp3_index import read_index
    from player.formats.chapter_pictures import embedded_picture
    from player.formats.clip_tags import ClipTags, cover_in, write_clip_tags

    try:
        cut = write_clip(
            order.audio,
            order.start,
            order.stop,
            target,
            index=read_index(order.index),
            is_exact=order.is_exact,
            is_wanted=wanted.exists,
        )
    except UnwantedError:
        return None
    own, artwork = (each.data if each is not None else None for each in (order.cover, order.artwork))
    cover = (own and embedded_picture(own)) or cover_in(order.audio) or (artwork and embedded_picture(artwork)) or None
    tags = ClipTags(order.title, order.podcast, order.artist, order.comment, order.source, cover)
    write_clip_tags(target, tags)
    return CutClip(cut.length, cut.is_copied)


def read_audio(path: Path) -> AudioFacts:
    """Read the tags and map the frames of an audio file. Raises FileError, NotAudioError or DamagedAudioError."""
    from player.audio.mp3_index import index_file
    from player.formats.media_file import read_media

    media = read_media(path)
    return AudioFacts(media.duration, media.marks, index_file(path))


def examine_audio(path: Path) -> ExaminedAudio:
    """Open a file that has come, decode its end, read its tags and hash it.

    Raises NotAudioError and DamagedAudioError when it cannot be played at all, and FileError.
    """
    from player.audio.checking import check_audio
    from player.audio.source import Source
    from player.formats.media_file import read_media

    checked = check_audio(Source(path))
    marks: tuple[Mark, ...] = ()
    # What plays may have tags that nobody can read.
    with suppress(NotAudioError, DamagedAudioError):
        marks = read_media(path).marks
    with path.open("rb") as file:
        digest = file_digest(file, partial(blake2b, digest_size=_DIGEST_BYTES)).digest()
    index = checked.index.to_bytes() if checked.index else None
    facts = AudioFacts(checked.announced - checked.missing or None, marks, index)
    return ExaminedAudio(facts, digest, checked.missing)


def write_tags(audio: Path, marks: Sequence[Mark] | None, copy: Path, cover: Picture | None = None) -> tuple[str, ...]:
    """Write chapters and a cover into a copy of an audio file: see `formats.tag_writer.write_chapters`."""
    from player.formats.tag_writer import write_chapters

    return write_chapters(audio, marks, copy, cover)


def own_tags(audio: Path) -> tuple[bool, tuple[Mark, ...]]:
    """Whether an audio file has a cover, and its chapters. Raises FileError, NotAudioError or DamagedAudioError."""
    from player.formats.clip_tags import cover_in
    from player.formats.media_file import read_media

    return cover_in(audio) is not None, read_media(audio).marks


def read_cover(data: bytes) -> Picture | None:
    """A picture from the bytes of a file; None when it is none."""
    from player.formats.chapter_pictures import embedded_picture

    return embedded_picture(data)


def carry_waveform(kept: Path, audio: Path, copy: Path) -> Path | None:
    """Write what is kept of an audio file's waveform anew, as that of a copy with the same sound, beside it.

    Gives where; None where nothing is kept, or it is that of other audio. Raises FileError.
    """
    from player.audio.fingerprint import fingerprint
    from player.audio.source import Source
    from player.audio.waveform_file import keep_waveform, kept_waveform

    known = kept_waveform(kept)
    if known is None:
        return None
    with Source(audio) as source:
        if not known.belongs_to(source):
            return None
    with Source(copy) as source:
        size = source.seek(0, 2)
        carried = kept.with_suffix(".carried")
        keep_waveform(carried, replace(known, size=size, fingerprint=fingerprint(source, size)))
    return carried


def measure_more(audio: Path, there: int | None, kept: Path, index: bytes | None, seconds: float) -> MeasuredAudio:
    """Go on measuring the waveform of an audio file where the last time ended, for some `seconds` of processor time.

    `there` is how many bytes of the file have come, None when it is whole; `kept` is where the waveform lies. `index`
    is a frame index of the whole file. Raises what `audio.decoder.open_audio` raises.
    """
    from player.audio.fingerprint import fingerprint
    from player.audio.mp3_index import read_index
    from player.audio.source import ArrivingSource, Source
    from player.audio.waveform import measure
    from player.audio.waveform_file import KeptWaveform, keep_waveform, kept_waveform

    source = Source(audio) if there is None else ArrivingSource(audio, there, Ranges.of([(0, there)]))
    size = source.seek(0, 2)
    mark = fingerprint(source, size)
    known = kept_waveform(kept)
    before = known.waveform if known is not None and known.belongs_to(source) else Waveform()
    if before.is_complete:
        source.close()
        return MeasuredAudio(before, None)
    given = read_index(index)
    is_whole = there is None
    until = process_time() + seconds
    measured = measure(source, given, before, is_whole=is_whole, is_enough=lambda: process_time() > until)
    keep_waveform(kept, KeptWaveform(measured.waveform, size, mark))
    is_new = is_whole and measured.index is not given
    return MeasuredAudio(measured.waveform, measured.index.to_bytes() if is_new and measured.index else None)


def retime_audio(former: Path, audio: Path, kept: Path, index: bytes | None) -> Retiming | None:
    """Where the sound that was measured in `former` is in another audio file, whose waveform is kept in `kept` then.

    None where nothing of it is found. Raises what `measure_more` raises.
    """
    from player.audio.matching import match
    from player.audio.waveform_file import kept_waveform

    before = kept_waveform(former)
    if before is None or not before.waveform.is_complete:
        return None
    return match(before.waveform.levels, measure_more(audio, None, kept, index, inf).waveform.levels)


def known_waveform(audio: Path, kept: Path) -> Waveform | None:
    """The waveform that was measured of an audio file before; None when there is none, or the file is another."""
    from player.audio.source import Source
    from player.audio.waveform_file import kept_waveform

    known = kept_waveform(kept)
    if known is None:
        return None
    with Source(audio) as source:
        return known.waveform if known.belongs_to(source) else None
