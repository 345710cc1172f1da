"""`earmark tag`: from notes, documents, feeds and pipes into audio files."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from player.__main__ import main
from timecoded.cache import cached_timecoded

NOTES = "0:00 Anfang\n0:15 Mitte\n0:30 Ende\n"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def audio(tmp_path: Path) -> Path:
    """Forty seconds of MP3, to be changed."""
    return Path(shutil.copy(cached_timecoded(40), tmp_path / "episode.mp3"))


def printed_chapters(capsys: Capture, path: Path) -> list[str]:
    """What `earmark chapters` says of a file."""
    capsys.readouterr()
    assert main(["chapters", str(path), "--format", "text"]) == 0
    return capsys.readouterr().out.splitlines()


def test_notes_into_audio(audio: Path, tmp_path: Path, capsys: Capture) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text(NOTES, encoding="utf-8")
    assert main(["tag", str(audio), "--from", str(notes)]) == 0
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == (f"{audio}: 3 chapters\n", "")
    assert printed_chapters(capsys, audio) == NOTES.splitlines()


def test_a_pipe_into_a_copy(audio: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NOTES.encode())))
    before, copy = audio.read_bytes(), tmp_path / "copy.mp3"
    assert main(["tag", str(audio), "--from", "-", "--output", str(copy)]) == 0
    assert capsys.readouterr().out == f"{copy}: 3 chapters\n"
    assert audio.read_bytes() == before
    assert printed_chapters(capsys, copy) == NOTES.splitlines()


def test_from_one_file_into_another_of_another_kind(audio: Path, tmp_path: Path, capsys: Capture) -> None:
    document = tmp_path / "chapters.json"
    entries = [{"startTime": 0, "title": "One", "img": "https://example.org/a.png"}, {"startTime": 1, "title": "Two"}]
    document.write_text(json.dumps({"chapters": entries}), encoding="utf-8")
    assert main(["tag", str(audio), "--from", str(document)]) == 0
    other = Path(shutil.copy(cached_timecoded(4, codec="flac"), tmp_path / "other.flac"))
    capsys.readouterr()
    assert main(["tag", str(other), "--from", str(audio)]) == 0
    assert capsys.readouterr().err == "earmark: This kind of file cannot keep pictures.\n"
    assert printed_chapters(capsys, other) == ["0:00 One", "0:01 Two"]


def test_a_feed_gives_the_episode_of_the_same_name(audio: Path, tmp_path: Path, capsys: Capture) -> None:
    items = "".join(
        f"<item><title>{name}</title><guid>{name}</guid><description>0:00 {name} &lt;br&gt; 0:15 B &lt;br&gt; 0:30 C"
        "</description></item>"
        for name in ("Other", "Episode")
    )
    feed = tmp_path / "feed.xml"
    feed.write_text(f"<rss version='2.0'><channel><title>S</title>{items}</channel></rss>", encoding="utf-8")
    assert main(["tag", str(audio), "--from", str(feed)]) == 0
    assert printed_chapters(capsys, audio)[0] == "0:00 Episode"
    renamed = audio.rename(tmp_path / "third.mp3")
    assert main(["tag", str(renamed), "--from", str(feed)]) == 1
    assert "it has 2 episodes, and not one that is called “third”" in capsys.readouterr().err


def test_what_goes_wrong_is_one_sentence(audio: Path, tmp_path: Path, capsys: Capture) -> None:
    empty, before = tmp_path / "empty.txt", audio.read_bytes()
    empty.write_text("Nothing.", encoding="utf-8")
    notes = tmp_path / "notes.txt"
    notes.write_text(NOTES, encoding="utf-8")
    assert main(["tag", str(audio), "--from", str(empty)]) == 1
    assert capsys.readouterr().err == f"earmark: No chapters found in {empty}: it has no times.\n"
    assert main(["tag", str(tmp_path / "gone.mp3"), "--from", str(notes)]) == 3
    assert "there is no such file" in capsys.readouterr().err
    assert main(["tag", str(notes), "--from", str(notes)]) == 3
    assert "is not audio but plain text" in capsys.readouterr().err
    assert main(["tag", str(audio), "--from", str(notes), "--output", str(tmp_path / "no" / "x.mp3")]) == 3
    assert capsys.readouterr().err.startswith(f"earmark: {tmp_path / 'no' / 'x.mp3'} cannot be used: ")
    assert audio.read_bytes() == before
