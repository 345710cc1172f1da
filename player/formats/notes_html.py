"""Cleaned HTML as lines, and the same HTML again with links at chosen places of these lines.

Must not know what the lines mean.

What is read and what is shown is the output of nh3 (ammonia, html5ever): a small set of elements in one spelling, so
that a simple pattern can part it. Positions in a line lead back to the piece of text that they came from.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import nh3

from player.core.outline_lines import CELL_BREAK, Line, LineKind, Link

_BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "td", "th"}
    | {"blockquote", "pre", "hr", "br", "dl", "dt", "dd", "section", "article"}
)
_EMPHASIS = frozenset(["b", "strong", "i", "em", "u", "code", "mark"])
_SHOWN = _BLOCKS | _EMPHASIS | frozenset(["a", "s", "del", "sub", "sup", "small", "span"])
_SCHEMES = {"http", "https", "mailto", "tel"}
_CLEANER = nh3.Cleaner(tags=set(_SHOWN), attributes={"a": {"href"}}, url_schemes=_SCHEMES, link_rel=None)
_PICTURED_CLEANER = nh3.Cleaner(
    tags={*_SHOWN, "img"},
    attributes={"a": {"href"}, "img": {"src", "width", "height"}},
    url_schemes=_SCHEMES,
    link_rel=None,
)
_IMAGE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_SMALLEST_PICTURE = 8
"""Pixels. What says that it is smaller is there to count readers, or to make room."""
_LONGEST_SIDE = 9
"""Digits. Python refuses to make a number of very many."""
_MOST_PICTURES = 50
_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)(?: href="([^"]*)")?>|([^<]+)')
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_ANY_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>")
_BARE_AMPERSAND = re.compile(r"&(?!(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")
_TIME_AT_END = re.compile(r"\d:\d\d$")
_TIMED_NEWLINE = re.compile(r"\n\s*[(\[*@]{0,3}\d{1,3}:\d\d")
_NEWLINES = str.maketrans("\n\r\t\f", "    ")
_LARGE = 60_000
"""Notes of more characters are looked at before they are parsed: HTML parsers need quadratic time for deep nesting."""
_DEEPEST = 200
_MOST_ENTITIES = 5000
"""As many ampersands may stand in one piece of text; html5ever needs quadratic time for them."""
_MOST_LINES = 20_000
"""No more lines are read; the rest is only shown."""
_CLOSE_THEMSELVES = frozenset(
    {"p", "li", "br", "hr", "img", "input", "meta", "link", "td", "th", "tr", "dt", "dd", "option", "source", "wbr"}
)


def clean_html(text: str, *, with_pictures: bool = False) -> str:
    """Any HTML as harmless HTML of few elements: no scripts, styles or handlers; links of the web only.

    No pictures either, or those of the web only, each as `<img href="…">`: so it is read as the other elements are.
    """
    if len(text) > _LARGE:
        text = _BARE_AMPERSAND.sub("&amp;", text)
        if any(part.count("&") > _MOST_ENTITIES for part in text.split("<")):
            text = text.replace("&", " ")
        if _is_too_deep(text):
            text = "<br>".join(_ANY_TAG.split(text)).replace("<br><br>", "<br>")
            text = html.escape(text, quote=False).replace("&lt;br&gt;", "<br>")
    if not with_pictures or "<img" not in text.lower():
        return _CLEANER.clean(text)
    return _IMAGE.sub(_pictured, _PICTURED_CLEANER.clean(text))


def _pictured(image: re.Match[str]) -> str:
    attributes = dict(_ATTRIBUTE.findall(image[1]))
    sides = (attributes.get(name, "").removesuffix("px") for name in ("width", "height"))
    is_small = any(side.isdecimal() and len(side) <= _LONGEST_SIDE and int(side) < _SMALLEST_PICTURE for side in sides)
    source = attributes.get("src", "")
    return "" if is_small or not source.startswith(("http://", "https://")) else f'<img href="{source}">'


def _is_too_deep(text: str) -> bool:
    """Whether elements are nested so deep, or closed in such a disorder, that no person wrote it."""
    stack: list[str] = []
    for slash, written in _TAG.findall(text):
        name = written.lower()
        if name in _CLOSE_THEMSELVES:
            continue
        if not slash:
            stack.append(name)
            if len(stack) > _DEEPEST:
                return True
        elif stack and stack[-1] == name:
            stack.pop()
    return False


def _plain(escaped: str) -> str:
    """What the cleaner wrote as one of its few entities: much cheaper than `html.unescape`, which knows them all."""
    text = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\xa0").replace("&quot;", '"')
    return text.replace("&amp;", "&")


class Piece(NamedTuple):
    """A part of a text token in a line: `length` characters from `start` in the token, at `offset` in the line."""

    line: int
    offset: int
    token: int
    start: int
    length: int


class Page:
    """Cleaned HTML, read once: `lines`, and, where it is to be shown, what is needed to write it again."""

    def __init__(self, cleaned: str, *, is_shown: bool) -> None:
        self._is_shown = is_shown
        self.tokens = _TOKEN.findall(cleaned)
        self.texts: dict[int, str] = {}
        self.pictures: dict[int, str] = {}
        """The address of the picture that a token is, for those that are shown."""
        self.lines: list[Line] = []
        self.pieces: list[Piece] = []
        self._parts: list[str] = []
        self._length = 0
        self._links: list[Link] = []
        self._marked: list[tuple[int, int]] = []
        self._open_link: tuple[int, str] | None = None
        self._open_mark: int | None = None
        self._kind = LineKind.TEXT
        self._level = 0
        self._depth = 0
        self._pre = 0
        self._gap = False
        self._read()

    def _read(self) -> None:
        for index, (slash, name, href, text) in enumerate(self.tokens):
            if text:
                self._text(index, text)
            elif name == "li":
                self._item(bool(slash))
            elif name == "br":
                self._flush(is_break=True)
            elif name in _BLOCKS:
                self._block(name, bool(slash))
            elif name == "a":
                self._anchor(bool(slash), href)
            elif name in _EMPHASIS:
                self._emphasis(bool(slash))
            elif slash and name == "span" and self._parts and _TIME_AT_END.search(self._parts[-1]):
                self._part_from_title(self.tokens[index + 1 : index + 2])
            elif name == "img" and len(self.pictures) < _MOST_PICTURES:
                self.pictures[index] = _plain(href)
        self._flush()

    def _text(self, index: int, raw: str) -> None:
        text = _plain(raw) if "&" in raw else raw
        self.texts[index] = text
        if "\n" not in text:
            self._add(index, text, 0)
            return
        if not self._parts and text.isspace() and not self._pre:
            return
        if not self._pre and len(_TIMED_NEWLINE.findall(text)) < 2:
            self._add(index, text, 0)
            return
        start = 0
        for row in text.split("\n"):
            if start:
                self._flush(is_break=True)
            self._add(index, row, start)
            start += len(row) + 1

    def _add(self, index: int, text: str, start: int) -> None:
        if not text:
            return
        if self._is_shown:
            self.pieces.append(Piece(len(self.lines), self._length, index, start, len(text)))
        self._parts.append(text)
        self._length += len(text)

    def _flush(self, *, is_break: bool = False) -> None:
        if not self._parts:
            self._gap = self._gap or is_break
            return
        text = "".join(self._parts)
        if text.isspace() or len(self.lines) >= _MOST_LINES:
            while self.pieces and self.pieces[-1].line == len(self.lines):
                self.pieces.pop()
            self._gap = self._gap or is_break
        else:
            if not text.isprintable():
                text = text.translate(_NEWLINES)
            if self._open_link or self._open_mark is not None:
                self._close_open()
            line = Line(text, self._kind, self._level, tuple(self._links), tuple(self._marked), self._gap)
            self.lines.append(line)
            self._gap = False
            if self._kind is not LineKind.HEADING:
                self._kind = LineKind.TEXT
        self._parts, self._length, self._links, self._marked = [], 0, [], []
        if self._open_link:
            self._open_link = (0, self._open_link[1])
        if self._open_mark is not None:
            self._open_mark = 0

    def _close_open(self) -> None:
        if self._open_link:
            self._links.append(Link(self._open_link[0], self._length, self._open_link[1]))
        if self._open_mark is not None:
            self._marked.append((self._open_mark, self._length))

    def _item(self, is_end: bool) -> None:
        self._flush()
        self._kind = LineKind.TEXT if is_end else LineKind.ITEM
        self._level = self._depth if is_end else max(1, self._depth)

    def _block(self, name: str, is_end: bool) -> None:
        if name in ("td", "th"):
            if not is_end and self._length:
                self._parts.append(CELL_BREAK)
                self._length += len(CELL_BREAK)
            return
        if name in ("p", "div") and self._kind is LineKind.ROW:
            self._add_space()
            return
        self._flush()
        if name in ("p", "div") and self._kind is LineKind.ITEM and not is_end:
            return
        self._kind, self._level = LineKind.TEXT, self._depth
        if name in ("ul", "ol"):
            self._depth = max(0, self._depth + (-1 if is_end else 1))
            self._level = self._depth
            self._gap = self._gap or self._depth == 0
        elif name == "pre":
            self._pre += -1 if is_end else 1
        elif name in ("p", "blockquote", "hr", "dl", "table"):
            self._gap = True
        elif name[0] == "h":
            self._gap = True
            if not is_end:
                self._kind, self._level = LineKind.HEADING, int(name[1])
        elif name == "dt":
            self._item(is_end)
        elif not is_end and name == "tr":
            self._kind = LineKind.ROW

    def _add_space(self) -> None:
        if self._length:
            self._parts.append(" ")
            self._length += 1

    def _part_from_title(self, after: Sequence[tuple[str, str, str, str]]) -> None:
        """A space between a time in a span and the words after it: pages set them apart by style alone."""
        if after and (not after[0][3] or after[0][3][0].isalpha()):
            self._add_space()

    def _anchor(self, is_end: bool, href: str) -> None:
        if self._open_link:
            if self._length > self._open_link[0]:
                self._links.append(Link(self._open_link[0], self._length, self._open_link[1]))
            self._open_link = None
        if not is_end:
            self._open_link = (self._length, _plain(href) if "&" in href else href)

    def _emphasis(self, is_end: bool) -> None:
        if not is_end:
            if self._open_mark is None:
                self._open_mark = self._length
        elif self._open_mark is not None:
            if self._length > self._open_mark:
                self._marked.append((self._open_mark, self._length))
            self._open_mark = None


class Jump(NamedTuple):
    """A place in a line that becomes a link: offsets and the address."""

    line: int
    start: int
    end: int
    target: str


_ADDRESS = re.compile(r"(?:https?://|(?<![\w.@/-])www\.(?=[\w-]+\.\w))[^\s<>\"]+")
_MAIL = re.compile(r"(?<![\w.+@/-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.(?:xn--[\w-]+|[^\W\d_]{2,})\b")
_AFTER_ADDRESS = ".,;:!?'’”»…"


def write_page(page: Page, jumps: Sequence[Jump]) -> list[str]:
    """The HTML again, token by token, with the `jumps` as links and bare addresses of web and mail linked.

    Inside a link there is no jump, unless the link's words are exactly one: then the link leads to the jump's target.
    """
    by_token = _by_token(page, jumps)
    written: list[str] = []
    inside: str | None = None
    for index, (slash, name, href, text) in enumerate(page.tokens):
        if text:
            words = page.texts[index]
            spans = by_token.get(index, []) if inside is None else []
            written.append(_write_text(words, spans, is_plain=inside is not None))
        elif name == "a" and not slash:
            inside = _whole(page, index, by_token) or href
            written.append(f'<a href="{html.escape(_plain(inside))}">' if inside else "<a>")
        elif name == "a":
            written.append("</a>" if inside is not None else "")
            inside = None
        elif name == "img":
            picture = page.pictures.get(index)
            written.append(f'<img src="{html.escape(picture)}">' if picture else "")
        else:
            written.append(f"<{slash}{name}>")
    return written


def _by_token(page: Page, jumps: Sequence[Jump]) -> dict[int, list[Jump]]:
    """The jumps by the text token they stand in, their offsets changed to the token's."""
    by_line: dict[int, list[Jump]] = {}
    for jump in sorted(jumps):
        by_line.setdefault(jump.line, []).append(jump)
    found: dict[int, list[Jump]] = {}
    for piece in page.pieces:
        of_line = by_line.get(piece.line, [])
        moved, end = piece.start - piece.offset, piece.offset + piece.length
        for at in range(bisect_left(of_line, piece.offset, key=_start), len(of_line)):
            jump = of_line[at]
            if jump.end > end:
                break
            found.setdefault(piece.token, []).append(jump._replace(start=jump.start + moved, end=jump.end + moved))
    return found


def _start(jump: Jump) -> int:
    return jump.start


def _whole(page: Page, anchor: int, by_token: dict[int, list[Jump]]) -> str:
    """The target of the jump that the words of a link are, brackets aside; else an empty string."""
    inside = []
    for index in range(anchor + 1, min(anchor + 8, len(page.tokens))):
        if page.tokens[index][1] == "a":
            break
        if page.tokens[index][3]:
            inside.append(index)
    if len(inside) != 1 or len(by_token.get(inside[0], ())) != 1:
        return ""
    jump, words = by_token[inside[0]][0], page.texts[inside[0]]
    rest = words[: jump.start] + words[jump.end :]
    return jump.target if not rest.strip(" ()[]{}@\xa0") else ""


def _write_text(words: str, spans: Sequence[Jump], *, is_plain: bool) -> str:
    if is_plain:
        return html.escape(words, quote=False)
    marks = [(jump.start, jump.end, jump.target) for jump in spans]
    if "http" in words or "www." in words or "@" in words:
        marks += _addresses(words)
    written, at = [], 0
    for start, end, target in sorted(marks):
        if start < at:
            continue
        written.append(html.escape(words[at:start], quote=False))
        written.append(f'<a href="{html.escape(target)}">{html.escape(words[start:end], quote=False)}</a>')
        at = end
    written.append(html.escape(words[at:], quote=False))
    return "".join(written)


def _addresses(words: str) -> list[tuple[int, int, str]]:
    """Where bare addresses begin and end, and where they lead."""
    found = [(match.start(), match.end(), f"mailto:{match[0]}") for match in _MAIL.finditer(words)]
    for match in _ADDRESS.finditer(words):
        address = match[0].rstrip(_AFTER_ADDRESS)
        if address.endswith(")") and "(" not in address:
            address = address.rstrip(")").rstrip(_AFTER_ADDRESS)
        target = f"http://{address}" if address.startswith("www.") else address
        found.append((match.start(), match.start() + len(address), target))
    return found
