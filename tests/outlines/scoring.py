"""The score of found outlines over judged show notes, by the comparison rules of the corpus."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from player.formats.notes import Markup, read_outline

Found = tuple[int, str]
"""A chapter as it is compared: its start in whole seconds, and its title."""


@dataclass(frozen=True)
class Score:
    """One entry: what was wanted, what was found, and how many of these are right."""

    name: str
    wanted: tuple[Found, ...]
    found: tuple[Found, ...]
    right: int

    @property
    def is_perfect(self) -> bool:
        """Whether everything wanted was found, and nothing else."""
        return self.right == len(self.wanted) == len(self.found)


def f1(scores: Iterable[Score]) -> float:
    """The harmonic mean of precision and recall over the entries that have an outline."""
    positives = [score for score in scores if score.wanted]
    right = sum(score.right for score in positives)
    return 2 * right / max(1, sum(len(score.wanted) + len(score.found) for score in positives))


def entries(corpus: Path) -> list[dict[str, Any]]:
    """The judged notes of the corpus, each with its file's name under "id"."""
    files = sorted((corpus / "corpus" / "notes").glob("*.json"))
    return [{**json.loads(path.read_text(encoding="utf-8")), "id": path.stem} for path in files]


def score(entry: dict[str, Any]) -> Score:
    """Read the notes of an entry as they are marked up, and compare."""
    seconds = entry["duration_s"]
    outline = read_outline(entry["notes"], Markup(entry["format"]), duration=int(seconds * 1000) if seconds else None)
    found = tuple((mark.start // 1000, mark.title) for mark in outline.marks) if outline else ()
    is_empty_right = bool(entry.get("accept_empty")) and not found
    wanted = () if is_empty_right else tuple((int(start), str(title)) for start, title in entry["expected"])
    left, right = list(wanted), 0
    has_tail = bool({"glued-tail", "flattened"} & set(entry["tags"]))
    for index, (start, title) in enumerate(found):
        is_last = index == len(found) - 1
        hit = next((each for each in left if each[0] == start and _is_same(each[1], title, has_tail and is_last)), None)
        if hit is not None:
            left.remove(hit)
            right += 1
    return Score(entry["id"], wanted, found, right)


def _is_same(wanted: str, found: str, has_tail: bool) -> bool:
    if not wanted:
        return True
    wanted, found = _fold(wanted), _fold(found)
    if has_tail:
        return bool(found) and (found.startswith(wanted) or wanted.startswith(found))
    return wanted == found


def _fold(title: str) -> str:
    return re.sub(r"\s+", " ", title).strip().casefold().rstrip(".,:; ")
