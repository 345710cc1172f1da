"""Text that no person writes, of any length: what takes a careless reader of notes forever."""

from __future__ import annotations

from collections.abc import Callable

PIECES = {
    "times in one line": "0:00 ",
    "times of brackets": "(0:00) a ",
    "lines of times": "0:00\n",
    "lines of times and words": "1:02:03 - Words\n",
    "times at line ends": "a b c 1:30\n",
    "ranges": "0:00-1:00-",
    "breaks": "0:00<br>",
    "digits": "1",
    "digits and colons": "1:",
    "colons": ":",
    "points": "1.20.",
    "units": "1h ",
    "primes": "1'20",
    "verses": "John 3:16-",
    "dates": "1.2.2020, 3:04 ",
    "weekdays": "Monday 1, ",
    "open elements": "<div>",
    "open spans": "<span class='a'>",
    "open emphasis": "<b><i>",
    "open lists": "<ul><li>0:00 a",
    "open tables": "<table><tr><td>0:00",
    "closed in disorder": "<b><i></b></i>",
    "list items": "<li>0:00 a</li>",
    "paragraphs": "<p>0:00 a</p>",
    "rows": "<tr><td>0:00</td><td>a</td></tr>",
    "cells": "<td>0:00</td>",
    "headings": "<h2>0:00 a</h2>",
    "links": '<a href="https://e.org/?t=1">0:00</a> a ',
    "open links": '<a href="#">',
    "links with times": '<li><a href="https://e.org/?t=1">a</a></li>',
    "comments": "<!-- ",
    "half tags": "<",
    "closing signs": ">",
    "ampersands": "&",
    "entities": "&colon;",
    "numbers as entities": "&#58;",
    "escaped tags": "&lt;li&gt;0:00 a",
    "newlines in a paragraph": "0:00 a\n\n",
    "round brackets": "(",
    "open brackets": "[",
    "open brackets with words": "[a](",
    "brackets in brackets": "[[a]",
    "links of Markdown": "[0:00](http://e.org) a\n",
    "references": "[a][b] ",
    "definitions": "[a]: http://e.org\n",
    "stars": "*",
    "stars and words": "*a ",
    "two stars and words": "**a ",
    "underlines and words": "_a_b",
    "backquotes": "`a",
    "backslashes": "\\[",
    "bullets": "- 0:00 a\n",
    "bullets in bullets": "- - - ",
    "fences": "```\n",
    "rules": "---\n",
    "rows of Markdown": "| 0:00 | a |\n",
    "pipes": "| 0:00 ",
    "quotes": "> > 0:00 ",
    "addresses": "https://e.org/0:00 ",
    "one address": "https://e.org/",
    "spaces": " ",
    "tabs": "\t",
    "dashes": "- ",
    "sentences": "A word. ",
    "speakers": "0:07 Ann: so\n",
    "scores": "won 1:0 ",
    "words of scores": "won ",
    "full width": "０：００ ",
    "full-width brackets": "（０：００）あ",
    "right to left": "\u202b٠:٠٠ \u200fא ",
    "invisible": "\u200b",
    "keycaps": "1\ufe0f\u20e3 0:00 ",
    "joined emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467 0:00\n",
    "combining": "a\u0301\u0301",
}


def _deep_list(size: int) -> str:
    return "".join(f"{' ' * (level % 400)}- 0:00 a\n" for level in range(size // 200))


def _deep_html(size: int) -> str:
    depth = size // 40
    return "<ul><li>0:00 a" * depth + "</li></ul>" * depth


def _one_row(size: int) -> str:
    return "<table><tr>" + "<td>0:00</td><td>a</td>" * (size // 23) + "</tr></table>"


def _rising(size: int) -> str:
    return "\n".join(f"{at // 3600}:{at // 60 % 60:02}:{at % 60:02} Words of it" for at in range(0, size // 2, 10))


def _falling(size: int) -> str:
    return "\n".join(f"{at // 3600}:{at // 60 % 60:02}:{at % 60:02} Words of it" for at in range(size // 2, 0, -10))


WHOLE: dict[str, Callable[[int], str]] = {
    "a list in a list in a list": _deep_list,
    "lists in lists": _deep_html,
    "one row of many cells": _one_row,
    "rising times": _rising,
    "falling times": _falling,
    "indented once more each": lambda size: "\n".join(" " * n + "0:00 a" for n in range(int(size**0.5))),
    "a title without end": lambda size: "0:00 " + "a b. " * (size // 5) + "\n1:00 b\n2:00 c",
    "a flat list without end": lambda size: "(0:00) a (1:00) b (2:00) " + "c d. " * (size // 5),
    "a bullet without end": lambda size: "• " * (size // 2) + "0:00 a\n1:00 b",
    "a bold without end": lambda size: "**0:00 " + "a * b " * (size // 6),
    "an opening for each closing": lambda size: "[" * (size // 2) + "0:00" + "]" * (size // 2),
    "a tag without end": lambda size: "0:00 <a href='" + "x" * size,
    "an attribute without end": lambda size: "0:00 <p " + "a=1 " * (size // 4) + ">",
    "emphasis in emphasis": lambda size: "*" * (size // 2) + "0:00" + "*" * (size // 2),
}


def texts(size: int) -> dict[str, str]:
    """The texts by name, each with a time at its end, of about `size` characters."""
    repeated = {name: piece * (size // len(piece)) + " 0:00 x" for name, piece in PIECES.items()}
    return repeated | {name: make(size) for name, make in WHOLE.items()}
