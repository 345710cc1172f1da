from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from player.app.compose import Services
from player.app.home import InlineHome
from player.core.auto_download import AutoDownload, amount_meant
from player.core.edges import Edges
from player.core.keeping import Keep, KeepKind, keep_meant
from player.core.model import ChapterSource, DownloadState
from player.core.podcast_rules import PodcastRules
from player.core.sound import Sound, Trimming
from player.storage import feeds, listening
from player.storage.database import open_writer
from player.ui.episode_menu import open_menu
from player.ui.main_window import MainWindow
from player.ui.marking import Marking
from player.ui.places import Place
from player.ui.podcast_settings import PodcastSettings
from seeded import NOW, Library

Key, Left = Qt.Key, Qt.MouseButton.LeftButton

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def opened(window: MainWindow) -> PodcastSettings:
    """The dialog that is open."""
    dialog = next(each for each in window.findChildren(PodcastSettings) if each.isVisible())
    assert isinstance(dialog, PodcastSettings)
    return dialog


@pytest.fixture
def dialog(window: MainWindow, library: Library) -> PodcastSettings:
    """The settings of the first podcast, as the button above its list opens them."""
    window.show_place(Place(podcast=library.lex))
    QTest.mouseClick(window.list.settings_button, Left)
    return opened(window)


def test_all_that_is_set_is_shown(window: MainWindow, services: Services, library: Library) -> None:
    rules = PodcastRules(
        Edges(30_000, 20_000), AutoDownload(2, "long", "trailer", True), Keep(KeepKind.PLAYED, 1), announces=True
    )
    sound = Sound(1.5, Trimming.STRONG, is_levelled=True)
    services.rule_book.set(library.lex, rules).result()
    services.rule_book.set_default_amount(4)
    services.sounds.keep(library.lex, sound).result()
    services.chapters.prefer_source(library.lex, ChapterSource.FILE).result()
    services.web_pictures.allow(library.lex, is_allowed=True).result()
    window.podcasts.open_settings(library.lex)
    dialog = opened(window)
    assert dialog.sound.value == sound
    assert dialog.edges.value == rules.edges
    assert (dialog.download.value, dialog.download.announces.isChecked()) == (rules.auto_download, True)
    assert (dialog.download.for_new_amount, dialog.download.for_new.text()) == (4, "Download the newest 4")
    assert (dialog.keep.value, dialog.keep.days.text()) == (rules.keep, "1 day later")
    assert (dialog.chapters.value, dialog.chapters.source.text()) == (ChapterSource.FILE, "Audio file")
    assert dialog.chapters.pictures.isChecked()
    QTest.mouseClick(dialog.save, Left)
    assert services.rule_book.of(library.lex) == rules, "what was not changed stays"
    assert services.sounds.own(library.lex) == sound


@pytest.mark.parametrize("words", ["played:365", "played:999", "newest:999"])
def test_a_rule_that_nobody_touched_stays(window: MainWindow, services: Services, library: Library, words: str) -> None:
    """The command line takes larger numbers than most people need."""
    rules = PodcastRules(auto_download=AutoDownload(amount_meant("newest:999")), keep=keep_meant(words))
    services.rule_book.set(library.lex, rules).result()
    window.podcasts.open_settings(library.lex)
    dialog = opened(window)
    QTest.mouseClick(dialog.save, Left)
    assert services.rule_book.of(library.lex) == rules


def test_what_is_saved_counts(dialog: PodcastSettings, services: Services, library: Library) -> None:
    assert (dialog.sound.value, dialog.download.value, dialog.keep.value) == (None, AutoDownload(), Keep())
    assert not dialog.sound.speed.isVisible()
    assert not dialog.download.contains.isVisible()
    QTest.mouseClick(dialog.sound.is_own, Left)
    dialog.sound.speed.setValue(1.24)
    QTest.mouseClick(dialog.sound.trimming.buttons["medium"], Left)
    QTest.mouseClick(dialog.sound.mono, Left)
    dialog.edges.intro.setValue(45)
    QTest.mouseClick(dialog.download.amount.buttons["newest"], Left)
    dialog.download.number.setValue(5)
    QTest.keyClicks(dialog.download.contains, " interview ")
    QTest.mouseClick(dialog.download.announces, Left)
    QTest.mouseClick(dialog.keep.kind.buttons["newest"], Left)
    dialog.keep.number.setValue(4)
    dialog.download.for_new.choose("all")
    dialog.chapters.source.choose("outline")
    QTest.mouseClick(dialog.chapters.pictures, Left)
    QTest.mouseClick(dialog.save, Left)
    assert services.rule_book.of(library.lex) == PodcastRules(
        Edges(45_000), AutoDownload(5, "interview"), Keep(KeepKind.NEWEST, 4), announces=True
    )
    assert services.sounds.own(library.lex) == Sound(1.25, Trimming.MEDIUM, is_mono=True)
    assert services.chapters.preference(library.lex) is ChapterSource.OUTLINE
    assert services.web_pictures.allowance(library.lex)
    assert services.rule_book.default_amount is None
    assert services.rule_book.of(library.other) == PodcastRules(auto_download=AutoDownload(None))


def test_the_newest_that_are_there_can_come_at_once(
    dialog: PodcastSettings, services: Services, library: Library
) -> None:
    now = dialog.download.now
    assert not now.isVisible()
    QTest.mouseClick(dialog.download.amount.buttons["newest"], Left)
    assert (now.isVisible(), now.text()) == (True, "2 episodes now"), "one of three is downloaded"
    dialog.download.number.setValue(2)
    assert now.text() == "1 episode now"
    QTest.keyClicks(dialog.download.contains, "10")
    assert now.text() == "1 episode now"
    dialog.download.only_with_chapters.click()
    assert not now.isVisible()
    dialog.download.only_with_chapters.click()
    QTest.mouseClick(now, Left)
    QTest.mouseClick(dialog.save, Left)
    begun = [each for each in library.episodes[1:] if services.library.download(each).state is not DownloadState.NONE]
    assert [services.library.episode(each).title for each in begun] == ["Lex Fridman Podcast 10"]


def test_nothing_changes_before_it_is_saved(dialog: PodcastSettings, services: Services, library: Library) -> None:
    QTest.mouseClick(dialog.sound.is_own, Left)
    dialog.edges.outro.setValue(45)
    dialog.download.for_new.choose("all")
    QTest.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible()
    assert services.rule_book.of(library.lex) == PodcastRules()
    assert services.sounds.own(library.lex) is None


def test_the_key_is_about_what_is_shown(window: MainWindow, library: Library) -> None:
    def title_by_key() -> str:
        window.actions_table["podcast_settings"].trigger()
        dialog = opened(window)
        dialog.reject()
        return dialog.podcast.title

    window.show_place(Place(podcast=library.other))
    assert title_by_key() == "Acquired"
    window.show_episode(library.main)
    assert title_by_key() == "Lex Fridman Podcast"
    window.show_place(Place())
    window.list.select(library.others[1])
    assert title_by_key() == "Acquired"


def test_a_podcast_that_is_gone_has_none_any_more(
    dialog: PodcastSettings, window: MainWindow, services: Services, library: Library
) -> None:
    """Removed by the command line, or united with another one, while the dialog is open."""
    services.subscriptions.remove(library.lex).result()
    QTest.mouseClick(dialog.download.amount.buttons["newest"], Left)
    QTest.mouseClick(dialog.keep.kind.buttons["newest"], Left)
    dialog.download.for_new.choose("all")
    QTest.mouseClick(dialog.save, Left)
    assert not dialog.isVisible()
    assert window.notices.words.text() == "“Lex Fridman Podcast” is in the library no longer."
    assert services.rule_book.default_amount is None, "that is about other podcasts"


def test_own_files_have_none(window: MainWindow, services: Services) -> None:
    writer = open_writer(services.profile.database)
    shelf = feeds.files_shelf(writer, NOW)
    writer.close()
    window.sidebar.refresh()
    window.show_place(Place(podcast=shelf))
    assert not window.list.settings_button.isVisible()
    QTest.keyClick(window, Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert window.findChild(PodcastSettings) is None
    assert window.notices.words.text() == "Your own files have no settings of a podcast."


def test_the_menu_of_the_sidebar(window: MainWindow) -> None:
    view = window.sidebar.view
    view.customContextMenuRequested.emit(view.visualRect(view.model().index(10, 0)).center())
    menu = window.sidebar.findChild(QMenu)
    assert menu is not None
    next(each for each in menu.actions() if each.text() == "Copy feed address").trigger()
    assert QGuiApplication.clipboard().text() == "http://127.0.0.1:1/acquired.xml"
    menu.actions()[1].trigger()
    menu.close()
    assert opened(window).podcast.title == "Acquired"


def test_menus_of_choices(dialog: PodcastSettings) -> None:
    QTest.mouseClick(dialog.chapters.source, Left)
    menu = dialog.chapters.source.findChild(QMenu)
    assert menu is not None
    assert [each.text() for each in menu.actions() if each.isChecked()] == ["As Earmark finds best"]
    next(each for each in menu.actions() if each.text() == "Show notes").trigger()
    menu.close()
    assert dialog.chapters.value is ChapterSource.OUTLINE


# Downloads that go


@pytest.fixture
def played(services: Services, library: Library) -> None:
    """The episode that is downloaded has been played."""
    writer = open_writer(services.profile.database)
    listening.set_played(writer, [library.main], True, NOW)
    writer.close()


@pytest.mark.usefixtures("played")
def test_a_rule_says_what_it_would_remove(dialog: PodcastSettings) -> None:
    assert dialog.keep.consequence.text() == "Downloads stay until you remove them."
    QTest.mouseClick(dialog.keep.kind.buttons["played"], Left)
    assert dialog.keep.consequence.text().startswith("Would remove nothing now.")
    dialog.keep.days.setValue(0)
    assert dialog.keep.consequence.text().startswith("Would remove 1 download · 302 MB now.")


@pytest.mark.usefixtures("played")
def test_removal_is_told_and_undone(window: MainWindow, services: Services, library: Library, home: InlineHome) -> None:
    services.keeping.start()
    services.rule_book.set(library.lex, PodcastRules(keep=Keep(KeepKind.PLAYED, 0))).result()
    home.tick()
    assert window.notices.words.text() == "1 download is removed as its podcast's settings say, 302 MB."
    QTest.mouseClick(window.notices.action, Left)
    for _ in range(3):
        home.tick()
    download = services.library.download(library.main)
    assert download.state is DownloadState.COMPLETE
    menu = open_episode_menu(window, services, library)
    keep = next(each for each in menu.actions() if each.text() == "Keep this download")
    assert keep.isChecked()
    keep.trigger()
    menu.close()
    for _ in range(2):
        home.tick()
    assert services.library.download(library.main).state is DownloadState.NONE


def open_episode_menu(window: MainWindow, services: Services, library: Library) -> QMenu:
    found = services.library.episode(library.main)
    marking = Marking(services, window.errands)
    open_menu(services, found, window.list, QPoint(10, 10), marking, lambda: None)
    menu = window.list.findChild(QMenu)
    assert menu is not None
    return menu


# The timeline


def test_the_edges_are_hatched(playing: MainWindow, services: Services, library: Library) -> None:
    timeline = playing.player.timeline
    before = timeline.grab().toImage()
    services.rule_book.set(library.lex, PodcastRules(Edges(600_000, 900_000))).result()
    assert services.playback.state.edges == Edges(600_000, 900_000)
    assert timeline.place_at(1_000) == "Introduction · skipped · 0:01"
    assert timeline.place_at(700_000) == "Introduction · 11:40"
    assert timeline.place_at(5 * 3_600_000 + 900_000).startswith("Future of AI · skipped")
    assert timeline.grab().toImage() != before
