"""A big library, and how quickly words are found in it while they are typed.

`python -m bench.library FOLDER` (in `tests/`) makes the library once and keeps it in the folder; then it prints how
large the database is against the text in it, and how long each key of typed queries waits for all that is found; with
`--window` also how long until the window shows it. The words are invented, and as frequent as those of a language: the
second is said half as often as the first (Zipf's law); with `--spaceless` they have the signs of Japanese.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import accumulate, pairwise
from pathlib import Path
from sqlite3 import Connection

from player.app.library import TYPED_LIMITS
from player.core.model import (
    Chapter,
    ChapterList,
    ChapterSource,
    Enclosure,
    EpisodeId,
    EpochMillis,
    FetchedEpisode,
    FetchedFeed,
)
from player.core.search_query import read_query
from player.storage import chapters, feeds, listening
from player.storage.database import open_reader, open_writer, row, transaction
from player.storage.search import search
from player.storage.search_index import bring_all_up_to_date, tidy
from player.storage.unread import drop_unread

_NOW = 1_760_000_000_000
_YEARS = 10 * 365 * 86_400_000
_VOCABULARY = 60_000
_NOTES_WORDS = 230
_SUMMARY_WORDS = 100
"""Feeds give 1.4 kB of notes an episode and 0.6 kB of other texts: the mean of the 398 episodes that tests read."""
_HOUR = 3_600_000
_ONSETS = "b c ch d f g h l m n p pr qu r s sh st t th v w"
_ENDS = "a an ar e el en er i in is o on or u us y"
_SIGNS = [*map(chr, range(0x3042, 0x3094)), *map(chr, range(0x4E00, 0x4E00 + 3000))]
_SIGN_WEIGHTS = list(accumulate(1 / rank for rank in range(2, len(_SIGNS) + 2)))
_TEXTS = (
    ("podcast", ("feed_url", "title", "link", "description", "author", "image_url")),
    ("episode", ("guid", "title", "link", "enclosure_url", "image_url")),
    ("notes", ("text",)),
)


class Writer:
    """Writes texts with words of an invented language; one that `is_spaceless` has the signs of Japanese."""

    def __init__(self, chance: random.Random, *, is_spaceless: bool = False) -> None:
        self._chance = chance
        self._space = "" if is_spaceless else " "
        self._onsets, self._ends = _ONSETS.split(), _ENDS.split()
        word = self._kanji_word if is_spaceless else self._latin_word
        words: dict[str, None] = {}
        while len(words) < _VOCABULARY:
            # Words that are said often are short.
            words[word(1 if len(words) < 60 else 2 if len(words) < 2000 else chance.randint(2, 4))] = None
        self.words = list(words)
        self._weights = list(accumulate(1 / rank for rank in range(1, _VOCABULARY + 1)))

    def _latin_word(self, syllables: int) -> str:
        return "".join(self._chance.choice(self._onsets) + self._chance.choice(self._ends) for _ in range(syllables))

    def _kanji_word(self, signs: int) -> str:
        return "".join(self._chance.choices(_SIGNS, cum_weights=_SIGN_WEIGHTS, k=signs))

    def text(self, count: int) -> str:
        """So many words."""
        return self._space.join(self._chance.choices(self.words, cum_weights=self._weights, k=count))

    def title(self) -> str:
        """Two to nine words, the first in capitals."""
        return self.text(self._chance.randint(2, 9)).capitalize()

    def notes(self) -> str:
        """Paragraphs and links, as a feed has them."""
        paragraphs = (f"<p>{self.text(_NOTES_WORDS // 5)}</p>" for _ in range(5))
        return "\n".join(paragraphs) + f'<a href="https://example.org/{self.text(1)}">{self.text(2)}</a>'


def make(connection: Connection, podcasts: int, episodes: int, shown: int, *, is_spaceless: bool = False) -> float:
    """Fill an empty library through what the program itself writes with; the seconds that took."""
    chance = random.Random(1)
    writer = Writer(chance, is_spaceless=is_spaceless)
    begun = time.perf_counter()
    for number in range(podcasts):
        with transaction(connection):
            podcast = feeds.add_podcast(connection, f"https://example.org/{number}.xml", "", _NOW)
            count = episodes // podcasts
            # Feeds begin with the newest.
            dates = sorted((_NOW - chance.randrange(_YEARS) for _ in range(count)), reverse=True)
            found = tuple(_episode(writer, number, each, date) for each, date in enumerate(dates))
            feed = FetchedFeed(writer.title(), None, writer.text(40), writer.text(2), None, found)
            new = feeds.store_feed(connection, podcast, feed, _NOW).new
            for episode in new:
                made = tuple(_chapter(writer, place, shown // episodes) for place in range(shown // episodes))
                chapters.store_list(connection, episode, ChapterList(ChapterSource.OUTLINE, made), _NOW)
                chapters.store_shown(connection, EpisodeId(episode), made)
            drop_unread(connection, new)
        bring_all_up_to_date(connection)
    while tidy(connection):
        pass
    # What an older library would have to work out at its next start is there.
    listening.drop_session_value(connection, "shown_up_to")
    return time.perf_counter() - begun


def text_size(connection: Connection) -> int:
    """The bytes of titles, notes, addresses, guids and names: what feeds say in words, each once, and no more."""
    asked = [
        f"SELECT sum(length(CAST({column} AS BLOB))) FROM {table}" for table, columns in _TEXTS for column in columns
    ]
    asked.append(
        """
        SELECT sum(length(CAST(atom AS BLOB))) FROM chapter_list, json_tree(chapters)
        WHERE source <> 'shown' AND json_tree.type = 'text'
        """
    )
    return sum((row(connection, sql) or (0,))[0] or 0 for sql in asked)


def queries(words: Sequence[str]) -> Iterator[str]:
    """What is typed, key by key: frequent and rare words, two and three of them, a phrase, and what is nowhere."""
    ranks = (0, 3, 20, 80, 300, 1000, 3000, 10_000, 40_000)
    typed = [words[rank] for rank in ranks]
    typed += [f"{words[first]} {words[second]}" for first, second in pairwise(ranks)]
    typed += [f"{words[0]} {words[1]} {words[2]}", f'"{words[5]} {words[9]}"', "nowhere at all"]
    for each in typed:
        yield from (each[:count] for count in range(1, len(each) + 1) if each[:count].strip(' "'))


def measure(connection: Connection, typed: Sequence[str]) -> list[tuple[float, float, str]]:
    """Milliseconds that pass for each query, and those of the processor."""
    found = []
    for words in typed:
        begun, computing = time.perf_counter(), time.process_time()
        for _ in search(connection, read_query(words), _NOW, TYPED_LIMITS):
            pass
        found.append(((time.perf_counter() - begun) * 1000, (time.process_time() - computing) * 1000, words))
    return found


def summary(found: Sequence[tuple[float, str]]) -> str:
    """The median, what one of twenty is above, and the longest."""
    times = sorted(found)
    half, most = times[len(times) // 2][0], times[len(times) * 95 // 100][0]
    return f"p50 {half:.1f} ms, p95 {most:.1f} ms, at most {times[-1][0]:.1f} ms (“{times[-1][1]}”)"


def made_in(folder: Path, options: argparse.Namespace) -> Path:
    """The library that `options` mean, made if it is not in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    language = "-spaceless" if options.spaceless else ""
    path = folder / f"{options.podcasts}-{options.episodes}-{options.chapters}{language}.db"
    if not path.exists():
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        with closing(open_writer(part)) as connection:
            size = (options.podcasts, options.episodes, options.chapters)
            seconds = make(connection, *size, is_spaceless=options.spaceless)
        part.rename(path)
        print(f"made in {seconds:.0f} s")
    return path


def main() -> None:
    """Make the library if it is not there, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--podcasts", type=int, default=500)
    parser.add_argument("--episodes", type=int, default=100_000)
    parser.add_argument("--chapters", type=int, default=1_000_000)
    parser.add_argument("--spaceless", action="store_true")
    parser.add_argument("--window", action="store_true")
    options = parser.parse_args()
    path = made_in(options.folder, options)
    typed = list(queries(Writer(random.Random(1), is_spaceless=options.spaceless).words))
    with closing(open_reader(path)) as connection:
        text, size = text_size(connection), path.stat().st_size
        print(f"text {text / 1e6:.1f} MB, database {size / 1e6:.1f} MB: {size / text:.2f} times")
        measure(connection, typed[:20])
        times = measure(connection, typed)
    print(f"{len(times)} keys, searched: {summary([(passed, words) for passed, _, words in times])}")
    print(f"    of the processor: {summary([(computed, words) for _, computed, words in times])}")
    if options.window:
        from bench.typed import measure_window

        times = measure_window(path, typed)
        print(f"{len(times)} keys, painted: {summary([(passed, words) for passed, _, words in times])}")
        print(f"    of the processor: {summary([(computed, words) for _, computed, words in times])}")


def _chapter(writer: Writer, place: int, count: int) -> Chapter:
    return Chapter(_HOUR * place // count, _HOUR * (place + 1) // count, writer.title())


def _episode(writer: Writer, podcast: int, number: int, date: EpochMillis) -> FetchedEpisode:
    return FetchedEpisode(
        guid=f"{podcast:08x}-{number:08x}-{date:016x}",
        title=writer.title(),
        published=date,
        duration=_HOUR,
        enclosure=Enclosure(f"https://example.org/audio/{podcast}/{number}.mp3", "audio/mpeg", 50_000_000),
        link=f"https://example.org/{podcast}/episodes/{number}",
        texts=(writer.notes(), writer.text(_SUMMARY_WORDS)),
    )


if __name__ == "__main__":
    main()
