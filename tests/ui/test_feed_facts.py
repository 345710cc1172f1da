"""The line of what a feed says besides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from player.app.compose import Services
from player.core.feed_facts import EpisodeFacts, Funding, Person, PodcastFacts
from player.core.model import FetchedFeed
from player.storage import feeds
from player.storage.database import open_writer
from player.system.paths import Profile
from player.ui.feed_facts import FactsLine, number_text
from player.ui.main_window import MainWindow
from player.ui.places import Place
from seeded import Library

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ANN = Person("Ann <b>", link="https://x.org/?a&b")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (EpisodeFacts(), ""),
        (EpisodeFacts(season=2, number="5"), "Season 2, episode 5"),
        (EpisodeFacts(number="5"), "Episode 5"),
        (EpisodeFacts(season=2, season_name="The sea"), "The sea"),
        (EpisodeFacts(season=0, number="1.5", number_words="Interlude"), "Season 0, Interlude"),
    ],
)
def test_numbers_in_words(facts: EpisodeFacts, words: str) -> None:
    assert number_text(facts) == words


def test_an_episode(application: QApplication) -> None:
    line = FactsLine()
    line.show_episode(EpisodeFacts(number="5", kind="bonus", persons=(ANN, Person("Bob", role="guest"), ANN)))
    ann = '<a href="https://x.org/?a&amp;b" style="text-decoration: none">Ann &lt;b&gt;</a>'
    assert line.text() == f"Episode 5 · bonus · {ann}, Bob (guest)"
    line.show_episode(EpisodeFacts(persons=tuple(Person(str(number)) for number in range(9))))
    assert line.text() == "0, 1, 2, 3, 4, +4"
    line.show_episode(EpisodeFacts(), "javascript:alert(1)")
    assert line.isHidden()


def test_a_podcast(application: QApplication) -> None:
    line = FactsLine()
    pay = Funding("https://x.org/pay")
    unsafe = Funding("javascript:alert(1)", "Free " * 99)
    line.show_podcast(PodcastFacts(is_complete=True, funding=(pay, pay, unsafe)))
    first, second, third = line.text().split(" · ")
    assert first == "complete"
    assert second.startswith('<a href="https://x.org/pay"')
    assert ">Support this podcast<" in second
    assert third.startswith("Free Free")
    assert len(third) == 60
    assert "<a" not in third


def test_it_stands_on_the_page_and_above_the_list(
    window: MainWindow, services: Services, library: Library, profile: Profile
) -> None:
    writer = open_writer(profile.database)
    known = services.library.episode(library.main)
    (fetched,) = [each for each in library_feed(services, library).episodes if each.guid == known.guid]
    changed = replace(fetched, facts=EpisodeFacts(season=1, persons=(ANN,)), link="https://x.org/1")
    facts = PodcastFacts(funding=(Funding("https://x.org/pay", "Pay"),))
    feed = replace(library_feed(services, library), episodes=(changed,), facts=facts)
    feeds.store_feed(writer, library.lex, feed, 1)
    writer.close()
    window.show_place(Place(podcast=library.lex))
    assert window.list.head.feed_facts.isVisible()
    assert "Pay" in window.list.head.feed_facts.text()
    window.show_episode(library.main)
    assert window.page.feed_facts.text().startswith("Season 1 · <a")
    assert window.page.feed_facts.text().endswith(">Web page</a>")
    window.show_place(Place())
    assert window.list.head.feed_facts.isHidden()


def library_feed(services: Services, library: Library) -> FetchedFeed:
    """A feed of what is in the library."""
    from player.core.model import FetchedEpisode

    found = services.library.episodes(library.episodes)
    items = tuple(
        FetchedEpisode(each.guid, each.title, published=each.published, enclosure=each.enclosure) for each in found
    )
    return FetchedFeed("Lex Fridman Podcast", None, "", None, None, items)


def test_how_often_feeds_are_asked_is_chosen_in_the_menu(window: MainWindow, services: Services) -> None:
    window.top.more.click()
    (often,) = [each for each in window.top.findChildren(QMenu) if each.title() == "Refresh by itself"]
    actions = {action.text(): action for action in often.actions()}
    assert [words for words, action in actions.items() if action.isChecked()] == ["Every hour"]
    actions["Never"].trigger()
    assert services.settings.value.refresh_minutes == 0
    for menu in window.top.findChildren(QMenu):
        menu.close()
