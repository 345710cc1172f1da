"""The options of `earmark bookmarks`.

Must not know what they do.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from player.core.model import Millis

Run = Callable[[argparse.Namespace], int]
_FORMS = {"--json": "json", "--csv": "csv", "--markdown": "markdown"}


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
