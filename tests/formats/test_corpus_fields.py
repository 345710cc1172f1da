"""Every field of every file of the corpus, against readers that are not ours, where those are right."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import av
import mutagen

from player.core.chapters import chapters_from_marks
from player.core.model import Mark
from player.formats.chapter_documents import read_document
from player.formats.chapter_pictures import picture_size
from player.formats.media_file import read_media
from player.formats.rss import read_feed

# What FFmpeg gets wrong, by the names of files; everything else must agree.
FFMPEG_IS_WRONG = {
    "antennapod-hindenburg-journalist-pro.m4a": "takes the texts of the links for the titles",
    "atl-chapters.mka": "drops nested chapters",
    "atl-chapters_0indexed.ogg": "refuses the file for a checksum",
    "made-flac-cuesheet-comment.flac": "does not read the sheet",
    "made-id3-nested-ctoc-hidden-scrambled.mp3": "ignores the tables of contents",
    "made-id3-no-ctoc-no-titles.mp3": "shows ids for titles",
    "made-id3v23-empty-duplicate-ids.mp3": "gives ends that were said not to be known",
    "made-ffmpeg-id3v24-long-title.mp3": "loses a chapter",
    "made-mka-nested-editions.mka": "takes all editions, and the last language",
    "made-opus-odd-chapter-comments.opus": "wants three digits",
}

# Links in files whose expectations say nothing of links.
LINKS = {
    "atl-chapters.ogg": 8,
    "atl-chapters_0indexed.ogg": 8,
    "made-id3-nested-ctoc-hidden-scrambled.mp3": 1,
}


def media_of(corpus: Path) -> list[tuple[str, Path, dict[str, Any]]]:
    folder = corpus / "corpus/media"
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return [(name, folder / name, entry) for name, entry in expected.items()]


def test_starts_titles_and_ends_as_ffmpeg_reads_them(corpus: Path) -> None:
    wrong: list[object] = []
    compared = 0
    for name, path, _ in media_of(corpus):
        if name in FFMPEG_IS_WRONG:
            continue
        with av.open(str(path)) as container:
            rows = [(row["start"], row["end"], row["time_base"] or 0, row["metadata"]) for row in container.chapters()]
        media = read_media(path)
        ours = chapters_from_marks(media.marks, media.duration)
        compared += len(ours)
        theirs = [(round(start * base * 1000), words["title"].strip()) for start, _, base, words in rows]
        if [(each.start, each.title) for each in ours] != theirs:
            wrong.append((name, ours, theirs))
        # The last end is the length of the sound for us. In a file that is cut FFmpeg's chapters end before they start.
        ends = [round(end * base * 1000) for _, end, base, _ in rows][:-1]
        if name != "atl-chapters.ogg" and [each.end for each in ours][:-1] != ends:
            wrong.append((name, ours, ends))
    assert not wrong
    assert compared > 400


def test_links_and_pictures_that_no_expectation_speaks_of(corpus: Path) -> None:
    for name, path, entry in media_of(corpus):
        marks = read_media(path).marks
        if "urls" not in entry:
            assert sum(mark.link is not None for mark in marks) == LINKS.get(name, 0), name
        for mark in marks:
            if mark.picture is not None:
                assert picture_size(mark.picture.data or b"") is not None, name
                kind = "image/png" if (mark.picture.data or b"").startswith(b"\x89PNG") else "image/jpeg"
                assert mark.picture.media_type == kind, name


def test_id3_links_and_pictures_as_mutagen_reads_them(corpus: Path) -> None:
    compared = 0
    for name, path, _ in media_of(corpus):
        if path.suffix != ".mp3" or name == "made-id3v23-empty-duplicate-ids.mp3":  # mutagen keeps one of three
            continue
        file: Any = mutagen.File(str(path))
        frames = sorted(file.tags.getall("CHAP"), key=lambda frame: frame.start_time)
        marks = read_media(path).marks
        assert len(marks) == len(frames), name
        for mark, frame in zip(marks, frames, strict=True):
            parts = {key[:4]: value for key, value in frame.sub_frames.items()}
            assert mark.title == str(parts.get("TIT2", "")), name
            assert mark.link == (parts["WXXX"].url if "WXXX" in parts else None), name
            assert (mark.picture.data if mark.picture else None) == (parts["APIC"].data if "APIC" in parts else None)
            assert mark.end == (frame.end_time if frame.end_time > frame.start_time else None), name
            compared += 1
    assert compared >= 25


def test_links_in_comments_as_mutagen_reads_them(corpus: Path) -> None:
    compared = 0
    for name, path, _ in media_of(corpus):
        if path.suffix in (".ogg", ".opus", ".flac"):
            file: Any = mutagen.File(str(path))
            urls = [value for key, value in file.tags or () if re.fullmatch(r"(?i)chapter\d+url", key) and value]
            assert [mark.link for mark in read_media(path).marks if mark.link] == urls, name
            compared += len(urls)
    assert compared == 25


def test_nero_lists_as_mutagen_reads_them(corpus: Path) -> None:
    compared = 0
    for name, path, _ in media_of(corpus):
        # mutagen fails on the one, and reads no more than 255 of the other.
        if path.suffix in (".m4a", ".m4b", ".mp4") and not name.startswith(("made-chpl-title-cut", "atl-chapters_260")):
            listed = mutagen.File(str(path)).chapters
            marks = read_media(path).marks
            if listed:
                assert [(mark.start, mark.title) for mark in marks] == [
                    (round(row.start * 1000), row.title.strip()) for row in listed
                ], name
                compared += len(marks)
    assert compared >= 120


# --- documents and feeds ---------------------------------------------------------------------------------------------


def read(path: Path, **options: str) -> tuple[Mark, ...]:
    return read_document(path.read_bytes(), path.name, **options)


def test_all_fields_of_json_chapters(corpus: Path) -> None:
    folder = corpus / "corpus/chapters"
    links = pictures = hidden = 0
    for name in (
        "podcastindex-example.json",
        "podcastindex-exampleComplex.json",
        "self-hosted-50.json",
        "lup-608.json",
    ):
        rows = sorted(
            json.loads((folder / name).read_text(encoding="utf-8"))["chapters"], key=lambda row: row["startTime"]
        )
        for mark, row in zip(read(folder / name), rows, strict=True):
            assert mark.link == row.get("url"), name
            assert (mark.picture.url if mark.picture else None) == row.get("img"), name
            assert mark.is_hidden == (row.get("toc") is False), name
            assert mark.end == (round(row["endTime"] * 1000) if row.get("endTime") else None), name
            links, pictures, hidden = links + bool(mark.link), pictures + bool(mark.picture), hidden + mark.is_hidden
    assert (links, pictures, hidden) == (6, 7, 1)


def test_all_fields_of_other_documents(corpus: Path) -> None:
    folder = corpus / "corpus/chapters"
    fixture = read(folder / "podlove-player-fixture.json", base="https://example.org/a/chapters.json")
    assert [mark.link for mark in fixture] == [None, None, "http://link/to/chapter/content"]
    assert fixture[2].picture is not None
    assert fixture[2].picture.url == "https://example.org/a/image/to/chapter"
    assert [mark.end for mark in read(folder / "ffmetadata-standard.txt")] == [5_000, 12_500, 20_000]
    nested = read(folder / "matroska-nested.xml")
    assert [(mark.title, mark.end, mark.level, mark.is_hidden) for mark in nested] == [
        ("Part one", 10_000, 0, False),
        ("Sub 1.1", None, 1, False),
        ("Hidden sub", None, 0, True),
        ("Disabled", None, 0, True),
        ("Part two – ä 中", None, 0, False),
    ]


# What is counted in the file and is no item's, or no list that counts.
COUNTED_OTHERWISE = {
    "namespace-podcast-example.xml": "its elements stand in no item",
    "feedparser-psc-version_1.0_keyerror.xml": "its item has nothing to show or to play",
    "feedparser-psc-ignore_multiple_psc_chapters.xml": "its second list does not count",
}


def test_every_feed_has_what_its_index_counts(corpus: Path) -> None:
    folder = corpus / "corpus/feeds"
    wrong, read_feeds = [], 0
    for name, entry in json.loads((folder / "index.json").read_text(encoding="utf-8")).items():
        if name in COUNTED_OTHERWISE:
            continue
        found = read_feed((folder / name).read_bytes(), "https://example.org/feed.xml").episodes
        counts = {
            "items": len(found),
            "podcast_transcript": sum(len(each.transcripts) for each in found),
            "podcast_soundbite": sum(len(each.soundbites) for each in found),
            "psc_chapter": sum(len(each.podlove) for each in found),
            "podcast_chapters": sum(each.chapter_document is not None for each in found),
        }
        # Atom's link to a file of Simple Chapters is no `podcast:chapters`.
        if name == "feedparser-psc-atomsimplechapterexternal.xml":
            counts["podcast_chapters"] -= 1
        wrong += [(name, key, count, entry[key]) for key, count in counts.items() if count != entry[key]]
        read_feeds += 1
    assert not wrong
    assert read_feeds >= 22
