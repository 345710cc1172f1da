"""Chapters in Matroska: wherever there is room, beside other editions, and as mkvtoolnix reads them."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.core.model import Mark
from player.formats.chapter_matroska import CHAPTERS, EBML, SEGMENT, read_matroska_chapters
from player.formats.chapter_writing import kept_marks
from player.formats.ebml import Element, element, elements, number_element, read_element, void
from player.formats.media_file import read_media
from player.formats.tag_checks import UnwritableError
from player.formats.tag_matroska import matroska_rest, matroska_sound, write_matroska
from player.formats.tag_writer import write_chapters
from timecoded.cache import cached_timecoded

MKVMERGE, MKVEXTRACT = shutil.which("mkvmerge"), shutil.which("mkvextract")
SEEK_HEAD, INFO, CLUSTER, CUES, TAGS = 0x114D9B74, 0x1549A966, 0x1F43B675, 0x1C53BB6B, 0x1254C367
EDITION, ATOM, START, UID, DISPLAY, TITLE = 0x45B9, 0xB6, 0x91, 0x73C4, 0x80, 0x85
HIDDEN_EDITION, DEFAULT, ORDERED = 0x45BD, 0x45DB, 0x45DD
UNKNOWN = b"\x01" + b"\xff" * 7
MARKS = (
    Mark(0, "Part one – ä 中", 1_000),
    Mark(0, "First", 500, level=1),
    Mark(500, "Deep", 700, level=2),
    Mark(700, "", 1_000, level=1),
    Mark(800, "Slide", 900, is_hidden=True),
    Mark(2_500, "Part two"),
)


def head(doc_type: bytes = b"matroska") -> bytes:
    return element(EBML, element(0x4282, doc_type))


def entry(name: int, place: int) -> bytes:
    return element(0x4DBB, element(0x53AB, name.to_bytes(4, "big")), number_element(0x53AC, place))


def atom(start: int, title: str, uid: int) -> bytes:
    """A chapter; its start in milliseconds."""
    names = element(DISPLAY, element(TITLE, title.encode()))
    return element(ATOM, number_element(UID, uid), number_element(START, start * 1_000_000), names)


def old_list(padding: int = 0) -> bytes:
    return element(CHAPTERS, element(EDITION, atom(0, "Old" + "d" * padding, 7)))


def parts_of(path: Path) -> tuple[Element, list[Element]]:
    """The segment, and what lies in it."""
    with path.open("rb") as file:
        first = read_element(file)
        assert first is not None
        file.seek(first.end)
        segment = read_element(file)
        assert segment is not None
        parts = list(elements(file, segment.content, segment.end))
        assert segment.end == file.seek(0, 2)
    return segment, parts


def listed(path: Path, name: int) -> list[int]:
    """Where the SeekHeads of a file say that an element begins."""
    content = path.read_bytes()
    segment, parts = parts_of(path)
    found = []
    for part in parts:
        for each in elements(io.BytesIO(content), part.content, part.end) if part.name == SEEK_HEAD else ():
            inner = {
                item.name: content[item.content : item.end]
                for item in elements(io.BytesIO(content), each.content, each.end)
            }
            if int.from_bytes(inner[0x53AB], "big") == name:
                found.append(segment.content + int.from_bytes(inner[0x53AC], "big"))
    return found


def written(path: Path, *segment: bytes, size: bytes = b"", behind: bytes = b"") -> Path:
    """A file with one segment."""
    body = b"".join(segment)
    content = SEGMENT.to_bytes(4, "big") + size + body if size else element(SEGMENT, body)
    path.write_bytes(head() + content + behind)
    return path


def check(source: Path, copy: Path) -> list[Element]:
    """Write, and read everything back; the parts of the copy."""
    write_matroska(source, copy, MARKS, None)
    assert read_matroska_chapters(copy) is not None
    assert kept_marks(read_matroska_chapters(copy) or ()) == kept_marks(MARKS)
    assert matroska_sound(copy) == matroska_sound(source)
    assert matroska_rest(copy) == matroska_rest(source)
    _, parts = parts_of(copy)
    (place,) = [part.start for part in parts if part.name == CHAPTERS]
    assert set(listed(copy, CHAPTERS)) <= {place}
    return parts


SOUND = element(CLUSTER, bytes(50))


def names(parts: list[Element]) -> list[int]:
    return [part.name for part in parts]


def test_room_is_used_where_there_is_some(tmp_path: Path) -> None:
    source, copy = tmp_path / "a.mka", tmp_path / "b.mka"
    index, info = element(SEEK_HEAD, entry(INFO, 100)), element(INFO, bytes(10))
    parts = check(written(source, index, void(40), info, void(600), SOUND), copy)
    assert [name for name in names(parts) if name != 0xEC] == [SEEK_HEAD, INFO, CHAPTERS, CLUSTER]
    assert copy.stat().st_size == source.stat().st_size
    assert len(listed(copy, CHAPTERS)) == 1
    size = copy.stat().st_size
    check(copy, source)
    assert source.stat().st_size == size
    # Behind the sound, and no larger when it is written again.
    parts = check(written(source, index, void(40), info, SOUND, element(CUES, bytes(9))), copy)
    assert [name for name in names(parts) if name != 0xEC] == [SEEK_HEAD, INFO, CLUSTER, CUES, CHAPTERS]
    size = copy.stat().st_size
    check(copy, source)
    assert source.stat().st_size == size
    # The entry of an old list is enough; that list is behind the sound and too small.
    parts = check(written(source, element(SEEK_HEAD, entry(CHAPTERS, 500)), void(20), SOUND, old_list(), SOUND), copy)
    assert names(parts)[-1] == CHAPTERS


def test_without_an_entry_only_before_the_sound(tmp_path: Path) -> None:
    source, copy = tmp_path / "a.mka", tmp_path / "b.mka"
    info, index = element(INFO, bytes(10)), element(SEEK_HEAD, entry(INFO, 100))
    for first in (info, index):
        parts = check(written(source, first, info, old_list(600), SOUND), copy)
        assert names(parts).index(CHAPTERS) == 2
        assert listed(copy, CHAPTERS) == []
        with pytest.raises(UnwritableError, match=r"no room before the sound.*mkvmerge"):
            check(written(source, first, info, SOUND), copy)


@pytest.mark.parametrize("spare", range(-3, 40))
def test_every_size_of_room(tmp_path: Path, spare: int) -> None:
    source, copy = tmp_path / "a.mka", tmp_path / "b.mka"
    probe = check(written(source, element(INFO, b""), void(5000), SOUND), copy)
    needed = next(part.end - part.start for part in probe if part.name == CHAPTERS)
    index = element(SEEK_HEAD, entry(INFO, 100))
    check(
        written(source, index, void(40 if spare < 0 else spare + 2), element(INFO, b""), void(needed + spare), SOUND),
        copy,
    )


parts_strategy = st.lists(
    st.sampled_from(["index", "second", "info", "old", "sound", "cues"])
    | st.integers(2, 60).map(void)
    | st.sampled_from([void(300), void(700)]),
    max_size=9,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts_strategy)
def test_any_order_of_parts(tmp_path: Path, wanted: list[str | bytes]) -> None:
    known = {
        "index": element(SEEK_HEAD, entry(INFO, 1), entry(CHAPTERS, 2), void(3)),
        "second": element(SEEK_HEAD, entry(TAGS, 3)),
        "info": element(INFO, bytes(5)),
        "old": old_list(20),
        "sound": SOUND,
        "cues": element(CUES, bytes(3)),
    }
    once = [part for at, part in enumerate(wanted) if part != "old" or "old" not in wanted[:at]]
    segment = [part if isinstance(part, bytes) else known[part] for part in once]
    source = written(tmp_path / "a.mka", *segment, b"" if segment else void(2), behind=void(9))
    try:
        write_matroska(source, tmp_path / "b.mka", MARKS, None)
    except UnwritableError:
        assert void(700) not in once[: once.index("sound")]
        return
    copy = tmp_path / "b.mka"
    assert copy.read_bytes().endswith(void(9))
    copy.write_bytes(copy.read_bytes()[:-9])
    source.write_bytes(source.read_bytes()[:-9])
    check(source, tmp_path / "b.mka")


def test_other_editions_stay_and_chapters_keep_their_uids(tmp_path: Path) -> None:
    hidden = element(EDITION, number_element(HIDDEN_EDITION, 1), atom(0, "Hidden", 5))
    shown = element(EDITION, number_element(DEFAULT, 1), number_element(0x45BC, 99), atom(2_500, "Part two", 77))
    third = element(EDITION, atom(0, "Third", 6))
    source = written(tmp_path / "a.mka", element(CHAPTERS, hidden, shown, third), void(400), SOUND)
    check(source, tmp_path / "b.mka")
    content = (tmp_path / "b.mka").read_bytes()
    assert hidden in content
    assert third in content
    assert number_element(0x45BC, 99) + element(ATOM, number_element(UID, 1)) not in content
    assert number_element(DEFAULT, 1) + number_element(0x45BC, 99) in content
    assert number_element(UID, 77) + number_element(START, 2_500_000_000) in content
    # Where all are hidden, ours comes first.
    check(written(source, element(CHAPTERS, hidden), void(400), SOUND), tmp_path / "b.mka")
    assert hidden in (tmp_path / "b.mka").read_bytes()


def test_what_cannot_be_done_safely_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.mka"

    def refusal() -> str:
        with pytest.raises(UnwritableError) as raised:
            write_matroska(path, tmp_path / "b.mka", MARKS, None)
        return str(raised.value)

    written(path, void(900), SOUND, size=UNKNOWN)
    assert refusal().startswith("it is a live recording that was never closed; “mkvmerge -o new.mka FILE”")
    written(path, void(900), CLUSTER.to_bytes(4, "big") + UNKNOWN + bytes(50))
    assert refusal().startswith("it is a live recording with parts of unknown length; “mkvmerge")
    path.write_bytes(written(path, void(900), SOUND).read_bytes()[:-10])
    assert refusal() == "it is cut: its segment is longer than the file"
    written(path, void(900), SOUND, b"\0\0\0")
    assert refusal().startswith("its elements are damaged; “mkvmerge")
    written(path, old_list(), old_list(), SOUND)
    assert refusal().startswith("it has two lists of chapters, or a checksum over everything")
    written(path, element(CHAPTERS, element(EDITION, number_element(ORDERED, 1), atom(0, "A", 1))), void(900), SOUND)
    assert refusal() == "its chapters say which parts of it are played, and in what order"
    path.write_bytes(head() + head())
    assert refusal() == "it does not begin with a segment"


@pytest.fixture
def audio(tmp_path: Path) -> Path:
    source = cached_timecoded(4, codec="opus", rate=48_000, channels=2, container="matroska")
    return Path(shutil.copy(source, tmp_path / "episode.mka"))


def test_read_by_mkvtoolnix(audio: Path) -> None:
    if MKVMERGE is None or MKVEXTRACT is None:
        pytest.skip("mkvmerge and mkvextract are not here: install the package mkvtoolnix")
    write_chapters(audio, MARKS)
    assert kept_marks(read_media(audio).marks) == kept_marks(MARKS)
    said = json.loads(subprocess.run([MKVMERGE, "-J", str(audio)], capture_output=True, check=True).stdout)
    assert said["chapters"] == [{"num_entries": 3}]
    assert (said["errors"], said["warnings"]) == ([], [])
    text = subprocess.run([MKVEXTRACT, str(audio), "chapters", "-"], capture_output=True, check=True).stdout
    root = ElementTree.fromstring(text)
    rows = [
        (
            item.findtext("ChapterTimeStart"),
            item.findtext("ChapterTimeEnd"),
            item.findtext("ChapterDisplay/ChapterString"),
            item.findtext("ChapterFlagHidden"),
        )
        for item in root.iter("ChapterAtom")
    ]
    assert rows == [
        ("00:00:00.000000000", "00:00:01.000000000", "Part one – ä 中", "0"),
        ("00:00:00.000000000", "00:00:00.700000000", "First", "0"),
        ("00:00:00.500000000", "00:00:00.700000000", "Deep", "0"),
        ("00:00:00.700000000", "00:00:01.000000000", "", "0"),
        ("00:00:00.800000000", "00:00:00.900000000", "Slide", "1"),
        ("00:00:02.500000000", None, "Part two", "0"),
    ]


def test_mkvtoolnix_takes_our_file_whole(audio: Path, tmp_path: Path) -> None:
    if MKVMERGE is None:
        pytest.skip("mkvmerge is not here: install the package mkvtoolnix")
    write_chapters(audio, MARKS)
    other = tmp_path / "other.mka"
    done = subprocess.run([MKVMERGE, "-o", str(other), str(audio)], capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stdout
    assert kept_marks(read_media(other).marks) == kept_marks(MARKS)
    write_chapters(other, MARKS[:1])
    assert [mark.title for mark in read_media(other).marks] == ["Part one – ä 中"]
