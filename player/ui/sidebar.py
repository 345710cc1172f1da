"""The column on the left: queue, views, bookmarks, search and podcasts. In a narrow window a rail of icons and tiles.

Must not know what a place shows.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from player.app.compose import Services
from player.core.events import (
    BookmarksChanged,
    DownloadChanged,
    DownloadProgressed,
    EpisodesChanged,
    PlaybackChanged,
    PodcastsChanged,
    QueueChanged,
)
from player.core.model import Podcast, PodcastKind
from player.ui.artworks import Artworks
from player.ui.chapter_menus import copy
from player.ui.folder_gestures import FolderGestures
from player.ui.icons import paint_icon
from player.ui.listen import listen
from player.ui.menus import menu_about
from player.ui.mirroring import draw_text, mirror
from player.ui.places import Place
from player.ui.sidebar_model import AnyIndex, ClosedFolders, Row, RowRole, SidebarModel
from player.ui.soon import Soon
from player.ui.theme import Colours, colours
from player.ui.tiles import paint_tile
from player.ui.widgets import Panel, ThinScrollBar, broken_lines, sized

REFRESH_AFTER_MS = 200
"""Facts come in swarms; the rows are read once for all of them."""
_INDENT = 0.9
"""Of what is in a folder, in heights of a line of text."""


def shown_note(row: Row, name: QFont, small: QFont, room: int) -> tuple[str, int]:
    """What stands at the end of a row, and how much of its room that leaves to the name."""
    measured, needed = QFontMetrics(small), QFontMetrics(name).horizontalAdvance(row.text)
    for note in (row.note, row.brief or row.note):
        left = room - (measured.horizontalAdvance(note) + 8 if note else 0)
        if needed <= left:
            break
    return note, left


class SidebarDelegate(QStyledItemDelegate):
    """Draws a row: an icon or a tile, the name, the note."""

    def __init__(self, parent: QWidget, artworks: Artworks) -> None:
        super().__init__(parent)
        self._artworks = artworks
        self.is_rail = False

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Podcasts are higher than views, headings have air above."""
        unit = option.fontMetrics.height()
        row: Row = index.data(RowRole)
        if row.is_heading:
            return QSize(0, round(unit * (0.9 if self.is_rail else 2.2)))
        return QSize(0, round(unit * (2.3 if row.podcast and not row.icon else 1.85)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the row."""
        row: Row = index.data(RowRole)
        shades = colours(option.palette)
        area = QRect(option.rect)
        unit = option.fontMetrics.height()
        painter.save()
        mirror(painter, area, option.direction)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.is_heading:
            self._paint_heading(painter, area, row, option.font, shades)
        else:
            self._paint_ground(painter, area, option, shades)
            side = round(unit * (1.5 if row.podcast and not row.icon else 1.05))
            inset = 0.0 if self.is_rail else unit * _INDENT * row.depth
            left = (area.width() - side) / 2 if self.is_rail else inset + unit * (0.72 if row.icon else 0.5)
            square = QRectF(area.left() + left, area.top() + (area.height() - side) / 2, side, side)
            if row.icon:
                paint_icon(painter, row.icon, square, shades.text)
            else:
                artwork = self._artworks.image(row.podcast.id, painter, square) if row.podcast else None
                paint_tile(painter, square, row.text, option.font, artwork)
            if not self.is_rail:
                text_left = area.left() + round(inset + unit * (2.3 if row.icon else 2.6))
                self._paint_words(painter, area.adjusted(text_left - area.left(), 0, -unit // 2, 0), row, option)
        painter.restore()

    def _paint_heading(self, painter: QPainter, area: QRect, row: Row, font: QFont, shades: Colours) -> None:
        painter.setPen(shades.muted)
        if self.is_rail:
            painter.fillRect(area.left() + 14, area.center().y(), area.width() - 28, 1, shades.line)
            return
        painter.setFont(sized(font, 0.78, QFont.Weight.DemiBold))
        unit = painter.fontMetrics().height()
        inside = area.adjusted(unit, 0, 0, -round(unit * 0.4))
        draw_text(painter, inside, row.text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)

    @staticmethod
    def _paint_ground(painter: QPainter, area: QRect, option: QStyleOptionViewItem, shades: Colours) -> None:
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        # What has the focus and is not the place that is shown is a folder, or passed on the way to another place.
        is_passed = bool(option.state & QStyle.StateFlag.State_HasFocus) and not is_chosen
        if is_chosen or is_passed or option.state & QStyle.StateFlag.State_MouseOver:
            edge = shades.accent if is_passed else shades.edge if is_chosen else QColor(Qt.GlobalColor.transparent)
            painter.setPen(edge)
            painter.setBrush(shades.accent_soft if is_chosen else shades.hover)
            painter.drawRoundedRect(QRectF(area).adjusted(0.5, 1.5, -0.5, -1.5), 8, 8)

    @staticmethod
    def _paint_words(painter: QPainter, area: QRect, row: Row, option: QStyleOptionViewItem) -> None:
        shades = colours(option.palette)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        small = sized(option.font, 0.9)
        weight = QFont.Weight.DemiBold if is_chosen else option.font.weight()
        name = sized(option.font, 1.0, QFont.Weight(weight))
        note, room = shown_note(row, name, small, area.width())
        painter.setFont(small)
        painter.setPen(shades.muted)
        draw_text(painter, area, note, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.setFont(name)
        painter.setPen(shades.text)
        lines = broken_lines(row.text, painter.font(), room, 1 if row.icon else 2)
        step = round(painter.fontMetrics().height() * 0.98)
        top = area.top() + (area.height() - step * len(lines)) // 2
        for number, line in enumerate(lines):
            slot = QRect(area.left(), top + number * step, room, step)
            draw_text(painter, slot, line)


class RowList(QListView):
    """The rows of the sidebar, of which the one that is shown stays the chosen one while keys pass others."""

    def selectionCommand(self, index: AnyIndex, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """No key and no click chooses by itself."""
        del index, event
        return QItemSelectionModel.SelectionFlag.NoUpdate

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The first of its clicks has done what a row is for; the second would undo it."""
        event.accept()


class Sidebar(Panel):
    """The views and podcasts. Signals: `place_chosen(Place)`, `settings_asked(PodcastId)`, `removal_asked(Podcast)`."""

    place_chosen = Signal(object)
    settings_asked = Signal(object)
    removal_asked = Signal(object)

    def __init__(self, services: Services, artworks: Artworks, folders: FolderGestures, closed: ClosedFolders) -> None:
        super().__init__(QPalette.ColorRole.Window, Qt.Edge.RightEdge)
        self._services = services
        self._folders = folders
        self.model = SidebarModel(services, closed)
        self.view = RowList()
        self.view.setModel(self.model)
        # After the view's own: it forgets then what is chosen, and where the keys are.
        self.model.modelAboutToBeReset.connect(self._on_reset_begun)
        self.model.modelReset.connect(self._on_reset)
        self._delegate = SidebarDelegate(self.view, artworks)
        artworks.arrived.connect(self.view.viewport().update)
        self.view.setItemDelegate(self._delegate)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollBar(ThinScrollBar())
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setAccessibleName(self.tr("Views and podcasts"))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._on_menu_asked)
        self.view.clicked.connect(self._on_chosen)
        self.view.activated.connect(self._on_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 10, 9, 8)
        column.addWidget(self.view)
        bus = services.bus
        self._soon = Soon(self.refresh, self, REFRESH_AFTER_MS)
        for kind in (
            PodcastsChanged,
            EpisodesChanged,
            DownloadChanged,
            PlaybackChanged,
            QueueChanged,
            BookmarksChanged,
        ):
            listen(self, bus, kind, self._on_changed)
        listen(self, bus, DownloadProgressed, lambda _: self.model.show_progress())
        self._place: Place | None = None
        self._passed: Row | None = None

    def set_width(self, wide: float, *, is_rail: bool) -> None:
        """Be so `wide`, in heights of a line of text, and show names, or, as a rail, icons and tiles only."""
        width = round(self.fontMetrics().height() * wide)
        if (self._delegate.is_rail, self.minimumWidth()) == (is_rail, width):
            return
        self._delegate.is_rail = is_rail
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if is_rail else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.view.setVerticalScrollBarPolicy(policy)
        self.setFixedWidth(width)
        self.view.doItemsLayout()

    def refresh(self) -> None:
        """Read the rows again; what is chosen and where the keys are stays so."""
        self.model.read()

    def show_place(self, place: Place) -> None:
        """Mark a place as the one that is shown."""
        self._place = place
        row = self.model.place_row(place)
        selection = self.view.selectionModel()
        index = self.model.index(row) if row is not None else QModelIndex()
        if row is None:
            selection.clear()
        elif selection.currentIndex() != index or not selection.isSelected(index):
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _on_changed(self, _fact: object) -> None:
        self._soon.ask()

    def _on_reset_begun(self) -> None:
        current = self.view.currentIndex()
        self._passed = self.model.row(current) if current.isValid() else None

    def _on_reset(self) -> None:
        if self._place is not None:
            self.show_place(self._place)
        row = self.model.row_like(self._passed) if self._passed is not None else None
        if row is not None:
            selection = self.view.selectionModel()
            selection.setCurrentIndex(self.model.index(row), QItemSelectionModel.SelectionFlag.NoUpdate)

    def _on_chosen(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        if row.place is not None:
            self.place_chosen.emit(row.place)
        elif row.folder:
            self.model.toggle(row.folder)

    def _on_menu_asked(self, point: QPoint) -> None:
        index = self.view.indexAt(point)
        row = self.model.row(index) if index.isValid() else None
        if row is not None and row.folder:
            menu = self._folder_menu(row)
        elif row is not None and row.podcast is not None and row.podcast.kind is PodcastKind.FEED:
            menu = self._podcast_menu(row.podcast)
        else:
            return
        menu.popup(self.view.viewport().mapToGlobal(point))

    def _podcast_menu(self, podcast: Podcast) -> QMenu:
        menu = menu_about(podcast.title, self)
        refresh = menu.addAction(self.tr("Refresh"))
        refresh.triggered.connect(lambda: self._services.refreshing.refresh([podcast.id]))
        settings = menu.addAction(self.tr("Podcast settings…"))
        settings.triggered.connect(lambda: self.settings_asked.emit(podcast.id))
        self._folders.offer_folders(menu.addMenu(self.tr("Folder")), podcast)
        address = menu.addAction(self.tr("Copy feed address"))
        address.triggered.connect(lambda: copy(podcast.feed_url))
        remove = menu.addAction(self.tr("Remove podcast"))
        remove.triggered.connect(lambda: self.removal_asked.emit(podcast))
        return menu

    def _folder_menu(self, row: Row) -> QMenu:
        menu = menu_about(row.text, self)
        ids = [each.id for each in row.podcasts]
        refresh = menu.addAction(self.tr("Refresh"))
        refresh.triggered.connect(lambda: self._services.refreshing.refresh(ids))
        self._folders.offer_changes(menu, row.folder, row.podcasts)
        return menu
