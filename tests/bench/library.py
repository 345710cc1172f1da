"""A big library, and how quickly words are found in it while they are typed.

`python -m bench.library FOLDER` (in `tests/`) makes the library once and keeps it in the folder; then it prints how
large the database is against the text in it, and how long each key of typed queries waits for all that is found. The
words are invented, and as frequent as those of a language: the second is said half as often as the first (Zipf's law).
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
from player.storage import chapters, feeds
from player.storage.database import open_reader, open_writer, row, transaction
from player.storage.search import search
from player.storage.search_index import bring_all_up_to_date

_NOW = 1_760_000_000_000
_YEARS = 10 * 365 * 86_400_000
_VOCABULARY = 60_000
_NOTES_WORDS = 230
_SUMMARY_WORDS = 100
"""Feeds give 1.4 kB of notes an episode and 0.6 kB of other texts: the mean of the 398 episodes that tests read."""
_HOUR = 3_600_000
_TEXTS = (
    ("podcast", ("feed_url", "title", "link", "description", "author", "image_url")),
    ("episode", ("guid", "title", "link", "enclosure_url", "image_url")),
    ("notes", ("text",)),
)


class Writer:
    """Writes texts with words of an invented language."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        onsets = (
            "b",
            "c",
            "ch",
            "d",
            "f",
            "g",
            "h",
            "l",
            "m",
            "n",
            "p",
            "pr",
            "qu",
            "r",
            "s",
            "sh",
            "st",
            "t",
            "th",
            "v",
            "w",
        )
        ends = ("a", "an", "ar", "e", "el", "en", "er", "i", "in", "is", "o", "on", "or", "u", "us", "y")
        words: dict[str, None] = {}
        while len(words) < _VOCABULARY:
            # Words that are said often are short.
            syllables = 1 if len(words) < 100 else 2 if len(words) < 2000 else chance.randint(2, 4)
            words["".join(chance.choice(onsets) + chance.choice(ends) for _ in range(syllables))] = None
        self.words = list(words)
        self._weights = list(accumulate(1 / rank for rank in range(1, _VOCABULARY + 1)))

    def text(self, count: int) -> str:
        """So many words."""
        return " ".join(self._chance.choices(self.words, cum_weights=self._weights, k=count))

    def title(self) -> str:
        """Two to nine words, the first in capitals."""
        return self.text(self._chance.randint(2, 9)).capitalize()

    def notes(self) -> str:
        """Paragraphs and links, as a feed has them."""
        paragraphs = (f"<p>{self.text(_NOTES_WORDS // 5)}</p>" for _ in range(5))
        return "\n".join(paragraphs) + f'<a href="https://example.org/{self.text(1)}">{self.text(2)}</a>'


def make(connection: Connection, podcasts: int, episodes: int, shown: int) -> float:
    """Fill an empty library through what the program itself writes with; the seconds that took."""
    chance = random.Random(1)
    writer = Writer(chance)
    begun = time.perf_counter()
    for number in range(podcasts):
        with transaction(connection):
            podcast = feeds.add_podcast(connection, f"https://example.org/{number}.xml", "", _NOW)
            count = episodes // podcasts
            # Feeds begin with the newest.
            dates = sorted((_NOW - chance.randrange(_YEARS) for _ in range(count)), reverse=True)
            found = tuple(_episode(writer, number, each, date) for each, date in enumerate(dates))
            feed = FetchedFeed(writer.title(), None, writer.text(40), writer.text(2), None, found)
            for episode in feeds.store_feed(connection, podcast, feed, _NOW).new:
                made = tuple(_chapter(writer, place, shown // episodes) for place in range(shown // episodes))
                chapters.store_list(connection, episode, ChapterList(ChapterSource.OUTLINE, made), _NOW)
                chapters.store_shown(connection, EpisodeId(episode), made)
        bring_all_up_to_date(connection)
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


def main() -> None:
    """Make the library if it is not there, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--podcasts", type=int, default=500)
    parser.add_argument("--episodes", type=int, default=100_000)
    parser.add_argument("--chapters", type=int, default=1_000_000)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    path = options.folder / f"{options.podcasts}-{options.episodes}-{options.chapters}.db"
    if not path.exists():
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        with closing(open_writer(part)) as connection:
            seconds = make(connection, options.podcasts, options.episodes, options.chapters)
        part.rename(path)
        print(f"made in {seconds:.0f} s")
    with closing(open_reader(path)) as connection:
        text, size = text_size(connection), path.stat().st_size
        print(f"text {text / 1e6:.1f} MB, database {size / 1e6:.1f} MB: {size / text:.2f} times")
        typed = list(queries(Writer(random.Random(1)).words))
        measure(connection, typed[:20])
        times = measure(connection, typed)
    print(f"{len(times)} keys: {summary([(passed, words) for passed, _, words in times])}")
    print(f"of the processor: {summary([(computed, words) for _, computed, words in times])}")


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
