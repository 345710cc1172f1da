"""The options of `earmark skip`.

Must not know what a rule means.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

_RULE_HELP = "the title has these words; “=Intro”: it is just this; “*sponsor*”: it is like this, * for any text"
_ABOUT = "the rules by which chapters are skipped for their titles: list them, or add, try, remove, switch one"


def add_skip(command: Callable[..., argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Add the command and its actions."""
    skip = command("skip", _ABOUT, "skips")
    skip.set_defaults(action="list")
    skip.add_argument("--json", action="store_true", help="one JSON object, times in seconds")
    actions = skip.add_subparsers(title="actions", metavar="[ACTION]")

    def action(name: str, summary: str) -> argparse.ArgumentParser:
        added = actions.add_parser(name, help=summary, description=summary, parents=[common])
        added.set_defaults(action=name)
        return added

    for name, summary in (("add", "skip such chapters from now on"), ("try", "say what a rule would skip")):
        with_rule = action(name, summary)
        with_rule.add_argument("rule", metavar="RULE", help=_RULE_HELP)
        with_rule.add_argument(
            "--podcast", metavar="NAME", help="only in this one: its number, its address, its title or a part of it"
        )
        with_rule.add_argument(
            "--up-to", type=_minutes, metavar="MINUTES", help="only chapters that last so long at most"
        )
    for name, summary in (("remove", "forget a rule"), ("on", "let a rule count again"), ("off", "let a rule rest")):
        action(name, summary).add_argument("number", type=int, metavar="N", help="its number in the list")


def _minutes(text: str) -> float:
    try:
        minutes = float(text.replace(",", "."))
    except ValueError:
        minutes = 0.0
    if not 0 < minutes <= 24 * 60:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of minutes up to 1440")
    return minutes
