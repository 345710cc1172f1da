"""What may be asked about downloads from outside the window: the list, and what changes it.

Must not know who asks, nor how. Runs on the home thread; the command line uses it with services of its own, too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from player.app.compose import Services
from player.core.errors import NotFoundError
from player.core.keeping import Keep, KeepKind, keep_meant
from player.core.model import Episode, EpisodeId

Message = dict[str, Any]
FIRST, UP, DOWN, LAST = "first", "up", "down", "last"


class DownloadRequests:
    """Each request is a function of what was asked; it raises KnownError where that cannot be done."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.table: dict[str, Callable[[Message], Message]] = {
            "downloads": lambda _: self.listed(),
            "downloads-pause": self._pause,
            "downloads-resume": self._resume,
            "downloads-move": self._move,
            "downloads-remove": self._remove,
            "downloads-keep": self._keep,
            "downloads-clean": self._clean,
        }

    def listed(self) -> Message:
        """All that are not finished, in their order; and whether all wait for another network."""
        downloads = self._services.downloads
        found = self._services.library.episodes(downloads.order)
        return {"held": downloads.is_held, "downloads": [self._facts(each) for each in found]}

    def _facts(self, episode: Episode) -> Message:
        downloads, download = self._services.downloads, episode.download
        progress, again_at = downloads.progress(episode.id), downloads.again_at(episode.id)
        now = self._services.now()
        return {
            "episode": episode.id,
            "podcast": episode.podcast_title,
            "title": episode.title,
            "state": download.state.value,
            "received": progress.received if progress else download.received,
            "total": progress.total if progress else download.total,
            "rate": progress.rate if progress else 0.0,
            "left": progress.left if progress else None,
            "again_in": max(0, again_at - now) if again_at is not None else None,
            "problem": download.problem,
        }

    def _pause(self, request: Message) -> Message:
        episode = _episode_of(request)
        if episode is None:
            self._services.downloads.pause_all()
        else:
            self._services.downloads.pause(episode)
        return {}

    def _resume(self, request: Message) -> Message:
        episode = _episode_of(request)
        if episode is None:
            self._services.downloads.resume_all()
        else:
            self._services.downloads.start(episode)
        return {}

    def _move(self, request: Message) -> Message:
        episode, to = _episode_of(request), str(request.get("to"))
        order = self._services.downloads.order
        if episode is None or episode not in order:
            raise NotFoundError("unfinished download", str(request.get("episode")))
        at = order.index(episode)
        places = {FIRST: 0, UP: at - 1, DOWN: at + 1, LAST: len(order)}
        if to not in places:
            raise NotFoundError("place", to)
        self._services.downloads.move(episode, max(0, places[to]))
        return {}

    def _remove(self, request: Message) -> Message:
        """A download that is not finished is stopped; it goes in a moment, as one that is whole does."""
        episode = _episode_of(request)
        if episode is None:
            raise NotFoundError("episode", str(request.get("episode")))
        self._services.keeping.remove(episode)
        return {}

    def _keep(self, request: Message) -> Message:
        episode = _episode_of(request)
        if episode is None:
            raise NotFoundError("episode", str(request.get("episode")))
        self._services.keeping.want([episode], is_wanted=bool(request.get("keep", True))).result()
        return {}

    def _clean(self, request: Message) -> Message:
        """What a clean-up removes; with `remove` it is announced, and done a moment later."""
        keeping = self._services.keeping
        removal = keeping.trial().would_clean(*cleaning_meant(request.get("keep"), request.get("most_gb")))
        if request.get("remove"):
            keeping.clean(removal.ids)
        found = self._services.library.episodes(removal.ids)
        files = [
            {"episode": each.id, "podcast": each.podcast_title, "title": each.title, "bytes": each.download.received}
            for each in found
        ]
        return {"bytes": removal.size, "downloads": files}


def cleaning_meant(keep: object, most_gb: object) -> tuple[Keep, int]:
    """The rule of a clean-up, and the bytes that may stay; where neither is given, what was played goes."""
    try:
        most = round(float(str(most_gb)) * 1e9) if most_gb is not None else 0
        rule = keep_meant(str(keep)) if keep is not None else Keep() if most else Keep(KeepKind.PLAYED, 0)
    except ValueError as error:
        raise NotFoundError("rule", str(error)) from error
    return rule, most


def _episode_of(request: Message) -> EpisodeId | None:
    number = request.get("episode")
    return EpisodeId(number) if isinstance(number, int) else None
