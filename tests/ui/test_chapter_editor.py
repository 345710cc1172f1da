from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from player.app.compose import Services
from player.core.model import Chapter, EpisodeId, Millis
from player.core.timecode import parse_timecode
from player.ui.main_window import MainWindow
from seeded import CHAPTERS, STARGATE, Library

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Left, Control = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
PLACE: Millis = parse_timecode("1:12:40") or 0


@pytest.fixture
def editing(playing: MainWindow) -> MainWindow:
    """The window while the chapters of the episode that plays at 1:12:40 are edited."""
    QTest.keyClick(playing, Qt.Key.Key_E, Control)
    assert playing.chapters.editor.isVisible()
    assert playing.chapters.table.hasFocus()
    return playing


def shown(window: MainWindow) -> tuple[Chapter, ...]:
    return window.chapters.model.chapters


def titles(window: MainWindow) -> list[str]:
    return [chapter.title for chapter in shown(window)]


def choose(window: MainWindow, row: int) -> None:
    table = window.chapters.table
    QTest.mouseClick(table.viewport(), Left, pos=table.visualRect(window.chapters.model.index(row, 0)).center())


def key(window: MainWindow, code: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.chapters.table, code, modifiers)


def line(window: MainWindow) -> QLineEdit:
    found = window.chapters.table.viewport().findChild(QLineEdit)
    assert found is not None
    return found


def write(window: MainWindow, title: str) -> None:
    QTest.keyClicks(line(window), title)
    window.chapters.model.refresh_all()
    enter(window)


def enter(window: MainWindow) -> None:
    """Enter in the line; the view takes the title in later, and then the column shows what is new."""
    QTest.keyClick(line(window), Qt.Key.Key_Return)
    for _ in range(2):
        QApplication.processEvents()


def test_the_keys_count_only_while_editing(playing: MainWindow) -> None:
    playing.chapters.table.setFocus()
    key(playing, Qt.Key.Key_Delete)
    assert shown(playing) == CHAPTERS
    assert not playing.chapters.editor.isVisible()


def test_a_click_chooses_and_enter_plays(editing: MainWindow, services: Services) -> None:
    choose(editing, 5)
    assert services.playback.position() == PLACE
    key(editing, Qt.Key.Key_Return)
    assert services.playback.position() == STARGATE


def test_add_here_and_name_it(editing: MainWindow) -> None:
    key(editing, Qt.Key.Key_Insert)
    write(editing, "Found by ear")
    assert shown(editing)[5].start == PLACE
    assert titles(editing)[5] == "Found by ear"
    assert editing.chapters.table.hasFocus()
    key(editing, Qt.Key.Key_Z, Control)
    key(editing, Qt.Key.Key_Z, Control)
    assert shown(editing) == CHAPTERS


@pytest.mark.parametrize("words", ["deepseek", "zzz"])
def test_a_title_is_written_also_where_the_filter_keeps_its_row_out(editing: MainWindow, words: str) -> None:
    editing.chapters.focus_filter()
    QTest.keyClicks(editing.chapters.filter.line, words)
    editing.chapters.editor.add()
    assert editing.chapters.filter.isHidden()
    write(editing, "Found by ear")
    assert titles(editing)[5] == "Found by ear"
    editing.chapters.focus_filter()
    QTest.keyClicks(editing.chapters.filter.line, "zzz")
    editing.chapters.editor.rename()
    assert line(editing).text() == "Found by ear", "what is heard"


def test_rename_in_the_row(editing: MainWindow) -> None:
    choose(editing, 5)
    key(editing, Qt.Key.Key_F2)
    assert line(editing).selectedText() == "Stargate"
    assert line(editing).accessibleName() == "Title of chapter 6"
    write(editing, "The Stargate project")
    assert titles(editing)[5] == "The Stargate project"
    assert editing.chapters.table.currentIndex().row() == 5
    assert "changed by you" in editing.chapters.source.text()


def test_chapters_that_come_meanwhile_wait_until_the_title_is_written(
    editing: MainWindow, services: Services, library: Library
) -> None:
    choose(editing, 5)
    key(editing, Qt.Key.Key_F2)
    QTest.keyClicks(line(editing), "The gate")
    services.chapters.add(library.main, 60_000, "From elsewhere").result()
    assert line(editing).text() == "The gate"
    enter(editing)
    assert titles(editing)[1] == "From elsewhere"
    assert titles(editing)[6] == "The gate"


def test_what_is_asked_while_a_change_is_on_its_way_is_done_after_it(
    editing: MainWindow, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(editing, 5)
    late: list[Callable[[], None]] = []
    monkeypatch.setattr(services.home, "post", late.append)
    key(editing, Qt.Key.Key_Right, Control)
    key(editing, Qt.Key.Key_Right, Control)
    key(editing, Qt.Key.Key_Right, Control)
    while late:
        late.pop(0)()
    assert shown(editing)[5].start == STARGATE + 300
    assert not editing.notices.isVisible(), "no chapter was missed"


def test_a_title_that_stays_is_no_change(editing: MainWindow, services: Services, library: Library) -> None:
    choose(editing, 5)
    key(editing, Qt.Key.Key_F2)
    write(editing, "Stargate")
    assert not services.chapters.view(library.main).can_undo


def test_nudge_undo_and_redo(editing: MainWindow) -> None:
    choose(editing, 5)
    key(editing, Qt.Key.Key_Left, Control)
    key(editing, Qt.Key.Key_Left, Control)
    assert shown(editing)[5].start == STARGATE - 200
    key(editing, Qt.Key.Key_Right, Control)
    assert shown(editing)[5].start == STARGATE - 100
    key(editing, Qt.Key.Key_Z, Control)
    key(editing, Qt.Key.Key_Z, Control | Qt.KeyboardModifier.ShiftModifier)
    assert shown(editing)[5].start == STARGATE - 100
    assert editing.chapters.table.currentIndex().row() == 5


def test_nudge_by_a_frame(playing: MainWindow, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    length: Future[float] = Future()
    length.set_result(1152 / 44.1)
    monkeypatch.setattr(services.chapters, "frame_length", lambda _: length)
    QTest.keyClick(playing, Qt.Key.Key_E, Control)
    choose(playing, 5)
    by_frame = Control | Qt.KeyboardModifier.ShiftModifier
    for _ in range(10):
        key(playing, Qt.Key.Key_Right, by_frame)
    assert shown(playing)[5].start == STARGATE + 261, "26.12 ms ten times, not 26"
    assert playing.chapters.editor.status.text() == "Chapter 6 starts at 4:56:55.261"
    key(playing, Qt.Key.Key_Left, Control)
    key(playing, Qt.Key.Key_Left, by_frame)
    assert shown(playing)[5].start == STARGATE + 261 - 100 - 26
    later = playing.chapters.editor.tools["chapter_later"]
    QTest.mouseClick(later, Left, Qt.KeyboardModifier.ShiftModifier)
    assert shown(playing)[5].start == STARGATE + 261 - 100
    assert later.accessibleName().splitlines() == [
        "Start 0.1 s later (Ctrl+Right)",
        "Start one frame later (Ctrl+Shift+Right): 26.12 ms, also with Shift and a click",
    ]


def test_a_nudge_by_a_frame_waits_until_that_is_measured(
    playing: MainWindow, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    length: Future[float] = Future()
    monkeypatch.setattr(services.chapters, "frame_length", lambda _: length)
    QTest.keyClick(playing, Qt.Key.Key_E, Control)
    choose(playing, 5)
    key(playing, Qt.Key.Key_Right, Control | Qt.KeyboardModifier.ShiftModifier)
    assert shown(playing)[5].start == STARGATE
    length.set_result(1024 / 44.1)
    assert shown(playing)[5].start == STARGATE + 23


def test_without_the_audio_a_frame_is_twenty_milliseconds(editing: MainWindow) -> None:
    assert "20 ms" in editing.chapters.editor.tools["chapter_earlier"].toolTip()
    choose(editing, 0)
    key(editing, Qt.Key.Key_Left, Control | Qt.KeyboardModifier.ShiftModifier)
    assert shown(editing)[0].start == 0


def test_split_and_merge(editing: MainWindow) -> None:
    choose(editing, 4)
    key(editing, Qt.Key.Key_D, Control)
    write(editing, "Second half")
    assert titles(editing)[4:6] == ["Export controls on GPUs to China", "Second half"]
    choose(editing, 4)
    key(editing, Qt.Key.Key_J, Control)
    assert titles(editing) == [chapter.title for chapter in CHAPTERS]


def test_delete_and_undo_in_the_notice(editing: MainWindow) -> None:
    choose(editing, 5)
    key(editing, Qt.Key.Key_Delete)
    assert "Stargate" not in titles(editing)
    assert editing.notices.words.text() == "“Stargate” is deleted."
    QTest.mouseClick(editing.notices.action, Left)
    assert shown(editing) == CHAPTERS


@pytest.fixture
def other(services: Services, library: Library) -> EpisodeId:
    """Another episode with three chapters, one of which was renamed."""
    services.chapters.paste_outline(library.episodes[1], "0:00 Start\n10:00 Middle\n20:00 End").result()
    middle = chapters_of(services, library.episodes[1])[1]
    services.chapters.rename(library.episodes[1], middle, "Renamed").result()
    return library.episodes[1]


def chapters_of(services: Services, episode: EpisodeId) -> tuple[Chapter, ...]:
    chosen = services.chapters.chosen(episode)
    return chosen.chapters if chosen else ()


def test_undo_in_the_notice_is_about_the_episode_that_was_changed(
    editing: MainWindow, services: Services, library: Library, other: EpisodeId
) -> None:
    def delete() -> None:
        choose(editing, 5)
        key(editing, Qt.Key.Key_Delete)

    for change in (delete, editing.chapters.editor.start_here, lambda: editing.chapters.editor.move_all(5000)):
        editing.show_episode(library.main)
        editing.chapters.edit_button.setChecked(True)
        change()
        assert chapters_of(services, library.main) != CHAPTERS
        editing.show_episode(other)
        editing.notices.action.click()
        assert chapters_of(services, library.main) == CHAPTERS
        assert titles(editing) == ["Start", "Renamed", "End"]
        assert not editing.notices.isVisible()


def test_undo_in_the_notice_takes_nothing_else_back(editing: MainWindow, services: Services, library: Library) -> None:
    choose(editing, 5)
    key(editing, Qt.Key.Key_Delete)
    services.chapters.add(library.main, 60_000, "From elsewhere").result()
    editing.notices.action.click()
    assert titles(editing)[1] == "From elsewhere"
    assert "Stargate" not in titles(editing)
    assert editing.notices.words.text() == "The chapters were changed since then; nothing is taken back."
    assert not editing.notices.action.isVisible()


def test_take_all_changes_back(editing: MainWindow) -> None:
    for _ in range(3):
        choose(editing, 1)
        key(editing, Qt.Key.Key_Delete)
    assert len(shown(editing)) == 4
    QTest.mouseClick(editing.chapters.more, Left)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    (action,) = [each for each in menu.actions() if each.text() == "Take all changes back"]
    action.trigger()
    menu.close()
    assert shown(editing) == CHAPTERS
    assert editing.notices.words.text() == "All changes are taken back."
    editing.notices.action.click()
    assert len(shown(editing)) == 4, "and made again"


def test_this_chapter_starts_now(editing: MainWindow, services: Services) -> None:
    choose(editing, 4)
    key(editing, Qt.Key.Key_Return, Control)
    moved = PLACE - CHAPTERS[4].start
    assert [chapter.start for chapter in shown(editing)[4:]] == [each.start + moved for each in CHAPTERS[4:]]
    assert [chapter.start for chapter in shown(editing)[:4]] == [each.start for each in CHAPTERS[:4]]
    index = editing.chapters.model.index(4, 0)
    assert "moved +3:48 from here" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert not editing.grab().isNull()
    choose(editing, 5)
    services.playback.jump(STARGATE)
    QTest.mouseClick(editing.chapters.editor.tools["chapter_here"], Left)
    assert shown(editing)[5].start == STARGATE
    QTest.mouseClick(editing.notices.action, Left)
    assert shown(editing)[5].start == STARGATE + moved


def test_the_first_anchor_is_undone(editing: MainWindow) -> None:
    choose(editing, 4)
    key(editing, Qt.Key.Key_Return, Control)
    QTest.mouseClick(editing.notices.action, Left)
    assert shown(editing) == CHAPTERS


def test_undo_takes_a_start_back_and_then_the_edit_before(editing: MainWindow) -> None:
    choose(editing, 5)
    key(editing, Qt.Key.Key_Delete)
    choose(editing, 4)
    key(editing, Qt.Key.Key_Return, Control)
    assert shown(editing)[4].start == PLACE
    assert editing.notices.isVisible()
    key(editing, Qt.Key.Key_Z, Control)
    assert shown(editing)[4].start == CHAPTERS[4].start
    assert not editing.notices.isVisible(), "its way back would take back something else now"
    key(editing, Qt.Key.Key_Z, Control)
    assert shown(editing) == CHAPTERS
    again = Control | Qt.KeyboardModifier.ShiftModifier
    key(editing, Qt.Key.Key_Z, again)
    key(editing, Qt.Key.Key_Z, again)
    assert shown(editing)[4].start == PLACE
    assert not editing.chapters.editor.tools["chapter_redo"].isEnabled()


def test_chapters_by_hand_where_there_are_none(window: MainWindow, services: Services, library: Library) -> None:
    services.chapters.clear_pasted(library.episodes[4]).result()
    window.show_episode(library.episodes[4])
    QTest.mouseClick(window.chapters.edit_button, Left)
    assert not window.chapters.editor.tools["chapter_add"].isEnabled(), "nothing is heard of it"
    assert window.chapters.editor.target() is None
    for command in ("rename", "delete", "merge", "split", "start_here"):
        getattr(window.chapters.editor, command)()
    assert shown(window) == ()


def test_tools_have_names_and_are_off_where_useless(editing: MainWindow) -> None:
    tools = editing.chapters.editor.tools
    assert all(tool.accessibleName() for tool in tools.values())
    assert tools["chapter_add"].accessibleName() == "Add a chapter here (Ins)"
    assert not tools["chapter_undo"].isEnabled()
    choose(editing, 6)
    assert not tools["chapter_merge"].isEnabled()
    assert not tools["chapter_split"].isEnabled()
    QTest.keyClick(editing, Qt.Key.Key_E, Control)
    assert not editing.chapters.editor.isVisible()


def test_another_episode_ends_editing(editing: MainWindow, library: Library) -> None:
    editing.show_episode(library.episodes[4])
    assert not editing.chapters.edit_button.isChecked()
    assert not editing.chapters.editor.isVisible()


@pytest.mark.parametrize("width", [280, 440])
def test_draws_at_any_width(editing: MainWindow, width: int) -> None:
    editing.chapters.setFixedWidth(width)
    for tool in editing.chapters.editor.tools.values():
        assert isinstance(tool, QWidget)
    assert not editing.chapters.grab().isNull()
