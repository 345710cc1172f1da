"""The options of `earmark downloads` and of what it can do.

Must not know what any of it does.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from player.core.keeping import keep_meant, keep_words

_EPISODE = "its number, its title or a part of it"

Later = Callable[[str, str], Callable[[argparse.Namespace], int]]


def add_downloads(
    command: Callable[..., argparse.ArgumentParser], common: argparse.ArgumentParser, later: Later
) -> None:
    """Add the command. `later` makes a function that is imported when it runs."""
    summary = "list what is being downloaded; “pause”, “resume”, “move”, “remove”, “keep” and “clean” change it"
    listed = command("downloads", summary, "downloads")
    listed.add_argument("--json", action="store_true", help="one JSON object a line, times in seconds")
    listed.add_argument("--watch", action="store_true", help="show how it goes on until nothing moves any more")
    actions = listed.add_subparsers(title="actions", metavar="[ACTION]")

    def action(name: str, summary: str) -> argparse.ArgumentParser:
        added = actions.add_parser(name, help=summary, description=summary, parents=[common])
        added.set_defaults(run=later("player.cli.downloads", name))
        return added

    pause = action("pause", "pause one download, or all")
    pause.add_argument("episode", nargs="?", metavar="EPISODE", help=_EPISODE)
    resume = action("resume", "go on with one download, or with all that are paused")
    resume.add_argument("episode", nargs="?", metavar="EPISODE", help=_EPISODE)
    move = action("move", "put a download before others, or behind them")
    move.add_argument("episode", metavar="EPISODE", help=_EPISODE)
    move.add_argument("to", choices=("first", "up", "down", "last"))
    remove = action("remove", "cancel a download, or remove what is downloaded")
    remove.add_argument("episode", metavar="EPISODE", help=_EPISODE)
    keep = action("keep", "keep a download, whatever the rules say")
    keep.add_argument("episode", metavar="EPISODE", help=_EPISODE)
    keep.add_argument("--no", action="store_true", help="leave it to the rules again")
    words = "show where downloads lie; with FOLDER, move them there and put new ones there"
    folder = action("folder", words)
    folder.set_defaults(run=later("player.cli.folder", "folder"))
    folder.add_argument(
        "folder", nargs="?", metavar="FOLDER", help="another folder, or “default” for the profile's own"
    )
    clean = action(
        "clean", "show what a clean-up of all podcasts would remove: what was played, if nothing else is said"
    )
    clean.add_argument("--keep", type=_keep, metavar="RULE", help="newest:3 (so many of each) or played:7 (days after)")
    clean.add_argument("--most", type=_gigabytes, metavar="GB", help="no more than so many gigabytes stay")
    clean.add_argument("--yes", action="store_true", help="remove them")
    clean.add_argument("--json", action="store_true", help="one JSON object a line, sizes in bytes")


def _keep(text: str) -> str:
    try:
        return keep_words(keep_meant(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is neither newest:3 nor played:7") from None


def _gigabytes(text: str) -> float:
    try:
        amount = float(text)
    except ValueError:
        amount = 0.0
    if not 0 < amount < 1e6:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of gigabytes")
    return amount
