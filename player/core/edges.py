"""The beginning and the end of a podcast's episodes that are left out in playing: its intro and its outro.

Must not know where they are kept, nor how playing leaves anything out (`core.skips` has the spans).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from player.core.model import Millis
from player.core.skips import Span

LONGEST_EDGE: Millis = 30 * 60_000
"""No intro or outro is taken for longer."""


@dataclass(frozen=True, slots=True)
class Edges:
    """How much is left out of each episode of a podcast at its start and before its end."""

    intro: Millis = 0
    outro: Millis = 0


def edge_spans(edges: Edges, duration: Millis | None) -> tuple[Span, ...]:
    """What the edges leave out of an episode, in rising order.

    Nothing of one of which less than half would remain, such as a trailer, or of one whose length is not known: playing
    must never leap to where there is nothing.
    """
    if duration is None or 2 * (edges.intro + edges.outro) > duration:
        return ()
    spans = ((0, edges.intro), (duration - edges.outro, duration))
    return tuple(span for span in spans if span[0] < span[1])


def with_edges(chapters: Sequence[Span], edges: Sequence[Span]) -> tuple[Span, ...]:
    """The spans of skipped chapters and the edges together, in rising order; where both are, it is the chapter's."""
    rest = list(edges)
    for start, end in chapters:
        parts = [part for first, last in rest for part in ((first, min(last, start)), (max(first, end), last))]
        rest = [(first, last) for first, last in parts if first < last]
    return tuple(sorted((*chapters, *rest))) if rest else tuple(chapters)
