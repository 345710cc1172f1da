"""The head of a list of episodes: the podcast's artwork, the name of the place, and what is to be said about it.

Must not know the list.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from player.app.compose import Services
from player.core.feed_facts import PodcastFacts
from player.core.model import Podcast, PodcastKind, View
from player.ui.about_text import AboutText
from player.ui.artworks import Artworks
from player.ui.cover import Cover
from player.ui.feed_facts import FactsLine
from player.ui.flowing_row import FlowingRow
from player.ui.places import view_name
from player.ui.texts import problem_text
from player.ui.widgets import ElidedLabel, WrappedLabel

_NARROW_BELOW = 30
"""A width in heights of a line of text."""


class ListHead(QWidget):
    """`facts` is the line below the name, which the list fills."""

    def __init__(self, services: Services, artworks: Artworks, tools: Sequence[QWidget]) -> None:
        """The `tools` stand beside the name."""
        super().__init__()
        self._services = services
        self._is_narrow = self._is_feed = False
        self.artwork = Cover(artworks, 4.6)
        self.heading = ElidedLabel(factor=1.5, weight=QFont.Weight.Bold, role=QPalette.ColorRole.Text)
        self.facts = ElidedLabel(factor=0.92, role=QPalette.ColorRole.PlaceholderText)
        self.about = AboutText()
        self.feed_facts = FactsLine()
        self.problem = WrappedLabel(factor=0.92, role=QPalette.ColorRole.Accent)
        self._words = words = QVBoxLayout()
        words.setSpacing(4)
        self._first = QHBoxLayout()
        self._first.addWidget(self.heading, 1)
        self._tools = FlowingRow(gap=1 / 3)
        self._tools.add(*tools)
        self._first.addWidget(self._tools)
        words.addLayout(self._first)
        for line in (self.facts, self.about, self.feed_facts, self.problem):
            words.addWidget(line)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.fontMetrics().height())
        row.addWidget(self.artwork, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room beside the name, the tools stand below it, and no artwork."""
        super().resizeEvent(event)
        is_narrow = self.width() < self.fontMetrics().height() * _NARROW_BELOW
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            if is_narrow:
                self._words.insertWidget(2, self._tools)
            else:
                self._first.addWidget(self._tools)
            self._show_artwork()

    def _show_artwork(self) -> None:
        self.artwork.setVisible(self._is_feed and not self._is_narrow)

    def show_place(self, view: View, podcast: Podcast | None) -> None:
        """Say what is listed: a podcast, or a view of all."""
        services = self._services
        if podcast is None:
            self.heading.set_text(view_name(view))
        else:
            is_shelf = podcast.kind is PodcastKind.FILES
            self.heading.set_text(self.tr("Your files") if is_shelf else podcast.title)
        self.about.show_text(podcast.description if podcast else "")
        facts = services.library.podcast_facts(podcast.id) if podcast else PodcastFacts()
        self.feed_facts.show_podcast(facts, podcast.link if podcast else None)
        is_asking = services.refreshing.is_asking
        self.problem.setText(problem_text(podcast, services.now(), is_asking=is_asking) if podcast else "")
        self.problem.setVisible(bool(podcast and podcast.problem))
        self._is_feed = podcast is not None and podcast.kind is PodcastKind.FEED
        self._show_artwork()
        self.artwork.show_podcast(podcast.id if podcast else None, podcast.title if podcast else "")
