"""`earmark skip`: the rules by which chapters are skipped for their titles, on a terminal.

Must not know what a rule means. Where a player has the profile open, it does the work.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any

from player.app.skip_rule_requests import change_skip_rules, skip_rule_facts
from player.app.start import request
from player.cli.library import counted
from player.cli.runtime import profile_of, services_on
from player.core.errors import ProfileInUseError
from player.core.timecode import SECOND, format_timecode

EXIT_NOTHING = 1
EXIT_KNOWN_ERROR = 3


def skip(options: Namespace) -> int:
    """Do what is asked, and print the rules, or what a rule skips."""
    action = options.action
    asked: dict[str, Any] = {"action": action}
    if action in ("add", "try"):
        asked |= {"rule": options.rule, "minutes": options.up_to, "podcast": options.podcast}
    elif action != "list":
        asked["number"] = options.number
    with profile_of(options) as profile:
        try:
            with services_on(profile) as services:
                change = change_skip_rules(services, asked)
                if change is not None:
                    change.result()
                facts = skip_rule_facts(services, asked)
        except ProfileInUseError:
            facts = request(profile, "skip-rules", **asked)
            if not facts.pop("ok", False):
                print(f"earmark: {facts.get('error')}", file=sys.stderr)
                return EXIT_KNOWN_ERROR
    if options.json:
        print(json.dumps(facts, ensure_ascii=False))
    else:
        print("\n".join(_lines(facts, shows_rules=action != "try")))
    return 0 if facts["rules"] or facts["trial"] else EXIT_NOTHING


def _lines(facts: dict[str, Any], *, shows_rules: bool) -> list[str]:
    lines = [_rule_line(each) for each in facts["rules"]] if shows_rules else []
    if shows_rules and not lines:
        lines = ["There are no rules; “earmark skip add sponsor” makes one."]
    return lines + _trial_lines(facts["trial"]) if facts["trial"] else lines


def _rule_line(rule: dict[str, Any]) -> str:
    limit = f", up to {rule['longest'] / 60:g} min" if rule["longest"] is not None else ""
    off = "" if rule["on"] else " (off)"
    return f"{rule['number']:>3}  {rule['rule']}{limit}{off}  ·  {rule['title'] or 'all podcasts'}"


def _trial_lines(trial: dict[str, Any]) -> list[str]:
    tried, hits = counted(trial["tried"], "episode"), trial["chapters"]
    if not hits:
        return [f"Skips nothing in the newest {tried} with chapters."]
    skipped = counted(len(hits), "chapter")
    lines = [f"Skips {skipped}, {_time(trial['length'])}, in {trial['episodes']} of the newest {tried} with chapters:"]
    return lines + [
        f"     {_time(hit['start'])} {hit['chapter']} ({_time(hit['length'])})  ·  {hit['title']}" for hit in hits
    ]


def _time(seconds: float) -> str:
    return format_timecode(round(seconds * SECOND))
