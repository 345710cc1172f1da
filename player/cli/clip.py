"""`earmark clip`: a chapter or another span of an episode as a file of its own.

Must not know how it is cut. The library is only read, so that it works beside a running player, too.
"""

from __future__ import annotations

import sys
from argparse import Namespace

from player.app.clips import Span, clip_beside
from player.app.compose import reader_of
from player.app.library import Catalogue
from player.cli.runtime import profile_of
from player.core.chapters import find_chapter
from player.core.errors import NotFoundError
from player.core.model import Chapter, Episode
from player.core.timecode import format_timecode

EXIT_USE = 2


def clip(options: Namespace) -> int:
    """Cut it, and print where it is."""
    if (options.chapter is None) == (options.start is None or options.stop is None):
        print("earmark: Say which part: --chapter N, or --from TIME --to TIME.", file=sys.stderr)
        return EXIT_USE
    if options.chapter is None and options.stop <= options.start:
        print("earmark: --to must be later than --from.", file=sys.stderr)
        return EXIT_USE
    with profile_of(options) as profile, reader_of(profile) as reader:
        catalogue = Catalogue(reader)
        episode = catalogue.find_episode(options.episode)
        span = _span(catalogue, episode, options)
        done = clip_beside(reader, span, options.output, is_exact=options.exact)
    print(done.path if options.output else done.path.name)
    print(f"{format_timecode(done.length)}, {'copied' if done.is_copied else 'encoded anew'}", file=sys.stderr)
    return 0


def _span(catalogue: Catalogue, episode: Episode, options: Namespace) -> Span:
    if options.chapter is None:
        return Span(episode.id, options.start, options.stop)
    chapters = catalogue.chapters(episode.id)
    number = _chapter(chapters, options.chapter)
    chapter = chapters[number]
    return Span(episode.id, chapter.start, chapter.end, chapter.title or f"Chapter {number + 1}")


def _chapter(chapters: tuple[Chapter, ...], words: str) -> int:
    """The chapter that is meant, from 0: by its number, or its title. Raises NotFoundError."""
    if words.isdecimal() and 0 < int(words) <= len(chapters):
        return int(words) - 1
    found = find_chapter(chapters, words)
    if found is None:
        raise NotFoundError("chapter", words)
    return found
