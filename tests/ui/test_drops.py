"""What is dragged over the window and dropped there: what it says that it will do, and what it then does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from player.app.compose import Services
from player.core.model import ChapterSource
from player.core.timecode import parse_timecode
from player.system.paths import Profile
from player.ui.add_podcast import AddPodcast
from player.ui.drop_veil import DropVeil, _cut, _fits, drop_words
from player.ui.drops import Dropped, sorted_drop, sorted_words
from player.ui.main_window import MainWindow
from player.ui.places import QUEUE
from seeded import Library, audio_of
from webserver import Route, WebServer

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    # The way to make these by hand is another one from Qt 6.12 on.
    pytest.mark.filterwarnings("ignore:Function. 'QDrag"),
]

Left, NoKey, Copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
OUTLINE = "0:00 Beginning\n1:00:00 Middle\n2:00:00 End\n"
USELESS = "Earmark takes audio files, OPML files, addresses of podcasts, and outlines with times."


FEED = b"""<rss version="2.0"><channel><title>Fresh Show</title><item><title>One</title><guid>1</guid>
<enclosure url="http://127.0.0.1:1/1.mp3" type="audio/mpeg" length="1"/></item></channel></rss>"""


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as server:
        server["/feed"] = Route(FEED, content_type="application/rss+xml")
        server["/page"] = Route(b"<!doctype html><html><title>Hi</title></html>", content_type="text/html")
        yield server


def mime(*urls: QUrl | Path | str, text: str = "") -> QMimeData:
    data = QMimeData()
    if urls:
        data.setUrls([QUrl.fromLocalFile(str(each)) if isinstance(each, Path) else QUrl(each) for each in urls])
    if text:
        data.setText(text)
    return data


class Mouse:
    """Drags something over a widget as another program does."""

    def __init__(self, widget: QWidget, data: QMimeData) -> None:
        self._widget, self._data = widget, data

    def enter(self) -> bool:
        event = QDragEnterEvent(QPoint(300, 300), Copy | Qt.DropAction.MoveAction, self._data, Left, NoKey)
        QApplication.sendEvent(self._widget, event)
        return event.isAccepted()

    def move(self) -> bool:
        event = QDragMoveEvent(QPoint(310, 310), Copy | Qt.DropAction.MoveAction, self._data, Left, NoKey)
        event.ignore()
        QApplication.sendEvent(self._widget, event)
        return event.isAccepted() and event.dropAction() is Copy

    def leave(self) -> None:
        QApplication.sendEvent(self._widget, QDragLeaveEvent())

    def drop(self) -> None:
        event = QDropEvent(QPointF(310, 310), Copy | Qt.DropAction.MoveAction, self._data, Left, NoKey)
        QApplication.sendEvent(self._widget, event)
        assert event.dropAction() is Copy, "whoever it comes from keeps it"


def drop(window: MainWindow, data: QMimeData) -> str:
    """Drop it; what was said before."""
    return drop_onto(window, window.veil, data)


def drop_onto(widget: QWidget, veil: DropVeil, data: QMimeData) -> str:
    """Likewise, onto another widget."""
    mouse = Mouse(widget, data)
    assert mouse.enter()
    assert veil.geometry() == widget.rect()
    assert not widget.grab().isNull()
    words = veil.words
    mouse.drop()
    assert not veil.isVisible()
    return words


def test_they_are_sorted(tmp_path: Path) -> None:
    names = ("a.mp3", "b.OPML", "c.m4b", "notes.txt", "d", "Cover.JPG")
    dropped = sorted_drop(mime(*(tmp_path / name for name in names), "https://example.org/feed", tmp_path))
    assert [path.name for path in dropped.audio] == ["a.mp3", "c.m4b", "d"]
    assert [path.name for path in dropped.lists] == ["b.OPML"]
    assert [path.name for path in dropped.note_files] == ["notes.txt"]
    assert dropped.addresses == ("https://example.org/feed",)
    assert dropped.folders == (tmp_path,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org/feed", Dropped(addresses=("https://example.org/feed",))),
        ("feed://a.org/x\r\nhttps://b.org", Dropped(addresses=("feed://a.org/x", "https://b.org"))),
        ("earmark://episode/f/g", Dropped(links=("earmark://episode/f/g",))),
        (OUTLINE, Dropped(notes=OUTLINE.strip())),
        ("(1:08:52) Export controls", Dropped(notes="(1:08:52) Export controls")),
        ("some words: more", Dropped()),
        ("", Dropped()),
    ],
)
def test_texts_are_told_apart(text: str, expected: Dropped) -> None:
    assert sorted_drop(mime(text=text)) == expected


def test_words_of_a_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    dropped = sorted_words(["a b#1.mp3", f"file://{tmp_path}/c%20d.mp3", "feed:x.org/rss", "earmark://episode/f/g"])
    assert dropped == Dropped(
        audio=(tmp_path / "a b#1.mp3", tmp_path / "c d.mp3"),
        addresses=("feed:x.org/rss",),
        links=("earmark://episode/f/g",),
    )


def test_the_veil_says_what_will_happen(window: MainWindow, library: Library, tmp_path: Path) -> None:
    window.show_episode(library.main)
    mouse = Mouse(window, mime(tmp_path / "a.mp3", tmp_path / "b.mp3", tmp_path / "c.opml", "https://x.org/feed"))
    assert mouse.enter()
    assert window.veil.isVisible()
    assert window.veil.geometry() == window.rect()
    assert window.veil.words == "Subscribe to 1 podcast\nImport “c.opml”\nPlay “a.mp3” and 1 more"
    assert window.veil.accessibleName() == window.veil.words
    assert not window.grab().isNull()
    assert mouse.move()
    mouse.leave()
    assert not window.veil.isVisible()
    assert drop_words(Dropped(notes=OUTLINE), "One") == "Take the outline as the chapters of “One”"
    assert drop_words(Dropped(), "One") == USELESS


def test_rows_that_are_sorted_are_none_of_its_business(window: MainWindow) -> None:
    window.show_place(QUEUE)
    data = QMimeData()
    data.setData("application/x-earmark-queue", b"1")
    assert not Mouse(window, data).enter()
    assert not window.veil.isVisible()


def test_an_outline_becomes_the_chapters_of_the_page(
    window: MainWindow, services: Services, library: Library, tmp_path: Path
) -> None:
    window.show_episode(library.episodes[3])
    title = services.library.episode(library.episodes[3]).title
    assert drop(window, mime(text=OUTLINE)) == f"Take the outline as the chapters of “{title}”"
    assert "3 chapters" in window.notices.words.text()
    window.notices.action.click()
    assert services.chapters.chosen(library.episodes[3]) is None
    path = tmp_path / "notes.txt"
    path.write_text(OUTLINE, encoding="utf-8")
    drop(window, mime(path))
    chosen = services.chapters.chosen(library.episodes[3])
    assert chosen is not None
    assert chosen.source is ChapterSource.LISTENER
    assert [chapter.start for chapter in chosen.chapters] == [0, parse_timecode("1:00:00"), parse_timecode("2:00:00")]
    path.unlink()
    drop(window, mime(path))
    assert window.notices.words.text() == f"{path} cannot be used: no such file or directory."


def test_without_an_episode_an_outline_is_refused_in_a_sentence(window: MainWindow) -> None:
    window.chapters.show_episode(None)
    words = "An outline belongs to an episode: open its page first."
    assert drop(window, mime(text=OUTLINE)) == words
    assert window.notices.words.text() == words


def test_what_is_of_no_use_says_so(window: MainWindow, tmp_path: Path) -> None:
    assert drop(window, mime(text="some words")) == USELESS
    assert window.notices.words.text() == USELESS
    assert drop(window, mime(tmp_path / "photo.png")) == USELESS
    assert drop(window, mime(tmp_path)) == "Folders cannot be taken; drop the files that are in them."
    page = tmp_path / "talk.mp3"
    page.write_text("<html>not audio</html>", encoding="utf-8")
    assert drop(window, mime(page)) == "Play “talk.mp3”"
    assert "talk.mp3" in window.notices.words.text()


def test_several_addresses_at_once(window: MainWindow, services: Services, server: WebServer) -> None:
    good, bad = server.url("/feed"), server.url("/page")
    drop(window, mime(text=f"{good}\n{bad}"))
    assert window.findChild(AddPodcast) is None, "nobody is asked"
    assert window.notices.words.text().startswith("1 podcast added. ")
    assert "is not a podcast feed" in window.notices.words.text()
    assert "Fresh Show" in [podcast.title for podcast in services.library.podcasts()]


def test_one_address_is_added_in_the_dialog(window: MainWindow, server: WebServer) -> None:
    drop(window, mime(server.url("/feed")))
    assert window.list.head.heading.text() == "Fresh Show"


def test_what_was_promised_is_done_though_its_program_has_gone(window: MainWindow, server: WebServer) -> None:
    data = mime(server.url("/feed"))
    mouse = Mouse(window, data)
    assert mouse.enter()
    data.setUrls([])
    data.setText("-")
    mouse.drop()
    assert window.list.head.heading.text() == "Fresh Show"


@pytest.fixture
def small(playing: MainWindow) -> MainWindow:
    """The window, in whose place its mini player shows."""
    playing.mini_switch.show_mini()
    return playing


def test_the_mini_player_plays_what_is_dropped_onto_it(
    small: MainWindow, services: Services, library: Library, profile: Profile
) -> None:
    services.playback.pause()
    words = drop_onto(small.mini, small.mini_veil, mime(audio_of(profile)))
    assert words == f"Play “{audio_of(profile).name}”"
    assert small.mini.isVisible()
    assert audio_of(profile).name in small.mini.subheading.text(), "the audio of this library is not real"
    words = drop_onto(small.mini, small.mini_veil, mime(text=OUTLINE))
    assert words.startswith("Take the outline as the chapters of “")
    assert len(services.playback.state.chapters) == 3


def test_the_mini_player_adds_an_address_without_a_dialog(
    small: MainWindow, services: Services, server: WebServer
) -> None:
    assert drop_onto(small.mini, small.mini_veil, mime(server.url("/feed"))) == "Subscribe to 1 podcast"
    assert "Fresh Show" in [podcast.title for podcast in services.library.podcasts()]
    assert small.mini.subheading.text() == "1 podcast added."
    drop_onto(small.mini, small.mini_veil, mime(server.url("/page")))
    assert "is not a podcast feed" in small.mini.subheading.text()
    assert (small.mini.isVisible(), small.findChild(AddPodcast)) == (True, None)


def test_what_has_to_be_asked_is_asked_in_the_window(small: MainWindow, server: WebServer) -> None:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{name}">' for name in ("a", "b"))
    server["/page"] = Route(f"<!doctype html><html><head>{links}</head></html>".encode(), content_type="text/html")
    drop_onto(small.mini, small.mini_veil, mime(server.url("/page")))
    assert (small.mini.isVisible(), small.isVisible()) == (False, True)
    dialog = small.findChild(AddPodcast)
    assert dialog is not None
    assert dialog.choices.count() == 2
    dialog.reject()
    assert not small.notices.isVisible(), "nothing is added any more"


def test_the_small_veil_cuts_words_only_where_they_do_not_fit(small: MainWindow, tmp_path: Path) -> None:
    unit = small.mini.fontMetrics().height()
    small.mini.resize(unit * 18, small.mini.height())
    names = ("a " * 40 + ".mp3", "b " * 40 + ".opml", "c.txt")
    mouse = Mouse(small.mini, mime(*(tmp_path / name for name in names), "https://x.org/feed"))
    assert mouse.enter()
    assert not small.mini.grab().isNull()
    mouse.leave()
    paper, room = QImage(small.mini.size(), QImage.Format.Format_RGB32), QRectF(0, 0, unit * 10, unit * 3)
    painter = QPainter(paper)
    cut = _cut(painter, room, small.mini_veil.words)
    assert cut.endswith("…")
    assert _fits(painter, room, cut)
    assert _cut(painter, room, "Subscribe to 1 podcast") == "Subscribe to 1 podcast"
    painter.end()
