"""`earmark chapters`: every kind of source, every form of output, and what it says where there is nothing."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from player.__main__ import main
from timecoded import write_timecoded

OUTLINE = "Welcome to the show.\n\n0:00 Introduction\n1:30 Bänds of Gold\n1:02:03 The end\n"
MARKS = ["0:00 Introduction", "1:30 Bänds of Gold", "1:02:03 The end"]
FFMETADATA = """;FFMETADATA1
title=A show
[CHAPTER]
TIMEBASE=1/1000
START=0
END=60000
title=One
[CHAPTER]
TIMEBASE=1/1000
START=60000
END=90000
title=Two \\= more
"""
CUE = """FILE "show.mp3" MP3
  TRACK 01 AUDIO
    TITLE "One"
    INDEX 01 00:00:00
  TRACK 02 AUDIO
    TITLE "Two"
    INDEX 01 61:00:00
"""
JSON = json.dumps(
    {"version": "1.2.0", "chapters": [{"startTime": 0, "title": "One"}, {"startTime": 90.5, "title": "2"}]}
)

Capture = pytest.CaptureFixture[str]


class Files:
    """Writes sources into a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, name: str, content: str | bytes) -> str:
        path = self._folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)


@pytest.fixture
def write(tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture
def standard_input(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | bytes], None]:
    def give(content: str | bytes) -> None:
        data = content.encode() if isinstance(content, str) else content
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return give


def lines_of(capsys: Capture, *arguments: str) -> list[str]:
    """What `chapters --format text` prints, which must go well."""
    assert main(["chapters", "--format", "text", *arguments]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out.splitlines()


def complaint(capsys: Capture, status: int, *arguments: str) -> str:
    """The one sentence on standard error of a command that prints nothing and ends with `status`."""
    assert main(["chapters", *arguments]) == status
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("earmark: ")
    assert printed.err.count("\n") == 1
    return printed.err


# --- sources


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.txt", OUTLINE),
        ("notes", OUTLINE),
        ("NOTES.TXT", OUTLINE),
        ("notes.text", OUTLINE.replace("\n", "\r\n")),
        ("notes.md", "# Chapters\n\n* 0:00 Introduction\n* 1:30 Bänds of Gold\n* [1:02:03](https://a.org) The end\n"),
        (
            "notes.txt",
            "# Chapters\n\n* 0:00 Introduction\n* 1:30 **Bänds** of Gold\n* [1:02:03](https://a.org) The end\n",
        ),
        ("notes.html", "<p>0:00 Introduction<br>1:30 B&auml;nds of Gold<br>1:02:03 The end</p>"),
        ("page", "<ul><li>0:00 Introduction</li><li>1:30 B&auml;nds of Gold</li><li>1:02:03 The end</li></ul>"),
        ("utf16.txt", OUTLINE.encode("utf-16")),
        ("utf16-big", b"\xfe\xff" + OUTLINE.encode("utf-16-be")),
        ("utf8.txt", OUTLINE.encode("utf-8-sig")),
        ("windows.txt", OUTLINE.encode("cp1252")),
        ("windows", OUTLINE.encode("cp1252")),
        ("slip.txt", OUTLINE + "\x0c\x01" + "more words " * 30),
    ],
)
def test_notes(write: Files, capsys: Capture, name: str, content: str | bytes) -> None:
    assert lines_of(capsys, write(name, content)) == MARKS


@pytest.mark.parametrize("ending", ["", ".txt", ".md", ".anything"])
@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (FFMETADATA, ["0:00 One", "1:00 Two = more"]),
        (CUE, ["0:00 One", "1:01:00 Two"]),
        (JSON, ["0:00 One", "1:30 2"]),
        ("WEBVTT\n\n00:00.000 --> 01:00.000\nOne\n\n01:00.000 --> 02:00.000\nTwo\n", ["0:00 One", "1:00 Two"]),
    ],
)
def test_documents_whatever_they_are_called(
    write: Files, capsys: Capture, document: str, ending: str, expected: list[str]
) -> None:
    assert lines_of(capsys, write(f"document{ending}", document)) == expected


@pytest.mark.parametrize(("ending", "document"), [("json", JSON), ("cue", CUE), ("ffmeta", FFMETADATA)])
def test_documents_by_their_endings(write: Files, capsys: Capture, ending: str, document: str) -> None:
    assert lines_of(capsys, write(f"document.{ending}", document))[0] == "0:00 One"
    assert "no chapter document" in complaint(capsys, 3, write(f"notes.{ending}", OUTLINE))


def test_notes_that_begin_as_a_document_does_are_notes(write: Files, capsys: Capture) -> None:
    assert lines_of(capsys, write("notes.txt", "[[Our show]]\n" + OUTLINE)) == MARKS


def test_json_that_is_something_else_is_refused(write: Files, capsys: Capture, standard_input: Any) -> None:
    assert "no list of chapters" in complaint(capsys, 3, write("package.json", '{"name": "x"}'))
    assert "no list of chapters" in complaint(capsys, 3, write("notes.txt", '{"name": "x"}'))
    assert "not well-formed" in complaint(capsys, 3, write("broken.json", '{"chapters": [{"startTime": 0'))
    standard_input('{"name": "x"}')
    assert "no list of chapters" in complaint(capsys, 3, "-")


def test_chapters_in_the_tags_of_audio(capsys: Capture, corpus: Path) -> None:
    folder = corpus / "corpus" / "media"
    for ending in ("mp3", "m4a", "ogg", "opus"):
        lines = lines_of(capsys, str(folder / f"antennapod-auphonic.{ending}"))
        assert lines[:2] == ["0:00 Chapter 1 - ❤️😊", "0:03 Chapter 2 - ßöÄ"]


def test_audio_is_known_by_its_bytes(write: Files, capsys: Capture, corpus: Path) -> None:
    data = (corpus / "corpus" / "media" / "antennapod-auphonic.mp3").read_bytes()
    for name in ("episode", "episode.txt", "episode.json"):
        assert lines_of(capsys, write(name, data))[0] == "0:00 Chapter 1 - ❤️😊"


def test_audio_without_chapters_says_so(tmp_path: Path, capsys: Capture) -> None:
    path = write_timecoded(tmp_path / "short.mp3", 1.0)
    assert "its tags hold none" in complaint(capsys, 1, str(path))


def test_the_seed_gives_its_25_chapters_from_page_and_feed(corpus: Path, capsys: Capture, standard_input: Any) -> None:
    page, feed = (corpus / "seed" / name for name in ("episode-459-page.txt", "feed.xml"))
    from_page = lines_of(capsys, str(page), "--duration", "5:15:58")
    assert len(from_page) == 25
    assert from_page[0] == "0:00 Introduction"
    assert {"1:08:52 Export controls on GPUs to China", "4:56:55 Stargate"} < set(from_page)
    assert from_page[-1] == "5:04:24 Future of AI"
    assert lines_of(capsys, str(feed)) == from_page
    for path in (page, feed):
        standard_input(path.read_bytes())
        assert lines_of(capsys, "-") == from_page
    assert main(["chapters", str(feed), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)["chapters"]
    ends = [chapter["endTime"] for chapter in document]
    assert ends == [*(chapter["startTime"] for chapter in document[1:]), 5 * 3600 + 15 * 60 + 58]


@pytest.mark.parametrize("ending", ["xml", "rss", "txt", ""])
def test_a_feed_gives_each_episode(write: Files, capsys: Capture, ending: str) -> None:
    items = "".join(
        f"<item><title>Folge {number} – Bänd</title><guid>{number}</guid>"
        f"<description>0:00 Anfang &lt;br&gt; 1:0{number} Schluß &lt;br&gt; 2:00 Ende</description></item>"
        for number in (1, 2)
    )
    feed = f"""<?xml version="1.0" encoding="iso-8859-1"?>
        <?xml-stylesheet href="a.xsl"?><!-- made by hand -->
        <rss version="2.0"><channel><title>Show</title>{items}
        <item><title>Nothing</title></item></channel></rss>"""
    name = write(f"feed.{ending}" if ending else "feed", feed.encode("cp1252").replace(b"\x96", b"-"))
    assert lines_of(capsys, name) == [
        "# Folge 1 - Bänd",
        *("0:00 Anfang", "1:01 Schluß", "2:00 Ende"),
        "# Folge 2 - Bänd",
        *("0:00 Anfang", "1:02 Schluß", "2:00 Ende"),
    ]


def test_xml_that_is_no_feed(write: Files, capsys: Capture) -> None:
    podlove = '<psc:chapters xmlns:psc="http://podlove.org/simple-chapters"><psc:chapter start="0" title="A"/>'
    assert lines_of(capsys, write("chapters.xml", f"{podlove}</psc:chapters>")) == ["0:00 A"]
    assert "is not a podcast feed" in complaint(capsys, 3, write("other.xml", "<note><to>You</to></note>"))
    empty = '<rss version="2.0"><channel><title>A</title><item><title>B</title></item></channel></rss>'
    assert "none of its episodes" in complaint(capsys, 1, write("empty.xml", empty))


def test_standard_input_and_how_it_is_written(capsys: Capture, standard_input: Any) -> None:
    standard_input(OUTLINE)
    assert lines_of(capsys, "-") == MARKS
    standard_input(OUTLINE.encode("cp1252"))
    assert lines_of(capsys, "-", "--input", "text") == MARKS
    standard_input("<p>0:00 One</p><p>1:00 Two &lt;b&gt;</p><p>2:00 Three</p>")
    assert lines_of(capsys, "-", "--input", "html") == ["0:00 One", "1:00 Two <b>", "2:00 Three"]
    standard_input("- 0:00 *One*\n- 1:00 Two\n- 2:00 Three\n")
    assert lines_of(capsys, "-", "--input", "markdown") == ["0:00 One", "1:00 Two", "2:00 Three"]


def test_input_forces_notes_whatever_the_file_is_called(write: Files, capsys: Capture) -> None:
    for name in ("notes.json", "notes.mp3", "notes.xml"):
        assert lines_of(capsys, write(name, OUTLINE), "--input", "text") == MARKS
    assert "it has no times" in complaint(capsys, 1, write("document.json", '{"a": 1}'), "--input", "text")


# --- forms


def test_the_table_has_lengths_and_the_duration_settles_the_end(write: Files, capsys: Capture) -> None:
    notes = write("notes.txt", OUTLINE)
    assert main(["chapters", notes, "--duration", "1:10:00"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "  1     0:00     1:30  Introduction",
        "  2     1:30  1:00:33  Bänds of Gold",
        "  3  1:02:03     7:57  The end",
    ]
    assert main(["chapters", notes]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "  3  1:02:03           The end"


def test_json_is_one_document_a_line_for_several_sources(write: Files, capsys: Capture) -> None:
    one, two, none = write("1.txt", OUTLINE), write("2.json", JSON), write("3.txt", "Nothing here.")
    assert main(["chapters", one, none, two, "--format", "json", "--duration", "1:10:00"]) == 0
    printed = capsys.readouterr()
    documents = [json.loads(line) for line in printed.out.splitlines()]
    assert [len(each["chapters"]) for each in documents] == [3, 0, 2]
    assert {each["version"] for each in documents} == {"1.2.0"}
    assert documents[0]["chapters"][2] == {"startTime": 3723.0, "endTime": 4200.0, "title": "The end"}
    assert printed.err == f"earmark: No chapters found in {none}: it has no times.\n"
    assert "endTime" not in chapters_of(capsys, one)[-1]


def chapters_of(capsys: Capture, name: str) -> list[dict[str, Any]]:
    assert main(["chapters", name, "--format", "json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["chapters"]
    return found


def test_several_sources_have_headings_and_one_error_spoils_the_status_only(write: Files, capsys: Capture) -> None:
    one, two = write("1.txt", OUTLINE), write("2.json", JSON)
    assert main(["chapters", one, "/gone.txt", two, "--format", "text"]) == 3
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [f"# {one}", *MARKS, f"# {two}", "0:00 One", "1:30 2"]
    assert printed.err == "earmark: /gone.txt cannot be used: there is no such file.\n"


@pytest.mark.parametrize(
    ("form", "first"),
    [
        ("mp4chaps", "00:00:00.000 Introduction"),
        ("youtube", "0:00 Introduction"),
        ("labels", "0.000000\t90.000000\tIntroduction"),
        ("ffmetadata", ";FFMETADATA1"),
        ("cue", 'FILE "audio.mp3" MP3'),
        ("vtt", "WEBVTT"),
        ("psc", '<?xml version="1.0" encoding="UTF-8"?>'),
        ("matroska", '<?xml version="1.0" encoding="UTF-8"?>'),
        ("podlove-json", '[{"start": "00:00:00.000", "title": "Introduction", "href": "", "image": ""}, {"start": "'),
        ("audiobookshelf", '{"chapters": [{"id": 0, "start": 0.0, "end": 90.0, "title": "Introduction"}, '),
        ("audible", '{"content_metadata": {"chapter_info": {"chapters": [{"length_ms": 90000, "start_offset_ms": 0'),
    ],
)
def test_what_it_prints_it_reads(write: Files, capsys: Capture, standard_input: Any, form: str, first: str) -> None:
    assert main(["chapters", write("notes.txt", OUTLINE), "--format", form]) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines()[0].startswith(first)
    assert printed.err == ""
    standard_input(printed.out)
    assert lines_of(capsys, "-") == MARKS


def test_youtube_has_rules(write: Files, capsys: Capture) -> None:
    assert main(["chapters", write("a.json", JSON), "--format", "youtube"]) == 0
    printed = capsys.readouterr()
    assert printed.out == "0:00 One\n1:30 2\n"
    assert printed.err == "earmark: YouTube wants 3 chapters or more.\n"


FEED = """<rss version="2.0" xmlns:psc="http://podlove.org/simple-chapters"><channel><title>Show</title><item>
<title>Folge</title><guid>1</guid><itunes:duration xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">300
</itunes:duration><description>0:00 Anfang &lt;br&gt; 1:00 Mitte &lt;br&gt; 2:00 Ende</description>
<psc:chapters><psc:chapter start="0" title="Beginn" href="https://example.org/"/>
<psc:chapter start="100" title="Schluß"/></psc:chapters></item></channel></rss>"""


def test_all_sources_and_the_one_that_is_preferred(write: Files, capsys: Capture) -> None:
    feed = write("feed.xml", FEED)
    assert lines_of(capsys, feed) == ["0:00 Beginn", "1:40 Schluß"]
    assert lines_of(capsys, feed, "--prefer", "outline") == ["0:00 Anfang", "1:00 Mitte", "2:00 Ende"]
    assert lines_of(capsys, feed, "--prefer", "document") == ["0:00 Beginn", "1:40 Schluß"], "there is none"
    assert lines_of(capsys, feed, "--all-sources") == [
        "# Folge — the feed",
        *("0:00 Beginn", "1:40 Schluß"),
        "# Folge — the show notes",
        *("0:00 Anfang", "1:00 Mitte", "2:00 Ende"),
    ]
    assert main(["chapters", feed, "--all-sources", "--format", "json"]) == 0
    documents = [json.loads(line)["chapters"] for line in capsys.readouterr().out.splitlines()]
    assert [len(each) for each in documents] == [2, 3]
    assert documents[0][0]["url"] == "https://example.org/"


def test_a_sheet_beside_the_audio_is_a_source(tmp_path: Path, write: Files, capsys: Capture) -> None:
    path = write_timecoded(tmp_path / "mix.mp3", 4.0)
    write("mix.cue", CUE.replace("61:00:00", "00:02:00"))
    assert lines_of(capsys, str(path)) == ["0:00 One", "0:02 Two"]
    assert lines_of(capsys, str(path), "--all-sources") == ["0:00 One", "0:02 Two"]
    write("mix.cue", "no sheet")
    assert "its tags hold none" in complaint(capsys, 1, str(path))


def test_explanations_stand_beside_the_output(write: Files, capsys: Capture, standard_input: Any) -> None:
    notes = "Live on Monday at 8:30 pm.\n\n" + OUTLINE
    standard_input(notes)
    assert main(["chapters", "-", "--format", "text", "--explain"]) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines() == MARKS
    said = printed.err.splitlines()
    assert said[0].startswith("An outline of 3 chapters (")
    assert said[1].startswith("line 1: 8:30 pm. — left: ")
    assert said[2:5] == [
        f"line {3 + number}: {line} — taken: {line.replace(' ', ' “', 1)}”" for number, line in enumerate(MARKS)
    ]
    assert said[5] == "standard input: From the show notes (3)."
    assert main(["chapters", write("none.txt", "At 5:00 we begin and go on."), "--explain"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "No outline: it has no line that begins or ends with a time."
    assert said[1] == "line 1: 5:00 we begin and go on. — left: it has no line that begins or ends with a time"


# --- nothing, and worse


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("Just a talk.", "it has no times"),
        ("Just a talk. At 5:00 we begin and go on.", "it has no line that begins or ends with a time"),
        ("9:00 Nine\n8:00 Eight\n", "its times do not rise"),
        ("", "it is empty"),
        (" \n\n", "it is empty"),
    ],
)
def test_nothing_found_says_why(write: Files, capsys: Capture, content: str, reason: str, standard_input: Any) -> None:
    for ending in ("txt", "md", "html"):
        assert reason in complaint(capsys, 1, write(f"notes.{ending}", content))
    standard_input(content)
    assert reason in complaint(capsys, 1, "-")
    assert complaint(capsys, 1, write("none.json", '{"chapters": []}')).endswith("the document lists none.\n")


@pytest.mark.parametrize("ending", ["txt", "json", "mp3", "xml", "m4a", "html"])
def test_what_is_not_there(tmp_path: Path, capsys: Capture, ending: str) -> None:
    assert "there is no such file" in complaint(capsys, 3, str(tmp_path / f"gone.{ending}"))
    assert "there is no such file" in complaint(capsys, 3, str(tmp_path / "nowhere" / "gone"))
    (tmp_path / f"folder.{ending}").mkdir()
    assert "it is a folder" in complaint(capsys, 3, str(tmp_path / f"folder.{ending}"))
    assert "it is a folder" in complaint(capsys, 3, str(tmp_path))


def test_a_page_in_place_of_audio(write: Files, capsys: Capture) -> None:
    page = "<!doctype html><title>Log in, please</title><p>0:00 A<br>1:00 B<br>2:00 C</p>"
    said = complaint(capsys, 3, write("episode.mp3", page))
    assert "is not audio but a web page (“Log in, please”); choose an audio file." in said


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (bytes(range(256)) * 40, "data of an unknown kind"),
        (bytes(range(1, 256)) * 40, "data of an unknown kind"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 9, "a PDF document"),
        (b"PK\x03\x04" + bytes(range(256)) * 9, "an archive"),
        (bytes(5000), "data of an unknown kind"),
    ],
)
def test_garbage(write: Files, capsys: Capture, standard_input: Any, data: bytes, found: str) -> None:
    for name in ("notes.txt", "chapters.json", "feed.xml", "notes.html"):
        assert f"it is not text but {found}" in complaint(capsys, 3, write(name, data))
    for name in ("garbage", "garbage.mp3", "garbage.m4a"):
        assert f"is not audio but {found}" in complaint(capsys, 3, write(name, data))
    assert "it is not text" in complaint(capsys, 3, write("forced", data), "--input", "text")
    standard_input(data)
    assert f"standard input cannot be read: it is not text but {found}" in complaint(capsys, 3, "-")


def test_a_named_pipe_is_read_once(tmp_path: Path, capsys: Capture) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(OUTLINE,))
    writer.start()
    assert lines_of(capsys, str(pipe)) == MARKS
    writer.join()


@pytest.mark.parametrize(("name", "filling"), [("huge.txt", b"\n"), ("huge.txt", b"0:00 A\n"), ("huge.json", b"[")])
def test_a_huge_text_ends_soon(tmp_path: Path, capsys: Capture, name: str, filling: bytes) -> None:
    path = tmp_path / name
    piece = filling * (1_000_000 // len(filling))
    with path.open("wb") as file:
        for _ in range(70):
            file.write(piece)
    began = time.process_time()
    assert main(["chapters", str(path)]) in (1, 3)
    assert time.process_time() - began < 10
    assert capsys.readouterr().err.startswith("earmark: ")


def test_huge_audio_is_not_read_whole(tmp_path: Path, capsys: Capture) -> None:
    path = write_timecoded(tmp_path / "short.mp3", 1.0)
    with path.open("r+b") as file:
        file.truncate(200_000_000)
    began = time.process_time()
    complaint(capsys, 1, str(path))
    assert time.process_time() - began < 5


def test_a_reader_that_has_enough_is_no_error(write: Files) -> None:
    outline = "".join(f"{number // 60}:{number % 60:02}:00 Chapter {number} of many\n" for number in range(200))
    names = " ".join([write("notes.txt", outline)] * 20)
    command = f"{sys.executable} -m player chapters {names} | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[1:] == ["0"]
    assert done.stderr == ""
