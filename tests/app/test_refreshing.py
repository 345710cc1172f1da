"""Asking feeds again: what is new is found, and what goes wrong loses nothing."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from house import House, feed
from player.app.refreshing import Refreshed
from player.app.sentences import sentence
from player.core.errors import FeedEndedError, HttpStatusError
from player.core.events import EpisodesChanged, PodcastsChanged, ProblemReported, RefreshChanged
from player.core.model import EpisodeQuery, PodcastId
from player.core.timecode import HOUR, MINUTE
from webserver import Route, WebServer

RSS = "application/rss+xml"


def document(server: WebServer, *days: int, head: str = "") -> bytes:
    """A feed with an episode of each of these days."""
    items = "".join(
        f"<item><title>Day {day}</title><guid>{day}</guid><pubDate>{day:02} Nov 2023 10:00:00 GMT</pubDate>"
        f'<enclosure url="{server.url(f"/{day}.mp3")}" type="audio/mpeg" length="1"/></item>'
        for day in days
    )
    return f'<rss version="2.0"><channel><title>Days</title>{head}{items}</channel></rss>'.encode()


def new_address(url: str) -> str:
    return f'<n:new-feed-url xmlns:n="http://www.itunes.com/dtds/podcast-1.0.dtd">{url}</n:new-feed-url>'


def link(rel: str, url: str) -> str:
    return f'<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="{rel}" href="{url}"/>'


def titles(house: House, podcast: PodcastId) -> list[str]:
    library = house.services.library
    return [each.title for each in library.episodes(library.episode_ids(EpisodeQuery(podcast=podcast)))]


def refreshed(house: House, podcast: PodcastId) -> Refreshed:
    (future,) = house.services.refreshing.refresh([podcast])
    return future.result()


def address(house: House, podcast: PodcastId) -> str:
    return house.services.library.podcast(podcast).feed_url


def test_a_refresh_finds_what_is_new_and_keeps_the_rest(house: House, publisher: WebServer) -> None:
    library = house.services.library
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    more = "<item><title>Another</title><guid>two</guid><description>0:00 A<br>1:00 B<br>2:00 C</description></item>"
    old = library.episode_ids(EpisodeQuery(podcast=podcast))
    publisher["/feed.xml"] = Route(feed(publisher, "(0:00) New<br>(0:15) Notes", more=more), "application/rss+xml")
    house.services.refreshing.refresh([podcast])
    ids = library.episode_ids(EpisodeQuery(podcast=podcast))
    assert set(old) < set(ids)
    chosen = house.services.chapters.chosen(old[0])
    assert chosen is not None
    assert [chapter.title for chapter in chosen.chapters] == ["New", "Notes"]


def test_an_unchanged_feed_is_not_read_again(house: House, publisher: WebServer) -> None:
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    house.services.refreshing.refresh([podcast])
    assert publisher.asked("/feed.xml")[-1].headers["If-None-Match"] == '"f1"'
    publisher["/feed.xml"].etag = None
    house.services.refreshing.refresh([podcast])
    assert house.services.library.podcast(podcast).problem is None


def test_a_failed_refresh_is_kept_at_the_podcast_and_loses_nothing(house: House, publisher: WebServer) -> None:
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    publisher["/feed.xml"] = Route(b"<html><body>Gone fishing</body></html>", "text/html")
    house.services.refreshing.refresh([podcast])
    found = house.services.library.podcast(podcast)
    assert found.problem is not None
    assert "web page" in found.problem
    assert found.episode_count == 1
    assert any(isinstance(fact, ProblemReported) for fact in house.facts)


# --- where feeds lead


@pytest.mark.parametrize("status", [301, 308])
def test_a_feed_that_moved_for_good_is_asked_at_its_new_address(
    house: House, publisher: WebServer, status: int
) -> None:
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    publisher["/new.xml"] = Route(feed(publisher, "0:00 A"), RSS)
    publisher["/feed.xml"] = Route(redirect="/new.xml", status=status)
    assert refreshed(house, podcast) == Refreshed(podcast)
    assert address(house, podcast) == publisher.url("/new.xml")
    refreshed(house, podcast)
    assert len(publisher.asked("/feed.xml")) == 2
    assert house.services.subscriptions.add(publisher.url("/feed.xml")).result() == podcast


def test_a_detour_does_not_move_a_feed(house: House, publisher: WebServer) -> None:
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    publisher["/new.xml"] = Route(feed(publisher, "0:00 A"), RSS)
    publisher["/feed.xml"] = Route(redirect="/new.xml", status=302)
    refreshed(house, podcast)
    assert address(house, podcast) == publisher.url("/feed.xml")


def test_a_move_to_what_is_no_feed_is_none(house: House, publisher: WebServer) -> None:
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    publisher["/login"] = Route(b"<html><body>Log in to the hotel</body></html>", "text/html")
    publisher["/feed.xml"] = Route(redirect="/login", status=301)
    assert refreshed(house, podcast).problem is not None
    assert address(house, podcast) == publisher.url("/feed.xml")


def test_a_feed_that_names_its_new_address_is_followed_from_there_on(house: House, publisher: WebServer) -> None:
    publisher["/new.xml"] = Route(document(publisher, 3, 2, 1, head=new_address(publisher.url("/newest.xml"))), RSS)
    publisher["/newest.xml"] = Route(document(publisher, 4, 3, 2, head=new_address(publisher.url("/newest.xml"))), RSS)
    publisher["/old.xml"] = Route(document(publisher, 1, head=new_address(publisher.url("/new.xml"))), RSS)
    podcast = house.services.subscriptions.add(publisher.url("/old.xml")).result()
    assert address(house, podcast) == publisher.url("/newest.xml")
    assert titles(house, podcast) == ["Day 4", "Day 3", "Day 2", "Day 1"]
    assert len(house.services.library.podcasts()) == 1


def test_two_feeds_that_name_each_other_lead_in_no_circle(house: House, publisher: WebServer) -> None:
    publisher["/a"] = Route(document(publisher, 1, head=new_address(publisher.url("/b"))), RSS)
    publisher["/b"] = Route(document(publisher, 1, head=new_address(publisher.url("/a"))), RSS)
    podcast = house.services.subscriptions.add(publisher.url("/a")).result()
    for _ in range(3):
        assert refreshed(house, podcast).problem is None
    assert address(house, podcast) == publisher.url("/b")
    assert (len(publisher.asked("/a")), len(publisher.asked("/b"))) == (1, 4)


def test_a_new_address_that_does_not_work_is_tried_again(house: House, publisher: WebServer) -> None:
    body = document(publisher, 1, head=new_address(publisher.url("/new.xml")))
    publisher["/old.xml"] = Route(body, RSS, etag='"1"')
    podcast = house.services.subscriptions.add(publisher.url("/old.xml")).result()
    assert address(house, podcast) == publisher.url("/old.xml")
    publisher["/new.xml"] = Route(document(publisher, 2, 1), RSS)
    assert refreshed(house, podcast).problem is None
    assert address(house, podcast) == publisher.url("/new.xml")
    assert titles(house, podcast) == ["Day 2", "Day 1"]


@pytest.mark.parametrize("wrong", ["nonsense", "ftp://x.org/feed", "", "javascript:alert(1)"])
def test_nonsense_is_no_new_address(house: House, publisher: WebServer, wrong: str) -> None:
    publisher["/old.xml"] = Route(document(publisher, 1, head=new_address(wrong)), RSS)
    podcast = house.services.subscriptions.add(publisher.url("/old.xml")).result()
    assert refreshed(house, podcast).problem is None


def test_two_subscriptions_that_lead_to_one_feed_become_one(house: House, publisher: WebServer) -> None:
    services = house.services
    publisher["/a"] = Route(document(publisher, 3, 2, 1), RSS)
    publisher["/b"] = Route(document(publisher, 4, 3), RSS)
    one = services.subscriptions.add(publisher.url("/a")).result()
    other = services.subscriptions.add(publisher.url("/b")).result()
    played = services.library.episode_ids(EpisodeQuery(podcast=one))
    services.library.mark_played(played, played=True, now=house.clock()).result()
    publisher["/a"] = Route(redirect="/b", status=301)
    house.facts.clear()
    assert refreshed(house, one).podcast == other
    assert titles(house, other) == ["Day 4", "Day 3", "Day 2", "Day 1"]
    assert {each.id for each in services.library.podcasts()} == {other}
    assert services.library.podcast(other).unplayed_count == 1
    assert any(isinstance(fact, PodcastsChanged) and one in fact.ids for fact in house.facts)
    assert any(isinstance(fact, EpisodesChanged) and set(played) <= set(fact.ids) for fact in house.facts)


# --- older pages


def test_older_pages_are_read_once(house: House, publisher: WebServer) -> None:
    publisher["/p1"] = Route(document(publisher, 9, 8, head=link("next", "/p2")), RSS)
    publisher["/p2"] = Route(document(publisher, 8, 7, head=link("next", "/p3")), RSS)
    publisher["/p3"] = Route(document(publisher, 6, 5), RSS)
    podcast = house.services.subscriptions.add(publisher.url("/p1")).result()
    assert titles(house, podcast) == ["Day 9", "Day 8", "Day 7", "Day 6", "Day 5"]
    publisher["/p1"] = Route(document(publisher, 10, 9, head=link("next", "/p2")), RSS)
    assert refreshed(house, podcast) == Refreshed(podcast, 1)
    assert (len(publisher.asked("/p2")), len(publisher.asked("/p3"))) == (1, 1)


def test_a_page_that_fails_is_read_the_next_time(house: House, publisher: WebServer) -> None:
    publisher["/p1"] = Route(document(publisher, 9, 8, head=link("prev-archive", "/p2")), RSS)
    publisher["/p2"] = Route(b"", status=500)
    podcast = house.services.subscriptions.add(publisher.url("/p1")).result()
    assert titles(house, podcast) == ["Day 9", "Day 8"]
    publisher["/p2"] = Route(document(publisher, 7), RSS)
    refreshed(house, podcast)
    assert titles(house, podcast) == ["Day 9", "Day 8", "Day 7"]


def test_pages_without_an_end_end(house: House, publisher: WebServer) -> None:
    publisher["/p1"] = Route(document(publisher, 9, head=link("next", "/p2")), RSS)
    publisher["/p2"] = Route(document(publisher, 8, head=link("next", "/p3")), RSS)
    publisher["/p3"] = Route(document(publisher, 7, head=link("next", "/p2")), RSS)
    publisher["/same"] = Route(document(publisher, 3, head=link("next", "/same?p=2")), RSS)
    publisher["/same?p=2"] = Route(document(publisher, 3, head=link("next", "/same?p=3")), RSS)
    for path, pages in (("/p1", ["/p2", "/p3"]), ("/same", ["/same?p=2"])):
        podcast = house.services.subscriptions.add(publisher.url(path)).result()
        refreshed(house, podcast)
        assert [len(publisher.asked(page)) for page in pages] == [1] * len(pages)


def test_what_an_older_page_does_not_hold_was_not_taken_back(house: House, publisher: WebServer) -> None:
    publisher["/p1"] = Route(document(publisher, 9, 8, 7, 6, head=link("next", "/p2")), RSS)
    publisher["/p2"] = Route(document(publisher, 5, 4, 3, 2), RSS)
    podcast = house.services.subscriptions.add(publisher.url("/p1")).result()
    publisher["/p1"] = Route(document(publisher, 9, 7, 6, 5, head=link("next", "/p2")), RSS)
    refreshed(house, podcast)
    assert titles(house, podcast) == [f"Day {day}" for day in (9, 7, 6, 5, 4, 3, 2)]


# --- failures, and when feeds are asked by themselves


def test_a_feed_that_is_gone_for_good_is_asked_by_hand_only(house: House, publisher: WebServer) -> None:
    services = house.services
    podcast = services.subscriptions.add(publisher.url("/feed.xml")).result()
    kept = publisher["/feed.xml"]
    publisher["/feed.xml"] = Route(b"", status=410)
    problem = refreshed(house, podcast).problem
    assert isinstance(problem, FeedEndedError)
    found = services.library.podcast(podcast)
    assert (found.is_ended, found.problem, found.episode_count) == (True, sentence(problem), 1)
    house.clock.now += 1000 * HOUR
    services.refreshing.refresh_due()
    assert len(publisher.asked("/feed.xml")) == 2
    publisher["/feed.xml"] = kept
    assert refreshed(house, podcast).problem is None
    found = services.library.podcast(podcast)
    assert (found.is_ended, found.problem) == (False, None)


def test_a_feed_that_fails_is_asked_again_later_and_later(house: House, publisher: WebServer) -> None:
    services = house.services
    podcast = services.subscriptions.add(publisher.url("/feed.xml")).result()
    publisher["/feed.xml"] = Route(b"", status=500)
    waits = []
    for _ in range(3):
        house.clock.now += 100 * HOUR
        services.refreshing.refresh_due()
        after = services.library.podcast(podcast).ask_after
        assert after is not None
        waits.append(after - house.clock.now)
        asked = len(publisher.asked("/feed.xml"))
        house.clock.now = after - 1
        services.refreshing.refresh_due()
        assert len(publisher.asked("/feed.xml")) == asked
    assert 11 * MINUTE < waits[0] <= 15 * MINUTE < waits[1] <= 30 * MINUTE < waits[2] <= HOUR
    assert not any(isinstance(fact, ProblemReported) for fact in house.facts), "nobody asked for it"


def test_what_a_server_asks_for_is_waited_out(house: House, publisher: WebServer) -> None:
    podcast = house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    publisher["/feed.xml"] = Route(b"", status=429, headers={"Retry-After": "36000"})
    assert isinstance(refreshed(house, podcast).problem, HttpStatusError)
    assert house.services.library.podcast(podcast).ask_after == house.clock.now + 10 * HOUR


def test_feeds_are_asked_by_themselves_as_often_as_the_listener_wants(house: House, publisher: WebServer) -> None:
    services = house.services
    services.subscriptions.add(publisher.url("/feed.xml")).result()
    services.refreshing.keep_asking(house.home)
    assert len(publisher.asked("/feed.xml")) == 1, "it has just been asked"
    house.clock.now += HOUR
    house.home.tick()
    house.home.tick()
    assert len(publisher.asked("/feed.xml")) == 2
    services.settings.change(refresh_minutes=0)
    house.clock.now += 1000 * HOUR
    house.home.tick()
    assert len(publisher.asked("/feed.xml")) == 2
    services.settings.change(refresh_minutes=60)
    services.refreshing.close()
    house.home.tick()
    assert len(publisher.asked("/feed.xml")) == 2


def test_what_is_due_is_asked_at_the_start(house: House, publisher: WebServer) -> None:
    house.services.subscriptions.add(publisher.url("/feed.xml")).result()
    house.clock.now += HOUR
    house.services.refreshing.keep_asking(house.home)
    assert len(publisher.asked("/feed.xml")) == 2


def test_many_podcasts_come_to_their_turn(house: House, publisher: WebServer) -> None:
    services = house.services
    podcasts = []
    for number in range(12):
        publisher[f"/{number}.xml"] = Route(document(publisher, 1), RSS)
        podcasts.append(services.subscriptions.add(publisher.url(f"/{number}.xml")).result())
    house.facts.clear()
    futures: list[Future[Refreshed]] = services.refreshing.refresh(podcasts)
    assert [each.result().podcast for each in futures] == podcasts
    running = [fact.running for fact in house.facts if isinstance(fact, RefreshChanged)]
    assert (running[0], running[-1]) == (12, 0)


def test_a_podcast_that_is_gone_is_no_problem(house: House, publisher: WebServer) -> None:
    assert refreshed(house, PodcastId(77)) == Refreshed(PodcastId(77))
    assert not any(isinstance(fact, ProblemReported) for fact in house.facts)


def test_what_a_feed_took_back_leaves_the_lists_unless_it_was_touched(house: House, publisher: WebServer) -> None:
    services = house.services
    publisher["/feed.xml"] = Route(document(publisher, *range(9, 0, -1)), RSS)
    podcast = services.subscriptions.add(publisher.url("/feed.xml")).result()
    played = services.library.find_episode("Day 7").id
    services.library.mark_played([played], played=True, now=1).result()
    gone = services.library.find_episode("Day 8").id
    publisher["/feed.xml"] = Route(document(publisher, 9, 6, 5, 4, 3, 2, 1), RSS)
    house.facts.clear()
    refreshed(house, podcast)
    assert titles(house, podcast) == [f"Day {day}" for day in (9, 7, 6, 5, 4, 3, 2, 1)]
    assert any(isinstance(fact, EpisodesChanged) and gone in fact.ids for fact in house.facts)


def test_a_refresh_is_called_off(house: House, publisher: WebServer) -> None:
    refreshing = house.services.refreshing
    podcasts = [house.services.subscriptions.add(publisher.url(f"/feed.xml?{n}")).result() for n in range(2)]
    begun = len(publisher.asked("/feed.xml"))
    stop = house.services.bus.subscribe(RefreshChanged, lambda fact: refreshing.call_off() if fact.running else None)
    futures = refreshing.refresh(podcasts)
    stop()
    assert [future.cancelled() for future in futures] == [True, True]
    assert len(publisher.asked("/feed.xml")) == begun, "nobody was asked"
    assert house.facts[-1] == RefreshChanged(0)
    refreshing.settle()
    assert refreshed(house, podcasts[0]).problem is None
