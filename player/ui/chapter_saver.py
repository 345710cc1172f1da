"""Asks where chapters are to be written, and tells how it goes: into the audio file or a copy, or as a document.

Must not know how they are written.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from player.app.chapter_forms import FORMS, Form, form_meant
from player.app.chapter_saving import Exported, Saving
from player.app.compose import Services
from player.app.replacing import Kept
from player.app.tagging import Tagged
from player.core.errors import KnownError
from player.core.model import EpisodeId
from player.ui.course_line import CourseLine
from player.ui.notice_bar import NoticeBar
from player.ui.overwriting import Overwriting
from player.ui.texts import chapters_text, error_text, shown, translate


class ChapterSaver(QObject):
    """One at a time is written into audio; documents are too small to wait for."""

    def __init__(self, services: Services, notices: NoticeBar, overwriting: Overwriting, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._notices = notices
        self._overwriting = overwriting
        self._kept: Kept | None = None
        self._window = window
        self._saving: Saving | None = None
        self._line: CourseLine | None = None

    # --- into audio

    def ask_for_file(self, episode: EpisodeId) -> None:
        """Ask which file gets the chapters: the episode's own, or a copy of it."""
        audio = self._services.chapter_saving.audio(episode)
        if audio is None:
            return
        dialog = self._dialog(self.tr("Save chapters into file"), audio)
        kind = self.tr("{kind} audio").format(kind=audio.suffix.removeprefix(".").upper())
        dialog.setNameFilters([f"{kind} (*{audio.suffix})", translate("files", "All files (*)")])
        dialog.setDefaultSuffix(audio.suffix.removeprefix("."))
        dialog.fileSelected.connect(lambda name: self.save(episode, Path(name)))
        dialog.open()

    def save(self, episode: EpisodeId, target: Path) -> None:
        """Write the shown chapters into a file, the episode's or another one, and tell how it went."""
        audio = self._services.chapter_saving.audio(episode)
        if audio is not None and audio.exists() and target.exists() and target.samefile(audio):
            # It stays the same audio, and may play just now.
            self._begin(episode, target, None)
        else:
            self._overwriting.begin(target, partial(self._begin, episode, target))

    def _begin(self, episode: EpisodeId, target: Path, kept: Kept | None) -> None:
        if self._saving is not None:
            self._overwriting.give_up(kept)
            self._notices.report(self.tr("Other chapters are being saved just now; wait until they are."))
            return
        try:
            saving = self._services.chapter_saving.save(episode, target)
        except KnownError as error:
            self._overwriting.give_up(kept)
            self._notices.report(error_text(error))
            return
        self._saving, self._kept = saving, kept
        self._line = CourseLine(self._notices, partial(self._how_far, saving), partial(self._on_cancelled, saving))
        self._services.jobs.when_done(saving.future, self._on_saved, partial(self._on_failed, saving))

    def _how_far(self, saving: Saving) -> str:
        part, name = saving.part(), saving.place.name
        if part < 1:
            return self.tr("Saving chapters into “{name}”… {part} %").format(name=name, part=round(part * 100))
        return self.tr("Saving chapters into “{name}”… checking").format(name=name)

    def _on_cancelled(self, saving: Saving) -> None:
        if saving.cancel():
            self._give_up()
            self._notices.tell(self.tr("No chapters were saved; the file is as it was."))

    def _on_saved(self, done: Tagged | None) -> None:
        if done is None:
            return
        kept = self._kept
        self._end()
        words = self.tr("{chapters} saved into “{name}”.").format(
            chapters=chapters_text(done.count), name=done.path.name
        )
        if done.lost:
            words += " " + self.tr("This kind of file cannot keep {what}.").format(what=_listed(done.lost))
        self._overwriting.tell(words, kept)

    def _on_failed(self, saving: Saving, error: KnownError) -> None:
        # One that was called off may fail later on, while the next one is written.
        if saving is self._saving:
            self._give_up()
            self._notices.report(error_text(error))

    def _give_up(self) -> None:
        self._overwriting.give_up(self._kept)
        self._end()

    def _end(self) -> None:
        if self._line is not None:
            self._line.end()
        self._saving = self._kept = self._line = None

    # --- as a document

    def ask_for_document(self, episode: EpisodeId) -> None:
        """Ask for a name and a form, and write the shown chapters."""
        name = self._services.chapter_saving.name_for(episode)
        dialog = self._dialog(self.tr("Save chapters as"), Path.home() / f"{name}{FORMS[0].ending}")
        filters = [f"{shown(form.words)} (*{form.ending})" for form in FORMS]
        dialog.setNameFilters(filters)
        dialog.setDefaultSuffix(FORMS[0].ending.removeprefix("."))
        dialog.filterSelected.connect(lambda words: self._on_form_chosen(dialog, FORMS[filters.index(words)]))
        dialog.fileSelected.connect(
            lambda chosen: self._on_document_chosen(
                episode, Path(chosen), FORMS[filters.index(dialog.selectedNameFilter())]
            )
        )
        dialog.open()

    def _on_form_chosen(self, dialog: QFileDialog, form: Form) -> None:
        """The name that stands there gets the ending of the form."""
        dialog.setDefaultSuffix(form.ending.removeprefix("."))
        for name in dialog.selectedFiles()[:1]:
            path = Path(name)
            if path.suffix in {each.ending for each in FORMS}:
                dialog.selectFile(path.with_suffix(form.ending).name)

    def _on_document_chosen(self, episode: EpisodeId, target: Path, chosen: Form) -> None:
        path, form = form_meant(target, chosen)
        self._overwriting.begin(path, partial(self._export, episode, path, form))

    def _export(self, episode: EpisodeId, path: Path, form: Form, kept: Kept | None) -> None:
        def report(error: KnownError) -> None:
            self._overwriting.give_up(kept)
            self._notices.report(error_text(error))

        future = self._services.chapter_saving.export(episode, path, form)
        self._services.jobs.when_done(future, partial(self._on_exported, kept), report)

    def _on_exported(self, kept: Kept | None, done: Exported) -> None:
        words = self.tr("{chapters} saved as “{name}”.").format(chapters=chapters_text(done.count), name=done.path.name)
        if done.objection:
            words += " " + self.tr("YouTube will not show them: {why}.").format(why=shown(done.objection))
        self._overwriting.tell(words, kept)

    def _dialog(self, heading: str, path: Path) -> QFileDialog:
        dialog = QFileDialog(self._window, heading, str(path.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # What is there is kept for as long as the notice offers it back.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.selectFile(path.name)
        dialog.finished.connect(dialog.deleteLater)
        return dialog


def _listed(things: tuple[str, ...]) -> str:
    """ "a", "a and b", "a, b and c"."""
    *first, last = map(shown, things)
    if not first:
        return last
    return translate("chapters", "{first} and {last}").format(first=", ".join(first), last=last)
