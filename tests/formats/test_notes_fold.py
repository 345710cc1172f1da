from __future__ import annotations

import re

import pytest

from player.core.show_notes import ShowNotes
from player.formats.notes import read_notes, render_notes

LINES = ("0:00 Welcome", "1:00 Guests", "2:00 News of the day", "3:00 Farewell")
LINK = "<p>(fold)</p>"
DURATION = 400_000


def texts(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def is_whole(html: str) -> bool:
    """Whether every tag is closed, in order."""
    stack: list[str] = []
    for slash, name in re.findall(r"<(/?)([a-z0-9]+)[^>]*>", html):
        if name in ("br", "hr"):
            continue
        if not slash:
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack


@pytest.mark.parametrize(
    "text",
    [
        "<p>Hello</p><p>OUTLINE:<br>" + "<br>".join(LINES) + "</p><p>Bye</p>",
        "<p>Hello<br>OUTLINE:<br>" + "<br>".join(LINES) + "<br>Bye</p>",
        "<p>Hello</p><h3>Chapters</h3><ul>" + "".join(f"<li>{line}</li>" for line in LINES) + "</ul><p>Bye</p>",
        "<p>Hello</p><ul><li>" + "</li><li>".join(LINES) + "</li><li>Bye</li></ul>",
        "<div><b>Hello</b></div><div><i>" + "</i></div><div><i>".join(LINES) + "</i></div><div>Bye</div>",
        "Hello\n\nTimestamps\n" + "\n".join(LINES) + "\n\nBye",
        "Hello\n\n" + "\n".join(f"- {line}" for line in LINES) + "\n\n**Bye**",
    ],
)
def test_the_outline_is_parted_with_its_heading(text: str) -> None:
    notes = read_notes(text, duration=DURATION)
    assert notes.lines == len(LINES)
    assert notes.html == render_notes(text, duration=DURATION)
    folded = notes.folded(LINK)
    assert texts(folded) == "Hello (fold) Bye"
    unfolded = notes.unfolded(LINK)
    assert texts(unfolded).startswith("Hello (fold) ")
    assert texts(unfolded).replace("(fold) ", "") == texts(notes.html)
    assert is_whole(folded)
    assert is_whole(unfolded)


@pytest.mark.parametrize(
    "text",
    [
        "<p>No times at all.</p>",
        "<p>0:00 Welcome<br>1:00 Guests<br>2:00 Farewell</p>",
        " ".join(LINES),
        "<p>" + "<br>".join(f"{line}<br>{'And much is told about that. ' * 4}" for line in LINES) + "</p>",
    ],
    ids=["none", "few lines", "one line", "much between"],
)
def test_what_is_not_folded(text: str) -> None:
    notes = read_notes(text, duration=DURATION)
    assert notes == ShowNotes(render_notes(text, duration=DURATION))
