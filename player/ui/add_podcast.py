"""The dialog that takes whatever leads to a podcast. It stays, with what was typed, until the podcast is there.

Must not know how a feed is found or fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QPalette
from PySide6.QtWidgets import QDialog, QLineEdit, QProgressBar, QWidget
from shiboken6 import isValid

from player.app.adding import Added, opml_path
from player.app.compose import Services
from player.app.course import Course
from player.app.subscriptions import OpmlResult
from player.core.addresses import looks_like_address, means_address
from player.core.directory import FoundPodcast, SearchResult, feed_key
from player.core.errors import HttpStatusError, KnownError, SeveralFeedsError
from player.ui.account_fields import AccountFields
from player.ui.buttons import FlatButton, Look
from player.ui.dialog_frame import DialogFrame
from player.ui.podcast_choices import Choice, PodcastChoices
from player.ui.texts import episodes_text, error_text, join_facts
from player.ui.widgets import WrappedLabel

_UNAUTHORIZED = 401
_WIDTH = 32
"""In heights of a line of text."""


class AddPodcast(QDialog):
    """Asks for an address, and of several podcasts for one; then the dialog closes.

    `podcast_added(PodcastId)` once it is in the library, `document_imported(OpmlResult)` after an OPML document.
    """

    podcast_added = Signal(object)
    document_imported = Signal(object)

    def __init__(self, services: Services, parent: QWidget, address: str = "") -> None:
        super().__init__(parent)
        self._services = services
        self._course = Course()
        self.setWindowTitle(self.tr("Add podcast"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        unit = self.fontMetrics().height()
        heading = WrappedLabel(factor=1.25, weight=QFont.Weight.Bold)
        heading.setText(self.tr("Add podcast"))
        hint = WrappedLabel(role=QPalette.ColorRole.PlaceholderText)
        hint.setText(
            self.tr(
                "Type what to look for in Apple Podcasts. Or paste an address: of the podcast's feed or web page, "
                "its link in another app, or an OPML document."
            )
        )
        self.address = QLineEdit()
        self.address.setPlaceholderText(self.tr("Words or an address"))
        self.address.setAccessibleName(self.tr("Words or an address"))
        self.address.setMinimumHeight(round(unit * 1.9))
        self.address.textChanged.connect(self._on_text_changed)
        self.address.installEventFilter(self)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedHeight(4)
        self.busy.setAccessibleName(self.tr("Looking for the podcast"))
        self.problem = WrappedLabel(role=QPalette.ColorRole.Accent)
        self.problem.setMinimumHeight(round(unit * 2.4))
        self.problem.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.account = AccountFields()
        self.account.entered.connect(self._on_add_clicked)
        self.choices = PodcastChoices()
        self.choices.itemActivated.connect(self._on_add_clicked)
        self.choices.hide()
        self.cancel = FlatButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.rejected.connect(self._on_rejected)
        self.add = FlatButton(self.tr("Add"), "add", Look.PRIMARY)
        self.add.setDefault(True)
        self.add.clicked.connect(self._on_add_clicked)
        self._lay_out(heading, hint)
        self._show_busy(is_busy=False)
        self.address.setText(address or _address_on_clipboard())
        self.address.selectAll()
        self._show_ready()

    def _lay_out(self, *above: QWidget) -> None:
        self._frame = DialogFrame(self, (self.cancel, self.add), spacing=0.5)
        column = self._frame.column
        for widget in (*above, self.address, self.account, self.busy, self.problem):
            column.addWidget(widget)
        column.addWidget(self.choices, 1)
        column.addStretch()
        self._fit()

    def start(self) -> None:
        """Fetch the feed of the address in the field."""
        self._on_add_clicked()

    def _show_ready(self) -> None:
        is_search = self._is_search and self.choices.isHidden() and bool(self.address.text().strip())
        self.add.show_as(*((self.tr("Search"), "search") if is_search else (self.tr("Add"), "add")))
        self.add.setEnabled(bool(self.address.text().strip()) and not self.address.isReadOnly())

    def _show_busy(self, *, is_busy: bool) -> None:
        policy = self.busy.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.busy.setSizePolicy(policy)
        self.busy.setVisible(is_busy)
        # It keeps the focus, which would go to Cancel from a field that is disabled.
        self.address.setReadOnly(is_busy)
        self._show_ready()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down in the field are for the list of choices."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and not self.choices.isHidden():
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            if event.key() in steps:
                self.choices.step(steps[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)

    def _on_text_changed(self) -> None:
        """What was found for another text is no choice any more."""
        self.choices.hide()
        self.account.withdraw()
        self._show_problem(self.problem.text())
        self._show_ready()

    def _on_add_clicked(self) -> None:
        text = self.address.text().strip()
        choice = None if self.choices.isHidden() else self.choices.current
        if not text or self.address.isReadOnly():
            return
        self._show_problem("")
        self._show_busy(is_busy=True)
        adding, jobs = self._services.adding, self._services.jobs
        if choice is None and self._is_search:
            jobs.when_done(adding.search(text), self._on_found, self._on_failed)
        else:
            meant = choice.url if choice else text
            jobs.when_done(adding.add(meant, self.account.account, self._course), self._on_added, self._on_failed)

    @property
    def _is_search(self) -> bool:
        text = self.address.text()
        return not means_address(text) and opml_path(text) is None

    def _on_found(self, result: SearchResult) -> None:
        if not isValid(self):  # the listener may have closed it meanwhile
            return
        self._show_busy(is_busy=False)
        if result.found:
            there = {feed_key(each.feed_url): each.feed_url for each in self._services.library.podcasts()}
            self._show_choices([self._choice(each, there.get(feed_key(each.url))) for each in result.found])
        else:
            self._show_problem(self.tr("Nothing found; try other words, or paste the address of the feed."))
        self.address.setFocus()

    def _choice(self, found: FoundPodcast, subscribed: str | None) -> Choice:
        """A podcast that was found; `subscribed` is the address under which it is in the library."""
        count = "" if found.episode_count is None else episodes_text(found.episode_count)
        detail = join_facts(found.author, count)
        return Choice(found.title, detail, subscribed or found.url, self.tr("Subscribed") if subscribed else "")

    def _on_rejected(self) -> None:
        """What has not come by now is not added any more."""
        self._course.is_cancelled = True

    def _on_added(self, added: Added) -> None:
        if not isValid(self) or self._course.is_cancelled:  # the listener may have closed it meanwhile
            return
        if isinstance(added, OpmlResult):
            self.document_imported.emit(added)
        else:
            self.podcast_added.emit(added)
        self.accept()

    def _on_failed(self, error: KnownError) -> None:
        if not isValid(self):  # the listener may have closed it meanwhile
            return
        self._show_busy(is_busy=False)
        if isinstance(error, SeveralFeedsError):
            self._show_problem(self.tr("This page names several feeds; choose one."))
            self._show_choices([Choice(feed.name, feed.url if feed.title else "", feed.url) for feed in error.feeds])
        elif isinstance(error, HttpStatusError) and has_to_be_asked(error):
            self._ask_for_account(error)
            return
        else:
            self._show_problem(error_text(error))
        self.address.setFocus()

    def _ask_for_account(self, error: HttpStatusError) -> None:
        """The feed wants a name and a password, or other ones than were typed."""
        host = urlsplit(error.url).hostname or error.url
        was_wrong = self.account.account is not None or "@" in self.address.text()
        words = self.tr("{host} refused this name and password.") if was_wrong else ""
        words = words or self.tr("{host} asks for a name and a password. They go into the keyring of this computer.")
        self._show_problem(words.format(host=host))
        self.account.ask()
        self._fit()

    def _show_problem(self, words: str) -> None:
        """Say what went wrong. Without words its place stays free, but not above a list."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words) or self.choices.isHidden())

    def _show_choices(self, choices: Sequence[Choice]) -> None:
        self.choices.show_choices(choices)
        self.choices.show()
        self._show_problem(self.problem.text())
        self._show_ready()
        self._fit()

    def _fit(self) -> None:
        """Be as high as what is shown needs, and no lower than before."""
        is_shown = self.isVisible()
        width = max(self.width() if is_shown else 0, self.fontMetrics().height() * _WIDTH)
        self._frame.fit(width, self.height() if is_shown else 0)


def has_to_be_asked(error: KnownError) -> bool:
    """Whether the listener can help: which of several feeds is meant, or who may have it."""
    is_refused = isinstance(error, HttpStatusError) and error.status == _UNAUTHORIZED
    return is_refused or isinstance(error, SeveralFeedsError)


def _address_on_clipboard() -> str:
    text = QGuiApplication.clipboard().text()
    return text.strip() if looks_like_address(text) else ""
