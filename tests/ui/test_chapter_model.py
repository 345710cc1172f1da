from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from player.core.model import Chapter
from player.ui.chapter_model import ChapterModel, NumberRole, title_of
from seeded import CHAPTERS, STARGATE


@pytest.fixture
def model(application: QApplication) -> ChapterModel:
    model = ChapterModel()
    model.show_chapters(CHAPTERS)
    return model


def titles(model: ChapterModel) -> list[str]:
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_is_a_sound_model(model: ChapterModel) -> None:
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.filter("a")
    model.show_position(STARGATE)
    model.filter("")
    model.show_chapters(())


def test_filter_keeps_the_numbers(model: ChapterModel) -> None:
    model.filter("deepseek  COMPUTE")
    assert titles(model) == ["DeepSeek compute cluster"]
    assert model.index(0, 0).data(NumberRole) == 4
    assert model.chapter_index(0) == 3
    assert model.row_of(0) is None
    assert model.row_of(3) == 0
    model.filter("")
    assert len(titles(model)) == len(CHAPTERS)


def test_the_position_marks_the_current_chapter(model: ChapterModel) -> None:
    assert model.show_position(STARGATE)
    assert model.current == 5
    assert not model.show_position(STARGATE + 1000)
    assert model.heard_part(5) == pytest.approx(1000 / CHAPTERS[5].length)
    spoken = str(model.index(5, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken == "6. Stargate · 7 min · 4:56:55 · current"


def test_of_another_episode_no_chapter_is_current(model: ChapterModel) -> None:
    model.show_position(STARGATE)
    assert model.show_position(None)
    assert model.current is None
    assert model.heard_part(5) == 0.0


def test_a_jump_shows_in_all_rows_and_playing_on_in_one(model: ChapterModel) -> None:
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model.show_position(STARGATE)
    model.show_position(STARGATE + 100)
    assert told == [(0, len(CHAPTERS) - 1), (5, 5)]


def test_untitled_chapters_have_their_number() -> None:
    assert title_of(Chapter(0, 1, ""), 4) == "Chapter 5"


def test_rows_stay_where_only_lengths_and_links_are_others(model: ChapterModel) -> None:
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    longer = (*CHAPTERS[:-1], replace(CHAPTERS[-1], end=CHAPTERS[-1].end + 1, link="https://x.org"))
    model.show_chapters(longer)
    assert (model.chapters, resets) == (longer, [])
    model.show_chapters(CHAPTERS[1:])
    assert resets == [True]
