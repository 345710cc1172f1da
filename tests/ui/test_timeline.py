from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.core.model import Chapter
from player.core.timecode import parse_timecode
from player.core.waveform import Waveform, columns
from player.ui import waveform_picture
from player.ui.main_window import MainWindow
from player.ui.theme import colours
from player.ui.timeline import Timeline
from player.ui.timeline_chapter import ChapterLine
from player.ui.timeline_slider import NUDGE
from player.ui.timeline_tip import TimelineTip
from seeded import CHAPTERS, DURATION, STARGATE, Library

Left = Qt.MouseButton.LeftButton
Right = Qt.MouseButton.RightButton
WIDTH = 1008
HERE = parse_timecode("1:12:40") or 0


@pytest.fixture
def timeline(qtbot: QtBot) -> Iterator[Timeline]:
    window = QWidget()
    timeline = Timeline(window)
    qtbot.addWidget(window)
    window.resize(WIDTH + 40, 120)
    timeline.setGeometry(20, 60, WIDTH, timeline.sizeHint().height())
    timeline.show_episode(CHAPTERS, DURATION)
    QPushButton("in focus", window).setFocus()
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    yield timeline
    window.close()


def point(position: int) -> QPoint:
    return QPoint(4 + round((WIDTH - 8) * position / DURATION), 15)


def move(timeline: Timeline, position: int, buttons: Qt.MouseButton, modifiers: Qt.KeyboardModifier) -> None:
    at = QPointF(point(position))
    moved = QMouseEvent(
        QEvent.Type.MouseMove, at, timeline.mapToGlobal(at), Qt.MouseButton.NoButton, buttons, modifiers
    )
    timeline.mouseMoveEvent(moved)


def described(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)


def test_a_click_jumps_when_the_button_is_released(timeline: Timeline) -> None:
    jumps: list[int] = []
    timeline.jump_requested.connect(jumps.append)
    QTest.mousePress(timeline, Left, pos=point(STARGATE))
    assert not jumps
    assert timeline.preview == pytest.approx(STARGATE, abs=DURATION / WIDTH)
    QTest.mouseRelease(timeline, Left, pos=point(STARGATE))
    assert jumps == [pytest.approx(STARGATE, abs=DURATION / WIDTH)]
    assert timeline.preview is None


def test_a_drag_is_heard_and_goes_where_it_ends(timeline: Timeline) -> None:
    jumps: list[int] = []
    scrubs: list[int] = []
    previews: list[int] = []
    timeline.jump_requested.connect(lambda place: pytest.fail(f"a jump to {place}"))
    timeline.scrub_requested.connect(scrubs.append)
    timeline.scrub_ended.connect(jumps.append)
    timeline.preview_changed.connect(previews.append)
    QTest.mousePress(timeline, Left, pos=point(0))
    for position in (DURATION // 4, DURATION // 2):
        move(timeline, position, Left, Qt.KeyboardModifier.NoModifier)
    QTest.mouseRelease(timeline, Left, pos=point(DURATION // 2))
    assert len(jumps) == 1
    assert scrubs == pytest.approx([DURATION // 4, DURATION // 2], abs=DURATION / WIDTH)
    assert previews[-1] == -1
    assert previews[-2] == pytest.approx(DURATION // 2, abs=DURATION / WIDTH)


@pytest.mark.parametrize("is_of_chapter", [False, True])
@pytest.mark.parametrize("is_drag", [False, True])
def test_a_press_ends_with_its_episode(
    playing: MainWindow, services: Services, library: Library, *, is_drag: bool, is_of_chapter: bool
) -> None:
    services.chapters.paste_outline(library.episodes[1], "0:00 Start\n10:00 Middle\n20:00 End").result()
    slider = playing.player.chapter_line if is_of_chapter else playing.player.timeline
    middle = slider.rect().center()
    QTest.mousePress(slider, Left, pos=middle)
    if is_drag:
        QTest.mouseMove(slider, middle + QPoint(20, 0))
    services.playback.open(library.episodes[1])
    assert (slider.preview, playing.player.timeline.preview) == (None, None)
    QTest.mouseRelease(slider, Left, pos=middle)
    assert services.playback.position() == 0
    services.playback.end_scrub(None)
    assert services.playback.position() == 0
    assert not services.playback.state.history.back


def test_escape_ends_scrubbing_where_it_began(timeline: Timeline) -> None:
    ended: list[int] = []
    timeline.scrub_ended.connect(ended.append)
    QTest.mousePress(timeline, Left, pos=point(0))
    move(timeline, DURATION // 4, Left, Qt.KeyboardModifier.NoModifier)
    QTest.keyClick(timeline.window().focusWidget(), Qt.Key.Key_Escape)
    QTest.mouseRelease(timeline, Left, pos=point(DURATION // 4))
    assert ended == [-1]


def test_escape_drops_a_drag(timeline: Timeline) -> None:
    jumps: list[int] = []
    timeline.jump_requested.connect(jumps.append)
    QTest.mousePress(timeline, Left, pos=point(STARGATE))
    QTest.keyClick(timeline.window().focusWidget(), Qt.Key.Key_Escape)
    QTest.mouseRelease(timeline, Left, pos=point(STARGATE))
    assert not jumps


def test_shift_snaps_to_the_start_of_a_chapter(timeline: Timeline) -> None:
    jumps: list[int] = []
    timeline.jump_requested.connect(jumps.append)
    near = point(STARGATE + 60_000)
    QTest.mousePress(timeline, Left, Qt.KeyboardModifier.ShiftModifier, near)
    QTest.mouseRelease(timeline, Left, Qt.KeyboardModifier.ShiftModifier, near)
    assert jumps == [STARGATE]


def test_right_click_goes_to_the_nearest_start(timeline: Timeline) -> None:
    jumps: list[int] = []
    timeline.jump_requested.connect(jumps.append)
    QTest.mouseClick(timeline, Right, pos=point(STARGATE - 90_000))
    assert jumps == [STARGATE]


def test_the_wheel_nudges_by_whole_notches(timeline: Timeline) -> None:
    nudges: list[int] = []
    timeline.nudge_requested.connect(nudges.append)
    for delta in (60, 60, -240):
        turned = QWheelEvent(
            QPointF(5, 5),
            QPointF(5, 5),
            QPoint(),
            QPoint(0, delta),
            Left & Right,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        timeline.wheelEvent(turned)
    assert nudges == [NUDGE, -2 * NUDGE]


def test_hovering_names_the_chapter_and_the_time(timeline: Timeline) -> None:
    move(timeline, STARGATE + 30_000, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
    tip = timeline.window().findChild(TimelineTip)
    assert isinstance(tip, TimelineTip)
    assert tip.isVisible()
    assert tip.text().startswith("Stargate · 4:57:")
    assert timeline.place_at(STARGATE) == "Stargate · 4:56:55"
    timeline.leaveEvent(QEvent(QEvent.Type.Leave))
    assert not tip.isVisible()


def test_home_and_end(timeline: Timeline) -> None:
    jumps: list[int] = []
    timeline.jump_requested.connect(jumps.append)
    QTest.keyClick(timeline, Qt.Key.Key_End)
    QTest.keyClick(timeline, Qt.Key.Key_Home)
    assert jumps == [DURATION, 0]


def test_showing_a_position_is_no_jump_but_a_screen_reader_setting_one_is(timeline: Timeline) -> None:
    jumps: list[int] = []
    timeline.jump_requested.connect(jumps.append)
    timeline.show_position(STARGATE)
    assert not jumps
    assert timeline.position == STARGATE
    interface = QAccessible.queryAccessibleInterface(timeline)
    assert interface.role() is QAccessible.Role.Slider
    assert interface.valueInterface().currentValue() == 100 * STARGATE // DURATION
    interface.valueInterface().setCurrentValue(50)
    assert jumps == [DURATION // 2]


def test_the_spoken_value_is_the_place(timeline: Timeline) -> None:
    timeline.show_position(STARGATE)
    assert described(timeline) == "Stargate, 4 h 57 min"


def test_who_is_at_the_slider_is_told_of_jumps_and_not_of_ticks(
    timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def announcing(widget: QWidget, words: str) -> QAccessibleAnnouncementEvent:
        said.append(words)
        return QAccessibleAnnouncementEvent(widget, words)

    monkeypatch.setattr("player.ui.timeline_slider.QAccessibleAnnouncementEvent", announcing)
    monkeypatch.setattr("player.ui.timeline_slider.QAccessible.isActive", lambda: True)
    timeline.show_episode(CHAPTERS, 100_000)
    timeline.setFocus()
    for second in range(1, 31):
        timeline.show_position(second * 1000)
    assert described(timeline) == "Introduction, 30 s", "who asks gets the place of now"
    assert (said, timeline.value()) == ([], 0)
    timeline.show_position(70_000)
    assert said == [described(timeline)]
    assert timeline.value() == 70
    timeline.clearFocus()
    timeline.show_position(71_000)
    assert timeline.value() == 71, "where nobody listens, the value is the newest"


def test_the_description_is_no_tool_tip(timeline: Timeline) -> None:
    timeline.show_position(STARGATE)
    middle = timeline.rect().center()
    QApplication.sendEvent(timeline, QHelpEvent(QEvent.Type.ToolTip, middle, timeline.mapToGlobal(middle)))
    assert not QToolTip.isVisible()


@pytest.mark.parametrize(
    "chapters",
    [
        (),
        CHAPTERS[:1],
        CHAPTERS,
        tuple(Chapter(k * 60_000, (k + 1) * 60_000, str(k)) for k in range(300)),
        (Chapter(5000, 5000, "empty"),),
    ],
    ids=["none", "one", "seven", "300", "empty"],
)
def test_any_number_of_chapters_is_drawn(timeline: Timeline, chapters: tuple[Chapter, ...]) -> None:
    timeline.show_episode(chapters, DURATION)
    for position in (0, DURATION // 2, DURATION, DURATION * 2):
        timeline.show_position(position)
        assert not timeline.grab().isNull()
    assert timeline.nearest_start(7000) == (min((c.start for c in chapters), key=lambda s: abs(s - 7000), default=7000))


def test_an_unknown_length_disables_it(timeline: Timeline) -> None:
    timeline.show_episode((), None)
    assert not timeline.isEnabled()
    assert not timeline.grab().isNull()


def ink(timeline: Timeline, left: int, right: int) -> set[str]:
    """The colours of what is drawn in the upper third between two positions."""
    picture = timeline.grab().toImage()
    across = range(point(left).x(), point(right).x())
    found = {picture.pixelColor(x, y).name() for x in across for y in range(timeline.height() // 3)}
    return found - {timeline.palette().window().color().name()}


def test_the_waveform_stands_above_the_segments_as_far_as_it_is_known(timeline: Timeline) -> None:
    timeline.clearFocus()
    before = timeline.grab().toImage()
    hour = 3_600_000
    loud = Waveform(b"\xf0" * (hour // 250))
    timeline.show_waveform(loud)
    shades = colours(timeline.palette())
    timeline.show_position(hour // 2)
    assert ink(timeline, hour // 8, hour // 4) == {shades.accent.name()}
    assert ink(timeline, hour * 3 // 4, hour * 7 // 8) == {shades.track.name()}
    assert ink(timeline, hour * 2, hour * 3) == set()
    timeline.show_waveform(Waveform(loud.levels * 5))
    assert ink(timeline, hour * 2, hour * 3) == {shades.track.name()}
    timeline.show_waveform(None)
    timeline.show_position(0)
    assert timeline.grab().toImage() == before


def test_what_has_not_come_yet_is_pale(timeline: Timeline) -> None:
    timeline.clearFocus()
    before = timeline.grab().toImage()
    timeline.show_waveform(Waveform(b"\xf0" * (DURATION // 250)))
    strong = colours(timeline.palette()).track.name()
    hour = 3_600_000
    timeline.show_missing(((1.5 * hour / DURATION, 3.5 * hour / DURATION),))
    assert ink(timeline, hour // 2, hour) == ink(timeline, 4 * hour, 5 * hour) == {strong}
    assert strong not in ink(timeline, 2 * hour, 3 * hour)
    timeline.show_missing(())
    assert ink(timeline, 2 * hour, 3 * hour) == {strong}
    timeline.show_waveform(None)
    assert timeline.grab().toImage() == before


def test_a_waveform_of_five_hours_is_drawn_once_for_each_size(
    timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def counted(waveform: Waveform, duration: int, count: int) -> list[float]:
        made.append(count)
        return columns(waveform, duration, count)

    monkeypatch.setattr(waveform_picture, "columns", counted)
    timeline.show_waveform(Waveform(bytes(range(256)) * 300))
    for position in range(0, DURATION, DURATION // 9):
        timeline.show_position(position)
        timeline.grab()
    assert made == [(WIDTH - 8) // 3]
    timeline.resize(WIDTH // 2, timeline.height())
    timeline.grab()
    assert len(made) == 2


def test_a_long_title_does_not_cover_the_whole_bar(timeline: Timeline) -> None:
    timeline.resize(1500, 40)
    tip = TimelineTip(timeline)
    tip.show_above(QPoint(0, 0), "A chapter with a very long title " * 10)
    assert tip.width() < 30 * timeline.fontMetrics().height()


@pytest.fixture
def line(timeline: Timeline) -> ChapterLine:
    """The line of the chapter, while Stargate plays."""
    line = ChapterLine(timeline)
    line.setGeometry(20, 100, WIDTH, line.sizeHint().height())
    timeline.show_position(STARGATE + 60_000)
    return line


def at(line: ChapterLine, position: int) -> QPoint:
    return QPoint(round(line.x_of(position)), line.height() // 2)


def test_the_line_of_a_chapter_is_as_wide_as_the_whole(timeline: Timeline, line: ChapterLine) -> None:
    chapter = CHAPTERS[[each.start for each in CHAPTERS].index(STARGATE)]
    assert (line.begin, line.end) == (chapter.start, chapter.end)
    assert line.x_of(chapter.start) == timeline.x_of(0)
    assert line.x_of(chapter.end) == timeline.x_of(DURATION)
    assert line.isVisibleTo(timeline.window())
    assert described(line) == "Stargate, 1 min of 7 min"
    timeline.show_position(0)
    assert (line.begin, line.end) == (0, CHAPTERS[1].start)


def test_the_line_of_a_chapter_folds_away_where_there_is_one_chapter_or_none(
    timeline: Timeline, line: ChapterLine
) -> None:
    for chapters, is_seen in ((CHAPTERS[:1], False), (CHAPTERS, True), ((), False)):
        timeline.show_episode(chapters, DURATION)
        assert line.isVisibleTo(timeline.window()) is is_seen
    timeline.show_episode(CHAPTERS, None)
    assert not line.isVisibleTo(timeline.window())


def test_the_line_of_a_chapter_asks_for_jumps_as_the_timeline_does(timeline: Timeline, line: ChapterLine) -> None:
    jumps: list[int] = []
    timeline.jump_requested.connect(jumps.append)
    step = (line.end - line.begin) / WIDTH
    QTest.mouseClick(line, Left, pos=at(line, STARGATE + 120_000))
    assert jumps.pop() == pytest.approx(STARGATE + 120_000, abs=2 * step)
    QTest.mouseClick(line, Right, pos=at(line, STARGATE + 120_000))
    assert jumps.pop() == STARGATE
    near_end = at(line, line.end - 30_000)
    QTest.mouseClick(line, Left, Qt.KeyboardModifier.ShiftModifier, near_end)
    assert jumps.pop() == line.end
    QTest.keyClick(line, Qt.Key.Key_Home)
    assert jumps.pop() == STARGATE


def test_a_drag_on_the_line_of_a_chapter_moves_the_playhead_and_keeps_the_line(
    timeline: Timeline, line: ChapterLine
) -> None:
    scrubs: list[int] = []
    ended: list[int] = []
    timeline.scrub_requested.connect(scrubs.append)
    timeline.scrub_ended.connect(ended.append)
    stretch = (line.begin, line.end)
    QTest.mousePress(line, Left, pos=at(line, STARGATE + 10_000))
    point = QPointF(at(line, line.end))
    held = QMouseEvent(
        QEvent.Type.MouseMove, point, line.mapToGlobal(point), Qt.MouseButton.NoButton, Left, Qt.KeyboardModifier(0)
    )
    line.mouseMoveEvent(held)
    assert [timeline.preview, timeline.shown, scrubs[-1]] == [line.end] * 3
    timeline.show_position(line.end)
    assert (line.begin, line.end) == stretch
    QTest.mouseRelease(line, Left, pos=at(line, line.end))
    assert ended == [stretch[1]]
    assert [timeline.preview, line.begin] == [None, stretch[1]]


def test_while_the_timeline_is_dragged_the_line_shows_the_chapter_below_the_pointer(
    timeline: Timeline, line: ChapterLine
) -> None:
    QTest.mousePress(timeline, Left, pos=point(0))
    assert (line.begin, line.end) == (0, CHAPTERS[1].start)
    QTest.mouseRelease(timeline, Left, pos=point(0))
    assert line.begin == STARGATE


def test_the_line_of_a_chapter_tells_the_time_in_it(line: ChapterLine) -> None:
    assert line.place_at(STARGATE + 77_000) == "Stargate · 1:17 of 7:29 · 4:58:12"
    assert not line.grab().isNull()
