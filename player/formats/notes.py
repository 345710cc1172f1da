"""Show notes of any markup: as lines for the search for an outline, and as harmless HTML with times to click.

Must not know where notes come from, nor how a click is answered: links of times have addresses of the form
`earmark:seek?ms=4132000`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum

from player.core.character_references import unescaped
from player.core.model import Millis
from player.core.outline import Line, Outline, find_outline, linkable_times, may_hold_times
from player.core.show_notes import ShowNotes
from player.formats.notes_fold import parted
from player.formats.notes_html import Jump, Page, clean_html, write_page
from player.formats.notes_markdown import markdown_to_html, text_to_html


class Markup(StrEnum):
    """How notes are written."""

    HTML = "html"
    TEXT = "text"
    MARKDOWN = "markdown"


_TAG = re.compile(
    r"</?(?:p|br|div|ul|ol|li|a|b|i|u|s|em|strong|span|h[1-6]|table|tr|td|th|tbody|thead|dl|dt|dd"
    r"|blockquote|pre|code|hr|img|font|section|article|figure|center|small|sup|body|html)\b[^<>]*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"^ {0,3}#{1,6} \S|\]\((?:https?://|#|/)|^ {0,3}[*+-] .*\]\(|\*\*[^*\s][^*\n]*\*\*|^\|.*\|\s*$", re.MULTILINE
)
_LONGEST = 2_000_000
"""No more characters of notes are read."""
_SAMPLE = 100_000


def guess_markup(text: str) -> Markup:
    """How notes are written, from their looks.

    Tags make HTML, unless most lines have none: then someone quotes HTML in a text. A text with HTML entities and no
    tags is HTML, too: feeds escape plain text so.
    """
    sample = text[:_SAMPLE]
    if "<" in sample and _TAG.search(sample):
        lines = [line for line in sample.split("\n") if line.strip()]
        tagged = sum(_TAG.search(line) is not None for line in lines)
        if sample.lstrip().startswith("<") or tagged * 3 >= len(lines) or len(lines) < 4:
            return (
                Markup.MARKDOWN
                if len(lines) >= 4 and tagged * 3 < len(lines) and _MARKDOWN.search(sample)
                else Markup.HTML
            )
    if _MARKDOWN.search(sample):
        return Markup.MARKDOWN
    if "&" in sample and _ENTITY.search(sample) and "\n" not in sample.strip():
        return Markup.HTML
    return Markup.TEXT


def _page(text: str, markup: Markup | None, *, is_shown: bool = False, with_pictures: bool = False) -> Page:
    text = text[:_LONGEST]
    if "&lt;" in text and not _TAG.search(text) and len(_TAG.findall(plain := unescaped(text))) > 1:
        # Some feeds escape their HTML twice.
        text, markup = plain, Markup.HTML if markup is not Markup.TEXT else markup
    if markup is None:
        markup = guess_markup(text)
    if markup is Markup.TEXT:
        text = text_to_html(text)
    elif markup is Markup.MARKDOWN:
        text = markdown_to_html(text)
    return Page(clean_html(text, with_pictures=with_pictures), is_shown=is_shown)


def read_lines(text: str, markup: Markup | None = None) -> tuple[Line, ...]:
    """The lines of notes with their structure; `markup` None guesses. Never raises; reads two million characters."""
    return tuple(_page(text, markup).lines)


def read_outline(text: str, markup: Markup | None = None, *, duration: Millis | None = None) -> Outline | None:
    """The outline of an episode in its notes, or None. Notes without any time are dismissed without being parsed."""
    if not may_hold_times(text):
        return None
    return find_outline(_page(text, markup).lines, duration)


def render_notes(text: str, markup: Markup | None = None, *, duration: Millis | None = None) -> str:
    """Notes as HTML that is safe to show; see `read_notes`."""
    return read_notes(text, markup, duration=duration).html


def read_notes(
    text: str, markup: Markup | None = None, *, duration: Millis | None = None, with_pictures: bool = False
) -> ShowNotes:
    """Notes as HTML that is safe to show: no scripts, styles or foreign schemes; the outline apart.

    Pictures of the web are in it only on request, as `<img src="…">`, for who shows it to leave out or fill in.

    Every time inside the episode's duration becomes a link `earmark:seek?ms=…`, those of the outline with the start of
    their chapter; times of day, verses, ratios and scores do not. Links whose words are a time become such links. Of
    white space nothing is left.
    """
    if not text.strip():
        return ShowNotes("")
    page = _page(text, markup, is_shown=True, with_pictures=with_pictures)
    outline = find_outline(page.lines, duration)
    jumps = [
        Jump(span.line, span.start, span.end, f"earmark:seek?ms={span.position}")
        for span in linkable_times(page.lines, duration, outline)
    ]
    shown = parted(page, write_page(page, jumps), outline)
    return replace(shown, pictures=tuple(dict.fromkeys(page.pictures.values())))
