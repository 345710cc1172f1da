"""The chapters of an episode as a model, perhaps only those whose titles hold some words.

Must not know how a row is drawn or what plays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from player.core.chapters import chapter_at
from player.core.heard import NOTHING, Heard, marks_of
from player.core.model import Chapter, Millis
from player.core.ranges import Ranges
from player.core.timecode import format_timecode
from player.ui.chapter_mark import ChapterMark
from player.ui.texts import about_text, join_facts, shown, translate

ChapterRole = Qt.ItemDataRole.UserRole
NumberRole = Qt.ItemDataRole.UserRole + 1
LinkRole = Qt.ItemDataRole.UserRole + 2
MovedRole = Qt.ItemDataRole.UserRole + 3
SkippedRole = Qt.ItemDataRole.UserRole + 4
AnyIndex = QModelIndex | QPersistentModelIndex


class ChapterModel(QAbstractTableModel):
    """One column. A row's number is its chapter's, also when the list is filtered."""

    def __init__(self) -> None:
        super().__init__()
        self._chapters: tuple[Chapter, ...] = ()
        self._shown: list[int] = []
        self._words = ""
        self._position: Millis | None = None
        self.is_editable = False
        """Whether titles can be written in their rows."""
        self.moved: dict[Millis, str] = {}
        """Words for the starts from which on times are moved otherwise than before."""
        self._skipped: frozenset[int] = frozenset()
        self._ranges = NOTHING
        self._heard: tuple[Heard, ...] = ()
        self.current: int | None = None
        """The index of the chapter that the position is in; None where the episode is not the one that is open."""

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """All chapters."""
        return self._chapters

    @property
    def is_filtered(self) -> bool:
        """Whether words keep some chapters out."""
        return bool(self._words)

    @property
    def position(self) -> Millis | None:
        """Where in the episode the listener is."""
        return self._position

    def show_chapters(self, chapters: Sequence[Chapter]) -> None:
        """Show other chapters; the filter stays. Where starts and titles are the same, so do the rows."""
        if tuple(chapters) == self._chapters:
            return
        if [(each.start, each.title) for each in chapters] == [(each.start, each.title) for each in self._chapters]:
            self._chapters = tuple(chapters)
            self._heard = marks_of(self._chapters, self._ranges)
            self.refresh_all()
            return
        self.beginResetModel()
        self._chapters = tuple(chapters)
        self._heard = marks_of(self._chapters, self._ranges)
        self._shown = self._matching()
        self.current = None
        self.endResetModel()
        self.show_position(self._position)

    def show_skipped(self, skipped: frozenset[int]) -> None:
        """Which chapters, by index, are left out in playing."""
        if skipped != self._skipped:
            self._skipped = skipped
            self.refresh_all()

    def show_heard(self, ranges: Ranges) -> None:
        """What of the episode was heard, in the time of the chapters."""
        self._ranges, marks = ranges, marks_of(self._chapters, ranges)
        has_parts = Heard.PARTLY in marks
        if marks != self._heard or has_parts:
            self._heard = marks
            self.refresh_all()

    @property
    def heard(self) -> tuple[Heard, ...]:
        """How much of each chapter was heard."""
        return self._heard

    def mark(self, index: int, sign: str | None, *, is_pointed: bool) -> ChapterMark:
        """What is drawn before a chapter; `sign` is the icon of the current one, `is_pointed`: by the pointer."""
        chapter, is_skipped = self._chapters[index], index in self._skipped
        there = chapter.length - sum(end - start for start, end in self._ranges.gaps(chapter.start, chapter.end))
        part = there / chapter.length if chapter.length else 0.0
        has_box = is_pointed or (is_skipped and sign is None)
        return ChapterMark(index + 1, self._heard[index], part, sign, is_skipped, has_box)

    @property
    def skipped(self) -> frozenset[int]:
        """The indices of the chapters that are left out in playing."""
        return self._skipped

    def filter(self, words: str) -> None:
        """Show only chapters whose titles hold all `words`."""
        self.beginResetModel()
        self._words = words.casefold().strip()
        self._shown = self._matching()
        self.endResetModel()

    def show_position(self, position: Millis | None) -> bool:
        """Tell where the listener is, None for another episode. Returns whether the current chapter changed."""
        before = self.current
        self._position = position
        self.current = None if position is None else chapter_at(self._chapters, position)
        if before != self.current:
            # All that lies between is behind the listener now, or before them again.
            self.refresh_all()
            return True
        row = self.row_of(self.current)
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
        return False

    def refresh_all(self) -> None:
        """Every row looks different now."""
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))

    def row_of(self, index: int | None) -> int | None:
        """The row of the chapter with this index; None when it is filtered out."""
        if index is None or not self._shown:
            return None
        if len(self._shown) == len(self._chapters):
            return index
        return self._shown.index(index) if index in self._shown else None

    def chapter_index(self, row: int) -> int:
        """The index of the chapter in a row."""
        return self._shown[row]

    def heard_part(self, index: int) -> float:
        """How much of the current chapter is behind the listener: 0.0 to 1.0."""
        chapter = self._chapters[index]
        if self._position is None or not chapter.length:
            return 0.0
        return min(1.0, max(0.0, (self._position - chapter.start) / chapter.length))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many chapters are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title, number (from 1), what a screen reader says, and the chapter itself."""
        if not index.isValid():
            return None
        number = self._shown[index.row()]
        chapter = self._chapters[number]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title_of(chapter, number)
            case Qt.ItemDataRole.AccessibleTextRole:
                current = translate("chapters", "current") if number == self.current else ""
                length, start = about_text(chapter.length), format_timecode(chapter.start)
                moved = self.moved.get(chapter.start, "")
                skipped = translate("chapters", "skipped") if number in self._skipped else ""
                heard = {Heard.ALL: translate("chapters", "heard"), Heard.PARTLY: translate("chapters", "partly heard")}
                told = heard.get(self._heard[number], "")
                link = translate("chapters", "has a link") if chapter.link else ""
                title = f"{number + 1}. {title_of(chapter, number)}"
                return join_facts(title, skipped, told, length, start, moved, current, link)
            case _ if role == ChapterRole:
                return chapter
            case _ if role == NumberRole:
                return number + 1
            case _ if role == LinkRole:
                return chapter.link
            case _ if role == MovedRole:
                return shown(self.moved.get(chapter.start, ""))
            case _ if role == SkippedRole:
                return number in self._skipped
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Rows can be chosen, and renamed while the chapters are edited."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.is_editable else flags

    def _matching(self) -> list[int]:
        words = self._words.split()
        if not words:
            return list(range(len(self._chapters)))
        titles = (chapter.title.casefold() for chapter in self._chapters)
        return [index for index, title in enumerate(titles) if all(word in title for word in words)]


def title_of(chapter: Chapter, index: int) -> str:
    """The chapter's title, or its number in words where it has none."""
    return chapter.title or translate("chapters", "Chapter {number}").format(number=index + 1)
