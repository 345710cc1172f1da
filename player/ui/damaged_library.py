"""The dialog about a library that cannot be used: what happened, what a backup brings back, and what is lost.

Must not know how anything is brought back.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QDialog, QWidget

from player.app.compose import Services
from player.app.safekeeping import Backup, Repair, Repaired
from player.core.errors import DamagedLibraryError, KnownError
from player.core.events import ProblemReported
from player.ui.buttons import FlatButton, Look
from player.ui.dialog_frame import DialogFrame
from player.ui.listen import listen
from player.ui.notice_bar import NoticeBar
from player.ui.texts import date_text, episodes_text, podcasts_text, shown, translate
from player.ui.widgets import WrappedLabel


class DamagedLibrary(QDialog):
    """Asks; `choice` is the answer, None for none."""

    def __init__(self, error: DamagedLibraryError, backup: Backup | None, parent: QWidget | None) -> None:
        """Without a `parent` there is no window yet, and no answer ends the program."""
        super().__init__(parent)
        self.choice: Repair | None = None
        words = self.tr("The library cannot be used")
        self.setWindowTitle("Earmark" if parent is None else words)
        heading = WrappedLabel(factor=1.25, weight=QFont.Weight.Bold)
        heading.setText(words)
        self.words = WrappedLabel()
        self.words.setText(_what_happened(error) + "\n\n" + _what_backup_has(backup))
        self.more = WrappedLabel(role=QPalette.ColorRole.PlaceholderText)
        self.more.setText(_what_stays(backup))
        self.leave = FlatButton(self.tr("Quit") if parent is None else self.tr("Not now"))
        self.leave.clicked.connect(self.reject)
        self.empty = FlatButton(self.tr("Begin with an empty library"))
        self.empty.clicked.connect(lambda: self._choose(Repair.EMPTY))
        self.restore = FlatButton(self.tr("Restore the backup"), "", Look.PRIMARY)
        self.restore.clicked.connect(lambda: self._choose(Repair.RESTORE))
        self.restore.setDefault(backup is not None)
        if backup is None:
            self.restore.hide()
        frame = DialogFrame(self, (self.leave, self.empty, self.restore), spacing=1)
        for widget in (heading, self.words, self.more):
            frame.column.addWidget(widget)
        frame.column.addStretch()
        frame.fit(self.fontMetrics().height() * 34)

    def _choose(self, how: Repair) -> None:
        self.choice = how
        self.accept()


class RepairOffer(QObject):
    """Tells what went wrong in the background; of a damaged library it asks what is to be done, once at a time.

    After a choice the window closes, for the library must be closed.
    """

    def __init__(
        self, services: Services, notices: NoticeBar, report: Callable[[KnownError], None], window: QWidget
    ) -> None:
        """`report` is told of all other problems."""
        super().__init__(window)
        self._services = services
        self._notices = notices
        self._report = report
        self._window = window
        self._dialog: DamagedLibrary | None = None
        listen(self, services.bus, ProblemReported, lambda fact: self._on_problem(fact.error))

    def tell(self, repaired: Repaired) -> None:
        """Say that another library stands in the place of a damaged one."""
        self._notices.go_on(_repaired_text(repaired), "", None)

    def _on_problem(self, error: KnownError) -> None:
        if not isinstance(error, DamagedLibraryError):
            self._report(error)
        elif self._dialog is None:
            self._dialog = DamagedLibrary(error, self._services.safekeeping.backup(), self._window)
            self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._dialog.finished.connect(self._on_finished)
            self._dialog.open()

    def _on_finished(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None and dialog.choice is not None:
            self._services.safekeeping.repair = dialog.choice
            self._window.close()


def _repaired_text(repaired: Repaired) -> str:
    """What was done about a damaged library."""
    if repaired.backup is None:
        words = translate("damage", "This library is a new one.")
    else:
        words = translate("damage", "The library is as it was on {date}.").format(
            date=date_text(repaired.backup.made_at)
        )
    if repaired.saved:
        saved = translate("damage", "Places and changes since then were saved of {episodes}.")
        words = f"{words} {saved.format(episodes=episodes_text(repaired.saved))}"
    if repaired.aside is None:
        return words
    aside = translate("damage", "The damaged file lies beside it as {name}.").format(name=repaired.aside.name)
    return f"{words} {aside}"


def _what_happened(error: DamagedLibraryError) -> str:
    words = translate(
        "damage", "The file in {folder} that holds your podcasts, places and chapters cannot be used: {reason}."
    )
    return words.format(folder=error.path, reason=shown(error.reason))


def _what_backup_has(backup: Backup | None) -> str:
    if backup is None:
        return translate("damage", "There is no backup of it.")
    words = translate(
        "damage",
        "There is a backup of {date} with {podcasts} and {episodes}. What you added, heard or changed since then is "
        "lost where it cannot be read from the damaged file; new episodes come with the next refresh.",
    )
    facts = {"podcasts": podcasts_text(backup.podcasts), "episodes": episodes_text(backup.episodes)}
    return words.format(date=date_text(backup.made_at), **facts)


def _what_stays(backup: Backup | None) -> str:
    words = translate(
        "damage", "Nothing is deleted: the damaged file is put aside under another name, and downloaded audio stays."
    )
    if backup is not None:
        return words
    more = translate(
        "damage", "If you have exported your library or a list of your podcasts (OPML), import it into the empty one."
    )
    return f"{words} {more}"
