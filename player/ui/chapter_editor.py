"""The row of tools that change chapters: add, nudge, set the start, split, merge, rename, delete, undo and redo.

Must not know how an edit is kept: the chapter service does that. Every change can be undone, so nothing is asked. A
line below the tools says exactly where the chosen chapter starts.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHBoxLayout, QVBoxLayout, QWidget

from player.app.chapter_view import ChapterView
from player.app.chapter_words import shift_words
from player.app.compose import Services
from player.core.errors import KnownError
from player.core.model import Chapter, EpisodeId, Millis
from player.core.timecode import format_timecode
from player.ui.actions import Actions
from player.ui.buttons import FlatButton, Look
from player.ui.chapter_changes import Change, ChapterChanges
from player.ui.chapter_model import title_of
from player.ui.chapter_table import ChapterTable
from player.ui.frame_length import FrameLength
from player.ui.texts import shown
from player.ui.widgets import ElidedLabel

NUDGE: Millis = 100
"""How far the nudging tools move a start."""

_TOOLS = (
    ("chapter_add", "add"),
    ("chapter_earlier", "earlier"),
    ("chapter_later", "later"),
    ("chapter_here", "here"),
    ("chapter_split", "split"),
    ("chapter_merge", "merge"),
    ("chapter_delete", "remove"),
    ("chapter_undo", "undo"),
    ("chapter_redo", "redo"),
)


class ChapterEditor(QWidget):
    """Works on the chosen row, or on the chapter that is heard. Hidden until the listener wants to edit.

    `told(sentence, undo)` after a change, with a function that takes it back; an empty sentence where the change shows
    by itself. `failed(error)`, and `all_asked()` where the row to write a title in is filtered out.
    """

    told = Signal(str, object)
    failed = Signal(object)
    all_asked = Signal()

    def __init__(self, services: Services, table: ChapterTable) -> None:
        super().__init__()
        self._services = services
        self._table = table
        self._model = table.chapters
        self._episode: EpisodeId | None = None
        self._view = ChapterView()
        self._chosen: Chapter | None = None
        self._renames_at: Millis | None = None
        self._has_focus = False
        self._frame = FrameLength(services)
        self._exact = 0.0
        self._changes = ChapterChanges(services, self)
        self._changes.told.connect(self.told)
        self._changes.failed.connect(self._on_failed)
        self._turns = self._changes.turns
        self.tools: dict[str, FlatButton] = {}
        self.status = ElidedLabel(factor=0.88, role=QPalette.ColorRole.PlaceholderText)
        unit = self.fontMetrics().height()
        column = QVBoxLayout(self)
        column.setContentsMargins(round(unit * 0.7), 0, round(unit * 0.7), 0)
        column.setSpacing(unit // 6)
        row = QHBoxLayout()
        row.setSpacing(0)
        column.addLayout(row)
        below = QHBoxLayout()
        below.setContentsMargins(round(unit * 0.3), 0, 0, 0)
        below.addWidget(self.status)
        column.addLayout(below)
        for name, icon in _TOOLS:
            if name == "chapter_undo":
                row.addStretch()
            self.tools[name] = FlatButton("", icon, Look.QUIET)
            row.addWidget(self.tools[name])
        self.hide()
        table.delegate.renamed.connect(self._on_renamed)
        table.selectionModel().currentChanged.connect(lambda *_: self._show_tools())

    def connect_actions(self, actions: Actions, owner: QWidget) -> None:
        """Let keys and tools do their work; the keys count while the focus is in `owner`."""
        commands: dict[str, Callable[[], None]] = {
            "chapter_add": self.add,
            "chapter_rename": self.rename,
            "chapter_earlier": lambda: self.nudge(-NUDGE),
            "chapter_later": lambda: self.nudge(NUDGE),
            "chapter_frame_earlier": lambda: self._frame.use(lambda length: self.nudge(-length)),
            "chapter_frame_later": lambda: self._frame.use(self.nudge),
            "chapter_here": self.start_here,
            "chapter_split": self.split,
            "chapter_merge": self.merge,
            "chapter_delete": self.delete,
            "chapter_undo": self.undo,
            "chapter_redo": self.redo,
        }
        self._actions = [actions[name] for name in commands]
        for name, command in commands.items():
            actions.connect(name, partial(self._turns.run, command))
            actions.move_to(name, owner)
            actions[name].setEnabled(False)
            if name in self.tools:
                self.tools[name].set_name(actions.words(name))
        for name, tool in self.tools.items():
            tool.clicked.connect(lambda _checked, name=name: self._turns.run(_of_click(name, commands)))
        self._words = actions.words
        self._frame.changed.connect(self._show_frame)
        self._show_frame()

    # --- showing

    def set_editing(self, *, is_editing: bool) -> None:
        """Show the tools, and let rows be renamed in place; or the other way round."""
        self.setVisible(is_editing)
        for action in self._actions:
            action.setEnabled(is_editing)
        self._model.is_editable = is_editing
        self._table.delegate.is_editing = is_editing
        triggers = QAbstractItemView.EditTrigger
        self._table.setEditTriggers(triggers.DoubleClicked if is_editing else triggers.NoEditTriggers)
        if is_editing:
            if not self._table.currentIndex().isValid():
                self._choose(self._model.row_of(self._model.current))
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._measure_frame()
        self._show_tools()
        self._model.refresh_all()

    def keep_chosen(self) -> None:
        """Remember the chosen chapter before the rows are read again."""
        index = self._table.currentIndex()
        self._chosen = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        self._has_focus = self._holds_focus()

    def show_view(self, episode: EpisodeId | None, view: ChapterView) -> None:
        """The chapters are others now; the chosen one stays chosen, also where it has moved."""
        if episode != self._episode:
            self._chosen = self._renames_at = None
            self._turns.forget()
        self._episode, self._view = episode, view
        starts = [chapter.start for chapter in self._model.chapters]
        new = starts.index(self._renames_at) if self._renames_at is not None and self._renames_at in starts else None
        if new is not None:
            self._renames_at = None
        elif self._chosen is not None and starts and not self._table.currentIndex().isValid():
            titles = [at for at, each in enumerate(self._model.chapters) if each.title == self._chosen.title]
            wanted = self._chosen.start
            near = min(titles or range(len(starts)), key=lambda at: abs(starts[at] - wanted))
            self._choose(self._model.row_of(near))
        if self._has_focus and not self._holds_focus():
            # The line that a title was written in is gone, and with it the focus.
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        if new is not None:
            self._write(new)
        self._measure_frame()
        self._show_tools()

    def _holds_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self._table or self._table.isAncestorOf(focus))

    def _choose(self, row: int | None) -> None:
        if row is not None:
            self._table.setCurrentIndex(self._model.index(row, 0))

    def _show_tools(self) -> None:
        target, place = self.target(), self._place()
        has_place = place is not None
        is_inside = target is not None and place is not None and target[0].start < place < target[0].end
        is_last = target is not None and target[1] + 1 == len(self._model.chapters)
        for name, is_useful in (
            ("chapter_add", has_place),
            ("chapter_earlier", target is not None),
            ("chapter_later", target is not None),
            ("chapter_here", has_place and target is not None),
            ("chapter_split", is_inside),
            ("chapter_merge", target is not None and not is_last),
            ("chapter_delete", target is not None),
            ("chapter_undo", self._view.can_undo),
            ("chapter_redo", self._view.can_redo),
        ):
            self.tools[name].setEnabled(is_useful)
        self._show_status(target)

    def _show_status(self, target: tuple[Chapter, int] | None) -> None:
        """Say where the chapter that the tools work on starts, to the millisecond; the rows show whole seconds."""
        if target is None:
            words = self.tr("Choose a chapter, or play the episode")
        else:
            place = format_timecode(target[0].start, with_millis=True)
            words = self.tr("Chapter {number} starts at {place}").format(number=target[1] + 1, place=place)
        if words != self.status.text():
            self.status.set_text(words)
            if QAccessible.isActive() and self.isVisible():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.status, words))

    def _measure_frame(self) -> None:
        if self._episode is not None and self._model.is_editable:
            self._frame.measure(self._episode)

    def _show_frame(self) -> None:
        for name in ("earlier", "later"):
            by_frame = self._words(f"chapter_frame_{name}")
            words = self.tr("{by_frame}: {length}, also with Shift and a click")
            words = words.format(by_frame=by_frame, length=self._frame.words())
            self.tools[f"chapter_{name}"].set_name(f"{self._words(f'chapter_{name}')}\n{words}")

    def target(self) -> tuple[Chapter, int] | None:
        """The chapter that the tools work on, and its index: the chosen one, or the one that is heard."""
        index = self._table.currentIndex()
        number = self._model.chapter_index(index.row()) if index.isValid() else self._model.current
        if number is None or number >= len(self._model.chapters):
            return None
        return self._model.chapters[number], number

    def startable(self) -> tuple[Chapter, int] | None:
        """The same, where it can be said to start now: its episode is the one that is open."""
        return self.target() if self._place() is not None else None

    def _place(self) -> Millis | None:
        """Where the listener is in this episode."""
        playback = self._services.playback
        return playback.position() if playback.state.episode == self._episode and self._episode is not None else None

    # --- what the tools do

    def add(self) -> None:
        """A new chapter where the listener is; its title is asked for in its row."""
        place = self._place()
        if self._episode is not None and place is not None:
            self._renames_at = place
            self._do(self._services.chapters.add(self._episode, place, self.tr("New chapter")))

    def rename(self) -> None:
        """Write the title in the row."""
        target = self.target()
        if target is not None:
            self._write(target[1])

    def nudge(self, by: float) -> None:
        """Move the start by so many milliseconds. Parts of one are kept in mind, so that many frames add up."""
        target = self.target()
        if self._episode is not None and target is not None:
            start = target[0].start
            self._exact = max(0.0, (self._exact if round(self._exact) == start else start) + by)
            self._do(self._services.chapters.move(self._episode, target[0], round(self._exact)))

    def move_all(self, shift: Millis) -> None:
        """All chapters start later by `shift`; 0 says that they are right."""
        words = self.tr("All chapters are moved by {shift}.").format(shift=shown(shift_words(shift))) if shift else ""
        self._change(lambda episode: self._services.chapters.move_all(episode, shift), words)

    def start_here(self) -> None:
        """This chapter starts where the listener is, and the chapters after it move along."""
        target, place, episode = self.target(), self._place(), self._episode
        if target is None or place is None or episode is None:
            return
        chapter, number = target
        words = self.tr("“{title}” starts at {place} now, and the chapters after it moved along.")
        words = words.format(title=title_of(chapter, number), place=format_timecode(place))
        chapters = self._services.chapters
        self._do(chapters.set_anchor(episode, chapter, place), words, chapters.undo)

    def split(self) -> None:
        """A chapter becomes two where the listener is."""
        target, place = self.target(), self._place()
        if self._episode is not None and target is not None and place is not None:
            self._renames_at = place
            self._do(self._services.chapters.split(self._episode, target[0], place, self.tr("New chapter")))

    def merge(self) -> None:
        """Join a chapter with the next."""
        target = self.target()
        if self._episode is not None and target is not None:
            self._do(self._services.chapters.merge_with_next(self._episode, target[0]))

    def delete(self) -> None:
        """Take a chapter out."""
        target, episode = self.target(), self._episode
        if episode is not None and target is not None:
            words = self.tr("“{title}” is deleted.").format(title=title_of(*target))
            chapters = self._services.chapters
            self._do(chapters.delete(episode, target[0]), words, chapters.undo)

    def undo(self) -> None:
        """Take the last change back."""
        self._change(self._services.chapters.undo)

    def redo(self) -> None:
        """Change it again."""
        self._change(self._services.chapters.redo)

    def revert(self) -> None:
        """Show the chapters as their source has them."""
        episode, chapters = self._episode, self._services.chapters
        if episode is not None:
            redo = partial(chapters.redo, steps=len(chapters.history(episode).done))
            self._do(chapters.revert(episode), self.tr("All changes are taken back."), redo)

    def forget_starts(self) -> None:
        """Times are the published ones again, or as the audio file moves them."""
        self._change(self._services.chapters.clear_anchors, self.tr("The chapters are not moved any more."))

    def follow_file(self) -> None:
        """Times follow the audio file again."""
        self._change(self._services.chapters.follow_file, self.tr("The chapters are moved by the audio file."))

    def _write(self, number: int) -> None:
        """Let the title of a chapter be written in its row."""
        if self._model.row_of(number) is None:
            self.all_asked.emit()
        self._choose(self._model.row_of(number))
        self._table.edit(self._table.currentIndex())

    def _on_renamed(self, number: int, title: str) -> None:
        chapter = self._model.chapters[number]
        if self._episode is not None and title.strip() and title.strip() != chapter.title:
            self._do(self._services.chapters.rename(self._episode, chapter, title.strip()))

    def _change(self, change: Change, words: str = "") -> None:
        """Change the chapters of the episode; where `words` tell of it, it can be undone from there."""
        if self._episode is not None:
            self._do(change(self._episode), words, self._services.chapters.undo if words else None)

    def _do(self, future: Future[None], words: str = "", back: Change | None = None) -> None:
        if self._episode is not None:
            self._changes.follow(self._episode, future, words, back)

    def _on_failed(self, error: KnownError) -> None:
        self._renames_at = None
        self.failed.emit(error)


def _of_click(name: str, commands: dict[str, Callable[[], None]]) -> Callable[[], None]:
    """What a click on a tool means: with Shift, where there is that, by a frame of the audio."""
    has_shift = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
    by_frame = name.replace("chapter_", "chapter_frame_")
    return commands[by_frame if has_shift and by_frame in commands else name]
