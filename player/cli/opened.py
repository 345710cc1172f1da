"""What stands on the command line instead of a command: files, addresses and links that the window is to open.

Must not know what is done with them.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from player.core.addresses import looks_like_address
from player.core.links import is_link

_WITH_VALUE = ("--profile",)


def split_opened(arguments: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """What is to be opened, and the options beside it; nothing where a command stands. Paths come out whole."""
    place = 0
    while place < len(arguments) and arguments[place].startswith("-"):
        place += 2 if arguments[place] in _WITH_VALUE else 1
    if place >= len(arguments) or not _is_opened(arguments[place]):
        return (), list(arguments)
    opened, options = [], list(arguments[:place])
    rest = iter(arguments[place:])
    for each in rest:
        if each.startswith("-"):
            options += [each, *([next(rest, "")] if each in _WITH_VALUE else [])]
        else:
            opened.append(each if _is_address(each) else str(Path(each).absolute()))
    return tuple(opened), options


def opened_apart(arguments: Sequence[str], unset: Mapping[str, Any]) -> tuple[list[str], argparse.Namespace]:
    """What is to be read of the arguments, and into what: there is `opened`, beside what is not set yet."""
    opened, rest = split_opened(arguments)
    return rest, argparse.Namespace(**unset, opened=opened)


def _is_opened(word: str) -> bool:
    """Whether a word is no command: those have no dot, slash or colon, and a file may lie here under any name."""
    return bool({".", "/", ":"} & set(word)) or Path(word).is_file()


def _is_address(word: str) -> bool:
    return is_link(word) or looks_like_address(word) or word.startswith("file:")
