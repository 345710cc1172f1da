"""All that is set for a podcast in one value: shown, changed by words and kept, for the window and the command line.

Must not know what any of it does.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any

from player.app.compose import Services
from player.app.skip_rules import Rules
from player.app.sounds import changed_sound, sound_words
from player.core.auto_download import amount_meant, amount_words
from player.core.edges import LONGEST_EDGE, Edges
from player.core.errors import NotFoundError
from player.core.folders import Folder, folder_meant, folder_words
from player.core.keeping import keep_meant, keep_words
from player.core.model import ChapterSource, Millis, PodcastId
from player.core.podcast_rules import PodcastRules
from player.core.skip_rules import rule_words
from player.core.sound import Sound
from player.core.timecode import SECOND

_SOUND = ("speed", "trimming", "levelled", "mono")


@dataclass(frozen=True, slots=True)
class PodcastSetup:
    """What is set for a podcast. Its own `sound` and the `source` of its chapters are None where it has none.

    `skip_rules` are those for its chapters only; `folder` is where the listener keeps it.
    """

    rules: PodcastRules
    sound: Sound | None
    source: ChapterSource | None
    shows_pictures: bool
    skip_rules: Rules = ()
    folder: Folder = ()


def read_settings(services: Services, podcast: PodcastId) -> PodcastSetup:
    """What is set for a podcast now."""
    return PodcastSetup(
        services.rule_book.of(podcast),
        services.sounds.own(podcast),
        services.chapters.preference(podcast),
        bool(services.web_pictures.allowance(podcast)),
        services.skip_rules.of(podcast),
        services.library.podcast(podcast).folder,
    )


def store_settings(services: Services, podcast: PodcastId, settings: PodcastSetup) -> list[Future[Any]]:
    """Keep what is other than it was."""
    before = read_settings(services, podcast)
    changes: list[Future[Any]] = []
    if settings.rules != before.rules:
        changes.append(services.rule_book.set(podcast, settings.rules))
    if settings.sound != before.sound:
        changes.append(services.sounds.keep(podcast, settings.sound))
    if settings.source is not before.source:
        changes.append(services.chapters.prefer_source(podcast, settings.source))
    if settings.shows_pictures is not before.shows_pictures:
        changes.append(services.web_pictures.allow(podcast, is_allowed=settings.shows_pictures))
    if settings.skip_rules != before.skip_rules:
        changes.append(services.skip_rules.set(podcast, settings.skip_rules))
    if settings.folder != before.folder:
        changes.append(services.subscriptions.move({podcast: settings.folder}))
    return changes


def settings_facts(services: Services, podcast: PodcastId) -> dict[str, Any]:
    """What is set for a podcast, as programs are told it; times in seconds.

    The sound is that of all podcasts where it has none of its own; `would_remove` is what its keep rule would do now.
    """
    found = read_settings(services, podcast)
    rules, removal = found.rules, services.keeping.would_remove(podcast, found.rules.keep)
    return {
        "podcast": podcast,
        "title": services.library.podcast(podcast).title,
        "folder": folder_words(found.folder),
        "own_sound": found.sound is not None,
        **sound_words(found.sound or services.sounds.default),
        "intro": rules.edges.intro / SECOND,
        "outro": rules.edges.outro / SECOND,
        "auto_download": amount_words(rules.auto_download.most),
        "title_has": rules.auto_download.contains,
        "title_has_not": rules.auto_download.lacks,
        "only_with_chapters": rules.auto_download.only_with_chapters,
        "keep": keep_words(rules.keep),
        "would_remove": {"downloads": len(removal.ids), "bytes": removal.size},
        "announce": rules.announces,
        "chapters_from": found.source.value if found.source else None,
        "pictures": found.shows_pictures,
        "skips": [rule_words(each) for each in found.skip_rules if each.is_on],
    }


def change_settings(services: Services, podcast: PodcastId, words: Mapping[str, Any]) -> list[Future[Any]]:
    """Change those of `settings_facts` that `words` names, and keep them. Raises NotFoundError for nonsense.

    A word about the sound gives the podcast one of its own; `own_sound` false takes it away.
    """
    before = read_settings(services, podcast)
    try:
        changed = _changed(before, services.sounds.default, words)
    except (ValueError, TypeError) as error:
        raise NotFoundError("setting", str(error)) from error
    return store_settings(services, podcast, changed)


def _changed(settings: PodcastSetup, default: Sound, words: Mapping[str, Any]) -> PodcastSetup:
    sound = settings.sound
    if not words.get("own_sound", True):
        sound = None
    elif any(name in words for name in (*_SOUND, "own_sound")):
        sound = changed_sound(sound or default, words)
    source = settings.source
    if "chapters_from" in words:
        source = ChapterSource(words["chapters_from"]) if words["chapters_from"] else None
    pictures = bool(words.get("pictures", settings.shows_pictures))
    folder = folder_meant(str(words["folder"])) if "folder" in words else settings.folder
    return PodcastSetup(_changed_rules(settings.rules, words), sound, source, pictures, settings.skip_rules, folder)


def _changed_rules(rules: PodcastRules, words: Mapping[str, Any]) -> PodcastRules:
    download, keep = rules.auto_download, rules.keep
    download = replace(
        download,
        most=amount_meant(str(words["auto_download"])) if "auto_download" in words else download.most,
        contains=str(words.get("title_has", download.contains)).strip(),
        lacks=str(words.get("title_has_not", download.lacks)).strip(),
        only_with_chapters=bool(words.get("only_with_chapters", download.only_with_chapters)),
    )
    edges = Edges(
        _edge(words["intro"]) if "intro" in words else rules.edges.intro,
        _edge(words["outro"]) if "outro" in words else rules.edges.outro,
    )
    keep = keep_meant(str(words["keep"])) if "keep" in words else keep
    return PodcastRules(edges, download, keep, bool(words.get("announce", rules.announces)))


def _edge(seconds: object) -> Millis:
    millis = round(float(str(seconds)) * SECOND)
    if not 0 <= millis <= LONGEST_EDGE:
        raise ValueError(str(seconds))
    return millis
