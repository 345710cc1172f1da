"""The table of commands with their keys, and the QActions made of it. The shortcuts dialog reads the same table.

Must not know how a command is done: the window connects it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QTabBar, QTextEdit, QWidget


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name in code, its words, the heading it stands under, and its keys."""

    name: str
    words: str
    group: str
    keys: tuple[str, ...]


_TYPING = (QLineEdit, QTextEdit, QPlainTextEdit)
_TURNING = (Qt.Key.Key_Left, Qt.Key.Key_Right)
_PRESSING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


def command_table() -> tuple[Command, ...]:
    """Every command, in the listener's language, ordered by heading."""
    translate = QCoreApplication.translate
    playing = translate("actions", "Playing")
    chapters = translate("actions", "Chapters and jumps")
    window = translate("actions", "Window")
    nth = translate("actions", "Play chapter {number}")
    return (
        Command("toggle", translate("actions", "Play or pause"), playing, ("Space",)),
        Command("seek_back", translate("actions", "Back a little"), playing, ("Left",)),
        Command("seek_forward", translate("actions", "Forward a little"), playing, ("Right",)),
        Command("slower", translate("actions", "Slower"), playing, ("[",)),
        Command("faster", translate("actions", "Faster"), playing, ("]",)),
        Command("much_slower", translate("actions", "Much slower"), playing, ("{",)),
        Command("much_faster", translate("actions", "Much faster"), playing, ("}",)),
        Command("normal_speed", translate("actions", "Normal speed"), playing, ("=",)),
        Command("louder", translate("actions", "Louder"), playing, ("Ctrl+Up",)),
        Command("quieter", translate("actions", "Quieter"), playing, ("Ctrl+Down",)),
        Command("mute", translate("actions", "Mute"), playing, ("M",)),
        Command("sleep", translate("actions", "Sleep timer"), playing, ("Z",)),
        Command("previous_chapter", translate("actions", "Previous chapter"), chapters, ("Alt+Left", "PgUp")),
        Command("next_chapter", translate("actions", "Next chapter"), chapters, ("Alt+Right", "PgDown")),
        *(Command(f"chapter_{number}", nth.format(number=number), chapters, (str(number),)) for number in range(1, 10)),
        Command("undo_jump", translate("actions", "Back to before the jump"), chapters, ("Backspace",)),
        Command("redo_jump", translate("actions", "Jump again"), chapters, ("Shift+Backspace",)),
        Command("skip_chapter", translate("actions", "Skip this chapter, or hear it again"), chapters, ("S",)),
        *_hearing_commands(),
        Command("paste", translate("actions", "Paste an outline or an address"), chapters, ("Ctrl+V",)),
        *_bookmark_commands(),
        *_editing_commands(),
        *_queue_commands(),
        *_list_commands(),
        *_download_commands(),
        Command("go_to", translate("actions", "Go to"), window, ("Ctrl+K",)),
        Command("search", translate("actions", "Search everything"), window, ("Ctrl+Shift+F",)),
        Command("filter", translate("actions", "Filter the list"), window, ("Ctrl+F",)),
        Command("back", translate("actions", "Back to the list"), window, ("Esc", "Alt+Up")),
        Command("row_menu", translate("actions", "Menu of the row"), window, ("Shift+F10",)),
        Command("mini_player", translate("actions", "Mini player, or the window again"), window, ("Ctrl+M",)),
        Command("settings", translate("actions", "Settings"), window, ("Ctrl+,",)),
        Command("statistics", translate("actions", "Statistics"), window, ("Ctrl+T",)),
        Command("shortcuts", translate("actions", "Keyboard shortcuts"), window, ("?", "F1")),
        Command("quit", translate("actions", "Quit"), window, ("Ctrl+Q",)),
        *_library_commands(),
    )


def _library_commands() -> tuple[Command, ...]:
    """What fills the library, and says what is done with it."""
    translate = QCoreApplication.translate
    library = translate("actions", "Library")
    return (
        Command("refresh", translate("actions", "Refresh podcasts"), library, ("F5",)),
        Command("downloads_settings", translate("actions", "Downloads and their folder"), library, ("Ctrl+Shift+D",)),
        Command("podcast_settings", translate("actions", "Podcast settings"), library, ("Ctrl+P",)),
        Command("skip_rules", translate("actions", "Skip chapters by title"), library, ()),
        Command("add_podcast", translate("actions", "Add podcast"), library, ("Ctrl+N",)),
        Command("open_file", translate("actions", "Open audio file"), library, ("Ctrl+O",)),
        Command("sample", translate("actions", "Add the built-in sample"), library, ()),
        Command("import", translate("actions", "Import OPML or library"), library, ("Ctrl+Shift+O",)),
        Command("export", translate("actions", "Export library"), library, ("Ctrl+Shift+S",)),
        Command("export_opml", translate("actions", "Export OPML"), library, ()),
    )


def _hearing_commands() -> tuple[Command, ...]:
    """What plays a part again and again, and goes by what was heard."""
    translate = QCoreApplication.translate
    chapters = translate("actions", "Chapters and jumps")
    return (
        Command("only_chapter", translate("actions", "Play only this chapter"), chapters, ("O",)),
        Command("loop", translate("actions", "Loop: from here, to here, over"), chapters, ("L",)),
        Command("loop_chapter", translate("actions", "Loop this chapter, or no longer"), chapters, ("Shift+L",)),
        Command("next_unheard", translate("actions", "Next chapter not heard"), chapters, ("U",)),
        Command("clip", translate("actions", "Save a clip of the loop, or of this chapter"), chapters, ("C",)),
        Command("heard", translate("actions", "Mark this chapter as heard, or as not heard"), chapters, ("H",)),
    )


def _bookmark_commands() -> tuple[Command, ...]:
    """What marks places; the last three count while the focus is in a list of bookmarks."""
    translate = QCoreApplication.translate
    bookmarks = translate("actions", "Bookmarks")
    return (
        Command("bookmark", translate("actions", "Bookmark what is heard now"), bookmarks, ("B",)),
        Command("bookmark_end", translate("actions", "Bookmark up to here"), bookmarks, ("Shift+B", "Ctrl+B")),
        Command("copy_link", translate("actions", "Copy a link to this moment"), bookmarks, ("Ctrl+Shift+C",)),
        Command("bookmark_edit", translate("actions", "Edit the text"), bookmarks, ("F2",)),
        Command("bookmark_remove", translate("actions", "Take away"), bookmarks, ("Del",)),
        Command("bookmark_undo", translate("actions", "Undo"), bookmarks, ("Ctrl+Z",)),
    )


def _editing_commands() -> tuple[Command, ...]:
    """What changes chapters; all but the first count while the chapters are being edited."""
    translate = QCoreApplication.translate
    editing = translate("actions", "Editing chapters")
    return (
        Command("edit_chapters", translate("actions", "Edit chapters"), editing, ("Ctrl+E",)),
        Command("chapter_add", translate("actions", "Add a chapter here"), editing, ("Ins",)),
        Command("chapter_rename", translate("actions", "Rename"), editing, ("F2",)),
        Command("chapter_earlier", translate("actions", "Start 0.1 s earlier"), editing, ("Ctrl+Left",)),
        Command("chapter_later", translate("actions", "Start 0.1 s later"), editing, ("Ctrl+Right",)),
        Command(
            "chapter_frame_earlier", translate("actions", "Start one frame earlier"), editing, ("Ctrl+Shift+Left",)
        ),
        Command("chapter_frame_later", translate("actions", "Start one frame later"), editing, ("Ctrl+Shift+Right",)),
        Command("chapter_here", translate("actions", "This chapter starts now"), editing, ("Ctrl+Return",)),
        Command("chapter_split", translate("actions", "Split here"), editing, ("Ctrl+D",)),
        Command("chapter_merge", translate("actions", "Merge with next"), editing, ("Ctrl+J",)),
        Command("chapter_delete", translate("actions", "Delete"), editing, ("Del",)),
        Command("chapter_undo", translate("actions", "Undo"), editing, ("Ctrl+Z",)),
        Command("chapter_redo", translate("actions", "Redo"), editing, ("Ctrl+Shift+Z",)),
    )


def _queue_commands() -> tuple[Command, ...]:
    """What fills the queue from anywhere; the last four sort it, and count while the focus is in it."""
    translate = QCoreApplication.translate
    queue = translate("actions", "Queue")
    return (
        Command("queue_add", translate("actions", "Add to queue"), queue, ("Q",)),
        Command("queue_next", translate("actions", "Play next"), queue, ("Shift+Q",)),
        Command("next_entry", translate("actions", "On to the next entry"), queue, ("N",)),
        Command("queue_up", translate("actions", "Move up"), queue, ("Ctrl+Shift+Up",)),
        Command("queue_down", translate("actions", "Move down"), queue, ("Ctrl+Shift+Down",)),
        Command("queue_remove", translate("actions", "Take out"), queue, ("Del",)),
        Command("queue_undo", translate("actions", "Undo"), queue, ("Ctrl+Z",)),
    )


def _list_commands() -> tuple[Command, ...]:
    """What marks episodes; counts while the focus is in a list of them."""
    translate = QCoreApplication.translate
    lists = translate("actions", "Lists")
    return (
        Command("mark_played", translate("actions", "Mark as played, or as not played"), lists, ("P",)),
        Command("marking_undo", translate("actions", "Undo"), lists, ("Ctrl+Z",)),
    )


def _download_commands() -> tuple[Command, ...]:
    """What is done about downloads that are not finished; counts while the focus is among them."""
    translate = QCoreApplication.translate
    downloads = translate("actions", "Downloads")
    return (
        Command("download_pause", translate("actions", "Pause, go on or try again"), downloads, ("Ctrl+Shift+P",)),
        Command("download_up", translate("actions", "Move up"), downloads, ("Ctrl+Shift+Up",)),
        Command("download_down", translate("actions", "Move down"), downloads, ("Ctrl+Shift+Down",)),
        Command("download_first", translate("actions", "To the top"), downloads, ("Ctrl+Shift+Home",)),
        Command("download_cancel", translate("actions", "Cancel"), downloads, ("Del",)),
    )


class Actions:
    """The QActions of a window, by name."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._actions: dict[str, QAction] = {}
        self._words = {command.name: command.words for command in command_table()}
        for command in command_table():
            action = QAction(self._words[command.name], window)
            action.setShortcuts([QKeySequence.fromString(keys) for keys in command.keys])
            window.addAction(action)
            self._actions[command.name] = action

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def connect(self, name: str, command: Callable[[], object]) -> None:
        """Say what `name` does."""
        self._actions[name].triggered.connect(lambda _checked=False: command())

    def move_to(self, name: str, owner: QWidget) -> None:
        """Let the keys of `name` count only while the focus is in `owner`."""
        self._window.removeAction(self._actions[name])
        self._actions[name].setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        owner.addAction(self._actions[name])

    def share(self, names: Iterable[str], owner: QWidget) -> None:
        """Let the keys of `names` count in another window, too."""
        for name in names:
            owner.addAction(self._actions[name])

    def trigger(self, name: str) -> Callable[[], None]:
        """A function that does what `name` does, for a button."""
        return self._actions[name].trigger

    def words(self, name: str) -> str:
        """The words of a command with its first key: "Mute (M)"."""
        keys = self._actions[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return f"{self._words[name]} ({keys})" if keys else self._words[name]


def is_no_shortcut(event: QEvent, window: QWidget) -> bool:
    """Whether Qt asks a window about a key that belongs to the widget with the focus."""
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return belongs_to_focus(event, window.focusWidget())


def belongs_to_focus(event: QKeyEvent, focus: QWidget | None) -> bool:
    """Whether a key is for the widget with the focus, though it is a shortcut: typing, a button, tabs, options."""
    if isinstance(focus, _TYPING) and not (isinstance(focus, QTextEdit | QPlainTextEdit) and focus.isReadOnly()):
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier & ~Qt.KeyboardModifier.KeypadModifier
        is_command = bool(modifiers & Qt.KeyboardModifier.ControlModifier) or _is_function_key(event)
        return not is_command
    if isinstance(focus, QTabBar):
        return event.key() in _TURNING and not event.modifiers()
    if not isinstance(focus, QAbstractButton) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    return event.key() in _PRESSING or (focus.autoExclusive() and event.key() in _TURNING)


def _is_function_key(event: QKeyEvent) -> bool:
    return Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
