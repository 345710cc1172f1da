"""The built-in sample: the feed, the file and the words that are spoken must tell the same."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from player.core.model import FetchedEpisode
from player.core.outline import find_outline
from player.formats.media_file import read_media
from player.formats.notes import read_lines
from player.formats.rss import read_feed

FOLDER = Path(__file__).parents[1] / "resources" / "sample"
ADDRESS = "sample://earmark/feed.xml"
QUIET = 0.01


@pytest.fixture(scope="module")
def episode() -> FetchedEpisode:
    """The one episode of the feed."""
    feed = read_feed((FOLDER / "feed.xml").read_bytes(), ADDRESS)
    assert feed.title == "Earmark sample"
    (only,) = feed.episodes
    return only


@pytest.fixture(scope="module")
def sound() -> tuple[npt.NDArray[np.float32], int]:
    """All samples of the file, and how many there are in a second."""
    with av.open(str(FOLDER / "tour.mp3")) as container:
        rate = container.streams.audio[0].rate
        frames = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    return np.concatenate(frames), rate


def starts(episode: FetchedEpisode) -> list[int]:
    """The starts of the chapters in the notes, in seconds."""
    outline = find_outline(read_lines(episode.texts[0]), episode.duration)
    assert outline is not None
    return [mark.start // 1000 for mark in outline.marks]


def test_the_notes_give_a_dozen_chapters(episode: FetchedEpisode) -> None:
    outline = find_outline(read_lines(episode.texts[0]), episode.duration)
    assert outline is not None
    titles = [mark.title for mark in outline.marks]
    assert len(titles) == 12
    assert (titles[0], titles[6], titles[-1]) == ("Welcome", "Undo a jump", "Now it is your turn")
    assert (outline.marks[0].start, outline.marks[1].start) == (0, 22_000)


def test_the_feed_tells_the_truth_about_the_file(episode: FetchedEpisode) -> None:
    assert episode.enclosure is not None
    assert episode.enclosure.url == "sample://earmark/tour.mp3"
    assert episode.enclosure.length == (FOLDER / "tour.mp3").stat().st_size
    media = read_media(FOLDER / "tour.mp3")
    assert media.duration == episode.duration
    assert media.title == episode.title
    assert media.marks == (), "the chapters of the sample come from its notes"


def test_the_sample_is_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_000_000


def test_the_file_is_as_long_as_the_feed_says_to_the_sample(
    episode: FetchedEpisode, sound: tuple[npt.NDArray[np.float32], int]
) -> None:
    samples, rate = sound
    assert len(samples) * 1000 == (episode.duration or 0) * rate


def test_every_chapter_begins_with_a_voice_after_silence(
    episode: FetchedEpisode, sound: tuple[npt.NDArray[np.float32], int]
) -> None:
    samples, rate = sound
    for start in starts(episode):
        at = start * rate
        before, after = samples[max(at - rate, 0) : max(at - rate // 50, 0)], samples[at : at + rate // 10]
        assert np.abs(before).max(initial=0) < QUIET, f"no silence before {start} s"
        assert np.abs(after).max() > 5 * QUIET, f"no voice at {start} s"
