"""What is known of pictures from the web, and which of them go first."""

from __future__ import annotations

from sqlite3 import Connection

from player.core.model import PodcastId
from player.storage.web_pictures import KeptPicture, pictures, store_picture, store_wish, take_out, used, wish

A, B, C = (f"https://x.org/{name}.png" for name in "abc")


def test_the_wish_is_open_until_it_is_said(library: Connection, show: PodcastId) -> None:
    assert wish(library, show) is None
    for is_wanted in (True, False):
        store_wish(library, show, is_wanted=is_wanted)
        assert wish(library, show) is is_wanted
    assert wish(library, PodcastId(99)) is None


def test_a_picture_comes_back_as_it_was(library: Connection) -> None:
    kept = KeptPicture(A, 5, 6, 700, '"1"', "Mon", has_failed=True)
    store_picture(library, KeptPicture(A, 1, 1))
    store_picture(library, kept)
    assert pictures(library, [A, B]) == {A: kept}


def test_those_that_were_not_shown_for_the_longest_go_first(library: Connection) -> None:
    for url, used_at in ((A, 3), (B, 1), (C, 2)):
        store_picture(library, KeptPicture(url, 0, used_at, 100))
    assert take_out(library, 300) == []
    assert take_out(library, 299) == [B]
    used(library, [C], 9)
    assert take_out(library, 100) == [A]
    assert list(pictures(library, [A, B, C])) == [C]
