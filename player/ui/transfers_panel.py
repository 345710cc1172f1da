"""What is being downloaded, above the downloads that are finished: in its order, with all that can be done about it.

Must not know how anything is fetched.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTableView, QVBoxLayout, QWidget

from player.app.compose import Services
from player.core.events import DownloadChanged, DownloadProgressed, DownloadsReordered, EpisodesChanged, PodcastsChanged
from player.core.model import DownloadState, Episode, EpisodeId
from player.ui.actions import Actions
from player.ui.artworks import Artworks
from player.ui.buttons import FlatButton, Look
from player.ui.cleaning import Cleaning
from player.ui.episode_model import EpisodeRole
from player.ui.listen import listen
from player.ui.menus import menu_about
from player.ui.mirroring import leading_point
from player.ui.plain_table import make_plain
from player.ui.soon import Soon
from player.ui.texts import title_text
from player.ui.transfer_delegate import TransferDelegate
from player.ui.transfer_model import TransferModel
from player.ui.transfer_texts import summary_text, transfer_words
from player.ui.widgets import ElidedLabel

READ_AFTER_MS = 60
COUNT_EVERY_MS = 1000
_MOST_OF_VIEW = 0.46
"""So much of the view's height the rows take at most: the finished ones below want room, too."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STOPPED = (DownloadState.PAUSED, DownloadState.FAILED)


class TransferTable(QTableView):
    """The rows. Signals with an index: `chosen` by Enter or a double click, `toggled`, `cancelled` by their icons."""

    chosen = Signal(QModelIndex)
    toggled = Signal(QModelIndex)
    cancelled = Signal(QModelIndex)

    def __init__(self, model: TransferModel, delegate: TransferDelegate) -> None:
        super().__init__()
        self._delegate = delegate
        self._pressed_last: EpisodeId | None = None
        self.setModel(model)
        self.setItemDelegate(delegate)
        make_plain(self, TransferDelegate.row_height(self.fontMetrics().height()))
        self.setAccessibleName(self.tr("Downloads that are not finished"))
        self.setDragDropMode(QTableView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.doubleClicked.connect(self.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows the episode."""
        if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if self.currentIndex().isValid():
                self.chosen.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on an icon is none on the row."""
        point = event.position().toPoint()
        pressed = self._pressed(point)
        if pressed is not None and event.button() is Qt.MouseButton.LeftButton:
            self._pressed_last = self._episode_at(point)
            pressed.emit(self.indexAt(point))
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second of two quick presses on an icon counts as one more, unless the first has put another row there."""
        point = event.position().toPoint()
        if self._pressed(point) is None:
            super().mouseDoubleClickEvent(event)
        elif self._episode_at(point) == self._pressed_last:
            self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The icon under the mouse stands out."""
        self._point_at(event.position().toPoint())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No icon is under the mouse."""
        self._point_at(None)
        super().leaveEvent(event)

    def _point_at(self, point: QPoint | None) -> None:
        self._delegate.pointer = point
        self.viewport().update()

    def _episode_at(self, point: QPoint) -> EpisodeId:
        episode: Episode = self.indexAt(point).data(EpisodeRole)
        return episode.id

    def _pressed(self, point: QPoint) -> SignalInstance | None:
        index = self.indexAt(point)
        if not index.isValid():
            return None
        area = self.visualRect(index)
        toggle, cancel = self._delegate.slots(area, self.fontMetrics().height())
        point = leading_point(point, area, self.layoutDirection())
        return self.toggled if toggle.contains(point) else self.cancelled if cancel.contains(point) else None


class TransfersPanel(QWidget):
    """Signals: `episode_chosen(id)` to open a page."""

    episode_chosen = Signal(object)

    def __init__(self, services: Services, artworks: Artworks) -> None:
        super().__init__()
        self._services = services
        self.model = TransferModel(self._words)
        self.model.dropped.connect(self._move)
        delegate = TransferDelegate(self, services.downloads.progress, artworks)
        self.table = TransferTable(self.model, delegate)
        artworks.arrived.connect(self.table.viewport().update)
        self.table.chosen.connect(lambda index: self.episode_chosen.emit(self.model.rows[index.row()].id))
        self.table.toggled.connect(lambda index: self._toggle(self.model.rows[index.row()]))
        self.table.cancelled.connect(lambda index: self._cancel(self.model.rows[index.row()]))
        self.table.customContextMenuRequested.connect(self._on_menu_asked)
        self.summary = ElidedLabel(factor=0.92)
        self.pause_all = FlatButton(self.tr("Pause all"), "pause", Look.CHIP)
        self.pause_all.clicked.connect(lambda _: services.downloads.pause_all())
        self.resume_all = FlatButton(self.tr("Resume all"), "play", Look.CHIP)
        self.resume_all.clicked.connect(lambda _: services.downloads.resume_all())
        self.clean = FlatButton(
            self.tr("Clean up…"), "remove", Look.CHIP, self.tr("Remove downloads that are done with")
        )
        self.clean.clicked.connect(lambda: Cleaning(services, self.window()).open())
        self._lay_out()
        self._soon = Soon(self.refresh, self, READ_AFTER_MS)
        self._counting = QTimer(self)
        self._counting.setInterval(COUNT_EVERY_MS)
        self._counting.timeout.connect(self.model.touch_all)
        bus = services.bus
        listen(self, bus, DownloadChanged, lambda _: self._soon.ask())
        listen(self, bus, PodcastsChanged, lambda _: self._soon.ask())
        listen(self, bus, EpisodesChanged, lambda _: self._soon.ask())
        listen(self, bus, DownloadsReordered, lambda _: self.refresh())
        listen(self, bus, DownloadProgressed, self._on_progressed)
        self.refresh()

    def _lay_out(self) -> None:
        unit = self.fontMetrics().height()
        top = QHBoxLayout()
        top.setContentsMargins(round(unit * 1.7), 0, unit, unit // 2)
        top.setSpacing(unit // 2)
        top.addWidget(self.summary, 1)
        for button in (self.resume_all, self.pause_all, self.clean):
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, unit // 2)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.table)

    @property
    def has_focus(self) -> bool:
        """Whether the focus is in here."""
        return self.isAncestorOf(self.window().focusWidget())

    @property
    def chosen(self) -> EpisodeId | None:
        """The episode under the cursor."""
        episode = self._chosen()
        return episode.id if episode is not None else None

    def connect_actions(self, actions: Actions) -> None:
        """Let the keys that sort, pause and cancel count in here."""
        for name, command in (
            ("download_up", lambda: self._move_by(-1)),
            ("download_down", lambda: self._move_by(1)),
            ("download_first", lambda: self._move_to(0)),
            ("download_pause", lambda: self._with_chosen(self._toggle)),
            ("download_cancel", lambda: self._with_chosen(self._cancel)),
        ):
            actions.connect(name, command)
            actions.move_to(name, self)

    def refresh(self) -> None:
        """Read the order and the episodes again; the chosen one stays chosen."""
        chosen, has_focus = self._chosen(), self.table.hasFocus()
        downloads = self._services.downloads
        found = self._services.library.episodes(downloads.order)
        going = self._services.keeping.is_going
        self.model.show_rows(
            [each for each in found if each.download.state is not DownloadState.COMPLETE and not going(each.id)]
        )
        row = self.model.row_of(chosen.id) if chosen is not None else None
        if row is not None and row != self.table.currentIndex().row():
            self.table.selectRow(row)
        if has_focus:
            self.table.setFocus()
        states = [each.download.state for each in self.model.rows]
        self.table.setVisible(bool(states))
        self.pause_all.setVisible(any(state not in _STOPPED for state in states))
        self.resume_all.setVisible(DownloadState.PAUSED in states)
        if any(downloads.again_at(each.id) is not None for each in self.model.rows):
            self._counting.start()
        else:
            self._counting.stop()
        self._show_summary()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is room for other rows and words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the rows, or as what the view has for them; buttons are icons where the summary needs the room."""
        view = self.parentWidget() or self
        row = TransferDelegate.row_height(self.fontMetrics().height())
        most = max(2, int(view.height() * _MOST_OF_VIEW) // row)
        self.table.setFixedHeight(min(len(self.model.rows), most) * row + 2)
        buttons = (self.resume_all, self.pause_all, self.clean)
        for button in buttons:
            button.fold(is_folded=False)
        words = self.summary.fontMetrics().horizontalAdvance(self.summary.text())
        needed = words + sum(each.sizeHint().width() for each in buttons if not each.isHidden())
        is_narrow = needed > self.width() - self.fontMetrics().height() * 5
        for button in buttons:
            button.fold(is_folded=is_narrow)

    def _show_summary(self) -> None:
        states = [each.download.state for each in self.model.rows]
        words = summary_text(states, self._services.downloads.all_progress())
        self.summary.set_text(words or self.tr("Nothing is on its way"))

    def _words(self, episode: Episode) -> str:
        downloads = self._services.downloads
        again_at = downloads.again_at(episode.id)
        again_in = again_at - self._services.now() if again_at is not None else None
        progress = downloads.progress(episode.id)
        return transfer_words(episode.download, progress, again_in=again_in, is_held=downloads.is_held)

    def _on_progressed(self, fact: DownloadProgressed) -> None:
        if self.isVisible():
            self.model.touch(fact.id)
            self._show_summary()

    # --- gestures

    def _chosen(self) -> Episode | None:
        index = self.table.currentIndex()
        return self.model.rows[index.row()] if index.isValid() else None

    def _with_chosen(self, act: Callable[[Episode], None]) -> None:
        episode = self._chosen()
        if episode is not None:
            act(episode)

    def _move_by(self, step: int) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self._move_to(index.row() + step)

    def _move_to(self, place: int) -> None:
        episode = self._chosen()
        if episode is not None:
            self._move(episode.id, max(0, place))
            self.table.scrollTo(self.table.currentIndex())

    def _move(self, episode: EpisodeId, place: int) -> None:
        """Put one at a place among the rows, counted without it: beside its neighbour there.

        The order has downloads, too, that have no row: their cancellation can be undone.
        """
        rest = [each for each in self.model.ids if each != episode]
        order = [each for each in self._services.downloads.order if each != episode]
        if place < len(rest):
            self._services.downloads.move(episode, order.index(rest[place]))
        elif rest:
            self._services.downloads.move(episode, order.index(rest[-1]) + 1)

    def _toggle(self, episode: Episode) -> None:
        """Pause it, or go on with it."""
        if episode.download.state in _STOPPED:
            self._services.downloads.start(episode.id)
        else:
            self._services.downloads.pause(episode.id)

    def _cancel(self, episode: Episode) -> None:
        self._services.keeping.remove(episode.id)

    def _on_menu_asked(self, point: QPoint) -> None:
        index = self.table.indexAt(point)
        if not index.isValid():
            return
        episode, downloads = self.model.rows[index.row()], self._services.downloads
        menu = menu_about(title_text(episode.title), self)
        toggle = {DownloadState.PAUSED: self.tr("Resume"), DownloadState.FAILED: self.tr("Try again")}
        words = toggle.get(episode.download.state, self.tr("Pause"))
        menu.addAction(words).triggered.connect(lambda: self._toggle(episode))
        if episode.download.state is not DownloadState.RUNNING:
            menu.addAction(self.tr("Download now")).triggered.connect(partial(self._start_now, episode.id))
        menu.addSeparator()
        menu.addAction(self.tr("To the top")).triggered.connect(lambda: downloads.move(episode.id, 0))
        menu.addAction(self.tr("To the end")).triggered.connect(
            lambda: downloads.move(episode.id, len(downloads.order))
        )
        menu.addAction(self.tr("Show episode")).triggered.connect(lambda: self.episode_chosen.emit(episode.id))
        menu.addSeparator()
        menu.addAction(self.tr("Cancel download")).triggered.connect(lambda: self._cancel(episode))
        menu.popup(self.table.viewport().mapToGlobal(point))

    def _start_now(self, episode: EpisodeId, _checked: bool = False) -> None:
        self._services.downloads.start_now(episode)
