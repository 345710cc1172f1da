"""The command line as a tree of commands and options.

Must not know what a command does: each is imported when it is chosen, so that `earmark --help` is quick.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from player import __version__
from player.cli.bookmark_arguments import add_bookmarks
from player.cli.common_arguments import UNSET, common_options
from player.cli.download_arguments import add_downloads
from player.cli.episode_arguments import add_of_episode
from player.cli.opened import opened_apart
from player.cli.skip_arguments import add_skip
from player.core.auto_download import amount_meant, amount_words
from player.core.directory import DirectoryName
from player.core.edges import LONGEST_EDGE
from player.core.keeping import keep_meant, keep_words
from player.core.model import ChapterSource, Filter, Millis, Sort, View
from player.core.sound import Trimming, speed_meant
from player.core.timecode import SECOND, parse_timecode

_ABOUT = """\
Earmark is a podcast player built around chapters: it turns the outline in the show notes into
chapter marks and jumps between them at once.

Without a command it opens its window. The commands do the same work without one:"""

_EXAMPLES = """\
examples:
  earmark                                       open the window
  earmark talk.mp3 podcasts.opml                open files, addresses or links there
  earmark chapters notes.html --duration 5:15:58
  pbpaste | earmark chapters - --format json    an outline on standard input, as a chapters document
  earmark tag episode.mp3 --from notes.html     write the outline's chapters into the file
  earmark add https://example.org/feed.xml      subscribe
  earmark list new --with-chapters              what you have not begun, of all podcasts
  earmark search stargate --chapters            where it is talked about
  earmark get 459                               download an episode: its number, its title or a part of it
  earmark play 459 --chapter Stargate           play from a chapter
  earmark podcast lex --intro 30 --keep played:7
  earmark queue add 459 --chapter Stargate      play that chapter after what plays now
  earmark ctl goto 1:08:52                      tell the running player where to go

exit status: 0 done · 1 nothing found · 2 wrong use · 3 a file, a feed or the network is not as it should be
"""

_CTL = """\
actions:
  play, pause, toggle               sound on, off, or the other
  next                              leave what plays for the next entry of the queue
  next-chapter, previous-chapter    "previous" first returns to the start of the current chapter
  goto PLACE                        a time (1:08:52, 75:30, 1h02m) or a chapter's title or a part of it
  speed FACTOR                      0.5 to 4 times as fast
  trim off|gentle|medium|strong     shorten pauses between words
  level on|off                      raise quiet voices and hold loud ones
  mono on|off                       the same sound on both sides
  sleep TIME|chapter|…              end the sound: 30 (minutes), chapter, chapter:3, episode, a title; more, off
  open WHAT                         an audio file, the address of a feed, or a link (earmark://…)
  status                            what plays, where, in which chapter (--json for programs)
  show                              bring the window to the front
"""

_ADD_HELP = (
    "the address of a feed or of a page that links to it, a link of Apple Podcasts, Overcast, Pocket Casts, fyyd, "
    "Podcast Index or YouTube, an OPML file or its address, or words to search for"
)
_FORMATS = ("table", "json", "psc", "ffmetadata", "cue", "vtt", "youtube", "labels", "text", "mp4chaps")
_MORE_FORMATS = ("podlove-json", "audiobookshelf", "audible", "matroska")
_FORMAT_HELP = (
    "table (default), text (m:ss Title), youtube (the same by YouTube's rules), mp4chaps (HH:MM:SS.mmm Title), "
    "json (Podcasting 2.0), psc (Podlove Simple Chapters), podlove-json, audiobookshelf, audible, ffmetadata, cue, "
    "vtt (WebVTT), labels (Audacity) or matroska (XML for mkvpropedit)"
)
_SOURCES = {
    "file": ChapterSource.FILE,
    "side-file": ChapterSource.SIDE_FILE,
    "document": ChapterSource.DOCUMENT,
    "podlove": ChapterSource.PODLOVE,
    "outline": ChapterSource.OUTLINE,
}
_BEST = "best"
_PODCAST = "its number, its address, its title or a part of it"
_PREFER_HELP = f"of several lists take the one from here: {', '.join(_SOURCES)}"


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; exits with 2 on wrong use. The result holds `run`, which gives the exit status."""
    parser = _parser()
    options = parser.parse_args(*opened_apart(arguments, UNSET))
    if options.profile is not None and options.temp_profile:
        parser.error("--profile and --temp-profile do not go together")
    return options


def _later(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """A command that is imported when it runs."""

    def run(options: argparse.Namespace) -> int:
        return int(getattr(importlib.import_module(module), function)(options))

    return run


def _timecode(text: str) -> Millis:
    millis = parse_timecode(text)
    if millis is None:
        raise argparse.ArgumentTypeError(f"“{text}” is not a time; write it as 1:08:52, 75:30 or 1h02m")
    return millis


def _speed(text: str) -> float:
    try:
        return speed_meant(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a speed from 0.5 to 4") from None


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number from 1 on")
    return int(text)


def _edge(text: str) -> float:
    """Seconds, also written as a time."""
    millis = parse_timecode(text)
    if millis is None or millis > LONGEST_EDGE:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of seconds up to {LONGEST_EDGE // SECOND}")
    return millis / SECOND


def _amount(text: str) -> str:
    try:
        return amount_words(amount_meant(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is none of never, all, newest:3") from None


def _keep(text: str) -> str:
    try:
        return keep_words(keep_meant(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is none of all, newest:3, played:7") from None


def _switch(text: str) -> bool:
    if text not in ("on", "off"):
        raise argparse.ArgumentTypeError(f"“{text}” is neither on nor off")
    return text == "on"


def _source_or_best(text: str) -> ChapterSource | str:
    return text if text == _BEST else _source(text)


def _source(text: str) -> ChapterSource:
    if text not in _SOURCES:
        raise argparse.ArgumentTypeError(f"“{text}” is none of {', '.join(_SOURCES)}")
    return _SOURCES[text]


@cache
def _parser() -> argparse.ArgumentParser:
    common = common_options()
    parser = argparse.ArgumentParser(
        prog="earmark",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common],
    )
    parser.add_argument("--version", action="version", version=f"Earmark {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, summary: str, module: str, **more: Any) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=summary, description=summary, parents=[common], **more)
        added.set_defaults(run=_later(f"player.cli.{module}", name))
        return added

    _add_chapters(command)
    _add_library(command)
    add_of_episode(command, _timecode)
    _add_podcast(command)
    _add_playing(command)
    _add_queue(command, common)
    add_skip(command, common)
    add_downloads(command, common, _later)
    add_bookmarks(command, common, _timecode, _later)
    return parser


Command = Callable[..., argparse.ArgumentParser]


def _add_chapters(command: Command) -> None:
    chapters = command("chapters", "print the chapters of show notes, an audio file or a chapter document", "chapters")
    chapters.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="a .txt, .md or .html file of notes, an audio file, a chapter document, or -",
    )
    chapters.add_argument(
        "--input", choices=("html", "text", "markdown"), help="how the notes are written, if not guessed right"
    )
    chapters.add_argument("--duration", type=_timecode, metavar="TIME", help="how long the episode is: 5:15:58")
    chapters.add_argument(
        "--format", choices=(*_FORMATS, *_MORE_FORMATS), default="table", metavar="FORM", help=_FORMAT_HELP
    )
    chapters.add_argument("--all-sources", action="store_true", help="print every list that a source has")
    chapters.add_argument("--prefer", type=_source, metavar="KIND", help=_PREFER_HELP)
    chapters.add_argument(
        "--explain", action="store_true", help="say on standard error why each time was taken or left, and each list"
    )
    tag = command("tag", "write chapters into an audio file: MP3, AAC, WAV, AIFF, MP4, Matroska, Ogg or FLAC", "tag")
    tag.add_argument("audio", type=Path, metavar="AUDIO")
    tag.add_argument(
        "--from", dest="source", required=True, metavar="SOURCE", help="anything that “earmark chapters” reads"
    )
    tag.add_argument("--output", type=Path, metavar="FILE", help="write into a copy, and leave AUDIO as it is")
    tag.add_argument("--prefer", type=_source, metavar="KIND", help=_PREFER_HELP)


def _add_refresh(command: Command) -> None:
    refresh = command("refresh", "ask the feeds of all podcasts, or of one, what is new", "refreshing")
    refresh.add_argument("podcast", nargs="?", metavar="PODCAST", help=_PODCAST)
    refresh.add_argument("--json", action="store_true", help="one JSON object a line, for each podcast")


def _add_library(command: Command) -> None:
    add = command("add", "subscribe to a podcast, or to all in an OPML document; or search for podcasts", "adding")
    add.add_argument("what", nargs="+", metavar="WHAT", help=_ADD_HELP)
    add.add_argument("--pick", type=int, metavar="N", help="of what was found, subscribe to this one")
    add.add_argument(
        "--directory",
        action="append",
        choices=[name.value for name in DirectoryName],
        help="search here (default: apple); may be given more than once; podcastindex wants a key in the settings",
    )
    add.add_argument("--json", action="store_true", help="one JSON object a line")
    lists = command("list", "list the podcasts, or the episodes of all of them that are new, in progress, …", "library")
    views = [_option(view) for view in View]
    lists.add_argument("list", nargs="?", choices=views, metavar="LIST", help=f"of episodes: {', '.join(views)}")
    _add_choices(lists)
    _add_refresh(command)
    episodes = command("episodes", "list the episodes of a podcast, newest first", "library")
    episodes.add_argument("podcast", metavar="PODCAST", help=_PODCAST)
    _add_choices(episodes)
    search = command("search", "find podcasts, episodes, bookmarks, chapters and notes by words", "search")
    search.add_argument(
        "words",
        nargs="+",
        metavar="WORD",
        help="all must be there, the last one perhaps only begun; '\"two words\"' as said",
    )
    search.add_argument("--chapters", action="store_true", help="chapters only")
    search.add_argument("--json", action="store_true", help="one JSON object a line, times in seconds")
    stats = command("stats", "how long you listened, and how much time speed, trimming and skips saved", "stats")
    stats.add_argument("--months", type=_count, metavar="N", help="only the last N months; 1 is the present one")
    stats.add_argument(
        "--podcast",
        metavar="NAME",
        help="only this one, also when it was removed: its address, its title or a part of it",
    )
    stats.add_argument("--json", action="store_true", help="one JSON object a line, times in seconds")
    get = command("get", "download an episode, or go on with a download", "library")
    get.add_argument("episode", metavar="EPISODE", help="its number, its title or a part of it")
    export = command("export", "write what is yours in the library into a file: podcasts, places, edits, …", "exchange")
    export.add_argument("file", metavar="FILE", help="where to; - for standard output")
    export.add_argument("--opml", action="store_true", help="the list of podcasts only, for other programs")
    take = command("import", "take in what “earmark export” or another program (OPML) wrote", "exchange")
    take.set_defaults(run=_later("player.cli.exchange", "take_in"))
    take.add_argument("file", metavar="FILE", help="where from; - for standard input")
    take.add_argument("--json", action="store_true", help="one JSON object")
    restore = command("restore", "bring back the last backup of a library that is damaged or gone", "restoring")
    restore.add_argument("--empty", action="store_true", help="begin with an empty library in its place")
    restore.add_argument("--force", action="store_true", help="also where the library is as it should be")


def _add_podcast(command: Command) -> None:
    podcast = command("podcast", "show what is set for a podcast; the options change it", "podcast")
    podcast.add_argument("podcast", metavar="PODCAST", help=_PODCAST)
    podcast.add_argument("--json", action="store_true", help="one JSON object, times in seconds")
    podcast.add_argument("--folder", metavar="NAME", help="keep it there; “News / World” is within News; '' for none")
    sound = podcast.add_argument_group("how it sounds")
    sound.add_argument("--speed", type=_speed, metavar="FACTOR", help="0.5 to 4 times as fast, with the pitch kept")
    sound.add_argument("--trim", choices=[kind.value for kind in Trimming], help="shorten pauses between words")
    sound.add_argument("--level", type=_switch, metavar="on|off", help="raise quiet voices and hold loud ones")
    sound.add_argument("--mono", type=_switch, metavar="on|off", help="the same sound on both sides")
    sound.add_argument("--like-others", action="store_true", help="no sound of its own any more")
    edges = podcast.add_argument_group("what is left out of each episode")
    edges.add_argument("--intro", type=_edge, metavar="SECONDS", help="at its start")
    edges.add_argument("--outro", type=_edge, metavar="SECONDS", help="before its end")
    new = podcast.add_argument_group("new episodes")
    new.add_argument("--auto-download", type=_amount, metavar="RULE", help="never, newest:3 (so many) or all")
    new.add_argument("--title-has", metavar="WORDS", help="only if the title has all these words; '' for any")
    new.add_argument("--title-has-not", metavar="WORDS", help="only if the title has none of these; '' for any")
    new.add_argument("--only-with-chapters", type=_switch, metavar="on|off", help="only those that have chapters")
    new.add_argument("--announce", type=_switch, metavar="on|off", help="let the desktop tell of them")
    rest = podcast.add_argument_group("downloads and chapters")
    rest.add_argument("--keep", type=_keep, metavar="RULE", help="all, newest:3 (so many) or played:7 (days after)")
    rest.add_argument(
        "--chapters-from", type=_source_or_best, metavar="KIND", help=f"{_BEST}, or one of {', '.join(_SOURCES)}"
    )
    rest.add_argument("--pictures", type=_switch, metavar="on|off", help="show pictures of chapters from the web")


def _add_choices(listing: argparse.ArgumentParser) -> None:
    """The filters and orders of a list of episodes."""
    listing.add_argument(
        "--unplayed", dest="filters", action="append_const", const=Filter.UNPLAYED, help="leave out what was played"
    )
    listing.add_argument(
        "--with-chapters",
        dest="filters",
        action="append_const",
        const=Filter.WITH_CHAPTERS,
        help="only episodes that have chapters",
    )
    listing.add_argument(
        "--downloaded",
        dest="filters",
        action="append_const",
        const=Filter.DOWNLOADED,
        help="only episodes whose audio is here",
    )
    listing.add_argument("--title", metavar="WORDS", help="only titles that hold all these words")
    sorts = {_option(sort): sort for sort in Sort}
    listing.add_argument("--sort", choices=sorts, metavar="ORDER", help=f"{', '.join(sorts)} (default: newest)")
    listing.add_argument("--limit", type=_count, metavar="N", help="the first N only")
    listing.add_argument(
        "--json", action="store_true", help="one JSON object a line, with the feed's soundbites and transcripts"
    )


def _option(name: str) -> str:
    """A name as it is typed."""
    return name.replace("_", "-")


def _add_queue(command: Command, common: argparse.ArgumentParser) -> None:
    queue = command("queue", "list what is played next; “add” and “remove” change it", "play_queue")
    queue.add_argument("--json", action="store_true", help="one JSON object a line, times in seconds")
    actions = queue.add_subparsers(title="actions", metavar="[ACTION]")

    def action(name: str, summary: str) -> argparse.ArgumentParser:
        added = actions.add_parser(name, help=summary, description=summary, parents=[common])
        added.set_defaults(run=_later("player.cli.play_queue", name))
        return added

    add = action("add", "put an episode, or a chapter of it, at the end")
    add.add_argument("episode", metavar="EPISODE", help="its number, its title or a part of it")
    add.add_argument("--chapter", metavar="TITLE", help="only this chapter: its title or a part of it, or a time in it")
    add.add_argument("--next", action="store_true", help="put it at the front: it plays next")
    remove = action("remove", "take an entry out")
    remove.add_argument("number", type=int, metavar="N", help="its number in the list")


def _add_playing(command: Command) -> None:
    play = command("play", "play an episode or an audio file", "play")
    play.add_argument("what", metavar="EPISODE|FILE")
    where = play.add_mutually_exclusive_group()
    where.add_argument("--at", type=_timecode, metavar="TIME", help="from this place: 1:08:52")
    where.add_argument("--chapter", metavar="TITLE", help="from the chapter with this title, or a part of it")
    sound = play.add_argument_group("how it sounds this time")
    sound.add_argument("--speed", type=_speed, metavar="FACTOR", help="0.5 to 4 times as fast, with the pitch kept")
    sound.add_argument("--trim", choices=[kind.value for kind in Trimming], help="shorten pauses between words")
    sound.add_argument("--level", action="store_true", help="raise quiet voices and hold loud ones")
    sound.add_argument("--mono", action="store_true", help="the same sound on both sides")
    command("sample", "subscribe to, download and play a little of the built-in sample, without a window", "sample")
    ctl = command(
        "ctl",
        "tell the running player what to do",
        "control",
        epilog=_CTL,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    ctl.add_argument(
        "action",
        choices=(
            *("play", "pause", "toggle", "next", "next-chapter", "previous-chapter", "goto"),
            *("speed", "trim", "level", "mono", "sleep", "open", "status", "show"),
        ),
    )
    ctl.add_argument("argument", nargs="?", metavar="PLACE|WHAT|…")
    ctl.add_argument("--json", action="store_true", help="with status: one JSON object")
