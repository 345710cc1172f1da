"""One line of what a feed says besides: season and number, persons, ways to pay, with links that open in the browser.

Must not know how it is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPalette

from player.core.feed_facts import EpisodeFacts, Funding, Person, PodcastFacts
from player.ui.texts import join_facts
from player.ui.widgets import WrappedLabel

translate = QCoreApplication.translate

_PERSONS_SHOWN = 5
_FUNDING_SHOWN = 2
_LONGEST = 60


class FactsLine(WrappedLabel):
    """Shows the facts of an episode or a podcast; hidden where there are none."""

    def __init__(self) -> None:
        super().__init__(factor=0.94, role=QPalette.ColorRole.PlaceholderText)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setOpenExternalLinks(True)
        self.hide()

    def show_episode(self, facts: EpisodeFacts, page: str | None = None) -> None:
        """Show what is said of an episode, and the way to its page on the web."""
        home = _link(page, translate("feed_facts", "Web page")) if is_web(page) else ""
        self._show(join_facts(escape(number_text(facts)), _kind(facts), _persons(facts.persons), home))

    def show_podcast(self, facts: PodcastFacts, site: str | None = None) -> None:
        """Show what is said of a podcast, and the way to its site; nothing for the default values."""
        ended = translate("feed_facts", "complete") if facts.is_complete else ""
        paying = [_link(each.url, each.words or _support()) for each in _distinct(facts.funding)]
        home = _link(site, translate("feed_facts", "Website")) if is_web(site) else ""
        self._show(join_facts(ended, _persons(facts.persons), home, *paying))

    def _show(self, words: str) -> None:
        self.setText(words)
        self.setVisible(bool(words))


def number_text(facts: EpisodeFacts) -> str:
    """The season and the number of an episode in words: "Season 2, episode 5"; empty where there are none."""
    season = facts.season_name
    if not season and facts.season is not None:
        season = translate("feed_facts", "Season {number}").format(number=facts.season)
    number = facts.number_words
    if not number and facts.number:
        words = translate("feed_facts", "episode {number}") if season else translate("feed_facts", "Episode {number}")
        number = words.format(number=facts.number)
    return ", ".join(each for each in (season, number) if each)


def _kind(facts: EpisodeFacts) -> str:
    return {"trailer": translate("feed_facts", "trailer"), "bonus": translate("feed_facts", "bonus")}.get(
        facts.kind, ""
    )


def _persons(persons: tuple[Person, ...]) -> str:
    """Names, each once, with what they do unless they are hosts."""
    names: dict[str, Person] = {}
    for each in persons:
        names.setdefault(each.name, each)
    shown = [_person(each) for each in list(names.values())[:_PERSONS_SHOWN]]
    more = len(names) - len(shown)
    return ", ".join([*shown, f"+{more}"] if more else shown)


def _person(person: Person) -> str:
    name = _link(person.link, person.name)
    return name if person.role in ("", "host") else f"{name} ({escape(person.role)})"


def _distinct(funding: Iterable[Funding]) -> list[Funding]:
    return list({each.url: each for each in funding}.values())[:_FUNDING_SHOWN]


def _support() -> str:
    return translate("feed_facts", "Support this podcast")


def is_web(url: str | None) -> bool:
    """Whether an address is one of the web."""
    return url is not None and url.startswith(("https://", "http://"))


def _link(url: str | None, words: str) -> str:
    short = escape(words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…")
    # What else an address could be (javascript:, file:) opens nothing here.
    if url is None or not is_web(url):
        return short
    return f'<a href="{escape(url)}" style="text-decoration: none">{short}</a>'
