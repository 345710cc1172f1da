"""The forms that chapters are written in as a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.app.chapter_forms import FORMS, form_meant, write_form
from player.cli.arguments import parse
from player.core.marks import marks_from_chapters
from player.core.model import Chapter
from player.formats.chapter_documents import read_document

BY_NAME = {form.name: form for form in FORMS}
CHAPTERS = (Chapter(0, 60_000, "Intro"), Chapter(60_000, 90_000, "Stargate"))


def test_they_are_those_of_the_command_line() -> None:
    for form in FORMS:
        assert parse(["chapters", "-", "--format", form.name]).format == form.name
    with pytest.raises(SystemExit):
        parse(["chapters", "-", "--format", "none of them"])
    assert len(BY_NAME) == len(FORMS) == 14


@pytest.mark.parametrize(
    ("name", "chosen", "written", "form"),
    [
        ("a.json", "podlove-json", "a.json", "podlove-json"),
        ("a.json", "cue", "a.json", "json"),
        ("a.CUE", "json", "a.CUE", "cue"),
        ("a", "vtt", "a.vtt", "vtt"),
        ("Episode 2.5", "labels", "Episode 2.5.txt", "labels"),
        ("a.txt", "json", "a.txt", "text"),
    ],
)
def test_the_name_or_the_choice_says_the_form(name: str, chosen: str, written: str, form: str) -> None:
    assert form_meant(Path("folder", name), BY_NAME[chosen]) == (Path("folder", written), BY_NAME[form])


@pytest.mark.parametrize("name", [name for name in BY_NAME if name not in ("table", "text", "youtube")])
def test_what_is_written_is_read_again(name: str) -> None:
    text = write_form(name, CHAPTERS, marks_from_chapters(CHAPTERS), "audio.mp3")
    assert [(mark.start, mark.title) for mark in read_document(text, "it")] == [(0, "Intro"), (60_000, "Stargate")]
