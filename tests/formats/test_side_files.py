"""Sheets beside audio files."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from player.core.errors import DocumentError, FileError
from player.core.model import Mark
from player.formats.side_files import read_side_file

SHEET = """FILE "Mix.wav" WAVE
  TRACK 01 AUDIO
    TITLE "Eins"
    INDEX 01 00:00:00
  TRACK 02 AUDIO
    TITLE "Zwei"
    INDEX 01 61:30:37
"""
MARKS = (Mark(0, "Eins"), Mark(3_690_493, "Zwei"))


@pytest.mark.parametrize("name", ["Mix.cue", "Mix.mp3.cue", "Mix.CUE"])
def test_a_sheet_is_found_by_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(SHEET, encoding="utf-8")
    found = read_side_file(tmp_path / "Mix.mp3")
    assert found is not None
    assert found.path == tmp_path / name
    assert found.marks == MARKS
    assert read_side_file(tmp_path / "Mix 2.mp3") is None


def test_the_text_of_mp4chaps_is_found_where_no_sheet_is(tmp_path: Path) -> None:
    (tmp_path / "Mix.chapters.txt").write_text("00:00:00.000 One\n00:01:00.500 Two\n", encoding="utf-8")
    found = read_side_file(tmp_path / "Mix.m4b")
    assert found is not None
    assert found.marks == (Mark(0, "One"), Mark(60_500, "Two"))
    (tmp_path / "Mix.m4b.cue").write_text(SHEET, encoding="utf-8")
    sheet = read_side_file(tmp_path / "Mix.m4b")
    assert sheet is not None
    assert sheet.marks == MARKS


def test_of_several_files_the_one_that_is_meant_counts(tmp_path: Path) -> None:
    other = SHEET.replace("Mix.wav", "Other.wav").replace("Eins", "Drei")
    (tmp_path / "Mix.cue").write_text(other + SHEET, encoding="utf-8")
    found = read_side_file(tmp_path / "Mix.mp3")
    assert found is not None
    assert found.marks == MARKS


def test_a_sheet_of_the_corpus(tmp_path: Path, corpus: Path) -> None:
    shutil.copy(corpus / "corpus" / "chapters" / "atl-zh-25.cue", tmp_path / "CDImage.cue")
    found = read_side_file(tmp_path / "CDImage.wav")
    assert found is not None
    assert len(found.marks) > 1
    assert all(mark.title for mark in found.marks)


def test_what_is_no_sheet(tmp_path: Path) -> None:
    (tmp_path / "Mix.cue").write_text("shopping list")
    with pytest.raises(DocumentError):
        read_side_file(tmp_path / "Mix.mp3")
    (tmp_path / "Mix.cue").write_bytes(b" " * 3_000_000)
    with pytest.raises(FileError):
        read_side_file(tmp_path / "Mix.mp3")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_sheet_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "Mix.cue").touch(mode=0)
    with pytest.raises(FileError):
        read_side_file(tmp_path / "Mix.mp3")


def test_a_folder_is_no_sheet(tmp_path: Path) -> None:
    (tmp_path / "Mix.cue").mkdir()
    assert read_side_file(tmp_path / "Mix.mp3") is None
