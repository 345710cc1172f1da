"""One quiet line of links to the passages that the publisher recommends.

Must not know services, nor how published times are moved.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette

from player.core.model import Millis, Soundbite
from player.ui.texts import DOT, about_text
from player.ui.widgets import WrappedLabel

_MOST = 12


class Highlights(WrappedLabel):
    """`seek_asked(published)` when one is chosen, by mouse or by Tab and Enter. Hidden while there are none."""

    seek_asked = Signal(int)
    # Qt tells of changes while the label is still being made.
    _shown: tuple[Soundbite, ...] = ()
    _title = ""

    def __init__(self) -> None:
        super().__init__(factor=0.94, role=QPalette.ColorRole.PlaceholderText)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.linkActivated.connect(self._on_link_activated)
        self.hide()

    def show_soundbites(self, soundbites: Sequence[Soundbite], title: str) -> None:
        """Show others; one without a title of its own is called by the episode's `title`."""
        self._shown, self._title = tuple(soundbites[:_MOST]), title
        self._write()

    def _write(self) -> None:
        # In rich text the colour of links stands in the text.
        style = f"color: {self.palette().color(QPalette.ColorRole.Link).name()}; text-decoration: none"
        names = [each.title or self._title for each in self._shown]
        lengths = [about_text(each.length).replace(" ", "&nbsp;") for each in self._shown]
        links = [
            f'<a href="{place}" style="{style}">{html.escape(name)}</a>&nbsp;{length}'
            for place, (name, length) in enumerate(zip(names, lengths, strict=True))
        ]
        words = self.tr("Highlights:")
        self.setText(f"{words} {DOT.join(links)}")
        self.setAccessibleName(f"{words} {', '.join(names)}")
        self.setVisible(bool(links))

    def changeEvent(self, event: QEvent) -> None:
        """Links take the colour of another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._shown:
            self._write()

    def _on_link_activated(self, place: str) -> None:
        start: Millis = self._shown[int(place)].start
        self.seek_asked.emit(start)
