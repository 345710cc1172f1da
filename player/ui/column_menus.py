"""The three menus of the chapter column: of the whole list, of where it comes from, and of a row.

Must not know how the column shows anything; what is in the menus is put together here, the parts in `chapter_menus`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from player.app.chapter_view import ChapterView
from player.app.clips import Span
from player.app.compose import Services
from player.core.model import Chapter, ChapterSource, EpisodeId
from player.ui.bookmark_links import add_bookmark_to_menu, add_link_to_menu
from player.ui.chapter_hearing import ChapterHearing
from player.ui.chapter_menus import add_copies, add_resets, add_sources, copy, outline_of
from player.ui.chapter_model import title_of
from player.ui.chapter_notes import has_web_pictures
from player.ui.chapter_skipping import ChapterSkipping
from player.ui.menus import menu_about
from player.ui.queue_menu import add_chapter_to_menu
from player.ui.sleep_popup import add_sleep_to_menu
from player.ui.texts import translate


@dataclass(frozen=True, slots=True)
class Shown:
    """What a menu is about."""

    episode: EpisodeId | None
    view: ChapterView
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the column does for its menus."""

    paste: Callable[[], None]
    save: Callable[[EpisodeId], None]
    export: Callable[[EpisodeId], None]
    clip: Callable[[Span], None]
    remove_outline: Callable[[EpisodeId], None]
    resets: tuple[Callable[[], None], Callable[[], None], Callable[[], None]]
    """Take all changes back; forget the starts that were set; follow the audio file."""
    play: Callable[[int], None]
    edit: Callable[[int], None]
    tell: Callable[[str], None]


class ColumnMenus:
    """Opens the menus at a widget."""

    def __init__(
        self, services: Services, owner: QWidget, wishes: Wishes, skipping: ChapterSkipping, hearing: ChapterHearing
    ) -> None:
        self._services = services
        self._owner = owner
        self._wishes = wishes
        self._skipping = skipping
        self._hearing = hearing

    def open_list_menu(self, shown: Shown, button: QWidget) -> None:
        """What can be done with the whole list."""
        menu = menu_about(button.accessibleName(), self._owner)
        episode = shown.episode
        menu.addAction(translate("chapters", "Paste outline")).triggered.connect(lambda _checked: self._wishes.paste())
        self._add_outline(menu, shown)
        if episode is not None:
            menu.addSeparator()
            self._add_saving(menu, shown, episode)
            menu.addSeparator()
        if shown.view.chosen is not None and episode is not None:
            self._add_sources(menu.addMenu(translate("chapters", "Chapters from")), shown.view, episode)
            self._add_pictures(menu, shown.view, episode)
            if any(each.source is ChapterSource.LISTENER for each in (shown.view.chosen, *shown.view.others)):
                remove = menu.addAction(translate("chapters", "Remove pasted outline"))
                remove.triggered.connect(lambda _checked: self._wishes.remove_outline(episode))
        if shown.chapters:
            menu.addSeparator()
            self._hearing.add_list_entries(menu)
        if shown.view.skipped:
            heard = menu.addAction(translate("chapters", "Hear all skipped chapters again"))
            heard.triggered.connect(lambda _checked: self._skipping.hear_all())
        if episode is not None:
            add_resets(menu, shown.view, *self._wishes.resets)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def open_source_menu(self, shown: Shown, line: QWidget) -> None:
        """Where the chapters come from."""
        if shown.episode is not None:
            menu = menu_about(line.accessibleName(), self._owner)
            self._add_sources(menu, shown.view, shown.episode)
            menu.popup(line.mapToGlobal(line.rect().bottomLeft()))

    def open_row_menu(self, shown: Shown, number: int, at: QPoint, editing: list[QAction]) -> None:
        """What can be done with one chapter; `editing` are the actions that change it, while they count."""
        menu = menu_about(title_of(shown.chapters[number], number), self._owner)
        play = menu.addAction(translate("chapters", "Play from here"))
        play.triggered.connect(lambda _checked: self._wishes.play(number))
        self._hearing.add_to_menu(menu, number)
        menu.addSeparator()
        is_skipped = number in shown.view.skipped
        words = (
            translate("chapters", "Hear this chapter again")
            if is_skipped
            else translate("chapters", "Skip this chapter")
        )
        menu.addAction(words).triggered.connect(lambda _checked: self._skipping.toggle(number))
        always = menu.addAction(
            translate("chapters", "The rule that skips it…")
            if self._skipping.rule_of(number)
            else translate("chapters", "Skip always by title…")
        )
        always.setEnabled(bool(shown.chapters[number].title))
        always.triggered.connect(lambda _checked: self._skipping.skip_always(number))
        self._hearing.add_marks(menu, number)
        add_sleep_to_menu(menu, self._services, shown.episode, number, self._wishes.tell)
        menu.addSeparator()
        add_chapter_to_menu(menu, self._services.queue, shown.episode, shown.chapters, number)
        add_bookmark_to_menu(menu, self._services, shown.episode, shown.chapters[number].start)
        add_copies(menu, shown.chapters[number], number)
        add_link_to_menu(menu, self._services, shown.episode, shown.chapters[number].start)
        self._add_outline(menu, shown)
        self._add_clip(menu, shown, number)
        if not editing:
            menu.addAction(translate("chapters", "Edit chapters")).triggered.connect(
                lambda _checked: self._wishes.edit(number)
            )
        else:
            menu.addSeparator()
            menu.addActions(editing)
        menu.popup(at)

    def _add_outline(self, menu: QMenu, shown: Shown) -> None:
        outline = menu.addAction(translate("chapters", "Copy outline"))
        outline.setEnabled(bool(shown.chapters))
        outline.triggered.connect(lambda _checked: copy(outline_of(shown.chapters)))

    def _add_saving(self, menu: QMenu, shown: Shown, episode: EpisodeId) -> None:
        save = menu.addAction(translate("chapters", "Save chapters into file…"))
        save.setEnabled(bool(shown.chapters) and self._services.chapter_saving.audio(episode) is not None)
        save.triggered.connect(lambda _checked: self._wishes.save(episode))
        export = menu.addAction(translate("chapters", "Save chapters as…"))
        export.setEnabled(bool(shown.chapters))
        export.triggered.connect(lambda _checked: self._wishes.export(episode))

    def _add_clip(self, menu: QMenu, shown: Shown, number: int) -> None:
        chapter, episode = shown.chapters[number], shown.episode
        if episode is not None:
            clip = menu.addAction(translate("chapters", "Save clip…"))
            clip.setEnabled(self._services.chapter_saving.audio(episode) is not None)
            span = Span(episode, chapter.start, chapter.end, title_of(chapter, number))
            clip.triggered.connect(lambda _checked: self._wishes.clip(span))

    def _add_sources(self, menu: QMenu, view: ChapterView, episode: EpisodeId) -> None:
        chapters = self._services.chapters
        podcast = self._services.library.episode(episode).podcast
        add_sources(menu, view, partial(chapters.choose_source, episode), partial(chapters.prefer_source, podcast))

    def _add_pictures(self, menu: QMenu, view: ChapterView, episode: EpisodeId) -> None:
        if has_web_pictures(view):
            pictures, podcast = self._services.web_pictures, self._services.library.episode(episode).podcast
            action = menu.addAction(translate("chapters", "Show pictures from the web for this podcast"))
            action.setCheckable(True)
            action.setChecked(bool(pictures.allowance(podcast)))
            action.triggered.connect(lambda is_on: pictures.allow(podcast, is_allowed=is_on))
