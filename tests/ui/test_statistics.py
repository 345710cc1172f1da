"""The dialog of time listened and saved: its words, its plot and its table, by mouse, by key and as it is read out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from player.app.compose import Services
from player.audio.scripted import ScriptedEngine
from player.core.sound import Listened
from player.core.time_listened import Month, MonthOfPodcast, PodcastSums, Sums
from player.core.timecode import HOUR, MINUTE
from player.storage import time_listened
from player.storage.database import open_writer
from player.ui.main_window import MainWindow
from player.ui.statistics_dialog import StatisticsDialog
from player.ui.statistics_plot import LEAST_MONTHS, StatisticsPlot, scale_step
from player.ui.statistics_table import HEARD, SKIPS, TITLE, StatisticsModel, StatisticsTable
from player.ui.statistics_texts import facts_text, listened_text, month_label, month_words, saved_words, scale_text
from seeded import Library

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Key, Left = Qt.Key, Qt.MouseButton.LeftButton
NOW = Month(2025, 10)
"""The month of the seeded library's clock."""
LONG = "A Very Long Title of a Podcast That Talks about Everything under the Sun, and Then Some More of It, " * 3


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def keep(services: Services, *rows: MonthOfPodcast) -> None:
    with closing(open_writer(services.profile.database)) as connection:
        time_listened.add_rows(connection, rows)


def row(name: str, months_ago: int, hours: int, **more: int) -> MonthOfPodcast:
    return MonthOfPodcast(f"https://x.org/{name}", name, NOW.plus(-months_ago), Sums(hours * HOUR, **more))


@pytest.fixture
def filled(window: MainWindow, services: Services) -> StatisticsDialog:
    """Three podcasts in the last eight months, by the key that opens the dialog."""
    keep(
        services,
        row("Beta", 7, 10, by_speed=5 * HOUR),
        row("Beta", 1, 20, by_skips=62 * MINUTE, by_trimming=41 * MINUTE, by_slowness=3 * MINUTE),
        row("alpha", 1, 2),
        row("Gamma", 0, 4, by_speed=HOUR),
    )
    return opened(window)


def opened(window: MainWindow) -> StatisticsDialog:
    QTest.keyClick(window, Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(StatisticsDialog)
    assert isinstance(dialog, StatisticsDialog)
    return dialog


def titles(table: StatisticsTable) -> list[str]:
    model = table.model()
    return [str(model.index(number, TITLE).data()) for number in range(model.rowCount())]


def legend(dialog: StatisticsDialog) -> list[str]:
    return [value for value, _ in dialog.legend.items()]


def middle_of(plot: StatisticsPlot, number: int) -> QPoint:
    return plot.slot(number).center().toPoint()


def point_at(plot: StatisticsPlot, spot: QPoint) -> None:
    at, nothing = QPointF(spot), Qt.MouseButton.NoButton
    moved = QMouseEvent(
        QEvent.Type.MouseMove, at, plot.mapToGlobal(at), nothing, nothing, Qt.KeyboardModifier.NoModifier
    )
    plot.mouseMoveEvent(moved)


# In words


def test_months_and_totals_in_words() -> None:
    since = plain(listened_text(31 * HOUR + 12 * MINUTE, Month(2025, 3), NOW))
    assert since == "You listened for 31 h 12 min since March"
    assert plain(listened_text(45 * MINUTE, Month(2024, 3), NOW)) == "You listened for 45 min since March 2024"
    assert plain(listened_text(45 * MINUTE, NOW, NOW)) == "You listened for 45 min this month"
    everything = Sums(31 * HOUR, 4 * HOUR + 5 * MINUTE, 2 * MINUTE, 41 * MINUTE, 62 * MINUTE)
    saved = "4 h 05 min saved by speed, 41 min by trimmed pauses, 1 h 02 min by skipped chapters"
    assert plain(saved_words(everything)) == saved
    facts = f"{saved} · 35 h 44 min of podcasts heard · slow playing took 2 min longer"
    assert plain(facts_text(everything)) == facts
    assert plain(saved_words(Sums(HOUR, by_trimming=MINUTE, by_speed=MINUTE - 1))) == "1 min saved by trimmed pauses"
    assert plain(saved_words(Sums(HOUR - 1, by_speed=MINUTE - 1))) == "59 s saved by speed"
    assert facts_text(Sums(HOUR)) == ""
    assert plain(month_words(NOW, Sums(HOUR, HOUR))) == "October 2025: 1 h 00 min listened, 1 h 00 min saved by speed"
    assert month_words(NOW, Sums()) == "October 2025: nothing"
    assert [month_label(Month(2025, month)) for month in (12, 1)] == ["Dec", "2025"]


@pytest.mark.parametrize("minutes", [1, 3, 59, 60, 61, 500, 6000, 30_000, 999_999])
def test_the_scale_has_few_round_lines(minutes: int) -> None:
    step = scale_step(minutes * MINUTE)
    assert 1 <= minutes * MINUTE / step <= 4
    assert step % MINUTE == 0 or minutes > 40_000


def test_lengths_on_the_scale() -> None:
    assert [scale_text(minutes * MINUTE) for minutes in (0, 30, 60, 1200)] == ["", "30 min", "1 h", "20 h"]


# The dialog


def test_it_tells_totals_months_and_podcasts(filled: StatisticsDialog) -> None:
    assert plain(filled.heading.text()) == "You listened for 36 h 00 min since March"
    assert plain(filled.facts.text()).startswith(
        "6 h 00 min saved by speed, 41 min by trimmed pauses, 1 h 02 min by skipped"
    )
    assert filled.accessibleName() == f"{filled.heading.text()} · {filled.facts.text()}"
    assert filled.focusWidget() in (None, filled), "no button looks chosen"
    assert titles(filled.table) == ["Beta", "Gamma", "alpha"]
    assert filled.period.text() == "All podcasts"
    assert legend(filled) == [""] * 4
    model = filled.table.model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert model.index(0, HEARD).data() == "30 h 00 min"
    assert model.index(0, SKIPS).data(Qt.ItemDataRole.AccessibleTextRole) == "By skips: 1 h 02 min"
    assert model.index(1, SKIPS).data() == "–"


def test_the_pointer_tells_a_month(filled: StatisticsDialog) -> None:
    plot = filled.plot
    point_at(plot, middle_of(plot, 6))
    assert filled.period.text() == "September 2025 · All podcasts"
    assert legend(filled) == ["22 h 00 min", "–", "41 min", "1 h 02 min"]
    assert (
        filled.legend.accessibleName()
        == "22 h 00 min listened, – saved by speed, 41 min by pauses, 1 h 02 min by skips"
    )
    point_at(plot, middle_of(plot, 2))
    QTest.mouseClick(plot, Left, pos=middle_of(plot, 2))
    assert plot.value() == 2, "the keyboard goes on from there"
    point_at(plot, QPoint(1, 1))
    assert filled.period.text() == "All podcasts"
    point_at(plot, middle_of(plot, 0))
    assert filled.period.text() == "March 2025 · All podcasts"
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert filled.period.text() == "All podcasts"


def test_the_keyboard_walks_the_months(filled: StatisticsDialog) -> None:
    plot = filled.plot
    plot.setFocus(Qt.FocusReason.TabFocusReason)
    assert filled.period.text() == "October 2025 · All podcasts"
    QTest.keyClick(plot, Key.Key_Left)
    assert filled.period.text() == "September 2025 · All podcasts"
    spoken = plain(plot.accessibleDescription())
    assert (
        spoken == "September 2025: 22 h 00 min listened, 41 min saved by trimmed pauses, 1 h 02 min by skipped chapters"
    )
    QTest.keyClick(plot, Key.Key_Home)
    assert plain(plot.accessibleDescription()) == "March 2025: 10 h 00 min listened, 5 h 00 min saved by speed"
    QTest.keyClick(plot, Key.Key_Right)
    assert plain(plot.accessibleDescription()) == "April 2025: nothing"
    filled.close_button.setFocus()
    assert filled.period.text() == "All podcasts"


def test_a_podcast_that_is_chosen_has_the_plot(filled: StatisticsDialog) -> None:
    table = filled.table
    assert not filled.show_all.isVisible()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(table, Key.Key_Down)
    assert filled.period.text() == "Gamma"
    assert legend(filled) == ["4 h 00 min", "1 h 00 min", "–", "–"]
    assert [filled.plot.at(number)[1].heard for number in (6, 7)] == [0, 4 * HOUR]
    QTest.keyClick(table, Key.Key_Space)
    assert filled.period.text() == "All podcasts"
    QTest.keyClick(table, Key.Key_Space)
    assert filled.period.text() == "Gamma"
    QTest.mouseClick(filled.show_all, Left)
    assert filled.plot.at(6)[1].heard == 22 * HOUR
    spot = table.visualRect(table.model().index(0, HEARD)).center()
    for title in ("Beta", "All podcasts"):
        QTest.mouseClick(table.viewport(), Left, pos=spot)
        assert filled.period.text() == title


def test_any_column_sorts_by_mouse_and_by_key(filled: StatisticsDialog) -> None:
    table, header = filled.table, filled.table.horizontalHeader()
    table.selectRow(1)
    title = QPoint(header.sectionViewportPosition(TITLE) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Left, pos=title)
    assert titles(table) == ["alpha", "Beta", "Gamma"]
    QTest.mouseClick(header.viewport(), Left, pos=title)
    assert titles(table) == ["Gamma", "Beta", "alpha"]
    assert table.chosen is not None
    assert table.chosen.title == "Gamma", "it stays chosen"
    header.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Right):
        QTest.keyClick(header, key)
    assert header.accessibleDescription() == "By skips"
    QTest.keyClick(header, Key.Key_Return)
    assert titles(table) == ["Beta", "alpha", "Gamma"]
    QTest.keyClick(header, Key.Key_Space)
    assert titles(table) == ["alpha", "Gamma", "Beta"]
    assert table.chosen.title == "Gamma"
    assert not table.grab().isNull()


def test_the_last_months_only(filled: StatisticsDialog, window: MainWindow, services: Services) -> None:
    three, twelve, everything = filled.periods.values()
    assert (three.isVisible(), twelve.isVisible(), everything.isVisible()) == (True, False, True)
    filled.table.selectRow(2)
    assert filled.period.text() == "alpha"
    QTest.mouseClick(three, Left)
    assert plain(filled.heading.text()) == "You listened for 26 h 00 min since August"
    assert titles(filled.table) == ["Beta", "Gamma", "alpha"]
    assert filled.period.text() == "alpha"
    keep(services, row("Old", 30, 1))
    filled.refresh()
    assert twelve.isVisible()
    QTest.mouseClick(twelve, Left)
    assert "Old" not in titles(filled.table)
    QTest.mouseClick(everything, Left)
    assert plain(filled.heading.text()) == "You listened for 37 h 00 min since April 2023"
    filled.table.selectRow(3)
    QTest.mouseClick(three, Left)
    assert filled.period.text() == "All podcasts", "what was chosen is not among them"
    QTest.keyClick(filled, Key.Key_Escape)
    assert not filled.isVisible()


def test_empty_it_says_what_it_will_hold_and_counts_on(
    window: MainWindow, services: Services, library: Library, engine: ScriptedEngine
) -> None:
    dialog = opened(window)
    assert dialog.pages.currentIndex() == 1
    assert not dialog.grab().isNull()
    services.playback.open(library.main)
    services.sounds.count(Listened(5 * MINUTE, MINUTE), is_last=True)
    assert dialog.pages.currentIndex() == 0
    assert plain(dialog.heading.text()) == "You listened for 5 min this month"
    assert titles(dialog.table) == ["Lex Fridman Podcast"]
    assert not any(button.isVisible() for button in dialog.periods.values())
    assert dialog.plot.maximum() == LEAST_MONTHS - 1, "a lone month has room before it"
    dialog.table.selectRow(0)
    services.sounds.count(Listened(10 * MINUTE, 2 * MINUTE), is_last=True)
    assert plain(dialog.heading.text()) == "You listened for 10 min this month"
    assert dialog.period.text() == "Lex Fridman Podcast"
    assert legend(dialog)[0] == "10 min"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_many_months_and_podcasts_are_drawn(show_window: Callable[[], MainWindow], bare: Services, theme: str) -> None:
    bare.settings.change(theme=theme)
    keep(bare, *(row(f"{number} {LONG}", ago, number + 1) for number in range(60) for ago in range(36)))
    window = show_window()
    window.resize(600, 440)
    dialog = opened(window)
    dialog.resize(500, 400)
    assert dialog.table.isColumnHidden(SKIPS)
    for _ in range(6):
        QTest.keyClick(dialog.table.horizontalHeader(), Key.Key_Right)
    assert dialog.table.horizontalHeader().accessibleDescription() == "Saved by speed"
    assert dialog.table.model().rowCount() == 60
    for part in (dialog.plot, dialog.table.horizontalHeader(), dialog.table):
        part.setFocus(Qt.FocusReason.TabFocusReason)
        assert not dialog.grab().isNull()
    assert dialog.table.model().index(0, TITLE).data(Qt.ItemDataRole.ToolTipRole) == f"59 {LONG}"
    dialog.close()


def test_podcasts_that_are_alike_stand_by_title() -> None:
    model = StatisticsModel()
    model.show_podcasts([PodcastSums(f"https://x.org/{name}", name, Sums(5), ()) for name in "cab"])
    assert [each.title for each in model.podcasts] == ["a", "b", "c"]
    model.sort(SKIPS, Qt.SortOrder.DescendingOrder)
    assert [each.title for each in model.podcasts] == ["a", "b", "c"]


# The table alone


def sums(*heard: int) -> list[PodcastSums]:
    """Podcasts named after their order, and how long each was listened to, in minutes."""
    return [
        PodcastSums(f"https://x.org/{name}", name, Sums(minutes * MINUTE), ())
        for name, minutes in zip("abcdefgh", heard, strict=False)
    ]


@pytest.fixture
def table(qtbot: QtBot) -> StatisticsTable:
    table = StatisticsTable(lambda *_: None)
    qtbot.addWidget(table)
    table.resize(1000, 120)
    table.show()
    QAbstractItemModelTester(table.model(), QAbstractItemModelTester.FailureReportingMode.Warning)
    table.show_podcasts(sums(50, 40, 30, 20))
    return table


def at(table: StatisticsTable) -> str:
    """The podcast under the cursor."""
    return str(table.model().index(table.currentIndex().row(), TITLE).data())


@pytest.mark.parametrize("is_chosen", [True, False])
@pytest.mark.parametrize(
    ("heard", "order"),
    [
        ((50, 40, 30, 21), "abcd"),
        ((50, 40, 60, 20), "cabd"),
        ((1, 2, 3, 4), "dcba"),
        ((50, 40, 30, 20, 99), "eabcd"),
        ((50, 40, 30), "abc"),
    ],
)
def test_the_cursor_stays_while_sums_grow(
    table: StatisticsTable, heard: tuple[int, ...], order: str, is_chosen: bool
) -> None:
    table.selectRow(2)
    if not is_chosen:
        table.clearSelection()
    passed: list[object] = []
    table.selectionModel().currentChanged.connect(lambda *moved: passed.append(moved))
    chosen = table.chosen
    table.show_podcasts(sums(*heard))
    assert titles(table) == list(order)
    assert at(table) == "c"
    assert (table.chosen.title if table.chosen else "") == (chosen.title if chosen else "")
    if len(heard) == 4:
        assert passed == [], "a screen reader would say the row anew, every four seconds"


def test_the_cursor_stays_beside_what_is_chosen(table: StatisticsTable) -> None:
    table.selectRow(0)
    table.selectionModel().setCurrentIndex(table.model().index(3, SKIPS), QItemSelectionModel.SelectionFlag.NoUpdate)
    for heard in ((50, 40, 30, 21), (50, 40, 30, 20, 99)):
        table.show_podcasts(sums(*heard))
        assert table.chosen is not None
        assert (table.chosen.title, at(table), table.currentIndex().column()) == ("a", "d", SKIPS)


def test_the_cursor_goes_with_its_podcast_and_so_does_the_choice(table: StatisticsTable) -> None:
    table.selectRow(3)
    told: list[object] = []
    table.podcast_chosen.connect(told.append)
    table.show_podcasts(sums(50, 40, 30))
    assert (table.chosen, table.currentIndex().isValid(), told) == (None, False, [None])


@pytest.mark.parametrize(
    ("direction", "key"),
    [(Qt.LayoutDirection.LeftToRight, Key.Key_Right), (Qt.LayoutDirection.RightToLeft, Key.Key_Left)],
)
def test_arrow_keys_in_the_header_go_where_they_point(
    table: StatisticsTable, direction: Qt.LayoutDirection, key: Qt.Key
) -> None:
    table.setLayoutDirection(direction)
    header = table.horizontalHeader()
    QTest.keyClick(header, key)
    assert header.accessibleDescription() == "Saved by speed"
