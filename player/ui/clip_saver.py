"""Asks where a clip is to be saved, and tells how it goes.

Must not know how a clip is cut.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, SignalInstance
from PySide6.QtWidgets import QFileDialog, QWidget

from player.app.clips import Clip, Clipping, Span, unused, with_ending
from player.app.compose import Services
from player.app.replacing import Kept
from player.core.chapters import chapter_at
from player.core.errors import KnownError
from player.core.timecode import format_timecode
from player.ui.actions import Actions
from player.ui.chapter_model import title_of
from player.ui.course_line import CourseLine
from player.ui.notice_bar import NoticeBar
from player.ui.overwriting import Overwriting
from player.ui.texts import error_text


class ClipSaver(QObject):
    """One clip at a time is cut."""

    def __init__(self, services: Services, notices: NoticeBar, overwriting: Overwriting, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._notices = notices
        self._overwriting = overwriting
        self._kept: Kept | None = None
        self._window = window
        self._folder: Path | None = None
        self._clipping: Clipping | None = None
        self._line: CourseLine | None = None

    def hear(self, actions: Actions, *signals: SignalInstance) -> None:
        """Let a key, and signals with a span, ask for clips."""
        actions.connect("clip", self.ask_here)
        for signal in signals:
            signal.connect(self.ask)

    def ask(self, span: Span) -> None:
        """Ask for a name and how to cut, and write the clip of a span."""
        name = self._services.clips.name_for(span)
        self._services.jobs.when_done(name, partial(self._open_dialog, span), self._report)

    def ask_here(self) -> None:
        """Likewise for the loop that is set, else for the chapter that is heard, else tell how to mark a span."""
        state = self._services.playback.state
        index = chapter_at(state.chapters, self._services.playback.position())
        chapter = state.chapters[index] if index is not None else None
        if state.episode is None:
            return
        if state.loop is not None and state.loop.stop is not None:
            self.ask(Span(state.episode, state.loop.start, state.loop.stop))
        elif index is not None and chapter is not None and chapter.length:
            self.ask(Span(state.episode, chapter.start, chapter.end, title_of(chapter, index)))
        else:
            self._notices.tell(self.tr("There are no chapters here. L marks where a clip begins, and L again its end."))

    def save(self, span: Span, target: Path, *, is_exact: bool = False) -> None:
        """Write a clip, and tell how it went."""
        self._overwriting.begin(target, partial(self._begin, span, target, is_exact))

    def _begin(self, span: Span, target: Path, is_exact: bool, kept: Kept | None) -> None:
        if self._clipping is not None:
            self._overwriting.give_up(kept)
            self._notices.report(self.tr("Another clip is being saved just now; wait until it is."))
            return
        try:
            clipping = self._services.clips.save(span, target, is_exact=is_exact)
        except KnownError as error:
            self._overwriting.give_up(kept)
            self._notices.report(error_text(error))
            return
        self._clipping, self._kept = clipping, kept
        self._line = CourseLine(self._notices, partial(self._how_far, clipping), partial(self._on_cancelled, clipping))
        self._services.jobs.when_done(clipping.future, self._on_saved, partial(self._on_failed, clipping))

    def _open_dialog(self, span: Span, name: str) -> None:
        suggested = unused(self._music() / name)
        dialog = QFileDialog(self._window, self.tr("Save clip"), str(suggested.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        ending = suggested.suffix
        kind = ending.removeprefix(".").upper()
        exact = self.tr("{kind}, encoded anew and cut to the sample").format(kind=kind)
        as_it_is = self.tr("{kind}, the sound as it is").format(kind=kind)
        filters = [f"{as_it_is} (*{ending})"]
        # Vorbis cannot be encoded anew, and what loses nothing is cut to the sample as it is.
        if ending in (".mp3", ".m4a", ".opus"):
            filters.append(f"{exact} (*{ending})")
        dialog.setNameFilters(filters)
        dialog.setDefaultSuffix(ending.removeprefix("."))
        dialog.selectFile(suggested.name)
        dialog.fileSelected.connect(
            lambda chosen: self._on_chosen(span, Path(chosen), ending, dialog.selectedNameFilter() != filters[0])
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _music(self) -> Path:
        """The folder that was chosen last, else where the desktop keeps music."""
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MusicLocation)
        return self._folder or (Path(place) if place and Path(place).is_dir() else Path.home())

    def _on_chosen(self, span: Span, chosen: Path, ending: str, is_exact: bool) -> None:
        self._folder = chosen.parent
        target = with_ending(chosen, ending)
        # Of a file with another name than the one that was typed nobody knows that it is there.
        self.save(span, target if target == chosen else unused(target), is_exact=is_exact)

    def _how_far(self, clipping: Clipping) -> str:
        part = round(min(0.99, clipping.part()) * 100)
        return self.tr("Saving “{name}”… {part} %").format(name=clipping.place.name, part=part)

    def _on_cancelled(self, clipping: Clipping) -> None:
        if clipping.cancel():
            self._give_up()
            self._notices.tell(self.tr("No clip was saved."))

    def _on_saved(self, clip: Clip | None) -> None:
        if clip is None:
            return
        kept = self._kept
        self._end()
        words = self.tr("Clip of {length} saved as “{name}”.")
        self._overwriting.tell(words.format(length=format_timecode(clip.length), name=clip.path.name), kept)

    def _on_failed(self, clipping: Clipping, error: KnownError) -> None:
        # One that was called off may fail later on, while the next one is cut.
        if clipping is self._clipping:
            self._give_up()
            self._report(error)

    def _report(self, error: KnownError) -> None:
        self._notices.report(error_text(error))

    def _give_up(self) -> None:
        self._overwriting.give_up(self._kept)
        self._end()

    def _end(self) -> None:
        if self._line is not None:
            self._line.end()
        self._clipping = self._kept = self._line = None
