"""Walks what a screen reader is told of a widget: its tree of names and roles, and what is reached by Tab.

`problems` says what is wrong, `printed` gives the walk to be read. `accessibility.scenes` brings every view, dialog and
popup to the screen. Must not know any of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleValueInterface
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QButtonGroup, QScrollBar, QWidget

Role = QAccessible.Role

_ROWS = 30
"""So many rows of a list are looked at: the others are of the same kind."""
_WITHOUT_NAME = {
    *(Role.Client, Role.Pane, Role.Grouping, Role.Window, Role.Dialog, Role.Border, Role.LayeredPane),
    *(Role.StaticText, Role.Row, Role.Column, Role.Whitespace, Role.Separator, Role.Graphic, Role.ScrollBar),
}
"""Roles of what may be silent when it is neither used nor has the focus."""
_ITEMS = {Role.ListItem, Role.Cell, Role.TreeItem, Role.MenuItem}


@dataclass(frozen=True)
class Thing:
    """One thing of the tree, as it is told."""

    depth: int
    name: str
    role: QAccessible.Role
    value: str
    state: tuple[str, ...]
    """What it is said to be besides: `on`, as a tick, `chosen`, as a tab, or shut `off`."""
    widget: QWidget | None
    is_used: bool
    """Whether it takes the focus or does something."""
    siblings: tuple[tuple[QAccessible.Role, str], ...]


def things(interface: QAccessibleInterface, depth: int = 0) -> Iterator[Thing]:
    """All that is visible below an accessible thing, itself included."""
    if not interface.isValid() or interface.state().invisible:
        return
    children = _children(interface)
    names = tuple((each.role(), each.text(QAccessible.Text.Name)) for each in children if _is_used(each))
    yield _thing(interface, depth, ())
    for child in children:
        below = list(things(child, depth + 1))
        if below:
            own = below[0]
            yield replace(own, siblings=names)
            yield from below[1:]


def problems(root: QWidget) -> list[str]:
    """What a listener who cannot see, or has no mouse, would miss in a widget that is shown."""
    reached = reached_by_tab(root)
    found = []
    told = list(things(QAccessible.queryAccessibleInterface(root)))
    for thing in told:
        is_silent = not thing.name.strip() and not (thing.role in _WITHOUT_NAME and not thing.is_used)
        if is_silent:
            found.append(f"{_who(thing)} has no name")
        is_text = thing.widget is not None and not thing.widget.children() and bool(thing.name)
        # An area that scrolls by the arrows has no role of its own.
        is_odd = thing.is_used and thing.role is Role.Client and not isinstance(thing.widget, QAbstractScrollArea)
        if is_odd or (is_text and thing.role in (Role.NoRole, Role.Client)):
            found.append(f"{_who(thing)} has no role")
        if thing.is_used and thing.role not in _ITEMS and Counter(thing.siblings)[thing.role, thing.name] > 1:
            found.append(f"{_who(thing)} is there twice")
        if thing.widget is not None and thing.is_used and thing.role not in _ITEMS and not _is_reached(thing, reached):
            found.append(f"{_who(thing)} is not reached by Tab")
    return found + _problems_of_choices(told, reached)


def _problems_of_choices(told: Sequence[Thing], reached: set[QWidget]) -> list[str]:
    """What is wrong with buttons and tabs of which one is chosen: each must be said to be one, and Tab stops once."""
    found = []
    groups: dict[QButtonGroup, list[Thing]] = {}
    for thing in told:
        widget = thing.widget
        group = widget.group() if isinstance(widget, QAbstractButton) and widget.isCheckable() else None
        is_one = group is not None and group.exclusive()
        if is_one is not (thing.role is Role.RadioButton):
            found.append(f"{_who(thing)} is {'' if is_one else 'not '}one of several")
        if group is not None and is_one:
            groups.setdefault(group, []).append(thing)
    for members in groups.values():
        chosen = [each.name for each in members if "on" in each.state]
        stops = [each.name for each in members if each.widget in reached]
        if len(stops) != 1 or (chosen and chosen != stops):
            found.append(f"Tab stops at {stops}, and chosen is {chosen}")
    rows = [each.name for each in told if each.role is Role.PageTabList]
    tabs = [each.name for each in told if each.role is Role.PageTab and "chosen" in each.state]
    if len(rows) != len(tabs):
        found.append(f"of the tabs in {rows}, {tabs} are chosen")
    return found


def reached_by_tab(root: QWidget) -> set[QWidget]:
    """What the chain of Tab leads through in a window that is shown."""
    reached: set[QWidget] = set()
    window = root.window()
    each = window.nextInFocusChain()
    while each is not None and each is not window:
        takes = bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes and each.isVisible() and each.isEnabled():
            reached |= {each, each.focusProxy() or each}
        each = each.nextInFocusChain()
    return reached


def printed(root: QWidget) -> str:
    """The walk: a line for each thing, what takes the focus or does something with a dot."""
    reached = reached_by_tab(root)
    lines = []
    for thing in things(QAccessible.queryAccessibleInterface(root)):
        if not thing.name and not thing.is_used:
            continue
        mark = "•" if thing.widget in reached else "◦" if thing.is_used else " "
        value = f" = {thing.value}" if thing.value and thing.value != thing.name else ""
        state = f" ({', '.join(thing.state)})" if thing.state else ""
        lines.append(f"{mark} {'  ' * thing.depth}{thing.role.name}: {thing.name}{value}{state}")
    return "\n".join(lines)


def _children(interface: QAccessibleInterface) -> list[QAccessibleInterface]:
    if interface.role() in (Role.EditableText, Role.Slider, Role.SpinBox, Role.ScrollBar):
        return []
    found = [interface.child(number) for number in range(min(interface.childCount(), _ROWS))]
    return [each for each in found if each.isValid() and not each.state().invisible]


def _thing(interface: QAccessibleInterface, depth: int, siblings: tuple[tuple[QAccessible.Role, str], ...]) -> Thing:
    owner = interface.object()
    values: QAccessibleValueInterface | None = interface.valueInterface()
    value = interface.text(QAccessible.Text.Value) or (str(values.currentValue()) if values else "")
    name = interface.text(QAccessible.Text.Name)
    widget = owner if isinstance(owner, QWidget) else None
    return Thing(depth, name, interface.role(), value, _state(interface), widget, _is_used(interface), siblings)


def _state(interface: QAccessibleInterface) -> tuple[str, ...]:
    state = interface.state()
    is_tab = interface.role() is Role.PageTab
    words = {"on": state.checkable and state.checked, "chosen": is_tab and state.selected, "off": state.disabled}
    return tuple(word for word, is_so in words.items() if is_so)


def _is_used(interface: QAccessibleInterface) -> bool:
    owner = interface.object()
    state = interface.state()
    if state.disabled or isinstance(owner, QScrollBar):
        return False
    if isinstance(owner, QWidget):
        # What takes the focus only when it is clicked, or from the program, stands around what is used.
        takes = bool(owner.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return takes or isinstance(owner, QAbstractButton)
    return bool(state.focusable or state.selectable)


def _is_reached(thing: Thing, reached: set[QWidget]) -> bool:
    """Whether Tab leads there; of buttons of which one is chosen, the arrows lead on from one that is reached."""
    widget = thing.widget
    if widget is None or widget in reached:
        return True
    if isinstance(widget, QAbstractScrollArea) and widget.focusProxy() in reached:
        return True
    parent = widget.parentWidget()
    if isinstance(widget, QAbstractButton) and widget.group() is not None and widget.group().exclusive():
        return any(each in reached for each in widget.group().buttons())
    # A field with parts of its own, as one of numbers, takes the focus for them.
    while parent is not None and not parent.isWindow():
        if parent.focusProxy() is widget and parent in reached:
            return True
        parent = parent.parentWidget()
    return False


def _who(thing: Thing) -> str:
    kind = type(thing.widget).__name__ if thing.widget is not None else "an item"
    parent = thing.widget.parentWidget() if thing.widget is not None else None
    around = f" in {type(parent).__name__}" if parent is not None else ""
    return f"{thing.role.name} “{thing.name}” ({kind}{around})"
