"""Marks made from chapters again, for what writes them: documents and tags.

Must not know any format, nor where pictures are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from player.core.model import Chapter, Mark, Picture


def marks_from_chapters(
    chapters: Iterable[Chapter],
    hidden: Iterable[Chapter] = (),
    picture: Callable[[str], Picture | None] | None = None,
) -> tuple[Mark, ...]:
    """Marks in order of start, with every end that is known.

    `picture` gives the picture to a `Picture.reference`, or None; without it web pictures alone are kept.
    """
    find = picture or web_picture
    marks = [_mark(each, find, is_hidden=False) for each in chapters] + [
        _mark(each, find, is_hidden=True) for each in hidden
    ]
    return tuple(sorted(marks, key=lambda mark: mark.start))


def web_picture(reference: str) -> Picture | None:
    """The picture of a reference that is an address; None for one whose bytes would be needed."""
    return Picture(url=reference) if reference.startswith(("http://", "https://")) else None


def _mark(chapter: Chapter, find: Callable[[str], Picture | None], *, is_hidden: bool) -> Mark:
    end = chapter.end if chapter.end > chapter.start else None
    picture = find(chapter.picture) if chapter.picture else None
    return Mark(chapter.start, chapter.title, end, chapter.link, picture, chapter.level, is_hidden)
