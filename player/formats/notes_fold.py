"""Where the outline stands in the HTML of show notes, so that a reader can fold it.

Must not know how an outline is found.
"""

from __future__ import annotations

from collections.abc import Sequence

from player.core.outline import Outline
from player.core.outline_words import STRONG_HEADING
from player.core.show_notes import ShowNotes
from player.formats.notes_html import Page

FEWEST = 4
"""An outline of fewer lines is not worth a fold."""
_MOST_ELSE = 0.34
"""How much of the text between the first and the last line of the outline may be no chapter: that would be hidden."""
_LONGEST_HEADING = 60


def parted(page: Page, written: Sequence[str], outline: Outline | None) -> ShowNotes:
    """The tokens of a page as they were `written`, in three parts: before, the outline, after.

    One part only where there is no outline, where it is short, where it shares its lines with much other text, or
    where it begins or ends in the middle of a piece of text or of a link.
    """
    span = _span(page, outline) if outline is not None else None
    if span is None:
        return ShowNotes("".join(written))
    first, last, lines = span
    closing, opening = _unmatched(page, first, last)
    if "a" in closing or "a" in opening:
        return ShowNotes("".join(written))
    return ShowNotes(
        "".join(written[:first]),
        "".join(written[first : last + 1]),
        "".join(written[last + 1 :]),
        "".join(f"</{name}>" for name in closing),
        "".join(f"<{name}>" for name in opening),
        lines,
    )


def _span(page: Page, outline: Outline) -> tuple[int, int, int] | None:
    """The first and the last token of the outline, and the number of its lines."""
    held = {line for entry in outline.entries for line in (entry.line, entry.title_line)}
    first, last = min(held), max(held)
    if len(held) < FEWEST or _rest(page, outline, first, last) > _MOST_ELSE:
        return None
    above = page.lines[first - 1].text.strip() if first else ""
    if 0 < len(above) <= _LONGEST_HEADING and STRONG_HEADING.search(above.lower()):
        first -= 1
    inside = {piece.token for piece in page.pieces if first <= piece.line <= last}
    if any(piece.token in inside for piece in page.pieces if not first <= piece.line <= last):
        return None
    start, end = _widened(page, min(inside), max(inside))
    return start, end, len(held)


def _rest(page: Page, outline: Outline, first: int, last: int) -> float:
    """The part of the text of the lines from `first` to `last` that belongs to no chapter."""
    whole = sum(len(page.lines[line].text) for line in range(first, last + 1))
    told = 0
    for entry in outline.entries:
        told += entry.end - entry.start
        if entry.title_line != entry.line:
            told += entry.title_end - entry.title_start
    return 1 - told / max(1, whole)


def _widened(page: Page, start: int, end: int) -> tuple[int, int]:
    """The tokens with the tags that do nothing but hold them."""
    while start > 0 and _holds(page.tokens[start - 1], is_end=False):
        start -= 1
    while end + 1 < len(page.tokens) and _holds(page.tokens[end + 1], is_end=True):
        end += 1
    return start, end


def _holds(token: tuple[str, str, str, str], *, is_end: bool) -> bool:
    slash, name, _, text = token
    if text:
        return text.isspace()
    return name == "br" or (name not in ("hr", "img") and bool(slash) is is_end)


def _unmatched(page: Page, start: int, end: int) -> tuple[list[str], list[str]]:
    """The names that are closed among these tokens without being opened there, and those left open."""
    closing: list[str] = []
    opening: list[str] = []
    for slash, name, _, text in page.tokens[start : end + 1]:
        if text or name in ("br", "hr", "img"):
            continue
        if not slash:
            opening.append(name)
        elif opening:
            opening.pop()
        else:
            closing.append(name)
    return closing, opening
