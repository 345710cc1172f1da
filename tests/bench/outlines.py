"""Measures the search for outlines: the table over the judged notes, and how many notes a second are read.

    cd tests && python -m bench.outlines [--corpus FOLDER]

The folder holds `corpus/notes`. One line for each entry with an outline (wanted, found, right), then totals and speed.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from outlines import adversarial
from outlines.scoring import entries, f1, score
from player.formats.notes import Markup, read_outline, render_notes

ENTRIES = "".join(
    f"<li>({at // 60:02}:{at % 60:02}) - Something we talk about, no. {at}</li>" for at in range(0, 3750, 250)
)
TYPICAL = f"<p>{'Words about the guest. ' * 20}</p><p><b>Chapters</b></p><ul>{ENTRIES}</ul>"
TYPICAL += '<p>See <a href="https://example.org/a">one</a>, <a href="https://example.org/b">two</a>.</p>'
TYPICAL += f"<p>{'More about the hosts and sponsors. ' * ((3000 - len(TYPICAL)) // 35)}</p>"
LINKED = "".join(
    f'<li><a href="https://example.org/watch?v=a&amp;t={at}s" rel="noopener">{at // 60:02}:{at % 60:02}</a> - Something'
    f' of <a href="https://example.org/{at}">no. {at}</a></li>'
    for at in range(0, 3750, 250)
)
LINKED = f"<p>{'Words about the guest. ' * 20}</p><p><b>Chapters</b></p><ul>{LINKED}</ul>"
TIMELESS = "<p>" + 'Lorem ipsum dolor sit <a href="https://example.org/x">amet</a>. ' * 48 + "</p>"
MEGABYTE = 1_000_000


def rate(work: Callable[[], object], count: int) -> float:
    """How often a second the work can be done: the best of ten rounds."""
    best = float("inf")
    for _ in range(10):
        began = time.process_time()
        for _ in range(count):
            work()
        best = min(best, time.process_time() - began)
    return count / best


def table(corpus: Path) -> None:
    """Print the score of each entry and the totals."""
    scores = [score(entry) for entry in entries(corpus)]
    positives = [each for each in scores if each.wanted]
    print(f"{'entry':36} {'wanted':>6} {'found':>6} {'right':>6}")
    for each in positives:
        print(f"{each.name:36} {len(each.wanted):6} {len(each.found):6} {each.right:6}")
    false = [each.name for each in scores if not each.wanted and each.found]
    perfect = sum(each.is_perfect for each in positives)
    negatives = len(scores) - len(positives)
    print(f"F1 {f1(scores):.4f}; perfect {perfect} of {len(positives)}; false outlines {len(false)} of {negatives}")


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parents[3] / "shared")
    table(parser.parse_args().corpus)
    typical = rate(lambda: read_outline(TYPICAL, Markup.HTML), 100)
    print(f"typical notes ({len(TYPICAL)} characters, 15 entries): {typical:.0f}/s")
    linked = rate(lambda: read_outline(LINKED, Markup.HTML), 100)
    print(f"notes full of links ({len(LINKED)} characters, 15 entries): {linked:.0f}/s")
    print(f"shown as HTML with links: {rate(lambda: render_notes(TYPICAL, Markup.HTML), 50):.0f}/s")
    print(f"notes without times ({len(TIMELESS)} characters): {rate(lambda: read_outline(TIMELESS), 1000):.0f}/s")
    for name, text in adversarial.texts(MEGABYTE).items():
        needed = []
        for markup in Markup:
            began = time.process_time()
            read_outline(text, markup)
            needed.append(f"{markup.value} {time.process_time() - began:.2f} s")
        print(f"one megabyte of {name}: {', '.join(needed)}")


if __name__ == "__main__":
    main()
