"""The options of `earmark bookmarks`, and the link that `earmark` takes instead of a command.

Must not know what either does.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from player.core.links import is_link
from player.core.model import Millis

Run = Callable[[argparse.Namespace], int]
_WITH_VALUE = ("--profile",)
_FORMS = {"--json": "json", "--csv": "csv", "--markdown": "markdown"}


def split_link(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """A link where a command would stand, and the options beside it; None where there is none."""
    place = 0
    while place < len(arguments) and arguments[place].startswith("-"):
        place += 2 if arguments[place] in _WITH_VALUE else 1
    rest = arguments[place + 1 :]
    if place < len(arguments) and is_link(arguments[place]) and all(each.startswith("-") for each in rest[:1]):
        return arguments[place], [*arguments[:place], *rest]
    return None, list(arguments)


def link_apart(arguments: Sequence[str], unset: Mapping[str, Any]) -> tuple[list[str], argparse.Namespace]:
    """What is to be read of the arguments, and into what: there the `link` is, beside what is not set yet."""
    link, rest = split_link(arguments)
    return rest, argparse.Namespace(**unset, link=link)


def add_bookmarks(
    command: Callable[..., argparse.ArgumentParser],
    common: argparse.ArgumentParser,
    time: Callable[[str], Millis],
    later: Callable[[str, str], Run],
) -> None:
    """Add the command with its options and actions; `time` reads a time, `later` gives a function of a module."""
    bookmarks = command("bookmarks", "list the places that you marked; “add”, “remove”, “export”", "bookmarks")
    # What the options of the command say holds where its actions say nothing.
    bookmarks.set_defaults(words=[], form=None)
    _add_forms(bookmarks, argparse.SUPPRESS)
    actions = bookmarks.add_subparsers(title="actions", metavar="[ACTION]")

    def action(name: str, summary: str) -> argparse.ArgumentParser:
        added = actions.add_parser(name, help=summary, description=summary, parents=[common])
        added.set_defaults(run=later("player.cli.bookmarks", "bookmarks" if name == "list" else name))
        return added

    listed = action("list", "list them, the newest first: those that have all words")
    listed.add_argument("words", nargs="*", metavar="WORD", help="in their text, or in what they belong to")
    _add_forms(listed, argparse.SUPPRESS)
    add = action("add", "mark a place of an episode, or where the running player is")
    add.add_argument("episode", nargs="?", metavar="EPISODE", help="its number, its title or a part of it")
    add.add_argument("--at", type=time, metavar="TIME", help="the place: 1:08:52; without it, where it was left")
    add.add_argument("--until", type=time, metavar="TIME", help="mark all up to there")
    add.add_argument("--text", default="", metavar="WORDS", help="a line of text")
    remove = action("remove", "take bookmarks away")
    remove.add_argument("numbers", nargs="+", type=int, metavar="N", help="their numbers in the list")
    export = action("export", "write them into a file, with links that open Earmark there")
    export.add_argument("file", metavar="FILE", help="where to; - for standard output")
    _add_forms(export, argparse.SUPPRESS)


def _add_forms(parser: argparse.ArgumentParser, default: str) -> None:
    forms = parser.add_mutually_exclusive_group()
    for option, form in _FORMS.items():
        forms.add_argument(
            option, dest="form", action="store_const", const=form, default=default, help=f"as {option[2:].upper()}"
        )
