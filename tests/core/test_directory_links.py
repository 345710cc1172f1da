"""Links into directories and apps, and where their feeds can be had."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.addresses import normalize_url
from player.core.directory import DirectoryName
from player.core.directory_links import DirectoryEntry, FeedAt, NoWay, Target, link_target

CHANNEL = "UC" + "a-_Z9" * 4 + "xy"
VIDEOS = "https://www.youtube.com/feeds/videos.xml"


def apple(number: str) -> DirectoryEntry:
    return DirectoryEntry(DirectoryName.APPLE, number)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("https://podcasts.apple.com/us/podcast/bees/id1001", apple("1001")),
        ("https://podcasts.apple.com/podcast/id1001?i=100056&l=de", apple("1001")),
        ("itms-podcasts://podcasts.apple.com/de/podcast/id1001", apple("1001")),
        ("https://itunes.apple.com/us/podcast/bees/id1001?mt=2", apple("1001")),
        ("https://itunes.apple.com/WebObjects/MZStore.woa/wa/viewPodcast?id=1001", apple("1001")),
        ("https://embed.podcasts.apple.com/us/podcast/id1001", apple("1001")),
        ("overcast.fm/itunes1001/bees", apple("1001")),
        ("https://overcast.fm/itunes1001", apple("1001")),
        ("https://pca.st/itunes/1001", apple("1001")),
        ("https://podcastindex.org/podcast/920666", DirectoryEntry(DirectoryName.PODCAST_INDEX, "920666")),
        ("https://fyyd.de/podcast/85", DirectoryEntry(DirectoryName.FYYD, "85")),
        ("https://fyyd.de/podcast/baeume/85", DirectoryEntry(DirectoryName.FYYD, "85")),
        ("https://fyyd.de/podcast/free-trees", DirectoryEntry(DirectoryName.FYYD, "free-trees")),
        (f"https://www.youtube.com/channel/{CHANNEL}/videos", FeedAt(f"{VIDEOS}?channel_id={CHANNEL}")),
        ("https://m.youtube.com/playlist?list=PL_a-1&si=x", FeedAt(f"{VIDEOS}?playlist_id=PL_a-1")),
    ],
)
def test_a_podcast(text: str, target: Target) -> None:
    assert link_target(normalize_url(text)) == target


@pytest.mark.parametrize(
    "text",
    [
        "https://overcast.fm/+AbC12",
        "https://open.spotify.com/show/4rOoJ6Egrf8K2IrywzwOMk",
        "https://www.youtube.com/watch?v=abc&list=PL1",
        "https://youtu.be/abc",
        "https://www.youtube.com/shorts/abc",
    ],
)
def test_what_leads_to_no_feed_says_what_to_do(text: str) -> None:
    target = link_target(text)
    assert isinstance(target, NoWay)
    assert "; " in target.advice
    assert not target.advice.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/podcast/id1001",
        "https://notpodcasts.apple.com.example.org/id1",
        "https://podcasts.apple.com/us/browse",
        "https://podcasts.apple.com/us/podcast/id1001x",
        "https://itunes.apple.com/lookup?id=5",
        "https://pca.st/podcast/0f2a1b30-1234-0137-b6b1-0acc26574db2",
        "https://podcastindex.org/apps",
        "https://fyyd.de/",
        "https://www.youtube.com/@bees",
        "https://www.youtube.com/channel/short",
        f"{VIDEOS}?channel_id={CHANNEL}",
    ],
)
def test_any_other_address_is_looked_at_itself(text: str) -> None:
    assert link_target(normalize_url(text)) is None


@given(st.sampled_from(["podcasts.apple.com", "youtube.com", "fyyd.de", "pca.st", "overcast.fm"]), st.text())
def test_a_feed_that_is_named_is_an_address(host: str, rest: str) -> None:
    target = link_target(f"https://{host}/{rest}")
    if isinstance(target, FeedAt):
        assert normalize_url(target.url) == target.url
