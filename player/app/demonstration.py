"""Plays a little of the built-in sample without a window and without a device, and checks by ear what came out.

Must not know how its findings are shown: they are told, sentence by sentence, to whoever wants them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from player.app.compose import Services
from player.app.engines import EngineFactory
from player.app.home import HeadlessLoop
from player.app.sentences import sentence
from player.core.errors import BugError, KnownError
from player.core.events import DownloadChanged, PlaybackChanged
from player.core.model import Chapter, DownloadState, EpisodeId, EpisodeQuery, Millis
from player.core.session import Phase
from player.core.timecode import format_timecode

if TYPE_CHECKING:
    from player.audio.engine import Engine
    from player.audio.null_output import Samples

JUMP_TO = 5
"""The index of the chapter that is jumped to."""
LISTEN: Millis = 1500
SURE = 0.9
"""From which likeness on the sound counts as that of the file."""


class Ear:
    """Keeps what an output without a device lets be heard. `listen` begins anew."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._blocks: list[Samples] = []
        self._rate = 1

    def hear(self, samples: Samples, rate: int) -> None:
        """Take sound, shape (frames, channels); on the engine's thread."""
        with self._lock:
            self._blocks.append(samples)
            self._rate = rate

    def listen(self) -> None:
        """Forget what was heard until now."""
        with self._lock:
            self._blocks = []

    def heard(self) -> tuple[list[Samples], Millis]:
        """What was heard since `listen`, and how long it is."""
        with self._lock:
            blocks = list(self._blocks)
            return blocks, sum(map(len, blocks)) * 1000 // self._rate

    def engine(self) -> EngineFactory:
        """An engine whose sound goes to this ear alone."""

        def build() -> Engine:
            from player.audio.audio_engine import AudioEngine
            from player.audio.null_output import NullOutput

            return AudioEngine(lambda: NullOutput(hear=self.hear))

        return build


class Demonstration:
    """Subscribes to the sample, downloads it, shows its chapters, plays, jumps, and says what was heard."""

    def __init__(self, services: Services, loop: HeadlessLoop, ear: Ear, say: Callable[[str], None]) -> None:
        self._services = services
        self._loop = loop
        self._ear = ear
        self._say = say
        self._episode = EpisodeId(0)
        self._step: Callable[[], None] = self._after_beginning
        self._problem: KnownError | None = None
        self.was_right = self.was_interrupted = False

    def run(self, show_chapters: Callable[[tuple[Chapter, ...]], None]) -> None:
        """Do all of it, in about five seconds. Raises KnownError; `was_right` tells whether the jump landed."""
        podcast = self._services.subscriptions.add_sample().result()
        self._say(f"Subscribed to “{self._services.library.podcast(podcast).title}”.")
        (self._episode, *_) = self._services.library.episode_ids(EpisodeQuery(podcast=podcast))
        self._services.bus.subscribe(DownloadChanged, lambda _: self._on_download())
        self._services.bus.subscribe(PlaybackChanged, self._on_playback)
        self._show_chapters = show_chapters
        self._loop.home.post(self._begin)
        self.was_interrupted = self._loop.run()
        if self._problem is not None:
            raise self._problem

    def _begin(self) -> None:
        if self._services.library.download(self._episode).state is DownloadState.COMPLETE:
            self._play()
        else:
            self._services.downloads.start(self._episode)

    def _on_download(self) -> None:
        state = self._services.library.download(self._episode).state
        if state is DownloadState.COMPLETE:
            self._play()
        elif state is DownloadState.FAILED:
            self._give_up(self._services.downloads.problem(self._episode))

    def _play(self) -> None:
        episode = self._services.library.episode(self._episode)
        self._say(
            f"Downloaded “{episode.title}”, {episode.download.received / 1e6:.1f} MB. Its chapters, from the notes:"
        )
        chosen = self._services.chapters.chosen(self._episode)
        if chosen is None:
            raise BugError("the sample has chapters")
        self._show_chapters(chosen.chapters)
        self._services.playback.open(self._episode, at=0)
        self._loop.home.every(50, self._look)

    def _on_playback(self, fact: PlaybackChanged) -> None:
        if fact.state.phase is Phase.FAILED:
            self._give_up(fact.state.problem)

    def _look(self) -> None:
        if self._ear.heard()[1] >= LISTEN:
            self._step()

    def _after_beginning(self) -> None:
        self._report("Played from the beginning", 0)
        self._step = self._jump_when_silent
        self._services.playback.pause()

    def _jump_when_silent(self) -> None:
        """Jump out of a pause, so that what is heard from now on is all of the new place."""
        if self._services.playback.state.phase is Phase.PAUSED:
            self._ear.listen()
            self._step = self._after_jump
            self._services.playback.play_chapter(JUMP_TO)

    def _after_jump(self) -> None:
        chapter = self._services.playback.state.chapters[JUMP_TO]
        self.was_right = self._report(f"Jumped to “{chapter.title}” at {format_timecode(chapter.start)}", chapter.start)
        self._loop.quit()

    def _report(self, what: str, place: Millis) -> bool:
        """Say what was heard, and whether it is what the file has at `place`."""
        from player.audio.hearing import place_heard

        path = Path(self._services.library.download(self._episode).path or "")
        blocks, length = self._ear.heard()
        found = place_heard(path, blocks, place)
        if found is None or found.likeness < SURE:
            self._say(f"{what}: what came out is not the sound of the file.")
            return False
        heard = format_timecode(found.place, with_millis=True)
        self._say(f"{what}: heard {length / 1000:.1f} s of the file from {heard} on, {found.place - place:+d} ms off.")
        return True

    def _give_up(self, problem: KnownError | None) -> None:
        self._problem = problem
        if problem is not None:
            self._say(sentence(problem))
        self._loop.quit()
