from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from directories import bases, body, serve
from player.app.compose import Services, compose
from player.app.control import Control
from player.app.exchange import LibraryImport
from player.app.home import InlineHome
from player.app.jobs import InlineExecutor
from player.app.processes import Processes
from player.app.subscriptions import OpmlResult
from player.audio.scripted import ScriptedEngine
from player.core.accounts import Account
from player.core.addresses import looks_like_address
from player.core.errors import LinkError
from player.core.links import EpisodeLink, link_text
from player.core.model import PodcastId, View
from player.system.paths import open_profile
from player.ui.add_podcast import AddPodcast
from player.ui.drops import Dropped
from player.ui.main_window import MainWindow
from player.ui.places import Place
from seeded import Library
from webserver import Route, WebServer

Left = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Fresh Show</title>
<item><title>First</title><guid>1</guid><enclosure url="http://127.0.0.1:1/a.mp3" type="audio/mpeg" length="1"/></item>
</channel></rss>"""


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as server:
        server["/feed"] = Route(FEED, content_type="application/rss+xml")
        server["/page"] = Route(b"<!doctype html><html><title>Hi</title></html>", content_type="text/html")
        yield server


@pytest.fixture(autouse=True)
def empty_clipboard(application: object) -> None:
    QGuiApplication.clipboard().clear()


def test_adding_by_address(window: MainWindow, services: Services, server: WebServer) -> None:
    dialog = window.errands.add_podcast()
    assert not dialog.add.isEnabled()
    QTest.keyClicks(dialog.address, server.url("/feed"))
    QTest.keyClick(dialog.address, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert [each.title for each in services.library.podcasts()] == ["Acquired", "Fresh Show", "Lex Fridman Podcast"]
    assert window.list.head.heading.text() == "Fresh Show"


def test_a_failure_says_why_and_keeps_the_address(window: MainWindow, server: WebServer) -> None:
    dialog = window.errands.add_podcast(server.url("/page"), starts=True)
    assert dialog.isVisible()
    assert "is not a podcast feed but" in dialog.problem.text()
    assert dialog.address.text() == server.url("/page")
    assert not dialog.address.isReadOnly()
    dialog.address.setText("http://127.0.0.1:1/feed")
    QTest.mouseClick(dialog.add, Left)
    assert "could not be reached" in dialog.problem.text()
    dialog.reject()


def test_a_pasted_outline_is_removed_and_comes_back(window: MainWindow, services: Services, library: Library) -> None:
    window.show_episode(library.main)
    for text in ("0:00 First\n1:00 Second", "0:00 Other\n2:00 Another\n3:00 Third"):
        QGuiApplication.clipboard().setText(text)
        window.errands.paste_outline(library.main)
    window.notices.action.click()
    assert [chapter.title for chapter in window.chapters.model.chapters] == ["First", "Second"]
    window.chapters.removal_asked.emit(library.main)
    assert window.chapters.model.chapters[1].title == "DeepSeek-R1 and DeepSeek-V3"
    assert "is removed" in window.notices.words.text()
    window.notices.action.click()
    assert [chapter.title for chapter in window.chapters.model.chapters] == ["First", "Second"]


def test_a_feed_that_wants_a_password_gets_it(window: MainWindow, services: Services, server: WebServer) -> None:
    server["/feed"].authorization = Account("ann", "s3cret").header
    dialog = window.errands.add_podcast(server.url("/feed"), starts=True)
    assert "127.0.0.1 asks for a name and a password." in dialog.problem.text()
    assert dialog.account.account is None
    assert dialog.account.password.echoMode() is QLineEdit.EchoMode.Password
    for password, is_right in (("wrong", False), ("s3cret", True)):
        dialog.account.user.setText("ann")
        dialog.account.password.setText(password)
        assert dialog.isVisible()
        QTest.keyClick(dialog.account.password, Qt.Key.Key_Return)
        assert dialog.isVisible() is not is_right
        if not is_right:
            assert "127.0.0.1 refused this name and password." in dialog.problem.text()
    assert server.url("/feed") in [each.feed_url for each in services.library.podcasts()]
    assert "until Earmark ends" in window.notices.words.text(), "there is no keyring here"


def test_another_address_wants_no_password_yet(window: MainWindow, server: WebServer) -> None:
    server["/feed"].authorization = "something"
    dialog = window.errands.add_podcast(server.url("/feed"), starts=True)
    dialog.account.user.setText("ann")
    dialog.address.setText(server.url("/page"))
    assert dialog.account.isHidden()
    assert dialog.account.user.text() == ""
    dialog.reject()


def test_an_address_on_the_clipboard_is_there_already(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("https://example.org/feed")
    dialog = window.errands.add_podcast()
    assert dialog.address.text() == "https://example.org/feed"
    dialog.reject()


def test_pasting_an_address_adds_it(window: MainWindow, services: Services, server: WebServer) -> None:
    QGuiApplication.clipboard().setText(server.url("/feed"))
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "Fresh Show" in [each.title for each in services.library.podcasts()]
    assert window.findChild(AddPodcast) is None or not window.findChild(AddPodcast).isVisible()  # type: ignore[union-attr]


def test_a_link_to_a_podcast_that_is_not_here_offers_to_add_it(
    window: MainWindow, services: Services, server: WebServer
) -> None:
    link = link_text(EpisodeLink(server.url("/feed"), "1", 61_000))
    Control(services, lambda _: None).handle({"command": "open-link", "link": link}, lambda _: None)
    notices = window.notices
    assert "is not in the library" in notices.words.text()
    assert notices.action.text() == "Add podcast"
    QTest.mouseClick(notices.action, Left)
    assert "Fresh Show" in [each.title for each in services.library.podcasts()]
    episode = services.playback.state.episode
    assert episode is not None
    assert services.library.episode(episode).title == "First"
    assert window.page.episode == episode
    window.errands.report(LinkError(link, "its podcast has no such episode, or has it no longer"))
    assert not notices.action.isVisible()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org/feed", True),
        (" feed://example.org/feed \n", True),
        ("example.org/feed", False),
        ("https://a.org https://b.org", False),
        ("0:00 Intro", False),
        ("", False),
    ],
)
def test_addresses(text: str, expected: bool) -> None:
    assert looks_like_address(text) is expected


def test_importing_opml(window: MainWindow, services: Services, server: WebServer, tmp_path: Path) -> None:
    opml = tmp_path / "feeds.opml"
    opml.write_text(
        f'<opml version="2.0"><body><outline type="rss" text="Fresh" xmlUrl="{server.url("/feed")}"/>'
        f'<outline type="rss" text="Bad" xmlUrl="{server.url("/page")}"/></body></opml>',
        encoding="utf-8",
    )
    window.taking.take(Dropped(lists=(opml,)))
    assert window.list.head.heading.text() == "Fresh Show"
    assert "is not a podcast feed" in window.notices.words.text()


def test_what_an_import_did(window: MainWindow) -> None:
    for done, words in (
        (OpmlResult((), 2, ()), "0 podcasts added, 2 were there already."),
        (OpmlResult((PodcastId(1),), 1, ()), "1 podcast added, 1 was there already."),
        (LibraryImport((PodcastId(1), PodcastId(2)), 0, 0, 3), "2 podcasts added."),
        (
            LibraryImport((), 1, 1, 0),
            "0 podcasts added, 1 was there already. Places and changes of 1 episode were taken over.",
        ),
    ):
        window.errands.import_export.on_imported(done)
        assert window.notices.words.text() == words
    window.errands.import_export.on_imported(OpmlResult((), 0, ("One went wrong.", "Another.", "A third.")))
    assert window.notices.words.text() == "0 podcasts added. One went wrong. 2 more could not be read."
    window.errands.import_export.on_imported(OpmlResult((), 0, ("One went wrong.", "Another.")))
    assert window.notices.words.text() == "0 podcasts added. One went wrong. 1 more could not be read."


def test_an_opml_document_that_is_none(window: MainWindow, tmp_path: Path) -> None:
    window.errands.import_export.import_file(tmp_path / "missing.opml")
    assert "missing.opml" in window.notices.words.text()


def test_removing_can_be_undone(window: MainWindow, services: Services, library: Library) -> None:
    window.show_place(Place(podcast=library.other))
    podcast = services.library.podcast(library.other)
    window.sidebar.removal_asked.emit(podcast)
    assert window.sidebar.model.place_row(Place(podcast=library.other)) is None
    assert window.list.place == Place(View.NEW)
    QTest.mouseClick(window.notices.action, Left)
    assert window.sidebar.model.place_row(Place(podcast=library.other)) is not None
    assert len(services.library.podcasts()) == 2


def test_removing_is_done_when_it_is_not_undone(window: MainWindow, services: Services, library: Library) -> None:
    window.errands.remove_podcast(services.library.podcast(library.other))
    assert len(services.library.podcasts()) == 2
    window.errands._removal_timer.timeout.emit()
    assert [each.id for each in services.library.podcasts()] == [library.lex]
    window.errands.remove_podcast(services.library.podcast(library.lex))
    window.close()
    assert services.library.podcasts() == []


def test_refreshing_reports_what_fails(window: MainWindow, services: Services, library: Library) -> None:
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert "could not be reached" in window.notices.words.text()
    assert services.library.podcast(library.lex).problem
    window.show_place(Place(podcast=library.lex))
    assert "could not be reached" in window.list.head.problem.text()
    assert "It is asked again at " in window.list.head.problem.text()
    services.settings.change(refresh_minutes=0)
    window.list.refresh()
    assert "asked again" not in window.list.head.problem.text()


def test_first_start(show_window: Callable[[], MainWindow], bare: Services, server: WebServer) -> None:
    window = show_window()
    assert window.whole.currentWidget() is window.welcome
    assert not window.player.isVisible()
    assert not window.goto.isVisible()
    QTest.mouseClick(window.welcome.add, Left)
    dialog = window.findChild(AddPodcast)
    assert isinstance(dialog, AddPodcast)
    dialog.address.setText(server.url("/feed"))
    dialog.start()
    assert window.whole.currentWidget() is window.library
    assert window.player.isVisible()
    assert window.sidebar.model.place_row(Place(podcast=PodcastId(bare.library.podcasts()[0].id))) is not None


def test_the_sample_needs_no_network(show_window: Callable[[], MainWindow], bare: Services) -> None:
    window = show_window()
    QTest.mouseClick(window.welcome.sample, Left)
    assert len(bare.library.podcasts()) == 1
    assert window.whole.currentWidget() is window.library


@pytest.mark.parametrize("button", ["opml", "open"])
def test_choosing_a_file(show_window: Callable[[], MainWindow], button: str) -> None:
    window = show_window()
    QTest.mouseClick(getattr(window.welcome, button), Left)
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit("/nowhere/at/all.opml")
    assert "/nowhere/at/all.opml" in window.notices.words.text()
    dialog.reject()


def test_one_of_several_feeds_is_chosen(window: MainWindow, services: Services, server: WebServer) -> None:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="Show ({form})" href="/{path}">'
        for form, path in (("Opus", "opus"), ("MP3", "feed"))
    )
    server["/show"] = Route(f"<!doctype html><title>Hi</title>{links}".encode(), content_type="text/html")
    dialog = window.errands.add_podcast(server.url("/show"), starts=True)
    assert dialog.choices.isVisible()
    assert dialog.problem.text() == "This page names several feeds; choose one."
    assert [dialog.choices.item(row).text() for row in range(dialog.choices.count())] == ["Show (Opus)", "Show (MP3)"]
    QTest.keyClick(dialog.address, Qt.Key.Key_Down)
    QTest.keyClick(dialog.address, Qt.Key.Key_Down)
    QTest.keyClick(dialog.address, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert "Fresh Show" in [each.title for each in services.library.podcasts()]


def test_choices_go_with_the_text_that_they_are_for(window: MainWindow, server: WebServer) -> None:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{n}">' for n in range(2))
    server["/show"] = Route(f"<!doctype html><title>Hi</title>{links}".encode(), content_type="text/html")
    dialog = window.errands.add_podcast(server.url("/show"), starts=True)
    QTest.mouseClick(dialog.choices.viewport(), Left)
    dialog.choices.itemActivated.emit(dialog.choices.currentItem())
    assert "nothing at" in dialog.problem.text()
    assert dialog.choices.isVisible(), "another one may be tried"
    dialog.address.setText("https://x.org")
    assert not dialog.choices.isVisible()
    dialog.reject()


def test_a_document_by_its_address(window: MainWindow, services: Services, server: WebServer) -> None:
    body = f"<opml version='2.0'><body><outline xmlUrl='{server.url('/feed')}'/></body></opml>"
    server["/list"] = Route(body.encode(), content_type="text/x-opml")
    dialog = window.errands.add_podcast(server.url("/list"), starts=True)
    assert not dialog.isVisible()
    assert "Fresh Show" in [each.title for each in services.library.podcasts()]
    assert window.notices.words.text() == "1 podcast added."


@pytest.fixture
def directory(server: WebServer, services: Services, monkeypatch: pytest.MonkeyPatch) -> WebServer:
    """A directory that finds two podcasts for “bees”, of which the second is subscribed to, and none for “x”."""
    monkeypatch.setattr("player.net.directories.Bases", lambda: bases(server))
    known = services.library.podcasts()[0]
    found = [
        {"collectionName": "Bees", "artistName": "Ann", "trackCount": 12, "feedUrl": server.url("/feed")},
        {"collectionName": known.title, "feedUrl": known.feed_url + "/"},
    ]
    path = "/apple/search?term={}&media=podcast&entity=podcast&limit=40"
    serve(server, path.format("bees"), body({"results": found}))
    serve(server, path.format("x"), body({"results": []}))
    return server


def test_words_are_searched_for_and_one_is_chosen(window: MainWindow, services: Services, directory: WebServer) -> None:
    dialog = window.errands.add_podcast()
    QTest.keyClicks(dialog.address, "bees")
    assert dialog.add.text() == "Search"
    QTest.keyClick(dialog.address, Qt.Key.Key_Return)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert [dialog.choices.item(row).data(role) for row in range(dialog.choices.count())] == [
        "Bees · Ann · 12 episodes",
        "Acquired · Subscribed",
    ]
    assert dialog.add.text() == "Add"
    QTest.keyClick(dialog.address, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert "Fresh Show" in [each.title for each in services.library.podcasts()]
    assert window.list.head.heading.text() == "Fresh Show"
    assert len(directory.asked("/feed")) == 1


def test_a_podcast_that_is_there_is_shown(window: MainWindow, services: Services, directory: WebServer) -> None:
    assert directory.requests == []
    count = len(services.library.podcasts())
    dialog = window.errands.add_podcast("bees", starts=True)
    QTest.keyClick(dialog.address, Qt.Key.Key_Down)
    dialog.choices.itemActivated.emit(dialog.choices.currentItem())
    assert window.list.head.heading.text() == "Acquired"
    assert len(services.library.podcasts()) == count


def test_nothing_found_and_a_directory_that_fails(window: MainWindow, directory: WebServer) -> None:
    assert directory.requests == []
    dialog = window.errands.add_podcast("x", starts=True)
    assert dialog.problem.text() == "Nothing found; try other words, or paste the address of the feed."
    assert not dialog.choices.isVisible()
    dialog.address.setText("other")
    QTest.mouseClick(dialog.add, Left)
    assert "HTTP 404" in dialog.problem.text()
    dialog.reject()


class Undecided(Executor):
    """Takes work and does none of it."""

    def __init__(self) -> None:
        self.futures: list[Future[Any]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """What never comes, until it is cancelled."""
        del fn, args, kwargs
        self.futures.append(Future())
        return self.futures[-1]


def test_while_it_looks_the_field_keeps_the_keys(window: MainWindow, engine: ScriptedEngine, tmp_path: Path) -> None:
    executor = Undecided()
    services = compose(
        open_profile(tmp_path / "other"),
        InlineHome(),
        engine=lambda: engine,
        executor=executor,
        writing=InlineExecutor(),
        processes=Processes(0),
    )
    dialog = AddPodcast(services, window, "bees")
    dialog.show()
    dialog.address.setFocus()
    before = len(executor.futures)
    for _ in range(2):
        QTest.keyClick(dialog.address, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.address, "more")
    assert len(executor.futures) == before + 1, "Enter asks once"
    assert dialog.isVisible()
    assert dialog.busy.isVisible()
    assert dialog.focusWidget() is dialog.address
    assert dialog.address.text() == "bees"
    dialog.reject()
    for future in executor.futures:
        future.cancel()
    services.close()
