"""The menus of the chapter column: where the chapters come from, and what can be copied of them.

Must not know where a menu opens, nor how the column shows anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu

from player.app.chapter_view import ChapterView
from player.app.chapter_words import listed_source
from player.core.model import Chapter, ChapterSource
from player.core.timecode import format_timecode
from player.ui.chapter_model import title_of
from player.ui.texts import shown, translate

Choose = Callable[[ChapterSource | None], object]

_OPENED = ("http", "https", "mailto")


def add_sources(menu: QMenu, view: ChapterView, choose: Choose, prefer: Choose) -> None:
    """Fill `menu` with the sources that an episode has: for this episode alone, and for the whole podcast."""
    if view.chosen is None:
        return
    lists = (view.chosen, *view.others)
    _add(menu, translate("chapters", "As Earmark finds best"), view.asked is None, partial(choose, None))
    for each in lists:
        words = f"{named(each.source)} ({len(each.chapters)})"
        is_asked = view.asked is each.source
        _add(menu, words, is_asked, partial(choose, each.source))
    menu.addSeparator()
    always = menu.addMenu(translate("chapters", "For all episodes of this podcast"))
    _add(always, translate("chapters", "As Earmark finds best"), view.preferred is None, partial(prefer, None))
    sources: list[ChapterSource] = [each.source for each in lists if each.source is not ChapterSource.LISTENER]
    if view.preferred is not None and view.preferred not in sources:
        sources.append(view.preferred)
    for source in sources:
        _add(always, named(source), view.preferred is source, partial(prefer, source))


def add_resets(
    menu: QMenu, view: ChapterView, revert: Callable[[], None], forget: Callable[[], None], follow: Callable[[], None]
) -> None:
    """What leads back to the chapters as they were read: without the listener's edits, and at the published times."""
    if view.is_edited:
        menu.addAction(translate("chapters", "Take all changes back")).triggered.connect(lambda _checked: revert())
    if view.has_anchors:
        words = translate("chapters", "Forget the starts I set")
        menu.addAction(words).triggered.connect(lambda _checked: forget())
    elif view.alignment is not None:
        words = translate("chapters", "Do not move times by the audio file")
        menu.addAction(words).triggered.connect(lambda _checked: forget())
    elif not view.follows_file:
        words = translate("chapters", "Move times by the audio file")
        menu.addAction(words).triggered.connect(lambda _checked: follow())


def add_copies(menu: QMenu, chapter: Chapter, number: int) -> None:
    """What can be taken from one chapter: its link to open or to copy, its title with its time. `number` from 0."""
    if chapter.link:
        link = chapter.link
        menu.addAction(translate("chapters", "Open link")).triggered.connect(lambda: open_link(link))
        menu.addAction(translate("chapters", "Copy link")).triggered.connect(lambda: copy(link))
    words = f"{format_timecode(chapter.start)} {title_of(chapter, number)}"
    menu.addAction(translate("chapters", "Copy time and title")).triggered.connect(lambda: copy(words))


def outline_of(chapters: Sequence[Chapter]) -> str:
    """The chapters as an outline that can be pasted anywhere: a line for each, nested ones indented."""
    return "\n".join(
        f"{'  ' * chapter.level}{format_timecode(chapter.start)} {title_of(chapter, index)}"
        for index, chapter in enumerate(chapters)
    )


def copy(words: str) -> None:
    """Put a text on the clipboard."""
    QGuiApplication.clipboard().setText(words)


def open_link(address: str) -> None:
    """Open a chapter's link in the browser; only addresses of the web and of mail are opened."""
    url = QUrl(address)
    if url.scheme().lower() in _OPENED:
        QDesktopServices.openUrl(url)


def named(source: ChapterSource) -> str:
    """The name of a source as it stands alone: "Show notes"."""
    words = shown(listed_source(source))
    return words[:1].upper() + words[1:]


def _add(menu: QMenu, words: str, is_on: bool, act: Callable[[], object]) -> None:
    action = menu.addAction(words)
    action.setCheckable(True)
    action.setChecked(is_on)
    action.triggered.connect(lambda _checked: act())
