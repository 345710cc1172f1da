"""The middle of the window when the queue is shown: how long it takes, and its entries in the order of playing.

Must not know how the queue is kept or played; what was done is told elsewhere (`ui.queue_gestures`).
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTableView, QVBoxLayout

from player.app.compose import Services
from player.core.events import (
    DownloadChanged,
    DownloadProgressed,
    EpisodesChanged,
    PlaybackChanged,
    PodcastsChanged,
    QueueChanged,
)
from player.core.play_queue import QueueEntryId
from player.ui.actions import Actions
from player.ui.artworks import Artworks
from player.ui.buttons import FlatButton, Look
from player.ui.listen import listen
from player.ui.low_scroll import LowScroll
from player.ui.menus import menu_about
from player.ui.plain_table import make_plain
from player.ui.queue_delegate import QueueDelegate
from player.ui.queue_model import QueueModel, Row
from player.ui.soon import Soon
from player.ui.texts import duration_text, entries_text, join_facts, speed_text, title_text
from player.ui.widgets import ElidedLabel, EmptyPage, Panel

READ_AFTER_MS = 150
"""Facts about episodes come in swarms; the rows are read once for all of them."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QueueTable(QTableView):
    """The entries; a row is dragged to its place. `play_asked(index)` by Enter or a double click."""

    play_asked = Signal(QModelIndex)

    def __init__(self, model: QueueModel) -> None:
        super().__init__()
        self.setModel(model)
        make_plain(self, QueueDelegate.row_height(self.fontMetrics().height()))
        self.setAccessibleName(self.tr("Queue"))
        self.setDragDropMode(QTableView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(True)
        self.doubleClicked.connect(self.play_asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter plays."""
        if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if self.currentIndex().isValid():
                self.play_asked.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class QueueView(Panel):
    """Signals: `episode_chosen(id)` to open a page, `episode_browsed(id)` by arrow keys."""

    episode_chosen = Signal(object)
    episode_browsed = Signal(object)

    def __init__(self, services: Services, artworks: Artworks) -> None:
        super().__init__(QPalette.ColorRole.Base)
        self._services = services
        self.model = QueueModel()
        self.model.dropped.connect(services.queue.move)
        self._build(artworks)
        self._soon = Soon(self.refresh, self, READ_AFTER_MS)
        bus = services.bus
        listen(self, bus, QueueChanged, lambda _: self.refresh())
        listen(self, bus, PlaybackChanged, lambda _: self._show_facts())
        listen(self, bus, DownloadProgressed, lambda fact: self.model.touch(fact.id))
        for kind in (EpisodesChanged, PodcastsChanged, DownloadChanged):
            listen(self, bus, kind, lambda _: self._soon.ask())
        self.refresh()

    def _build(self, artworks: Artworks) -> None:
        unit = self.fontMetrics().height()
        self.heading = ElidedLabel(factor=1.5, weight=QFont.Weight.Bold, role=QPalette.ColorRole.Text)
        self.heading.set_text(self.tr("Queue"))
        self.facts = ElidedLabel(factor=0.92, role=QPalette.ColorRole.PlaceholderText)
        self.clear = FlatButton(self.tr("Clear"), "", Look.CHIP, self.tr("Take everything out of the queue"))
        self.clear.clicked.connect(self._services.queue.clear)
        self.table = QueueTable(self.model)
        self.table.setItemDelegate(QueueDelegate(self.table, self._services.downloads.progress, artworks))
        artworks.arrived.connect(self.table.viewport().update)
        self.table.play_asked.connect(self._on_play_asked)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_browsed())
        self.table.customContextMenuRequested.connect(self._on_menu_asked)
        self.empty = EmptyPage()
        self.empty.say(
            self.tr("Nothing is queued"),
            self.tr(
                "Press Q on an episode or on a chapter, or choose “Add to queue” in its menu: what stands here plays"
                " one after the other."
            ),
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.empty)
        top = QHBoxLayout()
        top.setContentsMargins(round(unit * 1.7), round(unit * 1.3), unit, unit)
        names = QVBoxLayout()
        names.setSpacing(4)
        names.addWidget(self.heading)
        names.addWidget(self.facts)
        top.addLayout(names, 1)
        top.addWidget(self.clear)
        LowScroll(self, self.table, self.pages).head.addLayout(top)

    def connect_actions(self, actions: Actions) -> None:
        """Let the keys that sort the queue count in here."""
        for name, command in (
            ("queue_up", lambda: self._move_by(-1)),
            ("queue_down", lambda: self._move_by(1)),
            ("queue_remove", self._on_remove_asked),
            ("queue_undo", self._services.queue.undo),
        ):
            actions.connect(name, command)
            actions.move_to(name, self)

    # --- showing

    def refresh(self) -> None:
        """Read the entries and their episodes again; the chosen one stays chosen."""
        entries, upcoming = self._services.queue.queue.entries, self._services.queue.upcoming()
        found = self._services.library.episodes([each.episode for each in entries])
        episodes, skips = {each.id: each for each in found}, self._services.library.skips(each.id for each in found)
        self.model.show_rows(
            [
                Row(each, episodes[each.episode], each is upcoming, skips.get(each.episode, ()))
                for each in entries
                if each.episode in episodes
            ]
        )
        has_focus = self.table.hasFocus()
        self.pages.setCurrentWidget(self.table if self.model.rows else self.empty)
        if has_focus and not self.model.rows:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.clear.setVisible(bool(self.model.rows))
        self._show_facts()

    def _show_facts(self) -> None:
        """How many entries, and how long they take at the speed of now."""
        rows = self.model.rows
        if not rows:
            self.facts.set_text("")
            return
        speed = self._services.playback.state.sound.speed
        known = [length for row in rows if (length := row.length) is not None]
        total = duration_text(round(sum(known) / speed))
        if len(known) < len(rows):
            total = self.tr("at least {total}").format(total=total)
        at_speed = self.tr("at {speed}").format(speed=speed_text(speed)) if speed != 1 else ""
        words = f"{total} {at_speed}".strip() if known else ""
        self.facts.set_text(join_facts(entries_text(len(rows)), words))

    def _chosen(self) -> Row | None:
        index = self.table.currentIndex()
        return self.model.rows[index.row()] if index.isValid() else None

    # --- gestures

    def _on_play_asked(self, index: QModelIndex) -> None:
        self._services.queue_player.play(self.model.rows[index.row()].entry.id)

    def _on_browsed(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        if rows:
            self.episode_browsed.emit(self.model.rows[rows[0].row()].episode.id)

    def _move_by(self, step: int) -> None:
        row = self._chosen()
        place = None if row is None else self.model.row_of(row.entry.id)
        if row is not None and place is not None and 0 <= place + step < len(self.model.rows):
            self._move_to(row.entry.id, place + step)

    def _move_to(self, entry: QueueEntryId, place: int) -> None:
        self._services.queue.move(entry, place)
        self.table.scrollTo(self.table.currentIndex())

    def _on_remove_asked(self) -> None:
        row = self._chosen()
        if row is not None:
            self._services.queue.remove([row.entry.id])

    def _on_menu_asked(self, point: QPoint) -> None:
        index = self.table.indexAt(point)
        if not index.isValid():
            return
        row, queue = self.model.rows[index.row()], self._services.queue
        entry, episode = row.entry.id, row.episode.id
        menu = menu_about(title_text(row.episode.title), self)
        menu.addAction(self.tr("Play")).triggered.connect(lambda: self._services.queue_player.play(entry))
        menu.addAction(self.tr("Play next")).triggered.connect(lambda: queue.move(entry, 0))
        menu.addAction(self.tr("Move to the end")).triggered.connect(
            lambda: queue.move(entry, len(queue.queue.entries))
        )
        menu.addAction(self.tr("Show episode")).triggered.connect(lambda: self.episode_chosen.emit(episode))
        menu.addSeparator()
        menu.addAction(self.tr("Take out of the queue")).triggered.connect(lambda: queue.remove([entry]))
        menu.popup(self.table.viewport().mapToGlobal(point))
