"""Which chapters were heard, in the column; playing one alone, again and again, or on where it was left.

Must not know how marks look, nor how sound is made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from player.app.compose import Services
from player.app.heard import HeardBefore
from player.core.chapters import chapter_at
from player.core.heard import Heard, count_unheard, left_in, next_unheard
from player.core.model import Chapter, Episode, EpisodeId, Millis
from player.core.session import Loop
from player.core.timecode import format_timecode
from player.ui.actions import Actions
from player.ui.chapter_model import title_of
from player.ui.chapter_table import ChapterTable
from player.ui.texts import unheard_text


class ChapterHearing(QObject):
    """Works on the chapters of a table.

    `told(sentence, undo)` after a change, with a function that takes it back; `offered(sentence, button, act)` where
    there is another way on; `failed(error)`.
    """

    told = Signal(str, object)
    offered = Signal(str, str, object)
    failed = Signal(object)

    def __init__(self, services: Services, table: ChapterTable) -> None:
        super().__init__(table)
        self._services = services
        self._table = table
        self._model = table.chapters
        self._episode: EpisodeId | None = None

    def connect_actions(self, actions: Actions) -> None:
        """Let the keys do their work, from anywhere in the window."""
        actions.connect("heard", self._on_heard_asked)
        actions.connect("next_unheard", self._on_next_asked)
        actions.connect("only_chapter", partial(self._on_chapter_asked, self._services.playback.play_only))
        actions.connect("loop_chapter", partial(self._on_chapter_asked, self.loop))
        actions.connect("loop", self._on_loop_asked)

    def show_view(self, episode: EpisodeId | None) -> None:
        """The chapters of the table are this episode's: show which were heard."""
        self._episode = episode
        self.refresh()

    def refresh(self) -> None:
        """More was heard, or another chapter has begun."""
        if self._episode is not None and self._model.chapters:
            self._model.show_heard(self._services.heard.of(self._episode))

    # --- what a menu or a key does

    def add_to_menu(self, menu: QMenu, number: int) -> None:
        """Offer, for a chapter, all ways of playing it but from its start."""
        episode, place = self._episode, self._left(number)
        if episode is None:
            return
        if place is not None:
            words = self.tr("Go on at {place}").format(place=format_timecode(place))
            menu.addAction(words).triggered.connect(lambda _checked: self._go_on(episode, place))
        playback = self._services.playback
        only = menu.addAction(self.tr("Play only this chapter"))
        only.triggered.connect(lambda _checked: playback.play_only(episode, number))
        loop = menu.addAction(self.tr("Loop this chapter"))
        loop.setCheckable(True)
        chapter = self._model.chapters[number]
        is_open = playback.state.episode == episode
        loop.setChecked(is_open and playback.state.loop == Loop(chapter.start, chapter.end))
        loop.triggered.connect(lambda _checked: self.loop(episode, number))
        for action in (only, loop):
            action.setEnabled(bool(chapter.length))

    def add_marks(self, menu: QMenu, number: int) -> None:
        """Offer to say that a chapter was heard, or was not."""
        for is_heard, words, done in (
            (True, self.tr("Mark as heard"), Heard.ALL),
            (False, self.tr("Mark as not heard"), Heard.NOT),
        ):
            if self._model.heard[number] is not done:
                mark = partial(self.mark, number, is_heard=is_heard)
                menu.addAction(words).triggered.connect(lambda _checked, mark=mark: mark())

    def add_list_entries(self, menu: QMenu) -> None:
        """Offer what concerns all chapters."""
        after = menu.addAction(self.tr("Next chapter not heard"))
        after.setEnabled(next_unheard(self._model.heard, self._model.current, self._model.skipped) is not None)
        after.triggered.connect(lambda _checked: self._play_next(shown=True))
        for is_heard, words in (
            (True, self.tr("Mark all as heard")),
            (False, self.tr("Mark all as not heard")),
        ):
            mark = partial(self.mark_all, is_heard=is_heard)
            menu.addAction(words).triggered.connect(lambda _checked, mark=mark: mark())

    def mark(self, number: int, *, is_heard: bool) -> None:
        """Say that a chapter was heard, or was not."""
        words = self.tr("“{title}” is marked as heard.") if is_heard else self.tr("“{title}” is marked as not heard.")
        chapter = self._model.chapters[number]
        self._mark([chapter], words.format(title=title_of(chapter, number)), is_heard=is_heard)

    def mark_all(self, *, is_heard: bool) -> None:
        """Say that all chapters were heard, or none."""
        words = self.tr("All chapters are marked as heard.") if is_heard else self.tr("No chapter is marked as heard.")
        self._mark(self._model.chapters, words, is_heard=is_heard)

    def loop(self, episode: EpisodeId, number: int) -> None:
        """Play a chapter again and again, or no longer."""
        self._services.playback.loop_chapter(episode, number)
        self._tell_loop()

    def offer_going_on(self, number: int) -> None:
        """A chapter is about to be played from its start: where it was left before, offer to go on there."""
        episode, place = self._episode, self._left(number)
        if episode is not None and place is not None:
            title = title_of(self._model.chapters[number], number)
            words = self.tr("“{title}” was left at {place}.").format(title=title, place=format_timecode(place))
            self.offered.emit(words, self.tr("Go on there"), partial(self._go_on, episode, place))

    # --- within

    def _left(self, number: int) -> Millis | None:
        """Where a chapter was left, unless it is the one that is heard now."""
        if self._episode is None or number == self._model.current:
            return None
        return left_in(self._model.chapters[number], self._services.heard.of(self._episode))

    def _go_on(self, episode: EpisodeId, place: Millis) -> None:
        self._services.playback.open(episode, at=place)

    def _row(self) -> int | None:
        """The chapter of the row that has the focus."""
        index = self._table.currentIndex()
        return self._model.chapter_index(index.row()) if self._table.hasFocus() and index.isValid() else None

    def _on_heard_asked(self) -> None:
        """The key means the row that has the focus, else the chapter that is heard."""
        row = self._row()
        number = self._model.current if row is None else row
        if number is not None:
            self.mark(number, is_heard=self._model.heard[number] is not Heard.ALL)

    def _on_chapter_asked(self, act: Callable[[EpisodeId, int], object]) -> None:
        """Likewise; where another episode's chapters are shown, what is heard counts if no row has the focus."""
        row, playback = self._row(), self._services.playback
        current = playback.current_chapter()
        if row is not None and self._episode is not None:
            act(self._episode, row)
        elif playback.state.episode is not None and current is not None:
            act(playback.state.episode, current)

    def _on_next_asked(self) -> None:
        """The episode that is open counts, else the one that is shown."""
        self._play_next(shown=self._services.playback.state.episode is None)

    def _play_next(self, *, shown: bool) -> None:
        playback = self._services.playback
        state = playback.state
        chapters: Sequence[Chapter] = self._model.chapters if shown else state.chapters
        episode = self._episode if shown else state.episode
        if episode is None:
            return
        skipped = self._model.skipped if shown else state.skipped
        current = chapter_at(chapters, playback.position()) if episode == state.episode else None
        heard = self._services.heard
        number = next_unheard(heard.marks(episode, chapters), current, skipped)
        if number is None:
            words = self.tr("Every other chapter is heard.") if chapters else self.tr("There are no chapters.")
            self.told.emit(words, None)
        else:
            place = left_in(chapters[number], heard.of(episode))
            playback.open(episode, at=chapters[number].start if place is None else place)

    def _on_loop_asked(self) -> None:
        self._services.playback.loop_here()
        self._tell_loop()

    def _tell_loop(self) -> None:
        loop = self._services.playback.state.loop
        if loop is None:
            words = self.tr("The loop is over.")
        elif loop.stop is None:
            words = self.tr("The loop begins at {start}. Press L where it ends.")
            words = words.format(start=format_timecode(loop.start))
        else:
            words = self.tr("Again and again from {start} to {stop}. L ends it.")
            words = words.format(start=format_timecode(loop.start), stop=format_timecode(loop.stop))
        self.told.emit(words if self._services.playback.state.episode is not None else "", None)

    def _mark(self, chapters: Sequence[Chapter], words: str, *, is_heard: bool) -> None:
        episode, services = self._episode, self._services
        if episode is None or not chapters:
            return

        def tell(before: HeardBefore) -> None:
            self.told.emit(words, partial(self._restore, before))

        services.jobs.when_done(services.heard.mark(episode, chapters, is_heard=is_heard), tell, self.failed.emit)

    def _restore(self, before: HeardBefore) -> None:
        future = self._services.heard.restore(before)
        self._services.jobs.when_done(future, lambda _: self.told.emit("", None), self.failed.emit)


def unheard_words(services: Services, episode: Episode) -> str:
    """How many chapters an episode has, and how many of them were not heard."""
    if not episode.chapter_count:
        return ""
    view = services.chapters.view(episode.id)
    chapters = view.chosen.chapters if view.chosen else ()
    marks = services.heard.marks(episode.id, chapters)
    has_begun = any(mark is not Heard.NOT for mark in marks)
    unheard = count_unheard(marks, view.skipped) if has_begun else episode.chapter_count
    return unheard_text(unheard, episode.chapter_count)
