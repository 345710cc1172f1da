"""Markdown and plain text as simple HTML, so that all notes are read and shown in one way.

Must not know outlines; it only keeps lines apart that begin with a time.

Markdown is read after CommonMark 0.31, in the parts that show notes use, with one difference: a line break inside a
paragraph is kept, unless the text is wrapped at a fixed width.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

_BULLET = re.compile(r"([ \t]*)(?:[-*+•]|\d{1,3}[.)])(?:[ \t]+|$)")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_DEFINITION = re.compile(r" {0,3}\[([^\[\]]{1,200})\]:[ \t]*<?(\S{1,2000}?)>?(?:[ \t]+[\"'(].*)?$")
_BEGINS_WITH_TIME = re.compile(
    r"[\W_]{0,12}(?:(?:[^\W\d]{2,9} )?\d{1,3}[\W_]{1,4}|[^\W\d_]{1,5}[.)] ?)?"
    r"(?:(?:(?:(?:start|begin)\w{0,5} )?at|from|ab|à|dès|desde|da|с|от|з) )?"
    r"(?:(?:min\w{0,5}|timestamp|time|мин\w{0,3})\.? )?"
    r"\d{1,3}(?: ?[:：] ?\d\d|\.\d\d(?!\d)|['’′]\d\d|\s?(?:h|m|min|分)\s?\d)",
    re.IGNORECASE,
)
_ENDS_WITH_TIME = re.compile(r"\d(?::\d\d|：\d\d)[)\]}>*_.\s）】」]*$")
_LAST_SIGNS = 24
_MOST_CELLS = 50
_MOST_LINES = 20_000
"""No more lines are read of a text."""
_LONGEST_LINE = 50_000
"""In longer lines, links and emphasis are left as they are written."""
_WRAP_LEAST, _WRAP_MOST = 56, 120
"""A text is wrapped at a fixed width when no line is longer than the second, and its breaks come after the first."""

_INLINE = re.compile(
    r"\\([!-/:-@\[-`{-~])"
    r"|`([^`\n]{1,500})`"
    r"|!\[[^\[\]]{0,500}\]\((?:[^()\s]{0,2000})[^()]{0,300}\)"
    r"|\[((?:[^\[\]\\]|\\.|\[[^\[\]]{0,300}\]){1,1000})\]\(\s?(?:<([^<>\n]{0,2000})>|([^\s()<>]{0,2000}(?:\([^\s()]{0,500}\)[^\s()<>]{0,500}){0,3}))"
    r"(?:\s{1,3}(?:\"(?:[^\"\\]|\\.){0,500}\"|'[^']{0,500}'))?\s?\)"
    r"|\[([^\[\]]{1,500})\]\[([^\[\]]{0,200})\]"
    r"|\[([^\[\]]{1,200})\](?![(:\[])"
    r"|<((?:https?://|mailto:)[^\s<>]{1,2000})>"
    r"|(</?[a-zA-Z][a-zA-Z0-9-]{0,20}(?:\s[^<>]{0,2000})?/?>)"
)
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*\*|__)(?=\S)((?:[^*_]|(?<=\w)_(?=\w)|\*(?!\*)){1,1000}?)(?<=\S)\1(?!\w)"
    r"|(?<![\w*])(\*\*)(?=\S)([^*]{1,1000}?)(?<=\S)\*\*"
    r"|(?<![\w*])(\*)(?=[^\s*])([^*\n]{1,1000}?)(?<=[^\s*])\*(?![\w*])"
    r"|(?<![\w_])(_)(?=[^\s_])([^_\n]{1,1000}?)(?<=[^\s_])_(?![\w_])"
)


class _Row(NamedTuple):
    """A logical line: `kind` is a heading ("h1" to "h6"), "li", "tr", "pre" or "text"; `indent` counts columns."""

    kind: str
    text: str
    indent: int = 0
    after_gap: bool = False


def text_to_html(text: str) -> str:
    """Plain text: paragraphs at empty lines, breaks at line ends; a text wrapped at a fixed width is unwrapped."""
    lines = _mended(text).split("\n")
    width = _wrap_width(lines)
    written: list[str] = []
    was_blank, before = True, ""
    for line in lines:
        if not line.strip():
            written.append("</p><p>" if not was_blank else "")
            was_blank = True
            continue
        if not was_blank:
            goes_on = _goes_on(before, line, width) and not _BULLET.match(line)
            written.append("\n" if goes_on else "<br>")
        written.append(html.escape(line, quote=False))
        was_blank, before = False, line
    return f"<p>{''.join(written)}</p>"


def markdown_to_html(text: str) -> str:
    """Markdown; raw HTML in it is kept for the cleaner."""
    text = _without_comments(_mended(text))
    targets: dict[str, str] = {}
    rows = list(_rows(text.split("\n"), targets))
    return _write(rows, targets)


def _without_comments(text: str) -> str:
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        kept.append(text[at:start])
        at = end + 3
    kept.append(text[at:])
    return "".join(kept)


_SPLIT_TIME = re.compile(r"([(\[])[ \t]*\n\s{0,8}(@?\d{1,3}(?::\d\d){1,2})[ \t]*\n\s{0,8}([)\]])")


def _mended(text: str) -> str:
    """The first lines, with brackets and time in one line again where a page was taken off with each on its own."""
    text = "\n".join(text.replace("\r\n", "\n").replace("\r", "\n").split("\n", _MOST_LINES)[:_MOST_LINES])
    return _SPLIT_TIME.sub(r"\n\1\2\3", text)


def _wrap_width(lines: list[str]) -> int:
    """The width that a text is wrapped at, or 0 when it is not wrapped; addresses may stand out."""
    plain = [len(line) for line in lines if "](" not in line and "://" not in line]
    fitting = [length for length in plain if _WRAP_LEAST <= length <= _WRAP_MOST]
    too_long = sum(length > _WRAP_MOST for length in plain)
    return max(fitting) if len(fitting) > 4 * too_long else 0


def _goes_on(before: str, line: str, width: int) -> bool:
    """Whether a line is the rest of the one before, which was too long for one more word."""
    if not width or _BEGINS_WITH_TIME.match(line) or _ENDS_WITH_TIME.search(before[-_LAST_SIGNS:]):
        return False
    if before.endswith(("  ", "\\")) or before.rstrip().endswith(("<br>", "<br/>", "<br />")):
        return False
    if before.count("[") > before.count("]"):
        return True
    first = line.split(None, 1)[0]
    return len(before) + 1 + len(first) > min(width, 72) - 4


def _rows(lines: list[str], targets: dict[str, str]) -> Iterator[_Row]:
    width = _wrap_width(lines)
    kind, parts, indent, after_gap = "", [""], 0, False
    is_gap = is_fenced = False
    for line in [*lines, ""]:
        new = _begin(line, is_fenced=is_fenced)
        if _FENCE.match(line):
            is_fenced = not is_fenced
        if new is None and kind in ("li", "text") and line.strip() and not is_gap and _goes_on(parts[-1], line, width):
            parts.append(line)
            continue
        if kind == "text" and not is_gap and (underline := line.strip()) and underline.strip("=-") == "":
            kind = "h1" if underline[0] == "=" else "h2"
        if kind:
            yield _Row(kind, " ".join(part.strip() for part in parts), indent, after_gap)
        kind = ""
        if not line.strip() or (new is not None and not new[0]):
            is_gap = True
            if definition := _DEFINITION.match(line):
                targets.setdefault(definition[1].casefold(), definition[2])
            continue
        kind, start = new if new is not None else ("text", 0)
        columns = line.expandtabs(4)
        indent, after_gap, is_gap = len(columns) - len(columns.lstrip()), is_gap, False
        parts = [line if kind == "pre" else line[start:]]


def _begin(line: str, *, is_fenced: bool) -> tuple[str, int] | None:
    """What a line begins, and where its words start; an empty kind for a line without words; None for plain words."""
    if _FENCE.match(line) or _DEFINITION.match(line):
        return "", 0
    if is_fenced:
        return "pre", 0
    if heading := _HEADING.match(line):
        return f"h{len(heading[1])}", heading.end()
    if _is_rule(line):
        return "", 0
    if bullet := _BULLET.match(line):
        return "li", bullet.end()
    stripped = line.lstrip()
    if stripped.startswith("|"):
        return "tr", 0
    if stripped.startswith(">"):
        return "text", len(line) - len(stripped) + 1
    return None


def _is_rule(line: str) -> bool:
    """A line across the page, the underline of a heading, or the row of dashes in a table."""
    signs = line.strip()
    return (len(signs) >= 3 and not signs.strip("-_*= ") and len(set(signs) - {" "}) == 1) or (
        "|" in signs and "-" in signs and not signs.strip("|:- \t")
    )


def _write(rows: list[_Row], targets: dict[str, str]) -> str:
    written: list[str] = []
    indents: list[int] = []
    was = ""
    for row in rows:
        if row.kind == "li":
            while indents and row.indent < indents[-1]:
                indents.pop()
                written.append("</ul>")
            if not indents or row.indent > indents[-1] + 1:
                indents.append(row.indent)
                written.append("<ul>")
            written.append(f"<li>{_inline(row.text, targets)}")
        else:
            if (row.after_gap and not (row.kind == "text" and row.indent and indents)) or row.kind[0] in "hp":
                written.extend("</ul>" for _ in indents)
                indents.clear()
            written.append(_written(row, was, targets, in_list=bool(indents)))
        was = row.kind
    written.extend("</ul>" for _ in indents)
    return "".join(written)


def _written(row: _Row, was: str, targets: dict[str, str], *, in_list: bool) -> str:
    if row.kind == "pre":
        return f"<pre>{html.escape(row.text, quote=False)}</pre>"
    if row.kind == "tr":
        cells = re.split(r"(?<!\\)\|", row.text.strip().strip("|"), maxsplit=_MOST_CELLS)
        return "<table><tr>" + "".join(f"<td>{_inline(cell.strip(), targets)}</td>" for cell in cells) + "</tr></table>"
    if row.kind == "text":
        lead = "<br>" if in_list or (was == "text" and not row.after_gap) else "<p>"
        return lead + _inline(row.text, targets)
    bare = row.text.rstrip().rstrip("#")
    text = bare if bare.endswith((" ", "\t")) else row.text
    return f"<{row.kind}>{_inline(text, targets)}</{row.kind}>"


def _inline(text: str, targets: dict[str, str]) -> str:
    """The words of a line with code, links and emphasis."""
    if len(text) > _LONGEST_LINE or not re.search(r"[\\`\[<*_~]", text):
        return html.escape(text, quote=False)
    kept: list[str] = []

    def keep(piece: str) -> str:
        kept.append(piece)
        return f"\x02{len(kept) - 1}\x03"

    def replace(match: re.Match[str]) -> str:
        escaped, code, words, angled, target, words2, name, alone, auto, tag = match.groups()
        if escaped:
            return keep(html.escape(escaped, quote=False))
        if code:
            return keep(f"<code>{html.escape(code, quote=False)}</code>")
        if words is not None:
            return (
                keep(f'<a href="{html.escape(angled or target or "")}">') + _INLINE.sub(replace, words) + keep("</a>")
            )
        if words2 is not None or alone is not None:
            label = words2 if words2 is not None else alone
            known = targets.get((name or label).casefold())
            return keep(f'<a href="{html.escape(known)}">') + label + keep("</a>") if known else match[0]
        if auto:
            return keep(f'<a href="{html.escape(auto)}">{html.escape(auto, quote=False)}</a>')
        return keep(tag) if tag else ""

    text = _INLINE.sub(replace, text.replace("\x02", "").replace("\x03", ""))
    text = html.escape(text, quote=False).replace("&amp;", "&")
    text = re.sub(r"&(?![#\w]{1,32};)", "&amp;", text)
    for _ in range(2):
        text = _EMPHASIS.sub(_emphasised, text)
    text = text.replace("~~", "")
    return re.sub("\x02(\\d+)\x03", lambda match: kept[int(match[1])], text)


def _emphasised(match: re.Match[str]) -> str:
    words = next(group for group in (match[2], match[4], match[6], match[8]) if group is not None)
    name = "strong" if match[1] or match[3] else "em"
    return f"<{name}>{words}</{name}>"
