"""What the chosen list lacks, taken from other lists that speak of the same chapters.

Must not know which list is chosen or why (`core.choice`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from player.core.choice import PARTNERS, is_made_up, partners
from player.core.model import Chapter, ChapterList


def filled(chosen: ChapterList, others: Sequence[ChapterList]) -> ChapterList:
    """The list with pictures, links and real titles of `others` where it has none; the first of them counts most.

    Only from a list that finds partners (starts within two seconds) for at least 80 % of the shorter of the two, and
    only between such partners. The starts, ends and the number of the chapters never change. Entries without a place
    in the list come from such a list too, when the chosen one has none, and so does the nesting of a flat list, from
    one in which every chapter has its partner.
    """
    chapters = list(chosen.chapters)
    hidden = chosen.hidden
    for other in others:
        pairs = partners(chapters, other.chapters)
        if not pairs or len(pairs) < PARTNERS * min(len(chapters), len(other.chapters)):
            continue
        for ours, theirs in pairs:
            chapters[ours] = _filled(chapters[ours], other.chapters[theirs])
        hidden = hidden or other.hidden
        if len(pairs) == len(chapters) == len(other.chapters) and not any(each.level for each in chapters):
            chapters = [replace(each, level=its.level) for each, its in zip(chapters, other.chapters, strict=True)]
    return replace(chosen, chapters=tuple(chapters), hidden=hidden)


def _filled(chapter: Chapter, other: Chapter) -> Chapter:
    takes_title = is_made_up(chapter.title) and not is_made_up(other.title)
    return replace(
        chapter,
        title=other.title if takes_title else chapter.title,
        link=chapter.link or other.link,
        picture=chapter.picture or other.picture,
    )
