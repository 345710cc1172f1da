"""`earmark tag`: from notes, documents, feeds and pipes into audio files."""

from __future__ import annotations

import errno
import io
import json
import os
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
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


# --- refusals: one sentence, and the file as it was ------------------------------------------------------------------


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """An outline beside the audio."""
    path = tmp_path / "notes.txt"
    path.write_text(NOTES, encoding="utf-8")
    return path


def refusal(capsys: Capture, audio: Path, source: Path, *more: str) -> str:
    """The sentence without the program's name; nothing in the folder has changed."""
    before = {path: path.read_bytes() for path in audio.parent.iterdir() if path.is_file()}
    assert main(["tag", str(audio), "--from", str(source), *more]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("earmark: ")
    assert err.endswith(".\n")
    assert err.count("\n") == 1
    assert {path: path.read_bytes() for path in audio.parent.iterdir() if path.is_file()} == before
    return err.removeprefix("earmark: ").rstrip("\n")


def test_files_that_cannot_be_tagged(tmp_path: Path, notes: Path, capsys: Capture) -> None:
    assert refusal(capsys, tmp_path / "gone.mp3", notes) == (
        f"{tmp_path / 'gone.mp3'} cannot be used: there is no such file."
    )
    folder = tmp_path / "folder.mp3"
    folder.mkdir()
    assert refusal(capsys, folder, notes) == f"{folder} cannot be used: it is a folder."
    empty = tmp_path / "empty.mp3"
    empty.touch()
    assert refusal(capsys, empty, notes) == f"{empty} cannot be used: it is empty."
    other = tmp_path / "sound.au"
    other.write_bytes(b".snd" + struct.pack(">IIIII", 24, 80_000, 3, 8_000, 1) + bytes(80_000))
    assert refusal(capsys, other, notes) == (
        f"No chapters were written into {other}: "
        "Earmark writes them into MP3, AAC, WAV, AIFF, MP4, Matroska, WebM, Ogg and FLAC files only."
    )


def test_sources_that_cannot_be_read(audio: Path, tmp_path: Path, capsys: Capture) -> None:
    gone, folder, broken = tmp_path / "gone.txt", tmp_path / "folder", tmp_path / "broken.json"
    folder.mkdir()
    broken.write_text('{"chapters": [', encoding="utf-8")
    assert refusal(capsys, audio, gone) == f"{gone} cannot be used: there is no such file."
    assert refusal(capsys, audio, folder) == f"{folder} cannot be used: it is a folder; name a file in it."
    assert refusal(capsys, audio, broken) == f"{broken} cannot be read: it is not well-formed JSON."


def test_a_file_that_is_still_being_downloaded(audio: Path, notes: Path, capsys: Capture) -> None:
    part = audio.rename(audio.with_name("episode.mp3.part"))
    part.with_name("episode.mp3.part.json").write_text("{}", encoding="utf-8")
    assert refusal(capsys, part, notes) == f"No chapters were written into {part}: it is still being downloaded."


def test_a_file_that_another_program_writes(
    audio: Path, notes: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = audio.read_bytes()

    def another_program(path: object, mode: int) -> bool:
        audio.write_bytes(whole + bytes(400))
        return True

    monkeypatch.setattr(os, "access", another_program)
    assert main(["tag", str(audio), "--from", str(notes)]) == 3
    assert "another program changed it meanwhile; try again when that is done." in capsys.readouterr().err
    assert audio.read_bytes() == whole + bytes(400)
    assert sorted(path.name for path in audio.parent.iterdir()) == ["episode.mp3", "notes.txt"]


def test_what_may_not_be_written(
    audio: Path, notes: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, "access", lambda path, mode: False)
        assert refusal(capsys, audio, notes) == f"{audio} cannot be used: it may not be written."

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(tempfile, "mkstemp", refuse)
        assert refusal(capsys, audio, notes) == f"{audio} cannot be used: its folder may not be written."
    output = tmp_path / "no" / "copy.mp3"
    assert (
        refusal(capsys, audio, notes, "--output", str(output)) == f"{output} cannot be used: there is no such folder."
    )
    folder = tmp_path / "folder"
    folder.mkdir()
    assert refusal(capsys, audio, notes, "--output", str(folder)) == f"{folder} cannot be used: it is a folder."


@pytest.mark.parametrize("codec", ["mp3", "aac", "opus", "flac", "wav"])
def test_a_disk_that_is_full(tmp_path: Path, notes: Path, capsys: Capture, codec: str) -> None:
    source = cached_timecoded(40, codec=codec, rate=48_000)
    path = Path(shutil.copy(source, tmp_path / f"episode{source.suffix}"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for room in (-path.stat().st_size // 2, 10):
        # The system lets no file grow beyond a limit: as a full disk, it takes some bytes and then no more.
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + room, hard))
        try:
            # FLAC has room in front, so that the file need not grow.
            if room < 0 or codec != "flac":
                assert refusal(capsys, path, notes) == f"{path} cannot be used: the disk takes no file of that size."
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_is_full_at_the_end(
    audio: Path, notes: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert refusal(capsys, audio, notes) == f"{audio} cannot be used: the disk is full."


def test_a_kill_in_the_middle(audio: Path, notes: Path, capsys: Capture) -> None:
    before = audio.read_bytes()
    lines = (
        "import os, signal, sys",
        "os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)",
        "from player.__main__ import main",
        "main(sys.argv[1:])",
    )
    command = [sys.executable, "-c", "\n".join(lines), "tag", str(audio), "--from", str(notes)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == -signal.SIGKILL
    assert audio.read_bytes() == before
    assert main(["tag", str(audio), "--from", str(notes)]) == 0
    assert printed_chapters(capsys, audio) == NOTES.splitlines()
    # What the kill left is a hidden file beside it.
    assert [path.name[0] for path in audio.parent.iterdir() if path not in (audio, notes)] == ["."]
