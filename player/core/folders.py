"""Folders in which the listener keeps podcasts: within one another, each named by the way that leads to it.

Must not know where they are kept or shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Folder = tuple[str, ...]
"""The names from the outermost folder to the one that is meant; of what is in none, nothing."""

T = TypeVar("T")

SEPARATOR = " / "
_BETWEEN = re.compile(r"\s+/\s+")
DEEPEST = 8
LONGEST_NAME = 80
"""Names and ways beyond that are cut: they come out of other programs' files, too."""


def folder_of(names: Iterable[str]) -> Folder:
    """The folder with these names, without blank ones, needless spaces, and what would separate names in words."""
    cleaned = (" ".join(_BETWEEN.sub("/", name).split())[:LONGEST_NAME].strip(" /") for name in names)
    return tuple(name for name in cleaned if name)[:DEEPEST]


def folder_meant(words: str) -> Folder:
    """The folder that `words` mean: “News / Technology” is within “News”. A stroke without spaces is part of a name."""
    return folder_of(_BETWEEN.split(words))


def folder_words(folder: Folder) -> str:
    """A folder in words, as `folder_meant` takes them."""
    return SEPARATOR.join(folder)


def moved(folder: Folder, old: Folder, new: Folder) -> Folder:
    """Where a folder lies when `old`, in which it may be, is called `new`."""
    return (*new, *folder[len(old) :])[:DEEPEST] if folder[: len(old)] == old else folder


@dataclass(frozen=True, slots=True)
class Shelf(Generic[T]):
    """A folder with what lies in it, in the order given, and the folders within by name."""

    folder: Folder
    items: tuple[T, ...]
    inner: tuple[Shelf[T], ...] = ()

    @property
    def all_items(self) -> tuple[T, ...]:
        """What lies in it and in the folders within."""
        return (*self.items, *(item for shelf in self.inner for item in shelf.all_items))


def shelve(items: Iterable[tuple[Folder, T]]) -> Shelf[T]:
    """Everything in its folder; what is in none lies in the shelf that is returned."""
    return _shelf((), list(items))


def _shelf(folder: Folder, items: list[tuple[Folder, T]]) -> Shelf[T]:
    depth = len(folder)
    here = tuple(item for way, item in items if len(way) == depth)
    deeper: dict[str, list[tuple[Folder, T]]] = {}
    for way, item in items:
        if len(way) > depth:
            deeper.setdefault(way[depth], []).append((way, item))
    names = sorted(deeper, key=lambda name: (name.casefold(), name))
    return Shelf(folder, here, tuple(_shelf((*folder, name), deeper[name]) for name in names))


def ways(folders: Iterable[Folder]) -> list[Folder]:
    """These folders, and those around them, by name."""
    found = {folder[:depth] for folder in folders for depth in range(1, len(folder) + 1)}
    return sorted(found, key=lambda folder: (tuple(name.casefold() for name in folder), folder))
