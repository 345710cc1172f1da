"""What the listener does about bookmarks from anywhere in the window, and the lines that say what was done.

Must not know how lists of bookmarks look, nor how they are kept.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from player.app.clips import Span
from player.app.compose import Services
from player.core.bookmarks import Bookmark, BookmarkId, ListedBookmark, bookmark_here, bookmark_to_end
from player.core.errors import KnownError, NotFoundError
from player.core.events import BookmarksChanged
from player.core.model import EpisodeId, Millis
from player.ui.actions import Actions
from player.ui.bookmark_export import choose_export
from player.ui.bookmark_field import BookmarkField
from player.ui.bookmark_links import add_link_to_menu
from player.ui.bookmark_model import BookmarkModel, name_of, times_text
from player.ui.bookmark_table import BookmarkTable
from player.ui.bookmarks_view import BookmarksView, EpisodeBookmarks
from player.ui.chapter_menus import copy
from player.ui.episode_page import EpisodePage
from player.ui.errands import Errands
from player.ui.listen import listen
from player.ui.menus import menu_about
from player.ui.texts import translate
from player.ui.timeline import Timeline
from player.ui.timeline_marks import TimelineMarks


class BookmarkGestures(QObject):
    """Marks, names, ends, plays, edits, takes away and brings back. `clip_asked(span)` for the sound of one."""

    clip_asked = Signal(object)

    def __init__(
        self,
        services: Services,
        errands: Errands,
        timeline: Timeline,
        view: BookmarksView,
        page: EpisodePage,
        window: QWidget,
    ) -> None:
        """The field appears above the `timeline`; in the `view` and on the `page` are lists of bookmarks."""
        super().__init__(window)
        self._services = services
        self._errands = errands
        self._timeline = timeline
        self._lists: tuple[BookmarksView, EpisodeBookmarks] = (view, page.bookmarks)
        self.marks = TimelineMarks(services, timeline)
        self._removed: tuple[Bookmark, ...] = ()
        self._asked: BookmarkId | None = None
        self.field = BookmarkField(window)
        self.field.kept.connect(self._on_text_kept)
        self.field.end_asked.connect(self.end)
        self.field.removal_asked.connect(self._on_field_removal)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]
        listen(self, services.bus, BookmarksChanged, lambda _: self._show_asked())
        page.bookmark_asked.connect(self.mark)
        for each in self._lists:
            each.table.play_asked.connect(self.play)
            each.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            each.table.customContextMenuRequested.connect(partial(self._on_menu_asked, each.table))
            each.model.text_typed.connect(self._on_text_typed)
        view.export_asked.connect(lambda: choose_export(services, errands, window, view.words))

    def connect_actions(self, actions: Actions) -> None:
        """Let the keys do their work; those that change a list count in the lists."""
        actions.connect("bookmark", self.mark)
        actions.connect("bookmark_end", self.end)
        actions.connect("copy_link", self._on_link_asked)
        for name, command in (
            ("bookmark_edit", self._on_edit_asked),
            ("bookmark_remove", self._on_removal_asked),
            ("bookmark_undo", self.undo_removal),
        ):
            actions.connect(name, command)
            actions.move_to(name, self._lists[0])
            self._lists[1].addAction(actions[name])

    # --- marking

    def mark(self) -> None:
        """Mark what is heard now, and ask for a line about it; where it is marked already, ask only."""
        playback = self._services.playback
        episode, place = playback.state.episode, playback.position()
        if episode is None:
            return
        known = bookmark_here(self._services.bookmarks.of_episode(episode), place)
        if known is not None:
            self._ask(known.id)
        else:
            self._when_made(episode, place)

    def end(self) -> None:
        """Let the bookmark that was made last in front of here end here."""
        playback, bookmarks = self._services.playback, self._services.bookmarks
        episode, place = playback.state.episode, playback.position()
        if episode is None:
            return
        known = bookmarks.of_episode(episode)
        asked = next((each for each in known if each.id == self._asked), None) if self.field.isVisible() else None
        found = bookmark_to_end([asked] if asked else known, place)
        if found is None:
            words = self.tr("Nothing is marked before {place}; B marks where a span begins, Shift+B where it ends.")
            self._errands.tell_done(words.format(place=self._timeline.place_at(place)), None)
            return
        self._set_stop(found, place)
        if asked is None:
            words = self.tr("“{title}” is marked up to here.").format(title=name_of(found))
            self._errands.tell_done(words, partial(self._set_stop, found, found.stop))

    def _set_stop(self, bookmark: Bookmark, stop: Millis | None) -> None:
        self._services.jobs.when_done(self._services.bookmarks.set_stop(bookmark, stop), None, self._errands.report)

    def _when_made(self, episode: EpisodeId, place: Millis) -> None:
        self._services.jobs.when_done(self._services.bookmarks.add(episode, place), self._ask, self._errands.report)

    def _ask(self, bookmark: BookmarkId) -> None:
        try:
            found = self._services.bookmarks.bookmark(bookmark)
        except NotFoundError:
            return
        is_asked = bookmark == self._asked and not self.field.isHidden()
        if not is_asked:
            # It is open about another place.
            self.field.keep()
        self._asked = bookmark
        if not self._timeline.isVisible():
            # The mini player stands in place of the window.
            words = self.tr("{place} is marked.").format(place=times_text(found))
            self._errands.tell_done(words, partial(self.remove, bookmark))
            return
        if is_asked:
            self.field.line.setFocus(Qt.FocusReason.PopupFocusReason)
        else:
            self.field.show_above(found, self._above(found))

    def _above(self, bookmark: Bookmark) -> QPoint:
        """A point above a bookmark's ribbon, and above the buttons of the player, which stay free."""
        return self._timeline.mapToGlobal(QPoint(round(self._timeline.x_of(bookmark.start)), -self._timeline.y()))

    def _show_asked(self) -> None:
        """What the field is about was changed or taken away."""
        if self._asked is None or not self.field.isVisible():
            return
        try:
            self.field.show_place(self._services.bookmarks.bookmark(self._asked))
        except NotFoundError:
            self.field.close_quietly()

    def _on_text_kept(self, text: str) -> None:
        if self._asked is not None:
            try:
                self._on_text_typed(self._services.bookmarks.bookmark(self._asked), text)
            except NotFoundError:
                self._asked = None

    def _on_text_typed(self, bookmark: Bookmark, text: str) -> None:
        if text.strip() != bookmark.text:
            self._services.jobs.when_done(self._services.bookmarks.set_text(bookmark, text), None, self._errands.report)

    def _on_field_removal(self) -> None:
        self.field.close_quietly()
        if self._asked is not None:
            self.remove(self._asked)

    def _on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        self.field.on_focus_changed(now)

    # --- in lists

    def play(self, listed: ListedBookmark) -> None:
        """Play from a bookmark's place."""
        try:
            self._services.playback.open(listed.bookmark.episode, at=listed.bookmark.start)
        except KnownError as error:
            self._errands.report(error)

    def remove(self, bookmark: BookmarkId) -> None:
        """Take one away, with a way back."""
        self._services.jobs.when_done(
            self._services.bookmarks.remove([bookmark]), self._on_removed, self._errands.report
        )

    def undo_removal(self) -> None:
        """Bring back what was taken away last."""
        removed, self._removed = self._removed, ()
        if removed:
            self._services.jobs.when_done(
                self._services.bookmarks.restore(removed), lambda _: self._errands.tell_done("", None)
            )

    def _on_removed(self, removed: tuple[Bookmark, ...]) -> None:
        if removed:
            self._removed = removed
            title = removed[0].title
            words = (
                self.tr("The bookmark “{title}” is taken away.").format(title=title)
                if title
                else self.tr("The bookmark at {place} is taken away.").format(place=times_text(removed[0]))
            )
            self._errands.tell_done(words, self.undo_removal)

    def _focused(self) -> BookmarkTable:
        return next((each.table for each in self._lists if each.table.hasFocus()), self._lists[0].table)

    def _on_edit_asked(self) -> None:
        self._focused().edit_chosen()

    def _on_removal_asked(self) -> None:
        chosen = self._focused().chosen
        if chosen is not None:
            self.remove(chosen.bookmark.id)

    def _on_link_asked(self) -> None:
        """Copy the link to what is heard now."""
        playback = self._services.playback
        if playback.state.episode is not None:
            copy(self._services.bookmarks.link(playback.state.episode, playback.position()))
            self._errands.tell_done(self.tr("The link to this moment is on the clipboard."), None)

    def _on_menu_asked(self, table: BookmarkTable, point: QPoint) -> None:
        index = table.indexAt(point)
        model = table.model()
        listed = model.listed(index) if isinstance(model, BookmarkModel) else None
        if listed is None:
            return
        menu, found = menu_about(str(index.data(Qt.ItemDataRole.AccessibleTextRole)), table), listed.bookmark
        menu.addAction(self.tr("Play from here")).triggered.connect(lambda: self.play(listed))
        if table is self._lists[0].table:
            show = menu.addAction(self.tr("Show episode"))
            show.triggered.connect(lambda: self._errands.episode_arrived.emit(found.episode))
        menu.addSeparator()
        menu.addAction(self.tr("Edit text")).triggered.connect(lambda: table.edit(index))
        if found.stop is not None:
            place = menu.addAction(self.tr("Mark its start only"))
            place.triggered.connect(lambda: self._set_stop(found, None))
        add_link_to_menu(menu, self._services, found.episode, found.start)
        if found.stop is not None:
            clip = menu.addAction(self.tr("Save clip…"))
            clip.setEnabled(self._services.chapter_saving.audio(found.episode) is not None)
            span = Span(found.episode, found.start, found.stop, found.title)
            clip.triggered.connect(lambda: self.clip_asked.emit(span))
        menu.addSeparator()
        menu.addAction(translate("bookmarks", "Take away")).triggered.connect(lambda: self.remove(found.id))
        menu.popup(table.viewport().mapToGlobal(point))
