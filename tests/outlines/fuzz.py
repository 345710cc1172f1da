"""A fuzzer of show notes: judged notes, changed by bytes and by tokens, and what must hold for whatever comes out.

    cd tests && python -m outlines.fuzz --minutes 10 [--seed 1] [--corpus FOLDER]

The same seed makes the same inputs. What fails is printed with its number, so that `--seed` and `--only` bring it back.
"""

from __future__ import annotations

import argparse
import random
import re
import time
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

from outlines.adversarial import PIECES
from outlines.scoring import entries
from player.formats.notes import Markup, read_lines, read_notes, read_outline

HARMLESS = re.compile(
    r"(?:[^<>]|</?(?:p|div|ul|ol|li|h[1-6]|table|thead|tbody|tr|td|th|blockquote|pre|hr|br|dl|dt|dd|section|article"
    r"|b|strong|i|em|u|code|mark|s|del|sub|sup|small|span|a)>|<a href=\"[^\"<>]*\">)*"
)
SLOW = 1.0
"""No notes of a few thousand characters may take as many seconds."""
_TOKEN = re.compile(r"<[^<>]{0,80}>|\d+:\d\d(?::\d\d)?|\w+|\s+|[^\w\s]")
_LONGEST = 20_000


def mutate(source: Sequence[str], chance: random.Random) -> str:
    """One of the notes, changed in one to six places."""
    text = chance.choice(source)[:_LONGEST]
    for _ in range(chance.randint(1, 6)):
        text = chance.choice((_bytes, _tokens, _lines, _splice))(text, source, chance)
    return text[: 2 * _LONGEST]


def _bytes(text: str, _: Sequence[str], chance: random.Random) -> str:
    """Single bytes changed, dropped or doubled; what is no UTF-8 any more becomes a replacement character."""
    raw = bytearray(text.encode("utf-8"))
    for _place in range(chance.randint(1, 20)):
        if not raw:
            break
        at = chance.randrange(len(raw))
        kind = chance.randrange(3)
        if kind == 0:
            raw[at] = chance.randrange(256)
        elif kind == 1:
            del raw[at : at + chance.randint(1, 8)]
        else:
            raw[at:at] = raw[at : at + chance.randint(1, 40)]
    return raw.decode("utf-8", "replace")


def _tokens(text: str, _: Sequence[str], chance: random.Random) -> str:
    """Tags, times, words and signs exchanged, dropped, repeated, or replaced by what nobody writes."""
    tokens = _TOKEN.findall(text)
    for _place in range(chance.randint(1, 12)):
        if not tokens:
            break
        at, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
        kind = chance.randrange(4)
        if kind == 0:
            tokens[at], tokens[other] = tokens[other], tokens[at]
        elif kind == 1:
            del tokens[at : at + chance.randint(1, 6)]
        elif kind == 2:
            tokens[at:at] = tokens[at : at + 3] * chance.randint(1, 30)
        else:
            tokens[at] = chance.choice(list(PIECES.values())) * chance.randint(1, 20)
    return "".join(tokens)


def _lines(text: str, _: Sequence[str], chance: random.Random) -> str:
    """Lines in another order, indented, joined, or without their ends."""
    lines = text.split("\n")
    kind = chance.randrange(4)
    if kind == 0:
        chance.shuffle(lines)
    elif kind == 1:
        lines = [" " * chance.randrange(8) + line for line in lines]
    elif kind == 2:
        return " ".join(lines)
    else:
        lines = [line[: chance.randrange(1, 80)] for line in lines]
    return "\n".join(lines)


def _splice(text: str, source: Sequence[str], chance: random.Random) -> str:
    """A part of other notes in the midst of these."""
    other = chance.choice(source)
    start = chance.randrange(len(other) + 1)
    at = chance.randrange(len(text) + 1)
    return text[:at] + other[start : start + chance.randint(1, 2000)] + text[at + chance.randrange(200) :]


def check(text: str, chance: random.Random) -> None:
    """Read and show the notes as they come; raises AssertionError where something does not hold."""
    markup = chance.choice([None, *Markup])
    duration = chance.choice([None, 1, 60_000, 3_600_000, 18_958_000, 10**12])
    began = time.process_time()
    outline = read_outline(text, markup, duration=duration)
    notes = read_notes(text, markup, duration=duration)
    assert time.process_time() - began < SLOW, "it took too long"
    assert HARMLESS.fullmatch(notes.html), "what is shown is not harmless"
    for shown in (notes.folded("<p>fold</p>"), notes.unfolded("<p>fold</p>")):
        assert HARMLESS.fullmatch(shown), "what is shown folded is not harmless"
    for target in re.findall(r'href="([^"]*)"', notes.html):
        assert target.partition(":")[0].lower() not in ("javascript", "data", "file", "vbscript"), target
    if outline is None:
        return
    starts = [mark.start for mark in outline.marks]
    assert starts, "an outline is empty"
    assert starts == sorted(starts), "its starts fall"
    assert starts[0] >= 0, "a start is negative"
    lines = read_lines(text, markup)
    for entry in outline.entries:
        line, title = lines[entry.line].text, lines[entry.title_line].text
        assert 0 <= entry.start <= entry.time_start <= entry.time_end <= len(line), "offsets lie beyond the line"
        assert 0 <= entry.title_start <= entry.title_end <= len(title), "offsets lie beyond the title"
        assert entry.mark.end is None or entry.mark.end > entry.mark.start, "a range ends before it begins"
        assert "\n" not in entry.mark.title, "a title has two lines"
        assert entry.mark.title == entry.mark.title.strip(), "a title has white space around it"


def inputs(source: Sequence[str], seed: int) -> Iterator[tuple[int, str, random.Random]]:
    """Without end: a number, notes, and the random numbers that go with them."""
    number = 0
    while True:
        chance = random.Random(f"{seed}/{number}")
        yield number, mutate(source, chance), chance
        number += 1


def main() -> None:
    """Run for some minutes, and print what failed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parents[3] / "shared")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of one input")
    given = parser.parse_args()
    source = [entry["notes"] for entry in entries(given.corpus)]
    began, failed, count = time.monotonic(), 0, 0
    for number, text, chance in inputs(source, given.seed):
        if given.only is not None and number != given.only:
            continue
        if time.monotonic() - began > given.minutes * 60:
            break
        count += 1
        try:
            check(text, chance)
        except Exception:  # noqa: BLE001 - whatever it is, it is a finding
            failed += 1
            print(f"input {number} of seed {given.seed}:\n{traceback.format_exc(limit=-3)}")
        if given.only is not None:
            print(text)
            break
    print(f"{count} inputs in {time.monotonic() - began:.0f} s, {failed} failed")


if __name__ == "__main__":
    main()
