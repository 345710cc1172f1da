"""Asks where bookmarks are saved, and says how that went.

Must not know what is in the documents.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from player.app.compose import Services
from player.app.replacing import Kept
from player.core.errors import KnownError
from player.ui.errands import Errands
from player.ui.texts import bookmarks_text, translate

_KINDS = {"Markdown (*.md)": (".md", "markdown"), "CSV (*.csv)": (".csv", "csv"), "JSON (*.json)": (".json", "json")}


def choose_export(services: Services, errands: Errands, window: QWidget, words: str) -> QFileDialog:
    """Ask where to, and write the bookmarks that have `words`: as the file's name says, else as was chosen."""
    dialog = QFileDialog(window, translate("bookmarks", "Export bookmarks"))
    dialog.setNameFilters(list(_KINDS))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setDefaultSuffix("md")
    dialog.filterSelected.connect(lambda name: dialog.setDefaultSuffix(_KINDS[name][0][1:]))
    dialog.selectFile("bookmarks.md")
    dialog.fileSelected.connect(lambda name: _export(services, errands, Path(name), words, dialog.selectedNameFilter()))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _export(services: Services, errands: Errands, path: Path, words: str, chosen: str) -> None:
    by_suffix = dict(_KINDS.values())
    kind = by_suffix.get(path.suffix.lower(), _KINDS[chosen][1])

    def save(kept: Kept | None) -> None:
        written = services.bookmarks.export(path, kind, words)
        services.jobs.when_done(written, partial(tell, kept), partial(report, kept))

    def tell(kept: Kept | None, count: int) -> None:
        said = translate("bookmarks", "{bookmarks} written to “{name}”.")
        errands.overwriting.tell(said.format(bookmarks=bookmarks_text(count), name=path.name), kept)

    def report(kept: Kept | None, error: KnownError) -> None:
        errands.overwriting.give_up(kept)
        errands.report(error)

    errands.overwriting.begin(path, save)
