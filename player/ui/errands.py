"""What the window asks of the services on the listener's behalf, and the line that says how it went.

Must not know the layout of the window.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from player.app.chapters import Pasted
from player.app.compose import Services
from player.core.addresses import looks_like_address
from player.core.errors import KnownError, LinkError
from player.core.model import EpisodeId, Podcast, PodcastId
from player.ui.actions import Actions
from player.ui.add_podcast import AddPodcast
from player.ui.import_export import ImportExport
from player.ui.notice_bar import TOLD_FOR_MS, NoticeBar
from player.ui.overwriting import Overwriting
from player.ui.texts import chapters_text, error_text, translate

T = TypeVar("T")

_AUDIO = "*.mp3 *.m4a *.m4b *.aac *.ogg *.oga *.opus *.flac *.wav *.mka *.mkv *.mp4 *.webm *.wma *.aiff"


class Errands(QObject):
    """Adds, opens, pastes, removes.

    Signals: `podcast_arrived(id)`, `episode_arrived(id)` when something new is worth showing, and
    `hidden_changed(ids)` with the podcasts whose removal can still be undone, or is just being done.
    """

    podcast_arrived = Signal(object)
    episode_arrived = Signal(object)
    hidden_changed = Signal(object)

    def __init__(self, services: Services, notices: NoticeBar, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._notices = notices
        self._window = window
        self.overwriting = Overwriting(services, notices)
        self.import_export = ImportExport(services, notices, self.overwriting, window)
        self.import_export.podcast_arrived.connect(self.podcast_arrived)
        self._going: list[Podcast] = []
        self._leaving: set[PodcastId] = set()
        self._done = ""
        self._removal_timer = QTimer(self)
        self._removal_timer.setSingleShot(True)
        self._removal_timer.setInterval(TOLD_FOR_MS)
        self._removal_timer.timeout.connect(self.finish_removals)

    def connect_actions(self, actions: Actions) -> None:
        """Let menus and keys ask for what needs no more than that."""
        actions.connect("refresh", self.refresh)
        actions.connect("add_podcast", self.add_podcast)
        actions.connect("open_file", self.choose_audio)
        actions.connect("import", self.import_export.choose_import)
        actions.connect("export", self.import_export.choose_export)
        actions.connect("export_opml", self.import_export.choose_opml_export)
        actions.connect("sample", self.add_sample)

    # --- adding

    def add_podcast(self, address: str = "", *, starts: bool = False) -> AddPodcast:
        """Ask for an address; with `starts`, fetch the given one at once."""
        dialog = AddPodcast(self._services, self._window, address)
        dialog.podcast_added.connect(self.podcast_arrived)
        dialog.document_imported.connect(self.import_export.on_imported)
        dialog.open()
        if starts:
            dialog.start()
        return dialog

    def add_sample(self) -> None:
        """Subscribe to the sample that comes with the program."""
        self._when(self._services.subscriptions.add_sample(), self.podcast_arrived.emit)

    def choose_audio(self) -> None:
        """Ask for an audio file and open it."""
        kinds = (translate("files", "Audio ({endings})").format(endings=_AUDIO), translate("files", "All files (*)"))
        self._choose_file(self.tr("Open audio file"), ";;".join(kinds), self.open_audio)

    def open_audio(self, path: Path) -> None:
        """Put an audio file on the shelf and play it."""
        self._when(self._services.subscriptions.add_file(path), self._on_file_added)

    # --- pasting

    def paste(self, episode: EpisodeId | None) -> None:
        """Take the clipboard: an address to subscribe to, or an outline for `episode`."""
        text = QGuiApplication.clipboard().text()
        if looks_like_address(text):
            self.add_podcast(text.strip(), starts=True)
        else:
            self.paste_outline(episode)

    def paste_outline(self, episode: EpisodeId | None) -> None:
        """Take the outline on the clipboard as the chapters of `episode`; without one nothing happens."""
        if episode is None:
            return
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self._notices.report(
                self.tr("The clipboard holds no text; copy an outline first, a line with a time for each chapter.")
            )
            return
        self.take_outline(episode, text)

    def take_outline(self, episode: EpisodeId, text: str) -> None:
        """Take an outline as the chapters of `episode`."""
        before = self._services.chapters.pasted(episode)
        self._when(self._services.chapters.paste_outline(episode, text), partial(self._on_pasted, episode, before))

    def remove_outline(self, episode: EpisodeId) -> None:
        """Forget the outline that was pasted, until that is undone."""
        before = self._services.chapters.pasted(episode)
        words = self.tr("The pasted outline is removed, with the changes in it.")
        self._when(
            self._services.chapters.clear_pasted(episode),
            lambda _: self._notices.tell(words, self.tr("Undo"), partial(self._put_back, episode, before)),
        )

    # --- removing

    def remove_podcast(self, podcast: Podcast) -> None:
        """Take a podcast out of sight now, and out of the library once it can no longer be undone."""
        self.finish_removals()
        self._going.append(podcast)
        self._removal_timer.start()
        self._tell_hidden()
        words = self.tr("“{title}” is removed; its downloaded files stay on the disk.").format(title=podcast.title)
        self._notices.tell(words, self.tr("Undo"), self._on_undo_removal)

    def finish_removals(self) -> None:
        """Remove for good what was only out of sight."""
        self._removal_timer.stop()
        going, self._going = self._going, []
        for podcast in going:
            self._leaving.add(podcast.id)
            is_over = partial(self._on_removal_over, podcast.id)
            self._services.jobs.when_done(self._services.subscriptions.remove(podcast.id), is_over, is_over)

    def refresh(self) -> None:
        """Ask all podcasts for new episodes."""
        self._services.refreshing.refresh([each.id for each in self._services.library.podcasts()])

    def report(self, error: KnownError) -> None:
        """Say what went wrong; a link to a podcast that is not here offers to add it."""
        if isinstance(error, LinkError) and error.feed_url is not None:
            self._notices.report(error_text(error), self.tr("Add podcast"), partial(self._add_linked, error))
        else:
            self._notices.report(error_text(error))

    def say(self, words: str) -> None:
        """Say why something cannot be done."""
        self._notices.report(words)

    def tell_going(self, words: str) -> None:
        """Say what is going on."""
        self._notices.go_on(words, "", None)

    def tell_over(self, words: str) -> None:
        """What was going on, as these words still say, does so no more, and how it went is told elsewhere."""
        if self._notices.says(words):
            self._notices.dismiss()

    def tell_done(self, words: str, undo: Callable[[], None] | None) -> None:
        """Say what was done, with a way back where there is one. Without words, what was said before is over."""
        if words:
            self._notices.tell(words, self.tr("Undo"), undo)
        else:
            self.tell_over(self._done)
        self._done = words

    # --- within

    def _add_linked(self, missing: LinkError) -> None:
        dialog = self.add_podcast(missing.feed_url or "")
        dialog.podcast_added.connect(lambda _: self._follow(missing.link))
        dialog.start()

    def _follow(self, link: str) -> None:
        try:
            episode, at = self._services.bookmarks.linked(link)
        except KnownError as error:
            self.report(error)
            return
        self._services.playback.open(episode, at=at)
        self.episode_arrived.emit(episode)

    def _when(self, future: Future[T], on_result: Callable[[T], None]) -> None:
        self._services.jobs.when_done(future, on_result, self.report)

    def _choose_file(self, heading: str, filters: str, take: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self._window, heading, "", filters)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: take(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_file_added(self, episode: EpisodeId) -> None:
        self.episode_arrived.emit(episode)
        self._services.playback.open(episode)

    def _on_pasted(self, episode: EpisodeId, before: Pasted, count: int) -> None:
        words = self.tr("{chapters} taken from the pasted outline.").format(chapters=chapters_text(count))
        self._notices.tell(words, self.tr("Undo"), partial(self._put_back, episode, before))

    def _put_back(self, episode: EpisodeId, before: Pasted) -> None:
        self._when(self._services.chapters.put_back(episode, before), lambda _: None)

    def _on_undo_removal(self) -> None:
        self._removal_timer.stop()
        self._going = []
        self._tell_hidden()

    def _on_removal_over(self, podcast: PodcastId, problem: KnownError | None) -> None:
        """It is gone, or it is seen again, as it could not be removed."""
        self._leaving.discard(podcast)
        self._tell_hidden()
        if problem is not None:
            self.report(problem)

    def _tell_hidden(self) -> None:
        self.hidden_changed.emit(frozenset(self._leaving.union(each.id for each in self._going)))
