"""Asks which file is imported, or where to an export goes, and says how it went.

Must not know what is in the files.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from player.app.compose import Services, wall_clock
from player.app.course import Course
from player.app.exchange import Imported, LibraryImport
from player.app.replacing import Kept
from player.app.subscriptions import OpmlResult
from player.core.errors import KnownError
from player.ui.course_line import CourseLine
from player.ui.notice_bar import NoticeBar
from player.ui.overwriting import Overwriting
from player.ui.texts import episodes_text, error_text, join_facts, podcasts_text, shown, translate


class ImportExport(QObject):
    """The library and lists of podcasts, in and out. `podcast_arrived(id)` when there is a new one worth showing."""

    podcast_arrived = Signal(object)

    def __init__(self, services: Services, notices: NoticeBar, overwriting: Overwriting, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._notices = notices
        self._window = window
        self._overwriting = overwriting

    def choose_import(self) -> None:
        """Ask for a list of podcasts or an exported library, and import it."""
        dialog = QFileDialog(self._window, self.tr("Import OPML or library"))
        known = self.tr("OPML, exported library")
        dialog.setNameFilters([f"{known} (*.opml *.xml *.json)", translate("files", "All files (*)")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.import_file(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def choose_export(self) -> None:
        """Ask where to, and write all that is the listener's."""
        day = datetime.fromtimestamp(wall_clock() / 1000, UTC).astimezone().date().isoformat()
        self._choose_place(
            self.tr("Export library"),
            f"earmark-{day}.json",
            self.tr("Library"),
            self._export_library,
        )

    def choose_opml_export(self) -> None:
        """Ask where to, and write the list of podcasts for other programs."""
        self._choose_place(
            self.tr("Export OPML"),
            "podcasts.opml",
            "OPML",
            self._export_list,
        )

    def import_file(self, path: Path) -> None:
        """Import a list of podcasts or an exported library, told by what is in it; meanwhile, say how far it is."""
        course = Course()
        line = self._line(
            course, partial(self._how_far, path.name), self.tr("Ending the import of {name}…").format(name=path.name)
        )
        line.begin(self.tr("Importing {name}…").format(name=path.name))

        def on_done(done: Imported) -> None:
            line.end()
            if isinstance(done, LibraryImport) and done.is_called_off:
                words = self.tr("Nothing of {name} was imported; the library is as it was.")
                self._notices.tell(words.format(name=path.name))
            else:
                self.on_imported(done)

        def on_failed(error: KnownError) -> None:
            line.end()
            self._report(error)

        self._services.jobs.when_done(self._services.exchange.import_file(path, course=course), on_done, on_failed)

    def _line(self, course: Course, how_far: Callable[[Course], str], ending: str) -> CourseLine:
        """Says how far it is, and after it was called off `ending`."""

        def going() -> str:
            if not course.total:
                return ""
            return ending if course.is_cancelled else how_far(course)

        def cancel() -> None:
            course.is_cancelled = True

        return CourseLine(self._notices, going, cancel)

    def _how_far(self, name: str, course: Course) -> str:
        if course.doing:
            words = self.tr("Importing {name}… {part} %").format(name=name, part=course.percent)
            return join_facts(words, course.doing)
        words = self.tr("Importing {name}… {done} of {podcasts}")
        return words.format(name=name, done=course.done, podcasts=podcasts_text(course.total))

    def on_imported(self, done: Imported) -> None:
        """Say what an import did, and show a podcast that it added."""
        words = self._what_was_done(done)
        problems = done.problems if isinstance(done, OpmlResult) else ()
        if problems:
            self._notices.report(f"{words} {shown(problems[0])} {self._how_many_more(len(problems) - 1)}".rstrip())
        else:
            self._notices.tell(words)
        if done.added:
            self.podcast_arrived.emit(done.added[0])

    def _what_was_done(self, done: Imported) -> str:
        there = (
            self.tr("1 was there already") if done.known == 1 else self.tr("%n were there already", None, done.known)
        )
        added = self.tr("{podcasts} added").format(podcasts=podcasts_text(len(done.added)))
        words = [f"{added}, {there}." if done.known else f"{added}."]
        if not isinstance(done, OpmlResult) and done.episodes:
            taken = self.tr("Places and changes of {episodes} were taken over.")
            words.append(taken.format(episodes=episodes_text(done.episodes)))
        return " ".join(words)

    def _how_many_more(self, count: int) -> str:
        if count == 1:
            return self.tr("1 more could not be read.")
        return self.tr("%n more could not be read.", None, count) if count else ""

    def _choose_place(self, heading: str, name: str, kind: str, take: Callable[[Path], None]) -> None:
        ending = Path(name).suffix
        dialog = QFileDialog(self._window, heading, name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setNameFilters([f"{kind} (*{ending})", translate("files", "All files (*)")])
        dialog.setDefaultSuffix(ending.removeprefix("."))
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: take(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _export_list(self, path: Path) -> None:
        words = self.tr("{podcasts} listed in “{name}”.")
        self._export(path, lambda: self._services.exchange.export_opml(path), words)

    def _export_library(self, path: Path) -> None:
        course = Course()

        def how_far(course: Course) -> str:
            words = self.tr("Exporting to {name}… {part} %").format(name=path.name, part=course.percent)
            return join_facts(words, course.doing)

        line = self._line(course, how_far, self.tr("Ending the export…"))
        words = self.tr("{podcasts} with your places, edits, queue and settings are in “{name}”.")
        self._export(path, lambda: self._services.exchange.export(path, course), words, line.end)

    def _export(
        self, path: Path, write: Callable[[], Future[int | None]], words: str, end: Callable[[], None] = lambda: None
    ) -> None:
        def save(kept: Kept | None) -> None:
            self._services.jobs.when_done(write(), partial(tell, kept), partial(report, kept))

        def tell(kept: Kept | None, count: int | None) -> None:
            end()
            if count is not None:
                self._overwriting.tell(words.format(podcasts=podcasts_text(count), name=path.name), kept)
                return
            self._overwriting.give_up(kept)
            self._notices.tell(self.tr("Nothing was exported."))

        def report(kept: Kept | None, error: KnownError) -> None:
            end()
            self._overwriting.give_up(kept)
            self._report(error)

        self._overwriting.begin(path, save, partial(report, None))

    def _report(self, error: KnownError) -> None:
        self._notices.report(error_text(error))
