"""Rules by title in the window: asked for at a chapter, tried while one types, changed, switched and removed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from player.app.compose import Services
from player.core.skip_rules import Match, SkipRule
from player.core.timecode import MINUTE
from player.ui.main_window import MainWindow
from player.ui.podcast_settings import PodcastSettings
from player.ui.skip_rule_dialog import SkipRuleDialog
from player.ui.skip_rule_list import SkipRulesDialog
from seeded import Library

Key, Left = Qt.Key, Qt.MouseButton.LeftButton

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def row_menu(window: MainWindow, row: int) -> dict[str, QMenu]:
    """The words in the menu of a row; what they do is done by `press`."""
    index = window.chapters.model.index(row, 0)
    window.chapters.table.menu_asked.emit(index, window.chapters.mapToGlobal(QPoint(10, 10)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return {action.text(): menu for action in menu.actions()}


def press(window: MainWindow, row: int, words: str) -> SkipRuleDialog:
    menu = row_menu(window, row)[words]
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()
    return asked(window)


def asked(window: MainWindow) -> SkipRuleDialog:
    return next(each for each in window.findChildren(SkipRuleDialog) if each.isVisible())


def hits(dialog: SkipRuleDialog) -> list[str]:
    return [dialog.hits.item(row).text() for row in range(dialog.hits.count())]


def test_a_rule_is_tried_and_had(playing: MainWindow, services: Services, library: Library) -> None:
    dialog = press(playing, 5, "Skip always by title…")
    assert dialog.words.text() == "Stargate"
    assert dialog.focusWidget() is dialog.words
    assert dialog.summary.text() == "Would skip 1 chapter, 7:29, in the only episode with chapters:"
    assert hits(dialog) == [f"4:56:55  Stargate · 7:29 · {services.library.episode(library.main).title}"]
    QTest.keyClicks(dialog.words, "deepseek")
    assert len(hits(dialog)) == 2
    QTest.mouseClick(dialog.match.buttons[Match.PATTERN.value], Left)
    assert hits(dialog) == []
    assert dialog.summary.text() == "Would skip nothing in the only episode with chapters."
    QTest.keyClicks(dialog.words, "*")
    assert len(hits(dialog)) == 2
    dialog.is_limited.click()
    dialog.minutes.setValue(21)
    assert len(hits(dialog)) == 1
    QTest.keyClick(dialog.words, Key.Key_Return)
    assert services.skip_rules.of(library.lex) == (SkipRule("deepseek*", Match.PATTERN, 21 * MINUTE),)
    assert playing.notices.words.text() == "Chapters like “deepseek*” are skipped from now on."
    assert services.playback.state.skipped == {3}
    QTest.mouseClick(playing.notices.action, Left)
    assert services.skip_rules.of(library.lex) == ()
    assert not playing.notices.isVisible()


def test_a_rule_says_something(playing: MainWindow) -> None:
    dialog = press(playing, 5, "Skip always by title…")
    dialog.words.setText(" … ")
    assert not dialog.save.isEnabled()
    assert dialog.summary.text() == "Write a word or a part of the title."


def test_for_all_podcasts_and_changed_where_it_skips(playing: MainWindow, services: Services, library: Library) -> None:
    dialog = press(playing, 4, "Skip always by title…")
    dialog.words.setText("stargate")
    QTest.mouseClick(dialog.where.buttons["everywhere"], Left)
    QTest.mouseClick(dialog.save, Left)
    assert services.skip_rules.all() == {None: (SkipRule("stargate"),)}
    playing.chapters.skipping.toggle(5)
    assert playing.notices.words.text() == "“Stargate” is heard again."
    playing.chapters.skipping.toggle(5)
    dialog = press(playing, 5, "The rule that skips it…")
    dialog.words.setText("future")
    QTest.mouseClick(dialog.save, Left)
    assert services.skip_rules.all() == {None: (SkipRule("future"),)}
    assert services.playback.state.skipped == {6}


def test_rules_of_a_podcast_in_its_settings(window: MainWindow, services: Services, library: Library) -> None:
    services.skip_rules.set(library.lex, (SkipRule("sponsor"), SkipRule("Intro", Match.TITLE, MINUTE))).result()
    services.skip_rules.set(None, (SkipRule("ads"),)).result()
    window.podcasts.open_settings(library.lex)
    dialog = next(each for each in window.findChildren(PodcastSettings) if each.isVisible())
    rules = dialog.skips.rules
    assert [each.text() for each in rules.switches] == ["Has “sponsor”", "Is “Intro” · up to 1 min"]
    rules.switches[0].click()
    rules.removers[1].click()
    rules.add.click()
    QTest.keyClicks(asked(window).words, "outro")
    QTest.mouseClick(asked(window).save, Left)
    rules.changers[1].click()
    asked(window).words.setText("credits")
    QTest.mouseClick(asked(window).save, Left)
    assert len(services.skip_rules.of(library.lex)) == 2, "nothing is changed before it is saved"
    QTest.mouseClick(dialog.save, Left)
    assert services.skip_rules.of(library.lex) == (SkipRule("sponsor", is_on=False), SkipRule("credits"))
    assert services.skip_rules.of(None) == (SkipRule("ads"),)


def test_rules_for_all(window: MainWindow, services: Services, library: Library) -> None:
    services.skip_rules.set(library.lex, (SkipRule("sponsor"),)).result()
    services.skip_rules.set(None, (SkipRule("ads"),)).result()
    window.actions_table["skip_rules"].trigger()
    dialog = next(each for each in window.findChildren(SkipRulesDialog) if each.isVisible())
    dialog.rules.removers[0].click()
    QTest.mouseClick(dialog.save, Left)
    assert services.skip_rules.all() == {library.lex: (SkipRule("sponsor"),)}


@pytest.fixture
def dialog(window: MainWindow, services: Services) -> SkipRulesDialog:
    """Three rules for all podcasts."""
    services.skip_rules.set(None, tuple(map(SkipRule, ("one", "two", "three")))).result()
    window.actions_table["skip_rules"].trigger()
    return next(each for each in window.findChildren(SkipRulesDialog) if each.isVisible())


def test_a_rule_is_switched_by_keys_again_and_again(dialog: SkipRulesDialog, services: Services) -> None:
    rules = dialog.rules
    rules.switches[1].setFocus()
    for is_on in (False, True, False):
        focus = dialog.focusWidget()
        assert focus is rules.switches[1]
        QTest.keyClick(focus, Key.Key_Space)
        assert [each.is_on for each in rules.value] == [True, is_on, True]
    rules.changers[1].click()
    asked_for = next(each for each in dialog.findChildren(SkipRuleDialog) if each.isVisible())
    asked_for.words.setText("second")
    QTest.mouseClick(asked_for.save, Left)
    assert rules.value[1] == SkipRule("second", is_on=False), "as it was switched"
    assert not rules.switches[1].isChecked()
    rules.removers[1].click()
    QTest.mouseClick(dialog.save, Left)
    assert services.skip_rules.of(None) == (SkipRule("one"), SkipRule("three"))


def test_the_focus_stays_at_its_place_among_the_rules(dialog: SkipRulesDialog) -> None:
    rules = dialog.rules
    rules.removers[1].setFocus()
    for expected in (["one", "three"], ["one"]):
        QTest.keyClick(dialog.focusWidget(), Key.Key_Space)
        assert [each.words for each in rules.value] == expected
    assert dialog.focusWidget() is rules.removers[0]
    rules.changers[0].setFocus()
    QTest.keyClick(rules.changers[0], Key.Key_Space)
    asked_for = next(each for each in dialog.findChildren(SkipRuleDialog) if each.isVisible())
    QTest.keyClicks(asked_for.words, "other")
    QTest.keyClick(asked_for.words, Key.Key_Return)
    assert [each.words for each in rules.value] == ["other"]
    assert dialog.focusWidget() is rules.changers[0]
    rules.removers[0].setFocus()
    QTest.keyClick(rules.removers[0], Key.Key_Space)
    assert rules.value == ()
    assert dialog.focusWidget() is rules.add
