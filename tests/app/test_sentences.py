"""Every known error has one clear sentence."""

from __future__ import annotations

import dataclasses
from typing import Any, cast

import pytest

from player.app.sentences import sentence
from player.core import errors
from player.core.errors import HttpStatusError, KnownError, NotAudioError, SeveralFeedsError
from player.core.feed_links import FeedLink


def kinds() -> list[type[KnownError]]:
    found = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, KnownError)]
    return [kind for kind in found if kind is not KnownError]


def example(kind: type[KnownError]) -> KnownError:
    values: dict[str, Any] = {}
    for field in dataclasses.fields(cast("Any", kind)) if "__dataclass_fields__" in vars(kind) else ():
        text = "https://example.org/feed" if field.name == "url" else f"«{field.name}»"
        others = {"status": 503, "cause": KnownError(), "missing": 65_000, "feeds": (FeedLink("", "https://x.org"),)}
        values[field.name] = others.get(field.name, text)
    return kind(**values)


@pytest.mark.parametrize("kind", kinds())
def test_each_error_is_worded_with_its_facts(kind: type[KnownError]) -> None:
    words = sentence(example(kind))
    assert words.endswith(".")
    assert words[0].isupper() or words.startswith(("https://", "«", "example.org"))
    assert len(words) > 20
    for field in ("reason", "path", "name", "found", "what"):
        if hasattr(example(kind), field) and kind is not HttpStatusError:
            assert f"«{field}»" in words


@pytest.mark.parametrize(
    ("status", "words"), [(403, "let Earmark in"), (404, "nothing at"), (429, "later"), (500, "later"), (418, "418")]
)
def test_statuses(status: int, words: str) -> None:
    assert words in sentence(HttpStatusError("https://example.org/feed", "", status))


def test_of_many_feeds_the_first_are_named() -> None:
    feeds = tuple(FeedLink(f"Show {n}", f"https://x.org/{n}") for n in range(9))
    words = sentence(SeveralFeedsError("https://x.org", feeds))
    assert "9 feeds (“Show 0”, “Show 1”, “Show 2”, “Show 3”, …);" in words


def test_an_error_without_words_of_its_own_still_says_something() -> None:
    assert "log" in sentence(KnownError())


def test_only_of_what_was_fetched_something_could_have_been_kept() -> None:
    assert "nothing was kept" in sentence(NotAudioError("https://example.org/a.mp3", "a web page"))
    assert "choose an audio file" in sentence(NotAudioError("/home/me/a.mp3", "a web page"))
