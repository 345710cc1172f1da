"""Several lists of chapters for one episode: which is shown, and what the listener may say to that."""

from __future__ import annotations

from sqlite3 import Connection

import pytest

from house import House, feed
from player.app.chapters import store_marks
from player.core.errors import NotFoundError
from player.core.events import ChaptersChanged, EpisodesChanged
from player.core.model import Chapter, ChapterSource, EpisodeId, EpisodeQuery, Mark, Picture, PodcastId
from player.storage.database import open_writer
from webserver import Route, WebServer

FILE, OUTLINE = ChapterSource.FILE, ChapterSource.OUTLINE
COVER = Picture(data=b"a picture", media_type="image/png")
IN_FILE = (
    Mark(300, "Hello"),
    Mark(10_200, "Controls", link="https://x.org/controls", picture=COVER),
    Mark(15_000, "Advertisement", is_hidden=True, link="https://x.org/buy"),
    Mark(20_000, "The end"),
)


@pytest.fixture
def podcast(house: House, publisher: WebServer) -> PodcastId:
    return house.services.subscriptions.add(publisher.url("/feed.xml")).result()


@pytest.fixture
def episode(house: House, podcast: PodcastId) -> EpisodeId:
    """An episode of thirty seconds with an outline of three chapters, and a list of three in its file."""
    (found,) = house.services.library.episode_ids(EpisodeQuery(podcast=podcast))
    write(house, found, FILE, IN_FILE)
    return found


def write(house: House, episode: EpisodeId, source: ChapterSource, marks: tuple[Mark, ...]) -> None:
    """What reading a source does."""
    connection: Connection = open_writer(house.services.profile.database)
    store_marks(connection, episode, source, marks, 1)
    connection.close()


def titles(house: House, episode: EpisodeId) -> list[str]:
    chosen = house.services.chapters.chosen(episode)
    return [chapter.title for chapter in chosen.chapters] if chosen else []


def test_the_list_in_the_file_is_shown_with_the_reason(house: House, episode: EpisodeId) -> None:
    view = house.services.chapters.view(episode)
    assert view.chosen is not None
    assert view.chosen.source is FILE
    assert [each.source for each in view.others] == [OUTLINE]
    assert view.reason == "From the audio file (3). Also: show notes (3)."
    assert [(entry.title, entry.link) for entry in view.chosen.hidden] == [("Advertisement", "https://x.org/buy")]


def test_the_listener_switches_and_switches_back(house: House, episode: EpisodeId) -> None:
    chapters = house.services.chapters
    house.facts.clear()
    chapters.choose_source(episode, OUTLINE).result()
    assert ChaptersChanged((episode,)) in house.facts
    assert EpisodesChanged((episode,)) in house.facts
    view = chapters.view(episode)
    assert view.asked is OUTLINE
    assert view.reason == "From the show notes (3), as you chose. Also: audio file (3)."
    assert titles(house, episode) == ["Introduction", "Export controls", "Stargate"]
    chapters.choose_source(episode, None).result()
    assert chapters.view(episode).asked is None
    assert titles(house, episode) == ["Hello", "Controls", "The end"]


def test_a_switch_survives_that_the_sources_are_read_again(
    house: House, episode: EpisodeId, publisher: WebServer
) -> None:
    house.services.chapters.choose_source(episode, OUTLINE).result()
    notes = "(0:00) – Introduction<br/>(0:12) – Export rules<br/>(0:20) – Stargate<br/>(0:25) – Goodbye"
    publisher["/feed.xml"] = Route(feed(publisher, notes), "application/rss+xml", etag='"f2"')
    house.services.refreshing.refresh([house.services.library.episode(episode).podcast])
    write(house, episode, FILE, IN_FILE)
    assert titles(house, episode) == ["Introduction", "Export rules", "Stargate", "Goodbye"]
    assert house.services.library.episode(episode).chapter_count == 4


def test_a_preference_holds_for_the_podcast_and_is_counted(
    house: House, episode: EpisodeId, podcast: PodcastId
) -> None:
    chapters = house.services.chapters
    write(house, episode, FILE, (*IN_FILE, Mark(25_000, "Credits")))
    assert house.services.library.episode(episode).chapter_count == 4
    house.facts.clear()
    chapters.prefer_source(podcast, OUTLINE).result()
    assert ChaptersChanged((episode,)) in house.facts
    assert chapters.preference(podcast) is OUTLINE
    assert chapters.view(episode).preferred is OUTLINE
    assert (
        chapters.view(episode).reason
        == "From the show notes (3), as you prefer for this podcast. Also: audio file (4)."
    )
    assert house.services.library.episode(episode).chapter_count == 3
    chapters.choose_source(episode, FILE).result()
    assert house.services.library.episode(episode).chapter_count == 4
    chapters.prefer_source(podcast, None).result()
    assert chapters.preference(podcast) is None


def test_the_chosen_list_takes_links_and_pictures_of_one_that_agrees(house: House, episode: EpisodeId) -> None:
    house.services.chapters.choose_source(episode, OUTLINE).result()
    chosen = house.services.chapters.chosen(episode)
    assert chosen is not None
    assert chosen.chapters[1].title == "Export controls"
    assert chosen.chapters[1].start == 10_000
    assert chosen.chapters[1].link == "https://x.org/controls"
    reference = chosen.chapters[1].picture
    assert reference is not None
    assert house.services.chapters.picture(reference) == COVER.data
    assert house.services.chapters.picture("https://x.org/a.png") is None


def test_what_plays_follows_the_switch(house: House, episode: EpisodeId) -> None:
    house.services.playback.open(episode)
    house.listened(100)
    assert house.services.playback.state.chapters[1].start == 10_000
    write(house, episode, FILE, IN_FILE)
    house.services.chapters.choose_source(episode, FILE).result()
    assert [chapter.start for chapter in house.services.playback.state.chapters] == [300, 10_200, 20_000]


def test_a_pasted_outline_comes_first_and_can_be_switched_away(house: House, episode: EpisodeId) -> None:
    chapters = house.services.chapters
    chapters.paste_outline(episode, "0:00 Mine\n0:12 My own").result()
    assert chapters.view(episode).reason == "From your own outline (2). Also: audio file (3), show notes (3)."
    chapters.choose_source(episode, FILE).result()
    assert titles(house, episode) == ["Hello", "Controls", "The end"]
    chapters.choose_source(episode, None).result()
    chapters.clear_pasted(episode).result()
    assert titles(house, episode) == ["Hello", "Controls", "The end"]


def test_what_was_pasted_before_comes_back(house: House, episode: EpisodeId) -> None:
    chapters = house.services.chapters
    none = chapters.pasted(episode)
    chapters.paste_outline(episode, "0:00 Mine\n0:12 My own").result()
    chapters.rename(episode, chapters.view(episode).chosen.chapters[1], "Renamed").result()  # type: ignore[union-attr]
    chapters.choose_source(episode, FILE).result()
    before = chapters.pasted(episode)
    chapters.paste_outline(episode, "0:00 Other\n0:14 Another\n0:20 Third").result()
    assert titles(house, episode) == ["Other", "Another", "Third"], "by its time alone no chapter is one of before"
    chapters.put_back(episode, before).result()
    assert titles(house, episode) == ["Hello", "Controls", "The end"], "the wish for another source, too"
    chapters.choose_source(episode, None).result()
    assert titles(house, episode) == ["Mine", "Renamed"]
    chapters.put_back(episode, none).result()
    assert titles(house, episode) == ["Hello", "Controls", "The end"]


def test_edits_go_along_with_a_chapter_of_another_outline_that_has_its_title(house: House, episode: EpisodeId) -> None:
    chapters = house.services.chapters

    def shown(number: int) -> Chapter:
        chosen = chapters.view(episode).chosen
        assert chosen is not None
        return chosen.chapters[number]

    chapters.paste_outline(episode, "0:00 Mine\n0:12 My own\n0:24 The end").result()
    chapters.rename(episode, shown(0), "Renamed").result()
    chapters.rename(episode, shown(1), "Renamed, too").result()
    chapters.set_skipped(episode, [shown(2)], is_skipped=True).result()
    chapters.paste_outline(episode, "0:00 New\n0:14 My own\n0:22 The end").result()
    assert titles(house, episode) == ["New", "Renamed, too", "The end"]
    assert chapters.view(episode).skipped == {2}


def test_an_episode_without_chapters_has_an_empty_view(house: House, episode: EpisodeId) -> None:
    write(house, episode, FILE, ())
    write(house, episode, OUTLINE, ())
    view = house.services.chapters.view(episode)
    assert (view.chosen, view.others, view.reason) == (None, (), "")
    with pytest.raises(NotFoundError):
        house.services.chapters.view(EpisodeId(999))


def test_a_frame_is_measured_in_the_file_that_is_here(house: House, episode: EpisodeId) -> None:
    assert house.services.chapters.frame_length(episode).result() == 20.0
    house.services.downloads.start(episode)
    assert house.services.chapters.frame_length(episode).result() == pytest.approx(1152 / 44.1)
