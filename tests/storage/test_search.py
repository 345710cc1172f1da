"""The search: what it finds, and in which order. That its indexes hold what they should: `test_search_index`."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Connection, OperationalError

import pytest

from player.core.model import Chapter, EpisodeId, FetchedEpisode, FetchedFeed, Found, FoundKind, PodcastId
from player.core.search_query import read_query
from player.storage import chapters, feeds, search
from player.storage.database import change_many, rows, transaction
from player.storage.search_index import bring_all_up_to_date

YEAR = 31_557_600_000
NOW = 20 * YEAR
EVERY = dict.fromkeys((FoundKind.PODCAST, FoundKind.EPISODE, FoundKind.CHAPTER, FoundKind.NOTES), 10)
NEWER, OLDER = EpisodeId(1), EpisodeId(2)
SHOWN = (
    Chapter(0, 5100, "Introduction"),
    Chapter(5100, 9000, "STARGATE"),
    Chapter(9000, 9500, "Élan vital"),
    Chapter(9500, 10000, "Ad break"),
    Chapter(10000, 11000, "Ad break"),
)


def items(*titles: str, notes: str = "<p>Hello, <b>Stargate</b> &amp; José.</p>") -> tuple[FetchedEpisode, ...]:
    """Episodes, each a year older than the one before."""
    return tuple(
        FetchedEpisode(title, title, None, NOW - years * YEAR, texts=(notes, "summary"))
        for years, title in enumerate(titles)
    )


def store(library: Connection, show: PodcastId, found: Sequence[FetchedEpisode]) -> None:
    feeds.store_feed(library, show, FetchedFeed("Star Talk", None, "", "Ann", None, tuple(found)), NOW)


@pytest.fixture
def filled(library: Connection, show: PodcastId) -> Connection:
    store(library, show, items("Stargate explained", "China, OpenAI, Stargate"))
    chapters.store_shown(library, OLDER, SHOWN)
    return library


def found(library: Connection, words: str, kind: FoundKind | None = None, limit: int = 10) -> list[Found]:
    bring_all_up_to_date(library)
    limits = EVERY if kind is None else {kind: limit}
    return [hit for _, hits in search.search(library, read_query(words), NOW, limits) for hit in hits]


def titles(library: Connection, words: str, kind: FoundKind) -> list[str]:
    return [hit.title for hit in found(library, words, kind)]


def test_each_kind_is_found_best_first(filled: Connection) -> None:
    show = PodcastId(1)
    assert found(filled, "star")[:2] == [
        Found(FoundKind.PODCAST, "Star Talk", "Ann", show, spans=((0, 4),), podcast_title="Star Talk"),
        Found(FoundKind.EPISODE, "Stargate explained", "Star Talk", show, NEWER, None, ((0, 4),), NOW, "Star Talk"),
    ]
    newer, older = ("Stargate explained", NEWER, NOW), ("China, OpenAI, Stargate", OLDER, NOW - YEAR)
    assert found(filled, "starg") == [
        *(
            Found(FoundKind.EPISODE, title, "Star Talk", show, episode, None, ((start, start + 5),), date, "Star Talk")
            for (title, episode, date), start in ((newer, 0), (older, 15))
        ),
        Found(FoundKind.CHAPTER, "STARGATE", older[0], show, OLDER, 5100, ((0, 5),), older[2], "Star Talk"),
        *(
            Found(FoundKind.NOTES, "Hello, Stargate & José.", title, show, episode, None, ((7, 12),), date, "Star Talk")
            for title, episode, date in (newer, older)
        ),
    ]
    assert len(found(filled, "star", FoundKind.EPISODE, 1)) == 1


def test_a_podcast_is_found_by_its_author(filled: Connection) -> None:
    assert found(filled, "ann", FoundKind.PODCAST) == [
        Found(FoundKind.PODCAST, "Star Talk", "Ann", PodcastId(1), podcast_title="Star Talk")
    ]
    assert found(filled, "ann talk", FoundKind.PODCAST) != []


def test_a_title_that_is_there_twice_is_found_twice(filled: Connection) -> None:
    assert [hit.start for hit in found(filled, "break", FoundKind.CHAPTER)] == [9500, 10000]


def test_all_words_must_be_there_and_in_one_chapter(filled: Connection) -> None:
    assert titles(filled, "stargate china", FoundKind.EPISODE) == ["China, OpenAI, Stargate"]
    assert found(filled, "stargate nowhere") == []
    assert found(filled, "stargate ad", FoundKind.CHAPTER) == []


def test_accents_and_case_do_not_count(filled: Connection) -> None:
    assert titles(filled, "éLAN", FoundKind.CHAPTER) == ["Élan vital"]
    assert titles(filled, "elan", FoundKind.CHAPTER) == ["Élan vital"]
    assert len(titles(filled, "jose", FoundKind.NOTES)) == 2


def test_scripts_without_spaces_are_found(library: Connection, show: PodcastId) -> None:
    store(library, show, items("星門計画とAI時代", notes="ポッドキャストについて"))
    for words in ("門", "星門", "門計画", "ai時", "時代"):
        assert titles(library, words, FoundKind.EPISODE) == ["星門計画とAI時代"], words
    assert titles(library, "計門", FoundKind.EPISODE) == []
    assert len(titles(library, "キャスト", FoundKind.NOTES)) == 1


def test_closeness_counts_more_than_age_and_age_more_than_length(library: Connection, show: PodcastId) -> None:
    store(library, show, items("The news of today", "More news", "Old news", "News"))
    assert titles(library, "news", FoundKind.EPISODE) == ["News", "The news of today", "More news", "Old news"]


def test_of_very_many_the_newest_are_ranked(library: Connection, show: PodcastId) -> None:
    many = [FetchedEpisode(str(age), f"Word {age}", None, NOW - age * YEAR // 100) for age in range(400)]
    store(library, show, many[::-1])
    hits = titles(library, "word", FoundKind.EPISODE)
    assert hits == [f"Word {age}" for age in range(10)]


def test_a_search_that_is_out_of_date_ends(filled: Connection) -> None:
    bring_all_up_to_date(filled)
    for asked, whole in ((1, [FoundKind.PODCAST]), (2, [FoundKind.PODCAST]), (4, list(EVERY)[:2])):
        answers = iter([False] * asked + [True] * 9)
        kinds = [kind for kind, hits in search.search(filled, read_query("star"), NOW, EVERY, answers.__next__) if hits]
        assert kinds == whole


@pytest.mark.parametrize("step", [1, 20, 60, 200])
def test_a_search_that_is_interrupted_ends(filled: Connection, reader: Connection, step: int) -> None:
    bring_all_up_to_date(filled)
    count = 0

    def interrupt() -> int:
        """As another thread does while a statement runs; the first ones prepare the indexes."""
        nonlocal count
        count += 1
        return count == step

    reader.set_progress_handler(interrupt, 1)
    groups = search.search(reader, read_query("star"), NOW, EVERY, lambda: count >= step)
    assert len(list(groups)) < len(EVERY)
    reader.set_progress_handler(None, 1)
    assert len(list(search.search(reader, read_query("star"), NOW, EVERY))) == len(EVERY)


def test_an_interruption_that_nobody_wanted_is_an_error(filled: Connection) -> None:
    bring_all_up_to_date(filled)
    filled.set_progress_handler(lambda: 1, 1)
    with pytest.raises(OperationalError):
        found(filled, "star")
    filled.set_progress_handler(None, 1)


def test_pages_give_every_hit_once(library: Connection, show: PodcastId) -> None:
    many = tuple(
        FetchedEpisode(str(age), f"Word {age}", None, NOW - age * YEAR // 100, texts=("A word",)) for age in range(700)
    )
    store(library, show, many)
    with transaction(library):
        for episode in range(1, 400):
            chapters.store_shown(
                library, EpisodeId(episode), (Chapter(0, 1, "Other"), Chapter(1, 2, f"Word {episode}"))
            )
    bring_all_up_to_date(library)
    for kind, count in ((FoundKind.EPISODE, 700), (FoundKind.CHAPTER, 399), (FoundKind.NOTES, 700)):
        pages = list(search.pages(library, read_query("word"), kind, NOW))
        hits = [hit for page in pages for hit in page]
        assert len(hits) == len(set(hits)) == count
        assert len(pages) > 2
        newest = [max(hit.published or 0 for hit in page) for page in pages if page]
        assert newest == sorted(newest, reverse=True)
    assert [
        hit.title for page in search.pages(library, read_query("talk"), FoundKind.PODCAST, NOW) for hit in page
    ] == ["Star Talk"]
    assert list(search.pages(library, read_query(" "), FoundKind.CHAPTER, NOW)) == []


@pytest.mark.parametrize("is_everywhere", [True, False])
def test_one_letter_of_a_script_without_spaces_is_found_in_notes(
    library: Connection, show: PodcastId, is_everywhere: bool
) -> None:
    texts = ["猫の話" if is_everywhere or number == 95 else "犬" for number in range(100)]
    items = tuple(FetchedEpisode(str(age), str(age), None, NOW - age, texts=(text,)) for age, text in enumerate(texts))
    store(library, show, items)
    hits = found(library, "の", FoundKind.NOTES)
    assert [hit.detail for hit in hits] == (list(map(str, range(10))) if is_everywhere else ["95"])


@pytest.mark.parametrize(
    "words", ["", "   ", "\t", "%", "_", "\\", "'", '"', "*", "NOT", "a OR", "NEAR(", "x" * 5000, "q " * 500]
)
def test_no_words_do_harm(filled: Connection, words: str) -> None:
    assert found(filled, words) == []


def test_more_episodes_of_one_week_than_it_has_rows_are_all_found(library: Connection, show: PodcastId) -> None:
    sql = "INSERT INTO episode (podcast, guid, title, sorted_at) VALUES (?, ?, ?, ?)"
    with transaction(library):
        change_many(library, sql, [(show, str(number), "same week", NOW) for number in range(16_390)])
        change_many(library, sql, [(show, "older", "older", NOW - YEAR), (show, "odd", "odd", -(10**15))])
        change_many(library, sql, [(show, "late", "late", 10**17)])
    bring_all_up_to_date(library)
    assert rows(library, "SELECT count(*) FROM title_index WHERE title_index MATCH 'week'") == [(16_390,)]
    for words in ("older", "odd", "late"):
        assert titles(library, words, FoundKind.EPISODE) == [words]
