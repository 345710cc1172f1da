"""What programs and the command line ask of skip rules, and what they are told: one JSON object in, one out.

Must not know how it travels, nor how it is printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from player.app.compose import Services
from player.app.skip_rules import Rules
from player.core.errors import NotFoundError
from player.core.model import PodcastId
from player.core.skip_rules import SkipRule, Trial, rule_meant, rule_words, tried
from player.core.timecode import MINUTE, SECOND


def change_skip_rules(services: Services, request: Mapping[str, Any]) -> Future[Rules] | None:
    """Do what `request` says: `action` is list, try, add, remove, on or off; None where nothing is to be done.

    `rule` is as `core.skip_rules.rule_meant` reads it, with `minutes` for chapters that last so long at most, in the
    podcast that `podcast` means, or in all; `number` is that of a rule that is there. Raises NotFoundError.
    """
    action, rules = request.get("action"), services.skip_rules
    if action == "add":
        return rules.add(_scope(services, request), _rule(request))
    if action in ("remove", "on", "off"):
        scope, rule = rules.at(_number(request))
        return rules.replace(scope, rule, None if action == "remove" else replace(rule, is_on=action == "on"))
    return None


def skip_rule_facts(services: Services, request: Mapping[str, Any]) -> dict[str, Any]:
    """All rules, times in seconds; and what the `rule` of a request skips in the newest episodes."""
    titles = {each.id: each.title for each in services.library.podcasts()}
    listed = [
        {
            "number": number,
            "podcast": scope,
            "title": titles.get(scope) if scope is not None else None,
            "rule": rule_words(rule),
            "words": rule.words,
            "match": rule.match.value,
            "longest": rule.longest / SECOND if rule.longest is not None else None,
            "on": rule.is_on,
        }
        for number, (scope, rule) in enumerate(services.skip_rules.numbered(), start=1)
    ]
    if request.get("rule") is None:
        return {"rules": listed, "trial": None}
    samples = services.skip_rules.samples(_scope(services, request))
    return {"rules": listed, "trial": _trial_facts(tried(_rule(request), samples))}


def _trial_facts(trial: Trial) -> dict[str, Any]:
    hits = [
        {
            "episode": hit.sample.episode,
            "title": hit.sample.title,
            "chapter": hit.chapter.title,
            "start": hit.chapter.start / SECOND,
            "length": hit.length / SECOND,
        }
        for hit in trial.hits
    ]
    return {"tried": trial.tried, "episodes": trial.episodes, "length": trial.length / SECOND, "chapters": hits}


def _scope(services: Services, request: Mapping[str, Any]) -> PodcastId | None:
    name = request.get("podcast")
    return None if name is None else services.library.find_podcast(str(name)).id


def _rule(request: Mapping[str, Any]) -> SkipRule:
    text, minutes = str(request.get("rule", "")), request.get("minutes")
    try:
        return rule_meant(text, None if minutes is None else round(float(minutes) * MINUTE))
    except (ValueError, TypeError, OverflowError) as error:
        raise NotFoundError("rule", text) from error


def _number(request: Mapping[str, Any]) -> int:
    number = request.get("number")
    if not isinstance(number, int):
        raise NotFoundError("skip rule", str(number))
    return number
