"""The popup in which the listener says when playing is to end by itself: after a time, a chapter or the episode.

Must not know how it ends: it commands the sleep timer and shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFont, QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from player.app.compose import Services
from player.core.errors import NotFoundError
from player.core.events import PlaybackChanged, PositionChanged, SleepChanged
from player.core.model import EpisodeId
from player.core.session import EPISODE_END
from player.core.sleep import Sleep, SleepKind, after_chapters
from player.core.timecode import MINUTE, format_timecode
from player.ui.buttons import FlatButton, Look
from player.ui.chapter_model import title_of
from player.ui.listen import listen
from player.ui.menus import menu_about
from player.ui.popup_card import PopupCard
from player.ui.setting_fields import Number
from player.ui.texts import join_facts, moment_text, translate
from player.ui.theme import colours
from player.ui.tick_box import TickBox
from player.ui.widgets import WrappedLabel, sized

PRESETS = (5, 10, 15, 20, 30, 45, 60, 75, 90, 120)
"""In minutes."""
_LONGEST = 24 * 60
_MOST_CHAPTERS = 99


class SleepPopup(PopupCard):
    """Shows the sleep timer, and sets it."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(translate("sleep", "Sleep timer"), parent)
        self._services = services
        self._sleeping = services.sleeping
        self._missed = ""
        """Says that what was chosen could not be set any more."""
        self._build()
        self._arrange()
        self._connect()
        self._show()

    # --- building

    def _build(self) -> None:
        self.left = QLabel()
        self.left.setFont(sized(self.font(), 1.25, QFont.Weight.DemiBold))
        self.about = WrappedLabel(0.92, role=QPalette.ColorRole.PlaceholderText)
        self.more = FlatButton("", "later", Look.CHIP)
        self.off = FlatButton(self.tr("Off"), "close", Look.CHIP, self.tr("Do not sleep"))
        self.presets = [FlatButton(str(minutes), "", Look.CHOICE) for minutes in PRESETS]
        for minutes, button in zip(PRESETS, self.presets, strict=True):
            button.setAccessibleName(self.tr("Sleep after %n minutes", None, minutes))
            button.let_widen()
        self.minutes = Number(self.tr("Minutes until sleep"), 1, _LONGEST, self.tr(" min"))
        self.minutes.setValue(25)
        self.start = FlatButton(self.tr("Set"), "", Look.CHIP, self.tr("Sleep after so many minutes"))
        self.chapter = FlatButton("", "", Look.PLAIN)
        self.count = Number(self.tr("Chapters until sleep"), 2, _MOST_CHAPTERS, self.tr(" chapters"))
        self.chapters = FlatButton("", "", Look.CHIP)
        self.choose = FlatButton(self.tr("After a chapter…"), "choose", Look.PLAIN)
        self.choose.put_icon_last()
        self.episode = FlatButton("", "", Look.PLAIN)
        for button in (self.chapter, self.choose, self.episode):
            button.let_widen()
        self.rewinds = TickBox(self.tr("Begin a little earlier after a pause"))
        self.rewinds.setToolTip(self.tr("By some seconds, more after longer ones, and never before a chapter's start"))
        self.rewinds.setChecked(self._services.settings.value.rewinds)

    def _arrange(self) -> None:
        unit = self.fontMetrics().height()
        head = QHBoxLayout()
        head.addWidget(self.left, 1)
        head.addWidget(self.more)
        head.addWidget(self.off)
        presets = QGridLayout()
        presets.setSpacing(unit // 3)
        for number, button in enumerate(self.presets):
            presets.addWidget(button, number // 5, number % 5)
        own = QHBoxLayout()
        own.addWidget(self.minutes, 1)
        own.addWidget(self.start)
        counted = QHBoxLayout()
        counted.addWidget(self.count, 1)
        counted.addWidget(self.chapters)
        # On a card, fields have no edge where the desktop is dark.
        for field in (self.minutes, self.count):
            shade = field.palette()
            shade.setColor(QPalette.ColorRole.Base, colours(self.palette()).card)
            field.setPalette(shade)
        column = QVBoxLayout(self)
        column.setContentsMargins(unit, unit, unit, unit)
        column.setSpacing(unit // 2)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addSpacing(unit // 2)
        column.addWidget(self.heading(self.tr("Minutes")))
        column.addLayout(presets)
        column.addLayout(own)
        column.addSpacing(unit // 2)
        column.addWidget(self.heading(self.tr("At an end")))
        column.addWidget(self.chapter)
        column.addLayout(counted)
        column.addWidget(self.choose)
        column.addWidget(self.episode)
        column.addSpacing(unit // 2)
        column.addWidget(self.rewinds)
        self.set_width(unit * 20)

    def _connect(self) -> None:
        sleeping = self._sleeping
        for minutes, button in zip(PRESETS, self.presets, strict=True):
            button.clicked.connect(partial(self._set, sleeping.after, minutes * MINUTE))
        self.start.clicked.connect(lambda: self._set(sleeping.after, self.minutes.value() * MINUTE))
        self.minutes.lineEdit().returnPressed.connect(self.start.click)
        self.chapter.clicked.connect(partial(self._set, sleeping.after_chapters, 1))
        self.chapters.clicked.connect(lambda: self._set(sleeping.after_chapters, self.count.value()))
        self.count.lineEdit().returnPressed.connect(self.chapters.click)
        self.count.valueChanged.connect(lambda _: self._show())
        self.choose.clicked.connect(self._on_choose_clicked)
        self.episode.clicked.connect(partial(self._do, sleeping.after_episode))
        self.more.clicked.connect(sleeping.prolong)
        self.off.clicked.connect(partial(self._do, sleeping.cancel))
        self.rewinds.clicked.connect(lambda is_on: self._services.settings.change(rewinds=is_on))
        bus = self._services.bus
        listen(self, bus, SleepChanged, lambda _: self._on_sleep_changed())
        for kind in (PlaybackChanged, PositionChanged):
            listen(self, bus, kind, lambda _: self._show())

    def _on_sleep_changed(self) -> None:
        self._missed = ""
        self._show()

    def _set(self, command: Callable[[int], None], value: int, *_: object) -> None:
        """Do it and go; what plays is over sooner than the listener chooses, at times."""
        try:
            command(value)
        except NotFoundError:
            self._missed = _over_text()
            self._show()
            if QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.about, self._missed))
        else:
            self.close()

    def _do(self, command: Callable[[], None], *_: object) -> None:
        command()
        self.close()

    # --- showing

    def _show(self) -> None:
        sleep, playback = self._sleeping.sleep, self._services.playback
        state, position = playback.state, playback.position()
        left = self._sleeping.left()
        self.left.setText(self.tr("Sleep timer") if left is None else format_timecode(left))
        self.about.setText(self._missed or about_sleep(self._services, sleep))
        is_time = sleep is not None and sleep.kind is SleepKind.TIME
        self.more.show_as(self.tr("5 min") if is_time else self.tr("1 chapter"), "add")
        self.more.set_name(self.tr("5 minutes more") if is_time else self.tr("One more chapter"))
        self.more.setVisible(sleep is not None and sleep.kind is not SleepKind.EPISODE)
        self.off.setVisible(sleep is not None)
        this = after_chapters(state.chapters, state.skipped, position)
        self._show_end(self.chapter, self.tr("End of this chapter"), this)
        several = after_chapters(state.chapters, state.skipped, position, self.count.value())
        at = self._clock(several)
        self.chapters.show_as(self.tr("Set · {time}").format(time=at) if at else self.tr("Set"), "")
        self.chapters.setAccessibleName(self.tr("Sleep after so many chapters"))
        for field in (self.count, self.chapters, self.choose):
            field.setEnabled(several is not None)
        whole = Sleep(SleepKind.EPISODE) if state.episode is not None else None
        self._show_end(self.episode, self.tr("End of the episode"), whole)

    def _show_end(self, button: FlatButton, words: str, sleep: Sleep | None) -> None:
        """A button with the time of day at which that end will be."""
        button.setEnabled(sleep is not None)
        button.show_as(join_facts(words, self._clock(sleep)), "")
        button.setAccessibleName(button.text())

    def _clock(self, sleep: Sleep | None) -> str:
        at = self._sleeping.ends_at(sleep) if sleep is not None else None
        return moment_text(at, self._services.now()) if at is not None else ""

    def _on_choose_clicked(self) -> None:
        """The chapters that are still to be heard, each with the time of day of its end."""
        menu = menu_about(self.choose.text(), self)
        state = self._services.playback.state
        after = partial(_sleep_after, self._services, state.episode)
        for index, chapter in enumerate(state.chapters):
            sleep = self._sleeping.at_chapter(index)
            if sleep is not None and index not in state.skipped:
                words = join_facts(self._clock(sleep), title_of(chapter, index)).replace("&", "&&")
                menu.addAction(words).triggered.connect(partial(self._set, after, index))
        menu.popup(self.choose.mapToGlobal(self.choose.rect().bottomLeft()))


class SleepButton(FlatButton):
    """The button of the player bar: a moon, and beside it how much is left."""

    def __init__(self, services: Services) -> None:
        super().__init__("", "sleep", Look.CHOICE)
        self._services = services
        self.clicked.connect(lambda _: self.open())
        for kind in (SleepChanged, PlaybackChanged, PositionChanged):
            listen(self, services.bus, kind, lambda _: self._show())
        self._show()

    def open(self) -> None:
        """Open the popup above."""
        popup = SleepPopup(self._services, self.window())
        popup.show_above(self, popup.presets[4])

    def _show(self) -> None:
        sleeping = self._services.sleeping
        left, is_set = sleeping.left(), sleeping.sleep is not None
        self.light(is_lit=is_set)
        self.show_as(format_timecode(left) if left is not None else "", "sleep")
        name = self.tr("Sleep timer") if not is_set else about_sleep(self._services, sleeping.sleep)
        if name != self.accessibleName():
            self.set_name(name)


def about_sleep(services: Services, sleep: Sleep | None) -> str:
    """When and where the sound ends, in a sentence."""
    if sleep is None:
        return translate("sleep", "The sound fades out, and playing pauses.")
    at = services.sleeping.ends_at(sleep)
    clock = moment_text(at, services.now()) if at is not None else ""
    title = sleep.title if sleep.place < EPISODE_END else ""
    words = {
        SleepKind.TIME: translate("sleep", "Sleep"),
        SleepKind.CHAPTER: translate("sleep", "Sleep after “{title}”").format(title=title)
        if title
        else translate("sleep", "Sleep at the end of the chapter"),
        SleepKind.EPISODE: translate("sleep", "Sleep at the end of the episode"),
    }[sleep.kind]
    return join_facts(words, translate("sleep", "at {time}").format(time=clock) if clock else "")


def _over_text() -> str:
    """Why it is too late to sleep after a chapter."""
    return translate("sleep", "That chapter is over already.")


def add_sleep_to_menu(
    menu: QMenu, services: Services, episode: EpisodeId | None, number: int, tell: Callable[[str], None]
) -> None:
    """Offer to sleep after a chapter of the episode that is open, if it is still to be heard.

    `tell` says that it is not any more when that is chosen.
    """
    state = services.playback.state
    sleep = services.sleeping.at_chapter(number) if episode is not None and episode == state.episode else None
    if sleep is None:
        return
    at = services.sleeping.ends_at(sleep)
    clock = moment_text(at, services.now()) if at is not None else ""
    action = menu.addAction(join_facts(translate("sleep", "Sleep after this one"), clock))

    def choose() -> None:
        try:
            _sleep_after(services, episode, number)
        except NotFoundError:
            tell(_over_text())

    action.triggered.connect(lambda _checked: choose())


def _sleep_after(services: Services, episode: EpisodeId | None, number: int) -> None:
    """Sleep after a chapter of an episode. Raises NotFoundError where it is over, or the episode not open any more."""
    if services.playback.state.episode != episode:
        raise NotFoundError("chapter still to be heard", str(number + 1))
    services.sleeping.after_chapter(number)
