from __future__ import annotations

from sqlite3 import Connection

from player.core.model import PodcastId
from player.core.sound import Sound, Trimming
from player.storage import feeds, sounds

NOBODY = PodcastId(77)


def test_a_podcast_may_have_a_sound_of_its_own(library: Connection, show: PodcastId) -> None:
    assert sounds.sound(library, show) is None
    for sound in (Sound(1.35, Trimming.STRONG, is_levelled=True), Sound(is_mono=True)):
        sounds.store_sound(library, show, sound)
        assert sounds.sound(library, show) == sound
    sounds.store_sound(library, show, None)
    assert sounds.sound(library, show) is None


def test_an_unknown_strength_is_none(library: Connection, show: PodcastId) -> None:
    sounds.store_sound(library, show, Sound(2.0, Trimming.STRONG))
    library.execute("UPDATE podcast_sound SET trimming = 'fierce', speed = 77")
    assert sounds.sound(library, show) == Sound(4.0)


def test_a_podcast_that_is_gone_is_passed_over(library: Connection, show: PodcastId) -> None:
    sounds.store_sound(library, NOBODY, Sound(2.0))
    sounds.store_sound(library, show, Sound(2.0))
    feeds.remove_podcast(library, show)
    assert library.execute("SELECT count(*) FROM podcast_sound").fetchone()[0] == 0
