"""What another program may ask of the running player: one JSON object in, one out.

Must not know how the messages travel (`system.single_instance`) or who sends them. Runs on the home thread.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from player.app.adding import Added
from player.app.compose import Services
from player.app.download_requests import DownloadRequests
from player.app.import_requests import ImportRequests, imported_facts
from player.app.library import Catalogue, place_meant
from player.app.podcast_settings import change_settings, settings_facts
from player.app.refreshing import Refreshed
from player.app.sentences import sentence
from player.app.skip_rule_requests import change_skip_rules, skip_rule_facts
from player.app.sounds import changed_sound, sound_words
from player.app.subscriptions import OpmlResult
from player.core.addresses import looks_like_address
from player.core.bookmarks import BookmarkId
from player.core.errors import FileError, KnownError, LinkError, NotFoundError, SeveralFeedsError
from player.core.events import ProblemReported
from player.core.model import DownloadState, EpisodeId, PodcastId
from player.core.sound import Sound

T = TypeVar("T")
Message = dict[str, Any]
ReplyTo = Callable[[Message], None]


class Control:
    """Answers requests with the services of the running program."""

    def __init__(self, services: Services, show: Callable[[EpisodeId | None], None] | None = None) -> None:
        """`show` brings the window to the front, with an episode's page in it if one is given; None: no window."""
        self._services = services
        self._show = show
        playback = services.playback
        self._plain: dict[str, Callable[[], None]] = {
            "play": playback.play,
            "pause": playback.pause,
            "toggle": playback.toggle,
            "next-chapter": playback.next_chapter,
            "previous-chapter": playback.previous_chapter,
            "next": services.queue_player.next,
        }
        self._others: dict[str, Callable[[Message, ReplyTo], None]] = {
            "status": lambda _, reply: reply({"ok": True, **self.status()}),
            "goto": self._goto,
            "sound": self._sound,
            "sleep": self._sleep,
            "open": self._open,
            "open-episode": self._open_episode,
            "add": self._add,
            "refresh": self._refresh,
            "get": self._get,
            **ImportRequests(services.exchange, self._when).table,
            "queue-add": self._queue_add,
            "queue-remove": self._queue_remove,
            "bookmark-add": self._bookmark_add,
            "bookmark-remove": self._bookmark_remove,
            "open-link": self._open_link,
            "podcast": self._podcast,
            "skip-rules": self._skip_rules,
            "folder": self._folder,
            "show": lambda _, reply: reply(self._show_window()),
            "download": lambda request, reply: reply(self._download_reply(_episode_of(request))),
        }
        self._of_downloads = DownloadRequests(services).table

    def handle(self, request: Message, reply: ReplyTo) -> None:
        """Do what `request` asks and reply, at once or when it is done. A KnownError becomes its sentence."""
        command = str(request.get("command"))
        try:
            if command in self._plain:
                self._plain[command]()
                reply({"ok": True})
            elif command in self._others:
                self._others[command](request, reply)
            elif command in self._of_downloads:
                reply({"ok": True, **self._of_downloads[command](request)})
            else:
                reply({"ok": False, "error": f"Earmark does not know the command “{command}”."})
        except KnownError as error:
            reply(_refusal(error))

    def status(self) -> Message:
        """What plays now: episode, position in milliseconds as heard, chapter, sound, state.

        `remaining` is how long what is left takes at the speed of now, without what is skipped, in milliseconds;
        `sleep` likewise, until the sleep timer ends the sound.
        """
        playback = self._services.playback
        state = playback.state
        chapter, left = playback.current_chapter(), state.left_at(playback.position())
        found: Message = {
            "state": state.phase.value,
            "position": playback.position(),
            "duration": state.duration,
            "remaining": state.time_for(left) if left is not None else None,
            **sound_words(state.sound),
            "volume": state.volume,
            "muted": state.is_muted,
            "episode": None,
            "podcast": None,
            "title": None,
            "chapter": None,
            "chapter_title": None,
            "chapters": len(state.chapters),
            "sleep": self._services.sleeping.left(),
        }
        if state.episode is not None:
            episode = self._services.library.episode(state.episode)
            found |= {"episode": episode.id, "podcast": episode.podcast_title, "title": episode.title}
        if chapter is not None:
            found |= {"chapter": chapter, "chapter_title": state.chapters[chapter].title}
        if state.problem is not None:
            found["problem"] = sentence(state.problem)
        return found

    def _goto(self, request: Message, reply: ReplyTo) -> None:
        words = str(request.get("place", ""))
        playback = self._services.playback
        place = place_meant(words, playback.state.chapters)
        duration = playback.state.duration
        # A place behind the end would end the episode, and with it lose the listener's place.
        if place is None or playback.state.episode is None or (duration is not None and place > duration):
            raise NotFoundError("chapter or time", words)
        playback.jump(place)
        reply({"ok": True})

    def _sound(self, request: Message, reply: ReplyTo) -> None:
        """Change how it sounds: of `speed`, `trimming`, `levelled` and `mono` what is there."""
        sounds = self._services.sounds
        sounds.choose(_sound_meant(sounds.current, request))
        reply({"ok": True})

    def _sleep(self, request: Message, reply: ReplyTo) -> None:
        """Set the sleep timer, or call it off, as `words` say."""
        sleeping = self._services.sleeping
        sleeping.obey(str(request.get("words", "")))
        reply({"ok": True, "left": sleeping.left(), "ends_at": sleeping.ends_at()})

    def _open(self, request: Message, reply: ReplyTo) -> None:
        """Open an audio file and play it, or subscribe to the feed of an address."""
        what = str(request.get("what", ""))
        services = self._services
        if looks_like_address(what):
            self._when(services.adding.add(what), reply, self._added_reply)
            return
        path = Path(what)
        if not path.is_absolute():
            raise FileError(what, "the running player needs the whole path")

        def opened(episode: EpisodeId) -> Message:
            services.playback.open(episode)
            self._show_window(episode)
            return {"ok": True, "episode": episode}

        self._when(services.subscriptions.add_file(path), reply, opened)

    def _open_episode(self, request: Message, reply: ReplyTo) -> None:
        """Play the episode that `words` mean, or the file at `path`, from `at` milliseconds or from a `chapter`.

        It may say how it sounds, as in `_sound`; that is not kept.
        """

        def opened(episode: EpisodeId) -> Message:
            at = request.get("at")
            chapter = request.get("chapter")
            if chapter is not None:
                chosen = self._services.chapters.chosen(episode)
                at = place_meant(str(chapter), chosen.chapters if chosen else ())
                if at is None:
                    return _refusal(NotFoundError("chapter", str(chapter)))
            self._services.playback.open(episode, at=at)
            sounds = self._services.sounds
            sounds.try_out(_sound_meant(sounds.current, request))
            return {"ok": True, "episode": episode}

        if "path" in request:
            self._when(self._services.subscriptions.add_file(Path(str(request["path"]))), reply, opened)
        else:
            reply(opened(self._services.library.find_episode(str(request.get("words", ""))).id))

    def _show_window(self, episode: EpisodeId | None = None) -> Message:
        if self._show is None:
            return {"ok": False, "error": "The running player has no window; it plays in a terminal."}
        self._show(episode)
        return {"ok": True}

    def _add(self, request: Message, reply: ReplyTo) -> None:
        """Subscribe to what `what` means: an address, a page, the whole path of an OPML document."""
        self._when(self._services.adding.add(str(request.get("what", ""))), reply, self._added_reply)

    def _refresh(self, request: Message, reply: ReplyTo) -> None:
        """Ask the feeds of `podcasts`, by their numbers; replies when all have answered."""
        asked = [PodcastId(each) for each in request.get("podcasts", ()) if isinstance(each, int)]
        waiting = len(asked)

        def one_is_done(_: Refreshed) -> None:
            nonlocal waiting
            waiting -= 1
            if not waiting:
                reply({"ok": True, "podcasts": [self._refreshed_facts(each.result()) for each in futures]})

        futures = self._services.refreshing.refresh(asked)
        for future in futures:
            self._services.jobs.when_done(future, one_is_done)
        if not futures:
            reply({"ok": True, "podcasts": []})

    def _refreshed_facts(self, refreshed: Refreshed) -> Message:
        return refreshed_facts(self._services.library, refreshed)

    def _get(self, request: Message, reply: ReplyTo) -> None:
        self._services.downloads.start(_episode_of(request))
        reply({"ok": True})

    def _queue_add(self, request: Message, reply: ReplyTo) -> None:
        """Queue an episode, or a `chapter` of it, at the end, or as the `next`; replies where it stands, from 1."""
        queue, chapter = self._services.queue, request.get("chapter")
        piece = queue.piece_meant(_episode_of(request), None if chapter is None else str(chapter))
        future = queue.add_next(piece) if request.get("next") else queue.add(piece)
        place = queue.queue.place_of(piece)
        self._when(future, reply, lambda _: {"ok": True, "title": piece.title, "number": (place or 0) + 1})

    def _queue_remove(self, request: Message, reply: ReplyTo) -> None:
        """Take the entry with a number, from 1, out of the queue."""
        queue, number = self._services.queue, request.get("number")
        if not isinstance(number, int) or not 0 < number <= len(queue.queue.entries):
            raise NotFoundError("entry of the queue", str(number))
        self._when(queue.remove([queue.queue.entries[number - 1].id]), reply, lambda _: {"ok": True})

    def _bookmark_add(self, request: Message, reply: ReplyTo) -> None:
        """Mark a place, up to `stop` and with a `text`; without `episode` and `start` where the player is."""
        playback = self._services.playback
        episode, start, stop = (_number(request, name) for name in ("episode", "start", "stop"))
        if episode is None:
            episode, start = playback.state.episode, playback.position() if start is None else start
        if episode is None:
            raise NotFoundError("episode", "that plays")
        future = self._services.bookmarks.add(
            EpisodeId(episode), start or 0, stop=stop, text=str(request.get("text", ""))
        )
        self._when(future, reply, lambda number: {"ok": True, "number": number})

    def _bookmark_remove(self, request: Message, reply: ReplyTo) -> None:
        """Take away the bookmarks with these `numbers`, if all are there."""
        numbers = [BookmarkId(each) for each in request.get("numbers", ()) if isinstance(each, int)]
        for number in numbers:
            self._services.bookmarks.bookmark(number)
        self._when(self._services.bookmarks.remove(numbers), reply, lambda _: {"ok": True})

    def _open_link(self, request: Message, reply: ReplyTo) -> None:
        """Play from the place that a `link` means, and show it where there is a window. That tells what is wrong."""
        try:
            episode, at = self._services.bookmarks.linked(str(request.get("link", "")))
        except LinkError as error:
            self._show_window()
            self._services.bus.publish(ProblemReported(error))
            raise
        self._services.playback.open(episode, at=at)
        self._show_window(episode)
        reply({"ok": True, "episode": episode})

    def _podcast(self, request: Message, reply: ReplyTo) -> None:
        """Tell what is set for the podcast that `name` means, after the `changes` of it that are asked for."""
        podcast = self._services.library.find_podcast(str(request.get("name", ""))).id
        changes = request.get("changes")
        futures = change_settings(self._services, podcast, changes if isinstance(changes, dict) else {})

        def word(_: None) -> Message:
            return {"ok": True, **settings_facts(self._services, podcast)}

        # There is one writer: with the last change all are made.
        if futures:
            self._when(futures[-1], reply, word)
        else:
            reply(word(None))

    def _skip_rules(self, request: Message, reply: ReplyTo) -> None:
        """Tell the rules by which chapters are skipped, after the change of them that is asked for."""
        change = change_skip_rules(self._services, request)
        if change is None:
            reply({"ok": True, **skip_rule_facts(self._services, request)})
        else:
            self._when(change, reply, lambda _: {"ok": True, **skip_rule_facts(self._services, request)})

    def _added_reply(self, added: Added) -> Message:
        return {"ok": True, **added_facts(self._services.library, added)}

    def _folder(self, request: Message, reply: ReplyTo) -> None:
        """Where downloads lie and how far they are on their way there; with `to`, move them (empty: the profile's)."""
        to = request.get("to")
        if to is not None:
            self._services.moving.move_to(Path(str(to)) if to else None)
        moved = self._services.moving.progress if not self._services.moving.waits else None
        facts = {"folder": str(self._services.download_folder.current), "is_moving": moved is not None}
        reply({"ok": True, **facts, "done": moved.done if moved else 0, "total": moved.total if moved else 0})

    def _download_reply(self, episode: EpisodeId) -> Message:
        download = self._services.library.download(episode)
        progress = self._services.downloads.progress(episode)
        rests = (DownloadState.NONE, DownloadState.PAUSED, DownloadState.FAILED)
        is_new = download.state in rests and self._services.downloads.is_wanted(episode)
        return {
            "ok": True,
            "state": (DownloadState.WAITING if is_new else download.state).value,
            "received": progress.received if progress else download.received,
            "total": progress.total if progress else download.total,
            "rate": progress.rate if progress else 0.0,
            "left": progress.left if progress else None,
            "problem": download.problem,
            "path": download.path,
        }

    def _when(self, future: Future[T], reply: ReplyTo, word: Callable[[T], Message]) -> None:
        self._services.jobs.when_done(future, lambda result: reply(word(result)), lambda error: reply(_refusal(error)))


def _episode_of(request: Message) -> EpisodeId:
    number = request.get("episode")
    if not isinstance(number, int):
        raise NotFoundError("episode", str(number))
    return EpisodeId(number)


def _number(request: Message, name: str) -> int | None:
    number = request.get(name)
    return number if isinstance(number, int) else None


def _sound_meant(sound: Sound, request: Message) -> Sound:
    try:
        return changed_sound(sound, request)
    except (ValueError, TypeError) as error:
        raise NotFoundError("sound", str(error)) from error


def added_facts(catalogue: Catalogue, added: Added) -> Message:
    """What programs are told of what was added: a podcast, or how many an OPML document brought."""
    if isinstance(added, OpmlResult):
        return imported_facts(added)
    found = catalogue.podcast(added)
    return {"podcast": found.id, "title": found.title, "episodes": found.episode_count}


def refreshed_facts(catalogue: Catalogue, refreshed: Refreshed) -> Message:
    """What programs are told of a feed that was asked: how many episodes are new, and what went wrong."""
    try:
        title = catalogue.podcast(refreshed.podcast).title
    except NotFoundError:
        title = None
    problem = sentence(refreshed.problem) if refreshed.problem else None
    return {"podcast": refreshed.podcast, "title": title, "new": refreshed.new, "problem": problem}


def _refusal(error: KnownError) -> Message:
    refusal: Message = {"ok": False, "error": sentence(error)}
    if isinstance(error, SeveralFeedsError):
        refusal["feeds"] = [{"title": each.title, "url": each.url} for each in error.feeds]
    return refusal
