"""Which waveforms are measured, and when they go. The measuring is real, on the calling thread."""

from __future__ import annotations

from pathlib import Path

import pytest

from house import House
from player.app import transfers, waveforms
from player.core.events import WaveformChanged
from player.core.model import EpisodeId, EpisodeQuery
from webserver import WebServer


@pytest.fixture
def episode(house: House, publisher: WebServer) -> EpisodeId:
    """An episode of thirty seconds that is not downloaded."""
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    return house.services.library.episode_ids(EpisodeQuery(podcast=podcast))[0]


def kept(house: House, episode: EpisodeId) -> Path:
    return house.services.profile.waveforms / f"{episode}.peaks"


def told(house: House) -> list[EpisodeId]:
    return [fact.id for fact in house.facts if isinstance(fact, WaveformChanged)]


def test_a_download_is_measured_once_it_is_complete(house: House, episode: EpisodeId) -> None:
    house.services.downloads.start(episode)
    assert not kept(house, episode).exists(), "nobody shows waveforms yet"
    house.services.waveforms.start()
    assert kept(house, episode).exists()
    assert episode in told(house)
    assert house.services.waveforms.waveform(episode) is None, "only what is open is held"


def test_the_open_episode_has_its_waveform(house: House, episode: EpisodeId) -> None:
    house.services.waveforms.start()
    house.services.playback.open(episode)
    waveform = house.services.waveforms.waveform(episode)
    assert waveform is not None
    assert waveform.is_complete
    assert waveform.duration == pytest.approx(30_000, abs=250)


def test_it_is_measured_in_portions_each_of_which_is_kept_and_told(
    house: House, episode: EpisodeId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waveforms, "PORTION_SECONDS", 0.0)
    house.services.waveforms.start()
    house.services.playback.open(episode)
    assert told(house).count(episode) > 10
    waveform = house.services.waveforms.waveform(episode)
    assert waveform is not None
    assert waveform.is_complete


def test_what_is_open_is_measured_while_it_arrives(
    house: House, episode: EpisodeId, publisher: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waveforms, "ENOUGH_MORE", 50_000)
    monkeypatch.setattr(transfers, "PROGRESS_EVERY", 0)
    publisher["/audio.mp3"].cut_after = 120_000
    house.services.waveforms.start()
    house.services.playback.open(episode)
    half = house.services.waveforms.waveform(episode)
    assert half is not None
    assert not half.is_complete
    assert 5000 < half.duration < 15_000
    publisher["/audio.mp3"].cut_after = None
    house.home.tick()
    whole = house.services.waveforms.waveform(episode)
    assert whole is not None
    assert whole.is_complete
    assert whole.levels.startswith(half.levels)


def test_what_was_measured_is_known_in_the_next_run(
    house: House, episode: EpisodeId, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.services.downloads.start(episode)
    house.services.waveforms.start()
    monkeypatch.setattr(waveforms, "measure_more", lambda *_: pytest.fail("it was measured already"))
    house.services.playback.open(episode)
    waveform = house.services.waveforms.waveform(episode)
    assert waveform is not None
    assert waveform.is_complete


def test_it_goes_with_the_download(house: House, episode: EpisodeId) -> None:
    house.services.downloads.start(episode)
    house.services.waveforms.start()
    house.services.playback.open(episode)
    before = len(told(house))
    house.services.downloads.remove(episode)
    assert not kept(house, episode).exists()
    assert house.services.waveforms.waveform(episode) is None
    assert len(told(house)) == before + 1


def test_what_was_kept_of_a_podcast_that_is_gone_is_swept_away(house: House, episode: EpisodeId) -> None:
    house.services.downloads.start(episode)
    gone = kept(house, EpisodeId(99))
    gone.parent.mkdir()
    gone.write_bytes(b"")
    house.services.waveforms.start()
    assert [path.name for path in gone.parent.iterdir()] == [kept(house, episode).name]


def test_the_listeners_own_file_is_measured_and_its_index_kept(house: House, audio: Path) -> None:
    house.services.waveforms.start()
    episode = house.services.subscriptions.add_file(audio).result()
    assert house.services.listening.audio_index(episode) is None
    house.services.playback.open(episode)
    waveform = house.services.waveforms.waveform(episode)
    assert waveform is not None
    assert waveform.is_complete
    assert house.services.listening.audio_index(episode) is not None
    assert list(audio.parent.iterdir()) == [audio]


def test_what_cannot_be_decoded_keeps_nothing_up(house: House, episode: EpisodeId, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.m4a"
    damaged.write_bytes(b"\0\0\0\x18ftypM4A " + bytes(5000))
    house.services.downloads.start(episode)
    house.services.waveforms.start()
    kept(house, episode).unlink()
    path = Path(house.services.library.download(episode).path or "")
    whole = path.read_bytes()
    path.write_bytes(damaged.read_bytes())
    house.services.playback.open(episode)
    assert house.services.waveforms.waveform(episode) is None
    path.write_bytes(whole)
    other = house.services.subscriptions.add_file(path).result()
    house.services.playback.open(other)
    assert house.services.waveforms.waveform(other) is not None
