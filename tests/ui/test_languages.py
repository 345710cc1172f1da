"""The window in German: all that one can read in it is German, and the language follows what the system is set to."""

from __future__ import annotations

import re
import subprocess
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QSpinBox,
    QTabBar,
    QTableView,
    QWidget,
)

from player.app.compose import Services
from player.app.sentences import sentence
from player.core.errors import DownloadError, NetworkError
from player.core.events import ProblemReported
from player.core.model import Download, DownloadState
from player.core.phrases import Phrase
from player.core.sound import Listened
from player.storage import episodes
from player.storage.database import open_writer
from player.system.paths import Profile
from player.ui.cleaning import Cleaning
from player.ui.languages import first_known, speak
from player.ui.main_window import MainWindow
from player.ui.places import BOOKMARKS, QUEUE, SEARCH, Place
from player.ui.texts import (
    chapters_text,
    count_text,
    date_text,
    duration_text,
    episodes_text,
    error_text,
    short_number_text,
    size_text,
)
from seeded import NOW, OUTLINE, Library

TRANSLATIONS = Path(__file__).parents[2] / "resources" / "translations"
ENGLISH = re.compile(
    r"\b(the|and|of|with|to|is|are|not|this|by|for|from|when|where|your|you|all|play|chapters?|episodes?|queue|skip|"
    r"bookmarks?|settings|left|heard|show|time|files?)\b",
    re.IGNORECASE,
)
"""Words that no German sentence has."""
STAYS = re.compile(r"Podcasting|All-In|https?://\S+|earmark://\S+|\S+\.\w{2,4}\b|/\S+")
"""What stays English: names, addresses, files."""


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the compiled German translation."""
    folder = tmp_path_factory.mktemp("translations")
    tool = Path(sysconfig.get_path("scripts")) / "pyside6-lrelease"
    made = folder / "earmark_de.qm"
    subprocess.run([tool, "-silent", TRANSLATIONS / "earmark_de.ts", "-qm", made], check=True)
    return folder


@pytest.fixture
def german(application: QApplication, compiled: Path) -> Iterator[None]:
    before = QLocale()
    translators = speak(application, QLocale("de_DE"), compiled)
    assert len(translators) == 2
    assert not any(each.isEmpty() for each in translators)
    yield
    for translator in translators:
        application.removeTranslator(translator)
    QLocale.setDefault(before)


def sources() -> set[str]:
    """What is said otherwise in German, wherever it is said."""
    messages = list(ElementTree.parse(TRANSLATIONS / "earmark_de.ts").getroot().iter("message"))
    said = {each.findtext("translation", "").strip() for each in messages}
    return {each.findtext("source", "").strip() for each in messages} - said


SAID_OTHERWISE = sources()


def texts(widget: QWidget) -> Iterator[str]:
    """All that one can read on a widget, or hear of it."""
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QSpinBox):
        yield widget.text()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(number) for number in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(number) for number in range(widget.count()))
    if isinstance(widget, QMenu):
        yield widget.title()
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        for row in range(min(30, model.rowCount())):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
                yield str(model.index(row, 0).data(role) or "")
        if isinstance(widget, QTableView):
            columns = range(model.columnCount())
            yield from (str(model.headerData(column, Qt.Orientation.Horizontal) or "") for column in columns)
    words = getattr(widget, "words", None)
    if isinstance(words, str):
        yield words
    yield from (action.text() for action in widget.actions())


def english(top: QWidget) -> list[str]:
    """What is English on a window and all that is in it."""
    found: dict[str, None] = {}
    for widget in (top, *top.findChildren(QWidget)):
        for text in texts(widget):
            plain = re.sub(r"<[^>]*>", " ", text)
            for title in ("Lex Fridman Podcast", "Acquired", *(title for _, title in OUTLINE)):
                plain = plain.replace(title, "")
            if text.strip() in SAID_OTHERWISE or ENGLISH.search(STAYS.sub("", plain)):
                found[f"{type(widget).__name__}: {text}"] = None
    return list(found)


@pytest.mark.usefixtures("german")
@pytest.mark.qt_log_ignore("This plugin does not support")
class TestGerman:
    def test_the_first_start(self, show_window: Callable[[], MainWindow]) -> None:
        window = show_window()
        assert "Kapitel" in window.actions_table["edit_chapters"].text()
        assert english(window) == []

    def test_the_page_the_chapters_and_the_player(self, playing: MainWindow) -> None:
        playing.actions_table["bookmark"].trigger()
        playing.chapters.edit_button.click()
        assert english(playing) == []

    def test_the_lists(self, window: MainWindow, library: Library) -> None:
        for place in (QUEUE, BOOKMARKS, SEARCH, Place(podcast=library.lex)):
            window.show_place(place)
        assert english(window) == []

    def test_the_dialogs(self, window: MainWindow, services: Services, library: Library) -> None:
        services.sounds.count(Listened(5_000_000, by_speed=900_000), is_last=True)
        for command in ("settings", "statistics", "skip_rules", "shortcuts", "downloads_settings", "add_podcast"):
            window.actions_table[command].trigger()
        window.podcasts.open_settings(library.lex)
        Cleaning(services, window)
        dialogs = window.findChildren(QDialog)
        assert len(dialogs) == 8
        for dialog in dialogs:
            assert english(dialog) == []
            dialog.reject()

    def test_the_menus(self, playing: MainWindow) -> None:
        playing.top.more.click()
        playing.chapters.more.click()
        menus = playing.findChildren(QMenu)
        assert sum(bool(menu.actions()) for menu in menus) >= 2
        for menu in menus:
            assert english(menu) == []
            menu.close()

    def test_the_walk_finds_an_english_word(self, window: MainWindow) -> None:
        window.addAction(QAction("Skip this chapter", window))
        assert english(window) == ["MainWindow: Skip this chapter"]

    def test_sentences_that_are_made_without_qt(self, window: MainWindow, services: Services, library: Library) -> None:
        reason = Phrase("reasons", "it did not answer in {seconds} seconds").filled(seconds=30)
        error = NetworkError("https://a.example/feed", reason)
        said = "a.example war nicht erreichbar: er hat in 30 Sekunden nicht geantwortet."
        assert error_text(error).startswith(said)
        services.bus.publish(ProblemReported(error))
        assert window.notices.words.text().startswith(said)

    def test_what_is_kept_is_said_in_german_too(
        self, window: MainWindow, services: Services, library: Library, profile: Profile
    ) -> None:
        """The sentence of an error is kept in the library, and said in whatever language the window speaks then."""
        error = DownloadError("https://a.example/1.mp3", Phrase("reasons", "the disk is full"))
        failed = Download(library.episodes[1], DownloadState.FAILED, problem=sentence(error))
        with closing(open_writer(profile.database)) as writer:
            episodes.set_download(writer, failed)
        window.show_episode(library.episodes[1])
        assert "die Festplatte ist voll" in window.page.progress.words.text()
        kept = services.library.episode(library.episodes[1]).download.problem or ""
        assert kept.startswith("The download from a.example stopped: the disk is full.")

    def test_amounts_within_sentences(self) -> None:
        there = Phrase("reasons", "{size} MB").filled(size=1234.5)
        reason = Phrase("reasons", "{reason}, after {there}").filled(reason="x", there=there)
        assert "x, nach 1.234,5\N{NO-BREAK SPACE}MB." in error_text(DownloadError("http://a/b", reason))
        assert [episodes_text(100_000), count_text(1234)] == ["100.000 Folgen", "1.234"]
        assert [short_number_text(each) for each in (26.12, 24.0, 1.5)] == ["26,12", "24", "1,5"]

    def test_numbers_dates_and_counts(self) -> None:
        assert size_text(1_400_000) == "1,4 MB"
        assert duration_text(18_900_000) == "5\u00a0h 15\u00a0min"
        assert date_text(NOW) == "9. Oktober 2025"
        assert (chapters_text(1), chapters_text(25)) == ("1 Kapitel", "25 Kapitel")


def test_the_first_language_that_there_is(compiled: Path) -> None:
    german, english = QLocale.Language.German, QLocale.Language.English
    assert first_known(["de-AT", "de", "de-Latn-AT"], compiled) is german
    assert first_known(["fr-FR", "fr", "de"], compiled) is german
    assert first_known(["en-GB", "de"], compiled) is english
    assert first_known(["fr"], compiled) is english
    assert first_known([], compiled) is english
    assert first_known(["de"], compiled / "none") is english
