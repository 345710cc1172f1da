"""What there is to say of the shown chapters beside them: a quiet line with what can be done about it.

Must not know how chapters are found, moved or fetched: it asks the services. One thing is said at a time, the one that
matters most.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from player.app.chapter_view import ChapterView
from player.app.chapter_words import shift_words
from player.app.compose import Services
from player.app.web_pictures import is_on_the_web
from player.core.model import EpisodeId, Millis, PodcastId
from player.ui.chip_row import Chip, ChipRow
from player.ui.texts import shown
from player.ui.widgets import WrappedLabel

MoveAll = Callable[[Millis], None]


class ChapterNotes(QWidget):
    """A chapter document that was not read; times that may be off; pictures that wait to be allowed.

    `start_here` says that the chosen chapter starts now; `move_all` moves all of them.
    """

    def __init__(self, services: Services, start_here: Callable[[], None], move_all: MoveAll) -> None:
        super().__init__()
        self._services = services
        self._start_here = start_here
        self._move_all = move_all
        self.words = WrappedLabel(0.88, role=QPalette.ColorRole.PlaceholderText)
        self.chips = ChipRow()
        column = QVBoxLayout(self)
        unit = self.fontMetrics().height()
        column.setContentsMargins(unit, unit // 6, unit, unit // 4)
        column.setSpacing(unit // 3)
        column.addWidget(self.words)
        column.addWidget(self.chips)
        self.hide()

    def show_view(
        self, episode: EpisodeId | None, podcast: PodcastId | None, view: ChapterView, target: str | None
    ) -> None:
        """Say what there is to say of these chapters.

        `target` is the title of the chapter that can be said to start now, None when there is none.
        """
        is_said = (
            episode is not None
            and podcast is not None
            and (self._shows_problem(episode) or self._shows_hint(view, target) or self._shows_pictures(podcast, view))
        )
        self.setVisible(is_said)

    def _say(self, words: str, *chips: Chip) -> bool:
        self.words.setText(shown(words))
        self.chips.show_chips(*chips)
        return True

    def _shows_problem(self, episode: EpisodeId) -> bool:
        documents = self._services.chapter_documents
        problem = documents.problem(episode)
        if problem is None:
            return False
        if documents.is_asking(episode):
            return self._say(problem, Chip(self.tr("Asking again…"), None))
        return self._say(problem, Chip(self.tr("Try again"), partial(self._ask_again, episode)))

    def _ask_again(self, episode: EpisodeId) -> None:
        self._services.chapter_documents.ask_again(episode)
        # What comes of it is told by a fact; until then it says that it asks.
        self._shows_problem(episode)

    def _shows_hint(self, view: ChapterView, target: str | None) -> bool:
        if not view.hint:
            return False
        starts = Chip(
            self.tr("This chapter starts now"),
            self._start_here if target is not None else None,
            self.tr("“{title}” starts at what is heard now").format(title=target) if target else "",
        )
        right = Chip(self.tr("Leave them"), partial(self._move_all, 0), self.tr("The times are right as they are"))
        if view.offset is None:
            return self._say(view.hint, starts, right)
        words = self.tr("Move all by {shift}").format(shift=shown(shift_words(view.offset)))
        return self._say(view.hint, Chip(words, partial(self._move_all, view.offset)), starts, right)

    def _shows_pictures(self, podcast: PodcastId, view: ChapterView) -> bool:
        if not has_web_pictures(view) or self._services.web_pictures.allowance(podcast) is not None:
            return False
        allow = partial(self._services.web_pictures.allow, podcast)
        return self._say(
            self.tr("These chapters have pictures on the web. Their server sees who fetches them."),
            Chip(self.tr("Show pictures"), partial(allow, is_allowed=True), self.tr("Of all episodes of this podcast")),
            Chip(self.tr("No"), partial(allow, is_allowed=False)),
        )


def has_web_pictures(view: ChapterView) -> bool:
    """Whether any shown chapter, or hidden entry, has a picture on the web."""
    entries = (*view.chosen.chapters, *view.chosen.hidden) if view.chosen else ()
    return any(each.picture and is_on_the_web(each.picture) for each in entries)
